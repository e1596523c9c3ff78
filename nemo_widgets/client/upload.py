"""Uploads (§5): files from the disk, one request each, and links that the server fetches itself."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from nemo_widgets.errors import ConnectError, FileTooLarge, NemoError, TimedOut, UnsupportedFile, UploadError

from .file_checks import Checked, check
from .models import MediaFile, media_files
from .multipart import FileForm
from .progress import Meter, UploadCallback, UploadProgress
from .wire import Call

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncIterator, Iterable

    from .calls import Caller

__all__ = ["send_files", "send_links"]


async def send_files(
    caller: Caller,
    session_id: str,
    paths: Iterable[str | os.PathLike[str]],
    progress: UploadCallback | None = None,
) -> list[MediaFile]:
    """Send files in order; nothing is sent before all of them have been looked at.

    Raises:
        UploadError, UnsupportedFile, FileTooLarge: a file can't be sent, or the server does not take it.
        NemoError: the request failed.
    """
    most = caller.settings.file_most
    files = [await asyncio.to_thread(check, Path(path), most) for path in paths]
    return [found for file in files for found in await _send(caller, session_id, file, progress)]


async def send_links(caller: Caller, session_id: str, urls: Iterable[str]) -> list[MediaFile]:
    """Let the server fetch files from the web.

    Raises:
        UploadError: one of them is no web address. NemoError: the request failed.
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
        read_s=caller.settings.upload_answer_s,
    )
    return media_files((await caller.call(call)).data)


async def _send(
    caller: Caller, session_id: str, file: Checked, progress: UploadCallback | None
) -> list[MediaFile]:
    def told(count: int, *, done: bool = False) -> None:
        if progress is not None:
            progress(UploadProgress(file.path, count, file.size, done))

    form = FileForm(file, chunk=caller.settings.chunk)
    meter = Meter(told, caller.settings.progress_s)

    def body() -> AsyncIterator[bytes]:
        return form.body(lambda count: meter.at(count, last=count == file.size))

    call = Call(
        "POST",
        _path(session_id),
        kind="paid",
        about="upload",
        content=body,
        headers=form.headers,
        read_s=caller.settings.upload_answer_s,
    )
    verdict = await caller.ask(call)
    if isinstance(verdict.error, ConnectError) and verdict.sent:
        # Not sent again by itself: a clip that did arrive would stand on the timeline twice.
        kind = TimedOut if isinstance(verdict.error, TimedOut) else ConnectError
        hint = "Look at `%nemo tracks`, then upload it again if it is not there."
        raise kind(f"{file.path.name} may not have arrived: {verdict.error.message}", hint=hint)
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
