"""Clauses that ask for cuts on the beats of the music."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.edits.beating import CutOnBeats

if TYPE_CHECKING:
    from .intents import Intent

__all__ = ["beat_clause"]

_CUTS = r"(?:(?:all|every|the|my|each|of|its)\s+)*(?:cuts?|clips?|edits?|transitions?|pictures?|photos?|slideshow|video|it|shots?)"
_BEAT = r"(?:(?:the|its|every)\s+)*(?:music(?:'s)?\s+|song(?:'s)?\s+)?(?:beats?|rhythm|tempo)(?:\s+of\s+(?:the\s+)?(?:music|song|track|it))?"
_BEATS = re.compile(
    rf"(?:put|place|set|align|sync(?:hroni[sz]e)?|move|cut|snap|time|match|edit|switch|fit|have|make|let)\s+{_CUTS}\s+(?:(?:fall|land|hit|be|happen|match|come|sit)\s+)?(?:(?:up\s+)?(?:on|to|with|onto)\s+)?{_BEAT}"
    rf"|(?:sync(?:hroni[sz]e)?|align|match)\s+{_CUTS}\s+(?:to|with)\s+(?:the\s+)?(?:music|song)|cut(?:\s+it)?\s+(?:on|to)\s+{_BEAT}|{_CUTS}\s+on\s+{_BEAT}|beat[\s-]?(?:sync|match)(?:\s+{_CUTS})?"
    r"|(?:把|让|将)?(?:所有|每个|全部)?(?:的)?(?:剪切点|剪辑点|切点|镜头切换|片段|镜头|画面|视频|剪辑)?(?:都)?(?:跟着|按照?|对齐到?|卡在?|落在|踩在?|配合)(?:音乐的?|歌曲?的?)?(?:节拍|节奏|鼓点|拍子|拍点)(?:上)?(?:剪辑?|切换?)?|(?:给视频|做个)?(?:卡点|踩点)(?:剪辑|视频|效果)?",
    re.IGNORECASE,
)


def beat_clause(clause: str) -> list[Intent] | None:
    """What a clause about cuts and beats asks for, or None if it is no such clause."""
    return [CutOnBeats()] if _BEATS.fullmatch(clause) else None
