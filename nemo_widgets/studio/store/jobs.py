"""Exports: their queue, and which running process each belongs to."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nemo_widgets.errors import StoreError

from .backlog import OPEN
from .sessions import require_session
from .stored import read_json

if TYPE_CHECKING:
    import sqlite3

    from .backlog import Backlog
    from .database import Database

__all__ = ["Job", "Jobs", "Waiting"]

_ATTEMPTS = 3
_NOBODYS = """status IN ('pending', 'processing')
AND (owner IS NULL OR owner NOT IN (SELECT token FROM owners))"""
"""Whether nobody who is known to live works on an export. As SQL."""
_DEADLY = {
    "en": "The studio's process ended three times while it made this export, so it is not tried again:"
    " it may need more memory than there is. Export a part of it, or at a lower resolution.",
    "zh": "制作这个导出时，工作室的进程已经结束了三次，因此不再重试：可能是内存不够。"
    "请只导出一部分，或者降低分辨率。",
}


@dataclass(frozen=True, slots=True)
class Job:
    """One export.

    Its status is pending, processing, completed, failed or cancelled; `progress` 0..100, whole percents.
    `work` are the facts behind them, such as `frames` of `frames_total`, once there are any. `attempts`: how
    often it was begun by a process that did not stop in order since. `draft` is the timeline's JSON.
    """

    user: str
    id: str
    session: str
    token: str
    name: str
    draft: str
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
    attempts: int = 0
    work: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An export that waits, by its token; whose it is, and of which session."""

    token: str
    user: str
    session: str


class Jobs:
    """The table of exports."""

    def __init__(self, database: Database, backlog: Backlog) -> None:
        self._db = database
        self._backlog = backlog

    def submit(self, job: Job) -> Job:
        """Queue an export; the same id again is the job that is there already, with no second work.

        Raises:
            Refused: 1002, there is no such session any more.
        """
        with self._db.transaction():
            if there := self.get(job.user, job.id):
                return there
            require_session(self._db, job.session)
            columns = "user, id, session, token, name, draft, output, status, error, owner, created"
            values = {column: getattr(job, column) for column in columns.split(", ")}
            values["output"] = json.dumps(job.output)
            marks = ", ".join("?" * len(values))
            statement = f"INSERT INTO jobs ({columns}) VALUES ({marks})"  # noqa: S608 - nothing from outside
            self._db.run(statement, *values.values())
        return job

    def get(self, user: str, job_id: str) -> Job | None:
        """The user's export of this id."""
        row = self._db.row("SELECT * FROM jobs WHERE user = ? AND id = ?", user, job_id)
        return self._job(row) if row else None

    def listed(self, session: str) -> list[dict[str, Any]]:
        """The session's exports, oldest first: id, status, created, completed."""
        rows = self._db.rows(
            "SELECT token, id, status, created, completed FROM jobs WHERE session = ? ORDER BY number",
            session,
        )
        seen = [self._backlog.seen("jobs", row["token"], dict(row)) for row in rows]
        return [{key: row[key] for key in ("id", "status", "created", "completed")} for row in seen]

    def fetched(self, token: str) -> None:
        """Somebody has got the whole file of this export."""
        self._db.run("INSERT OR REPLACE INTO fetched (token, at) VALUES (?, ?)", token, time.time())

    def by_token(self, token: str) -> Job | None:
        """The export whose result stands under this token: the token can't be guessed."""
        row = self._db.row("SELECT * FROM jobs WHERE token = ?", token)
        return self._job(row) if row else None

    def made(self, user: str, most: int) -> list[tuple[str, str, int, str]]:
        """Token, name, size and index of the last exports whose films may serve another; the newest first."""
        rows = self._db.rows(
            "SELECT token, name, size, film_index FROM jobs WHERE user = ? AND status = 'completed'"
            " AND film_index != '' ORDER BY number DESC LIMIT ?",
            *(user, most),
        )
        return [(row["token"], row["name"], row["size"], row["film_index"]) for row in rows]

    def waiting(self, owner: str | None) -> list[Waiting]:
        """The pending exports of a process, oldest first; behind them those that a process died over."""
        rows = self._db.rows(
            "SELECT token, user, session FROM jobs WHERE status = 'pending' AND owner IS ?"
            " ORDER BY attempts, number",
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
                "UPDATE jobs SET status = 'processing', progress = 0, work = '{}', attempts = attempts + 1"
                " WHERE token = ?",
                token,
            )
            return self._job(row)

    def advance(self, job: Job, progress: int, work: dict[str, Any]) -> None:
        """Say how far it is: in whole percents, and the facts."""
        self._db.run(
            "UPDATE jobs SET progress = ?, work = ? WHERE token = ? AND owner = ? AND status = 'processing'",
            *(progress, json.dumps(work), job.token, job.owner),
        )

    def stopped(self, job: Job) -> bool:
        """Whether it was asked to stop, in whatever process, or is not this process's any more."""
        row = self._db.row("SELECT stop FROM jobs WHERE token = ? AND owner = ?", job.token, job.owner)
        return row is None or bool(row["stop"]) or self._backlog.waits("jobs", job.token)

    def ours(self, job: Job) -> bool:
        """Whether it is still this process's to make: another one may have taken it over."""
        return bool(
            self._db.row(
                "SELECT 1 FROM jobs WHERE token = ? AND owner = ? AND status = 'processing'",
                *(job.token, job.owner),
            )
        )

    def stop(self, user: str, job_id: str) -> bool:
        """Ask for it to be stopped; one that is still pending is cancelled at once. False if it has ended.

        Where that can't be written, one of this process stops all the same.
        """
        try:
            return self._ask_to_stop(user, job_id)
        except StoreError:
            job = self.get(user, job_id)
            if job is None or job.status not in OPEN:
                return False
            self.end(job, "cancelled")
            return True

    def _ask_to_stop(self, user: str, job_id: str) -> bool:
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
        film_index: str = "",
    ) -> None:
        """It is completed, failed or cancelled; if that can't be written now, it will be.

        Says nothing if it is another process's by now.
        """
        row: dict[str, Any] = {"status": status, "error": error, "duration_ms": duration_ms, "size": size}
        row |= {"completed": time.time()}
        row |= {"work": json.dumps(work)} if work else {}
        row |= {"film_index": film_index} if film_index else {}
        row |= {"progress": 100.0} if status == "completed" else {}
        columns = ", ".join(f"{column} = ?" for column in row)
        self._backlog.write(
            "jobs",
            job.token,
            row,
            lambda: self._db.run(
                f"UPDATE jobs SET {columns}"  # noqa: S608 - ours
                " WHERE token = ? AND owner = ? AND status IN ('pending', 'processing')",
                *(*row.values(), job.token, job.owner),
            ),
        )

    def put_back(self, job: Job) -> None:
        """It could not be begun, and waits again."""
        self._db.run(
            "UPDATE jobs SET status = 'pending', attempts = max(0, attempts - 1)"
            " WHERE token = ? AND owner = ? AND status = 'processing'",
            *(job.token, job.owner),
        )

    def release(self, owner: str) -> None:
        """This process goes in order: what it has not finished waits for the next one."""
        self._db.run(
            "UPDATE jobs SET status = 'pending', owner = NULL,"
            " attempts = CASE status WHEN 'processing' THEN max(0, attempts - 1) ELSE attempts END"
            " WHERE owner = ? AND status IN ('pending', 'processing')",
            owner,
        )

    def adopt(self, owner: str) -> int:
        """Take over what nobody works on who is known to live; it starts afresh, from the draft alone.

        What was begun three times by a process that died over it has failed: it may well be the reason.
        """
        reason = "CASE WHEN (SELECT language FROM sessions WHERE id = session) LIKE 'zh%' THEN ? ELSE ? END"
        self._db.run(
            f"UPDATE jobs SET status = 'failed', completed = ?, work = ?, error = {reason}"  # noqa: S608 - ours
            f" WHERE {_NOBODYS} AND attempts >= ?",
            *(time.time(), json.dumps({"retry": False}), _DEADLY["zh"], _DEADLY["en"], _ATTEMPTS),
        )
        return self._db.run(
            f"UPDATE jobs SET status = 'pending', progress = 0, work = '{{}}', owner = ? WHERE {_NOBODYS}",  # noqa: S608 - ours
            owner,
        )

    def _job(self, row: sqlite3.Row) -> Job:
        values = self._backlog.seen("jobs", row["token"], dict(row))
        del values["number"], values["film_index"]
        values["output"] = read_json(values["output"], dict)
        values["work"] = read_json(values["work"], dict)
        values["stop"] = bool(values["stop"])
        return Job(**values)
