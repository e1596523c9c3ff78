"""The studio's own: which sessions it keeps, what that takes on the disk, and taking away what can go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.answers import Json, backend, caller, in_thread, ok, read_json
from nemo_widgets.studio.errors import INVALID, Refused
from nemo_widgets.studio.store import LOCAL

if TYPE_CHECKING:
    from starlette.requests import Request

    from nemo_widgets.studio.backend import Backend
    from nemo_widgets.studio.store import Overview, Surplus

__all__ = ["MOST", "TRUTHS", "clean", "forget", "sessions"]

TRUTHS = ("false", "true")
MOST = 10_000
"""Sessions that are listed at the most."""


async def sessions(request: Request) -> Json:
    """The user's sessions, what was used last first; and to the local user what all takes on the disk.

    Of each: its ids, name and language, `clips` (their names), `segments`, `duration_ms`, `versions` of the
    draft, `size` in bytes, the moments `created` and `used`, and whether it is `busy`. With `limit` in the
    query at most so many; `filled` is in how many of all there is something.
    """
    user = await caller(request)
    studio, limit = backend(request), request.query_params.get("limit", str(MOST))
    if not (limit.isascii() and limit.isdigit() and 0 < float(limit) <= MOST):
        raise Refused(INVALID, f"limit is a number from 1 to {MOST}.")
    found = await in_thread(studio.store.overviews, user, int(limit))
    data: dict[str, Any] = {
        "sessions": [_overview(studio, one) for one in found],
        "filled": await in_thread(studio.store.filled, user),
    }
    if user == LOCAL:
        data["disk_bytes"] = await in_thread(studio.store.disk_bytes)
    return ok(data)


async def forget(request: Request) -> Json:
    """Remove a session with all that only it uses: 1002 for somebody else's, 423 while it is at work.

    With `only_empty=true` in the query also 423 where a timeline, media or messages are in it, which stay.
    """
    user, session_id = await caller(request), request.path_params["session_id"]
    if (only := request.query_params.get("only_empty", TRUTHS[0])) not in TRUTHS:
        raise Refused(INVALID, f"only_empty is {' or '.join(TRUTHS)}.")
    clearing = backend(request).store.clearing
    freed = await in_thread(lambda: clearing.forget(user, session_id, only_empty=only == TRUTHS[1]))
    return ok({"deleted": session_id, "freed_bytes": freed})


async def clean(request: Request) -> Json:
    """What of the user's nobody needs: told, and with `remove` removed.

    Nothing of `keep_sessions` (ids of those that are open) goes, nor the file of any of `keep_renders`.
    """
    user = await caller(request)
    studio, body = backend(request), await read_json(request)
    sessions, renders = (_names(body, key) for key in ("keep_sessions", "keep_renders"))
    remove = body.get("remove", False)
    if not isinstance(remove, bool):
        raise Refused(INVALID, "remove is true or false.")

    def work() -> list[Surplus]:
        found = studio.store.surpluses.of_user(
            user, days=studio.settings.results_days, sessions=sessions, renders=renders
        )
        return studio.store.clearing.clear(found) if remove else found

    found = await in_thread(work)
    return ok({"items": [_surplus(item) for item in found], "removed": remove})


def _names(body: dict[str, Any], key: str) -> set[str]:
    value = body.get(key, [])
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise Refused(INVALID, f"{key} is a list of ids.")
    return set(value)


def _overview(studio: Backend, one: Overview) -> dict[str, Any]:
    return {
        "session_id": one.session.id,
        "task_id": one.session.task,
        "task_name": one.session.name,
        "language": one.session.language,
        "clips": list(one.clips),
        "segments": one.segments,
        "duration_ms": one.duration_ms,
        "versions": one.versions,
        "size": one.size,
        "created": one.session.created,
        "used": one.used,
        "busy": studio.turns.busy(one.session.id),
    }


def _surplus(item: Surplus) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "name": item.name,
        "session_id": item.session,
        "size": item.size,
        "why": item.why,
        "render_id": item.render,
    }
