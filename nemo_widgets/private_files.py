"""Folders and files that nobody but their owner can look into, whatever the umask and whatever they were."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "check_private",
    "check_private_file",
    "create_private",
    "ensure_private",
    "private_folder",
    "tighten",
]

_FOLDER, _FILE, _OTHERS = 0o700, 0o600, 0o077
_POSIX = os.name == "posix"
"""Elsewhere a user's own folders are private by what they inherit, and have no such modes."""


def private_folder(folder: Path) -> bool:
    """Make a folder if need be, and keep all but its owner out of it; True if others were let in before.

    Folders above it that are not there are made private, too; those that are there stay as they are.

    Raises:
        OSError: it can't be made, or others can't be kept out; `strerror` says why.
    """
    for missing in reversed([folder, *folder.parents]):
        if not missing.is_dir():
            with suppress(FileExistsError):  # another process was faster; a file is told of below
                missing.mkdir(_FOLDER)
    mode = folder.stat().st_mode
    if not stat.S_ISDIR(mode):
        raise NotADirectoryError(errno.ENOTDIR, "it is a file", str(folder))
    if not _POSIX or not mode & _OTHERS:
        return False
    if mode & stat.S_ISVTX and mode & stat.S_IWOTH:
        raise PermissionError(
            errno.EPERM, "it is there for everybody; name a folder inside of it", str(folder)
        )
    try:
        folder.chmod(stat.S_IMODE(mode) & ~_OTHERS)
    except PermissionError as error:
        raise PermissionError(
            errno.EPERM, "others can read it, and it belongs to another user", str(folder)
        ) from error
    if folder.stat().st_mode & _OTHERS:
        raise PermissionError(errno.EPERM, "its file system can't keep others out of it", str(folder))
    return True


def check_private(link: Path) -> None:
    """Do nothing, unless a link leads to where others than its owner come in, or to no folder of his.

    Raises:
        OSError: it does; `strerror` says where to.
    """
    found, there = link.stat(), link.resolve()
    if not stat.S_ISDIR(found.st_mode):
        raise NotADirectoryError(errno.ENOTDIR, f"{link.name} in it leads to {there}, a file", str(link))
    _check_alone(link, found, there, 0o700)


def check_private_file(link: Path) -> None:
    """Do nothing, unless a link leads to a file that others than its owner can read, or to none.

    What is no plain file keeps nothing, such as /dev/null.

    Raises:
        OSError: it does; `strerror` says where to.
    """
    there = link.resolve()
    try:
        found = link.stat()
    except FileNotFoundError as error:
        told = f"{link.name} in it leads to {there}, where there is nothing"
        raise FileExistsError(errno.EEXIST, told, str(link)) from error
    if stat.S_ISREG(found.st_mode):
        _check_alone(link, found, there, _FILE)


def _check_alone(link: Path, found: os.stat_result, there: Path, mode: int) -> None:
    if _POSIX and found.st_uid != os.geteuid():
        told = f"{link.name} in it leads to {there}, which belongs to another user"
        raise PermissionError(errno.EPERM, told, str(link))
    if _POSIX and found.st_mode & _OTHERS:
        told = f"{link.name} in it leads to {there}, which others can read; close it to them (chmod {mode:o})"
        raise PermissionError(errno.EPERM, told, str(link))


def tighten(path: Path) -> None:
    """Take a plain file's permissions away from all but its owner; what is gone or is no file stays so."""
    if not _POSIX:
        return
    with suppress(OSError):  # its folder keeps others out all the same
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode) and mode & _OTHERS:
            path.chmod(stat.S_IMODE(mode) & ~_OTHERS)


def create_private(path: Path) -> BinaryIO:
    """A new file to write to.

    Raises:
        OSError: it can't be made, or is there already.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, _FILE), "wb")


def ensure_private(path: Path) -> None:
    """Have the file be there and be its owner's alone, before a library opens it that would let others in.

    Raises:
        OSError: it can't be made.
    """
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, _FILE))
    tighten(path)
