"""A draft's links as they are without signatures, which are others each time that they are asked for."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

__all__ = ["DEEPEST", "WORDS", "all_unsigned", "unsigned_draft", "unsigned_text"]

DEEPEST = 40
"""So many levels deep data are looked through."""
WORDS = ("text", "title", "name")
"""These hold what people wrote, whatever that looks like."""
_LINK = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_SIGNED = re.compile(
    r"x-[a-z]+-.+|(?:.*[_-])?sign(?:ature)?|q-signature|sig|.*token|policy|auth_?key|hmac|credential",
    re.IGNORECASE,
)
"""A name that only a signed link has in its query, which is another one each time that it is asked for."""


def unsigned_draft(data: dict[str, Any]) -> dict[str, Any]:
    """The data of a draft with its links as they are without signatures; itself where none is signed."""
    found: dict[str, Any] = all_unsigned(data)
    return found


def all_unsigned(value: Any, key: str = "", depth: int = 0) -> Any:
    """The same, of any data; what has no signed link in it is not copied."""
    if isinstance(value, str):
        return value if key in WORDS else unsigned_text(value)
    if depth > DEEPEST or not isinstance(value, (dict, list)):
        return value
    if isinstance(value, dict):
        made = {name: all_unsigned(held, name, depth + 1) for name, held in value.items()}
        return made if any(made[name] is not held for name, held in value.items()) else value
    items = [all_unsigned(held, key, depth + 1) for held in value]
    return items if any(new is not old for new, old in zip(items, value, strict=True)) else value


def unsigned_text(text: str) -> str:
    """A link without its signature; any other text as it is."""
    if "?" not in text or _LINK.fullmatch(text) is None:
        return text
    try:
        query = parse_qsl(urlsplit(text).query, keep_blank_values=True)
    except ValueError:
        return text
    return text.partition("?")[0] if any(_SIGNED.fullmatch(name) for name, _ in query) else text
