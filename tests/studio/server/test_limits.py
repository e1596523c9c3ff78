"""How much may come in: everything beyond it is refused at once, in one sentence, and harms nobody."""

from __future__ import annotations

import json
import re
import socket
import time
import tracemalloc
from contextlib import suppress

import httpx
import pytest
from limits import within
from waiting import PATIENCE_S, until

from nemo_widgets.studio.limits import MOST_MESSAGE, MOST_SEGMENTS, MOST_TEXT, MOST_TRACKS, parse_json

BODIES = {
    "not a number": '{"x": NaN}',
    "infinity": '{"x": [-Infinity]}',
    "a number of 400 digits": '{"x": {"y": %s}}' % ("9" * 400),
    "a number of 5000 digits": '{"x": -%s}' % ("9" * 5000),
    "1e308": '{"x": 1e308}',
    "1e400": '{"x": -1e400}',
    "65 lists": "[" * 65 + "]" * 65,
    "990 lists": "[" * 990 + "]" * 990,
    "100,000 lists": '{"x": %s' % ("[" * 100_000),
    "100,000 objects": '{"x":' * 100_000,
}
POSTS = (
    "/api/tasks/me/with-session/nemo_agent",
    "/api/auth/claim-token",
    "/api/upload-video/nemo_agent/me/{session}",
    "/run_sse",
    "/api/render/proxy/lambda",
    "/studio/clean",
    "/studio/sessions/{session}/cancel",
    "/studio/sessions/{session}/withdraw",
)
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def known(guest):
    return guest.session()


@pytest.fixture
def draft(client, clip):
    """A session with a clip, and its draft."""
    session = client.session()
    client.upload(session, clip)
    return session, client.state(session)["draft"]


def _refused(answer, code=422):
    """Whether it is refused with this number, in a sentence that does not repeat what was sent."""
    body = answer.json()
    assert (body["code"], answer.status_code) == (code, code)
    assert len(body["message"]) < 400
    assert body["message"].endswith((".", ")"))


def _export(client, session, draft, render_id="render_1", output=None):
    body = {"id": render_id, "sessionId": session, "draft": draft, "output": output or {"resolution": "180p"}}
    return client.post("/api/render/proxy/lambda", content=json.dumps(body), headers=JSON)


@pytest.mark.parametrize("path", POSTS)
def test_no_body_breaks_a_route(path, guest, known):
    """Numbers that nothing can be, and lists nested without end, are refused wherever JSON comes in."""
    for body in BODIES.values():
        _refused(guest.post(path.format(session=known), content=body, headers=JSON))


@pytest.mark.parametrize("path", POSTS)
def test_half_characters_break_no_route(path, guest, known):
    """A lone surrogate in any key and value is put right or refused."""
    keys = ("task_name", "session_id", "task_id", "sessionId", "id", "key", "invocationId", "urls", "user_id")
    body = {**dict.fromkeys(keys, "\ud83d"), "\udc00": 1, "keep_sessions": ["\ud83d"]}
    body["new_message"] = {"parts": [{"text": "\ud83d"}]}
    answer = guest.post(path.format(session=known), content=json.dumps(body), headers=JSON)
    assert answer.status_code < 500
    assert answer.json()["code"] in (0, 422, 1002)


def test_only_an_export_may_be_large(client, draft):
    """A body of more than a megabyte is refused, but for that of an export, which holds the draft."""
    session, data = draft
    padding = {"padding": "x" * 2_000_000}
    _refused(client.post("/run_sse", json=padding), 413)
    answer = _export(client, session, {**data, **padding})
    assert answer.json()["status"] == "pending"


@pytest.mark.parametrize("one", ["[]", "{}", '{"a":[]}'])
def test_no_body_takes_far_more_room_than_it_has(one, client, draft):
    """A draft of very many empty lists is refused before it is made; brackets in words count for nothing."""
    body = f'{{"id": "one", "sessionId": "{draft[0]}", "draft": {{"t": [{",".join([one] * 600_000)}]}}}}'
    tracemalloc.start()
    try:
        answer = client.post("/api/render/proxy/lambda", content=body, headers=JSON)
        assert tracemalloc.get_traced_memory()[1] < 8 * len(body)
    finally:
        tracemalloc.stop()
    _refused(answer)
    assert answer.json()["message"] == "The body holds more than 500,000 objects and lists."
    words = json.dumps({"limit": one * 600_000})
    assert parse_json(words, "It") == json.loads(words)


def test_message_has_a_length(guest, known):
    """A message of over 20,000 characters is refused before anything of it is read, one of as many after."""
    begun = time.monotonic()
    answer = guest.tell(known, "x" * (MOST_MESSAGE + 1))
    _refused(answer)
    assert "20,000" in answer.json()["message"]
    assert within(time.monotonic() - begun, 2)
    assert guest.ledger(known) == []
    assert guest.say(known, "x" * MOST_MESSAGE)
    assert [line["outcome"] for line in guest.ledger(known)] == ["refused"]


@pytest.mark.parametrize("render_id", [".", "..", "lambda", "", "a/b", "a b", "é", "x" * 129])
def test_an_export_can_be_asked_for_by_its_id(render_id, client, draft):
    """An id that no path can hold, or that means something else in one, is refused."""
    _refused(_export(client, *draft, render_id=render_id))


def _texts(*metas):
    return {"t": [{"tt": 7, "sg": [{"d": 1, "m": meta} for meta in metas]}]}


LARGE = {
    "tracks": lambda draft: {"t": draft["t"] * (MOST_TRACKS + 1)},
    "segments": lambda _: _texts(*({} for _ in range(MOST_SEGMENTS + 1))),
    "a text": lambda _: _texts({"text": "x" * (MOST_TEXT + 1)}),
    "a second line": lambda _: _texts({"text": "x", "subtitle": "x" * 10**6}),
    "nesting": lambda _: {"x": json.loads("[" * 100 + "]" * 100)},
    "a number": lambda _: {"m": {"loudness": 10**400}},
    "a float": lambda _: {"m": {"fade_in": 1e308}},
    "no number": lambda _: {"m": {"width": float("nan")}},
    "half a character": lambda _: {"m": {"title": "\ud83d"}},
}
"""What is put into a draft that can be exported."""


@pytest.mark.parametrize("what", LARGE)
@pytest.mark.parametrize("as_text", [False, True])
def test_no_draft_is_larger_than_one_that_was_edited(what, as_text, client, draft):
    """A draft beyond the limits is refused when it comes, and nothing of it is kept."""
    session, data = draft
    large = {**data, **LARGE[what](data)}
    _refused(_export(client, session, json.dumps(large) if as_text else large))
    assert client.listed(session, "renders") == []


def test_a_sentence_does_not_repeat_what_was_sent(client, draft):
    """What is wrong with an export is told without all of a word that is megabytes long."""
    session, data = draft
    for number, output in enumerate(({"resolution": "9" * 10**6}, {"fps": "1e999999999"}, {"crf": 10**19})):
        status = _export(client, session, data, f"render_{number}", output).json()
        assert status["status"] == "failed"
        assert len(status["error"]) < 300


def test_a_long_title_is_cut(client, draft):
    """A title of a megabyte is cut in the file that is exported, in its name and in its metadata."""
    session, data = draft
    _export(client, session, {**data, "m": {**data["m"], "title": "Harbour " * 100_000}})
    while (status := client.get("/api/render/proxy/lambda/render_1").json())["status"] != "completed":
        assert status["status"] != "failed", status
        time.sleep(0.05)
    film = httpx.get(status["outputUrl"]).content
    assert 100 < film.count(b"Harbour ") * 8 < 300
    assert len(status["outputUrl"]) < 300


def test_connection_is_closed_where_the_studio_failed(studio, client, monkeypatch):
    """After a failure of the studio's own the answer says that the connection ends; the next is another."""
    monkeypatch.setattr(studio._backend.store, "overviews", lambda *_: 1 / 0)
    answer = client.get("/studio/sessions")
    assert (answer.status_code, answer.headers["connection"]) == (500, "close")
    monkeypatch.undo()
    for _ in range(20):
        assert client.get("/studio/sessions").status_code == 200


def _connected(studio):
    return socket.create_connection(("127.0.0.1", int(studio.url.rpartition(":")[2])))


def _half(studio, session=""):
    """A connection on which half a request has come: a message, or an upload into a session."""
    path = f"/api/upload-video/nemo_agent/me/{session}" if session else "/run_sse"
    kind = "multipart/form-data; boundary=b" if session else "application/json"
    heads = f"Host: 127.0.0.1\r\nAuthorization: Bearer {studio.token}\r\nContent-Type: {kind}\r\n"
    made = _connected(studio)
    made.sendall(f"POST {path} HTTP/1.1\r\n{heads}Content-Length: 500\r\n\r\n ".encode())
    return made


def test_nothing_is_read_behind_a_request_of_two_lengths(studio):
    """Where both lengths are said a proxy may see another end: the connection is closed behind the answer."""
    two = b"POST /api/auth/anonymous-token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n"
    hidden = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with _connected(studio) as connection:
        connection.sendall(two + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"connection: close" in answer.lower()


def test_client_that_leaves_within_a_body_is_nothing_to_tell(start, connect, caplog):
    """Whoever leaves, or is stopped, in the middle of a body leaves no traceback in the log."""
    studio = start()
    session = connect(studio).session()
    for name in ("", session):
        _half(studio, name).close()
    log = studio.data / "studio.log"
    until(lambda: log.exists() and "POST /run_sse" in log.read_text())
    left = [_half(studio, name) for name in ("", session) * 10]
    until(lambda: len(vars(studio)["_server"].server_state.tasks) == len(left))
    studio.stop()
    for connection in left:
        connection.close()
    assert not re.search(r"Traceback|Exception|ASGI", log.read_text() + caplog.text)


def _is_closed(connection, seconds):
    connection.settimeout(seconds)
    try:
        return connection.recv(1) == b""
    except TimeoutError:
        return False
    except ConnectionError:
        return True


def _clock(studio):
    """Moves the time by which the studio serves on by so many seconds."""
    loop, moved = vars(studio)["_server"].servers[0].get_loop(), [0.0]
    real = loop.time
    loop.time = lambda: real() + sum(moved)

    def go_on(seconds):
        moved.append(seconds)
        loop.call_soon_threadsafe(lambda: None)

    return go_on


def test_half_requests_are_closed(start, connect):
    """A head that is not whole after a while, and a body that does not go on, are closed; others are not."""
    studio = start(patience_s=30)
    client, state = connect(studio), vars(studio)["_server"].server_state
    session, go_on = client.session(), _clock(studio)
    silent, dripping, going_on = _connected(studio), _connected(studio), _half(studio)
    halves = [_half(studio), _half(studio, session)]
    until(lambda: len(state.connections) == 6)
    for _ in range(4):
        going_on.sendall(b" ")
        with suppress(OSError):
            dripping.sendall(b"X")
        assert client.get("/studio/health").json()["ok"]  # by then that was read
        go_on(12)
    assert [_is_closed(connection, PATIENCE_S) for connection in (silent, dripping, *halves)] == [True] * 4
    assert not _is_closed(going_on, 0.1)
    assert client.get("/studio/health").json()["ok"]
    for connection in (silent, dripping, going_on, *halves):
        connection.close()
