"""What comes over the stream of an answer, in both shapes of the protocol (§4), as typed events.

Nothing that arrives is an error here: what is not understood is an `UnknownEvent`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from json.scanner import make_scanner
from typing import TYPE_CHECKING, Any, TypeAlias

from nemo_widgets import json_text
from nemo_widgets.reasons import is_code

from . import adk_codes
from .json_values import first, mapping, number, parsed, text
from .other_shapes import inside, is_prose, is_quiet, other_end, words_in
from .pictures import PictureEvent, picture_in

if TYPE_CHECKING:
    from .sse import Message

__all__ = [
    "ErrorEvent",
    "Event",
    "HeartbeatEvent",
    "OutcomeEvent",
    "PictureEvent",
    "ProgressEvent",
    "TextEvent",
    "ThoughtEvent",
    "ToolCallEvent",
    "ToolResultEvent",
    "UnknownEvent",
    "decode",
    "parse",
    "says_end",
]


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


@dataclass(frozen=True, slots=True)
class ThoughtEvent:
    """What the agent thinks; not for the user."""

    text: str
    partial: bool = False


@dataclass(frozen=True, slots=True)
class ToolCallEvent:
    """The agent uses a tool. `ask_question` is a question to the user; the next message answers it.

    `partial`: it is told as it is being made up, and will be told once more, whole.
    """

    id: str
    name: str
    args: dict[str, Any] = field(default_factory=dict)
    partial: bool = field(default=False, compare=False)


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
class OutcomeEvent:
    """What became of the message in a studio's own word: done, refused, asked or answered."""

    outcome: str


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
    | ToolResultEvent
    | HeartbeatEvent
    | ErrorEvent
    | OutcomeEvent
    | ProgressEvent
    | UnknownEvent
)

_BEAT = HeartbeatEvent()
_BEATS = ("", "heartbeat", '"heartbeat"')
_BARE = frozenset({"text", "thought", "thoughtSignature", "thought_signature"})
"""A part of these alone, with no words in it, holds nothing."""
_ENDS = frozenset({"finishReason", "finish_reason", "turnComplete", "turn_complete"})
_FAILURES = frozenset({"errorMessage", "error_message", "errorCode", "error_code"})
_REASONS = ("error", "detail", "errors", "err_msg", "errmsg", "errMsg", "failureReason", "reason")
"""Where an event of a failure says why; the last one is in use for other things as well."""
_BAD = ("error", "failed", "failure")
_FOR_TOOLS = frozenset({"tool", "tool_name", "toolName", "name", "step", "task"})
"""An event that holds one of these tells of a part of the work."""
_DEEPEST = 5
"""No deeper than anybody puts events into others."""
_MARKS = frozenset({"customMetadata", "custom_metadata", "outcome"})
_RARE = _ENDS | _FAILURES | _MARKS | {"type"}
_scan = make_scanner(json.JSONDecoder())  # type: ignore[arg-type]  # it takes what a decoder has


def decode(message: Message) -> list[Event]:
    """The events of one message of the stream; at least one."""
    data, kind, _ = message
    if data is None or kind == "heartbeat":
        return [_BEAT]
    # Nearly all messages are objects, and those are no bare words.
    if not data.startswith("{") and data.strip().lower() in _BEATS:
        return [_BEAT]
    try:
        value = _value(data)
    except (ValueError, RecursionError):
        return _lines(data) or [_broken(data, error=kind == "error")]
    found = parse(value)
    if kind == "error" and not any(isinstance(event, ErrorEvent) for event in found):
        told = _error_text(value)
        found = [_failed(told, _code_in(mapping(value)))]
    return found


def _value(data: str) -> Any:
    """What `json_text.read` gives; without what that does beside reading, where a value is small and bare."""
    if data.count("{") + data.count("[") > json_text.DEEPEST:
        return json_text.read(data)
    try:
        value, end = _scan(data, 0)
    except StopIteration:
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
    if (alone := _piece(value) or _progress(value)) is not None:
        return [alone]
    found: list[Event] = []
    if isinstance(value.get("type"), str):
        _typed(value, found)
        if not found and isinstance(mapping(value.get("content")).get("parts"), list):
            _adk(value, found)  # it says what it is in the other shape's words too
    else:
        _adk(value, found)
    if all(isinstance(event, UnknownEvent) for event in found) and depth < _DEEPEST:
        found = _in_another_shape(value, depth) or found
    if not _MARKS.isdisjoint(value) and (word := _mark(value)):
        if not found and says_end(value, pending=False):
            found.append(UnknownEvent(value))  # it says the end as well
        found.append(OutcomeEvent(word))
    return found or [UnknownEvent(value)]


def _of_a_text(value: str, depth: int) -> list[Event]:
    """The events of a bare text: a heartbeat, JSON once more, or words."""
    if value.lower() == "heartbeat":
        return [_BEAT]
    if depth < _DEEPEST and (held := parsed(value)) is not value:
        return parse(held, depth + 1)
    return [TextEvent(value, partial=True)] if is_prose(value) else [UnknownEvent(value)]


def _mark(value: dict[str, Any]) -> str:
    """What became of the message, as a studio marks it: in ADK's place for such things, or beside a type."""
    marks = mapping(mapping(first(value, "customMetadata", "custom_metadata")).get("nemo"))
    return text(marks.get("outcome")) or (text(value.get("outcome")) if "type" in value else "")


def _progress(value: dict[str, Any]) -> ProgressEvent | None:
    """How far a tool is, as a studio tells it; None for anything else."""
    if value.get("type") != "progress" and _MARKS.isdisjoint(value):
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


def says_end(raw: Any, *, pending: bool) -> bool:
    """Whether an event of ADK's, or its like, says that the turn is at its end.

    The model's own end (`finishReason`) comes with every response, also with one that has a call `pending`.
    """
    if not isinstance(raw, dict) or _ENDS.isdisjoint(raw):
        return other_end(raw)
    whole_turn = first(raw, "turnComplete", "turn_complete")
    return bool(whole_turn or (not pending and first(raw, "finishReason", "finish_reason")))


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
            found.append(
                ToolCallEvent(call_id, name, _object(value.get("args")), value.get("partial") is True)
            )
        case "tool_result":
            found.append(ToolResultEvent(call_id, name, first(value, "result", "response")))
        case "image" | "picture" if (picture := picture_in(value)) is not None:
            found.append(picture)
        case "error" | "exception" | "failure" | "failed" | "fatal" if _FOR_TOOLS.isdisjoint(value):
            told = _error_text(first(value, *_REASONS, "message", "content"))
            found.append(_failed(told, _code_in(value)))


def _piece(value: dict[str, Any]) -> TextEvent | None:
    """An event of ADK's that is words and nothing else, as nearly every one is; None for all others."""
    content = value.get("content")
    parts = content.get("parts") if isinstance(content, dict) else None
    if not isinstance(parts, list) or len(parts) != 1 or not _RARE.isdisjoint(value):
        return None
    part = parts[0]
    said = part.get("text") if isinstance(part, dict) and len(part) == 1 else None
    if not isinstance(said, str) or not said or value.get("author") == "user":
        return None
    return TextEvent(said, value.get("partial") is True)


def _adk(value: dict[str, Any], found: list[Event]) -> None:
    """An event of Google ADK. Its texts make one event, since a whole text is repeated as one part."""
    partial = value.get("partial") is True
    content = value.get("content")
    parts = content.get("parts") if isinstance(content, dict) else None
    if not isinstance(parts, list):
        parts = []
    from_user = value.get("author") == "user"
    spoken = [
        part["text"]
        for part in parts
        if isinstance(part, dict) and isinstance(part.get("text"), str) and part.get("thought") is not True
    ]
    words = "" if from_user else "".join(spoken)
    for part in parts:
        if not isinstance(part, dict):
            found.append(UnknownEvent(part))
            continue
        said = part.get("text")
        if isinstance(said, str) and said:
            if part.get("thought") is True:
                found.append(ThoughtEvent(said, partial))
            elif words:
                found.append(TextEvent(words, partial, says_end(value, pending=False)))
                words = ""
        if len(part) > 1 or said is None:
            _tool(part, partial, found)
    _failure(value, found, empty=not parts)


def _tool(part: dict[str, Any], partial: bool, found: list[Event]) -> None:  # noqa: FBT001 - ADK's own flag
    """What a part holds besides words."""
    call = mapping(part.get("functionCall") or part.get("function_call"))
    answer = mapping(part.get("functionResponse") or part.get("function_response"))
    if call.get("name"):
        found.append(
            ToolCallEvent(text(call.get("id")), text(call["name"]), _object(call.get("args")), partial)
        )
    elif answer:
        found.append(
            ToolResultEvent(text(answer.get("id")), text(answer.get("name")), answer.get("response"))
        )
    elif (picture := picture_in(part.get("inlineData") or part.get("inline_data"))) is not None:
        found.append(picture)
    elif not _BARE.issuperset(part):
        found.append(UnknownEvent(part))


def _failure(value: dict[str, Any], found: list[Event], *, empty: bool) -> None:
    """The failure that an event tells; what stands in an envelope counts only where there is no content."""
    if not _FAILURES.isdisjoint(value):
        told = _error_text(first(value, "errorMessage", "error_message"))
        code = text(first(value, "errorCode", "error_code"))
        reason = text(first(value, "finishReason", "finish_reason"))
        if adk_codes.silent_end(code, reason):
            found += [] if found else [UnknownEvent(value)]  # the end of a turn without words
            return
        if told or code:
            found.append(_failed(adk_codes.told(code, reason) or told, code))
            return
    if not empty:
        return
    code = _code_in(value)
    bad = text(value.get("status")).lower() in _BAD and _FOR_TOOLS.isdisjoint(value)
    if told := _error_text(first(value, *(_REASONS if bad else _REASONS[:-1]))):
        found.append(_failed(told, code, "server"))
    elif code not in ("", "0", "200") or value.get("success") is False or bad:
        told = _error_text(first(value, "message", "msg"))
        found.append(_failed(told, code, "server"))


def _failed(told: str, code: str = "", who: str = "agent") -> ErrorEvent:
    """A failure in the words that tell it; a bare code is told as what it is, a sentence of ours."""
    if told and not is_code(told):
        return ErrorEvent(told, code)
    word = told or code
    if not word and who == "agent":
        return ErrorEvent("The agent failed.")
    said = f"The {who} stopped ({word or 'it does not say why'})."
    return ErrorEvent(adk_codes.told(word, "") or said, code)


def _code_in(value: dict[str, Any]) -> str:
    """The code of a failure, also where it stands inside of `error` or `detail`."""
    for place in (value, mapping(value.get("error")), mapping(value.get("detail"))):
        if code := text(first(place, "code", "errorCode", "error_code")):
            return code
    return ""


def _object(value: Any) -> dict[str, Any]:
    """A call's arguments, also where they are JSON in a string."""
    if isinstance(value, str):
        try:
            value = json_text.read(value)
        except ValueError:
            return {}
    return mapping(value)


def _error_text(value: Any) -> str:
    for _ in range(3):  # no deeper than anybody nests a sentence
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = first(value, "message", "msg", "error_message", "detail", "error", "type")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _broken(data: str, *, error: bool) -> Event:
    """Data that is not JSON: an older ADK writes `{"error": "…"}` without escaping the quotes inside."""
    words = data.strip()
    if words.startswith("{") and words[1:].lstrip().startswith('"error"'):
        told = words[1:].lstrip().removeprefix('"error"').lstrip(" :").partition('"error_details"')[0]
        told = told.rstrip(" \t\r\n},").removeprefix('"').removesuffix('"')
        return _failed(" ".join(told.split()))
    if error:
        return _failed(" ".join(words.split()))
    return TextEvent(data, partial=True) if is_prose(data) else UnknownEvent(data)
