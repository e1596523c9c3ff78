"""The processes that work on one data folder, and how one that died is told from one that lives."""

from __future__ import annotations

import os
import secrets
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .database import Database

__all__ = ["Owners"]

_UNSEEN_S = 60.0
"""A process that has not said for this long that it lives is taken for dead, though its pid is in use. It
says so every two seconds, but a kernel may be kept from it by a long computation."""
_LATE_S = 10.0
"""Who is this late to say that it lives has slept, or the clock was set: then the others may be late, too."""
_ENTRY = "INTO owners (token, pid, seen, born) VALUES (?, ?, ?, ?)"


class Owners:
    """The processes that work on one data folder: two kernels may share it."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self.token = secrets.token_hex(16)
        """This studio's own name; new at each start, so that a pid used again deceives nobody."""
        self._born = _born(os.getpid()) or ""
        self._said = time.time()
        self._patient_until = 0.0

    def live(self) -> None:
        """Say that this process lives."""
        now, before = time.time(), self._said
        if not -_LATE_S < now - before < _LATE_S:
            self._patient_until = time.monotonic() + _UNSEEN_S
        self._said = now
        self._db.run(f"INSERT OR REPLACE {_ENTRY}", *self._entry())

    def enter(self) -> None:
        """See to it that this process stands among those that live: it may have slept, and been taken out."""
        self._db.run(f"INSERT OR IGNORE {_ENTRY}", *self._entry())

    def _entry(self) -> tuple[str, int, float, str]:
        return self.token, os.getpid(), time.time(), self._born

    def bury(self) -> list[str]:
        """Those that died since; each is told once."""
        with self._db.transaction():
            now, patient = time.time(), time.monotonic() < self._patient_until
            dead = [
                str(row["token"])
                for row in self._db.rows("SELECT * FROM owners WHERE token != ?", self.token)
                if (now - row["seen"] > _UNSEEN_S and not patient) or not _runs(row["pid"], row["born"])
            ]
            for token in dead:
                self._db.run("DELETE FROM owners WHERE token = ?", token)
                self._db.run("DELETE FROM opened WHERE owner = ?", token)
        return dead

    def living(self) -> set[str]:
        """The names of those that are not known to be dead, this process among them."""
        return {self.token, *(str(row["token"]) for row in self._db.rows("SELECT token FROM owners"))}

    def leave(self) -> None:
        """This process goes."""
        self._db.run("DELETE FROM owners WHERE token = ?", self.token)
        self._db.run("DELETE FROM opened WHERE owner = ?", self.token)


def _runs(pid: int, born: str) -> bool:
    """Whether the process that entered itself with this pid, and was born then, still runs."""
    if os.name == "nt":  # there, os.kill with signal 0 would end the process; `seen` decides alone
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it is somebody else's, but there
    now = _born(pid)
    # A pid is soon used again where there are few processes: a container that starts anew gives its kernel
    # the pid of the one that died.
    return now is None or (now != "" and born in ("", now))


def _born(pid: int) -> str | None:
    """When the process was started, in ticks of the system; "" if it has ended, None where it is not told."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None  # no Linux, or it has just gone: the next beat sees that
    # proc(5): the name in brackets may hold anything; after it come the state, and as 20th the start.
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] in ("Z", "X") else fields[19]
