"""How sharp a picture is: how wide its clearest edges are, whatever it shows and however large it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from av.video.reformatter import VideoReformatter

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from numpy.typing import NDArray

__all__ = ["Sharpness", "edge_steepness"]

_SIZE = (320, 180)
_REACH = 4
_CLEAREST = 98.0
"""The part of all places (%) below the clearest edges, by which sharpness is told."""
_STEEP = 85.0
"""The part of these (%) that may be softer: one sharp thing in a soft picture is sharp."""
_CONTRAST = 30.0
_FAINT, _FEW = 20.0, 40
"""Levels an edge must reach over, and how many places there must be, to tell anything."""


class Sharpness:
    """Measures decoded pictures; one is made for each clip."""

    def __init__(self) -> None:
        self._reformatter = VideoReformatter()

    def of(self, frame: VideoFrame) -> float | None:
        """See `edge_steepness`; the picture may have any size and format."""
        width, height = min(_SIZE[0], frame.width), min(_SIZE[1], frame.height)
        grey = self._reformatter.reformat(
            frame, width, height, "gray", interpolation="AREA", dst_color_range="JPEG", threads=1
        )
        return edge_steepness(np.asarray(grey.to_ndarray()))


def edge_steepness(grey: NDArray[np.uint8]) -> float | None:
    """How much of its clearest edges' height a picture climbs within one pixel: 0 to 1, less is softer.

    Edges across and down are measured by themselves, and the steeper counts: a camera that pans blurs one
    of them only. 0 where there is much contrast without a clear edge, None where there is little of both.
    """
    level = grey.astype(np.int16)
    steepest = 0.0 if float(level.std()) > _CONTRAST else None
    for upright in (level, np.ascontiguousarray(level.T)):
        if upright.shape[1] <= _REACH:
            continue
        high = np.abs(upright[:, _REACH:] - upright[:, :-_REACH])
        clear = np.flatnonzero(high >= max(_FAINT, _percentile(high, _CLEAREST)))
        if len(clear) < _FEW:
            continue
        begin = clear + _REACH * (clear // high.shape[1])
        way = upright.ravel()[begin[:, None] + np.arange(_REACH + 1)]
        share = np.abs(np.diff(way, axis=1)).max(axis=1) / high.ravel()[clear]
        steepest = max(_percentile(np.minimum(share, 1), _STEEP), steepest or 0.0)
    return steepest


def _percentile(values: NDArray[Any], part: float) -> float:
    """What `part` % of some values are below, as numpy has it, which takes ten times as long."""
    place = part / 100 * (values.size - 1)
    below = int(place)
    above = min(below + 1, values.size - 1)
    ordered = np.partition(values.ravel(), (below, above))
    return float(ordered[below] + (place - below) * float(ordered[above] - ordered[below]))
