"""Places named by what lies there, made tokens as times are: the second clip, market.mp4, after the title."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.timeline.refs import AllBut, Beside, ClipRef, Part, TextRef
from nemo_widgets.studio.timeline.time_range import TimeRange

from .numbers import NUMBER, number
from .ordinals import ORDINAL, ordinal
from .tokens import DURATION, FILE, LOOSE, PERCENT, QUOTE, SPAN
from .words import REMOVE, REMOVE_ZH

if TYPE_CHECKING:
    from collections.abc import Callable

    from .tokens import Veiled

__all__ = ["hide_places"]


_ONE = (
    r"(?:(?:video|uploaded)\s+)?(?:clip|shot|segment|video|vid|picture|pic|photo|image|slide|piece)(?![a-z])"
)
_MANY = r"(?:(?:video|uploaded)\s+)?(?:clips|shots|segments|videos|vids|pictures|pics|photos|images|slides|pieces)(?![a-z])"
_N = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)(?![\w:.%])(?!\s*(?:°|degrees?|deg|percent|seconds?|secs?|s(?![a-z])|minutes?|times|x(?![a-z])))"
_THE = r"(?:(?:the|my|this|that)\s+)?"
_ZH_ONE = r"(?:(?:个|段|张|条|幅)(?:视频片段|片段|视频|图片|照片|素材|画面)?|(?:视频片段|片段|图片|照片|素材))(?!标题|停顿|转场|字幕|镜头|场景|剪切点|音乐|秒|分|句)"
_TITLE = rf"(?:the\s+)?(?:title|text|caption)(?:\s+card)?(?:\s*(?P<quote>{QUOTE}))?"
_ALL = r"(?:(?:everything|all|anything|whatever|the\s+(?:part|bit|rest))(?:\s+(?:that\s+comes|coming|that's|that\s+is))?\s+)"
_ZH_TITLE = rf"标题(?P<quote>{QUOTE})?"


def hide_places(text: str, veiled: Veiled, clips: frozenset[str]) -> str:
    """The text with a span's token for each place it names; `clips` are the names of the uploaded clips."""
    places = _Places(veiled, clips)
    for pattern, meant in places.rules:
        text = pattern.sub(lambda m, meant=meant: places.token(m, meant), text)  # type: ignore[misc]
    return text


class _Places:
    """The rules, in the order in which they are tried: what a later one reads may be an earlier one's token."""

    def __init__(self, veiled: Veiled, clips: frozenset[str]) -> None:
        self._veiled, self._clips = veiled, clips
        self.rules: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Any]]] = [
            (_BOTH, lambda m: [_at(m["one"]), m["and"], _at(m["two"])]),
            (_SOME, self._some),
            (_ORDINAL, lambda m: [_at(m["ord"])]),
            (_MIDDLE, lambda _: [ClipRef(middle=True)]),
            (_NUMBERED, _numbered),
            (_ELIDED, self._elided),
            (_ZH_ORDINAL, _zh_ordinal),
            (_NAMED, self._named),
            (_ALL_BUT, self._all_but),
            (_ZH_ALL_BUT, self._all_but),
            (_SHARE, self._share),
            (_PART, self._part),
            (_ZH_PART, self._part),
            (_TEXTS, self._beside_text),
            (_LENGTH_BESIDE, self._length_beside),
            (_ALL_BESIDE, self._all_beside),
        ]

    def token(self, m: re.Match[str], meant: Callable[[re.Match[str]], Any]) -> str:
        """What stands for a match: tokens and the words between them, or the match itself if it is no place."""
        found = meant(m)
        if found is None:
            return m.group()
        return "".join(x if isinstance(x, str) else self._veiled.hide(SPAN, x, m.group()) for x in found)

    def _value(self, token: str | None) -> Any:
        return self._veiled.value(token) if token else None

    def _some(self, m: re.Match[str]) -> list[Any] | None:
        count = int(number(m["n"] or m["zhn"]))
        where = (m["where"] or m["zhwhere"]).lower()
        return (
            [ClipRef(-count, -1) if where in ("last", "final", "最后", "后") else ClipRef(1, count)]
            if count
            else None
        )

    def _elided(self, m: re.Match[str]) -> list[Any] | None:
        """'the third' after 'the second clip'."""
        named = any(
            isinstance(self._value(token), ClipRef) for token in re.findall(SPAN, m.string[: m.start()])
        )
        return [_at(m["ord"])] if named else None

    def _named(self, m: re.Match[str]) -> list[Any] | None:
        name = str(self._value(m["file"]))
        return [ClipRef(name=name)] if name.casefold() in self._clips else None

    def _all_but(self, m: re.Match[str]) -> list[Any] | None:
        if _CUTS.search(m.string[: m.start()]):  # 'remove everything except …' is a rule of its own
            said = _THE_ONE.fullmatch(m["out"])
            return [m.group()[: m.start("out") - m.start()], _at(said["ord"])] if said else None
        out = [_at(one["ord"]) if one["ord"] else self._value(one.group()) for one in _OUT.finditer(m["out"])]
        return [AllBut(1, -1, out=tuple(out))] if all(isinstance(one, ClipRef) for one in out) else None

    def _share(self, m: re.Match[str]) -> list[Any] | None:
        share = Fraction(self._value(m["share"]))
        if not 0 < share < 1:
            return None
        last = m["where"].lower() in ("last", "final", "最后", "后")
        return [TimeRange(0, None, part=(1 - share, Fraction(1)) if last else (Fraction(0), share))]

    def _part(self, m: re.Match[str]) -> list[Any] | None:
        inner, outer = self._value(m["inner"]), self._value(m["outer"])
        fits = isinstance(outer, (ClipRef, TextRef)) and isinstance(inner, TimeRange)
        return [Part(inner, outer)] if fits else None

    def _beside_text(self, m: re.Match[str]) -> list[Any] | None:
        groups = m.groupdict()
        quote = groups.get("quote") or groups.get("zhquote")
        place = TextRef(str(self._value(quote)) if quote else "")
        side = (m["side"] or m["zhside"] or "").lower()
        if m["while"] or m["zhwhile"]:
            return [place]
        return [Beside(place, after=side not in ("before", "until", "之前", "以前", "前面"))]

    def _length_beside(self, m: re.Match[str]) -> list[Any] | None:
        long, near = self._value(m["long"]), self._value(m["near"])
        if isinstance(near, Beside) and near.length_ms is None:
            return [Beside(near.place, near.after, long)]
        if isinstance(near, TimeRange) and near.loose:
            at = near.start if near.end is None else near.end
            return [TimeRange(at, at + long) if near.end is None else TimeRange(max(0, at - long), at)]
        return None

    def _all_beside(self, m: re.Match[str]) -> list[Any] | None:
        place = self._value(m["place"])
        return [Beside(place, after=m["side"].lower() == "after")] if isinstance(place, ClipRef) else None


def _at(said: str) -> ClipRef:
    return ClipRef(ordinal(said))


def _numbered(m: re.Match[str]) -> list[Any]:
    one, two = int(number(m["one"])), m["two"]
    if two is None:
        return [ClipRef(one)]
    joint = m["joint"].strip().lower()
    return (
        [ClipRef(one, int(number(two)))]
        if joint in ("to", "through", "-", "–")
        else [ClipRef(one), f" {joint} ", ClipRef(int(number(two)))]
    )


def _zh_ordinal(m: re.Match[str]) -> list[Any]:
    if m["last"]:
        return [ClipRef(-1)]
    return [ClipRef((-1 if m["back"] else 1) * int(number(m["n"] or m["m"])))]


_BOTH = rx(
    rf"{_THE}(?P<one>{ORDINAL})(?P<and>\s+and\s+)(?:the\s+)?(?P<two>{ORDINAL})\s+(?:{_ONE}|{_MANY}|ones?(?![a-z]))"
)
_SOME = rx(
    rf"{_THE}(?P<where>first|last)\s+(?P<n>{_N})\s+{_MANY}|(?P<zhwhere>前面?|最后|后面?)的?(?P<zhn>{NUMBER})(?:个|段|张|条)(?:视频片段|片段|视频|图片|照片|素材)?(?![\u4e00-\u9fff]*镜头)(?!转场|过渡|叠化|剪切点|剪辑点|接点|标题|停顿|字幕|场景)"
)
_NUMBERED = rx(
    rf"{_THE}(?:clips?|shots?|segments?|pictures?|photos?|videos?)\s*(?:number|no\.?|nr\.?|#)?\s*(?P<one>{_N})(?:(?P<joint>\s*(?:and|&|with|to|through|[-–])\s*)(?:(?:clip|shot|segment|picture|photo)\s*(?:number|no\.?|#)?\s*)?(?P<two>{_N}))?"
)
_ORDINAL = rx(rf"{_THE}(?!final\s+(?:video|cut|clip))(?P<ord>{ORDINAL})\s+(?:{_ONE}|one(?![a-z]))")
_MIDDLE = rx(
    rf"(?:the|my)\s+(?:middle|central)\s+(?:{_ONE}|one(?![a-z]))|(?:正?中间|当中)的?(?:那|这)?一?{_ZH_ONE}"
)
_ELIDED = rx(rf"(?<=\s)the\s+(?P<ord>{ORDINAL})(?=\s*(?:$|[,.;!])|\s+(?:\d|by\s|to\s|too\s*$|twice|half))")
_ZH_ORDINAL = re.compile(
    rf"(?P<back>倒数)?第(?P<n>{NUMBER}){_ZH_ONE}|(?P<last>最后面?的?(?:一{_ZH_ONE}|那{_ZH_ONE}))|(?:片段|素材|图片|照片)(?P<m>{NUMBER})(?![秒分个段张])"
)
_NAMED = rx(
    rf"{_THE}(?:(?:clip|video|picture|photo|file|image)\s+(?:called\s+|named\s+)?)?(?P<file>{FILE})(?:\s+(?:clip|video|vid|shot|picture|pic|photo|image|file|footage|segment|one(?!\s+(?:\w+\s+)?(?:sec|min|hour|frame|more|time|half|step|by)))(?![a-z])|(?:那|这)?(?:张|段|个|条)?(?:视频片段|片段|视频|图片|照片|素材|画面))?(?:那|这)?(?:张|段|条)?(?!\s+as\s+(?!(?:it|they|is|are)(?![a-z])))(?!\s*(?:当|作为|做)(?:背景)?(?:音乐|配乐))"
)
_EVERY = (
    r"(?:all|every|each|both|everything|anything|any|everywhere)(?:\s+of\s+(?:it|them|this|those|these))?"
)
_THE_ONE = rx(rf"(?:the\s+)?(?P<ord>{ORDINAL})(?:\s+one)?(?![a-z])")
_OUT = rx(rf"{SPAN}|{_THE_ONE.pattern}")
_THEM = rf"(?:{SPAN}|(?:the\s+)?{ORDINAL}(?:\s+one)?(?![a-z]))"
_LIST = rf"{SPAN}(?:\s*(?:,\s*and|,|and|&|、|和|与|跟)\s*{SPAN})*"
_ALL_BUT = rx(
    rf"{_EVERY}(?:\s+(?:the\s+|my\s+|other\s+)*(?:{_ONE}|{_MANY}|ones?(?![a-z])))?\s*,?\s+(?:but(?:\s+not)?|except(?:\s+for)?|excluding|apart\s+from|other\s+than|besides|save\s+for|with\s+the\s+exception\s+of)"
    rf"\s+(?:(?:for|on|in)\s+)?(?P<out>{_THEM}(?:\s*(?:,\s*and|,|and|&)\s+{_THEM})*)"
)
_ZH_ALL_BUT = re.compile(
    rf"除了?(?P<out>{_LIST})(?:以外|之外|外)?[,，]?\s*(?:(?:其他|其它|其余|剩下|别|余下)的?(?:所有|全部)?的?(?:片段|视频|镜头|素材|几段|几个|部分)?(?:都|全部|全都|全|统统)?|(?:那段|这段)?(?:都|全部|全都|统统))(?!\s*(?:{REMOVE_ZH}|保留|不要))"
)
_CUTS = rx(rf"(?:{REMOVE}|keep|leave|retain|lose)\s+(?:out\s+)?$|(?:{REMOVE_ZH}|保留|留下)$")
_SHARE = rx(
    rf"(?:the\s+)?(?P<where>first|last|final|前面?|最后|后面?)\s*的?(?P<share>{PERCENT})(?:的(?:内容|部分))?"
)
_PART = rx(rf"(?P<inner>{SPAN})\s*(?:of|from|in|off|out\s+of)\s+(?P<outer>{SPAN})")
_ZH_PART = re.compile(rf"(?P<outer>{SPAN})[里中]?的?(?P<inner>{SPAN})")
_TEXTS = rx(
    rf"{_ALL}?(?P<side>after|before|behind|until)\s+{_TITLE}(?:\s+(?:ends|is\s+(?:gone|over|shown)|disappears|appears))?(?![a-z'])"
    rf"|(?P<while>while|during|under|as\s+long\s+as)\s+{_TITLE.replace('quote', 'inquote')}(?:\s+(?:is\s+(?:shown|there|up|visible)|shows))?(?![a-z'])"
    rf"|{_ZH_TITLE.replace('quote', 'zhquote')}(?:(?:结束|消失)?(?P<zhside>之后|以后|后面|之前|以前|前面)|(?P<zhwhile>(?:显示|出现)(?:的?时候|期间|时)|期间))"
)
_LENGTH_BESIDE = rx(rf"(?:the\s+)?(?P<long>{DURATION})\s+(?:right\s+|just\s+)?(?P<near>{SPAN}|{LOOSE})")
_ALL_BESIDE = rx(rf"{_ALL}(?P<side>after|before)\s+(?P<place>{SPAN})")
