"""One message, one POST, and whatever the stream does is either its events or a named error."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import socket
from itertools import chain

import pytest
from starlette.responses import JSONResponse, Response
from waiting import PATIENCE_S, until, until_async

from nemo_widgets import errors
from nemo_widgets.client import (
    Clock,
    ErrorEvent,
    HeartbeatEvent,
    Message,
    TextEvent,
    Transcript,
    UnknownEvent,
)
from nemo_widgets.testing.clock import FastClock

HELLO = b'data: {"type":"text","content":"Hello"}\n\n'
BEAT = b": alive\n\n"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


class WaitedFor(FastClock):
    """A clock that stands still while nobody waits for what a server is about to send."""

    def __init__(self) -> None:
        super().__init__(0)
        self._waits = 0

    async def by(self, deadline, work):
        self._waits += 1
        return await super().by(deadline, work)

    def silence(self, seconds: float, *, waits: int):
        """A step of a server's script: so many seconds pass while the client waits its so-manieth time."""

        def step() -> None:
            until(lambda: self._waits >= waits and self.waiting)
            self.advance(seconds)

        return step


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


async def listen(client, text="hi", got=None, then=lambda: None):
    """The events of an answer, also added to `got` one by one; after each of them `then` is called."""
    got = [] if got is None else got
    async for event in client.chat("5", text):
        got.append(event)
        then()
    return got


async def test_message(backend, connect):
    """The request is the protocol's to the letter, and the events come in order."""
    backend.stream = [HELLO, b"data:\n\n"]
    assert await listen(connect(), "cut the pauses") == [TextEvent("Hello", partial=True), HeartbeatEvent()]
    (seen,) = backend.seen
    assert seen.headers["accept"] == "text/event-stream"
    assert seen.json == {
        "app_name": "nemo_agent",
        "user_id": "me",
        "session_id": "5",
        "new_message": {"parts": [{"text": "cut the pauses"}]},
    }


async def test_events_come_as_they_are_sent(backend, connect):
    """An event is given out when it is whole, not when the stream ends."""
    backend.stream = [HELLO, 10 * PATIENCE_S, HELLO]
    async with contextlib.aclosing(connect().chat("5", "hi")) as events:
        async with asyncio.timeout(PATIENCE_S):
            assert await anext(events) == TextEvent("Hello", partial=True)
    assert await asyncio.to_thread(backend.closed.wait, PATIENCE_S)


@pytest.mark.parametrize("how", ["close", "break", "cancel"])
async def test_stopping_closes_the_connection(backend, connect, how):
    """Who stops listening closes the connection at once, in every way of stopping."""
    backend.stream = [HELLO, *([0.02, BEAT] * 500), 10 * PATIENCE_S]
    events, begun = connect().chat("5", "hi"), asyncio.Event()

    async def first():
        async for _ in events:
            begun.set()
            if how != "cancel":
                break

    task = asyncio.create_task(first())
    if how == "cancel":
        await begun.wait()
        task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    if how == "break":
        del events, task
        await asyncio.sleep(0)
    else:
        await events.aclose()
    assert await asyncio.to_thread(backend.closed.wait, PATIENCE_S)


@pytest.mark.parametrize("ending", ["fin", "rst"])
async def test_broken_midway(raw, connect, ending):
    """A connection that breaks after events is StreamDropped, and nothing is sent again."""
    got = []
    server = raw([CHUNKED, chunk(HELLO), lambda: until(lambda: got), ending], [CHUNKED])
    with pytest.raises(errors.StreamDropped) as caught:
        await listen(connect(server.url), got=got)
    assert len(got) == 1
    assert len(server.requests) == 1
    assert caught.value.__context__ is None


@pytest.mark.parametrize("ending", ["fin", "rst"])
async def test_broken_before_the_answer(raw, connect, ending):
    """So is one that breaks after the message was sent: the work may have begun."""
    server = raw([0.05, ending], [CHUNKED])
    with pytest.raises(errors.StreamDropped):
        await listen(connect(server.url))
    assert len(server.requests) == 1


async def test_cut_after_every_byte(raw, connect, recorded):
    """Wherever a real stream is cut, what came before is given out, the cut is named, one POST is made."""
    stream = recorded("streaming.http")
    whole = Transcript()
    cuts = range(0, len(stream), 61)
    server = raw(*([CHUNKED, chunk(stream[:cut] or b":"), "fin"] for cut in cuts), [HEAD + b"\r\n", stream])
    client = connect(server.url)
    for cut in cuts:
        with pytest.raises(errors.StreamDropped):
            await listen(client)
        assert len(server.requests) == 1 + cut // 61
    for event in await listen(client):
        whole.feed(event)
    assert whole.text == "Removed 0:45 to 1:20 and joined the rest smoothly."


async def test_orderly_end(raw, connect):
    """A stream that ends in order ends the iterator, chunked or not; half an event is dropped."""
    server = raw(
        [CHUNKED, chunk(HELLO), b"0\r\n\r\n"],
        [HEAD + b"Connection: close\r\n\r\n" + HELLO + b"data: {"],
        [b"HTTP/1.0 200 OK\r\nContent-Type: Text/Event-Stream; charset=latin-1\r\n\r\n" + HELLO],
    )
    client = connect(server.url)
    for _ in range(3):
        assert await listen(client) == [TextEvent("Hello", partial=True)]


async def test_one_byte_at_a_time(raw, connect):
    """A stream in single bytes is the same stream."""
    text = 'data: {"type":"text","content":"Grüße 👋"}\r\n\r\n'.encode()
    server = raw([HEAD + b"\r\n", *(text[i : i + 1] for i in range(len(text)))])
    assert await listen(connect(server.url)) == [TextEvent("Grüße 👋", partial=True)]


async def test_compressed(raw, connect):
    """A stream that a proxy has compressed is the same stream."""
    server = raw([HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(HELLO * 3)])
    assert len(await listen(connect(server.url))) == 3


async def test_a_compression_that_breaks_off_is_a_broken_stream(raw, connect):
    """What HTTP takes for whole is not, where its compression has no end: who knows what is missing."""
    body = gzip.compress(HELLO * 3)[:-12]
    server = raw([HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body) + body])
    with pytest.raises(errors.ProtocolError, match="can't be decoded") as caught:
        await listen(connect(server.url))
    assert not caught.value.nothing_done


async def test_an_answer_that_is_no_http_is_no_broken_connection(raw, connect):
    """What is no HTTP says nothing of the edit, and that the connection broke is not said of it."""
    server = raw([b"\x00\x01SSH-2.0-OpenSSH_9.6\r\n\r\n"], [b"\x00\x01\r\n\r\n"])
    with pytest.raises(errors.ProtocolError, match="is no HTTP") as caught:
        await listen(connect(server.url))
    assert not caught.value.nothing_done


async def test_words_without_any_form_are_kept(backend, connect):
    """A body that is neither events nor JSON is something that was not understood, never silence."""
    backend.script["/run_sse"] = [Response('0:"I cut"\n0:" it."\n', media_type="text/plain")]
    assert await listen(connect()) == [UnknownEvent('0:"I cut"\n0:" it."')]


async def test_heartbeats_only(backend, connect):
    """Nothing but heartbeats for too long is a time-out; work in between starts the time anew."""
    clock, got = WaitedFor(), []
    # The head is waited for first, then each piece of the body.
    silences = [clock.silence(40, waits=waits) for waits in range(2, 5)]
    backend.stream = [silences[0], HELLO, silences[1], BEAT, silences[2], 10 * PATIENCE_S]
    with pytest.raises(errors.TimedOut, match=r"No answer came for 1 min 10 s"):
        await listen(connect(settings={"clock": clock, "chat_quiet_s": 70}), got=got)
    assert got == [TextEvent("Hello", partial=True), HeartbeatEvent()]


async def test_too_long_in_all(backend, connect):
    """An answer that goes on for ever is ended by the time that it may take in all."""
    backend.stream = [HELLO, 0.05] * 1000
    with pytest.raises(errors.TimedOut, match=r"did not end in 0\.3 s"):
        await listen(connect(settings={"clock": Clock(), "chat_total_s": 0.3}))


async def test_silence_before_the_answer(raw, connect):
    """The limits count from the sending."""
    server = raw(["hold"])
    with pytest.raises(errors.TimedOut):
        await listen(connect(server.url, settings={"chat_quiet_s": 0.2}))


async def test_dead_connection(raw, connect):
    """Not one byte for too long is a dead connection, before the answer and in it; a heartbeat is a byte."""
    clocks = WaitedFor(), WaitedFor()
    # The head is waited for first, then each piece of the body.
    slow, slower = ([clock.silence(30, waits=waits) for waits in range(3, 11)] for clock in clocks)
    server = raw(
        ["hold"],
        [CHUNKED, chunk(HELLO), "hold"],
        [CHUNKED, *chain(*((chunk(b":\n"), silence) for silence in slow)), chunk(HELLO), b"0\r\n\r\n"],
        [CHUNKED, *chain(*((chunk(b"d"), silence) for silence in slower)), chunk(b"\n\n"), b"0\r\n\r\n"],
    )
    client = connect(server.url, settings={"chat_stall_s": 0.4})
    for _ in range(2):
        with pytest.raises(errors.StreamDropped, match=r"Not a byte.*0\.4 s.*dead"):
            await listen(client)
    patient = [connect(server.url, settings={"clock": clock, "chat_stall_s": 40}) for clock in clocks]
    assert len(await listen(patient[0])) == 9
    assert await listen(patient[1]) == [HeartbeatEvent()]
    await until_async(lambda: len(server.requests) == 4)


async def test_slow_listener(backend, connect):
    """Who takes long over an event does not make a live connection look dead or quiet."""
    got, clock = [], FastClock(0)
    backend.stream = [HELLO, lambda: until(lambda: got), BEAT, HELLO]
    client = connect(settings={"clock": clock, "chat_stall_s": 200, "chat_quiet_s": 200})
    async for event in client.chat("5", "hi"):
        got.append(event)
        clock.advance(250)
    assert len(got) == 3


@pytest.mark.parametrize("piece", [HELLO, BEAT])
async def test_an_answer_that_never_ends_is_left_on_the_clock(backend, connect, piece):
    """A quarter of an hour is over as soon as the settings' clock says so, however much comes meanwhile."""
    backend.stream = [piece, 0.02] * 50
    clock = FastClock(0)
    with pytest.raises(errors.TimedOut, match="did not end in 15 min"):
        await listen(connect(settings={"clock": clock}), then=lambda: clock.advance(100))
    assert clock.now() <= 1000


async def test_a_silence_is_long_on_the_clock(backend, connect):
    """Three minutes without a byte are over as soon as the settings' clock says so."""
    clock = WaitedFor()
    backend.stream = [BEAT, clock.silence(181, waits=3), 10 * PATIENCE_S]
    with pytest.raises(errors.StreamDropped, match="for 3 min"):
        await listen(connect(settings={"clock": clock}))


async def test_an_answer_after_many_heartbeats_is_heard(backend, connect):
    """Heartbeats for a quarter of an hour but a minute are waited for: what comes behind them is heard."""
    clock = WaitedFor()
    backend.stream = [*chain(*((BEAT, clock.silence(60, waits=waits)) for waits in range(3, 17))), HELLO]
    got = await listen(connect(settings={"clock": clock}))
    assert got == [*[HeartbeatEvent()] * 14, TextEvent("Hello", partial=True)]
    assert clock.now() == 14 * 60


@pytest.mark.parametrize("last", [b'data: {"text": "Hello"}', b'data: {"text": "Hello"}\n'])
@pytest.mark.parametrize("marked", [True, False])
async def test_the_last_event_may_lack_its_empty_line(raw, connect, last, marked):
    """An event without an empty line behind it is heard where HTTP says that the answer ended with it."""
    if marked:
        server = raw([CHUNKED, chunk(HELLO), chunk(last), b"0\r\n\r\n"])
    else:
        server = raw([HEAD + b"\r\n", HELLO, last])
    heard = [event.text for event in await listen(connect(server.url))]
    assert heard == ["Hello", *(["Hello"] if marked else [])]


async def test_keepalive(backend, connect):
    """The system itself watches the connections of both of the API's pools."""
    client = connect()
    for kind in ("read", "paid"):
        pool = client._wire.api(kind)
        async with pool.stream("GET", f"{backend.url}/cdn/v") as response:
            stream = response.extensions["network_stream"]
            connection = stream.get_extra_info("socket")
            assert connection.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)


async def test_raw_messages(backend, connect):
    """`raw` hears each message of the stream before its events, comments too."""
    heard = []
    backend.stream = [b"event: x\nid: 7\n" + HELLO, BEAT]
    async for event in connect().chat("5", "hi", raw=heard.append):
        heard.append(event)  # noqa: PERF401 - `raw` appends in between
    assert heard == [
        Message('{"type":"text","content":"Hello"}', "x", "7"),
        TextEvent("Hello", partial=True),
        Message(None),
        HeartbeatEvent(),
    ]


async def test_key(backend, connect):
    """The key of a message goes to a studio, also where that is the first request, and to nobody else."""
    backend.stream = [HELLO]
    for studio in (False, True):
        backend.studio = studio
        async for _ in connect().chat("5", "hi", key="edit-7kq2"):
            pass
        assert backend.seen[-1].headers.get("idempotency-key") == ("edit-7kq2" if studio else None)
        assert len(backend.paths("/run_sse")) == 1 + studio
    with pytest.raises(errors.UsageError):
        await anext(connect().chat("5", "hi", key="a b"))


async def test_refused_then_renewed_in_the_stream(backend, connect):
    """A token that is refused as the first thing in the stream is renewed, and the message sent once more."""
    client = connect(anonymous=True)
    await client.authenticate()
    refusal = b'data: {"code":1001}\n\n'
    backend.tokens.append("nmv_usr_the_second_one")
    backend.script["/run_sse"] = [Response(refusal, media_type="text/event-stream")]
    backend.stream = [HELLO]
    assert await listen(client) == [TextEvent("Hello", partial=True)]
    assert [seen.headers["authorization"][-8:] for seen in backend.seen if seen.path == "/run_sse"] == [
        "23456789",
        "cond_one",
    ]


@pytest.mark.parametrize("before", [BEAT, HELLO])
async def test_refused_after_a_sign_of_life(backend, connect, before):
    """A token that is refused after any sign of life may have been worked for: nothing is sent once more."""
    client = connect(anonymous=True)
    await client.authenticate()
    backend.tokens.append("nmv_usr_the_second_one")
    stream = Response(before + b'data: {"code":1001}\n\n', media_type="text/event-stream")
    backend.script["/run_sse"] = [stream, stream]
    with pytest.raises(errors.AuthError) as caught:
        await listen(client)
    assert not caught.value.nothing_done
    assert len(backend.paths("/run_sse")) == 1


REFUSALS = [
    ({"code": 2001}, errors.NoCredits),
    ({"code": 1002, "message": "x"}, errors.SessionNotFound),
    (JSONResponse({"detail": "Session not found: 5"}, 404), errors.SessionNotFound),
    (Response("oops", 500, media_type="text/html"), errors.ServerError),
    (Response("oops", 502, media_type="text/html"), errors.StreamDropped),
    (JSONResponse({"detail": "late"}, 504), errors.StreamDropped),
    (Response("<html>", 200, media_type="text/html"), errors.ProtocolError),
    (Response(status_code=302, headers={"Location": "https://elsewhere/"}), errors.ProtocolError),
]


@pytest.mark.parametrize(("answer", "kind"), REFUSALS)
async def test_refused(backend, connect, answer, kind):
    """A message that is refused is the refusal's error, and is not sent again; a gateway knows nothing."""
    backend.script["/run_sse"] = [answer, answer]
    with pytest.raises(kind) as caught:
        await listen(connect())
    assert len(backend.seen) == 1
    assert caught.value.nothing_done is (kind in (errors.NoCredits, errors.SessionNotFound))


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/plain", HELLO),
        ("application/octet-stream", b"\n" + HELLO),
        ("application/x-ndjson", b'{"type":"text",\n"content":"Hello"}\n'),
        ("application/x-ndjson", b'{"type":"heartbeat"}\n{"type":"text","content":"Hello"}'),
        ("text/plain", b'[{"type":"text",\n"content":"Hello"}]'),
        ("application/json", b'{"type":"heartbeat"}\n{"type":"text","content":"Hello"}\n'),
        ("application/json", HELLO),
        ("", HELLO),
        ("application/json-seq", b'\x1e{"type":"text","content":"Hello"}\n\x1e{"type":"heartbeat"}\n'),
        ("text/event-stream", b'data: \xef\xbb\xbf{"type":"text","content":"Hello"}\n\n'),
        ("text/event-stream", b'data: {"type":"text","content":"Hello","at":%b}\n\n' % (b"9" * 5000)),
    ],
)
async def test_a_good_stream_under_another_name(backend, connect, kind, body):
    """What is a stream of events, or JSON in lines, is read as that, whatever its content type calls it."""
    backend.script["/run_sse"] = [Response(body, headers={"content-type": kind})]
    assert [e.text for e in await listen(connect()) if isinstance(e, TextEvent)] == ["Hello"]


async def test_no_content(backend, connect):
    """An answer without any content is an answer without words."""
    backend.script["/run_sse"] = [Response(status_code=204)]
    assert await listen(connect()) == []


async def test_a_page_under_another_name(backend, connect):
    """A page that somebody in between has made says nothing of the message, whatever it calls itself."""
    backend.script["/run_sse"] = [Response("\n<html>Please wait", media_type="text/plain")]
    with pytest.raises(errors.ProtocolError, match="instead of a stream") as caught:
        await listen(connect())
    assert not caught.value.nothing_done


@pytest.mark.parametrize(
    ("event", "kind"),
    [(b'{"code":2001,"message":"x"}', errors.NoCredits), (b'{"errorCode":"1002"}', errors.SessionNotFound)],
)
async def test_refused_in_the_stream(backend, connect, event, kind):
    """So is a refusal that comes as an event; other errors of the agent are events."""
    backend.stream = [b"data: " + event + b"\n\n"]
    with pytest.raises(kind):
        await listen(connect())
    backend.stream = [b'data: {"error": "boom "x" y"}\n\n']
    assert await listen(connect()) == [ErrorEvent('boom "x" y')]


async def test_events_as_one_list(backend, connect, recorded):
    """A server that answers with a list of events instead of a stream is understood."""
    backend.script["/run_sse"] = [Response(recorded("run.json"), media_type="application/json")]
    transcript = Transcript()
    for event in await listen(connect()):
        transcript.feed(event)
    assert transcript.text == "Cutting now.\n\nRemoved 0:45 to 1:20 and joined the rest."


async def test_unreached(connect):
    """A server that is not reached got nothing, so that is a ConnectError and no dropped stream."""
    with pytest.raises(errors.ConnectError) as caught:
        await listen(connect("http://127.0.0.1:1"))
    assert type(caught.value) is errors.ConnectError


async def test_huge_event(raw, connect):
    """An event over the limit is a named error; the rest of the stream is lost, so the work may be done."""
    server = raw([HEAD + b"\r\n", b"data: " + b"x" * 3_000_000])
    with pytest.raises(errors.EventTooLarge, match=r"larger than 1 MB.*%nemo tracks"):
        await listen(connect(server.url, settings={"event_most": 1 << 20}))
