"""Edits of the transitions at the cuts of the main track."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.draft import clock

from .edit import Edit, EditRefused, Outcome, Said, length_of, lengths, seconds
from .frames import Frames
from .pauses import CUT_FADE_MS, PAUSE_FADE_MS, PauseOptions, Quiet, pause_questions
from .places import bounds
from .settling import settle
from .timeline import LEAST_FADE, read, set_transitions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.agent.world import Question, World

    from .span import Where
    from .timeline import Shot

__all__ = ["KINDS", "RemoveTransitions", "SetTransitions"]

KINDS = {
    "crossfade": ("crossfade", "叠化"),
    "fade-black": ("fade through black", "黑场过渡"),
    "fade-white": ("fade through white", "闪白"),
    **{f"wipe-{way}": (f"wipe to the {way}" if way in ("left", "right") else f"wipe {way}", "擦除")
       for way in ("left", "right", "up", "down")},
    **{f"slide-{way}": (f"slide to the {way}" if way in ("left", "right") else f"slide {way}", "滑动")
       for way in ("left", "right", "up", "down")},
}  # fmt: skip
"""The types of transitions and their names."""
_NEAR_MS = 1500
"""A cut that is further from a named time is not meant."""


@dataclass(frozen=True, slots=True)
class SetTransitions(Edit):
    """A transition at every cut of the main track; with `existing`, only a change of those there are.

    `length_ms` None is what is usual, `kind` "" a crossfade or what is there. `at` names places at whose
    beginnings the cuts are that are meant, None all. With `pauses`, those of the same message, a transition
    where a pause was cut lies over silence only.
    """

    length_ms: int | None = None
    existing: bool = False
    pauses: PauseOptions | None = None
    kind: str = ""
    at: tuple[Where, ...] = ()
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
        shots, length = read(draft), length_of(draft)
        if self.kind and self.kind not in KINDS:
            raise EditRefused(Said(f"There is no transition “{self.kind}”. Nothing was changed.",
                                   f"没有“{self.kind}”这种转场。没有做任何改动。"))  # fmt: skip
        if len(shots) < 2:  # noqa: PLR2004 - a cut stands between two
            said = Said("There is no cut yet to put a transition at.", "还没有剪切点，没有可加转场的地方。")
            return Outcome(draft, said, "set_transitions", {}, {"status": "unchanged", "cuts": 0})
        if self.existing and not any(s.transition for s in shots):
            said = Said("There are no transitions to change.", "没有可以修改的转场。")
            return Outcome(draft, said, "set_transitions", {}, {"status": "unchanged"})
        numbers = self._numbers(draft)
        new = settle(self._set(draft, world, numbers), length, world.media)
        after = [s for i, s in enumerate(read(new)) if i in numbers]
        fades = [s.transition for s in after if s.transition]
        kinds = {kind_of(s) for s in after if s.transition}
        args = {"type": next(iter(kinds), "crossfade"), "duration": max(fades, default=0) / 1000}
        response = {"status": "success", "transitions": len(fades), "duration": length_of(new) / 1000}
        if not fades and 0 < self.room_ms < Frames.of(draft).at(LEAST_FADE):
            least = seconds(Frames.of(draft).at(LEAST_FADE))
            said = Said(f"A transition lasts at least {least} s.", f"转场至少要 {least} 秒。")
            return Outcome(draft, said, "set_transitions", {}, {"status": "unchanged"})
        name = KINDS[next(iter(kinds))] if len(kinds) == 1 else ("transition", "转场")
        said = self._said(fades, name) if new != draft else _same(fades, name)
        short = Said() if self.existing or len(fades) in (0, len(after)) else _bare(len(after) - len(fades))
        return Outcome(new, said, "set_transitions", args, response, notes=short)

    def _set(self, draft: dict[str, Any], world: World, numbers: set[int]) -> dict[str, Any]:
        joint: Any = CUT_FADE_MS if self.length_ms is None else self.length_ms
        if self.pauses:
            joint = Quiet(draft, world, self.pauses).joint(self.length_ms)
        if self.existing and self.length_ms is None:  # only another type
            joint = lambda _left, right: right.transition  # noqa: E731 - as a joint is
        return set_transitions(draft, joint, existing=self.existing, kind=self.kind, at=numbers)

    def _numbers(self, draft: dict[str, Any]) -> set[int]:
        """The cuts meant, each by the number of the shot behind it.

        Raises:
            EditRefused: no cut is there.
        """
        return cuts_at(draft, self.at) if self.at else set(range(1, len(read(draft))))

    def _said(self, fades: list[int], name: tuple[str, str]) -> Said:
        if not fades:
            return Said("The clips are too short for a transition.", "片段太短，放不下转场。")
        count, long, (en, zh) = len(fades), lengths(fades), name
        if self.existing:
            if self.kind:
                are = f"{count} {_plural(en)}" if count != 1 else f"a {en}"
                verb = ("transitions are", "now") if count != 1 else ("transition is", "now")
                return Said(f"The {verb[0]} {verb[1]} {are} of {long} s.", f"转场现在是 {long} 秒的{zh}。")
            many = f"{_plural(en)} are" if count != 1 else f"{en} is"
            return Said(f"The {many} now {long} s long.", f"转场现在长 {long} 秒。")
        if count == 1:
            return Said(f"Put a {en} of {long} s at the cut.", f"在剪切点加了 {long} 秒的{zh}转场。")
        return Said(
            f"Put {count} {_plural(en)} of {long} s at the cuts.",
            f"在剪切点加了 {count} 个 {long} 秒的{zh}转场。",
        )


def cuts_at(draft: dict[str, Any], places: Sequence[Where]) -> set[int]:
    """The cuts at which the places begin, each by the number of the shot behind it.

    Raises:
        EditRefused: no cut is near one of them.
    """
    edges, found = bounds(read(draft)), set[int]()
    for where in places:
        at = where.within(draft)[0]
        number = min(range(1, len(edges) - 1), key=lambda i: abs(edges[i] - at), default=0)
        if not number or abs(edges[number] - at) > _NEAR_MS:
            cuts = ", ".join(clock(edge) for edge in edges[1:-1])
            raise EditRefused(
                Said(f"There is no cut at {clock(at)}; there is {cuts or 'none'}. Nothing was changed.",
                     f"{clock(at)} 处没有剪切点；剪切点在 {cuts or '（无）'}。没有做任何改动。")
            )  # fmt: skip
        found.add(number)
    return found


def kind_of(shot: Shot) -> str:
    """The type of the transition before a shot."""
    transition = shot.raw.get("m", {}).get("transition")
    kind = transition.get("type") if isinstance(transition, dict) else None
    return kind if kind in KINDS else "crossfade"


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


def _bare(count: int) -> Said:
    return Said(
        f"{count} cut{'s stay' if count != 1 else ' stays'} hard: there is too little room for a transition.",
        f"有 {count} 处太短，放不下转场，直接衔接。",
    )


@dataclass(frozen=True, slots=True)
class RemoveTransitions(Edit):
    """Hard cuts instead of all transitions, or of those at which the places `at` begin."""

    at: tuple[Where, ...] = ()
    name: ClassVar[str] = "remove_transitions"
    touches: ClassVar[str] = "transitions"
    timeline: ClassVar[bool] = True

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Remove the transitions; see `Edit.apply`."""
        numbers = cuts_at(draft, self.at) if self.at else None
        count = sum(
            1 for i, s in enumerate(read(draft)) if s.transition and (numbers is None or i in numbers)
        )
        if not count:
            said = Said("There are no transitions to remove.", "没有可以去掉的转场。")
            return Outcome(draft, said, "remove_transitions", {}, {"status": "unchanged"})
        new = settle(set_transitions(draft, 0, at=numbers), length_of(draft), world.media)
        said = Said(f"Removed {count} transition{'s' * (count != 1)}.", f"去掉了 {count} 个转场。")
        response = {"status": "success", "removed": count, "duration": length_of(new) / 1000}
        return Outcome(new, said, "remove_transitions", {}, response)
