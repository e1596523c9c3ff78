"""The tokens that stand for what is put aside: two characters of Unicode's private use area."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

__all__ = [
    "CUES",
    "DURATION",
    "FILE",
    "HEX",
    "INDEX",
    "LOOSE",
    "PERCENT",
    "POINT",
    "QUOTE",
    "RATIO",
    "SPAN",
    "Veiled",
]

INDEX = "[\ue100-\uf8ff]"
QUOTE, SPAN, LOOSE, DURATION, POINT, PERCENT, FILE, HEX, RATIO, CUES = (
    f"{chr(0xE000 + i)}{INDEX}" for i in range(10)
)
"""Regular expressions for one token of each sort."""
_TOKEN = re.compile(f"[\ue000-\ue009]{INDEX}")


@dataclass
class Veiled:
    """The message as the grammar reads it; `value` and `reveal` look behind the veil."""

    text: str = ""
    message: str = ""
    """As it was typed."""
    unclosed: bool = False
    digits: bool = False
    """A number has too many of them, and the message was not read any further."""
    framed: bool = False
    """Frames or a timecode were named."""
    _values: list[Any] = field(default_factory=list)
    _originals: list[str] = field(default_factory=list)

    def value(self, token: str) -> Any:
        """What a token stands for: str (quote, file, hex), Span, int ms, or Fraction (percent)."""
        return self._values[ord(token[-1]) - 0xE100]

    def reveal(self, text: str) -> str:
        """The words as they were typed."""
        while _TOKEN.search(text):
            text = _TOKEN.sub(lambda m: self._originals[ord(m.group()[-1]) - 0xE100], text)
        return text

    def hide(self, kind: str, value: Any, original: str) -> str:
        """A new token for a value."""
        self._values.append(value)
        self._originals.append(original)
        return kind[0] + chr(0xE100 + len(self._values) - 1)
