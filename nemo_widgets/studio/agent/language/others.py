"""Clauses for some clips that say besides that they are for no others: 'brighten the market, not the others'."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.edit import Edit

from .leaning import places_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .context import Around, Rule
    from .intents import Intent

__all__ = ["others_clause"]

_AS_IT_IS = r"(?:\s+(?:alone|out(?:\s+of\s+it)?|(?:as|like|how)\s+(?:it|they)\s+(?:is|are|was|were)|as[\s-]is|untouched|unchanged|in\s+peace))"
_OTHERS = r"(?:the\s+|any\s+|all\s+)*(?:others?|rest|other\s+(?:one|two|three|clip|shot|picture|pic|photo|video)s?|(?:anything|everything)\s+else)"
_ALONE = rx(
    rf"(?P<what>.+?)\s*,?\s*(?:(?:but|and|just|only|please)\s*,?\s*)*(?:not\s+{_OTHERS}|(?:leave|keep)\s+{_OTHERS}{_AS_IT_IS}|(?:don't|do\s+not)\s+(?:touch|change)\s+{_OTHERS}|{_OTHERS}\s+(?:(?:should|must|can|shall)\s+)?(?:stay|remain|keep)s?(?:{_AS_IT_IS}|\s+the\s+same)?)"
    rf"|(?P<zh>.+?)\s*[,，]\s*(?:其他|其它|其余|别)的?(?:片段|部分|段|都)*(?:不变|不动|不用动|不要动|别动|保持不变|保持原样)"
)


def others_clause(clause: str, around: Around, rules: Sequence[Rule]) -> list[Intent] | None:
    """What a clause asks for of some clips, by what these rules read of it without the others."""
    m = _ALONE.fullmatch(clause)
    if m is None:
        return None
    found = next((found for rule in rules if (found := rule(m["what"] or m["zh"], around))), None)
    return [*found] if found and all(places_of(i) and isinstance(i, Edit) for i in found) else None
