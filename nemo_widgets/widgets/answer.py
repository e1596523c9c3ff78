"""A picture that the agent showed, as an output that stays in the notebook."""

from __future__ import annotations

import io
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from PIL import Image

from nemo_widgets.catalogue import say
from nemo_widgets.interrupts import stoppable, to_thread
from nemo_widgets.large_pictures import UNREADABLE, opened, small, unwarned
from nemo_widgets.printable import printable

from .bundle import picture_bundle

if TYPE_CHECKING:
    from nemo_widgets.draft import Bundle

__all__ = ["AnswerPicture"]

_KEPT_BYTES = 150_000
"""A larger picture is made smaller before it is put into a notebook."""
_WIDEST, _HIGHEST = 960, 3840


class AnswerPicture:
    """A picture as a cell's output, at most 960 pixels wide and some 150 kB large, and its words.

    One that can't be read is only told of in words.
    """

    def __init__(self, data: bytes, alt: str) -> None:
        self._data = data
        self._alt = printable(alt) or say("alt.picture")

    def __repr__(self) -> str:
        return f"[{self._alt}]"

    @stoppable
    def _repr_mimebundle_(self, **_: object) -> Bundle:
        return to_thread(self._bundle)

    def _bundle(self) -> Bundle:
        if self.kept is None:
            return {"text/plain": repr(self)}, {}
        mime, data = self.kept
        return picture_bundle(data, self._alt, mime=mime, plain=repr(self))

    @cached_property
    def kept(self) -> tuple[str, bytes] | None:
        """What is put into the notebook, its kind and its bytes; None if it is no picture."""
        with suppress(*UNREADABLE, Image.DecompressionBombError):
            with unwarned(), opened(io.BytesIO(self._data)) as image:
                kind, (width, height) = image.format, image.size
                picture = small(image, len(self._data), _HIGHEST, below=255)
            if picture is None:
                return None
            fits = width <= _WIDEST + 64 and height <= _HIGHEST and len(self._data) <= _KEPT_BYTES
            if kind in ("PNG", "JPEG") and fits:
                return f"image/{kind.lower()}", self._data
            picture.thumbnail((_WIDEST, _HIGHEST))
            for quality in (85, 70, 50, 30):
                out = io.BytesIO()
                picture.save(out, "JPEG", quality=quality)
                if out.tell() <= _KEPT_BYTES:
                    break
            return "image/jpeg", out.getvalue()
        return None
