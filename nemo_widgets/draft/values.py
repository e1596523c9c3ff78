"""What a value of a draft's JSON is read as: anything that is odd is as good as missing."""

from __future__ import annotations

import contextlib
from typing import Any

__all__ = ["copied", "dicts", "filled", "mapping", "ms", "number", "text"]

_ABSURD = 1e15
"""No level of a draft is as large: what is, is nonsense."""
_ABSURD_MS = 1e12
"""No time of a draft is as large, 31 years: so a million of them together are a whole number of 64 bits."""
_LONGEST_NUMBER = 30


def copied(value: Any) -> Any:
    """A copy of a JSON value, some times as quick as `copy.deepcopy`."""
    if isinstance(value, dict):
        return {key: copied(held) for key, held in value.items()}
    return [copied(held) for held in value] if isinstance(value, list) else value


def dicts(value: Any) -> list[dict[str, Any]]:
    """The objects in a list; none of what is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def filled(given: Any, objects: list[dict[str, Any]]) -> list[Any]:
    """A list with these objects in place of its own; what is none in it stays where it was."""
    new, made = iter(objects), []
    for item in given if isinstance(given, list) else []:
        if not isinstance(item, dict):
            made.append(copied(item))
        elif (found := next(new, None)) is not None:
            made.append(found)
    return [*made, *new]


def mapping(value: Any) -> dict[str, Any]:
    """An object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def text(value: Any) -> str:
    """A text; an empty one for anything else."""
    return value if isinstance(value, str) else ""


def number(value: Any) -> float | None:
    """A number, also where a server writes it as a text; None for anything else."""
    if value is None:
        return None
    if isinstance(value, str) and len(value) <= _LONGEST_NUMBER:
        with contextlib.suppress(ValueError):
            value = float(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if abs(value) < _ABSURD else None  # neither is NaN smaller than anything


def ms(value: Any) -> int | None:
    """A time in whole milliseconds; None where there is none."""
    if type(value) is int and -_ABSURD_MS < value < _ABSURD_MS:  # as nearly all are
        return value
    found = number(value)
    return None if found is None or abs(found) >= _ABSURD_MS else round(found)
