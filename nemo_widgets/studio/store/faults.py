"""What is wrong with the data folder, as an error that says so in the language of whoever is told."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from nemo_widgets.disk_faults import disk_fault, explain, in_words
from nemo_widgets.errors import StoreError
from nemo_widgets.paths import is_folder

if TYPE_CHECKING:
    from pathlib import Path

    from nemo_widgets.errors import DiskFault

__all__ = ["cannot_open", "damaged", "store_error", "told"]


def store_error(error: BaseException, folder: Path) -> StoreError | None:
    """The error of ours for one of the system's or SQLite's; None for one that is not about the disk."""
    if isinstance(error, StoreError):
        return error
    fault = "damaged" if _is_unreadable(error) else disk_fault(error, folder)
    return None if fault is None else _made(fault)


def _is_unreadable(error: BaseException) -> bool:
    """Whether a text in the database is none: Python says so itself, without a code of SQLite's."""
    return isinstance(error, sqlite3.OperationalError) and str(error).startswith("Could not decode to UTF-8")


def damaged() -> StoreError:
    """The error of a database in which stands what nobody wrote there."""
    return _made("damaged")


def told(error: StoreError, language: str) -> str:
    """The error's sentences in a language."""
    return str(_made(error.fault, language) if error.fault else error)


def cannot_open(error: OSError | ValueError | sqlite3.Error, path: Path) -> StoreError:
    """The error of a data folder that can't be opened. `path`: the folder, or the database in it."""
    if isinstance(error, sqlite3.Error):
        return _no_database(error, path)
    fault = "name" if isinstance(error, ValueError) else disk_fault(error, path)
    if isinstance(error, ValueError):
        clause, remedy = in_words("name", studio=True)
    else:
        clause, remedy = explain(error, path, studio=True)
    if fault in ("gone", "missing"):
        clause, remedy = "nothing can be made there", "Choose another folder."
    made = StoreError(f"The studio can't use the folder {path}: {clause}.", hint=remedy)
    made.fault = fault or ""
    return made


def _no_database(error: sqlite3.Error, path: Path) -> StoreError:
    """The error of a file that SQLite does not open."""
    fault, what = disk_fault(error, path.parent), f"The studio can't use the folder {path.parent}"
    if _is_unreadable(error) or (fault == "damaged" and error.sqlite_errorcode == sqlite3.SQLITE_CORRUPT):
        fault = "damaged"
        clause, remedy = in_words(fault, studio=True)
    elif is_folder(path):
        clause, remedy = f"{path.name} in it is a folder", "Move that away, or choose another folder."
    elif fault is None or fault == "damaged":  # it is some other file, or some other program's database
        what, clause = f"{path} is not a studio's database", str(error)
        remedy = "Move it away, or choose another folder."
    else:
        clause, remedy = in_words(fault, studio=True)
    made = StoreError(f"{what}: {clause}.", hint=remedy)
    made.fault = fault or ""
    return made


def _made(fault: DiskFault, language: str = "en") -> StoreError:
    clause, remedy = in_words(fault, language, studio=True)
    stop = "." if clause.isascii() else "。"
    made = StoreError(f"{clause[0].upper()}{clause[1:]}{stop}", hint=remedy)
    made.fault = fault
    return made
