"""CMX 3600 edit decision lists (`.edl`), as any editor writes them: read."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.draft.values import number

from .assembly import Lead, Row, assembled, sorted_row
from .cut import Cut, Piece, path_of
from .lanes import data_of
from .rates import RATES, Rate, rate_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .losses import Losses

__all__ = ["read"]

_CODE = r"(\d{1,2}:\d{2}:\d{2}[:;.,]\d{2,3})"
_EVENT = re.compile(
    rf"(\d{{1,6}})\s+(?:(\S.{{0,128}}?)\s+)?(\S{{1,9}})\s+(C|D|W\d{{0,3}}|K[BO]?)\s+(?:(\d{{1,4}})\s+)?"
    rf"{_CODE}\s+{_CODE}\s+{_CODE}\s+{_CODE}\s*",
    re.ASCII,
)
_COMMENT = re.compile(r"\*?\s*(FROM|TO) CLIP NAME:\s*(.*)|\*?\s*(?:FROM CLIP|FROM FILE|SOURCE FILE):\s*(.*)")
_SPEED = re.compile(r"M2\s+.*?\s(-?\d{1,6}(?:\.\d{1,9})?)\s+\d{1,2}:\d{2}:\d{2}[:;]\d{2,3}\s*")
_RATE = re.compile(r"\*\s*FRAME RATE:\s*(\S{1,20})")
_BLACK = ("BL", "BLACK")
_CHANNELS = {"B": "VA", "AA/V": "VA", "A/V": "VA", "A2/V": "VA", "V": "V", "VA1": "VA", "NONE": ""}
_LONGEST = 20_000_000
_LONGEST_LINE = 400


@dataclass(slots=True)
class _Event:
    reel: str
    channel: str
    kind: str
    long: int
    codes: tuple[str, str, str, str]
    name: str = ""
    path: str = ""
    speed: float | None = None
    held: bool = False
    others: list[str] = field(default_factory=list)


def read(content: bytes, losses: Losses, *, fps: Any = None) -> dict[str, Any]:
    """The draft of a list; what of it is not taken over is added to `losses`.

    A list does not say its frame rate: give it as `fps`. The timeline begins with the hour of its first edit.

    Raises:
        ValueError: there is no edit in it.
    """
    text = content[:_LONGEST].decode("utf-8-sig", "replace")
    events, title, told = _events(text.splitlines())
    if not events:
        raise ValueError(say("formats.no timeline", format="EDL"))
    given = fps if fps is not None else told
    if given is None:
        guess = _guess(events)
        losses.add("rate", fps=f"{float(guess):.5g}")
        given = guess
    return _Reader(Rate(rate_of(given, Fraction(24))), losses).data(events, title)


def _events(lines: Iterable[str]) -> tuple[list[_Event], str, str | None]:
    events: list[_Event] = []
    title, rate = "", None
    for line in lines:
        if (found := _EVENT.fullmatch(line[:_LONGEST_LINE].strip())) is not None:
            _, reel, channel, kind, long, *codes = found.groups()
            made = _Event(
                (reel or "").strip(), channel, kind, int(long or 0), (codes[0], codes[1], codes[2], codes[3])
            )
            events.append(made)
        elif line.startswith("TITLE:"):
            title = line[6:].strip()
        elif (told := _RATE.match(line)) is not None:
            rate = told[1]
        elif events:
            _comment(events[-1], line.strip()[:2000])
    return events, title, rate


def _comment(event: _Event, line: str) -> None:
    if (found := _COMMENT.fullmatch(line)) is not None:
        if found[3] is not None:
            event.path = found[3].strip()
        elif found[1] == "TO" or event.kind == "C":
            event.name = (found[2] or "").strip()
    elif (speed := _SPEED.fullmatch(line)) is not None:
        event.speed = number(speed[1])
    elif "FREEZE FRAME" in line:
        event.held = True


def _guess(events: list[_Event]) -> Fraction:
    """The slowest usual rate that has all the frame numbers of the list."""
    codes = [code for event in events for code in event.codes]
    most = max(int(code[-2:]) for code in codes)
    if any(";" in code for code in codes):
        return RATES[3] if most < 30 else RATES[7]  # noqa: PLR2004 - frames a second
    return next((rate for rate in map(Fraction, (24, 25, 30, 50, 60)) if most < rate), Fraction(60))


class _Reader:
    def __init__(self, rate: Rate, losses: Losses) -> None:
        self.rate, self.losses = rate, losses
        self.unread: Counter[str] = Counter()
        self.found: dict[str, list[tuple[Piece, Lead | None]]] = {}

    def data(self, events: list[_Event], title: str) -> dict[str, Any]:
        first = min(self.frame(event.codes[2]) for event in events)
        code = events[0].codes[2]
        hour = self.rate.frame_at(f"01:00:00{code[8]}00") or 1
        base = first // hour * hour
        for event in self.shown(events):
            self.event(event, base)
        rows = [
            sorted_row(Row("video" if channel == "V" else "audio"), found)
            for channel, found in sorted(self.found.items(), key=lambda each: each[0] != "V")
        ]
        lanes = assembled(rows, self.losses)
        for what, count in self.unread.items():
            self.losses.add("unread", what=say(f"loss.a {what}"), count=count)
        return data_of(Cut(self.rate, lanes, title))

    def shown(self, events: list[_Event]) -> Iterator[_Event]:
        """The edits that show something: the first line of a dissolve only says from what it leads."""
        for event in events:
            if event.reel.upper() in _BLACK:
                continue
            if event.kind.startswith("K"):
                self.unread["key"] += 1
            if self.frame(event.codes[3]) > self.frame(event.codes[2]):
                yield event

    def frame(self, code: str) -> int:
        return self.rate.frame_at(code) or 0

    def event(self, event: _Event, base: int) -> None:
        begin, out, start, end = (self.frame(code) for code in event.codes)
        start, end = start - base, end - base
        source = path_of(event.path) if event.path else event.name or event.reel
        piece = Piece(
            start, end, event.name or event.reel, source, begin, self.speed(event, out - begin, end - start)
        )
        lead = Lead(0, min(event.long, piece.length)) if event.kind[0] in "DW" and event.long else None
        if lead is not None and event.kind[0] == "W":
            self.losses.add("wipes")
        for channel in self.channels(event.channel):
            self.found.setdefault(channel, []).append((piece, lead))

    def speed(self, event: _Event, played: int, lasting: int) -> Fraction:
        if event.held or event.speed == 0:
            return Fraction(0)
        if event.speed is not None:
            return (Fraction(event.speed) / self.rate.fps).limit_denominator(1000)
        if played in (0, lasting):
            return Fraction(1)
        return Fraction(max(1, played), lasting).limit_denominator(1000)

    def channels(self, told: str) -> Iterator[str]:
        """The tracks that an edit is on: V for pictures, A1, A2 … for sound."""
        told = told.upper()
        for part in _CHANNELS.get(told, told).replace("/", ""):
            if part == "V":
                yield "V"
        if told in _CHANNELS:
            yield from ("A1",) if "A" in _CHANNELS[told] else ()
        elif told.startswith("A"):
            yield "A1" if told in ("A", "AA", "A1") else told
        elif "V" not in told:
            self.unread["channel"] += 1
