"""Where the segments of an edited table stand: one after the other on the track that is cut, else as told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .row_edits import Row

__all__ = ["check_overlaps", "is_packed", "pack"]

_LASTING = {"transition", "transition_ms", "duration_ms", "in_ms", "out_ms", "end_ms", "speed"}
"""What can make a transition too long."""


def fade_of(row: Row, before: Row | None) -> int:
    """How long a row overlaps the one before it by its transition."""
    if before is None or not row.held.get("transition"):
        return 0
    return int(row.held.get("transition_ms") or 0)


def is_packed(rows: Sequence[Row]) -> bool:
    """Whether segments, as they were, follow each other from the beginning, but for transitions."""
    end = 0
    for n, row in enumerate(rows):
        old = row.before
        fade = int(old["transition_ms"]) if n and old["transition"] else 0
        if old["start_ms"] != end - fade:
            return False
        end = old["end_ms"]
    return True


def pack(rows: Sequence[Row]) -> list[Row]:
    """The rows in their new order, each behind the one before it.

    The order is that of the rows, unless starts were edited: then it is that of the starts. A start that
    comes out as another than it was edited to is refused.
    """
    asked = {id(row): row.held["start_ms"] for row in rows if "start_ms" in row.changed}
    order = list(rows)
    if asked:
        order.sort(key=lambda row: (row.held["start_ms"], id(row) not in asked))
    end, last = 0, None
    for row in order:
        if last is None and row.held.get("transition"):
            row.held["transition"], row.held["transition_ms"] = "", 0  # it belongs to the cut before it
            row.changed.add("transition")
        fade = fade_of(row, last)
        if last is not None and fade:
            _check_fade(row, last, fade)
        start = end - fade
        if asked.get(id(row), start) != start:
            row.refuse("start_ms", say("table.follows", value=asked[id(row)], start=start))
        row.held["start_ms"] = start
        end = row.held["end_ms"] = start + row.held["duration_ms"]
        last = row
    return order


def _check_fade(row: Row, last: Row, fade: int) -> None:
    touched = row.changed | last.changed | ({"transition"} if row.fresh else set())
    shorter = min(row.held["duration_ms"], last.held["duration_ms"])
    if fade >= shorter and touched & {
        "transition",
        "transition_ms",
        "duration_ms",
        "in_ms",
        "out_ms",
        "end_ms",
        "speed",
    }:
        row.refuse("transition_ms", say("table.long transition", value=fade, most=max(0, shorter - 1)))


def check_overlaps(rows: Sequence[Row]) -> None:
    """Refuse rows that were placed onto others of their track; what overlapped before may do so still."""
    furthest: Row | None = None
    for row in sorted(rows, key=lambda row: (row.held["start_ms"], row.held["end_ms"])):
        if furthest is not None:
            common = furthest.held["end_ms"] - row.held["start_ms"] - fade_of(row, furthest)
            if common > 0 and (_placed(row) or _placed(furthest)) and common > _common(furthest, row):
                moved, other = (row, furthest) if _placed(row) else (furthest, row)
                moved.refuse("start_ms", say("table.overlap", value=common, other=other.label))
        if furthest is None or row.held["end_ms"] > furthest.held["end_ms"]:
            furthest = row


def _placed(row: Row) -> bool:
    old = row.before
    same = all(row.held[name] == old.get(name) for name in ("start_ms", "end_ms", "track"))
    return row.fresh or not same


def _common(a: Row, b: Row) -> int:
    """How long two rows overlapped before, if they stood on one track."""
    if a.fresh or b.fresh or a.before["track"] != b.before["track"]:
        return 0
    ends = min(a.before["end_ms"], b.before["end_ms"])
    return int(max(0, ends - max(a.before["start_ms"], b.before["start_ms"])))
