"""Whatever comes in where the client reads: it is read, or refused by an error of ours. Seeds are kept."""

import dataclasses
import json
import math
from contextlib import suppress

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nemo_widgets import gui_talk
from nemo_widgets.client import Credits, models
from nemo_widgets.client.envelope import Reader, Reply
from nemo_widgets.client.events import decode
from nemo_widgets.client.identity import Grant
from nemo_widgets.client.json_lines import decoder_of
from nemo_widgets.client.render_status import RenderStatus, job_id, tells_of_a_job
from nemo_widgets.client.retry_after import retry_after
from nemo_widgets.client.sse import Message
from nemo_widgets.client.transcript import Transcript
from nemo_widgets.client.upload_answer import UploadAnswer
from nemo_widgets.draft import Draft, describe, edited
from nemo_widgets.draft.tables import segments_table
from nemo_widgets.errors import NemoError
from nemo_widgets.journal import Place, Record
from nemo_widgets.links import link_name, plain_links, veiled, web_link, without_query
from nemo_widgets.printable import printable
from nemo_widgets.question import Question
from nemo_widgets.safe_markdown import safe_markdown
from nemo_widgets.session_register import Noted
from nemo_widgets.widgets.markdown import blocks

BOUNDED = settings(
    max_examples=60, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
NUMBERS = st.integers(-(10**25), 10**25) | st.floats() | st.sampled_from([0, -1, 1e308, 5e-324, 10**400])
WORDS = (
    "", "0", "-1", "NaN", "completed", "failed", "Failed: x", "50%", "100", "1e999", "9" * 400, "\ud83d",
    "http://[", "https://a.org/b.mp4?sign=x", "//", "\x1b]8;;x\x07", "<img src=x>", "{", "[[]]", '{"a":1}',
    "null", "2026-13-99T99:99:99Z", "99999999999999999999", "\u202e",
    "Click the “Export” button", "点击“导出”",
)  # fmt: skip
TEXTS = st.sampled_from(WORDS) | st.text(max_size=20)
KEYS = st.sampled_from(
    (
        "data", "result", "files", "file", "failed", "error", "errors", "code", "message", "status",
        "progress", "output", "outputUrl", "url", "cdn_url", "filename", "size", "duration", "id",
        "state", "draft", "t", "sg", "m", "d", "tt", "start", "in", "out", "src", "text", "video_infos",
        "available", "total", "token", "expires_at", "expires_in", "session_id", "task_id", "content",
        "parts", "functionCall", "name", "args", "functionResponse", "response", "inlineData", "mimeType",
        "partial", "turnComplete", "errorCode", "errorMessage", "actions", "stateDelta", "type", "event",
        "questions", "prompt", "options", "label", "multiple", "title", "transition", "speed", "volume",
        "position", "createdAt", "success", "detail",
    )
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | TEXTS, inner, max_size=5),
    max_leaves=25,
)
OBJECT = st.dictionaries(KEYS, JSON, max_size=6)
PIECES = (
    "data: ", "data:", "event: error\n", "id: \0\n", "retry: x\n", ": ping\n", "\n", "\r", "\r\n", "\n\n",
    "[DONE]", "\ufeff", "{", "}", '{"content":{"parts":[{"text":"', '"}]}}', '{"error":',
    "heartbeat", "<html>", "[", ",", "]",
)  # fmt: skip
STREAM = (
    st.lists(st.sampled_from(PIECES) | OBJECT.map(json.dumps) | TEXTS, max_size=12)
    .map("".join)
    .map(lambda text: text.encode("utf-8", "surrogatepass"))
) | st.binary(max_size=80)
SENTENCES = st.lists(
    st.sampled_from(
        ("Click ", "click the ", "“Export”", "**Export** ", "button", ". ", "点击", "导出", "按钮", "。",
         "`a` ", "\n- ", "1. ", "in the top right", "then ", "A) ", "[a](b) ", "> ", "```\n", "or ", "?",
         "如果", "say ")
    )
    | TEXTS,
    max_size=14,
).map("".join)  # fmt: skip


def _refused(read, *values):
    """What is read, or None where that is refused as it should be."""
    try:
        return read(*values)
    except (NemoError, ValueError) as error:
        assert len(str(error)) < 5000  # noqa: PT017 - either may come
        return None


@BOUNDED
@given(STREAM, st.integers(1, 9))
@example(b"data: {\n\r\ndata: }\r\r", 1)
@example(b'\xef\xbb\xbfdata: "\xed\xa0\xbd"\n\n', 2)
@example(b"[" * 3000 + b"\n", 7)
@example(b'{"content":{"parts":[{"text":1e400}]}}\n', 3)
def test_streams(body, size):
    """Any bytes are the same events, however they are cut in pieces, and make a whole answer."""
    told = []
    for cut in (size, len(body) or 1):
        decoder = decoder_of(body, 1 << 20) if body.strip() else None
        if decoder is None:
            return
        found = [m for at in range(0, len(body), cut) for m in decoder.feed(body[at : at + cut])]
        told.append([*found, *decoder.end()])
    assert told[0] == told[1]
    heard = Transcript()
    for event in (event for message in told[0] for event in decode(message)):
        heard.feed(event)
        assert printable(repr(event)) == repr(event)
    assert isinstance(heard.text, str)


@BOUNDED
@given(JSON, TEXTS)
@example({"content": {"parts": [{"inlineData": {"mimeType": "image/png", "data": "====="}}]}}, "error")
@example({"event": "error", "error": {"code": 10**400}}, "")
def test_events(value, kind):
    """Any JSON is at least one event, of whatever kind it calls itself."""
    events = decode(Message(json.dumps(value), kind))
    assert events
    heard = Transcript()
    for event in events:
        heard.feed(event)


@BOUNDED
@given(JSON)
@example({"state": {"draft": {"t": [{"sg": [{"d": 10**400, "m": {"start": -(10**400)}}]}]}}})
@example({"draft": '{"t": [{"tt": "9", "sg": "x"}]}'})
@example({"video_infos": {"a": {"duration": math.nan}}})
def test_states(value):
    """Any JSON is a state whose timeline can be shown, compared and told, or none for a reason."""
    state = _refused(models.State.from_json, value)
    draft = state.draft if state is not None else Draft(value) if isinstance(value, dict) else Draft({})
    assert repr(draft)
    assert len(segments_table(draft.data)) >= 0
    assert isinstance(describe(edited(Draft({}), draft)[0]), object)


@BOUNDED
@given(JSON | OBJECT, st.lists(TEXTS, min_size=1, max_size=3))
@example({"files": [{"url": "http://[", "code": 10**400}]}, ["a"])
@example({"failed": {"\ud83d": None}}, ["\ud83d"])
def test_upload_answers(value, names):
    """Any JSON says of each file whether it was taken, as texts that can be shown."""
    answer = UploadAnswer.read(value, names)
    assert all(isinstance(file.filename, str) for file in answer.files)
    assert all(isinstance(file.name, str) and isinstance(file.why, str) for file in answer.failed)
    assert repr(answer)


@BOUNDED
@given(OBJECT, TEXTS)
@example({"status": "processing", "progress": 10**400}, "r")
@example({"status": "completed", "output": {"size": math.inf, "duration": math.nan}}, "r")
def test_render_states(value, render_id):
    """Any JSON object is the state of a render, with a share between 0 and 1 if with any."""
    status = RenderStatus.from_json(value, render_id)
    assert status.share is None or 0 <= status.share <= 1
    assert status.size >= 0
    assert isinstance(status.ended, bool)
    assert isinstance(status.error, str)
    assert isinstance(job_id(value), str)
    assert isinstance(tells_of_a_job(value), bool)


@BOUNDED
@given(JSON | OBJECT, TEXTS)
@example({"available": 10**400, "total": "9" * 400}, "1e999")
@example({"token": "x", "expires_in": 10**400}, "Mon, 99 Foo 9999")
@example({"token": "x", "expires_at": "0001-01-01T00:00:00+23:59"}, ", 1 2 3")
def test_accounts(value, wait):
    """Any JSON is a balance, a session, a token or none; any text says when to come again, or not."""
    told = _refused(Credits.from_json, value)
    assert told is None or str(told)
    _refused(models.SessionInfo.from_json, value)
    _refused(Grant.from_json, value, 1.0)
    again = retry_after(wait, 1.0)
    assert again is None or again >= 0


@BOUNDED
@given(st.integers(100, 599), JSON.map(json.dumps).map(str.encode) | st.binary(max_size=60), TEXTS)
@example(200, b'{"code": 1e999}', "")
@example(500, b"<html>" + b"\xff" * 30, "\r\nx: y")
@example(200, b'{"code": {"code": {"code": 1001}}, "message": ["\\ud83d"]}', "")
def test_answers(number, body, header):
    """Any body under any status is an answer or an error of ours, which can be told."""
    reply = Reply(number, {"retry-after": header, "location": header, "content-type": header}, body)
    verdict = Reader("https://w").read(reply)
    assert verdict.error is None or (isinstance(verdict.error, NemoError) and str(verdict.error))


@BOUNDED
@given(JSON, JSON)
@example({"questions": [{"id": "a", "prompt": "p", "options": [{"id": [], "label": {}}]}]}, "1")
@example({"title": "t", "questions": [{"prompt": "\ud83d", "options": ["1", "2", "1"]}] * 2}, "2; 1")
def test_questions(args, typed):
    """Any JSON is a question that can be shown and answered, or none."""
    question = Question.from_args(args)
    if question is None:
        return
    assert question.markdown()
    assert question.plain()
    assert json.dumps(question.args())
    _refused(question.parse, str(typed))
    _refused(question.answer, typed)


@BOUNDED
@given(SENTENCES)
@example("点击“" * 30 + "导出")
@example("1. Click `a\n2. ”Export“ button\n\ud83d")
def test_talk_of_a_window(text):
    """Any talk is told anew or stays, and can be saved and shown."""
    for final in (True, False):
        anew = gui_talk.translate(text, final=final)
        assert gui_talk.translate(anew, final=final) == gui_talk.translate(anew, final=final)
        assert isinstance(safe_markdown(anew), str)
        assert blocks(anew) is not None
    gui_talk.awaited(text, changed=False)


@BOUNDED
@given(TEXTS | st.text(max_size=30).map("https://{}".format), st.text(max_size=40))
@example("https://a@b:c@d/?x=y#z", "a")
@example("http://[::1%25x]:99999999/", "\ud83d")
def test_links(link, text):
    """Any text as a link has a name that can be shown, and hides what signs it."""
    for shown in (link_name(link), without_query(link), veiled(text, link), plain_links(f"{text} {link}")):
        assert isinstance(printable(shown), str)
    assert web_link(link) is None or web_link(link)


def _fields(kind, **held):
    """Some fields of a class, as they should be or as nobody would write them."""
    odd = {field.name: TEXTS | JSON for field in dataclasses.fields(kind)} | held
    return st.fixed_dictionaries({}, optional=odd)


PLACE = st.fixed_dictionaries({"api": st.just("https://a"), "session_id": st.just("5")}) | _fields(Place)
STORED = {
    "created": st.just("2026-01-01T00:00:00Z") | TEXTS,
    "ended": st.just("") | TEXTS,
    "place": PLACE,
    "clips": st.lists(TEXTS),
}
RECORD = {
    "id": "edit-7kq2m",
    "kind": "edit",
    "request": "x",
    "place": {"api": "https://a", "session_id": "5"},
}


@BOUNDED
@given(_fields(Record, **STORED).map(lambda odd: RECORD | odd) | OBJECT, _fields(Noted, **STORED) | OBJECT)
@example(RECORD | {"id": "../victim", "created": None}, {"place": {"session": []}, "used": 1e999})
@example(RECORD | {"created": "0001-01-01T00:00:00+23:59"}, {"place": {"session_id": "5"}, "clips": "abc"})
@example(RECORD | {"ended": "9999-12-31T23:59:59-23:59"}, {"clips": None})
def test_what_stands_in_a_folder(run, noted):
    """Any JSON in a file of the journal, or of the list of sessions, is a record, or left aside."""
    for read, value in ((Record.read, run), (Noted.read, noted)):
        with suppress(ValueError, TypeError, KeyError):  # what such files are left aside for
            assert repr(read(json.dumps(value)))
