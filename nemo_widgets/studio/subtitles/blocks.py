"""SRT and WebVTT: cues between lines of times, forgiving where the meaning is plain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import english

from .cues import Correction, Line, SubtitleError
from .times import Times, is_timed, short

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_blocks"]

_NUMBER = re.compile(r"#?\d{1,9}[.):]?")
_NO_CUES = ("NOTE", "STYLE", "REGION")
"""What blocks of a WebVTT file begin with that are no cues."""


def read_blocks(lines: list[str], corrections: list[Correction]) -> Iterator[Line]:
    """The cues in the lines of an SRT or WebVTT file; what had to be put right is added to `corrections`.

    Raises:
        SubtitleError: there is no cue, but a text without times, or with times that can't be read.
    """
    vtt = lines[0][:6].upper() == "WEBVTT"
    timed = [at for at, line in enumerate(lines) if is_timed(line)]
    failure = _before(lines[: timed[0] if timed else len(lines)], corrections, vtt=vtt)
    if not timed and failure is not None:
        raise failure
    good, times = 0, Times(lines)
    if times.frames:
        corrections.append(Correction(times.counted, f"{times.frames} frames"))
    for here, until in zip(timed, [*timed[1:], len(lines)], strict=False):
        try:
            start, end = times.read(lines[here], here + 1)
        except SubtitleError as error:
            failure = failure or error
            corrections.append(Correction(here + 1, "times"))
            continue
        good += 1
        if start < 0:
            corrections.append(Correction(here + 1, "early" if end > 0 else "before"))
            if end <= 0:
                continue
            start = 0
        text, broken = _text(lines, here + 1, _end(lines, here, until, vtt=vtt), vtt=vtt)
        if broken:
            corrections.append(Correction(broken, "gap"))
        yield Line(here + 1, start, end, text)
    if not good and failure is not None:
        raise failure


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
        told = english("media.no times", text=short(text))
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
