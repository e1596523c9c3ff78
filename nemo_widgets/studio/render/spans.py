"""Shots and titles as spans: the longest stretches of the timeline whose layers are the same."""

from __future__ import annotations

from bisect import insort
from itertools import pairwise
from typing import TYPE_CHECKING

from .model import Span, Title, VideoClip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nemo_widgets.draft import Segment

    Row = Sequence[tuple[Segment, VideoClip]]

__all__ = ["make_spans"]


def make_spans(rows: Sequence[Row], titles: Sequence[Title], frames: int) -> Iterator[Span]:
    """The spans of a timeline of so many frames; `rows` are its video tracks, the upper ones later."""
    layers: list[VideoClip | Title] = [*titles, *(shot for row in rows for _, shot in row)]
    edges = {0, frames, *(x for layer in layers for x in (layer.first, layer.last))}
    cuts = sorted(x for x in edges if 0 <= x <= frames)
    waiting = [list(reversed(row)) for row in rows]
    active: list[list[tuple[Segment, VideoClip]]] = [[] for _ in rows]
    coming = sorted(enumerate(titles), key=lambda title: -title[1].first)
    shown: list[tuple[int, Title]] = []
    for first, last in pairwise(cuts):
        for row, stack in zip(active, waiting, strict=True):
            while stack and stack[-1][1].first <= first:
                row.append(stack.pop())
            row[:] = [entry for entry in row if entry[1].last > first]
        shown = [entry for entry in shown if entry[1].last > first]
        while coming and coming[-1][1].first <= first:
            insort(
                shown, coming.pop(), key=lambda entry: entry[0]
            )  # they lie over each other as they were given
        texts = tuple(title for _, title in shown)
        top = next((row for row in reversed(active) if row), [])
        if len(top) > 1 and top[-1][0].transition:
            below, (segment, above) = top[-2][1], top[-1]
            blend = above.first, min(below.last, above.last)
            yield Span(first, last, below, above, blend, texts, segment.transition)
        else:
            yield Span(first, last, top[-1][1] if top else None, titles=texts)
