"""Clauses about titles, their phrases in any order; a text without quotes ends where its sentence allows."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.edits.lettering import Lettering
from nemo_widgets.studio.agent.edits.subtitles import StyleTexts
from nemo_widgets.studio.agent.edits.titles import AddTitle, ChangeTitle
from nemo_widgets.studio.timeline.refs import ClipRef

from .bag import Bag, Found, is_by, once
from .intents import Intent, Unavailable
from .naming import LOWER_THIRD, meant
from .sayings import SAYS, SPEECH
from .veil import DURATION, QUOTE, SPAN
from .verbatim import as_typed
from .wearing import MODS, look_of, shown_for, shown_when
from .words import TITLE, VIDEO

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.edits.texts import Kind

    from .veil import Veiled

__all__ = ["open_title", "title_clause"]

_NOUN = (
    rf"(?:(?:an?|the|another|one|new|second|opening|intro|closing|end|final|main|nice|simple|bold)\s+)*(?:titles?(?:\s+cards?)?|text(?:\s+overlays?)?|headings?|headlines?|captions?|labels?|words?|end\s?cards?|subtitles?|subs(?![a-z])|{LOWER_THIRD})(?:\s*:)?|another(?:\s+one)?|"
    r"(?:一个|一行|一段|一句|一条|个|行|段|条|片头|片尾|开场|字幕式|新的?|那句|这句)*的?(?:标题|文字|字幕条?|字样|题目|主标题|字)(?:\s*:)?"
)
_CLIP = rf"(?:when|as\s+soon\s+as|where)\s+(?P<clip>{SPAN})\s+(?:starts?|begins?|comes?(?:\s+(?:up|in|on))?|appears?|is\s+shown)|(?:at|from)\s+the\s+(?:start|beginning)\s+of\s+(?P<clip2>{SPAN})|(?P<zhclip>{SPAN})(?:开始|出现)(?:的?时候|时|处)"
_SECOND = (
    rf"(?:(?:with|and)\s+)+(?:(?:the|a)\s+)?subtitle\s*:?\s*(?P<second4>{QUOTE})|(?:(?:with|and)\s+)*(?:(?:the|a)\s+)?(?:second\s+line|job\s+title|job|role|position|line\s+below|function)\s*:?\s*(?P<second>{QUOTE})(?:\s+(?:below|under(?:neath)?|beneath)(?:\s+(?:it|that))?)?"
    rf"|(?:(?:with|and)\s+)+(?P<second2>{QUOTE})\s+(?:below|under(?:neath)?|beneath|as\s+(?:the\s+)?(?:second\s+line|subtitle))(?:\s+(?:it|that|the\s+name))?|(?:在)?(?:下面|下方|底下|第二行|副标题|职位|头衔|身份)(?:再)?(?:写上?|写着|是|为|:)?\s*(?P<second3>{QUOTE})"
)
"""The second line of a lower third."""
_ADD = Bag(
    {
        **MODS,
        "verb": r"title\s*:|标题\s*:|add|insert|put|show|display|place|include|create|write|overlay|throw(?:\s+(?:in|up))?|stick|slap|splash|flash|make|use|have|give\s+it|添加|加上|加入|加个|加|插入|放上|放个?|显示|写上|写|打上|打|配上|来一?[个行句段条]?|上",
        "second": _SECOND,
        "clip": _CLIP,
        "bare": rf"(?P<bare>{DURATION})(?:长)?",
        "noun": _NOUN,
        "says": SAYS,
        "text": rf"(?P<text>{QUOTE})",
        "glue": rf"with|and|for|,|:|to(?=\s+{SPAN})|一行|一句|一段|一条|个|it|the|an?|as|on\s+(?:it|screen|the\s+screen|{VIDEO})|to\s+{VIDEO}|at|在|的|为|是|一?个|给(?:视频|片段|它|这个视频)",
    }
)
_BOUND = Bag({**MODS, "glue": r"and|,|it|at"})
_BOUND_HEAD = re.compile(
    rf"(?:for|at|in|on|onto|across|under|from|during|throughout|over|near|lasting|colou?red|to(?=\s+the\s+(?:whole|entire)))(?![a-z])|{SPAN}|[在从放显持位全始]|,",
    re.IGNORECASE,
)
_TITLE_REF = rf"(?:(?:the|this|that|my|current|existing|opening|closing|end|first|second|third|last|all|every|of)\s+)*(?:titles?|texts?|heading|headline|captions?|subtitles?|{LOWER_THIRD})(?:'s)?(?:\s+(?:text|words))?(?:\s*(?P<which>{QUOTE}))?|(?:这个|那个|现在的|原来的|第[一二三四五\d]个|最后一?个|所有的?|全部|的)*(?:标题|文字|字幕条?|人名条|名牌|名条)(?P<zhwhich>{QUOTE})?(?:的?(?:内容|文字|颜色|字号|大小|位置))?"
_CHANGE = Bag(
    {
        **MODS,
        "verb": r"change|set|make|turn|edit|update|rename|replace|move|rewrite|put|show|keep|give|let|have|start|begin|把|将|让|给|修改|更改|设置|移动|改一下|改|换|加[上个]?(?=.*(?:背景|底|动画|效果))|用(?=.*(?:背景|动画|效果|弹|滑|打字|逐字))",
        "shall": r"(?:should|shall|must|has\s+to|needs\s+to)(?:\s+(?:only|be|come|appear|start|begin|show(?:\s+up)?|sit|stay|stand|go|move|look))*|sits?|stands?|start(?:s|ing)?|begin(?:s|ning)?|appear(?:s|ing)?|come(?:s)?\s+(?:in|up)",
        "second": _SECOND,
        "longer": r"(?:a\s+(?:little\s+)?bit\s+|a\s+little\s+)?longer|(?:显示|停留|持续)?得?(?:久|长)(?:一点|一些|点|些)",
        "bare": rf"(?P<length>{DURATION})",
        "to": rf"(?:to\s+(?:say|read)|to|with|into|so\s+(?:that\s+)?it\s+says|say|read|改成|改为|改到|换成|换为|变成|变为|设为|设成|调成|为|成|写成)\s*(?P<text>{QUOTE})",
        "into": r"to|into|改成|改为|改到|换成|变成|变为|设为|设成|调成|移到|移动到|放到|放在|挪到|挪",
        "title": _TITLE_REF,
        "look": r"(?:the\s+)?(?:(?:font\s+|text\s+)?(?:colou?r|size|position|font)(?:\s+of)?)|颜色|字号|大小|位置|字体",
        "glue": r"and|,|it|the|be|a|an|in|is|的|一些|更|并且|并|然后|一个",
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
_OPEN = re.compile(rf"(?P<head>.*?)(?:{SAYS}(?![a-z])\s*:?|:)\s*(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
_WRITES = (
    "title:",
    "标题:",
    "show",
    "display",
    "write",
    "put",
    "throw",
    "throwup",
    "throwin",
    "stick",
    "slap",
    "splash",
    "flash",
    "overlay",
    "显示",
    "写上",
    "写",
    "打上",
    "打",
)
"""Verbs that need no 'title' beside the quoted text."""
_COMMON = (
    "bare",
    "clip",
    "second",
    "background",
    "span",
    "length",
    "at",
    "end",
    "start",
    "whole",
    "where",
    "color",
    "size",
)


_RENAME = re.compile(
    rf"(?:change|rename|replace|correct)\s+(?P<old>{QUOTE})\s+(?:to|with|by|into)\s+(?P<to>{QUOTE})|把(?P<zhold>{QUOTE})(?:改成|改为|换成)(?P<zhto>{QUOTE})",
    re.IGNORECASE,
)
_UNBOXED = re.compile(
    rf"(?:remove|delete|take\s+away|drop)\s+(?:the\s+)?(?:background|box)\s+(?:of|from|behind)\s+(?P<title>{TITLE})|(?:remove|delete)\s+(?P<title2>{TITLE})(?:'s)\s+(?:background|box)",
    re.IGNORECASE,
)
_WRITES_IT = re.compile(r"write|写", re.IGNORECASE)
_ADDS = re.compile("加|添加|来一?个")
_IS = re.compile(rf"(?:是|为|(?<![a-z])is)\s*{QUOTE}", re.IGNORECASE)
_STATES = re.compile(
    rf"[这那我的个]*(?:标题|片头|片尾|字幕|文字|画面)[上里]?(?:写的是|写着的?是?|显示的是)\s*{QUOTE}"
)
"""What a text that is there says, and no wish for one: 标题写的是“…”，那是我们乐队的名字."""
_REFERS = re.compile(r"(?:the|this|that)\s", re.IGNORECASE)


def title_clause(clause: str, veiled: Veiled) -> list[Intent] | None:
    """What a clause about a text asks for, or None if it is no such clause."""
    if m := _CALL.fullmatch(clause):
        return [AddTitle(veiled.value(m["text"]))]
    if m := _RENAME.fullmatch(clause):
        return [ChangeTitle(veiled.value(m["to"] or m["zhto"]), veiled.value(m["old"] or m["zhold"]))]
    if m := _UNBOXED.fullmatch(clause):
        return [_changed(m["title"] or m["title2"], veiled, ChangeTitle(look=Lettering(background="none")))]
    found = _CHANGE.read(clause) if not _ADDS.match(clause) else None
    if (
        found
        and not _shows_new(found)
        and "title" in found
        and _verbal(found)
        and once(found, *_COMMON, "to", "title")
    ):
        return _change(found, veiled)
    found = _ADD.read(clause)
    if (
        found
        and "text" in found
        and once(found, *(n for n in _COMMON if n != "text"))
        and _asks(found, clause, veiled)
    ):
        return _add(veiled.value(found["text"][0]["text"]), found, veiled)
    no_text = _NO_TEXT.fullmatch(clause) and not re.search("字幕|caption|subtitle", clause)
    return [Unavailable("no text")] if no_text else None


def _asks(found: Found, clause: str, veiled: Veiled) -> bool:
    """Whether phrases with a text in quotes ask for a new one."""
    if _STATES.match(clause):
        return False
    writes = any(re.sub(r"\s", "", m.group().lower()) in _WRITES for m in found.get("verb", ()))
    lettered = any("字" in m.group() for name in ("color", "size") for m in found.get(name, ()))
    named = "noun" in found or lettered
    if _shown(found, veiled):
        return True
    if "verb" in found or {"slide", "pop"} & found.keys():
        return named or writes
    refers = any(_REFERS.match(m.group()) for m in found.get("noun", ()))
    refers = refers or bool(_IS.search(clause))
    return named and "says" not in found and not refers and len(found.get("noun", ())) == 1


def open_title(clause: str, veiled: Veiled) -> list[Intent] | None:
    """A new title whose text stands without quotes: it runs to the clause's end, or to 'for 3 seconds' and the like."""
    m = _OPEN.fullmatch(clause)
    if m is None or re.search(QUOTE, clause):
        return None
    head = _ADD.read(m["head"]) if m["head"].strip() else None
    if not head or "verb" not in head or not ("noun" in head or _WRITES_IT.search(m["head"])):
        return None
    rest = m["rest"].strip()
    if SPEECH.fullmatch(rest):
        return [Unavailable("captions", veiled.reveal(clause))]
    starts = [0, *(w.end() for w in re.finditer(r"[\s,]+|(?<=[\u4e00-\u9fff])", rest))]
    for at in starts[1:]:
        bound = _BOUND_HEAD.match(rest, at)
        named = bound and re.match(SPAN, bound.group())
        plain = bound and not (named and isinstance(veiled.value(named.group()), ClipRef))
        found = _BOUND.read(rest[at:]) if plain else None
        if found is not None and found:
            both: Found = {**head}
            for name, matches in found.items():
                both[name] = [*both.get(name, []), *matches]
            text = rest[:at].rstrip(" ,")
            return _add(as_typed(text, veiled), both, veiled) if once(both, *_COMMON[1:]) else None
    return _add(as_typed(rest, veiled), head, veiled)


def _verbal(found: Found) -> bool:
    """Whether there is a verb; in Chinese 改成, 显示久一点 and 放到中间 are."""
    said = [m.group() for name in ("longer", "length", "where", "size") for m in found.get(name, ())]
    begins = any(re.search("开始|起$", m.group()) for m in found.get("at", ()))
    if (
        begins
        or {"verb", "shall"} & found.keys()
        or any(re.search("显示|停留|放|移|缩|挪", words) for words in said)
    ):
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
    when = shown_when(found, veiled)
    look = look_of(found, veiled)
    if when is False or look is None:
        return None
    style = _style(found)
    lines = [veiled.value(m["text"]) for m in found.get("text", ())[1:]]
    lines += [
        veiled.value(m["second"] or m["second2"] or m["second3"] or m["second4"])
        for m in found.get("second", ())
    ]
    if len(lines) > 1 or (lines and style != "lower-third"):
        return None
    span = None if when is True else when
    return [AddTitle(text, span, look, style, lines[0] if lines else "")]


def _style(found: Found) -> Kind:
    """What kind of text the noun means; a title where nothing else is said."""
    nouns = " ".join(m.group() for name in ("noun", "verb") for m in found.get(name, ()))
    if re.search(LOWER_THIRD, nouns, re.IGNORECASE):
        return "lower-third"
    return "caption" if re.search(r"caption|subtitle|字幕(?!式)", nouns, re.IGNORECASE) else "title"


def _change(found: Found, veiled: Veiled) -> list[Intent] | None:
    title = found["title"][0].group()
    text = veiled.value(found["to"][0]["text"]) if "to" in found else None
    if "bare" in found and ("longer" not in found or "length" in found):
        return None  # 'longer, 6 seconds': without the first word the time says nothing
    if is_by(found):
        return None
    look, when = look_of(found, veiled), shown_when(found, veiled)
    second = next(
        (
            veiled.value(m["second"] or m["second2"] or m["second3"] or m["second4"])
            for m in found.get("second", ())
        ),
        None,
    )
    length = shown_for(found, veiled)
    if (
        look is None
        or when is False
        or (text is None and second is None and when is True and look == Lettering())
    ):
        return None
    if text is not None and not text.strip():
        return [Unavailable("no text")]
    start = veiled.value(found["at"][0]["at"]) if "at" in found else None
    kept = start is not None or not {"span", "end", "start", "whole", "clip"} & found.keys()
    if meant(title, veiled).many and not (text is None and second is None and when is True):
        return None
    span = None if when is True or kept else when
    change = ChangeTitle(text, "", span, length if kept else None, look, start_ms=start, second_line=second)
    return [_changed(title, veiled, change)]


def _changed(words: str, veiled: Veiled, change: ChangeTitle) -> ChangeTitle | StyleTexts:
    """The change, of the texts that the words mean."""
    of = meant(words, veiled)
    if of.many:
        return StyleTexts(of.kinds, change.look)
    return replace(change, which=of.which, kinds=of.kinds, number=of.number)
