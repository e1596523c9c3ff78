"""The studio's SQLite file: one connection behind a lock, shared with other processes through WAL."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Database", "StoreError"]

_BUSY_MS = 10_000
"""How long another process may hold the file before we give up; its transactions take milliseconds."""

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
_STEPS = (_FIRST, _KEYS, _WITHDRAWN, _OUTCOMES, _FETCHED, _WORK, _OPENED)
"""What leads from each version of the file to the next. A new file takes all the steps, so that it has no
other tables than one that was brought up to date."""


class StoreError(Exception):
    """The data folder can't be used; the text says why."""


class Database:
    """Rows in, rows out. Every method may be called from any thread."""

    def __init__(self, path: Path) -> None:
        """Open the file, making it or bringing it up to date if need be.

        Raises:
            StoreError: it is no database, was made by a later version, or can't be written.
        """
        self._lock = threading.RLock()
        self._depth = 0
        try:
            self._connection = sqlite3.connect(
                path, timeout=_BUSY_MS / 1000, check_same_thread=False, isolation_level=None
            )
        except sqlite3.Error as error:
            raise StoreError(f"The studio can't open {path}: {error}.") from error
        self._connection.row_factory = sqlite3.Row
        try:
            self._prepare()
        except sqlite3.Error as error:
            self.close()
            raise StoreError(f"{path} is not a studio's database: {error}.") from error
        except StoreError:
            self.close()
            raise

    def _prepare(self) -> None:
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.execute("PRAGMA foreign_keys=ON")
        with self.transaction():
            version = self._connection.execute("PRAGMA user_version").fetchone()[0]
            if version > len(_STEPS):
                raise StoreError(
                    "The data folder was written by a later version of nemo-widgets; update this one."
                )
            for step in _STEPS[version:]:
                for statement in step.split(";"):
                    self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version={len(_STEPS)}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of what is done inside; may be nested, the outermost one counts."""
        with self._lock:
            if not self._depth:
                # IMMEDIATE: taking the write lock at once is what makes reading first, then writing, safe
                # against another process.
                self._connection.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if not self._depth:
                    self._connection.execute("ROLLBACK")
                raise
            self._depth -= 1
            if not self._depth:
                self._connection.execute("COMMIT")

    def rows(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        """All rows that the statement gives."""
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    def row(self, statement: str, *values: Any) -> sqlite3.Row | None:
        """The first row that the statement gives."""
        found = self.rows(statement, *values)
        return found[0] if found else None

    def run(self, statement: str, *values: Any) -> int:
        """Carry out a change; returns how many rows it touched."""
        with self._lock:
            return self._connection.execute(statement, values).rowcount

    def sound(self) -> bool:
        """Whether the file is whole, with every row in every index; looks at all of it."""
        with self._lock:
            return [tuple(row) for row in self._connection.execute("PRAGMA integrity_check(1)")] == [("ok",)]

    def close(self) -> None:
        """Close the file; nothing can be asked afterwards."""
        with self._lock:
            self._connection.close()
