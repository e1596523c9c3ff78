"""Where the faces of a clip are, as a calm way that a crop of the picture can follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from .faces import tracks, watch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from .faces import Sighting, Watched

    Way = NDArray[np.float64]

__all__ = ["find_focus", "focus_in"]

_MIDDLE = (0.5, 0.5)
_STEP_MS = 200
_CALM_MS = 700
"""Over about so much to either side a way is smoothed."""
_UNSEEN_MS = 1500
"""Where nobody is seen for longer than this, there is nobody; for less, they have only looked away."""
_STILL = 0.05
"""What stays within this part of the picture stands still."""
_OFF = 0.015
"""How far the way may be from where the faces are smoothly, so that it has few points."""


def find_focus(
    path: Path,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    name: str = "",
) -> list[list[float]]:
    """The middle of the faces over a clip: [ms, x, y] each, x and y in parts of the picture, upright.

    Between two points it goes straight; where a scene is cut, it jumps. Larger faces count for more. It is
    the middle of the picture where nobody is seen.

    Raises:
        NoDetector: the extra `faces` is not installed.
        NoPictures, Unreadable, AnalysisCancelled: see `find_scenes`.
    """
    return focus_in(watch(path, progress=progress, cancelled=cancelled, name=name))


def focus_in(watched: Watched) -> list[list[float]]:
    """The middle of the faces that were seen; see `find_focus`."""
    points: list[list[float]] = []
    for (start, end), sightings in watched.by_scene():
        way = _way(start, end, sightings, watched.size)
        if points and np.abs(np.subtract(points[-1][1:], way[0][1:])).max() <= _OFF:
            points.pop()
        points += way
    return points


def _way(start: int, end: int, seen: Sequence[Sighting], size: tuple[int, int]) -> list[list[float]]:
    """The way through one scene, up to a millisecond before its end."""
    middles = _middles(seen, size)
    if not len(middles):
        return _points(np.array([[start, *_MIDDLE], [max(start + 1, end) - 1, *_MIDDLE]]))
    times = _times(start, end, middles[:, 0])
    after = np.clip(np.searchsorted(middles[:, 0], times), 1, max(1, len(middles) - 1))
    between = (middles[after - 1, 0] + middles[np.minimum(after, len(middles) - 1), 0]) / 2
    nearest = middles[np.where(times <= between, after - 1, np.minimum(after, len(middles) - 1))]
    where = nearest[:, 1:]
    where[np.abs(nearest[:, 0] - times) > _UNSEEN_MS] = _MIDDLE
    calm = _smooth(where)
    where = calm if np.ptp(calm, axis=0).max() > _STILL else np.full_like(calm, np.median(calm, axis=0))
    way = np.column_stack([times, where])
    way = np.vstack([way, [max(start + 1, end) - 1, *where[-1]]])
    return _points(_simple(way))


def _times(start: int, end: int, seen: NDArray[np.float64]) -> NDArray[np.float64]:
    """The moments of the way: the first, and every 200 ms around those at which somebody was `seen`."""
    reach = _UNSEEN_MS + 4 * _CALM_MS
    last = (max(start + 1, end) - 1 - start) // _STEP_MS
    first = np.clip(np.floor((seen - reach - start) / _STEP_MS), 0, last).astype(np.int64)
    final = np.clip(np.ceil((seen + reach - start) / _STEP_MS), 0, last).astype(np.int64)
    first = np.maximum(first, np.concatenate(([0], final[:-1] + 1)))  # each moment once
    steps = [np.arange(a, b + 1) for a, b in zip(first, final, strict=True) if a <= b]
    moments = start + np.concatenate(steps).astype(np.float64) * _STEP_MS
    return moments if moments[0] == start else np.concatenate(([float(start)], moments))


def _middles(seen: Sequence[Sighting], size: tuple[int, int]) -> Way:
    """The middle of the faces in every sighting with any: (ms, x, y) each."""
    faces: dict[int, list[tuple[float, float, float]]] = {}
    for track in tracks(seen):
        for ms, face in track:
            faces.setdefault(ms, []).append((face.x, face.y, face.width * face.height))
    rows = []
    for ms in sorted(faces):
        x, y, area = np.array(faces[ms]).T
        rows.append((ms, (x * area).sum() / area.sum() / size[0], (y * area).sum() / area.sum() / size[1]))
    return np.array(rows, np.float64).reshape(-1, 3)


def _smooth(where: Way) -> Way:
    """Without the leaps of a single sighting, and with no sudden turns."""
    reach = max(1, _CALM_MS // _STEP_MS)
    padded = np.pad(where, ((reach, reach), (0, 0)), mode="edge")
    leaps = sliding_window_view(padded, 2 * reach + 1, axis=0)
    steady = np.pad(np.median(leaps, axis=-1), ((reach, reach), (0, 0)), mode="edge")
    weights = np.hanning(2 * reach + 3)[1:-1]
    smooth = sliding_window_view(steady, 2 * reach + 1, axis=0) @ (weights / weights.sum())
    return np.asarray(smooth, np.float64)


def _simple(way: Way) -> Way:
    """As few of a way's points as say nearly the same (after Ramer, Douglas and Peucker)."""
    keep = {0, len(way) - 1}
    parts = [(0, len(way) - 1)]
    while parts:
        first, last = parts.pop()
        if last - first < 2:  # noqa: PLR2004 - nothing in between
            continue
        share = ((way[first : last + 1, 0] - way[first, 0]) / (way[last, 0] - way[first, 0]))[:, None]
        straight = way[first, 1:] + share * (way[last, 1:] - way[first, 1:])
        off = np.abs(way[first : last + 1, 1:] - straight).max(axis=1)
        worst = first + int(off.argmax())
        if off.max() > _OFF:
            keep.add(worst)
            parts += [(first, worst), (worst, last)]
    return way[sorted(keep)]


def _points(way: Way) -> list[list[float]]:
    """As JSON."""
    inside = np.clip(way[:, 1:], 0, 1).round(4).tolist()
    return [[round(ms), *place] for ms, place in zip(way[:, 0], inside, strict=True)]
