"""Single frames of a timeline, as its export shows them, and what an export would do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from nemo_widgets.catalogue import english
from nemo_widgets.draft import LONGEST_MS
from nemo_widgets.studio.answers import backend, caller, in_thread, ok, read_json, unless_gone
from nemo_widgets.studio.drafts import BadDraft, inward
from nemo_widgets.studio.errors import INVALID, Refused
from nemo_widgets.studio.limits import OverLimit
from nemo_widgets.studio.queueing import Asker
from nemo_widgets.studio.render import RenderError

if TYPE_CHECKING:
    from starlette.requests import Request

    from nemo_widgets.studio.backend import Backend
    from nemo_widgets.studio.store import Session

__all__ = ["explain", "frame"]


async def frame(request: Request) -> Response:
    """The picture of the session's timeline at `at_ms`, or of the `draft` that is sent along: a PNG.

    `resolution` is as an export's; without it the picture has the size that an export has by itself.
    """
    user = await caller(request)
    studio = backend(request)
    session = await in_thread(studio.store.projects.get, user, request.path_params["session_id"])
    body = await read_json(request, studio.settings.max_body_bytes, clean=False)
    at_ms, resolution = body.get("at_ms"), body.get("resolution")
    if type(at_ms) is not int or not 0 <= at_ms <= LONGEST_MS:
        raise Refused(INVALID, "at_ms is a whole number of milliseconds, up to a day.")
    if not isinstance(resolution, str | None):
        raise Refused(INVALID, "resolution is a word, such as 720p.")
    try:
        draft, files = await in_thread(_sources, studio, session, body.get("draft"))
        making = studio.probes.frame(Asker(user, session.id), draft, files, at_ms, resolution)
        picture = await unless_gone(request, making)
    except (BadDraft, OverLimit, RenderError) as wrong:
        raise Refused(INVALID, str(wrong)) from None
    return Response(picture, media_type="image/png", headers={"Cache-Control": "no-store"})


async def explain(request: Request) -> Response:
    """What an export of the session's timeline would copy, encode and keep, and why; nothing is rendered.

    With `draft` and `output`, as an export is asked for, of that one.
    """
    user = await caller(request)
    studio = backend(request)
    session = await in_thread(studio.store.projects.get, user, request.path_params["session_id"])
    body = await read_json(request, studio.settings.max_body_bytes, clean=False)
    output = body.get("output") or {}
    if not isinstance(output, dict):
        raise Refused(INVALID, "output is an object.")
    try:
        draft, files = await in_thread(_sources, studio, session, body.get("draft"))
        kept = await in_thread(studio.store.films, session.user, studio.settings.films)
        asker = Asker(user, session.id)
        told = await unless_gone(request, studio.probes.explanation(asker, draft, files, output, kept))
    except (BadDraft, OverLimit, RenderError) as wrong:
        raise Refused(INVALID, str(wrong)) from None
    return ok(told)


def _sources(studio: Backend, session: Session, draft: Any) -> tuple[str, dict[str, tuple[str, str]]]:
    """The draft's JSON, and name and path of the user's media by their ids."""
    library = studio.store.library
    known = library.of_user(session.user)
    if draft is None:
        present = studio.store.projects.latest(session.id)
        if present is None:
            raise BadDraft(english("film.nothing there"))
        draft = present.data
    files = {id_: (media.name, str(library.path(media))) for id_, media in known.items()}
    return json.dumps(inward(draft, known)), files
