"""A result is under its name whole or not at all, and whoever serves it never sees the token."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from starlette.responses import JSONResponse, Response

from nemo_widgets import errors
from nemo_widgets.client import RenderStatus

DATA = bytes(range(256)) * 2000
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: %d\r\n" % len(DATA)
TAGGED = HEAD + b'ETag: "v1"\r\n\r\n'
PARTIAL = b"HTTP/1.1 206 Partial Content\r\nContent-Type: video/mp4\r\nContent-Length: %d\r\n"


def partial(start: int, *, told: int | None = None, tag: bytes = b'"v1"') -> bytes:
    """The head of an answer with the bytes from `start`, which it calls those from `told`."""
    begun = start if told is None else told
    span = b"Content-Range: bytes %d-%d/%d\r\n" % (begun, len(DATA) - 1, len(DATA))
    return PARTIAL % (len(DATA) - start) + span + b"ETag: %s\r\n\r\n" % tag


def left(folder):
    return sorted(p.name for p in folder.iterdir() if p.name != "home")


@pytest.fixture
def target(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "short.mp4"


async def test_download(backend, connect, target):
    """A render's result is fetched whole, without credentials, with progress to the last byte."""
    told = []
    status = RenderStatus("r", "completed", url=f"{backend.url}/cdn/v.mp4")
    path = await connect(settings={"chunk": 4096, "progress_s": 0}).download(
        status, target, lambda *now: told.append(now)
    )
    assert path == target
    assert target.read_bytes() == backend.file
    assert told[-1] == (len(backend.file), len(backend.file))
    assert [n for n, _ in told] == sorted({n for n, _ in told})
    assert "authorization" not in backend.seen[0].headers
    assert "x-skill-source" not in backend.seen[0].headers
    assert left(target.parent) == ["short.mp4"]


@pytest.mark.parametrize(("size", "times", "marked"), [(15, 1, True), (15, 1, False), (1500, 3, True)])
async def test_a_size_may_be_told_in_a_larger_unit(raw, connect, target, size, times, marked):  # noqa: PLR0917 - fixtures
    """A size that is none in bytes, of megabytes or kilobytes, keeps nobody from a film that came whole."""
    data = DATA * times
    length = b"Content-Length: %d\r\n\r\n" % len(data) if marked else b"\r\n"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nConnection: close\r\n" + length
    server = raw([head, data], [head, data])
    await connect(server.url).download(RenderStatus("r", "completed", url=server.url, size=size), target)
    assert target.read_bytes() == data


@pytest.mark.parametrize("link", ["/cdn/v.mp4", "cdn/v.mp4"])
async def test_relative_link(backend, connect, target, link):
    """A link may be relative to the server."""
    await connect().download(link, str(target))
    assert target.read_bytes() == backend.file


@pytest.mark.parametrize(
    "first",
    [
        JSONResponse({"detail": "gone"}, 404),
        Response("<html>", media_type="text/html"),
        Response(status_code=403),
        {"code": 1001},
        Response(b"", media_type="video/mp4"),
        None,
    ],
)
async def test_fallback(backend, connect, target, token, first):
    """Where the link fails, or there is none, the API's own route is taken, with the token."""
    backend.script["/cdn/v.mp4"] = [first] * 3
    status = RenderStatus("r", "completed", url="/cdn/v.mp4" if first is not None else "")
    await connect().download(status, target)
    assert target.read_bytes() == backend.file
    assert backend.seen[-1].path == "/api/render/proxy/r/download"
    assert backend.seen[-1].headers["authorization"] == f"Bearer {token}"


async def test_error_in_place_of_the_file(backend, connect, target):
    """An envelope with an error is raised, not saved as a video; so is the link's error where both fail."""
    backend.script["/api/render/proxy/r/download"] = [{"code": 402}]
    with pytest.raises(errors.ExportBlocked):
        await connect().download("", target, render_id="r")
    with pytest.raises(errors.DownloadError, match="a page came instead"):
        await connect().download("/nothing", target)
    backend.script["/cdn/v"] = [Response(status_code=410)]
    with pytest.raises(errors.DownloadError, match=r"HTTP 410.*expired"):
        await connect().download("/cdn/v", target)
    assert left(target.parent) == []


async def test_renewed_token(backend, connect, target):
    """On the API's own route a refused anonymous token is renewed."""
    client = connect(anonymous=True)
    await client.authenticate()
    backend.tokens.append("nmv_usr_the_second_one")
    await client.download("", target, render_id="r")
    assert target.exists()


async def test_redirects(backend, connect, raw, target, http, token):  # noqa: PLR0917 - fixtures
    """Redirects are followed, from the API's own route too, and the token stays behind."""
    cdn = raw([http(b"video", kind="video/mp4")])
    backend.script["/api/render/proxy/r/download"] = [
        Response(status_code=302, headers={"Location": f"{cdn.url}/v"})
    ]
    await connect().download("", target, render_id="r")
    assert target.read_bytes() == b"video"
    assert token.encode() not in cdn.requests[0]
    assert b"x-skill" not in cdn.requests[0].lower()


@pytest.mark.parametrize("to", ["/cdn/loop", "file:///etc/passwd", "ftp://x/y"])
async def test_bad_redirects(backend, connect, target, to):
    """Redirects in circles, and away from the web, are errors."""
    backend.script["/cdn/loop"] = [Response(status_code=302, headers={"Location": to})] * 30
    with pytest.raises(errors.DownloadError):
        await connect().download("/cdn/loop", target)


async def test_taken_up_again(raw, connect, target):
    """A broken download goes on where it broke, if the server still has the same file."""
    server = raw([TAGGED, DATA[:262144], "fin"], [partial(262144), DATA[262144:]])
    told = []
    await connect(settings={"chunk": 65536, "progress_s": 0}).download(
        f"{server.url}/v", target, lambda *now: told.append(now)
    )
    assert target.read_bytes() == DATA
    assert b'range: bytes=262144-\r\nif-range: "v1"' in server.requests[1].lower()
    assert told[-1] == (len(DATA), len(DATA))


@pytest.mark.parametrize("again", [TAGGED, HEAD + b"\r\n"])
async def test_begun_anew(raw, connect, target, again):
    """If the file has changed, or has no tag, the download begins anew."""
    first = TAGGED if again is TAGGED else HEAD + b"\r\n"
    server = raw([first, b"x" * 70000, "rst"], [again, DATA])
    await connect(settings={"chunk": 65536}).download(f"{server.url}/v", target)
    assert target.read_bytes() == DATA


async def test_wrong_range(raw, connect, target):
    """A server that can't give the rest is asked for the whole."""
    wrong = b"HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\n\r\n"
    server = raw([TAGGED, DATA[:70000], "fin"], [wrong], [TAGGED, DATA])
    await connect(settings={"chunk": 65536}).download(f"{server.url}/v", target)
    assert target.read_bytes() == DATA


async def test_nothing_half_is_left(raw, connect, target):
    """A download that stays broken leaves what stood at the target, and nothing beside it."""
    target.write_bytes(b"before")
    server = raw(*[[HEAD + b"\r\n", DATA[:70000], "fin"]] * 3)
    with pytest.raises(errors.ConnectError):
        await connect().download(f"{server.url}/v", target)
    assert target.read_bytes() == b"before"
    assert left(target.parent) == ["short.mp4"]


async def test_cancelled_download(connect, target):
    """What stops a download midway leaves nothing either."""

    def stop(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await connect().download("/cdn/v", target, stop)
    assert left(target.parent) == []


async def test_no_folder(backend, connect, tmp_path):
    """A missing folder is said before anything is fetched."""
    with pytest.raises(errors.DownloadError, match="no folder"):
        await connect().download("/cdn/v", tmp_path / "no" / "v.mp4")
    with pytest.raises(errors.DownloadError, match="is a folder"):
        await connect().download("/cdn/v", tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(errors.DownloadError):
        await connect().download("/cdn/v", tmp_path / "file" / "v.mp4")
    assert backend.seen == []


@pytest.mark.parametrize(
    ("number", "match"), [(errno.ENOSPC, "no room left"), (errno.EACCES, "permission denied")]
)
async def test_disk(connect, target, monkeypatch, number, match):
    """A full disk and a forbidden folder are said in words, and nothing is left behind."""

    def fail(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(errors.DownloadError, match=match):
        await connect().download("/cdn/v", target)
    assert left(target.parent) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
async def test_full_disk_while_writing(connect, target, monkeypatch):
    """So is a disk that fills up while the file is written."""
    real = Path.open

    def opened(self, *mode):
        return real(Path("/dev/full"), "wb", 0) if self.suffix == ".part" else real(self, *mode)

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(errors.DownloadError, match="no room left"):
        await connect().download("/cdn/v", target)


@pytest.mark.parametrize(
    ("source", "match"),
    [("", "no address"), (RenderStatus("r", "processing"), "not done yet"), ("mailto:x", "no address")],
)
async def test_nothing_to_fetch(connect, target, source, match):
    """Without an address, or before the render is done, there is nothing to fetch."""
    with pytest.raises(errors.DownloadError, match=match):
        await connect().download(source, target)
