"""The times in a line of SRT or WebVTT, as people and programs write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import english

from .cues import SubtitleError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Times", "is_timed", "short"]

_PLAIN = str.maketrans("：；，．＞－−‐‑\u3000\xa0", ":;,.>----  ")
"""Full-width signs, minus signs and hyphens as what they stand for."""
_SEP, _DOT = r" ?: ?", r" ?([.,:;]) ?"
_CLOCK = rf"(-?)(?:(\d{{1,3}}){_SEP})?(\d{{1,2}}){_SEP}(\d{{1,2}})(?:{_DOT}(\d{{1,9}}))?"
_GROUPS = 6
_ARROW = r"\s*(?:-{1,3}>|[–—]>|→)\s*"
_TIMES = re.compile(rf"\s*{_CLOCK}{_ARROW}{_CLOCK}(?:\s.*)?")
_FULL = rf"(-?)(\d{{1,3}}){_SEP}(\d{{1,2}}){_SEP}(\d{{1,2}}){_DOT}(\d{{1,9}})"
_DASHED = re.compile(rf"\s*{_FULL}\s*[-–—~～]\s*{_FULL}\s*")
"""Both times are whole, so that nothing else can be meant, though there is no arrow."""
_SECONDS = re.compile(r"\s*(\d{1,6}[.,]\d{1,6})\s*-->\s*(\d{1,6}[.,]\d{1,6})\s*")
_MEANT = re.compile(r"\d ?: ?\d|^\s*[-+]?\d[\d\s:.,;'hms]*-->\s*[-+]?\d")
"""What is in a line of times, and not in a text with an arrow."""
_SIXTY = 60
_THOUSANDTHS = 3
_RATES = (25, 30, 50, 60)
"""Frames a second that are assumed where times count them: the first that has as many."""
_DROPS = 30
"""A rate at which a semicolon tells that numbers are left out: two a minute, but for each tenth."""


_Parts = tuple[str | None, ...]


class Times:
    """Reads the times of a file's lines.

    What stands behind a colon or a semicolon instead of a comma are frames, unless some are too many for
    that: then they are decimals as behind a comma.

    Attributes:
        frames: how many a second are assumed to be counted, 0 for none. A semicolon stands for drop-frame.
        counted: the first line (from 1) that counts frames, 0 for none.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self.frames = self.counted = 0
        most = 0
        for at, line in enumerate(lines, 1):
            if (match := _match(line)) is None:
                continue
            for clock in (match[:_GROUPS], match[_GROUPS:]):
                mark, digits = clock[-2:]
                if not digits or mark not in (":", ";"):
                    continue
                if len(digits) >= _THOUSANDTHS or int(digits) >= _RATES[-1]:
                    self.frames = self.counted = 0
                    return
                drops = _DROPS - 1 if mark == ";" else 0  # a semicolon is never written at 25
                most, self.counted = max(most, int(digits), drops), self.counted or at
        if self.counted:
            self.frames = next(rate for rate in _RATES if most < rate)

    def read(self, line: str, at: int) -> tuple[int, int]:
        """From when until when, in ms; below 0 before the film begins. `at` is the line's number.

        Raises:
            SubtitleError: they can't be read.
        """
        if match := _SECONDS.fullmatch(line.translate(_PLAIN)):
            start, end = (round(float(part.replace(",", ".")) * 1000) for part in match.groups())
            return start, end
        parts = _match(line)
        if parts is None:
            raise SubtitleError(english("media.bad times", text=short(line.strip())), at)
        return self._ms(parts[:_GROUPS], at), self._ms(parts[_GROUPS:], at)

    def _ms(self, parts: _Parts, at: int) -> int:
        sign, *clock, mark, digits = parts
        hours, minutes, seconds = (int(part or 0) for part in clock)
        if minutes >= _SIXTY or seconds >= _SIXTY:
            raise SubtitleError(english("media.sixty", number=max(minutes, seconds)), at)
        minutes += hours * 60
        whole = (minutes * 60 + seconds) * 1000
        if not self.frames or mark not in (":", ";"):
            moment = whole + int((digits or "0").ljust(_THOUSANDTHS, "0")[:_THOUSANDTHS])
        elif mark == ";" and self.frames == _DROPS:
            count = (minutes * 60 + seconds) * _DROPS + int(digits or 0) - 2 * (minutes - minutes // 10)
            moment = round(count * 1001 / _DROPS)
        else:
            moment = whole + round(int(digits or 0) * 1000 / self.frames)
        return -moment if sign else moment


def is_timed(line: str) -> bool:
    """Whether it is a line of times, also of some that can't be read."""
    if _match(line) is not None:
        return True
    plain = line.translate(_PLAIN)
    return "-->" in plain and _MEANT.search(plain) is not None


def short(text: str) -> str:
    """A text as a sentence can hold it."""
    seen = "".join(c if c.isprintable() else "\ufffd" for c in text[:40])
    return seen if len(text) <= 40 else seen[:39] + "…"  # noqa: PLR2004 - what a sentence holds


def _match(line: str) -> _Parts | None:
    """The two clocks in a line of times, as they are written."""
    if not any(sign in line for sign in ":："):
        return None
    plain = line.translate(_PLAIN)
    match = _TIMES.fullmatch(plain) or _DASHED.fullmatch(plain)
    return match.groups() if match is not None else None
