"""Clauses about transitions and smooth joints, their phrases in any order."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.edits.transitions import SetTransitions

from .bag import Bag, once
from .intents import Intent, Smooth, Unavailable
from .veil import DURATION

if TYPE_CHECKING:
    from .veil import Veiled

__all__ = ["transition_clause"]

_KINDS = r"(?:wip(?:e|es|ing)|slid(?:e|es|ing)|zooms?|spins?|push(?:es)?|swipes?|flips?|glitch(?:es)?|whip(?:\s+pans?)?|iris|cubes?|star|page\s+turns?|擦除|滑动|推移|缩放|旋转|翻页|推拉|闪白|故障)"
_OTHER_TRANSITION = re.compile(
    rf"(?:add|use|put|insert|apply|make|change)\s+(?:.{{0,20}}\s)?(?P<kind>{_KINDS})(?:\s+(?:transitions?|effects?))?(?:\s+(?:at|between|in|for).{{0,30}})?"
    rf"|(?:添加|加上|加入|加|用|换成|使用)(?P<zh>{_KINDS})(?:的)?(?:转场|效果|过渡)+",
    re.IGNORECASE,
)
_FADES = r"(?:cross-?\s?fades?|dissolves?|fades?)"
_CUTS = r"(?:(?:at|between|to|for|on|in|across)\s+(?:all\s+|every\s+|each\s+)?(?:of\s+)?(?:the\s+|my\s+)?(?:cuts?|clips?|joints?|joins?|scenes?|parts?|shots?|segments?|edits|pieces|cut|two\s+clips))"
_TRANSITION = Bag(
    {
        "verb": r"(?P<add>add|insert|put(?:\s+in)?|use|apply|include|place|create|give\s+it)|(?P<change>set|change|make|adjust|shorten|lengthen|extend)|"
        r"(?P<zhadd>添加|加上|加入|加个|加点|加一点|加些|加一些|来点|加|使用|用|插入)|(?P<zhchange>把|将|改成|改为|改到|改|设为|设成|调成|调到|变成|变为)",
        "noun": rf"(?:(?:the|some|a|all|all\s+the|smooth|soft|nice|simple|short|gentle|clean)\s+)*(?:{_FADES}\s+transitions?|transitions?(?:\s+effects?)?|cross-?\s?fades?|dissolves?|smooth\s+fades?)(?:\s+(?:length|duration|time)s?)?|"
        r"(?:一些|一个|个|些|平滑的?|柔和的?|所有的?|的)*(?:叠化|淡入淡出|交叉淡化|溶解)?的?(?:转场|过渡|叠化|淡入淡出|交叉淡化)(?:效果|动画)?(?:的?(?:长度|时长|时间))?",
        "fades": rf"(?:(?:the|some|a|smooth|soft|short)\s+)*fades?\s+{_CUTS}",
        "length": rf"(?:(?:to|of|for|lasting|at|that\s+(?:are|last)|为|成|长|时长|每个)\s*)?(?:an?\s+)?(?P<length>{DURATION})(?:\s*(?:long|each|的|长))*",
        "cuts": rf"{_CUTS}|在?(?:所有|每个|各个|全部)?的?(?:剪切点|剪辑点|接点|片段|镜头|切点|衔接处)(?:之间|处|上|间)?",
        "glue": r"and|,|with|an?|the|在|给|都",
    }
)
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
        and ("noun" in found or "fades" in found)
        and "verb" in found
        and once(found, "noun", "fades", "length")
    ):
        verbs = found["verb"]
        adds = any(m["add"] or m["zhadd"] for m in verbs)
        length = veiled.value(found["length"][0]["length"]) if "length" in found else None
        if not adds and length is None:
            return None
        return [SetTransitions(length, existing=not adds)]
    if m := _OTHER_TRANSITION.fullmatch(clause):
        return [Unavailable("transition", (m["kind"] or m["zh"]).strip())]
    return None
