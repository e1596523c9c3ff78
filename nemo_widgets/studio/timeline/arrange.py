"""Shots in another order: a text that lies on one goes where that goes, a transition stays at its cut."""

from __future__ import annotations

import copy
from bisect import bisect_right
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import TEXT, Draft, clock
from nemo_widgets.studio.limits import short
from nemo_widgets.studio.words import Said

from .clip import length_of, new_id, read, write
from .grid import FrameGrid
from .refs import bounds
from .ripple import LONGEST_NAME, SPOKEN, settle
from .texts import lay, texts
from .track_ops import fitted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nemo_widgets.draft import Segment

    from .clip import Clip
    from .media_item import MediaItem

__all__ = ["FRESH", "arrange"]

FRESH = -1
"""The start of a shot that is not on the timeline yet."""
_NEAR_MS = 2
"""Places as near as this are the same."""


def arrange(
    draft: dict[str, Any], shots: Sequence[Clip], media: Mapping[str, MediaItem]
) -> tuple[dict[str, Any], Said]:
    """The draft with these shots in this order, and what became of texts and transitions beside it.

    A shot says by its `start` where it is in the draft; of two with the same start the second is a copy.
    Two shots that are still side by side keep the transition between them; those of parted shots stay at
    their cuts in order, as long as there is room. A text that lies on one shot goes with that. Titles
    that open or close the film do so still, unless they were laid on the whole shot. A copy has
    the captions and subtitles of its shot, which say what is seen and heard in it; a title or a name is
    not shown twice.
    """
    first = {s.start: s for s in reversed(shots) if s.start != FRESH}
    old = [first[start] for start in sorted(first)]
    asked = _with_transitions(old, shots)
    laid = fitted(asked, FrameGrid.of(draft))
    new = write(draft, laid)
    went = sum(1 for s, now in zip(asked[1:], laid[1:], strict=True) if s.transition and not now.transition)
    told = _Texts(draft, old, shots, new).laid()
    if went:
        many = went > 1
        told += Said(
            f"{went} transition{'s' * many} went: the clips are too short for {'them' if many else 'it'}.",
            f"有 {went} 处转场去掉了：片段太短，放不下。",
        )
    return settle(new, length_of(draft), media), told


def _with_transitions(old: Sequence[Clip], shots: Sequence[Clip]) -> list[Clip]:
    """The shots with the transitions that they are to have, whether or not there is room."""
    before = {(left.start, right.start): right for left, right in pairwise(old)}
    pairs = [(left.start, right.start) for left, right in pairwise(shots)]
    kept = [before.get(pair) or before.get(pair[::-1]) for pair in pairs]
    together = {(*pair,) for pair in pairs} | {pair[::-1] for pair in pairs}
    parted = [right for pair, right in before.items() if pair not in together]
    free = [i for i, right in enumerate(kept) if right is None]
    for i, right in zip(reversed(free), reversed(parted), strict=False):
        kept[i] = right
    found = [replace(s, transition=0) for s in shots[:1]]
    for shot, donor in zip(shots[1:], kept, strict=True):
        if donor is None or not donor.transition:
            found.append(replace(shot, transition=0))
            continue
        kind = donor.meta.get("transition")
        named = donor.kind or (kind.get("type") if isinstance(kind, dict) else "") or ""
        own = donor.start == shot.start
        found.append(replace(shot, transition=donor.transition, kind=shot.kind if own else str(named)))
    return found


class _Texts:
    """The texts of a draft on the shots in their new order."""

    def __init__(
        self, draft: dict[str, Any], old: Sequence[Clip], shots: Sequence[Clip], new: dict[str, Any]
    ) -> None:
        self._draft, self._new, self._old, self._placed = draft, new, old, read(new)
        fades = {s.start: s.transition for s in read(draft)}
        self._end = length_of(draft)
        self._edges = [0, *(s.start + fades.get(s.start, 0) // 2 for s in old[1:]), self._end]
        self._new_edges = bounds(self._placed)
        self._at: dict[int, list[int]] = {}
        for number, shot in enumerate(shots):
            self._at.setdefault(shot.start, []).append(number)

    def laid(self) -> Said:
        """Lay them where they go, changing the new draft; what is said of them."""
        told = Said()
        copies: list[tuple[Segment, int, int]] = []
        where: dict[int, tuple[int, int]] = {}
        for s in texts(self._draft):
            places = self._places(s)
            where[id(s.raw)] = places[0] if places else (s.start_ms, s.end_ms)
            copies += [(s, *place) for place in places[1:]]
            told += _stays(s) if not places and self._is_left(s) else Said()
        for track, old in zip([*self._new["t"]], self._draft["t"], strict=True):
            if isinstance(track, dict) and track.get("tt") == TEXT and isinstance(track.get("sg"), list):
                _lay_track(self._new, track, [where.get(id(raw)) for raw in old["sg"]])
        for s, start, stop in copies:
            raw = copy.deepcopy(s.raw)
            raw["d"], raw["m"] = stop - start, {**raw["m"], "id": new_id(self._new, "x"), "start": start}
            lay(self._new, s.text_kind, raw)
        return told + _repeated([s for s, _, _ in copies])

    def _places(self, s: Segment) -> list[tuple[int, int]]:
        """From when to when a text is shown, and its copies; none if it lies on nothing that stays whole."""
        if len(self._old) > 1 and s.start_ms <= _NEAR_MS and s.end_ms >= self._end - _NEAR_MS:
            return [(0, self._new_edges[-1])]
        first = self._shot(s.start_ms + _NEAR_MS)
        last = self._shot(max(s.start_ms, s.end_ms - 1 - _NEAR_MS))
        if s.text_kind in SPOKEN and first != last:
            first = last = self._most(s, first, last)
        ends = ((s.start_ms, self._edges[first]), (s.end_ms, self._edges[last + 1]))
        whole = all(abs(place - edge) <= _NEAR_MS for place, edge in ends)
        if s.text_kind == "title" and not whole:
            if s.start_ms == 0:
                return [(0, s.duration_ms)]
            if s.end_ms >= self._end:
                end = self._new_edges[-1]
                return [(max(0, end - s.duration_ms), end)]
        runs = [self._run(number, first, last) for number in self._at.get(self._old[first].start, [])]
        found = [self._placed_on(s, *run, whole=whole) for run in runs if run]
        return found if s.text_kind in SPOKEN else found[:1]

    def _shot(self, ms: int) -> int:
        """The old shot that a place is in."""
        return min(len(self._old) - 1, max(0, bisect_right(self._edges, ms) - 1))

    def _most(self, s: Segment, first: int, last: int) -> int:
        """The shot that a text lies on for the longest."""
        return max(
            range(first, last + 1),
            key=lambda i: min(s.end_ms, self._edges[i + 1]) - max(s.start_ms, self._edges[i]),
        )

    def _run(self, number: int, first: int, last: int) -> tuple[int, int, int] | None:
        """The old shot, and the new ones that stand for these in their order; None where they are parted."""
        wanted = [s.start for s in self._old[first : last + 1]]
        there = [next(iter(self._at.get(start, [-1]))) for start in wanted[1:]]
        same = there == list(range(number + 1, number + 1 + len(there)))
        return (first, number, number + len(there)) if same else None

    def _placed_on(self, s: Segment, old: int, first: int, last: int, *, whole: bool) -> tuple[int, int]:
        low, high = self._new_edges[first], self._new_edges[last + 1]
        if whole:
            return low, high
        long = min(s.duration_ms, high - low)
        start = self._placed[first].start + s.start_ms - self._old[old].start
        start = max(low, min(start, high - long))
        return start, start + long

    def _is_left(self, s: Segment) -> bool:
        """Whether what a text began with went elsewhere without it."""
        shot = self._old[self._shot(s.start_ms + _NEAR_MS)]
        there = self._at.get(shot.start, [])
        return not any(abs(self._placed[number].start - shot.start) <= _NEAR_MS for number in there)


def _lay_track(new: dict[str, Any], track: dict[str, Any], places: list[tuple[int, int] | None]) -> None:
    """Lay the texts of one track where they go; what would lie on another there goes to a track beside it."""
    laid: list[dict[str, Any]] = []
    beside: list[Segment] = []
    moved = False
    for raw, place in zip(track["sg"], places, strict=True):
        if place is not None and (raw["m"]["start"], raw["d"]) != (place[0], place[1] - place[0]):
            raw["m"]["start"], raw["d"], moved = place[0], place[1] - place[0], True
    if not moved:
        return
    end = 0
    for s in sorted(Draft({"t": [track]}).layout()[0].segments, key=lambda s: s.start_ms):
        if laid and s.start_ms < end:
            beside.append(s)
        else:
            laid.append(s.raw)
            end = s.end_ms
    track["sg"] = laid
    for s in beside:
        lay(new, s.text_kind, s.raw)


def _stays(s: Segment) -> Said:
    name, when = short(s.text, LONGEST_NAME), f"{clock(s.start_ms)}–{clock(s.end_ms)}"
    return Said(
        f"The text “{name}” lies over several clips and stays at {when}.",
        f"文字“{name}”跨了几个片段，仍在 {when}。",
    )


def _repeated(copies: Sequence[Segment]) -> Said:
    names = list(dict.fromkeys(short(s.text, LONGEST_NAME) for s in copies))
    if not names:
        return Said()
    many = len(names)
    if many > 1:
        return Said(f"The {many} captions on it are repeated, too.", f"上面的 {many} 条字幕也一起重复。")
    return Said(f"Its caption “{names[0]}” is repeated, too.", f"上面的字幕“{names[0]}”也一起重复。")
