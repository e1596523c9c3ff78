"""A tool's call in whatever form it is told: its name, its arguments, and what is a question to the user."""

from __future__ import annotations

import re
from typing import Any

from nemo_widgets import json_text
from nemo_widgets.catalogue import say

from .event_types import ToolCallEvent
from .json_values import first, mapping, plain, text
from .reason_words import one_line

__all__ = ["arguments_in", "call_in", "question_in"]

_ARGUMENTS = ("args", "arguments", "input", "parameters")
_ASKS = frozenset(
    (
        "askquestion", "askquestions", "askuserquestion", "askuser", "askhuman", "adkrequestinput",
        "requestinput", "requestuserinput", "getuserinput", "getuserchoice", "requestclarification",
    )
)  # fmt: skip
"""Google ADK's own are `adk_request_input` and `get_user_choice`; the others are what agents call it."""
_OF_A_QUESTION = frozenset({"questions", "question", "prompt", "options", "choices"})
_CONFIRM = "adk_request_confirmation"
"""By a call of this Google ADK asks whether a tool may be used."""
_INTERRUPT = "__interrupt__"
_CHINESE = re.compile("[\u3400-\u9fff]")


def call_in(call: dict[str, Any], partial: bool = False) -> ToolCallEvent:  # noqa: FBT001, FBT002 - ADK's own flag
    """The call that an object tells: Google's `args`, OpenAI's `arguments`, Anthropic's `input`."""
    name, args = text(call.get("name")), arguments_in(first(call, *_ARGUMENTS))
    if name == _CONFIRM:
        name, args = "ask_question", _confirmation(args)
    elif plain(name) in _ASKS:
        name = "ask_question"
    call_id = text(first(call, "id", "call_id", "callId", "tool_call_id", "toolCallId"))
    return ToolCallEvent(call_id, name, args, partial)


def question_in(value: dict[str, Any]) -> ToolCallEvent | None:
    """The question that an event is by its type, as the call that asks it; None if it is none.

    LangGraph's graphs wait for one in an event without a type (`__interrupt__`).
    """
    if isinstance(waits := value.get(_INTERRUPT), list) and waits:
        held = mapping(waits[0]).get("value")
        args = mapping(held) if not _OF_A_QUESTION.isdisjoint(mapping(held)) else {"prompt": one_line(held)}
        return ToolCallEvent("", "ask_question", args) if any(args.values()) else None
    kind = plain(text(value.get("type")))
    if kind not in _ASKS | {"question"}:
        return None
    held = first(value, *_ARGUMENTS, "content", "data")
    args = arguments_in(held) or ({"prompt": held} if isinstance(held, str) else value)
    args = {name: item for name, item in args.items() if name != "type"}
    return None if _OF_A_QUESTION.isdisjoint(args) else ToolCallEvent("", "ask_question", args)


def _confirmation(args: dict[str, Any]) -> dict[str, Any]:
    """What ADK wants to have confirmed, as the arguments of a question with Yes and No."""
    asked = mapping(first(args, "toolConfirmation", "tool_confirmation"))
    tool = text(mapping(first(args, "originalFunctionCall", "original_function_call")).get("name"))
    prompt = text(asked.get("hint")) or (say("ask.may use", tool=tool) if tool else say("ask.may go on"))
    yes, no = ("是", "否") if _CHINESE.search(prompt) else ("Yes", "No")
    options = [{"id": "yes", "label": yes}, {"id": "no", "label": no}]
    return {"questions": [{"id": "confirm", "prompt": prompt, "options": options}]}


def arguments_in(value: Any) -> dict[str, Any]:
    """A call's arguments, also where they are JSON in a string."""
    if isinstance(value, str):
        try:
            value = json_text.read(value)
        except ValueError:
            return {}
    return mapping(value)
