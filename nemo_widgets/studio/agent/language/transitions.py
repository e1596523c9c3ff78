"""What is said about transitions, its phrases in any order: types, lengths, at which cuts, what becomes of them."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.edits.transitions import RemoveTransitions, SetTransitions

from .bag import Bag, is_by, once
from .cutpoints import CUT_PLACES, cut_places
from .intents import Smooth
from .tokens import DURATION

if TYPE_CHECKING:
    from nemo_widgets.studio.timeline.time_range import Stretch

    from .bag import Found
    from .intents import Intent
    from .veil import Veiled

__all__ = ["set_transitions_clause"]

_FADES = r"(?:cross-?\s?fades?|dissolves?|fades?)"
_CUTS = r"(?:(?:at|between|to|for|on|in|across)\s+(?:all\s+|every\s+|each\s+)?(?:of\s+)?(?:the\s+|my\s+)?(?:(?<=all\s)(?:two|three|four|five|six)\s+)?(?:cuts?|clips?|joints?|joins?|scenes?|parts?|shots?|segments?|edits|pieces|pictures|pics|photos|images|slides|cut|two\s+clips|them)|in\s+between(?!\s+[\ue000-\uf8ff])|everywhere|throughout|what's\s+left|the\s+rest)"
_WAY = r"(?:\s+(?:from\s+(?:the\s+)?(?P<{0}from>left|right|top|bottom)|(?:to\s+(?:the\s+)?)?(?P<{0}way>left|right|up|down|upwards?|downwards?))(?:\s+to\s+(?:the\s+)?(?:left|right|top|bottom))?)?"
_SOFT = r"(?:(?:the|some|a|an|all|all\s+the|smooth|soft|nice|simple|short|gentle|clean|quick|slow)\s+)*"
_NAMED = r"(?:\s+(?:transitions?|effects?|cuts?))?"
_MUCH = r"(?:(?P<bit>a\s+(?:bit|little)|slightly)\s+|(?:much|a\s+lot|way)\s+)?"
_THINGS = r"(?:(?:(?:the|all|my|these|those|our)\s+)*(?:clips|scenes|shots|pictures|pics|photos|images|slides|parts)|them(?:\s+all)?|everything)"
_TRANSITION = Bag(
    {
        "verb": r"(?P<add>add|insert|put(?:\s+in)?|use|apply|include|place|create|give\s+it)|(?P<change>set|change|make|adjust|turn|replace|switch|swap)|"
        r"(?P<zhadd>添加|加上|加入|加个|加点|加一点|加些|加一些|来点|加|使用|用|插入)|(?P<zhchange>把|将|改成|改为|改到|改|设为|设成|统一(?:为|成|改成|用)?|调成|调到|变成|变为|换成)",
        "take": r"remove|delete|drop|get\s+rid\s+of|take\s+(?:away|out|off)|no|without(?:\s+any)?|去掉|删掉|删除|移除|取消|不要",
        "hard": r"(?:back\s+to\s+)?(?:(?:only|just|simple|plain)\s+)*(?:hard|straight|plain|simple|normal|regular)\s+cuts?(?:\s+(?:only|everywhere))?|(?:改成|改为|全部|都|直接|只要|就)*(?:用)?(?:硬切|直接切换?)",
        "longer": rf"{_MUCH}(?:longer|slower)|(?P<twice>twice\s+as\s+long|double\s+(?:the\s+)?length)|lengthen|extend|(?:更|再)?(?:长|慢)(?P<zhbit>一?点|一?些)|延长",
        "shorter": rf"{_MUCH}(?:shorter|quicker|faster)|(?P<half>half\s+as\s+long)|shorten|(?:更|再)?(?:短|快)(?P<zhbit>一?点|一?些)|缩短",
        "was": r"(?:instead\s+of|rather\s+than)\s+(?:the\s+|an?\s+)?(?:(?P<crossfade>cross-?\s?fades?|dissolves?)|(?P<black>(?:fades?|dips?)\s+(?:through|to)\s+black)|(?P<white>(?:fades?|dips?)\s+(?:through|to)\s+white)|(?P<wipe>wipes?)|(?P<slide>slides?)|hard\s+cuts?|cuts?)|(?:代替|替代|取代|而不是)(?:掉)?(?:(?P<zc>叠化)|(?P<zb>黑场|闪黑)|(?P<zw>白场|闪白)|(?P<zi>擦除)|(?P<zs>滑动))",
        "noun": rf"{_SOFT}(?:{_FADES}\s+transitions?|transitions?(?:\s+effects?)?|smooth\s+fades?)(?:\s+(?:length|duration|time)s?)?|"
        r"(?:一些|一个|个|些|平滑的?|柔和的?|所有的?|的)*(?:转场|过渡)(?:效果|动画)?(?:的?(?:长度|时长|时间))?",
        "crossfade": rf"{_SOFT}(?:cross-?\s?fade|dissolve)(?:s|d)?{_NAMED}|(?:一些|一个|个|些|平滑的?|柔和的?|的)*(?:叠化|交叉淡化|溶解|淡入淡出|交叉溶解)(?:的?(?:转场|过渡))?(?:效果|动画)?",
        "fade-black": rf"{_SOFT}(?:fade|dip)s?(?:\s+(?:through|to|via|into))\s+black{_NAMED}|(?:一个|个|的)*(?:黑场|闪黑|渐黑|淡入黑场|黑屏)(?:的?(?:转场|过渡))?(?:效果)?",
        "fade-white": rf"{_SOFT}(?:fade|dip|flash)(?:es|s)?(?:\s+(?:through|to|via|into))\s+white{_NAMED}|{_SOFT}(?:white\s+flash(?:es)?|flash(?:es)?\s+(?:of\s+)?white){_NAMED}|(?:一个|个|的)*(?:白场|闪白|渐白)(?:的?(?:转场|过渡))?(?:效果)?",
        "wipe": rf"{_SOFT}wip(?:e|es|ing){_NAMED}{_WAY.format('w')}|(?:向(?P<zhw>左|右|上|下))?(?:一个|个|的)*(?:擦除|划像)(?:的?(?:转场|过渡))?(?:效果)?",
        "slide": rf"{_SOFT}(?:slid(?:e|es|ing)|push(?:es)?|swipes?){_NAMED}{_WAY.format('s')}|(?:向(?P<zhs>左|右|上|下))?(?:一个|个|的)*(?:滑动|推移|平移|推拉|滑入)(?:的?(?:转场|过渡))?(?:效果)?",
        "fades": rf"(?:(?:the|some|a|smooth|soft|short)\s+)*fades?\s+{_CUTS}|(?:blend|fade|dissolve|melt)\s+{_THINGS}\s+(?:into|to|with)\s+(?:each\s+other|one\s+another)|(?:fade|dissolve)\s+from\s+(?:one\s+)?(?:clip|scene|picture|photo|shot)?\s*to\s+(?:the|another|the\s+other)(?:\s+next(?:\s+one)?)?|(?:cross-?\s?fade|dissolve|blend)\s+(?:(?:the|all|my)\s+)*(?:cuts|joints|joins|clips|scenes|shots)(?:\s+together)?|(?:let|make|have)\s+{_THINGS}\s+(?:softly\s+|gently\s+|slowly\s+)?(?:overlap|blend|dissolve|melt|flow|fade|merge)(?:\s+(?:in)?to\s+(?:each\s+other|one\s+another)|(?<!fade)(?<!melt)(?<!flow)(?<!merge)(?:\s+each\s+other)?)(?:\s+by(?=\s+(?:an?\s+)?{DURATION}))?",
        "smooth": r"(?:the\s+)?(?:cuts?|joints?|joins?)\s+(?:a\s+(?:bit|little)\s+)?(?:smooth(?:er)?|soft(?:er)?|seamless|less\s+(?:hard|abrupt))|soft(?:er)?\s+cuts",
        "length": rf"(?:(?:to|of|for|lasting|with|that\s+(?:are|last)|为|成|长|时长|每个)\s*)*(?:an?\s+)?(?P<length>{DURATION})(?:\s*(?:long|each|的|长))*",
        "only": r"only|just|but\s+only|仅|只",
        "elsewhere": r"(?:and\s+|but\s+)*nowhere\s+else|(?:(?:(?:everything|everywhere|anything)\s+else|elsewhere|otherwise|(?:for\s+|at\s+)?(?:all\s+)?the\s+(?:rest|others?(?:\s+(?:cuts?|ones?))?))\s*,?\s*(?:(?:should|can|must|is|are|be|stays?|remains?|keeps?|as)\s+)*(?:(?:hard|straight|plain|simple|normal)(?:\s+cuts?)?|as\s+(?:it|they)\s+(?:is|are))|(?:hard|straight|plain|simple|normal)\s+cuts?\s+(?:everywhere\s+else|elsewhere|otherwise|for\s+(?:the\s+rest|all\s+the\s+others)))|(?:其他|其它|其余)的?(?:地方|都|全部)*(?:硬切|直接切|不变)",
        **CUT_PLACES,
        "cuts": rf"{_CUTS}|在?(?:每段|每两段|各段|所有|每个|各个|全部)?的?(?:(?<=段)|剪切点|剪辑点|接点|接缝|接头|连接处?|拼接处?|片段|镜头|切点|衔接处|图片|照片)(?:之间|处|上|间|中间)?|中间",
        "glue": r"and|,|:|with|an?|the|to|into|instead|it|is|are|all|for|也|在|给|都|并|成|的",
    }
)
_KINDS = ("crossfade", "fade-black", "fade-white", "wipe", "slide")
_OLD = {
    "crossfade": "crossfade", "black": "fade-black", "white": "fade-white", "wipe": "wipe", "slide": "slide",
    "zc": "crossfade", "zb": "fade-black", "zw": "fade-white", "zi": "wipe", "zs": "slide",
}  # fmt: skip
_WAYS = {"left": "right", "right": "left", "top": "down", "bottom": "up"}
"""Where a wipe comes from, and so where it goes."""
_ZH_WAYS = {"左": "left", "右": "right", "上": "up", "下": "down"}


def set_transitions_clause(clause: str, veiled: Veiled) -> list[Intent] | None:
    """What a clause asks for that names transitions, their type or their length, or None."""
    found = _TRANSITION.read(clause)
    if not found or not once(found, *_ONCE):
        return None
    return _nowhere_else(found, veiled) if {"elsewhere", "only"} & set(found) else _any(found, veiled)


def _any(found: Found, veiled: Veiled) -> list[Intent] | None:
    at = cut_places(found, veiled)
    named = sorted((m.start(), kind, m) for kind in _KINDS for m in found.get(kind, ()))
    of, change = _old(found), len(named) == _MOST_KINDS  # from one to another
    if at is None or len(named) > _MOST_KINDS or (change and (of or not _changes(found))):
        return None
    if change:
        of, named = named[0][1], named[1:]
    length = veiled.value(found["length"][0]["length"]) if "length" in found else None
    type_, kind = (named[0][1], _kind(*named[0][1:])) if named else ("", "")
    if "take" in found or "hard" in found:
        return None if of else _taken(found, at, type_, length)
    if ("longer" in found or "shorter" in found) and not of:
        return _times(found, at, length, type_)
    if of and kind:
        return [SetTransitions(length, existing=True, kind=kind, at=at, of=of)]
    return None if of else _set(found, at, length, kind)


def _nowhere_else(found: Found, veiled: Veiled) -> list[Intent] | None:
    """A transition at some cuts and hard cuts at all others."""
    at = cut_places(found, veiled)
    named = [(kind, m) for kind in _KINDS for m in found.get(kind, ())]
    if not at or len(named) != 1 or {"take", "hard", "longer", "shorter", "was", "cuts", "nth"} & set(found):
        return None
    length = veiled.value(found["length"][0]["length"]) if "length" in found else None
    kind = _kind(*named[0])
    set_ = SetTransitions(length, kind="" if kind == "crossfade" else kind, at=at)
    return [RemoveTransitions(), set_] if "elsewhere" in found else [set_]


_ONCE = ("noun", "fades", "length", "pair", "beside", "cut", "nth", "at", "was", "longer", "shorter")
_MOST_KINDS = 2


def _changes(found: Found) -> bool:
    """Whether it is about transitions that are there."""
    verbs = found.get("verb", [])
    return bool(verbs) and not any(m["add"] or m["zhadd"] for m in verbs) and "smooth" not in found


def _taken(found: Found, at: tuple[Stretch, ...], type_: str, length: int | None) -> list[Intent] | None:
    """The transitions that go; in 'no transitions' beside a cut, only those that might have come."""
    if length is not None or {"longer", "shorter"} & set(found) or ("hard" in found and type_):
        return None
    if not (type_ or {"noun", "nth", "hard"} & set(found)):
        return None
    no = all(re.match(r"no|without|不要", m.group(), re.IGNORECASE) for m in found.get("take", ()))
    return [RemoveTransitions(at, type_)] if at or type_ or not no else [Smooth(0, standing=True)]


def _set(found: Found, at: tuple[Stretch, ...], length: int | None, kind: str) -> list[Intent] | None:
    named = next((m.group() for name in _KINDS for m in found.get(name, ())), "")
    if not (kind or {"noun", "fades", "nth", "smooth"} & set(found)):
        return None
    changes = _changes(found)
    alone = bool(kind) and (
        kind == "crossfade" or named.endswith("s") or bool(re.search(r"transition|转场| ", named))
    )
    told = (
        "verb" in found
        or at
        or {"cuts", "fades", "smooth"} & set(found)
        or ((kind or "noun" in found) and length is not None)
    )
    there = "noun" in found or "nth" in found or length is not None
    if not (told or alone) or (changes and not there and not at and "cuts" not in found):
        return None
    existing = changes and there and (not at or "nth" in found)
    if existing and length is None and not kind:
        return None
    return [
        SetTransitions(length, existing=existing, kind=kind if kind != "crossfade" or existing else "", at=at)
    ]


def _times(found: Found, at: tuple[Stretch, ...], length: int | None, of: str) -> list[Intent] | None:
    """Transitions longer or shorter than they are, or as long as is said."""
    if not (of or {"noun", "nth"} & set(found)) or {"longer", "shorter"} <= set(found) or is_by(found):
        return None
    if length is not None:
        return [SetTransitions(length, existing=True, at=at, of=of)]
    way = "longer" if "longer" in found else "shorter"
    m = found[way][0]
    factor = Fraction(3, 2) if m["bit"] else Fraction(2)
    return [SetTransitions(existing=True, at=at, of=of, factor=factor if way == "longer" else 1 / factor)]


def _old(found: Found) -> str:
    """The type that is to be replaced, as in 'instead of wipes'; "" if none is named."""
    groups = found["was"][0].groupdict() if "was" in found else {}
    return next((_OLD[name] for name, said in groups.items() if said and name in _OLD), "")


def _kind(kind: str, m: re.Match[str]) -> str:
    """The type with its direction, to the left where none is said."""
    if kind not in ("wipe", "slide"):
        return kind
    g = {name[1:]: said for name, said in m.groupdict().items() if said and not name.startswith("zh")}
    zh = next((said for name, said in m.groupdict().items() if said and name.startswith("zh")), None)
    if zh:
        return f"{kind}-{_ZH_WAYS[zh]}"
    way = _WAYS[g["from"].lower()] if "from" in g else g.get("way", "left").lower().removesuffix("s")
    return f"{kind}-{way.removesuffix('ward')}"
