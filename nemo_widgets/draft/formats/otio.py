"""OpenTimelineIO `.otio`, written and read by the OpenTimelineIO library."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.draft.unsigned import all_unsigned
from nemo_widgets.errors import MissingExtra
from nemo_widgets.redaction import redact

from .cut import at_link, before, line_of
from .losses import EVERYTHING, missed

if TYPE_CHECKING:
    from .cut import Cut, Lane, Piece
    from .losses import Losses

__all__ = ["KEY", "library", "write"]

KEY = "nemo_widgets"
"""Under it stands in the metadata what others do not know: the draft, and the place in it of each clip."""
_ENDED = (3, 14)
"""Python's first version for which the library has no release."""


def library() -> Any:
    """The OpenTimelineIO library.

    Raises:
        MissingExtra: it is not installed; the hint says how it would be.
    """
    try:
        import opentimelineio
    except ImportError:
        row = "formats.otio later" if sys.version_info >= _ENDED else "formats.otio install"
        raise MissingExtra(say("formats.otio missing"), hint=say(row)) from None
    return opentimelineio


def write(cut: Cut, data: dict[str, Any], losses: Losses) -> bytes:
    """The timeline as the JSON of OpenTimelineIO.

    Raises:
        MissingExtra: the library is not installed.
    """
    made = _Writer(cut, library())
    texts = sum(len(lane.pieces) for lane in cut.of("text"))
    if texts:
        losses.add("markers", count=texts)
    dissolves = sum(bool(p.overlap) for lane in cut.of("video") for p in lane.pieces)
    if dissolves:
        losses.add("transition sound", count=dissolves)
    missed(cut, EVERYTHING - {"volume"} | {"freeze", "reverse"}, losses, kept=True)
    return made.timeline(data).encode("utf-8")


def _json(data: dict[str, Any]) -> str:
    """The draft as JSON, without what is secret in links; "" for what no JSON holds."""
    try:
        return json.dumps(_redacted(all_unsigned(data)), separators=(",", ":"))
    except (ValueError, TypeError, RecursionError):
        return ""


def _redacted(value: Any) -> Any:
    """The same, without what is secret in texts."""
    if isinstance(value, dict):
        return {key: _redacted(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_redacted(held) for held in value]
    return redact(value) if isinstance(value, str) else value


class _Writer:
    def __init__(self, cut: Cut, otio: Any) -> None:
        self.cut, self.otio = cut, otio
        self.fps = float(cut.rate.fps)
        self.lengths = cut.source_lengths()

    def timeline(self, data: dict[str, Any]) -> str:
        otio, cut = self.otio, self.cut
        made = otio.schema.Timeline(name=line_of(cut.title))
        made.metadata[KEY] = {"draft": _json(data), "fps": str(cut.rate.fps)}
        for lane in cut.of("video"):
            made.tracks.append(self.track(lane, "Video"))
        for lane in (*(lane for lane in cut.sounds() if lane.pieces), *cut.of("audio")):
            made.tracks.append(self.track(lane, "Audio"))
        for lane in cut.of("text"):
            made.tracks.markers.extend(self.marker(piece) for piece in lane.pieces)
        return str(otio.adapters.write_to_string(made, "otio_json", indent=2))

    def track(self, lane: Lane, kind: str) -> Any:
        made, at = self.otio.schema.Track(name=line_of(lane.name), kind=kind), 0
        children = []
        for piece, whole in zip(lane.parts(), lane.pieces, strict=True):
            if piece.start > at:
                children.append(self.otio.schema.Gap(source_range=self.range(0, piece.start - at)))
            if whole.overlap:
                children.append(self.transition(whole))
            children.append(self.clip(piece))
            at = piece.end
        made.extend(children)
        return made

    def clip(self, piece: Piece) -> Any:
        schema = self.otio.schema
        media, link = schema.MissingReference(), ""
        if piece.source:
            path = self.cut.path(piece.source)
            link = at_link(path)
            media = schema.ExternalReference(link, self.range(0, self.lengths[path]))
        made = schema.Clip(line_of(piece.name), media, self.range(piece.source_in, piece.length))
        if piece.speed == 0:
            made.effects.append(schema.FreezeFrame())
        elif piece.speed != 1:
            made.effects.append(schema.LinearTimeWarp(time_scalar=float(piece.speed)))
        made.metadata[KEY] = {"at": list(piece.place or ()), "link": link}
        return made

    def transition(self, piece: Piece) -> Any:
        head = before(piece)
        return self.otio.schema.Transition(
            name=line_of(piece.transition),
            transition_type=self.otio.schema.TransitionTypes.SMPTE_Dissolve,
            in_offset=self.time(head),
            out_offset=self.time(piece.overlap - head),
        )

    def marker(self, piece: Piece) -> Any:
        made = self.otio.schema.Marker(
            name=line_of(piece.text or piece.name), marked_range=self.range(piece.start, piece.length)
        )
        made.metadata[KEY] = {"at": list(piece.place or ())}
        return made

    def time(self, frames: int) -> Any:
        return self.otio.opentime.RationalTime(frames, self.fps)

    def range(self, start: int, length: int) -> Any:
        return self.otio.opentime.TimeRange(self.time(start), self.time(length))
