"""Clauses about what stays: 'leave the last clip as it is', 'not the harbour', 海边那段不要动."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx

from .intents import Spare
from .tokens import LOOSE, SPAN

if TYPE_CHECKING:
    from .context import Around
    from .intents import Intent

__all__ = ["sparing_clause"]

_ONE = f"(?:{SPAN}|{LOOSE})"
_THESE = rf"(?P<these>{_ONE}(?:\s*(?:,|,?\s*and|&|、|和|与|跟)\s*{_ONE})*)"
_STAYS = r"(?:alone|be|in\s+peace|untouched|unchanged|as[\s-]is|(?:exactly\s+|just\s+)?(?:(?:like|as|how)\s+(?:it|they|that)(?:'s|'re|\s+is|\s+are|\s+was|\s+were)?(?:\s+now)?|the\s+way\s+(?:it|they)\s+(?:is|are)))"
_PATTERNS = tuple(
    rx(pattern.replace("THESE", _THESE) + r"(?:\s+(?:though|tho))?")
    for pattern in (
        rf"(?:leave|keep|let)\s+THESE\s+{_STAYS}",
        rf"THESE\s+(?:(?:should|shall|must|has\s+to|have\s+to|needs?\s+to|can|may)\s+)?(?:stays?|remains?)(?:\s+{_STAYS})?",
        r"(?:but\s+)?(?:except(?:\s+for)?|excluding|apart\s+from|other\s+than|with\s+the\s+exception\s+of)\s+(?:in\s+|on\s+|for\s+)?THESE",
        r"(?:but\s+)?not\s+(?:(?:in|on|for|to|with)\s+)?THESE",
        r"(?:don't|dont|do\s+not|never|without)\s+(?:touch(?:ing)?|chang(?:e|ing)|alter(?:ing)?|do\s+(?:it|that|this|so)\s+(?:to|on|for|in|with))\s+THESE",
        r"(?:让|把|将)?THESE(?:就|要|请)?(?:(?:保持|维持)(?:原样|不变|不动|原状)|原样|不变|不动|别动|不要动|不用动|别改|不要改|不用改|除外|(?P<unwanted>不要|别|不用))(?:就好|就行|吧)?",
        r"(?:请)?(?:别|不要|不用|不必)(?:动|改|碰|改动)THESE",
        r"除了THESE(?:以外|之外|外)?",
    )
)


def sparing_clause(clause: str, around: Around) -> list[Intent] | None:
    """What a clause such as 'leave the last clip as it is' asks for, or None if it is no such clause."""
    for pattern in _PATTERNS:
        if m := pattern.fullmatch(clause):
            places = tuple(around.veiled.value(token) for token in re.findall(_ONE, m["these"]))
            return [Spare(places, unwanted=bool(m.groupdict().get("unwanted")))]
    return None
