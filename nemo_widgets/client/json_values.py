"""Values out of JSON that may hold anything: the type that is wanted, or a stand-in."""

from __future__ import annotations

import math
from typing import Any

__all__ = ["first", "mapping", "number", "text", "whole"]


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


def whole(value: str) -> bool:
    """Whether a text is made of visible ASCII and spaces only."""
    return all(" " <= c <= "~" for c in value)
