"""Quoted texts in a message, by whatever marks people and keyboards make, found in one pass."""

from __future__ import annotations

import re
from bisect import bisect
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["quoted_texts"]

_CLOSING = {
    "“": "”",
    "「": "」",
    "『": "』",
    "《": "》",
    "«": "»",
    '"': '"',
    "＂": "＂",
    "`": "`",
    "‘": "’",
    "'": "'",
}
_OPENING = re.compile(r"[“「『《«\"＂`‘”„]|(?<!\w)'")
_MIXED = "“”„"
"""Marks that are used for either end; where a text has no proper end, any of them or a plain one is it."""
_IN_WORDS = {"’": re.compile(r"(?<=\w)’(?=\w)"), "'": re.compile(r"(?<=\w)'(?=\w)")}
"""Closing marks that are apostrophes as well: between two letters they close nothing."""


def quoted_texts(text: str) -> Iterator[tuple[int, int]]:
    """Where each quoted text begins and ends, its marks included. What is not closed is none."""
    ends = {mark: _ends(text, mark) for mark in (*_CLOSING.values(), _MIXED + '"')}
    at = 0
    while opening := _OPENING.search(text, at):
        start, mark = opening.start(), opening.group()
        end = _next(ends[_CLOSING[mark]], start) if mark in _CLOSING else -1
        if _CLOSING.get(mark) in _IN_WORDS and re.match(r"\w", text[end + 1 : end + 2]):
            end = -1
        if end < 0 and mark in _MIXED:
            end = _next(ends[_MIXED + '"'], start)
        at = start + 1
        if end >= 0:
            yield start, end + 1
            at = end + 1


def _ends(text: str, marks: str) -> list[int]:
    """Where any of these marks stands that may close a text."""
    inner = {m.start() for m in _IN_WORDS[marks].finditer(text)} if marks in _IN_WORDS else set()
    return [m.start() for m in re.finditer(f"[{marks}]", text) if m.start() not in inner]


def _next(places: list[int], after: int) -> int:
    """The first of these places behind another one, -1 if there is none."""
    found = bisect(places, after)
    return places[found] if found < len(places) else -1
