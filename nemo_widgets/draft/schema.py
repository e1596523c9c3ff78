"""What the keys of a draft may hold: each list of values, range and default, and what a value is called.

Protocol §8 gives the keys that the cloud writes; the rest are the studio's own. Agent, render, tables and
pictures read these lists, so that a thing is called the same wherever it is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from nemo_widgets.languages import either

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ANIMATIONS", "COLORS", "FITS", "FLIPS", "LOOKS", "LOUDEST", "LOUDNESS_LUFS", "POSITIONS", "SPEEDS",
    "TEXT_COLOR", "TEXT_KINDS", "TRACKS", "TRACK_KINDS", "TRANSITIONS", "Look", "Name", "TextKind",
    "look_name", "percent", "rotation_name", "spelled", "text_kind", "track_kind", "track_name",
]  # fmt: skip


class Name(NamedTuple):
    """What a value is called, in English and in Chinese."""

    en: str
    zh: str

    @classmethod
    def same(cls, text: str) -> Name:
        """What is called the same in both."""
        return cls(text, text)

    def said(self, language: str) -> str:
        """The name in a language, in English for any other than Chinese."""
        return either(language, self.en, self.zh)


@dataclass(frozen=True, slots=True)
class Look:
    """A look of the picture (`m.looks`).

    Attributes:
        name: what it is called.
        usual: how strong it is where nothing is said, as a share of 1.
        signed: whether its amount goes from -1 to 1 instead of from 0.
        instead_of: the looks that it takes the place of.
    """

    name: Name
    usual: float = 1.0
    signed: bool = False
    instead_of: frozenset[str] = frozenset()

    @property
    def least(self) -> int:
        """The smallest amount; the largest is 1."""
        return -1 if self.signed else 0


LOOKS: Mapping[str, Look] = MappingProxyType(
    {
        "bw": Look(Name("black and white", "黑白"), instead_of=frozenset({"sepia"})),
        "sepia": Look(Name("sepia", "怀旧棕褐"), instead_of=frozenset({"bw"})),
        "warm": Look(Name("warmer", "偏暖"), 0.5, instead_of=frozenset({"cool"})),
        "cool": Look(Name("cooler", "偏冷"), 0.5, instead_of=frozenset({"warm"})),
        "brightness": Look(Name("brightness", "亮度"), 0.2, signed=True),
        "contrast": Look(Name("contrast", "对比度"), 0.3, signed=True),
        "saturation": Look(Name("saturation", "饱和度"), 0.3, signed=True),
        "vignette": Look(Name("vignette", "暗角"), 0.5),
        "blur": Look(Name("blur", "模糊"), 0.5),
        "sharpen": Look(Name("sharpness", "锐化"), 0.5),
    }
)
FLIPS: Mapping[str, Name] = MappingProxyType(
    {"horizontal": Name("left to right", "左右"), "vertical": Name("top to bottom", "上下")}
)
"""`m.flip`."""
FITS: Mapping[str, Name] = MappingProxyType(
    {
        "pad": Name("with black bars", "加黑边"),
        "blur": Name("with blurred bars", "用模糊背景填充"),
        "crop": Name("cropped to fill the frame", "裁剪填满画面"),
    }
)
"""`m.fit`, of the draft or of one segment; the first is the default."""
TRANSITIONS: Mapping[str, Name] = MappingProxyType(
    {
        "crossfade": Name("crossfade", "叠化"),
        "fade-black": Name("fade through black", "黑场过渡"),
        "fade-white": Name("fade through white", "闪白"),
        "wipe-left": Name("wipe to the left", "向左擦除"),
        "wipe-right": Name("wipe to the right", "向右擦除"),
        "wipe-up": Name("wipe up", "向上擦除"),
        "wipe-down": Name("wipe down", "向下擦除"),
        "slide-left": Name("slide to the left", "向左滑动"),
        "slide-right": Name("slide to the right", "向右滑动"),
        "slide-up": Name("slide up", "向上滑动"),
        "slide-down": Name("slide down", "向下滑动"),
    }
)
"""`m.transition.type`; the first is the default."""


@dataclass(frozen=True, slots=True)
class TextKind:
    """A kind of text (`m.style`).

    Attributes:
        name: what it is called.
        track: the name of the track that it is put on.
        size: its letters' where the draft says nothing, in pixels on a frame of 1080 lines.
        position: where it stands then, one of `POSITIONS`.
    """

    name: Name
    track: str
    size: int
    position: str


TEXT_KINDS: Mapping[str, TextKind] = MappingProxyType(
    {
        "title": TextKind(Name("title", "标题"), "Title", 64, "top-center"),
        "caption": TextKind(Name("caption", "字幕条"), "Captions", 54, "bottom-center"),
        "lower-third": TextKind(Name("lower third", "人名条"), "Lower thirds", 56, "bottom-left"),
        "subtitle": TextKind(Name("subtitle", "字幕"), "Subtitles", 48, "bottom-center"),
    }
)
"""The first is the default."""
POSITIONS: Mapping[str, Name] = MappingProxyType(
    {
        "top-left": Name("at the top left", "在左上角"),
        "top-center": Name("at the top", "在顶部"),
        "top-right": Name("at the top right", "在右上角"),
        "center-left": Name("at the left", "在左侧"),
        "center": Name("in the middle", "在中间"),
        "center-right": Name("at the right", "在右侧"),
        "bottom-left": Name("at the bottom left", "在左下角"),
        "bottom-center": Name("at the bottom", "在底部"),
        "bottom-right": Name("at the bottom right", "在右下角"),
    }
)
"""`m.position` of a text."""
ANIMATIONS: Mapping[str, Name] = MappingProxyType(
    {
        "fade": Name("fading in", "淡入"),
        "none": Name("without animation", "无动画"),
        "slide-up": Name("sliding in from below", "从下方滑入"),
        "slide-left": Name("sliding in from the right", "从右侧滑入"),
        "pop": Name("popping in", "弹出"),
        "typewriter": Name("typed letter by letter", "逐字打出"),
    }
)
"""`m.animation` of a text; the first is the default."""
COLORS: Mapping[str, Name] = MappingProxyType(
    {
        "#ffffff": Name("white", "白色"),
        "#000000": Name("black", "黑色"),
        "#ff0000": Name("red", "红色"),
        "#00b050": Name("green", "绿色"),
        "#0070ff": Name("blue", "蓝色"),
        "#ffdd00": Name("yellow", "黄色"),
        "#ff8c00": Name("orange", "橙色"),
        "#8000ff": Name("purple", "紫色"),
        "#ff69b4": Name("pink", "粉色"),
        "#808080": Name("grey", "灰色"),
        "#ffc000": Name("gold", "金色"),
        "#00c8d7": Name("cyan", "青色"),
        "#8b5a2b": Name("brown", "棕色"),
        "#c0c0c0": Name("silver", "银色"),
    }
)
"""The colours that have a name; `m.color` of a text may be any other as well."""
TEXT_COLOR = "#ffffff"
"""`m.color` of a text where the draft says nothing."""
SPEEDS = (0.25, 8.0)
"""The slowest and the quickest `m.speed`, in times the clip's own."""
LOUDEST = 10.0
"""The largest `m.volume`; 1 is as recorded."""
LOUDNESS_LUFS = (-40, -5)
"""The softest and the loudest `m.loudness` of a draft."""

_TURN = 360


TRACK_KINDS: Mapping[str, Name] = MappingProxyType(
    {"video": Name("Video", "视频"), "audio": Name("Audio", "音频"), "text": Name("Text", "文字")}
)
TRACKS: Mapping[str, Name] = MappingProxyType(
    {
        "Main": Name("Main", "主轨道"),
        "Sound": Name("Sound", "声音"),
        "BGM": Name("BGM", "背景音乐"),
        **{kind.track: Name(kind.track, kind.name.zh) for kind in TEXT_KINDS.values()},
    }
)
"""The tracks that have a name of ours."""


def track_kind(kind: str) -> Name:
    """What a kind of track is called; one that is not known by its own name."""
    return TRACK_KINDS.get(kind, Name.same(kind.capitalize()))


def track_name(name: str) -> Name:
    """What a track is called; one that somebody else named, as they did."""
    return TRACKS.get(name, Name.same(name))


def percent(share: float, sign: str = "") -> str:
    """A share of 1 in words: `35%`; with the sign `+`, `+35%` as well as `-35%`."""
    return f"{round(share * 100):{sign}d}%"


def text_kind(style: object) -> str:
    """The kind of text that `m.style` names, a title where it names none."""
    name = spelled(style)
    return name if name in TEXT_KINDS else next(iter(TEXT_KINDS))


def spelled(value: object) -> str:
    """A word of the draft as it is spelt here: "Lower third" is "lower-third"; "" for what is no word."""
    return (
        "-".join(value.lower().replace("_", " ").replace("-", " ").split()) if isinstance(value, str) else ""
    )


def look_name(kind: str, amount: float) -> Name:
    """A look and how strong it is: `warmer 50%`, `brightness -20%`; one that is whole has no figure."""
    look = LOOKS.get(kind, Look(Name(kind, kind)))
    if amount == 1 and not look.signed:
        return look.name
    how = percent(amount, "+" if look.signed else "")
    return Name(f"{look.name.en} {how}", f"{look.name.zh} {how}")


def rotation_name(degrees: float) -> Name:
    """By how much a picture is turned, the shorter way: `90° clockwise`, `180°`, `90° anticlockwise`."""
    degrees %= _TURN
    if 2 * degrees == _TURN:
        return Name("180°", "旋转 180 度")
    if degrees < _TURN / 2:
        return Name(f"{degrees:g}° clockwise", f"顺时针旋转 {degrees:g} 度")
    return Name(f"{_TURN - degrees:g}° anticlockwise", f"逆时针旋转 {_TURN - degrees:g} 度")
