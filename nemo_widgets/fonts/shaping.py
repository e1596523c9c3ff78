"""Which letters are drawn wrongly where nothing joins, stacks or reorders them."""

from __future__ import annotations

from .choice import clusters, drawable, face_of, ignorable
from .faces import can_shape

__all__ = ["needs_shaping"]

_JOINED = ((0x0600, 0x0E00), (0x0F00, 0x10A0), (0x1780, 0x18B0), (0x1900, 0x1C50))
"""Arabic and Syriac, the scripts of India, Tibetan, Burmese, Khmer, Mongolian and their kin."""


def needs_shaping(text: str) -> str:
    """The first word of a text that can't be drawn rightly without Raqm; "" for none, or where Raqm is."""
    if can_shape() or text.isascii():
        return ""
    for word in drawable(text).split():
        if not word.isascii() and any(map(_is_joined, clusters(word))):
            return word
    return ""


def _is_joined(cluster: str) -> bool:
    """Whether a letter depends on its neighbours, or consists of several signs."""
    if any(first <= ord(cluster[0]) < end for first, end in _JOINED):
        return True
    seen = [char for char in cluster if not ignorable(char)]
    face = face_of(cluster, japanese=False) if len(seen) > 1 else None
    return face is not None and face.coloured
