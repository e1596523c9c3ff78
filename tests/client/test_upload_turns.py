"""Several files go up together and arrive in order; what breaks is known to have arrived, not, or maybe."""

from __future__ import annotations

import asyncio
import contextlib

import pytest
from starlette.responses import JSONResponse
from waiting import until_async

from nemo_widgets import errors
from nemo_widgets.testing.clock import FastClock

MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0"
UPLOAD = "/api/upload-video/nemo_agent/me/5"
MEGABYTE = 1_000_000
DONE = b'{"code":0,"data":{"files":[{"filename":"a"}]}}'


@pytest.fixture
def clip(tmp_path):
    def make(name="a.mp4", size=MEGABYTE):
        (path := tmp_path / name).write_bytes(MP4 + bytes(size - len(MP4)))
        return path

    return make


class Slow:
    """A server that counts what of each upload has come, the form's head too, and answers once all has."""

    def __init__(self):
        self.got: dict[int, int] = {}
        self.heads: dict[int, int] = {}
        self.ended: list[str] = []
        self.answer = True

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1")
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_):
        self._server.close()

    async def _serve(self, reader, writer):
        number = len(self.got)
        self.got[number] = 0
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
            self.heads[number] = self.got[number] = len(await reader.readuntil(b"\r\n\r\n"))
            while self.got[number] < length and (piece := await reader.read(65536)):
                self.got[number] += len(piece)
            whole = self.got[number] == length
            self.ended.append(f"{number}: {'whole' if whole else 'broken off'}")
            if whole and self.answer:
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
                writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(DONE), DONE))
        writer.close()


@pytest.fixture
async def slow():
    async with Slow() as server:
        yield server


async def test_waiting_for_the_turn(slow, connect, clip):
    """All but 256 KiB leaves at once; a KiB of the rest every 5 s, until it is the upload's turn."""
    clock, turn, told = FastClock(0), asyncio.Event(), []
    client = connect(slow.url, settings={"clock": clock, "progress_s": 0})
    task = asyncio.create_task(client.upload("5", [clip()], told.append, turn=turn.wait))
    await until_async(lambda: slow.heads and slow.got[0] == slow.heads[0] + MEGABYTE - 256 * 1024)
    at_once = slow.got[0]
    for step in range(1, 5):
        await asyncio.sleep(0.05)
        assert slow.got[0] == at_once + (step - 1) * 1024
        await until_async(lambda: clock.waiting)
        clock.advance(5)
        await until_async(lambda n=step: slow.got[0] == at_once + n * 1024)
    sent = [now.sent for now in told]
    assert sent == sorted(sent)
    assert sent[-1] < MEGABYTE
    assert not task.done()
    turn.set()
    (file,) = await task
    assert file.filename == "a"
    assert (told[-1].sent, told[-1].done) == (MEGABYTE, True)
    assert slow.ended == ["0: whole"]


@pytest.mark.parametrize("size", [17, 1000, 5000, 300_000])
async def test_waiting_for_hours(slow, connect, clip, size):
    """However long the turn takes, and however small the file, the last byte stays back for it."""
    clock, turn = FastClock(0), asyncio.Event()
    task = asyncio.create_task(
        connect(slow.url, settings={"clock": clock}).upload("5", [clip(size=size)], turn=turn.wait)
    )
    for _ in range(400):
        await asyncio.sleep(0.001)
        clock.advance(5)
    await asyncio.sleep(0.05)
    assert not task.done()
    assert slow.ended == []
    turn.set()
    await task
    assert slow.ended == ["0: whole"]


async def test_several_arrive_in_order(slow, connect, clip):
    """Uploads of one client run at the same time and arrive in the order of their turns."""
    client, arrived = connect(slow.url), [asyncio.Event() for _ in range(4)]
    arrived[0].set()
    order = []

    async def send(i):
        await client.upload("5", [clip(f"{i}.mp4", size=(4 - i) * 500_000)], turn=arrived[i].wait)
        order.append(i)
        if i + 1 < len(arrived):
            arrived[i + 1].set()

    await asyncio.gather(*(send(i) for i in reversed(range(4))))
    assert order == [0, 1, 2, 3]
    assert len(slow.got) == 4


async def test_several_at_once(backend, connect, clip):
    """Without turns, several uploads of one client do not disturb each other."""
    client = connect()
    found = await asyncio.gather(*(client.upload("5", [clip(f"{i}.mp4")]) for i in range(6)))
    assert [len(files) for files in found] == [1] * 6
    assert len(backend.paths(UPLOAD)) == 6


@pytest.mark.parametrize("how", ["raises", "is cancelled", "the upload is cancelled"])
async def test_a_turn_that_does_not_come(slow, connect, clip, how):
    """A turn that fails, or an upload cancelled while it waits, ends it: the server gets no whole body."""
    waiting, left = asyncio.Event(), []

    async def turn():
        waiting.set()
        try:
            if how == "raises":
                raise ZeroDivisionError
            if how == "is cancelled":
                raise asyncio.CancelledError
            await asyncio.sleep(60)
        finally:
            left.append(how)

    task = asyncio.create_task(connect(slow.url).upload("5", [clip()], turn=turn))
    await waiting.wait()
    if how == "the upload is cancelled":
        await asyncio.sleep(0.05)
        task.cancel()
    with pytest.raises(ZeroDivisionError if how == "raises" else asyncio.CancelledError):
        await task
    await until_async(lambda: slow.ended)
    assert slow.ended == ["0: broken off"]
    assert left == [how]


async def test_a_file_that_changes_while_it_waits(slow, connect, clip):
    """What changes while an upload waits for its turn is found before its end is sent."""
    path, turn = clip(), asyncio.Event()
    task = asyncio.create_task(connect(slow.url).upload("5", [path], turn=turn.wait))
    await until_async(lambda: slow.got.get(0, 0) > MEGABYTE // 2)
    with path.open("r+b") as file:
        file.write(b"another beginning")
    turn.set()
    with pytest.raises(errors.UploadError, match="changed while it was sent"):
        await task
    await until_async(lambda: slow.ended)
    assert slow.ended == ["0: broken off"]


async def test_broken_before_the_end(raw, connect, clip):
    """A connection that breaks before the whole body has left means that the file did not arrive."""
    server = raw(["hang up"])
    with pytest.raises(errors.NotAccepted, match=r"a\.mp4 did not arrive.*sent again"):
        await connect(server.url).upload("5", [clip(size=40 * MEGABYTE)])
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("told", "helps"),
    [
        ("h/…/a.mp4 can't be fetched: there is no such address.", "try it in a browser"),
        ("h/…/a.mp4 answered 404 Not Found.", "try it in a browser"),
        ("h/…/a.mp4: a.pdf is of no supported type.", "Supported: mp4"),
    ],
)
async def test_what_a_link_lacks_is_hinted_at(backend, connect, told, helps):
    """Who names a link that gives no file is not told which types of files there are, but to try the link."""
    backend.script[UPLOAD] = [JSONResponse({"code": 4001, "message": told})]
    with pytest.raises(errors.UnsupportedFile) as raised:
        await connect().upload_links("5", ["https://h/a.mp4"])
    assert raised.value.message == told
    assert helps in raised.value.hint


@pytest.mark.parametrize("status", [502, 504])
async def test_a_gateway_that_knows_nothing(backend, connect, clip, status):
    """A gateway that lost the server, after all was sent, leaves it open whether the file arrived."""
    backend.script[UPLOAD] = [JSONResponse({"detail": "x"}, status)] * 2
    with pytest.raises(errors.UploadUnknown, match="tracks"):
        await connect().upload("5", [clip()])
    with pytest.raises(errors.UploadUnknown):
        await connect().upload_links("5", ["https://x/a.mp4"])
    assert len(backend.paths(UPLOAD)) == 2


async def test_keys(backend, connect, clip):
    """The key of an upload goes to a studio alone, with files and with links."""
    for studio in (True, False):
        backend.studio = studio
        client = connect()
        await client.upload("5", [clip()], key="upload-1/0")
        await client.upload_links("5", ["https://x/a.mp4"], key="upload-1/1")
        keys = [s.headers.get("idempotency-key") for s in backend.seen if s.path == UPLOAD]
        assert keys[-2:] == (["upload-1/0", "upload-1/1"] if studio else [None, None])
