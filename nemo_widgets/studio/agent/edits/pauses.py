"""Pauses on the timeline: what of them goes, and how much silence lies at a joint.

What is found in a source are the parts that can go; beside each of them `padding_ms` of silence stays next
to a word. A crossfade at a pause's joint lies over silence only, so as much of the pause as it takes stays
at both sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.timeline.clip import Clip, read
from nemo_widgets.studio.timeline.grid import FrameGrid
from nemo_widgets.studio.timeline.time_range import place
from nemo_widgets.studio.timeline.track_ops import merge

from .hearing import heard_of, heard_question, heard_sources

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.world import Question, World
    from nemo_widgets.studio.timeline.time_range import Stretch
    from nemo_widgets.studio.timeline.track_ops import FadeLength

__all__ = ["CUT_FADE_MS", "PAUSE_FADE_MS", "PauseOptions", "Quiet", "pause_questions"]

Ranges = list[tuple[int, int]]
CUT_FADE_MS = 500
"""A crossfade where nothing is said about its length."""
PAUSE_FADE_MS = 300
"""Likewise at a pause's joint, where more would leave too much of the pause."""
_LEAST_MS = 20
"""What is left of a pause after earlier cuts is no pause below this."""
_LEAST_CUT = 2
"""In frames: what of a short pause goes at the least, whatever a crossfade would take."""


@dataclass(frozen=True, slots=True)
class PauseOptions:
    """Which pauses are cut: those of at least `min_ms`; `padding_ms` of each stays at either side.

    With `within`, only what lies in that part of the timeline; with `longest`, only the longest of them.
    """

    min_ms: int = 500
    padding_ms: int = 100
    within: Stretch | None = None
    longest: bool = False


def pause_questions(draft: dict[str, Any], world: World, options: PauseOptions) -> list[Question]:
    """What has to be found before these pauses can be cut."""
    asked = (("min_pause_ms", options.min_ms), ("padding_ms", options.padding_ms))
    return [heard_question("pauses", src, heard, asked) for src, heard in heard_sources(draft, world)]


@dataclass(frozen=True, slots=True)
class _Part:
    """What is left of a shot, in ms of its source; `opens` and `closes` say whether a joint is there."""

    shot: Clip
    low: int
    high: int
    opens: bool
    closes: bool


class Quiet:
    """Where nobody speaks in the sources of a draft."""

    def __init__(self, draft: dict[str, Any], world: World, options: PauseOptions) -> None:
        self._options, self._padding, self._frames = options, options.padding_ms, FrameGrid.of(draft)
        self._world = world
        asked = zip(heard_sources(draft, world), pause_questions(draft, world, options), strict=True)
        self._found = {heard: [(int(a), int(b)) for a, b in world.find(q) or ()] for heard, q in asked}

    def joint(self, length_ms: int | None) -> FadeLength:
        """How long a crossfade is: as said or usual, and at a pause never more than the silence."""

        def length(left: Clip, right: Clip) -> int:
            silent = [ms for ms in (self._tail(left), self._head(right)) if ms is not None]
            if not silent:
                return CUT_FADE_MS if length_ms is None else length_ms
            return min(PAUSE_FADE_MS if length_ms is None else length_ms, *silent)

        return length

    def _cuts(self, shot: Clip) -> Ranges:
        """What can go of a shot's source, by what is heard of it."""
        return self._found.get((shot.src, heard_of(shot, self._world)), [])

    def _whole(self, shot: Clip) -> Ranges:
        """The pauses with what of them is kept; at the very start nothing is."""
        return [(max(0, a - self._padding), b + self._padding) for a, b in self._cuts(shot)]

    def _tail(self, shot: Clip) -> int | None:
        """The silence at the end of a shot, None if its end lies in no pause."""
        return self._early(shot) if shot.backwards else self._late(shot)

    def _head(self, shot: Clip) -> int | None:
        """The silence at the start of a shot, None if it starts in no pause."""
        return self._late(shot) if shot.backwards else self._early(shot)

    def _late(self, shot: Clip) -> int | None:
        """The silence before the end of what is taken from the source."""
        found = (shot.src_out - max(a, shot.src_in) for a, b in self._whole(shot) if a < shot.src_out <= b)
        return next((int(ms / shot.speed) for ms in found), None)

    def _early(self, shot: Clip) -> int | None:
        """The silence from the start of what is taken from the source."""
        found = (min(b, shot.src_out) - shot.src_in for a, b in self._whole(shot) if a <= shot.src_in < b)
        return next((int(ms / shot.speed) for ms in found), None)

    def ranges(self, draft: dict[str, Any], gone: Ranges, room_ms: int) -> Ranges:
        """The parts of the timeline that go, `gone` going already; `room_ms` of silence stays at a joint."""
        found: Ranges = []
        for part in _parts(read(draft), gone):
            for cut, whole in zip(self._cuts(part.shot), self._whole(part.shot), strict=True):
                a, b = max(cut[0], part.low), min(cut[1], part.high)
                if b - a < _LEAST_MS:
                    continue
                a, b = self._with_room(part, (a, b), whole, ceil(room_ms * part.shot.speed))
                if b - a >= _LEAST_MS:
                    ends = sorted((part.shot.timeline(a), part.shot.timeline(b)))
                    found.append((ends[0], ends[1]))
        return self._chosen(merge(found), draft)

    def _chosen(self, found: Ranges, draft: dict[str, Any]) -> Ranges:
        """Those of the pauses that were meant."""
        if self._options.within:
            low, high, _ = place(self._options.within, draft)
            found = [(max(a, low), min(b, high)) for a, b in found]
            found = [(a, b) for a, b in found if b - a >= _LEAST_MS]
        return sorted(found, key=lambda r: r[0] - r[1])[:1] if self._options.longest else found

    def _with_room(
        self, part: _Part, cut: tuple[int, int], whole: tuple[int, int], room: int
    ) -> tuple[int, int]:
        """The part of a pause that goes when a crossfade of `room` ms needs silence beside it."""
        (a, b), (start, end) = cut, (max(whole[0], part.low), min(whole[1], part.high))
        speaks_before, speaks_after = a > part.low, b < part.high
        if not room:
            return a, b
        if speaks_before and speaks_after:
            room = min(room, (end - start - self._frames.at(_LEAST_CUT)) // 2)
        room = max(room, self._padding)
        if speaks_before and (speaks_after or part.closes):
            a = max(a, self._frames.up(start + room))
        if speaks_after and (speaks_before or part.opens):
            b = min(b, self._frames.down(end - room))
        return a, b


def _parts(shots: list[Clip], gone: Ranges) -> list[_Part]:
    """What is left of each shot beside `gone`, and beside transitions, which keep twice their length."""
    places: list[tuple[Clip, int, int]] = []
    for shot, after in pairwise([*shots, None]):
        if shot is None:
            continue
        low = shot.start + 2 * shot.transition
        high = shot.end - 2 * after.transition if after else shot.end
        at = low
        for start, end in [*gone, (high, high)]:
            if at < min(start, high):
                places.append((shot, at, min(start, high)))
            at = max(at, end)
    parts = []
    for i, (shot, low, high) in enumerate(places):
        sides = [(shot.source(low), i > 0), (shot.source(high), i + 1 < len(places))]
        (a, opens), (b, closes) = sides[::-1] if shot.backwards else sides
        parts.append(_Part(shot, a, b, opens, closes))
    return parts
