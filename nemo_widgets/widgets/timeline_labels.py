"""Words on a timeline's segments, and beside those that are too narrow for any."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from nemo_widgets.fonts import length_of

from .canvas import GROUND, INK, LETTERS, Box, Canvas
from .lettering import fitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nemo_widgets.draft import Segment

__all__ = ["PAD", "first_that_fits", "name_narrow", "name_of", "shorter"]

PAD = 6.0
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
        else s.name or PurePosixPath(s.src.split("?", maxsplit=1)[0]).name or "untitled"
    )


def first_that_fits(canvas: Canvas, choices: Iterable[str], box: Box) -> None:
    """The first of the choices that fits whole; else as much of the last as does."""
    x0, y0, x1, y1 = box
    room, last = x1 - x0 - 2 * PAD, ""
    for last in choices:
        whole = fitted(last, float("inf"), _SIZE)
        if whole and fitted(last, room * 2, _SIZE) == whole:
            break
    canvas.label((x0 + PAD, (y0 + y1) / 2), room, last, LETTERS, _WHITE)


def shorter(*parts: str) -> tuple[str, ...]:
    """All parts joined, then ever fewer of them, to the first alone."""
    parts = tuple(filter(None, parts))
    return tuple(" · ".join(parts[:n]) for n in range(len(parts), 0, -1))


def name_narrow(canvas: Canvas, lane: Sequence[Segment], box: Box, per_ms: float) -> None:
    """The names of a lane's segments that have no room for any, in the free room behind or before each.

    They stand on a ground of their own; `box` is the whole lane.
    """
    left, y0, right, y1 = box
    places = [(left + max(0, s.start_ms) * per_ms, left + max(0, s.end_ms) * per_ms) for s in lane]
    behind = [*(x0 for x0, _ in places), right][1:] if places else []
    crowded = [end - x1 < _LEAST for (_, x1), end in zip(places, behind, strict=True)]
    taken = left
    for n, (x0, x1) in enumerate(places):
        stop = behind[n] - _GAP
        if n + 1 < len(lane) and crowded[n + 1] and stop - x1 > 2 * _LEAST:  # it needs what is before it
            stop -= min((stop - x1) / 2, _wide(_fits(lane[n + 1], float("inf"))) + 2 * _GAP)
        rooms = ((x1 + _GAP, stop), (taken + _GAP, x0 - _GAP))
        taken = max(taken, x1)
        if max(stop - start for start, stop in rooms) < _LEAST or _fits(lane[n], x1 - x0 - 2 * PAD):
            continue
        for start, stop in rooms:
            if words := _fits(lane[n], stop - start - PAD):
                wide = _wide(words)
                at = start if start > x1 else stop - wide
                canvas.rounded((at, y0 + 2, at + wide, y1 - 2), 3, (*GROUND, 255))
                canvas.text((at + PAD / 2, (y0 + y1) / 2), words, LETTERS, INK)
                taken = max(taken, at + wide)
                break


def _wide(words: str) -> float:
    return length_of(words, _SIZE) / 2 + PAD


def _fits(s: Segment, room: float) -> str:
    """As much of a segment's name as has room."""
    return fitted(name_of(s), room * 2, _SIZE)
