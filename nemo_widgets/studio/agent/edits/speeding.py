"""How fast clips are played, and which way: speed, reverse, a frame that stands still."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.draft import clock, duration
from nemo_widgets.draft.schema import SPEEDS
from nemo_widgets.studio.timeline.clip import length_of, read, write, zoomed
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.grid import FrameGrid
from nemo_widgets.studio.timeline.ripple import carried, moved_with
from nemo_widgets.studio.timeline.time_range import TimeRange, place
from nemo_widgets.studio.timeline.track_ops import fitted, split_at
from nemo_widgets.studio.words import Said, spaced

from .arranging import cut_out
from .calling import called
from .edit import Edit, Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.agent.world import World
    from nemo_widgets.studio.timeline.clip import Clip
    from nemo_widgets.studio.timeline.time_range import Stretch

__all__ = ["Freeze", "Reverse", "Speed"]

SLOWEST, QUICKEST = map(Fraction, SPEEDS)
LONGEST_FREEZE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Speed(Edit):
    """Clips are played `factor` times as fast (0.25 to 8), at the same pitch; 2 takes half the time.

    With `more`, `factor` times as fast as now. With `length_ms`, as fast as it takes to last so long.
    `where` None is the whole timeline; a stretch of it becomes a segment of its own.
    """

    factor: Fraction = Fraction(1)
    where: Stretch | None = None
    more: bool = False
    length_ms: int | None = None
    name: ClassVar[str] = "speed"
    alone: ClassVar[bool] = True
    timeline: ClassVar[bool] = True
    retimes: ClassVar[bool] = True

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Set the speed; see `Edit.apply`."""
        head, inside, tail = cut_out(draft, self.where or TimeRange(0, None))
        lasts = sum(s.duration for s in inside) - sum(s.transition for s in inside[1:])
        fit = Fraction(lasts, self.length_ms) if self.length_ms else None
        moves = [_moves(s, world) for s in inside]
        moving = [s for s, one in zip(inside, moves, strict=True) if one]
        if not moving:
            raise EditRefused(Said("There is nothing that moves, so no speed to change. Nothing was changed.",
                                   "那里没有会动的画面，无法变速。没有做任何改动。"))  # fmt: skip
        speeds = [
            s.speed * fit if fit else s.speed * self.factor if self.more else self.factor for s in inside
        ]
        if any(not SLOWEST <= speed <= QUICKEST for speed in speeds):
            raise EditRefused(
                Said(
                    f"A clip can be played {SPEEDS[0]:g} to {SPEEDS[1]:g} times as fast, so "
                    f"{'that length is' if fit else 'that is'} out of reach. Nothing was changed.",
                    f"速度可以是 {SPEEDS[0]:g} 到 {SPEEDS[1]:g} 倍，"
                    f"{'这个时长' if fit else '这个速度'}做不到。没有做任何改动。",
                )
            )
        each = list(zip(inside, speeds, moves, strict=True))
        quick = [_at(s, speed) if one else s for s, speed, one in each]
        new = _laid(draft, [*head, *inside, *tail], [*head, *quick, *tail], world)
        told = sorted({speed for _, speed, one in each if one})
        ends = [f"{float(speed):.4g}×" for speed in (told[0], told[-1])[: len(told)]]
        how = Said(" to ".join(ends), " 到 ".join(ends))
        if [(s.src_in, s.speed) for s in read(new)] == [(s.src_in, s.speed) for s in read(draft)]:
            said = Said(f"It is played at {how.en} already.", f"速度已经是 {how.zh}。")
            return Outcome(copy.deepcopy(draft), said, "set_speed", {}, {"status": "unchanged"})
        which = called(draft, [*head, *inside, *tail], moving)
        said = Said(
            f"{which.first} {which.be} played at {how.en}, at the same pitch.",
            spaced(which.zh, "的速度设为", how.zh, "，音调不变。"),
        )
        args = {"speed": float(told[0]), "segments": len(moving)}
        response = {"status": "success", "duration": length_of(new) / 1000}
        return Outcome(new, said, "set_speed", args, response)


@dataclass(frozen=True, slots=True)
class Reverse(Edit):
    """A clip, a stretch or all of it (`where` None) is played backwards, its sound too; again, forwards."""

    where: Stretch | None = None
    name: ClassVar[str] = "reverse"
    timeline: ClassVar[bool] = True
    retimes: ClassVar[bool] = True

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Turn it round; see `Edit.apply`."""
        head, inside, tail = cut_out(draft, self.where or TimeRange(0, None))
        moves = [_moves(s, world) for s in inside]
        moving = [s for s, one in zip(inside, moves, strict=True) if one]
        if not moving:
            raise EditRefused(Said("There is nothing that moves there. Nothing was changed.",
                                   "那里没有会动的画面。没有做任何改动。"))  # fmt: skip
        turned = [
            replace(_turned(s), transition=0) if one else s for s, one in zip(inside, moves, strict=True)
        ]
        backwards = not moving[0].meta.get("reverse")
        if len(turned) > 1 and self.where is None:
            turned.reverse()
        new = _laid(draft, [*head, *inside, *tail], [*head, *turned, *tail], world)
        which = called(draft, [*head, *inside, *tail], moving)
        said = Said(f"{which.first} {which.be} played {'backwards' if backwards else 'forwards again'}.",
                    spaced(which.zh, "倒放。" if backwards else "恢复正放。"))  # fmt: skip
        return Outcome(new, said, "reverse_segments", {"segments": len(moving)}, {"status": "success"})


@dataclass(frozen=True, slots=True)
class Freeze(Edit):
    """The frame at a place stands still for `length_ms` (up to 60 s), without sound; then it goes on.

    `at` None is the last frame. With `end`, it is the last frame of the place, with `late` the frame before
    it, which may be another clip's, else its first one. What comes behind it comes so much later.
    """

    at: Stretch | None = None
    length_ms: int = 2000
    end: bool = False
    late: bool = False
    name: ClassVar[str] = "freeze"
    pictured: ClassVar[bool] = True
    timeline: ClassVar[bool] = True
    retimes: ClassVar[bool] = True

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Put the still in; see `Edit.apply`."""
        frames, length = FrameGrid.of(draft), length_of(draft)
        if not frames.at(2) <= self.length_ms <= LONGEST_FREEZE_MS:
            raise EditRefused(Said("A frame can stand still for two frames to 60 s. Nothing was changed.",
                                   "画面可以定格两帧到 60 秒。没有做任何改动。"))  # fmt: skip
        begin, end = (length, length) if self.at is None else place(self.at, draft)[:2]
        at = end if self.end else begin
        shots = split_at(draft, [at])
        number = next(
            (i for i, s in enumerate(shots) if abs(s.start + s.transition // 2 - at) <= frames.at(1)), None
        )
        number = len(shots) if at >= length - frames.at(1) or number is None else number
        behind_it = number == len(shots)
        last = behind_it or ((self.end or self.late) and number > 0)
        shot = shots[number - 1] if last else shots[number]
        late = last != shot.backwards
        frame = max(shot.src_in, shot.src_out - frames.at(1)) if late else shot.src_in
        raw = zoomed(shot.raw, Fraction(last), Fraction(last))
        raw.setdefault("m", {})["freeze"] = True
        for key in ("reverse", "transition"):
            raw["m"].pop(key, None)
        raw["m"]["speed"] = 1.0
        still = replace(shot, raw=raw, src_in=frame, src_out=frame, duration=frames.near(self.length_ms),
                        transition=0, speed=Fraction(1), fresh=True)  # fmt: skip
        behind = [replace(s, transition=0) if i == 0 and number else s for i, s in enumerate(shots[number:])]
        new = write(draft, [*shots[:number], still, *behind])
        new = carried(
            draft, new, lambda ms: ms + still.duration if ms >= at and not behind_it else ms, world.media
        )
        long, where = still.duration, clock(at)
        said = Said(
            f"Froze the frame at {where} for {duration(long)}.",
            f"在 {where} 处定格 {duration(long, zh=True)}。",
        )
        args = {"at": at / 1000, "duration": still.duration / 1000}
        return Outcome(
            new, said, "freeze_frame", args, {"status": "success", "duration": length_of(new) / 1000}
        )


def _still(shot: Clip, world: World) -> bool:
    return shot.src in world.media and world.media[shot.src].kind == "image"


def _moves(shot: Clip, world: World) -> bool:
    return shot.src_out > shot.src_in and not _still(shot, world)


def _at(shot: Clip, speed: Fraction) -> Clip:
    """A shot at another speed, as long as that makes it."""
    raw = copy.deepcopy(shot.raw)
    raw.setdefault("m", {})["speed"] = float(speed)
    return replace(shot, raw=raw, speed=speed, duration=max(1, round((shot.src_out - shot.src_in) / speed)))


def _turned(shot: Clip) -> Clip:
    raw = copy.deepcopy(shot.raw)
    meta = raw.setdefault("m", {})
    if meta.pop("reverse", False) is False:
        meta["reverse"] = True
    return replace(shot, raw=raw)


def _laid(draft: dict[str, Any], old: Sequence[Clip], shots: Sequence[Clip], world: World) -> dict[str, Any]:
    """The draft with these shots in place of the old ones; transitions as long as there is room."""
    new = write(draft, fitted(shots, FrameGrid.of(draft)))
    return carried(draft, new, moved_with(old, read(new)), world.media)
