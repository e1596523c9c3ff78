"""Other wordings of numbers, moments, stretches and clips, put as the plain ones: second forty is 0:40.

The wordings are data (`measures.toml`). They are for what is not understood without: what is said plainly is
read as it stands.
"""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx

from .amounts import CLIP, FORMS, SHARE, Slots
from .numbers import NUMBER
from .times import HOURS, MINUTES, SECONDS, TIME

if TYPE_CHECKING:
    from nemo_widgets.studio.timeline.outline import Outline

    from .tokens import Veiled

__all__ = ["plain_measures"]

_TIME_AT = 0xF0000
_MOST = 2000
"""So many times of a message get a character of their own."""
_TIME = f"[{chr(_TIME_AT)}-{chr(_TIME_AT + _MOST)}]"
_PARTS = {
    "time": _TIME,
    "number": NUMBER,
    "moment": rf"(?:{_TIME}|{NUMBER})",
    "unit": rf"(?:(?:{SECONDS}|{MINUTES}|{HOURS}))",
    "share": SHARE,
    "clip": CLIP,
    "at": r"(?:(?<![a-z])(?:up\s+to|right\s+at|right\s+on|at|on|from|to|until|till|before|after|past|by|and|through|thru)\s+)?",
    "split": r"(?<![a-z])(?:(?:split|freeze|divide|slice|pause|chop|cut)(?:\s+(?:it|this|that|the\s+\w+))?(?:\s+(?:at|on|with|in\s+two))?|at|right)\s+",
}
_PART = re.compile(r"<(\w+)(?::(\w+))?>")
_SLOT = re.compile(r"\{(?:(?P<form>\w+)\s+)?(?P<names>[\w ]+)\}")


@cache
def _wordings(table: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each wording of a table and what it is put as, compiled when the first message comes."""
    rows = tomllib.loads(resources.files(__package__).joinpath("measures.toml").read_text(encoding="utf-8"))
    return tuple((rx(_PART.sub(_part, said)), plain) for said, plain in rows[table])


def _part(m: re.Match[str]) -> str:
    if (pattern := _PARTS.get(m[1])) is None:
        return m.group()  # a group's name
    return f"(?P<{m[2]}>{pattern})" if m[2] else pattern


def plain_measures(text: str, veiled: Veiled, outline: Outline) -> str:
    """The text with each such wording as the plain one; `outline` is the timeline's.

    >>> from nemo_widgets.studio.timeline.outline import Outline
    >>> from .tokens import Veiled
    >>> plain_measures("cut from second 40 through to second 43", Veiled(), Outline())
    'cut from 0:40 to 0:43'
    """
    times: list[str] = []

    def short(said: str) -> str:
        times.append(said)
        return chr(_TIME_AT + len(times) - 1)

    def whole(words: str) -> str:
        return words.translate({_TIME_AT + at: said for at, said in enumerate(times)})

    def put(table: str, text: str) -> str:
        for wording, plain in _wordings(table):
            done, at = "", 0
            for m in wording.finditer(text):
                slots = Slots({k: whole(v) for k, v in m.groupdict().items() if v}, veiled, outline)
                if (words := _filled(plain, slots)) is not None:
                    done, at = done + text[at : m.start()] + rx(TIME).sub(_token, words), m.end()
            text = done + text[at:]
        return text

    def _token(m: re.Match[str]) -> str:
        return short(m.group())

    text = put("numbers", text)
    if len(rx(TIME).findall(text)) > _MOST:
        return text
    return whole(put("wordings", rx(TIME).sub(_token, text)))


def _filled(plain: str, slots: Slots) -> str | None:
    """The plain wording with its slots filled; None where one of them means nothing."""
    done, at = "", 0
    for slot in _SLOT.finditer(plain):
        form = FORMS[slot["form"] or "words"]
        if (said := form(slots, *slot["names"].split())) is None:
            return None
        done, at = done + plain[at : slot.start()] + said, slot.end()
    return done + plain[at:]
