"""A world without files: one interview of 110 s at 30 frames a second, with three known pauses."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from studio.agent.versions import Versions

from nemo_widgets.draft import Draft
from nemo_widgets.studio.agent import Agent, AgentSettings, Done, MediaItem

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.studio.agent.world import Question

CLIP = "/media/aa11/interview.mp4"
MUTE = "/media/bb22/mute.mp4"
SONG = "/media/cc33/my song.mp3"
PAUSES = [(10_000, 12_000), (40_000, 43_000), (70_000, 70_800)]


def clip_draft(*clips: tuple[str, str, int], fps: Any = 30) -> dict[str, Any]:
    segments, start = [], 0
    for i, (src, name, length) in enumerate(clips, 1):
        meta = {
            "id": f"v{i}",
            "start": start,
            "src": src,
            "in": 0,
            "out": length,
            "speed": 1.0,
            "volume": 1.0,
        }
        segments.append({"d": length, "m": {**meta, "name": name}})
        start += length
    tracks = [{"tt": 0, "m": {"name": "Main"}, "sg": segments}] if segments else []
    return {"d": start, "m": {"title": "project", "width": 1920, "height": 1080, "fps": fps}, "t": tracks}


@dataclass
class FakeWorld(Versions):
    """What the server gives an agent, from plain values."""

    found: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    asked: list[tuple[str, int, int]] = field(default_factory=list)
    stopped: bool = False

    def find(self, question: Question, progress: Callable[[float], None]) -> Any:
        options = dict(question.options)
        if question.kind != "pauses":
            return None
        self.asked.append((question.src, options["min_pause_ms"], options["padding_ms"]))
        progress(0.5)
        return [(a, b) for a, b in self.found.get(question.src, []) if b - a >= options["min_pause_ms"]]

    def cancelled(self) -> bool:
        return self.stopped


def make_world(draft: dict[str, Any] | None = None) -> FakeWorld:
    data = clip_draft((CLIP, "interview", 110_000)) if draft is None else draft
    media = {
        CLIP: MediaItem(CLIP, "interview.mp4", "video", 110_000, has_audio=True),
        MUTE: MediaItem(MUTE, "mute.mp4", "video", 20_000, has_audio=False),
        SONG: MediaItem(SONG, "my song.mp3", "audio", 60_000, has_audio=True),
    }
    return FakeWorld(Draft(data), media, [], Draft(copy.deepcopy(data)), found={CLIP: list(PAUSES)})


def run(text: str, world: FakeWorld, silent: str = "never", agent: Agent | None = None) -> Done:
    """Carry out one message and, as the server does, store what came of it as a new version."""
    agent = agent or Agent(AgentSettings(silent=silent, heartbeat_s=0.05))
    steps = list(agent.turn(text, world))
    done = steps[-1]
    assert isinstance(done, Done)
    world.take(text, done)
    return done


FOUND = {
    "kisses": [{"start": 50_000, "end": 58_400, "confidence": 0.9}],
    "stretches": {"black": [[0, 1200]], "blurry": [[30_000, 33_000]], "frozen": []},
    "scenes": [[0, 60_000], [60_000, 110_000]],
    "moments": [
        {"start": a, "end": a + 5000, "score": i / 22, "speech": True, "scene": a // 10_000}
        for i, a in enumerate(range(0, 110_000, 5000))
    ],
}


@pytest.fixture
def see() -> Callable[[FakeWorld], FakeWorld]:
    """Lets a kiss, scenes and other things be found in a world's pictures."""

    def seen(world: FakeWorld) -> FakeWorld:
        heard = world.find
        world.find = lambda q, progress: FOUND[q.kind] if q.kind in FOUND else heard(q, progress)
        return world

    return seen


@pytest.fixture
def world() -> FakeWorld:
    return make_world()


@pytest.fixture
def two_clips() -> FakeWorld:
    """The interview and then twenty seconds without sound."""
    return make_world(clip_draft((CLIP, "interview", 110_000), (MUTE, "mute", 20_000)))


@pytest.fixture
def do() -> Callable[..., Done]:
    return run


@pytest.fixture
def new_world() -> Callable[..., FakeWorld]:
    return make_world


@pytest.fixture
def clips() -> Callable[..., dict[str, Any]]:
    return clip_draft


@pytest.fixture
def shown() -> Callable[[Draft | None], list[tuple[int, int]] | None]:
    """The in and out points of the main track, in ms; None for no draft."""

    def points(draft: Draft | None) -> list[tuple[int, int]] | None:
        if draft is None:
            return None
        main = next(t for t in draft.layout() if t.type == 0)
        return [(s.in_ms or 0, s.out_ms or 0) for s in main.segments]

    return points
