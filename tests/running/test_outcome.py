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
    "says that it is at work": (Answer.UNFINISHED, _stream(_text("On it! This may take a moment…"))),
    "says in Chinese that it is at work": (Answer.UNFINISHED, _stream(_text("正在处理，请稍候……"))),
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
    **{
        f"words before the end of a model that broke: {reason}": (
            Answer.ERROR,
            _stream(_text("Sure, I will now cut the", finishReason=reason)),
        )
        for reason in ("MALFORMED_FUNCTION_CALL", "RECITATION", "TOO_MANY_TOOL_CALLS")
    },
    "temporary issue in Chinese": (Answer.ERROR, _stream(_text("我遇到了一个临时问题，请稍后再试。"))),
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
