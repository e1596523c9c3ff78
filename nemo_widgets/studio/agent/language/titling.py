"""Clauses about titles, their phrases in any order; a text without quotes ends where its sentence allows."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.edits.lettering import COLORS, SIZES, Lettering, colour_of, place_of, size_of
from nemo_widgets.studio.agent.edits.span import Span
from nemo_widgets.studio.agent.edits.titles import AddTitle, ChangeTitle

from .bag import Bag, Found, once
from .intents import Intent, Unavailable
from .veil import DURATION, HEX, POINT, QUOTE, SPAN
from .words import VIDEO

if TYPE_CHECKING:
    from .veil import Veiled

__all__ = ["open_title", "title_clause"]

_COLOR = "|".join(COLORS)
_SIZE = "|".join(SIZES)
_V = r"(?:top|upper|bottom|lower)"
_SIDE = r"(?:left|right)"
_MID = r"(?:cent(?:er|re)d?|middle)"
_WHERE = rf"(?:{_V}(?:[\s-]+(?:{_SIDE}|{_MID}))?|{_MID}(?:[\s-]+{_SIDE})?|{_SIDE})"
_ZH_WHERE = r"(?:左上|右上|左下|右下)角?|顶部|顶端|上方|上面|上部|底部|底端|下方|下面|下部|正?中间|正?中央|居中|正中|左边|左侧|右边|右侧|画面中间|屏幕中间"
_WHOLE = (
    rf"throughout(?:\s+{VIDEO})?|(?:for|during|over|across)?\s*(?:the\s+)?(?:whole|entire)\s+(?:time|video|clip|timeline|length)|all\s+the\s+(?:way\s+through|time)|"
    r"from\s+(?:the\s+)?(?:start|beginning)\s+to\s+(?:the\s+)?(?:end|finish)|全程|始终|一直(?:显示)?|整个视频|从头到尾"
)
_MODS = {
    "span": rf"(?:(?:for|in|during|over|from|at|显示在|显示|只在|在)\s*)?(?P<span>{SPAN})(?:里|内|中|的时候|时)?(?:显示|出现)?",
    "length": rf"(?:(?:for|lasting|that\s+lasts|to\s+last|over|显示|持续|停留|出现|时长|显示时间为?)\s*)(?:about\s+)?(?P<length>{DURATION})(?:\s*long)?|(?P<long>{DURATION})\s*(?:long|长|(?=(?:long\s+)?(?:title|text|heading|headline)|的?(?:标题|文字)))",
    "at": rf"(?:(?:starting\s+)?(?:at|from)\s+|在|从)\s*(?P<at>{POINT}|{DURATION})(?:的?位置|的?时候|处|开始|起|时|出现|显示)*",
    "end": rf"(?:(?:at|near|in|to)\s+)?the\s+(?:very\s+)?end(?:\s+of\s+{VIDEO})?|在?(?:视频)?的?(?:结尾|末尾|片尾|最后)(?:处|部分)?",
    "start": rf"(?:(?:at|in|to)\s+)?the\s+(?:very\s+)?(?:beginning|start|opening)(?:\s+of\s+{VIDEO})?|在?(?:视频)?的?(?:开头|片头|最前面|开始)(?:处|部分)?",
    "whole": _WHOLE,
    "where": rf"(?:(?:at|in|on|to|near|into)\s+)?(?:the\s+)?(?P<where>{_WHERE})(?:\s+(?:corner|side|edge|third|part))?(?:\s+(?:of|on)\s+(?:the\s+)?(?:screen|frame|picture|video|image))?|"
    rf"(?:放在?|放到|移到|移动到|显示在|位于|在|到)?(?:画面|屏幕)?的?(?P<zhwhere>{_ZH_WHERE})(?:的)?",
    "color": rf"(?:in|colou?r(?:ed)?|to)?\s*(?:a\s+)?(?P<color>{_COLOR}|{HEX})(?:\s+(?:letters?|text|font|colou?r|type|writing))?(?:的|字体?)*|颜色(?:为|是|改成|用)?(?P<zhcolor>{_COLOR}|{HEX})",
    "size": rf"(?:in\s+)?(?:(?:a|much|a\s+bit)\s+)?(?P<size>{_SIZE})(?:\s+(?:letters?|text|font|type|size))?(?:的|字体?)*|(?:(?:font|text)\s+)?(?:size|字号)(?:\s+(?:to|of))?\s*(?P<points>\d{{1,3}})(?:\s*(?:px|pt|points))?",
}
_SAYS = r"(?:that\s+says|which\s+says|that\s+reads|which\s+reads|saying|says|reading|titled|called|named|with\s+(?:the\s+)?(?:text|words?|title|caption)|写着|写上|内容(?:是|为)|叫做?|名为|说)"
_NOUN = (
    r"(?:(?:an?|the|another|one|new|second|opening|intro|closing|end|final|main|nice|simple|bold)\s+)*(?:titles?(?:\s+cards?)?|text(?:\s+overlays?)?|headings?|headlines?|captions?|labels?|words?)|"
    r"(?:一个|一行|一段|一句|个|行|段|片头|片尾|开场|字幕式|新的?)*的?(?:标题|文字|字幕|字样|题目|主标题|字)"
)
_ADD = Bag(
    {
        **_MODS,
        "verb": r"title\s*:|标题\s*:|add|insert|put|show|display|place|include|create|write|overlay|make|use|have|give\s+it|添加|加上|加入|加个|加|插入|放上|放个?|显示|写上|写|打上|打|配上|来个?|上",
        "noun": _NOUN,
        "says": _SAYS,
        "text": rf"(?P<text>{QUOTE})",
        "glue": rf"with|and|,|:|it|the|an?|as|on\s+(?:it|screen|the\s+screen|{VIDEO})|at|在|的|为|是|一?个|给(?:视频|片段|它|这个视频)",
    }
)
_BOUND = Bag({**_MODS, "glue": r"and|,|it|at"})
_BOUND_HEAD = re.compile(
    r"(?:for|at|in|on|from|during|throughout|over|near|lasting|colou?red)(?![a-z])|[在从放显持位全始]|,",
    re.IGNORECASE,
)
_TITLE_REF = rf"(?:(?:the|this|that|my|current|existing|opening)\s+)*(?:title|text|heading|headline|caption)(?:'s)?(?:\s+(?:text|words))?(?:\s*(?P<which>{QUOTE}))?|(?:这个|那个|现在的|原来的|的)*(?:标题|文字)(?P<zhwhich>{QUOTE})?(?:的?(?:内容|文字|颜色|字号|大小|位置))?"
_CHANGE = Bag(
    {
        **_MODS,
        "verb": r"change|set|make|turn|edit|update|rename|replace|move|rewrite|put|show|keep|把|将|让|修改|更改|设置|移动|改",
        "longer": r"(?:a\s+(?:little\s+)?bit\s+|a\s+little\s+)?longer|(?:显示|停留|持续)?得?(?:久|长)(?:一点|一些|点|些)",
        "bare": rf"(?P<length>{DURATION})",
        "to": rf"(?:to\s+(?:say|read)|to|with|into|so\s+(?:that\s+)?it\s+says|say|read|改成|改为|改到|换成|换为|变成|变为|设为|设成|调成|为|成|写成)\s*(?P<text>{QUOTE})",
        "into": r"to|into|改成|改为|改到|换成|变成|变为|设为|设成|调成|移到|移动到|放到|放在",
        "title": _TITLE_REF,
        "look": r"(?:the\s+)?(?:(?:font\s+|text\s+)?(?:colou?r|size|position|font)(?:\s+of)?)|颜色|字号|大小|位置|字体",
        "glue": r"and|,|it|the|be|的|一些|更|并且|并|然后",
    }
)
_CALL = re.compile(
    rf"(?:title\s+it|call\s+it|name\s+it|标题用)\s*:?\s*(?P<text>{QUOTE})",
    re.IGNORECASE,
)
_NO_TEXT = re.compile(
    rf"(?:(?:add|put|insert|create|make|添加|加上|加)\s*(?:an?\s+)?(?:{DURATION}的?\s*)?|(?:an?\s+)?{DURATION}的?\s*){_NOUN}",
    re.IGNORECASE,
)
_OPEN = re.compile(rf"(?P<head>.*?){_SAYS}\s*:?\s*(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
_WRITES = (
    "title:",
    "标题:",
    "show",
    "display",
    "write",
    "put",
    "overlay",
    "显示",
    "写上",
    "写",
    "打上",
    "打",
)
"""Verbs that need no 'title' beside the quoted text."""
_COMMON = ("text", "span", "length", "at", "end", "start", "whole", "where", "color", "size")


def title_clause(clause: str, veiled: Veiled) -> list[Intent] | None:
    """What a clause about a title asks for, or None if it is no such clause."""
    if m := _CALL.fullmatch(clause):
        return [AddTitle(veiled.value(m["text"]))]
    found = _CHANGE.read(clause)
    if (
        found
        and not _shows_new(found)
        and "title" in found
        and _verbal(found)
        and once(found, *_COMMON, "to", "title", "verb")
    ):
        return _change(found, veiled)
    found = _ADD.read(clause)
    if (
        found
        and "text" in found
        and ("verb" in found or _shown(found, veiled) or ("noun" in found and "length" in found))
        and once(found, *_COMMON, "noun")
    ):
        plain = "noun" in found or any(
            re.sub(r"\s", "", m.group().lower()) in _WRITES for m in found.get("verb", ())
        )
        return _add(veiled.value(found["text"][0]["text"]), found, veiled) if plain else None
    no_text = _NO_TEXT.fullmatch(clause) and not re.search("字幕|caption", clause)
    return [Unavailable("no text")] if no_text else None


def open_title(clause: str, veiled: Veiled) -> list[Intent] | None:
    """A new title whose text stands without quotes: it runs to the clause's end, or to 'for 3 seconds' and the like."""
    m = _OPEN.fullmatch(clause)
    if m is None or re.search(QUOTE, clause):
        return None
    head = _ADD.read(m["head"]) if m["head"].strip() else None
    if not head or "noun" not in head or "verb" not in head:
        return None
    rest = m["rest"].strip()
    starts = [0, *(w.end() for w in re.finditer(r"[\s,]+|(?<=[\u4e00-\u9fff])", rest))]
    for at in starts[1:]:
        found = _BOUND.read(rest[at:]) if _BOUND_HEAD.match(rest, at) else None
        if found is not None and found:
            both: Found = {**head}
            for name, matches in found.items():
                both[name] = [*both.get(name, []), *matches]
            text = rest[:at].rstrip(" ,")
            return _add(veiled.reveal(text), both, veiled) if once(both, *_COMMON[1:]) else None
    return _add(veiled.reveal(rest), head, veiled)


def _verbal(found: Found) -> bool:
    """Whether there is a verb; in Chinese 改成, 显示久一点 and 放到中间 are."""
    said = [m.group() for name in ("longer", "length", "where", "size") for m in found.get(name, ())]
    if "verb" in found or any(re.search("显示|停留|放|移|缩", words) for words in said):
        return True
    return any("\u4e00" <= m.group()[0] <= "\u9fff" for m in [*found.get("into", ()), *found.get("to", ())])


def _shown(found: Found, veiled: Veiled) -> bool:
    """Whether the verb stands inside of the time, as in 在第10秒显示4秒."""
    return any(re.search("显示|出现", veiled.reveal(m.group())) for m in found.get("span", ()))


def _shows_new(found: Found) -> bool:
    """Whether it is 'show the text “…”': a new title, not a change of the one that says so."""
    verbs = {m.group().lower() for m in found.get("verb", ())}
    return "to" not in found and verbs <= {"show", "put"} and any(m["which"] for m in found.get("title", ()))


def _add(text: str, found: Found, veiled: Veiled) -> list[Intent] | None:
    if not text.strip():
        return [Unavailable("no text")]
    when = _when(found, veiled)
    if when is False:
        return None
    return [AddTitle(text, when if isinstance(when, Span) else None, _look(found, veiled))]


def _when(found: Found, veiled: Veiled) -> Span | bool:
    """The span said, True if none was, False if what was said does not go together."""
    names = [name for name in ("span", "at", "end", "start", "whole") if name in found]
    length = _length(found, veiled)
    if (
        len(names) > 1
        or ("span" in names and length is not None)
        or ("whole" in names and length is not None)
    ):
        return False
    if "span" in names:
        said: Span = veiled.value(found["span"][0]["span"])
        return said
    if "whole" in names:
        return Span(0, None)
    lasts = 3000 if length is None else length
    if "end" in names:
        return Span(lasts, None, last=True)
    if "at" in names:
        start = veiled.value(found["at"][0]["at"])
        return Span(start, start + lasts)
    return Span(0, lasts) if names or length is not None else True


def _length(found: Found, veiled: Veiled) -> int | None:
    """How long the title is said to be shown, in ms."""
    said = [g for m in found.get("length", ()) for g in m.groups() if g]
    return veiled.value(said[0]) if said else None


def _look(found: Found, veiled: Veiled) -> Lettering:
    size, color, position = None, "", ""
    for m in found.get("size", ()):
        size = int(m["points"]) if m["points"] else size_of(m["size"])
    for m in found.get("color", ()):
        said = m["color"] or m["zhcolor"]
        color = colour_of(said) or _full(str(veiled.value(said)))
    for m in found.get("where", ()):
        position = place_of((m["where"] or m["zhwhere"]).lower())
    return Lettering(position, size, color)


def _full(color: str) -> str:
    return "#" + "".join(2 * c for c in color[1:]) if len(color) == 4 else color  # noqa: PLR2004 - #abc


def _change(found: Found, veiled: Veiled) -> list[Intent] | None:
    title = found["title"][0]
    which = title["which"] or title["zhwhich"]
    text = veiled.value(found["to"][0]["text"]) if "to" in found else None
    if which and text is None and not any(n in found for n in (*_MODS,)) and "into" not in found:
        return None
    if "bare" in found:  # 'longer, 6 seconds': without the first word the time says nothing
        if "longer" not in found or "length" in found:
            return None
        found = {**found, "length": found["bare"]}
    look, when = _look(found, veiled), _when(found, veiled)
    length = _length(found, veiled)
    if when is False or (text is None and when is True and look == Lettering()):
        return None
    if text is not None and not text.strip():
        return [Unavailable("no text")]
    only_length = length is not None and not any(n in found for n in ("at", "end", "start"))
    span = when if isinstance(when, Span) and not only_length else None
    return [
        ChangeTitle(text, veiled.value(which) if which else "", span, length if only_length else None, look)
    ]
