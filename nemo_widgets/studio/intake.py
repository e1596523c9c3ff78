"""From a received file to media on the timeline."""

from __future__ import annotations

import asyncio
import secrets
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Self

import anyio.to_thread

from nemo_widgets.media_types import MEDIA_TYPES

from .answers import unless_gone
from .errors import UNSUPPORTED_FILE, Refused
from .media import MediaError
from .names import extension
from .placement import aside, landed, place
from .queueing import Asker
from .store import Media
from .world import media_item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

    from starlette.requests import Request

    from .backend import Backend
    from .receive import Received
    from .store import Session

__all__ = ["Intake", "there_already"]


class Intake:
    """One upload's place in its session's lane, taken when it is made: once the request's body has ended.

    So clips stand on the timeline in the order in which their bodies ended, however long it takes to look
    into each. And an upload that comes while a message is carried out waits for its end, for the agent works
    on a copy of the draft.
    """

    def __init__(self, studio: Backend, session_id: str) -> None:
        self._studio = studio
        self._ready: Future[Callable[[], list[Media]]] = Future()
        self._entered = studio.lanes.put(session_id, self._enter)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._ready.done():  # there is nothing to enter, so whatever waits behind it may go on
            self._ready.set_result(list)

    async def take_in(
        self, request: Request, session: Session, key: str, files: list[Received]
    ) -> list[Media]:
        """Look into the files, keep them, and put videos and pictures on the timeline. All of them or none.

        What came before with the same key is the answer as it was stored then, and is not stored again.

        Raises:
            Refused: 4001, a file's content is no media; the sentence says what is wrong with it.
            ClientDisconnect: whose `request` it is has gone before all of them were looked into.
        """
        marks = [file.mark for file in files]
        there = await anyio.to_thread.run_sync(there_already, self._studio, session, key, marks)
        if None not in there:  # known at once, even while a long message is carried out
            return [media for media in there if media is not None]
        media = await unless_gone(request, self._looked(session, key, files))
        self._ready.set_result(lambda: _enter(self._studio, session, key, files, media))
        # Awaited, not waited for in a thread: a long message must not use up the threads that a cancel needs.
        return await asyncio.wrap_future(self._entered)

    async def _looked(self, session: Session, key: str, files: list[Received]) -> list[Media]:
        return [await _look(self._studio, session, key, file) for file in files]

    def _enter(self) -> list[Media]:
        """In the lane's thread: wait until it is known what is to be entered, and enter it."""
        work = self._ready.result()
        return work()


def there_already(studio: Backend, session: Session, key: str, marks: Iterable[str]) -> list[Media | None]:
    """For each mark what came with it under this key, None where nothing did; no media answers for two."""
    left = studio.store.library.of_key(session.id, key)
    found: list[Media | None] = []
    for mark in marks:
        media = next((media for media in left if media.mark == mark), None)
        if media is not None:
            left.remove(media)
        found.append(media)
    return found


async def _look(studio: Backend, session: Session, key: str, file: Received) -> Media:
    try:
        info = await studio.probes.probe(Asker(session.user, session.id), file.path, file.name)
    except MediaError as error:
        file.path.stat()  # one that was removed, while this process slept, is no fault of its content's
        raise Refused(UNSUPPORTED_FILE, _told(file, str(error))) from None
    media_id = secrets.token_urlsafe(18)
    return Media(
        id=media_id,
        session=session.id,
        user=session.user,
        name=file.name,
        file=f"{media_id}.{extension(file.name) or 'media'}",
        size=file.size,
        hash=file.hash,
        kind=info.kind,
        duration_ms=info.duration_ms,
        width=info.width,
        height=info.height,
        fps=info.fps,
        has_audio=info.has_audio,
        key=key,
        link=file.link,
        notes=info.notes,
        tracks=info.tracks,
    )


def _told(file: Received, reason: str) -> str:
    """Why a file is no media. Of a link nothing is quoted that its server sent, name and lines included."""
    if not file.link:
        return reason
    known = MEDIA_TYPES.get(f".{extension(file.name)}")
    if known is not None and known.kind == "text":
        return f"{file.shown} can't be read as subtitles; times look like 00:00:01,000 --> 00:00:03,500."
    return reason.replace(f"“{file.name}”", file.shown)


def _enter(
    studio: Backend, session: Session, key: str, files: list[Received], media: list[Media]
) -> list[Media]:
    store, kept, added = studio.store, list[str](), dict[str, Media]()
    try:
        # The write lock is held from reading the draft to storing the next: no other process comes between.
        with store.transaction():
            store.projects.get(session.user, session.id)  # it may have been removed meanwhile
            present = store.projects.latest(session.id)
            draft = present.data if present else None
            known = {item.src: media_item(item) for item in store.library.of_session(session.id)}
            # Asked again: the same request may have been made twice at the same time.
            there = there_already(studio, session, key, (file.mark for file in files))
            for file, item, before in zip(files, media, there, strict=True):
                if before is not None:
                    continue
                twin = store.library.twin(item)  # the same content is kept once
                if twin is None:
                    store.keep(file.path, item.file)
                    kept.append(item.file)
                placed = place(draft, item, known)
                told = aside(item) if placed is draft else None
                if placed is not draft and placed is not None:
                    alike = [*store.library.of_session(session.id), item]
                    twins = {one.src for one in alike if one.hash == item.hash}
                    told = landed(placed, item, twins, alone=present is None)
                entered = item if told is None else replace(item, notes=(*item.notes, told))
                store.library.add(entered if twin is None else replace(entered, file=twin.file))
                added[item.id], draft = entered, placed
            if draft is not None and draft is not (present.data if present else None):
                expected = present.number if present else 0
                store.projects.add(session.id, draft, expected=expected, edits=["upload"])
    except BaseException:
        for name in kept:
            with suppress(OSError):  # a stray then, which goes by itself
                store.drop(name)
        raise
    return [before or added[item.id] for before, item in zip(there, media, strict=True)]
