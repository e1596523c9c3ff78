"""Whole messages in words that would say something else beside others: 'market out', 'first the dog, then the cake'."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re

from nemo_widgets.studio.agent.compiled import rx

from .tokens import SPAN

__all__ = ["goes_verbless", "said_wholly"]

_P = rf"(?:the\s+|my\s+)?{SPAN}"
_LIST = rf"{_P}(?:\s*(?:,\s*and|,|and|&)\s+{_P})*"
_OUT = rx(
    rf"(?P<what>{_LIST})\s*,?\s*(?:out|gone|away|(?:has|have|needs?)\s+to\s+go|must\s+go)|(?:out|away|off)\s+with\s+(?P<what2>{_LIST})"
)
_FIRST = rx(
    rf"(?:first(?:\s+of\s+all)?|firstly)\s*,?\s*(?P<first>{_P})(?P<rest>(?:\s*,?\s*(?:and\s+)?then\s+{_P})+)(?:\s*,?\s*(?:and\s+)?then\s+(?:the\s+)?(?:rest|others?))?"
)
_THEN_REST = rx(rf"(?P<head>.*{SPAN}.*?)\s*,?\s*(?:and\s+)?then\s+(?:the\s+)?(?:rest|others?)")
_VERBLESS = rx(r"\W*(?:[\w'.-]+\s+){1,5}(?:out|gone|away)\W*")
_FIRST_WORD = re.compile(r"(?<![a-z])first(?![a-z])", re.IGNORECASE)


def said_wholly(text: str) -> str:
    """A whole message in the words of the grammar, if it is one of these; others as they are."""
    if m := _OUT.fullmatch(text):
        return f"remove {m['what'] or m['what2']}"
    if m := _FIRST.fullmatch(text):
        return f"{m['first']} first{m['rest']}"
    m = _THEN_REST.fullmatch(text)  # an order puts what it does not name behind what it names
    return m["head"] if m and _FIRST_WORD.search(m["head"]) else text


def goes_verbless(text: str) -> bool:
    """Whether a message may say of something that it goes, without a verb: as a part it may say otherwise.

    >>> goes_verbless("the night out"), goes_verbless("fade the music out over the last two seconds")
    (True, False)
    """
    return _VERBLESS.fullmatch(text) is not None
