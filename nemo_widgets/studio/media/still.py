"""A picture file as a source of frames: one picture, or an animation that goes round."""

from __future__ import annotations

from bisect import bisect_right
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from nemo_widgets.catalogue import english
from nemo_widgets.large_pictures import (
    MOST_PIXELS,
    allowed_bytes,
    decoding_bytes,
    opened,
    shrunk,
    unwarned,
    upright,
)
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

_MOST_MOVING = 10_000_000_000
"""Pixels of all pictures of an animation: decoding them takes half a minute, and a minute of 1080p has 4."""
_LONGEST_SIDE = 4096
"""Larger pictures are made smaller once, on opening: a video shows no more than that."""
_BRIEFEST = 11
"""Milliseconds: shorter animation frames (0 mostly) are shown for 100 ms, as browsers do."""

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

    @unwarned()
    def __init__(self, path: Path, name: str = "") -> None:
        from PIL import Image

        self._name = name or path.name
        check_file(path, self._name)
        try:
            self._image = _opened(path)
        except Image.DecompressionBombError as error:
            raise MediaError(english("media.large picture", name=self._name)) from error
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
        size = f"{width}x{height}"
        taken = decoding_bytes(self._image, self._whole, moving=count > 1)
        if width * height > MOST_PIXELS or taken > allowed_bytes(self._bytes):
            raise MediaError(english("media.pixels", name=self._name, size=size))
        if width * height * count > _MOST_MOVING:
            raise MediaError(english("media.moving", name=self._name, size=size, count=f"{count:,}"))

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
                    raise MediaError(english("media.damaged picture", name=self._name)) from None
                self._count = len(moments) - 1  # cut short: what can be read counts, as in a browser
                break
            lasts = int(self._image.info.get("duration", 0) or 0)
            moments.append(moments[-1] + (lasts if lasts >= _BRIEFEST else 100))
        self._index = -1
        return moments

    @unwarned()
    def _read(self, index: int) -> Image.Image:
        from PIL import Image

        try:
            if self._first + self._count > 1:
                self._image.seek(self._first + index)
            self._image.load()
            self._colours = self._colours or Colours(self._image)
            picture = shrunk(self._image, self._colours, _LONGEST_SIDE)
            picture = upright(picture, self._image) if self._count == 1 else picture
        except (*UNREADABLE, Image.DecompressionBombError) as error:
            raise MediaError(english("media.damaged picture", name=self._name)) from error
        self._index = index
        return picture


def _opened(path: Path) -> Image.Image:
    """The file as Pillow gives it, or as if it did."""
    with path.open("rb") as file:
        known = extension_of_head(file.read(64))
    if known == ".heic":
        from .heic import HeicImage

        return HeicImage(path)
    return opened(path)


def _refusal(path: Path, name: str) -> str:
    with path.open("rb") as file:
        other = unread(file.read(4096))
    if other is None:
        return english("media.no picture", name=name)
    what, instead = english(other.what), english(other.instead)
    return english("media.unread", name=f"“{name}”", what=what, instead=instead)
