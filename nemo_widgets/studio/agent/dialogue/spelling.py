"""Slips of the pen: an unknown word one letter away from a known one is taken for it, and that is said."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.language.numbers import NUMBER
from nemo_widgets.studio.agent.language.quotes import quoted_texts
from nemo_widgets.studio.agent.language.sayings import open_text
from nemo_widgets.studio.agent.language.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["respelled"]

_LEAST = 4
"""What is taken for another word has as many letters: a shorter one is near to too many."""
_RASH = {"kill", "scrap", "ditch"}
"""Words that take things away and are near to many others: no slip is taken for these."""
_REAL = {"thats", "whats", "shade", "shades"}
"""Words that are spelled as they are meant, or lack an apostrophe alone."""
_VERBS = ("add", "cut", "put")
"""Verbs that are too short to be near to: a letter doubled, left single, or two of them swapped."""
_HEAD = re.compile(r"(?:(?<=^)|(?<=[,.;] )|(?<=and )|(?<=then )|(?<=please ))[a-z]{2,4}(?= )", re.IGNORECASE)
_MOST_TRIED = 12
_NUMBER = re.compile(NUMBER, re.IGNORECASE)
"""A number is taken for nothing but itself."""
_WORD = re.compile(r"(?<![\w'.@#/-])[a-z]{3,}(?![\w'.@/-])", re.IGNORECASE)


def respelled(text: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The ways to read a text whose words are a letter off: the text, and the (typed, taken for) pairs.

    What is quoted, or stands behind a colon or 'saying' as a text to be shown, is left as it is.
    """
    kept = list(quoted_texts(text))
    words = [
        m
        for m in _WORD.finditer(text)
        if m.group().lower() not in vocabulary() and not any(a <= m.start() < b for a, b in kept)
    ]
    near = [(m, _near(m.group().lower())) for m in words]
    near = [(m, known) for m, known in near if known]
    heads = [(m, [verb]) for m in _HEAD.finditer(text) if (verb := _short(m.group()))]
    near = sorted([*heads, *near], key=lambda pair: pair[0].start())
    tried = dict[str, list[tuple[str, str]]]()
    for number, chosen in enumerate(product(*(known for _, known in near))):
        if number == _MOST_TRIED:
            break
        new, pairs = _put([(m, word) for (m, _), word in zip(near, chosen, strict=True)], text)
        tried.setdefault(new, pairs)
    tried.pop(text, None)
    yield from tried.items()


def _put(words: list[tuple[re.Match[str], str]], text: str) -> tuple[str, list[tuple[str, str]]]:
    """The text with other words for some, up to where a text to be shown begins, and the pairs."""
    new, at, pairs = "", 0, list[tuple[str, str]]()
    for m, word in words:
        if open_text(f"{new}{text[at : m.end()]}"):
            break
        new, at = f"{new}{text[at : m.start()]}{word}", m.end()
        pairs.append((m.group(), word))
    return new + text[at:], pairs


def _short(word: str) -> str:
    """The short verb that a word at the head of a clause is a slip for: ad, cutt, ptu."""
    typed = word.lower()
    if typed in vocabulary():
        return ""
    alike = (
        v for v in _VERBS if v[0] == typed[0] and (sorted(v) == sorted(typed) or _once(v) == _once(typed))
    )
    return next(alike, "")


def _once(word: str) -> str:
    """The word with each of its letters once where it is doubled."""
    return re.sub(r"(.)\1+", r"\1", word)


def _near(word: str) -> list[str]:
    if len(word) > _longest() + 1:  # what is one off takes the square of its length
        return []
    if word in _REAL:
        return []
    swapped = {"the"} if sorted(word) == sorted("the") else set()
    known = {
        k for k in vocabulary() & _one_off(word) if len(k) >= _LEAST and not _NUMBER.fullmatch(k)
    } - _RASH
    return sorted(swapped or known)


@cache
def _longest() -> int:
    return max(map(len, vocabulary()))


def _one_off(word: str) -> set[str]:
    """The words that differ in one letter: changed, missing, too many, or two side by side swapped."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    parts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    less = {a + b[1:] for a, b in parts if b}
    other = {a + c + b[1:] for a, b in parts if b for c in letters}
    more = {a + c + b for a, b in parts for c in letters}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1}
    return (less | other | more | swapped) - {word}
