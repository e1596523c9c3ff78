"""Clauses that take away or keep: ranges, pauses, music, titles, transitions, in lists of any length."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .cuts import PauseOptions, RemoveTransitions
from .intents import Guard, Intent, Keep, Pauses, Remove, Smooth
from .music import RemoveMusic
from .titles import RemoveTitle
from .veil import DURATION, QUOTE
from .words import AND, MUSIC, PAUSES, PLACES, REMOVE, REMOVE_ZH, TITLE, TRANSITIONS, VIDEO

if TYPE_CHECKING:
    from .veil import Veiled

__all__ = ["removal"]


_LONG_MS = 1000
"""What is a 'long' pause, where nothing more exact is said."""


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_EDGE = r"(?:(?<![a-z0-9])|(?![a-z0-9]))"
_LONGER = (
    rf"\s*(?:(?:that\s+are|which\s+are|of|that\s+last|lasting)\s+)?(?:longer\s+than|more\s+than|over|above|at\s+least|exceeding|of)\s+(?:than\s+)?(?P<min>{DURATION})"
    rf"(?:\s+(?:or\s+(?:more|longer)|long))?"
)
_ZH_LONGER = (
    rf"(?:(?:超过|大于|长于|多于|长过|至少)(?P<min>{DURATION})|(?P<least>{DURATION})(?:以上|及以上))的?"
)
_PAUSES = _rx(
    rf"(?:{_ZH_LONGER})?{PAUSES}(?:{_LONGER})?(?:(?:超过|大于|长于)(?P<more>{DURATION})的?)?{_EDGE}".replace(
        "(?P<min>", "(?P<min1>", 1
    )
)
_PADDING = _rx(
    rf"\s*,?\s*(?:(?:and|but|while)\s+)?(?:keep(?:ing)?|leav(?:e|ing)|with|retain(?:ing)?)\s+(?:(?:about|just|only|at\s+least|around)\s+)?(?P<pad>{DURATION})"
    r"(?P<each>\s+(?:of|in)\s+(?:each|every|the|all)(?:\s+(?:pauses?|silences?|one|gaps?))?(?:\s+of\s+them)?)?"
    r"(?:\s+(?:on|at)\s+(?:each|either|both|every)\s+(?:sides?|ends?)|\s+around\s+(?:the\s+)?(?:words|speech|sentences)|\s+(?:of\s+)?(?:padding|margin|silence|breathing\s+room)"
    r"(?:\s+(?:on|at)\s+(?:each|either|both)\s+(?:sides?|ends?))?)?"
    rf"|\s*,?\s*(?:但|但是|并|而)?(?P<zheach>每处|每个停顿|每段|每个|每次)?(?:前后|两边|两侧|两端|各)*(?:保留|留下|留)(?:各)?(?P<zhpad>{DURATION})(?:的?(?:停顿|静音|空白|间隔))?"
)
_OBJECTS = {
    "range": _rx(PLACES + _EDGE),
    "pauses": _PAUSES,
    "music": _rx(MUSIC + _EDGE),
    "title": _rx(TITLE + _EDGE),
    "transitions": _rx(TRANSITIONS + _EDGE),
}
_AND = _rx(AND)
_WITH_VERB = _rx(rf"{AND}(?:also\s+)?(?:{REMOVE}\s+|{REMOVE_ZH}\s*)?")
_SMOOTHLY = _rx(r"\s*,?\s*(?:(?:and\s+)?smoothly|平滑地?|平滑衔接)")
_FADED = _rx(
    rf"\s*,?\s*(?:with|using)\s+(?:an?\s+|the\s+)?(?:(?P<length>{DURATION})(?:\s+long)?\s+)?(?:(?:smooth|short|soft)\s+)*(?:cross-?\s?fades?|dissolves?|transitions?)"
    rf"(?:\s+of\s+(?P<of>{DURATION}))?(?:\s+(?:at|in)\s+(?:the\s+)?(?:joints?|joins?|cuts?))?"
)
_TAIL = _rx(
    rf"\s*(?:(?:out|away|off|altogether|completely|entirely|too|as\s+well)(?![a-z]))?(?:\s*(?:from|in|of|on)\s+(?:{VIDEO}|it)(?![a-z]))?\s*"
)
_HEAD = _rx(rf"(?:(?P<smooth>smoothly\s+|平滑地?)?(?:{REMOVE}(?![a-z])\s*|{REMOVE_ZH}\s*))")
_TAKE = _rx(r"(?:take|throw)\s+")
_OUT = _rx(r"\s+(?:out|away|off)(?![a-z])")
_ZH_OBJECTS_FIRST = _rx(
    rf"(?:把|将|对)?\s*(?P<objects>.+?)\s*(?:全部|全都|统统|通通|一起|都|给|也)*(?P<verb>{REMOVE_ZH}|删了|剪了|去了)\s*(?P<rest>.*)"
)
_KEEP = _rx(
    r"(?:(?P<only>(?:only|just)\s+(?:keep|use|retain|show|leave)|(?:keep|use|retain|show|leave)\s+(?:only|just|nothing\s+but)|"
    rf"(?:trim|cut|shorten|reduce|crop)\s+(?:(?:{VIDEO}|it)\s+)?(?:down\s+)?to(?:\s+(?:just|only))?|只保留|仅保留|只留下|只留|只要|只用|只使用|仅保留下|保留下来?)|(?P<plain>keep|retain|保留|留下))(?![a-z])\s*"
)
_EXCEPT = _rx(
    rf"(?:(?P<keep>keep|leave|保留)|{REMOVE})\s+(?:everything|all|anything|the\s+rest)(?:\s+(?:of|in)\s+{VIDEO})?\s+(?:except(?:\s+for)?|but|apart\s+from|other\s+than|besides|outside(?:\s+of)?|aside\s+from)\s+"
)
_ZH_EXCEPT = _rx(
    rf"除了?\s*(?P<objects>.+?)\s*(?:以外|之外|外)?\s*,?\s*(?:其他|其它|其余|剩下|别)?的?(?:部分|内容|地方|片段)?(?:全部|全都|统统|都|全)*(?P<verb>{REMOVE_ZH}|保留|不要)"
)
_GUARD = _rx(r"(?:keep|leave|retain|保留|留着)\s*(?:(?:all\s+of|all)\s+)?")
_GUARD_TAIL = _rx(
    r"\s*(?:(?:alone|as\s+(?:it|they)\s+(?:is|are)|as-is|as\s+is|in|in\s+place|there|untouched|unchanged|where\s+(?:it|they)\s+(?:is|are)|不变|不动|原样)(?![a-z]))?\s*"
)
_REST = _rx(
    rf"{REMOVE}\s+(?:the\s+rest|everything\s+else|all\s+(?:the\s+rest|else)|the\s+others?)|(?:把)?(?:其他|其它|其余|剩下)的?(?:部分|内容)?(?:全部|都|全)*{REMOVE_ZH}|{REMOVE_ZH}(?:其他|其它|其余|剩下)的?(?:部分|内容)?"
)
_NOT = _rx(
    rf"(?:(?:but\s+)?(?:please\s+)?(?:do\s+not|don't|dont|never|without|do\s+n't|must\s+not|shouldn't|should\s+not)\s+"
    rf"(?:{REMOVE}|removing|deleting|cutting(?:\s+out)?|touch(?:ing)?|chang(?:e|ing)|los(?:e|ing)|mut(?:e|ing)|add(?:ing)?)\s+|"
    rf"(?:但)?(?:请)?(?:不要|别|不用|不必|无需|勿|不准|不能|不许)(?:{REMOVE_ZH}|动|改|碰|加)\s*)"
)


def removal(clause: str, veiled: Veiled) -> list[Intent] | None:
    """What a clause that takes away or keeps asks for, or None if it is no such clause."""
    if _REST.fullmatch(clause):
        return [Keep(())]
    return (
        _guard(clause)
        or _negated(clause)
        or _except(clause, veiled)
        or _keep(clause, veiled)
        or _remove(clause, veiled)
    )


def _list(text: str, at: int, *, verbs: bool = False) -> tuple[list[tuple[str, re.Match[str]]], int]:
    """The objects named from `at` on, and where they end; with `verbs`, the verb may be said again."""
    found: list[tuple[str, re.Match[str]]] = []
    end = at
    while True:
        matches = [
            (m.end(), kind, m) for kind, p in _OBJECTS.items() if (m := p.match(text, at)) and m.end() > at
        ]
        if not matches:
            return found, end
        end, kind, match = max(matches, key=lambda f: f[0])
        found.append((kind, match))
        joint = (_WITH_VERB if verbs else _AND).match(text, end)
        if joint is None or joint.end() == end:
            return found, end
        at = joint.end()


def _remove(clause: str, veiled: Veiled) -> list[Intent] | None:
    head = _HEAD.match(clause)
    if head:
        objects, end = _list(clause, head.end(), verbs=True)
        if (
            objects
            and (said := _finished(objects, clause[end:], veiled, smooth=bool(head["smooth"]))) is not None
        ):
            return said
    if taken := _TAKE.match(clause):
        objects, end = _list(clause, taken.end())
        if objects and _OUT.match(clause, end):
            return _finished(objects, clause[end:], veiled)
    turned = _ZH_OBJECTS_FIRST.fullmatch(clause)
    if turned:
        objects, end = _list(turned["objects"], 0)
        if objects and end == len(turned["objects"]):
            return _finished(objects, turned["rest"], veiled)
    return None


def _finished(
    objects: list[tuple[str, re.Match[str]]], rest: str, veiled: Veiled, *, smooth: bool = False
) -> list[Intent] | None:
    """The objects' intents, if all that is said after them is understood."""
    said: list[Intent] = [Smooth()] if smooth else []
    pad: int | None = None
    pauses = any(kind == "pauses" for kind, _ in objects)
    while rest.strip(" ,"):
        faded, smoothly, tail = _FADED.match(rest), _SMOOTHLY.match(rest), _TAIL.match(rest)
        kept = _PADDING.match(rest) if pauses else None
        if faded:
            token = faded["length"] or faded["of"]
            said.append(Smooth(veiled.value(token) if token else 500))
        elif smoothly:
            said.append(Smooth())
        elif kept:
            pad = veiled.value(kept["pad"] or kept["zhpad"])
            pad = pad // 2 if kept["each"] or kept["zheach"] else pad
        elif not (tail and tail.group().strip()):
            return None
        end = next(m.end() for m in (faded, smoothly, kept, tail) if m)
        rest = rest[end:]
    return [*_named(objects, pad, veiled), *said]


def _named(objects: list[tuple[str, re.Match[str]]], pad: int | None, veiled: Veiled) -> list[Intent]:
    """The removal of each object, the ranges as one."""
    spans = tuple(veiled.value(m["when"]) for kind, m in objects if kind == "range")
    said: list[Intent] = [Remove(spans)] if spans else []
    for kind, match in objects:
        if kind == "pauses":
            said.append(Pauses(_options(match, pad, veiled)))
        elif kind == "music":
            said.append(RemoveMusic())
        elif kind == "transitions":
            said.append(RemoveTransitions())
        elif kind == "title":
            quote = re.search(QUOTE, match.group())
            said.append(RemoveTitle(veiled.value(quote.group()) if quote else ""))
    return said


def _options(match: re.Match[str], pad: int | None, veiled: Veiled) -> PauseOptions:
    least = next((match[g] for g in ("min", "min1", "least", "more") if match[g]), None)
    standard = PauseOptions()
    if not least and re.search(r"\b(?:long|longer|big)\b|长", match.group(), re.IGNORECASE):
        standard = PauseOptions(min_ms=_LONG_MS)
    return PauseOptions(
        veiled.value(least) if least else standard.min_ms, standard.padding_ms if pad is None else pad
    )


def _keep(clause: str, veiled: Veiled) -> list[Intent] | None:
    head = _KEEP.match(clause)
    turned = (
        re.fullmatch(r"(?:把|将)?\s*(.+?)\s*(?:保留下来|留下来|留下|保留)", clause) if head is None else None
    )
    text, at = (clause, head.end()) if head else (turned[1], 0) if turned else ("", 0)
    objects, end = _list(text, at)
    if not objects or any(kind != "range" for kind, _ in objects):
        return None
    only = bool(head and head["only"])
    said = _finished(objects, text[end:], veiled)
    if said is None:
        return None
    spans = tuple(veiled.value(m["when"]) for _, m in objects)
    return [Keep(spans, only=only), *(s for s in said if isinstance(s, Smooth))]


def _except(clause: str, veiled: Veiled) -> list[Intent] | None:
    head = _EXCEPT.match(clause)
    turned = _ZH_EXCEPT.fullmatch(clause) if head is None else None
    text, at = (clause, head.end()) if head else (turned["objects"], 0) if turned else ("", 0)
    objects, end = _list(text, at)
    if not objects or any(kind != "range" for kind, _ in objects):
        return None
    said = _finished(objects, text[end:], veiled)
    if said is None:
        return None
    spans = tuple(veiled.value(m["when"]) for _, m in objects)
    keeps = bool(head and head["keep"]) or bool(turned and turned["verb"] == "保留")
    return [Remove(spans) if keeps else Keep(spans), *(s for s in said if isinstance(s, Smooth))]


def _guard(clause: str) -> list[Intent] | None:
    head = _GUARD.match(clause)
    if head is None:
        return None
    rest = clause[head.end() :]
    if re.fullmatch(
        r"(?:everything|all|it\s+all|it|the\s+rest|所有|全部|其他|其余)(?:\s+else)?(?:\s+(?:as\s+it\s+is|alone|as\s+is))?|(?:不变|不动|原样)",
        rest,
        re.IGNORECASE,
    ):
        return [Guard(() if re.search("rest|else|其他|其余", rest, re.IGNORECASE) else ("all",))]
    objects, end = _list(clause, head.end())
    tail = _GUARD_TAIL.match(clause, end)
    if not objects or tail is None or tail.end() != len(clause):
        return None
    kinds = tuple(kind for kind, _ in objects)
    return None if "range" in kinds and not tail.group().strip() else [Guard(kinds)]


def _negated(clause: str) -> list[Intent] | None:
    head = _NOT.match(clause)
    if head is None:
        return None
    objects, end = _list(clause, head.end())
    return (
        [Guard(tuple(kind for kind, _ in objects), negated=True)] if objects and end == len(clause) else None
    )
