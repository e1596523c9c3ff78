"""The routes as an OpenAPI document, in the forms that are set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.answers import status_of
from nemo_widgets.studio.errors import BAD_TOKEN, INVALID, NO_SESSION, UNSTORED

from . import schemas

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nemo_widgets.studio.settings import Settings

    from .operation import Operation
    from .schemas import Schema

__all__ = ["document"]

_OK, _PART, _UNMATCHED, _BAD_RANGE = 200, 206, 416, 400
_SLOW, _TOO_LARGE, _MISDIRECTED, _FAILED = 408, 413, 421, 500
_JSON, _PLAIN = "application/json", "text/plain"
_ANY = (_MISDIRECTED, _FAILED, UNSTORED)
"""What every request can be refused with: made for another name, a failure of ours, no room on the disk."""
_WITH_BODY = (_SLOW, _TOO_LARGE, INVALID)


def document(operations: Iterable[Operation], settings: Settings, version: str) -> dict[str, Any]:
    """The description of these operations as the studio of these settings serves them."""
    paths: dict[str, Any] = {}
    for operation in operations:
        parameters = [_in_path(name) for name in re.findall(r"{(\w+)}", operation.path)]
        path = paths.setdefault(operation.path, {"parameters": parameters} if parameters else {})
        path[operation.method] = _operation(operation, settings)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "nemo-widgets studio",
            "version": version,
            "description": "Edits and renders video. What goes wrong is told in one sentence.",
        },
        "paths": paths,
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "security": [{"token": []}],
    }


def _operation(operation: Operation, settings: Settings) -> dict[str, Any]:
    summary, description = operation.told
    made: dict[str, Any] = {"operationId": operation.called, "summary": summary}
    if description:
        made["description"] = description
    if not operation.token:
        made["security"] = []
    parameters = [_parameter(name, "query", schema) for name, schema in operation.query.items()]
    parameters += [_parameter(name, "header", schema) for name, schema in operation.headers.items()]
    if parameters:
        made["parameters"] = parameters
    if operation.body:
        made["requestBody"] = {
            "content": {kind: {"schema": schema} for kind, schema in operation.body.items()},
            "required": any("required" in schema for schema in operation.body.values()),
        }
    made["responses"] = _responses(operation, settings)
    return made


def _responses(operation: Operation, settings: Settings) -> dict[str, Any]:
    """The answers by their status. An error that is sent with 200 is another thing that 200 may hold."""
    refusals = {*operation.refuses, *_ANY} | ({*_WITH_BODY} if operation.body else set())
    refusals |= {BAD_TOKEN} if operation.token else set()
    refusals |= {NO_SESSION} if operation.token and "{user}" in operation.path else set()
    told: dict[int, list[int]] = {}
    for number in sorted(refusals):
        told.setdefault(status_of(settings, number), []).append(number)
    content = {kind: _success(operation, schema, settings) for kind, schema in operation.answers.items()}
    if inside := told.pop(_OK, []):
        refused = schemas.refusal(settings, inside)
        content[_JSON] = {"anyOf": [content[_JSON], refused]} if _JSON in content else refused
    made = {str(_OK): _response("It was done.", content)}
    if operation.ranges:
        files = {kind: content[kind] for kind in operation.answers}
        made[str(_PART)] = _response("The parts asked for.", {**files, "multipart/byteranges": {}})
        made[str(_UNMATCHED)] = _response("There is no such part.", {_PLAIN: {"type": "string"}})
        made[str(_BAD_RANGE)] = _response("The range can't be read.", {_PLAIN: {"type": "string"}})
    for status, numbers in sorted(told.items()):
        made[str(status)] = _response(
            " ".join(schemas.MEANINGS[number] for number in numbers),
            {_JSON: schemas.refusal(settings, numbers)},
        )
    return made


def _success(operation: Operation, schema: Any, settings: Settings) -> Schema:
    found: Schema = schema(settings) if callable(schema) else schema
    return found if operation.bare else schemas.envelope(found)


def _response(description: str, content: dict[str, Any]) -> dict[str, Any]:
    return {
        "description": description,
        "content": {kind: {"schema": schema} if schema else {} for kind, schema in content.items()},
    }


def _in_path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schemas.IN_PATH[name]}


def _parameter(name: str, place: str, schema: Schema) -> dict[str, Any]:
    plain = {key: value for key, value in schema.items() if key != "required"}
    return {"name": name, "in": place, "required": bool(schema.get("required")), "schema": plain}
