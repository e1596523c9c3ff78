"""Words that say how exactly a number is meant: about 1.5x, 5 seconds or so, 大概1.5倍, 50%左右.

Nothing here can be done by halves: the number itself is what is meant.
"""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

from nemo_widgets.studio.agent.compiled import rx

from .numbers import NUMBER
from .sayings import open_text
from .tokens import PERCENT

__all__ = ["without_hedges"]

_WORD = r"(?:just\s+|only\s+)?(?:about|around|roughly|approximately|approx\.?|circa|exactly|precisely|nearly|almost|more\s+or\s+less|give\s+or\s+take|something\s+like|somewhere\s+around|like)"
_AMOUNT = rf"(?:(?:a\s+factor\s+of\s+|the\s+|an?\s+)?(?:{NUMBER}|{PERCENT}|half|quarter|third|double|twice|triple|first|last|final|opening|closing|seconds?|minutes?)(?![a-z])|\d)"
_UNIT = r"(?:\d|(?<![a-z])(?:x|s|secs?|seconds?|min|mins?|minutes?|ms|times|percent|db|frames?|degrees)(?![a-z])|%)"
_BEFORE = rx(rf"(?<![\w'])(?<!what\s)(?<!how\s)(?<!tell\sme\s){_WORD}\s+(?={_AMOUNT})")
_AFTER = rx(
    r"(?<=[\w%\ue100-\uf8ff])\s*,?\s+(?:or\s+so|or\s+thereabouts|(?:more|give)\s+or\s+(?:less|take)|exactly|precisely|approximately|roughly)(?![\w'])"
    r"|(?<=\d)-?ish(?![a-z])"
)
_ZH = rx(
    r"大概(?:是|有)?|大约|约莫|差不多(?!了|是)|(?<![节预特制大条公简失相契])约(?=[\d一二两三四五六七八九十半\ue005])|将近|(?:正好|刚好|恰好)(?:是)?|精确(?:地|到)?(?=[\d一二两三四五六七八九十半])"
    r"|(?<=[\d十百])(?:来|多)(?=秒|分)|(?<=[\d秒钟分倍%度帧成半xXsS\ue100-\uf8ff])(?:左右|上下)(?!(?:边|侧|翻|镜|对|颠|滑|移|两))"
)


def without_hedges(text: str) -> str:
    """The text without them; as it is where a text stands in it word for word."""
    if open_text(text):
        return text
    return _ZH.sub("", _AFTER.sub("", _BEFORE.sub("", text)))
