"""The whole film's shape and size, how clips fill it, and how it fades in and out."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from nemo_widgets.draft import clock, duration, is_sound
from nemo_widgets.draft.schema import FITS
from nemo_widgets.studio.agent.world import Question
from nemo_widgets.studio.timeline.clip import length_of, read
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.words import Said

from .edit import Edit, Outcome
from .finding import filmed, with_faces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.agent.world import World

__all__ = ["FadeFilm", "Fit", "Frame"]

Fit = Literal["pad", "blur", "crop"]
"""A key of `FITS`."""

_SMALLEST, _LARGEST = 64, 4096


@dataclass(frozen=True, slots=True)
class Frame(Edit):
    """The frame's shape (`width`:`height`) or, with `pixels`, its short side in pixels (64 to 4096).

    `fit` is how clips of another shape fill it: pad, blur or crop; None leaves that as it is, or takes
    blurred bars for a new shape, so that nothing of the picture is lost.
    With `follow`, the crop follows the faces.
    """

    width: int = 0
    height: int = 0
    pixels: int = 0
    fit: Fit | None = None
    follow: bool = False
    name: ClassVar[str] = "frame"
    pictured: ClassVar[bool] = True
    alone: ClassVar[bool] = True

    def questions(self, draft: dict[str, Any], world: World) -> Sequence[Question]:
        """Where the faces are, if the crop is to follow them."""
        return [Question("focus", src) for src in filmed(draft, world)] if self.follow else ()

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Set the frame; see `Edit.apply`."""
        new = copy.deepcopy(draft)
        meta = new.setdefault("m", {})
        old = (int(meta.get("width") or 1920), int(meta.get("height") or 1080))
        wide, high = self._size(*old)
        fit = "crop" if self.follow else self.fit or meta.get("fit")
        reshaped = wide * old[1] != high * old[0]
        if self.width and reshaped and not fit:
            fit = "blur"
        meta |= {"width": wide, "height": high} | ({"fit": fit} if fit else {})
        if self.pixels and meta.get("resolution") == "source":
            meta["resolution"] = f"{min(wide, high)}p"
        notes = self._follow(new, draft, world) if self.follow else Said()
        if new == draft:
            said = Said("The frame is like that already.", "画面已经是这样了。")
            return Outcome(new, said, "set_frame", {}, {"status": "unchanged"}, notes=notes)
        part = gcd(wide, high)
        sides, shape = f"{wide}×{high}", f"{wide // part}:{high // part}"
        # How many pixels it has the clips decide, unless that was asked for.
        frame = (
            (shape, shape)
            if meta.get("resolution") == "source"
            else (f"{sides} ({shape})", f"{sides}（{shape}）")
        )
        en, zh = FITS.get(fit or "", ("", ""))
        said = Said(f"The frame is {frame[0]} now{f', clips {en}' if en else ''}.",
                    f"画面现在是 {frame[1]}{f'，{zh}' if zh else ''}。")  # fmt: skip
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
                Said(f"A frame's sides are {_SMALLEST} to {_LARGEST} pixels long: 4K is the most. "
                     "Nothing was changed.",
                     f"画面的边长在 {_SMALLEST} 到 {_LARGEST} 像素之间，最大是 4K。没有做任何改动。")
            )  # fmt: skip
        return sides[0], sides[1]

    def _follow(self, new: dict[str, Any], draft: dict[str, Any], world: World) -> Said:
        found = {question.src: world.find(question) for question in self.questions(draft, world)}
        paths = {src: path for src, path in found.items() if with_faces(path)}
        for shot in read(new):
            if paths.get(shot.src):
                shot.raw["m"]["focus"] = paths[shot.src]
        if paths:
            return Said("The crop follows the faces.", "裁剪会跟随人脸。")
        return Said("I found no faces to follow, so the middle is shown.", "没有找到人脸，显示画面中间。")


@dataclass(frozen=True, slots=True)
class FadeFilm(Edit):
    """The whole film, picture and sound, fades in at its start or out at its end over so many ms.

    0 takes a fade away, None leaves it as it is. `color` is what it fades from and to: there is one for both
    ends, so that another `end_color` is refused.
    """

    fade_in: int | None = None
    fade_out: int | None = None
    color: Literal["black", "white"] | None = None
    end_color: Literal["black", "white"] | None = None
    name: ClassVar[str] = "fade_film"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:  # noqa: ARG002 - every edit's face
        """Set the fades; see `Edit.apply`."""
        if self.end_color not in (None, self.color):
            raise EditRefused(Said("Both ends fade with one colour, black or white. Nothing was changed.",
                                   "首尾淡化只能用同一种颜色，黑或白。没有做任何改动。"))  # fmt: skip
        length, heard = length_of(draft), is_sound(draft)
        new = copy.deepcopy(draft)
        meta = new.setdefault("m", {})
        told: list[tuple[str, str]] = []
        color = self.color or meta.get("fade_color") or "black"
        tint = "白" if color == "white" else "黑"
        for key, asked, en, zh in (
            ("fade_in", self.fade_in, "in", "淡入"),
            ("fade_out", self.fade_out, "out", "淡出"),
        ):
            if asked is None:
                continue
            if asked > length:
                raise EditRefused(
                    Said(f"A fade of {duration(asked)} is longer than the film, {clock(length)}. "
                         "Nothing was changed.",
                         f"{duration(asked, zh=True)}的淡化比影片（{clock(length)}）还长。没有做任何改动。")
                )  # fmt: skip
            long = min(asked, length // 2)
            meta.pop(key, None)
            meta |= {key: long} if long else {}
            way = "" if heard else f" {'from' if key == 'fade_in' else 'to'} {color}"
            shade = "" if heard else f"（{tint}）"
            told.append((f"fades {en}{way} over {duration(long)}" if long else f"no longer fades {en}",
                         f"{zh} {duration(long, zh=True)}{shade}" if long else f"不再{zh}"))  # fmt: skip
        other = self._other(meta)
        if self.color:
            meta["fade_color"] = self.color
        if new == draft:
            said = Said("It fades like that already.", "已经是这样淡入淡出了。")
            return Outcome(new, said, "set_fades", {}, {"status": "unchanged"})
        said = Said(
            f"The {'sound' if heard else 'film'} {' and '.join(en for en, _ in told)}.",
            f"{'声音' if heard else '影片'}{'，'.join(zh for _, zh in told)}。",
        )
        args = {k: v / 1000 for k, v in (("in", self.fade_in), ("out", self.fade_out)) if v is not None}
        return Outcome(new, said, "set_fades", args, {"status": "success"}, notes=other)

    def _other(self, meta: dict[str, Any]) -> Said:
        """A remark if the fade at the other end changes its colour with this one."""
        unasked = {
            key for key, asked in (("fade_in", self.fade_in), ("fade_out", self.fade_out)) if asked is None
        }
        changes = self.color and self.color != (meta.get("fade_color") or "black")
        if not (changes and any(meta.get(key) for key in unasked)):
            return Said()
        return Said("Both fades have this colour now.", "首尾两处淡化都改成了这个颜色。")
