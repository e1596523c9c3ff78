"""What is secret stays out of everything that is shown, written down or logged: one place sees to it.

Whoever holds a secret has it remembered here for as long as it lives. Everything that others wrote comes by,
as it arrives from a server and as it is made fit to be printed.
"""

from __future__ import annotations

import json
import re
import weakref
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Protocol

from .json_text import read
from .links import unsigned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .readings import Reading

__all__ = ["HIDDEN", "redact", "redact_body", "redact_in", "redact_json", "remember", "spans"]

HIDDEN = "•••"
_BEGIN = "nmv_usr_"
_TOKEN = re.compile(rf"{_BEGIN}[\w.~+/=-]{{4,}}", re.ASCII)
"""A token of the protocol (§2), also one that nobody here holds, or not yet."""


class _Findable(Protocol):
    """A secret, which is equal to every other one of the same text."""

    def __hash__(self) -> int: ...
    def spans(self, reading: Reading) -> Iterator[tuple[int, int]]: ...


_known: list[weakref.ref[_Findable]] = []
_clean: set[str] = set()
"""Short texts without anything secret: much of what is shown and logged is said again and again."""
_SHORT, _MOST_CLEAN = 300, 2000
_BY_FIELD = 256 * 1024
"""Bytes: the fields of a larger answer are searched together first, for each by itself costs microseconds."""


def remember(secret: _Findable) -> None:
    """Keep a secret out of all texts, for as long as it is alive."""
    global _known, _clean  # noqa: PLW0603 - replaced as a whole, since any thread may read them
    alive = [ref for ref in _known if ref() is not None and ref() is not secret]
    _known = [*alive, weakref.ref(secret)]
    _clean = set()  # after what is known: what was found clean before goes


def spans(text: str, *, known: bool = False) -> list[tuple[int, int]]:
    """Where in a text there is something secret, in order and apart from each other; `known` here, if so."""
    secrets = {secret for ref in _known if (secret := ref()) is not None}  # what many hold is looked for once
    if not secrets:
        return [] if known else [token.span() for token in _TOKEN.finditer(text)]
    from .readings import readings  # loaded with the first secret, for it takes a moment

    found: list[tuple[int, int]] = []
    for reading in readings(text):
        ours = [span for secret in secrets for span in secret.spans(reading)]
        found += ours
        if _BEGIN in reading.text and not known:
            tokens = [reading.place(*token.span()) for token in _TOKEN.finditer(reading.text)]
            # Behind a token in a code there may be something else that looks like its end.
            begins = {begin for begin, _ in ours} if reading.coded else set()
            found += [token for token in tokens if token[0] not in begins]
    return list(_merged(sorted(found))) if len(found) > 1 else found


def redact(text: str) -> str:
    """The text without what is secret: tokens, keys, client ids, and what signs a link."""
    clean = _clean
    if text in clean:
        return text
    told = unsigned(_without(text, spans(text)))
    if told == text and len(text) <= _SHORT:
        if len(clean) >= _MOST_CLEAN:
            clean.clear()
        clean.add(text)
    return told


def redact_in(value: Any) -> Any:
    """A JSON value without what is secret in its texts and keys; the very value where there is nothing.

    A secret is found in pieces, too, in texts that follow each other, or that are under one name.
    """
    texts: list[str] = []
    names: list[str] = []
    _collect(value, "", texts, names)
    hidden = redact_pieces(texts, names)
    return value if hidden is None else _filled(value, iter(hidden))


def redact_pieces(texts: list[str], names: list[str]) -> list[str] | None:
    """Texts without what is secret, in each of them, in all, or in those of one name together.

    None where there is nothing secret.
    """
    groups = _by_name(names)
    made = list(texts)
    # What is known first, for where a part of it looks like a token the rest could not be told any more.
    hidden = False
    for group in groups.values():
        hidden |= len(group) > 1 and _hide(made, group, "", known=True)
    hidden |= _hide(made, list(range(len(texts))), "\n")
    for group in groups.values():
        hidden |= len(group) > 1 and _hide(made, group, "")
    return made if hidden else None


def _by_name(names: list[str]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        groups.setdefault(name, []).append(at)
    return groups


def _in_pieces(value: Any) -> bool:
    """Whether there is a secret in the texts of a JSON value together, or in those of one name, or its looks.

    As it is, or in one code: to read what is coded in each text would take many times as long.
    """
    from .readings import Reading

    texts: list[str] = []
    names: list[str] = []
    _collect(value, "", texts, names)
    secrets = {secret for ref in _known if (secret := ref()) is not None}
    groups = (group for group in _by_name(names).values() if len(group) > 1)
    for group in (range(len(texts)), *groups):
        together = Reading("".join([texts[at] for at in group]), None, coded=False)
        if _BEGIN in together.text or any(any(secret.spans(together)) for secret in secrets):
            return True
    return False


def _hide(texts: list[str], group: list[int], between: str, *, known: bool = False) -> bool:
    """Hide what is secret in some of the texts together; returns whether there was something."""
    if not (found := spans(between.join([texts[at] for at in group]), known=known)):
        return False
    begins = list(accumulate([len(texts[at]) + len(between) for at in group], initial=0))
    places: dict[int, list[tuple[int, int]]] = {}
    for begin, end in found:
        for index in range(bisect_right(begins, begin) - 1, bisect_left(begins, end)):
            at, first = group[index], begins[index]
            place = max(begin - first, 0), min(end - first, len(texts[at]))
            if place[0] < place[1]:
                places.setdefault(at, []).append(place)
    for at, each in places.items():
        texts[at] = _without(texts[at], each)
    return True


def _collect(value: Any, name: str, texts: list[str], names: list[str]) -> None:
    """Take down the texts in a JSON value, keys too, each with the key that it is under."""
    if isinstance(value, str):
        texts.append(value)
        names.append(name)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _collect(item, name, texts, names)
    elif isinstance(value, dict):
        for key, held in value.items():
            _collect(key, "", texts, names)
            _collect(held, str(key), texts, names)


def _filled(value: Any, texts: Iterator[str]) -> Any:
    """The value with these texts in it."""
    if isinstance(value, str):
        return next(texts)
    if isinstance(value, (list, tuple)):
        return [_filled(item, texts) for item in value]
    if isinstance(value, dict):
        return {_filled(key, texts): _filled(held, texts) for key, held in value.items()}
    return value


def redact_json(text: str) -> str:
    """JSON, or what looks like it, without what is secret, before or after it is decoded."""
    return _redacted_json(text, found) if (found := spans(text)) else text


def redact_body(body: bytes) -> bytes:
    """The same for a body of bytes, in whichever encoding JSON may come.

    It is looked through field by field as well, so that pieces in several of them are found.
    """
    try:
        text, back = body.decode(json.detect_encoding(body), "surrogateescape"), ("utf-8", "surrogateescape")
    except UnicodeDecodeError:
        text, back = body.decode("latin-1"), ("latin-1", "replace")
    if found := spans(text):
        return _redacted_json(text, found).encode(*back)
    if not _known:
        return body
    try:
        value = read(text)
        if len(body) > _BY_FIELD and not _in_pieces(value):
            return body
        hidden = redact_in(value)
    except (ValueError, RecursionError):
        return body
    return body if hidden is value else json.dumps(hidden, ensure_ascii=False).encode(*back)


def _redacted_json(text: str, found: list[tuple[int, int]]) -> str:
    try:
        return json.dumps(redact_in(read(text)), ensure_ascii=False)
    except (ValueError, RecursionError):
        return _without(text, found)


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
