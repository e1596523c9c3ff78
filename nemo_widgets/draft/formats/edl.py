"""CMX 3600 edit decision lists (`.edl`), the oldest format that every editor reads: written."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .cut import file_name, line_of
from .losses import missed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .cut import Cut, Piece
    from .losses import Losses
    from .rates import Rate

__all__ = ["HOUR_S", "write"]

HOUR_S = 3600
"""Where the timeline begins on the record's clock: at 01:00:00:00, as is usual."""
_DAY_S = 24 * HOUR_S
_HELD = frozenset({"video", "audio", "transition", "speed", "freeze", "reverse"})
_CHANNELS = 4
_NAME = 200
"""In characters: the longest comment's."""
_UNUSUAL = re.compile("[^A-Z0-9]")


def write(cut: Cut, _: dict[str, Any], losses: Losses) -> bytes:
    """The lowest track of pictures with its sound, and up to three or four tracks of sound."""
    missed(cut, _HELD, losses)
    sounds = [lane for lane in cut.of("audio") if lane.pieces]
    first = 2 if cut.of("video") else 1
    lost = sum(len(lane.pieces) for lane in sounds[_CHANNELS + 1 - first :])
    if lost:
        losses.add("channels", count=lost)
    return _Writer(cut, losses).text(first).encode("utf-8")


class _Writer:
    def __init__(self, cut: Cut, losses: Losses) -> None:
        self.cut, self.losses = cut, losses
        rate = cut.rate
        last = cut.length + HOUR_S * rate.timebase
        self.base = 0 if last >= _DAY_S * rate.timebase else _frame_of_hour(rate)
        self.day = _frame_of_day(rate)
        self.reels: dict[str, str] = {}
        self.count = 0

    def text(self, first: int) -> str:
        rate, cut = self.cut.rate, self.cut
        drop = "DROP FRAME" if rate.drop else "NON-DROP FRAME"
        lines = [f"TITLE: {line_of(cut.title, _NAME) or 'Timeline'}", f"FCM: {drop}", ""]
        for lane in cut.of("video")[:1]:
            for n, piece in enumerate(lane.pieces):
                led = lane.pieces[n + 1].overlap if n + 1 < len(lane.pieces) else 0
                channel = "B" if piece.has_sound() else "V"
                lines += self.event(piece, channel, led, lane.pieces[n - 1] if piece.overlap else None)
        for number, lane in enumerate(cut.of("audio")[: _CHANNELS + 1 - first], first):
            channel = "A" if number == 1 else f"A{number}"
            for piece in lane.parts():
                lines += self.event(replace(piece, overlap=0), channel, 0, None)
        return "\n".join(lines) + "\n"

    def event(self, piece: Piece, channel: str, led: int, before: Piece | None) -> Iterator[str]:
        """An edit; where a dissolve leads into it, with the last frame of the piece before in front."""
        if self.base + piece.end >= self.day:
            self.losses.count("day")
            return
        self.count += 1
        alone = piece.part(piece.start, max(piece.start + 1, piece.end - led))
        kind = "C       "
        if before is not None:
            at = alone.start - before.start if before.speed >= 0 else 0
            out = before.source_in + round(at * abs(before.speed))
            yield self.line(self.reel(before), channel, "C       ", (out, out), (alone.start, alone.start))
            kind = f"D    {piece.overlap:03}"
        source = (alone.source_in, alone.source_in + (1 if alone.speed == 0 else alone.source_length))
        yield self.line(self.reel(piece), channel, kind, source, (alone.start, alone.end))
        if alone.speed != 1:
            speed = float(alone.speed * self.cut.rate.fps)
            mark = self.cut.rate.timecode(alone.source_in).replace(";", ":")
            yield f"M2   {self.reel(piece):8}       {speed:010.6f}                {mark}"
        yield from self.comments(piece, before)

    def line(
        self, reel: str, channel: str, kind: str, source: tuple[int, int], record: tuple[int, int]
    ) -> str:
        code = self.cut.rate.timecode
        times = " ".join([*map(code, source), *(code(self.base + frame) for frame in record)])
        return f"{self.count:03}  {reel:8} {channel:4}  {kind}  {times}"

    def comments(self, piece: Piece, before: Piece | None) -> Iterator[str]:
        path = self.cut.path(piece.source)
        name = line_of(file_name(path), _NAME) or line_of(piece.name, _NAME) or "Clip"
        if before is not None:
            yield f"* FROM CLIP NAME:  {line_of(file_name(self.cut.path(before.source)), _NAME) or 'Clip'}"
            yield f"* TO CLIP NAME:  {name}"
        else:
            yield f"* FROM CLIP NAME:  {name}"
        if path:
            yield f"* FROM CLIP: {line_of(path)}"
        if piece.speed == 0:
            yield "* * FREEZE FRAME"
        if self.count == 1:
            yield f"* FRAME RATE: {self.cut.rate.fps}"

    def reel(self, piece: Piece) -> str:
        """A name of up to eight letters and digits, another one for each source."""
        path = self.cut.path(piece.source)
        if path not in self.reels:
            plain = _UNUSUAL.sub("", file_name(path).rpartition(".")[0].upper())[:8]
            taken = {*self.reels.values(), "", "BL", "AX", "BLACK", "BARS"}
            names = (plain, *(f"{plain[:4]}{n:04}" for n in range(1, 10_000)))
            self.reels[path] = next((name for name in names if name not in taken), "AX")
        return self.reels[path]


def _frame_of_hour(rate: Rate) -> int:
    return rate.frame_at("01:00:00;00" if rate.drop else "01:00:00:00") or 0


def _frame_of_day(rate: Rate) -> int:
    return rate.frame_at("24:00:00;00" if rate.drop else "24:00:00:00") or 0
