"""Files and links for a session: PROTOCOL §5."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from starlette.requests import ClientDisconnect

from nemo_widgets.studio.answers import backend, base_url, caller, in_thread, ok, read_json
from nemo_widgets.studio.errors import INVALID, Refused
from nemo_widgets.studio.intake import take_in
from nemo_widgets.studio.links import fetch
from nemo_widgets.studio.receive import MultipartReceiver

from .state import rate

if TYPE_CHECKING:
    from starlette.requests import Request

    from nemo_widgets.studio.answers import Json
    from nemo_widgets.studio.backend import Backend
    from nemo_widgets.studio.receive import Received
    from nemo_widgets.studio.store import Media

__all__ = ["upload"]

_PIECE = 1024 * 1024
"""What is gathered before a thread is asked to write it."""
_DRAIN_S = 20.0
_MOST_LINKS = 50


async def upload(request: Request) -> Json:
    """Take in files (multipart, field `files`) or links (JSON, `urls`)."""
    user = await caller(request)
    studio = backend(request)
    session = await in_thread(studio.store.projects.get, user, request.path_params["session_id"])
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json":
        files = await _links(request, studio)
    else:
        files = await _multipart(request, studio)
    try:
        media = await take_in(studio, session, files)
    finally:
        await in_thread(_clear, files)
    base = base_url(request)
    entries = [_entry(item, base, studio.settings.upload_url_key) for item in media]
    return ok({studio.settings.upload_key: entries, "session_state_applied": True})


async def _multipart(request: Request, studio: Backend) -> list[Received]:
    content_type = request.headers.get("content-type", "")
    pieces = request.stream()
    try:
        receiver = MultipartReceiver(content_type, studio.store.incoming, studio.settings.max_upload_bytes)
        try:
            gathered = bytearray()
            async for piece in pieces:
                gathered += piece
                if len(gathered) >= _PIECE:
                    await in_thread(receiver.feed, bytes(gathered))
                    gathered.clear()
            await in_thread(receiver.feed, bytes(gathered))
            return receiver.finish()
        except BaseException:
            receiver.discard()
            raise
    except Refused:
        # A client that is still sending would lose the answer if the connection were closed on it now.
        try:
            async with asyncio.timeout(_DRAIN_S):
                async for _ in pieces:
                    pass
        except (TimeoutError, ClientDisconnect):
            pass
        raise
    except ClientDisconnect:
        raise Refused(INVALID, "The upload broke off before its end.") from None


async def _links(request: Request, studio: Backend) -> list[Received]:
    body = await read_json(request)
    urls = body.get("urls")
    if not isinstance(urls, list) or not urls or not all(isinstance(url, str) for url in urls):
        raise Refused(INVALID, "urls is a list of links.")
    if body.get("source_type", "url") != "url":
        raise Refused(INVALID, "source_type is url.")
    if len(urls) > _MOST_LINKS:
        raise Refused(INVALID, f"At most {_MOST_LINKS} links come in one request.")
    files: list[Received] = []
    try:
        for url in urls:
            file = await fetch(url.strip(), studio.store.incoming, studio.settings)
            files.append(file)
    except BaseException:
        _clear(files)
        raise
    return files


def _clear(files: list[Received]) -> None:
    """What was taken in has been moved away; what was not goes."""
    for file in files:
        file.path.unlink(missing_ok=True)


def _entry(media: Media, base: str, url_key: str) -> dict[str, Any]:
    return {
        "filename": media.name,
        "file_type": media.kind,
        url_key: base + media.src,
        "duration": media.duration_ms / 1000,
        "width": media.width or None,
        "height": media.height or None,
        "fps": rate(media),
        "hash": media.hash,
    }
