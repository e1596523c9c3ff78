"""Other spellings of the words in clips' names, which are data: nite for night, xmas for christmas."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

__all__ = ["respelt"]


@cache
def _others() -> dict[str, tuple[str, ...]]:
    """The other spellings of each word, read when the first message comes."""
    text = resources.files(__package__).joinpath("spellings.toml").read_text(encoding="utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for one, other in tomllib.loads(text)["pairs"]:
        found[one] = (*found.get(one, ()), other)
        found[other] = (*found.get(other, ()), one)
    return found


def respelt(name: str) -> list[str]:
    """A name with one of its words spelt otherwise, in each way that there is.

    >>> respelt("night walk")
    ['nite walk']
    """
    words = name.split()
    return [
        " ".join([*words[:i], other, *words[i + 1 :]])
        for i, word in enumerate(words)
        for other in _others().get(word, ())
    ]
