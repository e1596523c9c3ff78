"""Sessions, and every version of their drafts."""

from __future__ import annotations

import json
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from nemo_widgets.errors import StoreError
from nemo_widgets.studio.errors import NO_SESSION, Refused

from .faults import damaged
from .stored import read_json

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from .database import Database

__all__ = ["Conflict", "Projects", "Session", "Version"]

_LEAST_ID, _IDS = 5 * 10**18, 4 * 10**18
"""Decimal and beyond 2^53 (protocol §3), so that a client that takes ids for numbers is found out."""
_ENTERED_S = 30.0
"""So often it is entered anew that a session is open here: a machine that slept was taken for dead."""


class Conflict(Exception):
    """Somebody else changed the draft in the meantime."""


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation about one timeline."""

    id: str
    user: str
    task: str
    name: str
    language: str
    created: float


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a draft. `base` is the version that an undo goes back to, None for the first."""

    number: int
    data: dict[str, Any]
    base: int | None


class Projects:
    """What users made."""

    def __init__(self, database: Database, owner: str = "") -> None:
        self._db = database
        self._owner = owner
        self._opened: dict[str, float] = {}
        database.after_opening.append(self._opened.clear)

    def create(self, user: str, name: str, language: str) -> Session:
        """A new session, which this process has open."""
        made = Session(
            id=str(_LEAST_ID + secrets.randbelow(_IDS)),
            user=user,
            task=secrets.token_hex(12),
            name=name,
            language=language,
            created=time.time(),
        )
        values = (made.id, user, made.task, name, language, made.created)
        with self._db.transaction():
            self._db.run("INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?)", *values)
            self._enter(made.id)
        return made

    def get(self, user: str, session: str) -> Session:
        """The user's session, which from now on is one that this process has open.

        Raises:
            Refused: 1002, there is none, or it is somebody else's.
        """
        row = self._db.row("SELECT * FROM sessions WHERE id = ? AND user = ?", session, user)
        if row is None:
            raise Refused(NO_SESSION, "There is no such session.")
        if time.monotonic() - self._opened.get(session, -_ENTERED_S) >= _ENTERED_S:
            with suppress(StoreError):  # a disk that is full can be read all the same
                self._enter(session)
        return Session(**row)

    def _enter(self, session: str) -> None:
        """Say that it is open in this process."""
        self._db.run("INSERT OR IGNORE INTO opened VALUES (?, ?)", session, self._owner)
        self._opened[session] = time.monotonic()

    def language(self, session: str) -> str:
        """The language that a session is in; English for one that is gone."""
        row = self._db.row("SELECT language FROM sessions WHERE id = ?", session)
        return str(row["language"]) if row else "en"

    def listed(self, user: str) -> list[Session]:
        """The user's sessions, newest first."""
        rows = self._db.rows("SELECT * FROM sessions WHERE user = ? ORDER BY created DESC, id", user)
        return [Session(**row) for row in rows]

    def latest(self, session: str) -> Version | None:
        """The present draft; None before the first upload."""
        row = self._db.row("SELECT * FROM drafts WHERE session = ? ORDER BY version DESC LIMIT 1", session)
        return _version(row) if row else None

    def history(self, session: str) -> list[Version]:
        """What an undo can go back to from the present draft, the nearest one last."""
        rows, known = self._drafts(session)
        found: list[Version] = []
        base = rows[-1]["base"] if rows else None
        while base is not None:
            found.append(_version(known[base]))
            base = known[base]["base"]
        return found[::-1]

    def undone(self, session: str) -> list[Version]:
        """What undos have left since the last edit: what a redo brings back, the next one last.

        An undo of several steps leaves each of them.
        """
        left: list[sqlite3.Row] = []
        rows, known = self._drafts(session)
        for before, row in pairwise([None, *rows]):
            if row is None:
                continue
            edits = read_json(row["edits"], list)
            if edits == ["redo"]:
                same = [i for i, version in enumerate(left) if _is_one(version, row)]
                left = left[: same[-1] if same else -1]  # a redo may bring back several
            elif edits != ["undo"]:
                left = []
            else:
                there = before  # what is undone is at least one step
                while there is not None and (there is before or not _is_one(there, row)):
                    left.append(there)
                    there = known.get(there["base"])
        return [_version(row) for row in left]

    def said(self, session: str) -> dict[int, list[str]]:
        """For each version what was said for the edits that stand in it, oldest first.

        "" for what came without a message, as an upload does; the first version has none.
        """
        found: dict[int, list[str]] = {}
        known: dict[tuple[str, int | None], list[str]] = {}
        rows = self._db.rows(
            "SELECT version, base, data, edits, text FROM drafts LEFT JOIN messages ON messages.id = message"
            " WHERE drafts.session = ? ORDER BY version",
            session,
        )
        for row in rows:
            edits = read_json(row["edits"], list)
            back, before = edits in (["undo"], ["redo"]), found.get(row["base"], [])
            if "start_over" in edits[:1]:
                before = [text for text in before if not text]  # of what was said nothing stands any more
            version = row["data"], row["base"]
            if back and version in known:
                made = known[version]
            elif row["base"] is None and row["text"] is None:
                made = []
            elif edits == ["start_over"]:
                made = before
            else:
                made = [*before, row["text"] or ""]
            found[row["version"]] = known[version] = made
        return found

    def states(self, session: str, most: int) -> list[dict[str, Any]]:
        """The newest versions, at most so many, oldest first: version, instruction, created and draft."""
        rows = self._db.rows(
            "SELECT version, data, drafts.created, text FROM drafts LEFT JOIN messages"
            " ON messages.id = message WHERE drafts.session = ? ORDER BY version DESC LIMIT ?",
            *(session, most),
        )
        return [
            {
                "version": row["version"],
                "instruction": row["text"] or "",
                "created": row["created"],
                "draft": read_json(row["data"], dict),
            }
            for row in reversed(rows)
        ]

    def _drafts(self, session: str) -> tuple[list[sqlite3.Row], dict[int, sqlite3.Row]]:
        """All versions, the first one first, and by their numbers; each is based on one before it."""
        rows = self._db.rows("SELECT * FROM drafts WHERE session = ? ORDER BY version", session)
        known: dict[int, sqlite3.Row] = {}
        for row in rows:
            if row["base"] is not None and row["base"] not in known:
                raise damaged()
            known[row["version"]] = row
        return rows, known

    def versions(self, session: str) -> int:
        """How many versions were ever stored."""
        row = self._db.row("SELECT count(*) FROM drafts WHERE session = ?", session)
        return int(row[0]) if row else 0

    def add(
        self,
        session: str,
        data: dict[str, Any],
        *,
        expected: int,
        undo: int = 0,
        redo: int = 0,
        message: int | None = None,
        edits: Sequence[str] = (),
    ) -> int:
        """Store a new version on top of version `expected` (0: the first one); returns its number.

        After an undo of n steps the next undo goes on from there: what is below the version gone back to
        is below the new one too, or that version itself if the message changed something on top of it. A redo
        of n steps brings the version back that is n-th in `undone`, with all that was below it.

        Raises:
            Conflict: the present version is another one.
        """
        with self._db.transaction():
            present = self.latest(session)
            if (present.number if present else 0) != expected:
                raise Conflict
            base = present.number if present else None
            if (undo or redo) and present:
                chain = (self.history(session) if undo else self.undone(session)) or [present]
                back = chain[max(0, len(chain) - undo - redo)]
                base = back.base if back.data == data else back.number
            values = (
                session,
                expected + 1,
                json.dumps(data),
                base,
                message,
                json.dumps(list(edits)),
                time.time(),
            )
            self._db.run("INSERT INTO drafts VALUES (?, ?, ?, ?, ?, ?, ?)", *values)
        return expected + 1


def _is_one(version: sqlite3.Row, again: sqlite3.Row) -> bool:
    """Whether a version is the one that an undo has brought again."""
    return bool(version["data"] == again["data"] and version["base"] == again["base"])


def _version(row: sqlite3.Row) -> Version:
    return Version(row["version"], read_json(row["data"], dict), row["base"])
