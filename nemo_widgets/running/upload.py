"""An upload: files and links, one row each, sent in the order given."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.client import MediaFile
from nemo_widgets.client.upload_answer import why_absent
from nemo_widgets.errors import (
    FileTooLarge,
    NemoError,
    OutcomeUnknown,
    SessionNotFound,
    UnsupportedFile,
    UploadError,
    UploadUnclear,
    UploadUnknown,
    UsageError,
)
from nemo_widgets.interrupts import stoppable
from nemo_widgets.languages import speaking
from nemo_widgets.loop import loop

from .earlier_upload import Earlier
from .outcome import IN_PART, Answer
from .pace import megabytes
from .recovery import waits_after, watch
from .run import Row, Run
from .sources import absolute, file_of, is_link, media_called, mentions, name_of, shown, stamp_of
from .upload_failures import changed_since, told_together

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nemo_widgets.client import State, UploadProgress
    from nemo_widgets.journal import Entry

    from .connection import Connection

__all__ = ["UploadRun"]

_MB = 1_000_000
_AT_ONCE = 3
"""So many files are on their way at the same time; more would only make each of them slower."""
_CERTAIN = (UploadError, UnsupportedFile, FileTooLarge, SessionNotFound)
"""After these a file has not arrived, however often it was sent."""
_LOOKS_S = (0.0, 1.0, 2.0, 4.0, 8.0)
"""Waits before each look for a file whose answer told nothing: the state may be late by some seconds."""


class UploadRun(Run):
    """Files and links on their way to the session: several at once, arriving in the order given.

    Attributes:
        sources: what was given, in order; links without what follows their `?`, which may be a secret.
        files: what the server took, in order: name, type, duration (s), size in pixels.
        paths: where each of them is on this machine, None for a link.
    """

    kind = "upload"

    def __init__(
        self,
        connection: Connection,
        sources: Sequence[str | Path],
        *,
        entry: Entry | None = None,
        earlier: Earlier | None = None,
    ) -> None:
        given = [str(source) for source in sources]
        self.sources = [shown(source) for source in given]
        if not all(source.strip() for source in given):
            raise UsageError(say("upload.no name"), hint=say("upload.name one"))
        self._sources = [absolute(source) for source in given]  # it may go on in the background after %cd
        self._failures: dict[str, BaseException] = {}
        self._took: dict[int, list[MediaFile]] = {}
        self._parts: dict[str, asyncio.Task[None]] = {}
        self._left: set[str] = set()
        self._doubtful: set[str] = set()
        """What was sent once, and nobody has said yet whether it arrived."""
        self._keys = [str(i) for i in range(len(self.sources))]
        self._had_before: dict[str, int] = {}
        self._all_before: int | None = None
        self._elsewhere = False
        """Whether one of them may have come by another name: then nothing is sent again."""
        self._away: dict[str, str] = {}
        """What the server took and the session did not show, and why: it is not sent again, either."""
        self._state_before: State | None = None
        self._gone: SessionNotFound | None = None
        self._sources_before: Any = None
        self._earlier = earlier
        super().__init__(connection, ", ".join(map(name_of, self._sources)), entry=entry)

    @classmethod
    def take_up(cls, connection: Connection, entry: Entry) -> UploadRun:
        """The upload that a kernel left behind."""
        return cls(connection, [item["source"] for item in entry.record.details["sources"]], entry=entry)

    @property
    def missing(self) -> list[str]:
        """What did not arrive, as it was given, in order; links with what signs them."""
        return [source for i, source in enumerate(self._sources) if i not in self._took]

    @property
    def arrived(self) -> list[str]:
        """What arrived, likewise."""
        return [source for i, source in enumerate(self._sources) if i in self._took]

    def earlier(self, sources: Sequence[str]) -> Earlier:
        """What another run has to know of this one to send those `sources` that are missing."""
        at = [i for i, source in enumerate(self._sources) if i not in self._took and source in sources]
        left = frozenset(map(int, self._left))
        return Earlier(self.id, [self._sources[i] for i in at], at, left, self._had_with_ours())

    def _had_with_ours(self) -> dict[str, int]:
        ours = Counter(self.rows[str(i)].label for i in self._took)
        return dict(Counter(self._had_before) + ours)

    @property
    def files(self) -> list[MediaFile]:
        """What the server took, in the order given."""
        return [file for i in sorted(self._took) for file in self._took[i]]

    @property
    def failures(self) -> dict[str, BaseException]:
        """What went wrong, by the source as it is shown, in the order given."""
        given = dict(zip(self._sources, self.sources, strict=True))
        return {given[source]: error for source, error in self._failed().items()}

    def _failed(self) -> dict[str, BaseException]:
        return {source: self._failures[source] for source in self._sources if source in self._failures}

    @property
    def paths(self) -> list[Path | None]:
        """Where each of `files` is on this machine; None for a link."""
        return [
            None if is_link(self._sources[i]) else file_of(self._sources[i])
            for i in sorted(self._took)
            for _ in self._took[i]
        ]

    @stoppable
    def cancel_row(self, key: str) -> None:
        """Stop one file; the others go on."""

        def stop() -> None:
            if part := self._parts.get(key):
                part.cancel()
            elif key in self.rows and self.rows[key].state == "running":
                with speaking(self.language):
                    self._row(key, state="cancelled", detail=say("phase.cancelled"))

        loop().call_soon_threadsafe(stop)

    def _results(self) -> dict[str, Any]:
        self._sources_before = self._entry.record.details.get("sources")
        return {
            "elsewhere": self._elsewhere,
            "away": self._away,
            "missing": [i for i in range(len(self._sources)) if i not in self._took],
            "left": sorted(map(int, self._left)),
            "had_after": self._had_with_ours(),
        }

    def _to_go_on(self) -> dict[str, Any]:
        return {"sources": self._sources_before}  # a link may have lost what signs it as the run was over

    def _details(self) -> dict[str, Any]:
        return {"sources": [{"source": s, "stamp": stamp_of(s)} for s in self._sources]}

    def _waiting_rows(self) -> dict[str, Row]:
        named = zip(self._keys, self._sources, strict=True)
        return {key: Row(name_of(source), 0.0, say("phase.waiting")) for key, source in named}

    async def _work(self) -> None:
        self._update(state="running", rows=self._waiting_rows())
        async with self._connection.uploading():
            await self._remember()
            if self._earlier is not None:
                await self._take_earlier(self._earlier)
            await self._send_all()

    async def _take_earlier(self, earlier: Earlier) -> None:
        """Take what an earlier run sent, and arrived after all, as done: it is not sent again."""
        for i, key in enumerate(self._keys):
            name = self.rows[key].label
            there = await self._written(key, earlier.ledger_key(i)) or []
            if not there and earlier.at[i] in earlier.left:
                self._row(key, detail=say("upload.finding out one"))
                there = await self._look_for(name, earlier.had.get(name, 0))
            if there:
                self._had_before[name] = max(0, self._had_before.get(name, 0) - 1)
                earlier.had[name] = earlier.had.get(name, 0) + 1
                self._took[i] = there
                self._arrive(key, there)

    async def _remember(self) -> None:
        """Write down what is there before anything is sent: what is there later by the same name is ours."""
        try:
            state = self._state_before = await self._connection.known()
        except SessionNotFound as error:
            raise SessionNotFound(error.message, hint=say("upload.to new session")) from None
        names = {row.label for row in self.rows.values()}
        self._had_before = {name: len(media_called(state, name)) for name in names}
        self._all_before = len(state.video_infos)
        details = {"had": self._had_before, "all": self._all_before}
        await self._note(stage="sent", before=state.draft.data, details=details)

    async def _resume(self) -> None:
        """What arrived before its kernel stopped is not sent again; the rest is."""
        record = self._entry.record
        self._update(
            state="running",
            phase=say("upload.finding out"),
            rows=self._waiting_rows(),
        )
        async with self._connection.uploading():
            if record.stage == "begun":
                await self._remember()
            else:
                self._had_before = dict(record.details.get("had", {}))
                self._all_before = record.details.get("all")
                self._doubtful.update(self._keys)
                await self._find_arrived()
            for key, item in zip(self._keys, record.details["sources"], strict=True):
                if self.rows[key].state != "done" and item["stamp"] != stamp_of(item["source"]):
                    self._fail(key, changed_since(item["source"]))
            self._away = dict(record.details.get("away") or {})
            for key, why in self._away.items():
                if self.rows[key].state == "running":
                    self._fail(key, OutcomeUnknown(why, hint=say("upload.later")))
            if record.details.get("elsewhere") is True:
                await self._leave_doubtful()
            await self._send_all()

    async def _leave_doubtful(self) -> None:
        """Fail those of which nobody can say whether they arrived: what has come has another name."""
        other = self._other(await self._connection.peek())
        for key in sorted(self._doubtful, key=int) if other else ():
            if self.rows[key].state == "running":
                self._elsewhere = True
                told = say("upload.other", name=self.rows[key].label, other=other)
                self._fail(key, OutcomeUnknown(told, hint=say("upload.look")))

    async def _send_all(self) -> None:
        self._update(phase=say("upload.uploading"))
        gate = asyncio.Semaphore(_AT_ONCE)
        before: asyncio.Event | None = None
        for i, key in enumerate(self._keys):
            if self.rows[key].state not in ("cancelled", "done", "failed"):
                arrived = asyncio.Event()
                self._parts[key] = asyncio.create_task(self._part(i, gate, before, arrived))
                before = arrived
        try:
            await asyncio.gather(*self._parts.values(), return_exceptions=True)
        except asyncio.CancelledError:
            for part in self._parts.values():
                part.cancel()
            await asyncio.gather(*self._parts.values(), return_exceptions=True)
            raise
        if self._failures:
            there = [name_of(source) for source in self.arrived]
            raise told_together(self._failed(), arrived=there, doubtful=bool(self._doubtful))

    async def _part(
        self, i: int, gate: asyncio.Semaphore, before: asyncio.Event | None, arrived: asyncio.Event
    ) -> None:
        """One file; it arrives once the one before it has, or has come to nothing."""
        key = self._keys[i]
        try:
            async with gate:
                self._took[i] = await self._send(key, self._sources[i], before)
            self._left.discard(key)
        except asyncio.CancelledError:
            self._doubtful.discard(key)
            if key in self._left:
                self._connection.may_arrive(self.rows[key].label)
            self._row(key, state="cancelled", detail=say("phase.cancelled"))
            raise
        except Exception as error:  # noqa: BLE001 - one bad file must not lose the others
            self._left.discard(key)
            self._fail(key, error)
        finally:
            arrived.set()

    async def _send(self, key: str, source: str, before: asyncio.Event | None) -> list[MediaFile]:
        session_id = self._connection.session_id
        if self._gone is not None:
            raise self._gone  # what was to stand before this file has not arrived
        try:
            files = await self._transfer(key, source, before)
        except UploadUnknown as error:
            self._doubtful.add(key)
            self._row(key, detail=say("upload.finding out one"))
            files = await self._arrived(key, error) or await self._transfer(key, source, None)
        except SessionNotFound as error:
            told = await self._connection.replaced(session_id, error)
            unloaded = say("session.gone unloaded", gone=told)
            self._gone = SessionNotFound(unloaded, hint=say("upload.to new session"))
            self._took.clear()  # what had arrived is gone with the session
            for lost in [key for key, row in self.rows.items() if row.state == "done"]:
                self._fail(lost, self._gone)
            raise self._gone from None
        files = await self._seen(key, files)
        self._arrive(key, files)
        return files

    async def _seen(self, key: str, files: list[MediaFile]) -> list[MediaFile]:
        """The files as the session shows them, where the answer leaves open whether it does.

        Raises:
            OutcomeUnknown: it does not show it, or can't be read.
        """
        why = next(filter(None, map(why_absent, files)), "")
        if not why:
            return files
        self._doubtful.add(key)
        self._row(key, detail=say("upload.session has it"))
        name = self.rows[key].label
        if there := await self._look_for(name):
            return there
        self._away[key] = say("upload.not shown", name=name, why=why)
        raise OutcomeUnknown(self._away[key], hint=say("upload.later"))

    async def _transfer(self, key: str, source: str, before: asyncio.Event | None) -> list[MediaFile]:
        client, session_id, name = self._connection.client, self._connection.session_id, f"{self.id}/{key}"
        if is_link(source):
            self._row(key, fraction=None, detail=say("upload.fetching"))
            if before is not None:
                await before.wait()
            return await client.upload_links(session_id, [source], key=name)
        told = megabytes()

        def progress(now: UploadProgress) -> None:
            if now.whole:
                self._left.add(key)
            detail = say("upload.checking") if now.whole and not now.done else told(now.sent, now.total)
            self._row(key, fraction=now.sent / now.total if now.total else 0.0, detail=detail)

        async def turn() -> None:
            if before is not None and not before.is_set():
                self._row(key, detail=say("upload.before it"))
                await before.wait()

        return await client.upload(session_id, [file_of(source)], progress=progress, key=name, turn=turn)

    async def _arrived(self, key: str, error: NemoError) -> list[MediaFile]:
        """The file as the server has it; none where the studio says that sending it again does no harm.

        Raises:
            NemoError: it is not there, as far as the state shows, or that can't be found out.
        """
        connection, name = self._connection, self.rows[key].label
        if (written := await self._written(key)) is not None:
            return written
        why = error.__cause__.message if isinstance(error.__cause__, NemoError) else error.message
        if isinstance(error, UploadUnclear):
            if there := await self._look_for(name):
                return there
            if error.__cause__ is None:
                raise OutcomeUnknown(say("upload.took but", name=name))
            raise self._missing(name, why, await connection.peek())
        had = self._known(name)
        state = await watch(
            connection,
            lambda now: len(media_called(now, name)) > had,
            lambda told: self._row(key, detail=told),
            waits_after(Answer.LOST, connection.client.settings, at_once=self._entry.attached),
        )
        if state is None:
            raise error
        if not (there := media_called(state, name)[had:]):
            raise self._missing(name, why, state)
        return there[:1]

    def _missing(self, name: str, why: str, state: State) -> NemoError:
        """The error of a file that the state does not show by its name."""
        if other := self._other(state):
            self._elsewhere = True
            told = say("upload.other why", name=name, other=other, why=why)
            return OutcomeUnknown(told, hint=say("upload.look"))
        return UploadError(say("upload.not there", name=name, why=why), hint=say("upload.again"))

    def _other(self, state: State) -> str:
        """A file that has come since, and that no answer has named; "" if there is none."""
        new = state.video_infos[self._all_before :] if self._all_before is not None else []
        known = {file.filename for file in self.files} | {row.label for row in self.rows.values()}
        if new and self._state_before is not None:  # whose order need not be that of coming
            known.update(_names(self._state_before.video_infos))
            new = state.video_infos
        return next((name for name in _names(new) if name and name not in known), "")

    async def _look_for(self, name: str, known: int | None = None) -> list[MediaFile]:
        """A file of which the answer told nothing, as the state shows it; none where it does not show it.

        So many of that name were `known` before it.

        Raises:
            OutcomeUnknown: the state can't be read.
        """
        had, before, read = self._known(name) if known is None else known, self._state_before, False
        for wait in _LOOKS_S:
            await self._connection.client.settings.clock.sleep(wait)
            with contextlib.suppress(NemoError):
                state = await self._connection.peek()
                read = True
                if there := media_called(state, name)[had:]:
                    return there[:1]
                if before is not None and mentions(state, name) > mentions(before, name):
                    return [MediaFile(name)]
        if not read:
            raise OutcomeUnknown(say("upload.unreadable", name=name))
        return []

    async def _find_arrived(self) -> None:
        """Take what arrived before the kernel stopped as done; the state may show it late."""
        for wait in (0.0,) if self._connection.local else _LOOKS_S:
            await self._connection.client.settings.clock.sleep(wait)
            state = await self._connection.peek()
            for i, key in enumerate(self._keys):
                name = self.rows[key].label
                there = await self._written(key)
                if there is None:
                    there = media_called(state, name)[self._known(name) :][:1]
                if there and i not in self._took:
                    self._took[i] = there
                    self._arrive(key, there)
            if len(self._took) == len(self._keys):
                return

    async def _written(self, key: str, sent_as: str = "") -> list[MediaFile] | None:
        """What the studio's ledger has under a file's key, or another run's key; None without a ledger."""
        connection = self._connection
        if not connection.local:
            return None
        ledger = await connection.client.ledger(connection.session_id, "media")
        if ledger is None:
            return None
        return [media.file for media in ledger.media if media.key == (sent_as or f"{self.id}/{key}")]

    def _known(self, name: str) -> int:
        """How many files of that name were there before this one."""
        ours = sum(self.rows[str(i)].label == name for i in self._took)
        return self._had_before.get(name, 0) + ours

    def _arrive(self, key: str, files: list[MediaFile]) -> None:
        self._doubtful.discard(key)
        size = self._size(files, self._sources[int(key)])
        self._row(key, fraction=1.0, detail=size, state="done")

    def _fail(self, key: str, error: BaseException) -> None:
        if isinstance(error, _CERTAIN):
            self._doubtful.discard(key)
        elif key in self._doubtful and isinstance(error, NemoError) and not isinstance(error, OutcomeUnknown):
            name = self.rows[key].label
            error = OutcomeUnknown(say("upload.unknown", name=name, why=error.message))
        self._failures[self._sources[int(key)]] = error
        judged = isinstance(error, (UnsupportedFile, FileTooLarge))  # then how much had left says nothing
        fraction = 0.0 if judged else self.rows[key].fraction
        self._row(key, fraction=fraction, state="failed", detail=str(getattr(error, "message", error)))

    def _row(self, key: str, **changed: Any) -> None:
        self.rows[key] = replace(self.rows[key], **changed)
        self._update()

    def _size(self, files: list[MediaFile], source: str) -> str:
        with contextlib.suppress(OSError):
            return "" if is_link(source) else f"{file_of(source).stat().st_size / _MB:.1f} MB"
        return files[0].filename

    def _stage(self) -> str:
        if self._doubtful:
            return "unknown"
        if len(self._took) == len(self.sources):
            return super()._stage()
        return IN_PART if self._took else "not done"

    def _outcome_at(self, stage: str) -> str:
        # What was stopped is recorded as cancelled; what had arrived by then is there.
        return IN_PART if self._took and stage in ("cancelled", IN_PART) else super()._outcome_at(stage)

    def _stopped_text(self) -> str:
        told = say("upload.cancelled", count=len(self._took), all=len(self.sources))
        if names := ", ".join(self.rows[key].label for key in sorted(self._left, key=int)):
            told += say("upload.may arrive", names=names)
        return told

    def _late_text(self) -> str:
        names = ", ".join(file.filename for file in self.files)
        return say("upload.late", names=names) if names else say("upload.late all")


def _names(infos: Sequence[Any]) -> list[str]:
    """What the files of a state are called."""
    return [MediaFile.from_json(info).filename for info in infos if isinstance(info, dict)]
