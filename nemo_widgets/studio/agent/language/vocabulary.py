"""The words that the grammar's phrases are made of."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from .bag import Bag

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["is_phrase", "vocabulary"]

_WORD = re.compile(r"(?<![a-z\\])([a-z]{3,})(\?)?", re.IGNORECASE)


@cache
def vocabulary() -> frozenset[str]:
    """All of them in small letters, with and without an optional last letter; read off the rules."""
    found: set[str] = set()
    for phrase in _all_phrases():
        for word, optional in _WORD.findall(phrase):
            found.add(word.lower())
            if optional:
                found.add(word[:-1].lower())
    return frozenset(found)


def is_phrase(piece: str) -> bool:
    """Whether a piece of Chinese stands in a rule."""
    return piece in _chinese()


@cache
def _chinese() -> str:
    return "\n".join(phrase for phrase in _all_phrases() if re.search("[\u3400-\u9fff]{2}", phrase))


def _all_phrases() -> Iterator[str]:
    """What the rules are made of."""
    package = __name__.rpartition(".")[0]
    for module in iter_modules(import_module(package).__path__):
        held = vars(import_module(f"{package}.{module.name}"))
        for value in (value for name, value in held.items() if not name.startswith("__")):
            yield from _phrases(value)


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
