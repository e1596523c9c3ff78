"""Exports: their queue, and which running process each belongs to."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from .database import Database

__all__ = ["Job", "Jobs", "Waiting"]


@dataclass(frozen=True, slots=True)
class Job:
    """One export.

    Its status is pending, processing, completed, failed or cancelled; `progress` 0..100, whole percents.
    `work` are the facts behind them, such as `frames` of `frames_total`, once there are any.
    """

    user: str
    id: str
    session: str
    token: str
    name: str
    draft: dict[str, Any]
    output: dict[str, Any]
    status: str
    progress: float
    error: str
    duration_ms: int
    size: int
    stop: bool
    owner: str | None
    created: float
    completed: float | None
    work: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An export that waits, by its token; whose it is, and of which session."""

    token: str
    user: str
    session: str


class Jobs:
    """The table of exports."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def submit(self, job: Job) -> Job:
        """Queue an export; the same id again is the job that is there already, with no second work."""
        with self._db.transaction():
            if there := self.get(job.user, job.id):
                return there
            columns = "user, id, session, token, name, draft, output, status, error, owner, created"
            values = {column: getattr(job, column) for column in columns.split(", ")}
            values |= {"draft": json.dumps(job.draft), "output": json.dumps(job.output)}
            marks = ", ".join("?" * len(values))
            statement = f"INSERT INTO jobs ({columns}) VALUES ({marks})"  # noqa: S608 - nothing from outside
            self._db.run(statement, *values.values())
        return job

    def get(self, user: str, job_id: str) -> Job | None:
        """The user's export of this id."""
        row = self._db.row("SELECT * FROM jobs WHERE user = ? AND id = ?", user, job_id)
        return _job(row) if row else None

    def listed(self, session: str) -> list[dict[str, Any]]:
        """The session's exports, oldest first: id, status, created, completed."""
        rows = self._db.rows(
            "SELECT id, status, created, completed FROM jobs WHERE session = ? ORDER BY number", session
        )
        return [dict(row) for row in rows]

    def fetched(self, token: str) -> None:
        """Somebody has got the whole file of this export."""
        self._db.run("INSERT OR REPLACE INTO fetched (token, at) VALUES (?, ?)", token, time.time())

    def by_token(self, token: str) -> Job | None:
        """The export whose result stands under this token: the token can't be guessed."""
        row = self._db.row("SELECT * FROM jobs WHERE token = ?", token)
        return _job(row) if row else None

    def waiting(self, owner: str | None) -> list[Waiting]:
        """The pending exports of a process, oldest first."""
        rows = self._db.rows(
            "SELECT token, user, session FROM jobs WHERE status = 'pending' AND owner IS ? ORDER BY number",
            owner,
        )
        return [Waiting(**dict(row)) for row in rows]

    def take(self, owner: str, token: str) -> Job | None:
        """A pending export of this process, marked as processing; None if it does not wait any more."""
        with self._db.transaction():
            row = self._db.row(
                "SELECT * FROM jobs WHERE token = ? AND status = 'pending' AND owner = ?", token, owner
            )
            if row is None:
                return None
            self._db.run(
                "UPDATE jobs SET status = 'processing', progress = 0, work = '{}' WHERE token = ?", token
            )
            return _job(row)

    def advance(self, job: Job, progress: int, work: dict[str, Any]) -> None:
        """Say how far it is: in whole percents, and the facts."""
        self._db.run(
            "UPDATE jobs SET progress = ?, work = ? WHERE token = ? AND owner = ? AND status = 'processing'",
            *(progress, json.dumps(work), job.token, job.owner),
        )

    def stopped(self, job: Job) -> bool:
        """Whether it was asked to stop, in whatever process, or taken over because we were thought dead."""
        row = self._db.row("SELECT stop, owner FROM jobs WHERE token = ?", job.token)
        return row is None or bool(row["stop"]) or row["owner"] != job.owner

    def stop(self, user: str, job_id: str) -> bool:
        """Ask for it to be stopped; one that is still pending is cancelled at once. False if it has ended."""
        with self._db.transaction():
            asked = self._db.run(
                "UPDATE jobs SET stop = 1 WHERE user = ? AND id = ? AND status IN ('pending', 'processing')",
                user,
                job_id,
            )
            self._db.run(
                "UPDATE jobs SET status = 'cancelled', completed = ?"
                " WHERE user = ? AND id = ? AND status = 'pending'",
                time.time(),
                user,
                job_id,
            )
        return bool(asked)

    def end(
        self,
        job: Job,
        status: str,
        *,
        error: str = "",
        duration_ms: int = 0,
        size: int = 0,
        work: dict[str, Any] | None = None,
    ) -> None:
        """It is completed, failed or cancelled; says nothing if it is another process's by now."""
        self._db.run(
            "UPDATE jobs SET status = ?, error = ?, duration_ms = ?, size = ?, completed = ?,"
            " work = coalesce(?, work), progress = CASE WHEN ? = 'completed' THEN 100 ELSE progress END"
            " WHERE token = ? AND owner = ?",
            *(status, error, duration_ms, size, time.time(), json.dumps(work) if work else None),
            *(status, job.token, job.owner),
        )

    def release(self, owner: str) -> None:
        """This process goes: what it has not finished waits for the next one."""
        self._db.run(
            "UPDATE jobs SET status = 'pending', owner = NULL"
            " WHERE owner = ? AND status IN ('pending', 'processing')",
            owner,
        )

    def adopt(self, owner: str, dead: Sequence[str]) -> int:
        """Take over what nobody works on any more; a plan depends on the draft alone, so it starts afresh."""
        return self._db.run(
            "UPDATE jobs SET status = 'pending', progress = 0, work = '{}', owner = ?"
            " WHERE status IN ('pending', 'processing')"
            " AND (owner IS NULL OR owner IN (SELECT value FROM json_each(?)))",
            *(owner, json.dumps(dead)),
        )


def _job(row: sqlite3.Row) -> Job:
    values = {key: row[key] for key in row.keys() if key != "number"}  # noqa: SIM118 - a Row's iterator gives values
    values["draft"], values["output"] = json.loads(values["draft"]), json.loads(values["output"])
    values["work"] = json.loads(values["work"])
    values["stop"] = bool(values["stop"])
    return Job(**values)
