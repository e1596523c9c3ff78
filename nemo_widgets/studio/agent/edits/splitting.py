"""Splitting shots, and what becomes of the rest when the pieces are laid out anew."""

from __future__ import annotations

import copy
from bisect import bisect_right
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.draft import clock
from nemo_widgets.studio.agent.world import Question

from .edit import Edit, EditRefused, Outcome, Said, length_of
from .finding import filmed, shown_ranges
from .frames import Frames
from .settling import lay_again
from .shots import zoomed
from .timeline import read, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from nemo_widgets.draft import Segment, Track
    from nemo_widgets.studio.agent.world import MediaItem, World

    from .span import Where
    from .timeline import Shot

__all__ = ["Split", "SplitScenes", "carried", "moved_with", "split_at"]


def split_at(draft: Mapping[str, Any], places: Iterable[int]) -> list[Shot]:
    """The main track's shots, those parted in which a place of the timeline (in ms) lies, on whole frames.

    A place within a transition, or less than a frame from a cut, parts nothing.
    """
    frames, found = Frames.of(draft), list(read(draft))
    for at in sorted(places):
        for i, shot in enumerate(found):
            left = shot.start + shot.transition
            right = shot.end - (found[i + 1].transition if i + 1 < len(found) else 0)
            if left < at < right and (pieces := _halves(shot, at, frames)):
                found[i : i + 1] = pieces
                break
    return found


def _halves(shot: Shot, at: int, frames: Frames) -> list[Shot]:
    """A shot in two, parted at the frame next to a place of the timeline; none if one would be empty."""
    if shot.still:
        first = frames.down(at - shot.start)
        edges = ((shot.src_in, shot.src_out), (shot.src_in, shot.src_out))
    else:
        place = shot.source(at)
        snapped = min(frames.down(place), frames.up(place), key=lambda ms: abs(ms - place))
        low, high = (shot.src_in, snapped), (snapped, shot.src_out)
        edges = (high, low) if shot.backwards else (low, high)
        if not shot.src_in < snapped < shot.src_out:
            return []
        first = round((edges[0][1] - edges[0][0]) / shot.speed)
    if not 0 < first < shot.duration:
        return []
    share = Fraction(first, shot.duration)
    head = replace(shot, raw=zoomed(shot.raw, Fraction(0), share))
    rest = replace(shot, raw=zoomed(shot.raw, share, Fraction(1)))
    head.meta.pop("fade_out", None)
    rest.meta.pop("fade_in", None)
    head = replace(head, src_in=edges[0][0], src_out=edges[0][1], duration=first, fresh=True)
    rest = replace(rest, src_in=edges[1][0], src_out=edges[1][1], duration=shot.duration - first, fresh=True)
    return [head, replace(rest, start=shot.start + first, transition=0)]


def carried(
    draft: dict[str, Any], new: dict[str, Any], moved: Callable[[int], int], media: Mapping[str, MediaItem]
) -> dict[str, Any]:
    """`new` with texts and music where what they lie on went; changes the draft it is given.

    `moved` tells where a place of the old timeline is on the new one. Texts and music keep their lengths;
    music that ran to the old end runs to the new one, as far as its file goes.
    """

    def place(s: Segment, _: Track) -> tuple[int, int]:
        start = moved(s.start_ms)
        return start, start + s.duration_ms

    return lay_again(new, length_of(draft), place, media)


def moved_with(old: Sequence[Shot], new: Sequence[Shot], *, trimmed: bool = False) -> Callable[[int], int]:
    """Where a place of the old shots is on the new ones, which are the same in number.

    A shot of another length is played at another speed, or it is `trimmed` at its end.
    """
    starts = [s.start for s in old]

    def moved(ms: int) -> int:
        i = max(0, bisect_right(starts, ms) - 1)
        if trimmed:
            return new[i].start + min(ms - old[i].start, new[i].duration)
        share = Fraction(ms - old[i].start, max(1, old[i].duration))
        return new[i].start + round(min(share, Fraction(1)) * new[i].duration)

    return moved if old and len(old) == len(new) else (lambda ms: ms)


@dataclass(frozen=True, slots=True)
class Split(Edit):
    """Cuts at these places of the timeline, nothing taken away; each place is where a stretch begins."""

    at: tuple[Where, ...]
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
        from .cuts import Cut
        from .span import Span

        at = self.number - 1 if self.number > 0 else len(scenes) + self.number
        if not 0 <= at < len(scenes):
            raise EditRefused(
                Said(
                    f"There is no scene {abs(self.number)}: I found {len(scenes)}. Nothing was changed.",
                    f"没有第 {abs(self.number)} 个镜头：一共找到 {len(scenes)} 个。没有做任何改动。",
                )
            )
        spans = (Span(*scenes[at]),)
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
