"""Chinese as people chat, in the words that the rules have: 掐掉 is 剪掉, 放第一个 is 放到最前面, 吧 is nothing.

For a message that is not understood as it stands. The words are data: plain.toml.
"""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
import tomllib
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.pieces import Piece
from nemo_widgets.studio.timeline.clip import length_of
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.refs import ClipRef, Part
from nemo_widgets.studio.timeline.time_range import TimeRange

from .numbers import NUMBER
from .sayings import open_text
from .sounds import OWN
from .tokens import DURATION, FILE, PERCENT, POINT, QUOTE, RATIO, SPAN
from .words import REMOVE_ZH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .tokens import Veiled

__all__ = ["PLAIN", "plainly"]

PLAIN = tomllib.loads((resources.files(__package__) / "plain.toml").read_text(encoding="utf-8"))
"""The words, the words that say nothing, and the turns."""
_HAN = "[\u3400-\u9fff]"
_ANY = "[\ue000-\ue009][\ue100-\uf8ff]"
_T = f"(?:{POINT}|{DURATION})"
_STARTS = r"(?<![^\s,。;!、再先并后还也])"
_ENDS = r"(?=\s*(?:$|[,。;!、]|然后|再|并|接着|同时|最后(?!的)))"
_GIVEN = {
    **dict.fromkeys(("clip", "span", "first"), SPAN),
    "long": DURATION,
    "at": _T,
    "share": PERCENT,
    "times": rf"(?:{NUMBER})\s*倍",
    "song": rf"(?:{OWN}|{FILE})",
    "remove": REMOVE_ZH,
}
"""What names in the turns stand for, beside those of plain.toml."""


def _filled(pattern: str) -> str:
    """A pattern with what its names stand for."""
    while names := re.findall(r"\{([a-z_]+)\}", pattern):
        for name in names:
            pattern = pattern.replace(f"{{{name}}}", _GIVEN.get(name) or PLAIN["names"][name])
    return pattern


_CLIPS = _filled("{clips}")
_NEXT = rf"(?={_CLIPS}|{_ENDS[3:-1]}|{_filled('{put}|{cut}')})"
_THERE = rx(
    rf"({SPAN}|{_T})(?:那|这)(?:一)?(?:(?:(?:个|条|张)(?={_CLIPS})|段|部分)?{_CLIPS}|(?:个|条|张)(?:{_NEXT}|(?=的))|段|部分|块儿?|截|边|里|儿|会儿|小段)|({SPAN})(?:个|条|张){_NEXT}"
)
"""Words that only point at what is named before them."""
_PLACE = rx(rf"({_T})\s*(?:的)?(?:地方|位置|那里|那儿|处)")
_TOPIC = rx(rf"({SPAN})(?:的话|呢|嘛)(?:,)?")
_FIRST = rx(rf"({_filled('{put}')}(?:到|在|去)?)({SPAN})")
_OF = re.compile(rf"({SPAN})[里中]?的?({SPAN})")
_EDGE = rx(
    rf"(?:把|将)?({SPAN})的?(?:(?P<head>开头|片头|前面|头上)|(?P<tail>结尾|末尾|片尾|最后|后面))的?(?:给)?{_filled('{cut}')}(?:了|去)?({DURATION})"
)
_TO = rx(rf"(剪到)({SPAN})")
_NAMED = rx(
    rf"(打上|写上|加上|标上|放上|显示|加个|加|打|写)(?:一个|个)?(?:我|你|他|她|我们|咱)?的?(?:名字|姓名|网名|账号|公司名|署名|落款)(?={QUOTE})"
)
_ADD = r"(?:加|添|插入|打上|写上|放上|放个|打个|写个)"
_ADDED = rx(rf"{_STARTS}({_T})处?(?={_ADD})")
_BEGUN = rx(rf"({SPAN})的?(?:一开始|刚开始|开头|开始)(?:处|的地方|的时候|时)?(?={_ADD})")
_AT_ONCE = re.compile(r"直接(?!拼|切|接|硬|跳)")
_AND = re.compile(r",\s*再(?=[改换调放加变弄])")
_SMALL = (
    (_THERE, r"\1\2"),
    (_PLACE, r"\1处"),
    (_TOPIC, r"\1"),
    (_NAMED, r"\1文字"),
    (_ADDED, r"在\1处"),
    (_BEGUN, r"\1开始时"),
    (_AT_ONCE, ""),
    (_AND, ","),
)
_COLOUR = rx(rf"([黄红蓝绿白黑粉橙紫灰金]色)的{_ENDS}")
_KIND = rx(rf"(?<={RATIO})(?:的|那种|这种)?(?:电影|宽银幕|宽屏|画幅)*的?(?:那种|样子|比例)?{_ENDS}")
_PITCH = rx(
    r"[,。]?\s*(?:但|但是|不过)?(?:(?:声音|音调|人声|音高|语音)的?(?:音调|音高)?(?:别|不要|不能|不)(?:变调|走音|变声|变尖|变)|(?:声音|音调|音高)(?:保持)?不变|保持(?:原来的)?(?:音调|原调|音高)|(?:别|不要|不)变调)(?=\s*(?:$|[,。;!]))"
)
"""So it is always when clips are played faster or slower."""
_PACE = rx(r"倍|速|快|慢")
_ENOUGH = rx(
    r"(?<=[\ue100-\uf8ff倍])(?:的)?,\s*(?:但|但是)?(?:也)?(?:别|不要|不用)(?:太|过于|超过)(?:长|短|大声|大|小声|小|快|慢|亮|暗|吵|响|久)了?(?=\s*(?:$|[,。;!]))"
)
"""Beside an exact amount it says no more."""
_SPLIT = re.compile(rf"(?:({SPAN})的?)?在({_T})处分割")
_HALVES = ((Fraction(0), Fraction(1, 2)), (Fraction(1, 2), Fraction(1)))
_BEHIND = re.compile(
    rf"(?:后半截|后半|后面的?(?:那|这)?(?:一)?(?:段|截|部分)|后一(?:段|截)|剩下的?(?:那)?(?:一)?(?:段|截|部分))|({SPAN})(?:段|部分)?"
)
_BEFORE = re.compile(
    rf"(?:前半截|前半|前面的?(?:那|这)?(?:一)?(?:段|截|部分)|前一(?:段|截))|({SPAN})(?:段|部分)?"
)


def plainly(text: str, veiled: Veiled, draft: Mapping[str, Any]) -> str:
    """A veiled message in the words of the rules; as it is where they are none for it."""
    if not re.search(_HAN, text) or open_text(text):
        return text
    said = _words().sub(lambda m: _plain_words()[re.sub(r"\s+", " ", m.group().lower())], _joined(text))
    said = _less(_joined(said))
    for pattern, plain in _SMALL:
        said = pattern.sub(plain, said)
    said = _COLOUR.sub(r"\1", _KIND.sub("", said))
    said = _OF.sub(lambda m: _part(m[1], m[2], m, veiled), said)
    said = _EDGE.sub(lambda m: _edge(m, veiled), said)
    said = _FIRST.sub(lambda m: _first(m, veiled), said)
    for pattern, plain, at_end in _turns():
        said = pattern.sub(plain, said) if not at_end or _at_end(said, veiled, draft) else said
    said = _OF.sub(lambda m: _part(m[1], m[2], m, veiled), said)
    said = _TO.sub(lambda m: _length(m, veiled), said)
    return _pieces(said, veiled)


def _joined(text: str) -> str:
    """Without the spaces beside Chinese; between two words, or two values, one is as good as a comma."""
    text = re.sub(rf"(?<={_HAN})\s+(?={_HAN})|(?<=[\ue100-\uf8ff])\s+(?={_ANY})", ",", text)
    return re.sub(rf"(?<={_HAN})\s+|\s+(?={_HAN})", "", text)


def _less(text: str) -> str:
    """Without the words that say nothing, or nothing more."""
    nothing = PLAIN["nothing"]
    text = re.sub("|".join(map(re.escape, nothing["anywhere"])), "", text)
    text = re.sub(rf"(?:{'|'.join(nothing['ends'])}){{1,3}}(?=\s*(?:$|[,。;!]))", "", text)
    text = re.sub(rf"(?:^|(?<=[,。;!]))\s*(?:{'|'.join(nothing['pieces'])})\s*(?:[,。;!]|$)", "", text)
    text = _PITCH.sub("", text) if _PACE.search(_PITCH.sub("", text)) else text
    return _ENOUGH.sub("", text).strip(" ,")


def _part(outer: str, inner: str, m: re.Match[str], veiled: Veiled) -> str:
    """The token of a stretch of a clip; the words as they are where it is none."""
    clip, span = veiled.value(outer), veiled.value(inner)
    fits = isinstance(clip, ClipRef) and isinstance(span, TimeRange)
    return veiled.hide(SPAN, Part(span, clip), m.group()) if fits else m.group()


def _edge(m: re.Match[str], veiled: Veiled) -> str:
    """海边开头剪掉两秒: the removal of so much of it."""
    clip, long = veiled.value(m[1]), veiled.value(m[4])
    if not isinstance(clip, ClipRef):
        return m.group()
    inner = TimeRange(0, long) if m["head"] else TimeRange(long, None, last=True)
    return f"剪掉{veiled.hide(SPAN, Part(inner, clip), m.group())}"


def _first(m: re.Match[str], veiled: Veiled) -> str:
    """放第一个: to the front."""
    place = veiled.value(m[2])
    if place == ClipRef(1) and not re.search("片段|视频", veiled.reveal(m[2])):
        return f"{m[1]}最前面"
    return f"{m[1]}最后面" if place == ClipRef(-1) else m.group()


def _length(m: re.Match[str], veiled: Veiled) -> str:
    """剪到前二十秒: so much of the beginning is left."""
    span = veiled.value(m[2])
    plain = isinstance(span, TimeRange) and span.end is not None and span == TimeRange(0, span.end)
    return f"{m[1]}{veiled.hide(DURATION, span.end, m[2])}" if plain else m.group()


def _at_end(text: str, veiled: Veiled, draft: Mapping[str, Any]) -> bool:
    """Whether the clips that a message names, if any, are the film's last."""
    places = [veiled.value(token) for token in re.findall(SPAN, text)]
    try:
        return all(p.within(draft)[1] >= length_of(draft) for p in places if isinstance(p, ClipRef))
    except EditRefused:
        return False


def _pieces(text: str, veiled: Veiled) -> str:
    """With the half that a split leaves as a place: …处分割，后半截慢放."""
    m = _SPLIT.search(text)
    if m is None:
        return text
    clip, at = veiled.value(m[1]) if m[1] else None, TimeRange(veiled.value(m[2]), None)
    if clip is not None and not isinstance(clip, ClipRef):
        return text
    place = at if clip is None else Part(at, clip)

    def half(found: re.Match[str], *, after: bool) -> str:
        value = veiled.value(found[1]) if found[1] else None
        part = value.part if isinstance(value, TimeRange) else None
        if value is not None and (part is None or part != _HALVES[after]):
            return found.group()
        return veiled.hide(SPAN, Piece(place, after=after), found.group())

    head, tail = text[: m.end()], text[m.end() :]
    for pattern, after in ((_BEHIND, True), (_BEFORE, False)):
        tail = pattern.sub(lambda found, after=after: half(found, after=after), tail)  # type: ignore[misc]
    return head + tail


@cache
def _plain_words() -> dict[str, str]:
    """The rules' word for each that people say."""
    return {said: plain for plain, all_said in PLAIN["words"].items() for said in all_said}


@cache
def _words() -> re.Pattern[str]:
    """Any of these, the longest first; a Latin one is no part of another."""
    longest = sorted(_plain_words(), key=len, reverse=True)
    return rx("|".join(map(_form, longest)))


def _form(word: str) -> str:
    if not word[0].isascii():
        return re.escape(word)
    whole = r"(?![a-z])" if word[-1].isascii() else ""
    return r"(?<![a-z])" + r"\s+".join(map(re.escape, word.split())) + whole


@cache
def _turns() -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    """The turns, compiled when they are needed first, and whether they are for the film's end alone."""
    return tuple((_turn(each["said"]), each["plain"], each.get("at_end", False)) for each in PLAIN["turns"])


def _turn(said: str) -> re.Pattern[str]:
    return rx(f"{_STARTS}(?:{_filled(said)}){_ENDS}")
