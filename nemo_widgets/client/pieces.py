"""Whether two texts that a server sent, one after the other, are one: some do not say that it is pieces."""

from __future__ import annotations

__all__ = ["goes_on", "told_anew"]

_SHORTEST = 3
"""So many letters are hardly repeated by chance at the beginning of the next piece."""
_OPEN = frozenset(",;:-–—/('\"“‘[#@$€£~，、；：（《「")
"""Behind one of these a text can't be at its end."""
_CLOSING = frozenset(",.;:!?)%'’”]…，。、；：！？）》」")
"""By one of these no text begins."""


def goes_on(last: str, first: str) -> bool:
    """Whether a text that ends with the character `last` goes on in one that begins with `first`.

    So it is in the middle of a word or of a sentence, but not behind a line or at a sentence's beginning.
    """
    if "\n" in (last, first):
        return False
    if last.isspace() or first.isspace():
        return True
    lower = first.islower() or first.isdigit() or (first.isalpha() and not first.isupper())
    return (lower and (last.isalnum() or last in _OPEN)) or (first in _CLOSING and last.isalnum())


def told_anew(before: str, words: str) -> bool:
    """Whether `words` tell all that was told `before` once more, and go on: each piece holds all so far."""
    if len(words) <= len(before) or not words.startswith(before) or not any(c.isalpha() for c in before):
        return False
    following = words[len(before)]
    if before.isascii():
        return len(before) >= _SHORTEST or not following.isalnum()
    return following != before[-1]
