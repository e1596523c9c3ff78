"""Answers that are no event stream by their content type, but one by what they hold, or JSON in lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nemo_widgets.errors import EventTooLarge

from .sse import Decoder, Message

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["JsonLines", "decoder_of", "is_page"]

_BOM = b"\xef\xbb\xbf"


def _start(head: bytes) -> bytes:
    return head.removeprefix(_BOM).lstrip()[:1]


def is_page(head: bytes) -> bool:
    """Whether an answer that begins so is a page of HTML or XML, which somebody in between has made."""
    return _start(head) == b"<"


def decoder_of(head: bytes, most: int) -> Decoder | JsonLines:
    """What decodes an answer that begins so: JSON stands for itself, all else is an event stream."""
    return JsonLines(most) if _start(head) in (b"{", b"[") else Decoder(most)


class JsonLines:
    """Decodes JSON objects, one a line; a value over several lines is one as a whole, at the end."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._line = bytearray()

    def feed(self, chunk: bytes) -> Iterator[Message]:
        """The messages that `chunk` completes.

        Raises:
            EventTooLarge: one of them is larger than `most` bytes.
        """
        *lines, rest = chunk.split(b"\n")
        for line in lines:
            self._line += line
            yield from self._take(whole=False)
            if self._line:
                self._line += b"\n"
        self._line += rest
        self._check()

    def end(self) -> Iterator[Message]:
        """What the end of the answer completes."""
        yield from self._take(whole=True)

    def _take(self, *, whole: bool) -> Iterator[Message]:
        self._check()
        text = bytes(self._line.strip())
        if not text:
            self._line.clear()
        elif whole or (text.startswith(b"{") and text.endswith(b"}")):
            try:
                value = json.loads(text.removeprefix(_BOM))
            except (ValueError, RecursionError):
                if not whole:
                    return
                value = text.decode("utf-8", "replace")
            self._line.clear()
            for item in value if isinstance(value, list) else [value]:
                yield Message(json.dumps(item))

    def _check(self) -> None:
        if len(self._line) > self._most:
            self._line.clear()
            raise EventTooLarge(f"An event of the answer is larger than {self._most / 1024 / 1024:.3g} MB.")
