"""What is wrong with a disk, a folder or a database: one table from errno and SQLite's codes to words."""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

from .catalogue import say
from .errors import DiskFault
from .languages import spoken
from .paths import is_folder

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FAULTS", "disk_fault", "explain", "in_words"]

FAULTS: tuple[DiskFault, ...] = get_args(DiskFault)
"""All of them."""


@dataclass(frozen=True, slots=True)
class _Words:
    """A clause that says what is wrong, and a sentence that says what to do; each with `{}` for "the studio's"."""

    en: tuple[str, str]
    zh: tuple[str, str]


_WORDS = MappingProxyType(
    {
        "full": _Words(
            ("there is no room left on {} disk", "Free some there, then try again."),
            ("{}磁盘已经没有空间", "请先腾出一些空间，再试一次。"),
        ),
        "quota": _Words(
            ("your quota of {} disk is used up", "Remove what you don't need there, then try again."),
            ("你在{}磁盘上的配额已经用完", "请删掉不需要的文件，再试一次。"),
        ),
        "inodes": _Words(
            ("there is no room left on {} disk for another file: it holds as many as it can", "Remove some files there, then try again."),
            ("{}磁盘的文件数量已达上限，没有空间再放新文件", "请删掉一些文件，再试一次。"),
        ),
        "large": _Words(
            ("{} disk takes no file as large as that", "Make it smaller, or raise the limit; then try again."),
            ("{}磁盘放不下这么大的文件", "请把它变小，或者提高上限，再试一次。"),
        ),
        "read-only": _Words(
            ("{} folder can only be read", "Let it be written again, or choose another folder."),
            ("{}文件夹是只读的", "请恢复写入权限，或者换一个文件夹。"),
        ),
        "denied": _Words(
            ("{} folder is not yours to write to (permission denied)", "Change its permissions, or choose another folder."),
            ("没有权限写入{}文件夹", "请修改它的权限，或者换一个文件夹。"),
        ),
        "gone": _Words(
            ("{} folder is not there any more", "Put it back, or connect again to begin a new one."),
            ("{}文件夹已经不在了", "请把它放回原处，或者重新连接，从新的文件夹开始。"),
        ),
        "missing": _Words(
            ("a file of {} folder is not there any more", "Somebody has removed it, or a file system has lost it; try again."),
            ("{}文件夹里的一个文件已经不在了", "它可能被删除或丢失了，请再试一次。"),
        ),
        "file": _Words(
            ("a file stands where {} folder should be", "Move it away, or choose another folder."),
            ("{}文件夹的位置上有一个同名文件", "请移走它，或者换一个文件夹。"),
        ),
        "broken": _Words(
            ("{} disk can't be read or written (input/output error)", "Save what you can: it may be failing. Then try again."),
            ("{}磁盘无法读写（输入/输出错误）", "磁盘可能有故障，请先备份数据，再试一次。"),
        ),
        "damaged": _Words(
            ("{} database is damaged", "Put a copy of studio.sqlite3 in its place, or move it away and connect again: that begins a new one, and the media stay."),
            ("{}数据库已损坏", "请用备份替换 studio.sqlite3，或者把它移走后重新连接：会新建一个数据库，素材文件仍会保留。"),
        ),
        "locked": _Words(
            ("{} database is held by another program", "Wait for that program, or end it; then try again."),
            ("{}数据库正被另一个程序占用", "请等待或关闭那个程序，再试一次。"),
        ),
        "handles": _Words(
            ("too many files are open", "Close some notebooks or programs, then try again."),
            ("打开的文件太多", "请关闭一些笔记本或程序，再试一次。"),
        ),
        "memory": _Words(
            ("there is no memory left", "Close some notebooks or programs, then try again."),
            ("内存不足", "请关闭一些笔记本或程序，再试一次。"),
        ),
        "name": _Words(
            ("the system takes no such name", "Choose a shorter name of plain letters."),
            ("系统不接受这个名称", "请换一个更短、更简单的名称。"),
        ),
    }
)  # fmt: skip
_NAMES: dict[DiskFault, str] = {
    "full": "ENOSPC", "quota": "EDQUOT", "large": "EFBIG", "inodes": "EMLINK",
    "read-only": "EROFS", "denied": "EACCES EPERM",
    "gone": "ENOENT ESTALE ENODEV ENXIO", "file": "ENOTDIR EEXIST EISDIR",
    "broken": "EIO", "locked": "EBUSY EAGAIN EDEADLK ENOLCK ETXTBSY",
    "handles": "EMFILE ENFILE", "memory": "ENOMEM", "name": "ENAMETOOLONG EILSEQ ELOOP",
}  # fmt: skip
_ERRNO = {
    getattr(errno, name): fault
    for fault, names in _NAMES.items()
    for name in names.split()
    if hasattr(errno, name)  # no system has them all
}
_SQLITE: dict[int, DiskFault] = {
    3: "denied", 5: "locked", 6: "locked", 7: "memory", 8: "read-only", 10: "broken", 11: "damaged",
    13: "full", 14: "denied", 15: "locked", 19: "damaged", 22: "large", 26: "damaged", 1032: "gone", 3082: "memory",
}  # fmt: skip
"""By SQLite's result codes (https://sqlite.org/rescode.html), an extended one before its primary one.

19 is CONSTRAINT: rows that no statement of ours writes contradict each other. 1032 is READONLY_DBMOVED:
another file stands in the place of the database. 3082 is IOERR_NOMEM.
"""
_VAGUE = ("full", "broken", "denied", "read-only")
"""What the system or SQLite says for several reasons, so that the disk itself is asked."""


def disk_fault(error: BaseException | None, folder: Path | None = None) -> DiskFault | None:
    """What is wrong, by an OSError or an error of sqlite3; None for one that is about nothing of the kind.

    `folder` is where it happened: where the number says little, it is looked there for the reason.
    """
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        found = _SQLITE.get(code) or _SQLITE.get(code & 0xFF)
    else:
        found = _ERRNO.get(error.errno or 0) if isinstance(error, OSError) else None
    if folder is None:
        return found
    if found == "gone":
        return "missing" if is_folder(folder) else "gone"
    return (_seen(folder, writing=code is not None) or found) if found in _VAGUE else found


def in_words(fault: DiskFault, language: str = "en", *, studio: bool = False) -> tuple[str, str]:
    """A clause that says what is wrong, and a sentence that says what to do next.

    Args:
        fault: what it is.
        language: a language's code; Chinese, else English.
        studio: whether it is the studio's disk, folder or database that is spoken of.

    >>> in_words("full", studio=True)
    ("there is no room left on the studio's disk", 'Free some there, then try again.')
    """
    words, chinese = _WORDS[fault], language.lower().startswith("zh")
    whose = ("工作室的" if studio else "") if chinese else ("the studio's" if studio else "the")
    clause, remedy = words.zh if chinese else words.en
    return clause.format(whose), remedy


def explain(error: OSError, folder: Path | None = None, *, studio: bool = False) -> tuple[str, str]:
    """What an error of the system means, and what to do; words that are not the system's are told as they are."""
    windows = getattr(error, "winerror", None) is not None  # which has words of its own
    theirs = windows or error.errno is None or error.strerror in (None, "", os.strerror(error.errno))
    fault = disk_fault(error, folder)
    language = "en" if studio else spoken()  # what the studio says, it translates itself
    clause, remedy = in_words(fault, language, studio=studio) if fault else ("", "")
    return (clause if theirs else "") or error.strerror or str(error) or say("file.refused"), remedy


def _seen(folder: Path, *, writing: bool) -> DiskFault | None:
    """What the disk itself shows to be wrong at this moment; None where it seems to be in order."""
    try:
        disk = os.statvfs(folder)
    except (OSError, AttributeError):  # Windows has none
        return None
    if disk.f_flag & os.ST_RDONLY:
        return "read-only"
    if not disk.f_bavail:
        return "full"
    if disk.f_files and not disk.f_ffree:
        return "inodes"
    return _tried(folder) if writing else None


def _tried(folder: Path) -> DiskFault | None:
    """What the system says to a small file in the folder: SQLite does not pass that on."""
    probe = folder / f".probe-{secrets.token_hex(8)}"
    try:
        with probe.open("xb", buffering=0) as file:
            file.write(bytes(4096))
    except OSError as error:
        return _ERRNO.get(error.errno or 0)
    finally:
        with suppress(OSError):
            probe.unlink()
    return "large" if _limited() else None


def _limited() -> bool:
    """Whether the system lets this process write no file beyond a certain size."""
    try:
        import resource
    except ImportError:  # Windows
        return False
    return resource.getrlimit(resource.RLIMIT_FSIZE)[0] != resource.RLIM_INFINITY
