"""Nothing that a server sends is read, unpacked, kept or waited for without an end."""

from __future__ import annotations

import asyncio
import gzip
import json
import time
import tracemalloc
import zlib
from contextlib import aclosing

import pytest
from limits import within
from waiting import PATIENCE_S

from nemo_widgets import errors
from nemo_widgets.client import RenderStatus

OK = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\n"
JSON, EVENTS, FILM = b"application/json", b"text/event-stream", b"video/mp4"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
PIECE = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
CALLS = {
    "credits": lambda client, _: client.credits(),
    "session": lambda client, _: client.create_session(),
    "state": lambda client, _: client.state("5"),
    "claim": lambda client, _: client.claim_link("t", "5"),
    "upload": lambda client, clip: client.upload("5", [clip]),
    "links": lambda client, _: client.upload_links("5", ["https://a.org/b.mp4"]),
    "submit": lambda client, _: client.submit_render("5", {"t": [{"tt": 0, "sg": [{"d": 1}]}]}),
    "status": lambda client, _: client.render_status("r"),
    "cancel": lambda client, _: client.cancel_render("r"),
    "chat": lambda client, _: listen(client),
}
SMALL = {"answer_most": 1 << 20, "event_most": 1 << 20, "stream_most": 1 << 20, "attempts": 2, "backoff_s": 0}


async def listen(client, text="hi"):
    async with aclosing(client.chat("5", text)) as events:
        return [event async for event in events]


@pytest.fixture
def clip(tmp_path):
    path = tmp_path / "clip.mp4"
    path.write_bytes(b"\0\0\0\x18ftypmp42" + b"\0" * 400)
    return path


@pytest.fixture(scope="module")
def bomb():
    """A hundred million blanks in a gzip a thousandth as large."""
    packer = zlib.compressobj(1, wbits=31)
    return b"".join([*(packer.compress(b" " * 10_000_000) for _ in range(10)), packer.flush()])


@pytest.mark.parametrize("call", CALLS)
async def test_an_endless_answer_is_read_no_further_than_it_may_be_large(raw, connect, clip, call):
    """Of every request the answer is given up at its limit, and the error says so in a sentence."""
    server = raw(*[[OK % JSON + CHUNKED, *[PIECE] * 500]] * 12)
    with pytest.raises(errors.NemoError, match=r"larger than 1 MB|does not tell about the job"):
        await CALLS[call](connect(server.url, settings=SMALL), clip)


@pytest.mark.parametrize("call", CALLS)
async def test_a_bomb_is_not_unpacked(raw, connect, clip, call, bomb):
    """A few kilobytes that unpack to gigabytes are given up at the limit of what they unpack to."""
    head = OK % JSON + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
    server = raw(*[[head, bomb]] * 12)
    tracemalloc.start()
    try:
        with pytest.raises(errors.NemoError, match=r"larger than 1 MB|does not tell about the job"):
            await CALLS[call](connect(server.url, settings=SMALL), clip)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


async def test_what_a_length_announces_is_not_even_begun_with(raw, connect):
    """An answer whose head names a length over the limit is not read at all."""
    server = raw([OK % JSON + b"Content-Length: 99999999999\r\n\r\n", 0.5])
    began = time.monotonic()
    with pytest.raises(errors.EventTooLarge):
        await connect(server.url).credits()
    assert within(time.monotonic() - began, 3)


async def test_an_answer_that_drips_is_given_up(raw, connect):
    """An answer that goes on and on, a byte at a time, ends with the time that it may take."""
    server = raw(*[[OK % JSON + CHUNKED, *[b"1\r\n \r\n", 0.1] * 60]] * 2)
    settings = {**SMALL, "body_s": 0.3, "attempts": 1}
    with pytest.raises(errors.TimedOut, match=r"did not come to its end in 0\.3 s"):
        await connect(server.url, settings=settings).credits()


QUICK = {"connect_s": 0.1, "read_s": 0.2, "upload_answer_s": 0.2, "attempts": 1}
HEADS = {
    "informational answers": [*[b"HTTP/1.1 102 Processing\r\n\r\n", 0.05] * 60],
    "a first line that drips": [b"HTTP/1.1 200 O", *[b"K", 0.05] * 60],
    "a header that drips": [OK % JSON + b"X: ", *[b"x", 0.05] * 60],
}


async def connected(client, call):
    """Whether a request was answered, so that there is a connection for the next one."""
    try:
        await call(client, None)
    except (errors.TimedOut, errors.ConnectError, errors.DownloadError):
        return False
    return True


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("call", ["credits", "upload", "download"])
async def test_an_answer_that_never_begins_is_given_up(raw, connect, http, clip, tmp_path, head, call):  # noqa: PLR0917 - fixtures
    """Signs of life before an answer do not prolong the waiting for it, of whatever request."""
    calls = CALLS | {"download": lambda client, _: client.download(server.url, tmp_path / "film.mp4")}
    if call == "upload":  # its limit is counted from the body's end, and its connection is always a new one
        server = raw(HEADS[head])
        client = connect(server.url, settings={**QUICK, "connect_s": 30})
    else:
        good = http(b"film", kind="video/mp4") if call == "download" else http(b'{"code":0,"data":{}}')
        server = raw(*[[good, "next", *HEADS[head]]] * 20)
        client = connect(server.url, settings=QUICK)
        async with asyncio.timeout(PATIENCE_S):
            while not await connected(client, calls[call]):
                pass
    began = time.monotonic()
    with pytest.raises(errors.NemoError, match="its answer did not come in time"):
        await calls[call](client, clip)
    assert within(time.monotonic() - began, 3)


async def test_a_page_that_drips_instead_of_a_result_is_left(raw, connect, tmp_path):
    """What comes instead of a film is read for no longer than an answer may take."""
    page = OK % b"text/html" + CHUNKED
    server = raw(*[[page, *[b"1\r\n \r\n", 0.05] * 60]] * 2)
    began = time.monotonic()
    with pytest.raises(errors.DownloadError, match="a page came instead"):
        await connect(server.url, settings={"body_s": 0.3, "attempts": 1}).download(
            f"{server.url}/f.mp4", tmp_path / "film.mp4"
        )
    assert within(time.monotonic() - began, 3)


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "rot13"])
@pytest.mark.parametrize("call", ["credits", "chat"])
async def test_a_coding_that_was_not_asked_for_is_not_unpacked(raw, connect, clip, call, coding):
    """Only gzip and deflate are asked for, and nothing else is taken."""
    head = OK % JSON + f"Content-Encoding: {coding}\r\nContent-Length: 2\r\n\r\n".encode()
    server = raw(*[[head, b"{}"]] * 4)
    with pytest.raises(errors.ProtocolError, match="can't be decoded"):
        await CALLS[call](connect(server.url, settings=SMALL), clip)
    assert b"accept-encoding: gzip, deflate\r\n" in server.requests[0].lower()


@pytest.mark.parametrize("form", ["gzip", "deflate", "bare deflate"])
async def test_compressed_answers_are_read(raw, connect, form):
    """Both codings are understood, also deflate in the form without a header that some servers send."""
    told = json.dumps({"data": {"available": 7, "more": "x" * 200_000}}).encode()
    bare = zlib.compressobj(wbits=-15)
    body = {"gzip": gzip.compress, "deflate": zlib.compress}.get(
        form, lambda data: bare.compress(data) + bare.flush()
    )(told)
    head = OK % JSON + f"Content-Encoding: {form.rpartition(' ')[2]}\r\n".encode()
    server = raw(
        [head + b"Content-Length: %d\r\n\r\n" % len(body), *[body[i : i + 7] for i in range(0, len(body), 7)]]
    )
    assert (await connect(server.url).credits()).available == 7


@pytest.mark.parametrize(
    "piece",
    [b": keep-alive\n\n" * 5000, b"data: heartbeat\n\n" * 4000, b"id: 1\n" * 9000],
    ids=["comments", "beats", "ids"],
)
async def test_a_stream_is_bounded_in_all(raw, connect, piece):
    """However small its events are: a stream of nothing but signs of life ends at its limit."""
    chunk = b"%x\r\n%b\r\n" % (len(piece), piece)
    server = raw([OK % EVENTS + CHUNKED, *[chunk] * 500])
    with pytest.raises(errors.EventTooLarge, match="answer is larger than 1 MB"):
        await listen(connect(server.url, settings=SMALL))


@pytest.mark.parametrize(
    "event",
    [
        {"content": {"parts": [{"text": "word " * 1000}]}, "partial": True},
        {"content": {"parts": [{"text": "word " * 1000, "thought": True}]}},
        {"content": {"parts": [{"functionCall": {"name": "cut", "args": {"why": "word " * 1000}}}]}},
    ],
    ids=["words", "thoughts", "calls"],
)
async def test_the_words_of_an_answer_are_bounded_in_all(raw, connect, event):
    """What is said without an end is heard no further than anybody would read: each word is kept."""
    told = b"data: " + json.dumps(event).encode() + b"\n\n"
    chunk = b"%x\r\n%b\r\n" % (len(told), told)
    server = raw([OK % EVENTS + CHUNKED, *[chunk] * 100, b"0\r\n\r\n"])
    with pytest.raises(errors.EventTooLarge, match="words of the answer have more than 100,000 characters"):
        await listen(connect(server.url, settings=SMALL | {"words_most": 100_000}))


@pytest.mark.parametrize("depth", [101, 990, 100_000])
@pytest.mark.parametrize("pair", ["[]", '{"a":0}'], ids=["lists", "objects"])
@pytest.mark.parametrize("call", ["credits", "state", "upload"])
async def test_json_is_read_no_deeper_than_anybody_nests_it(backend, connect, clip, call, depth, pair):  # noqa: PLR0917 - fixtures
    """An answer that is nested without an end is refused in a sentence, before anything follows it down."""
    from starlette.responses import Response

    body = '{"data":' + pair[:-1].rstrip("0") * depth + "0" + pair[-1] * depth + "}"
    backend.script["/api/credits/balance/simple"] = [Response(body, media_type="application/json")]
    backend.script["/api/state/nemo_agent/me/5/latest"] = [Response(body, media_type="application/json")]
    backend.script["/api/upload-video/nemo_agent/me/5"] = [Response(body, media_type="application/json")]
    with pytest.raises(errors.NemoError, match=r"nested more than 100 levels deep"):
        await CALLS[call](connect(), clip)


async def test_json_is_bounded_in_what_it_holds(backend, connect):
    """Two million empty lists take the room of a film; they are counted before they are made."""
    from starlette.responses import Response

    body = '{"data":[' + "[]," * 2_000_000 + "0]}"
    backend.script["/api/credits/balance/simple"] = [Response(body, media_type="application/json")]
    with pytest.raises(errors.ProtocolError, match="more than 1,000,000 objects and lists"):
        await connect().credits()


async def test_brackets_in_words_are_not_counted(backend, connect):
    """A text of a million brackets is one text."""
    backend.script["/api/credits/balance/simple"] = [{"data": {"available": 3, "note": '\\"[' * 1_000_001}}]
    assert (await connect().credits()).available == 3


async def test_a_message_that_is_too_long_is_not_sent(backend, connect):
    """A message of more than 100,000 characters is refused in a sentence; the server hears nothing of it."""
    with pytest.raises(
        errors.UsageError, match=r"100,000 characters at most, and this one has 100,001"
    ) as caught:
        await listen(connect(), "x" * 100_001)
    assert caught.value.nothing_done
    assert not backend.seen


async def test_half_characters_can_be_sent(backend, connect):
    """A text with half of a character in it, as some servers cut them, goes out as JSON writes it."""
    await connect().submit_render("5", {"t": [{"tt": 0, "sg": [{"d": 1, "m": {"text": "a\ud83d字"}}]}]})
    assert backend.seen[-1].json["draft"]["t"][0]["sg"][0]["m"]["text"] == "a\ud83d字"


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
async def test_a_number_that_is_none_is_not_sent(backend, connect, number):
    """What JSON has no word for is refused in a sentence."""
    with pytest.raises(errors.UsageError, match="a number that is none"):
        await connect().submit_render("5", {"t": [{"tt": 0, "sg": [{"d": number}]}]})
    assert not backend.paths("/api/render")


# -- results ----------------------------------------------------------------------------------------


DATA = bytes(range(256)) * 40


@pytest.mark.parametrize(
    ("size", "sent"), [(5000, 5108), (5000, 50), (len(DATA), len(DATA) - 1), (len(DATA), len(DATA) + 1)]
)
@pytest.mark.parametrize("length", ["told", "chunked", "closed"])
async def test_a_result_is_as_large_as_it_was_announced(raw, connect, tmp_path, size, sent, length):  # noqa: PLR0917 - fixtures
    """A result of another size than the render has is never called exported, however it comes."""
    body = (DATA * 2)[:sent]
    how = {
        "told": b"Content-Length: %d\r\n\r\n" % sent + body,
        "chunked": CHUNKED + b"%x\r\n%b\r\n0\r\n\r\n" % (sent, body),
        "closed": b"\r\n" + body,
    }[length]
    server = raw(*[[OK % FILM + b"Connection: close\r\n" + how]] * 8)
    status = RenderStatus("r", "completed", url=server.url, size=size)
    with pytest.raises(errors.NemoError, match=r"were announced|bytes"):
        await connect(server.url).download(status, tmp_path / "film.mp4")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []


async def test_an_endless_result_ends_where_it_was_announced_to(raw, connect, tmp_path):
    """A body without an end is left as soon as it is larger than the render."""
    server = raw(*[[OK % FILM + CHUNKED, *[PIECE] * 500]] * 4)
    status = RenderStatus("r", "completed", url=server.url, size=100_000)
    with pytest.raises(errors.DownloadError, match="100,000 bytes were announced, and more came"):
        await connect(server.url).download(status, tmp_path / "film.mp4")


async def test_an_endless_result_that_nobody_announced_ends_all_the_same(raw, connect, tmp_path, bomb):
    """Where nobody says how large the result is, there is a limit all the same, for bombs as well."""
    packed = OK % FILM + b"Content-Encoding: gzip\r\n" + CHUNKED + b"%x\r\n%b\r\n" % (len(bomb), bomb)
    server = raw([OK % FILM + CHUNKED, *[PIECE] * 500], [packed])
    for _ in range(2):
        with pytest.raises(errors.DownloadError, match="larger than 4 MB, and the server does not say"):
            await connect(server.url, settings={"download_most": 4 << 20}).download(
                server.url, tmp_path / "f.mp4"
            )
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []


async def test_a_result_that_has_no_room_is_not_begun_with(raw, connect, tmp_path):
    """A length that the disk certainly has no room for is told before a byte of it is written."""
    server = raw([OK % FILM + b"Content-Length: %d\r\n\r\n" % 10**17, 0.5])
    with pytest.raises(errors.DownloadError, match=r"film\.mp4 can't be written: there is no room left"):
        await connect(server.url).download(server.url, tmp_path / "film.mp4")


@pytest.mark.parametrize(
    "link",
    [
        "http://[",
        "http://a.org:99999999/x",
        "http://a\x00b/",
        "http://" + "a" * 70_000,
        "//",
        "http://[::1",
        "\ud800",
    ],
)
async def test_a_link_that_leads_nowhere_is_an_error_of_ours(raw, connect, tmp_path, link):
    """Whatever stands where the result's address should, as the link or behind a redirect."""
    client = connect(settings={"attempts": 1})
    with pytest.raises(errors.NemoError):
        await client.download(RenderStatus("", "completed", url=link), tmp_path / "film.mp4")
    if "//" != link < "http://aa" and link.isprintable():
        server = raw([f"HTTP/1.1 302 Found\r\nLocation: {link}\r\nContent-Length: 0\r\n\r\n".encode()])
        with pytest.raises(errors.NemoError):
            await client.download(server.url, tmp_path / "film.mp4")
