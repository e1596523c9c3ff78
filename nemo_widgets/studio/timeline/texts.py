"""The texts on the timeline: found by their kind, laid on their tracks, and taken away."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import TEXT, Draft
from nemo_widgets.draft.schema import TEXT_KINDS

if TYPE_CHECKING:
    from nemo_widgets.draft import Segment

__all__ = ["lay", "texts", "without"]


def texts(draft: dict[str, Any], kinds: tuple[str, ...] = ()) -> list[Segment]:
    """The texts of these kinds on the timeline, all if none is said, in order of time."""
    there = [s for track in Draft(draft).layout() if track.type == TEXT for s in track.segments]
    return sorted((s for s in there if not kinds or s.text_kind in kinds), key=lambda s: s.start_ms)


def lay(new: dict[str, Any], kind: str, segment: dict[str, Any]) -> None:
    """Put a segment on its kind's track, on another one where it would overlap; changes the draft."""
    name, start = TEXT_KINDS[kind].track, segment["m"]["start"]
    end = start + segment["d"]
    for track in new["t"]:
        if not isinstance(track, dict) or track.get("tt") != TEXT or not isinstance(track.get("sg"), list):
            continue
        there = Draft({"t": [track]}).layout()[0]
        if (there.name or name) == name and all(
            s.end_ms <= start or end <= s.start_ms for s in there.segments
        ):
            track["sg"] = sorted([*track["sg"], segment], key=lambda s: s.get("m", {}).get("start", 0))
            return
    new["t"].append({"tt": TEXT, "m": {"name": name}, "sg": [segment]})


def without(draft: dict[str, Any], gone: list[Segment]) -> dict[str, Any]:
    """A copy of the draft without these texts and the tracks that they leave empty."""
    ids = {id(s.raw) for s in gone}
    new = {**draft, "t": []}
    for track in draft.get("t", []):
        if isinstance(track, dict) and track.get("tt") == TEXT and isinstance(track.get("sg"), list):
            kept = [s for s in track["sg"] if id(s) not in ids]
            if kept or not track["sg"]:
                new["t"].append({**track, "sg": kept})
        else:
            new["t"].append(track)
    return copy.deepcopy(new)
