"""Stretches of the timeline as people name them: from here to there, the last ten seconds, the first third."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.timeline.time_range import TimeRange

from .numbers import NUMBER
from .times import END, GAP, HOURS, MINUTES, SECONDS, TIME, milliseconds

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["find_spans"]

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
_ONE_UNIT = rf"(?:(?:{HOURS}|{MINUTES}|{SECONDS}))"
_UNIT_AND_HALF = rf"(?:{_ONE_UNIT}(?:\s+and\s+a\s+half{END})?)"
_SIMPLE = rf"{NUMBER}{GAP}{_ONE_UNIT}"
_BEGUN = r"(?:\s*(?:开始|起|处))?"
_BETWEEN = r"(?:\s*之间)?"
_ZH_FIRST_ONE = re.compile(r"第\s*[一1]\s*(?:秒|分钟|分|小时)钟?")


class _Times:
    """A rule's match; its groups are the words, not what stood for them."""

    def __init__(self, match: re.Match[str], times: list[str]) -> None:
        self._match, self._times = match, times

    def __getitem__(self, name: str) -> str:
        told = {0xF0000 + at: time for at, time in enumerate(self._times)}
        return self._match[name].translate(told)  # a character of the message's own stays

    def get(self, name: str) -> str:
        """The words of a group, "" if it took no part."""
        return self[name] if self._match.groupdict().get(name) else ""


def _unit_of(text: str) -> str:
    return re.sub(rf"^(?:第\s*)?{NUMBER}{GAP}", "", text.strip(), flags=re.IGNORECASE)


def _ms(text: str) -> int:
    """Like `milliseconds`, with 'minute' alone for one minute."""
    text = text.strip()
    return milliseconds(f"1 {text}" if re.fullmatch(_UNIT_AND_HALF, text, re.IGNORECASE) else text)


def _from_to(m: _Times) -> TimeRange:
    return TimeRange(_ms(m["a"]), _ms(m["b"]))


def _short(m: _Times) -> TimeRange | None:
    """'5 to 10 seconds': the first number borrows the unit of the second."""
    unit = m.get("u")
    if not unit and not re.fullmatch(rf"(?:第\s*)?{_SIMPLE}", m["b"], re.IGNORECASE):
        return None
    unit = unit or _unit_of(m["b"])
    joint = "" if "\u4e00" <= unit[0] <= "\u9fff" else " "
    end = m["b"] if _unit_of(m["b"]) else f"{m['b']}{joint}{unit}"
    return TimeRange(_ms(f"{m['a']}{joint}{unit}"), _ms(end))


def _lasting(m: _Times) -> TimeRange:
    return TimeRange(_ms(m["a"]), _ms(m["a"]) + _ms(m["d"]))


def _borrowed(m: _Times) -> TimeRange:
    return TimeRange(0, _ms(f"{m['a']} {_unit_of(m['u'])}"))


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


def _share(m: _Times) -> TimeRange:
    """'the second half', 'the last third': a share of the whole."""
    where, of = m["where"].lower().strip("的面"), _PARTS[m["of"].lower()]
    at = (of - 1) // 2 if where in ("middle", "中间") else _PLACES.get(where, of - 1)
    return TimeRange(0, None, part=(Fraction(at, of), Fraction(at + 1, of)))


def _first_one(m: _Times) -> TimeRange | None:
    """第一秒, the first second, where it is what an edit is done to; any other 第…秒 is a moment."""
    return TimeRange(0, _ms(m["b"].replace("第", "", 1))) if _ZH_FIRST_ONE.fullmatch(m["b"].strip()) else None


def _middle(m: _Times) -> TimeRange:
    """'The middle minute': so long, in the middle of the whole."""
    return TimeRange(_ms(m.get("d") or m["zh"]), None, middle=True)


def _half_of(m: _Times) -> TimeRange:
    return TimeRange(_ms(m.get("a") or m["b"]), None)


_T = "[\U000f0000-\U000fffff]"
"""A time expression while the rules look for spans: one character each, so that the rules stay small."""
_RULES: tuple[tuple[str, Callable[[_Times], TimeRange | None]], ...] = (
    (rf"(?:{_ALL})?{_FROM}(?P<a>{_T}){_BEGUN}{_TO}(?P<b>{_T}){_BETWEEN}", _from_to),
    (rf"(?:{_ALL})?(?<![a-z])between\s+(?P<a>{_T})\s+and\s+(?P<b>{_T})", _from_to),
    (rf"(?:{_ALL})?{_FROM}(?:第\s*)?(?P<a>{NUMBER}){_TO}(?P<b>{_T}){_BETWEEN}", _short),
    (rf"[从在]?(?P<a>{_T})和(?P<b>{_T})之间", _from_to),
    (rf"(?<![a-z])between\s+(?P<a>{NUMBER})\s+and\s+(?P<b>{_T})", _short),
    (
        rf"{_FROM}(?<![a-z])(?P<u>seconds?|minutes?)\s+(?P<a>{NUMBER}){_TO}(?:(?P=u)\s+)?(?P<b>{NUMBER})",
        _short,
    ),
    (rf"(?:{_ALL})?{_FROM}(?P<a>{_T}){_BEGUN}(?:\s*之?后)?{_TO}{_TAIL}", _half_of),
    (
        rf"(?:{_ALL})(?:after|past|from|beyond)\s+(?:the\s+)?(?P<a>{_T})(?:\s+mark(?![a-z]))?(?:\s+(?:on|onwards?){END})?",
        _half_of,
    ),
    (rf"(?:from|starting(?:\s+at)?)\s+(?P<a>{_T})\s+on{END}|{_FROM}(?P<b>{_T})\s+onwards?{END}", _half_of),
    (rf"[从自]?(?P<a>{_T})(?:之后|以后|往后|后面|后)(?!的?\s*(?:\d|{NUMBER}|{_T}))", _half_of),
    (
        rf"(?<![a-z])(?:after|past|beyond)\s+(?:the\s+)?(?P<a>{_T})(?:\s+mark(?![a-z]))?",
        lambda m: TimeRange(_ms(m["a"]), None, loose=True),
    ),
    (rf"{_ALL}(?:before|until|till|up\s+to)\s+(?P<b>{_T})", lambda m: TimeRange(0, _ms(m["b"]))),
    (rf"(?<![a-z])(?:before|up\s+to)\s+(?P<b>{_T})", lambda m: TimeRange(0, _ms(m["b"]), loose=True)),
    (rf"{_FROM}(?:the\s+)?{_HEAD}{_TO}(?P<b>{_T})", lambda m: TimeRange(0, _ms(m["b"]))),
    (rf"(?P<b>{_T})(?:之前|以前|前面|前)(?!的?\s*(?:\d|{NUMBER}|{_T}))", lambda m: TimeRange(0, _ms(m["b"]))),
    (rf"{_FIRST}(?P<b>{_T}|{_UNIT_AND_HALF})", lambda m: TimeRange(0, _ms(m["b"]))),
    (
        rf"(?<![a-z])(?:the\s+)?first(?=\s+(?:and|&)\s+{_LAST}(?P<b>{_T}))",
        lambda m: TimeRange(0, _ms(m["b"])),
    ),
    (rf"(?:最?开头|片头|前)(?=(?:和|与|及){_ZH_LAST}(?P<b>{_T}))", lambda m: TimeRange(0, _ms(m["b"]))),
    (rf"{_ZH_FIRST}(?P<b>{_T})", lambda m: TimeRange(0, _ms(m["b"]))),
    (
        rf"(?<![在从自到至])(?P<b>{_T})(?=(?:都|全|全部|直接)?(?:剪|删|去|切|砍|拿|静音)|\s*(?:[，,。！!；;]|$))",
        _first_one,
    ),
    (rf"{_LAST}(?P<d>{_T}|{_UNIT_AND_HALF})", lambda m: TimeRange(_ms(m["d"]), None, last=True)),
    (rf"{_ZH_LAST}(?P<d>{_T})", lambda m: TimeRange(_ms(m["d"]), None, last=True)),
    (rf"{_FIRST}(?P<a>{NUMBER})(?=\s+(?:and|&)\s+{_LAST}(?P<u>{_T}))", _borrowed),
    (
        rf"(?:the\s+)?(?P<b>{_T})\s+(?:(?:off|from|of|at|in)\s+)?(?:of\s+)?the\s+(?:very\s+)?(?:beginning|start|front){END}",
        lambda m: TimeRange(0, _ms(m["b"])),
    ),
    (
        rf"(?:the\s+)?(?P<d>{_T})\s+(?:(?:off|from|of|at|in)\s+)?(?:of\s+)?the\s+(?:very\s+)?(?:end|back){END}",
        lambda m: TimeRange(_ms(m["d"]), None, last=True),
    ),
    (
        rf"(?<![a-z])(?:the\s+)?(?P<where>first|opening|last|final)\s+(?P<of>half|third|quarter)(?!\s*-?\s*(?:an?\s+|of\s+an?\s+)?{_ONE_UNIT}){END}",
        _share,
    ),
    (rf"(?<![a-z])(?:the\s+)?(?P<where>second)\s+(?P<of>half){END}", _share),
    (rf"(?<![a-z])(?:the\s+)?(?P<where>second|middle)\s+(?P<of>third){END}", _share),
    (r"(?P<where>前面?|后面?|最后|开头)的?(?P<of>一半|[二三四]分之一)", _share),
    (r"(?P<where>中间)的?(?P<of>三分之一)", _share),
    (r"(?P<where>前|后)(?P<of>半)(?=部分|段)", _share),
    (rf"(?<![a-z])(?:the\s+)?middle\s+(?P<d>{_T}|{_UNIT_AND_HALF})|中间的?(?P<zh>{_T})", _middle),
    (rf"{_FROM}(?P<a>{_T})\s*,?\s+for\s+(?:the\s+next\s+)?(?P<d>{_T})", _lasting),
    (rf"(?<![a-z])(?:for\s+)?(?P<d>{_T})\s+(?:starting\s+)?(?:at|from)\s+(?P<a>{_T})", _lasting),
    (rf"在?(?P<a>{_T})(?:的?位置|的?时候|时|处|开始|起)?[,，]?\s*(?:显示|持续|出现)(?P<d>{_T})", _lasting),
)


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], Callable[[_Times], TimeRange | None]], ...]:
    """The rules, compiled when the first message comes."""
    return tuple((rx(pattern), build) for pattern, build in _RULES)


@cache
def _time() -> re.Pattern[str]:
    return rx(TIME)


_NUMBERED = rx(
    r"(?<![a-z])(?:trim|shorten|reduce|limit)\s+(?:the\s+)?(?:clip|video|shot|segment|scene)\s+(?=$)"
)
"""Behind this the number is a clip's: trim clip 2 to 8 seconds."""


def find_spans(text: str) -> list[tuple[int, int, TimeRange]]:
    """The spans named in a text, as (from, to, span) with places in the text; longest first, never overlapping."""
    times, short, places, at = list(_time().finditer(text)), "", [], 0
    for i, time in enumerate(times):
        short += text[at : time.start()] + chr(0xF0000 + i)
        places += [*range(at, time.start()), time.start()]
        at = time.end()
    short, places = short + text[at:], [*places, *range(at, len(text) + 1)]
    named = [time.group() for time in times]
    found = []
    for pattern, build in _compiled():
        for m in pattern.finditer(short):
            span = build(_Times(m, named))
            if (
                span is not None
                and m.end() > m.start()
                and not _NUMBERED.search(short[max(0, m.start() - 40) : m.start()])
            ):
                last = ord(short[m.end() - 1]) - 0xF0000
                end = times[last].end() if last >= 0 else places[m.end() - 1] + 1
                found.append((places[m.start()], end, span))
    taken: list[tuple[int, int, TimeRange]] = []
    for start, end, span in sorted(found, key=lambda f: (f[0], -f[1])):
        if not taken or start >= taken[-1][1]:
            taken.append((start, end, span))
    return taken
