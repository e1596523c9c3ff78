"""Uploads (§5): files from the disk, one request each, and links that the server fetches itself."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from nemo_widgets.errors import (
    FileTooLarge,
    NemoError,
    NotAccepted,
    UnsupportedFile,
    UploadError,
    UploadUnknown,
)

from .file_checks import Checked, check
from .models import MediaFile, media_files
from .multipart import FileForm
from .progress import Meter, UploadCallback, UploadProgress
from .wire import Call

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable

    from .calls import Caller

__all__ = ["send_files", "send_links"]


async def send_files(
    caller: Caller,
    session_id: str,
    paths: Iterable[str | os.PathLike[str]],
    progress: UploadCallback | None = None,
    *,
    key: str = "",
    turn: Callable[[], Awaitable[object]] | None = None,
) -> list[MediaFile]:
    """Send files in order; nothing is sent before all of them have been looked at.

    Raises:
        UploadError, UnsupportedFile, FileTooLarge: a file can't be sent, or the server does not take it.
        UploadUnknown, NotAccepted: the connection broke after, or before, a whole file had left.
        NemoError: the request failed.
    """
    most = caller.settings.file_most
    files = [await asyncio.to_thread(check, Path(path), most) for path in paths]
    extra = await caller.keyed(key)
    found: list[MediaFile] = []
    for file in files:
        found += await _send(caller, session_id, file, progress=progress, extra=extra, turn=turn)
    return found


async def send_links(
    caller: Caller, session_id: str, urls: Iterable[str], *, key: str = ""
) -> list[MediaFile]:
    """Let the server fetch files from the web.

    Raises:
        UploadError: one of them is no web address. UploadUnknown: the answer got lost. NemoError: the request
            failed.
    """
    links = [_link(url) for url in urls]
    if not links:
        return []
    call = Call(
        "POST",
        _path(session_id),
        kind="paid",
        about="upload",
        json={"urls": links, "source_type": "url"},
        headers=await caller.keyed(key),
        read_s=caller.settings.upload_answer_s,
    )
    verdict = await caller.ask(call)
    if verdict.error is not None and verdict.lost:
        raise UploadUnknown(f"The server may have fetched it or not: {verdict.error.message}")
    if verdict.error is not None:
        raise verdict.error
    return media_files(verdict.data)


async def _send(
    caller: Caller,
    session_id: str,
    file: Checked,
    *,
    progress: UploadCallback | None,
    extra: dict[str, str],
    turn: Callable[[], Awaitable[object]] | None,
) -> list[MediaFile]:
    def told(count: int, *, done: bool = False) -> None:
        if progress is not None:
            # What has left may still be turned away: the last byte counts with the server's answer.
            counted = count if done else min(count, file.size - 1)
            progress(UploadProgress(file.path, counted, file.size, done, count == file.size))

    form = FileForm(file, caller.settings)
    meter = Meter(told, caller.settings.progress_s)

    def body() -> AsyncGenerator[bytes, None]:
        return form.body(lambda count: meter.at(count, last=count == file.size), turn)

    call = Call(
        "POST",
        _path(session_id),
        kind="paid",
        about="upload",
        content=body,
        headers={**form.headers, **extra},
        read_s=caller.settings.upload_answer_s,
    )
    verdict = await caller.ask(call)
    if verdict.error is not None and verdict.lost:
        # Not sent again by itself: a clip that did arrive would stand on the timeline twice.
        if form.whole:
            raise UploadUnknown(f"{file.path.name} may not have arrived: {verdict.error.message}")
        raise NotAccepted(f"{file.path.name} did not arrive: {verdict.error.message}")
    if verdict.error is not None:
        raise _named(verdict.error, file.path.name)
    found = media_files(verdict.data)
    told(file.size, done=True)
    return found


def _named(error: NemoError, name: str) -> NemoError:
    """The error, with the file's name where it is about the file and does not say it."""
    if not isinstance(error, (UnsupportedFile, FileTooLarge)) or name in error.message:
        return error
    return type(error)(f"{name}: {error.message}", hint=error.hint, request_id=error.request_id)


def _path(session_id: str) -> str:
    return f"/api/upload-video/nemo_agent/me/{quote(session_id, safe='')}"


def _link(url: str) -> str:
    url = url.strip()
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:
        good = False
    if not good:
        raise UploadError(f"{url!r} is not a web address.", hint="A link begins with https:// or http://.")
    return url
