"""Final Cut Pro 7 XML (`.xml`), which Premiere Pro, DaVinci Resolve and many others read: written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .cut import at_link, file_name, line_of
from .losses import EVERYTHING, missed
from .xml_text import Element, node, xml_bytes

if TYPE_CHECKING:
    from .cut import Cut, Lane, Piece
    from .losses import Losses
    from .rates import Rate

__all__ = ["LOUDEST", "write"]

LOUDEST = 3.98109
"""The largest level of the format: 12 dB."""
_HELD = EVERYTHING | {"freeze", "reverse"}


def write(cut: Cut, _: dict[str, Any], losses: Losses) -> bytes:
    """The timeline as a sequence."""
    missed(cut, _HELD, losses)
    if any(p.overlap for lane in cut.of("video") for p in lane.pieces):
        losses.counts["transition sound"] = sum(bool(p.overlap) for v in cut.of("video") for p in v.pieces)
    return xml_bytes(_Writer(cut, losses).document(), "xmeml")


class _Writer:
    def __init__(self, cut: Cut, losses: Losses) -> None:
        self.cut, self.losses = cut, losses
        self.lengths = cut.source_lengths()
        self.files: dict[str, str] = {}
        self.pictured = {cut.path(p.source) for lane in cut.of("video") for p in lane.pieces}
        heard = (*cut.sounds(), *cut.of("audio"))
        self.sounding = {cut.path(p.source) for lane in heard for p in lane.pieces}
        self.clips: dict[int, list[tuple[Element, int, int]]] = {}
        self.count = 0

    def document(self) -> Element:
        cut = self.cut
        root = node(None, "xmeml", version=5)
        sequence = node(root, "sequence", id="sequence-1")
        node(sequence, "name", line_of(cut.title) or "Timeline")
        node(sequence, "duration", cut.length)
        rate_node(sequence, cut.rate)
        _timecode(sequence, cut.rate)
        media = node(sequence, "media")
        video = node(media, "video")
        _format(video, cut)
        for number, lane in enumerate(cut.of("video"), 1):
            self.pictures(node(video, "track"), lane, number)
        for lane in cut.of("text"):
            track = node(video, "track")
            for piece in lane.pieces:
                self.text(track, piece)
        self.sound(media)
        for clips in self.clips.values():
            _linked(clips)
        return root

    def pictures(self, track: Element, lane: Lane, number: int) -> None:
        """A track of pictures; each clip is noted by its segment, so that its sound can be linked to it."""
        pieces = lane.pieces
        for n, piece in enumerate(pieces):
            if piece.overlap:
                _transition(track, piece, self.cut.rate)
            led = pieces[n + 1].overlap if n + 1 < len(pieces) else 0
            item = self.clip(track, piece, led=bool(led))
            self.clips[id(piece.raw)] = [(item, number, n + 1)]

    def sound(self, media: Element) -> None:
        """The tracks of sound: those of the clips, linked to their pictures, and those of their own."""
        audio = node(media, "audio")
        node(audio, "numOutputChannels", 2)
        characteristics = node(node(audio, "format"), "samplecharacteristics")
        node(characteristics, "depth", 16)
        node(characteristics, "samplerate", 48000)
        number = 0
        for lane in (*(lane for lane in self.cut.sounds() if lane.pieces), *self.cut.of("audio")):
            for channel in (1, 2):
                number += 1
                track = node(
                    audio,
                    "track",
                    currentExplodedTrackIndex=channel - 1,
                    totalExplodedTrackCount=2,
                    premiereTrackType="Stereo",
                )
                for n, piece in enumerate(lane.parts(), 1):
                    item = self.clip(track, piece, channel=channel)
                    if id(piece.raw) in self.clips:
                        self.clips[id(piece.raw)].append((item, number, n))

    def clip(self, track: Element, piece: Piece, *, led: bool = False, channel: int = 0) -> Element:
        self.count += 1
        rate, path = self.cut.rate, self.cut.path(piece.source)
        item = node(track, "clipitem", id=f"clipitem-{self.count}")
        node(item, "name", line_of(piece.name) or line_of(file_name(path)))
        node(item, "enabled", "TRUE")
        speed = abs(piece.speed) or 1
        node(item, "duration", max(piece.length, round(self.lengths.get(path, 0) / speed)))
        rate_node(item, rate)
        node(item, "start", -1 if piece.overlap and not channel else piece.start)
        node(item, "end", -1 if led else piece.end)
        begin = round(piece.source_in / speed)
        if round(begin * speed) != piece.source_in:
            self.losses.count("rounded speed")
        node(item, "in", begin)
        node(item, "out", begin + piece.length)
        if piece.source:
            self.file(item, path)
        if piece.speed == 0:
            node(item, "stillframe", "TRUE")
            node(item, "stillframeoffset", piece.source_in)
        elif piece.speed != 1:
            _retimed(item, piece)
        if channel:
            source = node(item, "sourcetrack")
            node(source, "mediatype", "audio")
            node(source, "trackindex", channel)
            self.level(item, piece)
        return item

    def file(self, item: Element, path: str) -> None:
        """The file of a clip, described where it comes first."""
        if path in self.files:
            node(item, "file", id=self.files[path])
            return
        self.files[path] = f"file-{len(self.files) + 1}"
        made = node(item, "file", id=self.files[path])
        node(made, "name", line_of(file_name(path)))
        node(made, "pathurl", at_link(path, "localhost"))
        rate_node(made, self.cut.rate)
        node(made, "duration", self.lengths[path])
        media = node(made, "media")
        if path in self.pictured:
            node(media, "video")
        if path in self.sounding:
            node(node(media, "audio"), "channelcount", 2)

    def level(self, item: Element, piece: Piece) -> None:
        if piece.volume is None or piece.volume == 1:
            return
        if piece.volume > LOUDEST:
            self.losses.count("loud")
        effect = _effect(item, "Audio Levels", "audiolevels", "audiolevels", "audio")
        _parameter(effect, "level", "Level", f"{min(piece.volume, LOUDEST):g}")

    def text(self, track: Element, piece: Piece) -> None:
        self.count += 1
        item = node(track, "generatoritem", id=f"generatoritem-{self.count}")
        node(item, "name", line_of(piece.text or piece.name, 80) or "Text")
        node(item, "duration", piece.length)
        rate_node(item, self.cut.rate)
        node(item, "start", piece.start)
        node(item, "end", piece.end)
        node(item, "in", 0)
        node(item, "out", piece.length)
        effect = node(item, "effect")
        for tag, value in (("name", "Text"), ("effectid", "Text"), ("effectcategory", "Text")):
            node(effect, tag, value)
        node(effect, "effecttype", "generator")
        node(effect, "mediatype", "video")
        _parameter(effect, "str", "Text", piece.text or piece.name)


def rate_node(parent: Element, rate: Rate) -> None:
    """A rate, as the format has it: whole, and whether it is slowed down by 1000/1001."""
    made = node(parent, "rate")
    node(made, "timebase", rate.timebase)
    node(made, "ntsc", "TRUE" if rate.ntsc else "FALSE")


def _timecode(parent: Element, rate: Rate) -> None:
    made = node(parent, "timecode")
    rate_node(made, rate)
    node(made, "string", rate.timecode(0))
    node(made, "frame", 0)
    node(made, "displayformat", "DF" if rate.drop else "NDF")


def _format(video: Element, cut: Cut) -> None:
    made = node(node(video, "format"), "samplecharacteristics")
    rate_node(made, cut.rate)
    node(made, "width", cut.width or 1920)
    node(made, "height", cut.height or 1080)
    node(made, "pixelaspectratio", "square")
    node(made, "fielddominance", "none")


def _transition(track: Element, piece: Piece, rate: Rate) -> None:
    made = node(track, "transitionitem")
    node(made, "start", piece.start)
    node(made, "end", piece.start + piece.overlap)
    node(made, "alignment", "center")
    rate_node(made, rate)
    effect = node(made, "effect")
    for tag, value in (
        ("name", "Cross Dissolve"),
        ("effectid", "Cross Dissolve"),
        ("effectcategory", "Dissolve"),
        ("effecttype", "transition"),
        ("mediatype", "video"),
    ):
        node(effect, tag, value)


def _retimed(item: Element, piece: Piece) -> None:
    effect = _effect(item, "Time Remap", "timeremap", "motion", "video")
    _parameter(effect, "variablespeed", "variablespeed", 0)
    _parameter(effect, "speed", "speed", f"{float(abs(piece.speed)) * 100:.10g}")
    _parameter(effect, "reverse", "reverse", "TRUE" if piece.speed < 0 else "FALSE")
    _parameter(effect, "frameblending", "frameblending", "FALSE")


def _effect(item: Element, name: str, ident: str, kind: str, media: str) -> Element:
    made = node(node(item, "filter"), "effect")
    tags = ("name", "effectid", "effectcategory", "effecttype", "mediatype")
    for tag, value in zip(tags, (name, ident, kind, kind, media), strict=True):
        node(made, tag, value)
    return made


def _parameter(effect: Element, ident: str, name: str, value: object) -> None:
    made = node(effect, "parameter")
    node(made, "parameterid", ident)
    node(made, "name", name)
    node(made, "value", value)


def _linked(clips: list[tuple[Element, int, int]]) -> None:
    """Link clips that belong together: each names all of them."""
    for item, _, _ in clips if len(clips) > 1 else ():
        for other, track, place in clips:
            link = node(item, "link")
            node(link, "linkclipref", other.get("id"))
            node(link, "mediatype", "audio" if other.find("sourcetrack") is not None else "video")
            node(link, "trackindex", track)
            node(link, "clipindex", place)
