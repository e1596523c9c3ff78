"""The best of the material: a highlight reel of a given length, and the best scene alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.draft import clock
from nemo_widgets.studio.agent.world import Question
from nemo_widgets.studio.timeline.clip import length_of
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.ripple import ripple
from nemo_widgets.studio.timeline.track_ops import cut, merge
from nemo_widgets.studio.words import Said

from .edit import Edit, Outcome
from .finding import filmed, shown_ranges
from .hearing import heard_question, heard_sources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.agent.world import World

__all__ = ["REEL_MS", "KeepBest", "Reel"]

REEL_MS = 30_000
"""How long a reel is where nothing is said."""
_LEAST_MS = 1000
_NOTHING = Said(
    "I can't tell what is best here: there is no video to look at. Nothing was changed.",
    "这里没有可以分析的视频，无法挑选精彩片段。没有做任何改动。",
)


@dataclass(frozen=True, slots=True)
class Reel(Edit):
    """The best moments in the order of the timeline, `length_ms` in all (at least 1 s).

    Whole scenes and sentences stay whole, so the length is met within 1.5 s.
    """

    length_ms: int = REEL_MS
    name: ClassVar[str] = "highlight_reel"
    pictured: ClassVar[bool] = True
    timeline: ClassVar[bool] = True
    retimes: ClassVar[bool] = True

    def questions(self, draft: dict[str, Any], world: World) -> Sequence[Question]:
        """The moments of every video on the timeline, scored."""
        heard = dict(reversed(heard_sources(draft, world)))
        return [heard_question("moments", src, heard.get(src, ())) for src in filmed(draft, world)]

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Keep the best moments; see `Edit.apply`."""
        length = length_of(draft)
        if self.length_ms < _LEAST_MS:
            raise EditRefused(
                Said("A reel lasts at least 1 s. Nothing was changed.", "集锦至少 1 秒。没有做任何改动。")
            )
        if self.length_ms >= length:
            said = Said(
                f"The timeline is only {clock(length)} long, so all of it is the reel.",
                f"时间线只有 {clock(length)}，全部保留。",
            )
            return Outcome(draft, said, "make_highlights", {}, {"status": "unchanged"})
        moments = _moments(self.questions(draft, world), draft, world)
        if not moments:
            raise EditRefused(_NOTHING)
        from nemo_widgets.studio.analysis.reel import choose  # numpy comes with the package

        kept = merge((int(a), int(b)) for a, b in choose(moments, self.length_ms))
        new = _only(draft, kept, world)
        said = Said(
            f"Made a highlight reel of {clock(length_of(new))} out of {clock(length)}: "
            f"{len(kept)} part{'s' * (len(kept) != 1)}, {_listed(kept, ', ')}.",
            f"从 {clock(length)} 中剪出 {clock(length_of(new))}的集锦："
            f"{len(kept)} 段，{_listed(kept, '、')}。",
        )
        args = {"length": self.length_ms / 1000, "ranges": [[a / 1000, b / 1000] for a, b in kept]}
        response = {"status": "success", "parts": len(kept), "duration": length_of(new) / 1000}
        return Outcome(new, said, "make_highlights", args, response)


@dataclass(frozen=True, slots=True)
class KeepBest(Edit):
    """Only the scene that is scored best stays."""

    name: ClassVar[str] = "keep_best"
    pictured: ClassVar[bool] = True
    timeline: ClassVar[bool] = True
    retimes: ClassVar[bool] = True

    def questions(self, draft: dict[str, Any], world: World) -> Sequence[Question]:
        """The moments and the scenes of every video on the timeline."""
        heard, films = dict(reversed(heard_sources(draft, world))), filmed(draft, world)
        moments = [heard_question("moments", src, heard.get(src, ())) for src in films]
        return [*moments, *(Question("scenes", src) for src in films)]

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Keep the best scene; see `Edit.apply`."""
        asked = self.questions(draft, world)
        moments = _moments([q for q in asked if q.kind == "moments"], draft, world)
        scenes = [
            piece
            for question in asked
            if question.kind == "scenes"
            for start, end in world.find(question) or ()
            for piece in shown_ranges(draft, question.src, start, end)
        ]
        rated = [(_score(scene, moments), scene) for scene in scenes]
        if not rated or not moments:
            raise EditRefused(_NOTHING)
        best = max(rated)[1]
        if best == (0, length_of(draft)):
            said = Said("It is all one scene, so nothing was cut.", "整段是一个镜头，没有剪掉任何内容。")
            return Outcome(draft, said, "keep_best_scene", {}, {"status": "unchanged"})
        new = _only(draft, [best], world)
        where = _listed([best], "")
        said = Said(
            f"Kept the best scene, {where}, and removed the rest.",
            f"保留了最精彩的镜头 {where}，其余已删除。",
        )
        args = {"range": [best[0] / 1000, best[1] / 1000]}
        return Outcome(new, said, "keep_best_scene", args, {"status": "success", "scenes": len(scenes)})


def _moments(questions: Sequence[Question], draft: dict[str, Any], world: World) -> list[dict[str, Any]]:
    """The scored moments with their places on the timeline; one that was cut in two is one.

    Scenes are counted in each clip, so they are told apart by the clip, too.
    """
    found = []
    for question in questions:
        for moment in world.find(question) or ():
            pieces = shown_ranges(draft, question.src, moment["start"], moment["end"])
            scene = {"scene": (question.src, moment["scene"])} if "scene" in moment else {}
            found += [{**moment, **scene, "start": a, "end": b} for a, b in merge(pieces)]
    return sorted(found, key=lambda moment: moment["start"])


def _score(scene: tuple[int, int], moments: Sequence[dict[str, Any]]) -> float:
    """The mean score of what is seen in a scene."""
    shared = [(min(scene[1], m["end"]) - max(scene[0], m["start"]), m["score"]) for m in moments]
    shared = [(ms, score) for ms, score in shared if ms > 0]
    score = sum(ms * score for ms, score in shared) / max(1, sum(ms for ms, _ in shared))
    return float(score)


def _only(draft: dict[str, Any], kept: list[tuple[int, int]], world: World) -> dict[str, Any]:
    """The draft without all that lies beside these ranges."""
    edges = [0, *(edge for each in kept for edge in each), length_of(draft)]
    gone = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
    return ripple(draft, cut(draft, gone), gone, world.media)


def _listed(ranges: Sequence[tuple[int, int]], joint: str) -> str:
    return joint.join(f"{clock(a)}–{clock(b)}" for a, b in ranges)
