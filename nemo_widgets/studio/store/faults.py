"""What is wrong with the data folder, as an error that says so in the language of whoever is told."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

from nemo_widgets.disk_faults import disk_fault, in_words
from nemo_widgets.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from nemo_widgets.disk_faults import DiskFault

__all__ = ["cannot_open", "store_error", "told"]


def store_error(error: BaseException, folder: Path) -> StoreError | None:
    """The error of ours for one of the system's or SQLite's; None for one that is not about the disk."""
    if isinstance(error, StoreError):
        return error
    fault = disk_fault(error, folder)
    return None if fault is None else _made(fault)


def told(error: StoreError, language: str) -> str:
    """The error's sentences in a language."""
    return str(_made(error.fault, language) if error.fault else error)


def cannot_open(error: OSError | ValueError | sqlite3.Error, path: Path) -> StoreError:
    """The error of a data folder that can't be opened. `path`: the folder, or the database in it."""
    folder = path.parent if isinstance(error, sqlite3.Error) else path
    fault = "name" if isinstance(error, ValueError) else disk_fault(error, folder)
    why = str(error)
    if isinstance(error, OSError) and error.strerror:
        why = error.strerror
        if why != os.strerror(error.errno or 0):  # words of our own, which say more
            fault = None
    clause, remedy = in_words(fault, studio=True) if fault else (why, "")
    what = f"The studio can't use the folder {folder}"
    if isinstance(error, sqlite3.Error) and fault in (None, "damaged"):
        what = f"{path} is not a studio's database"
        clause = f"{clause} ({why})" if fault else why
    made = StoreError(f"{what}: {clause}.", hint=remedy)
    made.fault = fault or ""
    return made


def _made(fault: DiskFault, language: str = "en") -> StoreError:
    clause, remedy = in_words(fault, language, studio=True)
    stop = "." if clause.isascii() else "。"
    made = StoreError(f"{clause[0].upper()}{clause[1:]}{stop}", hint=remedy)
    made.fault = fault
    return made
