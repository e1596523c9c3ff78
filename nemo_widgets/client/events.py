"""What comes over the stream of an answer, in both shapes of the protocol (§4), as typed events.

Nothing that arrives is an error here: what is not understood is an `UnknownEvent`.
"""

from __future__ import annotations

import json
from json.scanner import make_scanner
from typing import TYPE_CHECKING, Any

from nemo_widgets import json_text

from .adk_events import MARKS, add_adk, piece, says_end
from .call_forms import call_in, question_in
from .call_pieces import typed_pieces
from .event_failures import FOR_TOOLS, cut_off, failed, failure_of, named_failure, not_applied
from .event_types import (
    ErrorEvent,
    Event,
    HeartbeatEvent,
    OutcomeEvent,
    ProgressEvent,
    TextEvent,
    ThoughtEvent,
    ToolResultEvent,
    UnknownEvent,
)
from .failure_shapes import is_failure
from .json_values import first, mapping, number, parsed, text
from .other_shapes import inside, is_prose, is_quiet, words_in, words_of
from .pictures import picture_in
from .reason_words import one_line
from .sse import STRAY

if TYPE_CHECKING:
    from .sse import Message

__all__ = ["decode", "parse"]


_BEAT = HeartbeatEvent()
_BEATS = ("", "heartbeat", '"heartbeat"')
_DEEPEST = 5
"""No deeper than anybody puts events into others."""
_scan = make_scanner(json.JSONDecoder())  # type: ignore[arg-type]  # it takes what a decoder has


def decode(message: Message) -> list[Event]:
    """The events of one message of the stream; at least one."""
    data, kind, _ = message
    bad = kind not in ("", "message") and is_failure(words_of(kind))
    if bad and (data is None or data.strip().lower() in _BEATS):
        return [failed("")]
    if data is None or kind == "heartbeat":
        return [_BEAT]
    if kind == STRAY:
        return [UnknownEvent(data)]
    # Nearly all messages are objects, and those are no bare words.
    if not data.startswith("{") and data.strip().lower() in _BEATS:
        return [_BEAT]
    try:
        value = _value(data)
    except (ValueError, RecursionError):
        return _lines(data) or [_broken(data, error=bad)]
    found = parse(value)
    if bad and not any(isinstance(event, ErrorEvent) for event in found):
        found = [failure_of(value) if isinstance(value, dict) else failed(one_line(value))]
    return found


def _value(data: str) -> Any:
    """What `json_text.read` gives; without what that does beside reading, where a value is small and bare."""
    if data.count("{") + data.count("[") > json_text.DEEPEST:
        return json_text.read(data)
    try:
        value, end = _scan(data, 0)
    except (StopIteration, ValueError):
        end = -1
    return value if end == len(data) else json_text.read(data)


def _lines(data: str) -> list[Event]:
    """The events of several lines of data that are JSON each, and together are none; none if they are not."""
    lines = [line for line in data.splitlines() if line.strip()]
    if len(lines) < 2 or not all(line.lstrip().startswith("{") for line in lines):  # noqa: PLR2004 - several
        return []
    try:
        return [event for line in lines for event in parse(_value(line))]
    except (ValueError, RecursionError):
        return []


def parse(value: Any, depth: int = 0) -> list[Event]:
    """The events of one JSON value of the stream; at least one. `depth`: how many others it stands in."""
    if isinstance(value, list) and value and depth < _DEEPEST:
        return [event for item in value for event in parse(item, depth + 1)]
    if isinstance(value, str):
        return _of_a_text(value, depth)
    if not isinstance(value, dict):
        return [UnknownEvent(value)]
    if (alone := piece(value) or _progress(value)) is not None:
        return [alone]
    found = _of_an_object(value)
    if all(isinstance(event, UnknownEvent) for event in found) and depth < _DEEPEST:
        found = _in_another_shape(value, depth) or found
    if (cut := cut_off(value, found) or not_applied(value)) is not None:
        found.append(cut)
    if not MARKS.isdisjoint(value) and (mark := _mark(value)) is not None:
        if not found and says_end(value, pending=False):
            found.append(UnknownEvent(value))  # it says the end as well
        found.append(mark)
    return found or [UnknownEvent(value)]


def _of_an_object(value: dict[str, Any]) -> list[Event]:
    """The events of an object in the shapes of the protocol, or the failure that it names; perhaps none."""
    found: list[Event] = []
    if isinstance(value.get("type"), str):
        _typed(value, found)
        if not found and isinstance(mapping(value.get("content")).get("parts"), list):
            add_adk(value, found)  # it says what it is in the other shape's words too
    else:
        add_adk(value, found)
        if not found and (asked := question_in(value)) is not None:
            found.append(asked)
    if not found and (failure := named_failure(value)) is not None:
        found.append(failure)
    return found


def _of_a_text(value: str, depth: int) -> list[Event]:
    """The events of a bare text: a heartbeat, JSON once more, or words."""
    if value.lower() == "heartbeat":
        return [_BEAT]
    if depth < _DEEPEST and (held := parsed(value)) is not value:
        return parse(held, depth + 1)
    return [TextEvent(value, partial=True)] if is_prose(value) else [UnknownEvent(value)]


def _mark(value: dict[str, Any]) -> OutcomeEvent | None:
    """What became of the message, as a studio marks it: in ADK's place for such things, or beside a type."""
    marks = mapping(mapping(first(value, "customMetadata", "custom_metadata")).get("nemo"))
    if not text(marks.get("outcome")):
        marks = value if "type" in value else {}
    word, answers = text(marks.get("outcome")), marks.get("answers")
    return OutcomeEvent(word, answers if isinstance(answers, bool) else None) if word else None


def _progress(value: dict[str, Any]) -> ProgressEvent | None:
    """How far a tool is, as a studio tells it; None for anything else."""
    if value.get("type") != "progress" and MARKS.isdisjoint(value):
        return None
    marks = mapping(mapping(first(value, "customMetadata", "custom_metadata")).get("nemo"))
    told = value if value.get("type") == "progress" else mapping(marks.get("progress"))
    done, whole = number(told.get("done_s")), number(told.get("whole_s"))
    if done is None or not whole or whole < 0:
        return None
    return ProgressEvent(text(told.get("tool")), text(told.get("source")), min(max(done, 0.0), whole), whole)


def _in_another_shape(value: dict[str, Any], depth: int) -> list[Event]:
    """The events of a value in a shape that the protocol does not name; none where nothing is obvious."""
    # Of what calls itself a status or the like only what has a shape of the protocol's is looked at.
    below = _DEEPEST if is_quiet(value) else depth + 1
    for held in inside(value):
        found = parse(held, below)
        if not all(isinstance(event, UnknownEvent) for event in found):
            return found
    if (said := words_in(value)) is not None:
        return [TextEvent(*said, says_end(value, pending=False))]
    return []


def _typed(value: dict[str, Any], found: list[Event]) -> None:
    """`{"type": …}`. Texts are pieces: this shape has no word for a whole one."""
    name, call_id = text(value.get("name")), text(value.get("id"))
    match value["type"]:
        case "heartbeat" | "ping":
            found.append(_BEAT)
        case "text" if words := text(first(value, "content", "text")):
            found.append(TextEvent(words, value.get("partial") is not False, says_end(value, pending=False)))
        case "thought" | "thinking" if words := text(first(value, "content", "text")):
            found.append(ThoughtEvent(words, partial=True))
        case "tool_call":
            found.append(call_in(value, value.get("partial") is True))
        case "toolCall" | "function_call" | "functionCall" | "tool_use" if name:
            found.append(call_in(value))
        case "tool_result":
            found.append(ToolResultEvent(call_id, name, first(value, "result", "response")))
        case "image" | "picture" if (picture := picture_in(value)) is not None:
            found.append(picture)
        case "error" | "exception" | "failure" | "failed" | "fatal" if FOR_TOOLS.isdisjoint(value):
            found.append(failure_of(value))
        case _ if (asked := question_in(value)) is not None:
            found.append(asked)
        case _:
            found += typed_pieces(value)


def _broken(data: str, *, error: bool) -> Event:
    """Data that is not JSON: an older ADK writes `{"error": "…"}` without escaping the quotes inside."""
    words = data.strip()
    if words.startswith("{") and words[1:].lstrip().startswith('"error"'):
        told = words[1:].lstrip().removeprefix('"error"').lstrip(" :").partition('"error_details"')[0]
        told = told.rstrip(" \t\r\n},").removeprefix('"').removesuffix('"')
        return failed(" ".join(told.split()))
    if error:
        return failed(" ".join(words.split()))
    return TextEvent(data, partial=True) if is_prose(data) else UnknownEvent(data)
