"""What of a draft's JSON can't be read: each with the path to it, what is wrong, and what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.printable import one_line, printable_repr

from .values import mapping, ms, number, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["Problem", "problems_of"]

_SHOWN = 60
"""In characters: what of an odd value is shown."""


@printable_repr
@dataclass(frozen=True, slots=True)
class Problem:
    """A place in a draft's JSON that reads as missing.

    Attributes:
        path: where it is, such as `t[0].sg[2].m.start`.
        what: object, list, text, number, time, positive, negative, backwards or same id; what `str` says.
        value: what is there, cut short.
    """

    path: str
    what: str
    value: str

    def __str__(self) -> str:
        return f"{self.path}: {say(f'problem.{self.what}', value=self.value)}"


def problems_of(data: Mapping[str, Any]) -> list[Problem]:
    """What of a draft's JSON can't be read, from its beginning to its end. What is missing is no problem."""
    return [Problem(path, what, _short(value)) for path, what, value in _in_draft(data)]


_Found = tuple[str, str, Any]

_SAYS: dict[str, Callable[[Any], bool]] = {
    "number": lambda value: number(value) is not None,
    "time": lambda value: ms(value) is not None,
    "text": lambda value: isinstance(value, str),
    "object": lambda value: isinstance(value, dict),
    "list": lambda value: isinstance(value, list),
    "positive": lambda value: number(value) is None or (number(value) or 0) > 0,
    "negative": lambda value: number(value) is None or (number(value) or 0) >= 0,
}
"""What a value is to be, and whether it is that."""

_ROOT = (("t", "list"), ("m", "object"), ("d", "time"), ("d", "negative"))
_TRACK = (("tt", "number"), ("sg", "list"), ("m", "object"))
_SEGMENT = (("d", "time"), ("d", "negative"), ("m", "object"))
_TRACK_META = (("name", "text"),)
_META = (
    *((key, "text") for key in ("id", "name", "src", "text")),
    *((key, "time") for key in ("start", "in", "out")),
    *(("speed", "number"), ("speed", "positive"), ("volume", "number"), ("volume", "negative")),
    ("transition", "object"),
)
_TRANSITION = (("type", "text"), ("d", "time"), ("d", "negative"))


def _in_draft(data: Mapping[str, Any]) -> Iterator[_Found]:
    yield from _at(data, "", _ROOT)
    ids: set[str] = set()
    for path, track in _objects(data.get("t"), "t"):
        if not isinstance(track, dict):
            yield path, "object", track
            continue
        yield from _at(track, f"{path}.", _TRACK)
        yield from _at(mapping(track.get("m")), f"{path}.m.", _TRACK_META)
        for place, segment in _objects(track.get("sg"), f"{path}.sg"):
            if isinstance(segment, dict):
                yield from _in_segment(segment, place, ids)
            else:
                yield place, "object", segment


def _in_segment(segment: dict[str, Any], path: str, ids: set[str]) -> Iterator[_Found]:
    yield from _at(segment, f"{path}.", _SEGMENT)
    meta = mapping(segment.get("m"))
    yield from _at(meta, f"{path}.m.", _META)
    yield from _at(mapping(meta.get("transition")), f"{path}.m.transition.", _TRANSITION)
    begin, end = ms(meta.get("in")), ms(meta.get("out"))
    if begin is not None and end is not None and end < begin:
        yield f"{path}.m.out", "backwards", meta["out"]
    if ident := text(meta.get("id")):
        if ident in ids:
            yield f"{path}.m.id", "same id", ident
        ids.add(ident)


def _at(held: Mapping[str, Any], path: str, wanted: tuple[tuple[str, str], ...]) -> Iterator[_Found]:
    """Of the keys of an object those whose value is not what it is to be; null is as good as missing."""
    for key, what in wanted:
        value = held.get(key)
        if value is not None and not _SAYS[what](value):
            yield f"{path}{key}", what, value


def _objects(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """The items of a list, each with its path; null items are none."""
    items = value if isinstance(value, list) else []
    return ((f"{path}[{n}]", item) for n, item in enumerate(items) if item is not None)


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return "{…}" if value else "{}"
    if isinstance(value, list):
        return "[…]" if value else "[]"
    if isinstance(value, str):
        return f"“{one_line(value[: 4 * _SHOWN], _SHOWN)}”"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) >= 10**_SHOWN:
        return f"{'-' * (value < 0)}1e{_SHOWN}…"
    return str(value)
