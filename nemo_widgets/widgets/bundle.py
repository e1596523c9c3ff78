"""A picture as a cell's output: its bytes, its size on the page, and the words that stand for it."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from nemo_widgets.printable import one_line, printable

if TYPE_CHECKING:
    from nemo_widgets.draft import Bundle

__all__ = ["picture_bundle"]

_LONGEST = 400
"""Characters of an alternative text: whoever has it read aloud wants no table of contents."""


def picture_bundle(
    data: bytes, words: str, *, mime: str = "image/png", width: int = 0, height: int = 0, plain: str = ""
) -> Bundle:
    """The bundle of a picture, shown `width` × `height` pixels large, or as large as it is.

    Every host finds `words` as the alternative text where it looks for one: nbconvert, JupyterLab with our
    extension and Quarto in the metadata, VS Code in the plain text, which is `plain`, or else the words too.
    """
    shown: dict[str, Any] = {"width": width, "height": height}
    known = {key: value for key, value in shown.items() if value} | {"alt": one_line(words, _LONGEST)}
    return {"text/plain": printable(plain or words), mime: base64.b64encode(data).decode("ascii")}, {
        mime: known
    }
