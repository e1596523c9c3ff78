"""An export: the draft is submitted, rendered, downloaded, and there is a video."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import Draft, clock
from nemo_widgets.errors import (
    Cancelled,
    ConnectError,
    DownloadError,
    NotAccepted,
    NothingToExport,
    RenderFailed,
    UsageError,
)
from nemo_widgets.paths import shown

from .run import Row, Run
from .upload import pace

if TYPE_CHECKING:
    from nemo_widgets.client import RenderStatus
    from nemo_widgets.journal import Entry

    from .connection import Connection

__all__ = ["ExportRun", "Video"]

_MEDIA = frozenset({".mp4", ".mov", ".avi", ".webm", ".mkv", ".gif", ".mp3", ".wav", ".m4a", ".aac"})
"""Extensions that promise a certain content; any other ending may well be a part of the name."""


@dataclass(frozen=True, slots=True)
class Video:
    """An exported file. As the last value of a cell it shows as a player.

    Attributes:
        path: where it is, absolute: it stays the same film after `%cd`.
        duration_ms: how long it plays.
        size: bytes.
    """

    path: Path
    duration_ms: int
    size: int

    def __fspath__(self) -> str:
        return str(self.path)

    def __repr__(self) -> str:
        return f"<Video {self}>"

    def __str__(self) -> str:
        return f"{self.path.name} · {clock(self.duration_ms)} · {_amount(self.size)}"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        from nemo_widgets.widgets import Player
        from nemo_widgets.widgets.standing import succeed

        player = Player(self.path, duration_ms=self.duration_ms)
        succeed(player.close)
        return player._repr_mimebundle_(**kwargs)


class ExportRun(Run):
    """A render job and its download.

    Attributes:
        video: the result, once done.
        render_id: the job's id, on disk before it is submitted.
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
    ) -> None:
        self.draft = draft or Draft()
        self.output = output or {}
        self._folder = Path.cwd()
        self.target = self._named(self._folder / Path(target).expanduser()) if target is not None else None
        self.video: Video | None = None
        self.render_id = ""
        self._submitted = False
        super().__init__(connection, self.target.name if self.target else "the timeline", entry=entry)

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

    def _given(self) -> dict[str, Any] | None:
        return self.draft.data if self.draft else None

    async def _work(self) -> None:
        self._update(state="running", phase="reading the timeline")
        if self.target is not None:
            _check_place(self.target)
        if not self.draft:
            self.draft = (await self._connection.state()).draft
        if not self.draft:
            raise NothingToExport("There is nothing on the timeline yet, so nothing to export.")
        self.target = self.target or _free_name(self.draft, self._folder)
        await self._note(before=self.draft.data, details=self._details())
        await self._finish()

    async def _resume(self) -> None:
        """Go on with the job that was submitted; one that the server never got is submitted now."""
        record = self._entry.record
        self._update(state="running", phase="finding out what became of the export")
        if self.target is None or not self.draft:
            await self._work()
            return
        known = self.render_id = str(record.details.get("render_id") or "")
        self._submitted = bool(known)
        _check_place(self.target)
        await self._finish(known, submitted=bool(known) and await self._is_known(known))

    async def _is_known(self, render_id: str) -> bool:
        try:
            await self._connection.client.render_status(render_id)
        except RenderFailed:
            return False
        return True

    async def _finish(self, known: str = "", *, submitted: bool = False) -> None:
        """Render, as the job `known` if there is one, which may be submitted already, and download."""
        self._update(phase="rendering", rows={"render": Row("Render", 0.0, "waiting")})
        status = await self._render(known, submitted=submitted)
        self.rows["render"] = Row("Render", 1.0, "done", "done")
        await self._download(status)

    async def _render(self, known: str, *, submitted: bool) -> RenderStatus:
        """The finished job. One that fails is submitted once more under a new id (protocol §9).

        One that the server does not know is submitted under the id that it had: should it come to be known
        after all, it is still one job.
        """
        client = self._connection.client
        for last in (False, True):
            render_id = known or client.new_render_id()
            self._update(render_id=render_id)
            self._submitted = submitted
            if not submitted:
                await self._note(stage="sent", details={"render_id": render_id})
                await client.submit_render(
                    self._connection.session_id, self.draft, self.output or None, render_id
                )
                self._submitted = True
            try:
                return await client.wait_render(render_id, self._rendered)
            except RenderFailed as error:
                if last:
                    raise
                known, submitted = "", False
                self._update(note=f"{error.message} It is tried once more.")
        raise AssertionError  # the loop's second round returns or raises

    async def _download(self, status: RenderStatus) -> None:
        if self.target is None:
            raise AssertionError
        self.rows["download"] = Row("Download", 0.0)
        self._update(phase="downloading", note="")
        told = pace()

        def progress(got: int, total: int | None) -> None:
            size = total or status.size or got
            self.rows["download"] = Row("Download", min(1.0, got / size) if size else None, told(got, size))
            self._update()

        path = await self._connection.client.download(
            status, self.target, progress=progress, part=self._part(self.target)
        )
        size = path.stat().st_size
        self.rows["download"] = Row("Download", 1.0, _amount(size), "done")
        seconds = status.duration
        self.video = Video(path, round(seconds * 1000) if seconds else self.draft.duration_ms, size)

    def _part(self, target: Path) -> Path:
        """Where the film is until it is whole: whoever goes on with the run goes on there."""
        return target.with_name(f".{target.name[:40]}.{self.id}.part")  # a name has 255 bytes at most

    def _end(self, state: str) -> None:
        if self.target is not None and state != "done" and self.outcome != "unknown":
            part = self._part(self.target)  # nobody goes on with it any more
            for path in (part, part.with_name(f"{part.name}.tag")):
                with contextlib.suppress(OSError):
                    path.unlink()
        super()._end(state)

    def _stage(self) -> str:
        # A job that was submitted and could not be asked for, or not be fetched, may be done all the same.
        match self.error:
            case NotAccepted():
                return "not done"
            case RenderFailed() | Cancelled():
                return "failed"
            case Exception() if self._submitted:
                return "unknown"
            case ConnectError() if self.render_id:
                return "unknown"
        return super()._stage()

    def _named(self, target: Path) -> Path:
        """The target with the extension of what will be in it, where it has none."""
        wanted = "." + str(self.output.get("format") or "mp4").lower()
        if target.suffix.lower() == wanted or target.is_dir():
            return target
        if target.suffix.lower() in _MEDIA:
            raise UsageError(
                f"The export becomes {wanted[1:].upper()}; {target.name} would be misnamed.",
                hint=f"Call it {target.with_suffix(wanted).name}.",
            )
        return target.with_name(target.name + wanted)

    def _rendered(self, status: RenderStatus) -> None:
        waiting = status.status == "pending"
        row = self.rows["render"]
        fraction = max(row.fraction or 0.0, status.progress / 100)
        self.rows["render"] = replace(
            row, fraction=fraction, detail="in the queue" if waiting else f"{fraction:.0%}"
        )
        self._update()

    async def _stop(self) -> None:
        if self.render_id and self.video is None:
            await self._connection.client.cancel_render(self.render_id)

    def _stopped_text(self) -> str:
        return "Cancelled: the export was stopped, and the timeline is as it was."


def _amount(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1e3:.1f} kB"  # noqa: PLR2004 - reads better


def _check_place(target: Path) -> None:
    """Raises DownloadError where the file can't be put: known now, not when a long render is done."""
    if target.is_dir():
        raise DownloadError(f"{shown(target)} is a folder.", hint="Name a file in it.")
    if not target.parent.is_dir():
        raise DownloadError(
            f"There is no folder {shown(target.parent)}.", hint="Make it first, or name another one."
        )
    if not os.access(target.parent, os.W_OK):
        raise DownloadError(
            f"{shown(target)} can't be written: the folder may only be read.", hint="Name another folder."
        )


def _free_name(draft: Draft, folder: Path) -> Path:
    """A name after the first clip that overwrites nothing: `talk-edited.mp4`, `talk-edited-2.mp4`."""
    clips = [s.name for track in draft.layout() for s in track.segments if track.kind == "video" and s.name]
    stem = (
        "".join(c if c.isalnum() or c in " -_." else "-" for c in (clips or ["video"])[0]).strip(" .")[:60]
        or "video"
    )
    names = (folder / (f"{stem}-edited{f'-{i}' if i else ''}.mp4") for i in (0, *range(2, 10_000)))
    return next(path for path in names if not path.exists())
