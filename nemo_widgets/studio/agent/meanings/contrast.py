"""What is not to be done instead of what is wished for: not down there, but don't switch it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .sorts import ACTIONS, QUALITIES, TARGETS, THINGS

if TYPE_CHECKING:
    from .clauses import Clause
    from .spoken import Spoken

__all__ = ["contrasts", "holds"]

_NONE = ("no", "less", "least", "without", "不要", "不用", "不必")


def contrasts(clause: Clause) -> bool:
    """Whether a clause says what is not to be: it begins with a 'not', and names something."""
    first = next((item for item in clause.items if item.senses != {"joint-words"}), None)
    if first is None or "no" not in first.senses or clause.says("wish"):
        return False
    named = [item for item in clause.items if item.senses - {"little", "it", "light", "no"}]
    if first.words in _NONE and not any(item.senses & ACTIONS - {"no"} for item in named):
        return False  # no music: there is to be none
    return bool(named) or any(item.words == "there" for item in clause.items)


def holds(clause: Clause, spoken: Spoken) -> bool:
    """Whether nothing is done of what a clause says is not to be."""
    if any(item.unknown for item in clause.items):
        return False
    used = [item for wish in spoken.wishes for item in wish.used]
    meant = {sense for item in used for sense in item.senses}
    does = {sense for item in clause.items for sense in item.senses & (ACTIONS | QUALITIES)} - {"no"}
    if does:
        return not does & meant
    named = {sense for item in clause.items for sense in item.senses & THINGS}
    valued = {said for item in clause.items for said in item.values.values()}
    whole = any("whole" in item.senses for item in clause.items)
    aims = any(item.senses & TARGETS for item in clause.items)
    return not whole and not named & meant and not (aims and valued & spoken.aimed)
