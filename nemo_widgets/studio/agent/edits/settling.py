"""What becomes of music and titles when the picture under them is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import AUDIO, TEXT, Draft, main_track

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nemo_widgets.draft import Segment
    from nemo_widgets.studio.agent.world import MediaItem

__all__ = ["settle"]


def settle(draft: dict[str, Any], old_end: int, media: Mapping[str, MediaItem]) -> dict[str, Any]:
    """Bring music and titles back within the timeline, in place; changes the draft it is given.

    Music that ran to the old end runs to the new one, as far as its file goes; what lies wholly past the
    end goes, and with its last segment the track.
    """
    end = draft.get("d", 0)
    if end == old_end:
        return draft
    emptied = []
    main = main_track(draft)
    for track in draft.get("t", []):
        if (
            track is main
            or not isinstance(track, dict)
            or track.get("tt") not in (AUDIO, TEXT)
            or not track.get("sg")
        ):
            continue
        segments = Draft({"t": [track]}).layout()[0].segments
        lengths = [_length(s, end, old_end if track["tt"] == AUDIO else 0, media) for s in segments]
        for s, length in zip(segments, lengths, strict=True):
            if length != s.duration_ms:
                s.raw["d"] = length
                if s.out_ms is not None and not s.raw["m"].get("loop"):
                    s.raw["m"]["out"] = (s.in_ms or 0) + length
        track["sg"] = [s.raw for s, length in zip(segments, lengths, strict=True) if length > 0]
        if not track["sg"]:
            emptied.append(track)
    draft["t"] = [t for t in draft.get("t", []) if not any(t is gone for gone in emptied)]
    return draft


def _length(s: Segment, end: int, old_end: int, media: Mapping[str, MediaItem]) -> int:
    """How long the segment lasts on a timeline that ends at `end`; `old_end` 0 if it can't grow."""
    room = end - s.start_ms
    length = room if old_end and s.end_ms >= old_end else min(s.duration_ms, room)
    if s.src in media and not s.raw["m"].get("loop"):
        length = min(length, max(media[s.src].duration_ms - (s.in_ms or 0), s.duration_ms))
    return length
