"""Clauses about how it is shown: the frame, looks, turns, crops, zooms, fades of the film."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .filmfades import film_fade_clause
from .looks import fault_clause, look_clause
from .phrases import WHOLE
from .shaping import frame_clause
from .tokens import SPAN
from .turning import crop_clause, turn_clause, zoom_clause

if TYPE_CHECKING:
    from .context import Around
    from .intents import Intent

__all__ = ["dressing_clause"]

_STATEMENT = re.compile(
    rf"(?:{WHOLE}|{SPAN})(?:'s|\s+(?:is|are|was|looks?|seems?|fades?))(?![a-z])(?!\s+upside)", re.IGNORECASE
)
"""Who says how it is asks for nothing, unless that is a fault."""


def dressing_clause(clause: str, around: Around) -> list[Intent] | None:
    """What a clause about the picture asks for, or None if it is no such clause."""
    v = around.veiled
    if _STATEMENT.match(clause):
        return fault_clause(clause, around)
    return (
        frame_clause(clause, v)
        or turn_clause(clause, v)
        or crop_clause(clause, v)
        or zoom_clause(clause, around)
        or film_fade_clause(clause, v)
        or look_clause(clause, around)
    )
