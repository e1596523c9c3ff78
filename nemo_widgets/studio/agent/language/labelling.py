"""Clauses that want each clip's name written on it."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.labels import LabelClips
from nemo_widgets.studio.timeline.time_range import TimeRange

from .tokens import DURATION, SPAN

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.edits.texts import Kind

    from .context import Around
    from .intents import Intent

__all__ = ["label_clause"]

_CLIP = r"(?:clip|video|picture|pic|photo|image|shot|segment|file|slide)"
_EACH = rf"(?:(?:each|every|all)(?:\s+of)?(?:\s+(?:the|my|our|these|single))*\s+{_CLIP}s?|(?:each|every)\s+(?:one|of\s+them)|the\s+{_CLIP}s|all\s+of\s+them|them\s+all)"
_THEM = rf"(?:{_EACH}|the\s+{_CLIP}|them|it)"
_NAME = r"(?:(?:(?:its|their|the|his)\s+)?(?:(?:own|respective)\s+)?(?:file[\s-]?)?names?)"
_NAMES = rf"(?:{_NAME}\s+of\s+{_EACH}|(?:{_EACH}|the\s+{_CLIP})(?:'s|s')\s+(?:file[\s-]?)?names?|(?:the\s+)?{_CLIP}[\s-]?names?|{_NAME}(?=\s+(?:on|onto|over|in|at|to)\s+{_EACH}))"
_TEXT = r"(?:a\s+|an\s+)?(?:titles?|captions?|labels?|texts?|name\s?tags?|lower[\s-]?thirds?)"
_ON = rf"(?:\s+(?:as\s+{_TEXT}|(?:on|onto|over|in|at|to|below|under)\s+(?:{_THEM}|(?:its|their|the)\s+(?:very\s+)?(?:start|beginning|picture)(?:\s+of\s+{_THEM})?)))*"
_LONG = rf"(?:\s*,?\s*(?:(?:for|during|over|in|only|just)\s+)*(?:the\s+)?(?:(?P<span>{SPAN})(?:\s+(?:of|in|on)\s+{_THEM})?|(?P<long>{DURATION})(?:\s+(?:each|long|at\s+(?:its|the|their)\s+(?:start|beginning)))?|(?P<whole>(?:whole|entire)\s+(?:time|clip)|all\s+the\s+way(?:\s+through)?|throughout)))?"
_LABEL = rx(
    rf"(?:(?:label|title|caption|tag|mark|name)\s+{_EACH}\s+(?:with|by|using)\s+{_NAME}"
    rf"|(?:put|write|show|add|display|overlay|print|place|have|use)\s+{_NAMES}"
    rf"|(?:add|put|make|use|show)\s+{_TEXT}\s+(?:with|of|showing|saying)\s+{_NAMES}"
    rf"|(?:give|make)\s+{_EACH}\s+{_TEXT}\s+(?:with|of|showing|saying)\s+{_NAME}){_ON}{_LONG}{_ON}"
)
_ZH_EACH = r"(?:每一?(?:个|段|张|条)|各个?|所有|全部)的?(?:片段|视频|图片|照片|素材|段)?"
_ZH_LABEL = rx(
    rf"(?:给|在|把|为)?{_ZH_EACH}(?:的)?(?:开头|开始|前面|上面?|画面上?)?(?:处|都|里|时)*(?:显示|加上?|写上?|标上?|打上|标注|标出|配上)(?:它|它们|自己|各自|片段|文件)?的?(?:名字|名称|文件名|片段名)(?:的?(?:标题|字幕|文字))?(?:[,，]?(?:显示|持续|各)?(?P<long>{DURATION}))?"
)


def label_clause(clause: str, around: Around) -> list[Intent] | None:
    """What a clause asks for that wants the clips' names on them, or None if it is no such clause."""
    m = _LABEL.fullmatch(clause)
    zh = _ZH_LABEL.fullmatch(clause) if m is None else None
    if zh:
        return [LabelClips(around.veiled.value(zh["long"]) if zh["long"] else 3000)]
    if m is None:
        return None
    words = clause.lower()
    style: Kind = (
        "caption" if "caption" in words else "lower-third" if "lower" in words or "tag" in words else "title"
    )
    if m["span"]:
        span = around.veiled.value(m["span"])
        first = isinstance(span, TimeRange) and span == TimeRange(0, span.end) and span.end is not None
        return [LabelClips(span.end, style)] if first else None
    long = around.veiled.value(m["long"]) if m["long"] else None if m["whole"] else 3000
    return [LabelClips(long, style)]
