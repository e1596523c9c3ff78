"""Takes away what nobody needs: first the row, then the file.

So no row ever points to a file that is gone; but on a full disk, where its going makes the room to write that
down. A process that is killed in between leaves a file without a row, which `clear_strays` takes away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.errors import StoreError
from nemo_widgets.studio.errors import BUSY, NO_SESSION, Refused

from .surplus import EMPTY, UNUSED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from contextlib import AbstractContextManager

    from .database import Database
    from .shelf import Shelf
    from .surplus import Surplus, Surpluses

__all__ = ["Clearing"]

_GONE = "The export's file was removed, for nobody needed it any more: export again."
_NO_ROOM = ("full", "quota")
_OPEN = "('queued', 'running', 'pending', 'processing')"


class Clearing:
    """Removes surplus things and whole sessions. May be called from any thread, of several processes."""

    def __init__(self, database: Database, media: Shelf, results: Shelf, surpluses: Surpluses) -> None:
        self._db = database
        self._media, self._results = media, results
        self._surpluses = surpluses
        self._transaction: Callable[[], AbstractContextManager[None]] = database.transaction

    def clear(
        self, items: Collection[Surplus], stopping: Callable[[], bool] = lambda: False
    ) -> list[Surplus]:
        """Remove what can still go of `items`, each by itself; returns what went."""
        ways = {"result": self._result, "media": self._medium, "session": self._empty, "stray": self._stray}
        gone = []
        for item in items:
            if stopping():
                break
            if ways[item.kind](item):
                gone.append(item)
        return gone

    def clear_strays(self) -> list[Surplus]:
        """Remove files of ours that belong to nothing."""
        # Found in a transaction, for whoever enters a file does so in one, too. Their names are never used
        # again, so that they can be removed after it.
        with self._transaction():
            found = self._surpluses.strays()
            # An index that is damaged finds no row for a file that has one.
            if found and not self._db.sound():
                return []
        return [item for item in found if self._stray(item)]

    def forget(self, user: str, session: str, *, only_empty: bool = False) -> int:
        """Remove a session with all that only it uses; returns the bytes that this frees.

        Media that another session's draft shows goes over to that session.

        Raises:
            Refused: 1002, the user has no such session; 423, something is under way in it, or, where it
                goes `only_empty`, there is something in it or something was said.
        """
        with self._transaction():
            if self._db.row("SELECT 1 FROM sessions WHERE id = ? AND user = ?", session, user) is None:
                raise Refused(NO_SESSION, "There is no such session.")
            said = "EXISTS (SELECT 1 FROM messages WHERE session = s.id)"
            filled = f"SELECT 1 FROM sessions s WHERE id = ? AND ({said} OR NOT ({EMPTY}))"  # noqa: S608 - ours
            if only_empty and self._db.row(filled, session) is not None:
                raise Refused(BUSY, "There is something in the session.")
            for table in ("messages", "jobs"):
                statement = f"SELECT 1 FROM {table} WHERE session = ? AND status IN {_OPEN}"  # noqa: S608 - ours
                if self._db.row(statement, session):
                    raise Refused(BUSY, "Something is under way in this session; wait for it, or stop it.")
            self._hand_over(session)
            files = [row["file"] for row in self._rows("SELECT DISTINCT file FROM media", session)]
            hashes = [row["hash"] for row in self._rows("SELECT DISTINCT hash FROM media", session)]
            made = [
                f"{row['token']}{row['name'][row['name'].rindex('.') :]}"
                for row in self._rows("SELECT token, name FROM jobs", session)
            ]
            self._db.run(
                "DELETE FROM fetched WHERE token IN (SELECT token FROM jobs WHERE session = ?)", session
            )
            self._delete_rows(session)
            free = [file for file in files if self._unreferenced(file)]
            for content in hashes:
                self._forget_content(content)
        return sum(map(self._media.take_away, free)) + sum(map(self._results.take_away, made))

    def _rows(self, statement: str, session: str) -> list[dict[str, str]]:
        return [dict(row) for row in self._db.rows(f"{statement} WHERE session = ?", session)]

    def _hand_over(self, session: str) -> None:
        """Give media that other sessions' drafts show to one of those."""
        self._db.run(
            "UPDATE media SET key = '', session ="
            " (SELECT session FROM drafts WHERE session != ?1 AND instr(data, media.id) LIMIT 1)"
            " WHERE session = ?1"
            " AND EXISTS (SELECT 1 FROM drafts WHERE session != ?1 AND instr(data, media.id))",
            session,
        )

    def _delete_rows(self, session: str) -> None:
        """Delete the session's rows in whatever table has any."""
        self._db.run("PRAGMA defer_foreign_keys=ON")
        tables = self._db.rows(
            "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
            " WHERE m.type = 'table' AND c.name = 'session'"
        )
        for row in tables:
            self._db.run(f'DELETE FROM "{row["name"]}" WHERE session = ?', session)  # noqa: S608 - ours
        self._db.run("DELETE FROM sessions WHERE id = ?", session)

    def _result(self, item: Surplus) -> bool:
        name = f"{item.key}{item.name[item.name.rindex('.') :]}"
        try:
            changed = self._give_up(item.key)
        except StoreError as error:
            wanted = self._db.row("SELECT 1 FROM jobs WHERE token = ? AND status = 'completed'", item.key)
            if error.fault not in _NO_ROOM or wanted is None:
                raise
            self._results.take_away(name)  # its going makes the room to write that down
            return self._give_up(item.key)
        if changed:
            self._results.take_away(name)
        return changed

    def _give_up(self, token: str) -> bool:
        """Say of a finished export that its file is gone; False if it is not finished any more."""
        with self._transaction():
            return bool(
                self._db.run(
                    "UPDATE jobs SET status = 'failed', error = ? WHERE token = ? AND status = 'completed'",
                    *(_GONE, token),
                )
            )

    def _medium(self, item: Surplus) -> bool:
        with self._transaction():
            row = self._db.row(f"SELECT file, hash FROM media WHERE id = ? AND {UNUSED}", item.key)  # noqa: S608 - ours
            if row is None:
                return False
            self._db.run("DELETE FROM media WHERE id = ?", item.key)
            free = self._unreferenced(row["file"])
            self._forget_content(row["hash"])
        if free:
            self._media.take_away(row["file"])
        return True

    def _empty(self, item: Surplus) -> bool:
        with self._transaction():
            if self._db.row(f"SELECT 1 FROM sessions s WHERE id = ? AND {EMPTY}", item.key) is None:  # noqa: S608 - ours
                return False
            self._delete_rows(item.key)
        return True

    def _stray(self, item: Surplus) -> bool:
        holding = [shelf for shelf in (self._media, self._results) if shelf.size(item.key) is not None]
        for shelf in holding:
            shelf.take_away(item.key)
        return bool(holding)

    def _unreferenced(self, file: str) -> bool:
        return self._db.row("SELECT 1 FROM media WHERE file = ?", file) is None

    def _forget_content(self, content: str) -> None:
        self._db.run(
            "DELETE FROM analyses WHERE hash = ?1 AND NOT EXISTS (SELECT 1 FROM media WHERE hash = ?1)",
            content,
        )
