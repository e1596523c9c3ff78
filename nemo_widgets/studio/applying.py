"""A draft that a client hands over to become the timeline: what it must be, and what is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import LONGEST_MS, Draft, changes, describe
from nemo_widgets.languages import speaking

from .drafts import BadDraft, inward
from .limits import short
from .words import Said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nemo_widgets.draft import Segment
    from nemo_widgets.studio.agent.world import Done

    from .store import Media, Version

__all__ = ["checked", "taken_over"]

_SAME = Said("The timeline is that already: nothing was changed.", "时间线已经是这样，没有做任何改动。")
_MOST_TOLD = 3


def checked(draft: Any, known: Mapping[str, Media]) -> dict[str, Any]:
    """The draft as the studio keeps it.

    Args:
        draft: what came.
        known: the user's media, by their ids.

    Raises:
        BadDraft: it can't be the timeline; the text says why. OverLimit: it is larger than any may be.
    """
    new = inward(draft, known)
    read = Draft(new)
    if problems := read.problems:
        told = "; ".join(str(problem) for problem in problems[:_MOST_TOLD])
        raise BadDraft(f"The draft can't be read as a timeline: {told}.")
    files = {media.src: media for media in known.values()}
    for track in read.layout():
        for segment in track.segments:
            _check(segment, files.get(segment.src))
    return new


def _check(segment: Segment, media: Media | None) -> None:
    name = short(segment.name or segment.id or "without a name")
    if segment.duration_ms <= 0:
        raise BadDraft(f"The draft's segment {name} has no length.")
    if segment.start_ms < 0 or segment.end_ms > LONGEST_MS:
        raise BadDraft(f"The draft's segment {name} does not stand between 0:00 and the end of a day.")
    long = media.duration_ms if media is not None and media.kind in ("video", "audio") else 0
    if long and segment.out_ms is not None and segment.out_ms > long:
        raise BadDraft(f"The draft's segment {name} plays up to {segment.out_ms} ms of a file of {long} ms.")


def taken_over(present: Version | None, draft: dict[str, Any], language: str) -> Done:
    """The end of a message that makes a draft the timeline."""
    from nemo_widgets.studio.agent.world import Done

    before = Draft(present.data if present else None)
    if before.data == draft:
        return Done(None, _SAME.in_language(language))
    with speaking(language):
        told = " ".join(describe(changes(before, Draft(draft))))
    return Done(Draft(draft), told, edits=["apply"])
