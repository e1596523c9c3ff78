"""An export: the draft is submitted, rendered, downloaded, and there is a video."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.draft import Draft
from nemo_widgets.errors import (
    Cancelled,
    DownloadError,
    JournalError,
    NemoError,
    NotAccepted,
    NothingToExport,
    RenderFailed,
    RenderGone,
    RenderRefused,
    RenderUnknown,
    SessionNotFound,
)
from nemo_widgets.export_formats import usual_format
from nemo_widgets.file_sizes import size_words
from nemo_widgets.paths import expanded, is_folder, is_there, working_folder
from nemo_widgets.reasons import sentence

from .earlier_export import take_job
from .film import look
from .naming import check_place, checked_format, ending_note, free_name, named, no_folder, spare, told_format
from .pace import megabytes
from .part import drop_part, move_part, part_of
from .render_rows import RenderRows
from .run import Row, Run
from .targets import check_free, claim, is_claimed
from .video import Video

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nemo_widgets.client import RenderStatus
    from nemo_widgets.journal import Entry

    from .connection import Connection

__all__ = ["ExportRun"]

_DOWNLOAD = "download"


class ExportRun(Run):
    """A render job and its download.

    Attributes:
        video: the result, once done.
        render_id: the job's id, on disk before it is submitted.
        rows: `sound` (seconds heard through beforehand, where the export shall have a loudness), `render`
            (frames encoded) and `download` (bytes), each done, whole and the time left.
        draft: what is rendered.
    """

    kind = "export"

    def __init__(
        self,
        connection: Connection,
        target: str | Path | None = None,
        *,
        draft: Draft | None = None,
        output: dict[str, Any] | None = None,
        entry: Entry | None = None,
        footage: Iterable[Path] = (),
        anyway: bool = False,
    ) -> None:
        self._anyway, self._studio = anyway, connection.local
        self.draft = draft or Draft()
        self._empty = draft is not None and entry is None and not draft
        self.output = dict(output or {})
        checked_format(self.output, studio=self._studio)
        self._folder = working_folder()
        self._given_name = target
        self.target = self._named(self.draft or connection.seen)
        if self.target is not None:
            spare(self.target, footage)
            if entry is None:
                check_free(self.target)
        self.video: Video | None = None
        self.render_id = ""
        self._sent_as = ""
        self._submitted = False
        self._goes_on: str | None = None
        self._told = RenderRows(sound=False)
        self._stood = False
        super().__init__(
            connection, self.target.name if self.target else say("export.the timeline"), entry=entry
        )
        claim(self)

    @classmethod
    def take_up(cls, connection: Connection, entry: Entry) -> ExportRun:
        """The export that a kernel left behind."""
        record = entry.record
        target = record.details.get("target")
        return cls(
            connection,
            target or None,
            draft=Draft(record.before or {}),
            output=record.details.get("output"),
            entry=entry,
        )

    def _details(self) -> dict[str, Any]:
        # An absolute path, since the kernel that goes on with it may have another working directory.
        return {"target": str(self.target.absolute()) if self.target else "", "output": self.output}

    def _to_go_on(self) -> dict[str, Any]:
        # The studio has stopped the job, so that another one is needed; the cloud makes it to its end.
        return {"render_id": "", "accepted": False} if self._connection.local else {}

    def _given(self) -> dict[str, Any] | None:
        return self.draft.data if self.draft else None

    async def _work(self) -> None:
        self._update(state="running", phase=say("phase.reading"))
        if self.target is not None:
            check_place(self.target)
        if not self.draft and not self._empty:
            self.draft = (await self._connection.state()).draft
        if not self.draft:
            raise NothingToExport(say("export.empty"))
        wanted = self._format(self.draft)
        self.target = self._named(self.draft) or free_name(self.draft, self._folder, wanted, is_claimed)
        self.output |= {} if wanted == "mp4" else {"format": wanted}
        await self._note(before=self.draft.data, details=self._details())
        left = None
        if not self._anyway:
            left = await asyncio.to_thread(take_job, self._connection.journal, self._entry)
        if left is None:
            await self._finish()
            return
        self._update(phase=say("export.finding out"), text=say("export.same", id=left.id))
        move_part(Path(str(left.details.get("target"))), left.id, self.target, self.id)
        await self._go_on(self.target, anew=True)

    async def _resume(self) -> None:
        """Go on with the job that was submitted; one that the server never got is submitted now."""
        self._update(state="running", phase=say("export.finding out"))
        if self.target is None or not self.draft:
            await self._work()
            return
        await self._go_on(self.target)

    async def _go_on(self, target: Path, *, anew: bool = False) -> None:
        """Go on with the job that the record names, if it names one. If gone and `anew`, make a new one."""
        details = self._entry.record.details
        known = self.render_id = str(details.get("render_id") or "")
        self._sent_as = str(details.get("sent_as") or known)
        self._submitted = bool(known)
        check_place(target)
        try:
            submitted = bool(known) and await self._is_known()
        except RenderGone:
            if not anew:
                raise
            known, submitted, self._submitted = "", False, False
        await self._finish(known, submitted=submitted)

    async def _is_known(self) -> bool:
        """Whether the server knows the job; False lets it be submitted, now or again.

        Raises:
            RenderUnknown: it does not tell. RenderGone: it had taken the job, and does not know it any more.
        """
        client = self._connection.client
        ids = dict.fromkeys([self.render_id, self._sent_as])
        for render_id in ids:
            if await client.render_known(render_id):
                return True
        if self._entry.record.details.get("accepted"):
            raise RenderGone(say("export.gone"))
        return False

    async def _finish(self, known: str = "", *, submitted: bool = False) -> None:
        """Render, as the job `known` if there is one, which may be submitted already, and download."""
        self._told = RenderRows(
            sound=self.draft.meta.get("loudness") is not None, film_ms=self.draft.duration_ms
        )
        self._update(phase=say("phase.turn"), rows=self._told.waiting())
        status = await self._render(known, submitted=submitted)
        self.rows.update(self._told.done(status))
        if status.notes:
            self._update(text=say("export.notes", notes=sentence(status.notes)))
        await self._download(status)

    async def _render(self, known: str, *, submitted: bool) -> RenderStatus:
        """The finished job. One that ended as failed is submitted once more under a new id (protocol §9).

        One of which nobody knows how it ended is not. One that the server never got is submitted under the id
        that it had: should it come to be known after all, it is still one job.
        """
        client = self._connection.client
        last = bool(self._entry.record.details.get("again"))
        while True:
            if not submitted:
                await self._submit(known or client.new_render_id(), again=last)
            self._submitted = True
            try:
                return await client.wait_render(self.render_id, self._rendered, sent_as=self._sent_as)
            except RenderFailed as error:
                if last or not error.retry or isinstance(error, (RenderGone, RenderRefused)):
                    raise
                last, known, submitted = True, "", False
                self._update(note=say("export.once more", why=error.message))

    async def _submit(self, render_id: str, *, again: bool) -> None:
        """Submit the draft once. A session that is gone did nothing with it: then once in a new one (§10)."""
        client, connection = self._connection.client, self._connection
        self._sent_as, self._submitted = render_id, False
        self._update(render_id=render_id)
        details = {"render_id": render_id, "sent_as": render_id, "accepted": False, "again": again}
        await self._note(stage="sent", details=details)
        draft, output = self.draft, self.output or None
        session_id = connection.session_id
        try:
            job = await client.submit_render(session_id, draft, output, render_id)
        except SessionNotFound as error:
            connection.told.append(await connection.replaced(session_id, error))
            job = await client.submit_render(connection.session_id, draft, output, render_id)
        self._submitted = True
        self._update(render_id=job)
        with contextlib.suppress(JournalError):  # it is found by the id that was noted before
            await self._note(details={"render_id": job, "accepted": True})

    async def _download(self, status: RenderStatus) -> None:
        if self.target is None:
            raise AssertionError
        part, self._stood = part_of(self.target, self.id), is_there(self.target)
        self.rows[_DOWNLOAD] = Row(say("export.download"), 0.0)
        self._update(phase=say("export.downloading"), note="")
        told = megabytes(begun=part.stat().st_size if is_there(part) else 0)

        def progress(got: int, total: int | None) -> None:
            size = total or status.size
            detail = told(got, max(got, size)) if size else say("pace.so far", size=size_words(got))
            self.rows[_DOWNLOAD] = Row(say("export.download"), min(1.0, got / size) if size else None, detail)
            self._update()

        try:
            path = await self._connection.client.download(status, self.target, progress=progress, part=part)
        except DownloadError as error:
            if status.notes:  # it is made, and why there is nothing to fetch the server has said
                notes = say("export.notes", notes=sentence(status.notes))
                raise DownloadError(f"{error.message} {notes}", hint=error.hint) from error
            raise
        size = path.stat().st_size
        self.rows[_DOWNLOAD] = Row(say("export.download"), 1.0, size_words(size), "done")
        film = look(path)
        self.video = Video(
            path,
            round(status.duration * 1000) or film.duration_ms or self.draft.duration_ms,
            size,
            film.width or status.width,
            film.height or status.height,
            status.fps or film.fps,
        )
        if self._given_name is not None and (note := ending_note(expanded(self._given_name), path)):
            self._update(text=sentence(f"{self.text} {note}".strip()))

    def _end(self, state: str) -> None:
        if self.target is not None and state != "done" and self.outcome != "unknown":
            drop_part(self.target, self.id)  # nobody goes on with it any more
        if self.outcome == "unknown" and isinstance(self.error, NemoError):
            # Whoever reads the error learns how to go on with what it leaves behind.
            # Some hints say what is better.
            better = isinstance(self.error, (RenderGone, DownloadError))
            more = say("export.asks again" if better else "export.may be done", id=self.id)
            self.error.hint = f"{self.error.hint} {more}" if self.error.hint else more
        super()._end(state)

    def _stage(self) -> str:
        # A job that was submitted and could not be asked for, or not be fetched, may be done all the same.
        match self.error:
            case NotAccepted():
                return "not done"
            case RenderGone():
                return "unknown"
            case RenderFailed() | Cancelled():
                return "failed"
            case Exception() if self._submitted:
                return "unknown"
            case RenderUnknown():
                return "unknown"
        return super()._stage()

    def _named(self, draft: Draft | None) -> Path | None:
        """The target with the extension of what will be in it, where it has none; None where none was given.

        Raises:
            UsageError: it has that of something else, or is a folder's name.
        """
        if self._given_name is None:
            return None
        no_folder(os.fspath(self._given_name))
        return named(self._folder / expanded(self._given_name), self._format(draft))

    def _format(self, draft: Draft | None) -> str:
        """What the export becomes: as was said, or as the name's ending says, else what is usual."""
        if said := str(self.output.get("format") or "").strip().lower():
            return said
        place = self._folder / expanded(self._given_name) if self._given_name is not None else None
        told = ""
        if place is not None and not is_folder(place):
            told = told_format(place, studio=self._studio)
        return told or usual_format(draft.data if draft else {})

    def _rendered(self, status: RenderStatus) -> None:
        self.rows.update(self._told.at(status))
        self._update(phase=self._told.phase(status))

    async def _stop(self) -> None:
        if not self.render_id or self.video is not None:
            return
        if not self._connection.local:
            self._goes_on = ""  # until the server has said otherwise, which it may do too late
        try:
            await self._connection.client.cancel_render(self.render_id)
        except NemoError as error:
            if not self._connection.local:
                self._goes_on = sentence(error.message)
                self._update(text=say("export.stop failed", why=self._goes_on))
            raise
        self._goes_on = None

    def _stopped_stage(self) -> str:
        return super()._stopped_stage() if self._goes_on is None else "unknown"

    def _stopped_text(self) -> str:
        if self._goes_on is not None:
            why = self._goes_on or say("export.no word of stop")
            return say("export.stopped waiting", why=why, id=self.id)
        if self.target is None or self._stood or not is_there(self.target):
            return say("export.cancelled")
        return say("export.cancelled late", name=self.target.name)

    def _late_text(self) -> str:
        return say("export.late", name=self.video.path.name) if self.video else say("export.late film")
