"""A file without a name for what would else be worked out again: nothing is left of it, whatever happens."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from .errors import unwritten

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Scratch"]

_LARGEST = 2 * 1024**3
"""Bytes: the mix of an hour and a half."""
_SHARE = 8
"""It takes at most one part in so many of the room on the disk: the film needs some, too."""


class Scratch:
    """`write` on and on, then `end`; where it is `whole` then, `rewind` and `read`. A context manager.

    Writing never fails: where `folder` has no room for `size` bytes, or none any more, it is not whole.

    Attributes:
        whole: all that was written can be read.
    """

    def __init__(self, folder: Path | None, size: int) -> None:
        self.whole = False
        self._file = None
        with suppress(OSError):
            if folder is not None and size <= min(_LARGEST, shutil.disk_usage(folder).free // _SHARE):
                self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - `close` closes it

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of it; never fails."""
        self.whole = False
        file, self._file = self._file, None
        if file is not None:
            with suppress(OSError):  # what was still to be written found no room
                file.close()

    def write(self, data: bytes) -> None:
        """What comes next."""
        if self._file is not None:
            try:
                self._file.write(data)
            except OSError:
                self.close()

    def end(self) -> None:
        """That was all."""
        if self._file is not None:
            try:
                self._file.flush()
            except OSError:
                self.close()
        self.whole = self._file is not None

    def rewind(self) -> None:
        """Go to where it begins."""
        if self._file is not None:
            self._file.seek(0)

    def read(self, size: int) -> bytes:
        """What comes next, of so many bytes; fewer only at the end.

        Raises:
            WriteError: the disk does not give them back.
        """
        try:
            return self._file.read(size) if self._file is not None else b""
        except OSError as error:
            raise unwritten(error, "the disk may be damaged") from error
