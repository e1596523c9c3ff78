"""The failures that events tell (§4), in whatever words and codes: each says why, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.reasons import is_code, says_nothing, sentence

from . import adk_codes
from .event_types import ErrorEvent, ToolCallEvent, ToolResultEvent, UnknownEvent
from .failure_shapes import elsewhere, is_bad_state, is_failure, states
from .json_values import first, mapping, number, text
from .other_shapes import is_quiet, kinds, model_end, words_of
from .reason_words import SAID, WRONG, why_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .event_types import Event

__all__ = [
    "FOR_TOOLS",
    "REASONS",
    "TOLD",
    "UNAPPLIED",
    "cut_off",
    "denies",
    "failed",
    "failure_of",
    "http_code",
    "named_failure",
    "not_applied",
    "tell_failure",
    "unapplied",
    "why_unapplied",
]

REASONS = (*WRONG, "detail")
"""Where an event of a failure says why."""
TOLD = (*REASONS, "reason", *SAID, "content", "text", "data", "payload", "response", "body")
"""Where one that is known for a failure may say so besides: these are in use for other things as well."""
_TOOLS = frozenset({"tool", "tools", "function", "step", "stage"})
_NO_CODE = ("", "none", "null", "nil")
UNAPPLIED = frozenset(
    (
        "session_state_applied", "sessionStateApplied", "state_applied", "stateApplied", "draft_applied",
        "draftApplied", "changes_applied", "changesApplied", "applied",
    )
)  # fmt: skip
"""By one of these, said to be false, nothing of what was done has reached the timeline."""
FOR_TOOLS = frozenset({"tool", "tool_name", "toolName", "name", "step", "task"})
"""An event that holds one of these tells of a part of the work."""


def tell_failure(value: dict[str, Any], found: list[Event], *, empty: bool) -> None:
    """Add the failure that an event tells, if it does, to what was `found` in it.

    What stands in an envelope counts only where the event is `empty` of content.
    """
    if not adk_codes.FAILURES.isdisjoint(value):
        told = why_in(value, "errormessage")
        code = text(first(value, "errorCode", "error_code"))
        reason = text(first(value, "finishReason", "finish_reason"))
        if adk_codes.silent_end(code, reason):
            found += [] if found else [UnknownEvent(value)]  # the end of a turn without words
            return
        code = code.strip()
        if not says_nothing(code) or (told and code.lower() in _NO_CODE):
            told = told or why_in(value, *WRONG, *SAID)
            found.append(failed(adk_codes.told(code, reason) or told, code))
            return
    if not empty:
        return
    code, envelope = _code_in(value), _is_envelope(value)
    bad = is_bad_state(text(value.get("status"))) and FOR_TOOLS.isdisjoint(value)
    if told := why_in(value, *REASONS, *(["reason"] if bad else [])):
        found.append(failed(told, code, "server", envelope=envelope))
    elif not says_nothing(code) or denies(value) or bad:
        found.append(failed(why_in(value, *TOLD), code, "server", envelope=envelope))


def cut_off(value: dict[str, Any], found: Sequence[Event]) -> ErrorEvent | None:
    """The failure of an answer that its model did not bring to its end; None where it did, or failed anyway.

    Beside words only an end in the middle of a text counts; without any all of a model's other ends do. A
    model that calls a tool has not ended.
    """
    if any(isinstance(event, (ErrorEvent, ToolCallEvent)) for event in found):
        return None
    if value.get("interrupted") is True:
        return ErrorEvent(say("model.interrupted"), "INTERRUPTED")
    reason = model_end(value)
    silent = all(isinstance(event, UnknownEvent) for event in found)
    if reason and (silent or adk_codes.is_cut(reason)) and (told := adk_codes.told("", reason)):
        return ErrorEvent(told, reason)
    return None


def unapplied(value: dict[str, Any]) -> bool:
    """Whether a flag says that what was done has not reached the timeline."""
    return any(_is_no(value.get(name)) for name in UNAPPLIED)


def not_applied(value: dict[str, Any]) -> ErrorEvent | None:
    """The failure of an event by whose flag nothing reached the timeline, whatever its words say."""
    return ErrorEvent(why_unapplied("agent", value), "NOT_APPLIED") if unapplied(value) else None


def why_unapplied(who: str, value: dict[str, Any]) -> str:
    """What is said where by a flag nothing of what somebody did has reached the timeline."""
    why = why_in(value, *REASONS, *SAID)
    told = say("failure.unapplied", who=say(f"who.{who}"))
    return sentence(say("run.because", told=told, why=why) if why else told)


def named_failure(value: dict[str, Any]) -> ErrorEvent | ToolResultEvent | None:
    """The failure that an event of no known shape is by its name, its state or its marks; None if it is none.

    That of a tool is the tool's result: the agent may go on.
    """
    named = is_failure(kinds(value))
    beside = None if named or is_quiet(value) else elsewhere(value)
    of_a_tool = not (_TOOLS.isdisjoint(kinds(value)) and FOR_TOOLS.isdisjoint(value))
    if not (named or beside) and (of_a_tool or not _looks_bad(value)):
        return None
    failure = failed(*beside) if beside else failure_of(value)
    if of_a_tool:
        name = text(first(value, "name", "tool_name", "toolName", "tool", "step", "task"))
        return ToolResultEvent(text(value.get("id")), name, {"error": failure.message})
    return failure


def _looks_bad(value: dict[str, Any]) -> bool:
    """Whether an event says of itself that it failed: by its state, its level, a flag or HTTP's number."""
    if any(map(is_bad_state, states(value))):
        return True
    if is_quiet(value):
        return False
    told = [text(value.get(name)) for name in ("level", "severity")]
    return denies(value) or http_code(value) != "" or any(is_failure(words_of(word)) for word in told)


def denies(value: dict[str, Any]) -> bool:
    """Whether a flag says that it failed."""
    good = (value.get(name) for name in ("success", "ok"))
    bad = (value.get(name) for name in ("failed", "isError", "is_error", "hasError"))
    return any(_is_no(flag) or flag == 0 for flag in good) or any(flag is True for flag in bad)


def _is_no(flag: Any) -> bool:
    return flag is False or (isinstance(flag, str) and flag.strip().lower() in {"false", "no"})


def http_code(value: dict[str, Any]) -> str:
    """HTTP's number of a failure; "" for none."""
    code = number(first(value, "statusCode", "status_code", "httpStatus", "status"))
    return str(int(code)) if code is not None and 400 <= code < 600 else ""  # noqa: PLR2004 - HTTP's own classes


def failure_of(value: dict[str, Any]) -> ErrorEvent:
    """The failure of an event that is known for one."""
    told = why_in(value, *TOLD) or why_in(mapping(value.get("status")), *TOLD)
    return failed(told, _code_in(value))


def failed(told: str, code: str = "", who: str = "agent", *, envelope: bool = False) -> ErrorEvent:
    """A failure in the words that tell it; a bare code is told as what it is, a sentence of ours."""
    if told and not is_code(told):
        return ErrorEvent(told, code, envelope)
    word = told.rstrip(" .:") or code
    if not word and who == "agent":
        return ErrorEvent(say("edit.agent failed"))
    said = say("failure.stopped", who=say(f"who.{who}"), why=word or say("failure.says nothing"))
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
    return text(first(inner, "code", "errorCode", "error_code")) or http_code(value)
