"""What is secret stays out of everything that is shown, written down or logged: one place sees to it.

Whoever holds a secret has it remembered here for as long as it lives. Everything that others wrote comes by,
as it arrives from a server and as it is made fit to be printed.
"""

from __future__ import annotations

import json
import re
import weakref
from typing import TYPE_CHECKING, Any, Protocol

from .links import unsigned

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["HIDDEN", "redact", "redact_body", "redact_in", "redact_json", "remember", "spans"]

HIDDEN = "•••"
_TOKEN = re.compile(r"nmv_usr_[\w.~+/=-]{4,}", re.ASCII)
"""A token of the protocol (§2), also one that nobody here holds, or not yet."""


class _Findable(Protocol):
    def spans(self, text: str) -> list[tuple[int, int]]: ...


_known: list[weakref.ref[_Findable]] = []


def remember(secret: _Findable) -> None:
    """Keep a secret out of all texts, for as long as it is alive."""
    global _known  # noqa: PLW0603 - replaced as a whole, since any thread may read it
    alive = [ref for ref in _known if ref() is not None and ref() is not secret]
    _known = [*alive, weakref.ref(secret)]


def spans(text: str) -> list[tuple[int, int]]:
    """Where in a text there is something secret, in order and apart from each other."""
    found = [token.span() for token in _TOKEN.finditer(text)]
    found += [span for ref in _known if (secret := ref()) is not None for span in secret.spans(text)]
    return list(_merged(sorted(found))) if len(found) > 1 else found


def redact(text: str) -> str:
    """The text without what is secret: tokens, keys, client ids, and what signs a link."""
    return unsigned(_without(text, spans(text)))


def redact_in(value: Any) -> Any:
    """A JSON value without what is secret in its texts and keys; the very value where there is nothing."""
    if isinstance(value, str):
        return _without(value, spans(value))
    if isinstance(value, (list, tuple)):
        made = [redact_in(item) for item in value]
        return value if all(map(_same, value, made)) else made
    if isinstance(value, dict):
        pairs = {redact_in(name): redact_in(held) for name, held in value.items()}
        return value if all(map(_same, [*value, *value.values()], [*pairs, *pairs.values()])) else pairs
    return value


def redact_json(text: str) -> str:
    """JSON, or what looks like it, without what is secret, before or after it is decoded."""
    if not (found := spans(text)):
        return text
    try:
        return json.dumps(redact_in(json.loads(text)), ensure_ascii=False)
    except (ValueError, RecursionError):
        return _without(text, found)


def redact_body(body: bytes) -> bytes:
    """The same for a body of bytes, in whichever encoding JSON may come."""
    try:
        text = body.decode(json.detect_encoding(body), "surrogateescape")
    except UnicodeDecodeError:
        text = body.decode("latin-1")
        return redact_json(text).encode("latin-1", "replace") if spans(text) else body
    return redact_json(text).encode("utf-8", "surrogateescape") if spans(text) else body


def _same(one: object, other: object) -> bool:
    return one is other


def _without(text: str, places: list[tuple[int, int]]) -> str:
    parts, at = [], 0
    for begin, end in places:
        parts += [text[at:begin], HIDDEN]
        at = end
    return "".join([*parts, text[at:]]) if places else text


def _merged(places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    begin, end = places[0]
    for first, last in places[1:]:
        if first > end:
            yield begin, end
            begin = first
        end = max(end, last)
    yield begin, end
