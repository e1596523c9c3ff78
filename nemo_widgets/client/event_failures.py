"""The failures that events tell (§4), in whatever words and codes: each says why, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.reasons import is_code

from . import adk_codes
from .event_types import ErrorEvent, UnknownEvent
from .json_values import first, mapping, text

if TYPE_CHECKING:
    from .event_types import Event

__all__ = ["FAILURES", "FOR_TOOLS", "REASONS", "failed", "failure_of", "tell_failure"]

FAILURES = frozenset({"errorMessage", "error_message", "errorCode", "error_code"})
"""By one of these an event of ADK's tells a failure."""
REASONS = ("error", "detail", "errors", "err_msg", "errmsg", "errMsg", "failureReason", "reason")
"""Where an event of a failure says why; the last one is in use for other things as well."""
_BAD = ("error", "failed", "failure")
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
        if told or code:
            found.append(failed(adk_codes.told(code, reason) or told, code))
            return
    if not empty:
        return
    code, envelope = _code_in(value), _is_envelope(value)
    bad = text(value.get("status")).lower() in _BAD and FOR_TOOLS.isdisjoint(value)
    if told := _error_text(first(value, *(REASONS if bad else REASONS[:-1]))):
        found.append(failed(told, code, "server", envelope=envelope))
    elif code not in ("", "0", "200") or value.get("success") is False or bad:
        told = _error_text(first(value, "message", "msg"))
        found.append(failed(told, code, "server", envelope=envelope))


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
    for place in (value, mapping(value.get("error")), mapping(value.get("detail"))):
        if code := text(first(place, "code", "errorCode", "error_code")):
            return code
    return ""


def _error_text(value: Any) -> str:
    for _ in range(3):  # no deeper than anybody nests a sentence
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = first(value, "message", "msg", "error_message", "detail", "error", "type")
    return " ".join(value.split()) if isinstance(value, str) else ""
