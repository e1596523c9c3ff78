"""The cues in a text, whatever kind of file it is from."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import english
from nemo_widgets.studio.limits import MOST_TEXT

from .blocks import read_blocks
from .captions import is_lyrics, is_sbv, read_lyrics, read_sbv
from .cues import Correction, Cue, SubtitleError, Subtitles
from .layers import layered
from .markup import plain
from .rolling import unrolled
from .scripts import is_script, read_script
from .timed_text import is_timed_text, read_timed_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .cues import Line

__all__ = ["read_subtitles"]

_MOST_CUES = 20_000
_MOMENT_MS = 2000
"""How long a cue without a length is shown, or until the next one."""


def read_subtitles(text: str) -> Subtitles:
    """The cues in the text of a file, whatever it is called: SRT, WebVTT, ASS, SSA, SBV, LRC, TTML.

    Numbers may be missing or wrong, decimals stand behind a comma or a point, hours may be left out. Tags
    and positions are taken away. What can be used is used: what is wrong with the rest is told.

    Raises:
        SubtitleError: no cue can be read, or there are too many.
    """
    whole = text.replace("\ufeff", "")  # of files that were joined each may have one
    whole = whole.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    lines = whole.split("\n")
    vtt, timed = lines[0][:6].upper() == "WEBVTT", is_timed_text(whole)
    script = timed or is_script(lines)
    corrections: list[Correction] = []
    read: list[Line] = []
    for cue in read_timed_text(whole, corrections) if timed else _lines(lines, corrections):
        if not plain(cue.text, vtt=vtt):
            corrections.append(Correction(cue.line, "empty"))
        else:
            read.append(cue)
    cues: list[tuple[int, Cue]] = []
    for cue in read if script else unrolled(read, corrections, vtt=vtt):
        written, end = plain(cue.text, vtt=vtt), cue.end
        if len(written) > MOST_TEXT:
            raise SubtitleError(_too_long(len(written)), cue.line)
        if end <= cue.start:
            corrections.append(Correction(cue.line, "length"))
            end = cue.start + _MOMENT_MS
        cues.append((cue.line, (cue.start, end, written)))
    if not cues:
        raise SubtitleError(english("media.no cues"))
    if len(cues) > _MOST_CUES:
        raise SubtitleError(english("media.many cues", count=f"{len(cues):,}", most=f"{_MOST_CUES:,}"))
    apart = layered(_until_next(cues, corrections)) if script else _apart(cues, corrections)
    return Subtitles(apart, sorted(corrections, key=lambda c: c.line))


def _lines(lines: list[str], corrections: list[Correction]) -> Iterator[Line]:
    """The cues in the lines of a file that is no XML."""
    if is_script(lines):
        return read_script(lines, corrections)
    if is_sbv(lines):
        return read_sbv(lines)
    return read_lyrics(lines) if is_lyrics(lines) else read_blocks(lines, corrections)


def _until_next(cues: list[tuple[int, Cue]], corrections: list[Correction]) -> list[Cue]:
    """The cues of a script, in which several may stand at once; one without a length ends with the next."""
    given = {c.line for c in corrections if c.reason == "length"}
    starts = sorted({start for _, (start, _, _) in cues})
    out = []
    for line, (start, end, text) in cues:
        place = bisect_right(starts, start)
        until = min(end, starts[place]) if line in given and place < len(starts) else end
        out.append((start, until, text))
    return out


def _apart(cues: list[tuple[int, Cue]], corrections: list[Correction]) -> list[Cue]:
    given = {c.line for c in corrections if c.reason == "length"}
    latest = -1
    for line, (start, _, _) in cues:
        if start < latest:
            corrections.append(Correction(line, "order"))
        latest = max(latest, start)
    out: list[Cue] = []
    before = 0
    for line, (start, end, text) in sorted(cues, key=lambda entry: entry[1][0]):
        if out and out[-1][0] == start:
            corrections.append(Correction(line, "same time"))
            out[-1] = (start, max(end, out[-1][1]), f"{out[-1][2]}\n{text}")
            if len(out[-1][2]) > MOST_TEXT:
                raise SubtitleError(_too_long(len(out[-1][2])), line)
            continue
        if out and out[-1][1] > start:
            if before not in given:  # what was given a moment was given it until here
                corrections.append(Correction(line, "overlap"))
            out[-1] = (out[-1][0], start, out[-1][2])
        out.append((start, end, text))
        before = line
    return out


def _too_long(characters: int) -> str:
    return english("media.long cue", count=f"{characters:,}", most=f"{MOST_TEXT:,}")
