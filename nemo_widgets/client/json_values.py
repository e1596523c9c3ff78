"""Values out of JSON that may hold anything: the type that is wanted, or a stand-in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from nemo_widgets import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find", "first", "layers", "mapping", "number", "parsed", "plain", "text", "whole"]

_ENVELOPES = frozenset({"data", "result", "response", "payload", "body", "value"})
_DEEPEST = 5
"""No deeper than anybody puts an answer into envelopes."""


def text(value: Any) -> str:
    """A string, or a whole number as one (ids beyond 2^53 are exact in Python); else ""."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def number(value: Any) -> float | None:
    """A finite number, also where it is written as a string; else None."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def mapping(value: Any) -> dict[str, Any]:
    """An object, or an empty one."""
    return value if isinstance(value, dict) else {}


def first(data: dict[str, Any], *names: str) -> Any:
    """The first of the keys that is there with a value; else None."""
    for name in names:
        if (value := data.get(name)) is not None and value != "":
            return value
    return None


def parsed(value: Any) -> Any:
    """The value; where it is JSON in a string, what that holds."""
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        try:
            return json_text.read(value)
        except ValueError:
            return value
    return value


def plain(name: str) -> str:
    """A key without its spelling: `sessionId`, `session_id` and `session-id` are one."""
    return "".join(c for c in name if c.isalnum()).lower()


def layers(value: Any, *inner: str) -> Iterator[dict[str, Any]]:
    """The objects of an answer, from the outside in: itself, and what stands in its envelopes.

    An envelope is a key such as `data` or `result`, or one of `inner`. A list stands for its objects, a text
    for the JSON in it. The objects are those of the answer, no copies.
    """
    names = _ENVELOPES | {plain(name) for name in inner}
    level = [value]
    for _ in range(_DEEPEST):
        opened = [parsed(item) for item in level]
        objects = [item for held in opened for item in (held if isinstance(held, list) else [held])]
        objects = [item for item in objects if isinstance(item, dict)]
        yield from objects
        level = [held for item in objects for name, held in item.items() if plain(name) in names]


def find(value: Any, *names: str, inner: tuple[str, ...] = ()) -> Any:
    """The first value that an answer's `layers` hold under one of the names, in any spelling; else None.

    An earlier name wins over a later one, whichever layer it stands in.
    """
    found = list(layers(value, *inner))
    for wanted in map(plain, names):
        for item in found:
            for name, held in item.items():
                if plain(name) == wanted and held is not None and held != "":
                    return held
    return None


def whole(value: str) -> bool:
    """Whether a text is made of visible ASCII and spaces only."""
    return all(" " <= c <= "~" for c in value)
