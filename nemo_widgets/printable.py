"""Text of others made fit to be printed: no escape sequence, no control, nothing that turns the line around.

What an agent says, a file is called, or a server answers may hold what a terminal obeys: colours, a new
title, a cleared screen, a line that overwrites the one before it. JupyterLab makes links of what looks like
an address in plain text, whatever its scheme; so does a terminal.
"""

from __future__ import annotations

import re
from typing import Any, TypeVar

from .links import shows_host
from .redaction import redact

__all__ = [
    "JOINER",
    "one_line",
    "printable",
    "printable_repr",
    "shortened",
    "without_controls",
    "without_halves",
    "without_sequences",
]

Kind = TypeVar("Kind", bound=type)

JOINER = "\u2060"
"""A word joiner: nobody sees it, and what it stands in has no meaning for a parser any more."""

_HALF = re.compile("[\ud800-\udfff]")
_SEQUENCES = re.compile(
    r"(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # OSC: a title, a link
    r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c]*(?:\x1b\\|\x9c)?"  # DCS, SOS, PM, APC
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, the cursor
    r"|\x1b[ -/]*[0-~]?"  # everything shorter
)
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]"
)
"""C0 and C1 but tab and line feed, what overrides the direction of writing, other ends of lines."""
_OTHER = re.compile(
    r"[a-z][a-z0-9+.-]{1,40}(?=://)|(?:data|xmpp)(?=:\S)|www(?=\.[^\s/?#]*@)",
    re.IGNORECASE,
)
"""How what is no address of the web begins, and is taken for a link."""
_JOINED = rf"\g<0>{JOINER}"
_ADDRESS = re.compile(
    r"(?P<web>https?)://(?P<place>[^\s/?#\"'<>，。；、）】》”]*)[^\s\"'<>，。；、）】》”]*"
    rf"|{_OTHER.pattern}",
    re.IGNORECASE,
)
"""What is taken for a link, or how it begins."""
_LINKED = re.compile(r"://|data:|xmpp:|www\.", re.IGNORECASE)
"""What stands in each of them: to look for it takes a hundredth of the time."""


def without_halves(text: str) -> str:
    r"""The text with � for what is half a character; two halves that stand side by side are one.

    >>> without_halves("a\ud83d\ude00 b\ud83d")
    'a😀 b�'
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _HALF.search(text) else text


def printable(text: str) -> str:
    r"""The text without escape sequences, controls and overrides of direction; lines and tabs stay.

    What would become a link to anything but http, https and mailto, or one that hides its host, is no link,
    and what is secret is left out.

    >>> printable("a\x1b[31mred\x1b[0m\r\nfilm\u202e4pm.exe\x07")
    'ared\nfilm4pm.exe'
    >>> printable("https://a.org file://b").replace(JOINER, "·")
    'https://a.org file·://b'
    """
    text = without_controls(text)
    if ":" not in text and "." not in text:
        return text
    return _ADDRESS.sub(_no_link, text) if _LINKED.search(text) else text


def one_line(text: str, most: int | None = None) -> str:
    r"""The text printable on one line, with an ellipsis where it is cut to `most` characters.

    >>> one_line("add a\ttitle"), one_line("add a title at the end", 12)
    ('add a title', 'add a title…')
    """
    line = " ".join(printable(text).split())
    return line if most is None else shortened(line, most)


def shortened(text: str, most: int) -> str:
    """`text`, or its beginning and an ellipsis where it has more than `most` characters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def without_controls(text: str) -> str:
    """The same, its links as they are: for Markdown, in which they are looked at one by one."""
    if not (text.isascii() and text.isprintable()):
        text = _CONTROLS.sub("", without_sequences(without_halves(text)))
    return redact(text)


def without_sequences(text: str) -> str:
    """The text without escape sequences, each gone whole; lone controls stay."""
    return _SEQUENCES.sub("", text)


def _no_link(found: re.Match[str]) -> str:
    if not found["web"]:
        return found[0] + JOINER
    return found[0] if shows_host(found["place"]) else _OTHER.sub(_JOINED, found[0])


def printable_repr(kind: Kind) -> Kind:
    """A decorator for a class that holds texts of others: its `repr` is printable."""
    made: Any = kind.__repr__

    def shown(self: object) -> str:
        return printable(made(self))

    kind.__repr__ = shown  # type: ignore[assignment]
    return kind
