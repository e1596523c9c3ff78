"""What subtitles are read as: cues, and what was put right in them."""

from __future__ import annotations

from dataclasses import dataclass

from nemo_widgets.catalogue import english

__all__ = ["Correction", "Cue", "Line", "SubtitleError", "Subtitles"]

Cue = tuple[int, int, str]
"""From, until (ms) and what is written, lines parted by a line feed."""


class SubtitleError(ValueError):
    """The text is no subtitle file; the sentence says why, and `line` (from 1) where, 0 for the whole."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(english("media.line", line=line, why=message) if line else message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Correction:
    """What was put right at a line of the file.

    `reason` is one of

    - `order`: a cue stood behind a later one;
    - `overlap`: the cue before went on into it, and now ends where it begins;
    - `same time`: two began together, and became one;
    - `empty`: nothing is written in it, it was left out;
    - `length`: it ended when it began, or before, and got a moment;
    - `gap`: an empty line stood in it, and its text was joined;
    - `repeat`: it said again what the one before said, as rolling captions do, and that was left out;
    - `25 frames` (or 30, 50, 60): times count frames, and it is assumed that a second has so many;
    - `early`: it began before the film, and now begins with it;
    - `before`: it was over before the film begins, and was left out;
    - `times`: its times can't be read, it was left out;
    - `broken`: XML that is damaged there, what is behind it was left out;
    - `stray`: a text without times, it was left out.
    """

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Subtitles:
    """Cues in order of time, none overlapping another; what was put right for that."""

    cues: list[Cue]
    corrections: list[Correction]


@dataclass(frozen=True, slots=True)
class Line:
    """A cue as it stands in the file: at which line, from, until (ms), and its text, tags and all."""

    line: int
    start: int
    end: int
    text: str
