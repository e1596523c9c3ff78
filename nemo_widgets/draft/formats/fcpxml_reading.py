"""Final Cut Pro X XML (`.fcpxml`), as Final Cut Pro, DaVinci Resolve and others write it: read."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.draft.values import number

from .assembly import Lead, Row, assembled, sorted_row
from .cut import Cut, Piece, file_name, path_of
from .lanes import data_of
from .rates import Rate, rate_of
from .xml_text import parsed

if TYPE_CHECKING:
    from .losses import Losses
    from .xml_text import Element

__all__ = ["read"]

_TIME = re.compile(r"(-?\d{1,18}(?:\.\d{1,9})?)(?:/(\d{1,18}))?s", re.ASCII)
_CLIPS = ("asset-clip", "clip", "video", "audio", "title")
_NESTED = ("ref-clip", "sync-clip", "mc-clip", "audition")
_SILENT_DB = -95


def read(content: bytes, losses: Losses, *, fps: Any = None) -> dict[str, Any]:
    """The draft of the first project; what of it is not taken over is added to `losses`.

    Raises:
        ValueError: it is no XML, or holds no project.
    """
    root = parsed(content, "FCPXML")
    sequence = root.find(".//project/sequence")
    sequence = sequence if sequence is not None else root.find(".//sequence")
    if root.tag != "fcpxml" or sequence is None or sequence.find("spine") is None:
        raise ValueError(say("formats.no timeline", format="FCPXML"))
    return _Reader(root, sequence, losses, fps).data()


def _time(value: str | None) -> Fraction:
    found = _TIME.fullmatch((value or "").strip())
    if found is None or (found[2] and not int(found[2])):
        return Fraction(0)
    return Fraction(found[1]) / int(found[2] or 1)


class _Reader:
    def __init__(self, root: Element, sequence: Element, losses: Losses, fps: Any) -> None:
        self.root, self.sequence, self.losses = root, sequence, losses
        self.named = {each.get("id"): each for each in root.iterfind("resources/*")}
        self.unread: Counter[str] = Counter()
        self.form = self.named.get(sequence.get("format"))
        frame = _time(self.form.get("frameDuration")) if self.form is not None else Fraction(0)
        self.rate = Rate(rate_of(fps, rate_of(1 / frame if frame > 0 else None)))
        self.pieces: dict[tuple[int, str], list[tuple[Piece, Lead | None]]] = {}

    def data(self) -> dict[str, Any]:
        begins = _time(self.sequence.get("tcStart"))
        self.story(self.sequence.find("spine"), Fraction(0), begins, 0)
        rows = [
            sorted_row(Row(kind), found)
            for (_, kind), found in sorted(self.pieces.items(), key=lambda each: abs(each[0][0]))
        ]
        lanes = assembled(rows, self.losses, apart=False)
        for what, count in self.unread.items():
            self.losses.add("unread", what=say(f"loss.a {what}"), count=count)
        form = self.form.attrib if self.form is not None else {}
        wide, high = (int(number(form.get(side)) or 0) for side in ("width", "height"))
        project = self.root.find(".//project")
        title = (project.get("name") if project is not None else "") or ""
        return data_of(Cut(self.rate, lanes, title, wide, high))

    def story(self, spine: Element | None, at: Fraction, begins: Fraction, lane: int) -> None:
        """A storyline that begins at a time of the timeline, which is `begins` in its own time."""
        lead: tuple[Fraction, Fraction] | None = None
        end = begins
        for item in spine if spine is not None else ():
            offset = _time(item.get("offset")) if item.get("offset") else end
            lasting = _time(item.get("duration"))
            if item.tag == "transition":
                lead = (offset, offset + lasting)
                continue
            here = at + offset - begins
            self.element(item, here, lasting, lane, self.lead(lead, offset))
            lead, end = None, offset + lasting

    def lead(self, span: tuple[Fraction, Fraction] | None, cut: Fraction) -> Lead | None:
        if span is None:
            return None
        begin, middle, end = (self.frames(time) for time in (span[0], cut, span[1]))
        return Lead(max(0, middle - begin), max(0, end - middle))

    def element(self, item: Element, at: Fraction, lasting: Fraction, lane: int, lead: Lead | None) -> None:
        """A clip or gap at a time of the timeline, with all that is connected to it."""
        own = _time(item.get("start"))
        if item.tag in _NESTED:
            self.unread["nested timeline"] += 1
        elif item.tag in _CLIPS and item.get("enabled") == "0":
            self.unread["disabled clip"] += 1
        elif item.tag in _CLIPS:
            self.clip(item, at, lasting, lane, lead)
        for child in item:
            if child.tag == "spine":
                offset = _time(child.get("offset"))
                self.story(child, at + offset - own, Fraction(0), int(number(child.get("lane")) or 1))
            elif child.get("lane") and (child.tag in _CLIPS or child.tag in _NESTED):
                offset = _time(child.get("offset"))
                level = int(number(child.get("lane")) or 1)
                self.element(child, at + offset - own, _time(child.get("duration")), level, None)

    def clip(self, item: Element, at: Fraction, lasting: Fraction, lane: int, lead: Lead | None) -> None:
        start, end = self.frames(at), self.frames(at + lasting)
        if end <= max(0, start) or start < 0:
            self.unread["clip without a place"] += 1
            return
        name = item.get("name") or ""
        if item.tag == "title":
            words = "".join(style.text or "" for style in item.iterfind("text/text-style"))
            self.pieces.setdefault((lane, "text"), []).append((Piece(start, end, text=words or name), None))
            return
        asset, inner = self.asset(item)
        source = path_of(self.link(asset))
        if asset is None or not source:
            self.unread["clip without a file"] += 1
            return
        speed, begin = _played(item, lasting)
        begin -= _time(asset.get("start"))
        if inner is not None:
            begin -= _time(inner.get("offset")) - _time(inner.get("start"))
        sound = lane < 0 or item.tag == "audio" or item.get("srcEnable") == "audio"
        sound = sound or (asset.get("hasVideo", "0") == "0" and asset.get("hasAudio") == "1")
        volume = _volume(item)
        silent = item.get("srcEnable") == "video"
        piece = Piece(
            start,
            end,
            name or file_name(source),
            source,
            max(0, self.frames(begin)),
            speed,
            0.0 if silent and not sound else volume,
        )
        self.pieces.setdefault((lane, "audio" if sound else "video"), []).append((piece, lead))

    def asset(self, item: Element) -> tuple[Element | None, Element | None]:
        """The asset of a clip, and the element in a `clip` that names it."""
        if item.tag != "clip":
            return self.named.get(item.get("ref")), None
        for inner in item:
            if inner.tag in ("video", "audio") and not inner.get("lane"):
                return self.named.get(inner.get("ref")), inner
        return None, None

    def link(self, asset: Element | None) -> str:
        if asset is None or asset.tag != "asset":
            return ""
        held = asset.find("media-rep")
        return asset.get("src") or (held.get("src") if held is not None else "") or ""

    def frames(self, seconds: Fraction) -> int:
        return round(seconds * self.rate.fps)


def _played(item: Element, lasting: Fraction) -> tuple[Fraction, Fraction]:
    """The speed of a clip, and where in its source what is shown begins, in seconds."""
    own = _time(item.get("start"))
    points = [(_time(p.get("time")), _time(p.get("value"))) for p in item.iterfind("timeMap/timept")]
    if len(points) < 2 or points[1][0] == points[0][0]:  # noqa: PLR2004 - two make a line
        return Fraction(1), own
    (time, value), (later, then) = points[:2]
    speed = (then - value) / (later - time)
    first = value + (own - time) * speed
    begin = first if speed >= 0 else first + lasting * speed
    return speed.limit_denominator(1000), max(Fraction(0), begin)


def _volume(item: Element) -> float | None:
    found = item.find("adjust-volume")
    level = number((found.get("amount") or "").removesuffix("dB")) if found is not None else None
    if level is None:
        return None
    return 0.0 if level <= _SILENT_DB else round(10 ** (min(level, 60.0) / 20), 4)
