"""TTML and DFXP, the timed text of broadcasters: paragraphs of XML, each with its times."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING
from xml.parsers import expat

from nemo_widgets.catalogue import english

from .cues import Correction, Line, SubtitleError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["is_timed_text", "read_timed_text"]

_HEAD = re.compile(
    r"\s*(?:<\?xml[^>]{0,500}>\s*)?(?:<!--.{0,5000}?-->\s*){0,9}(?:<!DOCTYPE.{0,5000}?>\s*)?<(?:\w{1,30}:)?tt[\s>]",
    re.DOTALL | re.IGNORECASE,
)
_DEFINES = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,4}):(\d{1,2}):(\d{1,2})(?:(\.\d{1,9})|:(\d{1,3})(?:\.\d{1,9})?)?", re.ASCII)
_OFFSET = re.compile(r"(\d{1,12}(?:\.\d{1,9})?)(h|m|s|ms|f|t)", re.ASCII)
_SECONDS = {"h": Fraction(3600), "m": Fraction(60), "s": Fraction(1), "ms": Fraction(1, 1000)}


def is_timed_text(text: str) -> bool:
    """Whether a text is XML whose outermost element is `tt`."""
    return _HEAD.match(text[:100_000]) is not None


def read_timed_text(text: str, corrections: list[Correction]) -> Iterator[Line]:
    """The paragraphs with times; what can't be read is added to `corrections`.

    Raises:
        SubtitleError: there are definitions of its own in it, or it is no XML from the beginning on.
    """
    if _DEFINES.search(text):
        raise SubtitleError(english("media.definitions"))
    found = _Reader(corrections)
    try:
        # As UTF-8 whatever its head says, for it has been decoded; halves of characters are question marks.
        whole = text.replace("&nbsp;", "&#160;").encode("utf-8", "replace")
        found.parser.Parse(whole, True)  # noqa: FBT003 - the last piece
    except expat.ExpatError as error:
        if not found.lines:
            raise SubtitleError(english("media.bad xml"), error.lineno) from None
        corrections.append(Correction(error.lineno, "broken"))
    yield from found.lines


class _Reader:
    """What is open while the elements come one by one."""

    def __init__(self, corrections: list[Correction]) -> None:
        self.parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._open, self._close
        parser.CharacterDataHandler = self._write
        self.lines: list[Line] = []
        self._corrections = corrections
        self._frames, self._ticks = Fraction(30), Fraction(0)
        self._begins: list[Fraction] = [Fraction(0)]
        self._ends: list[Fraction | None] = [None]
        self._at = 0
        self._timed = False
        self._words: list[str] | None = None

    def _open(self, name: str, said: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        told = {key.rpartition(":")[2]: value for key, value in said.items()}
        if kind == "tt":
            self._rates(told)
        parent = self._begins[-1]
        begin, end, long = (self._moment(told.get(key, "")) for key in ("begin", "end", "dur"))
        start = parent + (begin or 0)
        until = parent + end if end is not None else start + long if long is not None else self._ends[-1]
        if kind == "span" and begin is not None and self._words is not None:
            self._flush()  # words of one paragraph that come one after the other
        self._begins.append(start)
        self._ends.append(until)
        if kind == "p":
            self._words = []
        if kind in ("p", "span") and self._words is not None and begin is not None:
            self._timed, self._at = True, self.parser.CurrentLineNumber
        if kind == "p" and begin is None and "begin" in told:
            self._corrections.append(Correction(self.parser.CurrentLineNumber, "times"))
        if kind == "br" and self._words is not None:
            self._words.append("\n")

    def _close(self, name: str) -> None:
        kind = name.rpartition(":")[2]
        if kind == "p" or (kind == "span" and self._timed and self._begins[-1] != self._begins[-2]):
            self._flush()
        if kind == "p":
            self._words, self._timed = None, False
        self._begins.pop()
        self._ends.pop()

    def _write(self, text: str) -> None:
        if self._words is not None:
            self._words.append(" ".join(f"|{text}|".split())[1:-1])

    def _flush(self) -> None:
        text = "".join(self._words or ()).strip()
        if self._timed and text:
            start, end = self._begins[-1], self._ends[-1]
            first = round(start * 1000)
            self.lines.append(Line(self._at, first, first if end is None else round(end * 1000), text))
        self._words = [] if self._words is not None else None

    def _rates(self, told: dict[str, str]) -> None:
        if (rate := told.get("frameRate", "")).isdecimal() and 0 < int(rate) < 1000:  # noqa: PLR2004 - a rate
            self._frames = Fraction(int(rate))
        if m := re.fullmatch(r"(\d{1,6})[ :](\d{1,6})", told.get("frameRateMultiplier", "")):
            share = Fraction(int(m[1]), int(m[2]) or 1)
            self._frames *= share or 1
        ticks = told.get("tickRate", "")
        self._ticks = Fraction(int(ticks)) if ticks.isdecimal() and len(ticks) < 12 else Fraction(0)  # noqa: PLR2004

    def _moment(self, text: str) -> Fraction | None:
        """Seconds; None where it is no time."""
        if m := _CLOCK.fullmatch(text.strip()):
            whole = (int(m[1]) * 60 + int(m[2])) * 60 + int(m[3])
            return whole + Fraction(f"0{m[4] or ''}") + Fraction(int(m[5] or 0)) / self._frames
        if m := _OFFSET.fullmatch(text.strip()):
            if m[2] == "f":
                return Fraction(m[1]) / self._frames
            if m[2] == "t":
                return Fraction(m[1]) / (self._ticks or self._frames)
            return Fraction(m[1]) * _SECONDS[m[2]]
        return None
