"""What a scripted backend is told to answer."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from nemo_widgets.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["CUT", "RESET", "Break", "Item", "Shape", "Turn", "data_of", "frames", "plain", "whole"]

Shape: TypeAlias = Literal["adk", "typed"]


class Break(Enum):
    """How a stream breaks in its middle."""

    CUT = "cut"
    RESET = "reset"

    def __repr__(self) -> str:
        return self.name


CUT: Final = Break.CUT
"""In a reply's events: the connection is closed here, without an end of the stream."""
RESET: Final = Break.RESET
"""In a reply's events: the connection breaks here."""

Item: TypeAlias = str | dict[str, Any] | bytes | float | Break
"""One item of a reply: text, an event, raw bytes, seconds to wait, or a break."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The answer to one message: its items, and the draft that there is once they are through."""

    items: tuple[Item, ...]
    draft: dict[str, Any] | None = None
    status: int = 200
    kind: str = "text/event-stream"
    marked: bool = True
    late_s: float = 0.0

    @classmethod
    def of(cls, text: str, events: Iterable[Item], draft: Draft | dict[str, Any] | None, **how: Any) -> Turn:
        """A turn from what `reply` was given.

        Raises:
            TypeError: an item is none.
        """
        items = (*events, *([text] if text else []))
        for item in items:
            if isinstance(item, bool) or not isinstance(item, (str, dict, bytes, int, float, Break)):
                raise TypeError(f"{item!r} is no text, event, bytes, seconds, CUT or RESET.")
        return cls(items, None if draft is None else plain(draft), **how)

    def rest_takes_time(self, at: int) -> bool:
        """Whether there is something to wait for behind item `at`."""
        return any(isinstance(item, (int, float)) for item in self.items[at + 1 :])


def plain(draft: Draft | dict[str, Any]) -> dict[str, Any]:
    """A draft's JSON, as a copy of its own."""
    return copy.deepcopy(draft.data if isinstance(draft, Draft) else draft)


def frames(item: str | dict[str, Any] | bytes, shape: Shape) -> list[bytes]:
    """The bytes of one item as they go out; a text goes in pieces, as agents write."""
    if isinstance(item, bytes):
        return [item]
    if isinstance(item, dict):
        return [data_of(item)]
    return [data_of(_piece(piece, shape)) for piece in _pieces(item)]


def whole(text: str) -> bytes:
    """A text once more in one piece, as ADK ends a streamed answer."""
    return data_of(_adk(text, partial=False))


def data_of(event: dict[str, Any]) -> bytes:
    """One event as bytes."""
    return b"data: " + json.dumps(event, ensure_ascii=False).encode() + b"\n\n"


def _piece(text: str, shape: Shape) -> dict[str, Any]:
    return _adk(text, partial=True) if shape == "adk" else {"type": "text", "content": text}


def _adk(text: str, *, partial: bool) -> dict[str, Any]:
    event = {"content": {"parts": [{"text": text}], "role": "model"}, "author": "nemo_agent"}
    return {**event, "partial": partial}


def _pieces(text: str) -> list[str]:
    """Some words at once: `cut it now, please` in two."""
    words = text.split(" ")
    groups = [words[at : at + 3] for at in range(0, len(words), 3)]
    return [" ".join(group) + (" " if at + 1 < len(groups) else "") for at, group in enumerate(groups)]
