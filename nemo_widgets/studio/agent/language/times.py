"""Time expressions in English and Chinese: positions, lengths, and spans of the timeline."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.edits.span import Span

from .numbers import NUMBER, number

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["TIME", "find_spans", "milliseconds"]

_UNITS = {"h": 3_600_000, "m": 60_000, "s": 1000, "x": 1}
_BELOW = {3_600_000: 60_000, 60_000: 1000, 1000: 1}
_END = r"(?![a-z])"
_H = rf"(?:hours?|hrs?|h){_END}|个?小时|个?钟头"
_M = rf"(?:minutes?|mins?|m){_END}|分(?!贝)钟?"
_S = rf"(?:seconds?|secs?|s){_END}|秒钟?"
_X = rf"(?:milliseconds?|msecs?|ms){_END}|毫秒"
_UNIT = rf"(?:(?P<x>{_X})|(?P<h>{_H})|(?P<m>{_M})|(?P<s>{_S}))"
_G = r"[\s-]?"
_J = r"(?:\s*,?\s*and\s+|\s*)"


def _n(unit: str) -> str:
    return rf"{NUMBER}{_G}(?:{unit})"


# '1 min 20 to 1 min 40' and '1 min 20 to the end', but not the 20 of '1 min 20 frames' or '1 min 20 to 30 s'.
_ON = rf"(?:to|until|till|through|到|至|[-–—~])\s*(?:{NUMBER}\s*(?:{_M}|{_H}|:)|the\s|最|结|末|片尾|end)"
_AFTER = rf"(?:{_ON}|(?:and|then|on|onwards?|off|at|from|for|with|please|pls|plz|thanks)(?![a-z]))"
_BARE = rf"(?:\s*{NUMBER}(?!\s*(?!{_AFTER})(?:%|percent|[a-z]|[:.]\d|个|毫|小时|分|秒|到|至|[-–—~]\s*\d)))"
_SECONDS = rf"{_n(_S)}(?:半|{_J}{_n(_X)})?"
_MINUTES = rf"{_n(_M)}(?:半钟?|{_J}{_SECONDS}|{_BARE})?"
_HOURS = rf"{_n(_H)}(?:{_J}{_MINUTES}|{_J}{_SECONDS})?"
_HALVES = (
    rf"(?:(?<![a-z])(?:an?\s+)?half(?:[\s-](?:of\s+)?an?)?[\s-]|半个?)(?:{_H}|{_M}|{_S})"
    rf"|(?:(?<![a-z])an?|{NUMBER})\s+(?:{_H}|{_M}|{_S})\s+and\s+a\s+half{_END}"
    rf"|(?<![a-z])an?\s+(?:{_H}|{_M}|{_S})"
)
_CLOCK = r"(?<![\d:.])\d{1,3}:[0-5]?\d(?::[0-5]\d)?(?:\.\d+)?(?![\d:]|\.\d)"
_SECTION = rf"(?:第\s*)?(?:{_HALVES}|{_HOURS}|{_MINUTES}|{_SECONDS}|{_n(_X)})"

TIME = rf"(?:(?:第\s*)?{_CLOCK}|{_SECTION})"
"""A regular expression for one position or length of time; use it with `re.IGNORECASE`."""

_PAIR = re.compile(
    rf"(?P<half>(?:an?\s+)?half(?:[\s-](?:of\s+)?an?)?|半个?)[\s-]*{_UNIT}"
    rf"|(?P<n>{NUMBER}|(?<![a-z])an?(?![a-z]))[\s-]?(?:{_UNIT.replace('?P<', '?P<n')})?"
    r"(?P<more>\s+and\s+a\s+half(?![a-z])|半钟?)?",
    re.IGNORECASE,
)


def milliseconds(text: str) -> int:
    """The length that a time expression names, in ms.

    >>> [milliseconds(t) for t in ("1:20.5", "1 min 20", "half a minute", "1分半", "第80秒")]
    [80500, 80000, 30000, 90000, 80000]

    Raises:
        ValueError: the text is no time.
    """
    text = text.strip().removeprefix("第").strip()
    if re.fullmatch(_CLOCK, text):
        total = Fraction(0)
        for part in text.split(":"):
            total = total * 60 + Fraction(part)
        return round(total * 1000)
    total, unit = Fraction(0), 0
    for found in _PAIR.finditer(text):
        groups = found.groupdict()
        unit = next((v for k, v in _UNITS.items() if groups[k] or groups[f"n{k}"]), _BELOW.get(unit, 0))
        value = Fraction(1, 2) if found["half"] else _count(found["n"])
        total += (value + (Fraction(1, 2) if found["more"] else 0)) * unit
    if not unit:
        raise ValueError(f"'{text}' is no time")
    return round(total)


def _count(text: str) -> Fraction:
    return Fraction(1) if text.lower() in ("a", "an") else number(text)


_TO = r"(?:\s*,?\s+(?:up\s+)?(?:to|until|till|til|through|thru)\s+(?:the\s+)?|\s*(?:[-–—~～→]|到|至)\s*(?:the\s+)?)"
_FROM = (
    r"(?:(?<![a-z])(?:starting\s+)?(?:from|between|at)\s+(?:the\s+)?|[从自由在]\s*|(?<![a-z])starting\s+)?"
)
_ALL = r"(?<![a-z])(?:everything|all|anything|whatever)(?:\s+(?:that\s+comes|that(?:'s|\s+is)|coming))?\s+"
_TAIL = r"(?:(?:very\s+)?(?:end|finish)(?![a-z])|最后面?(?!\s*[\d一二两三四五六七八九十半])|结尾|末尾|结束|片尾|尾部?)"
_HEAD = r"(?:(?:very\s+)?(?:beginning|start)(?![a-z])|(?:视频)?(?:最?开头|最?开始|片头|头))"
_FIRST = r"(?:(?<![a-z])(?:the\s+)?(?:very\s+)?(?:first|opening|initial|starting|beginning)\s+)"
_LAST = r"(?:(?<![a-z])(?:the\s+)?(?:very\s+)?(?:last|final|closing|ending)\s+)"
_ZH_FIRST = r"(?:(?:视频)?的?(?:最前面?|最?开头|最?开始|最初|片头|前面?|头)的?\s*)"
_ZH_LAST = r"(?:(?:视频)?的?(?:最后面?|最末|结尾|末尾|片尾|尾部|倒数|后面?)[的各]?\s*)"
_ONE_UNIT = rf"(?:(?:{_H}|{_M}|{_S}))"
_UNIT_AND_HALF = rf"(?:{_ONE_UNIT}(?:\s+and\s+a\s+half{_END})?)"
_SIMPLE = rf"{NUMBER}{_G}{_ONE_UNIT}"
_BEGUN = r"(?:\s*(?:开始|起|处))?"
_BETWEEN = r"(?:\s*之间)?"


def _unit_of(text: str) -> str:
    return re.sub(rf"^(?:第\s*)?{NUMBER}{_G}", "", text.strip(), flags=re.IGNORECASE)


def _ms(text: str) -> int:
    """Like `milliseconds`, with 'minute' alone for one minute."""
    text = text.strip()
    return milliseconds(f"1 {text}" if re.fullmatch(_UNIT_AND_HALF, text, re.IGNORECASE) else text)


def _from_to(m: re.Match[str]) -> Span:
    return Span(_ms(m["a"]), _ms(m["b"]))


def _short(m: re.Match[str]) -> Span:
    """'5 to 10 seconds': the first number borrows the unit of the second."""
    unit = m.groupdict().get("u") or _unit_of(m["b"])
    joint = "" if "\u4e00" <= unit[0] <= "\u9fff" else " "
    end = m["b"] if _unit_of(m["b"]) else f"{m['b']}{joint}{unit}"
    return Span(_ms(f"{m['a']}{joint}{unit}"), _ms(end))


def _lasting(m: re.Match[str]) -> Span:
    return Span(_ms(m["a"]), _ms(m["a"]) + _ms(m["d"]))


def _borrowed(m: re.Match[str]) -> Span:
    return Span(0, _ms(f"{m['a']} {m['u']}"))


_PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "一半": 2,
    "半": 2,
    "二分之一": 2,
    "三分之一": 3,
    "四分之一": 4,
}
_PLACES = {"first": 0, "opening": 0, "second": 1, "third": 2, "前": 0, "开头": 0}


def _share(m: re.Match[str]) -> Span:
    """'the second half', 'the last third': a share of the whole."""
    where, of = m["where"].lower().strip("的面"), _PARTS[m["of"].lower()]
    at = (of - 1) // 2 if where in ("middle", "中间") else _PLACES.get(where, of - 1)
    return Span(0, None, part=(Fraction(at, of), Fraction(at + 1, of)))


def _middle(m: re.Match[str]) -> Span:
    """'The middle minute': so long, in the middle of the whole."""
    return Span(_ms(m["d"] or m["zh"]), None, middle=True)


def _half_of(m: re.Match[str]) -> Span:
    groups = m.groupdict()
    return Span(_ms(groups["a"] or groups["b"]), None)


_T = TIME
_RULES: tuple[tuple[str, Callable[[re.Match[str]], Span]], ...] = (
    (rf"(?:{_ALL})?{_FROM}(?P<a>{_T}){_BEGUN}{_TO}(?P<b>{_T}){_BETWEEN}", _from_to),
    (rf"(?:{_ALL})?(?<![a-z])between\s+(?P<a>{_T})\s+and\s+(?P<b>{_T})", _from_to),
    (rf"(?:{_ALL})?{_FROM}(?:第\s*)?(?P<a>{NUMBER}){_TO}(?P<b>(?:第\s*)?{_SIMPLE}){_BETWEEN}", _short),
    (rf"[从在]?(?P<a>{_T})和(?P<b>{_T})之间", _from_to),
    (rf"(?<![a-z])between\s+(?P<a>{NUMBER})\s+and\s+(?P<b>{_SIMPLE})", _short),
    (
        rf"{_FROM}(?<![a-z])(?P<u>seconds?|minutes?)\s+(?P<a>{NUMBER}){_TO}(?:(?P=u)\s+)?(?P<b>{NUMBER})",
        _short,
    ),
    (rf"(?:{_ALL})?{_FROM}(?P<a>{_T}){_BEGUN}(?:\s*之?后)?{_TO}{_TAIL}", _half_of),
    (
        rf"(?:{_ALL})(?:after|past|from|beyond)\s+(?:the\s+)?(?P<a>{_T})(?:\s+mark(?![a-z]))?(?:\s+(?:on|onwards?){_END})?",
        _half_of,
    ),
    (rf"(?:from|starting(?:\s+at)?)\s+(?P<a>{_T})\s+on{_END}|{_FROM}(?P<b>{_T})\s+onwards?{_END}", _half_of),
    (rf"[从自]?(?P<a>{_T})(?:之后|以后|往后|后面|后)(?!的?\s*(?:\d|{NUMBER}))", _half_of),
    (
        rf"(?<![a-z])(?:after|past|beyond)\s+(?:the\s+)?(?P<a>{_T})(?:\s+mark(?![a-z]))?",
        lambda m: Span(_ms(m["a"]), None, loose=True),
    ),
    (rf"{_ALL}(?:before|until|till|up\s+to)\s+(?P<b>{_T})", lambda m: Span(0, _ms(m["b"]))),
    (rf"(?<![a-z])(?:before|up\s+to)\s+(?P<b>{_T})", lambda m: Span(0, _ms(m["b"]), loose=True)),
    (rf"{_FROM}(?:the\s+)?{_HEAD}{_TO}(?P<b>{_T})", lambda m: Span(0, _ms(m["b"]))),
    (rf"(?P<b>{_T})(?:之前|以前|前面|前)(?!的?\s*(?:\d|{NUMBER}))", lambda m: Span(0, _ms(m["b"]))),
    (rf"{_FIRST}(?P<b>{_T}|{_UNIT_AND_HALF})", lambda m: Span(0, _ms(m["b"]))),
    (rf"(?<![a-z])(?:the\s+)?first(?=\s+(?:and|&)\s+{_LAST}(?P<b>{_T}))", lambda m: Span(0, _ms(m["b"]))),
    (rf"(?:最?开头|片头|前)(?=(?:和|与|及){_ZH_LAST}(?P<b>{_T}))", lambda m: Span(0, _ms(m["b"]))),
    (rf"{_ZH_FIRST}(?P<b>{_T})", lambda m: Span(0, _ms(m["b"]))),
    (rf"{_LAST}(?P<d>{_T}|{_UNIT_AND_HALF})", lambda m: Span(_ms(m["d"]), None, last=True)),
    (rf"{_ZH_LAST}(?P<d>{_T})", lambda m: Span(_ms(m["d"]), None, last=True)),
    (rf"{_FIRST}(?P<a>{NUMBER})(?=\s+(?:and|&)\s+{_LAST}{NUMBER}{_G}(?P<u>{_ONE_UNIT}))", _borrowed),
    (
        rf"(?:the\s+)?(?P<b>{_T})\s+(?:(?:off|from|of|at|in)\s+)?(?:of\s+)?the\s+(?:very\s+)?(?:beginning|start|front){_END}",
        lambda m: Span(0, _ms(m["b"])),
    ),
    (
        rf"(?:the\s+)?(?P<d>{_T})\s+(?:(?:off|from|of|at|in)\s+)?(?:of\s+)?the\s+(?:very\s+)?(?:end|back){_END}",
        lambda m: Span(_ms(m["d"]), None, last=True),
    ),
    (
        rf"(?<![a-z])(?:the\s+)?(?P<where>first|opening|last|final)\s+(?P<of>half|third|quarter)(?!\s*-?\s*(?:an?\s+|of\s+an?\s+)?{_ONE_UNIT}){_END}",
        _share,
    ),
    (rf"(?<![a-z])(?:the\s+)?(?P<where>second)\s+(?P<of>half){_END}", _share),
    (rf"(?<![a-z])(?:the\s+)?(?P<where>second|middle)\s+(?P<of>third){_END}", _share),
    (r"(?P<where>前面?|后面?|最后|开头)的?(?P<of>一半|[二三四]分之一)", _share),
    (r"(?P<where>中间)的?(?P<of>三分之一)", _share),
    (r"(?P<where>前|后)(?P<of>半)(?=部分|段)", _share),
    (rf"(?<![a-z])(?:the\s+)?middle\s+(?P<d>{_T}|{_UNIT_AND_HALF})|中间的?(?P<zh>{_T})", _middle),
    (rf"{_FROM}(?P<a>{_T})\s*,?\s+for\s+(?:the\s+next\s+)?(?P<d>{_T})", _lasting),
    (rf"(?<![a-z])(?:for\s+)?(?P<d>{_T})\s+(?:starting\s+)?(?:at|from)\s+(?P<a>{_T})", _lasting),
    (rf"在?(?P<a>{_T})(?:的?位置|的?时候|时|处|开始|起)?[,，]?\s*(?:显示|持续|出现)(?P<d>{_T})", _lasting),
)


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Span]], ...]:
    """The rules, compiled when the first message comes: that takes longer than starting the studio."""
    return tuple((re.compile(pattern, re.IGNORECASE), build) for pattern, build in _RULES)


def find_spans(text: str) -> list[tuple[int, int, Span]]:
    """The spans named in a text, as (from, to, span) with places in the text; longest first, never overlapping."""
    found = [(m.start(), m.end(), build(m)) for pattern, build in _compiled() for m in pattern.finditer(text)]
    taken: list[tuple[int, int, Span]] = []
    for start, end, span in sorted(found, key=lambda f: (f[0], -f[1])):
        if not taken or start >= taken[-1][1]:
            taken.append((start, end, span))
    return taken
