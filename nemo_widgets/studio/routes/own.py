"""What only the studio has: its health, its sessions, and stopping a message's work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.studio.answers import Json, backend, caller, in_thread, ok, read_json
from nemo_widgets.studio.guard import version

if TYPE_CHECKING:
    from starlette.requests import Request

__all__ = ["cancel", "health", "messages", "sessions"]


async def health(request: Request) -> Json:
    """Whether the studio is up, and which one it is; needs no token."""
    return Json({"ok": not backend(request).closing.is_set(), "version": version()})


async def sessions(request: Request) -> Json:
    """The user's sessions, newest first, with the number of their versions and whether they are busy."""
    user = await caller(request)
    studio = backend(request)
    found = await in_thread(studio.store.projects.listed, user)
    return ok(
        {
            "sessions": [
                {
                    "session_id": session.id,
                    "task_id": session.task,
                    "task_name": session.name,
                    "language": session.language,
                    "created": session.created,
                    "busy": studio.turns.busy(session.id),
                    "versions": await in_thread(studio.store.projects.versions, session.id),
                }
                for session in found
            ]
        }
    )


async def messages(request: Request) -> Json:
    """The session's ledger, oldest first: id, text, cost, status, reply, error, created, ended, version."""
    user = await caller(request)
    projects = backend(request).store.projects
    session = await in_thread(projects.get, user, request.path_params["session_id"])
    return ok({"messages": await in_thread(projects.ledger, session.id)})


async def cancel(request: Request) -> Json:
    """Stop the message that is under way, or the one named by `invocationId`; nothing of it is stored."""
    user = await caller(request)
    body = await read_json(request)
    studio = backend(request)
    session = await in_thread(studio.store.projects.get, user, request.path_params["session_id"])
    invocation = body.get("invocationId")
    named = invocation if isinstance(invocation, str) else ""
    return ok({"cancelled": await in_thread(studio.turns.cancel, session.id, named)})
