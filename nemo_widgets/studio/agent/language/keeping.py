"""Clauses that say what is to stay, so that all the rest goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.finding import FOUND, CutFound
from nemo_widgets.studio.agent.edits.highlights import KeepBest
from nemo_widgets.studio.timeline.refs import ClipRef

from .intents import Intent, Keep, Remove, Smooth, Spare
from .objects import listed
from .tails import finished
from .words import BEST, REMOVE, REMOVE_ZH, VIDEO

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.edits.finding import Findable

    from .veil import Veiled

__all__ = ["except_clause", "keep_clause"]


_BEST = rx(rf"(?:only\s+|just\s+)?(?:{BEST})")
_KEEP = rx(
    r"(?:(?P<only>(?:only|just)\s+(?:keep|use|retain|show|leave)|(?:i\s+)?only\s+(?:want|need)|(?:keep|use|retain|show|leave)\s+(?:only|just|nothing\s+but)|"
    rf"(?:trim|cut|shorten|reduce|crop)\s+(?:(?:{VIDEO}|it)\s+)?(?:down\s+)?to(?:\s+(?:just|only))?|(?:我)?(?:只想要|只想留下?|只需要|只想保留)|只保留|仅保留|只留下|只留|只要|只用|只使用|仅保留下|保留下来?|(?:裁剪|剪辑|剪|裁|缩短|截取)(?:到|至|成|为)|截取)|(?P<plain>keep|retain|保留|留下))(?![a-z])\s*(?:what\s+(?:he|she|they|we|i|is)\s+(?:says?|said|tells?|talks?\s+about)\s+)?"
)
_EXCEPT = rx(
    rf"(?:(?P<keep>keep|leave|保留)|{REMOVE})\s+(?:everything|all|anything|the\s+rest|(?:all|every|any)\s+(?:of\s+)?(?:the\s+|my\s+|other\s+)*(?:clips?|shots?|videos?|pictures?|photos?))(?:\s+(?:of|in)\s+{VIDEO})?\s+(?:except(?:\s+for)?|but|apart\s+from|other\s+than|besides|outside(?:\s+of)?|aside\s+from)\s+"
)
_ZH_EXCEPT = rx(
    rf"除了?\s*(?P<objects>.+?)\s*(?:以外|之外|外)?\s*,?\s*(?:其他|其它|其余|剩下|别)?的?(?:部分|内容|地方|片段)?(?:全部|全都|统统|都|全)*(?P<verb>{REMOVE_ZH}|保留|不要)"
)


def keep_clause(clause: str, veiled: Veiled) -> list[Intent] | None:
    """What a clause such as 'keep only the first minute' asks for, or None if it is no such clause."""
    head = _KEEP.match(clause)
    turned = (
        re.fullmatch(r"(?:把|将)?\s*(.+?)\s*(?:保留下来|留下来|留下|保留)", clause) if head is None else None
    )
    text, at = (clause, head.end()) if head else (turned[1], 0) if turned else ("", 0)
    if text and _BEST.fullmatch(text, at):
        return [KeepBest()]
    objects, end = listed(text, at)
    only = bool(head and head["only"])
    if len(objects) == 1 and objects[0][0] in FOUND and not text[end:].strip() and (only or not head):
        return [CutFound(cast("Findable", objects[0][0]), keep=True)]
    if not objects or any(kind != "range" for kind, _ in objects):
        return None
    said = finished(objects, text[end:], veiled)
    if said is None:
        return None
    spans = tuple(veiled.value(m["when"]) for _, m in objects)
    if not only and any(isinstance(where, ClipRef) for where in spans):  # are the others to go?
        return [Spare(spans, plain=True)]
    return [Keep(spans, only=only), *(s for s in said if isinstance(s, Smooth))]


def except_clause(clause: str, veiled: Veiled) -> list[Intent] | None:
    """What a clause such as 'remove everything except …' asks for, or None if it is no such clause."""
    head = _EXCEPT.match(clause)
    turned = _ZH_EXCEPT.fullmatch(clause) if head is None else None
    text, at = (clause, head.end()) if head else (turned["objects"], 0) if turned else ("", 0)
    objects, end = listed(text, at)
    if not objects or any(kind != "range" for kind, _ in objects):
        return None
    said = finished(objects, text[end:], veiled)
    if said is None:
        return None
    spans = tuple(veiled.value(m["when"]) for _, m in objects)
    keeps = bool(head and head["keep"]) or bool(turned and turned["verb"] == "保留")
    return [Remove(spans) if keeps else Keep(spans), *(s for s in said if isinstance(s, Smooth))]
