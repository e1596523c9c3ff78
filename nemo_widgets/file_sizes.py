"""How large a file is, as people say it."""

from __future__ import annotations

from .catalogue import say

__all__ = ["size_words"]

_ROUND = 100


def size_words(size: int) -> str:
    """A number of bytes as people say it.

    >>> size_words(3_145_728), size_words(540_800_000), size_words(900)
    ('3.1 MB', '541 MB', '900 bytes')
    """
    for unit, least in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= least:
            number = size / least
            return f"{number:,.0f} {unit}" if number >= _ROUND else f"{number:.1f} {unit}"
    return say("size.byte") if size == 1 else say("size.bytes", size=size)
