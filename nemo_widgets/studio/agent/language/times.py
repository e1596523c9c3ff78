"""Time expressions in English and Chinese: positions and lengths."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from fractions import Fraction

from .numbers import NUMBER, number

__all__ = ["END", "GAP", "HOURS", "MINUTES", "SECONDS", "TIME", "milliseconds"]

_UNITS = {"h": 3_600_000, "m": 60_000, "s": 1000, "x": 1}
_BELOW = {3_600_000: 60_000, 60_000: 1000, 1000: 1}
END = r"(?![a-z])"
HOURS = rf"(?:hours?|hrs?|h){END}|个?小时|个?钟头"
MINUTES = rf"(?:minutes?|mins?|m){END}|分(?![贝之])钟?"
SECONDS = rf"(?:seconds?|secs?|s){END}|秒钟?"
_X = rf"(?:milliseconds?|msecs?|ms){END}|毫秒"
_UNIT = rf"(?:(?P<x>{_X})|(?P<h>{HOURS})|(?P<m>{MINUTES})|(?P<s>{SECONDS}))"
GAP = r"[\s-]?"
_J = r"(?:\s*,?\s*and\s+|\s*)"


def _n(unit: str) -> str:
    return rf"{NUMBER}{GAP}(?:{unit})"


# '1 min 20 to 1 min 40' and '1 min 20 to the end', but not the 20 of '1 min 20 frames' or '1 min 20 to 30 s'.
_ON = rf"(?:to|until|till|through|到|至|[-–—~])\s*(?:{NUMBER}\s*(?:{MINUTES}|{HOURS}|:)|the\s|最|结|末|片尾|end)"
_AFTER = rf"(?:{_ON}|(?:and|then|on|onwards?|off|at|from|for|with|has|have|must|should|can|please|pls|plz|thanks)(?![a-z]))"
_BARE = rf"(?:\s*{NUMBER}(?!\s*(?!{_AFTER})(?:%|percent|[a-z]|[:.]\d|个|毫|小时|分|秒|到|至|[-–—~]\s*\d)))"
_SECONDS = rf"{_n(SECONDS)}(?:半|{_J}{_n(_X)})?"
_MINUTES = rf"{_n(MINUTES)}(?:半钟?|{_J}{_SECONDS}|{_BARE})?"
_HOURS = rf"{_n(HOURS)}(?:{_J}{_MINUTES}|{_J}{_SECONDS})?"
_HALVES = (
    rf"(?:(?<![a-z])(?:an?\s+)?half(?:[\s-](?:of\s+)?an?)?[\s-]|半个?)(?:{HOURS}|{MINUTES}|{SECONDS})"
    rf"|(?:(?<![a-z])an?|{NUMBER})\s+(?:{HOURS}|{MINUTES}|{SECONDS})\s+and\s+a\s+half{END}"
    rf"|(?<![a-z])an?\s+(?:{HOURS}|{MINUTES}|{SECONDS})"
)
_CLOCK = r"(?<![\d:.])\d{1,3}:[0-5]?\d(?::[0-5]\d)?(?:\.\d+)?(?!\d|:\d|\.\d)"
_SECTION = rf"(?:第\s*)?(?:{_HALVES}|{_HOURS}|{_MINUTES}|{_SECONDS}|{_n(_X)})"

TIME = rf"(?:(?:第\s*)?{_CLOCK}|{_SECTION})"
"""A regular expression for one position or length of time; use it with `re.IGNORECASE`."""

_PAIR = re.compile(
    rf"(?P<half>(?:an?\s+)?half(?:[\s-](?:of\s+)?an?)?|半个?)[\s-]*{_UNIT}"
    rf"|(?P<n>{NUMBER}|(?<![a-z])an?(?![a-z]))[\s-]?(?:{_UNIT.replace('?P<', '?P<n')})?"
    r"(?P<more>\s+and\s+a\s+half(?![a-z])|半钟?)?",
    re.IGNORECASE,
)


def milliseconds(text: str) -> int:
    """The length that a time expression names, in ms.

    >>> [milliseconds(t) for t in ("1:20.5", "1 min 20", "half a minute", "1分半", "第80秒")]
    [80500, 80000, 30000, 90000, 80000]

    Raises:
        ValueError: the text is no time.
    """
    text = " ".join(text.split()).removeprefix("第").strip()
    if re.fullmatch(_CLOCK, text):
        total = Fraction(0)
        for part in text.split(":"):
            total = total * 60 + Fraction(part)
        return round(total * 1000)
    total, unit = Fraction(0), 0
    for found in _PAIR.finditer(text):
        groups = found.groupdict()
        unit = next((v for k, v in _UNITS.items() if groups[k] or groups[f"n{k}"]), _BELOW.get(unit, 0))
        value = Fraction(1, 2) if found["half"] else _count(found["n"])
        total += (value + (Fraction(1, 2) if found["more"] else 0)) * unit
    if not unit:
        raise ValueError(f"'{text}' is no time")
    return round(total)


def _count(text: str) -> Fraction:
    return Fraction(1) if text.lower() in ("a", "an") else number(text)
