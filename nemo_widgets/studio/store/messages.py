"""The ledger of messages: what was asked for in each session, and what became of it."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.errors import SENT_BEFORE, Refused

from .sessions import require_session

if TYPE_CHECKING:
    from .accounts import Accounts
    from .backlog import Backlog
    from .database import Database

__all__ = ["Message", "Messages", "TakenOver"]


class TakenOver(Exception):
    """This process was taken for dead meanwhile, and what it was at was ended by another one."""


@dataclass(frozen=True, slots=True)
class Message:
    """One line of the ledger."""

    id: int
    session: str
    user: str
    invocation: str
    text: str
    cost: int


class Messages:
    """The table of messages."""

    def __init__(self, database: Database, accounts: Accounts, backlog: Backlog) -> None:
        self._db = database
        self._accounts = accounts
        self._backlog = backlog

    def begin(self, user: str, session: str, text: str, cost: int, owner: str, *, key: str = "") -> Message:
        """Enter a message into the ledger; its cost is frozen from now on.

        Raises:
            Refused: 409, there is a message with this key in the session, whatever became of it, or it was
                withdrawn; 2001, it can't be paid; 1002, there is no such session any more.
        """
        with self._db.transaction():
            require_session(self._db, session)
            if key and self._has(session, key):
                raise Refused(SENT_BEFORE, "This message was sent before.")
            if key and self._db.row("SELECT 1 FROM withdrawn WHERE session = ? AND key = ?", session, key):
                raise Refused(SENT_BEFORE, "This message was withdrawn before it came.")
            self._accounts.afford(user, cost)
            invocation = f"e-{secrets.token_hex(16)}"
            self._db.run(
                "INSERT INTO messages (session, user, invocation, text, cost, status, owner, created, key)"
                " VALUES (?, ?, ?, ?, ?, 'queued', ?, ?, ?)",
                *(session, user, invocation, text, cost, owner, time.time(), key),
            )
            row = self._db.row("SELECT last_insert_rowid()")
        return Message(row[0] if row else 0, session, user, invocation, text, cost)

    def withdraw(self, session: str, key: str) -> bool:
        """See to it that the message of this key is not taken, should it come yet; False if it was taken.

        Raises:
            Refused: 1002, there is no such session any more.
        """
        with self._db.transaction():
            require_session(self._db, session)
            if self._has(session, key):
                return False
            self._db.run("INSERT OR IGNORE INTO withdrawn (session, key) VALUES (?, ?)", session, key)
        return True

    def _has(self, session: str, key: str) -> bool:
        return bool(self._db.row("SELECT 1 FROM messages WHERE session = ? AND key = ?", session, key))

    def start(self, message: Message) -> None:
        """The message's turn has come.

        Raises:
            TakenOver: another process has ended it.
        """
        if not self._db.run(
            "UPDATE messages SET status = 'running' WHERE id = ? AND status = 'queued'", message.id
        ):
            raise TakenOver

    def finish(self, message: Message, *, reply: str, outcome: str) -> None:
        """The message is done; `outcome` is what became of it: done, refused, asked or answered.

        Raises:
            TakenOver: another process has ended it, so that nothing of it may be stored.
        """
        if not self._end(message, "done", reply=reply, outcome=outcome):
            raise TakenOver

    def drop(self, message: Message, status: str, error: str) -> None:
        """The message is cancelled, failed or interrupted; if that can't be written now, it will be."""
        row = {"status": status, "error": error, "ended": time.time()}
        self._backlog.write("messages", message.id, row, lambda: self._end(message, status, error=error))

    def _end(
        self, message: Message, status: str, *, reply: str = "", error: str = "", outcome: str = ""
    ) -> bool:
        """End it, unless it has ended; only what is done is paid for."""
        with self._db.transaction():
            changed = self._db.run(
                "UPDATE messages SET status = ?, reply = ?, error = ?, outcome = ?, ended = ?"
                " WHERE id = ? AND status IN ('queued', 'running')",
                *(status, reply, error, outcome, time.time(), message.id),
            )
            if changed and status == "done" and message.cost:
                self._accounts.charge(message.user, message.cost)
        return bool(changed)

    def ledger(self, session: str) -> list[dict[str, Any]]:
        """All messages of the session, oldest first.

        Each has id, key, text, cost, status, outcome, reply, error, created, ended and version.
        """
        rows = self._db.rows(
            "SELECT m.id, key, text, cost, status, outcome, reply, error, m.created, ended, version"
            " FROM messages m LEFT JOIN drafts ON drafts.message = m.id WHERE m.session = ? ORDER BY m.id",
            session,
        )
        return [self._backlog.seen("messages", row["id"], dict(row)) for row in rows]

    def interrupt(self, owner: str = "") -> None:
        """What this process, or any that is not known to live, left unfinished will not be finished.

        A message is never carried out twice.
        """
        self._db.run(
            "UPDATE messages SET status = 'interrupted', error = 'The studio was stopped.', ended = ?"
            " WHERE status IN ('queued', 'running')"
            " AND (owner = ? OR owner NOT IN (SELECT token FROM owners))",
            *(time.time(), owner),
        )
