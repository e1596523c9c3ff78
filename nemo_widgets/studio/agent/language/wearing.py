"""How a text is said to look, and when it is shown: phrases that stand beside any of them."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.edits.lettering import (
    COLOR_WORDS,
    SIZES,
    Lettering,
    colour_of,
    place_of,
    size_of,
)
from nemo_widgets.studio.timeline.refs import Part
from nemo_widgets.studio.timeline.time_range import TimeRange

from .tokens import DURATION, HEX, POINT, SPAN
from .words import VIDEO

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.studio.timeline.time_range import Stretch

    from .bag import Found
    from .veil import Veiled

__all__ = ["MODS", "look_of", "shown_for", "shown_when"]

_COLOR = "|".join(COLOR_WORDS)
_SIZE = "|".join(SIZES)
_V = r"(?:top|upper|bottom|lower)"
_SIDE = r"(?:left|right(?!\s+(?:at|when|where|as|after|before|on)\b))"
_MID = r"(?:cent(?:er|re)d?|middle)"
_WHERE = rf"(?:{_V}(?:[\s-]+(?:{_SIDE}|{_MID}))?|{_MID}(?:[\s-]+{_SIDE})?|{_SIDE})"
_ZH_WHERE = r"(?:左上|右上|左下|右下)角?|顶部|顶端|上方|上面|上部|底部|底端|下方|下面|下部|正?中间|正?中央|居中|正中|左边|左侧|右边|右侧|画面中间|屏幕中间"
_WHOLE = (
    rf"(?:the\s+)?(?:whole|entire)\s+time|throughout(?:\s+{VIDEO})?|(?:for|during|over|across|to|on)?\s*(?:the\s+)?(?:whole|entire)\s+(?:time|video|clip|timeline|length)|all\s+the\s+(?:way\s+through|time)|"
    r"from\s+(?:the\s+)?(?:start|beginning)\s+to\s+(?:the\s+)?(?:end|finish)|全程|始终|一直(?:显示)?|整个视频|从头到尾"
)
MODS = {
    "span": rf"(?:(?:for|in|during|over|on|onto|across|under|from|at|显示在|显示|只在|在)\s*)?(?P<span>{SPAN})(?:里|内|中|的时候|时)?(?:显示|出现)?",
    "length": rf"(?:(?:for|lasting|that\s+lasts|to\s+last|over|显示|持续|停留|出现|时长|显示时间为?)\s*)(?:about\s+)?(?P<length>{DURATION})(?:\s*long)?|(?P<long>{DURATION})\s*(?:long|长|(?=(?:long\s+)?(?:title|text|heading|headline)|的?(?:标题|文字)))",
    "at": rf"(?:(?:starting\s+)?(?:at|from)\s+|to\s+(?={POINT})|在|从)\s*(?P<at>{POINT}|{DURATION})(?:的?位置|的?时候|处|开始|起|时|出现|显示)*",
    "end": rf"(?:(?:at|near|in|to)\s+)?the\s+(?:very\s+)?end(?:\s+of\s+{VIDEO})?|在?(?:视频)?的?(?:结尾|末尾|片尾|最后)(?:处|部分)?",
    "start": rf"(?:(?:at|in|to)\s+)?the\s+(?:very\s+)?(?:beginning|start|opening)(?:\s+of\s+{VIDEO})?|在?(?:视频)?的?(?:开头|片头|最前面|开始)(?:处|部分)?",
    "whole": _WHOLE,
    "where": rf"(?!(?:the\s+|an?\s+)?lower[\s-]?thirds?)(?:(?:at|in|on|to|near|into)\s+)?(?:the\s+)?(?P<where>{_WHERE})(?:\s+(?:corner|side|edge|third|part))?(?:\s+(?:of|on)\s+(?:the\s+)?(?:screen|frame|picture|video|image))?|"
    rf"(?:放在?|放到|移到|移动到|挪到|显示在|位于|在|到)?(?:画面|屏幕)?的?(?P<zhwhere>{_ZH_WHERE})(?:的)?",
    "color": rf"(?:in|colou?r(?:ed)?|to)?\s*(?:a\s+)?(?P<color>{_COLOR}|{HEX})(?:\s+(?:letters?|text|font|colou?r|type|writing))?(?:的|字体?)*|颜色(?:为|是|改成|用)?(?P<zhcolor>{_COLOR}|{HEX})",
    "background": rf"(?:(?:on|with|over|in|against|and|has|have|of)\s+)*(?:an?\s+|the\s+)?(?P<clear>(?:semi-?\s?transparent|translucent|see-through|transparent)\s+)?(?P<bg>{_COLOR}|{HEX})\s+(?:background|box|bar|backdrop|plate|band|banner)|(?:with\s+)?(?:a\s+|the\s+)?background(?:\s+colou?r)?\s*(?:is|:|of|to|=|in)?\s*(?P<bg2>{_COLOR}|{HEX})|(?P<box>(?:on|with|in)\s+an?\s+(?:(?:semi-?\s?transparent|translucent)\s+)?(?:background|box|bar))"
    rf"|(?P<nobox>(?:without|with\s+no|no)\s+(?:an?\s+)?(?:background|box)|background\s+none|无背景|不要背景|去掉背景)|(?P<zhbg>{_COLOR})(?:的)?(?:底色?|背景)的?|背景(?:色|颜色)?(?:是|为|用|改成|换成|变成)?(?P<zhbg2>{_COLOR}|{HEX})",
    "typewriter": r"(?:(?:with|as|like|in|using|and)\s+)*(?:an?\s+|the\s+)?(?:typewriter|typing)(?:\s+(?:effect|animation|style))?|(?:(?:that|which|and|it)\s+)*(?:is\s+|gets\s+)?typed(?:\s+(?:out|in))?|(?:that|which)\s+types\s+(?:in|out|itself)|letter\s+by\s+letter|(?:用|以|带)?(?:打字机?|逐字)(?:的?(?:效果|动画|方式)|出现|显示|打出)*|(?:animation|动画)\s*typewriter",
    "pop": r"(?:(?:that|which|and|it|should|with|animation|let\s+it|make\s+it)\s+)*(?:an?\s+)?(?:pop(?:s|ping)?(?:[\s-]?(?:in|up))?|bounc(?:e|es|ing)(?:[\s-]?in)?)(?:\s+(?:effect|animation))?|(?:用|带)?(?:弹出|弹入|弹跳|蹦出来?)(?:来)?(?:的?(?:效果|动画))?|动画pop",
    "slide": r"(?:(?:that|which|and|it|should|with|let\s+it)\s+)*(?:an?\s+)?(?:slid(?:e|es|ing)|fl(?:y|ies|ying))(?:[\s-](?:in|up))?(?P<up>wards?)?(?:\s+(?:effect|animation))?|(?:用|带)?(?:滑入|滑动|飞入|滑进来)(?:的?(?:效果|动画))?",
    "below": r"from\s+(?:below|the\s+bottom|underneath|under)|upwards?|(?:animation\s+|动画)slide-up|从(?:下面|下方|底部|下)(?:边)?(?:往上|向上)?",
    "beside": r"from\s+(?:the\s+)?(?:right|side)|(?:animation\s+|动画)slide-left|从(?:右边|右侧|右面|右)",
    "fade": r"(?:(?:that|which|and|it|should|with|let\s+it)\s+)*(?:an?\s+)?fad(?:e|es|ing)(?:[\s-]in)?(?:\s+and\s+out)?(?:\s+(?:effect|animation))?|(?:用|带)?(?:淡入淡出|淡入|渐显)(?:的?(?:效果|动画))?|(?:animation\s+|动画)fade",
    "still": r"(?:without|no|with\s+no)\s+(?:any\s+|an\s+)?(?:animations?|effects?|motion|fad(?:e|ing))|not\s+animated|(?:animation\s+|动画)none|(?:不要|没有|无|不带|去掉)(?:任何)?(?:动画|特效|效果)",
    "size": rf"(?:in\s+)?(?:(?:a|much|a\s+bit)\s+)?(?P<size>{_SIZE})(?:\s+(?:letters?|text|font|type|size))?(?:的|字体?)*|(?:(?:in|at|of)\s+)?(?:(?:font|text)\s+)?(?:size|字号)(?:\s+(?:to|of))?\s*(?P<points>\d{{1,3}})(?:\s*(?:px|pt|points))?",
}
_END_CARD = re.compile(r"(?:end|closing|final)\s+(?:title|text|caption|card)|end\s?card|片尾", re.IGNORECASE)


def shown_when(found: Found, veiled: Veiled) -> Stretch | bool:
    """The span said, True if none was, False if what was said does not go together."""
    names = [name for name in ("span", "at", "end", "start", "whole", "clip") if name in found]
    length = shown_for(found, veiled)
    if not names and _END_CARD.search(" ".join(m.group() for m in found.get("noun", ()))):
        return TimeRange(3000 if length is None else length, None, last=True)
    if not names and length is None:
        return True
    if len(names) > 1 or ({"span", "whole"} & set(names) and length is not None):
        return False
    lasts = 3000 if length is None else length
    how: dict[str, Callable[[], Stretch]] = {
        "span": lambda: veiled.value(found["span"][0]["span"]),
        "whole": lambda: TimeRange(0, None),
        "end": lambda: TimeRange(lasts, None, last=True),
        "at": lambda: TimeRange(
            veiled.value(found["at"][0]["at"]), veiled.value(found["at"][0]["at"]) + lasts
        ),
        "clip": lambda: _at_clip(found["clip"][0], veiled, lasts),
    }
    return how[names[0]]() if names and names[0] in how else TimeRange(0, lasts)


def _at_clip(m: re.Match[str], veiled: Veiled, lasts: int) -> Stretch:
    """The first moments of a clip."""
    return Part(TimeRange(0, lasts), veiled.value(m["clip"] or m["clip2"] or m["zhclip"]))


def shown_for(found: Found, veiled: Veiled) -> int | None:
    """How long the text is said to be shown, in ms."""
    said = [g for name in ("length", "bare") for m in found.get(name, ()) for g in m.groups() if g]
    return veiled.value(said[0]) if said else None


def look_of(found: Found, veiled: Veiled) -> Lettering | None:
    """How the text is said to look; None if what is said does not go together."""
    size, color, position = None, "", ""
    for m in found.get("size", ()):
        size = int(m["points"]) if m["points"] else size_of(m["size"])
    for m in found.get("color", ()):
        said = m["color"] or m["zhcolor"]
        color = colour_of(said) or _full(str(veiled.value(said)))
    for m in found.get("where", ()):
        position = place_of((m["where"] or m["zhwhere"]).lower())
    animation = _animation(found)
    return (
        None if animation is None else Lettering(position, size, color, _background(found, veiled), animation)
    )


def _animation(found: Found) -> str | None:
    """How the text comes in, "" if nothing is said, None if it is several things or there is no such way."""
    said = [name for name in ("typewriter", "pop", "slide", "fade", "still") if name in found]
    sides = [name for name in ("below", "beside") if name in found]
    slid = "slide-left" if "beside" in found else "slide-up"
    if len(said) + (bool(sides) and said != ["slide"]) > 1 or len(sides) > 1:
        return None
    if sides:
        return slid
    return {"still": "none", "slide": slid}.get(said[0], said[0]) if said else ""


def _background(found: Found, veiled: Veiled) -> str:
    """The colour of the box behind the text as #rrggbb or #rrggbbaa, "none", or "" if nothing is said."""
    for m in found.get("background", ()):
        if m["nobox"]:
            return "none"
        if m["box"]:
            return "#000000a5"
        said = m["bg"] or m["bg2"] or m["zhbg"] or m["zhbg2"]
        return (colour_of(said) or _full(str(veiled.value(said)))) + ("a5" if m["clear"] else "")
    return ""


def _full(color: str) -> str:
    return "#" + "".join(2 * c for c in color[1:]) if len(color) == 4 else color  # noqa: PLR2004 - #abc
