"""A picture file as a source of frames: one picture, or an animation that goes round."""

from __future__ import annotations

from bisect import bisect_right
from contextlib import suppress
from math import ceil
from typing import TYPE_CHECKING, Self

from nemo_widgets.media_types import MEDIA_TYPES, extension_of_head
from nemo_widgets.picture_colours import Colours
from nemo_widgets.unread_types import unread

from .behind import is_motion_jpeg
from .errors import UNREADABLE, MediaError
from .opening import check_file

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from PIL import Image

__all__ = ["StillReader", "is_still"]

_MOST_PIXELS = 120_000_000
"""A picture larger than this is refused: a phone's panorama has 100 million."""
_USUAL_BYTES, _MOST_BYTES, _BYTES_A_BYTE = 400_000_000, 900_000_000, 200
"""What decoding may take: the usual, or so many times what the file has, up to the most."""
_MOST_MOVING = 10_000_000_000
"""Pixels of all pictures of an animation: decoding them takes half a minute, and a minute of 1080p has 4."""
_LONGEST_SIDE = 4096
"""Larger pictures are made smaller once, on opening: a video shows no more than that."""
_ROWS = 64
"""Rows of a smaller picture that are made at once, so that no large one is ever there in full colour."""
_SUPPORT = 4
"""Rows beyond them that the filter looks at."""
_BRIEFEST = 11
"""Milliseconds: shorter animation frames (0 mostly) are shown for 100 ms, as browsers do."""

_FORMATS = (
    "JPEG",
    "PNG",
    "GIF",
    "WEBP",
    "TIFF",
    "AVIF",
    "BMP",
    "JPEG2000",
    "PPM",
    "QOI",
    "PSD",
    "ICO",
    "TGA",
)
_MOVING = ("GIF", "WEBP", "PNG", "AVIF")


def is_still(path: Path) -> bool:
    """Whether the file's first bytes are those of a picture, or of several that take turns."""
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except OSError:
        return False
    known = MEDIA_TYPES.get(extension_of_head(head))
    return known is not None and known.kind == "image" and not is_motion_jpeg(path)


class StillReader:
    """The picture or pictures of one file, upright, on black where they are transparent.

    Attributes:
        size: (width, height) in pixels.
        moments: when each picture of the animation begins, in ms, and as last entry its whole length;
            nothing but a 0 for a single picture.

    Raises:
        MediaError: the file can't be read as a picture.
    """

    def __init__(self, path: Path, name: str = "") -> None:
        from PIL import Image

        self._name = name or path.name
        check_file(path, self._name)
        try:
            self._image = _opened(path)
        except Image.DecompressionBombError as error:
            raise MediaError(f"“{self._name}” is too large a picture: make it smaller.") from error
        except UNREADABLE as error:
            raise MediaError(_refusal(path, self._name)) from error
        self._whole, self._bytes = self._image.size, path.stat().st_size
        if self._image.format == "JPEG":  # it is made smaller while it is read
            self._image.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
        try:
            self._check(1)
            self._count: int = self._pictures() if self._image.format in _MOVING else 1
            self._check(self._count)
            # An APNG's default image may be no picture of the animation: it is for who can't show that.
            self._first = int(self._count > 1 and self._image.info.get("default_image") is True)
            self._count -= self._first
            self._index = -1
            self._colours: Colours | None = None
            self._picture = self._read(0)
            self.size: tuple[int, int] = self._picture.size
            self.moments = self._durations()
        except BaseException:
            self._image.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        self._image.close()

    @property
    def codec(self) -> str:
        """What the file's pictures are written as: jpeg, png, gif, webp, tiff, avif and so on."""
        return str(self._image.format).lower()

    @property
    def duration_ms(self) -> int:
        """How long the animation takes; 0 for a single picture."""
        return self.moments[-1]

    def at(self, moment: Fraction) -> Image.Image:
        """The RGB picture shown at `moment` (seconds); an animation begins anew at its end.

        The same object is returned for as long as the same picture is shown.
        """
        if self._count == 1:
            return self._picture
        ms = max(0, int(moment * 1000)) % self.moments[-1]
        index = bisect_right(self.moments, ms) - 1
        if index != self._index:
            self._picture = self._read(index)
        return self._picture

    def _check(self, count: int) -> None:
        """Refuse what would take far more than its size to be decoded, before any of it is."""
        width, height = self._whole
        shown = f"“{self._name}” has {width}x{height} pixels"
        allowed = min(_MOST_BYTES, max(_USUAL_BYTES, _BYTES_A_BYTE * self._bytes))
        if width * height > _MOST_PIXELS or _cost(self._image, self._whole, moving=count > 1) > allowed:
            raise MediaError(f"{shown}, which is too large a picture: make it smaller, or save it as a JPEG.")
        if width * height * count > _MOST_MOVING:
            raise MediaError(f"{shown} in each of {count:,} pictures, which is too much: save it as an MP4.")

    def _pictures(self) -> int:
        """How many pictures there are, or can be read where the file breaks off."""
        try:
            return int(getattr(self._image, "n_frames", 1))
        except UNREADABLE:
            self._check(2)
            count = 0
            with suppress(*UNREADABLE):
                while True:
                    self._image.seek(count)
                    self._image.load()
                    count += 1
            return max(1, count)

    def _durations(self) -> list[int]:
        from PIL import Image

        if self._count == 1:
            return [0]
        moments = [0]
        for index in range(self._count):
            try:
                self._image.seek(self._first + index)
                self._image.load()
            except (*UNREADABLE, Image.DecompressionBombError):
                if len(moments) == 1:
                    raise MediaError(f"“{self._name}” is damaged: it can't be read as a picture.") from None
                self._count = len(moments) - 1  # cut short: what can be read counts, as in a browser
                break
            lasts = int(self._image.info.get("duration", 0) or 0)
            moments.append(moments[-1] + (lasts if lasts >= _BRIEFEST else 100))
        self._index = -1
        return moments

    def _read(self, index: int) -> Image.Image:
        from PIL import Image

        try:
            if self._first + self._count > 1:
                self._image.seek(self._first + index)
            self._image.load()
            self._colours = self._colours or Colours(self._image)
            picture = _shrunk(self._image, self._colours)
            picture = _upright(picture, self._image) if self._count == 1 else picture
        except (*UNREADABLE, Image.DecompressionBombError) as error:
            raise MediaError(f"“{self._name}” is damaged: it can't be read as a picture.") from error
        self._index = index
        return picture


def _opened(path: Path) -> Image.Image:
    """The file as Pillow gives it, or as if it did."""
    from PIL import Image

    with path.open("rb") as file:
        known = extension_of_head(file.read(64))
    if known == ".heic":
        from .heic import HeicImage

        return HeicImage(path)
    return Image.open(path, formats=_FORMATS)


def _refusal(path: Path, name: str) -> str:
    with path.open("rb") as file:
        other = unread(file.read(4096))
    return f"“{name}” is {other}, which is not read. {other.instead}" if other else (
        f"“{name}” can't be read as a picture.")  # fmt: skip


def _cost(image: Image.Image, size: tuple[int, int], *, moving: bool) -> float:
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


def _shrunk(image: Image.Image, colours: Colours) -> Image.Image:
    """The picture in RGB, on black where it is transparent, no side longer than _LONGEST_SIDE."""
    from PIL import Image

    scale = max(image.size) / _LONGEST_SIDE
    if scale <= 1:
        return colours.rgb(image)
    width, height = (max(1, round(side / scale)) for side in image.size)
    down = image.height / height
    out = Image.new("RGB", (width, height))
    for first in range(0, height, _ROWS):
        last = min(height, first + _ROWS)
        above, below = max(0, first - _SUPPORT), min(height, last + _SUPPORT)
        top, bottom = int(above * down), min(image.height, ceil(below * down))
        strip = colours.rgb(image.crop((0, top, image.width, bottom)))
        edges = 0.0, above * down - top, float(image.width), min(below * down - top, strip.height)
        small = strip.resize((width, below - above), Image.Resampling.LANCZOS, edges)
        out.paste(small.crop((0, first - above, width, last - above)), (0, first))
    return out


def _upright(picture: Image.Image, image: Image.Image) -> Image.Image:
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
