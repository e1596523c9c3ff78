"""Where code, links and quoted texts stand in a line of Markdown; each character is looked at once."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Aside", "asides"]

_CLOSING = dict(zip("“「『《【\"‘'", "”」』》】\"’'", strict=True))
_OPENS = re.compile(r"`+|!?\[|<https?://|https?://|[“「『《【\"‘]|(?<!\w)'")
_TICKS = re.compile("`+")
_LINK = re.compile(r"!?\[[^\[\]]*+\]\([^()\s]*+(?:\s++\"[^\"]*+\")?+\)")
_BUTTON = re.compile(r"\[[A-Za-z\u4e00-\u9fff][\w ,，'’&-]{0,30}\](?!\()")
_BARE = re.compile(r"[^\s，。；]+")
_BEHIND = ".,!?)*_"
"""What stands behind a bare address, and is no part of it."""
_WORD = re.compile(r"\w")
_BLANK_OR_END = re.compile(r"[>\s]")


class Aside(NamedTuple):
    """One stretch of a line, and what it is."""

    start: int
    end: int
    sort: Literal["quote", "code", "link"]


def asides(line: str) -> Iterator[Aside]:
    """The stretches of a line in order. What nothing closes is a mark like any other."""
    return _Line(line).found()


class _Line:
    """A line with what was looked up in it: the next of a mark is sought once, however many are opened."""

    def __init__(self, line: str) -> None:
        self._line = line
        self._next: dict[str, int] = {}
        self._ticks: dict[int, list[int]] | None = None

    def found(self) -> Iterator[Aside]:
        at = 0
        while m := _OPENS.search(self._line, at):
            if (found := self._at(m)) is not None:
                yield found
                at = found.end
            else:  # what is no link in brackets may be a bare one
                at = m.start() + 1 if m[0][0] == "<" else m.end()

    def _at(self, m: re.Match[str]) -> Aside | None:
        match m[0][0]:
            case "`":
                return self._code(m.start(), m.end())
            case "[" | "!":
                if link := _LINK.match(self._line, m.start()):
                    return Aside(*link.span(), "link")
                button = _BUTTON.match(self._line, m.end() - 1)
                return Aside(*button.span(), "quote") if button else None
            case "<":
                end = self._find(_BLANK_OR_END, m.end())
                closed = end > m.end() and self._line[end] == ">"
                return Aside(m.start(), end + 1, "link") if closed else None
            case "h":
                return self._bare(m.start(), m.end())
        return self._quote(m.start(), _CLOSING[m[0]])

    def _code(self, start: int, end: int) -> Aside | None:
        """Code between as many ticks; of more ticks than are closed the first ones are none of it."""
        if self._ticks is None:
            self._ticks = {}
            for run in _TICKS.finditer(self._line):
                self._ticks.setdefault(len(run[0]), []).append(run.start())
        for count in range(end - start, 0, -1):
            places = self._ticks.get(count, [])
            if (i := bisect_left(places, end)) < len(places):
                return Aside(end - count, places[i] + count, "code")
        return None

    def _bare(self, start: int, place: int) -> Aside | None:
        """An address without brackets, whose `place` begins behind its scheme."""
        run = _BARE.match(self._line, place)
        length = len(run[0].rstrip(_BEHIND)) if run else 0
        return Aside(start, place + length, "link") if length > 1 else None

    def _quote(self, start: int, closing: str) -> Aside | None:
        end = self._find(closing, start + 1)
        if end < 0 or (closing in "’'" and _WORD.match(self._line, end + 1)):
            return None
        return Aside(start, end + 1, "quote")

    def _find(self, what: str | re.Pattern[str], start: int) -> int:
        """Where the next of it stands, -1 for nowhere."""
        key = what if isinstance(what, str) else what.pattern
        at = self._next.get(key)
        if at is None or 0 <= at < start:
            if isinstance(what, str):
                at = self._line.find(what, start)
            else:
                found = what.search(self._line, start)
                at = found.start() if found else -1
            self._next[key] = at
        return at
