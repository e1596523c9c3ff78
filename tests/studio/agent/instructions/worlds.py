"""The worlds in which the instructions are said: made clips, what is to be found in them, and a draft.

| name | what is there |
|---|---|
| interview | interview.mp4, 3 min, somebody speaks, with five pauses |
| trip | harbour.mp4 10 s, market.mp4 20 s, night.mp4 30 s; blurry, black and frozen stretches |
| edited | talk.mp4 2 min, cut to 0:00-0:30, 0:40-1:20 (behind a crossfade) and 1:30-2:00; a title, music |
| pictures | beach.jpg, cake.png, dog.jpg, sunset.jpg |
| song | kitchen.mp4 40 s, garden.mp4 20 s; song.mp3, 90 s at 125 beats a minute, on no track yet |
| film | film.mp4, 2 min, eight scenes, a kiss in the fifth |
| walks | city_street.mp4 8 s, forest-walk.mp4 10 s, beach_day.mp4 12 s, beach_night.mp4 6 s |
| 游记 | 城市夜景.mp4 8 s, 森林漫步.mp4 10 s, 海边.mp4 12 s |
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.agent.versions import Versions

from nemo_widgets.draft import Draft
from nemo_widgets.studio.agent import MediaItem
from nemo_widgets.studio.placement import place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nemo_widgets.studio.agent.world import Question

SILENT = [(20_000, 22_400), (58_000, 61_000), (90_000, 94_000), (130_000, 131_200), (160_000, 160_700)]
"""When nobody speaks in the interview, in ms: 11.3 s in all."""
SCENES = [(0, 14_000), (14_000, 31_000), (31_000, 45_000), (45_000, 60_000), (60_000, 68_400),
          (68_400, 85_000), (85_000, 102_000), (102_000, 120_000)]  # fmt: skip
KISS = (60_000, 68_400)
BEST = (31_000, 45_000)
BEAT_MS = 480


def _moments(
    bounds: Sequence[tuple[int, int]], scores: Sequence[float], *, speech: bool
) -> list[dict[str, Any]]:
    return [
        {"start": a, "end": b, "score": score, "speech": speech}
        for (a, b), score in zip(bounds, scores, strict=True)
    ]


def _sentences(silent: Sequence[tuple[int, int]], end: int) -> list[tuple[int, int]]:
    """Sentences of 4.1 to 7.3 s in what is spoken."""
    found, at, lengths = [], 0, (4100, 5600, 7300, 4900, 6200)
    for low, high in [*silent, (end, end)]:
        while low - at > 9000:
            found.append((at, at + lengths[len(found) % 5]))
            at = found[-1][1]
        if low - at > 1500:
            found.append((at, low))
        at = high
    return found


_SAID = _sentences(SILENT, 180_000)
_NOTHING = {"stretches": {"black": [], "blurry": [], "frozen": []}, "kisses": [], "moments": [], "focus": []}
"""What is found where the table below says nothing."""
FOUND: dict[str, dict[str, Any]] = {
    "interview.mp4": {
        "silent": SILENT,
        "scenes": [(0, 180_000)],
        "moments": _moments(_SAID, [0.2 + (i * 37 % 61) / 100 for i in range(len(_SAID))], speech=True),
        "loudness": {"integrated": -23.4, "true_peak": -5.1, "range": 6.2},
        "focus": [[0, 0.42, 0.4], [60_000, 0.55, 0.38], [180_000, 0.5, 0.4]],
    },
    "harbour.mp4": {"scenes": [(0, 10_000)]},
    "market.mp4": {
        "scenes": [(0, 9000), (9000, 20_000)],
        "stretches": {"black": [], "blurry": [[15_000, 17_000]], "frozen": []},
    },
    "night.mp4": {
        "scenes": [(0, 1200), (1200, 30_000)],
        "stretches": {"black": [[0, 1200]], "blurry": [], "frozen": [[26_000, 30_000]]},
    },
    "talk.mp4": {"scenes": [(0, 120_000)]},
    "song.mp3": {"beats": {"bpm": 125.0, "beats": list(range(0, 90_000, BEAT_MS))}},
    "film.mp4": {
        "scenes": SCENES,
        "moments": _moments(SCENES, [0.3, 0.5, 0.95, 0.4, 0.7, 0.6, 0.8, 0.2], speech=False),
        "kisses": [{"start": KISS[0], "end": KISS[1], "confidence": 0.94}],
        "focus": [[0, 0.4, 0.45], [120_000, 0.6, 0.45]],
        "stretches": {"black": [[0, 1000]], "blurry": [], "frozen": []},
    },
}


@dataclass(frozen=True)
class _File:
    """What the studio knows of a file when it lays it on the timeline."""

    src: str
    title: str
    kind: str
    duration_ms: int
    width: int = 1920
    height: int = 1080
    fps: Any = None
    tracks: tuple[()] = ()


@dataclass
class SaidWorld(Versions):
    """A session as the agent sees it."""

    def find(self, question: Question, progress: Callable[[float], None]) -> Any:
        found, options = FOUND.get(self.media[question.src].name, {}), dict(question.options)
        progress(0.5)
        if question.kind != "pauses":
            return found.get(question.kind, _NOTHING.get(question.kind))
        silent, padding = found.get("silent", []), options["padding_ms"]
        return [(a + padding, b - padding) for a, b in silent if b - a >= options["min_pause_ms"]]

    def cancelled(self) -> bool:
        return False


def _world(*files: tuple[str, float]) -> SaidWorld:
    kinds = {"mp4": "video", "mp3": "audio", "jpg": "image", "png": "image"}
    data: dict[str, Any] | None = None
    media = {}
    for i, (name, seconds) in enumerate(files, 1):
        kind, ms = kinds[name[-3:]], round(seconds * 1000)
        src = f"/media/f{i}/{name}"
        media[src] = MediaItem(src, name, kind, ms, has_audio=kind != "image")
        if kind != "audio":
            data = place(data, _File(src, name, kind, ms))
    return SaidWorld(Draft(copy.deepcopy(data)), media, [], Draft(copy.deepcopy(data)))


def _edited() -> SaidWorld:
    world = _world(("talk.mp4", 120))
    versions = [world.first.data]
    cut = copy.deepcopy(world.first.data)
    (whole,) = cut["t"][0]["sg"]
    ranges, start = [(0, 30_000, 0), (40_000, 80_000, 500), (90_000, 120_000, 0)], 0
    cut["t"][0]["sg"] = []
    for i, (low, high, fade) in enumerate(ranges, 1):
        segment = copy.deepcopy(whole)
        segment["d"] = high - low
        segment["m"] |= {"id": f"v{i}", "start": start - fade, "in": low, "out": high}
        if fade:
            segment["m"]["transition"] = {"type": "crossfade", "d": fade}
        cut["t"][0]["sg"].append(segment)
        start = start - fade + high - low
    cut["d"] = start
    versions.append(cut)
    titled = copy.deepcopy(cut)
    title = {
        "id": "x1",
        "start": 0,
        "text": "Welcome",
        "position": "top-center",
        "size": 64,
        "color": "#ffffff",
    }
    titled["t"].append({"tt": 7, "m": {"name": "Title"}, "sg": [{"d": 4000, "m": title}]})
    versions.append(titled)
    final = copy.deepcopy(titled)
    bed = {"id": "a1", "start": 0, "src": "music:lofi", "volume": 0.35, "fade_in": 500, "fade_out": 1000,
           "name": "Lo-fi", "duck": True, "in": 0, "out": start}  # fmt: skip
    final["t"].insert(1, {"tt": 1, "m": {"name": "BGM"}, "sg": [{"d": start, "m": bed}]})
    world.history = [Draft(version) for version in versions]
    world.draft = Draft(final)
    told = ["keep 0-30, 40-80 and 90-120 s", "add a title", "add music"]
    world.said = [(version, told[:i]) for i, version in enumerate([*world.history, world.draft])]
    return world


WORLDS: dict[str, Callable[[], SaidWorld]] = {
    "interview": lambda: _world(("interview.mp4", 180)),
    "trip": lambda: _world(("harbour.mp4", 10), ("market.mp4", 20), ("night.mp4", 30)),
    "edited": _edited,
    "pictures": lambda: _world(("beach.jpg", 0), ("cake.png", 0), ("dog.jpg", 0), ("sunset.jpg", 0)),
    "song": lambda: _world(("kitchen.mp4", 40), ("garden.mp4", 20), ("song.mp3", 90)),
    "film": lambda: _world(("film.mp4", 120)),
    "walks": lambda: _world(
        ("city_street.mp4", 8), ("forest-walk.mp4", 10), ("beach_day.mp4", 12), ("beach_night.mp4", 6)
    ),
    "游记": lambda: _world(("城市夜景.mp4", 8), ("森林漫步.mp4", 10), ("海边.mp4", 12)),
}
