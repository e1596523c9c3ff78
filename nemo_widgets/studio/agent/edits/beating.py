"""Cuts that fall on the beats of the music."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.draft import duration
from nemo_widgets.studio.music import BEDS, beats
from nemo_widgets.studio.timeline.clip import length_of, read, write
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.grid import FrameGrid
from nemo_widgets.studio.timeline.ripple import settle
from nemo_widgets.studio.words import Said

from .edit import Edit, Outcome
from .hearing import heard_of, heard_question
from .music import beds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.draft import Segment
    from nemo_widgets.studio.agent.world import Question, World
    from nemo_widgets.studio.timeline.clip import Clip

__all__ = ["CutOnBeats"]

_LEAST_MS = 400
"""No clip becomes shorter than that, or than it is."""


@dataclass(frozen=True, slots=True)
class CutOnBeats(Edit):
    """Every cut goes to the nearest beat of the music: the clip before it gets a little longer or shorter."""

    name: ClassVar[str] = "cut_on_beats"
    timeline: ClassVar[bool] = True
    retimes: ClassVar[bool] = True

    def questions(self, draft: dict[str, Any], world: World) -> Sequence[Question]:
        """The beats of the songs on the timeline."""
        asked = [
            heard_question("beats", b.src, heard_of(b, world)) for b in beds(draft) if b.src in world.media
        ]
        return list(dict.fromkeys(asked))

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Move the cuts; see `Edit.apply`."""
        shots, there = read(draft), beds(draft)
        if not there or len(shots) < 2:  # noqa: PLR2004 - a cut is between two
            what = (
                ("music whose beats they could fall on", "音乐")
                if not there
                else ("cut between clips", "剪切点")
            )
            raise EditRefused(
                Said(
                    f"There is no {what[0]}. Nothing was changed.",
                    f"没有{what[1]}，无法卡点。没有做任何改动。",
                )
            )
        times = sorted({beat for bed in there for beat in _beats(bed, world)})
        if not times:
            raise EditRefused(
                Said(
                    "No beats were found in the music. Nothing was changed.",
                    "没有在音乐里找到节拍。没有做任何改动。",
                )
            )
        frames, moved = FrameGrid.of(draft), 0
        laid: list[Clip] = []
        for i, shot in enumerate(shots):
            start = laid[-1].end - shot.transition if laid else 0
            fade = shots[i + 1].transition if i + 1 < len(shots) else 0
            now = replace(shot, start=start)
            if i + 1 < len(shots):
                now = _fitted(now, fade, times, frames, world)
            moved += now.duration != shot.duration
            laid.append(now)
        new = settle(write(draft, laid), length_of(draft), world.media)
        cuts = len(shots) - 1
        args = {"cuts": cuts, "beats": len(times)}
        if not moved:
            said = Said(
                "The cuts are on beats already, or can't be moved to one.",
                "剪切点已经在节拍上，或无法再移动。",
            )
            return Outcome(draft, said, "cut_on_beats", args, {"status": "unchanged"})
        far = max(abs(a.duration - b.duration) for a, b in zip(shots, laid, strict=True))
        said = Said(f"Moved {moved} of {cuts} cut{'s' * (cuts != 1)} to beats, by at most {duration(far)}.",
                    f"{cuts} 个剪切点里有 {moved} 个移到了节拍上，"
                    f"最多移动 {duration(far, zh=True)}。")  # fmt: skip
        return Outcome(new, said, "cut_on_beats", args, {"status": "success", "moved": moved})


def _beats(bed: Segment, world: World) -> list[int]:
    """When the beats of a bed fall, in ms of the timeline."""
    begin = bed.in_ms or 0
    if bed.src in BEDS:
        return [bed.start_ms + beat for beat in beats(bed.src, bed.duration_ms, begin)]
    asked = heard_question("beats", bed.src, heard_of(bed, world))
    found = world.find(asked) if bed.src in world.media else None
    there = [round(beat) - begin for beat in found["beats"]] if found else []
    return [bed.start_ms + beat for beat in there if 0 <= beat <= bed.duration_ms]


def _fitted(shot: Clip, fade: int, times: list[int], frames: FrameGrid, world: World) -> Clip:
    """The shot, its end moved so that the middle of the cut after it is on the nearest beat it can be on."""
    at = shot.end - fade // 2
    least = min(max(_LEAST_MS, 2 * fade, 2 * shot.transition), shot.duration)
    near = bisect_left(times, at)
    for beat in sorted(times[max(0, near - 8) : near + 8], key=lambda t: abs(t - at)):
        end = min(
            frames.down(beat + fade // 2),
            frames.up(beat + fade // 2),
            key=lambda t: abs(t - beat - fade // 2),
        )
        longer = _longer(shot, end - shot.start, world)
        if end - shot.start >= least and longer is not None:
            return longer
    return shot


def _longer(shot: Clip, duration: int, world: World) -> Clip | None:
    """The shot so long, its source's end moved; None if the source does not go on so far."""
    item = world.media.get(shot.src)
    if shot.still or (item is not None and item.kind == "image"):
        return replace(shot, duration=duration, fresh=True)
    more = round((duration - shot.duration) * shot.speed)
    low, high = (shot.src_in - more, shot.src_out) if shot.backwards else (shot.src_in, shot.src_out + more)
    if low < 0 or (item is not None and high > item.duration_ms) or low >= high:
        return None
    return replace(shot, src_in=low, src_out=high, duration=duration, fresh=True)
