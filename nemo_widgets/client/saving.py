"""A file that is written beside its place and moved there once it is whole."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import secrets
from typing import TYPE_CHECKING, BinaryIO, NoReturn, Self

from nemo_widgets.errors import DownloadError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

__all__ = ["Saving"]

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Saving:
    """`async with Saving(target) as file`: write, then `keep()`; without it nothing is left behind.

    Raises:
        DownloadError: the folder is missing or can't be written, the disk is full.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        self.size = 0
        self._part = target.with_name(f".{target.name[:80]}.{secrets.token_hex(4)}.part")
        self._file: BinaryIO | None = None

    async def __aenter__(self) -> Self:
        if self.target.is_dir():
            raise DownloadError(f"{self.target} is a folder.", hint="Name a file in it.")
        try:
            # Not in a thread, where a cancelled task would leave an open file to nobody.
            self._begin()
        except OSError as error:
            self._fail(error)
        return self

    async def write(self, piece: bytes) -> None:
        """Append a piece."""
        try:
            await asyncio.to_thread(self._open.write, piece)
        except OSError as error:
            self._fail(error)
        self.size += len(piece)

    async def restart(self) -> None:
        """Begin anew, since the server does not go on where it stopped."""
        await asyncio.to_thread(self._open.seek, 0)
        await asyncio.to_thread(self._open.truncate)
        self.size = 0

    async def keep(self) -> Path:
        """Put the whole file in its place."""
        try:
            await asyncio.to_thread(self._settle)
        except OSError as error:
            self._fail(error)
        return self.target

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Without a thread: a cancelled task must not stop between closing and removing.
        with contextlib.suppress(OSError):
            self._open.close()
        with contextlib.suppress(OSError):
            self._part.unlink()

    @property
    def _open(self) -> BinaryIO:
        if self._file is None:
            raise DownloadError("The file is not open.")
        return self._file

    def _begin(self) -> None:
        self._file = self._part.open("xb")

    def _settle(self) -> None:
        self._open.flush()
        os.fsync(self._open.fileno())
        self._open.close()
        self._part.replace(self.target)

    def _fail(self, error: OSError) -> NoReturn:
        folder = self.target.parent
        if not folder.is_dir():
            raise DownloadError(
                f"There is no folder {folder}.", hint="Make it first, or name another one."
            ) from None
        if error.errno in _FULL:
            raise DownloadError(
                f"There is no room left for {self.target.name}.", hint="Free some, then try again."
            ) from None
        why = error.strerror or "the system refuses"
        raise DownloadError(f"{self.target} can't be written: {why}.", hint="Name another folder.") from None
