"""A frame of the timeline as a cell's output: small enough to stay in a notebook."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.draft import clock
from nemo_widgets.errors import ProtocolError
from nemo_widgets.interrupts import stoppable, to_thread
from nemo_widgets.large_pictures import UNREADABLE, opened, small, unwarned

from .bundle import picture_bundle
from .poster import FILM_WIDE

if TYPE_CHECKING:
    from PIL import Image

    from nemo_widgets.draft import Bundle

__all__ = ["FramePicture", "frame_in"]

_BYTES = 45_000
"""As base64 it has 60 kB then."""
_LONGEST_SIDE = 8192
"""Pixels: no timeline is larger."""


class FramePicture:
    """A frame, shown as a JPEG as wide as a film's poster.

    Attributes:
        image: the frame as it is.
        at_ms: where it was asked for on the timeline.
        film_ms: how long the timeline is, where that is known: behind its end the last frame is shown.
    """

    def __init__(self, image: Image.Image, at_ms: int, film_ms: int | None = None) -> None:
        self.image, self.at_ms, self.film_ms = image, at_ms, film_ms

    def __repr__(self) -> str:
        at, size = clock(self.at_ms, exact=True), f"{self.image.width}×{self.image.height}"
        if self.film_ms is not None and self.at_ms >= self.film_ms:
            return say("frame.last", at=at, length=clock(self.film_ms), size=size)
        return say("frame.shown", at=at, size=size)

    @stoppable
    def _repr_mimebundle_(self, **_: Any) -> Bundle:
        return to_thread(self._bundle)

    def _bundle(self) -> Bundle:
        width = min(FILM_WIDE, self.image.width)
        return picture_bundle(self._jpeg(), repr(self), mime="image/jpeg", width=width)

    def _jpeg(self) -> bytes:
        """The best of several forms that is small enough."""
        for side, quality in ((2 * FILM_WIDE, 85), (2 * FILM_WIDE, 60), (FILM_WIDE, 80), (FILM_WIDE, 30)):
            seen, out = self.image.copy(), io.BytesIO()
            seen.thumbnail((side, side))
            seen.save(out, "JPEG", quality=quality, optimize=True)
            if out.tell() <= _BYTES:
                break
        return out.getvalue()


@unwarned()
def frame_in(data: bytes) -> Image.Image:
    """The frame that a server sent.

    Raises:
        ProtocolError: it is no picture, or would take far more than its size.
    """
    from PIL import Image

    found = None
    with suppress(*UNREADABLE, Image.DecompressionBombError), opened(io.BytesIO(data)) as image:
        found = small(image, len(data), _LONGEST_SIDE)
    if found is None:
        raise ProtocolError(say("frame.no picture"))
    return found
