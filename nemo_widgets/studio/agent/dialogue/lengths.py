"""Wishes for a length, such as 'make it 15 seconds': a question which part of the film that is to be."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from nemo_widgets.draft import clock, seconds
from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.composing import Asked
from nemo_widgets.studio.agent.language.numbers import number
from nemo_widgets.studio.agent.language.shares import PARTS
from nemo_widgets.studio.agent.language.times import TIME, milliseconds
from nemo_widgets.studio.timeline.clip import length_of
from nemo_widgets.studio.words import Said

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.studio.agent.composing import Plan
    from nemo_widgets.studio.agent.world import World

__all__ = ["of_the_film", "to_length"]

_FILM = r"(?:video|clip|film|movie|recording|footage|interview|timeline|reel|vlog|whole\s+thing)"
_IT = rf"(?:it(?:\s+all)?|this|that|everything|(?:(?:the|my|this|our)\s+)?(?:whole\s+)?{_FILM})"
_MADE = r"(?:version|cut|edit|short|one|video|clip|film|movie|teaser|summary)"
_WISH = rx(
    r"\s*(?:(?:please|can\s+you|could\s+you|i\s+want(?:\s+you)?(?:\s+to)?|just|now)[\s,]+)*"
    rf"(?:(?:make|get|edit|turn)\s+{_IT}|(?:cut|trim|shorten|reduce|condense|bring|get|squeeze|edit|turn|make)\s+(?:{_IT}\s+)?(?:down\s+)?(?:to|into|in)|(?:make|create|give\s+me|cut|edit)(?=\s+an?\s))"
    rf"\s+(?:(?:be|last|only|just|about|around|exactly|an?)\s+)*(?P<long>{TIME})(?:[\s-]+(?:long|in\s+length|in\s+total))?(?:[\s-]+{_MADE})?(?:\s+(?:of|out\s+of|from)\s+{_IT})?(?:\s+please)?[\s.!?]*"
)
_WISH_ZH = re.compile(
    rf"\s*(?:请|帮我)*(?:把|将)?(?:它|这个|整个)?(?:视频|影片|片子|素材|短片)?(?:剪|缩短|压缩|做|改|弄|剪辑|缩)(?:成|到|为)(?P<long>{TIME})(?:左右|以内)?(?:长|的(?:视频|短片|片子|版本))?(?:吧)?[\s。！!?？]*",
    re.IGNORECASE,
)
_FROM = rx(
    r"\s*(?:please\s+)?(?P<verb>start|begin|end|finish)\s+(?P<rest>(?:at|from)\s+(?:the\s+)?frame\s*(?:number\s*|no\.?\s*|#\s*)?\d{1,7})(?:\s+please)?[\s.!]*"
)
"""A frame is one of the pictures; a time alone may be that of anything."""
_FROM_ZH = re.compile(
    rf"\s*(?:请)?(?P<rest>[在到]\s*(?:{TIME}|第\s*\d{{1,7}}\s*帧)(?:处)?(?:结束|为止))[\s。！!]*",
    re.IGNORECASE,
)

_SHARE = (
    rf"(?P<n{{0}}>an?|one|two|three)[\s-]+(?P<part{{0}}>{'|'.join(PARTS)})s?|(?P<half{{0}}>half)"
    r"|(?P<percent{0}>\d{{1,2}})\s*(?:%|percent|per\s+cent)"
)
_SHORTER = rx(
    r"\s*(?:(?:please|can\s+you|could\s+you|i\s+want(?:\s+you)?(?:\s+to)?|just|now)[\s,]+)*"
    rf"(?:(?:shorten|cut|trim|reduce|condense)\s+{_IT}\s+(?:down\s+)?by\s+(?:{_SHARE.format(1)})"
    rf"|(?:make|get)\s+{_IT}\s+(?:(?:{_SHARE.format(2)})\s+shorter|shorter\s+by\s+(?:{_SHARE.format(3)})|(?P<half4>half)\s+as\s+long)"
    rf"|(?P<half5>halve)\s+(?:the\s+length\s+of\s+)?{_IT})(?:\s+please)?[\s.!?]*"
)
_SHORTER_ZH = re.compile(
    r"\s*(?:请|帮我)*(?:把|将)?(?:它|这个|整个)?(?:视频|影片|片子|短片)?(?:的?(?:长度|时长))?(?:再)?(?:缩短|剪短|减少|缩)(?:了|掉)?"
    r"(?:(?P<below>[二三四五六八十])分之(?P<above>[一二三])|(?P<half>一半)|(?P<percent>\d{1,2})\s*%|百分之(?P<hundredths>\d{1,2}))(?:吧)?[\s。！!?？]*"
)


def _shorter(text: str) -> tuple[Fraction, str] | None:
    """By which share a message wants the film to be shorter, and its language; None if it does not."""
    if (said := _SHORTER.fullmatch(text)) is not None:
        g = {name.rstrip("12345"): words.lower() for name, words in said.groupdict().items() if words}
        many = {"two": 2, "three": 3}.get(g.get("n", ""), 1)
        named = Fraction(many, PARTS[g["part"]]) if "part" in g else Fraction(1, 2)
        return Fraction(int(g["percent"]), 100) if "percent" in g else named, "en"
    if (said := _SHORTER_ZH.fullmatch(text)) is None:
        return None
    hundredths = said["percent"] or said["hundredths"]
    named = number(said["above"]) / number(said["below"]) if said["below"] else Fraction(1, 2)
    return Fraction(int(hundredths), 100) if hundredths else named, "zh"


def of_the_film(text: str, world: World, read: Callable[[str], Plan | None]) -> Plan | None:
    """The plan of 'start at frame 30' where nothing but the film's clips is there to begin or to end."""
    if len(world.draft.layout()) != 1:
        return None
    if said := _FROM.fullmatch(text):
        return read(f"{said['verb']} the video {said['rest']}")
    said = _FROM_ZH.fullmatch(text)
    return read(f"视频{said['rest']}") if said else None


def to_length(text: str, world: World, read: Callable[[str], Plan | None]) -> Asked | None:
    """The question that a wish for a length calls for; None if it is none. `read` gives a sentence's plan."""
    said = _WISH.fullmatch(text) or _WISH_ZH.fullmatch(text)
    there = length_of(world.draft.data)
    if said is not None:
        wanted, language = milliseconds(said["long"]), "en" if said.re is _WISH else "zh"
    elif (less := _shorter(text)) is not None and 0 < less[0] < 1:
        wanted, language = round(there * (1 - less[0]) / 100) * 100, less[1]
    else:
        return None
    n, now = seconds(wanted), clock(there)
    if wanted < there:
        question = Said(f"Which {n} seconds of {now}?", f"{now} 中要哪 {n} 秒？")
        choices = [
            Said(f"make a {n} second highlight reel", f"剪成{n}秒的精彩集锦"),
            Said(f"keep only the first {n} seconds", f"只保留前{n}秒"),
            Said(f"keep only the last {n} seconds", f"只保留最后{n}秒"),
            Said(f"speed up the video so it lasts {n} seconds", f"加速到{n}秒"),
        ]
    else:
        question = Said(f"It is {now} long. How is it to become longer?", f"现在长 {now}。要怎么变长？")
        choices = [Said(f"slow down the video so it lasts {n} seconds", f"放慢到{n}秒")]
    return Asked(question, tuple(c for c in choices if read(c.in_language(language))), language)
