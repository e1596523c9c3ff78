"""Answers that are no event stream by their content type, but one by what they hold, or JSON in lines."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from nemo_widgets import json_text
from nemo_widgets.catalogue import say
from nemo_widgets.errors import EventTooLarge

from .sse import PAGE, Decoder, Message

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["JsonLines", "decoder_of", "is_page", "page_in"]

_BOM = b"\xef\xbb\xbf"
_SEPARATOR = b"\x1e"
"""What stands before each text of a sequence (RFC 7464); in JSON itself it can't stand."""
_SPACE = b" \t\r\n\v\f" + _SEPARATOR
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?')
"""A string of JSON, or what there is of one; no line end can stand in it."""

_PAGE = re.compile(rf"\s*+(?:\"\s*+)?{PAGE}", re.IGNORECASE)
_TITLE = re.compile(r"<title>([^<]{1,200})", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,500}>?|\\[nrt]")
_HEAD = 4000
_LONGEST = 80


def _start(head: bytes) -> bytes:
    return head.removeprefix(_BOM).lstrip(_SPACE)[:1]


def is_page(head: bytes) -> bool:
    """Whether an answer that begins so is a page of HTML or XML, which somebody in between has made."""
    return _start(head) == b"<"


def page_in(data: str) -> str | None:
    """The words of a page that stands in the place of an event; None where it is none.

    >>> page_in("<html><head><title>502 Bad Gateway</title></head></html>"), page_in("<p>Hi</p>")
    ('502 Bad Gateway', None)
    """
    if _PAGE.match(data) is None:
        return None
    head = data[:_HEAD]
    title = _TITLE.search(head)
    return " ".join(_TAG.sub(" ", title[1] if title else head).strip(' "').split())[:_LONGEST]


def decoder_of(head: bytes, most: int) -> Decoder | JsonLines:
    """What decodes an answer that begins so: JSON stands for itself, all else is an event stream."""
    return JsonLines(most) if _start(head) in (b"{", b"[") else Decoder(most)


class JsonLines:
    """Decodes JSON objects, one a line; a value over several lines is one as a whole, at its end.

    Each line is looked at once, and what it opens is counted, so that a value is parsed once however many
    lines it has.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._text = bytearray()
        self._at = 0
        """Where the present line begins in the text."""
        self._depth = 0
        """How many brackets are open at the end of the line before."""
        self._lost = False
        """Whether the text can become no object any more: it waits for the end of the answer."""

    def feed(self, chunk: bytes) -> Iterator[Message]:
        """The messages that `chunk` completes.

        Raises:
            EventTooLarge: one of them is larger than `most` bytes.
        """
        *lines, rest = chunk.replace(_SEPARATOR, b"").split(b"\n")
        for line in lines:
            self._hold(line)
            yield from self._end_line()
        self._hold(rest)

    def end(self) -> Iterator[Message]:
        """What the end of the answer completes."""
        if text := bytes(self._text).removeprefix(_BOM).strip():
            said = self._said(text)
            yield from [Message(json.dumps(text.decode("utf-8", "replace")))] if said is None else said
        self._clear()

    def _end_line(self) -> Iterator[Message]:
        line = bytes(self._text[self._at :])
        if not self._at and not line.strip():
            self._clear()
            return
        if not self._at:
            self._lost = not line.removeprefix(_BOM).lstrip().startswith(b"{")
        if not self._lost:
            bare = _STRING.sub(b"", line)
            self._depth += sum(map(bare.count, (b"{", b"["))) - sum(map(bare.count, (b"}", b"]")))
            if self._depth <= 0:
                said = self._said(bytes(self._text).removeprefix(_BOM).strip())
                if said is not None:
                    self._clear()
                    yield from said
                    return
                self._lost = True
        self._hold(b"\n")
        self._at = len(self._text)

    @staticmethod
    def _said(text: bytes) -> list[Message] | None:
        """The messages of a value; None if it is none."""
        try:
            value = json_text.read(text)
        except ValueError:
            return None
        return [Message(json.dumps(item)) for item in (value if isinstance(value, list) else [value])]

    def _clear(self) -> None:
        self._text.clear()
        self._at = self._depth = 0
        self._lost = False

    def _hold(self, part: bytes) -> None:
        self._text += part
        if len(self._text) > self._most:
            self._clear()
            raise EventTooLarge(say("answer.large event", size=f"{self._most / 1024 / 1024:.3g} MB"))
