"""Cutting the main track: ranges and pauses taken out, hard or with crossfades at the new joints."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.draft import clock, duration
from nemo_widgets.studio.timeline.clip import length_of, read
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.grid import FrameGrid
from nemo_widgets.studio.timeline.refs import ClipRef
from nemo_widgets.studio.timeline.ripple import ripple, texts_lost
from nemo_widgets.studio.timeline.time_range import place
from nemo_widgets.studio.timeline.track_ops import cut, lengths, merge
from nemo_widgets.studio.words import Said, spaced

from .calling import joined, stretch
from .edit import Edit, Outcome
from .hearing import heard_sources
from .pauses import CUT_FADE_MS, PAUSE_FADE_MS, PauseOptions, Quiet, pause_questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.agent.world import Question, World
    from nemo_widgets.studio.timeline.time_range import Stretch

__all__ = ["Cut"]

Ranges = list[tuple[int, int]]
_FRAME_MS = 50
"""What a cut may differ from the place that was named, at the usual frame rates; a slower one has more."""


@dataclass(frozen=True, slots=True)
class Cut(Edit):
    """All removals of one message; they refer to the timeline as it is when the message arrives.

    What is outside of `keep` (if there is one) goes, then what is in `remove`, then the pauses. `smooth_ms`
    is the length of the crossfades at new joints, None for what is usual, 0 for hard cuts; `room_ms` of
    silence stays at the joints of pauses for crossfades that come after.
    """

    remove: tuple[Stretch, ...] = ()
    keep: tuple[Stretch, ...] = ()
    pauses: PauseOptions | None = None
    smooth_ms: int | None = 0
    room_ms: int = 0
    name: ClassVar[str] = "cut"
    timeline: ClassVar[bool] = True

    def questions(self, draft: dict[str, Any], world: World) -> Sequence[Question]:
        """The pauses of every source that has sound, if they are to go."""
        return pause_questions(draft, world, self.pauses) if self.pauses else ()

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Take the ranges out; see `Edit.apply`."""
        if not (self.remove or self.keep or self.pauses):
            raise EditRefused(
                Said(
                    "Nothing was named that is to go. Nothing was changed.",
                    "没有说要剪掉什么。没有做任何改动。",
                )
            )
        length = length_of(draft)
        kept, removed, remarks = self._ranges(draft)
        gone = _without(kept, removed, length)
        quiet = Quiet(draft, world, self.pauses) if self.pauses else None
        asked = PAUSE_FADE_MS if self.smooth_ms is None else self.smooth_ms
        silent = quiet.ranges(draft, gone, max(asked, self.room_ms)) if quiet else []
        ranges = merge([*gone, *silent])
        if ranges == [(0, length)]:
            raise EditRefused(
                Said(
                    f"That would remove everything: the timeline is {clock(length)} long. "
                    "Nothing was changed.",
                    f"这样会把全部内容删掉：时间线长 {clock(length)}。没有做任何改动。",
                )
            )
        plain = CUT_FADE_MS if self.smooth_ms is None else self.smooth_ms
        joint = quiet.joint(self.smooth_ms) if quiet else plain
        new = draft
        if ranges:
            new = ripple(draft, cut(draft, ranges, joint, self._clips(draft)), ranges, world.media)
        if not read(new):
            raise EditRefused(
                Said(
                    f"Less than a frame would be left of {clock(length)}. Nothing was changed.",
                    f"{clock(length)} 中剩下的不到一帧。没有做任何改动。",
                )
            )
        fades = _new_joints(draft, new)
        off = _off(length - length_of(new) - sum(fades), ranges, draft)
        count = len(silent) + _clips_met(draft, silent)
        told = [*_told(draft, kept, removed, 0 if silent else off), *_counted(silent, count, off)]
        if kept and not ranges:
            said = Said("That is the whole timeline.", "这就是整条时间线。")
        else:
            said = _sentence(told, _how(fades) if self.smooth_ms != 0 else Said())
        if self.pauses and not silent:
            said += self._none_found(draft, world)
        if self.smooth_ms != 0 and not all(fades):
            remarks += _hard(fades.count(0))
        remarks += texts_lost(draft, new)
        args = {
            "ranges": [[a / 1000, b / 1000] for a, b in ranges],
            "transition": max(fades, default=0) / 1000,
        }
        response = {
            "status": "success",
            "segments": len(read(new)),
            "removed": (length - length_of(new)) / 1000,
            "duration": length_of(new) / 1000,
        }
        return Outcome(new, said, "cut_segments", args, response, notes=remarks)

    def _ranges(self, draft: dict[str, Any]) -> tuple[Ranges, Ranges, Said]:
        """The ranges that alone are kept, those that go beside the pauses, and remarks on their ends."""
        remarks, gone, kept = Said(), list[tuple[int, int]](), list[tuple[int, int]]()
        for spans, ranges in ((self.remove, gone), (self.keep, kept)):
            for span in spans:
                start, end, remark = place(span, draft)
                ranges.append((start, end))
                remarks += remark
        return merge(kept), merge(gone), remarks

    def _clips(self, draft: dict[str, Any]) -> set[int]:
        """The ends of the clips that are named as such."""
        named = [where for where in (*self.remove, *self.keep) if isinstance(where, ClipRef)]
        return {edge for where in named for edge in where.within(draft)}

    def _none_found(self, draft: dict[str, Any], world: World) -> Said:
        if not heard_sources(draft, world):
            return Said(
                "The clip has no sound, so there are no pauses to find.", "片段没有声音，找不到停顿。"
            )
        least = self.pauses.min_ms if self.pauses else 0
        return Said(
            f"I found no pauses of {duration(least)} or more.",
            f"没有找到 {duration(least, zh=True)}以上的停顿。",
        )


def _without(kept: Ranges, removed: Ranges, length: int) -> Ranges:
    """All that goes: what is removed, and what lies outside of what alone is kept."""
    gone, at = list(removed), 0
    for start, end in [*kept, (length, length)] if kept else []:
        gone.append((at, start))
        at = end
    return merge(gone)


def _off(shorter: int, ranges: Ranges, draft: dict[str, Any]) -> int:
    """How much more went than was named, since cuts lie between whole frames; 0 if that is not why."""
    off = shorter - sum(b - a for a, b in ranges)
    return off if abs(off) <= max(_FRAME_MS, FrameGrid.of(draft).at(1)) * len(ranges) else 0


def _clips_met(draft: dict[str, Any], silent: Ranges) -> int:
    """How often a clip's silent end and the silent start of the next one are one range: two pauses."""
    met = [b.start for a, b in pairwise(read(draft)) if (a.src, a.src_out) != (b.src, b.src_in)]
    return sum(start < place < end for place in met for start, end in silent)


def _told(draft: dict[str, Any], kept: Ranges, removed: Ranges, off: int) -> list[Said]:
    """What is said of the ranges; `off` as `_off` has it."""
    told = []
    if kept:
        which = joined([stretch(draft, *part) for part in kept])
        told.append(Said(f"kept {which.en} and removed the rest", spaced("保留了", which.zh, "，其余已删除")))
    if removed:
        total = sum(b - a for a, b in removed) + (0 if kept else off)
        which = joined([stretch(draft, *part) for part in removed])
        told.append(
            Said(
                f"removed {which.en} ({duration(total)})",
                spaced("删除了", which.zh, f"（{duration(total, zh=True)}）"),
            )
        )
    return told


def _counted(silent: Ranges, count: int, off: int) -> list[Said]:
    """What is said of the `count` pauses that were cut."""
    if not silent:
        return []
    total = sum(b - a for a, b in silent) + off
    return [
        Said(
            f"cut {count} pause{'s' * (count != 1)}, {duration(total)} in all",
            f"剪掉了 {count} 处停顿，共 {duration(total, zh=True)}",
        )
    ]


def _new_joints(old: dict[str, Any], new: dict[str, Any]) -> list[int]:
    """The lengths of the crossfades at joints that were not there before; 0 for hard cuts."""
    before = {(a.src, a.src_out, b.src, b.src_in) for a, b in pairwise(read(old))}
    after = pairwise(read(new))
    return [b.transition for a, b in after if (a.src, a.src_out, b.src, b.src_in) not in before]


def _sentence(told: list[Said], how: Said) -> Said:
    """The things done as one sentence."""
    if not told:
        return Said()
    english, chinese = " and ".join(s.en for s in told), "，".join(s.zh for s in told)
    return Said(f"{english[0].upper()}{english[1:]}{how.en}.", f"{chinese}{how.zh}。")


def _how(fades: list[int]) -> Said:
    if not any(fades):
        return Said()
    what, said = "a crossfade" if len(fades) == 1 else "crossfades", lengths(fades)
    return Said(f", joined with {what} of {said} s", f"，接点用 {said} 秒叠化衔接")


def _hard(count: int) -> Said:
    return Said(
        f"{count} joint{'s are hard cuts' if count != 1 else ' is a hard cut'}: "
        "there is too little room for a crossfade.",
        f"有 {count} 处太短，放不下叠化，直接衔接。",
    )
