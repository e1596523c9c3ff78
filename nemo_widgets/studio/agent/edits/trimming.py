"""How long clips and pictures are shown."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.draft import clock, duration
from nemo_widgets.studio.timeline.arrange import arrange
from nemo_widgets.studio.timeline.clip import read, write
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.grid import FrameGrid
from nemo_widgets.studio.timeline.ripple import carried, moved_with
from nemo_widgets.studio.timeline.track_ops import fitted
from nemo_widgets.studio.words import Said, spaced

from .calling import called
from .edit import Edit, Outcome

if TYPE_CHECKING:
    from fractions import Fraction

    from nemo_widgets.studio.agent.world import World
    from nemo_widgets.studio.timeline.clip import Clip
    from nemo_widgets.studio.timeline.refs import ClipRef

__all__ = ["PictureLength", "TrimTo"]

_LONGEST_PICTURE_MS = 600_000


@dataclass(frozen=True, slots=True)
class TrimTo(Edit):
    """Each of the clips lasts `length_ms` at most, from its beginning on; None for all clips.

    With `by` each is that share of its length shorter instead.
    """

    length_ms: int
    clips: ClipRef | None = None
    by: Fraction | None = None
    name: ClassVar[str] = "trim_to"
    timeline: ClassVar[bool] = True
    retimes: ClassVar[bool] = True
    touches: ClassVar[str] = "range"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Take their ends off; see `Edit.apply`."""
        shots, frames = read(draft), FrameGrid.of(draft)
        chosen = self.clips.numbers(draft) if self.clips else range(len(shots))
        if any(self._long(shots[i], frames) < frames.at(1) for i in chosen):
            raise EditRefused(Said("That is less than a frame. Nothing was changed.",
                                   "不到一帧。没有做任何改动。"))  # fmt: skip
        cut = [self._cut(s, frames) if i in chosen else s for i, s in enumerate(shots)]
        trimmed = [s for i, s in enumerate(cut) if s is not shots[i]]
        if not trimmed:
            said = Said(
                f"Nothing is longer than {duration(self.length_ms)}.",
                f"没有超过 {duration(self.length_ms, zh=True)}的片段。",
            )
            return Outcome(copy.deepcopy(draft), said, "trim_segments", {}, {"status": "unchanged"})
        new = write(draft, fitted(cut, frames))
        new = carried(draft, new, moved_with(shots, read(new), trimmed=True), world.media)
        which = called(draft, shots, [s for s, left in zip(shots, cut, strict=True) if s is not left])
        if self.by is not None and len(trimmed) > 1:
            by = f"{float(self.by):.0%}"
            said = Said(f"Trimmed {which.en} by {by}.", spaced("把", which.zh, f"各剪短了 {by}。"))
        else:
            long = trimmed[0].duration if self.by is not None else self.length_ms
            said = Said(
                f"Trimmed {which.en} to {duration(long)}.",
                spaced("把", which.zh, f"剪到了 {duration(long, zh=True)}。"),
            )
        args: dict[str, Any] = {"length": self.length_ms / 1000, "segments": len(trimmed)}
        if self.by is not None:
            args = {"by": float(self.by), "segments": len(trimmed)}
        return Outcome(new, said, "trim_segments", args, {"status": "success", "segments": len(trimmed)})

    def _long(self, shot: Clip, frames: FrameGrid) -> int:
        """How long a clip is to be, in whole frames."""
        return frames.down(self.length_ms if self.by is None else round(shot.duration * (1 - self.by)))

    def _cut(self, shot: Clip, frames: FrameGrid) -> Clip:
        long = self._long(shot, frames)
        if shot.duration <= long:
            return shot
        if shot.src_in == shot.src_out:  # a frame that is held
            return replace(shot, duration=long, fresh=True)
        if shot.backwards:
            return shot.part(shot.start, shot.start + long, frames) or shot
        return replace(shot, duration=long, src_out=shot.src_in + round(long * shot.speed), fresh=True)


@dataclass(frozen=True, slots=True)
class PictureLength(Edit):
    """Pictures are shown for `length_ms` each, or in all with `total`; of all pictures, or these `clips`."""

    length_ms: int
    clips: ClipRef | None = None
    total: bool = False
    name: ClassVar[str] = "picture_length"
    pictured: ClassVar[bool] = True
    timeline: ClassVar[bool] = True
    retimes: ClassVar[bool] = True

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Set how long they stand; see `Edit.apply`."""
        shots = read(draft)
        asked = self.clips.numbers(draft) if self.clips else range(len(shots))
        chosen = [
            i for i in asked if shots[i].src in world.media and world.media[shots[i].src].kind == "image"
        ]
        if not chosen:
            raise EditRefused(Said("There is no picture on the timeline. Nothing was changed.",
                                   "时间线上没有图片。没有做任何改动。"))  # fmt: skip
        each = self.length_ms // len(chosen) if self.total else self.length_ms
        if not FrameGrid.of(draft).at(2) <= each <= _LONGEST_PICTURE_MS:
            longest = clock(_LONGEST_PICTURE_MS)
            raise EditRefused(Said(f"A picture is shown for two frames to {longest}. Nothing was changed.",
                                   f"图片可以显示两帧到 {longest}。没有做任何改动。"))  # fmt: skip
        held = [replace(s, src_in=0, src_out=each, duration=each, fresh=True) if i in chosen else s
                for i, s in enumerate(shots)]  # fmt: skip
        new, told = arrange(draft, held, world.media)
        many = len(chosen)
        said = Said(f"{many} pictures are shown for {duration(each)} each.",
                    f"{many} 张图片每张显示 {duration(each, zh=True)}。")  # fmt: skip
        if many == 1:
            said = Said(
                f"1 picture is shown for {duration(each)}.", f"1 张图片显示 {duration(each, zh=True)}。"
            )
        if new == draft:
            return Outcome(new, said, "set_picture_length", {}, {"status": "unchanged"})
        args = {"length": each / 1000, "pictures": many}
        response = {"status": "success", "pictures": many}
        return Outcome(new, said, "set_picture_length", args, response, notes=told)
