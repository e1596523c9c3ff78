"""Where one scene ends and the next begins, told from a sequence of gists: cuts, fades and dissolves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .likeness import UNLIKE, unlike
from .speech import runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Gists = NDArray[np.int16]
    Times = NDArray[np.int64]

__all__ = ["REACH_MS", "Border", "borders"]

REACH_MS = 3500
"""How much of the clip before and after a moment decides whether there is a border."""

_FLASH_MS = 500
"""A scene that is back after less than this was lit by a flash, or hidden by something, not left."""
_LEAST_JUMP = 6.0
"""Levels (of three planes together) between two pictures below which nobody sees a cut."""
_STANDS_OUT = 2.5
"""A cut differs this many times more than the pictures around it: a whipping camera differs all the time."""
_DARK, _BRIGHT, _EMPTY = 30.0, 222.0, 5.0
"""Brightness (16 black, 235 white) and contrast of a picture that shows nothing."""
_BRIEF_MS = 1200
"""Black that lasts longer is a part of its own, not a way from one scene to the next."""
_FADE_MS = 1000
"""A fade takes no longer than this, on either side of the black: what changes there is the fade."""
_STEEP_MS = 250
"""What changes at once, this near to the black, is a quick fade, no cut."""
_GRID_MS = 100
_SPANS_MS = (500, 800, 1200, 1800, 2600)
"""The lengths within which dissolves are looked for."""
_STANDS_MS = 2 * _SPANS_MS[-1]
"""Of a picture that stands longer, no more is looked at."""
_APART_MS = 1000
_MIXED = 0.3
"""A picture in a dissolve lies between the first and the last; this part of their distance it may be off."""

_BACK, _LEAP, _HALF = 0.08, 0.55, 0.5
"""How much a share may go back from one step to the next, by noise, and go on at most."""


@dataclass(frozen=True, slots=True)
class Border:
    """A border at `ms`, the first picture of the next scene; `kind` is cut, fade or dissolve.

    `since_ms` is the last picture that was looked at before it: a cut is somewhere in between.
    """

    ms: int
    since_ms: int
    kind: str


def borders(times: Times, gists: Gists) -> list[Border]:
    """All borders in a sequence of pictures: times in ms (n,), gists (n, 3, 18, 32), in order of time."""
    if len(times) < 3:  # noqa: PLR2004 - nothing has a before and an after
        return []
    blank = _blank(gists)
    fades = list(_fades(times, gists, blank))
    taken = [(times[a] - _STEEP_MS, times[b - 1] + _STEEP_MS) for a, b in runs(blank)]
    cuts = [
        Border(int(times[i]), int(times[i - 1]), "cut")
        for i in _cuts(times, gists)
        if not any(a <= times[i] <= b for a, b in taken)
    ]
    dissolves = [
        border
        for border in _dissolves(times, gists, blank, cuts)
        if all(abs(border.ms - fade.ms) > _FADE_MS for fade in fades)
    ]
    return sorted([*fades, *cuts, *dissolves], key=lambda border: border.ms)


def _cuts(times: Times, gists: Gists) -> Iterator[int]:
    jumps = np.abs(np.diff(gists, axis=0)).sum(axis=1).mean(axis=(1, 2))
    measured: dict[tuple[int, int], float] = {}

    def apart(first: int, second: int) -> float:
        if (first, second) not in measured:
            measured[first, second] = unlike(gists[first], gists[second])
        return measured[first, second]

    for i in range(1, len(times)):
        near = jumps[max(0, i - 6) : i + 5]
        if jumps[i - 1] < max(_LEAST_JUMP, 1.3 * float(np.median(near))) or apart(i - 1, i) < UNLIKE:
            continue
        around = [j for j in range(max(1, i - 4), min(len(times), i + 5)) if j != i]
        if apart(i - 1, i) < _STANDS_OUT * float(np.median([apart(j - 1, j) for j in around] or [0])):
            continue
        if not _returns(times, i, i, apart):
            yield i


def _returns(times: Times, gone: int, back: int, apart: Callable[[int, int], float]) -> bool:
    """Whether what was there shortly before the picture `gone` is there again at `back` or shortly after."""
    first = int(np.searchsorted(times, times[gone] - _FLASH_MS))
    end = int(np.searchsorted(times, times[gone] + _FLASH_MS, "right"))
    return any(
        apart(before, after) < UNLIKE / 2
        for before in range(gone - 1, first - 1, -2)
        for after in range(back, end)
        if times[after] - times[before] <= _FLASH_MS
    )


def _blank(gists: Gists) -> NDArray[np.bool_]:
    luma = gists[:, 0].reshape(len(gists), -1)
    mean = luma.mean(axis=1)
    colour = np.abs(gists[:, 1:] - 128).mean(axis=(1, 2, 3))
    empty = (luma.std(axis=1) < _EMPTY) & (colour < _EMPTY)
    blank: NDArray[np.bool_] = empty & ((mean < _DARK) | (mean > _BRIGHT))
    return blank


def _fades(times: Times, gists: Gists, blank: NDArray[np.bool_]) -> Iterator[Border]:
    for first, end in runs(blank):
        last = end - 1
        brief = times[last] - times[first] <= _BRIEF_MS
        if not brief:
            if first:
                yield Border(int(times[first]), int(times[first]), "fade")
            if end < len(times):
                yield Border(int(times[end]), int(times[end]), "fade")
        elif first and end < len(times):
            if _returns(times, first, end, lambda a, b: unlike(gists[a], gists[b])):
                continue
            middle = int(times[first] + times[last]) // 2
            yield Border(middle, middle, "fade")


def _dissolves(times: Times, gists: Gists, blank: NDArray[np.bool_], cuts: list[Border]) -> list[Border]:
    """Spans whose pictures go steadily from the first to the last by mixing, not moving."""
    grid = _grid(times)
    coarse = gists[grid].astype(np.float32).reshape(len(grid), 3, 9, 2, 16, 2).mean(axis=(3, 5))
    flat = coarse.reshape(len(grid), -1)
    hard = np.zeros(len(grid) + 1, np.int64)
    for cut in cuts:
        hard[np.searchsorted(grid, np.searchsorted(times, cut.ms)) + 1 :] += 1
    empty = np.concatenate(([0], np.cumsum(blank[grid])))
    found: list[tuple[float, int, int]] = []
    for span in _SPANS_MS:
        steps = span // _GRID_MS
        count = len(grid) - steps
        if count <= 0:
            continue
        quality, middle = _mixes(flat, steps)
        for i in np.flatnonzero(quality < _MIXED):
            if hard[i + steps + 1] - hard[i + 1] or empty[i + steps + 1] - empty[i]:
                continue
            first, last = gists[grid[i]], gists[grid[i + steps]]
            if unlike(first, last) < UNLIKE + 1.5 * quality[i]:
                continue
            between = gists[grid[i + steps // 2]]
            if min(unlike(first, between), unlike(between, last)) < UNLIKE / 4:
                continue
            found.append((float(quality[i]), int(times[grid[i]] + middle[i] * _GRID_MS), span))
    kept: list[tuple[int, int]] = []
    for _, at, span in sorted(found):
        if all(abs(at - other) > max(span, wide, _APART_MS) for other, wide in kept):
            kept.append((at, span))
    return [Border(at, at, "dissolve") for at, _ in kept]


def _grid(times: Times) -> NDArray[np.int64]:
    """The picture that comes next, every 100 ms, but where one stands longer than a dissolve takes.

    So there are so many for each picture at most, whatever times a file tells.
    """
    over = np.maximum(0, np.diff(times) - _STANDS_MS) // _GRID_MS * _GRID_MS
    shown = times - np.concatenate(([0], np.cumsum(over)))
    return np.searchsorted(shown, np.arange(shown[0], shown[-1], _GRID_MS))


def _mixes(flat: NDArray[np.float32], steps: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """For each span of so many steps how far its pictures are off a steady mix, and where half is reached."""
    count = len(flat) - steps
    first, last = flat[:count], flat[steps:]
    way = first - last
    length = np.maximum((way**2).sum(axis=1), 1e-6)
    shares = np.ones((steps + 1, count), np.float32)
    shares[steps] = 0
    off = np.zeros(count, np.float32)
    for step in range(1, steps):
        between = flat[step : step + count] - last
        share = (between * way).sum(axis=1) / length
        rest = between - share[:, None] * way
        off = np.maximum(off, np.sqrt((rest**2).sum(axis=1) / length))
        shares[step] = share
    falls = -np.diff(shares, axis=0)
    off[falls.min(axis=0) < -_BACK] = np.inf  # it goes back
    off[falls.max(axis=0) > _LEAP] = np.inf  # it jumps
    half = np.argmax(shares < _HALF, axis=0)
    above, below = shares[half - 1, np.arange(count)], shares[half, np.arange(count)]
    middle = half - 1 + (above - _HALF) / np.maximum(above - below, 1e-6)
    return off, middle.astype(np.float32)
