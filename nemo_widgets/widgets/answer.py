"""A picture that the agent showed, as an output that stays in the notebook."""

from __future__ import annotations

import io
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PIL import Image

from nemo_widgets.interrupts import stoppable, to_thread
from nemo_widgets.printable import printable

from .bundle import picture_bundle

if TYPE_CHECKING:
    from nemo_widgets.draft import Bundle

__all__ = ["AnswerPicture"]

_KEPT_BYTES = 150_000
"""A larger picture is made smaller before it is put into a notebook."""
_WIDEST = 960


class AnswerPicture:
    """A picture as a cell's output, at most 960 pixels wide and some 150 kB large, and its words.

    One that can't be read is only told of in words.
    """

    def __init__(self, data: bytes, alt: str) -> None:
        self._data = data
        self._alt = printable(alt)

    def __repr__(self) -> str:
        return f"[{self._alt or 'picture'}]"

    @stoppable
    def _repr_mimebundle_(self, **_: object) -> Bundle:
        return to_thread(self._bundle)

    def _bundle(self) -> Bundle:
        if self.kept is None:
            return {"text/plain": repr(self)}, {}
        mime, data = self.kept
        return picture_bundle(data, self._alt or "picture", mime=mime, plain=repr(self))

    @cached_property
    def kept(self) -> tuple[str, bytes] | None:
        """What is put into the notebook, its kind and its bytes; None if it is no picture."""
        with suppress(OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            with Image.open(io.BytesIO(self._data)) as opened:
                kind, size = opened.format, opened.size
                opened.load()
                picture: Any = opened.convert("RGB")
            if kind in ("PNG", "JPEG") and size[0] <= _WIDEST + 64 and len(self._data) <= _KEPT_BYTES:
                return f"image/{kind.lower()}", self._data
            picture.thumbnail((_WIDEST, 4 * _WIDEST))
            for quality in (85, 70, 50, 30):
                out = io.BytesIO()
                picture.save(out, "JPEG", quality=quality)
                if out.tell() <= _KEPT_BYTES:
                    break
            return "image/jpeg", out.getvalue()
        return None
