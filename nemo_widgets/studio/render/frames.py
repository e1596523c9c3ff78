"""Frames of the canvas as arrays: yuv420p, limited range, BT.709."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from av.video.frame import VideoFrame

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["BLACK", "WHITE", "copied", "filled", "part", "planes"]

BLACK, WHITE = (16, 128, 128), (235, 128, 128)


def filled(width: int, height: int, colour: tuple[int, int, int] = BLACK) -> VideoFrame:
    """A frame of one colour (Y, U, V), black by default."""
    frame = VideoFrame(width, height, "yuv420p")
    for plane, value in zip(planes(frame), colour, strict=True):
        plane[:] = value
    return frame


def planes(frame: VideoFrame) -> list[NDArray[np.uint8]]:
    """The frame's three planes as arrays over its own memory: (rows, columns), uint8."""
    found = []
    for plane in frame.planes:
        memory: Any = plane
        rows = np.frombuffer(memory, np.uint8).reshape(-1, plane.line_size)
        found.append(rows[: plane.height, : plane.width])
    return found


def part(frame: VideoFrame, left: int, top: int, width: int, height: int) -> list[NDArray[np.uint8]]:
    """The planes of a rectangle of the frame, over its own memory; all four numbers are even."""
    return [
        plane[top // half : (top + height) // half, left // half : (left + width) // half]
        for plane, half in zip(planes(frame), (1, 2, 2), strict=True)
    ]


def copied(frame: VideoFrame) -> VideoFrame:
    """The same picture in memory of its own, without the decoder's notes (frame type, side data)."""
    out = VideoFrame(frame.width, frame.height, "yuv420p")
    for source, target in zip(planes(frame), planes(out), strict=True):
        target[:] = source
    return out
