"""SBV as YouTube writes it, and LRC as songs have it: lines of text behind their times."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from .cues import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["is_lyrics", "is_sbv", "read_lyrics", "read_sbv"]

_CLOCK = r"(\d{1,3}):([0-5]?\d):([0-5]?\d)[.,](\d{1,3})"
_TIMES = re.compile(rf"\s{{0,9}}{_CLOCK},{_CLOCK}\s{{0,9}}")
_STAMP = re.compile(r"\s{0,9}\[(\d{1,3}):([0-5]?\d)(?:[.:](\d{1,3}))?\]")
_TAG = re.compile(r"\s{0,9}\[([A-Za-z#]{1,20}):(.*)\]\s*")
_LAST_MS = 5000
"""How long the last line of a song is shown: nothing says it."""


def is_sbv(lines: list[str]) -> bool:
    """Whether a file's first line is one of SBV's times."""
    return _TIMES.fullmatch(_first(lines)) is not None


def is_lyrics(lines: list[str]) -> bool:
    """Whether a file's first line is a time in brackets, behind what the song is called."""
    told = (line for line in lines if line.strip() and not _TAG.fullmatch(line))
    return _STAMP.match(next(told, "")) is not None


def read_sbv(lines: list[str]) -> Iterator[Line]:
    """The cues of an SBV file."""
    places = [(at, m) for at, line in enumerate(lines) if (m := _TIMES.fullmatch(line))]
    ends = [at for at, _ in places[1:]] + [len(lines)]
    for (at, m), end in zip(places, ends, strict=True):
        yield Line(at + 1, _ms(*m.groups()[:4]), _ms(*m.groups()[4:]), "\n".join(lines[at + 1 : end]))


def read_lyrics(lines: list[str]) -> Iterator[Line]:
    """The lines of a song, each until the next; one that is sung again has several times before it."""
    sung: list[tuple[int, int, str]] = []
    early = 0
    for at, line in enumerate(lines, 1):
        if (tag := _TAG.fullmatch(line)) is not None:
            told = re.fullmatch(r"\s*([+-]?\d{1,7})\s*", tag[2]) if tag[1].lower() == "offset" else None
            early = int(told[1]) if told else early
            continue
        end = 0
        stamps = []
        while m := _STAMP.match(line, end):
            stamps.append(_ms("0", *m.groups()))
            end = m.end()
        sung += [(max(0, stamp - early), at, line[end:].strip()) for stamp in stamps]
    sung.sort(key=lambda one: one[0])
    starts = sorted({start for start, _, _ in sung})
    until = dict(pairwise(starts))
    for start, at, text in sung:
        if text:  # one without words only ends what is before it
            yield Line(at, start, until.get(start, start + _LAST_MS), text)


def _first(lines: list[str]) -> str:
    return next((line for line in lines if line.strip()), "")


def _ms(hours: str, minutes: str, seconds: str, decimals: str | None) -> int:
    whole = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((decimals or "0").ljust(3, "0"))
