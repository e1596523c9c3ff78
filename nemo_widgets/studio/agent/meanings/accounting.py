"""What an offered instruction leaves out of the message that it is offered for, and whether it may."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from .topics import LANGUAGES, classes, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["binds", "left_out", "places_in", "spares", "with_its_preposition"]

_PRIVATE = "[\ue000-\uf8ff]+"
_WORD = re.compile(r"[a-z][a-z'-]*|\d[\d.:]*|[\u3400-\u9fff]+", re.IGNORECASE)
_IN = re.compile(
    r"(?<![a-z])(?:of|in|on|from|for|to|at|with|over|under)\s+(?:(?:the|my|our|that|this|a|an)\s+)?$",
    re.IGNORECASE,
)
_HAN = re.compile("[\u3400-\u9fff]")


def left_out(text: str, sentence: str, said: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where the words of a message, its values put aside, stand, for which an instruction does not account.

    Neighbours are together. `said` are the places of the words that led to the instruction.
    """
    rest = list(re.sub(_PRIVATE, lambda m: "," * len(m.group()), text))
    for start, end in said:
        rest[start:end] = " " * (end - start)
    bare = "".join(rest)
    told = {word.lower() for word in _WORD.findall(sentence)}
    bare = _little().sub(lambda m: " " * len(m.group()), bare)
    found: list[list[int]] = []
    for m in _WORD.finditer(bare):
        word = m.group().lower()
        if word in told or (_HAN.search(word) and (len(word) < 2 or word in sentence)):  # noqa: PLR2004
            continue
        near = found and not text[found[-1][1] : m.start()].strip()
        if near:
            found[-1][1] = m.end()
        else:
            found.append([m.start(), m.end()])
    return [(start, end) for start, end in found]


def places_in(text: str, left: Iterable[tuple[int, int]]) -> bool:
    """Whether one of the words left out may be where something is to be done: '… of the harbor'."""
    return any(_IN.search(text[:start]) for start, _ in left)


def with_its_preposition(text: str, words: tuple[int, int]) -> str:
    """The words with what stands before them, as in 'in the middle'."""
    before = _IN.search(text[: words[0]])
    return text[before.start() if before else words[0] : words[1]]


def binds(words: str) -> bool:
    """Whether words say to what something is to be done, or what is to stay: it goes not without them."""
    return bool(_bounds().search(words)) or spares(words)


def spares(words: str) -> bool:
    """Whether words say what is to stay as it is."""
    return bool(_exceptions().search(words))


@cache
def _exceptions() -> re.Pattern[str]:
    return _any("exceptions")


@cache
def _little() -> re.Pattern[str]:
    return _any("little")


@cache
def _bounds() -> re.Pattern[str]:
    return _any("bounds")


def _any(name: str) -> re.Pattern[str]:
    """A pattern for any word of a class, in every language."""
    words = pattern([word for language in LANGUAGES for word in classes(language)[name]], endings=False)
    assert words is not None  # noqa: S101 - the classes are not empty
    return words
