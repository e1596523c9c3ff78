"""A download that broke off is gone on with, also by a later process, and never mixed with another file."""

from __future__ import annotations

import asyncio
import json

import pytest
from starlette.responses import Response

from nemo_widgets import errors

DATA = bytes(range(256)) * 4000
OTHER = bytes(reversed(range(256))) * 4000


def answer(data, start=0, *, tag='"v1"', whole=None, status=None):
    """The bytes from `start` as HTTP sends them, with the length of the `whole`."""
    rest = data[start:]
    status = status or ("206 Partial Content" if start else "200 OK")
    head = f"HTTP/1.1 {status}\r\nContent-Type: video/mp4\r\nContent-Length: {len(rest)}\r\n"
    head += f"ETag: {tag}\r\n" if tag else ""
    if start:
        head += f"Content-Range: bytes {start}-{len(data) - 1}/{whole or len(data)}\r\n"
    return head.encode() + b"\r\n", rest


HALF = 524_288
FIRST, BYTES = answer(DATA)
GONE = b"HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\n"


@pytest.fixture
def place(tmp_path):
    (folder := tmp_path / "out").mkdir()
    return folder / "v.mp4", folder / ".v.part"


def left(place):
    return sorted(path.name for path in place[0].parent.iterdir())


async def broken(raw, connect, place, first=FIRST, data=BYTES):
    """A download of which half came; its server."""
    server = raw([first, data[:HALF], "fin"], ["fin"])
    client = connect(server.url, settings={"attempts": 1, "chunk": 65536})
    with pytest.raises(errors.ConnectError):
        await client.download(f"{server.url}/v", place[0], part=place[1])
    return server


async def again(raw, connect, place, server, *scripts):
    """The next process's try, at the same address."""
    server.close()
    port = int(server.url.rpartition(":")[2])
    second = raw(*scripts, port=port)
    client = connect(second.url, settings={"attempts": 2, "chunk": 65536})
    await client.download(f"{second.url}/v?signature=another", place[0], part=place[1])
    return [request.lower() for request in second.requests]


async def test_a_later_process_goes_on(raw, connect, place):
    """What an earlier process got is kept in the part, and only the rest is fetched."""
    server = await broken(raw, connect, place)
    assert left(place) == [".v.part", ".v.part.tag"]
    assert "127.0.0.1" not in place[1].with_name(".v.part.tag").read_text()
    (request,) = await again(raw, connect, place, server, answer(DATA, HALF))
    assert b'range: bytes=524288-\r\nif-range: "v1"' in request
    assert place[0].read_bytes() == DATA
    assert left(place) == ["v.mp4"]


@pytest.mark.parametrize("tag", ["", 'W/"v1"'])
async def test_without_a_strong_tag_nothing_is_kept(raw, connect, place, tag):
    """Where the server does not name the very bytes, nothing is kept, and the next try begins anew."""
    server = await broken(raw, connect, place, *answer(DATA, tag=tag))
    assert left(place) == []
    (request,) = await again(raw, connect, place, server, answer(DATA))
    assert b"range:" not in request
    assert place[0].read_bytes() == DATA


CHANGES = {
    "the server sends the new file": ([answer(OTHER, tag='"v2"')], OTHER),
    "the part is of another file": ([answer(OTHER, HALF, tag='"v2"'), answer(OTHER, tag='"v2"')], OTHER),
    "the part begins elsewhere": (
        [(answer(DATA, HALF)[0].replace(b"bytes 524288-", b"bytes 524287-"), DATA[HALF:]), answer(DATA)],
        DATA,
    ),
    "the part does not say where it begins": (
        [(answer(DATA, HALF)[0].replace(b"Content-Range", b"X-Nothing"), DATA[HALF:]), answer(DATA)],
        DATA,
    ),
    "the new file is shorter": ([(GONE + b"Content-Range: bytes */1000\r\n\r\n",), answer(DATA)], DATA),
    "the range is refused without a word": ([(GONE + b"\r\n",), answer(DATA)], DATA),
    "several parts at once": (
        [
            (answer(DATA, HALF)[0].replace(b"video/mp4", b"multipart/byteranges; boundary=x"), DATA[HALF:]),
            answer(DATA),
        ],
        DATA,
    ),
}


@pytest.mark.parametrize(("scripts", "data"), CHANGES.values(), ids=CHANGES)
async def test_never_mixed(raw, connect, place, scripts, data):
    """A file that changed meanwhile, or a part that does not fit, is begun anew; no two are ever mixed."""
    server = await broken(raw, connect, place)
    await again(raw, connect, place, server, *map(list, scripts))
    assert place[0].read_bytes() == data
    assert left(place) == ["v.mp4"]


async def test_all_was_there_already(raw, connect, place):
    """A process that was killed between the last byte and the file's place has nothing left to fetch."""
    server = await broken(raw, connect, place)
    place[1].write_bytes(DATA)
    whole = GONE + b"Content-Range: bytes */%d\r\n\r\n" % len(DATA)
    await again(raw, connect, place, server, [whole])
    assert place[0].read_bytes() == DATA


@pytest.mark.parametrize("note", ["", "{", "[1]", '{"tag": "\\"v1\\"", "source": "another"}'])
async def test_damaged_note(raw, connect, place, note):
    """A note that is damaged, or of another address, is no reason to trust what is there."""
    server = await broken(raw, connect, place)
    place[1].with_name(".v.part.tag").write_text(note)
    (request,) = await again(raw, connect, place, server, answer(DATA))
    assert b"range:" not in request
    assert place[0].read_bytes() == DATA


async def test_cancelled_and_gone_on(raw, connect, place):
    """A cancelled download keeps its part too, with a note that fits it."""
    server = raw([FIRST, BYTES[:HALF], "hold"])
    client = connect(server.url, settings={"chunk": 65536, "progress_s": 0})
    half = asyncio.Event()
    task = asyncio.create_task(
        client.download(f"{server.url}/v", place[0], lambda got, _: got >= HALF and half.set(), part=place[1])
    )
    await half.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert place[1].read_bytes() == DATA[:HALF]
    assert json.loads(place[1].with_name(".v.part.tag").read_text())["tag"] == '"v1"'
    assert not place[0].exists()


async def test_two_processes_at_one_part(connect, place):
    """A part that another process is at is left to it."""
    fcntl = pytest.importorskip("fcntl")
    with place[1].open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(errors.DownloadError, match="fetched by another process"):
            await connect().download("/cdn/v", place[0], part=place[1])
    assert left(place) == [".v.part"]


async def test_many_breaks(raw, connect, place):
    """A download that gets on with each try is not given up, however often it breaks."""
    step = 102_400
    scripts = [[*answer(DATA, at)[:1], DATA[at : at + step], "fin"] for at in range(0, len(DATA), step)]
    server = raw(*scripts)
    client = connect(server.url, settings={"attempts": 2, "chunk": 65536})
    await client.download(f"{server.url}/v", place[0])
    assert place[0].read_bytes() == DATA
    assert len(server.requests) == len(scripts) > 2


async def test_encoded_on_the_way(raw, connect, place):
    """A server that compresses although it was asked not to sends the file all the same."""
    import gzip

    body = gzip.compress(DATA)
    head = b'HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Encoding: gzip\r\nETag: "z"\r\n'
    server = raw([head + b"Content-Length: %d\r\n\r\n" % len(body), body])
    await connect(server.url).download(f"{server.url}/v", place[0])
    assert place[0].read_bytes() == DATA


async def test_redirected_back(backend, connect, place, token):
    """A redirect takes the token away for good, also where it leads back to the API."""
    backend.script["/api/render/proxy/r/download"] = [
        Response(status_code=302, headers={"Location": f"{backend.url}/cdn/v"})
    ]
    await connect().download("", place[0], render_id="r")
    first, second = backend.seen
    assert first.headers["authorization"] == f"Bearer {token}"
    assert "authorization" not in second.headers
    assert "x-skill-source" not in second.headers


async def test_progress_falls_back_where_the_download_begins_anew(raw, connect, place):
    """Where another file stands there by now, the bytes that are told are those of the new one."""
    first, data = answer(DATA)
    second, other = answer(OTHER[:300_000], tag='"v2"')
    server = raw([first, data[:HALF], "fin"], [second, other])
    told = []
    client = connect(server.url, settings={"attempts": 2, "chunk": 65536, "progress_s": 0})
    await client.download(
        f"{server.url}/v", place[0], lambda got, whole: told.append((got, whole)), part=place[1]
    )
    turn = max(i for i in range(1, len(told)) if told[i][0] < told[i - 1][0])
    assert told[turn - 1][0] == HALF
    assert told[-1] == (300_000, 300_000)
    assert {whole for _, whole in told[turn:]} == {300_000}
