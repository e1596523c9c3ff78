"""What becomes of music and texts when stretches of the timeline go: they stay with what they lie on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import AUDIO, duration
from nemo_widgets.studio.limits import short

from .edit import Said, length_of
from .settling import lay_again
from .texts import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from nemo_widgets.draft import Segment, Track
    from nemo_widgets.studio.agent.world import MediaItem

    Ranges = Iterable[tuple[int, int]]

__all__ = ["ripple", "texts_lost"]

_SPOKEN = ("subtitle", "caption")
"""Texts that last as long as what is said under them; others keep their lengths."""
_NAMED = 3
"""More texts than this are counted."""
_LONGEST = 40


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


def texts_lost(old: dict[str, Any], new: dict[str, Any]) -> Said:
    """The texts that are gone, and those that are cut short, in words."""
    before, after = ({s.id: s for s in texts(draft) if s.id} for draft in (old, new))
    gone = [s for id_, s in before.items() if id_ not in after]
    told = Said()
    if len(gone) > _NAMED:
        told += Said(f"{len(gone)} texts on it went with it.", f"上面的 {len(gone)} 条文字一起去掉了。")
    for s in gone if len(gone) <= _NAMED else ():
        name = short(s.text, _LONGEST)
        told += Said(f"The text “{name}” went with it.", f"文字“{name}”一起去掉了。")
    for id_, s in before.items():
        left = after.get(id_)
        if left is not None and s.text_kind not in _SPOKEN and left.duration_ms < s.duration_ms:
            name, long = short(s.text, _LONGEST), left.duration_ms
            told += Said(
                f"The text “{name}” is shown for {duration(long)} now.",
                f"文字“{name}”现在显示 {duration(long, zh=True)}。",
            )
    return told


def _length(s: Segment, gone: list[tuple[int, int]], moved: Callable[[int], int], end: int) -> int:
    """How long a text lasts from where it is moved to."""
    if s.start_ms and any(a <= s.start_ms and s.end_ms <= b for a, b in gone):
        return 0
    if s.text_kind in _SPOKEN:
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
