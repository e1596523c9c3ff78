"""What became of an edit: each answer beside each timeline, over real HTTP, with the messages counted.

The rows are run side by side in threads, since nearly all that they do is wait.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from limits import UNHURRIED

from nemo_widgets import skills, testing
from nemo_widgets.client import AsyncClient, ClientSettings
from nemo_widgets.errors import NemoError, OutcomeUnknown, UsageError
from nemo_widgets.journal import Journal, Place
from nemo_widgets.loop import blocking, submit
from nemo_widgets.running import Connection
from nemo_widgets.running.outcome import Answer, Timeline, decide
from nemo_widgets.running.refusal import says_no
from nemo_widgets.session import Session
from nemo_widgets.testing import CUT, RESET, FastClock, ScriptedBackend

pytestmark = pytest.mark.timeout(900)  # all rows are played before the first of them is looked at

SPEED = 100
"""The server changes its timeline 4 s late, which are 40 ms."""
TIMES = {
    "recover_first_s": 3,
    "recover_every_s": 6,
    "backoff_s": 0.1,
    "backoff_most_s": 0.5,
    "rate_wait_s": 0.5,
    "attempts": 2,
}
TOKEN = "nmv_usr_given"
RESULT_FILE = Path(testing.__file__).parent / "result.mp4"


def _draft(seconds):
    segment = {"d": seconds * 1000, "m": {"src": "s", "name": "talk", "in": 0, "out": seconds * 1000}}
    return {"t": [{"tt": 0, "sg": [segment]}]}


def _text(words, **more):
    return {"content": {"parts": [{"text": words}], "role": "model"}, **more}


def _call(name="cut", **args):
    return {
        "content": {"parts": [{"functionCall": {"id": "1", "name": name, "args": args}}], "role": "model"}
    }


RESULT = {"content": {"parts": [{"functionResponse": {"id": "1", "name": "cut", "response": {"ok": 1}}}]}}
EMPTY = {"content": {"parts": [], "role": "model"}, "finishReason": "STOP"}
SAID = "I cut the first second and added a title."
CHOICE = {"id": "q", "prompt": "Which?", "options": [{"id": "1", "label": "one"}]}
ASKED = _call("ask_question", title="Which?", questions=[CHOICE])
NO_CONTENT = {**EMPTY, "errorCode": "MODEL_RETURNED_NO_CONTENT", "errorMessage": "No content."}
PAGE = b"<html><body>Bad gateway</body></html>"
ENVELOPE = json.dumps({"code": 500, "message": "Internal error"}).encode()


@dataclass(frozen=True)
class Way:
    """How the server answers: what `reply` is given, or what `error` is given for a refusal."""

    reply: dict[str, Any] = field(default_factory=dict)
    refusal: dict[str, Any] | None = None


def _stream(*events, **more):
    return Way({"events": list(events), **more})


def _useless(status, body=ENVELOPE, kind="application/json"):
    return Way({"events": [body], "status": status, "kind": kind})


WAYS: dict[str, tuple[Answer, Way]] = {
    "whole text": (Answer.WHOLE, _stream(_text(SAID))),
    "whole text, turnComplete": (Answer.WHOLE, _stream(_text(SAID, turnComplete=True))),
    "text in pieces": (Answer.WHOLE, Way({"text": SAID})),
    "typed text": (Answer.WHOLE, _stream({"type": "text", "content": SAID})),
    "tool, then text": (Answer.WHOLE, _stream(_call(), RESULT, _text(SAID))),
    "named its end, then broke": (Answer.WHOLE, _stream(_text(SAID, finishReason="STOP"), CUT)),
    "named its end, then reset": (Answer.WHOLE, _stream(_text(SAID, turnComplete=True), RESET)),
    "text/plain": (Answer.WHOLE, _stream(_text(SAID), kind="text/plain")),
    "octet-stream": (Answer.WHOLE, _stream(_text(SAID), kind="application/octet-stream")),
    "text/html, but a stream": (Answer.WHOLE, _stream(_text(SAID), kind="text/html")),
    "no content type": (Answer.WHOLE, _stream(_text(SAID), kind="")),
    "ndjson": (Answer.WHOLE, _stream(json.dumps(_text(SAID)).encode(), kind="application/x-ndjson")),
    "a JSON list": (Answer.WHOLE, _stream(json.dumps([_text(SAID)]).encode(), kind="application/json")),
    "201": (Answer.WHOLE, _stream(_text(SAID), status=201)),
    "unmarked end": (Answer.WHOLE, _stream(_text(SAID), marked=False)),
    "says no": (Answer.REFUSAL, _stream(_text("I'm sorry, I can't blur backgrounds."))),
    "words behind a tool that failed": (
        Answer.REFUSAL,
        _stream(
            _call(),
            {"content": {"parts": [{"functionResponse": {"name": "cut", "response": {"error": "Locked."}}}]}},
            _text("I cut it."),
        ),
    ),
    "words behind a tool that failed by its number": (
        Answer.REFUSAL,
        _stream(
            _call(),
            {"type": "tool_result", "name": "cut", "result": {"code": -1, "msg": "Locked."}},
            _text(SAID),
        ),
    ),
    "says no in Chinese": (Answer.REFUSAL, _stream(_text("抱歉，我无法完成这个操作。"))),
    "says no in German": (Answer.REFUSAL, _stream(_text("Ich kann das nicht."))),
    "words behind a tool whose work was not applied": (
        Answer.REFUSAL,
        _stream(
            {"type": "tool_result", "name": "cut", "result": {"session_state_applied": False}}, _text(SAID)
        ),
    ),
    "marked as refused": (
        Answer.REFUSAL,
        _stream(_text("Cut what?", customMetadata={"nemo": {"outcome": "refused"}})),
    ),
    "something unreadable behind the words": (
        Answer.UNREAD,
        _stream(_text(SAID), {"surprise": {"note": "The queue is full."}}, {"turnComplete": True}),
    ),
    "asks": (Answer.QUESTION, _stream(ASKED)),
    "asks with words": (Answer.QUESTION, _stream(_text("One thing:"), ASKED)),
    "waits for a click": (Answer.CLICK, _stream(_text("I can cut it. Click Confirm to go on."))),
    "waits for a click in Chinese": (Answer.CLICK, _stream(_text("请点击“确认”按钮。"))),
    "can't before a click": (Answer.CLICK, _stream(_text("I can't go on yet. Click Confirm first."))),
    "says no above an OK": (Answer.REFUSAL, _stream(_text("I'm sorry, I can't do that. Click OK."))),
    "silent": (Answer.SILENT, _stream()),
    "silent, turnComplete": (Answer.SILENT, _stream({"turnComplete": True, "author": "a"})),
    "silent after a tool": (Answer.SILENT, _stream(_call(), RESULT)),
    "silent, ADK 2": (Answer.SILENT, _stream(_call(), RESULT, NO_CONTENT)),
    "silent, ADK 1": (Answer.SILENT, _stream(_call(), RESULT, {"errorCode": "STOP", "finishReason": "STOP"})),
    "silent after heartbeats": (Answer.SILENT, _stream({"type": "heartbeat"}, b": beat\n\n")),
    "thoughts only": (Answer.SILENT, _stream({"content": {"parts": [{"text": "hm", "thought": True}]}})),
    "204": (Answer.SILENT, _stream(status=204)),
    "202, queued": (Answer.UNFINISHED, _useless(202, b'{"status": "queued"}')),
    "queued in an envelope": (Answer.UNFINISHED, _useless(200, b'{"code": 0, "data": {"status": "queued"}}')),
    "accepted as a job": (Answer.UNFINISHED, _useless(200, b'{"job": {"id": "j1", "state": "PENDING"}}')),
    "a stream that stops at work": (Answer.UNFINISHED, _stream({"type": "status", "status": "processing"})),
    "in the middle of a tool": (Answer.UNFINISHED, _stream(_call())),
    "silent, unmarked end": (Answer.UNFINISHED, _stream(marked=False)),
    "a piece, unmarked end": (Answer.UNFINISHED, _stream(_text("I c", partial=True), marked=False)),
    "error event": (Answer.ERROR, _stream({"error": "Out of memory."})),
    "error event of ADK": (
        Answer.ERROR,
        _stream({"errorCode": "RuntimeError", "errorMessage": "overloaded"}),
    ),
    "typed error": (Answer.ERROR, _stream({"type": "error", "message": "Out of memory."})),
    "failed status": (Answer.ERROR, _stream({"status": "failed", "reason": "Out of memory."})),
    "failed status after words": (
        Answer.ERROR,
        _stream(_text("Let me see."), {"status": "error", "message": "Out of memory."}),
    ),
    "a vendor's failure after words": (
        Answer.ERROR,
        _stream(_text("Let me see."), {"throttlingException": {"message": "Too many."}}),
    ),
    "a failure without data after words": (
        Answer.ERROR,
        _stream(_text("Let me see."), b"event: error\ndata:\n\n"),
    ),
    "error after a tool": (Answer.ERROR, _stream(_call(), RESULT, {"errorCode": "ValueError"})),
    "error after words": (Answer.ERROR, _stream(_text("Let me see."), {"error": "Out of memory."})),
    "error, then broke": (Answer.ERROR, _stream({"error": "Out of memory."}, CUT)),
    "safety": (Answer.ERROR, _stream({"finishReason": "SAFETY", "errorCode": "SAFETY"})),
    "max tokens": (Answer.ERROR, _stream({**EMPTY, "finishReason": "MAX_TOKENS", "errorCode": "MAX_TOKENS"})),
    "temporary issue alone": (Answer.ERROR, _stream(_text("I encountered a temporary issue."))),
    "1001 in the middle": (Answer.LOST, _stream(_text("Cutt", partial=True), {"code": 1001})),
    "1001 after a heartbeat": (Answer.LOST, _stream({"type": "heartbeat"}, 0.5, {"code": 1001})),
    "2001 in the middle": (Answer.ERROR, _stream(_call(), {"code": 2001})),
    "1002 in the middle": (Answer.LOST, _stream(_text("Cutt", partial=True), {"code": 1002})),
    "cut at once": (Answer.LOST, _stream(CUT)),
    "reset at once": (Answer.LOST, _stream(RESET)),
    "cut in the words": (Answer.LOST, _stream(_text("I c", partial=True), CUT)),
    "cut after words": (Answer.LOST, _stream(_text(SAID), CUT)),
    "cut after a tool": (Answer.LOST, _stream(_call(), RESULT, CUT)),
    "a page after words": (Answer.LOST, _stream(_text("Let me see."), PAGE + b"\n")),
    "a page as data after words": (Answer.LOST, _stream(_text("Let me see."), b"data: " + PAGE + b"\n\n")),
    "500 JSON": (Answer.LOST, _useless(500)),
    "500 code in a 200": (Answer.LOST, _useless(200)),
    "502 page": (Answer.LOST, _useless(502, PAGE, "text/html")),
    "503": (Answer.LOST, _useless(503, b"", "text/plain")),
    "504": (Answer.LOST, _useless(504)),
    "524-like 599 page": (Answer.LOST, _useless(507, PAGE, "text/html")),
    "408": (Answer.LOST, _useless(408)),
    "403 page": (Answer.LOST, _useless(403, PAGE, "text/html")),
    "409": (Answer.LOST, _useless(409)),
    "410 FastAPI": (Answer.LOST, _useless(410, b'{"detail":"gone"}')),
    "418": (Answer.LOST, _useless(418, b"teapot", "text/plain")),
    "302": (Answer.LOST, _useless(302, b"", "text/plain")),
    "200 page": (Answer.LOST, _useless(200, PAGE, "text/html")),
    "200 page as text": (Answer.LOST, _useless(200, PAGE, "text/plain")),
    "success false": (Answer.LOST, _useless(200, b'{"success":false,"error":"boom"}')),
}
REFUSALS = {
    "400": {"status": 400},
    "401": {"status": 401},
    "402": {"status": 402},
    "404": {"status": 404},
    "422": {"status": 422},
    "429": {"status": 429},
    "1001": {"code": 1001},
    "1002": {"code": 1002},
    "2001": {"code": 2001},
    "2001 as 403": {"code": 2001, "status": 403},
    "1001 as 500": {"code": 1001, "status": 500},
}
for _name, _how in REFUSALS.items():
    WAYS[f"refused {_name}"] = (Answer.TURNED_AWAY, Way(refusal=_how))
WAYS["refused 1001 as first event"] = (Answer.TURNED_AWAY, _stream({"code": 1001}))
WAYS["refused 2001 as first event"] = (Answer.TURNED_AWAY, _stream({"type": "error", "code": 2001}))
WAYS["refused 429 as first event"] = (Answer.TURNED_AWAY, _stream({"code": 429, "message": "slow down"}))

STATES = ("changed", "late", "unchanged", "unreadable", "unreadable at first")
"""The timeline after the answer: changed, changed 4 s later, as it was, not to be read (twice, or always)."""
MORE = ("a version", "canvas", "empty")
"""The same, tried with one way of each answer: only a version or the canvas is another one, no timeline."""
SHOWN = {
    "changed": Timeline.CHANGED,
    "late": Timeline.CHANGED,
    "unchanged": Timeline.UNCHANGED,
    "unreadable": Timeline.UNREADABLE,
    "unreadable at first": Timeline.CHANGED,
    "a version": Timeline.TOUCHED,
    "canvas": Timeline.BESIDE,
    "empty": Timeline.UNREADABLE,
}
ROWS = [
    (name, state)
    for name, (answer, _) in WAYS.items()
    for state in (STATES if answer is not Answer.TURNED_AWAY else ("unchanged",))
    if not (answer is Answer.QUESTION and state == "late")  # nobody waits for a change beside a question
]
ROWS += [
    (name, state)
    for answer, name in {answer: name for name, (answer, _) in reversed(WAYS.items())}.items()
    for state in MORE
    if answer is not Answer.TURNED_AWAY
]


@dataclass
class Row:
    """What came of one row: of the edit, and of `again` after it."""

    outcome: str
    changed: int
    sent: int
    error: NemoError | None
    text: str
    again: NemoError | str
    sent_again: int


def _play(folder, name, state):
    _, way = WAYS[name]
    clock = FastClock(SPEED)
    settings = ClientSettings(clock=clock, **TIMES, **UNHURRIED)
    with (
        ScriptedBackend(clock=clock) as backend,
        _session(backend, folder / f"{name}-{state}", settings) as session,
    ):
        if way.refusal is not None:
            backend.error("POST /run_sse", times=3, **way.refusal)
        else:
            made = state in ("changed", "late", "unreadable at first")
            late = 4.0 if state == "late" else 0.0
            drafts = {"a version": {**_draft(10), "version": 2}, "empty": {}}
            backend.reply(draft=_draft(9) if made else drafts.get(state), late_s=late, **way.reply)
        if state == "canvas":
            backend.answer("GET /api/state", lambda usual: _vertical(usual, backend.messages), times=None)
        if state.startswith("unreadable"):
            times = 2 if state == "unreadable at first" else 1000
            left = iter(range(times))

            def hit(line):
                reads = line.startswith("GET /api/state") and bool(backend.messages)
                return reads and next(left, None) is not None

            backend.error(hit, status=502, times=times)
        run = session.start("cut the first second")
        error = _ended(run)
        row = Row(run.outcome, len(run.changed), _sent(backend), error, run.text, "", 0)
        try:
            again = session.start_again()
            row.again = _ended(again) or again.outcome
        except UsageError as refused:
            row.again = refused
        row.sent_again = _sent(backend) - row.sent
    return row


def _vertical(usual, sent):
    """A state's answer, with another canvas once a message was sent."""
    if sent:
        usual["data"]["state"]["canvas_config"] = {"ratio": "9:16"}
    return usual


@contextmanager
def _session(backend, journal, settings):
    """A session of its own, with a timeline of ten seconds; its connections are closed behind it."""

    async def opened():
        client = AsyncClient(base_url=backend.url, token=TOKEN, settings=settings)
        made = await client.create_session("en")
        backend.draft = _draft(10)
        place = Place(backend.url, made.session_id, made.task_id)
        return Connection(client, made.session_id, place, Journal(journal))

    link = blocking(submit(opened()))
    yield Session(link, skills.get(skills.DEFAULT))
    blocking(submit(link.client.aclose()))


def _ended(run):
    try:
        run.result()
    except NemoError as error:
        # Its frames would keep each row's client alive, and with it secrets to be looked for in every text.
        error.__cause__ = error.__context__ = None
        return error.with_traceback(None)
    return None


def _sent(backend):
    return sum(request.line == "POST /run_sse" for request in backend.requests)


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """All rows, played side by side."""
    folder = tmp_path_factory.mktemp("rows")
    with ThreadPoolExecutor(12) as pool:
        return dict(zip(ROWS, pool.map(lambda row: _play(folder, *row), ROWS), strict=True))


def test_there_are_enough_rows():
    """The table is tried for real on at least 120 rows."""
    assert len(ROWS) >= 120


@pytest.mark.parametrize(("name", "state"), ROWS, ids=[f"{name}-{state}" for name, state in ROWS])
def test_row(rows, name, state):
    """An edit ends as the table says; it leaves once, and by `again` only where it was not made."""
    row, answer = rows[name, state], WAYS[name][0]
    expected = decide(answer, SHOWN[state])
    assert row.outcome == expected, row
    assert row.sent == (2 if name == "refused 429" else 1)  # a 429 is waited for, once
    made = SHOWN[state] is Timeline.CHANGED
    assert bool(row.changed) == (made and answer is not Answer.TURNED_AWAY)
    if made:
        assert row.outcome != "not done"
    elif answer is not Answer.WHOLE:
        assert row.outcome != "done"
    assert (row.error is None) == (expected in ("done", "refused", "asked"))
    if expected == "not done":
        assert row.sent_again >= 1
    else:
        assert row.sent_again == 0
        nobody_knows = expected == "unknown" and SHOWN[state] is not Timeline.CHANGED
        kind = OutcomeUnknown if nobody_knows else UsageError
        assert isinstance(row.again, kind)
    if answer is Answer.WHOLE:
        assert row.text == SAID
    if made and row.outcome == "done":
        assert "Nothing changed" not in row.text


def test_the_table_is_whole():
    """Every answer beside every timeline has an outcome, and only what was refused is 'not done' unseen."""
    for answer in Answer:
        for timeline in Timeline:
            outcome = decide(answer, timeline)
            if outcome == "not done":
                assert timeline is Timeline.UNCHANGED or answer is Answer.TURNED_AWAY
            if timeline is Timeline.CHANGED and answer is not Answer.TURNED_AWAY:
                assert outcome != "not done"


@pytest.mark.parametrize(
    "text",
    [
        "I can't do that.",
        "I’m sorry, but I cannot remove the background.",
        "Unfortunately, this is not possible yet.",
        "Hmm, I did not understand “paint the sky pink”.",
        "Nothing was changed.",
        "**Sorry!** This feature isn't available.",
        "I'm not able to edit faces.",
        "我暂时不支持这个功能。",
        "很抱歉，没有听懂。",
        "There is no clip 9: there are 3 clips. Nothing was changed.",
        "I found no file called beach.mp4. Nothing was changed.",
        "There is no way to do that here. No changes were made.",
        "没有找到文件“海边”。没有做任何改动。",
        "我遇到了一个临时问题，请稍后再试。",
        "处理时出现了未知错误。",
        "This feature requires a Pro plan. Please upgrade to continue.",
        "Background removal is only available on the Pro plan.",
        "You've reached your daily limit of edits.",
        "该功能仅限会员使用。",
        "您的免费次数已达上限。",
        "Ich kann das nicht.",
        "Es tut mir leid, das geht hier nicht.",
        "Das kann ich leider nicht entfernen.",
        "Der Export ist fehlgeschlagen.",
        "Ich habe Sie nicht verstanden.",
        "Je ne peux pas supprimer l'arrière-plan.",
        "Désolé, ce n’est pas possible.",
        "Je n'ai pas compris.",
        "Impossible de couper la vidéo.",
        "No puedo hacer eso.",
        "¡Lo siento! Esta función no está disponible.",
        "No entendí la instrucción.",
        "Não consigo remover o fundo.",
        "Infelizmente, isso não é possível.",
        "Ocorreu um erro.",
        "Mi dispiace, non posso farlo.",
        "Dat kan ik helaas niet.",
        "К сожалению, я не могу этого сделать.",
        "Не удалось обрезать видео.",
        "申し訳ありませんが、その操作はできません。",
        "背景を削除できません。",
        "この機能には対応していません。",
        "죄송합니다. 배경을 제거할 수 없습니다.",
        "그 기능은 지원하지 않습니다.",
        "As an AI, I can't help with copyrighted music.",
        "As a language model, I cannot do that.",
        "I won't do that.",
        "I have to decline.",
        "Request denied by content policy.",
        "Your request was rejected by our content filter.",
        "That would violate our policy.",
        "This may infringe copyright.",
        "The title could not be added.",
        "The title was not able to be added.",
        "I tried, but the title could not be added.",
        "I tried to add it but the title could not be added.",
        "We weren't able to finish the edit.",
        "It is impossible to add 3D titles.",
        "It's impossible to do that.",
        "You need to log in first.",
        "Please sign in to continue.",
        "Your plan doesn't include AI music.",
        "Your free plan does not support 4K.",
        "AI music isn't available in your region.",
        "This effect is unavailable in your region.",
        "Your quota is exhausted.",
        "Quota exceeded.",
        "The daily limit has been reached.",
        "There is no way to remove the background.",
        "There's no tool for that.",
        "I currently can't edit audio.",
        "I don't have access to the internet.",
        "3D titles are not supported.",
        "Not supported.",
        "The clip could not be found.",
        "目前还不支持。",
        "这个功能暂未开放。",
        "添加失败：字体缺失。",
        "该请求违反了内容政策。",
        "這個功能目前不支援。",
        "無法完成此操作。",
        "時間軸是空的，請先上傳影片。",
        "很抱歉，我無法移除背景。",
        "请先登录。",
        "此功能在您的地区不可用。",
        "您的套餐不包含AI音乐。",
        "标题无法添加。",
        "我不会这样做。",
        "您的请求被拒绝。",
        "此内容涉及敏感话题。",
        "抱歉，暂时不能处理。",
        "I couldn't find any clip called beach.",
        "I couldn't find any video. Please upload one first.",
        "Przepraszam, nie mogę tego zrobić.",
        "Nie udało się dodać tytułu.",
        "Ta funkcja nie jest obsługiwana.",
        "Üzgünüm, bunu yapamam.",
        "Bu özellik desteklenmiyor.",
        "Arka planı kaldıramıyorum.",
        "عذرًا، لا أستطيع فعل ذلك.",
        "لا يمكنني إزالة الخلفية.",
        "هذه الميزة غير متاحة.",
        "Xin lỗi, tôi không thể làm điều đó.",
        "Tính năng này chưa được hỗ trợ.",
        "Maaf, saya tidak bisa melakukan itu.",
        "Saya tidak dapat menghapus latar belakang.",
        "Fitur ini belum tersedia.",
        "ขออภัย ฉันไม่สามารถทำได้",
        "ฟีเจอร์นี้ไม่รองรับ",
        "क्षमा करें, मैं ऐसा नहीं कर सकता।",
        "मैं यह नहीं कर सकता।",
        "यह सुविधा उपलब्ध नहीं है।",
        "Tyvärr kan jag inte göra det.",
        "Jag kan inte ta bort bakgrunden.",
        "Funktionen stöds inte.",
        "Bohužel to nemohu udělat.",
        "Tato funkce není podporována.",
        "Nepodařilo se přidat titulek.",
        "На жаль, я не можу цього зробити.",
        "Ця функція не підтримується.",
        "Не вдалося додати заголовок.",
        "Das widerspricht unseren Richtlinien.",
        "Bitte melde dich zuerst an.",
        "Cela enfreint nos règles.",
        "Eso infringe nuestras políticas.",
        "Der Titel konnte nicht hinzugefügt werden.",
        "Das mache ich nicht.",
        "Le titre n'a pas pu être ajouté.",
        "Cette fonctionnalité n'est pas disponible.",
        "El título no se pudo añadir.",
        "Není možné to udělat.",
        "Det går inte.",
        "I'm unable to do that.",
        "I am not permitted to edit faces.",
        "Sorry, that's not something I can do.",
        "That isn't allowed.",
        "The export failed.",
        "Operation aborted: the timeline is locked.",
        "The edit was rolled back.",
        "你的请求超时了。",
        "操作已中止。",
        "The music could not be generated because you are out of credits.",
        "We can't process this request right now.",
        "This action is restricted.",
        "This goes against our guidelines.",
        "Your request goes against our usage policies.",
        "That's against our policy.",
        "This content may violate our content policy.",
        "Content blocked.",
        "Your request was flagged.",
        "I don't think I can do that.",
        "I'm not going to do that.",
        "I'd rather not do that.",
        "I didn't manage to add the title.",
        "I failed to add the title.",
        "I couldn't add the title.",
        "I wasn't able to add the title.",
        "The title wasn't added.",
        "The title has not been added.",
        "No title was added.",
        "Nothing happened.",
        "I did nothing.",
        "You've used up your free edits.",
        "You have no credits left.",
        "You don't have enough credits.",
        "Please upgrade your plan.",
        "This requires a subscription.",
        "3D titles aren't supported yet.",
        "Adding 3D titles is not possible.",
        "It isn't possible to add 3D titles.",
        "It won't be possible.",
        "Unfortunately the video can't be made longer.",
        "But I can't do that.",
        "Regrettably, no.",
        "I have no permission to do this.",
        "There was a problem with the render.",
        "The service is temporarily unavailable.",
        "The server is busy, please try again later.",
        "Please try again later.",
        "The model is overloaded.",
        "Rate limit exceeded.",
        "Timeout while generating.",
        "不好意思，我做不到。",
        "抱歉，目前還不能這樣做。",
        "此功能尚未上線。",
        "該功能暫不支援。",
        "您的額度已用完。",
        "請先登入。",
        "字幕添加失敗。",
        "我無法處理這個請求。",
        "处理超时。",
        "内容审核未通过。",
        "网络异常，请稍后再试。",
        "服务暂时不可用。",
        "权限不足。",
        "不支持该格式。",
        "这超出了我的能力范围。",
        "標題沒有添加成功。",
        "未能添加标题。",
    ],
)
def test_a_refusal_is_known_by_its_words(text):
    """Where an agent says that it can't or has not understood, it has refused."""
    assert says_no(text)


@pytest.mark.parametrize(
    "text",
    [
        "I cut what you can't hear.",
        "Done! You cannot see the joint any more.",
        "The first clip is 4 s long.",
        "I removed the part where she says sorry.",
        "Not bad: the film is 20 s long now.",
        "已删除第二段，不能再短了。",
        "I found no kiss scene. Nothing was changed.",
        "No pauses were found. No changes were made.",
        "There is no music to remove. Nothing was changed.",
        "It is already black and white. Nothing was changed.",
        "没有找到吻戏。没有做任何改动。",
        "The film needs 3 s. It requires no upgrade.",
        "It has reached its end at 0:20.",
        "片中的人遇到了一个问题。",
        "这段需要3秒。",
        "Ich habe die erste Sekunde entfernt.",
        "Ich habe keine Pausen gefunden. Es wurde nichts geändert.",
        "Das Video ist 10 Sekunden lang.",
        "Der Clip, den man nicht sehen kann, ist weg.",
        "J'ai coupé la première seconde.",
        "Je n'ai trouvé aucune pause. Aucune modification n'a été faite.",
        "Listo, quité la primera escena.",
        "No encontré pausas. No se hizo ningún cambio.",
        "O vídeo tem 10 segundos.",
        "Não encontrei pausas. Nada foi alterado.",
        "Я вырезал первую секунду.",
        "Пауз не найдено. Ничего не изменено.",
        "最初の1秒をカットしました。",
        "ポーズは見つかりませんでした。変更はされていません。",
        "첫 1초를 잘랐습니다.",
        "멈춤을 찾지 못했습니다. 변경된 것은 없습니다.",
        "Removed what could not be heard.",
        "I can't hear any more pauses, they are gone.",
        "I did not find any kiss scene. Nothing was changed.",
        "I couldn't find any kiss scene.",
        "I couldn't find any kiss in the clip.",
        "Sorry, I couldn't find a kiss scene.",
        "I was unable to find any pauses.",
        "No pauses could be found.",
        "没有找到接吻镜头，未做修改。",
        "抱歉，没有找到接吻镜头。",
        "沒有找到接吻鏡頭，未做任何修改。",
        "视频中未检测到停顿。",
        "The joint cannot be seen.",
        "The parts that could not be used are gone.",
        "I removed the scene where the request was denied.",
        "The scene that violates the rules is gone.",
        "The shots that are not available elsewhere come first.",
        "I cut the part where he must log in.",
        "Removed the scene where he won't do that.",
        "已删除失败的镜头。",
        "失败的镜头已删除。",
        "我删除了无法使用的片段。",
        "不支持的片段已剪掉。",
        "无法使用的片段已剪掉。",
        "已剪掉违反规定的部分。",
        "标题写着“请先登录”。",
        "我不会再动其他片段，标题已经加好了。",
        "This clip is 4 s long and it is not muted.",
        "Your video has 2 clips; nothing is muted.",
        "Hearing loss is not the topic any more.",
        "I won't touch the rest.",
        "It plays without a break; there is a way to undo it.",
        "Usunąłem pierwszą sekundę.",
        "Nie znalazłem żadnych pauz.",
        "İlk saniyeyi kestim.",
        "Hiç duraklama bulamadım.",
        "لقد حذفت الثانية الأولى.",
        "لم أجد أي فترات صمت.",
        "Tôi đã cắt giây đầu tiên.",
        "Tôi không tìm thấy đoạn lặng nào.",
        "Saya memotong detik pertama.",
        "Saya tidak menemukan jeda.",
        "ฉันตัดวินาทีแรกแล้ว",
        "ไม่พบช่วงเงียบ",
        "मैंने पहला सेकंड काट दिया।",
        "मुझे कोई विराम नहीं मिला।",
        "Jag klippte bort första sekunden.",
        "Jag hittade inga pauser.",
        "Odstranil jsem první sekundu.",
        "Nenašel jsem žádné pauzy.",
        "Я вирізав першу секунду.",
        "Я не знайшов пауз.",
        "Die Fuge kann man nicht hören.",
        "Der Clip ist nicht stumm.",
        "Le clip n'est pas muet.",
        "El clip no está silenciado.",
        "Ten klip nie jest wyciszony.",
        "Klippet är inte tyst.",
        "Nejsou tu žádné pauzy.",
        "The clip is 10 s long and not muted.",
        "The timeline has 2 clips. No title was found.",
        "The music is not loud.",
        "Your video does not have any music.",
        "You have 3 clips.",
        "The second clip has no sound.",
        "It is not in the first clip.",
        "The title is already there.",
        "I cut the limit scene.",
        "The quota scene is at 0:10.",
        "The first scene shows a request denied stamp.",
        "The film is about copyright policy.",
        "The sign-in screen appears at 0:10.",
        "It can be exported any time.",
        "The clip is available in 1080p.",
        "You can log in at any time.",
        'There is a way to do it: say "cut the first second".',
        "There are no clips after 0:20.",
        'The text reads "Access denied".',
        "“Access denied” stands at 0:10.",
        "The scene where access was denied is at 0:10.",
        "Yes, that is possible.",
        "No, it is not muted.",
        "Here are the limits: 500 MB a file.",
        "The maximum is 500 MB.",
        "The title could not be better.",
        "The music won't be heard after 0:10.",
        "目前有两个片段。",
        "视频时长10秒，没有音乐。",
        "我不会改变其他部分。",
        "第二段没有声音。",
        "该片段不在时间线上。",
        "请先看看第一段。",
        "标题是“操作失败”。",
        "这段讲的是内容政策。",
        "目前有兩個片段，沒有音樂。",
        "导出时请先保存。",
        "视频没有异常。",
        "没有发现异常。",
        "",
    ],
)
def test_other_words_are_no_refusal(text):
    """Words that speak of something else are no refusal, nor that what was to go is not there."""
    assert not says_no(text)


def test_changes_that_come_between_are_seen(rows):
    """A change that appears some seconds after the answer is the edit's own, and its table has it."""
    late = [row for (_, state), row in rows.items() if state == "late" and row.outcome == "done"]
    assert len(late) > 20
    assert all(row.changed for row in late)


def test_clips_that_came_meanwhile_are_not_the_edit(tmp_path):
    """What an upload has added since does not count as the edit that is to be sent once more."""
    clip = tmp_path / "b.mp4"
    clip.write_bytes(RESULT_FILE.read_bytes())
    clock = FastClock(SPEED)
    settings = ClientSettings(clock=clock, **TIMES, **UNHURRIED)
    with (
        ScriptedBackend(clock=clock) as backend,
        _session(backend, tmp_path / "runs", settings) as session,
    ):
        backend.reply(events=[CUT])
        assert _ended(session.start("cut the first second")) is not None
        session.upload(clip)
        assert session.again().request == "cut the first second"
        assert len(backend.messages) == 2
