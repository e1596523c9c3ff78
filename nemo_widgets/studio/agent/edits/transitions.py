"""Edits of the transitions: crossfades at the cuts of the main track."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from .edit import Edit, Outcome, Said, length_of, lengths, seconds
from .frames import Frames
from .pauses import CUT_FADE_MS, PAUSE_FADE_MS, PauseOptions, Quiet, pause_questions
from .settling import settle
from .timeline import LEAST_FADE, read, set_transitions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.agent.world import Question, World

__all__ = ["RemoveTransitions", "SetTransitions"]


@dataclass(frozen=True, slots=True)
class SetTransitions(Edit):
    """A crossfade at every cut of the main track; with `existing`, only a change of those there are.

    `length_ms` None is what is usual. With `pauses`, those of the same message, a crossfade where a pause
    was cut lies over silence only.
    """

    length_ms: int | None = None
    existing: bool = False
    pauses: PauseOptions | None = None
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
        """Set the crossfades; see `Edit.apply`."""
        shots, length = read(draft), length_of(draft)
        if len(shots) < 2:  # noqa: PLR2004 - a cut stands between two
            said = Said("There is no cut yet to put a transition at.", "还没有剪切点，没有可加转场的地方。")
            return Outcome(draft, said, "set_transitions", {}, {"status": "unchanged", "cuts": 0})
        if self.existing and not any(s.transition for s in shots):
            said = Said("There are no transitions to change.", "没有可以修改的转场。")
            return Outcome(draft, said, "set_transitions", {}, {"status": "unchanged"})
        asked = CUT_FADE_MS if self.length_ms is None else self.length_ms
        joint = Quiet(draft, world, self.pauses).joint(self.length_ms) if self.pauses else asked
        new = settle(set_transitions(draft, joint, existing=self.existing), length, world.media)
        after = read(new)[1:]
        fades = [s.transition for s in after if s.transition]
        args = {"type": "crossfade", "duration": max(fades, default=0) / 1000}
        response = {"status": "success", "transitions": len(fades), "duration": length_of(new) / 1000}
        if not fades and 0 < self.room_ms < Frames.of(draft).at(LEAST_FADE):
            least = seconds(Frames.of(draft).at(LEAST_FADE))
            said = Said(f"A crossfade lasts at least {least} s.", f"叠化转场至少要 {least} 秒。")
            return Outcome(draft, said, "set_transitions", {}, {"status": "unchanged"})
        said = self._said(fades) if new != draft else _same(fades)
        short = Said() if self.existing or len(fades) in (0, len(after)) else _bare(len(after) - len(fades))
        return Outcome(new, said, "set_transitions", args, response, notes=short)

    def _said(self, fades: list[int]) -> Said:
        if not fades:
            return Said("The clips are too short for a transition.", "片段太短，放不下转场。")
        count, long = len(fades), lengths(fades)
        if self.existing:
            many = "s are" if count != 1 else " is"
            return Said(f"The crossfade{many} now {long} s long.", f"转场现在长 {long} 秒。")
        if count == 1:
            return Said(f"Put a crossfade of {long} s at the cut.", f"在剪切点加了 {long} 秒的叠化转场。")
        return Said(
            f"Put {count} crossfades of {long} s at the cuts.",
            f"在剪切点加了 {count} 个 {long} 秒的叠化转场。",
        )


def _same(fades: list[int]) -> Said:
    if not fades:
        return Said("The clips are too short for a transition.", "片段太短，放不下转场。")
    return Said(
        f"The cuts have crossfades of {lengths(fades)} s already.",
        f"剪切点已经有 {lengths(fades)} 秒的叠化转场。",
    )


def _bare(count: int) -> Said:
    return Said(
        f"{count} cut{'s stay' if count != 1 else ' stays'} hard: there is too little room for a crossfade.",
        f"有 {count} 处太短，放不下叠化，直接衔接。",
    )


@dataclass(frozen=True, slots=True)
class RemoveTransitions(Edit):
    """Hard cuts instead of all transitions."""

    name: ClassVar[str] = "remove_transitions"
    touches: ClassVar[str] = "transitions"
    timeline: ClassVar[bool] = True

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Remove the crossfades; see `Edit.apply`."""
        count = sum(1 for s in read(draft) if s.transition)
        if not count:
            said = Said("There are no transitions to remove.", "没有可以去掉的转场。")
            return Outcome(draft, said, "remove_transitions", {}, {"status": "unchanged"})
        new = settle(set_transitions(draft, 0), length_of(draft), world.media)
        said = Said(f"Removed {count} transition{'s' * (count != 1)}.", f"去掉了 {count} 个转场。")
        response = {"status": "success", "removed": count, "duration": length_of(new) / 1000}
        return Outcome(new, said, "remove_transitions", {}, response)
