"""A session's state: protocol §7."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.answers import backend, base_url, caller, in_thread, ok
from nemo_widgets.studio.drafts import outward
from nemo_widgets.studio.placement import PLACED

if TYPE_CHECKING:
    from starlette.requests import Request

    from nemo_widgets.studio.answers import Json
    from nemo_widgets.studio.backend import Backend
    from nemo_widgets.studio.store import Media, Session

__all__ = ["latest", "rate"]


async def latest(request: Request) -> Json:
    """The draft as it is now and what there is to it; what has no content yet is left out by default."""
    user = await caller(request)
    studio = backend(request)
    session = await in_thread(studio.store.projects.get, user, request.path_params["session_id"])
    version, state = await in_thread(_state, studio, session, base_url(request))
    data = {
        "session_id": session.id,
        "task_id": session.task,
        "task_name": session.name,
        "draft_version": version,
        "state": state,
    }
    return ok(data | {"user_id": user} if studio.settings.user_id else data)


def rate(media: Media) -> float | None:
    """Frames a second as the protocol writes them: a number."""
    return round(float(media.fps), 3) if media.fps else None


def _state(studio: Backend, session: Session, base: str) -> tuple[int, dict[str, Any]]:
    """The number of the draft's version, 0 where there is none yet, and the state."""
    present = studio.store.projects.latest(session.id)
    clips = [m for m in studio.store.library.of_session(session.id) if m.kind in PLACED]
    generated: Any = {"object": {}, "list": [], "null": None}[studio.settings.generated_media]
    state: dict[str, Any] = {
        "draft": outward(present.data, base) if present else {},
        "video_infos": [_info(media, base) for media in clips],
        "canvas_config": _canvas(present.data) if present else {},
        "generated_media": generated,
        "video_analyses": studio.store.library.analyses(session.id),
    }
    if present is None:
        match studio.settings.empty_state:
            case "missing":
                return 0, {}
            case "null":
                return 0, dict.fromkeys(state)
            case "empty":
                return 0, state
        return 0, state
    return present.number, state


def _info(media: Media, base: str) -> dict[str, Any]:
    return {
        "name": media.name,
        "url": base + media.src,
        "duration": media.duration_ms / 1000,
        "width": media.width,
        "height": media.height,
        "fps": rate(media),
        "hash": media.hash,
    }


def _canvas(draft: dict[str, Any]) -> dict[str, Any]:
    meta = draft.get("m", {})
    return {key: meta[key] for key in ("width", "height", "fps") if key in meta}
