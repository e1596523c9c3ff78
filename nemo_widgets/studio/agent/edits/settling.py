"""Where music and texts lie once the picture under them has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import AUDIO, TEXT, Draft, main_track

from .edit import length_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nemo_widgets.draft import Segment, Track
    from nemo_widgets.studio.agent.world import MediaItem

    Place = Callable[[Segment, Track], tuple[int, int]]

__all__ = ["lay_again", "settle"]


def lay_again(
    new: dict[str, Any], old_end: int, place: Place, media: Mapping[str, MediaItem]
) -> dict[str, Any]:
    """Lay music and texts where `place` says, within the timeline; changes the draft it is given.

    Music that ran to the old end runs to the new one, as far as its file goes. What has no length any more
    goes, and with its last segment the track.

    Args:
        new: a draft whose main track is laid already.
        old_end: how long the timeline was before, in ms.
        place: from when to when, in ms of the new timeline, a segment is wanted that lies where it was.
        media: the session's files.
    """
    end, main = length_of(new), main_track(new)
    for track in new.get("t", []):
        if (
            track is main
            or not isinstance(track, dict)
            or track.get("tt") not in (AUDIO, TEXT)
            or not track.get("sg")
        ):
            continue
        kept = []
        laid = Draft({"t": [track]}).layout()[0]
        for s in laid.segments:
            start, stop = (min(ms, end) for ms in place(s, laid))
            if laid.type == AUDIO and s.end_ms >= old_end:
                stop = end
            if (length := _within_file(s, stop - start, media)) > 0:
                s.raw["d"], s.raw["m"]["start"] = length, start
                if s.out_ms is not None and not s.raw["m"].get("loop"):
                    s.raw["m"]["out"] = (s.in_ms or 0) + length
                kept.append(s.raw)
        track["sg"] = kept
    new["t"] = [t for t in new.get("t", []) if not (isinstance(t, dict) and t.get("sg") == [])]
    return new


def settle(draft: dict[str, Any], old_end: int, media: Mapping[str, MediaItem]) -> dict[str, Any]:
    """Bring music and texts back within the timeline, where they are; changes the draft it is given."""
    if length_of(draft) == old_end:
        return draft
    return lay_again(draft, old_end, lambda s, _: (s.start_ms, s.end_ms), media)


def _within_file(s: Segment, length: int, media: Mapping[str, MediaItem]) -> int:
    """The length, or what the segment's file has of it; what is repeated has no end."""
    if s.src not in media or s.raw["m"].get("loop"):
        return length
    return min(length, max(s.duration_ms, media[s.src].duration_ms - (s.in_ms or 0)))
