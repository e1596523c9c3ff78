"""A kind of edit as an instruction, with the values that a message holds."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.meanings.frames import WHOLE, Frame, clip_slots, frames, sentences
from nemo_widgets.studio.agent.meanings.item import slot_values
from nemo_widgets.studio.agent.meanings.sorts import TARGETS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nemo_widgets.studio.agent.meanings.item import Item

__all__ = ["filled", "is_first"]

_PART = frozenset({"clip", "part", "ordinal", "both", "amount"})
"""Words for a part of the film, of which it must be known which one."""


@cache
def _of_kind(kind: str) -> tuple[Frame, ...]:
    """The frames of a kind, those first that ask for most."""
    return tuple(sorted((f for f in frames() if f.rank == kind), key=lambda f: -len(f.when)))


def is_first(kind: str) -> bool:
    """Whether a kind takes something back: it is asked about by itself alone."""
    return any(frame.first for frame in _of_kind(kind))


def filled(
    kind: str, near: Sequence[Item], items: Sequence[Item], language: str, reads: Callable[[str], bool]
) -> str:
    """The instruction of a kind; "" where a value that it needs is not named, or not which.

    Args:
        kind: the kind of edit.
        near: the items of the clause that speaks of it: their values count first.
        items: all items of the message.
        language: `en` or `zh`.
        reads: whether an instruction is understood.
    """
    best, most = "", -1
    targets = [item for item in items if item.senses & TARGETS]
    several = any(item.values != targets[0].values for item in targets)
    own = any(item.senses & TARGETS for item in near)
    if several and not own and any(frame.what for frame in _of_kind(kind)):
        return ""
    beside = [] if own or several else targets[:1]
    for row in ([*near, *beside], [*items]) if near else ([*items],):
        if near and several and len(row) == len(items):
            continue  # whose values are its own can't be told
        for frame in _of_kind(kind):
            said, used = _said(frame, row, language, reads)
            if said and used > most:
                best, most = said, used
        if most > 0 and any(item.values for item in row):
            break
    return best


def _said(frame: Frame, row: Sequence[Item], language: str, reads: Callable[[str], bool]) -> tuple[str, int]:
    """A frame with the values of a row, and how many parts of it stand there; "" if it can't be said."""
    parts = [any(item.senses & part for item in row) for part in frame.when]
    needed = [there for part, there in zip(frame.when, parts, strict=True) if "{" in next(iter(part))]
    if not all(needed):
        return "", 0
    values = _values(row, language)
    targets = [values[slot] for slot in ("{clip}", "{span}") if slot in values]
    if frame.what and not targets and any(item.senses & _PART for item in row):
        return "", 0
    for what in (targets or WHOLE[language]) if frame.what else [""]:
        given = values | ({"{what}": what} if frame.what else {})
        for said, slots in sentences(frame, given, language):
            if reads(said):
                return said, sum(parts) + len(slots)
    return "", 0


def _values(row: Sequence[Item], language: str) -> dict[str, str]:
    found = slot_values(row, language)
    clips = found.pop("{clip}", [])
    return {slot: values[0] for slot, values in found.items()} | clip_slots(clips)
