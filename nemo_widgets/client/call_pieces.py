"""Tool calls that are told in pieces: the arguments come as scraps of JSON, over several events.

OpenAI streams `delta.tool_calls[i].function.arguments` (older: `delta.function_call`), its Responses
`response.function_call_arguments.delta`, Anthropic `input_json_delta`. Which call a piece belongs to is told
by an index; where none is, it is the last one that began.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets import json_text

from .call_forms import call_in
from .event_types import ArgumentsEvent
from .json_values import first, mapping, text

if TYPE_CHECKING:
    from .event_types import Event

__all__ = ["calls_beside", "typed_pieces"]

_MOST = 50
"""So many calls of an event are looked at."""


def calls_beside(value: dict[str, Any]) -> list[Event]:
    """The calls that stand openly in an event, in OpenAI's manner; each whole, or a piece of one."""
    listed = value.get("tool_calls")
    found: list[Event] = []
    for held in (
        first(value, "functionCall", "function_call"),
        *(listed[:_MOST] if isinstance(listed, list) else ()),
    ):
        call = mapping(held)
        found += _call({**call, **mapping(call.get("function"))}, text(call.get("index")))
    return found


def typed_pieces(value: dict[str, Any]) -> list[Event]:
    """The piece of a call that an event is by its type, as Anthropic and OpenAI's Responses stream them."""
    place = text(first(value, "index", "output_index"))
    delta = value.get("delta")
    match value.get("type"):
        case "content_block_start" if (call := mapping(value.get("content_block"))).get("type") == "tool_use":
            return _call({**call, "arguments": call.get("input") or ""}, place)
        case "content_block_delta" if mapping(delta).get("type") == "input_json_delta":
            return _more(place, mapping(delta).get("partial_json"))
        case "response.function_call_arguments.delta":
            return _more(place, delta)
        case "response.output_item.added" | "response.output_item.done":
            item = mapping(value.get("item"))
            return _call(item, place) if item.get("type") == "function_call" else []
    return []


def _call(call: dict[str, Any], place: str) -> list[Event]:
    """A call that is whole, or one that begins, or more of the arguments of one."""
    arguments, named = call.get("arguments"), bool(text(call.get("name")))
    if not isinstance(arguments, str) or (named and _is_whole(arguments)):
        return [call_in(call)] if named else []
    if not named:
        return _more(place, arguments)
    begun = call_in({**call, "arguments": None}, partial=True)
    return [begun, ArgumentsEvent(place, arguments, begins=True)]


def _more(place: str, piece: Any) -> list[Event]:
    return [ArgumentsEvent(place, piece)] if isinstance(piece, str) and piece else []


def _is_whole(arguments: str) -> bool:
    """Whether arguments are an object from its beginning to its end."""
    try:
        return isinstance(json_text.read(arguments), dict)
    except ValueError:
        return False
