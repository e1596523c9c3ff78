"""Clauses about how fast it is played and which way: speed, slow motion, reverse, a frame that stands still."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.speeding import Freeze, Reverse, Speed
from nemo_widgets.studio.timeline.refs import ClipRef, Part
from nemo_widgets.studio.timeline.time_range import TimeRange

from .bag import Bag, once
from .numbers import NUMBER, number
from .tokens import DURATION, PERCENT, POINT, SPAN
from .words import VIDEO

if TYPE_CHECKING:
    from .bag import Found
    from .context import Around
    from .intents import Intent
    from .veil import Veiled

__all__ = ["timing_clause"]


_USUALLY = {"up": Fraction(3, 2), "down": Fraction(1, 2)}
"""What faster and slower mean where no number is said."""
_SLIGHTLY = {"up": Fraction(5, 4), "down": Fraction(4, 5)}
"""Likewise, a bit faster and slower."""
_ALL = rf"(?:(?:the\s+)?(?:whole\s+thing|rest|{VIDEO})|it\s+all|all\s+(?:of\s+it|the\s+clips|clips)|everything|every\s+clip|it|this|that|them|the\s+clips|整体|整个(?:视频|片子)?|全部(?:片段)?|所有(?:的)?(?:片段|视频)?|视频|片子|它)"
_X = rf"(?P<x>{NUMBER})\s*(?:x(?![a-z])|×|times(?![a-z])|-?fold|倍速?)"
_OF_SPEED = r"(?=\s+(?:the\s+|its\s+)?(?:playback\s+)?(?:speed|pace|tempo)(?![a-z]))"
_ZH_BY = rf"(?=一半|{PERCENT})"
_AS = r"(?:as\s+(?:fast|slow)|(?:of\s+)?(?:(?:the|its)\s+)?(?:normal\s+|original\s+|current\s+|present\s+)?speed|faster|quicker|slower|的?速度|速)"
_SPEED = Bag(
    {
        "up": rf"speed(?:ing)?(?:\s+up)?|accelerate|fast[\s-]?forward|(?:much\s+)?(?:faster|quicker)|quicken|up\s+the\s+(?:speed|pace|tempo)|(?:increase|raise|boost|bump\s+up|crank\s+up|turn\s+up){_OF_SPEED}|time-?lapse|加速|加快|快进|快一?[点些]|快(?=一?点点|一丢丢)|快{_ZH_BY}|(?<=速度)(?:提高|提升|增加|加快|调高|加)|(?:提高|提升|增加)(?=(?:播放)?速度)|快(?=[一两二三四五\d]+(?:\.\d+)?倍)|变快|提速|放快",
        "down": rf"(?:in\s+|into\s+)?slow[\s-]?mo(?:tion)?|slow(?:ing)?(?:\s+(?:it\s+)?down)?|(?:much\s+)?slower|(?:in\s+|into\s+)?slow[\s-]?mo(?:tion)?|decelerate|(?:reduce|decrease|lower|drop|cut|turn\s+down){_OF_SPEED}|减速|放慢|慢放|慢{_ZH_BY}|(?<=速度)(?:降低|降|减少|减慢|放慢|调低|减)|(?:降低|减少)(?=(?:播放)?速度)|慢(?=一?点点|一丢丢)|慢一?[点些]|慢(?=[一两二三四五\d]+(?:\.\d+)?倍)|变慢|慢动作|慢镜头|减慢",
        "normal": r"(?:at\s+|to\s+|back\s+to\s+|in\s+)?(?:its\s+|the\s+)?(?:normal|original|regular|real)\s+(?:speed|time)|(?:恢复|回到|改回)?(?:正常|原来的?|原始)速度?|原速",
        "verb": rf"play|run|make|set|change|put|let|have|turn|show|use|do|give\s+me|把|将|让|用|以|变成|变为|改成|改为|设为|设成|调成|调到(?!(?:原来的?)?{PERCENT})|到(?!(?:原来的?)?{PERCENT})|成|播放|播|放",
        "speed": r"(?:the\s+)?(?:playback\s+)?(?:speed|pace|tempo|rate)(?:\s+of)?|(?:播放)?(?:的)?(?:速度|倍速)",
        "factor": rf"(?:(?:to|by|at|of|by\s+a\s+factor\s+of|factor)\s+|(?:调|提高|提升|增加)?到(?=(?:原来的?)?{PERCENT}))?(?:原来的?(?={PERCENT}))?(?:{_X}|(?<=by\s)(?P<by>{NUMBER})(?![\w%.])|(?P<percent>{PERCENT}))(?:\s*{_AS})*|(?P<more>half\s+again(?:\s+as\s+fast)?)|(?P<double>(?:(?:to|at)\s+)?(?:double|twice)(?:\s+(?:the|its|as))?(?:\s+(?:speed|fast|as\s+fast))?|(?:两倍|翻倍|加倍|一倍))|(?P<triple>triple(?:\s+(?:the|its))?(?:\s+speed)?)|(?P<half>(?:(?:to|at|in)\s+|by\s+)?half(?:\s+(?:the|its|as))?(?:\s+(?:speed|fast|as\s+fast))?|halve{_OF_SPEED}|一半(?:的)?(?:速度)?|半速)|(?P<quarter>(?:(?:to|at)\s+)?(?:a\s+)?quarter(?:\s+(?:of\s+)?(?:the|its))?\s+speed|四分之一(?:的)?速度)",
        "where": rf"(?:(?:in|during|for|from|of|on|between|over)\s+)?(?:the\s+)?(?P<where>{SPAN})(?:里|内|的|那段|这段)*",
        "all": _ALL,
        "length": rf"(?:so\s+(?:that\s+)?it\s+(?:lasts|is|takes|fits(?:\s+into)?)|to\s+(?:fit(?:\s+into)?|last|make\s+it)|until\s+it\s+(?:lasts|is)|压缩到|变成|到)\s*(?:only\s+|just\s+|exactly\s+)?(?P<length>{DURATION})(?:\s+long|长)?|(?P<length2>{DURATION})\s+long\s+by",
        "slightly": r"(?:just\s+)?an?\s+(?:little\s+bit|tiny\s+bit|wee\s+bit|bit|little|touch|tad|smidgen?|hair)|slightly|somewhat|稍微|略微|稍稍|一?点点|一丢丢",
        "glue": r"再|the|to|by|at|of|,|and|in|a|an|bit|little|please|的|地|一下|为|倍|up|down|play(?:ing)?|back|with|pitch\s+kept|keep(?:ing)?\s+the\s+pitch|without\s+changing\s+the\s+pitch",
    }
)
_REVERSE = rx(
    rf"(?:reverse|play\s+backwards?|turn\s+round|invert)\s+(?:(?:the\s+)?(?P<what>{SPAN})|(?P<all>{_ALL}))|(?:play|run|show|make|have|let)\s+(?:(?:the\s+)?(?P<what2>{SPAN})|(?P<all2>{_ALL}))\s+(?:(?:play|go|run)\s+)?(?:backwards?|in\s+reverse|reversed|forwards?\s+again|back\s+to\s+front)"
    rf"|(?:把|将|让)?(?:(?P<zh>{SPAN})|(?P<zhall>{_ALL}))?(?:倒着?放|倒播|反着?放|反向播放|倒序播放|逆向播放|倒放一下)(?:(?P<zh2>{SPAN})|视频)?"
)
_FREEZE = rx(
    rf"(?:freeze|hold|pause|stop)\s+(?:(?:the|a)\s+)?(?:(?:frame|picture|image|video|it|shot|screen)\s+)?(?:(?P<last>(?:on\s+|at\s+)?(?:the\s+)?(?:last|final)\s+(?:frame|picture|image)|at\s+the\s+end)|(?P<first>(?:on\s+|at\s+)?(?:the\s+)?first\s+(?:frame|picture|image)|at\s+the\s+(?:start|beginning))|(?:at|on)\s+(?P<at>{POINT}|{DURATION}))\s*(?:for\s+(?P<long>{DURATION}))?"
    rf"|(?:add|insert|put(?:\s+in)?|make)\s+(?:a\s+)?(?:(?P<long2>{DURATION})\s*(?:long\s+)?)?(?:freeze(?:[\s-]?frame)?|still(?:\s+frame)?)\s+(?:at|on)\s+(?:(?P<at2>{POINT}|{DURATION})|(?P<last2>the\s+(?:end|last\s+frame)))(?:\s+for\s+(?P<long3>{DURATION}))?"
    rf"|(?:定格|静止|冻结)在(?P<zhat3>{POINT}|{DURATION})(?:处)?(?:[,，]?(?:持续|停留|保持)?(?P<zhlong3>{DURATION}))?"
    rf"|freeze\s+(?:the\s+)?(?:frame|picture|image|video|it)?\s*for\s+(?P<long4>{DURATION})\s+at\s+(?P<at4>{POINT}|{DURATION})|(?:freeze|hold)\s+(?:the\s+)?(?:(?:frame|picture|image|video|it)\s+)?(?P<span>{SPAN})|(?:画面)?(?:定格|静止|冻结)(?P<zhspan>{SPAN})"
    rf"|(?:画面)?(?:定格|静止|冻结|停留|停)(?:在)?(?:(?P<zhfirst2>第一(?:帧|个画面|格)|首帧)|(?P<zhlast2>最后一?(?:帧|个画面|格)|末帧|尾帧))(?:的?画面)?(?P<zhlong5>{DURATION})?"
    rf"|(?:在|把|将|让|使)?(?:(?P<zhat>{POINT}|{DURATION})(?:的?(?:画面|地方|位置|处|时候|那一?帧|那里|那儿|那个地方))*|(?P<zhfirst>(?:(?:最前面的?|开头的?)?第一(?:帧|个画面|格)|首帧|开头|片头)(?:的?画面)?)|(?P<zhlast>(?:最后一?(?:帧|个画面|格)|末帧|尾帧|结尾|片尾)(?:的?画面)?))(?:处)?(?:把)?(?:画面)?(?:定格|定住|静止|冻结|停留|停住|保持)(?:画面)?(?:不动)?(?P<zhlong>{DURATION})?"
)
_FREEZE_END = rx(
    rf"(?:freeze|hold)\s+(?:on\s+)?(?:the\s+)?(?:last|final)\s+(?:frame|picture|image)\s+of\s+(?:the\s+)?(?P<of>{SPAN})(?:\s+for\s+(?P<long>{DURATION}))?"
    rf"|(?:把|将|让|在)?(?P<zhof>{SPAN})的?(?:最后一?(?:帧|个画面)|末帧|尾帧|结尾|末尾)(?:的?画面)?(?:定格|定住|静止|冻结|停留|停住)(?P<zhlong>{DURATION})?"
)


_STILL = r"(?:freeze|hold|stop|pause|still)\s+(?:(?:the|a)\s+)?(?:(?:frame|picture|image|video|it|shot|screen)\s+)?"
_PLACE = rf"(?P<side>(?:(?:right|just|directly|shortly|immediately)\s+)?(?:before|after|when|as\s+soon\s+as|at)|(?:right\s+)?(?:at|on)\s+the\s+(?:very\s+)?(?:start|beginning|end|(?:first|last)\s+(?:frame|picture))\s+of|the\s+(?:first|last)\s+(?:frame|picture|image)\s+of)\s+(?:the\s+)?(?P<place>{SPAN})(?P<verb>\s+(?:starts|begins|ends|is\s+over))?"
_FREEZE_AT = rx(
    rf"{_STILL}(?:for\s+(?P<long>{DURATION})\s+)?{_PLACE}(?:\s+for\s+(?P<long2>{DURATION}))?"
    rf"|(?:add|insert|put(?:\s+in)?|make|do)\s+(?:a\s+)?(?:(?P<long3>{DURATION})\s*(?:long\s+)?)?(?:freeze(?:[\s-]?frame)?|still(?:\s+frame)?)\s+(?:(?:for|of)\s+(?P<long5>{DURATION})\s+)?{_PLACE.replace('>', '6>')}(?:\s+(?:for|of)\s+(?P<long4>{DURATION}))?"
    rf"|在?(?P<place7>{SPAN})(?P<side7>之前|以前|前|之后|以后|后|开始时|开头|结束时|结尾)(?:的?时候|处)?(?:把)?(?:画面)?(?:定格|静止|冻结|停住?|停留)(?:画面)?(?P<long7>{DURATION})?"
)


def timing_clause(clause: str, around: Around) -> list[Intent] | None:
    """What a clause about speed, reverse or a freeze asks for, or None if it is no such clause."""
    v = around.veiled
    if m := _REVERSE.fullmatch(clause):
        token = next((m[g] for g in ("what", "what2", "zh", "zh2") if m[g]), None)
        return [Reverse(v.value(token) if token else None)]
    if m := _FREEZE_AT.fullmatch(clause):
        return _frozen_at(m, v)
    if m := _FREEZE.fullmatch(clause):
        return _frozen(m, v)
    if m := _FREEZE_END.fullmatch(clause):
        place = v.value(m["of"] or m["zhof"])
        long = v.value(m["long"] or m["zhlong"]) if m["long"] or m["zhlong"] else 2000
        return [Freeze(place, long, end=True)] if isinstance(place, (ClipRef, Part)) else None
    found = _SPEED.read(clause)
    return _speed(found, v) if found and once(found, "factor", "where", "length", "normal", "speed") else None


def _frozen_at(m: re.Match[str], v: Veiled) -> list[Intent] | None:
    """A still at the start or the end of a place."""
    g = {name.rstrip("234567"): said.lower() for name, said in m.groupdict().items() if said}
    place, side, verb = v.value(g["place"]), g["side"], g.get("verb", "")
    ends = bool(re.search(r"after|end\s+of|last|后|结", side)) or bool(re.search(r"ends|over", verb))
    if side == "at" and not verb:
        return None
    if isinstance(place, TimeRange) and (place.loose or place.last):
        return None
    long = v.value(g["long"]) if "long" in g else 2000
    return [Freeze(place, long, end=ends, late=not ends and bool(re.search(r"before|前", side)))]


def _frozen(m: re.Match[str], v: Veiled) -> list[Intent] | None:
    g = {k: s for k, s in m.groupdict().items() if s}
    long = next(
        (
            v.value(g[k])
            for k in ("long", "long2", "long3", "long4", "zhlong", "zhlong3", "zhlong5")
            if k in g
        ),
        2000,
    )
    if "span" in g or "zhspan" in g:
        span = v.value(g.get("span") or g["zhspan"])
        plain = (
            isinstance(span, TimeRange)
            and span.end is not None
            and not (span.last or span.part or span.loose)
        )
        return [Freeze(TimeRange(span.start, None), span.end - span.start)] if plain else None
    if g.keys() & {"first", "zhfirst", "zhfirst2"}:
        return [Freeze(TimeRange(0, None), long)]
    at = next((g[k] for k in ("at", "at2", "at4", "zhat", "zhat3") if k in g), None)
    return [Freeze(TimeRange(v.value(at), None) if at else None, long)]


def _speed(found: Found, v: Veiled) -> list[Intent] | None:
    ways = [way for way in ("up", "down") if way in found]
    where = v.value(found["where"][0]["where"]) if "where" in found else None
    if "normal" in found:
        plain = not ways and "factor" not in found and "length" not in found
        return [Speed(Fraction(1), where)] if plain else None
    if len(ways) > 1 or not (ways or "speed" in found or "factor" in found):
        return None
    if "length" in found:
        m = found["length"][0]
        fits = ways and "factor" not in found
        return [Speed(where=where, length_ms=v.value(m["length"] or m["length2"]))] if fits else None
    if "factor" not in found:
        usual = _SLIGHTLY if "slightly" in found else _USUALLY
        return [Speed(usual[ways[0]], where, more=True)] if ways else None
    verbs = " ".join(m.group() for m in found.get("verb", ()) if not re.fullmatch("[把将让用以]", m.group()))
    if not (
        ways
        or "speed" in found
        or (
            verbs
            and (not found["factor"][0]["percent"] or re.search(r"play|run|播|放", verbs, re.IGNORECASE))
        )
        or re.search(r"speed|fast|slow|速", found["factor"][0].group(), re.IGNORECASE)
    ):
        return None
    m = found["factor"][0]
    way = ways[0] if ways else _way(m)
    return [Speed(_factor(m, way, v), where, more=_is_change(m, way))]


def _way(m: re.Match[str]) -> str:
    """Which way a factor says that it goes, "" where it does not."""
    words = m.group().lower()
    return "down" if "slow" in words else "up" if re.search("faster|quicker", words) else ""


def _is_change(m: re.Match[str], way: str) -> bool:
    """Whether a share is added to what there is, as in 'by 50 %', and none of the speed, as in 'at 50 %'."""
    words = m.group().lower()
    if m["half"]:
        return way == "up" and not re.search(r"speed|fast|速|^(?:to|at|in)\s", words)
    if not m["percent"]:
        return bool(m["more"])
    return bool(
        re.match(r"\s*by\s", words)
        or re.search(r"faster|quicker|slower", words)
        or (way and not re.match(r"\s*(?:(?:to|at)\s|\w*到)", words))
    )


def _factor(m: re.Match[str], way: str, v: Veiled) -> Fraction:
    """How many times as fast: 'slow down 2x' is half as fast, 'speed up by 50 %' one and a half times."""
    g: dict[str, Any] = m.groupdict()
    words = m.group().lower()
    if g["percent"] or _is_change(m, way):
        share = Fraction(v.value(g["percent"])) if g["percent"] else Fraction(1, 2)
        if not _is_change(m, way):
            return share
        return 1 - share if way == "down" else 1 + share
    named = {"double": Fraction(2), "triple": Fraction(3), "half": Fraction(1, 2), "quarter": Fraction(1, 4)}
    value = next((f for k, f in named.items() if g[k]), None)
    if value is None:
        value = Fraction(2) if way and re.search("一倍|1倍", words) else number(g["x"] or g["by"])
    if value <= 0:
        return value
    return 1 / value if way == "down" and value > 1 else value
