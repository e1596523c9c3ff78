"""An upload: files and links, one row each, sent in the order given."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

from nemo_widgets.errors import UploadError, UsageError

from .run import Row, Run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nemo_widgets.client import MediaFile, UploadProgress

    from .connection import Connection

__all__ = ["UploadRun", "pace"]

_MB = 1_000_000
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


class UploadRun(Run):
    """Files and links on their way to the session.

    Attributes:
        files: what the server took, in order: name, type, duration (s), size in pixels.
        failures: what went wrong, by the name as it was given.
    """

    kind = "upload"

    def __init__(self, connection: Connection, sources: Sequence[str | Path]) -> None:
        self.sources = [str(source) for source in sources]
        if not all(source.strip() for source in self.sources):
            raise UsageError("There is a name with nothing in it.", hint="Name a file or a link: clip.mp4.")
        self.files: list[MediaFile] = []
        self.paths: list[Path | None] = []
        self.sizes: dict[str, str] = {}
        self.failures: dict[str, BaseException] = {}
        self._parts: dict[str, asyncio.Task[list[MediaFile]]] = {}
        super().__init__(connection, ", ".join(Path(s).name for s in self.sources))

    def cancel_row(self, key: str) -> None:
        """Stop one file; the others go on."""
        from nemo_widgets.loop import loop

        def stop() -> None:
            if part := self._parts.get(key):
                part.cancel()
            elif key in self.rows:
                self._row(key, state="cancelled", detail="cancelled")

        loop().call_soon_threadsafe(stop)

    async def _work(self) -> None:
        self._update(state="running", rows={s: Row(Path(s).name or s, 0.0, "waiting") for s in self.sources})
        for source in self.sources:
            if self.rows[source].state == "cancelled":
                continue
            part = self._parts[source] = asyncio.create_task(self._send(source))
            try:
                self.files += await part
                self.paths.append(None if is_link(source) else _file(source))
            except asyncio.CancelledError:
                if (task := asyncio.current_task()) and task.cancelling():
                    part.cancel()
                    raise
                self._row(source, state="cancelled", detail="cancelled")
            except Exception as error:  # noqa: BLE001 - one bad file must not lose the others
                self.failures[source] = error
                self._row(source, state="failed", detail=str(getattr(error, "message", error)))
        if self.failures:
            raise self._failed()

    def _stopped_text(self) -> str:
        return f"Cancelled: {len(self.files)} of {len(self.sources)} files were uploaded before."

    async def _send(self, source: str) -> list[MediaFile]:
        client, session_id = self._connection.client, self._connection.session_id
        if is_link(source):
            self._row(source, fraction=None, detail="the server is fetching it")
            files = await client.upload_links(session_id, [source])
        else:
            told = pace()

            def progress(now: UploadProgress) -> None:
                self.sizes[source] = f"{now.total / _MB:.1f} MB"
                whole = now.sent >= now.total
                detail = "checking" if whole and not now.done else told(now.sent, now.total)
                self._row(source, fraction=now.sent / now.total if now.total else 0.0, detail=detail)

            files = await client.upload(session_id, [_file(source)], progress=progress)
        self._row(source, fraction=1.0, detail=self.sizes.get(source, ""), state="done")
        return files

    def _row(self, key: str, **changed: object) -> None:
        from dataclasses import replace

        self.rows[key] = replace(self.rows[key], **changed)  # type: ignore[arg-type]  # names are Row's own
        self._update()

    def _failed(self) -> BaseException:
        if len(self.sources) == 1:
            return next(iter(self.failures.values()))
        told = "; ".join(f"{Path(s).name}: {getattr(e, 'message', e)}" for s, e in self.failures.items())
        sent = len(self.files)
        hint = f"The other {sent} {'is' if sent == 1 else 'are'} uploaded." if sent else ""
        return UploadError(
            f"{len(self.failures)} of {len(self.sources)} were not uploaded: {told}", hint=hint
        )


def _file(source: str) -> Path:
    return Path(source).expanduser()


def is_link(source: str) -> bool:
    """Whether it is an address, of whatever kind, and not a file here: the client says which it can take."""
    return _ADDRESS.match(source.strip()) is not None


def pace(clock: Callable[[], float] = time.monotonic) -> Callable[[int, int], str]:
    """A teller of transfers: called with bytes so far and in all, it says bytes, speed and time left."""
    begun = clock()

    def told(sent: int, total: int) -> str:
        seconds = clock() - begun
        amount = f"{sent / _MB:.1f} of {total / _MB:.1f} MB"
        if seconds < 0.2 or not sent:  # noqa: PLR2004 - a speed measured over less is noise
            return amount
        speed = sent / seconds
        left = (total - sent) / speed
        wait = f"{left / 60:.0f} min left" if left >= 90 else f"{left:.0f} s left"  # noqa: PLR2004 - reads better
        return f"{amount} · {speed / _MB:.1f} MB/s · {wait}"

    return told
