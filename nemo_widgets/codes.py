"""Base64, base32 and hexadecimal, whatever stands between their signs, and wherever the bytes begin."""

from __future__ import annotations

import base64
import math
import re
from binascii import a2b_base64
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["CODES", "Code", "alike", "stretches"]

_X = b"x"
_LEAST = 24
"""So many signs in a row are taken for something in code; lines of it may follow."""


@dataclass(frozen=True, slots=True)
class Code:
    """How bytes are written as signs of so many `bits` each.

    Attributes:
        bits: of one sign.
        signs: what each sign counts as: both cases alike, where the case tells nothing.
        run: what is worth being decoded, from its first sign on.
        encode: gives the signs for bytes.
        decode: gives what is behind so many bits, for each number of bits that a byte may begin behind.
        void: what stands before signs, and is none, though it looks so.
    """

    bits: int
    signs: dict[str, str]
    run: Callable[[], re.Pattern[bytes]]
    encode: Callable[[bytes], bytes]
    decode: Callable[[bytes], Iterator[tuple[int, bytes]]]
    void: tuple[bytes, ...] = ()
    _values: bytes = field(init=False)
    _others: bytes = field(init=False)
    _alike: bytes = field(init=False)

    def __post_init__(self) -> None:
        values = bytearray(256)
        for sign, value in self.signs.items():
            values[ord(sign)] = ord(value)
        object.__setattr__(self, "_values", bytes(values))
        object.__setattr__(self, "_others", bytes(code for code in range(256) if not values[code]))
        object.__setattr__(self, "_alike", alike(code for code in range(256) if values[code]))

    def read(self, data: bytes) -> bytes:
        """The signs in a text."""
        return self._without_void(data).translate(self._values, self._others)

    def marks(self, data: bytes) -> bytes:
        """A text with a zero for all that is no sign."""
        return self._without_void(data).translate(self._values)

    def _without_void(self, data: bytes) -> bytes:
        for void in self.void:
            data = data.replace(void, b" " * len(void))
        return data

    def runs(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """What in a text is worth being decoded, and where it begins."""
        end = 0
        for begin, _ in stretches(data.translate(self._alike), _LEAST):
            if begin >= end and (found := self.run().match(data, begin)) is not None:
                end = found.end()
                yield begin, found[0]

    def forms(self, data: bytes) -> list[bytes]:
        """The signs for bytes, wherever they begin, without those in which others have a part."""
        return [
            self.read(self.encode(bytes(before) + data))[
                -(-before * 8 // self.bits) : (before + len(data)) * 8 // self.bits
            ]
            for before in range(math.lcm(self.bits, 8) // 8)
        ]


def alike(wanted: Iterable[int]) -> bytes:
    """A table by which `bytes.translate` makes the same of all these, and another thing of all others."""
    table = bytearray(b"." * 256)
    for code in wanted:
        table[code] = _X[0]
    return bytes(table)


def stretches(data: bytes, least: int) -> Iterator[tuple[int, int]]:
    """Where in what `alike` made there are so many of the same in a row, and where those end."""
    end, much = 0, _X * least
    while (begin := data.find(much, end)) >= 0:
        end = data.find(b".", begin)
        end = len(data) if end < 0 else end
        yield begin, end


def _run(*alphabets: str) -> Callable[[], re.Pattern[bytes]]:
    """What is written in one of these alphabets: a run of signs, and the lines, or groups, behind it."""
    runs = (rf"[{signs}]{{{_LEAST},}}(?:[\s\"',;:.\\*`|>=]{{1,4}}[{signs}]+)*" for signs in alphabets)
    return cache(lambda: re.compile("|".join(runs).encode()))  # once it is needed, for it takes a moment


def _from_base64(signs: bytes) -> Iterator[tuple[int, bytes]]:
    for first in range(4):
        rest = signs[first:]
        yield first * 6, a2b_base64(rest + b"A" * (-len(rest) % 4))


def _from_base32(signs: bytes) -> Iterator[tuple[int, bytes]]:
    number, bits = int(signs, 32), len(signs) * 5
    for first in range(8):
        over = (first - bits) % 8
        count = (bits + over - first) // 8
        yield first, (number << over).to_bytes(count + 1, "big")[1:]


def _from_hexadecimal(signs: bytes) -> Iterator[tuple[int, bytes]]:
    for first in range(2):
        rest = signs[first:].decode()
        yield first * 4, bytes.fromhex(rest + "0" * (len(rest) % 2))


_LOWER, _UPPER, _DIGITS = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
_OF_64 = f"{_UPPER}{_LOWER}{_DIGITS}+/"
_OF_32 = f"{_LOWER}234567"
_OF_16 = f"{_DIGITS}abcdef"

CODES = (
    Code(
        6,
        dict(zip(f"{_OF_64}-_", f"{_OF_64}+/", strict=True)),
        _run("A-Za-z0-9+/_-"),
        base64.b64encode,
        _from_base64,
    ),
    Code(
        5,
        dict(zip(f"{_OF_32}{_OF_32.upper()}", 2 * f"{_DIGITS}{_LOWER[:22]}", strict=True)),
        _run("A-Z2-7", "a-z2-7"),
        base64.b32encode,
        _from_base32,
    ),
    Code(
        4,
        dict(zip(f"{_OF_16}ABCDEF", f"{_OF_16}abcdef", strict=True)),
        _run("0-9A-F", "0-9a-f"),
        base64.b16encode,
        _from_hexadecimal,
        void=(b"0x", b"0X"),
    ),
)
