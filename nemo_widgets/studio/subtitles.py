"""SRT and WebVTT as cues: forgiving where the meaning is plain, else a sentence that names the line."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .limits import MOST_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Correction", "Cue", "SubtitleError", "Subtitles", "read_subtitles"]

Cue = tuple[int, int, str]
"""From, until (ms) and what is written, lines parted by a line feed."""

_ARROW = "-->"
_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMES = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(?:\s.*)?")
_TAG = re.compile(r"</?(?:[biusc]|font|v|lang|ruby|rt)(?:[\s.=][^<>]*)?/?>|<[\d:.]+>", re.IGNORECASE)
_OVERRIDE = re.compile(r"\{\\[^{}]*\}|\{/?[bius]\}", re.IGNORECASE)
_NO_CHARACTER = re.compile(r"&#\d{20,};?")
"""A number that `html` would turn into one, which takes the square of its digits."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u2028\u2029\ufeff]")
_SPOKEN_OF = ("NOTE", "STYLE", "REGION")
"""What blocks of a WebVTT file begin with that are no cues."""
_SIXTY = 60
_MOST_CUES = 20_000


class SubtitleError(ValueError):
    """The text is no subtitle file; the sentence says why, and `line` (from 1) where, 0 for the whole."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(f"Line {line}: {message}" if line else message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Correction:
    """What was put right at a line.

    `reason` is `order` (a cue stood behind a later one), `overlap` (the cue before went on into it, and now
    ends where it begins), `same time` (two began together, and became one) or `empty` (nothing is written
    in it, it was left out).
    """

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Subtitles:
    """Cues in order of time, none overlapping another; what was put right for that."""

    cues: list[Cue]
    corrections: list[Correction]


def read_subtitles(text: str) -> Subtitles:
    """The cues in the text of an SRT or WebVTT file.

    Numbers may be missing or wrong, decimals stand behind a comma or a point, hours may be left out. Tags
    and positions are taken away.

    Raises:
        SubtitleError: times that can't be read, or that end before they begin; text without times; no cue.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    vtt = lines[0].startswith("WEBVTT")
    corrections: list[Correction] = []
    found: list[tuple[int, Cue]] = []
    for at, block in _blocks(lines):
        if vtt and (at == 1 or block[0].split(maxsplit=1)[0] in _SPOKEN_OF):
            continue
        for line, start, end, written in _cues(at, block, vtt=vtt):
            plain = _plain("\n".join(written), vtt=vtt)
            if len(plain) > MOST_TEXT:
                raise SubtitleError(_too_long(len(plain)), line)
            if plain:
                found.append((line, (start, end, plain)))
            else:
                corrections.append(Correction(line, "empty"))
    if not found:
        raise SubtitleError("There are no subtitles in it.")
    if len(found) > _MOST_CUES:
        raise SubtitleError(f"There are {len(found):,} subtitles in it, over {_MOST_CUES:,}.")
    cues = _apart(found, corrections)
    return Subtitles(cues, sorted(corrections, key=lambda c: c.line))


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """What stands between empty lines, with the number of its first line."""
    block: list[str] = []
    for at, line in enumerate([*lines, ""], 1):
        if line.strip():
            block.append(line)
        elif block:
            yield at - len(block), block
            block = []


def _cues(at: int, block: list[str], *, vtt: bool) -> Iterator[tuple[int, int, int, list[str]]]:
    """(line, start, end, text lines) of the cues in a block; more than one where no line is left empty."""
    timed = [i for i, line in enumerate(block) if _ARROW in line]
    if not timed:
        if len(block) == 1 and block[0].strip().isdigit():  # a number with an empty line behind it
            return
        first = block[0].strip()
        raise SubtitleError(
            f"“{_short(first)}” has no times before it, such as 00:00:01,000 --> 00:00:03,500.", at
        )
    if timed[0] > 1 or (timed[0] and not vtt and not block[0].strip().isdigit()):
        raise SubtitleError(f"“{_short(block[0].strip())}” has no times before it.", at)
    for i, here in enumerate(timed):
        until = timed[i + 1] if i + 1 < len(timed) else len(block)
        if until < len(block) and block[until - 1].strip().isdigit() and until - 1 > here:
            until -= 1  # the next cue's number
        start, end = _times(block[here], at + here)
        yield at + here, start, end, block[here + 1 : until]


def _times(line: str, at: int) -> tuple[int, int]:
    match = _TIMES.fullmatch(line)
    if match is None:
        raise SubtitleError(
            f"“{_short(line.strip())}” can't be read; times look like 00:00:01,000 --> 00:00:03,500.", at
        )
    start, end = _ms(match.groups()[:4], at), _ms(match.groups()[4:], at)
    if end <= start:
        raise SubtitleError(f"“{_short(line.strip())}” ends before it begins, or at once.", at)
    return start, end


def _ms(parts: tuple[str | None, ...], at: int) -> int:
    hours, minutes, seconds = (int(part or 0) for part in parts[:3])
    if minutes >= _SIXTY or seconds >= _SIXTY:
        raise SubtitleError(
            f"There is no minute or second {max(minutes, seconds)}: both go from 0 to 59.", at
        )
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int((parts[3] or "0").ljust(3, "0"))


def _plain(text: str, *, vtt: bool) -> str:
    """The text without tags, marks of position and what nobody sees."""
    bare = _OVERRIDE.sub("", _TAG.sub("", text))
    if vtt:
        bare = html.unescape(_NO_CHARACTER.sub("\ufffd", bare))
    kept = (_UNSEEN.sub("", line.replace("\xa0", " ")).strip() for line in bare.split("\n"))
    return "\n".join(line for line in kept if line)


def _apart(found: list[tuple[int, Cue]], corrections: list[Correction]) -> list[Cue]:
    latest = -1
    for line, (start, _, _) in found:
        if start < latest:
            corrections.append(Correction(line, "order"))
        latest = max(latest, start)
    cues: list[Cue] = []
    for line, (start, end, text) in sorted(found, key=lambda entry: entry[1][0]):
        if cues and cues[-1][0] == start:
            corrections.append(Correction(line, "same time"))
            cues[-1] = (start, max(end, cues[-1][1]), f"{cues[-1][2]}\n{text}")
            if len(cues[-1][2]) > MOST_TEXT:
                raise SubtitleError(_too_long(len(cues[-1][2])), line)
            continue
        if cues and cues[-1][1] > start:
            corrections.append(Correction(line, "overlap"))
            cues[-1] = (cues[-1][0], start, cues[-1][2])
        cues.append((start, end, text))
    return cues


def _too_long(characters: int) -> str:
    return f"One subtitle has {characters:,} characters, over {MOST_TEXT:,}."


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004 - what a sentence holds
