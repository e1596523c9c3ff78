"""Clauses about highlight reels: the best of it, so long."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.edits.highlights import REEL_MS, Reel

from .bag import Bag, once
from .intents import Export, Intent
from .veil import DURATION
from .words import VIDEO

if TYPE_CHECKING:
    from .context import Around

__all__ = ["highlight_clause"]

_BAG = Bag(
    {
        "export": r"export(?:\s+it)?|download|render|导出(?:为|成)?|输出(?:为|成)?",
        "verb": r"make(?:\s+me)?|create|cut(?:\s+(?:it|this))?(?:\s+(?:down|together))?|build|produce|give\s+me|i\s+(?:want|need)|turn|boil|condense|reduce|shorten|trim|edit|compile|generate|put\s+together|keep|add|show(?:\s+me)?|pick|choose|get|find|extract"
        r"|剪成|剪出|剪|做成|做一?个?|做|来一?个?|来|生成|制作|浓缩成|浓缩到|缩成|压缩到|压缩成|给我|保留|留下|只留|只要|挑出?|选出?|找出?|截取",
        "noun": r"(?:(?:the|a|an|some|its|short|quick|nice|cool|just|only|all)\s+)*(?:high-?\s?light(?:s|\s+reel|s\s+reel|\s+video|\s+clip)?|(?:sizzle|show)\s+reel|best[\s-]of)(?:\s+(?:reel|video|clip|version|edit|cut))?(?:\s+of)?"
        r"|(?:的)?(?:精彩|高光|精华)(?:的)?(?:集锦|时刻|瞬间|片段|部分|版本?|合集|视频|镜头|剪辑)?|集锦|精华",
        "best": r"(?:the\s+)?(?:(?:very\s+)?best|most\s+(?:exciting|interesting)|(?:good|great|exciting|interesting)(?=\s+(?:bits|parts|moments|scenes)))(?:\s+(?:bits?|parts?|moments?|scenes?|of\s+it))?|最(?:精彩|好|棒)的?(?:部分|片段)?",
        "length": rf"(?:(?:down\s+)?(?:to|into|of|for|in|lasting|that\s+lasts|at|about|around|just|only|max(?:imum)?|at\s+most|in\s+total|大约|大概|约|总共|一共|总长|最多|不超过)\s*)*(?:the\s+|an?\s+)?(?:(?P<length>{DURATION})|(?P<minute>minute)(?!s))(?:\s*(?:long|的|长|version|版|左右|以内|total|in\s+(?:total|all)|altogether|overall|all\s+together|tops|max(?:imum)?|at\s+most|or\s+(?:so|less)))*",
        "glue": rf"it|this|that|everything|all\s+this|(?:of|from|out\s+of|in)\s+(?:{VIDEO}|it|this|that)|{VIDEO}|as|into|down|to|a|an|the|of|with|,|and|just|only|-|成|为|个|一个|的|把|将|视频|它|并|版",
    }
)


def highlight_clause(clause: str, around: Around) -> list[Intent] | None:
    """What a clause about highlights asks for, or None if it is no such clause."""
    found = _BAG.read(clause)
    if not found or not once(found, "length", "export", "best"):
        return None
    noun, length = "noun" in found, found.get("length")
    best = "best" in found and bool(length)
    if not (noun or best) or not (length or "verb" in found or "export" in found):
        return None
    if (
        "verb" in found
        and re.fullmatch(r"add|show(?:\s+me)?|get", found["verb"][0].group(), re.IGNORECASE)
        and not length
    ):
        return None
    token = length[0]["length"] if length else None
    long = around.veiled.value(token) if token else 60_000 if length else REEL_MS
    return [Reel(long), Export()] if "export" in found else [Reel(long)]
