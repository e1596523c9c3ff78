"""The rows of items that a clause may stand for: as it is, with what 'it' is, behind what was remarked."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from .sorts import TARGETS, THINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .clauses import Clause
    from .item import Item
    from .spoken import Spoken, Wish

__all__ = ["is_fade_of_music", "remarks_used", "ways"]

_BLACK = re.compile(r"black|dark|dim|黑")


def is_fade_of_music(way: Wish, clause: Clause, spoken: Spoken) -> bool:
    """Whether a fade is of the music that 'it' is, not of the film."""
    put = spoken.thing is not None and any(item.start == spoken.thing.start for item in way.items)
    music = {frame.name for frame in way.frames} == {"music-fade"}
    return put and music and not any(_BLACK.search(item.words) for item in clause.items)


def remarks_used(way: Wish, spoken: Spoken) -> int:
    """How many values that were remarked before a reading uses."""
    used = {item.start for item in way.used}
    return sum(bool(remark.values) and remark.start in used for remark in spoken.remarks)


def ways(clause: Clause, spoken: Spoken) -> Iterator[tuple[tuple[Item, ...], int]]:
    """The rows of items that a clause may mean, and how many of them, at the front, were only remarked."""
    items = clause.items
    yield items, 0
    it = next((at for at, item in enumerate(items) if "it" in item.senses), None)
    for one in (spoken.target, _thing(clause, spoken)) if it is not None else ():
        named = one is not None and any(i.senses & one.senses & (TARGETS | THINGS) for i in items)
        if one is not None and it is not None and not named:
            yield (*items[:it], replace(one, stop=items[it].stop), *items[it + 1 :]), 0
    if it is None and spoken.language == "zh" and spoken.thing is not None and spoken.wishes:
        yield (spoken.thing, *items), 0
    if spoken.remarks:
        yield (*spoken.remarks, *items), len(spoken.remarks)


def _thing(clause: Clause, spoken: Spoken) -> Item | None:
    """What 'it' is if no clip: what is turned down is the music, what is turned up the voice."""
    named = "music" if clause.says("quieter") else "voice" if clause.says("louder") else ""
    return spoken.things.get(named, spoken.thing)
