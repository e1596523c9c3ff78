"""Words in drawn pictures: how much of a text fits."""

from __future__ import annotations

from functools import lru_cache

from nemo_widgets.fonts import drawable, font

__all__ = ["fitted"]

_LONGEST = 300
"""No label shows more characters than this, so no more are measured."""
_NARROWEST = 0.2
"""No character is narrower than this share of the font's size."""


@lru_cache(maxsize=4096)
def fitted(text: str, width: float, size: int) -> str:
    """As much of `text` as fits in `width` pixels at `size`, "…" if cut; "" if next to nothing does.

    Line breaks become spaces, and characters without a glyph (emoji) are left out.
    """
    whole = drawable(" ".join(text[:_LONGEST].split()))
    most = int(min(_LONGEST, max(0.0, width) / (size * _NARROWEST))) + 1
    text = whole[:most]
    measure = font(size).getlength
    if not text or (text == whole and measure(text) <= width):
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip() + "…") <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…" if low > 1 else ""
