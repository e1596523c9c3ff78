"""A picture file as a source of frames: one picture, or an animation (gif, webp) that goes round."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Self

from .errors import MediaError
from .opening import check_file

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from PIL import Image

__all__ = ["StillReader", "is_still"]

_MOST_PIXELS = 120_000_000
"""A picture larger than this is refused: a phone's panorama has 100 million."""
_LONGEST_SIDE = 4096
"""Larger pictures are made smaller once, on opening: a video shows no more than that."""
_BRIEFEST = 20
"""Milliseconds: shorter animation frames (0 mostly) are shown for 100 ms, as browsers do."""

_UNREADABLE = (OSError, ValueError, SyntaxError, LookupError, EOFError)
"""What Pillow raises for a damaged file: each format has its own."""


def is_still(path: Path) -> bool:
    """Whether the file's first bytes are those of a jpeg, png, gif or webp."""
    try:
        with path.open("rb") as file:
            head = file.read(12)
    except OSError:
        return False
    webp = head[:4] == b"RIFF" and head[8:] == b"WEBP"
    return webp or head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8"))


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
            self._image = Image.open(path, formats=("JPEG", "PNG", "GIF", "WEBP"))
        except Image.DecompressionBombError as error:
            raise MediaError(f"“{self._name}” is too large a picture.") from error
        except (OSError, ValueError, SyntaxError) as error:
            raise MediaError(f"“{self._name}” can't be read as a picture.") from error
        if self._image.width * self._image.height > _MOST_PIXELS:
            self._image.close()
            raise MediaError(f"“{self._name}” is too large a picture.")
        try:
            moving = self._image.format in ("GIF", "WEBP", "PNG")
            self._count: int = self._pictures() if moving else 1
            self._index = -1
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
        index = max(i for i, start in enumerate(self.moments[:-1]) if start <= ms)
        if index != self._index:
            self._picture = self._read(index)
        return self._picture

    def _pictures(self) -> int:
        """How many pictures there are, or can be read where the file breaks off."""
        try:
            return int(getattr(self._image, "n_frames", 1))
        except _UNREADABLE:
            count = 0
            with suppress(*_UNREADABLE):
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
                self._image.seek(index)
                self._image.load()
            except (*_UNREADABLE, Image.DecompressionBombError):
                if len(moments) == 1:
                    raise MediaError(f"“{self._name}” is damaged: it can't be read as a picture.") from None
                self._count = len(moments) - 1  # cut short: what can be read counts, as in a browser
                break
            lasts = int(self._image.info.get("duration", 0) or 0)
            moments.append(moments[-1] + (lasts if lasts >= _BRIEFEST else 100))
        self._index = -1
        return moments

    def _read(self, index: int) -> Image.Image:
        from PIL import Image, ImageOps

        try:
            if self._count > 1:
                self._image.seek(index)
            elif self._image.format == "JPEG":
                self._image.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
            self._image.load()
        except (*_UNREADABLE, Image.DecompressionBombError) as error:
            raise MediaError(f"“{self._name}” is damaged: it can't be read as a picture.") from error
        self._index = index
        upright: Image.Image = ImageOps.exif_transpose(self._image) if self._count == 1 else self._image
        if upright.has_transparency_data:
            layer = upright.convert("RGBA")
            upright = Image.new("RGB", layer.size)
            upright.paste(layer, mask=layer.getchannel("A"))
        else:
            upright = upright.convert("RGB")
        upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE), Image.Resampling.LANCZOS)
        return upright
