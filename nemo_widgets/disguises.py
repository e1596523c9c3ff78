"""How a secret can be found in a text, also where it is written otherwise, as servers and formats write it.

What a text says is found out in `readings`. In each of them a secret's letters and digits are looked for by
themselves, so that it matters not what stands between them: marks of Markdown, spaces, line ends, what nobody
sees. A search takes time in proportion to the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .codes import CODES
from .readings import LEAST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .codes import Code
    from .readings import Reading

__all__ = ["Disguises"]

_SHORTEST = 8
"""A shorter secret would be found in the middle of ordinary words, so it is not looked for in texts."""
_LEAST_BARE = 8
"""With so many letters and digits, and `LEAST` characters, a secret is found also where it was cut off."""


class Disguises:
    """Finds one secret of visible ASCII. To make it costs nothing before the first text is looked through."""

    __slots__ = ("__weakref__", "_coded", "_plain", "_secret")

    def __init__(self, secret: str) -> None:
        self._secret = secret if len(secret) >= _SHORTEST else ""
        self._plain: _Bare | None = None
        self._coded: list[tuple[Code, bytes, bytes]] = []

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Disguises) and self._secret == other._secret

    def __hash__(self) -> int:
        return hash(self._secret)

    def spans(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Where in the whole text the secret stands in a reading of it, as it is or in a code."""
        if not self._secret or len(reading.text) < _SHORTEST:
            return
        if self._plain is None:
            self._plain = _Bare(self._secret)
            self._coded = list(_coded(self._secret.encode()))
        for begin, end in self._plain.spans(reading):
            yield reading.place(begin, end)
        for code, start, whole in self._coded if len(reading.bare) > LEAST else ():
            signs = reading.signs(code)
            for at, count in _found(signs, start, whole):
                yield reading.place_of_signs(code, at, at + count)


class _Bare:
    """A secret's letters and digits; what has few of them is looked for as it is."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self._places = [at for at, sign in enumerate(secret) if sign.isalnum()]
        self._bare = bytes(ord(secret[at]) for at in self._places)
        within = sum(at < LEAST for at in self._places)
        self._start = self._bare[: max(within, _LEAST_BARE)] if len(self._bare) >= LEAST else b""

    def spans(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Where the secret stands in a reading."""
        if self._start:
            for at, count in _found(reading.bare, self._start, self._bare):
                yield self._around(reading, at, count)
        else:
            secret = self._secret.encode()
            for at, count in _found(reading.data, secret, secret):
                yield at, at + count

    def _around(self, reading: Reading, at: int, count: int) -> tuple[int, int]:
        """Where so many of the secret's letters and digits stand, with its other signs before and behind."""
        begin, end = reading.bare_at(at), reading.bare_at(at + count - 1) + 1
        before, behind = self._secret[: self._places[0]], self._secret[self._places[count - 1] + 1 :]
        if before and reading.text.endswith(before, 0, begin):
            begin -= len(before)
        return begin, end + _common(behind, reading.text[end : end + len(behind)])


def _coded(secret: bytes) -> Iterator[tuple[Code, bytes, bytes]]:
    """A secret in each code, wherever it begins in what was encoded: its beginning, and all of it."""
    for code in CODES:
        for start, whole in zip(code.forms(secret[:LEAST]), code.forms(secret), strict=True):
            yield code, start, whole


def _found(text: bytes, start: bytes, whole: bytes) -> Iterator[tuple[int, int]]:
    """Where in a text that start is, and how much of the whole behind it."""
    at = text.find(start)
    while at >= 0:
        count = _common(whole, text[at : at + len(whole)])
        yield at, count
        at = text.find(start, at + count)


def _common(one: str | bytes, other: str | bytes) -> int:
    """How much two texts have in common from their beginning."""
    if one[: len(other)] == other:
        return len(other)
    return next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(other)
    )
