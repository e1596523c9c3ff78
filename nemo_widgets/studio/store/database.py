"""The studio's SQLite file: one connection behind a lock, shared with other processes through WAL."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from nemo_widgets.errors import StoreError
from nemo_widgets.private_files import create_private

from .faults import cannot_open, store_error
from .stored import check_types, column_types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["Database"]

_BUSY_S = 10.0
"""How long another process may hold the file before we give up; its transactions take milliseconds."""
_HELD_S = 0.3
"""The same while it is known that another one holds it for longer: all that is asked would wait for it."""
_TURN_MS, _PAUSE_S = 50, 0.02
"""How long SQLite waits at a time, and how long the other threads have the connection in between."""

_FIRST = """
CREATE TABLE users (id TEXT PRIMARY KEY, client TEXT UNIQUE, credits INTEGER NOT NULL, created REAL NOT NULL);
CREATE TABLE tokens (hash TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES users, client TEXT NOT NULL,
    address TEXT NOT NULL, created REAL NOT NULL, expires REAL NOT NULL);
CREATE TABLE sessions (id TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES users, task TEXT NOT NULL,
    name TEXT NOT NULL, language TEXT NOT NULL, created REAL NOT NULL);
CREATE TABLE media (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    session TEXT NOT NULL REFERENCES sessions, user TEXT NOT NULL, name TEXT NOT NULL, file TEXT NOT NULL,
    size INTEGER NOT NULL, hash TEXT NOT NULL, kind TEXT NOT NULL, duration_ms INTEGER NOT NULL,
    width INTEGER NOT NULL, height INTEGER NOT NULL, fps TEXT,
    has_audio INTEGER NOT NULL, created REAL NOT NULL);
CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, session TEXT NOT NULL REFERENCES sessions,
    user TEXT NOT NULL, invocation TEXT NOT NULL, text TEXT NOT NULL, cost INTEGER NOT NULL,
    status TEXT NOT NULL,
    reply TEXT NOT NULL DEFAULT '', error TEXT NOT NULL DEFAULT '', owner TEXT NOT NULL,
    created REAL NOT NULL, ended REAL);
CREATE TABLE drafts (session TEXT NOT NULL REFERENCES sessions, version INTEGER NOT NULL, data TEXT NOT NULL,
    base INTEGER, message INTEGER REFERENCES messages, edits TEXT NOT NULL, created REAL NOT NULL,
    PRIMARY KEY (session, version));
CREATE TABLE analyses (hash TEXT NOT NULL, question TEXT NOT NULL, result TEXT NOT NULL,
    PRIMARY KEY (hash, question));
CREATE TABLE jobs (number INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, id TEXT NOT NULL,
    session TEXT NOT NULL, token TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    draft TEXT NOT NULL, output TEXT NOT NULL, status TEXT NOT NULL, progress REAL NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '', duration_ms INTEGER NOT NULL DEFAULT 0, size INTEGER NOT NULL DEFAULT 0,
    stop INTEGER NOT NULL DEFAULT 0,
    owner TEXT, created REAL NOT NULL, completed REAL, UNIQUE (user, id));
CREATE TABLE owners (token TEXT PRIMARY KEY, pid INTEGER NOT NULL, seen REAL NOT NULL);
CREATE INDEX media_of_session ON media (session);
CREATE INDEX messages_open ON messages (user, status);
CREATE INDEX jobs_open ON jobs (status);
CREATE INDEX sessions_of_user ON sessions (user);
CREATE INDEX tokens_of_client ON tokens (client);
"""
_KEYS = """
ALTER TABLE messages ADD COLUMN key TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN key TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN link TEXT NOT NULL DEFAULT '';
ALTER TABLE owners ADD COLUMN born TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX messages_of_key ON messages (session, key) WHERE key != '';
CREATE INDEX messages_of_session ON messages (session);
CREATE INDEX media_of_key ON media (session, key) WHERE key != '';
CREATE INDEX jobs_of_session ON jobs (session);
"""
_WITHDRAWN = """
CREATE TABLE withdrawn (session TEXT NOT NULL REFERENCES sessions, key TEXT NOT NULL,
    PRIMARY KEY (session, key))
"""
_OUTCOMES = "ALTER TABLE messages ADD COLUMN outcome TEXT NOT NULL DEFAULT ''"
_FETCHED = """
CREATE TABLE fetched (token TEXT PRIMARY KEY, at REAL NOT NULL);
CREATE INDEX media_of_content ON media (hash);
CREATE INDEX media_of_file ON media (file);
CREATE INDEX media_of_user ON media (user)
"""
_WORK = "ALTER TABLE jobs ADD COLUMN work TEXT NOT NULL DEFAULT '{}'"
_OPENED = """
CREATE TABLE opened (session TEXT NOT NULL, owner TEXT NOT NULL, PRIMARY KEY (session, owner))
"""
_ATTEMPTS = "ALTER TABLE jobs ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0"
_NOTES = "ALTER TABLE media ADD COLUMN notes TEXT NOT NULL DEFAULT '[]'"
_TRACKS = "ALTER TABLE media ADD COLUMN tracks TEXT NOT NULL DEFAULT '[]'"
_INDEX = "ALTER TABLE jobs ADD COLUMN film_index TEXT NOT NULL DEFAULT ''"
_STEPS = (
    *(_FIRST, _KEYS, _WITHDRAWN, _OUTCOMES, _FETCHED, _WORK, _OPENED, _ATTEMPTS, _NOTES, _TRACKS),
    _INDEX,
)
"""What leads from each version of the file to the next. A new file takes all the steps, so that it has no
other tables than one that was brought up to date."""


class Database:
    """Rows in, rows out. Every method may be called from any thread, and raises StoreError where it can't.

    A file that was taken away, or replaced by another one, is noticed before anything is read or written: it
    is opened anew where there is one. What SQLite writes to a file that has no name any more would be lost.

    Attributes:
        after_opening: what is called each time after the file was opened.
    """

    def __init__(self, path: Path, before_opening: Callable[[], None] = lambda: None) -> None:
        """Open the file, making it or bringing it up to date if need be.

        `before_opening` is called each time before that: it looks at the folder, and raises StoreError where
        nothing may be opened in it.

        Raises:
            StoreError: it is no database, was made by a later version, or can't be written.
        """
        self.after_opening: list[Callable[[], None]] = []
        self._before_opening = before_opening
        self._path = path
        self._lock = threading.RLock()
        self._depth = 0
        self._failure: StoreError | None = None
        self._file: tuple[int, int] | None = None
        self._connection: sqlite3.Connection | None = None
        self._patience_s = _BUSY_S
        self._closed = False
        self._types: dict[str, tuple[type, ...]] = {}
        self._open()

    def _open(self) -> None:
        self._before_opening()
        with suppress(OSError):  # SQLite makes its other files like this one; what is wrong it says itself
            create_private(self._path).close()
        try:
            self._connection = sqlite3.connect(
                self._path, timeout=_BUSY_S, check_same_thread=False, isolation_level=None
            )
            self._connection.row_factory = sqlite3.Row
            self._prepare(self._connection)
            self._connection.execute(f"PRAGMA busy_timeout={_TURN_MS}")
            self._file = self._there()
        except (sqlite3.Error, OSError) as error:
            self._let_go()
            raise cannot_open(error, self._path) from error
        except StoreError:
            self._let_go()
            raise
        for call in self.after_opening:
            call()

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("BEGIN IMMEDIATE")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > len(_STEPS):
            raise StoreError(
                "The data folder was written by a later version of nemo-widgets.",
                hint="Update this one, or choose another folder.",
            )
        for step in _STEPS[version:]:
            for statement in step.split(";"):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version={len(_STEPS)}")
        connection.execute("COMMIT")
        self._types = column_types(connection)

    def _there(self) -> tuple[int, int]:
        """Which file stands under the name now."""
        found = self._path.stat()
        return found.st_dev, found.st_ino

    def _ready(self) -> sqlite3.Connection:
        """The connection to the file that stands under the name."""
        if self._failure is not None and self._depth:
            raise self._failure  # SQLite has undone the transaction: nothing more may be done as if inside
        if not self._depth and not self._closed:
            try:
                there = self._there()
            except OSError as error:
                raise store_error(error, self._path.parent) or error from error
            if there != self._file:
                self._let_go()
                self._open()
        if self._connection is None:
            raise sqlite3.ProgrammingError("The database is closed.")
        return self._connection

    def _let_go(self) -> None:
        connection, self._connection, self._file = self._connection, None, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()

    def _execute(self, statement: str, values: tuple[Any, ...] = ()) -> tuple[list[sqlite3.Row], int]:
        """Carry a statement out: the rows that it gives, and how many it touched."""
        connection, cursor = self._ready(), None
        try:
            cursor = connection.execute(statement, values)
            rows = cursor.fetchall()
        except sqlite3.Error as error:
            if cursor is not None:
                cursor.close()  # a statement that has not ended goes on reading the file as it was
            found = store_error(error, self._path.parent)
            if found is None:
                raise
            self._failure = found if self._depth else None
            raise found from error
        check_types([column[0] for column in cursor.description or ()], rows, self._types)
        return rows, cursor.rowcount

    def _patiently(
        self, statement: str, values: tuple[Any, ...] = (), *, writes: bool = True
    ) -> tuple[list[sqlite3.Row], int]:
        """The same, waiting for other processes; the lock is held once, and let go of while it is waited."""
        end = time.monotonic() + self._patience_s
        while True:
            try:
                done = self._execute(statement, values)
            except StoreError as error:
                if error.fault != "locked" or self._depth:
                    raise
                if time.monotonic() >= end:
                    self._patience_s = _HELD_S
                    raise
            else:
                self._patience_s = _BUSY_S if writes else self._patience_s
                return done
            self._lock.release()
            try:
                time.sleep(_PAUSE_S)
            finally:
                self._lock.acquire()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of what is done inside; may be nested, the outermost one counts."""
        with self._lock:
            if not self._depth:
                # IMMEDIATE: taking the write lock at once is what makes reading first, then writing, safe
                # against another process.
                self._patiently("BEGIN IMMEDIATE")
                self._failure = None
            self._depth += 1
            try:
                yield
                if self._depth == 1:
                    self._execute("COMMIT")
            except BaseException:
                if self._depth == 1:
                    self._undo()
                raise
            finally:
                self._depth -= 1

    def _undo(self) -> None:
        """Roll back what SQLite has not rolled back by itself."""
        connection = self._connection
        if connection is not None and connection.in_transaction:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            if connection.in_transaction:
                self._let_go()  # the next one opens it anew

    def rows(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        """All rows that the statement gives."""
        with self._lock:
            return self._patiently(statement, values, writes=False)[0]

    def row(self, statement: str, *values: Any) -> sqlite3.Row | None:
        """The first row that the statement gives."""
        found = self.rows(statement, *values)
        return found[0] if found else None

    def run(self, statement: str, *values: Any) -> int:
        """Carry out a change; returns how many rows it touched."""
        with self._lock:
            return self._patiently(statement, values)[1]

    def sound(self) -> bool:
        """Whether the file is whole, with every row in every index; looks at all of it."""
        return [tuple(row) for row in self.rows("PRAGMA integrity_check(1)")] == [("ok",)]

    def close(self) -> None:
        """Close the file; nothing can be asked afterwards."""
        with self._lock:
            self._closed = True
            self._let_go()
