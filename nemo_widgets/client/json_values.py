"""Values out of JSON that may hold anything: the type that is wanted, or a stand-in."""

from __future__ import annotations

import math
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from nemo_widgets import json_text
from nemo_widgets.printable import without_halves

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find", "first", "layers", "mapping", "named", "number", "parsed", "plain", "text", "whole"]

_ENVELOPES = frozenset({"data", "result", "response", "payload", "body", "value"})
_EXACT = 2**53
_DEEPEST = 5
"""No deeper than anybody puts an answer into envelopes."""
_LONGEST_KEY = 100
_WIDEST = 200
"""So many keys of an object are looked at where something is sought by its name."""
_MOST_KEYS = 10_000
"""So many of an answer in all."""


def text(value: Any) -> str:
    """A string, or a whole number as one (ids beyond 2^53 are exact in Python); else "".

    A float that is whole counts, as long as it is exact. Half a character, which no address and no file can
    hold, is none.
    """
    if isinstance(value, str):
        return without_halves(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        value = int(value)
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
    return "".join(c for c in name[:_LONGEST_KEY] if c.isalnum()).lower()


def layers(value: Any, *inner: str) -> Iterator[dict[str, Any]]:
    """The objects of an answer, from the outside in: itself, and what stands in its envelopes.

    An envelope is a key such as `data` or `result`, or one of `inner`. A list stands for its objects, a text
    for the JSON in it. The objects are those of the answer, no copies.
    """
    names = _ENVELOPES | {plain(name) for name in inner}
    level, left = [value], _MOST_KEYS
    for _ in range(_DEEPEST):
        opened = [parsed(item) for item in level]
        objects = []
        held = chain.from_iterable(each if isinstance(each, list) else [each] for each in opened)
        for item in islice(held, _MOST_KEYS):
            if isinstance(item, dict) and left > 0:
                left -= max(1, min(len(item), _WIDEST))
                objects.append(item)
        yield from objects
        level = [held for item in objects for name, held in named(item) if plain(name) in names]


def named(value: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The keys of an object with their values, as far as one looks for a name among them."""
    return islice(value.items(), _WIDEST)


def find(value: Any, *names: str, inner: tuple[str, ...] = ()) -> Any:
    """The first value that an answer's `layers` hold under one of the names, in any spelling; else None.

    An earlier name wins over a later one, whichever layer it stands in.
    """
    found: dict[str, Any] = {}
    for item in layers(value, *inner):
        for name, held in named(item):
            if held is not None and held != "":
                found.setdefault(plain(name), held)
    return next((found[wanted] for wanted in map(plain, names) if wanted in found), None)


def whole(value: str) -> bool:
    """Whether a text is made of visible ASCII and spaces only."""
    return all(" " <= c <= "~" for c in value)
