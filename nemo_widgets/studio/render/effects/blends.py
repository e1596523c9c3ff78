"""One picture going over into another, and a picture going over into a colour."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from av.video.frame import VideoFrame

from nemo_widgets.studio.render.frames import BLACK, WHITE, copied, planes

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["blend", "fade"]

_COLOURS = {"black": BLACK, "white": WHITE}
_HALF = Fraction(1, 2)


def blend(below: VideoFrame, above: VideoFrame, kind: str, weight: Fraction) -> VideoFrame:
    """A new frame between two.

    Args:
        below: the picture that goes.
        above: the picture that comes.
        kind: a transition's type; one that is not known is a crossfade. A wipe moves its edge, and a slide
            both pictures, in the direction that it names.
        weight: how far it is over, 0..1.
    """
    sort, _, how = kind.partition("-")
    if sort == "fade" and how in _COLOURS:
        out = copied(below if weight < _HALF else above)
        fade(out, how, abs(2 * weight - 1))
        return out
    if sort in ("wipe", "slide") and how in ("left", "right", "up", "down"):
        return _moved(below, above, how, weight, push=sort == "slide")
    return _mixed(below, above, weight)


def fade(frame: VideoFrame, colour: str, share: Fraction) -> None:
    """Leaves `share` of a frame's picture, the rest is black or white; changes the frame."""
    part = round(share * 256)
    levels = np.arange(256)
    for plane, value in zip(planes(frame), _COLOURS[colour], strict=True):
        table = ((levels * part + value * (256 - part) + 128) >> 8).astype(np.uint8)
        plane[:] = table[plane]


def _moved(below: VideoFrame, above: VideoFrame, way: str, weight: Fraction, *, push: bool) -> VideoFrame:
    out = VideoFrame(below.width, below.height, "yuv420p")
    length = below.width if way in ("left", "right") else below.height
    come = round(length * weight / 2) * 2
    for half, a, b, target in zip((1, 2, 2), planes(below), planes(above), planes(out), strict=True):
        old, new, all_of_it = (x if way in ("left", "right") else x.T for x in (a, b, target))
        _joined(old, new, all_of_it, come // half, backwards=way in ("left", "up"), push=push)
    return out


def _joined(
    old: NDArray[np.uint8],
    new: NDArray[np.uint8],
    out: NDArray[np.uint8],
    come: int,
    *,
    backwards: bool,
    push: bool,
) -> None:
    """Columns of both: `come` of the new at the right where the edge goes backwards, else at the left."""
    length = out.shape[1]
    rest = length - come
    if backwards:
        out[:, :rest] = old[:, come:] if push else old[:, :rest]
        out[:, rest:] = new[:, :come] if push else new[:, rest:]
    else:
        out[:, come:] = old[:, :rest] if push else old[:, come:]
        out[:, :come] = new[:, rest:] if push else new[:, :come]


def _mixed(below: VideoFrame, above: VideoFrame, weight: Fraction) -> VideoFrame:
    out = VideoFrame(below.width, below.height, "yuv420p")
    share = np.uint16(round(weight * 256))
    rest = np.uint16(256) - share
    for a, b, target in zip(planes(below), planes(above), planes(out), strict=True):
        mixed = a.astype(np.uint16)
        mixed *= rest
        other = b.astype(np.uint16)
        other *= share
        mixed += other
        mixed += np.uint16(128)
        mixed >>= np.uint16(8)
        target[:] = mixed
    return out
