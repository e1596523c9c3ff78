"""Clauses about how long clips last, each of them: exactly 5 seconds, half a second less at its end."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.lasting import ClipLength, TrimEnds
from nemo_widgets.studio.agent.edits.trimming import TrimTo
from nemo_widgets.studio.timeline.refs import ClipRef
from nemo_widgets.studio.timeline.time_range import TimeRange

from .tokens import DURATION, SPAN
from .words import REMOVE, REMOVE_ZH

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from nemo_widgets.studio.timeline.time_range import Stretch

    from .context import Around
    from .intents import Intent
    from .veil import Veiled

__all__ = ["lasting_clause"]

_EACH = r"(?:(?:each|every|all|both)(?:\s+of)?(?:\s+(?:the|my|these|those|single))*(?:\s+(?:clips?|videos?|segments?|shots?|pieces?|files?))(?:\s+(?:on\s+the\s+timeline|here))?|(?:each|every)\s+(?:one|of\s+them)|all\s+of\s+them|them\s+all)"
_ZH_EACH = r"(?:(?:每一?(?:个|段|条)|各个?|各段|所有|全部)的?(?:视频)?(?:片段|视频|镜头|素材|段)?)(?:里|中)?的?(?:都|全都)?"
_WHAT = rf"(?:(?P<each>{_EACH})|(?:the\s+)?(?P<what>{SPAN}))"
_D = rf"(?:(?:only|just|all\s+of)\s+)?(?P<long>{DURATION})(?:\s+(?:long|in\s+length|in\s+total|each|exactly|only|now|total))*"
_BE = r"(?:be|last|run|take|stay|go\s+on|play)"
_MUST = r"(?:should|must|shall|has\s+to|have\s+to|needs?\s+to|ought\s+to|is\s+to|are\s+to|only\s+needs?\s+to)"
_LONG = rx(
    rf"(?:make|let|have|keep|get|add|set|put|cut|change)\s+{_WHAT}\s+(?:(?:to\s+)?(?:only\s+|just\s+)?{_BE}\s+|to\s+)?(?:for\s+)?{_D}"
    rf"|{_WHAT.replace('>', '2>').replace('(?:2>', '(?:')}\s+{_MUST}\s+(?:only\s+|just\s+)?{_BE}\s+(?:for\s+)?{_D.replace('<long>', '<long2>')}"
    # 'last 2 seconds' reads as a place: here it is how long.
    rf"|(?:(?:make|let|have|add)\s+{_WHAT.replace('>', '3>').replace('(?:3>', '(?:')}\s+(?:to\s+)?|{_WHAT.replace('>', '4>').replace('(?:4>', '(?:')}\s+{_MUST}\s+)(?:only\s+|just\s+)?(?P<lasting>{SPAN})(?:\s+(?:each|only|long|in\s+total))?"
)
_LENGTH_OF = rx(
    rf"(?:set|change|make|put|bring|adjust|fix|limit)\s+(?:(?:the\s+)?(?:length|duration)\s+(?:of|for)\s+(?:(?P<each>{_EACH})|(?:the\s+)?(?P<what>{SPAN}))|(?:the\s+)?(?P<what2>{SPAN})(?:'s)?\s+(?:length|duration))\s+(?:to|at|be)?\s*(?P<long>{DURATION})(?:\s+each)?"
)
_MOST = rx(
    rf"{_WHAT}\s+{_MUST}\s*(?:not|n't)\s+(?:be|last|run|take)\s+(?:longer|more)\s+than\s+{_D}|{_WHAT.replace('>', '2>').replace('(?:2>', '(?:')}\s+{_MUST}\s+{_BE}\s+(?:at\s+most|no\s+(?:longer|more)\s+than|not\s+more\s+than)\s+{_D.replace('<long>', '<long2>')}"
    rf"|(?:把|将|让)?(?:(?P<each3>{_ZH_EACH})|(?P<what3>{SPAN}))(?:的?(?:时长|长度))?(?:都)?(?:最多|至多|不要?超过|不能超过|别超过|控制在)(?P<long3>{DURATION})(?:以内|之内)?"
)
_OF_IT = rx(
    rf"(?:keep\s+only|only\s+keep|just\s+keep|keep\s+just|only\s+use|use\s+only|use\s+just)\s+(?P<long>{DURATION})\s+(?:of|from)\s+{_WHAT}"
)
_EXTEND = rx(
    rf"(?:extend|lengthen|stretch|prolong|expand)\s+{_WHAT}\s+(?:out\s+)?to\s+{_D}|(?:把|将|让)?(?:(?P<each2>{_ZH_EACH})|(?P<what2>{SPAN}))(?:都)?(?:延长|拉长|加长)(?:到|至|成|为)(?P<long2>{DURATION})"
)
_ZH_MUST = r"(?:应该|应当|必须|需要|得|要)"
_ZH_BE = r"(?:刚好|正好|就|只)?(?:是|为|有|长|持续|播放?|放|维持)?(?:刚好|正好|只)?"
_ZH_LONG = rx(
    rf"(?P<let>让|使)?(?:把|将)?(?:(?P<each>{_ZH_EACH})|(?P<what>{SPAN}))(?:的?(?:时长|长度|时间))?(?:都|就|也)?(?:"
    rf"(?(let){_ZH_MUST}?|{_ZH_MUST}){_ZH_BE}|(?:只|仅)(?:要|需要?|留下?|保留|用|播放?|放|剪)(?:到|成)?|(?:改|设|设置|调整?|变|弄|做|定|保持|持续|保留|留下?)(?:成|为|到|至|在)?)(?:长)?(?P<long>{DURATION})(?:长|就(?:行|好|够)?|即可)?"
)
_START = r"(?:start|beginning|front|head|opening)s?"
_END = r"(?:end|ending|back|tail|finish)s?"
_SIDE = rf"(?:the\s+|its\s+|their\s+)?(?:(?P<start>{_START})|(?P<end>{_END})|(?P<both>(?:both|either|each)\s+(?:ends?|sides?)|{_START}\s+and\s+(?:the\s+)?{_END}))"
_OFF = rf"(?:{REMOVE}|take|lop(?:\s+off)?|chop(?:\s+off)?|cut(?:\s+off)?|trim(?:\s+off)?|crop|clip(?:\s+off)?)(?:\s+off)?"
_ENDS = rx(
    rf"{_OFF}\s+(?:the\s+)?(?P<long>{DURATION})\s+(?:off(?:\s+of)?|from|of|at)\s+{_SIDE}\s+(?:of|from|in|on|off)\s+(?P<each>{_EACH})"
    rf"|{_OFF}\s+(?:the\s+)?(?P<long2>{DURATION})\s+(?:off(?:\s+of)?|from|of)\s+(?P<each2>{_EACH})\s*(?:'s)?\s*(?:at|from|on)?\s*{_SIDE.replace('>', '2>')}"
    rf"|(?:trim|shorten|cut|clip|reduce|crop)\s+{_SIDE.replace('>', '3>')}\s+(?:of|in|on)\s+(?P<each3>{_EACH})\s+by\s+(?P<long3>{DURATION})"
    rf"|(?:trim|shorten|cut|clip|reduce|crop)\s+(?P<each4>{_EACH})\s+by\s+(?P<long4>{DURATION})\s+(?:at|on|from)\s+{_SIDE.replace('>', '4>')}"
    rf"|(?:from|off|in|on|at)\s+{_SIDE.replace('>', '5>')}\s+of\s+(?P<each5>{_EACH})\s*,?\s*{_OFF}\s+(?P<long5>{DURATION})"
)
_PART = rx(
    rf"{_OFF}\s+(?:the\s+)?(?P<first>first\s+and\s+(?:the\s+)?)?(?P<one>{SPAN})(?:\s+and\s+(?:the\s+)?(?P<two>{SPAN}))?\s+(?:of|from|off(?:\s+of)?|in|out\s+of)\s+(?P<each>{_EACH})"
    rf"|(?:from|in|on|for|at)\s+(?P<each2>{_EACH})\s*,?\s*{_OFF}\s+(?:the\s+)?(?P<one2>{SPAN})(?:\s+and\s+(?:the\s+)?(?P<two2>{SPAN}))?"
    rf"|(?:trim|shorten|cut|clip|reduce|crop)\s+(?P<each6>{_EACH})\s+by\s+(?P<one6>{SPAN})"
    rf"|(?:把|将)?{_ZH_EACH}(?:的)?(?P<one3>{SPAN})(?:[和跟与、](?P<two3>{SPAN}))?(?:都|全都|全部|各)?{REMOVE_ZH}|(?:把|将)?{_ZH_EACH}(?:都|各)?{REMOVE_ZH}(?P<one4>{SPAN})(?:[和跟与、](?P<two4>{SPAN}))?|{REMOVE_ZH}{_ZH_EACH}(?P<one5>{SPAN})(?:[和跟与、](?P<two5>{SPAN}))?"
)
_ZH_SIDE = r"(?:(?P<both>首尾|头尾|两头|两端|前后|开头(?:和|跟|与|、)结尾)|(?P<start>开头|最?前面?|头部?|起始|片头|开始)|(?P<end>结尾|最?后面?|尾巴?|末尾|尾部|片尾|结束))(?:处|部分|的地方)?"
_ZH_ENDS = rx(
    rf"(?:把|将|在|从)?{_ZH_EACH}{_ZH_SIDE}(?:的)?(?:都|全都|各|分别|全部)?(?:{REMOVE_ZH}|缩短|剪短|减少|裁)掉?了?(?P<long>{DURATION})"
    rf"|(?:{REMOVE_ZH}){_ZH_EACH}{_ZH_SIDE.replace('>', '2>')}的?(?P<long2>{DURATION})"
    rf"|(?:把|将)?{_ZH_EACH}{_ZH_SIDE.replace('>', '3>')}的?(?P<long3>{DURATION})(?:都|全都|全部|各)?(?:{REMOVE_ZH})"
)


def lasting_clause(clause: str, around: Around) -> Sequence[Intent] | None:
    """What a clause about the length of clips asks for, or None if it is no such clause."""
    v = around.veiled
    if m := _MOST.fullmatch(clause):
        return [TrimTo(i.length_ms, i.clips) for i in _lasts(_said(m), v) or ()] or None
    if (
        m := _LONG.fullmatch(clause)
        or _OF_IT.fullmatch(clause)
        or _LENGTH_OF.fullmatch(clause)
        or _ZH_LONG.fullmatch(clause)
    ):
        return _lasts(_said(m), v)
    if m := _EXTEND.fullmatch(clause):
        return [replace(i, extend=True) for i in _lasts(_said(m), v) or ()] or None
    if m := _ENDS.fullmatch(clause) or _ZH_ENDS.fullmatch(clause):
        g = _said(m)
        ms = v.value(g["long"])
        start, end = ("start" in g or "both" in g), ("end" in g or "both" in g)
        return [TrimEnds(ms if start else 0, ms if end else 0)]
    m = _PART.fullmatch(clause)
    return _parts(_said(m), v) if m else None


def _said(m: re.Match[str]) -> dict[str, str]:
    """The groups that say something, without their numbers."""
    return {name.rstrip("23456"): words for name, words in m.groupdict().items() if words}


def _lasts(g: dict[str, str], v: Veiled) -> list[ClipLength] | None:
    what = v.value(g["what"]) if "what" in g else None
    if what is not None and not isinstance(what, ClipRef):
        return None
    if "lasting" not in g:
        return [ClipLength(v.value(g["long"]), what)]
    span = v.value(g["lasting"])
    return [ClipLength(span.start, what)] if _is_last(span) else None


def _is_last(span: Stretch) -> bool:
    """Whether it is the last so many seconds."""
    return isinstance(span, TimeRange) and span == TimeRange(span.start, None, last=True)


def _parts(g: dict[str, str], v: Veiled) -> list[Intent] | None:
    """The first second of each clip, the last one, or both."""
    start = end = 0
    for token in (g.get("one"), g.get("two")):
        span = v.value(token) if token else None
        if span is None:
            continue
        if _is_last(span):
            end += span.start
            start += span.start if "first" in g else 0
        elif isinstance(span, TimeRange) and span.end and span == TimeRange(0, span.end):
            start += span.end
        else:
            return None
    return [TrimEnds(start, end)]
