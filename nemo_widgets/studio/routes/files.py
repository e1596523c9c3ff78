"""Media and results, under addresses that can't be guessed, hence without a token (a player sends none)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import FileResponse

from nemo_widgets.studio.answers import backend, in_thread
from nemo_widgets.studio.errors import NOT_FOUND, Refused

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

__all__ = ["media", "result"]


async def media(request: Request) -> FileResponse:
    """An uploaded file; ranges, ETag and If-Range are understood. The name in the path is for people."""
    store = backend(request).store
    found = await in_thread(store.library.get, request.path_params["media_id"])
    if found is None:
        raise Refused(NOT_FOUND, "There is no such file.")
    return await _file(store.library.path(found), found.name)


async def result(request: Request) -> FileResponse:
    """A finished export."""
    store = backend(request).store
    job = await in_thread(store.jobs.by_token, request.path_params["token"])
    if job is None or job.status != "completed":
        raise Refused(NOT_FOUND, "There is no such result.")
    return await _file(store.result(job), job.name)


async def _file(path: Path, name: str) -> FileResponse:
    if not await in_thread(path.is_file):
        raise Refused(NOT_FOUND, "The file is gone from the studio's folder.")
    return FileResponse(path, filename=name, content_disposition_type="inline")
