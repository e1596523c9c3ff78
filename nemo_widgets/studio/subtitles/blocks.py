"""SRT and WebVTT: cues between lines of times, forgiving where the meaning is plain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .cues import Correction, Line, SubtitleError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_blocks", "stretch"]

_SEP, _DOT = r"[ ]?[:：][ ]?", r"[ ]?[.,，:;][ ]?"
_CLOCK = rf"(?:(\d{{1,3}}){_SEP})?(\d{{1,2}}){_SEP}(\d{{1,2}})(?:{_DOT}(\d{{1,9}}))?"
_ARROW = re.compile(r"-{1,3}>|[–—]>|→")
_TIMES = re.compile(rf"\s*{_CLOCK}\s*(?:-{{1,3}}>|[–—]>|→)\s*{_CLOCK}(?:\s.*)?")
_MEANT = re.compile(r"\d ?[:：] ?\d")
"""What is in a line of times, and not in a text with an arrow."""
_NUMBER = re.compile(r"#?\d{1,9}[.):]?")
_NO_CUES = ("NOTE", "STYLE", "REGION")
"""What blocks of a WebVTT file begin with that are no cues."""
_SIXTY = 60
_LIKE = "times look like 00:00:01,000 --> 00:00:03,500."


def read_blocks(lines: list[str], corrections: list[Correction]) -> Iterator[Line]:
    """The cues in the lines of an SRT or WebVTT file; what had to be put right is added to `corrections`.

    Raises:
        SubtitleError: there is no cue, but a text without times, or with times that can't be read.
    """
    vtt = lines[0][:6].upper() == "WEBVTT"
    timed = [at for at, line in enumerate(lines) if _is_timed(line)]
    failure = _before(lines[: timed[0] if timed else len(lines)], corrections, vtt=vtt)
    if not timed and failure is not None:
        raise failure
    good = 0
    for here, until in zip(timed, [*timed[1:], len(lines)], strict=False):
        try:
            start, end = stretch(lines[here], here + 1)
        except SubtitleError as error:
            failure = failure or error
            corrections.append(Correction(here + 1, "times"))
            continue
        good += 1
        text, broken = _text(lines, here + 1, _end(lines, here, until, vtt=vtt), vtt=vtt)
        if broken:
            corrections.append(Correction(broken, "gap"))
        yield Line(here + 1, start, end, text)
    if not good and failure is not None:
        raise failure


def stretch(line: str, at: int) -> tuple[int, int]:
    """The times in a line, in ms. `at` is the line's number.

    Raises:
        SubtitleError: they can't be read.
    """
    match = _TIMES.fullmatch(line)
    if match is None:
        raise SubtitleError(f"“{_short(line.strip())}” can't be read; {_LIKE}", at)
    return _ms(match.groups()[:4], at), _ms(match.groups()[4:], at)


def _is_timed(line: str) -> bool:
    return _ARROW.search(line) is not None and (
        _TIMES.fullmatch(line) is not None or ("-->" in line and _MEANT.search(line) is not None)
    )


def _ms(parts: tuple[str | None, ...], at: int) -> int:
    hours, minutes, seconds = (int(part or 0) for part in parts[:3])
    if minutes >= _SIXTY or seconds >= _SIXTY:
        raise SubtitleError(
            f"There is no minute or second {max(minutes, seconds)}: both go from 0 to 59.", at
        )
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int((parts[3] or "0").ljust(3, "0")[:3])


def _before(lines: list[str], corrections: list[Correction], *, vtt: bool) -> SubtitleError | None:
    """What stands before the first times: in WebVTT a head, in SRT a number; anything else is left out."""
    skip = vtt
    for at, line in enumerate(lines, 1):
        text = line.strip()
        if not text:
            skip = False
            continue
        skip = skip or (vtt and text.split(maxsplit=1)[0] in _NO_CUES)
        if skip or _NUMBER.fullmatch(text) or (vtt and at == len(lines)):
            continue
        corrections.append(Correction(at, "stray"))
        told = f"“{_short(text)}” has no times before it, such as 00:00:01,000 --> 00:00:03,500."
        return SubtitleError(told, at)
    return None


def _end(lines: list[str], here: int, until: int, *, vtt: bool) -> int:
    """Where the text of the cue at `here` ends, for the next cue's number or name stands before its times."""
    if until == len(lines):
        return until
    last = until - 1
    while last > here and not lines[last].strip():
        last -= 1
    if last <= here:
        return until
    first_line = last == here + 1
    apart = not lines[last - 1].strip()
    text = lines[last].strip()
    if _NUMBER.fullmatch(text) and not first_line:
        return last
    return last if vtt and apart and last == until - 1 and not first_line else until


def _text(lines: list[str], begin: int, until: int, *, vtt: bool) -> tuple[str, int]:
    """The cue's lines, and at which line (from 1) an empty one stood in it; 0 for none.

    In WebVTT a line of blanks is a line of the text, and a note or a style may stand behind an empty one.
    """
    kept: list[str] = []
    gap = skip = False
    broken = 0
    for at in range(begin, until):
        line = lines[at]
        if not (line if vtt else line.strip()):
            gap, skip = bool(kept), False
            continue
        if gap and vtt and line.split(maxsplit=1)[:1] and line.split(maxsplit=1)[0] in _NO_CUES:
            skip = True
        if skip:
            continue
        if gap and line.strip():
            broken = broken or at + 1
            gap = False
        kept.append(line)
    return "\n".join(kept), broken


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004 - what a sentence holds
