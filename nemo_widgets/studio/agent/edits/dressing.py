"""How clips are shown: turned, mirrored, cropped, coloured; a stretch becomes a segment."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from nemo_widgets.draft.schema import FLIPS, LOOKS, look_name, rotation_name
from nemo_widgets.studio.timeline.clip import write
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.time_range import TimeRange
from nemo_widgets.studio.words import Said, spaced

from .arranging import cut_out
from .calling import called
from .edit import Edit, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.studio.agent.world import World
    from nemo_widgets.studio.timeline.clip import Clip
    from nemo_widgets.studio.timeline.time_range import Stretch

    from .calling import Called

__all__ = ["Crop", "Flip", "Look", "ResetLooks", "Rotate", "changed", "dressed"]

_LEAST_SIDE = Fraction(1, 20)


def dressed(
    draft: dict[str, Any], where: Stretch | None, change: Callable[[dict[str, Any], Clip], None]
) -> tuple[dict[str, Any], Called]:
    """The draft with the `m` of every shot in a stretch (None: all) changed, and what these are called."""
    head, inside, tail = cut_out(draft, where or TimeRange(0, None))
    new = []
    for shot in inside:
        raw = copy.deepcopy(shot.raw)
        change(raw.setdefault("m", {}), shot)
        new.append(replace(shot, raw=raw))
    who = called(draft, [*head, *inside, *tail], inside)
    return write(draft, [*head, *new, *tail]), who


def changed(
    draft: dict[str, Any],
    new: dict[str, Any],
    said: Said,
    tool: str,
    args: dict[str, Any],
    *,
    notes: Said = Said(),  # noqa: B008 - frozen
) -> Outcome:
    """The outcome of a change of how clips are shown; one that changes nothing says so."""
    if new == draft:
        same = Said("It is like that already.", "已经是这样了。")
        return Outcome(copy.deepcopy(draft), same, tool, {}, {"status": "unchanged"})
    return Outcome(new, said, tool, args, {"status": "success"}, notes=notes)


@dataclass(frozen=True, slots=True)
class Rotate(Edit):
    """Turned by `degrees` clockwise, a multiple of 90, on top of how it is turned already."""

    degrees: int
    where: Stretch | None = None
    name: ClassVar[str] = "rotate"
    pictured: ClassVar[bool] = True

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:  # noqa: ARG002 - every edit's face
        """Turn it; see `Edit.apply`."""
        if self.degrees % 90:
            raise EditRefused(Said("A picture can be turned by 90, 180 or 270 degrees. Nothing was changed.",
                                   "画面可以旋转 90、180 或 270 度。没有做任何改动。"))  # fmt: skip

        def turn(meta: dict[str, Any], _: Clip) -> None:
            turned = (int(meta.get("rotate") or 0) + self.degrees) % 360
            meta.pop("rotate", None)
            meta |= {"rotate": turned} if turned else {}

        new, who = dressed(draft, self.where, turn)
        by = self.degrees % 360
        way = rotation_name(by)
        said = Said(f"Turned {who.en} by {way.en}.", spaced("把", who.zh, f"{way.zh}。"))
        return changed(draft, new, said, "rotate_segments", {"degrees": by})


@dataclass(frozen=True, slots=True)
class Flip(Edit):
    """Mirrored: left and right (horizontal) or top and bottom (vertical); again, as it was."""

    way: Literal["horizontal", "vertical"] = "horizontal"
    where: Stretch | None = None
    name: ClassVar[str] = "flip"
    pictured: ClassVar[bool] = True

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:  # noqa: ARG002 - every edit's face
        """Mirror it; see `Edit.apply`."""

        def flip(meta: dict[str, Any], _: Clip) -> None:
            now = meta.pop("flip", None)
            if now and now != self.way:  # both ways are half a turn
                turned = (int(meta.get("rotate") or 0) + 180) % 360
                meta.pop("rotate", None)
                meta |= {"rotate": turned} if turned else {}
            elif not now:
                meta["flip"] = self.way

        new, who = dressed(draft, self.where, flip)
        way = FLIPS[self.way]
        said = Said(f"Mirrored {who.en} {way.en}.", spaced("把", who.zh, f"{way.zh}镜像。"))
        return changed(draft, new, said, "flip_segments", {"direction": self.way})


@dataclass(frozen=True, slots=True)
class Crop(Edit):
    """Only a part of the picture is seen: what is cut off at each side, as shares of it (0 to 0.95)."""

    left: Fraction = Fraction(0)
    right: Fraction = Fraction(0)
    top: Fraction = Fraction(0)
    bottom: Fraction = Fraction(0)
    where: Stretch | None = None
    name: ClassVar[str] = "crop"
    pictured: ClassVar[bool] = True

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:  # noqa: ARG002 - every edit's face
        """Crop it; see `Edit.apply`."""
        wide, high = 1 - self.left - self.right, 1 - self.top - self.bottom
        cuts = (self.left, self.right, self.top, self.bottom)
        if min(cuts) < 0 or min(wide, high) < _LEAST_SIDE:
            raise EditRefused(Said("At least 5% of the picture must stay. Nothing was changed.",
                                   "画面至少要保留 5%。没有做任何改动。"))  # fmt: skip
        box = {"x": float(self.left), "y": float(self.top), "w": float(wide), "h": float(high)}

        def crop(meta: dict[str, Any], _: Clip) -> None:
            meta.pop("crop", None)
            meta |= {"crop": box} if any(cuts) else {}

        new, who = dressed(draft, self.where, crop)
        sides = (("left", "左"), ("right", "右"), ("top", "上"), ("bottom", "下"))
        told = [(f"{share:.0%} off the {en}", f"{zh}{share:.0%}")
                for share, (en, zh) in zip(map(float, cuts), sides, strict=True) if share]  # fmt: skip
        said = Said(f"Cropped {who.en}: {', '.join(en for en, _ in told)}.",
                    spaced("裁剪了", who.zh, f"：{'、'.join(zh for _, zh in told)}。"))  # fmt: skip
        if not told:
            said = Said(f"{who.first} {who.be} shown whole again.", spaced(who.zh, "恢复完整画面。"))
        return changed(draft, new, said, "crop_segments", box)


@dataclass(frozen=True, slots=True)
class Look(Edit):
    """A look: bw, sepia, warm, cool, brightness, contrast, saturation, vignette, blur or sharpen.

    `amount` from 0 to 1, for brightness, contrast and saturation from -1 to 1; None is what is usual, and 0
    takes the look away. It replaces a look of the same type; warm and cool, bw and sepia replace each other.
    """

    type: str
    amount: Fraction | None = None
    where: Stretch | None = None
    name: ClassVar[str] = "look"
    pictured: ClassVar[bool] = True

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:  # noqa: ARG002 - every edit's face
        """Give it the look; see `Edit.apply`."""
        if self.type not in LOOKS:
            there = ", ".join(look.name.en for look in LOOKS.values())
            raise EditRefused(Said(f"There is no look “{self.type}”; there is {there}. Nothing was changed.",
                                   f"没有“{self.type}”这种效果。没有做任何改动。"))  # fmt: skip
        known, (en, zh) = LOOKS[self.type], LOOKS[self.type].name
        amount = known.usual if self.amount is None else float(self.amount)
        if not known.least <= amount <= 1:
            raise EditRefused(Said(f"The {en} goes up to 100%. Nothing was changed.",
                                   f"{zh}最多 100%。没有做任何改动。"))  # fmt: skip
        gone = known.instead_of | {self.type}

        def look(meta: dict[str, Any], _: Clip) -> None:
            kept = [one for one in meta.pop("looks", None) or [] if one.get("type") not in gone]
            kept += [{"type": self.type, "amount": amount}] if amount else []
            meta |= {"looks": kept} if kept else {}

        new, who = dressed(draft, self.where, look)
        look_is = look_name(self.type, amount)
        said = Said(f"{who.first}: {look_is.en}.", f"{who.zh}：{look_is.zh}。")
        if not amount:
            said = Said(f"{who.first}: no {en} any more.", f"{who.zh}：去掉了{zh}。")
        return changed(draft, new, said, "set_look", {"type": self.type, "amount": amount})


@dataclass(frozen=True, slots=True)
class ResetLooks(Edit):
    """All looks go: the colours are those of the clip again."""

    where: Stretch | None = None
    name: ClassVar[str] = "reset_looks"
    pictured: ClassVar[bool] = True

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:  # noqa: ARG002 - every edit's face
        """Take the looks away; see `Edit.apply`."""
        new, who = dressed(draft, self.where, lambda meta, _: meta.pop("looks", None))
        looks = "look as they were" if who.many else "looks as it was"
        said = Said(f"{who.first} {looks} filmed.", spaced(who.zh, "恢复原来的画面。"))
        return changed(draft, new, said, "reset_looks", {})
