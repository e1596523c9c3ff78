"""What a message means by frames: whole instructions, and whether that is beyond doubt.

A message is read clause by clause. A clause that wishes for something is accounted for by frames, with what
the remarks before it speak of in the place of 'it'. All that a message holds has to be accounted for: what
is not is told, and then nothing is beyond doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .clauses import clauses_of, of_somebody
from .contrast import contrasts
from .frames import chain, covers
from .items import items_of
from .licence import bound_to, is_idle, is_mild, look_back, loose_numbers, unaccounted, unlicensed
from .sorts import FAULT, HAN, NOUNS, PREPOSITION, TARGETS, THINGS, VERBS
from .spoken import Spoken, Wish
from .telling import tell
from .ways import is_fade_of_music, remarks_used, ways

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from nemo_widgets.studio.agent.language.tokens import Veiled

    from .clauses import Clause
    from .frames import Cover
    from .item import Item

__all__ = ["Reading", "reading_of"]

_LONGEST = 400
_MOST_ITEMS = 80
"""A message of more characters or items says too much to be sure of."""
_MARKS = ("&", "ha", "haha", "x", "w")
_SUBJECTS = frozenset(
    {
        "i",
        "we",
        "you",
        "he",
        "she",
        "they",
        "it",
        "it's",
        "that's",
        "this",
        "that",
        "there's",
        "is",
        "are",
        "my",
        "our",
    }
    | {"his", "her", "their", "u", "not", "no", "whatever", "for", "like"}
)
"""What a clause begins with that only says how something is."""
_POLITE = re.compile(
    r"(?:many\s+)?thanks?(?![a-z])|cheers|sorry|ta$|turns\s+out|i'?ll(?![a-z])|so\s+i\s|no\s+wait|nothing",
    re.IGNORECASE,
)
_DOES = ("把", "将", "变", "变成", "弄", "做", "搞")
_ALONE = ("only that one", "just that one", "only this one", "just this one")
_MEASURES = frozenset({"{span}", "{tail}", "{long}", "{at}", "{share}", "{factor}"})
_TOO = ("too", "as well", "also", "也")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message means.

    Attributes:
        sentences: one instruction for each wish, in order.
        left: words that they leave out.
        certain: whether nothing else can be meant.
        mild: whether what is left out and in doubt may be no more than remarks.
        idle: whether it may wish for nothing.
        doubts: why it is not certain, for whoever looks into it.
        kinds: the kinds of edit that it wishes for, as the ranker calls them.
    """

    sentences: tuple[str, ...]
    left: tuple[str, ...]
    certain: bool
    mild: bool
    idle: bool
    doubts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


def reading_of(
    veiled: Veiled,
    language: str,
    reads: Callable[[str], bool],
    names: Mapping[str, str],
    titles: Sequence[str] = (),
) -> Reading | None:
    """What a veiled message means by frames; None if it wishes for nothing that is known.

    `reads` says whether an instruction is understood. `names` are clips by what they are called, `titles` the
    texts that are shown.
    """
    text = veiled.text
    if len(text) > _LONGEST:
        return None
    language = "zh" if language.lower().startswith("zh") else "en"
    items = items_of(text, veiled, names, titles)
    if len(items) > _MOST_ITEMS:
        return None
    clauses = clauses_of(items)
    spoken = Spoken(text, language, reads)
    spoken.asked = any(clause.wishes and clause.says("wish") for clause in clauses)
    for clause in clauses:
        _read(clause, spoken)
    look_back(spoken)
    spoken.left += loose_numbers(items, spoken)
    spoken.doubts += bound_to(items, spoken)
    if not spoken.instructions:
        return None
    said = tuple(dict.fromkeys(one.said for one in spoken.instructions))
    idle = [item.words for item in items if "idle" in item.senses]
    left = tuple(dict.fromkeys(veiled.reveal(words).strip() for words in (*spoken.left, *idle)))
    if not reads(chain(said, language)):
        spoken.doubts.append("the whole is not read")
    doubts = [*spoken.doubts, *(f"idle {words}" for words in idle)]
    wishless = bool(idle) or is_idle(spoken, left, len(clauses))
    kinds = tuple(frame.rank for wish in spoken.wishes for frame in wish.frames)
    certain, mild = not left and not doubts, is_mild(spoken, items)
    return Reading(said, left, certain, mild, wishless, tuple(doubts), kinds)


def _read(clause: Clause, spoken: Spoken) -> None:
    if clause.spares:
        spoken.spared.append(clause)
        return
    if spoken.wishes and contrasts(clause):
        spoken.contrasts.append(clause)
        return
    if not clause.content and _may_wish(clause, spoken):
        spoken.left.append(spoken.words(clause.items))
    if not clause.content and (not clause.says("it") or clause.items[-1].words in _ALONE):
        return
    if not (clause.wishes and _wish(clause, spoken)):
        _remark(clause, spoken)


def _may_wish(clause: Clause, spoken: Spoken) -> bool:
    """Whether a clause that holds nothing known may be a wish: 'and make it sparkle'."""
    unknown = any((i.unknown or "{mood}" in i.senses) and i.words not in _MARKS for i in clause.items)
    if not unknown or not clause.wishes or _POLITE.match(spoken.words(clause.items)):
        return False
    if any(HAN.search(item.words) for item in clause.items):
        return clause.says("add") or clause.items[0].words in _DOES
    orders = any(i.senses & {"add", "light", "wish"} and not i.bent for i in clause.items)
    goes_on = bool(spoken.wishes) and not any(i.words in _SUBJECTS for i in clause.items)
    return (orders and not of_somebody(clause.items)) or goes_on


def _remark(clause: Clause, spoken: Spoken) -> None:
    """Keep what a clause speaks of that is no wish, or none that is known."""
    if clause.reason and spoken.wishes:
        if any(item.senses & _MEASURES for item in clause.items):
            spoken.left.append(spoken.words(clause.items))
        return
    told = any(
        item.senses & (VERBS | {"move"}) and not item.bent and item.words not in ("off", "out")
        for item in clause.items
    )
    if told and not clause.wishes and not clause.reason and any(not c.left for c in covers(clause.items)):
        spoken.doubts.append(f"told: {spoken.words(clause.items)}")
    spoken.remarks += clause.content
    spoken.talk |= {item.start for item in clause.content}
    if clause.wishes and any(not (i.senses & NOUNS or FAULT.match(i.words)) for i in clause.content):
        spoken.unread.append(clause)
    elif clause.wishes and spoken.wishes and clause.content:
        spoken.further.append(clause)
    unknown = any(item.unknown for item in clause.items)
    for item in clause.items:
        if item.senses & TARGETS and not clause.says("praise"):
            spoken.target = item
            spoken.remarked.add(item.start)
            if unknown and "{clip}" in item.senses and PREPOSITION.search(spoken.text[: item.start]):
                spoken.within.add(item.start)
        elif item.senses & THINGS:
            spoken.thing = item
            spoken.things[next(iter(item.senses & THINGS))] = item


def _wish(clause: Clause, spoken: Spoken) -> bool:
    """Whether a clause wishes for something that is known; what that is is told."""
    found = [
        Wish(items, cover)
        for items, remarks in ways(clause, spoken)
        if (cover := _best(items, remarks, spoken)) is not None
    ]
    if not found:
        return bool(spoken.wishes) and (_adds(clause, spoken) or _goes_on(clause, spoken))
    wish = max(found, key=lambda way: remarks_used(way, spoken))
    if wish is found[0]:
        wish = next((way for way in found[1:] if is_fade_of_music(way, clause, spoken)), wish)
    families = {frame.family for frame in wish.frames}
    more = bool(spoken.wishes) and families <= {frame.family for frame in spoken.wishes[-1].frames}
    if not (more and _adds(clause, spoken)):
        _take(clause, wish, spoken)
    return True


def _best(
    items: tuple[Item, ...], remarks: int, spoken: Spoken, families: Collection[str] = ()
) -> Cover | None:
    """The best way to account for all but the first items, which were only remarked; None for none."""
    known = spoken.names()
    whole = [
        cover
        for cover in covers(items, families)
        if all(place < remarks for place in cover.left)
        and all(not f.joins or f.joins & (known | {g.name for g, _ in cover.found}) for f, _ in cover.found)
    ]
    told = {tuple(sorted(frame.family for frame, _ in cover.found)) for cover in whole}
    if len(told) > 1:
        spoken.doubts.append(f"either of {sorted(told)}")
    return whole[0] if whole else None


def _take(clause: Clause, wish: Wish, spoken: Spoken) -> None:
    spoken.used |= {item.start for item in wish.used}
    spoken.used |= {wish.items[place].start for place in wish.cover.targets}
    spoken.remarks = [remark for remark in spoken.remarks if remark.start not in spoken.used]
    spoken.doubts += unlicensed(clause, wish, spoken)
    spoken.left += unaccounted(clause, wish, spoken)
    tell(wish, clause, spoken)
    for item in clause.items:
        if item.senses & TARGETS:
            spoken.target = item
            if any(frame.takes for frame in wish.frames):
                spoken.gone.add(item.start)
    spoken.thing = next((item for item in reversed(wish.used) if item.senses & THINGS), spoken.thing)
    spoken.wishes.append(wish)


def _goes_on(clause: Clause, spoken: Spoken) -> bool:
    """Whether a clause wishes for something else what the wish before it does: 'and the pauses too'."""
    last = spoken.wishes[-1]
    own = {item.start for item in last.used}
    verbs = tuple(item for item in last.items if item.start in own and not item.values)
    cover = _best((*verbs, *clause.items), 0, spoken)
    if not verbs or cover is None or any(i.unknown or i.senses & {"add", "light"} for i in clause.items):
        return False
    same = {frame.name for frame, _ in cover.found} == {frame.name for frame in last.frames}
    if not (same and all(item.values for item in clause.content)) and not any(
        i.words in _TOO for i in clause.items
    ):
        return False
    _take(clause, Wish((*verbs, *clause.items), cover), spoken)
    return True


def _adds(clause: Clause, spoken: Spoken) -> bool:
    """Whether a clause says more of the very wish before it: 'add music, at 20 %'."""
    last = spoken.wishes[-1]
    families = {frame.family for frame in last.frames}
    more = (*last.items, *clause.items)
    cover = _best(more, 0, spoken, families)
    if cover is None or cover.targets[1:] or len(cover.found) != len(last.frames):
        return False
    told_otherwise = last.instructions != len(last.frames)
    if told_otherwise or {frame.family for frame, _ in cover.found} != families:
        return False
    del spoken.instructions[len(spoken.instructions) - last.instructions :]
    spoken.wishes.pop()
    _take(clause, Wish(more, cover), spoken)
    return True
