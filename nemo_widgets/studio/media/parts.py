"""What was read of a file's streams put together: from when to when each runs, and its parts in a row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from .clock import STEADY, Clock, Part
from .holes import Hole, lost
from .pauses import pauses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .pace import Pace
    from .stretches import Track

__all__ = ["LATE", "Extent", "Extents", "joined", "missing", "paused"]

LATE = Fraction(1, 10)
"""Seconds: what begins or ends no later than this after another was meant to be with it; muxers round."""
_AS_IS = Fraction(0), Fraction(0)


@dataclass(frozen=True, slots=True)
class Extent:
    """From when to when a stream runs, in seconds. `last` is when its last picture, or packet, begins.

    Of pictures, `mean` and `quick` are the seconds from one to the next: on average, and where they are
    quickest; None below two pictures. `uneven`: no one time is that of all pictures. `trembling`: the clock's
    times differ though the same is meant.
    """

    first: Fraction
    last: Fraction
    end: Fraction
    mean: Fraction | None = None
    quick: Fraction | None = None
    uneven: bool = False
    trembling: bool = False

    @classmethod
    def paced(cls, first: Fraction, last: Fraction, end: Fraction, pace: Pace, tick: Fraction) -> Extent:
        """The extent of pictures that follow each other at this pace."""
        mean, quick = pace.mean(tick), pace.quickest(tick)
        return cls(first, last, end, mean, quick, pace.uneven(tick), pace.trembling())

    def until(self, end: Fraction) -> Extent:
        """The same, its last picture held at least until then."""
        return replace(self, end=max(self.end, end))


@dataclass(frozen=True, slots=True)
class Extents:
    """From when to when each stream of a file is seen or heard, in seconds of the file's own time.

    That time runs through: `clock` says how it is made to. `sounds` has those that can be decoded, by the
    stream's index. `cut`: the file ends before it says it does. `behind`: another file is joined to it, which
    can't be read. `share`: what part of the sound the head tells of where there is more, else 0.
    """

    pictures: Extent | None
    sounds: dict[int, Extent]
    clock: Clock = STEADY
    cut: bool = False
    behind: bool = False
    share: Fraction = Fraction(0)
    lost: tuple[Hole, ...] = ()
    """Stretches that are missing from the file, or can't be read."""
    paused: tuple[Hole, ...] = ()
    """Stretches in which nothing was recorded, though its clock went on."""

    @property
    def begin(self) -> Fraction:
        """When the file begins: with its first picture, unless there is sound clearly before it."""
        heard = self.heard
        if self.pictures is None:
            return heard.first if heard is not None else Fraction(0)
        first = self.pictures.first
        start = min(first, heard.first) if heard is not None else first
        return first if first - start < LATE else start

    @property
    def end(self) -> Fraction:
        """When it ends: with its last picture, unless the sound goes on clearly behind it."""
        heard = self.heard
        if self.pictures is None:
            return heard.end if heard is not None else Fraction(0)
        end = self.pictures.end
        return heard.end if heard is not None and heard.end > end + LATE else end

    @property
    def heard(self) -> Extent | None:
        """All the sounds as one: from the first beginning to the last end."""
        every = self.sounds.values()
        if not every:
            return None
        return Extent(min(e.first for e in every), max(e.last for e in every), max(e.end for e in every))


def joined(
    found: Mapping[int, Track], video: int | None, *, keyed: bool = False
) -> tuple[Extent | None, dict[int, Extent], Clock]:
    """The extents of the pictures and of each sound, and the clock that the parts of the file are read by.

    It knows where decoding can begin if there are several parts, or if it is to be `keyed`.
    """
    offsets = _offsets(found, video)
    out: dict[int, Extent] = {}
    for index, track in found.items():
        runs = [(offsets.get(part, _AS_IS)[0], run) for part, run in sorted(track.stretches.items())]
        first = min(run.first * track.tick + run.skip + shift for shift, run in runs)
        last = max(run.last * track.tick + shift for shift, run in runs)
        end = max(track.ends(part) + offsets.get(part, _AS_IS)[0] for part in track.stretches)
        out[index] = Extent.paced(first, last, end, track.pace, track.tick)
    pictures = out.pop(video, None) if video is not None else None
    return pictures, out, _clock(found, video, offsets) if offsets or keyed else STEADY


def missing(
    found: Mapping[int, Track], video: int | None, clock: Clock, *, certain: bool
) -> tuple[Hole, ...]:
    """What was lost of the pictures and sounds, in seconds of the file's own time; see `lost`."""
    every = _holes(found, clock)
    heard = [hole for index, holes in every.items() if index != video for hole in holes]
    return lost(every.get(video, []), heard, certain=certain, alone=len(found) == 1)


def paused(found: Mapping[int, Track], video: int | None, clock: Clock) -> tuple[Hole, ...]:
    """When nothing was recorded, in seconds of the file's own time; see `pauses`."""
    every = _holes(found, clock)
    return pauses(every.get(video, []), [holes for index, holes in every.items() if index != video])


def _holes(found: Mapping[int, Track], clock: Clock) -> dict[int | None, list[Hole]]:
    """The holes of each stream, in seconds of the file's own time."""
    shifts = [Fraction(0), *(part.offset for part in clock.parts)]
    return {
        index: [
            Hole(begin * track.tick + shifts[part], end * track.tick + shifts[part], sure)
            for part, begin, end, sure in track.holes
            if part < len(shifts)
        ]
        for index, track in found.items()
    }


def _clock(
    found: Mapping[int, Track], video: int | None, offsets: Mapping[int, tuple[Fraction, Fraction]]
) -> Clock:
    parts = []
    for number, (offset, gap) in sorted(offsets.items()):
        places = [track.pos[number] for track in found.values() if number in track.pos]
        begin = min(t.stretches[number].first * t.tick for t in found.values() if number in t.stretches)
        parts.append(Part(min(places, default=0), offset, begin + offset, gap))
    keys: list[Fraction] = []
    if video is not None and video in found:
        track = found[video]
        keys = sorted(m * track.tick + offsets.get(part, _AS_IS)[0] for part, m in track.keys)
    return Clock(tuple(parts), broadcast=True, keys=tuple(keys))


def _offsets(found: Mapping[int, Track], video: int | None) -> dict[int, tuple[Fraction, Fraction]]:
    """For each part behind the first what is added to its times, and the seconds left out before it."""
    parts = sorted({part for track in found.values() for part in track.stretches} - {0})
    offsets: dict[int, tuple[Fraction, Fraction]] = {}
    for part in parts:
        here = {i: t for i, t in found.items() if part in t.stretches}
        before = {i: _before(t, part, offsets) for i, t in found.items()}
        first = {i: t.stretches[part].first * t.tick for i, t in here.items()}
        shift = offsets.get(part - 1, _AS_IS)[0]
        leads = video if video in here else min(here)
        ends = {i: end for i, end in before.items() if end is not None}
        if not ends:
            offsets[part] = shift, Fraction(0)
            continue
        gap = (
            min(first[i] + shift - ends[i] for i in here if i in ends)
            if set(here) & set(ends)
            else Fraction(0)
        )
        if gap > 0 and (len(here) < 2 or len(here) < len(found)):  # noqa: PLR2004 - one stream alone only waits
            offsets[part] = shift, Fraction(0)
            continue
        if video is not None and video not in here:  # the pictures go on: it is put where its own sound ended
            at, begin = ends.get(leads, max(ends.values())), first[leads]
        else:
            at = ends.get(leads, max(ends.values()))
            longest = max(ends.values())
            at = longest if longest > at + LATE else at
            earliest = min(first.values())
            begin = first[leads] if first[leads] - earliest < LATE else earliest
        offsets[part] = at - begin, max(Fraction(0), gap)
    return offsets


def _before(track: Track, part: int, offsets: Mapping[int, tuple[Fraction, Fraction]]) -> Fraction | None:
    """Where what a stream has before this part ends."""
    ends = [
        track.ends(number) + offsets.get(number, _AS_IS)[0] for number in track.stretches if number < part
    ]
    return max(ends, default=None)
