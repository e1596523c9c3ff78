"""Edits of the transitions at the cuts of the main track."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.draft import clock, duration
from nemo_widgets.draft.schema import TRANSITIONS
from nemo_widgets.studio.timeline.clip import length_of, read
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.grid import FrameGrid
from nemo_widgets.studio.timeline.refs import bounds
from nemo_widgets.studio.timeline.ripple import carried, moved_with, texts_lost
from nemo_widgets.studio.timeline.track_ops import LEAST_FADE, lengths, set_transitions
from nemo_widgets.studio.words import Said

from .edit import Edit, Outcome
from .pauses import CUT_FADE_MS, PAUSE_FADE_MS, PauseOptions, Quiet, pause_questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.agent.world import Question, World
    from nemo_widgets.studio.timeline.clip import Clip
    from nemo_widgets.studio.timeline.time_range import Stretch

__all__ = ["RemoveTransitions", "SetTransitions"]

_NEAR_MS = 1500
"""A cut that is further from a named time is not meant."""
_NAMED = 3
"""No more clips than this are named."""


@dataclass(frozen=True, slots=True)
class SetTransitions(Edit):
    """A transition at every cut of the main track; with `existing`, only a change of those there are.

    `length_ms` None is what is usual, `kind` "" a crossfade or what is there. `at` names places at whose
    beginnings the cuts are that are meant, none for all; `of` the type of the transitions that are, such as
    wipe. With `factor`, those there are become so many times as long. With `pauses`, those of the same
    message, a transition where a pause was cut lies over silence only.
    """

    length_ms: int | None = None
    existing: bool = False
    pauses: PauseOptions | None = None
    kind: str = ""
    at: tuple[Stretch, ...] = ()
    of: str = ""
    factor: Fraction | None = None
    name: ClassVar[str] = "set_transitions"
    touches: ClassVar[str] = "transitions"
    timeline: ClassVar[bool] = True

    @property
    def room_ms(self) -> int:
        """The silence that it needs at a pause's joint."""
        return PAUSE_FADE_MS if self.length_ms is None else self.length_ms

    def questions(self, draft: dict[str, Any], world: World) -> Sequence[Question]:
        """The pauses of every source that has sound, if some were cut."""
        return pause_questions(draft, world, self.pauses) if self.pauses else ()

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Set the transitions; see `Edit.apply`."""
        shots = read(draft)
        if self.kind and self.kind not in TRANSITIONS:
            raise EditRefused(Said(f"There is no transition “{self.kind}”. Nothing was changed.",
                                   f"没有“{self.kind}”这种转场。没有做任何改动。"))  # fmt: skip
        if len(shots) < 2:  # noqa: PLR2004 - a cut stands between two
            said = Said("There is no cut yet to put a transition at.", "还没有剪切点，没有可加转场的地方。")
            return Outcome(draft, said, "set_transitions", {}, {"status": "unchanged", "cuts": 0})
        if self.existing and not any(s.transition for s in shots):
            said = Said("There are no transitions to change.", "没有可以修改的转场。")
            return Outcome(draft, said, "set_transitions", {}, {"status": "unchanged"})
        numbers = _numbers(draft, self.at, self.of)
        if not numbers:
            return Outcome(draft, _none(self.of), "set_transitions", {}, {"status": "unchanged"})
        self._fits(shots)
        new = self._set(draft, world, numbers)
        new = carried(draft, new, moved_with(shots, read(new), trimmed=True), world.media)
        whole = read(new)
        after = [s for i, s in enumerate(whole) if i in numbers]
        fades = [s.transition for s in after if s.transition]
        kinds = {kind_of(s) for s in after if s.transition}
        args = {"type": next(iter(kinds), "crossfade"), "duration": max(fades, default=0) / 1000}
        response = {"status": "success", "transitions": len(fades), "duration": length_of(new) / 1000}
        if not fades and 0 < self.room_ms < FrameGrid.of(draft).at(LEAST_FADE):
            least = FrameGrid.of(draft).at(LEAST_FADE)
            said = Said(
                f"A transition lasts at least {duration(least)}.", f"转场至少要 {duration(least, zh=True)}。"
            )
            return Outcome(draft, said, "set_transitions", {}, {"status": "unchanged"})
        name = TRANSITIONS[next(iter(kinds))] if len(kinds) == 1 else ("transition", "转场")
        borders = bounds(shots)
        edges = [borders[number] for number in sorted(numbers)]
        said = self._said(fades, name, edges) if new != draft else _same(fades, name)
        hard = [i for i in sorted(numbers) if not whole[i].transition]
        notes = Said() if self.existing or len(hard) in (0, len(after)) else _bare(whole, hard)
        notes += texts_lost(draft, new) + self._shorter(whole, numbers, FrameGrid.of(draft))
        return Outcome(new, said, "set_transitions", args, response, notes=notes)

    def _set(self, draft: dict[str, Any], world: World, numbers: set[int]) -> dict[str, Any]:
        joint: Any = CUT_FADE_MS if self.length_ms is None else self.length_ms
        if self.pauses:
            joint = Quiet(draft, world, self.pauses).joint(self.length_ms)
        if self.existing and self.length_ms is None:  # another type, or so many times as long
            factor = self.factor or Fraction(1)
            joint = lambda _left, right: round(right.transition * factor)  # noqa: E731 - as a joint is
        return set_transitions(draft, joint, existing=self.existing, kind=self.kind, at=numbers)

    def _fits(self, shots: Sequence[Clip]) -> None:
        """Raise EditRefused if no clip is as long as the transition."""
        longest = max(shot.duration for shot in shots)
        if self.length_ms is not None and self.length_ms > longest:
            asked = self.length_ms
            raise EditRefused(
                Said(f"A transition of {duration(asked)} is longer than any clip; "
                     f"the longest is {duration(longest)}. Nothing was changed.",
                     f"{duration(asked, zh=True)}的转场比所有片段都长："
                     f"最长的片段是 {duration(longest, zh=True)}。没有做任何改动。")
            )  # fmt: skip

    def _shorter(self, shots: Sequence[Clip], numbers: set[int], frames: FrameGrid) -> Said:
        """How many of the transitions are shorter than what was asked for, if any is, and for which clip."""
        there = [i for i in sorted(numbers) if shots[i].transition]
        asked = self.length_ms
        short = [i for i in there if asked is not None and shots[i].transition < frames.down(asked)]
        if asked is None or not short:
            return Said()
        count = len(short)
        which, which_zh = (f"{count} are", f"有 {count} 个比") if count > 1 else ("One is", "有一个比")
        if count == len(there):
            which, which_zh = ("They are", "都比") if count > 1 else ("It is", "它比")
        why = _no_room(shots, short)
        return Said(
            f"{which} shorter than {duration(asked)}: {why.en}, of which a transition takes half at most.",
            f"{which_zh} {duration(asked, zh=True)}短：{why.zh}，转场最多占其中一半。",
        )

    def _said(self, fades: list[int], name: tuple[str, str], edges: list[int]) -> Said:
        if not fades:
            return Said("The clips are too short for a transition.", "片段太短，放不下转场。")
        count, long, (en, zh) = len(fades), lengths(fades), name
        times = [clock(edge) for edge in edges]
        where, where_zh = (f" at {', '.join(times)}", f" {'、'.join(times)}的") if self.at else ("", "")
        if self.existing:
            if self.kind:
                are = f"{count} {_plural(en)}" if count != 1 else f"a {en}"
                verb = ("transitions are", "now") if count != 1 else ("transition is", "now")
                return Said(f"The {verb[0]} {verb[1]} {are} of {long} s.", f"转场现在是 {long} 秒的{zh}。")
            many = f"{_plural(en)} are" if count != 1 else f"{en} is"
            return Said(f"The {many} now {long} s long.", f"转场现在长 {long} 秒。")
        if count == 1:
            return Said(
                f"Put a {en} of {long} s at the cut{where}.", f"在{where_zh}剪切点加了 {long} 秒的{zh}转场。"
            )
        return Said(
            f"Put {count} {_plural(en)} of {long} s at the cuts{where}.",
            f"在{where_zh}剪切点加了 {count} 个 {long} 秒的{zh}转场。",
        )


def _numbers(draft: dict[str, Any], at: Sequence[Stretch], of: str) -> set[int]:
    """The cuts meant, each by the number of the shot behind it: those of places, of a type, or all.

    Raises:
        EditRefused: no cut is at one of the places.
    """
    shots = read(draft)
    meant = cuts_at(draft, at) if at else set(range(1, len(shots)))
    return {n for n in meant if not of or (shots[n].transition and kind_of(shots[n]).startswith(of))}


def _none(of: str) -> Said:
    en, zh = TRANSITIONS.get(of, (of, {"wipe": "擦除", "slide": "滑动"}.get(of, of)))
    return Said(f"There is no {en} there.", f"那里没有{zh}转场。")


def cuts_at(draft: dict[str, Any], places: Sequence[Stretch]) -> set[int]:
    """The cuts at which the places begin, each by the number of the shot behind it.

    Raises:
        EditRefused: no cut is near one of them.
    """
    edges, found = bounds(read(draft)), set[int]()
    for where in places:
        at = where.within(draft)[0]
        number = min(range(1, len(edges) - 1), key=lambda i: abs(edges[i] - at), default=0)
        if not number or abs(edges[number] - at) > _NEAR_MS:
            cuts = [clock(edge) for edge in edges[1:-1]]
            there = f"剪切点在 {'、'.join(cuts)}" if cuts else "还没有剪切点"
            raise EditRefused(
                Said(f"There is no cut at {clock(at)}; there is {', '.join(cuts) or 'none'}. "
                     "Nothing was changed.",
                     f"{clock(at)} 处没有剪切点；{there}。没有做任何改动。")
            )  # fmt: skip
        found.add(number)
    return found


def kind_of(shot: Clip) -> str:
    """The type of the transition before a shot."""
    transition = shot.meta.get("transition")
    kind = transition.get("type") if isinstance(transition, dict) else None
    return kind if isinstance(kind, str) and kind in TRANSITIONS else next(iter(TRANSITIONS))


def _plural(name: str) -> str:
    first, _, rest = name.partition(" ")
    return f"{first}s {rest}".strip()


def _same(fades: list[int], name: tuple[str, str]) -> Said:
    if not fades:
        return Said("The clips are too short for a transition.", "片段太短，放不下转场。")
    return Said(
        f"The cuts have {_plural(name[0])} of {lengths(fades)} s already.",
        f"剪切点已经有 {lengths(fades)} 秒的{name[1]}转场。",
    )


def _bare(shots: Sequence[Clip], cuts: Sequence[int]) -> Said:
    """That there is no transition at these cuts, and for which clips."""
    count, why = len(cuts), _no_room(shots, cuts)
    return Said(
        f"{count} cut{'s stay' if count != 1 else ' stays'} hard: {why.en}, too short for a transition.",
        f"有 {count} 处直接衔接：{why.zh}，放不下转场。",
    )


def _no_room(shots: Sequence[Clip], cuts: Sequence[int]) -> Said:
    """Which clips leave no room at these cuts, and how long they are: of the two at each the shorter one."""
    short = {min(i - 1, i, key=lambda n: shots[n].duration): None for i in cuts}
    named, rest = list(short)[:_NAMED], len(short) - _NAMED
    en = [f"clip {n + 1} is only {duration(shots[n].duration)} long" for n in named]
    zh = [f"第 {n + 1} 个片段只有 {duration(shots[n].duration, zh=True)}" for n in named]
    if rest > 0:
        en.append(f"{rest} other{'s are' if rest > 1 else ' is'} no longer")
        zh.append(f"另有 {rest} 个也不够长")
    return Said(" and ".join(filter(None, (", ".join(en[:-1]), en[-1]))), "，".join(zh))


@dataclass(frozen=True, slots=True)
class RemoveTransitions(Edit):
    """Hard cuts instead of transitions: all, those where the places `at` begin, or those of a type `of`."""

    at: tuple[Stretch, ...] = ()
    of: str = ""
    name: ClassVar[str] = "remove_transitions"
    touches: ClassVar[str] = "transitions"
    timeline: ClassVar[bool] = True

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Remove the transitions; see `Edit.apply`."""
        numbers = _numbers(draft, self.at, self.of)
        count = sum(1 for i, s in enumerate(read(draft)) if s.transition and i in numbers)
        if not count:
            said = Said("There are no transitions to remove.", "没有可以去掉的转场。")
            return Outcome(draft, said, "remove_transitions", {}, {"status": "unchanged"})
        new = set_transitions(draft, 0, at=numbers)
        new = carried(draft, new, moved_with(read(draft), read(new), trimmed=True), world.media)
        said = Said(f"Removed {count} transition{'s' * (count != 1)}.", f"去掉了 {count} 个转场。")
        response = {"status": "success", "removed": count, "duration": length_of(new) / 1000}
        return Outcome(new, said, "remove_transitions", {}, response)
