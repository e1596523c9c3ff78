"""Which segment of one draft is which of another, and which of them stand in another order."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from .model import Segment

__all__ = ["counterpart", "displaced", "held", "matched", "shown", "source"]

Pairs = list[tuple["Segment", "Segment"]]


def source(s: Segment) -> str:
    """What a clip's parts are compared by: its source, or its name where only positions in it are known."""
    return s.src or (s.name if s.in_ms is not None else "")


def shown(s: Segment) -> tuple[int, int]:
    """The part of its source that a clip shows, in ms."""
    start = s.in_ms or 0
    return start, s.out_ms if s.out_ms is not None else start + round(s.duration_ms * s.speed)


def held(s: Segment) -> bool:
    """Whether a clip stands still: one picture of its source is held."""
    meta = s.raw.get("m")
    return isinstance(meta, dict) and meta.get("freeze") is True


_CLIPS: tuple[Callable[[Segment], Hashable], ...] = (
    lambda s: s.id and (s.id, source(s)),
    lambda s: (source(s), s.in_ms or 0, held(s)),
    lambda s: s.out_ms is not None and (source(s), s.out_ms, held(s)),
)
_PLACED: tuple[Callable[[Segment], Hashable], ...] = (
    lambda s: s.id,
    lambda s: (s.name, s.start_ms, s.duration_ms),
    lambda s: (s.name, s.start_ms),
    lambda s: s.name,
    lambda s: s.start_ms + 1,
)
"""What two segments have in common that are one and the same, the surest first; falsy says nothing."""


def matched(
    old: Sequence[Segment], new: Sequence[Segment], *, placed: bool = False
) -> tuple[Pairs, list[Segment], list[Segment]]:
    """The segments that are the same in both, in the new order; those that are gone; those that are new.

    `placed` segments (music, titles) are known by id, name and place, clips by id and part of a source.
    """
    left, right = list(old), list(new)
    found: dict[int, Segment] = {}
    for key in _PLACED if placed else _CLIPS:
        waiting: defaultdict[Hashable, list[Segment]] = defaultdict(list)
        for s in left:
            waiting[key(s)].append(s)
        for s in right:
            same = key(s)
            if same and waiting[same]:
                found[id(s)] = waiting[same].pop(0)
        taken = {id(s) for s in found.values()}
        left = [s for s in left if id(s) not in taken]
        right = [s for s in right if id(s) not in found]
    return [(found[id(s)], s) for s in new if id(s) in found], left, right


def counterpart(s: Segment, old: Sequence[Segment]) -> Segment | None:
    """The clip that a new one was cut from: the one that showed most of the same part."""
    start, end = shown(s)

    def common(o: Segment) -> int:
        return min(end, shown(o)[1]) - max(start, shown(o)[0])

    same = [o for o in old if source(o) == source(s) and common(o) > 0]
    return max(same, key=common) if same else None


def displaced(pairs: Pairs, old: Sequence[Segment]) -> Pairs:
    """The fewest pairs that must have moved for the old order to become the new one.

    `pairs` are in the new order; those that stay are a longest rising run of old places.
    """
    place = {id(s): i for i, s in enumerate(old)}
    rank = [place[id(a)] for a, _ in pairs]
    if rank == sorted(rank):
        return []
    best = [1] * len(rank)
    for i in range(len(rank)):
        best[i] = 1 + max((best[j] for j in range(i) if rank[j] < rank[i]), default=0)
    stay: set[int] = set()
    want, limit = max(best), len(old)
    for i in range(len(rank) - 1, -1, -1):
        ties = [j for j in range(i + 1) if best[j] == want and rank[j] < limit]
        if best[i] == want and rank[i] < limit and rank[i] == min(rank[j] for j in ties):
            stay.add(i)
            want, limit = want - 1, rank[i]
    return [pair for i, pair in enumerate(pairs) if i not in stay]
