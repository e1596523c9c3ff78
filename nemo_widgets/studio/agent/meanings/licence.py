"""What speaks against doing what a clause seems to wish for: no leave, unknown words, what is to stay."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.language.numbers import NUMBER

from .contrast import holds
from .sorts import (
    ACTIONS,
    BOUND,
    FAULT,
    HAN,
    NOUNS,
    OTHER_FORM,
    PREPOSITION,
    QUALITIES,
    TARGETS,
    VAGUE,
    VERBS,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from .clauses import Clause
    from .item import Item
    from .spoken import Spoken, Wish

__all__ = ["bound_to", "is_idle", "is_mild", "look_back", "loose_numbers", "unaccounted", "unlicensed"]

_LEAVE = ("wish", "add", "light")
_QUALIFIED = frozenset({"music", "transition", "{transition}", "title", "subtitles", "zoom"})
"""What an unknown word before it may make another thing."""
_MILD = ("a thing alone", "a thing and unknown words", "out alone", "unknown before ", "a bare name")
"""Doubts whether there is a wish at all: a second opinion can settle them."""
_NUMBER = re.compile(r"\d")
_MANY = re.compile(rf"(?!one$|一$){NUMBER}", re.IGNORECASE)
_HEAVY = frozenset({"no", "idle", "rest", "praise"})
"""What none may leave out: it can turn the meaning round."""
_FADES = ("fade-in", "fade-out", "fade")


def unlicensed(clause: Clause, wish: Wish, spoken: Spoken) -> Iterator[str]:
    """Why the words of a clause may wish for nothing, or for something else."""
    items, frames = clause.items, wish.frames
    unknown = any(item.unknown for item in items)
    asked = spoken.asked or clause.says(*_LEAVE)
    named = any(item.senses & (ACTIONS | QUALITIES) for item in items)
    with_fade = all(f.family in _FADES for f in frames) and items[0].words == "with"
    if clause.says("label"):
        yield "a label"
    elif with_fade or not (spoken.wishes or asked or named):
        yield "a thing alone"
    if any(item.senses & VERBS and item.start in spoken.talk for item in wish.used):
        yield "a verb of a remark"
    if any(item.senses == {"remove"} and item.words in ("out", "off") for item in items):
        yield "out alone"
    if spoken.language == "en" and clause.says("bare-name"):
        yield "a bare name"
    if clause.says("title") and any("write" in i.senses and i.bent for i in items) and not asked:
        yield "what it says"
    if unknown and any(frame.bare for frame in frames) and not clause.says(*_LEAVE):
        yield "a thing and unknown words"
    if any(frame.name == "begin-at" for frame in frames):
        yield "what begins"
    yield from _unclear(clause, wish, spoken)
    yield from _before_its_verb(clause, wish)


def _unclear(clause: Clause, wish: Wish, spoken: Spoken) -> Iterator[str]:
    """What of a wish may mean one thing or another."""
    kept = any(frame.family == "keep" and frame.name != "best-scene" for frame in wish.frames)
    if kept and not any(i.senses & {"keep-only", "rest"} for i in wish.items):
        yield "keep, or keep only"
    if clause.says("it") and any("rest" in remark.senses for remark in spoken.remarks):
        yield "it, or the rest"
    things = {s for remark in spoken.remarks for s in remark.senses & {"music", "voice", "title"}}
    if clause.says("it") and len(things) > 1:
        yield "which it"


def _before_its_verb(clause: Clause, wish: Wish) -> Iterator[str]:
    takes = any(frame.takes for frame in wish.frames)
    for at, item in enumerate(clause.items):
        before, behind = clause.items[:at], clause.items[at + 1 :]
        which = item.senses & {"front", "last-place", "amount"} and "little" in item.senses
        if which and behind and not behind[0].senses <= {"little"} and not behind[0].values:
            yield f"which: {item.words}"
        verb = item.senses & (VERBS | QUALITIES) and not item.values and not HAN.search(item.words)
        if verb and any(i.unknown for i in before) and not any("wish" in i.senses for i in before):
            yield f"unknown before {item.words}"
    known = [item for item in clause.items if item.unknown or not item.senses <= {"little"}]
    for item, next_ in pairwise(known):
        if item.unknown and next_.senses & _QUALIFIED and not takes:
            yield f"{item.words} {next_.words}"


def unaccounted(clause: Clause, wish: Wish, spoken: Spoken) -> Iterator[str]:
    """Unknown words that may say for what a wish is."""
    own = set(wish.used)
    aimed = any(item.senses & TARGETS for item in clause.items)
    known = [item for item in clause.items if item.unknown or not item.senses <= {"little"}]
    for at, item in enumerate(known):
        if not item.unknown:
            continue
        if HAN.match(item.words):
            of_it = spoken.text[item.end : item.end + 1] == "的"
            if len(item.words) > 1 and not aimed and (of_it or not all(f.takes for f in wish.frames)):
                yield item.words
            continue
        before, behind = known[at - 1] if at else None, known[at + 1] if at + 1 < len(known) else None
        is_object = before in own and behind not in own and before is not None and not before.values
        if PREPOSITION.search(spoken.text[: item.start]) or (is_object and not aimed):
            yield item.words


def look_back(spoken: Spoken) -> None:
    """Tell what of the whole message is not accounted for."""
    meant = {sense for wish in spoken.wishes for item in wish.used for sense in item.senses}
    named = {said for wish in spoken.wishes for item in wish.items for said in item.values.values()}
    aimed = spoken.aimed | {said for said in named if all(said)}
    spoken.left += [remark.words for remark in spoken.remarks if "rest" in remark.senses]
    for clause in spoken.further:
        if any(_is_forgotten(item, meant, aimed, spoken) for item in clause.content):
            spoken.left.append(spoken.words(clause.items))
    for clause in spoken.unread:
        if not all(_is_told(item, meant, spoken) for item in clause.content):
            spoken.left.append(spoken.words(clause.items))
    for item in spoken.remarks:
        acts = item.senses & ACTIONS and not OTHER_FORM.match(item.words) and not item.senses & meant
        valued = item.values and not aimed & set(item.values.values()) and "little" not in item.senses
        if (acts and "no" not in item.senses) or valued:
            spoken.left.append(item.words)
    several = any(item.senses & {"two", "both"} for wish in spoken.wishes for item in wish.items)
    several = several or any(item.senses & {"two", "both"} for item in spoken.remarks)
    if several and any(frame.first for wish in spoken.wishes for frame in wish.frames):
        spoken.doubts.append("how many")
    if spoken.instructions and all(one.fault for one in spoken.instructions):
        spoken.doubts.append("a fault alone")
    spoken.left += _not_spared(spoken)
    spoken.left += [spoken.words(clause.items) for clause in spoken.contrasts if not holds(clause, spoken)]


def bound_to(items: Sequence[Item], spoken: Spoken) -> Iterator[str]:
    """Where only a part of what is named is meant, and nobody knows which: 'when he shouts'."""
    used = {sense for wish in spoken.wishes for item in wish.items for sense in item.senses}
    if "{clip}" not in used or "{span}" in used:
        return
    for m in BOUND.finditer(spoken.text):
        near = (item for item in items if item.start >= m.end() or (item.unknown and item.end > m.start()))
        behind = next(near, None)
        if behind is not None and behind.unknown:
            yield f"a part: {m.group()} {behind.words}"


def loose_numbers(items: Sequence[Item], spoken: Spoken) -> Iterator[str]:
    """Numbers that no wish uses, and that count nothing unknown: three at the end, but not three requests."""
    for at, item in enumerate(items):
        counts = at + 1 < len(items) and items[at + 1].unknown
        if item.unknown and _MANY.fullmatch(item.words) and not counts and item.start not in spoken.used:
            yield item.words


def _is_forgotten(
    item: Item, meant: Collection[str], aimed: Collection[tuple[str, str]], spoken: Spoken
) -> bool:
    """Whether a thing that is named behind a wish is no part of any."""
    known = item.start in spoken.used or item.senses & (set(meant) | VAGUE) or HAN.search(item.words)
    return not known and not set(item.values.values()) & set(aimed)


def _is_told(item: Item, meant: Collection[str], spoken: Spoken) -> bool:
    """Whether a word of a clause that is not read is no wish, or is one that is told elsewhere."""
    return bool(item.start in spoken.used or item.senses & (NOUNS | set(meant)) or FAULT.match(item.words))


def _not_spared(spoken: Spoken) -> Iterator[str]:
    """What is to stay as it is, and something may be done to it."""
    touched = {frame.touches for wish in spoken.wishes for frame in wish.frames}
    keeps = any(frame.family == "keep" for wish in spoken.wishes for frame in wish.frames)
    for clause in spoken.spared:
        if keeps and any(item.senses & TARGETS for item in clause.items):
            spoken.doubts.append("what is kept")
        known = NOUNS | {"untouched", "rest", "stay", "no", "keep", "idle", "ordinal", "two", "both"}
        unsure = any(not item.senses & known for item in clause.content)
        for item in clause.items:
            thing = item.senses & {"music", "voice", "sound", "title"} & touched
            clip = item.senses & TARGETS and not _is_elsewhere(item, spoken)
            unsure = bool(unsure or thing or clip or "no" in item.senses)
        if unsure:
            yield spoken.words(clause.items)


def _is_elsewhere(item: Item, spoken: Spoken) -> bool:
    """Whether nothing is wished for a clip that is to stay."""
    valued = [i for wish in spoken.wishes for i in wish.items if i.values]
    if any(_same(i.words, item.words) for i in valued):
        return False
    aimed = [i for i in valued if i.senses & TARGETS]
    return bool(aimed) and len(aimed) >= len(spoken.wishes)


def _same(one: str, other: str) -> bool:
    """Whether two names may be of one clip: the sea, sea.mp4."""
    a, b = (re.sub(r"^(?:the|my)\s+|\.\w+$", "", words.lower()) for words in (one, other))
    return a in b or b in a


def is_idle(spoken: Spoken, left: Collection[str], clauses: int) -> bool:
    """Whether nothing may be wished for, or what is would be done to something else than what is meant."""
    back = any(frame.first for wish in spoken.wishes for frame in wish.frames)
    negated = any("no" in item.senses for clause in spoken.unread for item in clause.items)
    unread = any(item.unknown for clause in spoken.unread for item in clause.items)
    unsure = (spoken.leans and unread) or any(doubt.startswith("what is ") for doubt in spoken.doubts)
    return bool(left and (unsure or back or negated)) or ("a thing alone" in spoken.doubts and clauses == 1)


def is_mild(spoken: Spoken, items: Collection[Item]) -> bool:
    """Whether all that is left over or in doubt may be a remark: no value and no 'not' is in it."""
    if not all(doubt.startswith(_MILD) for doubt in spoken.doubts):
        return False
    heavy = [item for item in items if item.values or item.senses & _HEAVY]
    words = {said for item in heavy for said in (item.words, spoken.text[item.start : item.end])}
    idle = any("idle" in item.senses for item in items)
    if any(_NUMBER.search(left) or _MANY.fullmatch(left) for left in spoken.left):
        return False
    return not idle and not any(word in left for word in words for left in spoken.left)
