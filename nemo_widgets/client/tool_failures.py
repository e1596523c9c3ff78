"""Why a tool of the agent's failed, by what it answered, in whatever words and codes (§4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .event_failures import REASONS, TOLD, denies, failed, http_code, unapplied, why_unapplied
from .failure_shapes import NAMED, elsewhere, is_bad_state, states
from .json_values import first, mapping, named, number, parsed, plain
from .reason_words import SAID, why_in

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["tool_failure"]

_FAILED_FROM = 400
"""Codes from here on are of failures: HTTP's, and those of §10."""
_HELD = ("result", "data", "response", "output")
"""Where a tool's answer may have what it says in."""
_ITEMS = frozenset({"results", "operations", "steps", "items"})
"""Where the answers of several stand."""
_EXITS = ("exit_code", "exitCode", "return_code", "returncode", "exit_status")
_IN_WORDS = re.compile(
    r"\s*+(?:(?:\w*error|failed|failure|\w*exception|错误|失败)\s*[:：]\s*|traceback \(most recent)",
    re.IGNORECASE,
)
"""How a text begins that is a failure."""
_MOST = 200
_SHORT = 6
"""In characters: `执行失败` is a word."""


def tool_failure(response: Any) -> str:
    """Why a tool failed, by its answer, as a sentence; "" where it did not.

    >>> tool_failure({"exit_code": 1, "stderr": "No clip 7."}), tool_failure("Error: No clip 7.")
    ('No clip 7.', 'No clip 7.')
    """
    outer = parsed(response)
    return next((why for held in _answers(outer) if (why := _failure(held))), "")


def _answers(outer: Any) -> Iterator[Any]:
    """The answers in an answer: what it holds, and at last itself."""
    for held in outer[:_MOST] if isinstance(outer, list) else ():
        yield from _answers(held) if isinstance(held, dict) else ()
    for name in _HELD:
        yield parsed(mapping(outer).get(name))
    for part in parts if isinstance(parts := mapping(outer).get("content"), list) else ():
        yield mapping(part).get("text")  # as servers of MCP answer
    for name, held in named(mapping(outer)):
        if plain(name) in _ITEMS and isinstance(held, list):
            yield from (item for item in held[:_MOST] if isinstance(item, dict))
    yield outer


def _failure(held: Any) -> str:
    """Why a tool failed, by one answer."""
    if isinstance(held, str):
        if _is_word(held):
            return failed("", held.strip(), who="agent's tool").message
        found = _IN_WORDS.match(held)
        told = held[found.end() :] if found else ""
        return failed(" ".join((told or held).split()), who="agent's tool").message if found else ""
    value = mapping(held)
    told = why_in(value, *REASONS)
    if not told and (beside := elsewhere(value)):
        told = beside[0]
    if told or _is_bad(value):
        return failed(told or why_in(value, *TOLD), who="agent's tool").message
    return why_unapplied("tool", value) if unapplied(value) else ""


def _is_word(told: str) -> bool:
    """Whether a text is nothing but a word for a failure."""
    word = told.strip(" .。!！")
    return word.lower() in NAMED or (not word.isascii() and len(word) <= _SHORT and is_bad_state(word))


def _is_bad(value: dict[str, Any]) -> bool:
    """Whether an answer says that it failed: by a flag, its state, or the number of a failure."""
    if denies(value) or http_code(value) or any(map(is_bad_state, states(value))):
        return True
    code, ended = number(value.get("code")) or 0, number(first(value, *_EXITS)) or 0
    return bool(ended) or ((code >= _FAILED_FROM or code < 0) and bool(why_in(value, *SAID)))
