"""Clips that are to last exactly so long, or to lose so much at their ends, each of them."""

from __future__ import annotations

import copy
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.draft import clock, duration, seconds
from nemo_widgets.studio.timeline.arrange import arrange
from nemo_widgets.studio.timeline.clip import read, write
from nemo_widgets.studio.timeline.errors import EditRefused, Unclear
from nemo_widgets.studio.timeline.grid import FrameGrid
from nemo_widgets.studio.timeline.ripple import carried
from nemo_widgets.studio.timeline.track_ops import fitted
from nemo_widgets.studio.words import Said, spaced

from .calling import called, clip_name
from .edit import NEVER_MIND, Edit, Outcome
from .speeding import LONGEST_FREEZE_MS, SLOWEST
from .trimming import PictureLength, TrimTo

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nemo_widgets.studio.agent.world import World
    from nemo_widgets.studio.timeline.clip import Clip
    from nemo_widgets.studio.timeline.refs import ClipRef

__all__ = ["ClipLength", "TrimEnds"]

_NEAR_END_MS = 100
"""A time is said to a tenth of a second: so much before a clip's end it is still shown."""


@dataclass(frozen=True, slots=True)
class ClipLength(Edit):
    """Each of the clips lasts exactly `length_ms`: it loses its end, and a picture stands so long.

    None of `clips` is all of them. A clip that is shorter is asked about; with `extend` none may be longer.
    """

    length_ms: int
    clips: ClipRef | None = None
    extend: bool = False
    name: ClassVar[str] = "clip_length"
    timeline: ClassVar[bool] = True
    retimes: ClassVar[bool] = True
    touches: ClassVar[str] = "range"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Take their ends off, or hold the pictures; see `Edit.apply`."""
        shots, frames = read(draft), FrameGrid.of(draft)
        chosen = [*(self.clips.numbers(draft) if self.clips else range(len(shots)))]
        pictures = [i for i in chosen if _is_picture(shots[i], world)]
        if pictures == chosen:
            return PictureLength(self.length_ms, self.clips).apply(draft, world)
        if self.length_ms < frames.at(2):
            raise EditRefused(Said("That is less than two frames. Nothing was changed.",
                                   "不到两帧。没有做任何改动。"))  # fmt: skip
        longer = [i for i in chosen if i not in pictures and shots[i].duration > self.length_ms]
        if self.extend and longer:
            name, long = clip_name(draft, longer[0]), shots[longer[0]].duration
            raise EditRefused(
                Said(
                    f"{name.en} is {duration(long)} long already. Nothing was changed.",
                    spaced(name.zh, f"已经有 {duration(long, zh=True)}。没有做任何改动。"),
                )
            )
        short = [i for i in chosen if i not in pictures and shots[i].duration + frames.at(1) < self.length_ms]
        if short:
            raise self._too_short(draft, short[0], every=len(chosen) > 1)
        if not pictures:
            return TrimTo(self.length_ms, self.clips).apply(draft, world)
        held = [
            replace(s, src_in=0, src_out=self.length_ms, duration=self.length_ms, fresh=True)
            if i in pictures
            else s
            for i, s in enumerate(shots)
        ]
        stood, _ = arrange(draft, held, world.media)
        return TrimTo(self.length_ms, self.clips).apply(stood, world)

    def _too_short(self, draft: dict[str, Any], number: int, *, every: bool) -> Unclear | EditRefused:
        """The question what is to be done about a clip that is shorter than it is to be."""
        shots, wanted = read(draft), self.length_ms
        shot, name, n, k = shots[number], clip_name(draft, number), seconds(wanted), number + 1
        choices: list[Said] = []
        if every and not self.extend:
            choices.append(Said(f"trim each clip to {n} seconds", f"把每个片段剪到{n}秒"))
        if not every and shot.duration >= wanted * SLOWEST / shot.speed and not shot.still:
            choices.append(Said(f"slow down clip {k} so it lasts {n} seconds", f"第{k}个片段放慢到{n}秒"))
        if not every and wanted - shot.duration <= LONGEST_FREEZE_MS:
            at, more = clock(max(shot.start, shot.end - _NEAR_END_MS)), seconds(wanted - shot.duration)
            choices.append(Said(f"freeze at {at} for {more} seconds", f"在{at}定格{more}秒"))
        said = Said(
            f"{name.en} is only {duration(shot.duration)} long, not {n} s.",
            spaced(name.zh, f"只有 {duration(shot.duration, zh=True)}，不到 {n} 秒。"),
        )
        if not choices:
            return EditRefused(said + Said("Nothing was changed.", "没有做任何改动。"))
        held = Said("Slow it down, or hold its last picture?", "放慢，还是定格最后的画面？")
        how = Said("Trim those that are longer?", "只剪较长的片段吗？") if every else held
        return Unclear(said + how, [*choices, NEVER_MIND])


def _is_picture(shot: Clip, world: World) -> bool:
    return shot.src in world.media and world.media[shot.src].kind == "image"


@dataclass(frozen=True, slots=True)
class TrimEnds(Edit):
    """Each of the clips loses `start_ms` at its start and `end_ms` at its end; None is all clips."""

    start_ms: int = 0
    end_ms: int = 0
    clips: ClipRef | None = None
    name: ClassVar[str] = "trim_ends"
    timeline: ClassVar[bool] = True
    retimes: ClassVar[bool] = True
    touches: ClassVar[str] = "range"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Take so much off; see `Edit.apply`."""
        shots, frames = read(draft), FrameGrid.of(draft)
        chosen = [*(self.clips.numbers(draft) if self.clips else range(len(shots)))]
        if min(self.start_ms, self.end_ms) < 0 or not (self.start_ms or self.end_ms):
            raise EditRefused(Said("Nothing was named that is to go. Nothing was changed.",
                                   "没有说要剪掉什么。没有做任何改动。"))  # fmt: skip
        left = {i: self._left(shots[i], frames) for i in chosen}
        for i, shot in left.items():
            if shot is None:
                name, long = clip_name(draft, i), shots[i].duration
                raise EditRefused(
                    Said(
                        f"{name.en} is only {duration(long)} long, nothing of it would be left. "
                        "Nothing was changed.",
                        spaced(name.zh, f"只有 {duration(long, zh=True)}，会什么都不剩。没有做任何改动。"),
                    )
                )
        cut = [left.get(i) or s for i, s in enumerate(shots)]
        if all(now is old for now, old in zip(cut, shots, strict=True)):
            said = Said("That is less than a frame. Nothing was changed.", "不到一帧。没有做任何改动。")
            return Outcome(copy.deepcopy(draft), said, "trim_ends", {}, {"status": "unchanged"})
        new = write(draft, fitted(cut, frames))
        new = carried(draft, new, self._moved(shots, read(new), chosen), world.media)
        which = called(draft, shots, [shots[i] for i in chosen], when=False)
        parts = [(self.start_ms, "start", "开头"), (self.end_ms, "end", "结尾")]
        told = [(duration(ms), duration(ms, zh=True), en, zh) for ms, en, zh in parts if ms]
        of = f"{'each of ' * (which.many and not which.en.startswith('all '))}{which.en}"
        said = Said(
            f"Took {' and '.join(f'{long} off the {end}' for long, _, end, _ in told)} of {of}.",
            spaced(
                "把",
                which.zh,
                "的" + "、".join(f"{end}{'各' * which.many}剪掉了 {long}" for _, long, _, end in told) + "。",
            ),
        )
        args = {"start": self.start_ms / 1000, "end": self.end_ms / 1000, "segments": len(chosen)}
        return Outcome(new, said, "trim_ends", args, {"status": "success", "segments": len(chosen)})

    def _left(self, shot: Clip, frames: FrameGrid) -> Clip | None:
        """What is left of a clip; None if nothing is."""
        start, end = shot.start + self.start_ms, shot.end - self.end_ms
        return shot.part(start, end, frames) if start < end else None

    def _moved(self, old: Sequence[Clip], new: Sequence[Clip], chosen: Sequence[int]) -> Callable[[int], int]:
        """Where a place of the old timeline is on the new one."""
        starts = [s.start for s in old]

        def moved(ms: int) -> int:
            i = max(0, bisect_right(starts, ms) - 1)
            gone = self.start_ms if i in chosen else 0
            return new[i].start + min(max(0, ms - old[i].start - gone), new[i].duration)

        return moved
