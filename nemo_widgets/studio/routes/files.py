"""Media and results, under addresses that can't be guessed, hence without a token (a player sends none)."""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers
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

_log = logging.getLogger("nemo_widgets.studio.requests")
_TO_THE_END = re.compile(r"\s*bytes\s*=\s*\d+\s*-\s*")


class WholeFile(FileResponse):
    """A file, in the length that was announced. Where it can't be read to there, the connection is closed."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        left, begun = 0, False

        async def counted(message: Message) -> None:
            nonlocal left, begun
            if message["type"] == "http.response.start":
                told = Headers(raw=message["headers"]).get("content-length", "0")
                left = 0 if scope["method"] == "HEAD" else int(told)
                begun = message["status"] in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT)
            elif begun:
                message["body"] = message.get("body", b"")[:left]  # it may have grown since
                left -= len(message["body"])
                if left and not message.get("more_body"):
                    raise _ShorterError
            await send(message)

        try:
            await super().__call__(scope, receive, counted)
        except (OSError, RuntimeError) as error:  # Starlette says itself that a range is missing
            if not begun:
                raise
            # The server closes a connection whose answer did not come to its end.
            _log.warning("%s %s broke off: %s", scope["method"], scope["path"], error)


class _ShorterError(OSError):
    def __str__(self) -> str:
        return "the file has become shorter"


class ResultResponse(WholeFile):
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


async def media(request: Request) -> WholeFile:
    """An uploaded file; ranges, ETag and If-Range are understood. The name in the path is for people."""
    store = backend(request).store
    found = await in_thread(store.library.get, request.path_params["media_id"])
    if found is None:
        raise Refused(NOT_FOUND, "There is no such file.")
    path = await _there(store.library.path(found))
    return WholeFile(path, filename=found.name, content_disposition_type="inline")


async def result(request: Request) -> ResultResponse:
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
