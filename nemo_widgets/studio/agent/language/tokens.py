"""The tokens that stand for what is put aside: two characters of Unicode's private use area."""

from __future__ import annotations

__all__ = ["CUES", "DURATION", "FILE", "HEX", "INDEX", "LOOSE", "PERCENT", "POINT", "QUOTE", "RATIO", "SPAN"]

INDEX = "[\ue100-\uf8ff]"
QUOTE, SPAN, LOOSE, DURATION, POINT, PERCENT, FILE, HEX, RATIO, CUES = (
    f"{chr(0xE000 + i)}{INDEX}" for i in range(10)
)
"""Regular expressions for one token of each sort."""
