"""The things that clauses name: ranges, pauses, music, titles, transitions, in lists of any length."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.pauses import PauseOptions
from nemo_widgets.studio.timeline.time_range import TimeRange

from .veil import DURATION, LOOSE, SPAN
from .words import AND, FOUND_WORDS, MUSIC, PAUSES, PLACES, REMOVE, REMOVE_ZH, TITLE, TRANSITIONS

if TYPE_CHECKING:
    from .veil import Veiled

__all__ = ["listed", "options"]

_LONG_MS = 1000
"""What is a 'long' pause, where nothing more exact is said."""


_MIDDLE = TimeRange(0, None, part=(Fraction(1, 3), Fraction(2, 3)))
_ONE = rx(
    r"(?:the|that|this)\s+(?:(?:very|really)\s+)?(?:(?:long(?:est)?|big(?:gest)?|awkward)\s+(?:pause|silence|gap)(?!s)|(?:pause|silence|gap)\s+in\s+the\s+middle)|最长的?(?:那|一)?(?:个|段|处)?(?:停顿|沉默|静音)"
)
_EDGE = r"(?:(?<![a-z0-9])|(?![a-z0-9]))"
_LONGER = (
    rf"\s*(?:(?:that\s+are|which\s+are|of|that\s+last|lasting)\s+)?(?:longer\s+than|more\s+than|over|above|at\s+least|exceeding|of)\s+(?:than\s+)?(?P<min>{DURATION})"
    rf"(?:\s+(?:or\s+(?:more|longer)|long))?"
)
_ZH_LONGER = (
    rf"(?:(?:超过|大于|长于|多于|长过|至少)(?P<min>{DURATION})|(?P<least>{DURATION})(?:以上|及以上))的?"
)
_PAUSES = rx(
    rf"(?:(?P<in>{SPAN}|{LOOSE})(?:里|内|中|段|部分)?的?)?(?:(?:所有|全部)的?(?=超过|大于|长于|多于|长过|至少|{DURATION}))?(?:{_ZH_LONGER})?{PAUSES}(?:{_LONGER})?(?:\s+(?:in|during|within|from|of)?\s*(?P<within>{SPAN}|{LOOSE})|\s+in\s+(?P<middle>the\s+middle)(?:\s+of\s+it)?)?(?:(?:超过|大于|长于)(?P<more>{DURATION})的?)?{_EDGE}".replace(
        "(?P<min>", "(?P<min1>", 1
    )
)
_OBJECTS = {
    "range": rx(PLACES + _EDGE),
    "pauses": _PAUSES,
    "music": rx(MUSIC + _EDGE),
    "title": rx(TITLE + _EDGE),
    "transitions": rx(TRANSITIONS + _EDGE),
    **{name: rx(pattern + _EDGE) for name, pattern in FOUND_WORDS.items()},
}
_AND = rx(AND)
_THEN_MUTE = rx(r"\s*[,，]\s*(?:静音|消音)[\s.。!！]*")
"""Behind a comma at the end it is as likely a clause of its own."""
_WITH_VERB = rx(rf"{AND}(?:also\s+)?(?:{REMOVE}\s+|{REMOVE_ZH}\s*)?")


def listed(text: str, at: int, *, verbs: bool = False) -> tuple[list[tuple[str, re.Match[str]]], int]:
    """The objects named from `at` on, and where they end; with `verbs`, the verb may be said again."""
    found: list[tuple[str, re.Match[str]]] = []
    end = at
    while True:
        matches = [
            (m.end(), kind, m) for kind, p in _OBJECTS.items() if (m := p.match(text, at)) and m.end() > at
        ]
        if not matches:
            return found, end
        end, kind, match = max(matches, key=lambda f: f[0])
        found.append((kind, match))
        joint = (_WITH_VERB if verbs else _AND).match(text, end)
        if joint is None or joint.end() == end or _THEN_MUTE.fullmatch(text, end):
            return found, end
        at = joint.end()


def options(match: re.Match[str], pad: int | None, veiled: Veiled) -> PauseOptions:
    """Which pauses the words of one match mean; `pad` is what was said to be kept of each, in ms."""
    least = next((match[g] for g in ("min", "min1", "least", "more") if match[g]), None)
    standard = PauseOptions()
    where = match["in"] or match["within"]
    within = veiled.value(where) if where else _MIDDLE if match["middle"] else None
    one = bool(_ONE.match(match.group()))
    if one and not least:
        standard = replace(standard, longest=True)
    elif not least and re.search(r"\b(?:long|longer|big)\b|长", match.group(), re.IGNORECASE):
        standard = PauseOptions(min_ms=_LONG_MS)
    least_ms = veiled.value(least) if least else standard.min_ms
    padding_ms = standard.padding_ms if pad is None else pad
    return replace(standard, min_ms=least_ms, padding_ms=padding_ms, within=within)
