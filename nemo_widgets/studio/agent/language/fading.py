"""Clauses about the music's fades, and complaints about its loudness."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.edits.mixing import FadeMusic

from .veil import DURATION, SPAN
from .words import MUSIC

if TYPE_CHECKING:
    from .intents import Intent
    from .veil import Veiled

__all__ = ["FADE", "complaint", "fade_clause", "fades_of"]

_USUAL_MS = 2000
"""How long a fade is where nothing is said."""
_LONG = rf"(?:\s*(?:over|in|during|for|lasting|of|,|用|持续|时长)?\s*(?:the\s+)?(?P<long>{DURATION}|{SPAN}))?"
FADE = (
    rf"(?:(?:an?|the|long|short|soft|gentle|nice|slow)\s+)*(?:(?P<before>{DURATION})(?:\s+long)?\s+)?(?:(?:long|short|soft|gentle|slow)\s+)*fad(?:e|es|ing)[\s-]?(?:it\s+)?(?P<one>in|out)"
    r"(?:\s+and\s+(?:an?\s+)?(?:fade[\s-]?)?(?P<two>in|out))?(?:\s+at\s+(?:the|its)\s+(?:very\s+)?(?:end|start|beginning))?"
    rf"(?:\s+(?:over|of|in|lasting)\s+(?P<after>{DURATION}))?"
)
"""A fade named beside other music, such as 'a 3 second fade out'."""
_WHERE = r"(?:\s+(?:slowly|gently|gradually|smoothly|nicely))*(?:\s+at\s+(?:the|its)\s+(?:very\s+)?(?:end|start|beginning)(?:\s+of\s+(?:the\s+)?(?:video|clip|timeline))?)?"
_FADES = re.compile(
    rf"(?:let\s+|have\s+|make\s+)?(?:(?:slowly|gently|gradually)\s+)?(?:fade\s+{MUSIC}\s+(?P<a>in|out)(?:\s+and\s+(?P<b>in|out))?|fade\s+(?P<c>in|out)(?:\s+and\s+(?P<d>in|out))?\s+{MUSIC}|{MUSIC}(?:\s+(?:should|shall|must|has\s+to|needs\s+to|ought\s+to|to))?\s+(?:(?:slowly|gently|gradually|softly)\s+)?fade\s+(?P<e>in|out|away)(?:\s+and\s+(?P<f>in|out))?){_WHERE}{_LONG}",
    re.IGNORECASE,
)
_GIVEN_FADE = re.sub(r"P<(one|two|before|after)>", r"P<g\1>", FADE)
_GIVEN = re.compile(
    rf"(?:add|put|use|apply|include)\s+{FADE}\s+(?:to|on|for|of|at\s+the\s+(?:end|start|beginning)\s+of)\s+{MUSIC}"
    rf"|(?:end|finish|start|give)\s+{MUSIC}\s+(?:with\s+)?{_GIVEN_FADE}",
    re.IGNORECASE,
)
_ZH = re.compile(
    rf"(?:把|将|让|给)?{MUSIC}(?:在(?P<when>{SPAN}))?(?:在?(?:视频)?(?:的)?(?:结尾|末尾|最后|开头|开始)(?:处|时|的时候)?)?(?:加上?|做|添加)?(?:一个|个)?(?:慢慢|逐渐|渐渐|缓缓)?(?:地)?(?P<before>{DURATION})?的?(?P<how>淡入淡出|淡入|淡出|渐弱|渐强)(?:效果)?{_LONG}",
    re.IGNORECASE,
)
_SO = r"(?:\s+(?:a\s+(?:bit|little)|way|much|far|just|still))*"
_LOUD = re.compile(
    rf"{MUSIC}(?:'s|\s+(?:is|sounds))?{_SO}\s+too\s+loud(?:\s*,?\s*(?:so\s+)?(?:make|turn|bring)\s+it\s+(?:down|quieter|lower)(?:\s+a\s+(?:bit|little))?)?"
    rf"|(?:把|将)?{MUSIC}的?(?:声音|音量)?(?:还是|有点|有些|稍微)?(?:太|过于?)(?:吵|大声|大|响|高|闹)了?(?:\s*,?\s*(?:请)?(?:调|放|弄)?(?:小|低|轻)(?:声)?(?:一点|一些|点|些)?)?",
    re.IGNORECASE,
)
_FAINT = re.compile(
    rf"{MUSIC}(?:'s|\s+(?:is|sounds))?{_SO}\s+too\s+(?:quiet|soft|low|faint)(?:\s*,?\s*(?:so\s+)?(?:make|turn|bring)\s+it\s+(?:up|louder)(?:\s+a\s+(?:bit|little))?)?"
    rf"|(?:把|将)?{MUSIC}的?(?:声音|音量)?(?:还是|有点|有些|稍微)?(?:太|过于?)(?:小声|小|轻|低)了?(?:\s*,?\s*(?:请)?(?:调|放|弄)?(?:大|高|响)(?:声)?(?:一点|一些|点|些)?)?",
    re.IGNORECASE,
)


def complaint(clause: str) -> str:
    """Where the music's loudness is to go when all that is said is that it is wrong: `down`, `up`, or ""."""
    return "down" if _LOUD.fullmatch(clause) else "up" if _FAINT.fullmatch(clause) else ""


def fades_of(found: re.Match[str], veiled: Veiled) -> tuple[int | None, int | None]:
    """The (fade in, fade out) that a match of `FADE` names, in ms."""
    groups = found.groupdict()
    said = next((groups[g] for g in ("before", "gbefore", "after", "gafter") if groups.get(g)), None)
    ways = {groups.get(g) for g in ("one", "two", "gone", "gtwo")}
    return _both({way.lower() for way in ways if way}, veiled.value(said) if said else _USUAL_MS)


def _both(ways: set[str], long: int) -> tuple[int | None, int | None]:
    return long if "in" in ways else None, long if "out" in ways else None


def fade_clause(clause: str, veiled: Veiled) -> list[Intent] | None:
    """What a clause about the fades of music that is there asks for, or None if it is no such clause."""
    if m := _GIVEN.fullmatch(clause):
        return [FadeMusic(*fades_of(m, veiled))]
    m = _FADES.fullmatch(clause) or _ZH.fullmatch(clause)
    if m is None:
        return None
    groups = m.groupdict()
    ways = {groups[g].lower().replace("away", "out") for g in "abcdef" if groups.get(g)}
    how = groups.get("how") or ""
    ways |= {"in"} if "入" in how or "强" in how else set()
    ways |= {"out"} if "出" in how or "弱" in how else set()
    said = groups.get("long") or groups.get("before") or groups.get("when")
    long = veiled.value(said) if said else _USUAL_MS
    if not isinstance(long, int):  # 'over the last 3 seconds', 'during the first 3 seconds'
        if long.part or (long.last and ways != {"out"}) or (not long.last and (ways != {"in"} or long.start)):
            return None
        long = long.start if long.last else long.end
    return [FadeMusic(*_both(ways, long))] if isinstance(long, int) else None
