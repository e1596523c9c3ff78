"""A real studio in a thread, a client for it, a tiny clip, and an agent that does as the test says."""

from __future__ import annotations

import json
import ssl
import sys
import threading
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import httpx
import numpy as np
import pytest
from studio.server.processes import Process
from waiting import PATIENCE_S

from nemo_widgets.draft import Draft
from nemo_widgets.studio.agent.world import Done, Picture, Text, ToolCall, ToolResult
from nemo_widgets.studio.launch import launch
from nemo_widgets.studio.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from nemo_widgets.studio.launch import Studio

SKILL = {
    "X-Skill-Source": "video-trimmer-in-between",
    "X-Skill-Version": "1.0.0",
    "X-Skill-Platform": "unknown",
}


HERE = "127.0.0.1"
"""Where tests have their web sites, from which a studio fetches only if it is let."""
TLS = ssl.create_default_context()
"""Made once: it takes longer than most of these tests."""


PNG = b"\x89PNG\r\n\x1a\n\xfb\xff\xfe and so on"


class ScriptedAgent:
    """Carries out `title X`, `silent X`, `undo N`, `fail`, `long X` and `show X`.

    With `hold` it waits until it is let go, with `halt` it does so after a word.
    """

    def __init__(self) -> None:
        self.began = threading.Semaphore(0)
        self.go = threading.Event()
        self.closed = threading.Event()

    def turn(self, text: str, world: Any) -> Iterator[Any]:
        self.began.release()
        word, _, rest = text.partition(" ")
        try:
            match word:
                case "fail":
                    raise ValueError("the scissors are blunt")
                case "hold":
                    self._wait(world)
                    yield from self._say(world, rest or "held")
                case "halt":
                    yield Text("I begin. ")
                    self._wait(world)
                    yield from self._say(world, rest)
                case "title":
                    yield from self._say(world, rest)
                case "long":
                    for i in range(60):
                        yield Text(f"{i} ")
                    yield Done(None, "".join(f"{i} " for i in range(60)))
                case "silent":
                    yield Done(_titled(world, rest), "")
                case "show":
                    yield Text("Look: ")
                    yield Picture(PNG, rest)
                    yield Text("there.")
                    yield Done(None, "Look: there.")
                case "undo":
                    steps = int(rest)
                    yield Done(Draft(world.history[-steps].data), "Undone.", undo=steps)
                case _:
                    yield Done(None, "Nothing to do.", outcome="refused")
        finally:
            self.closed.set()

    def _wait(self, world: Any) -> None:
        while not self.go.wait(0.02) and not world.cancelled():
            pass

    def _say(self, world: Any, title: str) -> Iterator[Any]:
        yield Text("I rename ")
        yield Text("it. ")
        yield ToolCall("call_1", "rename", {"title": title})
        yield ToolResult("call_1", "rename", {"ok": True})
        yield Text("Done.")
        yield Done(_titled(world, title), "I rename it. Done.", edits=["rename"])


def _titled(world: Any, title: str) -> Draft:
    data = world.draft.data
    return Draft({**data, "m": {**data.get("m", {}), "title": title}})


class Client(httpx.Client):
    """The local user's client, with the calls that most tests need.

    Attributes:
        studio: what it talks to.
    """

    studio: Studio

    def session(self, **body: Any) -> str:
        answer = self.post("/api/tasks/me/with-session/nemo_agent", json={"task_name": "project", **body})
        return str(answer.json()["data"]["session_id"])

    def upload(
        self, session: str, *paths: Path, name: str | None = None, key: str | None = None
    ) -> httpx.Response:
        files = [("files", (name or path.name, path.read_bytes())) for path in paths]
        path = f"/api/upload-video/nemo_agent/me/{session}"
        return self.post(path, files=files, headers=keyed(key))

    def state(self, session: str) -> dict[str, Any]:
        return dict(self.get(f"/api/state/nemo_agent/me/{session}/latest").json()["data"]["state"])

    def say(self, session: str, text: str) -> list[dict[str, Any]]:
        """All events of the answer."""
        answer = self.post("/run_sse", json=message(session, text))
        assert answer.headers["content-type"].startswith("text/event-stream"), answer.text
        return events(answer.text)

    def tell(self, session: str, text: str, key: str | None = None) -> httpx.Response:
        """A message, possibly with a key; the answer may be a refusal."""
        return self.post("/run_sse", json=message(session, text), headers=keyed(key))

    def listed(self, session: str, what: str = "messages") -> list[dict[str, Any]]:
        """What the studio wrote down of the session: its messages, media or renders."""
        return list(self.get(f"/studio/sessions/{session}/{what}").json()["data"][what])

    def ledger(self, session: str) -> list[dict[str, Any]]:
        return self.listed(session)


def keyed(key: str | None) -> dict[str, str]:
    return {} if key is None else {"Idempotency-Key": key}


def message(session: str, text: str) -> dict[str, Any]:
    parts = {"parts": [{"text": text}]}
    return {"app_name": "nemo_agent", "user_id": "me", "session_id": session, "new_message": parts}


def events(stream: str) -> list[dict[str, Any]]:
    lines = [line.removeprefix("data:").strip() for line in stream.splitlines() if line.startswith("data:")]
    return [json.loads(line) for line in lines if line.startswith("{")]


@pytest.fixture
def agent() -> Iterator[ScriptedAgent]:
    scripted = ScriptedAgent()
    yield scripted
    scripted.go.set()


@pytest.fixture
def start(tmp_path: Path, agent: ScriptedAgent) -> Iterator[Callable[..., Studio]]:
    """Starts studios over one data folder; all of them are stopped in the end."""
    running: list[Studio] = []

    def begin(
        *, scripted: bool = True, data: Path | None = None, token: str | None = None, **settings: Any
    ) -> Studio:
        chosen = Settings(**{"heartbeat_s": 0.1, "text_pause": 0.0, "link_networks": HERE, **settings})
        actor = agent if scripted else None
        running.append(launch(data or tmp_path / "data", token=token, settings=chosen, agent=actor))
        return running[-1]

    yield begin
    agent.go.set()
    for studio in running:
        studio.stop()


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Callable[..., Process]]:
    """Starts studios in processes of their own over the test's data folder.

    One that dies by itself is told with its last words. To its client that is a RemoteProtocolError or, if
    the request was not read yet (native code that crashes keeps Python from reading), a ReadError.
    """
    running: list[Process] = []

    def begin(code: str | None = None) -> Process:
        data = tmp_path / "data"
        serve = (
            ["-c", code, str(data)] if code else ["-m", "nemo_widgets.studio", "serve", "--data", str(data)]
        )
        command = [sys.executable, "-X", "faulthandler", *serve]
        running.append(Process(command, tmp_path / f"studio-{len(running)}.log"))
        return running[-1]

    yield begin
    words = [started.last_words for started in running if not started.end()]
    assert not words, words[0]


@pytest.fixture
def connect() -> Iterator[Callable[..., Client]]:
    """Makes clients: of the local user by default, of whoever's `token` otherwise."""
    clients: list[Client] = []

    def make(studio: Studio, *, token: str | None = None, headers: dict[str, str] | None = None) -> Client:
        bearer = {"Authorization": f"Bearer {token or studio.token}"}
        heads = {**bearer, **SKILL, **(headers or {})}
        clients.append(Client(base_url=studio.url, headers=heads, timeout=PATIENCE_S, verify=TLS))
        clients[-1].studio = studio
        return clients[-1]

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def studio(start: Callable[..., Studio]) -> Studio:
    return start()


@pytest.fixture
def client(studio: Studio, connect: Callable[..., Client]) -> Client:
    return connect(studio)


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """A studio with the real agent, for tests that are not in each other's way; it may fetch from here."""
    started = launch(tmp_path_factory.mktemp("common"), settings=Settings(link_networks=HERE))
    yield started
    started.stop()


@pytest.fixture(scope="session")
def guest(common: Studio) -> Iterator[Client]:
    """The common studio's local user."""
    headers = {"Authorization": f"Bearer {common.token}", **SKILL}
    with Client(base_url=common.url, headers=headers, timeout=PATIENCE_S, verify=TLS) as made:
        yield made


@pytest.fixture
def another(studio: Studio, connect: Callable[..., Client]) -> Client:
    """A second client of the same user, for what happens at the same time."""
    return connect(studio)


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of 320x180 at 25 frames a second with a tone, as an MP4."""
    path = tmp_path_factory.mktemp("clips") / "harbour.mp4"
    with av.open(str(path), "w") as container:
        video = container.add_stream("libx264", rate=25, options={"preset": "ultrafast", "g": "25"})
        video.width, video.height, video.pix_fmt = 320, 180, "yuv420p"
        audio = container.add_stream("aac", rate=48000, layout="stereo")
        for i in range(50):
            frame = av.VideoFrame.from_ndarray(np.full((180, 320, 3), i * 5, np.uint8), format="rgb24")
            frame.pts, frame.time_base = i, Fraction(1, 25)
            container.mux(video.encode(frame))
        container.mux(video.encode())
        for start in range(0, 96_000, 1024):
            tone = 0.2 * np.sin(2 * np.pi * 440 * (np.arange(1024) + start) / 48_000).astype(np.float32)
            sound = av.AudioFrame.from_ndarray(np.stack([tone, tone]), format="fltp", layout="stereo")
            sound.rate, sound.pts = 48_000, start
            container.mux(audio.encode(sound))
        container.mux(audio.encode())
    return path


@pytest.fixture(scope="session")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portrait picture of 90x160."""
    from PIL import Image

    path = tmp_path_factory.mktemp("pictures") / "beach.png"
    Image.new("RGB", (90, 160), "teal").save(path)
    return path


@pytest.fixture(scope="session")
def jingle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second of sound as a WAV file."""
    import wave

    path = tmp_path_factory.mktemp("sounds") / "jingle.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes((np.sin(np.arange(8000) / 3) * 9000).astype("<i2").tobytes())
    return path
