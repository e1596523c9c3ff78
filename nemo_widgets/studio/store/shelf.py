"""The folders of media and results as they are on the disk: sizes, strays, and how a file is taken away."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Kept", "Shelf", "disk_bytes"]

_OURS = re.compile(
    r"(?P<key>[A-Za-z0-9_-]{24})(?:\.(?P<owner>[0-9a-f]{32}))?\.[a-z0-9]{1,10}(?P<part>\.part)?"
)
"""What the studio calls its files. What goes by another name was put there by somebody else, and stays."""


class Kept(NamedTuple):
    """A file by one of our names: its key, whose it is while it is made, and whether it is not finished."""

    name: str
    key: str
    owner: str
    unfinished: bool


class Shelf:
    """One folder of files that the studio named. Nothing outside of it is ever looked at or taken away."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def size(self, name: str) -> int | None:
        """The bytes of a file; None if it is not there, or is no plain file of this folder."""
        if "/" in name or "\\" in name or not self._here():
            return None
        try:
            found = (self._folder / name).lstat()
        except OSError:
            return None
        return found.st_size if stat.S_ISREG(found.st_mode) else None

    def changed(self, name: str) -> float:
        """When a file was written last, seconds since 1970; 0 if it is not there."""
        with suppress(OSError):
            return (self._folder / name).lstat().st_mtime
        return 0.0

    def take_away(self, name: str) -> int:
        """Remove a file and return the bytes that this frees; 0 where there is none to remove.

        A link is left alone: what it leads to is not ours.
        """
        size = self.size(name)
        if size is None:
            return 0
        path = self._folder / name
        with suppress(OSError):  # open in another program on Windows: a later sweep gets it
            shared = path.stat().st_nlink > 1
            path.unlink()
            return 0 if shared else size
        return 0

    def files(self) -> Iterator[Kept]:
        """The files by our names. Links and folders are passed over."""
        if not self._here():
            return
        with suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                found = _OURS.fullmatch(entry.name)
                if found and entry.is_file(follow_symlinks=False):
                    unfinished = bool(found["part"] or found["owner"])
                    yield Kept(entry.name, found["key"], found["owner"] or "", unfinished)

    def _here(self) -> bool:
        """Whether the folder is one, and no link to a place elsewhere."""
        return self._folder.is_dir() and not self._folder.is_symlink()


def disk_bytes(folder: Path) -> int:
    """What a folder takes on the disk with all that is in it, links not followed; 0 if it is not there."""
    total, seen = 0, set[tuple[int, int]]()
    for inner, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                found = os.lstat(os.path.join(inner, name))  # noqa: PTH118 - a string for each of many files
                if (found.st_dev, found.st_ino) not in seen:
                    total += found.st_size
                    if found.st_nlink > 1:
                        seen.add((found.st_dev, found.st_ino))
    return total
