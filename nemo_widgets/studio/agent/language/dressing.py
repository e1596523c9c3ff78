"""Clauses about how it is shown: shape and size of the frame, looks, turns, crops, zooms, fades of the film."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from nemo_widgets.studio.agent.edits.dressing import Crop, Flip, Look, ResetLooks, Rotate, Zoom
from nemo_widgets.studio.agent.edits.framing import FadeFilm, Frame

from .bag import Bag, once
from .numbers import NUMBER, number
from .tokens import DURATION, PERCENT, RATIO, SPAN
from .words import VIDEO

if TYPE_CHECKING:
    from .bag import Found
    from .intents import Intent
    from .rules import Around
    from .veil import Veiled

__all__ = ["dressing_clause"]


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_VERB = r"make|turn|convert|change|set|get|give|put|do|use|add|apply|have|let|i\s+(?:want|need)|i'd\s+like|need|want|prepare|export|format|reformat|resize|switch|bring|render|optimi[sz]e|ready|fit|把|将|让|给|用|加上?|加个|加点|添加|做成|做|改成|改为|改到|改|换成|变成|变为|变得?|调成|调到|调得?|调|设为|设成|设|弄成|弄|转成|转为|降到|升到|输出|适配|适合|来个|来点|要"
_ALL = rf"(?:(?:the\s+)?(?:whole\s+thing|rest|remainder|{VIDEO}|picture|image|footage|remaining\s+(?:clips|parts?))|it\s+all|all\s+(?:of\s+it|the\s+clips|clips)|everything|every\s+clip|(?:the|all|both)\s+(?:the\s+)?clips|it|this|that|them|they|整个(?:视频|片子|画面)?|全部(?:片段|视频)?|所有的?(?:片段|视频|画面)?|剩下的?(?:部分|片段|两段|三段|几段)?|其余(?:部分|片段)?|视频|片子|画面|图像|它|整体)"
_GLUE = r"the|a|an|to|into|in|with|and|of|on|at|for|as|is|be|for\s+me|its|it's|some|please|ready|look|looking|version|style|的|地|得|成|为|一下|一个|个|有点|稍微|更|再|些|点|一点|一些|give"
_WHERE = rf"(?:(?:in|during|for|from|of|on|between|over|to)\s+)?(?P<where>{SPAN})(?:里|内|的|那段|这段|处)*"

_PLATFORMS = {
    (
        9,
        16,
    ): r"tik\s?tok|(?:instagram\s+|ig\s+|facebook\s+)?reels?|(?:youtube\s+)?shorts?|(?:instagram\s+|ig\s+)?stor(?:y|ies)|snapchat|抖音|快手|视频号|竖屏短视频",
    (16, 9): r"you\s?tube(?!\s+short)|vimeo|tv|television|b\s?站|bilibili|西瓜视频|电视",
    (4, 5): r"(?:the\s+)?instagram\s+feed|(?:instagram|ig)\s+posts?",
    (3, 4): r"小红书",
}
_SHAPES = {
    (9, 16): r"vertical|portrait(?:\s+mode)?|upright|竖屏|竖版|竖着|竖向|竖的|纵向",
    (16, 9): r"horizontal|landscape(?:\s+mode)?|wide-?screen|横屏|横版|横着|横向|横的",
    (1, 1): r"square|方形|正方形|方的|一比一",
}
Fit = Literal["blur", "pad", "crop"]
_FITS: tuple[Fit, ...] = ("blur", "pad", "crop")
_FRAME = Bag(
    {
        "verb": rf"(?:{_VERB})|crop|fill",
        "ratio": rf"(?:(?:aspect\s+)?ratio\s+(?:of\s+)?)?(?P<ratio>{RATIO})",
        **{f"shape{w}x{h}": pattern for (w, h), pattern in _SHAPES.items()},
        **{
            f"platform{w}x{h}": rf"(?:(?:for|on|to|into|onto)\s+)?(?:an?\s+|the\s+|my\s+)?(?:{pattern})(?:\s+(?:video|clip|format|feed))?"
            for (w, h), pattern in _PLATFORMS.items()
        },
        "wxh": r"(?P<w>\d{3,4})\s?[x×*]\s?(?P<h>\d{3,4})(?!\d)",
        "size": r"(?P<pixels>\d{3,4})\s?p(?![a-z])|(?P<k>[48])\s?k(?![a-z])|(?P<hd>full\s?hd|hd|高清)",
        "blur": r"(?:with\s+|and\s+|,\s*)?(?:a\s+)?(?:blur(?:red|ry)?|fuzzy)\s+(?:bars?|background|sides?|edges?|borders?|fill|padding)(?:\s+(?:at|on)\s+(?:the\s+)?(?:sides?|top\s+and\s+bottom|top|bottom))?|(?:上下|左右|两边|两侧|四周|背景)?(?:用|加)?(?:模糊|虚化)(?:的?(?:背景|边))?(?:来)?(?:填充|填满|补齐|填)?",
        "pad": r"(?:with\s+|and\s+)?(?:black\s+)?(?:bars?|borders|letter-?box(?:ed|ing)?|pillar-?box(?:ed|ing)?|padding)(?:\s+(?:at|on)\s+(?:the\s+)?sides?)?|(?:keep|show)\s+(?:the\s+)?(?:whole|full|entire)\s+(?:picture|frame|image)|(?:上下|左右|两边)?(?:加|留)?黑边",
        "crop": r"(?:and\s+)?(?:fill(?:ing)?\s+(?:up\s+)?(?:the\s+)?(?:whole\s+)?(?:frame|screen)|cropped|crop(?:ping)?(?:\s+it)?|without\s+(?:black\s+)?bars|no\s+(?:black\s+)?bars|zoom\s+to\s+fill)|(?:裁剪|裁切|裁成?|铺满(?:画面|屏幕)?|填满(?:画面|屏幕)?|不要黑边|裁)",
        "follow": r"(?:and\s+|that\s+|,\s*)?(?:follow(?:s|ing)?|track(?:s|ing)?|keep(?:ing)?)\s+(?:on\s+)?(?:the\s+|my\s+|his\s+|her\s+)?(?:faces?|people|person|speaker|head|me)(?:\s+in\s+(?:the\s+)?(?:frame|picture|view|middle|center))?|(?:画面|镜头|裁剪)?(?:跟着|跟随|追踪|对准)(?:人脸|人物|脸|人)(?:走|移动)?",
        "noun": r"(?:the\s+)?(?:aspect\s+ratio|ratio|format|shape|frame|size|dimensions?|resolution|orientation)(?:\s+of)?|(?:画面|视频)?(?:的)?(?:比例|画幅|尺寸|分辨率|格式|画面比例|大小)",
        "all": _ALL,
        "glue": rf"{_GLUE}|,|get|so\s+that\s+it\s+fits|fits?|suitable|down|up",
    }
)
_AMOUNT = r"(?P<soft>(?:just\s+)?(?:a\s+(?:tiny\s+|little\s+)?bit|a\s+little|slightly|somewhat|a\s+touch|subtle|subtly|gently|gentle|稍微|一点点|轻微|略微|有点))|(?P<strong>a\s+lot|much|very|strongly|strong|heavily|heavy|really|way|super|extremely|很多|非常|强烈|大幅|明显|特别)"
_LOOKS = {
    "bw": r"(?:in\s+)?(?:black[\s-]*(?:and|&|n|'n')[\s-]*white|b\s?[&/]\s?w|bw|monochrome|gr[ae]y-?scale|黑白(?:色|片|效果|滤镜|风格)?)",
    "sepia": r"sepia(?:[\s-]tone)?|(?:复古|怀旧|老照片|泛黄)(?:色|效果|滤镜|风格)?|old[\s-]?(?:fashioned\s+)?(?:photo|film|time)",
    "warm": r"warm(?:er|th)?(?:\s+(?:it\s+)?up)?(?:\s+(?:colou?rs?|tones?))?|(?:色调|颜色)?(?:偏|暖)(?:暖|色调?|一点|一些|些|点)?(?:色调?)?|暖色调?",
    "cool": r"cool(?:er)?(?:\s+(?:it\s+)?down)?(?:\s+(?:colou?rs?|tones?))?|cold(?:er)?(?:\s+(?:colou?rs?|tones?))?|blu(?:er|ish)|(?:色调|颜色)?(?:偏冷|冷色调?|冷一点|冷一些|冷)",
    "brighter": r"brightness\s+(?:up|plus|\+)(?:\s+by)?\s*|bright(?:er|en)(?:\s+(?:it\s+)?up)?|lighter|lighten|(?:increase|raise|boost)\s+(?:the\s+)?(?:brightness|exposure)|more\s+(?:light|brightness)|(?:画面|亮度)?(?:提亮|调亮|变亮|亮一点|亮一些|亮点|亮些|更亮|高亮|明亮|亮)(?:一点|一些|些)?",
    "darker": r"brightness\s+(?:down|minus|-)(?:\s+by)?\s*|dark(?:er|en)(?:\s+(?:it\s+)?down)?|dim(?:mer)?|(?:decrease|lower|reduce)\s+(?:the\s+)?(?:brightness|exposure)|less\s+(?:light|bright(?:ness)?)|(?:画面|亮度)?(?:调暗|变暗|暗一点|暗一些|暗点|更暗|压暗|暗)(?:一点|一些|些)?",
    "contrast+": r"(?:more|higher|increase(?:d)?|boost|raise|up|stronger|add)\s+(?:the\s+)?contrast|contrast\s+(?:up|plus|\+)|more\s+contrasty|(?:提高|增加|增强|加大|加强)对比度?|对比度?(?:高|强|大|增强|提高|加强|调高)(?:一点|一些|些|点)?",
    "contrast-": r"(?:less|lower|decrease|reduce|softer)\s+(?:the\s+)?contrast|contrast\s+(?:down|minus|-)|(?:降低|减少|减弱)对比度?|对比度?(?:低|弱|小|降低|调低)(?:一点|一些|些|点)?",
    "saturation+": r"(?:more|higher|increase|boost|raise)\s+(?:the\s+)?(?:saturation|colou?rs?|vivid(?:ness)?)|(?:more\s+)?(?:vivid|colou?rful|saturated|vibrant)|saturate|(?:make\s+)?(?:the\s+)?colou?rs?\s+pop(?:\s+more)?|(?:提高|增加|增强)饱和度|饱和度(?:高|提高|调高)(?:一点|一些|些|点)?|(?:颜色|色彩)?(?:更)?鲜艳(?:一点|一些|些)?",
    "saturation-": r"(?:less|lower|decrease|reduce)\s+(?:the\s+)?(?:saturation|colou?rs?)|desaturate(?:d)?|less\s+(?:vivid|colou?rful|saturated)|(?:muted|faded)\s+colou?rs|(?:make\s+)?(?:the\s+)?colou?rs?\s+pop\s+less|(?:降低|减少)饱和度|饱和度(?:低|降低|调低)(?:一点|一些|些|点)?|(?:颜色|色彩)?淡一?点",
    "vignette": r"vignette(?:\s+effect)?|vignetting|dark(?:er)?\s+(?:edges|corners)|暗角(?:效果)?|四周(?:变)?暗(?:一点)?",
    "blur": r"(?:gaussian\s+)?blur(?:red|ry|rier)?(?:\s+(?:effect|filter))?|out\s+of\s+focus|soften\s+(?:the\s+)?(?:picture|image|focus)|(?:画面)?(?:模糊|虚化)(?:效果|掉|处理)?",
    "sharpen": r"sharpen(?:ed|ing)?|sharper|crisper|more\s+sharpness|(?:画面)?(?:锐化|更清晰|清晰一点|清晰一些)",
}
_LOOK_TYPES = {"brighter": ("brightness", 1), "darker": ("brightness", -1), "contrast+": ("contrast", 1), "contrast-": ("contrast", -1),
               "saturation+": ("saturation", 1), "saturation-": ("saturation", -1)}  # fmt: skip
_LOOK = Bag(
    {
        "verb": rf"(?:{_VERB})",
        "take": r"remove|take\s+away|take\s+off|no\s+more|get\s+rid\s+of|without|undo|去掉|取消|移除|不要",
        "reset": r"(?:reset|restore|normal|original|natural)(?:\s+(?:the\s+)?(?:colou?rs?|looks?|picture))?|(?:恢复|还原)(?:原来的?|正常的?|原始)?(?:颜色|色彩|画面)|(?:all\s+)?(?:the\s+)?(?:looks?|filters?|effects?|滤镜|效果|调色)",
        **_LOOKS,
        "amount": rf"(?:by\s+|at\s+|to\s+)?(?P<percent>{PERCENT})|{_AMOUNT}",
        "where": _WHERE,
        "all": _ALL,
        "both": r"and|,|、|和|跟",
        "noun": r"(?:the\s+)?(?:filter|effect|look|tone|style|mood|feel|colou?rs?|tint)s?|滤镜|效果|色调|风格|颜色|色彩|片段",
        "glue": rf"{_GLUE}|bit|little|more|less|old|vintage|effect|up|down|can\s+you|that|then",
    }
)
_TURN = Bag(
    {
        "rotate": r"rotate|turn|spin|tilt|(?:把|将)?(?:画面|视频)?(?:旋转|转动|转)",
        "upside": r"upside[\s-]down|on\s+its\s+head|倒过来|上下颠倒",
        "flip": r"flip|mirror(?:ed)?|invert|镜像|翻转|反转|镜面",
        "degrees": rf"(?:by\s+)?(?P<deg>{NUMBER})\s*(?:°|degrees?|deg|度)|by\s+(?P<bare>90|180|270)(?!\w)|(?P<quarter>(?:a\s+)?quarter\s+turn)|(?P<half>(?:a\s+)?half\s+turn|半圈)",
        "left": r"(?:to\s+the\s+)?left|(?:counter|anti)-?\s?clock-?wise|ccw|向左|往左|逆时针|左转",
        "right": r"(?:to\s+the\s+)?right|clock-?wise|cw|向右|往右|顺时针|右转",
        "vertical": r"vertical(?:ly)?|top\s+to\s+bottom|up\s+and\s+down|上下|垂直|竖直",
        "horizontal": r"horizontal(?:ly)?|left\s+(?:to|and)\s+right|sideways|左右|水平",
        "where": _WHERE,
        "all": _ALL,
        "glue": rf"{_GLUE}|{_VERB}|around|round|image|by|over",
    }
)
_SIDE = r"left|right|top|bottom|upper|lower|左边?|右边?|上边?|下边?|上面|下面|顶部|底部|左侧|右侧"
_CROP = _rx(
    rf"(?:crop|cut|trim|chop)\s+(?:away\s+|off\s+|out\s+)?(?:the\s+)?(?P<side>left|right|top|bottom|upper|lower)\s+(?P<part>half|third|quarter)(?:\s+(?:of|off)\s+(?:the\s+)?(?:picture|frame|image|video|(?P<where>{SPAN})))?(?:\s+(?:away|off))?"
    rf"|crop\s+(?:off\s+|away\s+)?(?:the\s+)?(?P<share>{PERCENT})\s+(?:off|from|of|at)\s+(?:the\s+)?(?P<side2>left|right|top|bottom|(?:all|each|every|both)\s+sides?)(?:\s+(?:of|off)\s+(?:the\s+)?(?:picture|frame|image|video|(?P<where2>{SPAN})))?"
    rf"|crop\s+(?:(?:it|{VIDEO}|(?P<where3>{SPAN}))\s+)?to\s+(?:the\s+)?(?P<keep>left|right|top|bottom|upper|lower)\s+(?P<part3>half|third|quarter)|(?:un-?crop|remove\s+the\s+crop|show\s+the\s+whole\s+picture)(?P<none>)"
    rf"|(?:把|将)?(?:画面)?(?:的)?(?P<zhside>{_SIDE})(?:的)?(?P<zhshare>{PERCENT}|一半|三分之一|四分之一)(?:的?画面)?(?:裁掉|剪掉|裁切掉|去掉)"
)
_ZOOM = Bag(
    {
        "zoom": r"zoom(?:ing)?(?:\s+(?P<way>in|out))?(?:\s+(?:on|into|onto|towards)\s+(?:the\s+)?(?:middle|cent(?:er|re)|picture|image|face|speaker))?|push\s+in|punch\s+in|ken\s+burns(?:\s+effect)?|magnify|enlarge|(?:画面|镜头)?(?P<zhway>放大|推近|拉近|推进|推|缩小|拉远)",
        "slowly": r"slow(?:ly)?|gradual(?:ly)?|gentl[ey]|smooth(?:ly)?|little\s+by\s+little|over\s+time|慢慢地?|缓慢地?|缓缓地?|逐渐",
        "to": rf"(?:to|by|at)?\s*(?:(?P<percent>{PERCENT})|(?P<x>{NUMBER})\s*(?:x|×|times|倍))",
        "some": _AMOUNT,
        "no": r"no|remove|stop|without|undo|去掉|取消|不要",
        "where": _WHERE,
        "all": _ALL,
        "glue": rf"{_GLUE}|{_VERB}|effect|bit|little|镜头|画面|效果",
    }
)
_FADES = Bag(
    {
        "verb": r"fade|add|put|let|have|make|use|apply|give\s+it|加上?|加个|加|添加|做|让|把|来个",
        "in": r"(?:fade|fading|fades)[\s-]?in(?:\s+from\s+(?P<from>black|white))?|in\s+from\s+(?P<from2>black|white)|(?:从)?(?P<zhfrom>黑|白)?(?:场|屏|色)?(?:画面|视频)?(?:渐入|淡入|渐显)",
        "out": r"(?:fade|fading|fades)[\s-]?out(?:\s+to\s+(?P<to>black|white))?|(?:fade|fading|fades)\s+(?:everything\s+|it\s+(?:all\s+)?|the\s+video\s+)?(?:out\s+)?to\s+(?P<to2>black|white)|fade\s+(?:everything|it|it\s+all|all|the\s+(?:whole\s+)?(?:video|film|thing))\s+out(?:\s+to\s+(?P<to3>black|white))?|(?:画面|视频)?(?:淡出|渐出|渐隐)(?:到(?P<zhto>黑|白)(?:场|屏|色)?)?|渐(?P<zhto2>黑|白)",
        "both": r"fad(?:e|es|ing)[\s-]+in[\s-]+and[\s-]+(?:fade[\s-]+)?out|fades|淡入淡出",
        "start": r"(?:at|in)\s+the\s+(?:very\s+)?(?:start|beginning|front)(?:\s+of\s+(?:it|the\s+video))?|(?:在)?(?:视频)?(?:的)?(?:开头|片头|开始)(?:处|时)?",
        "end": r"(?:at|in)\s+the\s+(?:very\s+)?end(?:\s+of\s+(?:it|the\s+video))?|(?:在)?(?:视频)?(?:的)?(?:结尾|片尾|最后|末尾)(?:处|时)?",
        "length": rf"(?:over|for|in|of|lasting|,)?\s*(?:the\s+(?:last|first)\s+)?(?P<length>{DURATION}|{SPAN})(?:\s*(?:long|的|长))*",
        "no": r"no|remove|without|take\s+away|去掉|取消|不要",
        "glue": r"and|a|an|the|with|to|of|,|everything|it|its|long|smooth|soft|slow|和|并|的|一个|效果|画面|视频|slowly|nice(?:ly)?|from|for|then|all|please",
    }
)


def dressing_clause(clause: str, around: Around) -> list[Intent] | None:
    """What a clause about the picture asks for, or None if it is no such clause."""
    v = around.veiled
    return (
        _frame(clause, v)
        or _turned(clause, v)
        or _cropped(clause, v)
        or _zoomed(clause, v)
        or _faded(clause, v)
        or _look(clause, v)
    )


def _frame(clause: str, v: Veiled) -> list[Intent] | None:
    found = _FRAME.read(clause)
    if not found or not once(found, "ratio", "size", "follow"):
        return None
    shapes = {tuple(map(int, re.findall(r"\d+", name))) for name in found if re.match("shape|platform", name)}
    shapes |= {v.value(m["ratio"]) for m in found.get("ratio", ())}
    fits: list[Fit] = [fit for fit in _FITS if fit in found]
    if "follow" in found:
        fits = [fit for fit in fits if fit != "crop"]
    if "wxh" in found:
        sides = found["wxh"][0]
        wide, high = int(sides["w"]), int(sides["h"])
        return [Frame(wide, high, min(wide, high), fits[0] if fits else None)]
    if len(shapes) > 1 or len(fits) > 1 or ("follow" in found and fits):
        return None
    fit = fits[0] if fits else None
    follow = "follow" in found
    if not shapes and "size" not in found:
        asked = (follow and "verb" in found) or (fit in ("blur", "pad") and "noun" in found)
        return [Frame(fit=fit, follow=follow)] if asked else None
    named = any(name.startswith("platform") for name in found)
    if not (named or "verb" in found or "noun" in found or "ratio" in found or fits or len(clause) <= _SHORT):
        return None
    width, height = next(iter(shapes), (0, 0))
    return [Frame(width, height, _pixels(found), fit, follow)]


_SHORT = 28
"""A clause no longer than this may be a shape alone: 'vertical, please'."""


def _pixels(found: Found) -> int:
    m = found["size"][0] if "size" in found else None
    if m is None:
        return 0
    return (
        int(m["pixels"])
        if m["pixels"]
        else {"4": 2160, "8": 4320}[m["k"]]
        if m["k"]
        else 1080
        if re.match(r"full", m["hd"], re.IGNORECASE)
        else 720
    )


def _look(clause: str, v: Veiled) -> list[Intent] | None:
    found = _LOOK.read(clause)
    if not found or not once(found, "amount"):
        return None
    named = [name for name in _LOOKS if name in found]
    places = [v.value(m["where"]) for m in found.get("where", ())] or [None]
    where = places[0]
    if "reset" in found and not named:
        said = found["reset"][0].group().lower()
        plain = re.match(r"reset|restore|恢复|还原", said)
        return [ResetLooks(where)] if plain or "take" in found else None
    if len(found.get("both", ())) != len(places) - 1 and "both" in found:
        return None
    if {"saturation-", "saturation+"} <= set(named):
        named.remove("saturation+")
    if len(named) != 1 or not (
        "verb" in found
        or "all" in found
        or "where" in found
        or "amount" in found
        or len(clause) <= _SHORT
        or re.search(r"en\b|ate\b", clause)
    ):
        return None
    kind, sign = _LOOK_TYPES.get(named[0], (named[0], 1))
    if "take" in found:
        alone = "verb" not in found and not ("all" in found and where)
        return [Look(kind, Fraction(0), where)] if alone else None
    return [Look(kind, _amount(found, kind, sign, v), each) for each in places]


_STRENGTH = {
    "brightness": (Fraction(1, 10), Fraction(2, 5)),
    "contrast": (Fraction(3, 20), Fraction(3, 5)),
    "saturation": (Fraction(3, 20), Fraction(3, 5)),
}
_USUAL = {"brightness": Fraction(1, 5), "contrast": Fraction(3, 10), "saturation": Fraction(3, 10)}


def _amount(found: Found, kind: str, sign: int, v: Veiled) -> Fraction | None:
    m = found["amount"][0] if "amount" in found else None
    if m is not None and m["percent"]:
        return sign * Fraction(v.value(m["percent"]))
    soft, strong = _STRENGTH.get(kind, (Fraction(1, 4), Fraction(9, 10)))
    if m is not None and kind != "bw":
        return sign * (soft if m["soft"] else strong)
    return sign * _USUAL[kind] if kind in _USUAL else None


def _turned(clause: str, v: Veiled) -> list[Intent] | None:
    found = _TURN.read(clause)
    if not found or not once(found, "degrees", "where"):
        return None
    where = _value(found, "where", v)
    if "flip" in found and "rotate" not in found and "degrees" not in found:
        return [Flip("vertical" if "vertical" in found or "upside" in found else "horizontal", where)]
    if "upside" in found:
        return [Rotate(180, where)]
    if "rotate" not in found or not ("degrees" in found or "left" in found or "right" in found):
        return None
    m = found["degrees"][0] if "degrees" in found else None
    degrees = 90 if m is None or m["quarter"] else 180 if m["half"] else number(m["deg"] or m["bare"])
    if degrees != int(degrees):
        return None
    return [Rotate(-int(degrees) % 360 if "left" in found else int(degrees) % 360 or 360, where)]


_PARTS = {
    "half": Fraction(1, 2),
    "third": Fraction(1, 3),
    "quarter": Fraction(1, 4),
    "一半": Fraction(1, 2),
    "三分之一": Fraction(1, 3),
    "四分之一": Fraction(1, 4),
}
_OPPOSITE = {
    "left": "right",
    "right": "left",
    "top": "bottom",
    "bottom": "top",
    "upper": "bottom",
    "lower": "top",
}


def _cropped(clause: str, v: Veiled) -> list[Intent] | None:
    m = _CROP.fullmatch(clause)
    if m is None:
        return None
    g: dict[str, Any] = m.groupdict()
    token = g["where"] or g["where2"] or g["where3"]
    where = v.value(token) if token else None
    if g["none"] is not None:
        return [Crop(where=where)]
    if g["keep"]:
        return [Crop(**{_OPPOSITE[g["keep"].lower()]: 1 - _PARTS[g["part3"].lower()]}, where=where)]
    if g["zhside"]:
        side = next(
            en
            for zh, en in (
                ("左", "left"),
                ("右", "right"),
                ("上", "top"),
                ("顶", "top"),
                ("下", "bottom"),
                ("底", "bottom"),
            )
            if zh in g["zhside"]
        )
        share = _PARTS.get(g["zhshare"]) or Fraction(v.value(g["zhshare"]))
        return [Crop(**{side: share}, where=where)]
    if g["part"]:
        side = {"upper": "top", "lower": "bottom"}.get(g["side"].lower(), g["side"].lower())
        return [Crop(**{side: _PARTS[g["part"].lower()]}, where=where)]
    share, side = Fraction(v.value(g["share"])), g["side2"].lower()
    return (
        [Crop(share, share, share, share, where)] if "side" in side else [Crop(**{side: share}, where=where)]
    )


def _zoomed(clause: str, v: Veiled) -> list[Intent] | None:
    found = _ZOOM.read(clause)
    if not found or "zoom" not in found or not once(found, "zoom", "to", "where"):
        return None
    m, where = found["zoom"][0], _value(found, "where", v)
    if "no" in found:
        return [Zoom(Fraction(1), where=where)]
    away = (m["way"] or "").lower() == "out" or m["zhway"] in ("缩小", "拉远")
    burns = "burns" in m.group().lower()
    to = Fraction(6, 5)
    if "to" in found:
        said = found["to"][0]
        to = Fraction(v.value(said["percent"])) if said["percent"] else Fraction(number(said["x"]))
        to = 1 + to if to < 1 else to
    elif "some" in found:
        to = Fraction(11, 10) if found["some"][0]["soft"] else Fraction(3, 2)
    return [Zoom(to, "slowly" in found or burns, away, where)]


def _faded(clause: str, v: Veiled) -> list[Intent] | None:
    found = None if clause.lower().startswith("with ") else _FADES.read(clause)
    if not found or not ({"in", "out", "both"} & set(found)) or not once(found, "length"):
        return None
    color = next(
        (
            ("white" if g in ("white", "白") else "black")
            for name in ("in", "out")
            for m in found.get(name, ())
            for g in m.groups()
            if g
        ),
        None,
    )
    long: Any = v.value(found["length"][0]["length"]) if "length" in found else None
    if long is not None and not isinstance(long, int):
        long = getattr(long, "start", 0) if getattr(long, "last", False) else getattr(long, "end", None)
        if not isinstance(long, int):
            return None
    long = 0 if "no" in found else _USUAL_MS if long is None else long
    ways = (
        {"in", "out"}
        if "both" in found and not ({"start", "end"} & set(found))
        else {way for way in ("in", "out") if way in found}
    )
    if "both" in found and not ways:
        ways = {"in"} if "start" in found else {"out"}
    return [FadeFilm(long if "in" in ways else None, long if "out" in ways else None, color)]  # type: ignore[arg-type]


_USUAL_MS = 1000


def _value(found: Found, name: str, v: Veiled) -> Any:
    return v.value(found[name][0]["where"]) if name in found else None
