"""Exports: protocol §9."""

from __future__ import annotations

import json
import re
import secrets
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nemo_widgets.export_formats import usual_format
from nemo_widgets.studio.answers import Json, backend, base_url, caller, in_thread, ok, read_json
from nemo_widgets.studio.drafts import BadDraft, inward
from nemo_widgets.studio.errors import INVALID, NO_SESSION, NOT_FOUND, Refused
from nemo_widgets.studio.limits import OverLimit
from nemo_widgets.studio.names import clean_text, result_name
from nemo_widgets.studio.render import Output, RenderError
from nemo_widgets.studio.store import Job

from .files import ResultResponse

if TYPE_CHECKING:
    from starlette.requests import Request

    from nemo_widgets.studio.backend import Backend
    from nemo_widgets.studio.store import Session

__all__ = ["cancel", "download", "status", "submit"]

_ATTRIBUTION = ("x-skill-source", "x-skill-version", "x-skill-platform")
_NO_EXPORT = 402
_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")
_TAKEN = (".", "..", "lambda")
"""Ids that no client could ask for: they mean something else in a path."""
_WIRE = {"cancelled": "failed"}
"""The protocol knows four states; that it was cancelled is said in the error's text."""

_FACTS = (
    "frames", "frames_total", "stage", "heard_ms", "sound_ms", "copy_frames", "copy_frames_total",
)  # fmt: skip
"""What is told beside the percents: frames done and in all, what goes on, sound heard and to be heard, frames
taken over as they are coded and to be taken over."""
_FORM = ("width", "height", "fps")


async def submit(request: Request) -> Json:
    """Queue an export. The same id again is the same export."""
    user = await caller(request)
    studio = backend(request)
    if studio.settings.attribution and not all(
        request.headers.get(name, "").strip() for name in _ATTRIBUTION
    ):
        raise Refused(
            _NO_EXPORT, "An export needs the headers X-Skill-Source, X-Skill-Version and X-Skill-Platform."
        )
    body = await read_json(request, studio.settings.max_body_bytes, clean=False)
    render_id = body.get("id")
    if not isinstance(render_id, str) or not _ID.fullmatch(render_id) or render_id in _TAKEN:
        raise Refused(
            INVALID,
            "id is 1 to 128 letters, digits, dots, hyphens or underscores, and none of the path's words.",
        )
    output = body.get("output")
    if output is not None and not isinstance(output, dict):
        raise Refused(INVALID, "output is an object.")
    session_id = body.get("sessionId", body.get("session_id"))
    if not isinstance(session_id, (str, int)):
        raise Refused(NO_SESSION, "sessionId is missing.")
    session = await in_thread(studio.store.projects.get, user, clean_text(str(session_id)))
    job = await in_thread(_queue, studio, session, render_id, body.get("draft"), output or {})
    return await _answer(request, job)


async def status(request: Request) -> Json:
    """How far an export is."""
    return await _answer(request, await _job(request))


async def cancel(request: Request) -> Json:
    """Stop an export; one that has ended stays as it is."""
    job = await _job(request)
    studio = backend(request)
    asked = await in_thread(studio.store.jobs.stop, job.user, job.id)
    return ok({"id": job.id, "cancelled": asked})


async def download(request: Request) -> ResultResponse:
    """The finished video, for who has the token but not the result's address; 404 until it is done."""
    job = await _job(request)
    path = backend(request).store.result(job)
    if job.status != "completed" or not path.is_file():
        raise Refused(
            NOT_FOUND, "The export is not done yet." if job.status != "completed" else "The file is gone."
        )
    return ResultResponse(request, path, job)


async def _job(request: Request) -> Job:
    user = await caller(request)
    job = await in_thread(backend(request).store.jobs.get, user, request.path_params["render_id"])
    if job is None:
        raise Refused(NOT_FOUND, "There is no such export.")
    return job


def _queue(studio: Backend, session: Session, render_id: str, draft: Any, output: dict[str, Any]) -> Job:
    """Enter the export; one that can't be made is entered as failed, with the reason."""
    error, checked, suffix = "", {}, "mp4"
    try:
        checked = inward(draft, studio.store.library.of_user(session.user))
        suffix = Output.from_request(output, usual_format(checked)).format
    except (BadDraft, RenderError) as wrong:
        error = str(wrong)
    except OverLimit as over:
        raise Refused(INVALID, str(over)) from None
    title = checked.get("m", {}).get("title") if isinstance(checked.get("m"), dict) else None
    job = Job(
        user=session.user,
        id=render_id,
        session=session.id,
        token=secrets.token_urlsafe(18),
        name=result_name(title if isinstance(title, str) and title else session.name, suffix),
        draft=json.dumps(checked),
        output=output,
        status="failed" if error else "pending",
        progress=0.0,
        error=error,
        duration_ms=0,
        size=0,
        stop=False,
        owner=studio.store.owners.token,
        created=time.time(),
        completed=None,
        work={"retry": False} if error else {},
    )
    job = studio.store.jobs.submit(job)
    studio.exports.wake()
    return job


async def _answer(request: Request, job: Job) -> Json:
    studio = backend(request)
    settings = studio.settings
    url = f"{base_url(request)}/results/{job.token}/{quote(job.name)}" if job.status == "completed" else None
    shared: dict[str, Any] = {
        "id": job.id,
        "status": _WIRE.get(job.status, job.status),
        "progress": int(job.progress),
        "outputUrl": url,
    }
    facts = _FACTS if job.status == "processing" else _FACTS[:2]
    shared |= {key: job.work[key] for key in facts if key in job.work}
    if job.status == "pending":
        shared["position"] = await in_thread(studio.exports.place, job)
    if job.work.get("retry") is False:
        shared["retry"] = False
    if job.status in ("failed", "cancelled"):
        shared[settings.render_error_key] = job.error or "The export was cancelled."
    flat = {**shared, "output": None}
    if url:
        form = {key: job.work[key] for key in _FORM if key in job.work}
        flat["output"] = {"url": url, "duration": job.duration_ms / 1000, "size": job.size, **form}
    wrapped = {**shared, "createdAt": _iso(job.created), "completedAt": _iso(job.completed)}
    match settings.render_status:
        case "flat":
            return Json(flat)
        case "wrapped":
            return Json({"success": True, "data": wrapped})
        case "union":
            return Json({"code": 0, "success": True, **flat, "data": wrapped | {"output": flat["output"]}})


def _iso(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
