"""The words around what a clause about the picture asks for: verbs, what it is for, how much, little words."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.timeline.time_range import Rest

from .tokens import SPAN
from .words import VIDEO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nemo_widgets.studio.timeline.media_item import MediaItem

    from .bag import Found
    from .veil import Veiled

__all__ = [
    "AMOUNT",
    "GLUE",
    "PICTURES",
    "SHORT",
    "VERB",
    "WHERE",
    "WHOLE",
    "only_pictures",
    "said_in",
    "stretch",
]

VERB = r"make|should|must|needs?\s+to|ought\s+to|turn|convert|change|set|get|give|put|do|use|add|apply|have|let|i\s+(?:want|need)|i'd\s+like|need|want|prepare|format|bring|render|ready|fit|把|将|让|给|用|加上?|加个|加点|添加|做成|做|改成|改为|改到|改|换成|变成|变为|变得?|调成|调到|调得?|调|设为|设成|设|弄成|弄|转成|转为|降到|升到|输出|来个|来点|要"
WHOLE = rf"(?:(?:the\s+)?(?:whole\s+thing|rest|remainder|{VIDEO}|picture|image|footage|remaining\s+(?:clips|parts?))|it\s+all|all\s+(?:of\s+it|the\s+clips|clips)|everything|(?:each|every)\s+(?:clip|shot|segment|video)|(?:the|all|both)\s+(?:the\s+)?clips|it|this|that|them|they|整个(?:视频|片子|画面)?|全部(?:片段|视频)?|所有的?(?:片段|视频|画面)?|剩下的?(?:部分|片段|两段|三段|几段)?|其余(?:部分|片段)?|视频|片子|画面|图像|它|整体)"
GLUE = r"the|a|an|to|into|in|with|and|of|on|at|for|as|is|be|for\s+me|its|it's|some|please|ready|look|looking|version|style|的|地|得|成|为|一下|一个|个|稍微|更|再|些|点|一点|一些|give"
WHERE = rf"(?:(?:in|during|for|from|of|on|over|to)\s+)?(?P<where>{SPAN})(?:里|内|的|那段|这段|处)*"
AMOUNT = r"(?P<soft>(?:just\s+)?(?:a\s+(?:tiny\s+|little\s+)?bit|a\s+little|slightly|somewhat|a\s+touch|subtle|subtly|gently|gentle|soft|faint|mild|稍微|一点点|轻微|略微))|(?P<strong>a\s+lot|much|very|strongly|strong|heavily|heavy|really|way|super|extremely|很多|非常|强烈|大幅|明显|特别)"
_REST = re.compile(r"rest|remain|剩|其余", re.IGNORECASE)
SHORT = 28
"""A clause no longer than this may be without a verb: 'vertical, please'."""
PICTURES = r"(?:(?:on|to|into|of|for)\s+)?(?:(?:all|the|my)\s+)*(?:pictures|pics|photos|images|slides)|(?:(?:on|to|into|of|for)\s+)?(?:each|every)\s+(?:picture|pic|photo|image)|(?:所有|每张|全部)?的?(?:图片|照片)"
"""Every picture, which means the whole timeline where nothing but pictures was uploaded."""


def only_pictures(media: Mapping[str, MediaItem]) -> bool:
    """Whether nothing but pictures can be on the main track."""
    return {item.kind for item in media.values() if item.kind != "audio"} == {"image"}


def stretch(found: Found, v: Veiled) -> Any:
    """The place that a clause is about, None if it names none; the rest, which something must have left."""
    if "where" in found:
        return v.value(found["where"][0]["where"])
    return Rest() if of_the_rest(found) else None


def of_the_rest(found: Found) -> bool:
    """Whether it speaks of the rest."""
    return any(_REST.search(m.group()) for m in found.get("all", ()))


def said_in(match: re.Match[str], *names: str) -> str:
    """What the first of these groups that matched says, in small letters; "" if none did."""
    return next((said.lower() for name in names if (said := match[name])), "")
