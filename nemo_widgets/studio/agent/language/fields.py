"""Clauses about interlaced pictures: 'deinterlace it to 50 fps', 'show each field'."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.deinterlacing import Deinterlace

from .words import VIDEO

if TYPE_CHECKING:
    from .intents import Intent

__all__ = ["field_clause"]

_TWICE = r"(?:(?:to|at|with|using|into)\s+)?(?:(?:the\s+)?(?:double|doubled|twice(?:\s+the)?|full)\s+(?:the\s+)?(?:frame\s*|field\s*)?rate|(?:50|59\.94|60)\s*(?:fps|p|frames?\s+(?:per|a)\s+second|pictures\s+a\s+second)|both\s+fields)"
_ZH_TWICE = r"(?:帧率(?:翻倍|加倍)|(?:双倍|两倍)帧率|(?:到|成|为)?(?:每秒)?(?:50|60)\s*(?:fps|帧))"
_DEINTERLACE = rx(
    rf"(?:de-?interlace|bob)\s*(?:(?:{VIDEO}|it|this|everything|the\s+clips?))?\s*,?\s*(?P<twice>{_TWICE})?"
    rf"|(?P<each>(?:show|use|keep)\s+(?:each|every|both|all(?:\s+the)?)\s+fields?(?:\s+as\s+a\s+(?:frame|picture))?|double\s+the\s+frame\s*rate)"
    rf"|(?:把|将|对|给)?(?:视频|片子|它|片段)?(?:做|进行)?(?:去隔行?|反交错|去交错)(?:扫描|处理)?[,，]?(?:并|且)?(?P<zh>{_ZH_TWICE})?|(?P<zheach>(?:每一?场|两场)都?(?:显示|保留)|(?:把)?帧率(?:翻倍|加倍)|以?(?:双倍|两倍)帧率去隔行?)"
)


def field_clause(clause: str) -> list[Intent] | None:
    """What a clause about interlaced pictures asks for, or None if it is no such clause."""
    m = _DEINTERLACE.fullmatch(clause)
    return [Deinterlace(double=any(m.group("twice", "each", "zh", "zheach")))] if m else None
