"""Other wordings of moments, stretches and lengths, put as the plain ones: second forty is 0:40.

The wordings are data (`measures.toml`). They are for what is not understood without: what is said plainly is
read as it stands.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from nemo_widgets.draft import clock
from nemo_widgets.studio.agent.compiled import rx

from .numbers import NUMBER
from .times import HOURS, MINUTES, SECONDS, TIME, milliseconds

__all__ = ["plain_measures"]

_TIME_AT = 0xF0000
_MOST = 2000
"""So many times of a message get a character of their own."""
_PARTS = {
    "time": f"[{chr(_TIME_AT)}-{chr(_TIME_AT + _MOST)}]",
    "number": NUMBER,
    "unit": rf"(?:(?:{SECONDS}|{MINUTES}|{HOURS}))",
}
_PART = re.compile(r"<(time|number|unit)(?::(\w+))?>")
_SLOT = re.compile(r"\{(?P<a>\w+)(?:(?P<sign>[+-])(?P<b>\w+)|:(?P<clock>clock))?\}")


@cache
def _wordings() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each wording and what it is put as, compiled when the first message comes."""
    rows = tomllib.loads(resources.files(__package__).joinpath("measures.toml").read_text(encoding="utf-8"))
    return tuple((rx(_PART.sub(_part, said)), plain) for said, plain in rows["wordings"])


def _part(m: re.Match[str]) -> str:
    return f"(?P<{m[2]}>{_PARTS[m[1]]})" if m[2] else _PARTS[m[1]]


def plain_measures(text: str) -> str:
    """The text with each such wording as the plain one.

    >>> plain_measures("cut from second 40 through to second 43")
    'cut from 0:40 to 0:43'
    """
    times: list[str] = []

    def short(said: str) -> str:
        times.append(said)
        return chr(_TIME_AT + len(times) - 1)

    if len(rx(TIME).findall(text)) > _MOST:
        return text
    text = rx(TIME).sub(lambda m: short(m.group()), text)
    for wording, plain in _wordings():
        done, at = "", 0
        for m in wording.finditer(text):
            said = [(slot.span(), short(_said(slot, m, times))) for slot in _SLOT.finditer(plain)]
            put = plain
            for (start, end), token in reversed(said):
                put = put[:start] + token + put[end:]
            done, at = done + text[at : m.start()] + put, m.end()
        text = done + text[at:]
    return _whole(text, times)


def _said(slot: re.Match[str], m: re.Match[str], times: list[str]) -> str:
    """What stands in the place of a slot: the words, a moment, or one so much later or earlier."""
    words = _whole(m[slot["a"]], times)
    if slot["clock"]:
        return clock(_ms(words), exact=True)
    if slot["sign"]:
        by = _ms(_whole(m[slot["b"]], times))
        return clock(max(0, _ms(words) + (by if slot["sign"] == "+" else -by)), exact=True)
    return words


def _ms(words: str) -> int:
    """A moment; a bare number is of seconds."""
    try:
        return milliseconds(words)
    except ValueError:
        return milliseconds(f"{words} s")


def _whole(text: str, times: list[str]) -> str:
    return text.translate({_TIME_AT + at: said for at, said in enumerate(times)})
