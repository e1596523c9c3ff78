"""One picture of a clip, small, to be shown beside its name."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from .errors import MediaError
from .still import StillReader, is_still
from .video import VideoReader

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

__all__ = ["poster"]


def poster(path: Path, at_ms: int = 0, width: int = 480) -> Image.Image:
    """The RGB picture shown at `at_ms`, upright and with square pixels, at most `width` pixels wide.

    Raises:
        MediaError: the file has no picture that can be decoded.
    """
    from PIL import Image

    moment = Fraction(max(0, at_ms), 1000)
    if path.is_file() and is_still(path):
        with StillReader(path) as still:
            picture = still.at(moment).copy()
            shown = Fraction(picture.width), Fraction(picture.height)
    else:
        with VideoReader(path) as reader:
            frame = reader.at(moment)
            shown, look = reader.look.size(frame.width, frame.height), reader.look
            picture = frame.to_image()  # type: ignore[no-untyped-call]  # PyAV left it without types
        if look.transpose:
            picture = picture.transpose(Image.Transpose.TRANSPOSE)
        if look.flip_x:
            picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        if look.flip_y:
            picture = picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    if not shown[0] or not shown[1]:
        raise MediaError(f"“{path.name}” has a picture without size.")
    across = min(width, max(1, round(shown[0])))
    return picture.resize((across, max(1, round(across * shown[1] / shown[0]))), Image.Resampling.LANCZOS)
