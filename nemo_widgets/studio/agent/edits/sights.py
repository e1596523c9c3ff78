"""Edits where something is to be found in the picture: 'mute the kiss', 'freeze it before the kiss'."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.studio.agent.world import Question
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.refs import Beside
from nemo_widgets.studio.timeline.time_range import TimeRange
from nemo_widgets.studio.timeline.track_ops import merge
from nemo_widgets.studio.words import Said

from .edit import Edit, Outcome
from .finding import FOUND, Findable, filmed, seen_ranges

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nemo_widgets.studio.agent.world import World

__all__ = ["AtSight", "Sight", "sees"]


@dataclass(frozen=True, slots=True)
class Sight:
    """Where something is seen that has to be found first; no place before that."""

    what: Findable

    def within(self, draft: Mapping[str, Any]) -> tuple[int, int]:  # noqa: ARG002 - every place's face
        """It has none; see `Where.within`."""
        raise EditRefused(Said("That has to be found first. Nothing was changed.",
                               "得先找到它。没有做任何改动。"))  # fmt: skip


def sees(value: object) -> bool:
    """Whether a place, or one of several, is such a sight or beside one."""
    if isinstance(value, tuple):
        return any(map(sees, value))
    return sees(value.place) if isinstance(value, Beside) else isinstance(value, Sight)


@dataclass(frozen=True, slots=True)
class AtSight(Edit):
    """An edit that is made where something is seen, which must be there once."""

    edit: Edit
    what: Findable
    name: ClassVar[str] = "at_sight"
    timeline: ClassVar[bool] = True
    retimes: ClassVar[bool] = True
    pictured: ClassVar[bool] = True

    def questions(self, draft: dict[str, Any], world: World) -> Sequence[Question]:
        """The analysis of every video on the timeline, and what the edit asks."""
        return [*self._asked(draft, world), *self.edit.questions(draft, world)]

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Find it, and make the edit there; see `Edit.apply`."""
        _, en, zh = FOUND[self.what]
        ranges = merge(seen_ranges(self.what, draft, self._asked(draft, world), world))
        if len(ranges) != 1:
            many = len(ranges)
            raise EditRefused(
                Said(f"I found {many} of them ({en}): say from when to when. Nothing was changed.",
                     f"找到了 {many} 处{zh}：请说明从几秒到几秒。没有做任何改动。")
                if ranges
                else Said(f"I found no {en}. Nothing was changed.", f"没有找到{zh}。没有做任何改动。")
            )  # fmt: skip
        there = TimeRange(*ranges[0])
        held = {f.name: getattr(self.edit, f.name) for f in fields(self.edit)}  # type: ignore[arg-type]
        placed = {name: _placed(value, there) for name, value in held.items() if sees(value)}
        return replace(self.edit, **placed).apply(draft, world)  # type: ignore[type-var]

    def _asked(self, draft: dict[str, Any], world: World) -> list[Question]:
        return [Question(FOUND[self.what][0], src) for src in filmed(draft, world)]


def _placed(value: Any, there: TimeRange) -> Any:
    """A place with the sight in it found."""
    if isinstance(value, tuple):
        return tuple(_placed(each, there) for each in value)
    if isinstance(value, Beside):
        return replace(value, place=_placed(value.place, there))
    return there if isinstance(value, Sight) else value
