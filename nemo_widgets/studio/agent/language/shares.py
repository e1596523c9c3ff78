"""Shares in words, where something changes by them or to them: by a third, a quarter slower, 快三分之一."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx

from .numbers import NUMBER, number
from .tokens import PERCENT

if TYPE_CHECKING:
    import re

    from .tokens import Veiled

__all__ = ["PARTS", "hide_shares"]

PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
"""Into how many parts each of these divides a whole."""
_PART = "|".join(part for part in PARTS if part != "half")
_OTHER = rf"(?:(?P<n{{0}}>an?|one|two|three|four)[\s-]+)(?P<part{{0}}>{_PART})s?"
_SHARE = rf"(?:{_OTHER}|(?:a\s+)?(?P<half{{0}}>half))"
_SIZE = r"(?:(?:playback|original|normal|present|current)\s+)?(?:speed|pace|tempo|rate|volume|loudness|level|size)(?![a-z])"
_NOT = rf"(?![a-z])(?!\s*-?\s*(?:an?|as|again|{_SIZE}|(?:the|its)|of(?!\s+(?:the|its)\s+{_SIZE})|secs?|seconds?|mins?|minutes?|hours?|frames?|clips?|shots?|ones?|times?|ways?|turns?|pictures?|photos?)(?![a-z]))"
_MORE = r"(?:faster|quicker|slower|louder|quieter|softer|brighter|darker|bigger|larger|smaller|shorter)"
_SHARES = rx(
    rf"(?<![a-z])(?P<before>by\s+){_SHARE.format(0)}{_NOT}"
    rf"|(?<![a-z])(?P<to>to\s+){_OTHER.format(1)}{_NOT}|(?<![a-z])(?P<at>at\s+){_OTHER.format(2)}(?=\s+of\s+(?:the|its)\s+{_SIZE})"
    rf"|(?<![a-z]){_SHARE.format(3)}(?=\s+{_MORE}(?![a-z]))"
    rf"|(?<=[快慢速高低大小加减了增强弱到短])(?P<below>{NUMBER})分之(?P<above>{NUMBER})"
)


def hide_shares(text: str, veiled: Veiled) -> str:
    """The text with a percentage's token for each such share."""
    return _SHARES.sub(lambda m: _token(m, veiled), text)


def _token(m: re.Match[str], veiled: Veiled) -> str:
    said = {name.rstrip("0123"): words.lower() for name, words in m.groupdict().items() if words}
    before = said.get("before") or said.get("to") or said.get("at") or ""
    if "below" in said:
        below = number(said["below"])
        share = Fraction(number(said["above"]), below) if below else Fraction(0)
    elif "half" in said:
        share = Fraction(1, 2)
    else:
        many = Fraction(1) if said["n"] in ("a", "an") else number(said["n"])
        share = many / PARTS[said["part"]]
    return m.group()[: len(before)] + veiled.hide(PERCENT, share, m.group()[len(before) :])
