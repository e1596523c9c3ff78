"""Splitting shots, and what becomes of the rest when the pieces are laid out anew."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.draft import clock
from nemo_widgets.studio.agent.world import Question
from nemo_widgets.studio.timeline.clip import length_of, read, write
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.track_ops import split_at
from nemo_widgets.studio.words import Said

from .edit import Edit, Outcome
from .finding import filmed, shown_ranges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.agent.world import World
    from nemo_widgets.studio.timeline.time_range import Stretch

__all__ = ["Split", "SplitScenes"]


@dataclass(frozen=True, slots=True)
class Split(Edit):
    """Cuts at these places of the timeline, nothing taken away; each place is where a stretch begins."""

    at: tuple[Stretch, ...]
    name: ClassVar[str] = "split"
    timeline: ClassVar[bool] = True

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:  # noqa: ARG002 - every edit's face
        """Part the shots; see `Edit.apply`."""
        length = length_of(draft)
        places = sorted({where.within(draft)[0] for where in self.at})
        if wrong := next((at for at in places if not 0 < at < length), None):
            raise EditRefused(
                Said(
                    f"{clock(wrong)} is not inside: the timeline is {clock(length)} long. "
                    "Nothing was changed.",
                    f"{clock(wrong)} 不在时间线内：时间线长 {clock(length)}。没有做任何改动。",
                )
            )
        return _parted(draft, places)


@dataclass(frozen=True, slots=True)
class SplitScenes(Edit):
    """A cut wherever one scene goes over into another.

    With `number` (from 1; -1 the last), that scene alone goes, or, with `keep`, stays.
    """

    number: int = 0
    keep: bool = False
    name: ClassVar[str] = "split_scenes"
    pictured: ClassVar[bool] = True
    timeline: ClassVar[bool] = True

    def questions(self, draft: dict[str, Any], world: World) -> Sequence[Question]:
        """The scenes of every video on the timeline."""
        return [Question("scenes", src) for src in filmed(draft, world)]

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Part the shots at the scenes' borders, or cut a scene; see `Edit.apply`."""
        scenes = sorted(
            piece
            for question in self.questions(draft, world)
            for start, end in world.find(question) or ()
            for piece in shown_ranges(draft, question.src, start, end)
        )
        if not self.number:
            return _parted(draft, [start for start, _ in scenes if start > 0])
        from nemo_widgets.studio.timeline.time_range import TimeRange

        from .cuts import Cut

        at = self.number - 1 if self.number > 0 else len(scenes) + self.number
        if not 0 <= at < len(scenes):
            raise EditRefused(
                Said(
                    f"There is no scene {abs(self.number)}: I found {len(scenes)}. Nothing was changed.",
                    f"没有第 {abs(self.number)} 个镜头：一共找到 {len(scenes)} 个。没有做任何改动。",
                )
            )
        spans = (TimeRange(*scenes[at]),)
        return (Cut(keep=spans) if self.keep else Cut(remove=spans)).apply(draft, world)


def _parted(draft: dict[str, Any], places: Sequence[int]) -> Outcome:
    before = len(read(draft))
    new = write(draft, split_at(draft, places))
    made = len(read(new)) - before
    if not made:
        said = Said(
            "There is a cut already, or nothing to split.", "那里已经有剪切点，或没有可以分割的地方。"
        )
        return Outcome(copy.deepcopy(draft), said, "split_segments", {}, {"status": "unchanged"})
    listed = [clock(at) for at in places]
    said = Said(
        f"Split at {', '.join(listed)}: {before + made} segments now.",
        f"在 {'、'.join(listed)} 处分割，现在有 {before + made} 段。",
    )
    args = {"at": [at / 1000 for at in places]}
    return Outcome(new, said, "split_segments", args, {"status": "success", "segments": before + made})
