"""Edits of the main track: taking ranges and pauses out, transitions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.draft import clock

from .edit import EditRefused, Outcome, Said, length_of, place, seconds
from .settling import settle
from .timeline import cut, merge, read, set_transitions

if TYPE_CHECKING:
    from .times import Span
    from .world import World

__all__ = ["Cut", "PauseOptions", "RemoveTransitions", "SetTransitions", "sources_with_sound"]

Ranges = list[tuple[int, int]]
_LEAST_MS = 20
"""What is left of a pause after earlier cuts is no pause below this."""


@dataclass(frozen=True, slots=True)
class PauseOptions:
    """Which pauses are cut: those of at least `min_ms`; `padding_ms` of each stays at either side."""

    min_ms: int = 500
    padding_ms: int = 100


def sources_with_sound(draft: dict[str, Any], world: World) -> list[str]:
    """The sources on the main track in which pauses can be looked for, each once."""
    found = dict.fromkeys(shot.src for shot in read(draft))
    return [src for src in found if src not in world.media or world.media[src].has_audio]


@dataclass(frozen=True, slots=True)
class Cut:
    """All removals of one message; they refer to the timeline as it is when the message arrives.

    What is outside of `keep` (if there is one) goes, then what is in `remove`, then the pauses.
    """

    remove: tuple[Span, ...] = ()
    keep: tuple[Span, ...] = ()
    pauses: PauseOptions | None = None
    smooth_ms: int = 0
    name: ClassVar[str] = "cut"
    timeline: ClassVar[bool] = True

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Take the ranges out; see `Edit.apply`."""
        length = length_of(draft)
        gone, remarks = self._ranges(length)
        silent, about = self._pauses(draft, world, gone)
        ranges = merge([*gone, *silent])
        if ranges == [(0, length)]:
            raise EditRefused(
                Said(
                    f"That would remove everything: the timeline is {clock(length)} long. "
                    "Nothing was changed.",
                    f"这样会把全部内容删掉：时间线长 {clock(length)}。没有做任何改动。",
                )
            )
        new = settle(cut(draft, ranges, self.smooth_ms), length, world.media) if ranges else draft
        if not read(new):
            raise EditRefused(
                Said(
                    f"Less than a frame would be left of {clock(length)}. Nothing was changed.",
                    f"{clock(length)} 中剩下的不到一帧。没有做任何改动。",
                )
            )
        lost = length - length_of(new)
        now = clock(length_of(new))
        said = self._kept(gone, new) + about + self._joints(new)
        if ranges:
            said += Said(
                f"The timeline is now {now} long, {seconds(lost)} s shorter.",
                f"时间线现在长 {now}，短了 {seconds(lost)} 秒。",
            )
        said += remarks
        args = {"ranges": [[a / 1000, b / 1000] for a, b in ranges], "transition": self.smooth_ms / 1000}
        response = {
            "status": "success",
            "segments": len(read(new)),
            "removed": lost / 1000,
            "duration": length_of(new) / 1000,
        }
        return Outcome(new, said, "cut_segments", args, response)

    def _ranges(self, length: int) -> tuple[Ranges, Said]:
        remarks, gone, kept = Said(), list[tuple[int, int]](), list[tuple[int, int]]()
        for spans, ranges in ((self.remove, gone), (self.keep, kept)):
            for span in spans:
                start, end, remark = place(span, length)
                ranges.append((start, end))
                remarks += remark
        if kept:
            at = 0
            for start, end in [*merge(kept), (length, length)]:
                gone.append((at, start))
                at = end
        return merge(gone), remarks

    def _pauses(self, draft: dict[str, Any], world: World, gone: Ranges) -> tuple[Ranges, Said]:
        if self.pauses is None:
            return [], Said()
        sources = sources_with_sound(draft, world)
        if not sources:
            return [], Said(
                "The clip has no sound, so there are no pauses to find.", "片段没有声音，找不到停顿。"
            )
        found: Ranges = []
        for src in sources:
            pauses = world.pauses(src, self.pauses.min_ms, self.pauses.padding_ms, lambda _: None)
            for shot in (s for s in read(draft) if s.src == src):
                inside = [(max(a, shot.src_in), min(b, shot.src_out)) for a, b in pauses]
                found += [(shot.timeline(a), shot.timeline(b)) for a, b in inside if b - a >= _LEAST_MS]
        found = [(a, b) for a, b in merge(found) if not any(x <= a and b <= y for x, y in gone)]
        if not found:
            least = seconds(self.pauses.min_ms)
            return [], Said(f"I found no pauses of {least} s or more.", f"没有找到 {least} 秒以上的停顿。")
        total = seconds(sum(b - a for a, b in found))
        count = len(found)
        return found, Said(
            f"Cut {count} pause{'s' * (count != 1)}, {total} s in all.",
            f"剪掉了 {count} 处停顿，共 {total} 秒。",
        )

    def _kept(self, gone: Ranges, new: dict[str, Any]) -> Said:
        if self.keep:
            now = clock(length_of(new))
            return Said(f"Kept {now} and removed the rest.", f"保留了 {now}，其余已删除。")
        if not gone:
            return Said()
        listed = [f"{clock(a)}–{clock(b)}" for a, b in gone]
        total = seconds(sum(b - a for a, b in gone))
        return Said(
            f"Removed {', '.join(listed)} ({total} s).", f"删除了 {'、'.join(listed)}（{total} 秒）。"
        )

    def _joints(self, new: dict[str, Any]) -> Said:
        fades = [shot.transition for shot in read(new) if shot.transition]
        if not self.smooth_ms or not fades:
            return Said()
        longest = seconds(min(self.smooth_ms, max(fades)))
        return Said(f"The new joints are crossfades of {longest} s.", f"新的接点用 {longest} 秒叠化衔接。")


@dataclass(frozen=True, slots=True)
class SetTransitions:
    """A crossfade at every cut of the main track; with `existing`, only a change of those there are."""

    length_ms: int = 500
    existing: bool = False
    name: ClassVar[str] = "set_transitions"
    timeline: ClassVar[bool] = True

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Set the crossfades; see `Edit.apply`."""
        shots, length = read(draft), length_of(draft)
        if len(shots) < 2:  # noqa: PLR2004 - a cut stands between two
            said = Said("There is no cut yet to put a transition at.", "还没有剪切点，没有可加转场的地方。")
            return Outcome(draft, said, "set_transitions", {}, {"status": "unchanged", "cuts": 0})
        if self.existing and not any(s.transition for s in shots):
            said = Said("There are no transitions to change.", "没有可以修改的转场。")
            return Outcome(draft, said, "set_transitions", {}, {"status": "unchanged"})
        new = settle(set_transitions(draft, self.length_ms), length, world.media)
        fades = [s.transition for s in read(new) if s.transition]
        args = {"type": "crossfade", "duration": self.length_ms / 1000}
        response = {"status": "success", "transitions": len(fades), "duration": length_of(new) / 1000}
        return Outcome(new, self._said(fades, new), "set_transitions", args, response)

    def _said(self, fades: list[int], new: dict[str, Any]) -> Said:
        if not fades:
            return Said("The clips are too short for a transition.", "片段太短，放不下转场。")
        count, most, now = len(fades), seconds(max(fades)), clock(length_of(new))
        said = Said(
            f"Put {count} crossfade{'s' * (count != 1)} of {most} s at the cuts. "
            f"The timeline is now {now} long.",
            f"在剪切点加了 {count} 个 {most} 秒的叠化转场。时间线现在长 {now}。",
        )
        if min(fades) < self.length_ms:
            said += Said(
                "Next to short clips it is no more than half of the shorter clip "
                f"(from {seconds(min(fades))} s).",
                f"在短片段旁不超过较短片段的一半（最短 {seconds(min(fades))} 秒）。",
            )
        return said


@dataclass(frozen=True, slots=True)
class RemoveTransitions:
    """Hard cuts instead of all transitions."""

    name: ClassVar[str] = "remove_transitions"
    timeline: ClassVar[bool] = True

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Remove the crossfades; see `Edit.apply`."""
        count = sum(1 for s in read(draft) if s.transition)
        if not count:
            said = Said("There are no transitions to remove.", "没有可以去掉的转场。")
            return Outcome(draft, said, "remove_transitions", {}, {"status": "unchanged"})
        new = settle(set_transitions(draft, 0), length_of(draft), world.media)
        now = clock(length_of(new))
        said = Said(
            f"Removed {count} transition{'s' * (count != 1)}. The timeline is now {now} long.",
            f"去掉了 {count} 个转场。时间线现在长 {now}。",
        )
        response = {"status": "success", "removed": count, "duration": length_of(new) / 1000}
        return Outcome(new, said, "remove_transitions", {}, response)
