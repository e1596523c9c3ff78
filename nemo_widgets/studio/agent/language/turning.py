"""Clauses about pictures that are turned, mirrored, cropped or enlarged."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.edits.dressing import Crop, Flip, Rotate
from nemo_widgets.studio.agent.edits.zooming import Zoom

from .bag import Bag, once
from .numbers import NUMBER, number
from .phrases import AMOUNT, GLUE, PICTURES, VERB, WHERE, WHOLE, only_pictures, said_in, stretch
from .tokens import PERCENT

if TYPE_CHECKING:
    from nemo_widgets.studio.timeline.time_range import Stretch

    from .bag import Found
    from .context import Around
    from .intents import Intent
    from .veil import Veiled

__all__ = ["crop_clause", "turn_clause", "zoom_clause"]

_TURN = Bag(
    {
        "rotate": r"rotate|turn|spin|(?:把|将)?(?:画面|视频)?(?:旋转|转动|转)",
        "upside": r"upside[\s-]down|on\s+its\s+head|倒过来|上下颠倒|(?:画面)?(?:都)?是(?:颠?倒着?的|颠倒了?的?)",
        "flip": r"flip|mirror(?:ed)?|镜像|翻转|镜面|(?<=左右)对?翻|(?<=上下)对?翻|(?<=水平)翻|(?<=垂直)翻",
        "degrees": rf"(?:by\s+)?(?P<minus>-)?(?:(?P<deg>{NUMBER})\s*(?:°|degrees?|deg|度)|(?P<bare>90|180|270|360)(?![\d.:x×%]))|(?P<quarter>(?:a\s+)?quarter\s+turn)|(?P<half>(?:a\s+)?half\s+turn|半圈)",
        "left": r"(?:to\s+the\s+)?left|(?:counter|anti)-?\s?clock-?wise|ccw|向左|往左|逆时针|左转",
        "right": r"(?:to\s+the\s+)?right|clock-?wise|cw|向右|往右|顺时针|右转",
        "vertical": r"vertical(?:ly)?|top\s+to\s+bottom|up\s+and\s+down|上下|垂直|竖直",
        "horizontal": r"horizontal(?:ly)?|left\s+(?:to|and)\s+right|sideways|左右|水平",
        "where": WHERE,
        "all": WHOLE,
        "glue": rf"{GLUE}|{VERB}|around|round|image|by|over|,|fix|correct|是|了",
    }
)


def turn_clause(clause: str, v: Veiled) -> list[Intent] | None:
    """What a clause about turning or mirroring asks for, or None if it is no such clause."""
    found = _TURN.read(clause)
    if not found or not once(found, "degrees", "where"):
        return None
    where = stretch(found, v)
    flips = "flip" in found and not {"rotate", "degrees"} & set(found)
    if flips and not {"vertical", "horizontal"} <= set(found):
        return [Flip("vertical" if "vertical" in found or "upside" in found else "horizontal", where)]
    if flips or "upside" in found:
        other = [m for m in found.get("degrees", ()) if (m["deg"] or m["bare"]) != "180" and not m["half"]]
        return None if other else [Rotate(180, where)]
    if "rotate" not in found or not ("degrees" in found or "left" in found or "right" in found):
        return None
    m = found["degrees"][0] if "degrees" in found else None
    if m is None or m["quarter"]:
        degrees = Fraction(90)
    else:
        degrees = Fraction(180) if m["half"] else Fraction(number(m["deg"] or m["bare"]))
    if degrees.denominator != 1:
        return None
    left = ("left" in found) != bool(m and m["minus"])
    return [Rotate(-int(degrees) % 360 if left else int(degrees) % 360 or 360, where)]


_PARTS = {
    "half": Fraction(1, 2), "third": Fraction(1, 3), "quarter": Fraction(1, 4), "fifth": Fraction(1, 5), "tenth": Fraction(1, 10),
    "一半": Fraction(1, 2), "三分之一": Fraction(1, 3), "四分之一": Fraction(1, 4), "五分之一": Fraction(1, 5), "十分之一": Fraction(1, 10),
}  # fmt: skip
_SHARE = rf"(?:{PERCENT}|half|third|quarter|fifth|tenth)"
_ZH_SHARE = rf"(?:{PERCENT}|一半|三分之一|四分之一|五分之一|十分之一)"
_SIDES = r"(?:(?:all|each|every|both|the\s+four|all\s+four)\s+(?:sides?|edges?)|left\s+and\s+(?:the\s+)?right|top\s+and\s+(?:the\s+)?bottom|sides|left|right|top|bottom|upper|lower)"
_ZH_SIDES = r"(?:左右(?:两[边侧])?|上下(?:两[边侧])?|四周|四边|左[边侧面]?|右[边侧面]?|上[边面方]?|下[边面方]?|顶部|底部)"
_CROP = Bag(
    {
        "crop": r"crop(?:ping)?|裁剪掉?|裁切掉?|裁掉|裁去|剪裁|裁",
        "cut": r"cut|trim|chop|slice|shave|remove|take|keep|show|only|剪掉|切掉|去掉|剪|只?保留|只留|只显示",
        "none": r"un-?crop|(?:remove|undo|take\s+away|reset|no)\s+(?:the\s+)?crop(?:ping)?|show\s+the\s+whole\s+picture(?:\s+again)?|(?:取消|去掉|撤掉)裁剪|恢复(?:完整|全部)画面",
        "part": rf"(?:an?\s+|one\s+)?(?P<share>{_SHARE})\s+(?:off|from|of|at|on)\s+(?:of\s+)?(?:the\s+)?(?P<side>{_SIDES})(?:\s+(?:side|edge)(?![a-z]))?|(?:the\s+)?(?P<side2>{_SIDES})(?:most)?\s+(?P<share2>{_SHARE})|(?:the\s+)?(?P<side3>{_SIDES})\s+by\s+(?P<share3>{_SHARE})|(?P<zhside>{_ZH_SIDES})(?:各|的)?(?P<zhcrop>裁剪?[掉去]?)?(?P<zhshare>{_ZH_SHARE})",
        "keep": rf"(?:to|keep(?:ing)?(?:\s+only)?|keep\s+just|show\s+only|only|down\s+to)\s+(?:the\s+|its\s+)?(?P<kept>left|right|top|bottom|upper|lower|cent(?:er|re)|central|middle)\s+(?P<part>{_SHARE})|(?:(?:只?保留|只留|只显示|到)(?P<zhpicture>画面)?|裁剪?[成到])的?(?P<zhkept>左[边侧面]?|右[边侧面]?|上[边面方]?|下[边面方]?|中间|中央)的?(?P<zhpart>{_ZH_SHARE})",
        "picture": r"(?:of|off|from|in)?\s*(?:the\s+)?(?:picture|frame|image|screen)|(?:把|将)?画面(?:里|上(?![边面方部]))?的?",
        "where": WHERE,
        "all": WHOLE,
        "glue": r"the|a|an|of|off|from|to|away|out|and|把|将|掉|的|,",
    }
)
_EN_SIDES = {
    "左": "left",
    "右": "right",
    "上": "top",
    "顶": "top",
    "下": "bottom",
    "底": "bottom",
    "upper": "top",
    "lower": "bottom",
}
_OPPOSITE = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}


def crop_clause(clause: str, v: Veiled) -> list[Intent] | None:
    """What a clause about cropping asks for, or None if it is no such clause."""
    found = _CROP.read(clause)
    if not found or not once(found, "where", "keep"):
        return None
    where = stretch(found, v)
    if "none" in found:
        return [Crop(where=where)] if not {"part", "keep", "crop"} & set(found) else None
    crops = "crop" in found or any(m["zhcrop"] for m in found.get("part", ()))
    if not (crops or ({"cut", "keep"} & set(found) and _of_picture(found))):
        return None
    if ("part" in found) == ("keep" in found):
        return None
    off: dict[str, Fraction] = {}
    if "keep" in found:
        m = found["keep"][0]
        part, side = _share(said_in(m, "part", "zhpart"), v), said_in(m, "kept", "zhkept")
        if side[:3] in ("cen", "mid") or side[0] == "中":
            off = dict.fromkeys(_OPPOSITE, (1 - part) / 2)
        else:
            off[_OPPOSITE[_sides(side)[0]]] = 1 - part
    for m in found.get("part", ()):
        share = _share(said_in(m, "share", "share2", "share3", "zhshare"), v)
        for side in _sides(said_in(m, "side", "side2", "side3", "zhside")):
            if side in off:
                return None
            off[side] = share
    return [Crop(**off, where=where)]


def _of_picture(found: Found) -> bool:
    """Whether it is the picture of which a part is spoken of, and not the time."""
    return bool({"picture", "all"} & set(found)) or any(m["zhpicture"] for m in found.get("keep", ()))


def _share(said: str, v: Veiled) -> Fraction:
    return _PARTS.get(said) or Fraction(v.value(said))


def _sides(said: str) -> list[str]:
    """The sides that are named: left, right, top, bottom."""
    if re.match(r"all|each|every|the four|四", said):
        return list(_OPPOSITE)
    if said.endswith("sides") or said.startswith("both"):
        return ["left", "right"]
    words = {_EN_SIDES.get(word, word) for word in said.split()} | {_EN_SIDES.get(one, "") for one in said}
    return [side for side in _OPPOSITE if side in words]


_ZOOM = Bag(
    {
        "zoom": r"zoom(?:ing)?(?:\s+(?P<way>in|out))?|push\s+in|punch\s+in|ken\s+burns(?:\s+effect)?|magnify|enlarge|(?:画面|镜头)?(?P<zhway>放大|推近|拉近|推进|推|缩小|拉远)",
        "face": r"(?:(?:in\s+)?on|into|onto|in\s+to|to|towards|at)\s+(?:the\s+|my\s+|his\s+|her\s+)?(?:faces?|speakers?|person|people|head|me|him|her)|(?:到|对着|对准)?(?:人脸|脸部?|人物|说话的人)(?:上)?",
        "middle": r"(?:(?:in\s+)?on|into|onto|towards|at)\s+(?:the\s+)?(?:middle|cent(?:er|re)|picture|image)",
        "slowly": r"slow(?:ly)?|gradual(?:ly)?|gentl[ey]|smooth(?:ly)?|little\s+by\s+little|over\s+time|慢慢地?|缓慢地?|缓缓地?|逐渐",
        "way": rf"from\s+(?P<first>{PERCENT})\s+to\s+(?P<last>{PERCENT})|从(?P<zhfirst>{PERCENT})到(?P<zhlast>{PERCENT})",
        "to": rf"(?:to|by|at|到|至)?\s*(?:(?P<percent>{PERCENT})|(?P<x>{NUMBER})\s*(?:x|×|times|倍))",
        "some": AMOUNT,
        "no": r"no|remove|stop|without|undo|reset|去掉|取消|不要",
        "where": WHERE,
        "all": WHOLE,
        "pictures": PICTURES,
        "glue": rf"{GLUE}|{VERB}|effect|bit|little|镜头|画面|效果",
    }
)


def zoom_clause(clause: str, around: Around) -> list[Intent] | None:
    """What a clause about zooming asks for, or None if it is no such clause."""
    v, found = around.veiled, _ZOOM.read(clause)
    if not found or "zoom" not in found or not once(found, "zoom", "to", "where"):
        return None
    if "pictures" in found and not only_pictures(around.media):
        return None
    where = stretch(found, v)
    if "no" in found:
        return [Zoom(Fraction(1), where=where)]
    m = found["zoom"][0]
    away = (m["way"] is not None and m["way"].lower() == "out") or m["zhway"] in ("缩小", "拉远")
    slowly = "slowly" in found or "burns" in m.group().lower()
    if "way" in found:
        return _on_the_way(found, where, v)
    return [Zoom(_factor(found, v), slowly, away, where, at_face="face" in found)]


def _on_the_way(found: Found, where: Stretch | None, v: Veiled) -> list[Intent] | None:
    """From one size to another, of which one is that of the whole picture."""
    m = found["way"][0]
    first, last = (
        Fraction(v.value(said_in(m, *names))) for names in (("first", "zhfirst"), ("last", "zhlast"))
    )
    if 1 not in (first, last) or "to" in found or "some" in found:
        return None
    return [Zoom(max(first, last), slowly=True, out=last == 1, where=where, at_face="face" in found)]


def _factor(found: Found, v: Veiled) -> Fraction:
    """How many times larger; 120 % where nothing is said."""
    if "to" in found:
        said: re.Match[str] = found["to"][0]
        to = Fraction(v.value(said["percent"])) if said["percent"] else Fraction(number(said["x"]))
        return 1 + to if to < 1 else to
    if "some" in found:
        return Fraction(11, 10) if found["some"][0]["soft"] else Fraction(3, 2)
    return Fraction(6, 5)
