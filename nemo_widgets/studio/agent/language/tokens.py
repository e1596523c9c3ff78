"""The tokens that stand for what is put aside: two characters of Unicode's private use area.

Phrases in which they stand are compiled by `rx`.
"""

from __future__ import annotations

import re

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
    "rx",
]

INDEX = "[\ue100-\uf8ff]"
QUOTE, SPAN, LOOSE, DURATION, POINT, PERCENT, FILE, HEX, RATIO, CUES = (
    f"{chr(0xE000 + i)}{INDEX}" for i in range(10)
)
"""Regular expressions for one token of each sort."""


def rx(pattern: str) -> re.Pattern[str]:
    """A phrase of the grammar, compiled: capital and small letters are the same."""
    return re.compile(pattern, re.IGNORECASE)
