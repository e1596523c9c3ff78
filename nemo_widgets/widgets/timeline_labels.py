"""Words on a timeline's segments, and beside those that are too narrow for any."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.fonts import length_of

from .canvas import GROUND, INK, LETTERS, Box, Canvas
from .lettering import fitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nemo_widgets.draft import Segment

__all__ = ["first_that_fits", "name_beside", "name_of", "number_in", "pad_of", "shorter"]

PAD = 6.0
_NARROW, _LITTLE = 60.0, 3.0
"""A block narrower than this, in pixels, has little room beside its words."""
_WHITE = (255, 255, 255)
_SIZE = round(LETTERS * 2)
_LEAST = 24.0
"""Less room than this, in pixels, is not worth a word."""
_GAP = 2.0


def name_of(s: Segment) -> str:
    """What a segment is called: its text in quotes, its name, or its file."""
    return (
        f"“{s.text}”"
        if s.text
        else s.name or PurePosixPath(s.src.split("?", maxsplit=1)[0]).name or say("timeline.untitled")
    )


def pad_of(width: float) -> float:
    """The room on both sides of the words in a block of this width."""
    return PAD if width >= _NARROW else _LITTLE


def first_that_fits(canvas: Canvas, choices: Iterable[str], box: Box) -> None:
    """The first of the choices that fits whole; else as much of the last as does."""
    x0, y0, x1, y1 = box
    pad = pad_of(x1 - x0)
    room, last = x1 - x0 - 2 * pad, ""
    for last in choices:
        whole = fitted(last, float("inf"), _SIZE)
        if whole and fitted(last, room * 2, _SIZE) == whole:
            break
    canvas.label((x0 + pad, (y0 + y1) / 2), room, last, LETTERS, _WHITE)


def number_in(canvas: Canvas, s: Segment, box: Box) -> None:
    """A segment's number in the middle of its block, if there is room for it."""
    x0, y0, x1, y1 = box
    number = str(s.index + 1)
    if length_of(number, _SIZE) / 2 + _GAP <= x1 - x0:
        canvas.text(((x0 + x1) / 2, (y0 + y1) / 2), number, LETTERS, _WHITE, "mm")


def shorter(*parts: str) -> tuple[str, ...]:
    """All parts joined, then ever fewer of them, to the first alone."""
    parts = tuple(filter(None, parts))
    return tuple(" · ".join(parts[:n]) for n in range(len(parts), 0, -1))


def name_beside(
    canvas: Canvas, lane: Sequence[Segment], box: Box, per_ms: float, inside: Sequence[float]
) -> set[int]:
    """Write the names of a lane's segments that have no room for them beside those; returns which these are.

    A name stands inside if it fits there whole; else behind its segment if it does so up to the next one;
    else before it, where nobody takes it for the name of the one before; else cut inside. What has no room
    for any letter has them beside it, cut.

    Args:
        canvas: what is drawn on.
        lane: the segments.
        box: the whole lane.
        per_ms: pixels a millisecond.
        inside: how much room for words there is in each segment.
    """
    left, y0, right, y1 = box
    places = [(left + max(0, s.start_ms) * per_ms, left + max(0, s.end_ms) * per_ms) for s in lane]
    behind = [*(x0 for x0, _ in places), right][1:] if places else []
    taken, named = left, set()
    crowded = [end - x1 < _LEAST for (_, x1), end in zip(places, behind, strict=True)]
    for n, (x0, x1) in enumerate(places):
        before, after = (taken + _GAP, x0 - _GAP), (x1 + _GAP, behind[n] - _GAP)
        room = after[1] - x1
        if (
            n + 1 < len(lane)
            and crowded[n + 1]
            and room > 2 * _LEAST
            and not _fits(lane[n + 1], inside[n + 1])
        ):
            after = after[0], after[1] - min(room / 2, _wide(_fits(lane[n + 1], float("inf"))) + 2 * _GAP)
        taken = max(taken, x1)
        found = _beside(lane[n], inside[n], before, after, first=n == 0)
        if found is not None:
            at, words = found
            canvas.rounded((at, y0 + 2, at + _wide(words), y1 - 2), 3, (*GROUND, 255))
            canvas.text((at + PAD / 2, (y0 + y1) / 2), words, LETTERS, INK)
            taken = max(taken, at + _wide(words))
            named.add(n)
    return named


def _beside(
    s: Segment, inside: float, before: tuple[float, float], after: tuple[float, float], *, first: bool
) -> tuple[float, str] | None:
    """Where a name begins that stands beside its segment, and as much of it as does; None for one inside."""
    if max(end - begin for begin, end in (before, after)) < _LEAST:
        return None
    whole, within = _fits(s, float("inf")), _fits(s, inside)
    wide = _wide(whole)
    if not whole or within == whole:
        return None
    if wide <= after[1] - after[0]:
        return after[0], whole
    if before[1] - before[0] >= wide + (0 if first else _LEAST):
        return before[1] - wide, whole
    behind, ahead = (_fits(s, end - begin - PAD) for begin, end in (after, before))
    if within or not (behind or ahead):
        return None
    return (after[0], behind) if behind else (before[1] - _wide(ahead), ahead)


def _wide(words: str) -> float:
    return length_of(words, _SIZE) / 2 + PAD


def _fits(s: Segment, room: float) -> str:
    """As much of a segment's name as has room."""
    return fitted(name_of(s), room * 2, _SIZE)
