"""Events in the shape of Google ADK (§4), and by what an event says that the turn is at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say

from .adk_codes import FAILURES
from .call_forms import call_in
from .call_pieces import calls_beside
from .event_failures import UNAPPLIED, failed, tell_failure
from .event_types import TextEvent, ThoughtEvent, ToolResultEvent, UnknownEvent
from .json_values import first, mapping, text
from .other_shapes import other_end
from .pictures import picture_in

if TYPE_CHECKING:
    from .event_types import Event

__all__ = ["MARKS", "add_adk", "piece", "says_end"]

_SIGN_IN = "adk_request_credential"
"""By a call of this Google ADK asks that the user sign in to a service that a tool uses."""
_BARE = frozenset({"text", "thought", "thoughtSignature", "thought_signature"})
"""A part of these alone, with no words in it, holds nothing."""
_ENDS = frozenset({"finishReason", "finish_reason", "turnComplete", "turn_complete"})
MARKS = frozenset({"customMetadata", "custom_metadata", "outcome"})
"""Under one of these a studio marks what became of a message, or how far a tool is."""
_RARE = _ENDS | FAILURES | MARKS | UNAPPLIED | {"type", "interrupted"}


def says_end(raw: Any, *, pending: bool) -> bool:
    """Whether an event of ADK's, or its like, says that the turn is at its end.

    The model's own end (`finishReason`) comes with every response, also with one that has a call `pending`.
    """
    if not isinstance(raw, dict) or _ENDS.isdisjoint(raw):
        return other_end(raw)
    whole_turn = first(raw, "turnComplete", "turn_complete")
    return bool(whole_turn or (not pending and first(raw, "finishReason", "finish_reason")))


def piece(value: dict[str, Any]) -> TextEvent | None:
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


def add_adk(value: dict[str, Any], found: list[Event]) -> None:
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
    if not parts:
        found += calls_beside(value)
    tell_failure(value, found, empty=not parts)


def _tool(part: dict[str, Any], partial: bool, found: list[Event]) -> None:  # noqa: FBT001 - ADK's own flag
    """What a part holds besides words."""
    call = mapping(part.get("functionCall") or part.get("function_call"))
    answer = mapping(part.get("functionResponse") or part.get("function_response"))
    if text(call.get("name")) == _SIGN_IN:
        found.append(failed(say("model.sign in")))
    elif text(call.get("name")):
        found.append(call_in(call, partial))
    elif answer:
        found.append(
            ToolResultEvent(text(answer.get("id")), text(answer.get("name")), answer.get("response"))
        )
    elif (picture := picture_in(part.get("inlineData") or part.get("inline_data"))) is not None:
        found.append(picture)
    elif not _BARE.issuperset(part):
        found.append(UnknownEvent(part))
