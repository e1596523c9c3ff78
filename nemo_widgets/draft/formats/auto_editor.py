"""Timelines of auto-editor, version 3 (`.json`, `.v3`): written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say

from .cut import before
from .losses import missed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .cut import Cut, Lane, Piece
    from .losses import Losses

__all__ = ["write"]

_HELD = frozenset({"video", "audio", "lanes", "transition", "speed", "volume"})
_RATE_HZ = 48_000


def write(cut: Cut, _: dict[str, Any], losses: Losses) -> bytes:
    """Each track of pictures as a layer, then the sound of each, then the tracks of sound."""
    missed(cut, _HELD, losses)
    if dissolves := sum(bool(p.overlap) for lane in cut.of("video") for p in lane.pieces):
        losses.add("transition sound", count=dissolves)
    if lost := sum(not p.source for kind in ("video", "audio") for lane in cut.of(kind) for p in lane.pieces):
        losses.add("unread", what=say("loss.a clip without a file"), count=lost)
    films = [lane for lane in cut.of("video") if any(p.source for p in lane.pieces)]
    sounds = [*(lane for lane in cut.sounds() if lane.pieces), *cut.of("audio")]
    heard = [layer for lane in sounds if (layer := _layer(lane, cut, losses, sound=True))]
    fps = cut.rate.fps
    told: dict[str, Any] = {
        "version": "3",
        "timebase": f"{fps.numerator}/{fps.denominator}",
        "background": "#000000",
        "resolution": [_even(cut.width, 1920), _even(cut.height, 1080)],
        "samplerate": _RATE_HZ,
        "layout": "stereo",
        "langs": ["und"] * (len(films) + len(heard)),
        "v": [_layer(lane, cut, losses) for lane in films],
        "a": heard,
    }
    if any(p.overlap for lane in films for p in lane.pieces):
        told["transitions"] = {"v": [[*_dissolves(lane)] for lane in films], "a": [[] for _ in heard]}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _even(size: int, usual: int) -> int:
    return max(2, (size or usual) // 2 * 2)


def _layer(lane: Lane, cut: Cut, losses: Losses, *, sound: bool = False) -> list[dict[str, Any]]:
    return [_clip(piece, cut, losses, sound=sound) for piece in lane.parts() if piece.source]


def _clip(piece: Piece, cut: Cut, losses: Losses, *, sound: bool) -> dict[str, Any]:
    """A clip; its offset counts frames of the timeline, at the clip's speed."""
    speed = abs(piece.speed) or 1
    offset = round(piece.source_in / speed)
    if round(offset * speed) != piece.source_in:
        losses.count("rounded speed")
    effects = [f"speed:{float(speed):.10g}"] if speed != 1 else []
    if sound and piece.volume not in (None, 1):
        effects.append(f"volume:{piece.volume:.10g}")
    made = {
        "src": cut.path(piece.source),
        "start": piece.start,
        "dur": piece.length,
        "offset": offset,
        "stream": 0,
    }
    return made | ({"effects": effects} if effects else {})


def _dissolves(lane: Lane) -> Iterable[dict[str, Any]]:
    """The transitions of a layer. As the format has it, half of each, rounded down, lies before the cut."""
    for piece in lane.pieces:
        if piece.overlap and piece.source:
            at = piece.start + before(piece)
            yield {"kind": "dissolve", "at": at, "dur": piece.overlap, "alignment": "center"}
