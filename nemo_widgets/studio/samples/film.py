"""A short film with people in it: two meet, friends talk, they walk, and at dusk they kiss.

`python -m nemo_widgets.studio.samples.film [file] [seconds]` makes it; every face in it is modelled and lit
by this package, nobody was ever filmed. It is known to the millisecond where its shots change and where the
kiss begins and ends.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .people import Actor, Pose
from .shooting import Shot, known, render

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["film", "make_film", "truth"]

_SECONDS = 64
_SHORTEST = 30
"""Seconds below which the film's actors would have to hurry."""


def make_film(path: str | Path, *, seconds: float = _SECONDS) -> dict[str, Any]:
    """Make the film as an MP4 (640x360, 15 frames a second, soft sound); what is known about it.

    Known are, in ms: `duration_ms`, `cuts_ms` (where a shot ends and the next begins), `scenes`
    ([name, start, end] each), `kiss` ([start, end]: from when they lean in until they have parted).

    Raises:
        ValueError: less than 30 or more than 600 seconds are asked for.
    """
    if not _SHORTEST <= seconds <= 600:  # noqa: PLR2004 - ten minutes of it are enough for anybody
        raise ValueError(f"The film takes from {_SHORTEST} to 600 seconds, not {seconds!r}.")
    return render(Path(path), film(seconds))


def truth() -> dict[str, Any]:
    """What is known about the film of the usual length, as `make_film` tells it."""
    return known(film())


def _walk(a: Pose, b: Pose, begin: float, end: float) -> list[tuple[float, Pose]]:
    """Steps from one pose to another: the head goes up and down at each."""
    steps = max(2, round((end - begin) / 0.3))
    keys = []
    for step in range(steps + 1):
        share = step / steps
        mixed = {
            name: getattr(a, name) + share * (getattr(b, name) - getattr(a, name)) for name in Pose.__slots__
        }
        mixed["y"] += 7 * a.size / 80 * (step % 2) - 3
        keys.append((begin + share * (end - begin), Pose(**mixed)))
    return keys


def film(seconds: float = _SECONDS) -> list[Shot]:
    """The film's shots, in order, together so many seconds long."""
    unit = seconds / _SECONDS
    return [*_meeting(unit), *_talk(unit), *_stroll(unit), *_kiss(unit), Shot("evening", "city", 4 * unit)]


def _meeting(unit: float) -> list[Shot]:
    far, near = 3.2 * unit, 10.5 * unit
    mira, jon = Pose(430, 300, 84, 12), Pose(845, 285, 84, -40, talk=1)
    waits = [
        (0.0, mira),
        (far * 0.5, mira),
        (far * 0.8, Pose(430, 300, 84, 42)),
        (near, Pose(430, 300, 84, 42, talk=0.6)),
    ]
    comes = [
        *_walk(Pose(1400, 290, 84, -66), Pose(845, 285, 84, -48), 0.2, far),
        (far + 0.4, jon),
        (near, jon),
    ]
    return [
        Shot("morning", "bridge", 4 * unit),
        Shot("meeting", "mountains", near, (Actor("Mira", waits), Actor("Jon", comes)), moment=2),
    ]


def _talk(unit: float) -> list[Shot]:
    long, short = 6.5 * unit, 3.5 * unit
    amara, leo = Pose(455, 300, 88, 6, talk=1), Pose(815, 290, 88, -6)
    both = (
        Actor("Amara", [(0, amara), (long * 0.5, Pose(455, 300, 88, 24, talk=1)), (long, amara)]),
        Actor(
            "Leo", [(0, leo), (long * 0.4, Pose(815, 290, 88, -24)), (long, Pose(815, 290, 88, -9, talk=1))]
        ),
    )
    listens = Actor("Leo", [(0, Pose(690, 350, 140, -18)), (short, Pose(680, 350, 140, -6, 3, talk=1))])
    return [
        Shot("talk", "bridge", long, both, moment=3),
        Shot("talk", "bridge", short, (listens,), moment=3, zoom=1.7),
    ]


def _stroll(unit: float) -> list[Shot]:
    long = 10 * unit
    pair = (
        Actor("Mira", _walk(Pose(470, 320, 78, 24, talk=0.8), Pose(520, 320, 78, 30, talk=0.8), 0, long)),
        Actor("Jon", _walk(Pose(770, 305, 78, 10), Pose(810, 305, 78, -6), 0.15, long)),
    )
    passes = Actor(
        "Leo", _walk(Pose(-260, 345, 118, 66), Pose(1560, 345, 118, 66), long * 0.3, long * 0.3 + 4.2)
    )
    return [Shot("stroll", "harbour", long, (*pair, passes), moment=0.4, pan=42)]


def _kiss(unit: float) -> list[Shot]:
    before, lean, held = 3.6 * unit, 1.7, 2.4 * unit
    mira, jon = Pose(425, 325, 84, 30), Pose(850, 300, 84, -30, talk=0.7)
    looks = Pose(455, 325, 84, 60), Pose(820, 300, 84, -60, smile=0.5)
    lips = (
        Pose(528, 332, 84, 75, 7, eyes=0, smile=0.5, pucker=1),
        Pose(718, 312, 84, -75, -7, eyes=0, smile=0.5, pucker=1),
    )
    calm = (
        [(0.0, mira), (before * 0.8, looks[0]), (before, looks[0])],
        [(0.0, jon), (before * 0.7, looks[1]), (before, looks[1])],
    )
    first = tuple(
        Actor(name, [*keys, (before + lean, kiss), (99, kiss)])
        for name, keys, kiss in zip(("Mira", "Jon"), calm, lips, strict=True)
    )
    close = (
        Actor(
            "Mira",
            [
                (0, Pose(452, 372, 146, 75, 8, eyes=0, pucker=1)),
                (9, Pose(458, 372, 146, 75, 10, eyes=0, pucker=1)),
            ],
        ),
        Actor(
            "Jon",
            [
                (0, Pose(782, 342, 146, -75, -8, eyes=0, pucker=1)),
                (9, Pose(776, 342, 146, -75, -9, eyes=0, pucker=1)),
            ],
        ),
    )
    friends = (
        Actor(
            "Amara", [(0, Pose(470, 310, 92, 8)), (1, Pose(470, 310, 92, 30)), (9, Pose(470, 310, 92, 34))]
        ),
        Actor(
            "Leo", [(0, Pose(830, 300, 92, 0)), (1, Pose(830, 300, 92, -26)), (9, Pose(830, 300, 92, -26))]
        ),
    )
    stay, apart = 1.6 * unit, 1.5
    last = tuple(
        Actor(name, [(0, kiss), (stay, kiss), (stay + apart, look), (stay + apart + 2, end)])
        for name, kiss, look, end in zip(
            ("Mira", "Jon"), lips, looks, (Pose(455, 325, 84, 48), Pose(820, 300, 84, -42)), strict=True
        )
    )
    shots = [
        Shot("kiss", "harbour", before + lean + held, first, moment=2.6, kiss=(before, 99)),
        Shot("kiss", "harbour", 3.2 * unit, close, moment=2.6, zoom=1.9, kiss=(0, 99)),
        Shot("kiss", "city", 2.2 * unit, friends, moment=1.5),
    ]
    rest = (_SECONDS - 4 - 10.5 - 10 - 10 - 4) * unit - sum(shot.seconds for shot in shots)
    return [*shots, Shot("kiss", "harbour", rest, last, moment=2.6, kiss=(0, stay + apart))]


def main(arguments: Sequence[str]) -> int:
    """The command; 0."""
    path = Path(arguments[0] if arguments else "film.mp4")
    told = make_film(path, seconds=float(arguments[1]) if arguments[1:] else _SECONDS)
    sys.stdout.write(f"{path}: {path.stat().st_size:,} bytes\n{json.dumps(told, indent=1)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
