"""What readers find in a file, put together: sound goes to its picture, transitions get their overlap."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say

from .cut import Lane, Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from .losses import Losses

    Heard = tuple[str, int, int, int, Fraction]

__all__ = ["Lead", "Row", "assembled", "sorted_row"]


@dataclass(frozen=True, slots=True)
class Lead:
    """A transition into a piece: so many frames of it lie before the cut, and so many behind."""

    before: int
    after: int
    type: str = "crossfade"


@dataclass(slots=True)
class Row:
    """A track as a file has it: pieces in order that do not overlap, and what leads into some of them.

    Attributes:
        leads: by the place of the piece in `pieces`.
    """

    kind: str
    name: str = ""
    pieces: list[Piece] = field(default_factory=list)
    leads: dict[int, Lead] = field(default_factory=dict)


def assembled(rows: Iterable[Row], losses: Losses, *, apart: bool = True) -> tuple[Lane, ...]:
    """Rows as lanes.

    Sound that is heard with its picture, of the same part at the same time, goes to the picture's clip, for
    clips of a draft bring their sound. Where a file has such sound, pictures without any are silent.

    Args:
        rows: the tracks of the file.
        losses: what of them is not taken over is added to these.
        apart: whether in the file sound stands apart from pictures; else its clips bring theirs, too.
    """
    if not apart:
        return tuple(Lane(r.kind, r.name, tuple(_widened(r, losses))) for r in rows if r.pieces)
    rows = [row for row in rows if row.pieces]
    seen = {_heard(p): p for row in rows if row.kind == "video" for p in row.pieces}
    volumes: dict[Heard, float | None] = {}
    for row in rows:
        if row.kind == "audio":
            volumes.update({_heard(p): p.volume for p in row.pieces if _heard(p) in seen})
    own = any(row.kind == "audio" for row in rows)
    made = []
    for row in rows:
        found = _widened(row, losses)
        if row.kind == "audio":
            kept = [p for p, q in zip(found, row.pieces, strict=True) if _heard(q) not in seen]
            if not kept:
                continue
            found = kept if len(kept) == len(found) else [_alone(p) for p in kept]
        elif row.kind == "video" and own:
            found = [_sounding(p, q, volumes) for p, q in zip(found, row.pieces, strict=True)]
        made.append(Lane(row.kind, row.name, tuple(found)))
    return tuple(made)


def _heard(piece: Piece) -> Heard:
    return piece.source, piece.start, piece.end, piece.source_in, piece.speed


def _sounding(piece: Piece, cut: Piece, volumes: dict[Heard, float | None]) -> Piece:
    key = _heard(cut)
    if key in volumes:
        return replace(piece, volume=volumes[key] if volumes[key] is not None else piece.volume)
    return replace(piece, volume=0.0) if piece.has_sound() else piece


def _alone(piece: Piece) -> Piece:
    return replace(piece.part(piece.start + piece.overlap // 2, piece.end), overlap=0, transition="")


def _widened(row: Row, losses: Losses) -> list[Piece]:
    """The pieces, those beside a transition longer by their part of it."""
    made: list[Piece] = []
    left: Counter[str] = Counter()
    for n, piece in enumerate(row.pieces):
        lead = row.leads.get(n)
        if lead is None or lead.before + lead.after <= 0:
            made.append(piece)
            continue
        last = row.pieces[n - 1] if n else None
        if last is None or last.end != piece.start or not (last.source and piece.source):
            left["fade"] += 1
            made.append(piece)
            continue
        before, after = _room(lead, last, piece, made[-1])
        made[-1] = made[-1].part(made[-1].start, made[-1].end + after)
        wide = piece.part(piece.start - before, piece.end)
        made.append(replace(wide, transition=lead.type, overlap=before + after) if before + after else piece)
    for what, count in left.items():
        losses.add("unread", what=say(f"loss.a {what}"), count=count)
    return made


def _room(lead: Lead, last: Piece, piece: Piece, made: Piece) -> tuple[int, int]:
    """How much of a transition there is material for before and behind the cut."""
    before = min(lead.before, last.length, made.length - made.overlap - 1, piece.start)
    after = min(lead.after, piece.length - 1)
    if piece.speed > 0:
        before = min(before, int(piece.source_in / piece.speed))
    return max(0, before), max(0, after)


def sorted_row(row: Row, found: Sequence[tuple[Piece, Lead | None]]) -> Row:
    """The row with pieces that came in any order, without those that overlap an earlier one."""
    end = 0
    for piece, lead in sorted(found, key=lambda each: each[0].start):
        if piece.start < end or piece.length <= 0:
            continue
        if lead is not None:
            row.leads[len(row.pieces)] = lead
        row.pieces.append(piece)
        end = piece.end
    return row
