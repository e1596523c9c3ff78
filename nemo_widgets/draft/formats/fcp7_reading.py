"""Final Cut Pro 7 XML (`.xml`), as Premiere Pro, DaVinci Resolve and others write it: read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.draft.values import number

from .assembly import Lead, Row, assembled
from .cut import Cut, Piece, file_name, path_of
from .lanes import data_of
from .rates import Rate, rate_of
from .xml_text import child_text, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .losses import Losses
    from .xml_text import Element

__all__ = ["read"]

_ITEMS = ("clipitem", "generatoritem", "transitionitem")
_WHOLE = 100
"""A speed as it was recorded, in percent."""


def read(content: bytes, losses: Losses, *, fps: Any = None) -> dict[str, Any]:
    """The draft of the first sequence; what of it is not taken over is added to `losses`.

    Raises:
        ValueError: it is no XML, or holds no sequence.
    """
    root = parsed(content, "FCP7 XML")
    sequence = root if root.tag == "sequence" else root.find(".//sequence/media/..")
    if root.tag != "xmeml" or sequence is None:
        raise ValueError(say("formats.no timeline", format="FCP7 XML"))
    return _Reader(root, sequence, losses, fps).data()


@dataclass(frozen=True, slots=True)
class _Join:
    """A transition: from when to when, and where between the clips are cut. In frames of the sequence."""

    start: int
    end: int
    cut: int


class _Reader:
    def __init__(self, root: Element, sequence: Element, losses: Losses, fps: Any) -> None:
        self.sequence, self.losses = sequence, losses
        self.files = {file.get("id"): file for file in root.iter("file") if len(file)}
        self.unread: Counter[str] = Counter()
        self.own = _rate(sequence) or Fraction(30)
        self.rate = Rate(rate_of(fps, self.own))

    def data(self) -> dict[str, Any]:
        media = self.sequence.find("media")
        rows = [row for kind in ("video", "audio") for row in self.rows(media, kind)]
        lanes = assembled(rows, self.losses)
        for what, count in self.unread.items():
            self.losses.add("unread", what=say(f"loss.a {what}"), count=count)
        at = "video/format/samplecharacteristics/"
        wide, high = (int(number(child_text(media, at + side)) or 0) for side in ("width", "height"))
        return data_of(Cut(self.rate, lanes, child_text(self.sequence, "name"), wide, high))

    def rows(self, media: Element | None, kind: str) -> Iterator[Row]:
        for track in media.iterfind(f"{kind}/track") if media is not None else ():
            if kind == "audio" and track.get("currentExplodedTrackIndex", "0") != "0":
                continue  # the other channel of a pair
            if child_text(track, "enabled") == "FALSE":
                self.unread["disabled track"] += 1
                continue
            row, texts = Row(kind, child_text(track, "name")), Row("text")
            items = [item for item in track if item.tag in _ITEMS]
            for n, item in enumerate(items):
                if item.tag == "transitionitem":
                    continue
                head = self.join(items[n - 1]) if n else None
                tail = self.join(items[n + 1]) if n + 1 < len(items) else None
                self.item(item, (head, tail), row, texts)
            yield from (row, texts)

    def join(self, item: Element) -> _Join | None:
        if item.tag != "transitionitem":
            return None
        start, end = (self.frames(_int(item, tag), self.own) for tag in ("start", "end"))
        align = child_text(item, "alignment")
        cut = start if align.startswith("start") else end if align.startswith("end") else (start + end) // 2
        return _Join(start, end, cut)

    def item(self, item: Element, joins: tuple[_Join | None, _Join | None], row: Row, texts: Row) -> None:
        head, tail = joins
        start, end = (_int(item, tag) for tag in ("start", "end"))
        begins = head.cut if start < 0 and head is not None else self.frames(start, self.own)
        ends = tail.cut if end < 0 and tail is not None else self.frames(end, self.own)
        if begins < 0 or ends <= begins:
            self.unread["clip without a place"] += 1
            return
        if child_text(item, "enabled") == "FALSE":
            self.unread["disabled clip"] += 1
            return
        words = _words(item)
        if words is not None:
            texts.pieces.append(Piece(begins, ends, text=words))
            return
        source = self.source(item)
        if not source:
            kind = "nested timeline" if item.find("sequence") is not None else "clip without a file"
            self.unread[kind] += 1
            return
        speed, clip_rate = _speed(item), _rate(item) or self.own
        begin = self.frames(round(_int(item, "in") * (abs(speed) or 1)), clip_rate)
        if speed == 0 and child_text(item, "stillframeoffset"):
            begin = self.frames(_int(item, "stillframeoffset"), clip_rate)
        if start < 0 and head is not None and speed > 0:
            begin += round((head.cut - head.start) * speed)
        elif end < 0 and tail is not None and speed < 0:
            begin += round((tail.end - tail.cut) * -speed)
        if head is not None:
            row.leads[len(row.pieces)] = Lead(head.cut - head.start, head.end - head.cut)
        name = child_text(item, "name") or file_name(source)
        row.pieces.append(Piece(begins, ends, name, source, max(0, begin), speed, _level(item)))

    def source(self, item: Element) -> str:
        file = item.find("file")
        if file is not None and not len(file):
            file = self.files.get(file.get("id"))
        return path_of(child_text(file, "pathurl"))

    def frames(self, count: int, rate: Fraction) -> int:
        """Frames at a rate as frames of the draft's."""
        return count if rate == self.rate.fps else round(count / rate * self.rate.fps)


def _rate(element: Element) -> Fraction | None:
    base = number(child_text(element, "rate/timebase"))
    if base is None or not 1 <= base <= 1000:  # noqa: PLR2004 - as `rate_of` has it
        return None
    slow = child_text(element, "rate/ntsc").upper() == "TRUE"
    return Fraction(int(base) * 1000, 1001) if slow else Fraction(int(base))


def _int(element: Element, tag: str) -> int:
    return int(number(child_text(element, tag)) or 0)


def _parameters(item: Element, ident: str) -> dict[str, str] | None:
    for effect in item.iterfind("filter/effect"):
        if child_text(effect, "effectid").lower() == ident:
            found = effect.iterfind("parameter")
            return {child_text(one, "parameterid"): child_text(one, "value") for one in found}
    return None


def _speed(item: Element) -> Fraction:
    if child_text(item, "stillframe").upper() == "TRUE":
        return Fraction(0)
    given = _parameters(item, "timeremap") or {}
    percent = Fraction(number(given.get("speed")) or _WHOLE).limit_denominator(1000)
    backwards = percent < 0 or given.get("reverse", "").upper() == "TRUE"
    return (abs(percent) / _WHOLE).limit_denominator(1000) * (-1 if backwards else 1)


def _level(item: Element) -> float | None:
    given = _parameters(item, "audiolevels")
    return max(0.0, number(given.get("level")) or 0.0) if given else None


def _words(item: Element) -> str | None:
    """The words of a generator of text; None for what is none."""
    effect = item.find("effect")
    if item.tag != "generatoritem" or effect is None:
        return None
    for parameter in effect.iterfind("parameter"):
        if child_text(parameter, "parameterid") == "str":
            found = parameter.find("value")
            return (found.text or "") if found is not None else ""
    return None
