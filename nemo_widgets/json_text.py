"""JSON that others wrote, read within bounds: what is within them can be walked, compared and kept."""

from __future__ import annotations

import json
import re
from typing import Any

__all__ = ["DEEPEST", "TooMuch", "check", "holds_over", "read"]

DEEPEST = 100
"""So many levels deep JSON may be nested. Python itself follows some hundreds."""
_MOST = 1_000_000
"""So many objects and lists it may hold: each takes a hundred times the room that it takes as text."""
_DIGITS = 640
"""So many digits are always read as a whole number: nobody can set Python's own limit lower."""
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)


class TooMuch(ValueError):
    """It is JSON, but nested too deep, or holds too much; its text says which."""


def read(text: str | bytes | bytearray) -> Any:
    """The value of a JSON text.

    Raises:
        ValueError: it is none. TooMuch: it is nested too deep, or holds too much.
    """
    told = text if isinstance(text, str) else text.decode(json.detect_encoding(text), "surrogatepass")
    told = told.removeprefix("\ufeff")
    if holds_over(_MOST, told):
        raise TooMuch(f"it holds more than {_MOST:,} objects and lists")
    try:
        value = _loaded(told)
    except RecursionError:
        raise _too_deep() from None
    if _opened(told) > DEEPEST:
        check(value)
    return value


def _loaded(told: str) -> Any:
    """The value; a number of more digits than Python reads is infinite, and what stands beside it is kept."""
    try:
        return json.loads(told)
    except json.JSONDecodeError:
        raise
    except ValueError:
        return json.loads(told, parse_int=_number)


def _number(digits: str) -> float:
    return int(digits) if len(digits) <= _DIGITS else float(digits)


def check(value: Any) -> None:
    """Do nothing, unless a value is nested deeper than `DEEPEST` levels.

    Raises:
        TooMuch: it is.
    """
    level = [value]
    for _ in range(DEEPEST + 1):
        level = [
            inner
            for held in level
            if isinstance(held, (dict, list))
            for inner in (held.values() if isinstance(held, dict) else held)
            if isinstance(inner, (dict, list))
        ]
        if not level:
            return
    raise _too_deep()


def holds_over(most: int, text: str) -> bool:
    """Whether a JSON text holds more than so many objects and lists. It is not read for that."""
    opened = _opened(text)
    return opened > most and opened - sum(_opened(words[0]) for words in _STRING.finditer(text)) > most


def _opened(text: str) -> int:
    return text.count("{") + text.count("[")


def _too_deep() -> TooMuch:
    return TooMuch(f"it is nested more than {DEEPEST} levels deep")
