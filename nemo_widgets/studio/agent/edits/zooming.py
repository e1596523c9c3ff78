"""Clips enlarged: at once or little by little, into the middle or into the faces."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.studio.agent.world import Question
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.time_range import TimeRange
from nemo_widgets.studio.words import Said, spaced

from .arranging import cut_out
from .dressing import changed, dressed
from .edit import Edit, Outcome
from .finding import filmed, with_faces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.agent.world import World
    from nemo_widgets.studio.timeline.clip import Clip
    from nemo_widgets.studio.timeline.time_range import Stretch

__all__ = ["Zoom"]

_FARTHEST = Fraction(4)


@dataclass(frozen=True, slots=True)
class Zoom(Edit):
    """Enlarged `to` times (1 to 4), from the beginning on or, `slowly`, little by little; 1 is not at all.

    `out` goes back to the whole picture: at once where a clip is enlarged, else slowly from `to`. With
    `at_face` it goes to where the faces are.
    """

    to: Fraction = Fraction(6, 5)
    slowly: bool = False
    out: bool = False
    where: Stretch | None = None
    at_face: bool = False
    name: ClassVar[str] = "zoom"
    pictured: ClassVar[bool] = True

    def questions(self, draft: dict[str, Any], world: World) -> Sequence[Question]:
        """Where the faces are, if they are what is zoomed into."""
        return [Question("focus", src) for src in filmed(draft, world)] if self.at_face else ()

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Enlarge it; see `Edit.apply`."""
        if not 1 <= self.to <= _FARTHEST:
            raise EditRefused(Said("The picture can be enlarged 1 to 4 times. Nothing was changed.",
                                   "画面可以放大 1 到 4 倍。没有做任何改动。"))  # fmt: skip
        inside = cut_out(draft, self.where or TimeRange(0, None))[1]
        enlarged = [shot.meta.get("zoom") for shot in inside]
        back = self.out and not self.slowly and all(z and z.get("from") == z.get("to") for z in enlarged)
        far = 1.0 if back else float(self.to)
        start, end = (far, 1.0) if self.out else (1.0 if self.slowly else far, far)

        paths = {q.src: with_faces(world.find(q)) for q in self.questions(draft, world)} if far > 1 else {}

        def zoom(meta: dict[str, Any], shot: Clip) -> None:
            meta.pop("zoom", None)
            x, y = _middle(paths.get(shot.src, ()), shot)
            meta |= {"zoom": {"from": start, "to": end, "x": x, "y": y}} if far > 1 else {}

        new, who = dressed(draft, self.where, zoom)
        notes = _told(any(paths.values())) if self.at_face and far > 1 else Said()
        slow = ("slowly ", "缓慢") if self.slowly or self.out else ("", "")
        way = ("out of", "拉远") if self.out else ("into", "推近")
        said = Said(f"Zoomed {slow[0]}{way[0]} {who.en}, {far:.0%}.",
                    spaced(who.zh, f"画面{slow[1]}{way[1]}，{far:.0%}。"))  # fmt: skip
        if far == 1:
            said = Said(f"{who.first} {who.be} not enlarged any more.", spaced(who.zh, "不再放大。"))
        return changed(draft, new, said, "zoom_segments", {"from": start, "to": end}, notes=notes)


def _middle(path: Sequence[Sequence[float]], shot: Clip) -> tuple[float, float]:
    """Where the faces of a shot are, as shares of the picture: in the middle of all of their places."""
    seen = [point for point in path if shot.src_in <= point[0] <= shot.src_out] or path
    if not seen:
        return 0.5, 0.5
    return round(float(median(p[1] for p in seen)), 4), round(float(median(p[2] for p in seen)), 4)


def _told(found: bool) -> Said:  # noqa: FBT001
    if found:
        return Said("It goes to the faces.", "对准了人脸。")
    return Said("I found no faces, so it goes to the middle.", "没有找到人脸，对准画面中间。")
