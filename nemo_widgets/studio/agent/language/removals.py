"""Clauses that take away or keep: ranges, pauses, music, titles, transitions, in lists of any length."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.edits.finding import FOUND, CutFound
from nemo_widgets.studio.agent.edits.highlights import KeepBest
from nemo_widgets.studio.agent.edits.mixing import RemoveMusic
from nemo_widgets.studio.agent.edits.pauses import PauseOptions
from nemo_widgets.studio.agent.edits.span import Span
from nemo_widgets.studio.agent.edits.titles import RemoveTitle
from nemo_widgets.studio.agent.edits.transitions import RemoveTransitions

from .guards import guard, negated
from .intents import Intent, Keep, Pauses, Remove, Smooth
from .objects import listed, options
from .veil import DURATION, POINT, QUOTE, SPAN
from .words import BEST, REMOVE, REMOVE_ZH, VIDEO

if TYPE_CHECKING:
    from .veil import Veiled

__all__ = ["removal"]


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_PADDING = _rx(
    rf"\s*,?\s*(?:(?:and|but|while)\s+)?(?:keep(?:ing)?|leav(?:e|ing)|with|retain(?:ing)?)\s+(?:a\s+(?:breath|gap|pause|margin)\s+of\s+)?(?:(?:about|just|only|at\s+least|around)\s+)?(?P<pad>{DURATION})"
    r"(?P<each>\s+(?:of|in)\s+(?:each|every|the|all)(?:\s+(?:pauses?|silences?|one|gaps?))?(?:\s+of\s+them)?)?"
    r"(?:\s+(?:on|at)\s+(?:each|either|both|every)\s+(?:sides?|ends?)|\s+around\s+(?:the\s+)?(?:words|speech|sentences)|\s+(?:of\s+)?(?:padding|margin|silence|breath|air|breathing\s+(?:room|space))"
    r"(?:\s+(?:on|at)\s+(?:each|either|both)\s+(?:sides?|ends?))?)?"
    rf"|\s*,?\s*(?:但|但是|并|而)?(?P<zheach>每处|每个停顿|每段|每个|每次)?(?:前后|两边|两侧|两端|各)*(?:保留|留下|留)(?:各)?(?P<zhpad>{DURATION})(?:的?(?:停顿|静音|空白|间隔|呼吸|气口|余地|间隙))?"
)
_SMOOTHLY = _rx(r"\s*,?\s*(?:(?:and\s+)?smoothly|平滑地?|平滑衔接)")
_FADED = _rx(
    rf"\s*,?\s*(?:with|using)\s+(?:an?\s+|the\s+)?(?:(?P<length>{DURATION})(?:\s+long)?\s+)?(?:(?:smooth|short|soft)\s+)*(?:cross-?\s?fades?|dissolves?|transitions?)"
    rf"(?:\s+of\s+(?P<of>{DURATION}))?(?:\s+(?:at|in)\s+(?:the\s+)?(?:joints?|joins?|cuts?))?"
)
_TAIL = _rx(
    rf"\s*(?:(?:out|away|off|altogether|completely|entirely|too|as\s+well)(?![a-z]))?(?:\s*(?:from|in|of|on)\s+(?:{VIDEO}|it)(?![a-z]))?\s*"
)
_HEAD = _rx(
    rf"(?:only\s+|just\s+|[只仅就]\s*)?(?:(?P<smooth>smoothly\s+|平滑地?)?(?:{REMOVE}(?![a-z])\s*|{REMOVE_ZH}\s*))"
)
_TAKE = _rx(r"(?:take|throw)\s+")
_OUT = _rx(r"\s+(?:out|away|off)(?![a-z])")
_ZH_OBJECTS_FIRST = _rx(
    rf"(?:把|将|对)?\s*(?P<objects>.+?)\s*的?(?:全部|全都|统统|通通|一起|都|给|也)*(?P<verb>删了|剪了|去了|{REMOVE_ZH})\s*(?P<rest>.*)"
)
_KEEP = _rx(
    r"(?:(?P<only>(?:only|just)\s+(?:keep|use|retain|show|leave)|(?:i\s+)?only\s+(?:want|need)|(?:keep|use|retain|show|leave)\s+(?:only|just|nothing\s+but)|"
    rf"(?:trim|cut|shorten|reduce|crop)\s+(?:(?:{VIDEO}|it)\s+)?(?:down\s+)?to(?:\s+(?:just|only))?|只保留|仅保留|只留下|只留|只要|只用|只使用|仅保留下|保留下来?|(?:裁剪|剪辑|剪|裁|缩短|截取)(?:到|至|成|为)|截取)|(?P<plain>keep|retain|保留|留下))(?![a-z])\s*"
)
_EXCEPT = _rx(
    rf"(?:(?P<keep>keep|leave|保留)|{REMOVE})\s+(?:everything|all|anything|the\s+rest)(?:\s+(?:of|in)\s+{VIDEO})?\s+(?:except(?:\s+for)?|but|apart\s+from|other\s+than|besides|outside(?:\s+of)?|aside\s+from)\s+"
)
_ZH_EXCEPT = _rx(
    rf"除了?\s*(?P<objects>.+?)\s*(?:以外|之外|外)?\s*,?\s*(?:其他|其它|其余|剩下|别)?的?(?:部分|内容|地方|片段)?(?:全部|全都|统统|都|全)*(?P<verb>{REMOVE_ZH}|保留|不要)"
)
_AT = rf"(?:{POINT}|{DURATION})"
_FROM_TO = _rx(
    rf"(?:(?:make|let|have)\s+(?:it|{VIDEO})\s+)?(?:start|begin)\s+(?:it\s+|{VIDEO}\s+)?(?:at|from)\s+(?P<a>{_AT})\s*,?\s*and\s+(?:end|stop|finish)\s+(?:it\s+)?(?:at\s+)?(?P<b>{_AT})"
    rf"|(?:让)?(?:视频|它)?从(?P<zha>{_AT})开始,?\s*(?:并|然后)?(?:到|在)(?P<zhb>{_AT})(?:处)?(?:结束|为止)|(?P<span>{SPAN})(?:结束|为止)"
)
_BY = _rx(
    rf"(?:tighten|clean|shorten|trim|polish|neaten)\s+(?:up\s+)?(?:it|things|{VIDEO})(?:\s+(?:up|down))?(?:\s+a\s+(?:bit|little))?\s+by\s+"
    r"(?P<doing>cutting|removing|deleting|trimming|dropping|getting\s+rid\s+of|taking\s+out)(?P<rest>(?:\s+out)?\s.+)"
)
_DO = {"cutting": "cut", "trimming": "trim", "dropping": "drop"}
_BEST = _rx(rf"(?:only\s+|just\s+)?(?:{BEST})")
_FIND = r"(?:detect|find|locate|spot|identify|look\s+for|search\s+for|pick(?:\s+out)?|choose|select)"
_FIND_ZH = r"(?:找出来?|找到|检测|识别|定位|挑出来?|选出来?)"
_FOUND_AND = _rx(
    rf"{_FIND}\s+(?P<what>.+?)\s*(?:,|and\s+then|,\s*and|and|then)\s*(?P<verb>{REMOVE})\s+(?:it|that|them|this|those)(?:\s+(?:out|away|off))?"
    rf"|(?:把)?{_FIND_ZH}(?P<zh>.+?)\s*(?:,|并|然后|,\s*然后|再)*\s*(?:把它|将其)?(?P<zhverb>{REMOVE_ZH})"
    rf"|{_FIND}\s+(?P<keep>{BEST})\s*(?:,|and|,\s*and)\s*(?:{REMOVE})\s+(?:the\s+rest|everything\s+else|all\s+else|the\s+others?)"
)
_FIND_FIRST = _rx(
    rf"{_FIND}\s+(?:and|&|,\s*(?:and|then)?)\s*(?=(?:{REMOVE})\s)|{_FIND_ZH}(?:并|并且|再|然后|、)\s*(?=(?:{REMOVE_ZH}))"
)
_STILL = _rx(
    rf"(?:nobody|no\s+one|no-one)\s+(?:is\s+)?(?:talks?|speaks?|talking|speaking|says\s+anything)(?:\s+(?:for|in|a|while|there|here|some|time|places|at|times|bits))*\s*[,.;]?\s*(?:so\s+)?(?:please\s+)?{REMOVE}\s+(?:those|these|that|them|it)(?:\s+(?:bits?|parts?|sections?|moments?|stretches|ones))?(?:\s+out)?"
)
_TIGHTEN = _rx(
    rf"(?:tighten|tidy|clean)\s+(?:it|this|that|things|{VIDEO})\s+up(?:\s+a\s+(?:bit|little))?|tighten\s+up\s+(?:it|this|things|{VIDEO})"
)
_REST = _rx(
    rf"{REMOVE}\s+(?:the\s+rest|everything\s+else|all\s+(?:the\s+rest|else)|the\s+others?)|(?:把)?(?:其他|其它|其余|剩下)的?(?:部分|内容)?(?:全部|都|全)*{REMOVE_ZH}|{REMOVE_ZH}(?:其他|其它|其余|剩下)的?(?:部分|内容)?"
)


def removal(clause: str, veiled: Veiled) -> list[Intent] | None:
    """What a clause that takes away or keeps asks for, or None if it is no such clause."""
    if (whole := _whole(clause, veiled)) is not None:
        return whole
    if m := _BY.fullmatch(clause):  # 'by cutting the pauses' asks for no more than 'cut the pauses'
        clause = _DO.get(m["doing"].lower(), "remove") + m["rest"]
    clause = _FIND_FIRST.sub("", clause, count=1)
    return (
        guard(clause)
        or negated(clause)
        or _except(clause, veiled)
        or _keep(clause, veiled)
        or _remove(clause, veiled)
    )


def _whole(clause: str, veiled: Veiled) -> list[Intent] | None:
    """Clauses whose words have one order: remove the rest, start here and end there, find it and cut it."""
    if _REST.fullmatch(clause):
        return [Keep(())]
    if _STILL.fullmatch(clause) or _TIGHTEN.fullmatch(clause):
        return [Pauses(PauseOptions())]
    m = _FOUND_AND.fullmatch(clause)
    if m and m["keep"]:
        return [KeepBest()]
    if m:
        found = _remove(f"remove {m['what']}" if m["what"] else f"删掉{m['zh']}", veiled)
        return found if found and all(isinstance(i, (CutFound, Pauses)) for i in found) else None
    if m := _FROM_TO.fullmatch(clause):
        said = (veiled.value(token) for token in m.group("a", "b", "zha", "zhb") if token)
        return [Keep((veiled.value(m["span"]) if m["span"] else Span(*said),))]
    return None


def _remove(clause: str, veiled: Veiled) -> list[Intent] | None:
    head = _HEAD.match(clause)
    if head:
        objects, end = listed(clause, head.end(), verbs=True)
        if (
            objects
            and (said := _finished(objects, clause[end:], veiled, smooth=bool(head["smooth"]))) is not None
        ):
            return said
    if taken := _TAKE.match(clause):
        objects, end = listed(clause, taken.end())
        if objects and _OUT.match(clause, end):
            return _finished(objects, clause[end:], veiled)
    turned = _ZH_OBJECTS_FIRST.fullmatch(clause)
    if turned:
        objects, end = listed(turned["objects"], 0)
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
            said.append(Smooth(veiled.value(token) if token else None))
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
            said.append(Pauses(options(match, pad, veiled)))
        elif kind == "music":
            said.append(RemoveMusic())
        elif kind == "transitions":
            said.append(RemoveTransitions())
        elif kind in FOUND:
            said.append(CutFound(kind))
        elif kind == "title":
            quote = re.search(QUOTE, match.group())
            said.append(RemoveTitle(veiled.value(quote.group()) if quote else ""))
    return said


def _keep(clause: str, veiled: Veiled) -> list[Intent] | None:
    head = _KEEP.match(clause)
    turned = (
        re.fullmatch(r"(?:把|将)?\s*(.+?)\s*(?:保留下来|留下来|留下|保留)", clause) if head is None else None
    )
    text, at = (clause, head.end()) if head else (turned[1], 0) if turned else ("", 0)
    if text and _BEST.fullmatch(text, at):
        return [KeepBest()]
    objects, end = listed(text, at)
    only = bool(head and head["only"])
    if len(objects) == 1 and objects[0][0] in FOUND and not text[end:].strip() and (only or not head):
        return [CutFound(objects[0][0], keep=True)]
    if not objects or any(kind != "range" for kind, _ in objects):
        return None
    said = _finished(objects, text[end:], veiled)
    if said is None:
        return None
    spans = tuple(veiled.value(m["when"]) for _, m in objects)
    return [Keep(spans, only=only), *(s for s in said if isinstance(s, Smooth))]


def _except(clause: str, veiled: Veiled) -> list[Intent] | None:
    head = _EXCEPT.match(clause)
    turned = _ZH_EXCEPT.fullmatch(clause) if head is None else None
    text, at = (clause, head.end()) if head else (turned["objects"], 0) if turned else ("", 0)
    objects, end = listed(text, at)
    if not objects or any(kind != "range" for kind, _ in objects):
        return None
    said = _finished(objects, text[end:], veiled)
    if said is None:
        return None
    spans = tuple(veiled.value(m["when"]) for _, m in objects)
    keeps = bool(head and head["keep"]) or bool(turned and turned["verb"] == "保留")
    return [Remove(spans) if keeps else Keep(spans), *(s for s in said if isinstance(s, Smooth))]
