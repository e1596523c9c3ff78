"""The studio's own keys in plain words: looks, zooms, crops, fades, and how a segment is played."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nemo_widgets.links import plain_links

from .clock import duration
from .schema import (
    ANIMATIONS,
    COLORS,
    FITS,
    FLIPS,
    POSITIONS,
    TEXT_KINDS,
    TRANSITIONS,
    Name,
    look_name,
    percent,
    rotation_name,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .layout import Segment

__all__ = [
    "EFFECTS",
    "EFFECT_KEYS",
    "NOTHING",
    "ROOT",
    "SEGMENT",
    "effects",
    "effects_of",
    "lasting",
    "plain",
    "quoted",
    "short",
    "transition",
    "what_name",
]

NOTHING = Name.same("")

_LONGEST = 60
"""A text or value longer than this is cut short."""
_ABSURD = 1e9


def transition(s: Segment) -> Name:
    """The transition at the cut before a segment, such as "fade through black 0.5 s"; "" for none."""
    name, long = _name(TRANSITIONS, s.transition), lasting(s.transition_ms)
    return Name(f"{name.en} {long.en}", f"{name.zh} {long.zh}") if name.en else NOTHING


def lasting(ms: int) -> Name:
    """How long something lasts, with its units."""
    return Name(duration(ms), duration(ms, zh=True))


def effects(s: Segment, language: str = "en") -> Iterator[str]:
    """What is done to a segment's picture and sound, one short text each: "backwards", "black and white"."""
    return effects_of(s.meta, language)


def effects_of(meta: Mapping[str, Any], language: str = "en") -> Iterator[str]:
    """The same of a segment's metadata."""
    return (name.said(language) for name in _effects(meta))


EFFECT_KEYS = frozenset(
    {"freeze", "reverse", "rotate", "flip", "crop", "zoom", "looks", "tracks", "fade_in", "fade_out", "duck"}
)
"""What of a segment's metadata is told as an effect: where none of them stands, there is none."""


def _effects(meta: Mapping[str, Any]) -> Iterator[Name]:
    if meta.get("freeze") is True:
        yield Name("held", "定格")
    elif meta.get("reverse") is True:
        yield Name("backwards", "倒放")
    if (turn := _rotated(meta.get("rotate"))).en:
        yield Name(f"turned {turn.en}", turn.zh)
    if flip := FLIPS.get(str(meta.get("flip"))):
        yield Name(f"mirrored {flip.en}", f"{flip.zh}镜像")
    if isinstance(meta.get("crop"), dict):
        yield Name("cropped", "已裁剪")
    if (zoom := _zoomed(meta.get("zoom"))).en:
        yield Name(f"zoom {zoom.en}", f"缩放 {zoom.zh}")
    if (look := _looks(meta.get("looks"))).en:
        yield look
    if meta.get("tracks"):
        tracks = _tracks(meta["tracks"])
        yield Name(f"sound tracks: {tracks.en}", f"音轨：{tracks.zh}")
    yield from _heard(meta)


def _heard(meta: Mapping[str, Any]) -> Iterator[Name]:
    """What is done to its loudness, from its beginning to its end."""
    for key, name in (("fade_in", _FADE_IN), ("fade_out", _FADE_OUT)):
        if ms := _number(meta.get(key)):
            long = lasting(round(ms))
            yield Name(f"{name.en} {long.en}", f"{name.zh} {long.zh}")
    if meta.get("duck") is True:
        yield Name("ducked", "自动压低")


def plain(value: Any) -> str:
    """A value in a few characters, a link without its query; "" for none and for what is too much to show."""
    if value is None or value == "" or isinstance(value, (dict, list)):
        return ""
    return short(plain_links(value) if isinstance(value, str) else json.dumps(value))


def short(text: str) -> str:
    """A text on one line, cut short if it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def quoted(text: str) -> str:
    """A text in quotation marks, "" for none."""
    return f"“{short(text)}”" if text else ""


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if abs(value) < _ABSURD else None


def _plain(value: Any) -> Name:
    return Name.same(plain(value))


def _seconds(value: Any) -> Name:
    number = _number(value)
    return _plain(value) if number is None else lasting(round(number))


def _on(value: Any) -> Name:
    if not isinstance(value, bool):
        return _plain(value)
    return Name("on", "开") if value else Name("off", "关")


def _backwards(value: Any) -> Name:
    if not isinstance(value, bool):
        return _plain(value)
    return Name("backwards", "倒放") if value else Name("forwards", "正放")


def _rotated(value: Any) -> Name:
    number = _number(value)
    if number is None:
        return _plain(value)
    return rotation_name(number) if number else NOTHING


def _cropped(value: Any) -> Name:
    numbers = [_number(value.get(key)) for key in "whxy"] if isinstance(value, dict) else []
    known = [percent(n) for n in numbers if n is not None]
    if len(known) != 4:  # noqa: PLR2004 - all of them
        return _plain(value)
    wide, high, x, y = known
    return Name(f"{wide} × {high} at {x}, {y}", f"{wide} × {high}，起点 {x}, {y}")


def _zoomed(value: Any) -> Name:
    given = value if isinstance(value, dict) else {}
    start, stop = (_number(given.get(key, 1)) for key in ("from", "to"))
    if not given or start is None or stop is None:
        return _plain(value)
    if start == stop:
        return NOTHING if start == 1 else Name.same(f"{start:g}×")
    return Name(f"from {start:g}× to {stop:g}×", f"从 {start:g}× 到 {stop:g}×")


def _looks(value: Any) -> Name:
    looks = [_look(look) for look in value] if isinstance(value, list) else []
    if not looks:
        return _plain(value)
    known = [look for look in looks if look.en]
    return Name(short(", ".join(look.en for look in known)), short("、".join(look.zh for look in known)))


def _look(value: Any) -> Name:
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(kind, str):
        return NOTHING
    amount = _number(value.get("amount", 1))
    return look_name(kind, 1.0 if amount is None else amount)


def _focused(value: Any) -> Name:
    if not isinstance(value, list) or not value:
        return _plain(value)
    return Name(f"{len(value)} points" if len(value) > 1 else "one point", f"{len(value)} 个点")


def _loudness(value: Any) -> Name:
    number = _number(value)
    return _plain(value) if number is None else Name.same(f"{number:g} LUFS")


def _name(names: Mapping[str, Name], value: str) -> Name:
    return names[value] if value in names else Name.same(short(value))


def _named(names: Mapping[str, Name]) -> Callable[[Any], Name]:
    return lambda value: _name(names, value) if isinstance(value, str) else _plain(value)


def _tracks(value: Any) -> Name:
    numbers = value if isinstance(value, list) else []
    known = [str(n) for n in numbers if isinstance(n, int) and not isinstance(n, bool)]
    if known:
        return Name(("only " if value else "") + " and ".join(known), f"仅第 {'、'.join(known)} 条")
    return Name("all", "全部") if value is None else _plain(value)


def _quotation(value: Any) -> Name:
    return Name.same(quoted(plain(value)))


Wording = tuple[Name, "Callable[[Any], Name]"]
"""What a key is called, and how its value is put."""

_FADE_IN, _FADE_OUT, _FIT = Name("fade in", "淡入"), Name("fade out", "淡出"), Name("fit", "画面适配")

SEGMENT: dict[str, Wording] = {
    "position": (Name("place", "位置"), _named(POSITIONS)),
    "size": (Name("size", "字号"), _plain),
    "color": (Name("colour", "颜色"), _named(COLORS)),
    "style": (Name("style", "样式"), _named({key: kind.name for key, kind in TEXT_KINDS.items()})),
    "subtitle": (Name("second line", "第二行"), _quotation),
    "background": (Name("background", "背景"), _named(COLORS)),
    "animation": (Name("animation", "动画"), _named(ANIMATIONS)),
    "fade_in": (_FADE_IN, _seconds),
    "fade_out": (_FADE_OUT, _seconds),
    "tracks": (Name("sound tracks", "音轨"), _tracks),
    "duck": (Name("ducking", "自动压低"), _on),
    "loop": (Name("loop", "循环"), _on),
    "reverse": (Name("direction", "播放方向"), _backwards),
    "rotate": (Name("rotation", "旋转"), _rotated),
    "flip": (Name("mirroring", "镜像"), _named(FLIPS)),
    "crop": (Name("crop", "裁剪"), _cropped),
    "fit": (_FIT, _named(FITS)),
    "focus": (Name("focus", "画面重点"), _focused),
    "zoom": (Name("zoom", "缩放"), _zoomed),
    "looks": (Name("look", "画面效果"), _looks),
}
"""The keys of a segment's metadata that are told by what they mean."""


def _behind(value: Any) -> Name:
    given = value if isinstance(value, dict) else {}
    return Name.same(
        quoted(plain(given.get("name"))) if given.get("src") else plain(given.get("type") or value)
    )


def _resolution(value: Any) -> Name:
    return Name("as filmed", "与素材相同") if value == "source" else _plain(value)


ROOT: dict[str, Wording] = {
    "backdrop": (Name("picture", "背景画面"), _behind),
    "title": (Name("title", "项目名称"), _quotation),
    "fps": (Name("frame rate", "帧率"), _plain),
    "fit": (_FIT, _named(FITS)),
    "resolution": (Name("resolution", "分辨率"), _resolution),
    "loudness": (Name("loudness", "响度"), _loudness),
    "fade_in": (_FADE_IN, _seconds),
    "fade_out": (_FADE_OUT, _seconds),
    "fade_color": (Name("fade colour", "淡化颜色"), _plain),
}
"""The same of the draft's metadata, but for its canvas."""

_WHATS = {
    name.en: name
    for name in (
        *(name for name, _ in (*SEGMENT.values(), *ROOT.values())),
        *(Name("volume", "音量"), Name("speed", "速度"), Name("part", "选用部分"), Name("source", "来源")),
        *(
            Name("track", "轨道"),
            Name("name", "名称"),
            Name("text", "文字"),
            Name("canvas", "画布"),
            Name("length", "时长"),
        ),
    )
}


def what_name(what: str) -> Name:
    """What it is called that changed, by the English word that a change has for it."""
    return _WHATS.get(what, Name.same(what))


EFFECTS = frozenset(
    {"direction", "rotation", "mirroring", "crop", "fit", "focus", "zoom", "look", "freeze", "speed"}
)
"""What is done to a clip's picture, by the names that a change has."""
