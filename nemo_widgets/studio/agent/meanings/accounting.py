"""Words that may not be left out of a message: for what something is to be done, or what is to stay."""

from __future__ import annotations

import re
from functools import cache

from .lexicon import left_words

__all__ = ["binds", "spares"]

_LATIN = re.compile(r"[a-z0-9&:'-]+(?: [a-z0-9&:'-]+)*")


def binds(words: str) -> bool:
    """Whether words say to what something is to be done, or what is to stay: it goes not without them."""
    return bool(_any("bounds").search(words)) or spares(words)


def spares(words: str) -> bool:
    """Whether words say what is to stay as it is."""
    return bool(_any("exceptions").search(words))


@cache
def _any(name: str) -> re.Pattern[str]:
    """A pattern for any word of a class, in every language, the longest first."""
    longest = sorted(dict.fromkeys(left_words(name)), key=len, reverse=True)
    return re.compile("|".join(map(_as_it_is, longest)), re.IGNORECASE)


def _as_it_is(word: str) -> str:
    if not _LATIN.fullmatch(word):
        return re.escape(word)
    return r"(?<![a-z0-9'-])" + r"\s+".join(map(re.escape, word.split())) + r"(?![a-z0-9'-])"
