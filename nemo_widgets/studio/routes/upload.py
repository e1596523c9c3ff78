"""Files and links for a session: protocol §5."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from starlette.requests import ClientDisconnect

from nemo_widgets.errors import StoreError
from nemo_widgets.studio.answers import (
    backend,
    base_url,
    caller,
    in_thread,
    ok,
    read_json,
    sent_key,
    unless_gone,
)
from nemo_widgets.studio.errors import INVALID, Refused
from nemo_widgets.studio.intake import Intake, there_already
from nemo_widgets.studio.limits import MOST_LINKS
from nemo_widgets.studio.links import fetch, link_hash
from nemo_widgets.studio.receive import MultipartReceiver
from nemo_widgets.studio.store import LOCAL

from .state import rate

if TYPE_CHECKING:
    from starlette.requests import Request

    from nemo_widgets.studio.answers import Json
    from nemo_widgets.studio.backend import Backend
    from nemo_widgets.studio.receive import Received
    from nemo_widgets.studio.store import Media, Session

__all__ = ["entry", "upload"]

_PIECE, _MOST = 1024 * 1024, 4 * 1024 * 1024
"""Bytes that are gathered before a thread is asked to write them; the most while it still writes others."""
_DRAIN_S = 20.0


async def upload(request: Request) -> Json:
    """Take in files (multipart, field `files`) or links (JSON, `urls`).

    What came into the session before with the same `Idempotency-Key` is answered as it was then, and is not
    taken in again.
    """
    studio = backend(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        media = await (_links if kind == "application/json" else _multipart)(request, studio)
    except ClientDisconnect:
        raise Refused(INVALID, "The upload broke off before its end.") from None
    base = base_url(request)
    session = await _session(request)
    entries = [entry(item, base, studio.settings.upload_url_key, session.language) for item in media]
    return ok({studio.settings.upload_key: entries, "session_state_applied": True})


async def _asked(request: Request) -> tuple[Session, str]:
    """The session that the request is for, and its key."""
    key = sent_key(request)
    return await _session(request), key


async def _session(request: Request) -> Session:
    user = await caller(request)
    return await in_thread(backend(request).store.projects.get, user, request.path_params["session_id"])


async def _multipart(request: Request, studio: Backend) -> list[Media]:
    pieces = request.stream()
    # Beside the reading: nothing is awaited before a body's end that is there, for the ends decide the order
    # on the timeline. Nothing is written before it is known whose request it is.
    asked = asyncio.ensure_future(_asked(request))
    writer = _Writer(request, studio, asked)
    try:
        try:
            async for piece in pieces:
                await writer.add(piece)
            with Intake(studio, request.path_params["session_id"]) as intake:
                files = await writer.finish()
                return await intake.take_in(request, *await asked, files)
        finally:
            await writer.close()
    except (Refused, StoreError, OSError):
        # A client that is still sending would lose the answer if the connection were closed on it now.
        try:
            async with asyncio.timeout(_DRAIN_S):
                async for _ in pieces:
                    pass
        except (TimeoutError, ClientDisconnect):
            pass
        raise


class _Writer:
    """Hands a body to its receiver, in a thread, while more of it comes: its end is seen when it is there."""

    def __init__(self, request: Request, studio: Backend, asked: asyncio.Future[tuple[Session, str]]) -> None:
        self._studio = studio
        self._content_type = request.headers.get("content-type", "")
        self._asked = asked
        self._gathered = bytearray()
        self._receiver: MultipartReceiver | None = None
        self._writing: asyncio.Future[None] | None = None

    async def add(self, piece: bytes) -> None:
        """Take the next piece; what was wrong with an earlier one is raised here."""
        self._gathered += piece
        if self._writing is not None and self._writing.done():
            await self._written()
        if len(self._gathered) >= (_PIECE if self._writing is None else _MOST):
            await self._write()

    async def finish(self) -> list[Received]:
        """The files, once all is written."""
        receiver = await self._write()
        await self._written()
        return receiver.finish()

    async def close(self) -> None:
        """Leave nothing on disk of what was not moved away, once nothing is being written any more."""
        if self._writing is not None:
            await asyncio.wait([self._writing])
            self._writing.exception()  # seen, if it was not raised before
        if self._receiver is not None:
            await in_thread(self._receiver.discard)
        if not self._asked.cancel():
            self._asked.exception()  # likewise

    async def _write(self) -> MultipartReceiver:
        await self._written()
        if self._receiver is None:
            await self._asked
            part, most = self._studio.store.part, self._studio.settings.max_upload_bytes
            self._receiver = MultipartReceiver(self._content_type, part, most)
        self._writing = asyncio.ensure_future(in_thread(self._receiver.feed, bytes(self._gathered)))
        self._gathered.clear()
        return self._receiver

    async def _written(self) -> None:
        if self._writing is not None:
            await asyncio.wait([self._writing])  # unlike `await`, it leaves the thread alone when cancelled
            writing, self._writing = self._writing, None
            writing.result()


async def _links(request: Request, studio: Backend) -> list[Media]:
    session, key = await _asked(request)
    urls = await _addresses(request)
    there = await in_thread(there_already, studio, session, key, [link_hash(url) for url in urls])
    if None not in there:
        return [media for media in there if media is not None]
    files: list[Received] = []
    try:
        for url in urls:
            fetching = fetch(url, studio.store.part(), studio.settings, owner=session.user == LOCAL)
            files.append(await unless_gone(request, fetching))
        # Links take their place when they are fetched: nothing waits for a server elsewhere.
        with Intake(studio, session.id) as intake:
            return await intake.take_in(request, session, key, files)
    finally:
        await in_thread(_clear, files)


async def _addresses(request: Request) -> list[str]:
    body = await read_json(request)
    urls = body.get("urls")
    if not isinstance(urls, list) or not urls or not all(isinstance(url, str) for url in urls):
        raise Refused(INVALID, "urls is a list of links.")
    if body.get("source_type", "url") != "url":
        raise Refused(INVALID, "source_type is url.")
    if len(urls) > MOST_LINKS:
        raise Refused(INVALID, f"At most {MOST_LINKS} links come in one request.")
    return [url.strip() for url in urls]


def _clear(files: list[Received]) -> None:
    """What was taken in has been moved away; what was not goes."""
    for file in files:
        with suppress(OSError):
            file.path.unlink(missing_ok=True)


def entry(media: Media, base: str, url_key: str, language: str) -> dict[str, Any]:
    """A file as the answer to its upload describes it; what has to be said of it in that language."""
    told = {
        "filename": media.name,
        "file_type": media.kind,
        url_key: base + media.src,
        "duration": media.duration_ms / 1000,
        "width": media.width or None,
        "height": media.height or None,
        "fps": rate(media),
        "hash": media.hash,
    }
    notes = [note.in_language(language) for note in media.notes]
    return {**told, "notes": notes} if notes else told
