"""Edits for all but the clips that a message spares: one for each run of the others."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from nemo_widgets.studio.agent.edits.arranging import Duplicate, Move
from nemo_widgets.studio.agent.edits.edit import Edit
from nemo_widgets.studio.timeline.clip import length_of, read
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.refs import AllBut, ClipRef
from nemo_widgets.studio.timeline.time_range import Rest, TimeRange

from .intents import Export, Guard, Keep, Remove, Spare, Unavailable
from .leaning import for_each, is_open, places_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .grammar import Clause
    from .intents import Intent

__all__ = ["spared"]


def spared(clauses: Sequence[Clause], draft: Mapping[str, Any]) -> list[Clause] | Clause:
    """The clauses, each edit for all but what it spares; or the one that spares what can't be spared."""
    found = [_unwanted(clause, clauses) for clause in clauses]
    said = [intent for clause in found for intent in clause.intents]
    if all(isinstance(i, (Spare, Guard, Export)) for i in said) and any(
        isinstance(i, Spare) and i.plain for i in said
    ):
        return [replace(found[0], intents=(Unavailable("keep"),))]  # are the others to go?
    moved = False
    for number, clause in enumerate(found):
        intents: list[Intent] = []
        for intent in clause.intents:
            these = _named(intent, draft) if not moved else None if _excepts(intent) else [intent]
            if these is None:
                return clause
            intents += these
            moved = moved or (isinstance(intent, (Edit, Remove)) and not is_open(intent) and _moves(intent))
        found[number] = replace(clause, intents=tuple(intents))
    for number, clause in enumerate(found):
        for intent in [i for i in clause.intents if isinstance(i, Spare)]:
            others = _without(found, intent, draft)
            if others is None:
                return clause
            if intent.plain and [c.intents for c in others] != [c.intents for c in found]:
                return [replace(clause, intents=(Unavailable("keep"),))]
            found = others
            found[number] = replace(clause, intents=(Guard(("clips",)),))
    return found


def _unwanted(clause: Clause, clauses: Sequence[Clause]) -> Clause:
    """A clause that says 不要 of clips, as one that lets them go where nothing is for all clips beside it."""
    if any(is_open(intent) for other in clauses for intent in other.intents):
        return clause
    intents = [Remove(i.places) if isinstance(i, Spare) and i.unwanted else i for i in clause.intents]
    return replace(clause, intents=tuple(intents))


def _moves(intent: Intent) -> bool:
    """Whether other clips have their numbers after it."""
    return isinstance(intent, Remove) or bool(getattr(intent, "retimes", False))


def _excepts(intent: Intent) -> bool:
    return any(isinstance(value, AllBut) for value in _values(intent))


def _names(intent: Intent) -> list[str]:
    """The names of what an intent says."""
    return [field.name for field in fields(cast("Any", intent))]


def _values(intent: Intent) -> list[Any]:
    said = [getattr(intent, name) for name in _names(intent)]
    return [one for value in said for one in (value if isinstance(value, tuple) else (value,))]


def _named(intent: Intent, draft: Mapping[str, Any]) -> list[Intent] | None:
    """An intent for 'all but the first' as one for each run of the others; None if that can't be done."""
    if not _excepts(intent):
        return [intent]
    try:
        return _by_runs(intent, draft)
    except EditRefused:  # there is no such clip
        return None


def _by_runs(intent: Intent, draft: Mapping[str, Any]) -> list[Intent] | None:
    if isinstance(intent, (Remove, Keep)):
        spans = [run for where in intent.spans for run in _runs(where, draft)]
        return [replace(intent, spans=tuple(spans))] if spans else None
    places = places_of(intent)
    name = next((n for n in _names(intent) if getattr(intent, n) in places), "")
    runs = _runs(places[0], draft) if name and len(places) == 1 and isinstance(intent, Edit) else []
    if len(runs) > 1 and isinstance(intent, (Move, Duplicate)):  # one by one they would be turned round
        return None
    return [replace(intent, **{name: run}) for run in runs] or None  # type: ignore[type-var]


def _runs(where: Any, draft: Mapping[str, Any]) -> list[Any]:
    """The runs of clips that a place has, without those it excepts."""
    if not isinstance(where, AllBut):
        return [where]
    out = {number for clips in where.out for number in clips.numbers(draft)}
    left = [number for number in range(len(read(draft))) if number not in out]
    starts = [n for n in left if n - 1 not in left]
    ends = [n for n in left if n + 1 not in left]
    return [ClipRef(a + 1, b + 1) for a, b in zip(starts, ends, strict=True)]


def _without(clauses: Sequence[Clause], spared: Spare, draft: Mapping[str, Any]) -> list[Clause] | None:
    """The clauses, each edit that could be for all not for what is spared; None if one is for that."""
    try:
        edges = sorted(place.within(draft) for place in spared.places)
        runs = _rest_of(spared.places, edges, draft)
    except EditRefused:
        return None
    found: list[Clause] = []
    for clause in clauses:
        intents: list[Intent] = []
        for intent in clause.intents:
            these = (
                [intent]
                if isinstance(intent, (Guard, Spare, Export))
                else _beside(intent, edges, runs, draft)
            )
            if these is None:
                return None
            intents += these
        found.append(replace(clause, intents=tuple(intents)))
    return found


def _rest_of(places: Sequence[Any], edges: Sequence[tuple[int, int]], draft: Mapping[str, Any]) -> list[Any]:
    """What lies beside places: clips where they are clips, stretches of time else."""
    if all(isinstance(place, ClipRef) for place in places):
        return _runs(AllBut(1, -1, out=tuple(places)), draft)
    bounds = [(0, 0), *edges, (length_of(draft), 0)]
    return [TimeRange(end, start) for (_, end), (start, _) in pairwise(bounds) if start > end]


def _beside(
    intent: Intent, edges: Sequence[tuple[int, int]], runs: Sequence[Any], draft: Mapping[str, Any]
) -> list[Intent] | None:
    """An intent for what is not spared; None if it is for that, too, or that can't be told."""
    if is_open(intent):
        made = for_each(intent, tuple(runs)) if runs else []
        return made if made and not any(map(is_open, made)) else None
    for name in _names(intent):
        if isinstance(getattr(intent, name), Rest):
            return [replace(intent, **{name: run}) for run in runs] or None  # type: ignore[type-var]
    places = intent.spans if isinstance(intent, Remove) else places_of(intent)
    try:
        bounds = [place.within(draft) for place in places]
    except EditRefused:
        return None
    if not bounds:
        return None
    apart = all(low >= b or high <= a for low, high in bounds for a, b in edges)
    return [intent] if apart else None
