"""The failures that events tell (§4), in whatever words and codes: each says why, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.reasons import is_code, says_nothing

from . import adk_codes
from .event_types import ErrorEvent, ToolCallEvent, ToolResultEvent, UnknownEvent
from .json_values import first, mapping, number, parsed, text
from .other_shapes import is_quiet, kinds, other_reason, words_of

if TYPE_CHECKING:
    from .event_types import Event

__all__ = [
    "FAILURES",
    "FOR_TOOLS",
    "REASONS",
    "failed",
    "failure_of",
    "is_failure",
    "named_failure",
    "other_cut",
    "tell_failure",
    "tool_failure",
]

FAILURES = frozenset({"errorMessage", "error_message", "errorCode", "error_code"})
"""By one of these an event of ADK's tells a failure."""
REASONS = (
    "error", "detail", "errors", "err_msg", "errmsg", "errMsg", "err", "error_msg", "errorMsg", "exception",
    "fault", "failureReason", "reason",
)  # fmt: skip
"""Where an event of a failure says why; the last one is in use for other things as well."""
_SAID = ("message", "msg", "content", "text", "data", "payload", "response", "body")
"""Where it may say so if nothing is named so."""
_BAD = ("error", "failed", "failure", "fatal", "errored", "crashed", "aborted")
_NAMED = frozenset({*_BAD, "exception", "timeout", "timedout"})
_MENDED = frozenset({"no", "non", "without", "recovered", "retry", "retrying", "warning", "log", "debug"})
_TOOLS = frozenset({"tool", "tools", "function", "step", "stage"})
_IN_WORDS = (
    "message", "msg", "error_message", "errorMessage", "detail", "error", "faultstring", "text", "content",
    "reason", "description", "type",
)  # fmt: skip
"""Where an object of a failure has its words."""
_FAILED_FROM = 400
"""Codes from here on are of failures: HTTP's, and those of §10."""
_NO_CODE = ("", "none", "null", "nil")
_OF_OTHERS = frozenset({"delta", "message"})
"""What stands under one of these is the answer, in OpenAI's manner."""
FOR_TOOLS = frozenset({"tool", "tool_name", "toolName", "name", "step", "task"})
"""An event that holds one of these tells of a part of the work."""


def tell_failure(value: dict[str, Any], found: list[Event], *, empty: bool) -> None:
    """Add the failure that an event tells, if it does, to what was `found` in it.

    What stands in an envelope counts only where the event is `empty` of content.
    """
    if not FAILURES.isdisjoint(value):
        told = _error_text(first(value, "errorMessage", "error_message"))
        code = text(first(value, "errorCode", "error_code"))
        reason = text(first(value, "finishReason", "finish_reason"))
        if adk_codes.silent_end(code, reason):
            found += [] if found else [UnknownEvent(value)]  # the end of a turn without words
            return
        told, code = "" if says_nothing(told) else told, code.strip()
        if not says_nothing(code) or (told and code.lower() in _NO_CODE):
            found.append(failed(adk_codes.told(code, reason) or told, code))
            return
    called = any(isinstance(event, ToolCallEvent) for event in found)
    if not called and (cut := _cut_off(value, empty=empty and not found)):
        found.append(cut)
        return
    if not empty:
        return
    code, envelope = _code_in(value), _is_envelope(value)
    bad = text(value.get("status")).lower() in _BAD and FOR_TOOLS.isdisjoint(value)
    told = _error_text(first(value, *(REASONS if bad else REASONS[:-1])))
    if not says_nothing(told):
        found.append(failed(told, code, "server", envelope=envelope))
    elif not says_nothing(code) or _denies(value) or bad:
        told = _error_text(first(value, *_SAID, "reason"))
        found.append(failed(told, code, "server", envelope=envelope))


def _cut_off(value: dict[str, Any], *, empty: bool) -> ErrorEvent | None:
    """The failure of an answer that its model did not bring to its end; None where it did.

    With a text only too long a one is cut off; the other ends of a model's stand for an answer that is none.
    """
    reason = text(first(value, "finishReason", "finish_reason"))
    if value.get("interrupted") is True:
        return ErrorEvent("The agent's answer was interrupted, and is cut off.", "INTERRUPTED")
    if not _OF_OTHERS.isdisjoint(value):
        return None  # its words come first: see `other_cut`
    if reason and (empty or adk_codes.is_cut(reason)) and (told := adk_codes.told("", reason)):
        return ErrorEvent(told, reason)
    return None


def other_cut(value: dict[str, Any]) -> ErrorEvent | None:
    """The same where the reason stands in another server's manner, with words beside it or without."""
    reason = other_reason(value)
    return ErrorEvent(told, reason) if (told := adk_codes.told("", reason)) else None


def tool_failure(response: Any) -> str:
    """Why a tool failed, by its answer, as a sentence; "" where it did not."""
    held = mapping(parsed(response))
    held = mapping(held.get("result")) or held
    told = _error_text(first(held, "error_message", *REASONS[:-1]))
    coded = number(held.get("code")) or 0
    bad = _denies(held) or held.get("status") in _BAD or (coded >= _FAILED_FROM and text(held.get("message")))
    if says_nothing(told) and bad:
        told = _error_text(first(held, *REASONS, *_SAID)) or "the tool does not say why"
    return "" if says_nothing(told) else failed(told, who="agent's tool").message


def named_failure(value: dict[str, Any]) -> ErrorEvent | ToolResultEvent | None:
    """The failure that an event of no known shape is by its name, its state or its marks; None if it is none.

    That of a tool is the tool's result: the agent may go on.
    """
    named = is_failure(kinds(value))
    of_a_tool = not (_TOOLS.isdisjoint(kinds(value)) and FOR_TOOLS.isdisjoint(value))
    if not named and (of_a_tool or not _looks_bad(value)):
        return None
    failure = failure_of(value, first(value, *REASONS, *_SAID))
    if of_a_tool:
        name = text(first(value, "name", "tool_name", "toolName", "tool", "step", "task"))
        return ToolResultEvent(text(value.get("id")), name, {"error": failure.message})
    return failure


def is_failure(words: set[str]) -> bool:
    """Whether the words of a name say that something failed: `stream_error`, `task_failed`."""
    return not _NAMED.isdisjoint(words) and _MENDED.isdisjoint(words)


def _looks_bad(value: dict[str, Any]) -> bool:
    """Whether an event says of itself that it failed: by its state, its level, a flag or HTTP's number."""
    told = [text(value.get(name)).lower() for name in ("status", "state")]
    if not is_quiet(value):
        told += [text(value.get(name)).lower() for name in ("level", "severity")]
        told += ["failed"] * (_denies(value) or _http_code(value) != "")
    return any(is_failure(words_of(word)) for word in told)


def _denies(value: dict[str, Any]) -> bool:
    """Whether a flag says that it failed."""
    good = (value.get(name) for name in ("success", "ok", "succeeded"))
    bad = (value.get(name) for name in ("failed", "isError", "is_error", "hasError"))
    return any(flag is False or flag == "false" for flag in good) or any(flag is True for flag in bad)


def _http_code(value: dict[str, Any]) -> str:
    """HTTP's number of a failure; "" for none."""
    code = number(first(value, "statusCode", "status_code", "httpStatus", "status"))
    return str(int(code)) if code is not None and 400 <= code < 600 else ""  # noqa: PLR2004 - HTTP's own classes


def failure_of(value: dict[str, Any], why: Any) -> ErrorEvent:
    """The failure of an event, `why` being what it says of the reason, in whatever form."""
    return failed(_error_text(why), _code_in(value))


def failed(told: str, code: str = "", who: str = "agent", *, envelope: bool = False) -> ErrorEvent:
    """A failure in the words that tell it; a bare code is told as what it is, a sentence of ours."""
    if told and not is_code(told):
        return ErrorEvent(told, code, envelope)
    word = told.rstrip(" .:") or code
    if not word and who == "agent":
        return ErrorEvent("The agent failed.")
    said = f"The {who} stopped ({word or 'it does not say why'})."
    return ErrorEvent(adk_codes.told(word, "") or said, code, envelope)


def _is_envelope(value: dict[str, Any]) -> bool:
    """Whether a failure stands as in an answer to a request (§10), and not as a model's own in an event."""
    return value.get("success") is False or any(
        text(mapping(place).get("code")) for place in (value, value.get("detail"))
    )


def _code_in(value: dict[str, Any]) -> str:
    """The code of a failure, also where it stands inside of `error` or `detail`."""
    inner = mapping(first(value, "data", "payload", "response"))
    for place in (
        value,
        *(mapping(held.get(name)) for held in (value, inner) for name in ("error", "detail")),
    ):
        if code := text(first(place, "code", "errorCode", "error_code")):
            return code
    return text(first(inner, "code", "errorCode", "error_code")) or _http_code(value)


def _error_text(value: Any) -> str:
    for _ in range(3):  # no deeper than anybody nests a sentence
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = first(value, *_IN_WORDS)
    return " ".join(value.split()) if isinstance(value, str) else ""
