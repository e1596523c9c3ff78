"""In which forms the Chinese characters of a text are to be drawn: one code stands for several.

Fonts for mainland China draw 骨, 直 or 海 otherwise than those for Japan, Korea and Taiwan do. A text tells
by its other letters: by kana and Hangul, and by characters that only one of the sides writes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal
from unicodedata import name

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Forms", "forms_of", "forms_of_all", "forms_of_language"]

Forms = Literal["", "mainland", "east"]
"""Of mainland China, of the east (Japan, Korea, Taiwan), or "" for what may be either."""
_OF_EAST = ("HIRAGANA", "KATAKANA", "HALFWIDTH KATAKANA", "HANGUL", "BOPOMOFO")
_FIRST = "\u1100"
"""No letter before this one tells."""
_CHARSETS = ("big5", "shift_jis", "euc_kr")
"""What is written in Taiwan, Japan and Korea."""
_EAST = ("ja", "ko", "zh-hant", "zh-tw", "zh-hk", "zh-mo", "yue")


@lru_cache(maxsize=1024)
def forms_of(text: str) -> Forms:
    """The forms that a text tells of by itself."""
    votes = sum(_vote(char) for char in text if char >= _FIRST and char.isalpha())
    return "east" if votes > 0 else "mainland" if votes < 0 else ""


def forms_of_all(texts: Iterable[str]) -> Forms:
    """Those that most of these texts have which tell."""
    told = [forms_of(text) for text in texts]
    east, mainland = told.count("east"), told.count("mainland")
    return "east" if east > mainland else "mainland" if mainland > east else ""


def forms_of_language(code: str) -> Forms:
    """Those of a language, such as `ja` or `zh-TW`; "" for one that has none."""
    code = f"{code.lower().replace('_', '-')}-"
    if any(code.startswith(f"{language}-") for language in _EAST):
        return "east"
    return "mainland" if code.startswith("zh-") else ""


@lru_cache(maxsize=8192)
def _vote(char: str) -> int:
    """1 for a letter of the east alone, -1 for one of the mainland alone, 0 for others."""
    called = name(char, "")
    if called.startswith(_OF_EAST):
        return 1
    if not called.startswith("CJK "):
        return 0
    mainland, east = _in(char, "gb2312"), any(_in(char, charset) for charset in _CHARSETS)
    return east - mainland


def _in(char: str, charset: str) -> bool:
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
