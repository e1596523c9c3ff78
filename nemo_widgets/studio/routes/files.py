"""Media and results, under addresses that can't be guessed, hence without a token (a player sends none)."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from starlette.responses import FileResponse

from nemo_widgets.errors import StoreError
from nemo_widgets.studio.answers import backend, in_thread
from nemo_widgets.studio.errors import NOT_FOUND, Refused

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request
    from starlette.types import Message, Receive, Scope, Send

    from nemo_widgets.studio.store import Job

__all__ = ["ResultResponse", "media", "result"]

_TO_THE_END = re.compile(r"\s*bytes\s*=\s*\d+\s*-\s*")


class ResultResponse(FileResponse):
    """An export's file. Once it has gone out to its end, the export is noted as fetched.

    Who went on from the middle has the beginning already.
    """

    def __init__(self, request: Request, path: Path, job: Job, **options: Any) -> None:
        super().__init__(path, filename=job.name, **options)
        self._request, self._job = request, job
        self._whole = request.method == "GET" and bool(
            _TO_THE_END.fullmatch(request.headers.get("range", "bytes=0-"))
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        fetched = False

        async def watched(message: Message) -> None:
            nonlocal fetched
            if self._whole and message["type"] == "http.response.body" and not message.get("more_body"):
                fetched = not await self._request.is_disconnected()
            await send(message)

        await super().__call__(scope, receive, watched)
        if fetched:
            with suppress(StoreError):  # it has gone out all the same
                await in_thread(backend(self._request).store.jobs.fetched, self._job.token)


async def media(request: Request) -> FileResponse:
    """An uploaded file; ranges, ETag and If-Range are understood. The name in the path is for people."""
    store = backend(request).store
    found = await in_thread(store.library.get, request.path_params["media_id"])
    if found is None:
        raise Refused(NOT_FOUND, "There is no such file.")
    path = await _there(store.library.path(found))
    return FileResponse(path, filename=found.name, content_disposition_type="inline")


async def result(request: Request) -> FileResponse:
    """A finished export."""
    store = backend(request).store
    job = await in_thread(store.jobs.by_token, request.path_params["token"])
    if job is None or job.status != "completed":
        raise Refused(NOT_FOUND, "There is no such result.")
    return ResultResponse(request, await _there(store.result(job)), job, content_disposition_type="inline")


async def _there(path: Path) -> Path:
    if not await in_thread(path.is_file):
        raise Refused(NOT_FOUND, "The file is gone from the studio's folder.")
    return path
