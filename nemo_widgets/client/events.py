"""What comes over the stream of an answer, in both shapes of the protocol (§4), as typed events.

Nothing that arrives is an error here: what is not understood is an `UnknownEvent`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from .json_values import first, mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .sse import Message

__all__ = [
    "ErrorEvent",
    "Event",
    "HeartbeatEvent",
    "TextEvent",
    "ThoughtEvent",
    "ToolCallEvent",
    "ToolResultEvent",
    "UnknownEvent",
    "decode",
    "parse",
]


@dataclass(frozen=True, slots=True)
class TextEvent:
    """Words for the user: a piece (`partial`), or a whole text, which stands for the pieces before it."""

    text: str
    partial: bool = False


@dataclass(frozen=True, slots=True)
class ThoughtEvent:
    """What the agent thinks; not for the user."""

    text: str
    partial: bool = False


@dataclass(frozen=True, slots=True)
class ToolCallEvent:
    """The agent uses a tool. `ask_question` is a question to the user; the next message answers it."""

    id: str
    name: str
    args: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ToolResultEvent:
    """What a tool answered."""

    id: str
    name: str
    response: Any = None


@dataclass(frozen=True, slots=True)
class HeartbeatEvent:
    """The server is still at work."""


@dataclass(frozen=True, slots=True)
class ErrorEvent:
    """The agent or the server reports a failure; `code` is "" where there is none."""

    message: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class UnknownEvent:
    """Something that the protocol does not name; `raw` is its JSON, or its text where it is not JSON."""

    raw: Any = field(repr=False)


Event: TypeAlias = (
    TextEvent | ThoughtEvent | ToolCallEvent | ToolResultEvent | HeartbeatEvent | ErrorEvent | UnknownEvent
)

_BEAT = HeartbeatEvent()
_BEATS = ("", "heartbeat", '"heartbeat"')


def decode(message: Message) -> list[Event]:
    """The events of one message of the stream; at least one."""
    data = message.data
    if data is None or message.event == "heartbeat" or data.strip().lower() in _BEATS:
        return [_BEAT]
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return [_broken(data, error=message.event == "error")]
    return parse(value)


def parse(value: Any) -> list[Event]:
    """The events of one JSON value of the stream; at least one."""
    if not isinstance(value, dict):
        return [UnknownEvent(value)]
    found = list(_typed(value)) if isinstance(value.get("type"), str) else list(_adk(value))
    return found or [UnknownEvent(value)]


def _typed(value: dict[str, Any]) -> Iterator[Event]:
    """`{"type": …}`. Texts are pieces: this shape has no word for a whole one."""
    name, call_id = text(value.get("name")), text(value.get("id"))
    match value["type"]:
        case "heartbeat" | "ping":
            yield _BEAT
        case "text" if words := text(first(value, "content", "text")):
            yield TextEvent(words, partial=value.get("partial") is not False)
        case "thought" | "thinking" if words := text(first(value, "content", "text")):
            yield ThoughtEvent(words, partial=True)
        case "tool_call":
            yield ToolCallEvent(call_id, name, _object(value.get("args")))
        case "tool_result":
            yield ToolResultEvent(call_id, name, first(value, "result", "response"))
        case "error":
            told = _error_text(first(value, "message", "error", "content"))
            yield ErrorEvent(told or "The agent failed.", text(value.get("code")))


def _adk(value: dict[str, Any]) -> Iterator[Event]:
    """An event of Google ADK. Its texts make one event, since a whole text is repeated as one part."""
    partial = value.get("partial") is True
    parts = mapping(value.get("content")).get("parts")
    parts = [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
    words = "".join(text(part.get("text")) for part in parts if part.get("thought") is not True)
    from_user = value.get("author") == "user"
    for part in parts:
        said = text(part.get("text"))
        if not said:
            yield from _tool(part)
        elif part.get("thought") is True:
            yield ThoughtEvent(said, partial)
        elif words and not from_user:
            yield TextEvent(words, partial)
            words = ""
    yield from _failure(value, empty=not parts)


def _tool(part: dict[str, Any]) -> Iterator[Event]:
    if call := mapping(first(part, "functionCall", "function_call")):
        yield ToolCallEvent(text(call.get("id")), text(call.get("name")), _object(call.get("args")))
    elif answer := mapping(first(part, "functionResponse", "function_response")):
        yield ToolResultEvent(text(answer.get("id")), text(answer.get("name")), answer.get("response"))
    elif part.get("text") is None:
        yield UnknownEvent(part)


def _failure(value: dict[str, Any], *, empty: bool) -> Iterator[Event]:
    """The failure that an event tells; what stands in an envelope counts only where there is no content."""
    told = _error_text(first(value, "errorMessage", "error_message"))
    code = text(first(value, "errorCode", "error_code"))
    if told or code:
        yield ErrorEvent(told or f"The agent stopped ({code}).", code)
    elif empty and (told := _error_text(value.get("error"))):
        yield ErrorEvent(told, text(first(value, "code") or mapping(value["error"]).get("code")))
    elif empty and (code := text(value.get("code"))) not in ("", "0", "200"):
        yield ErrorEvent(_error_text(first(value, "message", "msg")) or f"The server stopped ({code}).", code)


def _object(value: Any) -> dict[str, Any]:
    """A call's arguments, also where they are JSON in a string."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return {}
    return mapping(value)


def _error_text(value: Any) -> str:
    if isinstance(value, dict):
        value = first(value, "message", "error_message", "detail", "type")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _broken(data: str, *, error: bool) -> Event:
    """Data that is not JSON: an older ADK writes `{"error": "…"}` without escaping the quotes inside."""
    words = data.strip()
    if words.startswith("{") and words[1:].lstrip().startswith('"error"'):
        told = words[1:].lstrip().removeprefix('"error"').lstrip(" :").partition('"error_details"')[0]
        told = told.rstrip(" \t\r\n},").removeprefix('"').removesuffix('"')
        return ErrorEvent(" ".join(told.split()) or "The agent failed.")
    return ErrorEvent(" ".join(words.split())) if error else UnknownEvent(data)
