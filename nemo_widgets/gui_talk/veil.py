"""Code, links and quoted texts put aside, and emphasis taken off, so that grammar sees only words.

What is put aside becomes two characters of Unicode's private use area. Emphasis marks are left out of
the text that is read; where each character of it stands in the line is kept.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .asides import asides

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CODE", "LINK", "QUOTE", "TOKEN", "Line", "read"]

QUOTE, CODE, LINK = (f"{chr(0xE010 + i)}[\ue100-\uf8ff]" for i in range(3))
"""Regular expressions for one token of each sort."""
TOKEN = "[\ue010-\ue012][\ue100-\uf8ff]"  # noqa: S105 - of a grammar
_SORTS = {"quote": 0, "code": 1, "link": 2}
_QUICK = re.compile(r"[`\[<“「『《【\"‘']|https?:")
"""Without one of these, there is nothing to put aside: most lines are read faster for knowing it."""
_TYPED = re.compile("`%nemo[^`]*`")
"""Code among our own words; no code can stand within it."""
_APOSTROPHE = re.compile(r"(?<=\w)’(?=\w)")
_PRIVATE = re.compile("[\ue010-\uf8ff]")
_MARKS = re.compile(r"(?<!\\)(?:\*{1,3}|(?<!\w)_{1,2}(?=\S)|(?<=\S)_{1,2}(?!\w)|~~)")
_BLANKS = re.compile(r"(?<=\s)\s+")
_MOST = 0xF8FF - 0xE100
_DEEPEST = 20
"""Nobody nests emphasis deeper; what was opened before that is no emphasis."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of Markdown: `plain` is what is read, `at[i]` is where its character i stands in `marked`.

    Apostrophes are straight in what is read.
    """

    marked: str
    plain: str
    at: Sequence[int]
    aside: tuple[str, ...]
    pairs: tuple[tuple[int, int, str], ...]

    def inside(self, token: str) -> str:
        """What stands in a quoted text or in code, without the marks around it; a link's words."""
        words = self.aside[ord(token[1]) - 0xE100]
        if words.startswith("[") and "](" in words:
            return words[1 : words.index("](")].strip()
        return words.strip("`").strip() if words.startswith("`") else words[1:-1].strip()

    def reveal(self, text: str) -> str:
        """A text with tokens of this line as it was."""
        return re.sub(TOKEN, lambda m: self.aside[ord(m[0][1]) - 0xE100], text)

    def replace(self, edits: list[tuple[int, int, str]]) -> str:
        """The line with parts of `plain` (start, end, words; in order) replaced; emphasis stays balanced."""
        out, done = [], 0
        near: list[tuple[int, int, str]] = []
        ahead = deque(self.pairs)
        for start, end, said in edits:
            a = self.at[start] if start < len(self.at) else len(self.marked)
            b = self.at[end - 1] + 1 if end > start else a
            while ahead and ahead[0][0] <= b:
                near.append(ahead.popleft())
            near = [pair for pair in near if pair[1] + len(pair[2]) >= a]
            if not said.strip():
                a, b = self._emptied(a, b, near)
            for i, j, mark in reversed(near):
                b = j + len(mark) if a <= i < b == j else b
            inner = [(i, j, m) for i, j, m in near if not (a <= i and j < b)]
            opened = "".join(m for i, _, m in inner if a <= i < b)
            closed = "".join(m for _, j, m in reversed(inner) if a <= j < b)
            words = _TYPED.sub(lambda m: re.sub(CODE, lambda c: self.inside(c[0]), m[0]), said)
            core = words.strip()
            lead, trail = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
            words = f"{lead}{opened}{core}{closed}{trail}" if core else opened + closed + words
            out += [self.marked[done:a], words]
            done = b
        return self.reveal("".join([*out, self.marked[done:]]))

    def _emptied(self, a: int, b: int, near: list[tuple[int, int, str]]) -> tuple[int, int]:
        """The range together with emphasis that would have nothing left in it."""
        for i, j, mark in reversed(near):
            blank = not self.marked[i + len(mark) : max(a, i + len(mark))].strip()
            if i <= b and a <= j and blank and not self.marked[b:j].strip():
                a, b = min(a, i), max(b, j + len(mark))
        return a, b


def read(body: str) -> Line:
    """A line of Markdown as grammar reads it."""
    marked, aside = _put_aside(_PRIVATE.sub("\ufffd", body))
    pairs = _pairs(marked)
    skipped = {i for a, b, mark in pairs for start in (a, b) for i in range(start, start + len(mark))}
    for blanks in _BLANKS.finditer(marked):  # many are read as one: no grammar has to try each
        skipped.update(range(*blanks.span()))
    if not skipped:
        return Line(marked, _APOSTROPHE.sub("'", marked), range(len(marked)), tuple(aside), pairs)
    at = tuple(i for i in range(len(marked)) if i not in skipped)
    plain = _APOSTROPHE.sub("'", "".join(marked[i] for i in at))
    return Line(marked, plain, at, tuple(aside), pairs)


def _put_aside(line: str) -> tuple[str, list[str]]:
    """The line with tokens for what is code, link or quoted, and what each of them stands for."""
    aside: list[str] = []
    if not _QUICK.search(line):
        return line, aside
    parts, done = [], 0
    for start, end, sort in asides(line):
        if len(aside) > _MOST:
            break
        aside.append(line[start:end])
        parts += [line[done:start], chr(0xE010 + _SORTS[sort]), chr(0xE0FF + len(aside))]
        done = end
    return "".join([*parts, line[done:]]), aside


def _pairs(marked: str) -> tuple[tuple[int, int, str], ...]:
    """Where emphasis opens and closes, and with what."""
    if not ("*" in marked or "_" in marked or "~" in marked):
        return ()
    opened: deque[tuple[int, str]] = deque()
    waiting: Counter[str] = Counter()
    found: list[tuple[int, int, str]] = []
    for m in _MARKS.finditer(marked):
        mark, after, before = m.group(), marked[m.end() : m.end() + 1], marked[m.start() - 1 : m.start()]
        if waiting[mark] and before.strip():
            start, other = opened.pop()
            while other != mark:  # what was opened within is not closed any more
                waiting[other] -= 1
                start, other = opened.pop()
            waiting[mark] -= 1
            found.append((start, m.start(), mark))
        elif after.strip():
            if len(opened) == _DEEPEST:
                waiting[opened.popleft()[1]] -= 1
            opened.append((m.start(), mark))
            waiting[mark] += 1
    return tuple(sorted(found))
