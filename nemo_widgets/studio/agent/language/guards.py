"""Clauses that say what is to stay as it is: 'keep the music', 'don't cut the pauses'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.timeline.refs import ClipRef

from .intents import Guard, Intent, Spare
from .objects import listed
from .tokens import SPAN
from .words import REMOVE, REMOVE_ZH

if TYPE_CHECKING:
    from .tokens import Veiled

__all__ = ["guard", "negated"]


_GUARD = rx(r"(?:keep|leave|retain|保留|留着)\s*(?:(?:all\s+of|all)\s+)?")
_GUARD_TAIL = rx(
    r"\s*(?:(?:alone|as\s+(?:it|they)\s+(?:is|are)|as-is|as\s+is|in|in\s+place|there|untouched|unchanged|where\s+(?:it|they)\s+(?:is|are)|不变|不动|原样)(?![a-z]))?\s*"
)
_HAN = re.compile("[\u4e00-\u9fff]")
_ZH_GUARD = rx(rf"(?P<place>{SPAN})保持(?:不变|不动|原样)")
_ZH_KEPT = rx(
    r"(?P<what>[^,，。;!\s]{1,12}?)(?:就|还|要|都|先|继续)?(?:(?:留|保留)(?:着|下来?|住|原样)?|(?:保持|维持)?(?:不变|不动|原样)|不要动|别动|不用动|别碰|不要删|别删)(?:就好|就行|吧)?"
)
_NOT = rx(
    rf"(?:(?:but\s+)?(?:please\s+)?(?:do\s+not|don't|dont|never|without|do\s+n't|must\s+not|shouldn't|should\s+not)\s+"
    rf"(?:{REMOVE}|removing|deleting|cutting(?:\s+out)?|touch(?:ing)?|chang(?:e|ing)|los(?:e|ing)|mut(?:e|ing)|add(?:ing)?)\s+|"
    rf"(?:但)?(?:请)?(?:不要|别|不用|不必|无需|勿|不准|不能|不许)(?:{REMOVE_ZH}|动|改|碰|加)\s*)"
)


def guard(clause: str, veiled: Veiled) -> list[Intent] | None:
    """What is to be kept beside what is asked for, or None if the clause says no such thing."""
    if m := _ZH_GUARD.fullmatch(clause):
        return _kept([m["place"]], veiled)
    head = _GUARD.match(clause)
    if head is None:
        return _stays(clause)
    rest = clause[head.end() :]
    if re.fullmatch(
        r"(?:everything|all|it\s+all|it|the\s+rest|所有|全部|其他|其余)(?:\s+else)?(?:\s+(?:as\s+it\s+is|alone|as\s+is))?|(?:不变|不动|原样)",
        rest,
        re.IGNORECASE,
    ):
        return [Guard(() if re.search("rest|else|其他|其余", rest, re.IGNORECASE) else ("all",))]
    objects, end = _objects(clause, head.end())
    tail = _GUARD_TAIL.match(clause, end)
    if not objects or tail is None or tail.end() != len(clause):
        return None
    kinds = tuple(kind for kind, _ in objects)
    if "range" in kinds and not tail.group().strip():
        return None
    return _kept([m["when"] for _, m in objects], veiled) if {*kinds} == {"range"} else [Guard(kinds)]


def _stays(clause: str) -> list[Intent] | None:
    """What is to stay by a Chinese clause that names it first: 配乐留着."""
    m = _ZH_KEPT.fullmatch(clause)
    objects, end = _objects(m["what"], 0) if m else ([], 0)
    kinds = tuple(kind for kind, _ in objects)
    return [Guard(kinds)] if m and objects and end == len(m["what"]) and "range" not in kinds else None


def _objects(clause: str, at: int) -> tuple[list[tuple[str, re.Match[str]]], int]:
    """What a clause names from there on; a Chinese comma ends it, as 、 joins what is named."""
    objects, end = listed(clause, at)
    return ([], at) if _HAN.search(clause) and re.search("[,，]", clause[at:end]) else (objects, end)


def _kept(places: list[str], veiled: Veiled) -> list[Intent]:
    """These places are to stay as they are: clips beside what is done to others."""
    values = [veiled.value(place) for place in places]
    if all(isinstance(value, ClipRef) for value in values):
        return [Spare(tuple(values))]
    return [Guard(("range",))]


def negated(clause: str) -> list[Intent] | None:
    """What must not be changed, or None if the clause is no 'don't'."""
    head = _NOT.match(clause)
    if head is None:
        return None
    objects, end = _objects(clause, head.end())
    return (
        [Guard(tuple(kind for kind, _ in objects), negated=True)] if objects and end == len(clause) else None
    )
