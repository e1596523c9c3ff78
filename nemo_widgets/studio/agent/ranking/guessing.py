"""What a message may wish for by its words alone: to ask about it, or to doubt what was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.meanings.clauses import clauses_of
from nemo_widgets.studio.agent.meanings.frames import chain
from nemo_widgets.studio.agent.meanings.items import items_of

from .features import masked
from .filling import filled, is_first
from .ranker import ranked

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from nemo_widgets.studio.agent.language.tokens import Veiled
    from nemo_widgets.studio.agent.meanings.item import Item

    from .ranker import Ranked

__all__ = ["Guess", "guess_of"]

_ASKS, _DOUBTED = 3.5, 5.5
"""From where on so much more speaks for an edit than for idle talk that it is asked about; and where words of
idle talk or a 'not' stand in it."""
_ACTS, _ACTS_BESIDE = 0.0, 7.0
"""What speaks less for an edit is not done at once; nor, below the second, where frames leave words over."""
_SURE, _LIKELY, _MAYBE, _LEAST = 0.9, 0.5, 0.12, 0.05
"""From the first on one is asked about alone; of a chain each is likely; beside others it may be so;
what is less likely than the last was read by mistake."""
_OTHER = 0.85
"""From here on a clause likely wishes for an edit that was not read: of several wishes one would be lost."""
_STAYS = frozenset({"no", "rest", "untouched", "stay"})
_ALIKE = (
    frozenset({"cut", "keep", "best-scene", "reel", "pauses", "black", "blurry", "kiss", "keep-kiss"}),
    frozenset({"vertical", "vertical-bars", "square", "wide", "follow"}),
    frozenset({"transitions", "transitions-out"}),
    frozenset({"undo", "redo", "restart"}),
    frozenset({"warmer", "cooler", "vivid", "dull", "grey", "sepia"}),
    frozenset({"music-set", "music-down", "music-up"}),
    frozenset({"title", "title-place", "title-big", "title-small"}),
    frozenset({"faster", "slower"}),
    frozenset({"zoom", "zoom-out"}),
    frozenset({"fade-in", "fade-out", "music-fade"}),
)
"""Kinds that are wished for in words so alike that one seems likely where the other is meant."""
_NEAR = 4
"""So many kinds, beside those that were read, may seem likelier."""
_MOST = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """What a message may wish for by its words alone.

    Attributes:
        items, rows: its items, and those of each clause.
        rank: the kinds of edit.
    """

    items: Sequence[Item]
    rows: Sequence[Sequence[Item]]
    rank: Ranked

    def agrees(self, kinds: Collection[str]) -> bool:
        """Whether it may well wish for these kinds of edit, and for no other one."""
        if self.rank.wish < _ACTS:
            return False
        named = [kind for kind, _ in self.rank.kinds]
        likely = {kind for kind, chance in self.rank.kinds if chance >= _SURE} | self._others(kinds)
        known = [kind for kind in kinds if kind in named]
        near = named[: _NEAR + 1] if len(known) == 1 else named[: len(known) + 1]
        chances = dict(self.rank.kinds)
        return all(kind in near or chances[kind] >= _LEAST for kind in known) and likely <= set(kinds)

    def _others(self, kinds: Collection[str]) -> set[str]:
        """Kinds that a clause likely wishes for though they are none of these and like none of them."""
        alike = {kind for family in _ALIKE if family & set(kinds) for kind in family}
        found = set()
        for at, (row, (kind, chance)) in enumerate(zip(self.rows, self.rank.clauses, strict=False)):
            stays = any(item.senses & _STAYS for item in row)
            stretch = at and kind == "keep"  # 'but only from 0:15 to 1:00': when the edit before it is
            if chance >= _OTHER and not stays and not stretch:
                found.add(kind)
        return found - {*kinds, *alike}

    def sure(self, kinds: Collection[str]) -> bool:
        """Whether it wishes for these kinds of edit and no other, whatever else is said beside them."""
        chances = dict(self.rank.kinds)
        others = any(chance >= _LIKELY for kind, chance in chances.items() if kind not in kinds)
        known = [chances[kind] for kind in kinds if kind in chances]
        return self.rank.wish >= _ACTS_BESIDE and bool(known) and min(known) >= _SURE and not others

    def instructions(self, language: str, reads: Callable[[str], bool]) -> list[str]:
        """The instructions that it may mean, the likeliest first; none where it is likely idle.

        `reads` says whether an instruction is understood.
        """
        kinds, rows = self.rank.kinds, self.rows
        unsure = any(item.senses & {"idle", "no"} for item in self.items)
        if not rows or self.rank.wish < (_DOUBTED if unsure else _ASKS):
            return []
        clauses = list(zip(rows, self.rank.clauses, strict=False))
        alone = not any(item.values for item in self.items) and len(rows) == 1
        each = [
            filled(kind, row, self.items, language, reads)
            for row, (kind, chance) in clauses
            if chance >= _LIKELY and not is_first(kind)
        ]
        if not all(each):
            return []  # what is asked about would lose a part of it
        each = list(dict.fromkeys(each))
        found = [chain(each, language)] if len(each) > 1 else []
        least = _LIKELY if kinds[0][1] >= _SURE else _MAYBE
        for kind, chance in kinds[:_MOST]:
            if chance >= least and (alone or chance >= _SURE or not is_first(kind)):
                near = next((row for row, (its, _) in clauses if its == kind), ())
                found.append(filled(kind, near, self.items, language, reads))
        return [said for said in dict.fromkeys(found) if said and reads(said)][:_MOST]


def guess_of(veiled: Veiled, names: Mapping[str, str], titles: Sequence[str] = ()) -> Guess:
    """What a veiled message may wish for; see `meanings.reading_of`."""
    items = items_of(veiled.text, veiled, names, titles)
    rows = [clause.items for clause in clauses_of(items)]
    masks = [masked(veiled.text[: row[-1].end], row, row[0].start) for row in rows]
    return Guess(items, rows, ranked(masked(veiled.text, items), masks if len(rows) > 1 else []))
