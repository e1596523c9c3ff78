"""Which texts are meant: the title, the second caption, the lower third “Anna”, all subtitles."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .veil import QUOTE

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.edits.texts import Kind

    from .veil import Veiled

__all__ = ["LOWER_THIRD", "Meant", "meant"]

LOWER_THIRD = r"lower[\s-]?thirds?|name\s?(?:tags?|plates?|cards?|straps?|banners?)|chyrons?|人名条|姓名条|名牌|名条|下三分之一(?:字幕)?"
_KINDS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (LOWER_THIRD, ("lower-third",)),
    (r"subtitles?|subs(?![a-z])", ("subtitle", "caption")),
    (r"captions?|字幕条|说明文字", ("caption", "subtitle")),
    (r"字幕(?!标题)", ("subtitle", "caption")),
    (r"titles?|headings?|headlines?|标题|题目", ("title",)),
)
_NUMBERS = (
    ("first|1st|opening|intro|第一|第1", 1), ("second|2nd|第二|第2", 2), ("third(?!s)|3rd|第三|第3", 3),
    ("fourth|4th|第四|第4", 4), ("fifth|5th|第五|第5", 5), ("last|final|closing|最后", -1),
)  # fmt: skip
_MANY = re.compile(
    r"(?<![a-z])(?:all|every|each|any|both|these|those)(?![a-z])|(?:titles|cards|headings|headlines|texts|overlays|captions|thirds|tags|plates|subtitles|subs)(?![a-z])|所有|全部|每",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Meant:
    """The texts that words name: of these kinds (any if empty), saying `which`, or of this number; or many."""

    kinds: tuple[Kind, ...] = ()
    which: str = ""
    number: int = 0
    many: bool = False


def meant(words: str, veiled: Veiled) -> Meant:
    """What the words for one or several texts mean."""
    quote = re.search(QUOTE, words)
    plain = re.sub(QUOTE, "", words)
    kinds = next((kinds for rx, kinds in _KINDS if re.search(rx, plain, re.IGNORECASE)), ())
    counted = re.sub(LOWER_THIRD, "", plain, flags=re.IGNORECASE)
    number = next((n for rx, n in _NUMBERS if re.search(rf"(?<![a-z])(?:{rx})", counted, re.IGNORECASE)), 0)
    which = str(veiled.value(quote.group())) if quote else ""
    return Meant(kinds, which, 0 if which else number, bool(_MANY.search(plain)))
