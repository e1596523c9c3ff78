"""Clauses about what is seen in the film, as a place: 'mute the kiss', 'a title right before the kiss'."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.edit import Edit
from nemo_widgets.studio.agent.edits.sights import AtSight, Sight, sees

from .tokens import SPAN
from .words import FOUND_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .context import Around, Rule
    from .intents import Intent

__all__ = ["sighted"]

_KISS = rx(
    rf"(?<![a-z]){FOUND_WORDS['kiss']}(?![a-z])|(?<=before\s)they\s+kiss(?![a-z])|(?<=after\s)they\s+kiss(?![a-z])"
)


def sighted(clause: str, around: Around, rules: Sequence[Rule]) -> list[Intent] | None:
    """What a clause asks for at a kiss, by what these rules read of the same at a place."""
    seen = [*_KISS.finditer(clause)]
    if len(seen) != 1:
        return None
    token = around.veiled.hide(SPAN, Sight("kiss"), seen[0].group())
    said = f"{clause[: seen[0].start()]}{token}{clause[seen[0].end() :]}"
    found = next((found for rule in rules if (found := rule(said, around))), None)
    if not found or not all(_there(intent) for intent in found):
        return None
    return [AtSight(i, "kiss") for i in found if isinstance(i, Edit)]


def _there(intent: Intent) -> bool:
    """Whether an intent is an edit that is made there."""
    edits = isinstance(intent, Edit) and is_dataclass(intent)
    return edits and any(sees(getattr(intent, f.name)) for f in fields(intent))  # type: ignore[arg-type]
