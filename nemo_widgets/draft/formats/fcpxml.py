"""Final Cut Pro X XML (`.fcpxml`), which Final Cut Pro and DaVinci Resolve read: written."""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction
from math import log10
from typing import TYPE_CHECKING, Any

from .cut import at_link, before, file_name, kind_of, line_of
from .losses import EVERYTHING, missed
from .xml_text import Element, node, xml_bytes

if TYPE_CHECKING:
    from .cut import Cut, Lane, Piece
    from .losses import Losses

__all__ = ["write"]

_HELD = EVERYTHING | {"freeze", "reverse"}
_TITLE = ".../Titles.localized/Bumper:Opener.localized/Basic Title.localized/Basic Title.moti"
"""The title that comes with Final Cut Pro."""
_SILENT = "-96dB"


def write(cut: Cut, _: dict[str, Any], losses: Losses) -> bytes:
    """The timeline as a project: the lowest track is its storyline, the others are connected to that."""
    missed(cut, _HELD, losses)
    above = sum(bool(p.overlap) for lane in cut.of("video")[1:] for p in lane.pieces)
    if above:
        losses.add("transition above", count=above)
    return xml_bytes(_Writer(cut).document(), "fcpxml")


class _Writer:
    def __init__(self, cut: Cut) -> None:
        self.cut = cut
        self.lengths = cut.source_lengths()
        self.assets: dict[str, str] = {}
        self.styles = 0
        self.pictured = {cut.path(p.source) for lane in cut.of("video") for p in lane.pieces}
        self.resources = node(None, "resources")
        self.story: list[tuple[int, Fraction, Element]] = []
        """Of the storyline: the frame where each element begins, its own time there, and the element."""

    def document(self) -> Element:
        cut = self.cut
        root = node(None, "fcpxml", version="1.8")
        root.append(self.resources)
        size = {"width": cut.width or 1920, "height": cut.height or 1080}
        frame = _time(1 / cut.rate.fps)
        node(self.resources, "format", id="r1", frameDuration=frame, **size)
        if cut.of("text"):
            node(self.resources, "effect", id="r2", name="Basic Title", uid=_TITLE)
        name = line_of(cut.title) or "Timeline"
        project = node(node(node(root, "library"), "event", name=name), "project", name=name)
        sequence = node(
            project,
            "sequence",
            format="r1",
            duration=self.at(cut.length),
            tcStart="0s",
            tcFormat="DF" if cut.rate.drop else "NDF",
            audioLayout="stereo",
            audioRate="48k",
        )
        self.spine(node(sequence, "spine"))
        for lane, held in enumerate(cut.of("video")[1:], 1):
            for piece in held.parts():
                self.clip(self.host(piece.start), piece, lane)
        for lane, held in enumerate(cut.of("text"), len(cut.of("video")[1:]) + 1):
            for piece in held.pieces:
                self.title(piece, lane)
        for lane, held in enumerate(cut.of("audio"), 1):
            for piece in held.parts():
                self.clip(self.host(piece.start), piece, -lane)
        _in_order(sequence)
        return root

    def spine(self, spine: Element) -> None:
        lane: Lane | None = next(iter(self.cut.of("video")), None)
        at = 0
        whole = lane.pieces if lane is not None else ()
        for piece, led in zip(lane.parts() if lane is not None else (), whole, strict=True):
            if piece.start > at:
                self.gap(spine, at, piece.start)
            if led.overlap:
                begin = piece.start - before(led)
                name = {"name": "Cross Dissolve", "offset": self.at(begin), "duration": self.at(led.overlap)}
                node(spine, "transition", **name)
            made = self.clip((spine, Fraction(0), 0), piece, 0)
            self.story.append((piece.start, _own_start(piece, self.cut), made))
            at = piece.end
        if self.cut.length > at:
            self.gap(spine, at, self.cut.length)

    def gap(self, spine: Element, start: int, end: int) -> None:
        made = node(
            spine, "gap", name="Gap", offset=self.at(start), start="0s", duration=self.at(end - start)
        )
        self.story.append((start, Fraction(0), made))

    def host(self, frame: int) -> tuple[Element, Fraction, int]:
        """The element of the storyline at a frame, its own time where it begins, and the frame of that."""
        n = bisect_right(self.story, frame, key=lambda each: each[0]) - 1
        start, own, element = self.story[max(0, n)]
        return element, own, start

    def clip(self, host: tuple[Element, Fraction, int], piece: Piece, lane: int) -> Element:
        parent, own, begins = host
        path = self.cut.path(piece.source)
        attributes = {
            "ref": self.asset(path),
            **({"lane": lane} if lane else {}),
            "offset": _time(own + self.cut.rate.seconds(piece.start - begins)),
            "name": line_of(piece.name) or line_of(file_name(path)) or "Clip",
            "start": _time(_own_start(piece, self.cut)),
            "duration": self.at(piece.length),
            "format": "r1",
            **({"srcEnable": "audio"} if lane < 0 else {}),
            **({"srcEnable": "video"} if lane >= 0 and piece.volume == 0 else {}),
        }
        made = node(parent, "asset-clip", **attributes)
        if piece.speed != 1:
            self.retimed(made, piece)
        if piece.volume not in (None, 0, 1):
            node(made, "adjust-volume", amount=f"{20 * log10(piece.volume or 1):.4f}dB")
        elif piece.volume == 0 and lane < 0:
            node(made, "adjust-volume", amount=_SILENT)
        return made

    def retimed(self, clip: Element, piece: Piece) -> None:
        """How times of the clip lead to times of its source."""
        begin, end = (self.cut.rate.seconds(f) for f in (piece.source_in, piece.source_out))
        lasting = self.cut.rate.seconds(piece.length)
        made = node(clip, "timeMap")
        if piece.speed == 0:
            points = [(Fraction(0), begin), (lasting, begin)]
        elif piece.speed < 0:
            points = [(Fraction(0), end), (lasting, begin)]
        else:
            points = [(Fraction(0), Fraction(0)), (end / piece.speed, end)]
        for time, value in points:
            node(made, "timept", time=_time(time), value=_time(value), interp="linear")

    def title(self, piece: Piece, lane: int) -> None:
        parent, own, begins = self.host(piece.start)
        words = piece.text or piece.name
        made = node(
            parent,
            "title",
            ref="r2",
            lane=lane,
            offset=_time(own + self.cut.rate.seconds(piece.start - begins)),
            name=line_of(words, 80) or "Title",
            start="0s",
            duration=self.at(piece.length),
        )
        self.styles += 1
        style = f"ts{self.styles}"
        node(node(made, "text"), "text-style", words, ref=style)
        font = {"font": "Helvetica", "fontSize": 60, "fontColor": "1 1 1 1", "alignment": "center"}
        node(node(made, "text-style-def", id=style), "text-style", **font)

    def asset(self, path: str) -> str:
        if path not in self.assets:
            self.assets[path] = f"a{len(self.assets) + 1}"
            name = line_of(file_name(path)) or "missing"
            photo = kind_of(path) == "image"
            node(
                self.resources,
                "asset",
                id=self.assets[path],
                name=name,
                src=at_link(path) or "file:///missing",
                start="0s",
                duration=self.at(self.lengths.get(path, 1)),
                **({"hasVideo": 1, "format": "r1"} if path in self.pictured else {}),
                **({} if photo else {"hasAudio": 1, "audioSources": 1, "audioChannels": 2}),
            )
        return self.assets[path]

    def at(self, frames: int) -> str:
        return _time(self.cut.rate.seconds(frames))


def _own_start(piece: Piece, cut: Cut) -> Fraction:
    """Where a clip begins in its own time, which at another speed is not its source's."""
    return cut.rate.seconds(piece.source_in) / piece.speed if piece.speed > 0 else Fraction(0)


def _time(seconds: Fraction) -> str:
    """A time as the format has it: whole seconds, or a fraction of them."""
    whole = seconds.denominator == 1
    return f"{seconds.numerator}s" if whole else f"{seconds.numerator}/{seconds.denominator}s"


_ORDER = ("timeMap", "adjust-volume")


def _in_order(sequence: Element) -> None:
    """Put what a clip holds in the order of the format: how it is played, then what is connected to it."""
    for clip in sequence.iter("asset-clip"):
        clip[:] = sorted(clip, key=lambda each: each.tag not in _ORDER)
