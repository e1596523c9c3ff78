"""The whole film's shape and size, how clips fill it, and how it fades in and out."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from nemo_widgets.studio.agent.world import Question

from .edit import Edit, EditRefused, Outcome, Said, length_of, seconds
from .finding import filmed
from .timeline import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.agent.world import World

__all__ = ["FadeFilm", "Frame"]

_FITS = {
    "pad": ("with black bars", "加黑边"),
    "blur": ("with blurred bars", "用模糊背景填充"),
    "crop": ("cropped to fill the frame", "裁剪填满画面"),
}
_SMALLEST, _LARGEST = 64, 4096
_USUAL_FADE_MS = 1000


@dataclass(frozen=True, slots=True)
class Frame(Edit):
    """The frame's shape (`width`:`height`) or, with `pixels`, its short side in pixels (64 to 4096).

    `fit` is how clips of another shape fill it: pad, blur or crop; None means blurred bars, so that nothing
    of the picture is lost. With `follow`, the crop follows the faces.
    """

    width: int = 0
    height: int = 0
    pixels: int = 0
    fit: Literal["pad", "blur", "crop"] | None = None
    follow: bool = False
    name: ClassVar[str] = "frame"
    alone: ClassVar[bool] = True

    def questions(self, draft: dict[str, Any], world: World) -> Sequence[Question]:
        """Where the faces are, if the crop is to follow them."""
        return [Question("focus", src) for src in filmed(draft, world)] if self.follow else ()

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Set the frame; see `Edit.apply`."""
        new = copy.deepcopy(draft)
        meta = new.setdefault("m", {})
        wide, high = self._size(int(meta.get("width") or 1920), int(meta.get("height") or 1080))
        fit = (
            "crop"
            if self.follow
            else self.fit or (meta.get("fit") or "blur" if self.width else meta.get("fit"))
        )
        meta |= {"width": wide, "height": high} | ({"fit": fit} if fit else {})
        notes = self._follow(new, draft, world) if self.follow else Said()
        if new == draft:
            said = Said("The frame is like that already.", "画面已经是这样了。")
            return Outcome(new, said, "set_frame", {}, {"status": "unchanged"}, notes=notes)
        part = gcd(wide, high)
        shape = f"{wide}×{high} ({wide // part}:{high // part})"
        en, zh = _FITS.get(fit or "", ("", ""))
        said = Said(f"The frame is {shape} now{f', clips {en}' if en else ''}.",
                    f"画面现在是 {shape}{f'，{zh}' if zh else ''}。")  # fmt: skip
        args = {"width": wide, "height": high, "fit": fit}
        return Outcome(new, said, "set_frame", args, {"status": "success"}, notes=notes)

    def _size(self, wide: int, high: int) -> tuple[int, int]:
        """Width and height in pixels, even.

        Raises:
            EditRefused: too small or too large.
        """
        shape = Fraction(self.width, self.height) if self.width and self.height else Fraction(wide, high)
        short = self.pixels or min(wide, high)
        found = (short * shape, Fraction(short)) if shape >= 1 else (Fraction(short), short / shape)
        sides = tuple(2 * round(side / 2) for side in found)
        if min(sides) < _SMALLEST or max(sides) > _LARGEST:
            raise EditRefused(
                Said(f"A frame's sides are {_SMALLEST} to {_LARGEST} pixels long. Nothing was changed.",
                     f"画面的边长在 {_SMALLEST} 到 {_LARGEST} 像素之间。没有做任何改动。")
            )  # fmt: skip
        return sides[0], sides[1]

    def _follow(self, new: dict[str, Any], draft: dict[str, Any], world: World) -> Said:
        paths = {question.src: world.find(question) for question in self.questions(draft, world)}
        for shot in read(new):
            if paths.get(shot.src):
                shot.raw["m"]["focus"] = paths[shot.src]
        if any(paths.values()):
            return Said("The crop follows the faces.", "裁剪会跟随人脸。")
        return Said("I found no faces to follow, so the middle is shown.", "没有找到人脸，显示画面中间。")


@dataclass(frozen=True, slots=True)
class FadeFilm(Edit):
    """The whole film, picture and sound, fades in at its start or out at its end over so many ms.

    0 takes a fade away, None leaves it as it is. `color` is what it fades from and to.
    """

    fade_in: int | None = None
    fade_out: int | None = None
    color: Literal["black", "white"] | None = None
    name: ClassVar[str] = "fade_film"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:  # noqa: ARG002 - every edit's face
        """Set the fades; see `Edit.apply`."""
        length = length_of(draft)
        new = copy.deepcopy(draft)
        meta = new.setdefault("m", {})
        told: list[tuple[str, str]] = []
        for key, asked, en, zh in (
            ("fade_in", self.fade_in, "in", "淡入"),
            ("fade_out", self.fade_out, "out", "淡出"),
        ):
            if asked is None:
                continue
            long = min(asked, length // 2)
            meta.pop(key, None)
            meta |= {key: long} if long else {}
            way = f"{'from' if key == 'fade_in' else 'to'} {self.color or meta.get('fade_color') or 'black'}"
            told.append((f"fades {en} {way} over {seconds(long)} s" if long else f"no longer fades {en}",
                         f"{zh} {seconds(long)} 秒" if long else f"不再{zh}"))  # fmt: skip
        if self.color:
            meta["fade_color"] = self.color
        if new == draft:
            said = Said("It fades like that already.", "已经是这样淡入淡出了。")
            return Outcome(new, said, "set_fades", {}, {"status": "unchanged"})
        said = Said(
            f"The film {' and '.join(en for en, _ in told)}.", f"影片{'，'.join(zh for _, zh in told)}。"
        )
        args = {k: v / 1000 for k, v in (("in", self.fade_in), ("out", self.fade_out)) if v is not None}
        return Outcome(new, said, "set_fades", args, {"status": "success"})
