"""What follows the things that are taken away: how much is kept of each, and how the rest is joined."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.finding import FOUND, CutFound
from nemo_widgets.studio.agent.edits.mixing import RemoveMusic
from nemo_widgets.studio.agent.edits.titles import RemoveTitle
from nemo_widgets.studio.agent.edits.transitions import RemoveTransitions

from .intents import Intent, Pauses, Remove, Smooth
from .naming import meant
from .objects import options
from .veil import DURATION
from .words import VIDEO

if TYPE_CHECKING:
    import re

    from nemo_widgets.studio.agent.edits.finding import Findable

    from .veil import Veiled

__all__ = ["finished"]


_PADDING = rx(
    rf"\s*,?\s*(?:(?:and|but|while)\s+)?(?:keep(?:ing)?|leav(?:e|ing)|with|retain(?:ing)?)\s+(?:a\s+(?:breath|gap|pause|margin)\s+of\s+)?(?:(?:about|just|only|at\s+least|around)\s+)?(?:of\s+)?(?P<pad>{DURATION})"
    r"(?P<each>\s+(?:of|in)\s+(?:each|every|the|all)(?:\s+(?:pauses?|silences?|one|gaps?))?(?:\s+of\s+them)?)?"
    r"(?:\s+(?:on|at)\s+(?:each|either|both|every)\s+(?:sides?|ends?)|\s+around\s+(?:the\s+)?(?:words|speech|sentences)|\s+(?:of\s+)?(?:padding|margin|silence|breath|air|breathing\s+(?:room|space))"
    r"(?:\s+(?:on|at)\s+(?:each|either|both)\s+(?:sides?|ends?))?)?"
    rf"|\s*,?\s*(?:但|但是|并|而)?(?P<zheach>每处|每个停顿|每段|每个|每次)?(?:前后|两边|两侧|两端|各)*(?:保留|留下|留)(?:各)?(?P<zhpad>{DURATION})(?:的?(?:停顿|静音|空白|间隔|呼吸|气口|余地|间隙))?"
)
_BREATH = rx(
    r"\s*,?\s*(?:(?:and|but|while)\s+)?(?:keep(?:ing)?|leav(?:e|ing)|retain(?:ing)?|with)\s+(?:just\s+|only\s+)?(?:(?:an?|some)\s+)?(?:(?:tiny|little|small|short|bit\s+of)\s+)*(?:an?\s+)?"
    r"(?:breath|breather|breathing\s+(?:room|space)|gap|pause|beat|air|silence)(?![a-z])(?:\s+(?:in|of|at|between|for)\s+(?P<each>each|every|them|all\s+of\s+them|all)(?:\s+(?:one|pause|gap|of\s+them))?)?"
    rf"(?:\s*,?\s*(?:(?:of|say|like|maybe|perhaps|about|around|roughly|let's\s+say)\s+)*(?P<long>{DURATION}))?"
    rf"|\s*,?\s*(?:但|但是|不过|并|而)?(?:每处|每个停顿|每段|每个|每次|中间)?(?:都)?(?:保留|留下|留)(?:一?点儿?|一个|一小段|短短的|短暂的|很短的)*(?:呼吸|气口|停顿|空隙|间隔)(?:[,，]?(?:比如|大概|大约|约)?(?P<zhlong>{DURATION}))?"
)
_BREATH_MS = 250
_SMOOTHLY = rx(r"\s*,?\s*(?:(?:and\s+)?smoothly|平滑地?|平滑衔接)")
_FADED = rx(
    rf"\s*,?\s*(?:with|using)\s+(?:an?\s+|the\s+)?(?:(?P<length>{DURATION})(?:\s+long)?\s+)?(?:(?:smooth|short|soft)\s+)*(?:cross-?\s?fades?|dissolves?|transitions?)"
    rf"(?:\s+of\s+(?P<of>{DURATION}))?(?:\s+(?:at|in)\s+(?:the\s+)?(?:joints?|joins?|cuts?))?"
)
_TAIL = rx(
    rf"\s*(?:(?:out|away|off|altogether|completely|entirely|too|as\s+well)(?![a-z]))?(?:\s*(?:from|in|of|on)\s+(?:{VIDEO}|it)(?![a-z]))?\s*"
)


def finished(
    objects: list[tuple[str, re.Match[str]]], rest: str, veiled: Veiled, *, smooth: bool = False
) -> list[Intent] | None:
    """The objects' intents, if all that is said after them is understood."""
    said: list[Intent] = [Smooth()] if smooth else []
    pad: int | None = None
    pauses = any(kind == "pauses" for kind, _ in objects)
    while rest.strip(" ,"):
        faded, smoothly, tail = _FADED.match(rest), _SMOOTHLY.match(rest), _TAIL.match(rest)
        kept = _PADDING.match(rest) if pauses else None
        breath = _BREATH.match(rest) if pauses and not kept else None
        if faded:
            token = faded["length"] or faded["of"]
            said.append(Smooth(veiled.value(token) if token else None))
        elif smoothly:
            said.append(Smooth())
        elif kept:
            pad = veiled.value(kept["pad"] or kept["zhpad"])
            pad = pad // 2 if kept["each"] or kept["zheach"] else pad
        elif breath:
            token = breath["long"] or breath["zhlong"]
            pad = (veiled.value(token) if token else _BREATH_MS) // 2
        elif not (tail and tail.group().strip()):
            return None
        end = next(m.end() for m in (faded, smoothly, kept, breath, tail) if m)
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
            said.append(CutFound(cast("Findable", kind)))
        elif kind == "title":
            texts = meant(match.group(), veiled)
            only_one = not (texts.many or texts.which or texts.number)
            said.append(RemoveTitle(texts.which, texts.kinds, texts.number, only_one))
    return said
