"""Slips of the pen: an unknown word one letter away from a known one is taken for it, and that is said."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from itertools import product
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent import language
from nemo_widgets.studio.agent.language.bag import Bag

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["respelled"]

_LEAST = 4
"""What is taken for another word has as many letters: a shorter one is near to too many."""
_MOST_TRIED = 12
_WORD = re.compile(r"(?<![\w'.@#/-])[a-z]{3,}(?![\w'.@/-])", re.IGNORECASE)
_KNOWN_WORD = re.compile(r"(?<![a-z\\])([a-z]{3,})(\?)?", re.IGNORECASE)


def respelled(text: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The ways to read a text whose words are a letter off: the text, and the (typed, taken for) pairs."""
    words = [m for m in _WORD.finditer(text) if m.group().lower() not in _vocabulary()]
    near = [(m, _near(m.group().lower())) for m in words]
    near = [(m, known) for m, known in near if known]
    if not near:
        return
    for number, chosen in enumerate(product(*(known for _, known in near))):
        if number == _MOST_TRIED:
            return
        new, at = "", 0
        for (m, _), word in zip(near, chosen, strict=True):
            new, at = f"{new}{text[at : m.start()]}{word}", m.end()
        yield new + text[at:], [(m.group(), word) for (m, _), word in zip(near, chosen, strict=True)]


@cache
def _vocabulary() -> frozenset[str]:
    """The words that the grammar's phrases are made of, with and without an optional last letter."""
    found: set[str] = set()
    for module in iter_modules(language.__path__):
        for value in vars(import_module(f"{language.__name__}.{module.name}")).values():
            for phrase in _phrases(value):
                for word, optional in _KNOWN_WORD.findall(phrase):
                    found.add(word.lower())
                    if optional:
                        found.add(word[:-1].lower())
    return frozenset(found)


def _near(word: str) -> list[str]:
    return sorted(known for known in _vocabulary() & _one_off(word) if len(known) >= _LEAST)


def _phrases(value: object) -> Iterator[str]:
    if isinstance(value, re.Pattern):
        yield value.pattern
    elif isinstance(value, Bag):
        yield from value.phrases.values()
    elif isinstance(value, str) and "\n" not in value:
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _phrases(key)
            yield from _phrases(each)
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from _phrases(each)


def _one_off(word: str) -> set[str]:
    """The words that differ in one letter: changed, missing, too many, or two side by side swapped."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    parts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    less = {a + b[1:] for a, b in parts if b}
    other = {a + c + b[1:] for a, b in parts if b for c in letters}
    more = {a + c + b for a, b in parts for c in letters}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1}
    return (less | other | more | swapped) - {word}
