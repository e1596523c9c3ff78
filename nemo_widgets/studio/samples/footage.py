"""Two minutes of made, unedited footage: a day out, with a covered lens, lost focus, hiccups and silences."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, islice, pairwise
from math import sin
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageFilter

from .ambience import ambience
from .painting import SIZE
from .people import Actor, Pose
from .recorded import Track, gaps, lay
from .room import room_tone
from .scenery import PLACES
from .voice import RATE
from .writing import write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["make_footage", "truth"]

_FPS = 12.5
_STILL = (1040, 585)
"""The size of the painted place over which the camera's window glides."""
_EDGE = 9
"""What is kept free around, for the camera to tremble in."""
_ROOM = (_STILL[0] - SIZE[0] - 2 * _EDGE, _STILL[1] - SIZE[1] - 2 * _EDGE)


@dataclass(frozen=True, slots=True)
class _Shot:
    """What is filmed without a stop.

    `pan` is how far the camera goes from left to right (0..1 of what there is), `shake` how much it trembles
    (pixels), `blur` how far out of focus it is, `frozen` from when to when (seconds) its picture stands
    still, `said` the sentences and when they begin (seconds), `noise` how loud the place is (1 is -26 dB),
    `walk` how far the actors go (pixels). The place `""` is a covered lens.
    """

    name: str
    place: str
    seconds: float
    moment: float = 1.0
    pan: tuple[float, float] = (0.3, 0.6)
    shake: float = 1.5
    blur: float = 0.0
    frozen: tuple[float, float] | None = None
    said: Sequence[tuple[int, float]] = ()
    noise: float = 0.12
    actors: Sequence[tuple[str, float, float]] = ()
    walk: float = 0.0


_SHOTS = (
    _Shot("harbour", "harbour", 12, 0.6, (0.1, 0.7), noise=0.2,
          said=((0, 1.0), (1, 3.9), (2, 6.1), (3, 8.4), (4, 9.8))),
    _Shot("lens cap", "", 2.4),
    _Shot("hello", "bridge", 14, 2.0, (0.5, 0.55), said=((5, 1.2), (6, 5.3), (7, 10.0), (8, 12.0)), noise=0,
          actors=(("Mira", 320, 74),)),
    _Shot("lost focus", "city", 5.2, 2.0, (0.2, 0.5), blur=7),
    _Shot("view", "mountains", 14, 1.0, (0.0, 1.0), noise=0.15,
          said=((9, 0.5), (10, 3.4), (11, 5.6), (12, 9.6))),
    _Shot("walk", "city", 12, 1.2, (0.0, 1.0), 4.0, said=((13, 0.6), (14, 4.0), (15, 8.0)), noise=0.25,
          actors=(("Jon", 180, 60), ("Leo", 60, 66)), walk=420),
    _Shot("hiccup", "harbour", 12, 3.0, (0.8, 0.1), frozen=(4.0, 8.8), noise=0.2,
          said=((16, 0.8), (17, 9.2))),
    _Shot("bridge", "bridge", 12, 0.4, (0.1, 0.9), noise=0,
          said=((18, 1.6), (19, 4.2), (20, 8.4))),
    _Shot("pocket", "", 2.0),
    _Shot("night", "night", 10, 1.5, (0.4, 0.5), 1.0, noise=0),
    _Shot("blur", "mountains", 4, 2.5, (0.3, 0.8), 5.0, blur=9, noise=0.2),
    _Shot("traffic", "city", 11.2, 3.0, (1.0, 0.0), 2.5, noise=0.3, said=((21, 1.5), (22, 5.2), (23, 8.6))),
    _Shot("goodbye", "harbour", 9.2, 1.6, (0.45, 0.5), said=((24, 0.8), (25, 2.4), (26, 6.2)), noise=0,
          actors=(("Mira", 300, 82),)),
)  # fmt: skip


def make_footage(path: str | Path) -> dict[str, Any]:
    """Make the footage as an MP4 (640x360, 12.5 frames a second); what is known about it, see `truth`."""
    track = _track()
    sound = track.samples + room_tone(len(track.samples))
    for shot, start in zip(_SHOTS, _starts(), strict=False):
        if shot.place and shot.noise:
            there = ambience(shot.place, shot.seconds).mean(axis=1) * np.float32(shot.noise)
            sound[start * RATE // 1000 :][: len(there)] += there
    write(Path(path), _pictures(), sound[:, None], fps=_FPS, crf=27, bit_rate=64_000, preset="superfast")
    return truth()


def truth() -> dict[str, Any]:
    """What is known about the footage, times in ms.

    duration_ms, fps, scenes ([name, start, end] each), cuts_ms, sentences, utterances ([start, end] each),
    pauses (gaps of 500 ms or more), black, blurry and frozen stretches ([start, end] each).
    """
    starts = _starts()
    whole = list(zip(_SHOTS, pairwise(starts), strict=True))
    spoken = _track().spoken
    return {
        "duration_ms": starts[-1],
        "fps": _FPS,
        "scenes": [[shot.name, *ends] for shot, ends in whole],
        "cuts_ms": starts[1:-1],
        "sentences": [s.text for s in spoken],
        "utterances": [[s.start * 1000 // RATE, s.end * 1000 // RATE] for s in spoken],
        "pauses": gaps(spoken, starts[-1]),
        "black": [[*ends] for shot, ends in whole if not shot.place],
        "blurry": [[*ends] for shot, ends in whole if shot.blur],
        "frozen": [
            [start + round(s * 1000) for s in shot.frozen] for shot, (start, _) in whole if shot.frozen
        ],
    }


def _starts() -> list[int]:
    """When each shot begins, and the last one ends, in ms."""
    return list(accumulate((round(shot.seconds * 1000) for shot in _SHOTS), initial=0))


def _track() -> Track:
    starts = _starts()
    places = [
        start + round(at * 1000) for shot, start in zip(_SHOTS, starts, strict=False) for _, at in shot.said
    ]
    return lay("footage", places, starts[-1])


def _pictures() -> Iterator[Image.Image]:
    places = dict(PLACES)
    for shot, actors in zip(_SHOTS, list(_casts()), strict=True):
        count = round(shot.seconds * _FPS)
        if not shot.place:
            yield from (Image.new("RGB", SIZE, (0, 0, 0)) for _ in range(count))
            continue
        still = places[shot.place]().draw(shot.moment).resize(_STILL, Image.Resampling.BICUBIC)
        if shot.blur:
            still = still.filter(ImageFilter.GaussianBlur(shot.blur))
        for frame in range(count):
            yield _seen(shot, still, actors, frame / _FPS)


def _casts() -> Iterator[list[Actor]]:
    """Who acts in each shot."""
    spoken = iter(_track().spoken)
    for shot, start in zip(_SHOTS, _starts(), strict=False):
        said = [
            (s.start / RATE - start / 1000, s.end / RATE - start / 1000)
            for s in islice(spoken, len(shot.said))
        ]
        yield [Actor(name, _keys(shot, x, size, said)) for name, x, size in shot.actors]


def _seen(shot: _Shot, still: Image.Image, actors: Sequence[Actor], seconds: float) -> Image.Image:
    if shot.frozen and shot.frozen[0] <= seconds < shot.frozen[1]:
        seconds = shot.frozen[0]
    share = seconds / shot.seconds
    way = shot.pan[0] + (shot.pan[1] - shot.pan[0]) * share * share * (3 - 2 * share)
    x = _EDGE + _ROOM[0] * way + shot.shake * (sin(seconds * 2.3) + 0.6 * sin(seconds * 5.9 + 1))
    y = _EDGE + _ROOM[1] / 2 + shot.shake * (sin(seconds * 1.7 + 2) + 0.5 * sin(seconds * 6.7))
    picture = _window(still, x, y)
    for actor in actors:
        actor.draw(picture, seconds)
    return picture


def _window(still: Image.Image, x: float, y: float) -> Image.Image:
    """What is seen from (x, y) on, to a fraction of a pixel; quicker than `glide`."""
    left, top = int(x), int(y)

    def row(down: int) -> Image.Image:
        here, next_ = (still.crop((at, down, at + SIZE[0], down + SIZE[1])) for at in (left, left + 1))
        return Image.blend(here, next_, x - left)

    return Image.blend(row(top), row(top + 1), y - top)


def _keys(
    shot: _Shot, x: float, size: float, said: Sequence[tuple[float, float]]
) -> list[tuple[float, Pose]]:
    """Somebody's way: across the picture where there is one, else on the spot, talking when it is heard."""
    if shot.walk:
        steps = round(shot.seconds / 0.3)
        return [
            (shot.seconds * i / steps, Pose(x + shot.walk * i / steps, 160 - 5 * (i % 2), size, 60))
            for i in range(steps + 1)
        ]
    keys = [(0.0, Pose(x, 150, size, -12))]
    for i, (start, end) in enumerate(said):
        for at, talk in ((start - 0.08, 0), (start, 1), (end - 0.06, 1), (end, 0)):
            keys.append((at, Pose(x, 150, size, (6, -9, 12)[i % 3], talk=talk)))
    return keys
