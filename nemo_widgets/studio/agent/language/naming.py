"""Which texts are meant: the title, the second caption, the lower third “Anna”, all subtitles."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .numbers import NUMBER, number
from .ordinals import ORDINAL, ordinal
from .veil import QUOTE

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.edits.texts import Kind

    from .veil import Veiled

__all__ = ["LOWER_THIRD", "Meant", "meant"]

LOWER_THIRD = r"lower[\s-]?thirds?|name\s?(?:tags?|plates?|cards?|straps?|banners?|bars?|strips?|labels?)|chyrons?|人名条|姓名条|名牌|名条|下三分之一(?:字幕)?"
_KINDS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (LOWER_THIRD, ("lower-third",)),
    (r"subtitles?|subs(?![a-z])", ("subtitle", "caption")),
    (r"captions?|字幕条|说明文字", ("caption", "subtitle")),
    (r"字幕(?!标题)", ("subtitle", "caption")),
    (r"titles?|headings?|headlines?|标题|题目", ("title",)),
)
_NUMBER = re.compile(
    rf"(?<![a-z])(?:(?P<ordinal>{ORDINAL})|(?P<begin>opening|intro)|(?P<end>closing)|第(?P<zh>{NUMBER})|(?P<zhend>最后))",
    re.IGNORECASE,
)
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
    which = str(veiled.value(quote.group())) if quote else ""
    return Meant(kinds, which, 0 if which else _number(counted), bool(_MANY.search(plain)))


def _number(words: str) -> int:
    """Which of them by its number, -1 for the last, 0 where the words name none."""
    m = _NUMBER.search(words)
    if m is None:
        return 0
    if m["ordinal"]:
        return ordinal(m["ordinal"])
    return int(number(m["zh"])) if m["zh"] else 1 if m["begin"] else -1
