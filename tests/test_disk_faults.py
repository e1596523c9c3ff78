"""What is wrong with a disk is said in words, in both languages, whatever number tells it."""

import errno
import os
import sqlite3
from pathlib import Path

import pytest

from nemo_widgets.disk_faults import FAULTS, disk_fault, explain, in_words


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_has_its_words(fault):
    """A clause and what to do next, in English and in Chinese, for the studio and for anything else."""
    said = [part for studio in (True, False) for language in ("en", "zh-CN") for part in in_words(
        fault, language, studio=studio)]  # fmt: skip
    assert all(part and "{" not in part for part in said)
    english, chinese = said[0] + said[1], said[2] + said[3]
    assert english.isascii()
    assert not any(letter.isascii() and letter.isalpha() for letter in chinese.replace("studio.sqlite3", ""))
    assert not said[0].endswith(".")
    assert said[1].endswith(".")
    assert in_words(fault, "de") == in_words(fault, "en")


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (errno.ENOSPC, "full"), (errno.EDQUOT, "quota"), (errno.EFBIG, "large"), (errno.EROFS, "read-only"),
        (errno.EACCES, "denied"), (errno.EPERM, "denied"), (errno.ENOENT, "gone"), (errno.ESTALE, "gone"),
        (errno.ENOTDIR, "file"), (errno.EEXIST, "file"), (errno.EIO, "broken"), (errno.EBUSY, "locked"),
        (errno.EMFILE, "handles"), (errno.ENFILE, "handles"), (errno.ENOMEM, "memory"),
        (errno.ENAMETOOLONG, "name"), (errno.ELOOP, "name"), (errno.ECONNRESET, None),
    ],
)  # fmt: skip
def test_numbers_of_the_system_are_known(number, fault):
    """What the system says is told by its number; what is not about a disk is nothing of the kind."""
    assert disk_fault(OSError(number, os.strerror(number))) == fault


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("FULL", "full"), ("IOERR_WRITE", "broken"), ("IOERR_NOMEM", "memory"), ("READONLY", "read-only"),
        ("READONLY_DBMOVED", "gone"), ("CANTOPEN", "denied"), ("CORRUPT", "damaged"), ("NOTADB", "damaged"),
        ("BUSY", "locked"), ("BUSY_SNAPSHOT", "locked"), ("LOCKED", "locked"), ("PROTOCOL", "locked"),
        ("NOMEM", "memory"), ("CONSTRAINT_UNIQUE", "damaged"), ("ERROR", None),
    ],
)  # fmt: skip
def test_codes_of_sqlite_are_known(name, fault):
    """So are SQLite's result codes, primary and extended."""
    error = sqlite3.OperationalError("as SQLite has it")
    error.sqlite_errorcode = getattr(sqlite3, f"SQLITE_{name}")
    assert disk_fault(error) == fault


def test_what_is_no_error_of_the_disk_is_none():
    """Errors of other kinds, and none at all, are no fault of the disk's."""
    assert [disk_fault(error) for error in (None, ValueError(), sqlite3.ProgrammingError("closed"))] == [
        None
    ] * 3


def test_the_folder_itself_is_looked_at(tmp_path):
    """A file that is missing in a folder that is there is told apart from a folder that is gone."""
    gone = FileNotFoundError(errno.ENOENT, "no such file")
    assert (disk_fault(gone, tmp_path), disk_fault(gone, tmp_path / "x")) == ("missing", "gone")
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
    assert disk_fault(error, tmp_path) == "broken", "nothing else is wrong with it"
    assert list(tmp_path.iterdir()) == [], "what was tried out has left nothing"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder where nothing can be made")
def test_what_sqlite_keeps_to_itself_is_tried_out():
    """SQLite calls a quota that is used up an I/O error: the system is asked what it says to a small file."""
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
    assert disk_fault(error, Path("/proc/self")) != "broken"


def test_words_of_our_own_stay():
    """Where the system's words were replaced by better ones, those are told."""
    clause, remedy = explain(PermissionError(errno.EPERM, "it is Ada's"))
    assert (clause, remedy) == ("it is Ada's", in_words("denied")[1])
    assert explain(OSError(errno.ENOSPC, ""))[0] == "there is no room left on the disk"
    assert explain(OSError("strange"))[0] == "strange"
