"""Edits of what is to be found in the picture: the kiss, black, blurry and frozen stretches."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from nemo_widgets.draft import clock, duration
from nemo_widgets.studio.agent.world import Question
from nemo_widgets.studio.timeline.clip import length_of, read
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.ripple import ripple, texts_lost
from nemo_widgets.studio.timeline.track_ops import cut, merge
from nemo_widgets.studio.words import Said, spaced

from .edit import Edit, Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.agent.world import World

__all__ = [
    "FOUND",
    "CutFound",
    "Findable",
    "filmed",
    "found_ranges",
    "seen_ranges",
    "shown_ranges",
    "with_faces",
]

Findable = Literal["kiss", "black", "blurry", "frozen"]

FOUND: dict[str, tuple[str, str, str]] = {
    "kiss": ("kisses", "kiss scene", "吻戏"),
    "black": ("stretches", "black stretch", "黑屏"),
    "blurry": ("stretches", "blurry stretch", "模糊画面"),
    "frozen": ("stretches", "frozen stretch", "静止画面"),
}
"""What can be found: the analysis that finds it, and its names."""
_MOST_SHOWN = 3
"""Pictures are shown of no more than so many."""


def filmed(draft: dict[str, Any], world: World) -> list[str]:
    """The sources on the main track that are videos, each once."""
    found = dict.fromkeys(shot.src for shot in read(draft))
    return [src for src in found if src in world.media and world.media[src].kind == "video"]


def with_faces(focus: Sequence[Sequence[float]] | None) -> list[Sequence[float]]:
    """The points of a focus at which somebody is seen: elsewhere it is exactly the middle of the picture."""
    return [point for point in focus or () if tuple(point[1:]) != (0.5, 0.5)]


def shown_ranges(draft: dict[str, Any], src: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where on the timeline `start` to `end` ms of a source are shown, in the order of the shots."""
    shots = [s for s in read(draft) if s.src == src and s.src_in < end and start < s.src_out]
    places = [(s.timeline(max(start, s.src_in)), s.timeline(min(end, s.src_out))) for s in shots]
    return [(min(a, b), max(a, b)) for a, b in places if a != b]


def seen_ranges(
    what: str, draft: dict[str, Any], asked: Sequence[Question], world: World
) -> list[tuple[int, int]]:
    """Where on the timeline it is shown, by the answers to these questions."""
    return [
        piece
        for question in asked
        for start, end in found_ranges(what, world.find(question))
        for piece in shown_ranges(draft, question.src, start, end)
    ]


@dataclass(frozen=True, slots=True)
class CutFound(Edit):
    """What is found goes, or, with `keep`, nothing else stays."""

    what: Findable
    keep: bool = False
    name: ClassVar[str] = "cut_found"
    pictured: ClassVar[bool] = True
    timeline: ClassVar[bool] = True
    touches: ClassVar[str] = "range"

    def questions(self, draft: dict[str, Any], world: World) -> Sequence[Question]:
        """The analysis of every video on the timeline, and pictures of the kisses that it found."""
        first = [Question(FOUND[self.what][0], src) for src in filmed(draft, world)]
        return [*first, *self._strips(draft, first, world)]

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Take it out, or all the rest; see `Edit.apply`."""
        _, en, zh = FOUND[self.what]
        length = length_of(draft)
        asked = [Question(FOUND[self.what][0], src) for src in filmed(draft, world)]
        ranges = merge(seen_ranges(self.what, draft, asked, world))
        if not ranges and self.keep:  # nothing would be left: that can't be done
            raise EditRefused(
                Said(f"I found no {en} to keep. Nothing was changed.",
                     f"没有找到可以保留的{zh}。没有做任何改动。")
            )  # fmt: skip
        if not ranges:  # it is gone already, as music or pauses that are not there
            said = Said(f"I found no {en}.", f"没有找到{zh}。")
            return Outcome(draft, said, "cut_segments", {"what": self.what}, {"status": "unchanged"})
        gone = _beside(ranges, length) if self.keep else ranges
        if merge(gone) == [(0, length)]:
            raise EditRefused(
                Said(
                    f"The {en} is all there is: nothing would be left of {clock(length)}. "
                    "Nothing was changed.",
                    f"{zh}就是全部内容：{clock(length)} 中什么也不剩。没有做任何改动。",
                )
            )
        new = ripple(draft, cut(draft, gone), gone, world.media)
        shown = tuple(
            _picture(strip, world) for strip in self._strips(draft, asked, world) if world.find(strip)
        )
        said = self._said(ranges) + texts_lost(draft, new)
        return Outcome(new, said, "cut_segments", *_json(gone, length, new), shown=shown)

    def _strips(self, draft: dict[str, Any], asked: Sequence[Question], world: World) -> list[Question]:
        """The pictures of what was found, where it is a kiss: that is worth a look."""
        if self.what != "kiss":
            return []
        strips = [
            Question("strip", question.src, (("end_ms", end), ("start_ms", start)))
            for question in asked
            for start, end in found_ranges(self.what, world.find(question))
            if shown_ranges(draft, question.src, start, end)
        ]
        return strips[:_MOST_SHOWN]

    def _said(self, ranges: list[tuple[int, int]]) -> Said:
        _, en, zh = FOUND[self.what]
        many = len(ranges)
        plural = f"{en}s" if not en.endswith("stretch") else f"{en}es"
        which = f"the {en}" if many == 1 else f"{many} {plural}"
        listed = [f"{clock(a)}–{clock(b)}" for a, b in ranges]
        long = sum(b - a for a, b in ranges)
        if self.keep:
            return Said(
                f"Kept {which} ({', '.join(listed)}) and removed the rest.",
                f"保留了{zh}（{'、'.join(listed)}），其余已删除。",
            )
        return Said(
            f"Removed {which}: {', '.join(listed)} ({duration(long)}).",
            f"删除了{zh}：{'、'.join(listed)}（{duration(long, zh=True)}）。",
        )


def _picture(strip: Question, world: World) -> tuple[bytes, Said]:
    """The pictures that were taken, and what they show."""
    found, name = world.find(strip), world.media[strip.src].name
    start, end = (clock(dict(strip.options)[key]) for key in ("start_ms", "end_ms"))
    said = Said(f"The kiss in {name}, {start}–{end}", spaced(name, f"中的吻戏，{start}–{end}"))
    return base64.b64decode(found["png"]), said


def found_ranges(what: str, found: Any) -> list[tuple[int, int]]:
    """The ranges of a source, in ms, that an analysis has found."""
    if what == "kiss":
        return [(one["start"], one["end"]) for one in found or ()]
    return [(start, end) for start, end in (found or {}).get(what, ())]


def _beside(ranges: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    edges = [0, *(edge for each in ranges for edge in each), length]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def _json(
    gone: list[tuple[int, int]], length: int, new: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    args = {"ranges": [[a / 1000, b / 1000] for a, b in gone]}
    left = length_of(new)
    response = {"status": "success", "removed": (length - left) / 1000, "duration": left / 1000}
    return args, response
