"""A file that is written beside its place and moved there once it is whole."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import os
import secrets
import shutil
from typing import TYPE_CHECKING, BinaryIO, NoReturn, Self

from nemo_widgets.catalogue import say
from nemo_widgets.disk_faults import explain
from nemo_widgets.errors import DownloadError
from nemo_widgets.paths import is_folder, shown

from .secret import header_safe

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

__all__ = ["Saving"]

_MOST_NOTE = 64 * 1024


class Saving:
    """`async with Saving(target) as file`: write, then `keep()`; without it nothing is left behind.

    Args:
        target: the place.
        part: where it is written until then. With it, an unfinished file stays there for the next process,
            and beside it, in `<part>.tag`, what shows that the server's file is still the same.

    Attributes:
        size: bytes that are there.
        tag: what the server calls the very bytes that are there (a strong ETag); "" if nothing does.

    Raises:
        DownloadError: the folder is missing or can't be written, the disk is full, or another process is at
            the same part.
    """

    def __init__(self, target: Path, part: Path | None = None) -> None:
        self.target = target
        self.size = 0
        self.tag = ""
        self._source = ""
        self._stays = part is not None
        self._part = part or target.with_name(f".{target.name[:80]}.{secrets.token_hex(4)}.part")
        self._note = self._part.with_name(f"{self._part.name}.tag")
        self._file: BinaryIO | None = None

    async def __aenter__(self) -> Self:
        if is_folder(self.target):
            raise DownloadError(say("file.folder", path=shown(self.target)), hint=say("file.in it"))
        try:
            # Not in a thread, where a cancelled task would leave an open file to nobody.
            self._begin()
        except OSError as error:
            self._fail(error)
        return self

    async def write(self, piece: bytes | bytearray) -> None:
        """Append a piece."""
        try:
            await asyncio.to_thread(self._open.write, piece)
        except OSError as error:
            self._fail(error)
        self.size += len(piece)

    async def check_room(self, whole: int) -> None:
        """Do nothing, unless the disk has certainly no room for a file of so many bytes.

        Raises:
            DownloadError: it has none.
        """
        try:
            free = (await asyncio.to_thread(shutil.disk_usage, self.target.parent)).free
        except OSError:
            return
        if whole - self.size > free:
            self._fail(OSError(errno.ENOSPC, ""))

    async def take_up(self, source: str) -> None:
        """Go on with what is there if it is of `source` and has a tag, else begin anew."""
        if self.size and (source != self._source or not self.tag):
            await self.restart()
        self._source = source

    async def restart(self, tag: str = "") -> None:
        """Begin anew, since the server does not go on where it stopped."""
        self.tag = tag
        try:
            await asyncio.to_thread(self._empty)
        except OSError as error:
            self._fail(error)
        self.size = 0

    async def keep(self) -> Path:
        """Put the whole file in its place."""
        try:
            await asyncio.to_thread(self._settle)
        except OSError as error:
            self._fail(error)
        self._stays = False
        return self.target

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Without a thread: a cancelled task must not stop between closing and removing.
        with contextlib.suppress(OSError):
            self._open.close()
        if not self._stays or not (self.size and self.tag):
            for path in (self._part, self._note):
                with contextlib.suppress(OSError):
                    path.unlink()

    @property
    def _open(self) -> BinaryIO:
        if self._file is None:
            raise DownloadError(say("result.file closed"))
        return self._file

    def _begin(self) -> None:
        if not self._stays:
            self._file = self._part.open("xb")
            return
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            with self._note.open(encoding="utf-8") as file_of_note:
                note = json.loads(file_of_note.read(_MOST_NOTE))
            self.tag, self._source = str(note["tag"]), str(note["source"])
            self.tag = self.tag if header_safe(self.tag) else ""
        file = self._part.open("ab")
        try:
            _lock(file)
            self.size = file.seek(0, os.SEEK_END)
        except OSError:
            file.close()
            raise
        self._file = file

    def _empty(self) -> None:
        if self.size:
            self._open.seek(0)
            self._open.truncate()
        if not self._stays:
            return
        if self.tag:  # before the first byte, so that no byte ever lies beside a tag that is not its own
            self._note.write_text(json.dumps({"tag": self.tag, "source": self._source}), "utf-8")
        else:
            self._note.unlink(missing_ok=True)

    def _settle(self) -> None:
        self._open.flush()
        os.fsync(self._open.fileno())
        self._open.close()
        self._part.replace(self.target)
        self._note.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # the folder's entry too, where the system knows how
            folder = os.open(self.target.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def _fail(self, error: OSError) -> NoReturn:
        folder = self.target.parent
        if isinstance(error, BlockingIOError):
            raise DownloadError(say("download.other process", name=self.target.name)) from None
        if not is_folder(folder):
            raise DownloadError(
                say("file.no folder", folder=shown(folder)), hint=say("file.make it")
            ) from None
        why, remedy = explain(error, folder)
        raise DownloadError(
            say("file.unwritable", path=shown(self.target), why=why),
            hint=remedy or say("file.another folder"),
        ) from None


def _lock(file: BinaryIO) -> None:
    """Keep other processes away from a part, where the system knows how; raises BlockingIOError."""
    try:
        import fcntl
    except ImportError:
        return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
