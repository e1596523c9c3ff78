"""The typed events of an answer's stream (§4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

from nemo_widgets.printable import printable_repr

from .pictures import PictureEvent

__all__ = [
    "ArgumentsEvent",
    "ErrorEvent",
    "Event",
    "HeartbeatEvent",
    "OutcomeEvent",
    "ProgressEvent",
    "TextEvent",
    "ThoughtEvent",
    "ToolCallEvent",
    "ToolResultEvent",
    "UnknownEvent",
]


@printable_repr
@dataclass(frozen=True, slots=True, init=False)
class TextEvent:
    """Words for the user: a piece (`partial`), or a whole text, which stands for the pieces before it.

    `last`: the server says that nothing more is said after them (`finishReason`, `turnComplete`).
    """

    text: str
    partial: bool = False
    last: bool = field(default=False, compare=False)

    def __init__(self, text: str, partial: bool = False, last: bool = False) -> None:  # noqa: FBT001, FBT002 - as generated
        # As a frozen dataclass writes it, in half the time: nearly all of an answer are texts.
        _set_text(self, text)
        _set_partial(self, partial)
        _set_last(self, last)


_set_text, _set_partial, _set_last = (vars(TextEvent)[name].__set__ for name in ("text", "partial", "last"))


@printable_repr
@dataclass(frozen=True, slots=True)
class ThoughtEvent:
    """What the agent thinks; not for the user."""

    text: str
    partial: bool = False


@printable_repr
@dataclass(frozen=True, slots=True)
class ToolCallEvent:
    """The agent uses a tool. `ask_question` is a question to the user; the next message answers it.

    `partial`: it is told as it is being made up, and will be told once more, whole.
    """

    id: str
    name: str
    args: dict[str, Any] = field(default_factory=dict)
    partial: bool = field(default=False, compare=False)


@printable_repr
@dataclass(frozen=True, slots=True)
class ArgumentsEvent:
    """More of the arguments of a call that is told in pieces: a scrap of JSON.

    `place` is the call's own among those of the answer, "" where it is the last one; `begins`: the call is
    that of the event before.
    """

    place: str
    piece: str
    begins: bool = False


@printable_repr
@dataclass(frozen=True, slots=True)
class ToolResultEvent:
    """What a tool answered."""

    id: str
    name: str
    response: Any = None


@dataclass(frozen=True, slots=True)
class HeartbeatEvent:
    """The server is still at work."""


@printable_repr
@dataclass(frozen=True, slots=True)
class ErrorEvent:
    """The agent or the server reports a failure; `code` is "" where there is none.

    `envelope`: it came as the server's answers to requests do (§10), and not as an event of the agent's.
    """

    message: str
    code: str = ""
    envelope: bool = field(default=False, compare=False)


@printable_repr
@dataclass(frozen=True, slots=True)
class OutcomeEvent:
    """What became of the message in a studio's own word: done, refused, asked or answered.

    `answers`: whether it was the answer to the question before it; None where the studio does not say.
    """

    outcome: str
    answers: bool | None = None


@printable_repr
@dataclass(frozen=True, slots=True)
class ProgressEvent:
    """How far a tool of a studio is: it has looked through `done_s` of `whole_s` seconds of a file."""

    tool: str
    source: str
    done_s: float
    whole_s: float


@dataclass(frozen=True, slots=True)
class UnknownEvent:
    """Something that the protocol does not name; `raw` is its JSON, or its text where it is not JSON."""

    raw: Any = field(repr=False)


Event: TypeAlias = (
    TextEvent
    | ThoughtEvent
    | PictureEvent
    | ToolCallEvent
    | ArgumentsEvent
    | ToolResultEvent
    | HeartbeatEvent
    | ErrorEvent
    | OutcomeEvent
    | ProgressEvent
    | UnknownEvent
)
