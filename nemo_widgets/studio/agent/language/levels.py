"""How loud: levels in per cent and decibels, louder, quieter, by half; phrases that music and voices share."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from .numbers import NUMBER, number
from .veil import PERCENT

if TYPE_CHECKING:
    from .bag import Found
    from .veil import Veiled

__all__ = ["LEVELS", "LOUD_WORDS", "Level", "gain", "level_of", "share"]

DECIBELS = rf"(?P<sign>[+−–-]|minus\s+|plus\s+|负|正)?\s*(?P<db>{NUMBER})\s*(?:db(?:fs)?|decibels?|分贝)"
_TO = r"to|at|of|on|with|=|:|是|为|到|成|至|在"
_BY = r"by|about|around|了|大约"
LEVELS = {
    "level": rf"(?:(?P<to>(?:{_TO}|(?:调|降|升|减|提|设|改|变|放|加(?=[到至]))(?:低|小|高|大)?(?:到|至|成|为))\s*)|(?P<by>(?:{_BY})\s*))?(?:only\s+|just\s+|about\s+|around\s+)?(?:a\s+)?(?:volume\s+(?:(?:of|at)\s+)?|音量)?\s*"
    rf"(?:(?P<level>{PERCENT}|\d{{1,3}}(?![\d.:]|\s*db))(?P<of>\s+of\s+(?:its|the)\s+(?:present|current|original)\s+(?:volume|loudness|level))?|(?P<quarter>a\s+quarter(?:\s+of)?\s+(?:the\s+|its\s+)?(?:volume|loudness)|四分之一的?音量)|(?P<halfof>half\s+(?:the\s+|its\s+)?(?:volume|level|loudness)|一半的?音量))(?:\s+volume|的?音量)?",
    "db": rf"(?:(?P<dbto>(?:{_TO}|(?:调|降|升|减|提|设|改)(?:低|小|高|大)?(?:到|至|成|为))\s*)|(?P<dbby>(?:{_BY})\s*))?(?:a\s+)?(?:volume\s+(?:of\s+)?|音量)?{DECIBELS}",
    "down": r"(?:a\s+)?(?:quieter|softer|fainter|lower|down|less\s+loud|not\s+so\s+loud)|(?:调|变|降|放)?(?:小|低|轻)(?:声|一点儿?|一些|点儿?|些)*|降低|减小|减弱|压低",
    "up": r"(?:a\s+)?(?:louder|up|higher|stronger)|(?:调|变|升|放)?(?:大|高|响)(?:声|一点儿?|一些|点儿?|些)*|提高|提升|增大|增强|加大",
    "half": r"half\s+as\s+loud|(?:to\s+|at\s+)?half\s+(?:the|its)\s+(?:volume|loudness)|by\s+(?:a\s+)?half|to\s+half(?:\s+(?:the\s+)?volume)?|减半|(?:调|降|减)(?:低|小|到|为)?(?:到|为|了)?一半|小一半|一半",
    "double": r"twice\s+as\s+loud|double(?:\s+(?:the|its)\s+(?:volume|loudness))?|(?:大|提高|增大)一倍|加倍|(?:调到|提高到)?两倍",
    "little": r"a\s+(?:little\s+|tiny\s+)?bit|a\s+little|a\s+touch|a\s+tad|slightly|somewhat|一点|稍微|略微|稍稍|再",
    "much": r"much|a\s+lot|way|far|a\s+good\s+deal|很多|许多|得多|多",
}
"""Phrases for a `Bag`, read by `level_of`."""
LOUD_WORDS = re.compile(
    r"loud|quiet|soft|faint|volume|mute|silen|sound|audio|turn|db|decibel|声|音|响|分贝", re.IGNORECASE
)
_DOWN = re.compile(r"\b(?:lower|reduc|decreas|drop|duck|cut|dim|soften|attenuat)|降|减", re.IGNORECASE)
_UP = re.compile(r"\b(?:rais|increas|boost|amplif|lift|pump|crank)|提|增|升|加", re.IGNORECASE)
_FACTORS = {"down": Fraction(7, 10), "up": Fraction(7, 5), "half": Fraction(1, 2), "double": Fraction(2)}
_MUCH = {"down": Fraction(2, 5), "up": Fraction(2)}


@dataclass(frozen=True, slots=True)
class Level:
    """A level as it is to be (`volume`) or as a multiple of what it is (`factor`); one of the two."""

    volume: Fraction | None = None
    factor: Fraction | None = None


def gain(decibels: Fraction) -> Fraction:
    """Decibels as a factor of the amplitude.

    >>> round(float(gain(Fraction(6))), 3)
    1.995
    """
    return Fraction(10 ** (float(decibels) / 20)).limit_denominator(10_000)


def share(token: str, veiled: Veiled) -> Fraction:
    """A percentage, or a bare number of per cent, as a fraction of one."""
    return Fraction(int(token), 100) if token.isdigit() else Fraction(veiled.value(token))


def level_of(found: Found, veiled: Veiled) -> Level | None:
    """The one level that the phrases name, None if they name none or do not go together."""
    verbs = " ".join(m.group() for m in found.get("verb", ()))
    way = _way(found, verbs)
    exact = [*found.get("level", ()), *found.get("db", ())]
    shares = [name for name in ("half", "double") if name in found]
    if way == "both" or len(exact) + len(shares) > 1:
        return None
    if "level" in found:
        return _percent(found["level"][0], way, veiled)
    if "db" in found:
        return _decibels(found["db"][0], way)
    if shares:
        fits = not way or way == {"half": "down", "double": "up"}[shares[0]]
        return Level(factor=_FACTORS[shares[0]]) if fits else None
    if not way:
        return None
    return Level(factor=(_MUCH if "much" in found else _FACTORS)[way])


def _way(found: Found, verbs: str) -> str:
    """`up`, `down`, "" where nothing is said, or `both`."""
    said: set[str] = {name for name in ("up", "down") if name in found}
    ways = [m.groupdict().get("way") for m in found.get("verb", ())]
    said |= {way.lower() for way in ways if way}
    if not said:
        said = {name for name, rx in (("down", _DOWN), ("up", _UP)) if rx.search(verbs)}
    return "both" if len(said) > 1 else next(iter(said), "")


def _percent(m: re.Match[str], way: str, veiled: Veiled) -> Level | None:
    if m["quarter"]:
        return Level(factor=Fraction(1, 4))
    if m["halfof"]:
        return Level(factor=Fraction(1, 2))
    value = share(m["level"], veiled)
    if m["of"]:
        return Level(factor=value)
    if way and not m["to"]:  # 'by 20 %', or 'lower it 20 %'
        factor = 1 + value if way == "up" else 1 - value
        return Level(factor=factor) if factor >= 0 else None
    return None if m["by"] else Level(volume=value)


def _decibels(m: re.Match[str], way: str) -> Level | None:
    value = number(m["db"])
    sign = (m["sign"] or "").strip().lower()
    minus = sign in ("-", "−", "–", "minus", "负")
    if m["dbto"]:
        return Level(volume=gain(-value if minus else value))
    if way:
        fits = not sign or minus == (way == "down")
        return Level(factor=gain(-value if way == "down" else value)) if fits else None
    return Level(factor=gain(-value if minus else value)) if sign else None
