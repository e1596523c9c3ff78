"""What JSON schemas are made of. A field whose name ends in `?` may be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from nemo_widgets.studio import errors

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nemo_widgets.studio.settings import Settings

__all__ = [
    "ADDRESS", "BYTES", "COUNT", "IN_PATH", "MEANINGS", "MOMENT", "NUMBER", "TEXT", "TRUTH", "Schema",
    "a_list", "an_object", "envelope", "or_null", "refusal",
]  # fmt: skip

Schema: TypeAlias = "dict[str, Any]"


def an_object(fields: dict[str, Any]) -> Schema:
    """The schema of an object with these fields, and perhaps others."""
    made: Schema = {"type": "object", "properties": {name.rstrip("?"): of for name, of in fields.items()}}
    if required := [name for name in fields if not name.endswith("?")]:
        made["required"] = required
    return made


def a_list(of: Schema, **more: Any) -> Schema:
    """The schema of a list of these."""
    return {"type": "array", "items": of, **more}


def or_null(of: Schema) -> Schema:
    """The schema of what may be null."""
    return {"anyOf": [of, {"type": "null"}]}


TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "number"}
TRUTH: Schema = {"type": "boolean"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
MOMENT: Schema = {"type": "number", "description": "Seconds since 1970."}
BYTES: Schema = {"type": "string", "format": "binary"}

IN_PATH: dict[str, Schema] = {
    "user": {"type": "string", "examples": ["me"], "description": "me, or the token's own user."},
    "session_id": {"type": "string", "examples": ["5529700000000000001"]},
    "render_id": {"type": "string", "examples": ["render_1773423613600"]},
    "media_id": TEXT,
    "token": TEXT,
    "name": {"type": "string", "description": "For people; the studio goes by the part before it."},
}
MEANINGS = {
    errors.BAD_TOKEN: "1001: the token is missing, wrong or has expired.",
    errors.NO_SESSION: "1002: there is no such session.",
    errors.NO_CREDITS: "2001: the credits do not suffice.",
    errors.UNSUPPORTED_FILE: "4001: a file is of no supported type, or can't be fetched.",
    errors.FILE_TOO_LARGE: "4002: a file is too large.",
    errors.INVALID: "The request is none that can be carried out.",
    errors.NOT_FOUND: "There is no such thing.",
    errors.SENT_BEFORE: "A message with this key was sent or withdrawn before.",
    errors.BUSY: "The session is at work.",
    errors.UNSTORED: "The studio's disk does not do its part; nothing was done.",
    400: "A header is missing or can't be read.",
    402: "The attribution is missing.",
    403: "This studio gives out no anonymous tokens.",
    408: "The body took too long to come.",
    413: "The body is too large.",
    421: "The studio does not go by the name that the request was made for.",
    429: "There were too many such requests.",
    500: "The studio failed; its log says why.",
}
"""What each number of a refusal means."""


def envelope(data: Schema) -> Schema:
    """A success with its data."""
    return an_object({"code": {"const": 0}, "message": TEXT, "data": data})


def refusal(settings: Settings, numbers: Iterable[int]) -> Schema:
    """An error of these numbers in the form that is set."""
    if settings.errors == "detail":
        return an_object({"detail": TEXT})
    if settings.errors == "success":
        return an_object({"success": {"const": False}, "error": TEXT})
    return an_object({"code": {"enum": list(numbers)}, "message": TEXT})
