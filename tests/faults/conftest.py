"""A real studio, a proxy that breaks connections before it, and clients that reach it through there alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from clips import code_clip
from faults.tape import Tape

from nemo_widgets.client import AsyncClient, ClientSettings
from nemo_widgets.studio.launch import launch
from nemo_widgets.studio.settings import Settings
from nemo_widgets.testing import FastClock, Proxy

if TYPE_CHECKING:
    from pathlib import Path

SPEED = 50
"""Slow enough for a real studio to answer within the deadlines that are measured on this clock."""
QUICK = {
    "attempts": 3,
    "backoff_s": 0.02,
    "backoff_most_s": 0.1,
    "read_s": 60,
    "upload_answer_s": 60,
    "connect_s": 30,
}


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch, tmp_path):
    for name in ("NEMO_TOKEN", "NEMO_API_URL", "NEMO_WEB_URL", "NEMO_CLIENT_ID", "NEMO_STUDIO_DATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def studio(tmp_path_factory):
    """One studio for all: its sessions keep the tests apart."""
    settings = Settings(text_pause=0, silent="never", tokens_per_client=1_000_000)
    made = launch(tmp_path_factory.mktemp("studio"), settings=settings)
    yield made
    made.stop()


@pytest.fixture
def clock():
    return FastClock(speed=SPEED)


@pytest.fixture
def proxy(studio):
    """Passes everything on until it is told otherwise."""
    with Proxy(studio.url) as made:
        yield made


@pytest.fixture
async def connect(studio, clock, tmp_path):
    """Makes clients with quick settings, by default of the studio itself; closes them."""
    made: list[AsyncClient] = []

    def make(url: str = "", **options: Any) -> AsyncClient:
        settings = ClientSettings(**{**QUICK, "clock": clock, **options.pop("settings", {})})
        options = {"token": studio.token, "config_dir": tmp_path / "config", **options}
        made.append(AsyncClient(base_url=url or studio.url, settings=settings, **options))
        return made[-1]

    yield make
    for client in made:
        await client.aclose()


@pytest.fixture
def tape():
    """Keeps the answers to a client, and plays them to it."""
    return Tape()


@pytest.fixture
async def client(connect, proxy):
    """A client that reaches the studio through the proxy, and knows already that it is one."""
    found = connect(proxy.url)
    await found.credits()
    return found


@pytest.fixture
async def direct(connect):
    """A client that reaches the studio undisturbed."""
    return connect()


class Truth:
    """What the studio really has, read from its own store: what each session cost and holds."""

    def __init__(self, studio: Any) -> None:
        self._store = studio._backend.store

    def media(self, session_id: str) -> list[str]:
        """The names of what was uploaded, in order."""
        return [media.name for media in self._store.library.of_session(session_id)]

    def segments(self, session_id: str) -> int:
        """How many segments the timeline has."""
        version = self._store.projects.latest(session_id)
        return sum(len(track["sg"]) for track in version.data["t"]) if version else 0

    def messages(self, session_id: str) -> list[tuple[str, str]]:
        """Text and status of every message, in order."""
        return [(entry["text"], entry["status"]) for entry in self._store.messages.ledger(session_id)]

    def renders(self, session_id: str) -> list[str]:
        """The ids of all jobs, in order."""
        return [entry["id"] for entry in self._store.jobs.listed(session_id)]


@pytest.fixture(scope="session")
def truth_of():
    """Looks into a studio."""
    return Truth


@pytest.fixture(scope="session")
def truth(studio):
    return Truth(studio)


@pytest.fixture(scope="session")
def clip(tmp_path_factory) -> Path:
    """A third of a second of video, 64x36."""
    return code_clip(tmp_path_factory.mktemp("clips") / "clip.mp4", frames=10, size=(64, 36), audio=None)


@pytest.fixture(scope="session")
def picture(tmp_path_factory) -> Path:
    """The smallest file that the studio takes: a picture."""
    from PIL import Image

    path = tmp_path_factory.mktemp("pictures") / "dot.png"
    Image.new("L", (16, 16), 128).save(path)
    return path


@pytest.fixture
async def session_id(direct, picture):
    """A session with one picture on its timeline."""
    made = await direct.create_session()
    await direct.upload(made.session_id, [picture])
    return made.session_id


@pytest.fixture(scope="session")
def rendered_once():
    return {}


@pytest.fixture
async def rendered(rendered_once, direct, clip, tmp_path):
    """One finished render, made by the first test that wants it: its session, status and file's bytes."""
    if not rendered_once:
        made = await direct.create_session()
        await direct.upload(made.session_id, [clip])
        draft = (await direct.state(made.session_id)).draft
        output = {"resolution": "64x36", "quality": "low"}
        status = await direct.render(made.session_id, draft, output)
        path = await direct.download(status, tmp_path / "uncut.mp4")
        rendered_once.update(session_id=made.session_id, status=status, content=path.read_bytes())
    return rendered_once


@pytest.fixture
def waiting_studio(studio, tmp_path, monkeypatch):
    """Another studio, in which whatever is submitted stays in the queue: nobody wakes who renders."""
    monkeypatch.setattr("nemo_widgets.studio.exports.Exports.wake", lambda _: None)
    made = launch(tmp_path / "waiting", token=studio.token)
    yield made
    made.stop()
