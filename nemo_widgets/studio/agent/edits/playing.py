"""Edits of how the music that is there is played: under speech, over and over, from when until when."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from nemo_widgets.draft import clock
from nemo_widgets.studio.timeline.clip import length_of
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.time_range import TimeRange
from nemo_widgets.studio.words import Said, spaced

from .edit import Edit, Outcome
from .mixing import there
from .music import AddMusic, beds, without
from .songs import SONG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.draft import Segment
    from nemo_widgets.studio.agent.world import World
    from nemo_widgets.studio.timeline.time_range import Stretch

__all__ = ["DuckMusic", "LoopMusic", "SpreadMusic", "TrimMusic"]


@dataclass(frozen=True, slots=True)
class DuckMusic(Edit):
    """The music is quieter while somebody speaks (`on`), or always as loud."""

    on: bool = True
    name: ClassVar[str] = "duck_music"
    touches: ClassVar[str] = "music"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:  # noqa: ARG002 - every edit's face
        """Switch the ducking; see `Edit.apply`."""
        there(draft)
        new = copy.deepcopy(draft)
        for bed in beds(new):
            if bool(bed.raw["m"].get("duck")) != self.on:
                bed.raw["m"]["duck"] = self.on
        how = (
            ("is quieter under speech", "在说话时自动压低")
            if self.on
            else ("is as loud under speech", "在说话时不再压低")
        )
        if new == draft:
            said = Said(f"The music {how[0]} already.", f"音乐已经{how[1].replace('不再', '不')}。")
            return Outcome(draft, said, "duck_music", {"on": self.on}, {"status": "unchanged"})
        said = Said(f"The music now {how[0]}.", f"音乐现在{how[1]}。")
        return Outcome(new, said, "duck_music", {"on": self.on}, {"status": "success"})


@dataclass(frozen=True, slots=True)
class LoopMusic(Edit):
    """A song begins anew where it ends, until the timeline ends (`on`), or is played once."""

    on: bool = True
    name: ClassVar[str] = "loop_music"
    touches: ClassVar[str] = "music"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Switch the loop of the last piece of music; see `Edit.apply`."""
        bed = max(there(draft), key=lambda b: b.start_ms)
        args = {"on": self.on}
        if bed.src not in world.media:
            said = Said("Generated music is as long as it is needed: there is nothing to loop.",
                        "生成的音乐要多长有多长，不需要循环。")  # fmt: skip
            return Outcome(draft, said, "loop_music", args, {"status": "unchanged"})
        end = world.media[bed.src].duration_ms
        if bed.raw["m"].get("loop") and bed.out_ms is not None:
            end = min(end, bed.out_ms)
        whole = end - (bed.in_ms or 0)
        room = length_of(draft) - bed.start_ms
        long = room if self.on else min(whole, bed.duration_ms)
        new = copy.deepcopy(draft)
        raw = next(b.raw for b in beds(new) if b.id == bed.id and b.start_ms == bed.start_ms)
        raw["d"] = long
        raw["m"]["out"] = end if self.on else (bed.in_ms or 0) + long
        raw["m"].pop("loop", None)
        raw["m"] |= {"loop": True} if self.on else {}
        where = f"{clock(bed.start_ms)}–{clock(bed.start_ms + long)}"
        if new == draft:
            said = Said("The music is like that already.", "音乐已经是这样了。")
            return Outcome(draft, said, "loop_music", args, {"status": "unchanged"})
        how = ("looped", "循环播放") if self.on else ("played once", "只播放一遍")
        said = Said(f"{bed.name or 'The music'} is {how[0]}, {where}.",
                    spaced(bed.name or "音乐", how[1], f"，{where}。"))  # fmt: skip
        return Outcome(new, said, "loop_music", args, {"status": "success"})


@dataclass(frozen=True, slots=True)
class SpreadMusic(Edit):
    """The last piece of music is heard to the end of the timeline, or over the `whole` of it.

    A song that is too short for that begins anew. Music that has other pieces before it begins where it did.
    """

    whole: bool = False
    name: ClassVar[str] = "spread_music"
    touches: ClassVar[str] = "music"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Make the music as long as there is room; see `Edit.apply`."""
        pieces = there(draft)
        bed = max(pieces, key=lambda b: b.start_ms)
        start = 0 if self.whole and len(pieces) == 1 else bed.start_ms
        long, begin = length_of(draft) - start, bed.in_ms or 0
        new = copy.deepcopy(draft)
        raw = next(b.raw for b in beds(new) if b.id == bed.id and b.start_ms == bed.start_ms)
        raw["d"] = long
        raw["m"] |= {"start": start, "out": begin + long}
        if bed.src in world.media and begin + long > (end := world.media[bed.src].duration_ms):
            raw["m"] |= {"out": end, "loop": True}
        args = {"whole": self.whole}
        where = f"{clock(start)}–{clock(start + long)}"
        if (raw["d"], raw["m"]["start"]) == (bed.duration_ms, bed.start_ms):
            said = Said(f"The music plays {where} already.", f"音乐已经在 {where} 播放了。")
            return Outcome(draft, said, self.name, args, {"status": "unchanged"})
        again = (", again and again", "，循环播放") if raw["m"].get("loop") else ("", "")
        said = Said(f"{bed.name or 'The music'} now plays {where}{again[0]}.",
                    spaced(bed.name or "音乐", f"现在在 {where} 播放{again[1]}。"))  # fmt: skip
        return Outcome(new, said, self.name, args, {"status": "success"})


@dataclass(frozen=True, slots=True)
class TrimMusic(Edit):
    """The music begins at `start_ms` or stops at `end_ms` of the timeline; None leaves that end as it is.

    `starts` and `ends` are places instead, at whose beginnings that is. Stretch there is none at all, `add`
    lays the uploaded `song`, or generated `music`.
    """

    start_ms: int | None = None
    end_ms: int | None = None
    add: Literal["", "song", "music"] = ""
    starts: Stretch | None = None
    ends: Stretch | None = None
    name: ClassVar[str] = "trim_music"
    touches: ClassVar[str] = "music"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Trim what is outside; see `Edit.apply`."""
        if placed := self._placed(draft):
            return placed.apply(draft, world)
        low = self.start_ms or 0
        adds = bool(self.add) and not beds(draft)
        found = [] if adds else there(draft)
        high = length_of(draft) if self.end_ms is None else self.end_ms
        where, whole = f"{clock(low)}–{clock(high)}", clock(length_of(draft))
        if not 0 <= low < min(high, length_of(draft)):
            raise EditRefused(
                Said(f"{where} is no part of the timeline, which is {whole} long. Nothing was changed.",
                     f"{where} 不在时间线上（长 {whole}）。没有做任何改动。")
            )  # fmt: skip
        if adds:
            add = AddMusic(SONG, SONG) if self.add == "song" else AddMusic()
            return replace(add, span=TimeRange(low, self.end_ms)).apply(draft, world)
        new = copy.deepcopy(draft)
        gone = self._shorten(beds(new), low, min(high, length_of(draft)), world)
        new = without(new, gone)
        args = {k: v / 1000 for k, v in (("start", self.start_ms), ("end", self.end_ms)) if v is not None}
        left = beds(new)
        if not left:
            raise EditRefused(
                Said(
                    "No music would be left then. Nothing was changed.", "那样就没有音乐了。没有做任何改动。"
                )
            )
        where = f"{clock(left[0].start_ms)}–{clock(left[-1].end_ms)}"
        if new == draft:
            said = Said(f"The music is at {where} already.", f"音乐已经在 {where}。")
            return Outcome(draft, said, "trim_music", args, {"status": "unchanged"})
        before = f"{clock(found[0].start_ms)}–{clock(found[-1].end_ms)}"
        said = Said(
            f"The music now plays {where} (before: {before}).", f"音乐现在在 {where} 播放（之前 {before}）。"
        )
        return Outcome(new, said, "trim_music", args, {"status": "success"})

    def _shorten(self, laid: Sequence[Segment], low: int, high: int, world: World) -> list[Segment]:
        """Trim each piece of music; those of which nothing is left."""
        gone = []
        for bed in laid:
            start, end = bed.start_ms, bed.end_ms
            if self.start_ms is not None:
                start = low if bed is laid[0] else max(start, low)
            if self.end_ms is not None:
                end = high if bed is laid[-1] else min(end, high)
            end = min(end, start + _room(bed, world))
            if end <= start:
                gone.append(bed)
                continue
            bed.raw["m"]["start"], bed.raw["d"] = start, end - start
            if bed.out_ms is not None and not bed.raw["m"].get("loop"):
                bed.raw["m"]["out"] = (bed.in_ms or 0) + end - start
        return gone

    def _placed(self, draft: dict[str, Any]) -> TrimMusic | None:
        """The same with the times of its places, if it has any."""
        if self.starts is None and self.ends is None:
            return None
        start = self.starts.within(draft)[0] if self.starts else self.start_ms
        end = self.ends.within(draft)[0] if self.ends else self.end_ms
        return TrimMusic(start, end, self.add)


def _room(bed: Segment, world: World) -> int:
    """How long the bed can be, in ms: as long as its file goes on, or as it is already."""
    if bed.src not in world.media or bed.raw["m"].get("loop"):
        return 2**53
    return max(bed.duration_ms, world.media[bed.src].duration_ms - (bed.in_ms or 0))
