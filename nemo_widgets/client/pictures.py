"""Pictures in an answer: which are taken, and which bytes they are."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from typing import Any

from nemo_widgets.printable import printable_repr

from .json_values import first, mapping, text

__all__ = ["PictureEvent", "picture_in"]

_KINDS = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "image/gif": b"GIF8",
    "image/webp": b"RIFF",
}
"""What may be shown, and how it begins. No SVG: that may hold scripts."""
_MOST_CHARACTERS = 8_000_000
_URL_SAFE = str.maketrans("-_", "+/")


@printable_repr
@dataclass(frozen=True, slots=True)
class PictureEvent:
    """A picture for the user: its bytes, what they are (`image/png`), and the words for who can't see it."""

    data: bytes = field(repr=False)
    mime: str
    alt: str = ""


def picture_in(value: Any) -> PictureEvent | None:
    """The picture in `{"mimeType", "data" (base64), "displayName"}`; None where none can be shown."""
    blob = mapping(value)
    mime = text(first(blob, "mimeType", "mime_type")).lower()
    coded = blob.get("data")
    if mime not in _KINDS or not isinstance(coded, str) or len(coded) > _MOST_CHARACTERS:
        return None
    try:
        coded = coded.translate(_URL_SAFE)  # ADK writes it in the form for URLs
        data = base64.b64decode(coded + "=" * (-len(coded) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    if not data.startswith(_KINDS[mime]):
        return None
    return PictureEvent(data, mime, " ".join(text(first(blob, "displayName", "display_name", "alt")).split()))
