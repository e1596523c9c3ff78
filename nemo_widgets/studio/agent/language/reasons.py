"""Complaints that give the reason for what is asked for beside them: 'turn the voice up, I can't hear it'.

The reason asks for nothing more. Where the music is turned down, that nobody can be heard is why.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.mixing import ChangeMusic, RemoveMusic
from nemo_widgets.studio.agent.edits.voices import SetVolume

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .grammar import Clause
    from .intents import Intent

__all__ = ["without_reasons"]

_UNHEARD = rx(
    r"(?<!\w)(?:can't|cannot|can\s+(?:barely|hardly|scarcely|not)|(?:barely|hardly|scarcely)\s+can)\s+hear|hard\s+to\s+hear|听不[清见到]"
)
_WRONG = rx(rf"{_UNHEARD.pattern}|(?<!\w)too\s+\w|(?:太|过于)")
_ASKS = rx(
    r"(?<!\w)(?:make|turn|bring|put|set|raise|lower|reduce|boost|increase|decrease|把|将|调|提高|降低)"
)


def without_reasons(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses without what a complaint asks for that another clause does already."""
    found: list[Clause] = []
    for number, clause in enumerate(clauses):
        if _WRONG.search(clause.text) and not _ASKS.search(clause.text):
            before = [i for other in found for i in other.intents]
            after = clauses[number + 1 :]
            asked = [i for c in after if not _WRONG.search(c.text) for i in c.intents]
            down = (
                [i for c in after for i in c.intents if _lowers_music(i)]
                if _UNHEARD.search(clause.text)
                else []
            )
            left = tuple(i for i in clause.intents if not _is_met(i, clause.text, [*before, *asked, *down]))
            found.append(replace(clause, intents=left))
        else:
            found.append(clause)
    return found


def _is_met(intent: Intent, text: str, others: Sequence[Intent]) -> bool:
    """Whether something else that is asked for is what a complaint wants."""
    if isinstance(intent, SetVolume) and _UNHEARD.search(text) and any(map(_lowers_music, others)):
        return True
    up = _way(intent)
    return up is not None and any(type(o) is type(intent) and _way(o) in (up, 0) for o in others)


def _lowers_music(intent: Intent) -> bool:
    return isinstance(intent, RemoveMusic) or (isinstance(intent, ChangeMusic) and _way(intent) in (-1, 0))


def _way(intent: Intent) -> int | None:
    """1 for louder, -1 for quieter, 0 for a level of its own, None for what is no level."""
    if not isinstance(intent, (ChangeMusic, SetVolume)):
        return None
    if intent.factor is None:
        return None if intent.volume is None else 0
    return 1 if intent.factor > 1 else -1
