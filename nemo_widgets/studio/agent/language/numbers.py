"""Numbers as people write them: digits, English words, Chinese numerals."""

from __future__ import annotations

import re
from fractions import Fraction

__all__ = ["NUMBER", "number"]

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"),
    *("sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {
    "zero": 0,
    **{word: i for i, word in enumerate(_ONES, 1)},
    **{word: i for i, word in enumerate(_TEENS, 10)},
    **{word: 10 * i for i, word in enumerate(_TENS, 2)},
}
_ZH = {**{c: i for i, c in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
_ZH_STEPS = {"十": 10, "百": 100}

_ONE, _TEEN, _TEN = "|".join(_ONES), "|".join(sorted(_TEENS, key=len, reverse=True)), "|".join(_TENS)
_BELOW_HUNDRED = rf"(?:(?:{_TEN})(?:[\s-](?:{_ONE})(?![a-z]))?|{_TEEN}|{_ONE}|zero)"
_ENGLISH = (
    rf"(?<![a-z])(?:(?:{_ONE}|a)\s+hundred(?:\s+(?:and\s+)?{_BELOW_HUNDRED})?|{_BELOW_HUNDRED})(?![a-z])"
)
_DIGITS = r"(?<![\d.:])(?<!\d,)(?:\d+(?:\.\d+)?)(?![\d:]|\.\d)"
_HALF = r"(?:[\s-]and[\s-]a[\s-]half(?![a-z]))?"
_CHINESE = r"[零〇一二两三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?"

NUMBER = rf"(?:(?:{_DIGITS}|{_ENGLISH}){_HALF}|{_CHINESE})"
"""A regular expression for one number; use it with `re.IGNORECASE`."""


def number(text: str) -> Fraction:
    """The value of what `NUMBER` matches.

    >>> number("1.5"), number("forty-five"), number("one and a half"), number("二十五")
    (Fraction(3, 2), Fraction(45, 1), Fraction(3, 2), Fraction(25, 1))

    Raises:
        ValueError: the text is no number.
    """
    text = text.strip().lower()
    whole = re.sub(r"[\s-]and[\s-]a[\s-]half$", "", text)
    half = Fraction(1, 2) if whole != text else Fraction(0)
    if re.fullmatch(r"\d+(?:\.\d+)?", whole):
        return Fraction(whole) + half
    if re.fullmatch(_CHINESE, whole):
        return _chinese(whole)
    return _english(whole) + half


def _english(text: str) -> Fraction:
    total = 0
    for word in re.split(r"[\s-]+", text):
        if word == "hundred":
            total = 100 * (total or 1)
        elif word not in ("and", "a"):
            if word not in _WORDS:
                raise ValueError(f"'{word}' is no number")
            total += _WORDS[word]
    return Fraction(total)


def _chinese(text: str) -> Fraction:
    whole, _, tail = text.partition("点")
    total, digit = 0, None
    for c in whole:
        if c in _ZH_STEPS:
            total += (1 if digit is None else digit) * _ZH_STEPS[c]
            digit = None
        elif digit is None or digit == 0:
            digit = _ZH[c]
        else:  # 一二 as digits side by side
            digit = 10 * digit + _ZH[c]
    if re.search(r"百[一二三四五六七八九]$", whole):  # 一百五 is 150
        digit = 10 * (digit or 0)
    value = Fraction(total + (digit or 0))
    for place, c in enumerate(tail, 1):
        value += Fraction(_ZH[c], 10**place)
    return value
