"""What becomes of music and texts when stretches of the timeline go: they stay with what they lie on."""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import AUDIO, TEXT, Draft, duration, main_track
from nemo_widgets.studio.limits import short
from nemo_widgets.studio.words import Said

from .clip import length_of, read
from .refs import bounds
from .texts import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from nemo_widgets.draft import Segment, Track

    from .clip import Clip
    from .media_item import MediaItem

    Place = Callable[[Segment, Track], tuple[int, int]]
    Ranges = Iterable[tuple[int, int]]

__all__ = ["LONGEST_NAME", "SPOKEN", "carried", "lay_again", "moved_with", "ripple", "settle", "texts_lost"]

SPOKEN = ("subtitle", "caption")
"""Texts that last as long as what is said under them; others keep their lengths."""
_NAMED = 3
"""More texts than this are counted."""
LONGEST_NAME = 40


def ripple(
    old: dict[str, Any], new: dict[str, Any], gone: Ranges, media: Mapping[str, MediaItem]
) -> dict[str, Any]:
    """`new`, which is `old` without the stretches `gone`, with music and texts moved; changes it in place.

    A text that lies wholly in such a stretch goes with it, unless it opens the film. Music that ran to the
    old end runs to the new one, as far as its file goes.
    """
    gone = [(a, b) for a, b in gone if a < b]
    old_end, end = length_of(old), length_of(new)
    moved = _places(gone, old_end, end)

    def place(s: Segment, track: Track) -> tuple[int, int]:
        start = moved(s.start_ms)
        return start, moved(s.end_ms) if track.type == AUDIO else start + _length(s, gone, moved, end)

    return lay_again(new, old_end, place, media)


def carried(
    draft: dict[str, Any], new: dict[str, Any], moved: Callable[[int], int], media: Mapping[str, MediaItem]
) -> dict[str, Any]:
    """`new` with texts and music where what they lie on went; changes the draft it is given.

    `moved` tells where a place of the old timeline is on the new one. Texts and music keep their lengths,
    but a text that was laid on whole clips lasts as long as these; music that ran to the old end runs to the
    new one, as far as its file goes.
    """
    edges = set(bounds(read(draft)))

    def place(s: Segment, track: Track) -> tuple[int, int]:
        start = moved(s.start_ms)
        whole = track.type == TEXT and s.start_ms in edges and s.end_ms in edges
        return start, moved(s.end_ms) if whole else start + s.duration_ms

    return lay_again(new, length_of(draft), place, media)


def moved_with(old: Sequence[Clip], new: Sequence[Clip], *, trimmed: bool = False) -> Callable[[int], int]:
    """Where a place of the old shots is on the new ones, which are the same in number.

    A shot of another length is played at another speed, or it is `trimmed` at its end.
    """
    starts = [s.start for s in old]

    def moved(ms: int) -> int:
        i = max(0, bisect_right(starts, ms) - 1)
        if trimmed:
            return new[i].start + min(ms - old[i].start, new[i].duration)
        share = Fraction(ms - old[i].start, max(1, old[i].duration))
        return new[i].start + round(min(share, Fraction(1)) * new[i].duration)

    return moved if old and len(old) == len(new) else (lambda ms: ms)


def texts_lost(old: dict[str, Any], new: dict[str, Any]) -> Said:
    """The texts that are gone, and those that are cut short, in words."""
    before, after = ({s.id: s for s in texts(draft) if s.id} for draft in (old, new))
    gone = [s for id_, s in before.items() if id_ not in after]
    told = Said()
    if len(gone) > _NAMED:
        told += Said(f"{len(gone)} texts on it went with it.", f"上面的 {len(gone)} 条文字一起去掉了。")
    for s in gone if len(gone) <= _NAMED else ():
        name = short(s.text, LONGEST_NAME)
        told += Said(f"The text “{name}” went with it.", f"文字“{name}”一起去掉了。")
    for id_, s in before.items():
        left = after.get(id_)
        if left is not None and s.text_kind not in SPOKEN and left.duration_ms < s.duration_ms:
            name, long = short(s.text, LONGEST_NAME), left.duration_ms
            told += Said(
                f"The text “{name}” is shown for {duration(long)} now.",
                f"文字“{name}”现在显示 {duration(long, zh=True)}。",
            )
    return told


def _length(s: Segment, gone: list[tuple[int, int]], moved: Callable[[int], int], end: int) -> int:
    """How long a text lasts from where it is moved to."""
    if s.start_ms and any(a <= s.start_ms and s.end_ms <= b for a, b in gone):
        return 0
    if s.text_kind in SPOKEN:
        return moved(s.end_ms) - moved(s.start_ms)
    return min(s.duration_ms, end - moved(s.start_ms))


def _places(gone: list[tuple[int, int]], old_end: int, end: int) -> Callable[[int], int]:
    """Where a place of the old timeline is on the new one; crossfades at the joints make it shorter, too."""
    joints = [a for a, b in gone if a > 0 and b < old_end]
    overlap = max(0, old_end - sum(b - a for a, b in gone) - end)

    def moved(ms: int) -> int:
        before = sum(min(ms, b) - a for a, b in gone if a < ms)
        passed = sum(1 for a in joints if a < ms)
        return min(end, max(0, ms - before - (overlap * passed // len(joints) if joints else 0)))

    return moved


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
