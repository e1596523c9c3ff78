"""Clauses about clips that are shown several times: twice in a row, again right after itself."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.arranging import Duplicate

from .numbers import NUMBER, number
from .tokens import SPAN

if TYPE_CHECKING:
    from .context import Around
    from .intents import Intent

__all__ = ["repeating_clause"]

_P = rf"(?:the\s+)?(?P<what>{SPAN})"
_TIMES = rf"(?:(?P<twice>twice)|(?P<thrice>thrice)|(?P<n>{NUMBER})\s+times)"
_ROW = r"(?:\s+(?:in\s+a\s+row|in\s+succession|back[\s-]to[\s-]back|one\s+after\s+(?:the\s+other|another)|running|straight|after\s+each\s+other))?"
_BE = r"(?:play|run|go|show|appear|come(?:\s+up)?|be\s+(?:shown|played|seen|repeated)|happen)"
_MUST = r"(?:should|must|shall|has\s+to|needs\s+to|is\s+to|ought\s+to)"
_SEVERAL = rx(
    rf"(?:let|have|make)\s+{_P}\s+(?:to\s+)?{_BE}\s+{_TIMES}{_ROW}"
    rf"|{_P.replace('what', 'what2')}\s+{_MUST}\s+{_BE}\s+{_TIMES.replace('>', '2>')}{_ROW}"
    rf"|(?:play|show|run|put|use|add|include|have)\s+{_P.replace('what', 'what3')}\s+(?:in\s+)?{_TIMES.replace('>', '3>')}{_ROW}"
    rf"|(?:让|把|将)?(?P<zh>{SPAN})(?:那段|这段)?(?:要|得)?(?:连续|连着|接连)?(?:播放?|放|出现|显示)(?P<zhn>{NUMBER})[遍次]"
)
_AFTER = r"(?:\s+(?:(?:right|directly|straight|immediately)\s+)?(?:away|after(?:wards?|\s+(?:itself|it|that))?|behind\s+(?:itself|it)))?"
_ONCE = r"(?:again|once\s+more|one\s+more\s+time|another\s+time|a\s+second\s+time)"
_AGAIN = rx(
    rf"(?:let|have|make)\s+{_P}\s+(?:to\s+)?(?:{_BE}\s+{_ONCE}{_AFTER}|repeat(?:\s+once)?{_AFTER})"
    rf"|(?:play|show|run|repeat|put|use|insert|add)\s+{_P.replace('what', 'what2')}\s+{_ONCE}{_AFTER}"
    rf"|(?:repeat|duplicate|copy)\s+{_P.replace('what', 'what3')}\s+(?:once\s+)?(?:right|directly|straight|immediately)\s+(?:after|behind)\s+(?:itself|it)"
    rf"|(?:让|把|将)?(?P<zh>{SPAN})(?:那段|这段)?再(?:播放?|放|出现|来)一[遍次]"
)


def repeating_clause(clause: str, around: Around) -> list[Intent] | None:
    """What a clause about a clip shown several times asks for, or None if it is no such clause."""
    m = _SEVERAL.fullmatch(clause) or _AGAIN.fullmatch(clause)
    if m is None:
        return None
    g = {name.rstrip("23"): said for name, said in m.groupdict().items() if said}
    what = around.veiled.value((g.get("what") or g["zh"])[-2:])
    said = g.get("n") or g.get("zhn")
    count = number(said) if said else 3 if "thrice" in g else 2
    return [Duplicate(what, int(count) - 1)] if count > 1 and int(count) == count else None
