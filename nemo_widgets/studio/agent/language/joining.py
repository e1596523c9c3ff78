"""Clauses about transitions and smooth joints, their phrases in any order."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.edits.places import Beside, Clips
from nemo_widgets.studio.agent.edits.span import Span
from nemo_widgets.studio.agent.edits.transitions import RemoveTransitions, SetTransitions

from .bag import Bag, once
from .intents import Intent, Smooth, Unavailable
from .numbers import NUMBER, number
from .tokens import DURATION, POINT, SPAN

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.edits.span import Where

    from .bag import Found
    from .veil import Veiled

__all__ = ["transition_clause"]

_OTHERS = r"(?:zooms?|spins?|flips?|glitch(?:es)?|whip(?:\s+pans?)?|iris|cubes?|stars?|page\s+turns?|缩放|旋转|翻页|故障|百叶窗|立方体)"
_OTHER_TRANSITION = re.compile(
    rf"(?:add|use|put|insert|apply|make|change)\s+(?:.{{0,20}}\s)?(?P<kind>{_OTHERS})(?:\s+(?:transitions?|effects?))?(?:\s+(?:at|between|in|for).{{0,30}})?"
    rf"|(?:添加|加上|加入|加|用|换成|使用)(?P<zh>{_OTHERS})(?:的)?(?:转场|效果|过渡)+",
    re.IGNORECASE,
)
_FADES = r"(?:cross-?\s?fades?|dissolves?|fades?)"
_CUTS = r"(?:(?:at|between|to|for|on|in|across)\s+(?:all\s+|every\s+|each\s+)?(?:of\s+)?(?:the\s+|my\s+)?(?:cuts?|clips?|joints?|joins?|scenes?|parts?|shots?|segments?|edits|pieces|pictures|photos|images|slides|cut|two\s+clips|them)|everywhere|throughout|what's\s+left|the\s+rest)"
_WAY = r"(?:\s+(?:from\s+(?:the\s+)?(?P<{0}from>left|right|top|bottom)|(?:to\s+(?:the\s+)?)?(?P<{0}way>left|right|up|down|upwards?|downwards?))(?:\s+to\s+(?:the\s+)?(?:left|right|top|bottom))?)?"
_SOFT = r"(?:(?:the|some|a|an|all|all\s+the|smooth|soft|nice|simple|short|gentle|clean|quick|slow)\s+)*"
_NAMED = r"(?:\s+(?:transitions?|effects?|cuts?))?"
_CUT = r"(?:(?:cut|joint|join|edit|cut\s+point|transition\s+point)(?![a-z]))"
_ORD = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|last|final|only)"
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_TRANSITION = Bag(
    {
        "verb": r"(?P<add>add|insert|put(?:\s+in)?|use|apply|include|place|create|give\s+it)|(?P<change>set|change|make|adjust|shorten|lengthen|extend|turn|replace|switch)|"
        r"(?P<zhadd>添加|加上|加入|加个|加点|加一点|加些|加一些|来点|加|使用|用|插入)|(?P<zhchange>把|将|改成|改为|改到|改|设为|设成|调成|调到|变成|变为|换成)",
        "take": r"remove|delete|drop|get\s+rid\s+of|take\s+(?:away|out|off)|去掉|删掉|删除|移除|取消",
        "noun": rf"{_SOFT}(?:{_FADES}\s+transitions?|transitions?(?:\s+effects?)?|smooth\s+fades?)(?:\s+(?:length|duration|time)s?)?|"
        r"(?:一些|一个|个|些|平滑的?|柔和的?|所有的?|的)*(?:转场|过渡)(?:效果|动画)?(?:的?(?:长度|时长|时间))?",
        "crossfade": rf"{_SOFT}(?:cross-?\s?fade|dissolve)(?:s|d)?{_NAMED}|(?:一些|一个|个|些|平滑的?|柔和的?|的)*(?:叠化|交叉淡化|溶解|淡入淡出|交叉溶解)(?:的?(?:转场|过渡))?(?:效果|动画)?",
        "fade-black": rf"{_SOFT}(?:fade|dip)s?(?:\s+(?:through|to|via|into))\s+black{_NAMED}|(?:一个|个|的)*(?:黑场|闪黑|渐黑|淡入黑场|黑屏)(?:的?(?:转场|过渡))?(?:效果)?",
        "fade-white": rf"{_SOFT}(?:fade|dip|flash)(?:es|s)?(?:\s+(?:through|to|via|into))\s+white{_NAMED}|{_SOFT}white\s+flash(?:es)?{_NAMED}|(?:一个|个|的)*(?:白场|闪白|渐白)(?:的?(?:转场|过渡))?(?:效果)?",
        "wipe": rf"{_SOFT}wip(?:e|es|ing){_NAMED}{_WAY.format('w')}|(?:向(?P<zhw>左|右|上|下))?(?:一个|个|的)*(?:擦除|划像)(?:的?(?:转场|过渡))?(?:效果)?",
        "slide": rf"{_SOFT}(?:slid(?:e|es|ing)|push(?:es)?|swipes?){_NAMED}{_WAY.format('s')}|(?:向(?P<zhs>左|右|上|下))?(?:一个|个|的)*(?:滑动|推移|平移|推拉|滑入)(?:的?(?:转场|过渡))?(?:效果)?",
        "fades": rf"(?:(?:the|some|a|smooth|soft|short)\s+)*fades?\s+{_CUTS}",
        "smooth": r"(?:the\s+)?(?:cuts?|joints?|joins?)\s+(?:a\s+(?:bit|little)\s+)?(?:smooth(?:er)?|soft(?:er)?|seamless|less\s+(?:hard|abrupt))",
        "length": rf"(?:(?:to|of|for|lasting|at|with|that\s+(?:are|last)|为|成|长|时长|每个)\s*)*(?:an?\s+)?(?P<length>{DURATION})(?:\s*(?:long|each|的|长))*",
        "pair": rf"(?:in\s+)?between\s+(?P<left>{SPAN})\s+and\s+(?P<right>{SPAN})|(?:在)?(?P<zhleft>{SPAN})\s*(?:和|与|跟)\s*(?P<zhright>{SPAN})(?:之间|中间|的?衔接处)?",
        "beside": rf"(?:right\s+|just\s+)?(?P<side>before|after|behind)\s+(?P<place>{SPAN})|(?:在)?(?P<zhplace>{SPAN})(?:的)?(?P<zhside>前面|之前|前|后面|之后|后)",
        "cut": rf"(?:at|on|to|for|in)\s+(?:the\s+)?(?P<ord>{_ORD})\s+{_CUT}|(?:在)?(?:第(?P<n>{NUMBER})个|(?P<zhlast>最后一?个))(?:剪切点|剪辑点|接点|切点)(?:处|上)?",
        "at": rf"(?:at|on)\s+(?P<at>{POINT})|在?(?P<zhat>{POINT})(?:处|的?地方|的?位置)?",
        "cuts": rf"{_CUTS}|在?(?:所有|每个|各个|全部)?的?(?:剪切点|剪辑点|接点|片段|镜头|切点|衔接处|图片|照片)(?:之间|处|上|间|中间)?|中间",
        "glue": r"and|,|with|an?|the|to|into|by|instead|it|all|也|在|给|都|并|成",
    }
)
_KINDS = ("crossfade", "fade-black", "fade-white", "wipe", "slide")
_WAYS = {"left": "right", "right": "left", "top": "down", "bottom": "up"}
"""Where a wipe comes from, and so where it goes."""
_ZH_WAYS = {"左": "left", "右": "right", "上": "up", "下": "down"}
_SMOOTH = re.compile(
    r"(?:(?:join|joining|blend|connect|rejoin|merge|stitch|glue|put)\s+(?:the\s+|all\s+)*(?:remaining\s+|rest\s+of\s+the\s+|other\s+|two\s+)*(?:parts?|rest|pieces?|sections?|segments?|clips?|ends|cuts?|them|it|remainder|halves)\s*(?:back\s+)?(?:together\s+)?(?P<how>smoothly|seamlessly|with\s+(?:a\s+)?(?:short\s+)?crossfades?)?(?:\s+together)?"
    r"|(?P<make>make)\s+(?:the\s+)?(?:joints?|joins?|cuts?|transitions?|it)\s+(?:smooth|seamless)|(?:smooth|soften)\s+(?:out\s+)?(?:all\s+)?(?:the\s+|those\s+)?(?:joints?|joins?|cuts?)"
    r"|(?P<short>smoothly|with\s+smooth\s+(?:cuts|joints|joins))|(?P<hard>with\s+(?:a\s+)?hard\s+cuts?|直接拼接|硬切|拼接起来|连接起来|接起来)"
    r"|(?:把|将|让)?(?:剩下|剩余|其余|余下|前后|两段|两边|保留)*的?(?:部分|内容|片段|画面|视频)?(?:平滑|自然|流畅|顺滑|接顺|接得?自然|接得?平滑)(?:一?[点些])?(?:地)?(?:地?(?:衔接|连接|过渡|拼接|接))?(?:起来|在一起|上|好)?)",
    re.IGNORECASE,
)


def transition_clause(clause: str, veiled: Veiled) -> list[Intent] | None:
    """What a clause about transitions or smooth joints asks for, or None if it is no such clause."""
    if m := _SMOOTH.fullmatch(clause):
        join = clause.lower().startswith(("join", "connect", "rejoin", "merge", "stitch", "glue", "put"))
        return [Smooth(0 if m["hard"] or (join and not m["how"]) else None)]
    found = _TRANSITION.read(clause)
    if (
        found
        and once(found, "noun", "fades", "length", "pair", "beside", "cut", "at")
        and (said := _set(found, veiled))
    ):
        return said
    if m := _OTHER_TRANSITION.fullmatch(clause):
        return [Unavailable("transition", (m["kind"] or m["zh"]).strip())]
    return None


def _set(found: Found, veiled: Veiled) -> list[Intent] | None:
    kinds = [kind for kind in _KINDS if kind in found]
    at = _places(found, veiled)
    if at is None or len(kinds) > 1 or not (kinds or "noun" in found or "fades" in found):
        return None
    length = veiled.value(found["length"][0]["length"]) if "length" in found else None
    if "take" in found:
        return [RemoveTransitions(at)] if at and not kinds and length is None else None
    verbs = found.get("verb", [])
    adds = any(m["add"] or m["zhadd"] for m in verbs)
    changes = bool(verbs) and not adds and "smooth" not in found
    alone = bool(kinds) and set(found) == {kinds[0]} and found[kinds[0]][0].group().endswith("s")
    told = verbs or at or alone or {"cuts", "fades", "smooth"} & set(found) or (kinds and length is not None)
    kind = _kind(found, kinds[0]) if kinds else ""
    there = (
        "noun" in found or length is not None
    )  # what is changed must be named: 'change the transition to a wipe'
    if not told or (changes and not there and not at and "cuts" not in found):
        return None
    existing = changes and there and not at
    if existing and length is None and not kind:
        return None
    return [
        SetTransitions(length, existing=existing, kind=kind if kind != "crossfade" or existing else "", at=at)
    ]


def _kind(found: Found, kind: str) -> str:
    """The type with its direction, to the left where none is said."""
    if kind not in ("wipe", "slide"):
        return kind
    g = {
        name[1:]: said
        for name, said in found[kind][0].groupdict().items()
        if said and not name.startswith("zh")
    }
    zh = next(
        (said for name, said in found[kind][0].groupdict().items() if said and name.startswith("zh")), None
    )
    way = (
        _ZH_WAYS[zh]
        if zh
        else _WAYS[g["from"].lower()]
        if "from" in g
        else g.get("way", "left").lower().removesuffix("s")
    )
    return f"{kind}-{way.removesuffix('ward')}"


def _places(found: Found, veiled: Veiled) -> tuple[Where, ...] | None:
    """The places at whose beginnings the cuts are that are meant; None if one is no place for a cut."""
    places: list[Where] = []
    for m in found.get("pair", ()):
        left, right = (veiled.value(m[a] or m[b]) for a, b in (("left", "zhleft"), ("right", "zhright")))
        if not (isinstance(left, Clips) and isinstance(right, Clips)):
            return None
        places.append(right)
    for m in found.get("beside", ()):
        place, before = (
            veiled.value(m["place"] or m["zhplace"]),
            (m["side"] or m["zhside"]).lower() == "before" or "前" in (m["zhside"] or ""),
        )
        if not isinstance(place, Clips):
            return None
        places.append(place if before else Beside(place, after=True))
    for m in found.get("cut", ()):
        word = (m["ord"] or "").lower()
        last = m["zhlast"] or word in ("last", "final")
        number_ = (
            -1
            if last
            else 2
            if word == "only"
            else _ORDINALS.index(word) + 2
            if word
            else int(number(m["n"])) + 1
        )
        places.append(Clips(number_))
    places += [Span(veiled.value(m["at"] or m["zhat"]), None) for m in found.get("at", ())]
    return tuple(places)
