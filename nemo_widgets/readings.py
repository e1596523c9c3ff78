r"""What a text says to whoever decodes it: escapes undone, and what is in base64, base32 or hexadecimal read.

A page, a terminal or a reader decodes what the program has not, and passes over what is between two signs:
marks of Markdown, line ends, what nobody sees. So each reading has its letters and digits by themselves, too
(`bare`), and knows where in the text they come from. What is coded may begin anywhere, and may be coded
again. A text is read a bounded number of times, so that it takes time in proportion to its length.

>>> [reading.text for reading in readings("%62m12X3Vzcl9BYjM=")][1]
'bm12X3Vzcl9BYjM='
>>> any(reading.text.startswith("nmv_usr_Ab3") for reading in readings("%62m12X3Vzcl9BYjM="))
True
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import compress
from typing import TYPE_CHECKING, Protocol

from .codes import CODES, alike, stretches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .codes import Code

__all__ = ["LEAST", "Reading", "readings"]

_LAYERS = 3
"""So many codes, one inside of the other, are read."""
_MOST_READ = 12
"""So many times its length of a text are decoded in all."""
_PASSES = 3
"""So often escapes are undone: percent-encoded entities of JSON's escapes."""
LEAST = 12
"""What is shorter holds nothing that is looked for."""

_LETTERS = bytes(code for code in range(128) if chr(code).isalnum())
_REST = bytes(code for code in range(256) if code not in _LETTERS)
_IS_LETTER = bytes(code in _LETTERS for code in range(256))
_WRITTEN = alike([*range(128), 0xC2, 0xAD, 0xE2, 0x80, 0x81, *range(0x8B, 0x90), 0xA0, 0xEF, 0xBB, 0xBF])
"""The bytes of a text: ASCII, also in UTF-16, and what nobody sees in UTF-8."""
_PLAIN = bytes(code for code in range(32, 127) if chr(code) not in "\\%&<") + b"\t\n\r"
"""What is no part of an escape, and is seen."""

_UNSEEN = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069"
    r"\ufe00-\ufe0f\ufeff"
)


@cache
def _escape() -> re.Pattern[str]:
    return re.compile(
        r"\\{1,16}(?:u(?P<json>[0-9a-fA-F]{4})|U(?P<long>[0-9a-fA-F]{8})|[uU]\{(?P<braces>[0-9a-fA-F]{1,8})\}"
        r"|[uU]0{0,6}(?P<short>[0-9a-fA-F]{2})|x(?P<byte>[0-9a-fA-F]{2})|(?P<octal>[0-3][0-7]{2})|[abefnrtv])"
        r"|%(?:25){0,8}(?:u(?P<script>[0-9a-fA-F]{4})|(?P<percent>[0-9a-fA-F]{2}))"
        r"|&(?:amp;){0,8}(?P<entity>\#(?:\d{1,9}|[xX][0-9a-fA-F]{1,8});?|[A-Za-z][A-Za-z0-9]{1,30};)"
    )


@cache
def _unshown() -> re.Pattern[str]:
    return re.compile(
        r"(?:\x1b\[|\x9b)[0-?]{0,16}[ -/]{0,4}[@-~]"  # colours, the cursor
        r"|</?[A-Za-z][A-Za-z0-9]{0,8}(?:\s[^<>]{0,80})?/?>|<!--[^<>]{0,80}-->"
        rf"|[{_UNSEEN}]"
    )


class _Source(Protocol):
    def place(self, begin: int, end: int) -> tuple[int, int]: ...


class Reading:
    """One reading of a text, and where in the text it comes from.

    Attributes:
        text: what is read.
        data: a byte for each of its characters, those of ASCII and Latin-1 as they are.
        bare: its ASCII letters and digits alone.
        coded: whether it was in a code.
    """

    __slots__ = ("_at", "_signs", "_source", "bare", "coded", "data", "text")

    def __init__(self, text: str, source: _Source | None, *, coded: bool) -> None:
        self.text, self.coded, self._source = text, coded, source
        self.data = text.encode() if text.isascii() else text.encode("latin-1", "replace")
        self.bare = self.data.translate(None, _REST)
        self._signs: dict[int, bytes] = {}
        self._at: dict[int, list[int]] = {}

    def signs(self, code: Code) -> bytes:
        """The signs of a code in it."""
        if code.bits not in self._signs:
            self._signs[code.bits] = code.read(self.data)
        return self._signs[code.bits]

    def is_odd(self) -> bool:
        """Whether there may be an escape in it, or something that nobody sees."""
        return not self.text.isascii() or bool(self.data.translate(None, _PLAIN))

    def place(self, begin: int, end: int) -> tuple[int, int]:
        """Where in the whole text a part of this reading comes from."""
        return (begin, end) if self._source is None else self._source.place(begin, end)

    def place_of_signs(self, code: Code, begin: int, end: int) -> tuple[int, int]:
        """Where in the whole text signs of a code come from."""
        at = self._places(code.bits, lambda: code.marks(self.data))
        return self.place(at[begin], at[min(end, len(at)) - 1] + 1)

    def bare_at(self, index: int) -> int:
        """Where in this reading the letter or digit of that number stands."""
        return self._places(0, lambda: self.data.translate(_IS_LETTER))[index]

    def _places(self, kind: int, marks: Callable[[], bytes]) -> list[int]:
        if kind not in self._at:
            self._at[kind] = list(compress(range(len(self.data)), marks()))
        return self._at[kind]


def readings(text: str) -> Iterator[Reading]:
    """All readings of a text, the text itself first, and what is in fewer codes before what is in more."""
    left = _MOST_READ * len(text)
    level: list[tuple[str, _Source | None]] = [(text, None)]
    for layer in range(_LAYERS + 1):
        coded: list[tuple[str, _Source | None]] = []
        for written, source in level:
            reading = Reading(written, source, coded=layer > 0)
            yield reading
            for undone in _undone(reading) if len(reading.bare) >= LEAST else ():
                reading = undone
                yield reading
            for found in _decoded(reading) if layer < _LAYERS else ():
                if (left := left - len(found[0])) < 0:
                    break
                coded.append(found)
        level = coded


def _undone(reading: Reading) -> Iterator[Reading]:
    """A reading with its escapes undone, and again with those that come to light."""
    for _ in range(_PASSES):
        before = reading
        for pattern, said in ((_escape(), _said), (_unshown(), _nothing)) if reading.is_odd() else ():
            text, count = pattern.subn(said, reading.text)
            if count:
                reading = Reading(text, _Undone(reading, pattern, said), coded=reading.coded)
                yield reading
        if reading is before:
            break


def _decoded(reading: Reading) -> Iterator[tuple[str, _Source]]:
    """What may be a text in a code in a reading."""
    for code in CODES:
        runs = list(code.runs(reading.data))
        if not runs and code is CODES[0]:
            break  # it has all signs of the others
        barren: set[bytes] = set()  # such as an address that is in each segment of a draft
        for begin, run in runs:
            if run not in barren:
                found = list(_parts(_Run(reading, code, begin, run)))
                yield from found
                barren |= set() if found else {run}


def _parts(run: _Run) -> Iterator[tuple[str, _Source]]:
    for dropped, data in run.code.decode(run.code.read(run.data)):
        for begin, end in stretches(data.translate(_WRITTEN), LEAST):
            yield data[begin:end].decode("latin-1"), _Decoded(run, dropped + 8 * begin)


def _nothing(_: re.Match[str]) -> str:
    return ""


def _said(escape: re.Match[str]) -> str:
    """What an escape stands for."""
    match escape.lastgroup:
        case None:
            return ""
        case "octal":
            return chr(int(escape["octal"], 8))
        case "entity":
            import html  # its table takes a moment

            return html.unescape(f"&{escape['entity']}")
        case kind:
            code = int(escape[kind], 16)
            return chr(code) if code <= sys.maxunicode else ""


class _Undone:
    """A reading with what a pattern finds replaced."""

    def __init__(
        self, before: Reading, pattern: re.Pattern[str], said: Callable[[re.Match[str]], str]
    ) -> None:
        self._before, self._pattern, self._said = before, pattern, said
        self._begins: list[int] = []
        self._marks: list[tuple[int, int]] = []

    def place(self, begin: int, end: int) -> tuple[int, int]:
        return self._before.place(self._origin(begin)[0], self._origin(end - 1)[1])

    def _origin(self, at: int) -> tuple[int, int]:
        """Where the character comes from: all of what was replaced by it, or one."""
        if not self._marks:
            begins, marks, grown = [0], [(0, 0)], 0
            for found in self._pattern.finditer(self._before.text):
                begin, end = found.span()
                length = len(self._said(found))
                begins += (begin + grown, begin + grown + length)
                marks += ((begin, length), (end, 0))
                grown += length - (end - begin)
            self._begins, self._marks = begins, marks
        index = bisect_right(self._begins, at) - 1
        old, length = self._marks[index]
        if length:
            return old, self._marks[index + 1][0]
        new = self._begins[index]
        return old + at - new, old + at - new + 1


class _Run:
    """Signs of a code in a reading, which begin there."""

    def __init__(self, reading: Reading, code: Code, begin: int, data: bytes) -> None:
        self.data, self.code = data, code
        self._reading, self._begin = reading, begin
        self._at: list[int] | None = None

    def place(self, begin: int, end: int) -> tuple[int, int]:
        """Where signs of it come from."""
        if self._at is None:
            self._at = list(compress(range(len(self.data)), self.code.marks(self.data)))
        first, last = self._at[begin], self._at[min(end, len(self._at)) - 1] + 1
        return self._reading.place(self._begin + first, self._begin + last)


@dataclass(frozen=True, slots=True)
class _Decoded:
    """What signs stand for, behind so many bits."""

    signs: _Run
    bits: int

    def place(self, begin: int, end: int) -> tuple[int, int]:
        first, last = self.bits + 8 * begin, self.bits + 8 * end
        return self.signs.place(first // self.signs.code.bits, -(-last // self.signs.code.bits))
