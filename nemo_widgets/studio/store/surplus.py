"""What nobody needs any more: results, media that no session uses, sessions without anything in them.

Each is found by a statement that also guards its removal, so that nothing goes that came into use meanwhile.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING, Literal

from .sessions import LAST_USE
from .stored import read_json

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection

    from .database import Database
    from .shelf import Shelf

__all__ = ["EMPTY", "UNUSED", "Surplus", "Surpluses", "Why"]

Why = Literal["fetched", "replaced", "old", "unused", "empty", "stray"]
"""A result was downloaded; is of an older draft; is old. Media no session uses; a session has nothing in it;
a file belongs to nothing."""

_FRESH_S = 3600.0
"""A result that nobody has fetched is left alone for this long: its run may be about to."""

UNUSED = """
NOT EXISTS (SELECT 1 FROM drafts WHERE session = media.session AND instr(data, media.id))
AND NOT EXISTS (SELECT 1 FROM drafts JOIN sessions own ON own.id = drafts.session
    WHERE own.user = media.user AND instr(data, media.id))
AND NOT EXISTS (SELECT 1 FROM jobs WHERE status IN ('pending', 'processing') AND instr(draft, media.id))
AND NOT EXISTS (SELECT 1 FROM messages
    WHERE session = media.session AND status IN ('queued', 'running'))
"""
"""Whether no version of any draft shows a row of `media`, so that no undo brings it back, and no work that is
under way can want it. As SQL."""

_IDLE = """
NOT EXISTS (SELECT 1 FROM drafts WHERE session = s.id)
AND NOT EXISTS (SELECT 1 FROM messages WHERE session = s.id AND status IN ('queued', 'running'))
AND NOT EXISTS (SELECT 1 FROM jobs WHERE session = s.id AND status IN ('pending', 'processing', 'completed'))
"""
"""Whether there is no timeline in the session `s`, and nothing under way. As SQL."""
EMPTY = f"{_IDLE} AND NOT EXISTS (SELECT 1 FROM media WHERE session = s.id)"  # noqa: S608 - ours
"""Whether there is nothing in the session `s`."""
_EMPTY_THEN = f"{_IDLE} AND NOT EXISTS (SELECT 1 FROM media WHERE session = s.id AND NOT ({UNUSED}))"  # noqa: S608
"""Whether there will be nothing in it once the media that nobody uses are gone."""

_MADE = "token = ?1 AND status IN ('pending', 'processing') AND ?2 IN ('', owner)"
"""Whether an export is being made by who has an unfinished file of it; old versions named nobody. As SQL."""
_KEPT = "token = ?1 AND status NOT IN ('failed', 'cancelled')"
"""Whether the finished file of an export is wanted. As SQL."""


@dataclass(frozen=True, slots=True)
class Surplus:
    """Something that can go.

    Attributes:
        key: a result's token, media's id, a session's id, a stray's name.
        name: what its user calls it. size: bytes that its going frees.
        idle_s: for how long nothing was done with it.
        render: a result's id, as who ordered it knows it.
    """

    kind: Literal["result", "media", "session", "stray"]
    key: str
    user: str
    session: str
    name: str
    size: int
    why: Why
    idle_s: float
    render: str = ""


class Surpluses:
    """Finds what can go."""

    def __init__(self, database: Database, media: Shelf, results: Shelf, owner: str = "") -> None:
        self._db = database
        self._media, self._results = media, results
        self._owner = owner

    def of_user(
        self, user: str, *, days: float, sessions: Collection[str] = (), renders: Collection[str] = ()
    ) -> list[Surplus]:
        """What of a user's can go because they ask for it.

        Nothing goes of what is in sessions that another process, which lives, has open: it may be about to
        use it.

        Args:
            user: whose.
            days: after how many days a result is old, 0 for never.
            sessions: those that are open: what is in them stays.
            renders: exports that somebody waits for.
        """
        waited = self._tokens(user, renders)
        found = [reason for item in self._made(user) if (reason := self._dispensable(item, days))]
        found = [item for item in found if item.key not in waited]
        stay = {*sessions, *self._opened(but=self._owner)}
        found += [item for item in (*self._unused(user), *self._empty(user)) if item.session not in stay]
        return found

    def overdue(self, *, results_days: float, media_days: float, most: int) -> list[Surplus]:
        """What has been of no use to anybody for so long that it goes by itself; 0 days or bytes: never.

        Uploads into a session that a process which lives has open stay, however long nothing was done there.
        Of what is left, and nobody needs, the longest unused goes first until there are at most `most` bytes.
        """
        opened = self._opened()
        results = self._made()
        media, empty = (
            [item for item in found if item.session not in opened]
            for found in (self._unused(), self._empty())
        )
        due = [r for r in results if results_days and r.idle_s > results_days * 86_400]
        due += [m for m in (*media, *empty) if media_days and m.idle_s > media_days * 86_400]
        if not most:
            return due
        gone = {(item.kind, item.key) for item in due}
        rest = [item for item in results if item.why == "fetched"] + media
        rest = [item for item in rest if (item.kind, item.key) not in gone]
        over = sum(item.size for item in rest) - most
        for item in sorted(rest, key=lambda item: -item.idle_s):
            if over <= 0 or item.idle_s < _FRESH_S:
                break
            due.append(item)
            over -= item.size
        return due

    def _opened(self, but: str = "") -> set[str]:
        """The sessions that processes which live have open, one of these left out."""
        rows = self._db.rows(
            "SELECT DISTINCT session FROM opened JOIN owners ON token = owner WHERE owner != ?", but
        )
        return {row["session"] for row in rows}

    def strays(self) -> list[Surplus]:
        """Files of ours that belong to nothing: what a process left that was killed.

        What is older than the database belongs to another one, which may come back: one that was put aside
        for it was damaged, or a backup.

        To be called inside of a transaction, for a file is in its folder before its row is.
        """
        row = self._db.row("SELECT min(created) FROM users")
        born = row[0] if row and row[0] is not None else inf
        found = []
        for name, *_ in self._media.files():
            row = self._db.row("SELECT 1 FROM media WHERE file = ?", name)
            if row is None and self._media.changed(name) >= born:
                found.append(self._stray(name, self._media))
        for file in self._results.files():
            wanted, values = (_MADE, (file.key, file.owner)) if file.unfinished else (_KEPT, (file.key,))
            row = self._db.row(f"SELECT 1 FROM jobs WHERE {wanted}", *values)  # noqa: S608 - ours
            if row is None and self._results.changed(file.name) >= born:
                found.append(self._stray(file.name, self._results))
        return found

    def _stray(self, name: str, shelf: Shelf) -> Surplus:
        return Surplus("stray", name, "", "", name, shelf.size(name) or 0, "stray", 0.0)

    def _made(self, user: str | None = None) -> list[Surplus]:
        """Every finished export that still has its file."""
        rows = self._db.rows(
            "SELECT jobs.id, jobs.token, user, session, name, completed, at FROM jobs"
            " LEFT JOIN fetched ON fetched.token = jobs.token"
            " WHERE status = 'completed' AND (? IS NULL OR user = ?) ORDER BY number",
            *(user, user),
        )
        found = []
        for row in rows:
            size = self._results.size(f"{row['token']}{row['name'][row['name'].rindex('.') :]}")
            if size is not None:
                why: Why = "fetched" if row["at"] else "old"
                idle = time.time() - max(row["completed"] or 0.0, row["at"] or 0.0)
                whose = row["user"], row["session"], row["name"]
                found.append(Surplus("result", row["token"], *whose, size, why, idle, row["id"]))
        return found

    def _dispensable(self, item: Surplus, days: float) -> Surplus | None:
        """A result with why it can go; None if it can't."""
        if item.why == "fetched" or (days and item.idle_s > days * 86_400):
            return item
        if item.idle_s > _FRESH_S and self._replaced(item):
            return replace(item, why="replaced")
        return None

    def _replaced(self, item: Surplus) -> bool:
        """Whether a result shows another timeline than its session has now."""
        made = self._db.row("SELECT draft FROM jobs WHERE token = ?", item.key)
        now = self._db.row(
            "SELECT data FROM drafts WHERE session = ? ORDER BY version DESC LIMIT 1", item.session
        )
        return made is None or now is None or read_json(made["draft"]) != read_json(now["data"])

    def _tokens(self, user: str, renders: Collection[str]) -> set[str]:
        rows = self._db.rows(
            "SELECT token FROM jobs WHERE user = ? AND id IN (SELECT value FROM json_each(?))",
            *(user, json.dumps(list(renders))),
        )
        return {row["token"] for row in rows}

    def _unused(self, user: str | None = None) -> list[Surplus]:
        rows = self._db.rows(
            f"SELECT media.*, {LAST_USE} AS used FROM media JOIN sessions s ON s.id = media.session"  # noqa: S608 - ours
            f" WHERE (? IS NULL OR media.user = ?) AND {UNUSED} ORDER BY number",
            *(user, user),
        )
        return [self._media_of(row) for row in rows]

    def _media_of(self, row: sqlite3.Row) -> Surplus:
        others = self._db.row("SELECT count(*) FROM media WHERE file = ?", row["file"])
        alone = others is not None and others[0] == 1
        size = (self._media.size(row["file"]) or 0) if alone else 0
        idle = time.time() - row["used"]
        return Surplus("media", row["id"], row["user"], row["session"], row["name"], size, "unused", idle)

    def _empty(self, user: str | None = None) -> list[Surplus]:
        rows = self._db.rows(
            f"SELECT s.*, {LAST_USE} AS used FROM sessions s"  # noqa: S608 - ours
            f" WHERE (? IS NULL OR user = ?) AND {_EMPTY_THEN} ORDER BY created",
            *(user, user),
        )
        return [
            Surplus(
                "session", row["id"], row["user"], row["id"], row["name"], 0, "empty",
                time.time() - row["used"],
            )
            for row in rows
        ]  # fmt: skip
