"""Files that were joined end to end, put together: each follows the one before it, as if uploaded so."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from .clock import Clock, Link
from .pace import STEADY
from .parts import Extent, Extents

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .whole import Window

__all__ = ["linked"]


def linked(windows: Sequence[Window], every: Sequence[Extents | None]) -> Extents:
    """What the whole holds, by what each file holds; None for those that can't be read, the first excepted.

    Pictures that the first doesn't have, or more sound tracks than the first with sound has, can't be used:
    the whole ends before them, as where nothing can be read.
    """
    first = every[0] or Extents(None, {})
    tracks = next((len(one.sounds) for one in every if one is not None and one.sounds), 0)
    links = [Link(windows[0], Fraction(0), first.begin, first.clock)]
    found, at = [first], first.end
    for window, one in zip(windows[1:], every[1:], strict=True):
        if one is None or (one.pictures is None and not one.sounds):
            continue
        if (one.pictures and not first.pictures) or len(one.sounds) > tracks:
            break
        offset = at - one.begin
        links.append(Link(window, offset, at, one.clock))
        found.append(_moved(one, offset))
        at += one.end - one.begin
    behind = len(links) < len(windows)
    if len(links) == 1:
        return replace(first, behind=behind)
    clock = Clock(links=tuple(links))
    return Extents(_pictures([e.pictures for e in found if e.pictures is not None]), _sounds(found), clock,
                   found[-1].cut, behind)  # fmt: skip


def _moved(one: Extents, by: Fraction) -> Extents:
    pictures = _later(one.pictures, by) if one.pictures is not None else None
    return replace(one, pictures=pictures, sounds={i: _later(e, by) for i, e in one.sounds.items()})


def _later(extent: Extent, by: Fraction) -> Extent:
    return replace(extent, first=extent.first + by, last=extent.last + by, end=extent.end + by)


def _pictures(found: Sequence[Extent]) -> Extent | None:
    """Pictures in a row; the pace is that of the quickest, where they differ."""
    if not found:
        return None
    whole = _around(found)
    paced = [extent for extent in found if extent.mean]
    counts = sum(1 + (e.last - e.first) / e.mean for e in paced if e.mean)
    mean = sum((e.last - e.first for e in paced), Fraction(0)) / (counts - len(paced)) if paced else None
    quick = min((e.quick for e in found if e.quick), default=None)
    uneven = any(e.uneven for e in found) or bool(mean and quick and quick < mean * STEADY)
    return replace(whole, mean=mean, quick=quick, uneven=uneven, trembling=any(e.trembling for e in found))


def _sounds(found: Sequence[Extents]) -> dict[int, Extent]:
    """Each sound track of the first file that has any, with those of the same number that go on with it."""
    rows = [list(one.sounds.values()) for one in found]
    named = next((one.sounds for one in found if one.sounds), {})
    return {
        index: _around([row[place] for row in rows if place < len(row)]) for place, index in enumerate(named)
    }


def _around(found: Iterable[Extent]) -> Extent:
    every = list(found)
    return Extent(min(e.first for e in every), max(e.last for e in every), max(e.end for e in every))
