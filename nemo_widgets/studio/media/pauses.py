"""Stretches in which nothing was recorded, neither pictures nor sound, while the file's clock went on."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import av

from .holes import Hole
from .opening import demuxed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from av.container import InputContainer
    from av.stream import Stream

    from .stretches import Track

__all__ = ["listed_pauses", "pauses", "silent_too"]

_LEAST = Fraction(1)
"""Seconds: what is shorter is told by nobody's clock."""
_BESIDE = Fraction(1, 4)
"""Seconds by which sound may go on into a pause."""
_LOOKED_AT = 8
"""Pauses of a long film's pictures in which the sound is looked for."""


def pauses(pictures: Sequence[Hole], sounds: Sequence[Sequence[Hole]]) -> tuple[Hole, ...]:
    """What all streams lack for a second or longer; nothing where there is no sound.

    Slides and recordings of a screen have no pictures while nothing moves. Sound goes on through that.
    """
    left = list(pictures) if sounds else []
    for holes in sounds:
        shared = (Hole(max(a.begin, b.begin), min(a.end, b.end)) for a in left for b in holes)
        left = [hole for hole in shared if hole.end - hole.begin >= _LEAST]
    return tuple(left)


def listed_pauses(pictures: Stream, sounds: Sequence[Stream]) -> tuple[Hole, ...]:
    """The same for a file that lists its packets: the sounds' lists are read if the pictures' has any."""
    seen = _of_list(pictures)
    return pauses(seen, [_of_list(sound) for sound in sounds]) if seen else ()


def silent_too(
    container: InputContainer, sound: Stream, seen: Track, *, until: int
) -> list[tuple[int, int, int, bool]]:
    """The holes of the pictures in which a sound has nothing either, as holes of its own track.

    It is looked for only there, up to a moment in its ticks: not all of a long film is read for it.
    """
    found, tick = [], Fraction(sound.time_base or 1)
    every = [(begin * seen.tick, end * seen.tick) for _, begin, end, _ in seen.holes]
    every = [(begin, end) for begin, end in every if end - begin >= _LEAST and begin < until * tick]
    for begin, end in every[:_LOOKED_AT]:
        try:
            container.seek(max(0, int((begin - _LEAST) * av.time_base)))
            moments = (packet.pts * tick for packet in demuxed(container, sound) if packet.pts is not None)
            before, behind = _around(moments, begin + _BESIDE)
        except (av.error.FFmpegError, OSError):
            continue
        if before is not None and (behind or end) - before >= _LEAST:
            found.append((0, round(before / tick), round((behind or end) / tick), False))
    return found


def _around(moments: Iterable[Fraction], place: Fraction) -> tuple[Fraction | None, Fraction | None]:
    """The last moment up to a place, and the first behind it; None where there is none."""
    before = None
    for at in moments:
        if at > place:
            return before, at
        before = at
    return before, None


def _of_list(stream: Stream) -> list[Hole]:
    tick = Fraction(stream.time_base or 1)
    least = int(_LEAST / tick)
    moments = sorted(entry.timestamp for entry in stream.index_entries)
    return [Hole(a * tick, b * tick) for a, b in pairwise(moments) if b - a >= least]
