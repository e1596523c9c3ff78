"""A clause that is accounted for as instructions: what each is for, and the values that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .frames import WHOLE, clip_slots, sentences
from .item import slot_values
from .sorts import FAULT, NOUNS, TARGETS
from .spoken import Instruction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .clauses import Clause
    from .frames import Frame
    from .item import Item
    from .spoken import Spoken, Wish

__all__ = ["tell"]

_OF_CLIPS = ("cut-clip", "keep-clip")
_LIST = {"en": " and ", "zh": "和"}
_MANY = ("them", "these", "those", "both", "它们")
_NO_TARGET = frozenset(said for both in WHOLE.values() for said in both)


def tell(wish: Wish, clause: Clause, spoken: Spoken) -> None:
    """Add the instructions of a wish to what was read."""
    before = len(spoken.instructions)
    for frame, places in wish.cover.found:
        mine = [wish.items[place] for place in sorted(places)]
        values = _values(mine, spoken)
        if frame.what or frame.name in _OF_CLIPS:
            _aim(frame, clause, values, [*(wish.items[place] for place in wish.cover.targets), *mine], spoken)
        _tell_one(frame, mine, values, clause, spoken)
    wish.instructions = len(spoken.instructions) - before


def _tell_one(
    frame: Frame, mine: Sequence[Item], values: dict[str, str], clause: Clause, spoken: Spoken
) -> None:
    forms = sentences(frame, values, spoken.language)
    if not forms and frame.joins:
        return
    said, slots = next((form for form in forms if spoken.reads(form[0])), (forms or [("", frozenset())])[0])
    kind = (frame.family, values.get("{what}") or values.get("{clip}") or values.get("{span}", ""))
    orders = any(i.senses & {"wish", "light", "add"} and "little" not in i.senses for i in clause.items)
    does = [item.words for item in mine if item.senses.isdisjoint(NOUNS)]
    fault = bool(does) and all(map(FAULT.match, does)) and not orders
    same = next((one for one in spoken.instructions if one.kind == kind), None)
    if same is not None and fault:
        return
    if same is not None and same.fault:  # what is wrong, and then what is to be done about it
        same.said, same.fault = said, False
        return
    if same is not None and same.said != said:
        spoken.doubts.append(f"{frame.family} twice")
    told = {"{clip}", "{span}", "{other}"} if "{what}" in slots else set[str]()
    if frame.what and values.get("{what}") not in _NO_TARGET and not slots & {"{what}", "{clip}", "{span}"}:
        spoken.doubts.append(f"unsaid {values['{what}']}")
        spoken.left.append(values["{what}"])
    for item in mine:
        unsaid = item.values.keys() - told - {"{half}"}
        if item.senses - {"{mood}"} and "{mood}" in unsaid:  # soft: as a dissolve is, too
            continue
        if unsaid and item.senses.isdisjoint({"little", "add"}) and not item.values.keys() & slots:
            spoken.doubts.append(f"unsaid {item.words}")
            spoken.left.append(item.words)
    if not said or not (spoken.reads(said) or frame.joins):
        spoken.doubts.append(f"unread {frame.name}")
        spoken.left.append(spoken.words(clause.items))
        return
    spoken.instructions.append(Instruction(said, kind, fault))


def _values(items: Sequence[Item], spoken: Spoken) -> dict[str, str]:
    """The values of a frame's items, by their slots."""
    found = slot_values(items, spoken.language)
    clips = found.pop("{clip}", [])
    spoken.doubts += [f"two of {slot}" for slot, values in found.items() if len(values) > 1]
    return {slot: values[0] for slot, values in found.items()} | clip_slots(clips)


def _aim(frame: Frame, clause: Clause, values: dict[str, str], items: Sequence[Item], spoken: Spoken) -> None:
    """Set what an edit is for: `{what}`, and `{clip}` or `{span}` where it is one."""
    at = 0 if spoken.language == "en" else 1
    named = [item for item in items if item.senses & TARGETS] or _meant(frame, clause, spoken)
    spoken.aimed |= {i.values[slot] for i in named for slot in ("{clip}", "{span}") if slot in i.values}
    if frame.takes and any(i.start in spoken.within for i in named) and clause.says("it"):
        spoken.doubts.append("it, or something in it")
    clips = list(dict.fromkeys(i.values["{clip}"][at] for i in named if "{clip}" in i.values))
    spans = list(dict.fromkeys(i.values["{span}"][at] for i in named if "{span}" in i.values))
    if clips:
        values["{clip}"] = _LIST[spoken.language].join(clips)
    if spans:
        values["{span}"] = spans[0]
    if clips and spans:
        spoken.doubts.append("a clip and a stretch")
    what = [*clips, *spans]
    values["{what}"] = _LIST[spoken.language].join(what) if what else WHOLE[spoken.language][0]
    if not what and (spoken.target is not None or clause.says("whole", "rest")):
        whole = values | {"{what}": WHOLE[spoken.language][1]}
        if any(spoken.reads(said) for said, _ in sentences(frame, whole, spoken.language)[:1]):
            values["{what}"] = whole["{what}"]


def _meant(frame: Frame, clause: Clause, spoken: Spoken) -> list[Item]:
    """What an edit is for that its clause does not name; nothing for all of the film."""
    it, target = clause.says("it"), spoken.target
    whole = clause.says("whole", "film")
    spoken.leans |= it
    if clause.says("rest"):
        return []
    if target is None or whole:
        spoken.leans |= not whole
        of_unknown = it and any(item.unknown for item in clause.items)
        if frame.named or of_unknown or not (it or whole or frame.film):
            spoken.doubts.append(f"what is {frame.name} for")
            spoken.leans = True
        return []
    spoken.leans = True
    if many := [item.words for item in clause.items if item.words in _MANY]:
        spoken.doubts.append(f"what is {frame.name} for")
        spoken.left += many
    if not it and target.start not in spoken.remarked and spoken.language == "en":
        spoken.doubts.append(f"is {frame.name} for the same")
    if target.start in spoken.gone:
        spoken.doubts.append("what is gone")
    return [target]
