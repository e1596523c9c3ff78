"""Pictures that are large, or say that they are: what decoding them takes, and how they become small ones."""

from __future__ import annotations

import struct
import warnings
import zlib
from contextlib import contextmanager
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator
    from pathlib import Path

    from PIL import Image

    from .picture_colours import Colours

__all__ = [
    "MOST_PIXELS", "UNREADABLE", "allowed_bytes", "decoding_bytes", "opened", "shrunk", "small", "unwarned",
    "upright",
]  # fmt: skip

UNREADABLE = (
    ArithmeticError, AssertionError, AttributeError, BufferError, EOFError, LookupError, OSError,
    RuntimeError, SyntaxError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
"""What Pillow raises for a damaged picture: most formats trip over whatever they did not expect.

All but that memory ran out, or would.
"""

_FORMATS = (
    "JPEG", "PNG", "GIF", "WEBP", "TIFF", "AVIF", "BMP", "JPEG2000", "PPM", "QOI", "PSD", "ICO", "TGA",
)  # fmt: skip
"""What is read as a picture. Others run programs to be read (EPS), or name other files."""
MOST_PIXELS = 120_000_000
"""A picture larger than this is refused: a phone's panorama has 100 million."""
_USUAL_BYTES, _MOST_BYTES, _BYTES_A_BYTE = 400_000_000, 900_000_000, 200
"""What decoding may take: the usual, or so many times what the file has, up to the most."""
_ROWS = 64
"""Rows of a smaller picture that are made at once, so that no large one is ever there in full colour."""
_SUPPORT = 4
"""Rows beyond them that the filter looks at."""


def opened(source: Path | io.BytesIO) -> Image.Image:
    """A picture, not yet decoded.

    Raises:
        One of UNREADABLE: it is none. PIL.Image.DecompressionBombError: it is far too large.
    """
    from PIL import Image

    return Image.open(source, formats=_FORMATS)


def small(image: Image.Image, file_bytes: int, longest: int, below: int = 0) -> Image.Image | None:
    """An opened picture in RGB, upright, on that grey where it is transparent; None where it takes too much.

    Args:
        image: the picture. Of an animation it is the first one.
        file_bytes: what its file has.
        longest: pixels; a longer side is made so long.
        below: from 0, black, to 255.

    Raises:
        One of UNREADABLE: it is damaged.
    """
    from .picture_colours import Colours

    whole = image.size
    if image.format == "JPEG":  # it is made smaller while it is read
        image.draft("RGB", (longest, longest))
    moving = bool(getattr(image, "is_animated", False))
    if whole[0] * whole[1] > MOST_PIXELS or decoding_bytes(image, whole, moving=moving) > allowed_bytes(
        file_bytes
    ):
        return None
    image.load()
    return upright(shrunk(image, Colours(image), longest, below), image)


@contextmanager
def unwarned() -> Iterator[None]:
    """Without Pillow's warnings of large and damaged pictures: whoever asks tells of them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def allowed_bytes(file_bytes: int) -> int:
    """How much memory a picture may take to be decoded, by the size of its file."""
    return min(_MOST_BYTES, max(_USUAL_BYTES, _BYTES_A_BYTE * file_bytes))


def decoding_bytes(image: Image.Image, size: tuple[int, int], *, moving: bool) -> float:
    """Bytes that Pillow takes to decode a picture of a file of this size, as measured."""
    pixels = image.width * image.height  # a JPEG's are fewer than the file's
    if image.format in ("WEBP", "AVIF"):
        return 16.0 * pixels
    if moving:  # as it was, as it is, and what is put over it
        return 13.0 * pixels
    taken = {"1": 1.0, "L": 1.0, "P": 1.0, "I;16": 2.0, "I;16B": 2.0}.get(image.mode, 4.0) * pixels
    layers: list[tuple[int, int]] = [layer[1:3] for layer in getattr(image, "layer", [])]
    if image.info.get("progressive") and layers:  # it comes in passes, and is kept whole until the last
        block = max(across for across, _ in layers) * max(down for _, down in layers)
        taken += 2.0 * size[0] * size[1] * sum(across * down for across, down in layers) / block
    return taken


def shrunk(image: Image.Image, colours: Colours, longest: int, below: int = 0) -> Image.Image:
    """The picture in RGB, on that grey where it is transparent, no side longer than `longest`."""
    from PIL import Image

    scale = max(image.size) / longest
    if scale <= 1:
        return colours.rgb(image, below)
    width, height = (max(1, round(side / scale)) for side in image.size)
    down = image.height / height
    out = Image.new("RGB", (width, height))
    for first in range(0, height, _ROWS):
        last = min(height, first + _ROWS)
        above, under = max(0, first - _SUPPORT), min(height, last + _SUPPORT)
        top, bottom = int(above * down), min(image.height, ceil(under * down))
        strip = colours.rgb(image.crop((0, top, image.width, bottom)), below)
        edges = 0.0, above * down - top, float(image.width), min(under * down - top, strip.height)
        made = strip.resize((width, under - above), Image.Resampling.LANCZOS, edges)
        out.paste(made.crop((0, first - above, width, last - above)), (0, first))
    return out


def upright(picture: Image.Image, image: Image.Image) -> Image.Image:
    """A picture turned as the file that it was read from says."""
    from PIL import ExifTags, Image, ImageOps

    turn = image.getexif().get(ExifTags.Base.Orientation, 1)
    if turn == 1:
        return picture
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turn
    picture.info["exif"] = exif.tobytes()
    turned: Image.Image = ImageOps.exif_transpose(picture)
    return turned
