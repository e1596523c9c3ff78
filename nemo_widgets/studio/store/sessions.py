"""What there is of each session: clips, length, last use, and what it takes on the disk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nemo_widgets.draft import Draft
from nemo_widgets.studio.errors import NO_SESSION, Refused

if TYPE_CHECKING:
    from .database import Database
    from .projects import Projects, Session
    from .shelf import Shelf

__all__ = ["LAST_USE", "Overview", "filled", "last_used", "overview", "require_session"]

LAST_USE = (
    "max(s.created,"
    " coalesce((SELECT max(created) FROM drafts WHERE session = s.id), 0),"
    " coalesce((SELECT max(created) FROM messages WHERE session = s.id), 0),"
    " coalesce((SELECT max(created) FROM media WHERE session = s.id), 0),"
    " coalesce((SELECT max(coalesce(completed, created)) FROM jobs WHERE session = s.id), 0))"
)
"""When the session `s` was used last, as SQL."""


@dataclass(frozen=True, slots=True)
class Overview:
    """A session as a list shows it.

    Attributes:
        clips: the names of its media, in the order of uploading.
        segments: on all tracks together. duration_ms: the timeline's length.
        versions: of its draft. used: when something was done in it last, seconds since 1970.
        size: bytes of its media and results; what several sessions share counts for each.
    """

    session: Session
    clips: tuple[str, ...]
    segments: int
    duration_ms: int
    versions: int
    used: float
    size: int


def require_session(database: Database, session: str) -> None:
    """In a transaction that enters something: see that nobody has removed the session meanwhile.

    Raises:
        Refused: 1002, there is none any more.
    """
    if database.row("SELECT 1 FROM sessions WHERE id = ?", session) is None:
        raise Refused(NO_SESSION, "There is no such session.")


def last_used(database: Database, user: str, most: int) -> list[tuple[str, float]]:
    """The user's sessions by id, each with its last use, the last one first; at most `most` of them."""
    rows = database.rows(
        f"SELECT s.id, {LAST_USE} AS used FROM sessions s WHERE user = ?"  # noqa: S608 - ours
        " ORDER BY used DESC, s.created DESC, s.id LIMIT ?",
        *(user, most),
    )
    return [(row["id"], row["used"]) for row in rows]


def filled(database: Database, user: str) -> int:
    """In how many of the user's sessions there is something."""
    row = database.row(
        "SELECT count(*) FROM sessions s WHERE user = ?"
        " AND (EXISTS (SELECT 1 FROM media WHERE session = s.id)"
        " OR EXISTS (SELECT 1 FROM drafts WHERE session = s.id))",
        user,
    )
    return int(row[0]) if row else 0


def overview(
    database: Database, projects: Projects, shelves: tuple[Shelf, Shelf], session: Session, used: float
) -> Overview:
    """Look a session over that was used last at `used`; `shelves` are those of media and results."""
    media, results = shelves
    latest = projects.latest(session.id)
    draft = Draft(latest.data if latest else None)
    clips = database.rows("SELECT name, file FROM media WHERE session = ? ORDER BY number", session.id)
    made = database.rows(
        "SELECT token, name FROM jobs WHERE session = ? AND status = 'completed'", session.id
    )
    sizes = [media.size(file) for file in {row["file"] for row in clips}]
    sizes += [results.size(f"{row['token']}{row['name'][row['name'].rindex('.') :]}") for row in made]
    return Overview(
        session=session,
        clips=tuple(row["name"] for row in clips),
        segments=sum(len(track.segments) for track in draft.layout()),
        duration_ms=draft.duration_ms,
        versions=projects.versions(session.id),
        used=used,
        size=sum(size or 0 for size in sizes),
    )
