"""Where the picture is of no use: black, out of focus, or standing still."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

import numpy as np

from .errors import AnalysisCancelled, NoPictures
from .pictures import Picture, Pictures
from .sharpness import Sharpness

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["FoundStretches", "Inspection", "find_stretches"]

_BLACK, _EVEN = 28.0, 5.0
"""Brightness (16 is black) and contrast of a picture that shows nothing."""
_BLACK_MS, _BLURRY_MS, _FROZEN_MS = 300, 600, 1500
"""What is shorter is a fade, a focus that is being found, somebody holding still."""
_SOFT = 0.62
"""A clear edge that climbs less of its height within a pixel of 320x180 is out of focus; 0.8 is usual."""
_LOOK_MS = 160
"""Sharpness is measured this often; a single soft picture among sharp ones is none."""
_MEDIAN = 5
_STILL, _STILL_PIECE = 0.5, 5.0
"""Levels that coding changes a picture that stands still by: of the whole, and of the piece changed most."""


class FoundStretches(TypedDict):
    """Ranges in ms, [start, end] each, in order; what is black is neither blurry nor frozen."""

    black: list[list[int]]
    blurry: list[list[int]]
    frozen: list[list[int]]


class Inspection:
    """Looks at a clip's pictures one after the other."""

    def __init__(self) -> None:
        self._sharpness = Sharpness()
        self._black: list[tuple[int, bool]] = []
        self._soft: list[tuple[int, float]] = []
        self._held: NDArray[np.int16] | None = None
        self._since = 0
        self._frozen: list[list[int]] = []

    def see(self, picture: Picture) -> None:
        """Take the next picture."""
        luma = picture.small[0]
        black = float(luma.mean()) < _BLACK and float(luma.std()) < _EVEN
        self._black.append((picture.ms, black))
        if not self._soft or picture.ms - self._soft[-1][0] >= _LOOK_MS:
            steepness = None if black else self._sharpness.of(picture.frame)
            self._soft.append((picture.ms, 1.0 if steepness is None else steepness))
        self._hold(picture, black=black)

    def _hold(self, picture: Picture, *, black: bool) -> None:
        """Compare a picture with the one that has been held since it came: what moves slowly drifts off."""
        small = picture.small.astype(np.int16)
        if self._held is not None and not black:
            differs = np.abs(small - self._held)
            if float(differs.mean()) < _STILL and int(differs.max()) < _STILL_PIECE:
                return
        self._let_go(picture.ms)
        self._held, self._since = (None if black else small), picture.ms

    def _let_go(self, ms: int) -> None:
        if self._held is not None and ms - self._since >= _FROZEN_MS:
            self._frozen.append([self._since, ms])

    def finish(self, duration_ms: int) -> FoundStretches:
        """What was found, once the last picture was seen."""
        self._let_go(duration_ms)
        self._held = None
        times, soft = [ms for ms, _ in self._soft], np.array([value for _, value in self._soft])
        if len(soft) >= _MEDIAN:
            around = np.pad(soft, _MEDIAN // 2, mode="edge")
            soft = np.median(np.lib.stride_tricks.sliding_window_view(around, _MEDIAN), axis=1)
        seen, black = [ms for ms, _ in self._black], [here for _, here in self._black]
        return {
            "black": _ranges(seen, black, duration_ms, _BLACK_MS),
            "blurry": _ranges(times, list(soft < _SOFT), duration_ms, _BLURRY_MS),
            "frozen": self._frozen,
        }


def find_stretches(
    path: Path,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    name: str = "",
) -> FoundStretches:
    """The stretches of a clip that are black (0.3 s or more), blurry (0.6 s) or frozen (1.5 s).

    Args:
        path: the clip; any container and codec that FFmpeg reads.
        progress: called with 0..1, from the calling thread.
        cancelled: asked several times a second whether to stop.
        name: what sentences call the clip, by default its file's name.

    Raises:
        NoPictures: the clip has no pictures.
        Unreadable: the file is no clip.
        AnalysisCancelled: `cancelled` said so.
    """
    name = name or path.name
    inspection, end = Inspection(), 0.0
    with Pictures(path, name) as pictures:
        for picture in pictures.stream():
            if cancelled is not None and cancelled():
                raise AnalysisCancelled(f"Looking at the pictures of {name} was stopped.")
            inspection.see(picture)
            end = picture.ms + pictures.frame_ms
            if progress is not None and pictures.duration_ms:
                progress(min(1.0, picture.ms / pictures.duration_ms))
        if not end:
            raise NoPictures(f"{name} has no picture that can be decoded.")
        found = inspection.finish(pictures.duration_ms or round(end))
    if progress is not None:
        progress(1.0)
    return found


def _ranges(times: Sequence[int], wrong: Sequence[bool], duration_ms: int, least_ms: int) -> list[list[int]]:
    """From the first picture that is wrong to the first that is not, if that is long enough."""
    found: list[list[int]] = []
    since: int | None = None
    for ms, here in [*zip(times, wrong, strict=True), (duration_ms, False)]:
        if here and since is None:
            since = ms
        elif not here and since is not None:
            if ms - since >= least_ms:
                found.append([since, ms])
            since = None
    return found
