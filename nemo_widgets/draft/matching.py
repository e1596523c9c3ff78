"""Which segment of one draft is which of another, and which of them stand in another order."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from .layout import Segment

__all__ = ["Shown", "displaced", "held", "matched", "run", "shown", "source"]

_NEAR = 12
"""So many clips that show the same part of a source are compared with a new one."""

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
    return s.meta.get("freeze") is True


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
        waiting: defaultdict[Hashable, deque[Segment]] = defaultdict(deque)
        for s in left:
            waiting[key(s)].append(s)
        for s in right:
            same = key(s)
            if same and waiting[same]:
                found[id(s)] = waiting[same].popleft()
        taken = {id(s) for s in found.values()}
        left = [s for s in left if id(s) not in taken]
        right = [s for s in right if id(s) not in found]
    return [(found[id(s)], s) for s in new if id(s) in found], left, right


class Shown:
    """Which parts of their sources the clips of a draft show, sorted, so that none is gone through twice."""

    def __init__(self, clips: Sequence[Segment]) -> None:
        self._of: dict[str, list[tuple[int, int, int, Segment]]] = {}
        for place, clip in enumerate(clips):
            start, end = shown(clip)
            self._of.setdefault(source(clip), []).append((start, end, -place, clip))
        for parts in self._of.values():
            parts.sort(key=lambda part: part[:3])
        self._furthest = {
            key: list(accumulate((p[1] for p in parts), max)) for key, parts in self._of.items()
        }

    def counterpart(self, s: Segment) -> Segment | None:
        """The clip that a new one was cut from: the one that showed most of the same part.

        Where very many show the same part, the last ones that begin before its end are compared.
        """
        start, end = shown(s)
        parts = self._of.get(source(s), [])
        before = bisect_left(parts, end, key=lambda part: part[0])
        near = (
            (min(end, o[1]) - max(start, o[0]), o[2], o[3]) for o in parts[max(0, before - _NEAR) : before]
        )
        common, _, found = max(near, key=lambda each: each[:2], default=(0, 0, None))
        return found if common > 0 else None

    def splits(self, s: Segment) -> bool:
        """Whether a clip begins in the middle of one of these, and where none of them begins."""
        at = shown(s)[0]
        parts = self._of.get(source(s), [])
        before = bisect_left(parts, at, key=lambda part: part[0])
        begins = before < len(parts) and parts[before][0] == at
        return before > 0 and not begins and self._furthest[source(s)][before - 1] > at


def displaced(pairs: Pairs, old: Sequence[Segment]) -> Pairs:
    """The fewest pairs that must have moved for the old order to become the new one.

    `pairs` are in the new order; those that stay are a longest rising run of old places.
    """
    place = {id(s): i for i, s in enumerate(old)}
    stay = run([place[id(a)] for a, _ in pairs])
    return [pair for i, pair in enumerate(pairs) if i not in stay]


def run(rank: Sequence[int]) -> set[int]:
    """Where in a sequence of different numbers the members of a longest rising run stand."""
    if list(rank) == sorted(rank):
        return set(range(len(rank)))
    best: list[int] = []  # how long the longest rising run is that ends here
    ends: list[int] = []  # with what a run of each length ends at the least
    for place_of in rank:
        length = bisect_left(ends, place_of)
        ends[length : length + 1] = [place_of]
        best.append(length + 1)
    stay: set[int] = set()
    want, limit = len(ends), max(rank) + 1
    for i in range(len(rank) - 1, -1, -1):
        if best[i] == want and rank[i] < limit:
            stay.add(i)
            want, limit = want - 1, rank[i]
    return stay
