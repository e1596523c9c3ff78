"""Words in drawn pictures: how much of a text fits."""

from __future__ import annotations

import re
from functools import lru_cache

from nemo_widgets.fonts import drawable, font

__all__ = ["fitted", "wrapped"]

_LONGEST = 300
"""No label shows more characters than this, so no more are measured."""
_NARROWEST = 0.2
"""No character is narrower than this share of the font's size."""
_PART = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+\s?|\s")
"""What stays together on a line: a word with the space behind it, or one Chinese character."""


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


def wrapped(text: str, width: float, size: int) -> list[str]:
    """The text on lines of at most `width` pixels at `size`; a wider word ends in "…"."""
    measure, lines, line = font(size).getlength, [], ""
    for part in _PART.findall(drawable(" ".join(text[:_LONGEST].split()))):
        if line and measure((line + part).rstrip()) > width:
            lines.append(line)
            line = ""
        line += part
    return [fitted(line, width, size) for line in (*lines, line) if line.strip()]
