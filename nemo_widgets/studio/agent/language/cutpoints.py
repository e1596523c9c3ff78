"""At which cuts: between two clips, before or after one, the second cut, the last transition, at a time."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.timeline.refs import Beside, ClipRef, CutRef
from nemo_widgets.studio.timeline.time_range import TimeRange

from .numbers import NUMBER, number
from .ordinals import ORDINAL, ordinal
from .phrases import said_in
from .tokens import DURATION, POINT, SPAN

if TYPE_CHECKING:
    from nemo_widgets.studio.timeline.time_range import Stretch

    from .bag import Found
    from .veil import Veiled

__all__ = ["CUT_PLACES", "cut_places"]

_CUT = r"(?:(?:cut|joint|join|edit|cut\s+point|transition\s+point)(?![a-z]))"
_ORD = rf"(?:{ORDINAL}|only)"
CUT_PLACES = {
    "pair": rf"(?:(?:in\s+)?between|from)\s+(?:the\s+)?(?P<left>{SPAN})\s+(?:and|to|into)\s+(?:the\s+)?(?P<right>{SPAN})|(?:in\s+)?between\s+(?P<several>{SPAN})|(?:在)?(?P<zhleft>{SPAN})\s*(?:和|与|跟|到)\s*(?P<zhright>{SPAN})(?:之间|中间|的?衔接处)?|(?:在)?(?P<zhseveral>{SPAN})(?:之间|中间|的?衔接处)",
    "beside": rf"(?:right\s+|just\s+)?(?P<side>before|after|behind)\s+(?P<place>{SPAN})|(?:在)?(?P<zhplace>{SPAN})(?:的)?(?P<zhside>前面|之前|前|后面|之后|后)",
    "cut": rf"(?:at|on|to|for|in)\s+(?:the\s+)?(?P<ord>{_ORD})\s+{_CUT}|(?:在)?(?:第(?P<n>{NUMBER})个|(?P<zhlast>最后一?个))(?:剪切点|剪辑点|接点|切点)(?:处|上)?",
    "nth": rf"(?:the\s+)?(?P<ord>{_ORD})\s+(?:transition|cross-?\s?fade|dissolve)(?:\s+effect)?(?![a-z])|第(?P<n>{NUMBER})个(?:转场|过渡|叠化)(?:效果)?|(?P<zhlast>最后一?个)(?:转场|过渡|叠化)(?:效果)?",
    "at": rf"(?:at|on)\s+(?P<at>{POINT}|{DURATION})|在?(?P<zhat>{POINT})(?:处|的?地方|的?位置)?|在?(?P<zhin>{DURATION})(?:处|的地方|的位置)",
}
"""The phrases for one cut or a few."""


def cut_places(found: Found, veiled: Veiled) -> tuple[Stretch, ...] | None:
    """The places at whose beginnings the cuts are that are meant; None if one is no place for a cut."""
    places: list[Stretch] = []
    for m in found.get("pair", ()):
        several = said_in(m, "several", "zhseveral")
        if several:
            clips = veiled.value(several)
            numbers = _after_the_first(clips) if isinstance(clips, ClipRef) else []
            if not numbers:
                return None
            places += [ClipRef(n) for n in numbers]
            continue
        left, right = (
            veiled.value(said_in(m, *names)) for names in (("left", "zhleft"), ("right", "zhright"))
        )
        if not (isinstance(left, ClipRef) and isinstance(right, ClipRef)):
            return None
        places.append(right)
    for m in found.get("beside", ()):
        place, side = veiled.value(said_in(m, "place", "zhplace")), said_in(m, "side", "zhside")
        if not isinstance(place, ClipRef):
            return None
        places.append(place if side == "before" or "前" in side else Beside(place, after=True))
    for name in ("cut", "nth"):
        places += [
            CutRef(_number(said_in(m, "ord", "n", "zhlast")), name == "nth") for m in found.get(name, ())
        ]
    places += [TimeRange(veiled.value(said_in(m, "at", "zhat", "zhin")), None) for m in found.get("at", ())]
    return tuple(places)


def _after_the_first(clips: ClipRef) -> list[int]:
    """The numbers of several clips without the first, between which the cuts are."""
    alike = clips.first * clips.last > 0 and not clips.name
    return list(range(clips.first + 1, clips.last + 1)) if alike else []


def _number(said: str) -> int:
    """Which one: the last is -1, and so is the only one."""
    if said == "only" or "最后" in said:
        return -1
    return ordinal(said) if re.fullmatch(ORDINAL, said, re.IGNORECASE) else int(number(said))
