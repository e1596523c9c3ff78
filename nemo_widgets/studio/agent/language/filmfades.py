"""Clauses about the fades of the whole film, picture and sound, at its start and its end."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from nemo_widgets.studio.agent.edits.framing import FadeFilm
from nemo_widgets.studio.timeline.time_range import TimeRange

from .bag import Bag, once
from .tokens import DURATION, SPAN

if TYPE_CHECKING:
    from .bag import Found
    from .intents import Intent
    from .veil import Veiled

__all__ = ["film_fade_clause"]

_FILM = r"(?:everything|it(?:\s+all)?|all|the\s+(?:whole\s+)?(?:video|film|movie|thing|picture))"
_FADES = Bag(
    {
        "verb": r"fade|add|put|let|have|make|use|apply|give\s+it|加上?|加个|加|添加|做|让|把|来个",
        "in": r"(?:fade|fading|fades)[\s-]?in(?:\s+from\s+(?P<a>black|white))?|fade\s+(?:up\s+)?from\s+(?P<e>black|white)|(?:begin|start|open)(?:ing)?(?:\s+(?:it|the\s+video))?\s+(?:from|in|on|with)\s+(?:(?:a\s+)?fade[\s-]?in\s+from\s+)?(?P<b>black|white)|in\s+from\s+(?P<c>black|white)|(?:从)?(?P<d>黑|白)?(?:场|屏|色)?(?:画面|视频)?(?:渐入|淡入|渐显)",
        "out": rf"(?:fade|fading|fades)[\s-]?out(?:\s+to\s+(?P<a>black|white))?|(?:fade|fading|fades)\s+(?:{_FILM}\s+)?(?:out\s+)?to\s+(?P<b>black|white)|fade\s+{_FILM}\s+out(?:\s+to\s+(?P<c>black|white))?|(?:and\s+)?out(?:\s+to\s+(?P<h>black|white))?(?=\s+at\s+the\s+(?:very\s+)?end)|fade\s+(?:out\s+)?(?P<last>{SPAN})\s+(?:out\s+)?to\s+(?P<d>black|white)|(?:(?P<g>黑|白)(?:场|屏|色)?)?(?:画面|视频)?(?:淡出|渐出|渐隐)(?:(?:到|成|为|至)(?P<e>黑|白)(?:场|屏|色)?)?|(?:画面|视频)?(?:渐变|慢慢变|逐渐变)(?:到|成|为|至)?(?P<z>黑|白)(?:场|屏|色)?|渐(?P<f>黑|白)",
        "one": r"an?\s+(?:(?:short|long|soft|slow|smooth|nice)\s+)*(?:(?P<tint>black|white)\s+)?fade(?![\s-]*(?:in|out|to\s+(?:black|white)|from|through|between|transition))",
        "both": r"fad(?:e|es|ing)[\s-]+in[\s-]+and[\s-]+(?:fade[\s-]+)?out|fade\s+both\s+ends|fades|(?:首尾|前后|头尾)(?:各|都)?(?:加|做)?(?:个|上)?(?:淡入淡出|淡化|渐变)|淡入淡出",
        "ends": r"(?:at|on)\s+both\s+ends|首尾|头尾",
        "start": r"(?:open|begin|start)(?:\s+(?:it|the\s+video))?\s+with|(?:at|in|to)\s+the\s+(?:very\s+)?(?:start|beginning|front)(?:\s+of\s+(?:it|the\s+(?:video|film)))?|(?:在)?(?:视频)?(?:的)?(?:开头|片头|开始)(?:处|时)?",
        "end": r"(?:(?:at|in|to|and)\s+)+the\s+(?:very\s+)?end(?:\s+of\s+(?:it|the\s+(?:video|film)))?|(?:end|finish|close)(?:\s+(?:it|the\s+video))?\s+(?:with|on|in)|(?:在)?(?:视频)?(?:的)?(?:结尾|片尾|最后|末尾)(?:处|时)?",
        "length": rf"(?:over|for|in|of|lasting|,)?\s*(?P<length>{DURATION}|{SPAN})(?:\s*(?:long|的|长))*",
        "no": r"no|remove|without|take\s+away|去掉|取消|不要",
        "glue": r"(?:the\s+)?(?:video|film|movie|picture)|and|a|an|the|with|to|of|,|everything|it|its|long|smooth|soft|slow|short|和|并|的|各|一个|效果|画面|视频|slowly|nice(?:ly)?|from|for|then|all|please",
    }
)
_USUAL_MS = 1000
Color = Literal["black", "white"]
_COLORS: dict[str, Color] = {"black": "black", "黑": "black", "white": "white", "白": "white"}


def film_fade_clause(clause: str, v: Veiled) -> list[Intent] | None:
    """What a clause about the film's fades asks for, or None if it is no such clause."""
    found = None if clause.lower().startswith("with ") else _FADES.read(clause)
    if not found or not ({"in", "out", "both", "one"} & set(found)) or not once(found, "in", "out", "length"):
        return None
    ways = _ways(found)
    if not ways:
        return None
    said = [m["length"] for m in found.get("length", ())] + [
        m["last"] for m in found.get("out", ()) if m["last"]
    ]
    if len(said) > 1:
        return None
    long = _USUAL_MS if not said else _length(v.value(said[0]), ways)
    if long is None:
        return None
    long = 0 if "no" in found else long
    begins, ends = _color(found, "in") or _color(found, "one"), _color(found, "out")
    fades = (long if "in" in ways else None, long if "out" in ways else None)
    return [FadeFilm(*fades, begins or ends, ends if begins else None)]


def _color(found: Found, way: str) -> Color | None:
    """The colour that is named with a fade in or out."""
    groups = [pair for m in found.get(way, ()) for pair in m.groupdict().items()]
    return next((_COLORS[said.lower()] for name, said in groups if said and name != "last"), None)


def _ways(found: Found) -> set[str]:
    """Whether it fades in, out, or both."""
    if "ends" in found or "both" in found:
        at = {way for way, place in (("in", "start"), ("out", "end")) if place in found}
        return at or {"in", "out"}
    if "one" in found:
        return {way for way, place in (("in", "start"), ("out", "end")) if place in found}
    return {way for way in ("in", "out") if way in found}


def _length(said: Any, ways: set[str]) -> int | None:
    """How long it fades in ms; 'the last 3 seconds' are no fade in."""
    if isinstance(said, int):
        return said
    if not isinstance(said, TimeRange) or said.part is not None:
        return None
    if said.last:
        return said.start if ways == {"out"} else None
    return said.end if ways == {"in"} and said.start == 0 else None
