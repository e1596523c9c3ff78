"""What the studio says: in English and in Chinese, side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nemo_widgets.languages import either

__all__ = ["Said", "spaced"]

_SECOND_END = re.compile("(?<=[.!?…。！？]”)[.。]")
"""A full stop behind a quotation that has its own."""
_HAN, _LATIN = re.compile("[\u3400-\u9fff]"), re.compile(r"[^\W_\u3400-\u9fff]|[%°×+)\-]")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said in both languages."""

    en: str = ""
    zh: str = ""

    def in_language(self, language: str) -> str:
        """The words for a language code, English unless it is Chinese; no sentence ends twice."""
        return _SECOND_END.sub("", either(language, self.en, self.zh))

    def __add__(self, other: Said) -> Said:
        return Said(f"{self.en} {other.en}".strip(), self.zh + other.zh)


def spaced(*parts: str) -> str:
    """The parts of a Chinese sentence together: a space between Chinese and Latin letters or figures alone.

    None stands before 的. What stands inside of a part, such as a file's name, stays as it is.

    >>> spaced("把", "a.mp4", "和", "海边", "的", "声音关掉")
    '把 a.mp4 和海边的声音关掉'
    """
    told = ""
    for part in filter(None, parts):
        ends = told[-1:], part[0]
        apart = any(_HAN.match(a) and _LATIN.match(b) for a, b in (ends, ends[::-1]))
        told += " " + part if apart and part[0] != "的" else part
    return told
