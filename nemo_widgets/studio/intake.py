"""From a received file to media on the timeline."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING

import anyio.to_thread

from .errors import UNSUPPORTED_FILE, Refused
from .media import MediaError, probe
from .names import extension
from .store import Media
from .timeline import place
from .world import media_item

if TYPE_CHECKING:
    from .backend import Backend
    from .receive import Received
    from .store import Session

__all__ = ["take_in"]


async def take_in(studio: Backend, session: Session, files: list[Received]) -> list[Media]:
    """Look into the files, keep them, and put videos and pictures on the timeline. All of them or none.

    The timeline is changed in the session's lane: an upload that comes while a message is carried out
    waits for its end, for the agent works on a copy of the draft.

    Raises:
        Refused: 4001, a file's content is no media; the sentence says what is wrong with it.
    """
    media = [await anyio.to_thread.run_sync(_look, session, file) for file in files]
    # Awaited, not waited for in a thread: a long message must not use up the threads that a cancel needs.
    await asyncio.wrap_future(studio.lanes.put(session.id, lambda: _enter(studio, session, files, media)))
    return media


def _look(session: Session, file: Received) -> Media:
    try:
        info = probe(file.path, file.name)
    except MediaError as error:
        raise Refused(UNSUPPORTED_FILE, str(error)) from None
    media_id = secrets.token_urlsafe(18)
    return Media(
        id=media_id,
        session=session.id,
        user=session.user,
        name=file.name,
        file=f"{media_id}.{extension(file.name)}",
        size=file.size,
        hash=file.hash,
        kind=info.kind,
        duration_ms=info.duration_ms,
        width=info.width,
        height=info.height,
        fps=info.fps,
        has_audio=info.has_audio,
    )


def _enter(studio: Backend, session: Session, files: list[Received], media: list[Media]) -> None:
    for file, item in zip(files, media, strict=True):
        studio.store.keep(file.path, item.file)
    projects = studio.store.projects
    # The write lock is held from reading the draft to storing the next: no other process comes in between.
    with studio.store.transaction():
        present = projects.latest(session.id)
        draft = present.data if present else None
        known = {item.src: media_item(item) for item in studio.store.library.of_session(session.id)}
        for item in media:
            studio.store.library.add(item)
            if item.kind != "audio":
                draft = place(draft, item, known)
        if draft is not None and draft is not (present.data if present else None):
            projects.add(session.id, draft, expected=present.number if present else 0, edits=["upload"])
