"""Clauses about smooth joints and transitions, those that there are not included."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .intents import Intent, Smooth, Unavailable
from .transitions import set_transitions_clause

if TYPE_CHECKING:
    from .veil import Veiled

__all__ = ["transition_clause"]

_OTHERS = {
    "transition like a slide": r"(?:3d\s+)?cubes?|page\s+(?:turns?|curls?|flips?|peels?)|flips?|carousels?|翻页|翻转|立方体|翻书",
    "transition like a wipe": r"(?:iris|circle|circular|clock|radial|star|diamond|heart|barn[\s-]?door|diagonal)(?:\s+wipes?)?|stars?|(?:venetian\s+)?blinds|mosaic|pixelate|百叶窗|圆形|星形|菱形|时钟|马赛克",
    "transition like a crossfade": r"zooms?(?:[\s-]+(?:in|out|blur))?|spins?|rotation|glitch(?:es)?|whip(?:\s+pans?)?|morph(?:s|ing)?|ripples?|film\s+burns?|light\s+leaks?|缩放|旋转|故障|变形|水波|光晕|漏光",
}
"""Transitions that there are not, by the one that comes nearest."""
_ONE_OF = "|".join(f"(?P<{{0}}{i}>{pattern})" for i, pattern in enumerate(_OTHERS.values()))
_PLACED = r"(?:\s+(?:at|between|in|for|before|after|everywhere|to|on)(?![a-z]).{0,40})?"
_OTHER = re.compile(
    rf"(?:(?:add|use|put|insert|apply|make|change|do)\s+(?:.{{0,20}}\s)?)?(?:{_ONE_OF.format('a')})\s+(?:transitions?|effects?\s+(?=between)){_PLACED}"
    rf"|(?:(?:add|use|put|insert|apply|do)\s+(?:.{{0,20}}\s)?)?(?:{_ONE_OF.format('b')})(?:\s+(?:transitions?|effects?))?(?:\s+(?:(?:at|between)\s+.{{1,40}}|everywhere))"
    rf"|(?:add|use|put|insert|apply|do)\s+(?:an?|the|some)\s+(?:(?:cool|nice|fancy|3d)\s+)?(?:{_ONE_OF.format('c')})(?:\s+(?:transitions?|effects?))?"
    rf"|(?:.{{0,12}}(?:之间|中间|处))?(?:添加|加上|加入|加个|加|用|换成|使用)?(?:一个|个)?(?:{_ONE_OF.format('d')})(?:的)?(?:转场|过渡)(?:效果)?"
    rf"|(?:.{{0,12}}(?:之间|中间|处))?(?:添加|加上|加入|加个|加|用|换成|使用)(?:一个|个)?(?:{_ONE_OF.format('e')})(?:的)?(?:转场|效果|过渡)+",
    re.IGNORECASE,
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
    if said := set_transitions_clause(clause, veiled):
        return said
    if m := _OTHER.fullmatch(clause):
        name, words = next((name, said) for name, said in m.groupdict().items() if said)
        return [Unavailable(list(_OTHERS)[int(name[1:])], words.strip())]
    return None
