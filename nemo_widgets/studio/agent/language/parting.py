"""Clauses about clips in equal parts, or of which only the first or last seconds stay."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.splitting import Split
from nemo_widgets.studio.agent.edits.trimming import TrimTo
from nemo_widgets.studio.timeline.refs import Beside, ClipRef, Lead, Part
from nemo_widgets.studio.timeline.time_range import TimeRange

from .intents import Remove
from .numbers import NUMBER, number
from .tokens import SPAN
from .words import VIDEO

if TYPE_CHECKING:
    import re

    from .context import Around
    from .intents import Intent
    from .veil import Veiled

__all__ = ["parting_clause"]

_MOST = 20
"""Nobody wants more parts at once."""
_P = rf"(?:the\s+)?(?P<what>{SPAN})"
_IT = rf"(?:it|this|that|everything|the\s+whole\s+(?:thing|lot)|{VIDEO})"
_CUT = r"(?:split|divide|slice|cut|chop|break|carve|separate)(?:\s+up)?"
_ALIKE = r"(?:(?:equal(?:ly)?|even(?:ly)?|identical|same)[\s-]*(?:long|sized?|big|length)?\s+)"
_SAME = r"(?:\s+(?:of|with)\s+(?:the\s+same|equal|even)\s+(?:length|size|duration)s?|\s+each)"
_PARTS = rx(
    rf"{_CUT}\s+(?:{_P}|{_IT})\s+(?:up\s+)?(?:equally\s+|evenly\s+)?(?:in|into)\s+(?:(?P<n>{NUMBER})\s+(?:{_ALIKE}?(?:parts?|pieces?|clips|segments?|sections?|chunks?|bits|slices|portions|halves|thirds|quarters|fourths){_SAME}?)"
    rf"|(?:two\s+|three\s+|four\s+)?{_ALIKE}?(?P<named>halves|thirds|quarters|fourths|fifths)|(?P<bare>two|three|four|five|six))"
)
_ZH_PARTS = rx(
    rf"(?:把|将)?(?:(?P<what>{SPAN})|它|整个视频|整段视频|视频|片子)?(?:(?:平均|均匀|等长)地?(?:分|切|剪|拆|分割|切割)(?:割|开)?成?(?P<n>{NUMBER})(?:等份|等分|段|份|部分|个片段|块)|(?:分|切|剪|拆|分割|切割)(?:割|开)?成?(?P<n2>{NUMBER})(?:等份|等分|个?等长的?(?:段|部分|片段))|(?P<n3>{NUMBER})等分)"
)
_NAMED = {"halves": 2, "thirds": 3, "quarters": 4, "fourths": 4, "fifths": 5}
_EXACTLY = r"(?:right\s+|exactly\s+|straight\s+|smack\s+|directly\s+|precisely\s+|just\s+)"
_MIDDLE = rx(
    rf"{_CUT}\s+(?:{_P}|{_IT})\s+(?:{_EXACTLY}?(?:down|through|in|at|along)\s+(?:the\s+|its\s+)?(?:very\s+|exact\s+|dead\s+)?(?:middle|cent(?:er|re)|half-?\s?way(?:\s+(?:point|mark))?)|{_EXACTLY}(?:in|into)\s+(?:half|two|halves)|in\s+two)"
    rf"|(?:把|将)(?P<zh>{SPAN})(?:那段|这段)?从(?:正中间|正中|中间|当中)(?:切|剪|分)(?:开|成两段|一刀)"
)
_BESIDE = rx(
    rf"{_CUT}\s+(?:{_P.replace('what', 'it')}|{_IT})\s+(?:right\s+|just\s+|directly\s+)?(?P<side>before|after|at\s+the\s+(?:start|beginning|end)\s+of)\s+(?:the\s+)?(?P<by>{SPAN})"
)
_TO = rx(
    rf"(?:trim|cut|shorten|reduce|limit|crop|pare|bring|chop|get)\s+{_P}\s+(?:back\s+)?(?:down\s+)?to\s+(?:just\s+|only\s+)?(?:its\s+|the\s+)?(?P<span>{SPAN})"
    rf"|(?P<zh>{SPAN})(?:那段|这段)?(?:就)?(?:只|仅)(?:保留|留下?|要|用|放|取)(?P<zhspan>{SPAN})(?:就行|就够|即可)?"
    rf"|{_P.replace('what', 'head')}\s*:\s*(?:only\s+|just\s+|keep\s+)+(?:its\s+|the\s+)?(?P<span2>{SPAN})"
)


def parting_clause(clause: str, around: Around) -> list[Intent] | None:
    """What a clause about the parts of a clip asks for, or None if it is no such clause."""
    v = around.veiled
    if m := _PARTS.fullmatch(clause) or _ZH_PARTS.fullmatch(clause):
        g = {name.rstrip("23"): said for name, said in m.groupdict().items() if said}
        count = Fraction(_NAMED[g["named"].lower()]) if "named" in g else number(g.get("n") or g["bare"])
        return _parted(m, v, int(count)) if count.denominator == 1 and 1 < count <= _MOST else None
    if m := _MIDDLE.fullmatch(clause):
        return _parted(m, v, 2)
    if m := _BESIDE.fullmatch(clause):
        place = v.value(m["by"])
        after = m["side"].lower() == "after" or m["side"].lower().endswith("end of")
        return (
            None
            if isinstance(place, TimeRange)
            else [Split((Beside(place, after=True) if after else place,))]
        )
    return _first_or_last(m, v) if (m := _TO.fullmatch(clause)) else None


def _parted(m: re.Match[str], v: Veiled, count: int) -> list[Intent]:
    """Split into so many parts, where each but the first begins."""
    token = next((said for name in ("what", "zh") if (said := m.groupdict().get(name))), None)
    parts = [TimeRange(0, None, part=(Fraction(i, count), Fraction(i + 1, count))) for i in range(1, count)]
    return [Split(tuple(Part(part, v.value(token[-2:])) if token else part for part in parts))]


def _first_or_last(m: re.Match[str], v: Veiled) -> list[Intent] | None:
    """Of a clip only the first seconds stay, or the last."""
    what = v.value(next(said for name in ("what", "zh", "head") if (said := m[name]))[-2:])
    span = v.value(next(said for name in ("span", "zhspan", "span2") if (said := m[name])))
    if (
        not isinstance(what, ClipRef)
        or not isinstance(span, TimeRange)
        or span.part
        or span.middle
        or span.frames
    ):
        return None
    if span.last:
        return [Remove((Lead(Part(span, what)),))]
    return [TrimTo(span.end, what)] if span.end is not None and span.start == 0 and not span.loose else None
