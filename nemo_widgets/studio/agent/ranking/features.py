"""What a ranker sees of a message: its words and letters, with a mark in the place of each value."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nemo_widgets.studio.agent.meanings.item import Item

__all__ = ["PLACES", "features", "masked"]

PLACES = 1 << 15
"""The features are hashed into so many places."""
_MARKS = {
    "{text}": "text",
    "{file}": "file",
    "{clip}": "clip",
    "{span}": "span",
    "{loose}": "span",
    "{onward}": "span",
    "{frame}": "frame",
    "{at}": "at",
    "{long}": "long",
    "{share}": "share",
    "{lufs}": "lufs",
    "{factor}": "factor",
}
"""The mark of a value, by its class; the first that it is of counts."""
_PIECE = re.compile(r"<[a-z]+>|[a-z']+|[\u3400-\u9fff]+|\d+(?:[.:]\d+)*|[^\s\w]", re.IGNORECASE)
_TOKEN = re.compile("[\ue000-\ue009][\ue100-\uf8ff]")
_LETTERS, _CHARACTERS = range(3, 6), range(1, 5)


def masked(text: str, items: Iterable[Item], at: int = 0) -> str:
    """The text that a row of items was made of, from `at` on, each value as a mark such as `<span>`."""
    parts = []
    for item in items:
        if item.values and (mark := next((_MARKS[s] for s in _MARKS if s in item.senses), "")):
            parts += [text[at : item.start], f" <{mark}> "]
            at = item.end
    return _TOKEN.sub(" <value> ", "".join([*parts, text[at:]]).lower())


def features(mask: str) -> np.ndarray:
    """The places of a masked text's features, each once, ascending."""
    pieces = [m.group().lower() for m in _PIECE.finditer(mask)]
    words = [
        "<n>" if piece[0].isdigit() else piece for piece in pieces if piece[0].isalnum() or piece[0] == "<"
    ]
    names = {*_of_words(words), *_of_letters(words)}
    return np.unique(
        np.fromiter((zlib.crc32(name.encode()) % PLACES for name in names), np.int64, len(names))
    )


def _of_words(words: Sequence[str]) -> Iterator[str]:
    row = ["^", *(word for run in words for word in _characters(run)), "$"]
    for at, word in enumerate(row):
        yield f"w{word}"
        if at + 1 < len(row):
            yield f"b{word} {row[at + 1]}"
        if at + 2 < len(row):
            yield f"s{word} {row[at + 2]}"


def _characters(run: str) -> Sequence[str]:
    return run if "\u3400" <= run[0] <= "\u9fff" else [run]


def _of_letters(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        chinese = "\u3400" <= word[0] <= "\u9fff"
        padded = word if chinese else f"_{word}_"
        if word[0] == "<":
            continue
        for size in _CHARACTERS if chinese else _LETTERS:
            yield from (f"l{padded[at : at + size]}" for at in range(len(padded) - size + 1))
