"""Files that go out while something happens to them: the client sees it, and the log has one sentence."""

from __future__ import annotations

import errno

import anyio
import httpx
import pytest

_LARGE = 4 * 1024 * 1024
"""More than the system's buffers take, so that the studio is still reading while the client is."""


async def _fail(*_, **__):
    raise OSError(errno.EIO, "Input/output error")


@pytest.fixture
def served(client, clip, tmp_path):
    """The address of an uploaded file that was made large, and its path."""
    url = client.upload(client.session(), clip).json()["data"]["files"][0]["cdn_url"]
    path = next((tmp_path / "data" / "media").iterdir())
    with path.open("r+b") as file:
        file.truncate(_LARGE)
    return url, path


@pytest.mark.parametrize(
    ("harm", "wanted"),
    [("cut", ""), ("cut", f"bytes=0-9,1000-{_LARGE}"), ("read", ""), ("read", "bytes=5-"), ("open", "")],
)
def test_a_file_that_breaks_off_is_no_whole_one(served, studio, monkeypatch, harm, wanted):
    """Where a file gets shorter or can't be read, its download fails, and the log says so in one sentence."""
    url, path = served
    if harm == "read":
        monkeypatch.setattr(anyio.AsyncFile, "read", _fail)
    if harm == "open":
        monkeypatch.setattr(anyio, "open_file", _fail)
    with httpx.stream("GET", url, headers={"Range": wanted} if wanted else {}) as answer:
        if harm == "cut":
            with path.open("r+b") as file:
                file.truncate(_LARGE // 2)
        assert answer.status_code == (206 if wanted else 200)
        with pytest.raises(httpx.RemoteProtocolError):
            answer.read()
    studio.stop()
    log = (studio.data / "studio.log").read_text()
    assert log.count(" broke off: ") == 1
    assert "Traceback" not in log


def test_a_file_that_grows_ends_where_it_was_announced_to(served, studio):
    """Of a file that gets longer the client has as much as it was told, on a connection that goes on."""
    url, path = served
    with httpx.Client() as client:
        with client.stream("GET", url) as answer, path.open("ab") as file:
            file.write(bytes(1000))
            file.flush()
            assert len(answer.read()) == _LARGE
        assert client.head(url).headers["content-length"] == str(_LARGE + 1000)
    studio.stop()
    assert "Traceback" not in (studio.data / "studio.log").read_text()
