"""Ordinal numbers as people write them in English: words, digits, and places counted from the end.

Chinese has none: 第 before any number makes one.
"""

from __future__ import annotations

import re

__all__ = ["ORDINAL", "ordinal"]

_ONES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS = (
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth"),
    *("sixteenth", "seventeenth", "eighteenth", "nineteenth"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {
    **{word: i for i, word in enumerate(_ONES, 1)},
    **{word: i for i, word in enumerate(_TEENS, 10)},
    **{f"{word[:-1]}ieth": 10 * i for i, word in enumerate(_TENS, 2)},
    **{f"{ten} {one}": 10 * i + j for i, ten in enumerate(_TENS, 2) for j, one in enumerate(_ONES, 1)},
}
_FROM_END = {
    "last": -1,
    "final": -1,
    "penultimate": -2,
    "second to last": -2,
    "second last": -2,
    "next to last": -2,
    "last but one": -2,
    "third to last": -3,
    "third last": -3,
    "last but two": -3,
}
_SPACE = r"[\s-]+"
ORDINAL = r"(?:{}|\d{{1,4}}(?:st|nd|rd|th))(?![a-z])".format(
    "|".join(
        word.replace(" ", _SPACE)
        for words in (_FROM_END, _WORDS)
        for word in sorted(words, key=len, reverse=True)
    )
)
"""A regular expression for one ordinal number; use it with `re.IGNORECASE`."""


def ordinal(text: str) -> int:
    """The value of what `ORDINAL` matches, -1 for the last, -2 for the one before it.

    >>> ordinal("first"), ordinal("Twenty-first"), ordinal("11th"), ordinal("last"), ordinal("next-to-last")
    (1, 21, 11, -1, -2)
    """
    word = re.sub(_SPACE, " ", text.strip().lower())
    known = _FROM_END.get(word) or _WORDS.get(word)
    return known or int(re.sub(r"\D", "", word))
