"""What an export is to be like, taken out of the clause that asks for it: name, format, size and the rest.

What is left says whether it is an export at all: `save it as final.mp4 in 4k` leaves `save it`, `render the
title in 4k` leaves an edit. Of a clause that only says more nothing is left: `…, 4k, called final.mp4`.
"""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.export_formats import ASKED_FOR

from .aside import FILE, QUOTE

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["wishes"]


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_TO = r"(?:(?<![\w])(?:in|at|as|to|into|with|using|via|of)\s+)?(?:(?<![\w])(?:an?|the|its)\s+)?[以用按为成到至]?\s*"
_KIND = r"(?:\s*(?:[- ]?(?:resolution|format|file|quality)(?![\w])|的?(?:分辨率|格式|画质|质量|文件)|的(?![\w])))*"
_SHAPE = r"(?:(?:vertical|portrait|landscape|horizontal|square)(?:ly)?(?:\s+(?:at|in|with))?\s*|[竖横]屏的?\s*|[竖横]版的?\s*|方形的?\s*)?"
_END = r"(?![a-z0-9])"
_ONE_OF = "|".join(sorted(ASKED_FOR))
_TOKEN = rf"[{QUOTE}{FILE}][\ue100-\uf8ff]"
_NAMED = r"(?:called|named|under\s+the\s+(?:file\s?)?name(?:\s+of)?|with\s+the\s+(?:file\s?)?name|(?:call|name)\s+(?:it|this|that|the\s+(?:file|video|result)))"
_NAMED_ZH = r"(?:(?:把)?(?:文件|它)?(?:命名|取名|起名)[为成叫]?|(?:文件名|名字)(?:为|是|叫)?|叫做?)"
_NAME = (
    _rx(
        rf"(?:{_NAMED}|{_NAMED_ZH})\s*(?P<token>{_TOKEN})"
        rf"|(?<![\w])(?:to|as|into|under)\s+(?:(?:a|the)\s+)?(?:file\s+)?(?:{_NAMED}\s+)?(?P<as>{_TOKEN})"
        rf"|[为成到的]\s*(?P<zh>{_TOKEN})"
        rf"|(?:(?<=export )|(?<=save )|(?<=render )|(?<=output )|(?<=导出)|(?<=保存))\s*(?P<bare>{FILE}[\ue100-\uf8ff])"
    ),
    _rx(rf"(?:{_NAMED})\s+(?P<word>[\w-]+)(?=\s*$|\s+(?:in|at|as|with)\s)|{_NAMED_ZH}\s*(?P<zhword>[\w-]+)$"),
)
_SIZES = (
    _rx(rf"{_TO}{_SHAPE}(?P<w>\d{{2,5}})\s*(?:x|×|\*|by|乘)\s*(?P<h>\d{{2,5}})\s*(?:px|pixels?|像素)?{_END}{_KIND}"),
    _rx(rf"{_TO}(?P<lines>\d{{3,4}})\s?p{_END}{_KIND}|(?<![\w])(?:at|in)\s+(?P<bare>480|720|1080|1440|2160)(?![\w.:%]){_KIND}"),
    _rx(rf"{_TO}(?:(?P<uhd>4k|uhd|ultra[- ]?hd)|(?P<qhd>2k)|(?P<more>(?:[5-9]|[1-9]\d)k)|(?P<fhd>full[- ]?hd|fhd)){_END}{_KIND}"),
    _rx(rf"{_TO}(?P<source>(?:original|source|native)\s+(?:resolution|size)|原(?:始|来的?)?(?:分辨率|尺寸|大小))"),
)  # fmt: skip
_RATE = _rx(
    rf"{_TO}(?P<rate>\d{{1,3}}(?:\.\d{{1,3}})?)\s*(?:fps|frames?\s+(?:per|a)\s+second|帧(?:每秒|/秒)?){_END}(?:的)?"
    r"|每秒(?P<a>\d{1,3})帧|帧率(?P<b>\d{1,3})"
)
_QUALITY = _rx(
    rf"{_TO}(?:(?P<en>high|medium|low|best|highest|lowest)[- ]+quality|最?(?P<zh>[高中低好])(?:等)?的?(?:质量|画质|品质)(?:的)?)"
)
_SMALL = _rx(
    rf"(?<![\w])(?:(?:very|really|rather|fairly|quite|nice(?:ly)?|reasonably|as)\s+)*(?:small(?:er|est)?|tiny|compact|compressed|light(?:er|weight)?)(?:\s+as\s+possible)?,?\s+(?=(?:(?:video|audio|sound)\s+)?(?:(?:{_ONE_OF}){_END}|(?:file|download|attachment)(?![\w])))"
    r"|(?:文件|体积)(?:的?(?:体积|大小))?(?:尽量|尽可能|要|弄|做|越|再)*小(?:一?点儿?|一?些|越好)?"
    rf"|(?:尽量|尽可能|最|较|更|比较)?小(?:一?点儿?|一?些)?的?(?=(?:(?:{_ONE_OF})?(?:格式)?的?(?:音频|视频)?文件))"
)
"""A small file is one of low quality: it is the same film at fewer bits."""
_LEVELS = {"best": "high", "highest": "high", "lowest": "low", "好": "high", "高": "high", "中": "medium", "低": "low"}  # fmt: skip
_CODEC = _rx(rf"{_TO}(?:(?P<hevc>h\.?265|hevc)|h\.?264|avc){_END}{_KIND}")
_FORMAT = _rx(
    rf"{_TO}(?<![.\w])(?P<format>{_ONE_OF}){_END}{_KIND}|{_TO}(?<=[\u4e00-\u9fff])(?P<zh>{_ONE_OF}){_END}{_KIND}"
)
_SOUND = _rx(
    r"(?<![\w])(?:(?:as|just|only)\s+)?(?:(?:the|its|an?|just\s+the|only\s+the)\s+)(?:audio|sound)(?:\s+track)?(?:\s+(?:only|alone|file))?(?![\w])"
    r"|(?<![\w])(?:just|only|as)\s+(?:audio|sound)(?![\w])|(?<![\w])(?:audio|sound)\s+(?:only|alone|file)(?![\w])"
    r"|(?:(?<=export )|(?<=save )|(?<=render )|(?<=download ))(?:audio|sound)(?![\w])"
    r"|(?:里|中)?的?(?:音频|声音|音轨)(?:部分|文件)?(?:的)?"
)
_BLANKS = re.compile(" {2,}")
_BESIDE = _rx(r"(?:(?<![\w])(?:with|without|and|including|plus|no|behind|over)\s*|[带有含没无去掉加和]\s*)$")
"""Before the sound it says that it is only a part of what is asked for."""


def wishes(clause: str) -> tuple[str, dict[str, str]]:
    """What is left of a clause, and what was said of an export.

    That is path, resolution, fps, quality, codec, format, and that the sound alone is meant; a path is still
    put aside.

    >>> wishes("save it in 4k with high quality as mp4")
    ('save it', {'resolution': '4k', 'quality': 'high', 'format': 'mp4'})
    """
    found: dict[str, str] = {}

    def take(text: str, pattern: re.Pattern[str], read: Callable[[re.Match[str]], tuple[str, str]]) -> str:
        def put(m: re.Match[str]) -> str:
            key, value = read(m)
            if key and found.setdefault(key, value) != value:
                return m.group()  # said twice, and not alike
            return " " if key or value else m.group()

        return _BLANKS.sub(" ", pattern.sub(put, text))

    rest = clause
    for pattern in _NAME:
        rest = take(rest, pattern, lambda m: ("path", m[m.lastgroup or 0]))
    for pattern in _SIZES:
        rest = take(rest, pattern, _size)
    rest = take(rest, _RATE, lambda m: ("fps", m["rate"] or m["a"] or m["b"]))
    rest = take(rest, _QUALITY, _quality)
    rest = take(rest, _SMALL, lambda _: ("quality", "low"))
    rest = take(rest, _CODEC, lambda m: ("codec", "h265") if m["hevc"] else ("", "usual"))
    rest = take(rest, _FORMAT, lambda m: ("format", (m["format"] or m["zh"]).lower()))
    before = rest
    rest = _SOUND.sub(lambda m: m.group() if _BESIDE.search(before[: m.start()]) else " ", rest)
    if rest != before:
        found["sound"] = "alone"
    return " ".join(rest.split()), found


def _size(m: re.Match[str]) -> tuple[str, str]:
    kind = m.lastgroup
    if kind == "h":
        return "resolution", f"{int(m['w'])}x{int(m['h'])}"
    sizes = {"uhd": "4k", "qhd": "2k", "fhd": "1080p", "source": "source"}
    if kind == "more":
        return "resolution", m["more"].lower()
    return "resolution", sizes.get(kind or "") or f"{m[kind or 0]}p"


def _quality(m: re.Match[str]) -> tuple[str, str]:
    level = (m["en"] or m["zh"]).lower()
    return "quality", _LEVELS.get(level, level)
