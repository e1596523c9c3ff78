"""How titles look: colours, sizes and places by the words for them, and the words for what is set."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from nemo_widgets.draft.schema import ANIMATIONS, COLORS, POSITIONS, TEXT_COLOR, TEXT_KINDS
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.words import Said

__all__ = ["COLOR_WORDS", "SIZES", "STANDARD", "Lettering", "colour_of", "place_of", "size_of"]

COLOR_WORDS = {
    "white|白色?": "#ffffff", "black|黑色?": "#000000", "red|红色?": "#ff0000", "green|绿色?": "#00b050",
    "blue|蓝色?": "#0070ff", "yellow|黄色?": "#ffdd00", "orange|橙色?|橘色?": "#ff8c00", "purple|violet|紫色?": "#8000ff",
    "pink|粉色|粉红色?": "#ff69b4", "gr[ae]y|灰色?": "#808080", "gold(?:en)?|金色?": "#ffc000", "cyan|turquoise|青色?": "#00c8d7",
    "brown|棕色?|褐色?": "#8b5a2b", "silver|银色?": "#c0c0c0",
}  # fmt: skip
SIZES = {
    "huge|very big|very large|giant|enormous|特大号?|超大号?": 128, "big|large|bigger|larger|大号|大字|大大的|放大(?:一点|一些|点|些)?|(?:变|调|改|弄)大(?:一点|一些|点|些)?|大一点|大一些|大的|大": 96,
    "medium|normal|中号|正常大小": 64, "small|smaller|little|小号|小字|小小的|缩小(?:一点|一些|点|些)?|(?:变|调|改|弄)小(?:一点|一些|点|些)?|小一点|小一些|小的|小": 40,
    "tiny|very small|很小的?": 28,
}  # fmt: skip
STANDARD: dict[str, Any] = {
    "position": TEXT_KINDS["title"].position,
    "size": TEXT_KINDS["title"].size,
    "color": TEXT_COLOR,
}
"""What a title looks like where nothing is said."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """How a text looks; None and "" leave it as it is, or as its kind is by default.

    `position` such as `bottom-left`, `size` in points on a frame of 1080, `color` and `background` as #rrggbb
    (#rrggbbaa; `none` for no box), `animation` fade, none, slide-up, slide-left, pop or typewriter.
    """

    position: str = ""
    size: int | None = None
    color: str = ""
    background: str = ""
    animation: str = ""

    def written(self) -> dict[str, Any]:
        """The keys of a segment's `m` that this look sets.

        Raises:
            EditRefused: a value is none that can be drawn.
        """
        keys = {
            "position": self.position, "size": self.size, "color": self.color, "background": self.background,
            "animation": self.animation,
        }  # fmt: skip
        for key, known in (("position", POSITIONS), ("animation", ANIMATIONS)):
            if keys[key] and keys[key] not in known:
                zh = "、".join(name for _, name in known.values())
                raise EditRefused(
                    Said(f"“{keys[key]}” is no {key}; there is {', '.join(known)}. Nothing was changed.",
                         f"没有“{keys[key]}”；可用：{zh}。没有做任何改动。")
                )  # fmt: skip
        return {key: value for key, value in keys.items() if value}

    def in_words(self, before: int | None = None) -> Said:
        """What it sets, each after a comma: `, at the bottom, red, bigger (96)`; `before` is the old size."""
        told = []
        if self.position:
            told.append(POSITIONS.get(self.position, (self.position, self.position)))
        if self.color:
            told.append(COLORS.get(self.color, (self.color, self.color)))
        if self.size:
            told.append(_size_words(self.size, before))
        if self.background:
            plain = COLORS.get(self.background[:7], (self.background, self.background))
            told.append(
                ("without a box", "无背景")
                if self.background == "none"
                else (f"on {plain[0]}", f"{plain[1]}背景")
            )
        if self.animation:
            told.append(ANIMATIONS[self.animation])
        return Said("".join(f", {en}" for en, _ in told), "".join(f"，{zh}" for _, zh in told))


def _size_words(size: int, before: int | None) -> tuple[str, str]:
    usual = STANDARD["size"] if before is None else before
    if size == usual:
        return f"size {size}", f"字号 {size}"
    if before is None:
        return (
            (f"large ({size})", f"大字（{size}）") if size > usual else (f"small ({size})", f"小字（{size}）")
        )
    return (
        (f"bigger ({size})", f"变大（{size}）") if size > usual else (f"smaller ({size})", f"变小（{size}）")
    )


def colour_of(word: str) -> str:
    """The colour that a word names as #rrggbb, "" if it names none."""
    return next((v for k, v in COLOR_WORDS.items() if re.fullmatch(k, word, re.IGNORECASE)), "")


def size_of(word: str) -> int:
    """The size that a word of `SIZES` names."""
    return next(v for k, v in SIZES.items() if re.fullmatch(k, word, re.IGNORECASE))


def place_of(where: str) -> str:
    """The position that words such as 'bottom right' or 左上角 name."""
    vertical = (
        "top"
        if re.search("top|upper|上|顶", where)
        else "bottom"
        if re.search("bottom|lower|下|底", where)
        else "center"
    )
    side = "left" if re.search("left|左", where) else "right" if re.search("right|右", where) else "center"
    return "center" if (vertical, side) == ("center", "center") else f"{vertical}-{side}"
