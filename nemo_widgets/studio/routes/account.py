"""Tokens, sessions and credits: protocol §§2, 3 and 6."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from nemo_widgets.languages import system_language
from nemo_widgets.studio.answers import Json, backend, caller, in_thread, ok, read_json
from nemo_widgets.studio.errors import INVALID, NO_SESSION, Refused

if TYPE_CHECKING:
    from starlette.requests import Request

__all__ = ["anonymous_token", "balance", "claim_token", "create_session"]

_BAD_CLIENT_ID, _NONE_GIVEN = 400, 403
_LONGEST_ID = 64
_LONGEST_NAME = 200
_CLAIM_S = 604_800


async def anonymous_token(request: Request) -> Json:
    """A token for the client id in the header: 400 without one, 403 where none is given, 429 for too many."""
    if not request.app.state.anonymous:
        raise Refused(
            _NONE_GIVEN,
            "This studio gives out no anonymous tokens: ask its owner for one, and set NEMO_TOKEN.",
        )
    client_id = request.headers.get("x-client-id", "").strip()
    if not client_id:
        raise Refused(_BAD_CLIENT_ID, "The header X-Client-Id is missing.")
    if len(client_id) > _LONGEST_ID:
        raise Refused(_BAD_CLIENT_ID, f"X-Client-Id has at most {_LONGEST_ID} characters.")
    studio = backend(request)
    address = request.client.host if request.client else ""
    issued = await in_thread(studio.store.accounts.issue, client_id, address)
    data: dict[str, Any] = {"token": issued.token}
    if not studio.settings.token_minimal:
        expires = datetime.fromtimestamp(issued.expires, UTC).isoformat(timespec="seconds")
        data |= {
            "user_id": issued.user,
            "expires_at": expires.replace("+00:00", "Z"),
            "credits": issued.credits,
        }
    return Json({"code": 0, **data}) if studio.settings.token_at_top else ok(data)


async def create_session(request: Request) -> Json:
    """A new session; the name and the language are optional."""
    user = await caller(request)
    body = await read_json(request)
    studio = backend(request)
    name, language = _text(body, "task_name", "project"), _text(body, "language", "") or system_language()
    made = await in_thread(studio.store.projects.create, user, name, language)
    data = {"task_id": made.task, "session_id": made.id}
    return ok(data | {"user_id": user} if studio.settings.user_id else data)


async def claim_token(request: Request) -> Json:
    """The token of a claim link; nothing is kept of it, for this machine has no accounts."""
    user = await caller(request)
    body = await read_json(request)
    session = await in_thread(backend(request).store.projects.get, user, str(body.get("session_id", "")))
    if body.get("task_id") != session.task:
        raise Refused(NO_SESSION, "The session does not belong to this task.")
    return ok({"claim_token": f"clm_{secrets.token_urlsafe(24)}", "expires_in": _CLAIM_S})


async def balance(request: Request) -> Json:
    """The credits: total = available + frozen; and what a message costs here."""
    user = await caller(request)
    studio = backend(request)
    left = await in_thread(studio.store.accounts.balance, user)
    told = {"available": left.available, "frozen": left.frozen, "total": left.available + left.frozen}
    return ok({**told, "message_cost": studio.settings.message_cost})


def _text(body: dict[str, Any], key: str, default: str) -> str:
    value = body.get(key)
    if value is None:
        return default
    if not isinstance(value, str):
        raise Refused(INVALID, f"{key} is a text.")
    return value.strip()[:_LONGEST_NAME] or default
