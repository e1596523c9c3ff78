"""What only the studio has: its health, what it wrote down of a session, and stopping a message's work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.studio.answers import Json, backend, base_url, caller, in_thread, ok, read_json
from nemo_widgets.studio.drafts import outward
from nemo_widgets.studio.errors import INVALID, Refused
from nemo_widgets.studio.guard import version
from nemo_widgets.studio.openapi import Operation, document

from .upload import entry

if TYPE_CHECKING:
    from starlette.requests import Request

    from nemo_widgets.studio.store import Session

__all__ = ["cancel", "health", "media", "messages", "openapi", "renders", "states", "withdraw"]

_MOST_STATES = 200


async def health(request: Request) -> Json:
    """Whether the studio is up, and which one it is; needs no token."""
    return Json({"ok": not backend(request).closing.is_set(), "version": version()})


async def openapi(request: Request) -> Json:
    """This description; needs no token."""
    state = request.app.state
    if not hasattr(state, "description"):
        operations = [route for route in request.app.routes if isinstance(route, Operation)]
        state.description = document(operations, backend(request).settings, version())
    return Json(state.description)


async def messages(request: Request) -> Json:
    """The session's ledger, oldest first.

    Each message has id, key, text, cost, status, outcome, reply, error, created, ended and version. `key` is
    the `Idempotency-Key` that it came with, "" if there was none. `outcome` is what became of it: done,
    refused, asked or answered; "" while it is under way, where it failed, and in older sessions.
    """
    session = await _session(request)
    return ok({"messages": await in_thread(backend(request).store.messages.ledger, session.id)})


async def media(request: Request) -> Json:
    """What was uploaded into the session, oldest first: each as its upload's answer had it, and its `key`."""
    session = await _session(request)
    studio, base = backend(request), base_url(request)
    found = await in_thread(studio.store.library.of_session, session.id)
    url_key = studio.settings.upload_url_key
    return ok(
        {"media": [{"key": item.key, **entry(item, base, url_key, session.language)} for item in found]}
    )


async def renders(request: Request) -> Json:
    """The session's exports, oldest first: id, status (`cancelled` is told as such), created, completed."""
    session = await _session(request)
    return ok({"renders": await in_thread(backend(request).store.jobs.listed, session.id)})


async def states(request: Request) -> Json:
    """The versions of the session's draft, oldest first, of many the newest.

    Each has version, instruction ("" where it came without words, as by an upload), created and draft.
    """
    session = await _session(request)
    base = base_url(request)
    found = await in_thread(backend(request).store.projects.states, session.id, _MOST_STATES)
    return ok({"states": [{**row, "draft": outward(row["draft"], base)} for row in found]})


async def cancel(request: Request) -> Json:
    """Stop the message named by `invocationId` or `key`, else the one under way; nothing of it is stored."""
    session = await _session(request)
    body = await read_json(request)
    studio = backend(request)
    named = [value if isinstance(value := body.get(name), str) else "" for name in ("invocationId", "key")]
    return ok({"cancelled": await in_thread(studio.turns.cancel, session.id, *named)})


async def withdraw(request: Request) -> Json:
    """See to it that a message that has not come yet, named by its `key`, is refused when it comes.

    The answer tells whether it is `withdrawn`: a message that is in the ledger is not.
    """
    session = await _session(request)
    key = (await read_json(request)).get("key")
    if not isinstance(key, str) or not key:
        raise Refused(INVALID, "key is missing.")
    return ok({"withdrawn": await in_thread(backend(request).store.messages.withdraw, session.id, key)})


async def _session(request: Request) -> Session:
    user = await caller(request)
    return await in_thread(backend(request).store.projects.get, user, request.path_params["session_id"])
