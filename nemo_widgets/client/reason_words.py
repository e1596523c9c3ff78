"""Where servers say why something came to nothing, and the words of it: for all readers of answers. Pure.

Keys are sought in any spelling. Which of them count, and in which order, is each reader's own.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from nemo_widgets.reasons import says_nothing

from .json_values import named, plain

__all__ = ["SAID", "WRONG", "one_line", "why_in"]

WRONG = (
    "error", "errormessage", "errormsg", "errmsg", "err", "errordescription", "errors", "exception", "fault",
    "faultstring", "failure", "failurereason", "failreason", "errortext", "errorreason", "failuremessage",
)  # fmt: skip
"""What stands under one of these says that something is wrong."""
SAID = (
    "message", "msg", "statusmessage", "statusmsg", "statusreason", "detail", "details", "reason", "why",
    "lasterror", "stderr",
)  # fmt: skip
"""What stands under one of these may say that all is well, too."""
_IN_WORDS = (
    "message", "msg", *WRONG, "detail", "reason", "cause", "text", "content", "parts", "description", "type",
)  # fmt: skip
"""Where an object of a reason has its words."""
_DEEPEST = 5
"""No deeper than anybody nests a sentence."""
_MOST = 3
"""So many of several reasons are told."""


def why_in(value: dict[str, Any], *keys: str, pairs: bool = False) -> str:
    """What stands under the first of the keys, all `plain`, that says something; "" where none does.

    >>> why_in({"errorMessage": "none", "detail": ["No room."]}, *WRONG, *SAID)
    'No room.'
    """
    return _reason(value, keys, _DEEPEST, pairs=pairs)


def one_line(value: Any, *, pairs: bool = False) -> str:
    """A reason on one line, however it is nested. `pairs`: an object of unknown keys is words as well.

    >>> one_line({"error": {"code": 5, "message": "No room."}}), one_line([{"msg": "One."}, "Two."])
    ('No room.', 'One.; Two.')
    >>> one_line({"loc": ["body", "text"], "msg": "Field required"})
    'body.text: Field required'
    >>> one_line({"clip": "is bad"}, pairs=True)
    'clip: is bad'
    """
    return _said(value, _DEEPEST, pairs=pairs)


def _reason(value: dict[str, Any], keys: tuple[str, ...], depth: int, *, pairs: bool) -> str:
    here: dict[str, Any] = {}
    for name, held in named(value):
        here.setdefault(plain(name), held)
    for key in keys:
        if key in here and not says_nothing(found := _said(here[key], depth, pairs=pairs)):
            return found
    return ""


def _said(value: Any, depth: int, *, pairs: bool) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list) and depth:
        told = (_said(item, depth - 1, pairs=pairs) for item in value[:_MOST])
        return "; ".join(filter(None, told))
    return _of_an_object(value, depth, pairs=pairs) if isinstance(value, dict) and depth else ""


def _of_an_object(value: dict[str, Any], depth: int, *, pairs: bool) -> str:
    place = value.get("loc")  # FastAPI says where
    where = ".".join(map(str, place[:_DEEPEST])) + ": " if isinstance(place, list) and place else ""
    if found := _reason(value, _IN_WORDS, depth - 1, pairs=pairs):
        return where + found
    if not pairs:
        return ""
    told = [(name, held) for name, held in islice(value.items(), _MOST) if isinstance(held, str)]
    return "; ".join(f"{name}: {' '.join(held.split())}" for name, held in told)
