"""The edits as tools of a language model: JSON schemas made from the classes, and edits made from JSON."""

from __future__ import annotations

import dataclasses
import types
from fractions import Fraction
from functools import cache
from math import isfinite
from typing import Any, ClassVar, Literal, Union, get_args, get_origin, get_type_hints

from nemo_widgets.studio.agent import edits
from nemo_widgets.studio.agent.edits.edit import Edit
from nemo_widgets.studio.limits import MOST_TEXT
from nemo_widgets.studio.timeline.refs import ClipRef
from nemo_widgets.studio.timeline.time_range import Stretch, TimeRange

__all__ = ["OTHERS", "build", "schemas"]

_MOST_ITEMS = 200
_MOST_DIGITS = 9
_PLAIN = {str: "string", int: "integer", float: "number", Fraction: "number", bool: "boolean"}
_FADES = {"fade_in", "fade_out"}
"""Lengths in ms of any edit."""
_SPAN = {
    "type": "object",
    "description": "A stretch of the timeline in ms (no end: up to its end), or a clip's number from 1.",
    "properties": {name: {"type": "integer"} for name in ("start_ms", "end_ms", "clip")},
}


_CLIP = {
    "type": "object",
    "description": "A clip's number from 1.",
    "properties": {"clip": {"type": "integer"}},
    "required": ["clip"],
}
_USUAL = "usual"
"""A value that is left to the edit."""
_PLACES = {Stretch: _SPAN, TimeRange: _SPAN, ClipRef: _CLIP}
_STEPS = {"type": "object", "properties": {"steps": {"type": "integer", "minimum": 1}}, "required": []}
OTHERS: dict[str, tuple[str, dict[str, Any]]] = {
    "undo": ("Take back the last edits, one unless steps says how many.", _STEPS),
    "redo": ("Make again what was undone last.", _STEPS),
    "start_over": (
        "Go back to the clips as they were uploaded.",
        {"type": "object", "properties": {}, "required": []},
    ),
    "answer_question": (
        "Answer a question, or say why nothing is to be done. Changes nothing; use it alone.",
        {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]},
    ),
}
"""The tools that are no edit: what each does, and what it takes."""


def schemas() -> list[dict[str, Any]]:
    """Every edit, and what else can be asked for, as a tool of the chat completions' API."""
    tools = [(edit.name, (edit.__doc__ or "").strip(), _object(edit)) for edit in edits.EVERY]
    tools += [(name, does, takes) for name, (does, takes) in OTHERS.items()]
    return [
        {"type": "function", "function": {"name": name, "description": does, "parameters": takes}}
        for name, does, takes in tools
    ]


def build(name: str, arguments: Any) -> Edit:
    """The edit that a call of a tool means.

    Raises:
        ValueError: there is no such tool, or the arguments are not what it takes; one sentence.
    """
    for edit in edits.EVERY:
        if edit.name == name:
            made = _made(edit, arguments, name)
            assert isinstance(made, Edit)  # noqa: S101 - what is made of an edit's class
            return made
    raise ValueError(f"there is no tool “{name[:60]}”")


@cache
def _fields(kind: type) -> dict[str, Any]:
    """The fields of an edit, or of a value that one is made of, with their types."""
    hints = get_type_hints(
        kind, localns={"Stretch": Stretch, "TimeRange": TimeRange, "ClipRef": ClipRef, "Fraction": Fraction}
    )
    hints = {name: hint for name, hint in hints.items() if get_origin(hint) is not ClassVar}
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _object(kind: type) -> dict[str, Any]:
    required = [
        field.name
        for field in dataclasses.fields(kind)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    ]
    properties = {
        name: _schema(hint, usual=name in _left_open(kind)) | ({"minimum": 0} if name in _FADES else {})
        for name, hint in _fields(kind).items()
    }
    return {"type": "object", "properties": properties, "required": required}


def _schema(hint: Any, *, usual: bool = False) -> dict[str, Any]:
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if hint in _PLACES:
        return _PLACES[hint]
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if get_origin(hint) in (Union, types.UnionType):
        return {"anyOf": [_schema(_one(hint)), {"const": _USUAL}]} if usual else _schema(_one(hint))
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _schema(get_args(hint)[0])}
    return _object(hint)


@cache
def _left_open(kind: type) -> frozenset[str]:
    """The fields of an edit that can be left to it, and are not unless one asks for that."""
    return frozenset(
        field.name
        for field in dataclasses.fields(kind)
        if field.default is not dataclasses.MISSING
        and field.default is not None
        and type(None) in get_args(_fields(kind)[field.name])
    )


def _one(hint: Any) -> Any:
    """What an optional value is if it is there."""
    return next(kind for kind in get_args(hint) if kind is not type(None))


def _made(kind: type, given: Any, where: str) -> Any:
    """An instance of a dataclass from JSON."""
    if not isinstance(given, dict):
        raise ValueError(f"{where} takes an object")  # noqa: TRY004 - of the call, not of our own
    fields = _fields(kind)
    if unknown := [name for name in given if name not in fields]:
        raise ValueError(f"{where} has no “{str(unknown[0])[:60]}”")
    values: dict[str, Any] = {
        name: None
        if value == _USUAL and name in _left_open(kind)
        else _value(fields[name], value, f"{where}.{name}")
        for name, value in given.items()
        if value is not None
    }
    for name in _FADES & values.keys():
        if values[name] < 0:
            raise ValueError(f"{where}.{name} is at least 0")
    try:
        return kind(**values)
    except TypeError as error:
        raise ValueError(f"{where} lacks something: {error}") from error


def _value(hint: Any, given: Any, where: str) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        return _value(_one(hint), given, where)
    if hint in _PLAIN:
        return _plain(hint, given, where)
    if hint in _PLACES and (hint is not ClipRef or (isinstance(given, dict) and "clip" in given)):
        return _span(given, where)
    if get_origin(hint) is Literal:
        if given not in get_args(hint):
            raise ValueError(f"{where} is one of {', '.join(map(str, get_args(hint)))}")
        return given
    if get_origin(hint) is tuple:
        if not isinstance(given, list) or len(given) > _MOST_ITEMS:
            raise ValueError(f"{where} is a list of at most {_MOST_ITEMS}")
        return tuple(_value(get_args(hint)[0], each, where) for each in given)
    return _made(hint, given, where)


def _plain(kind: type, given: Any, where: str) -> Any:
    if kind is bool or kind is str:
        if not isinstance(given, kind) or (isinstance(given, str) and len(given) > MOST_TEXT):
            raise ValueError(f"{where} is {'a text' if kind is str else 'true or false'}")
        return given
    number = isinstance(given, (int, float)) and not isinstance(given, bool)
    if not number or abs(given) >= 10**_MOST_DIGITS or not isfinite(given):
        raise ValueError(f"{where} is a number")
    if kind is int and given != int(given):
        raise ValueError(f"{where} is a whole number")
    return Fraction(given).limit_denominator(10_000) if kind is Fraction else kind(given)


def _span(given: Any, where: str) -> Stretch:
    if isinstance(given, dict) and set(given) == {"clip"}:
        return ClipRef(_plain(int, given["clip"], where))
    if not isinstance(given, dict) or set(given) - {"start_ms", "end_ms"} or "start_ms" not in given:
        raise ValueError(f"{where} has a start_ms and maybe an end_ms, or a clip")
    start, end = _plain(int, given["start_ms"], where), given.get("end_ms")
    if start < 0:
        raise ValueError(f"{where} starts before the timeline does")
    return TimeRange(start, None if end is None else _plain(int, end, where))
