"""The media that users uploaded, and what was found out about them."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nemo_widgets.studio.note import Note
from nemo_widgets.studio.soundtrack import SoundTrack

from .stored import read_json, reading

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from .database import Database

__all__ = ["Library", "Media"]


@dataclass(frozen=True, slots=True)
class Media:
    """One uploaded file.

    Attributes:
        name: what its user calls it. file: its name in the media folder.
        key: the `Idempotency-Key` of the request it came with, "" if there was none.
        link: hash of the address it was fetched from, "" for a file that was sent.
        notes: what is said of it when it is uploaded.
        tracks: its sound tracks, where it has several.
    """

    id: str
    session: str
    user: str
    name: str
    file: str
    size: int
    hash: str
    kind: str
    duration_ms: int
    width: int
    height: int
    fps: Fraction | None
    has_audio: bool
    key: str = ""
    link: str = ""
    notes: tuple[Note, ...] = ()
    tracks: tuple[SoundTrack, ...] = ()

    @property
    def src(self) -> str:
        """What drafts call it inside the studio: the path of its URL."""
        return f"/media/{self.id}/{quote(self.name)}"

    @property
    def mark(self) -> str:
        """What it is known by when it comes again: the address, or the name and the content."""
        return self.link or f"{self.hash} {self.name}"

    @property
    def title(self) -> str:
        """Its name without the extension."""
        return self.name.rpartition(".")[0] or self.name


class Library:
    """Uploaded media and analyses."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._db = database
        self._folder = folder

    def path(self, media: Media) -> Path:
        """Where the file is."""
        return self._folder / media.file

    def add(self, media: Media) -> None:
        """Enter a file whose content is in the media folder already."""
        columns = (
            "id, session, user, name, file, size, hash, kind, duration_ms, width, height, fps, has_audio,"
            " key, link, notes, tracks"
        )
        values = {column: getattr(media, column) for column in columns.split(", ")}
        values |= {"fps": str(media.fps) if media.fps else None, "has_audio": int(media.has_audio)}
        values |= {"notes": json.dumps(media.notes), "tracks": json.dumps(media.tracks)}
        marks = ", ".join("?" * (len(values) + 1))
        statement = f"INSERT INTO media ({columns}, created) VALUES ({marks})"  # noqa: S608 - nothing from outside
        self._db.run(statement, *values.values(), time.time())

    def twin(self, media: Media) -> Media | None:
        """Media with the same content, kept in a file that is there and can be this one's too."""
        rows = self._db.rows(
            "SELECT * FROM media WHERE hash = ? AND size = ? ORDER BY number", media.hash, media.size
        )
        ending = media.file.rpartition(".")[2]
        twins = (_media(row) for row in rows if row["file"].rpartition(".")[2] == ending)
        return next((twin for twin in twins if self.path(twin).is_file()), None)

    def of_session(self, session: str) -> list[Media]:
        """The session's media in the order of uploading."""
        rows = self._db.rows("SELECT * FROM media WHERE session = ? ORDER BY number", session)
        return [_media(row) for row in rows]

    def of_key(self, session: str, key: str) -> list[Media]:
        """What came into the session with requests of this key, in the order of uploading; none for ""."""
        if not key:
            return []
        rows = self._db.rows(
            "SELECT * FROM media WHERE session = ? AND key = ? ORDER BY number", session, key
        )
        return [_media(row) for row in rows]

    def of_user(self, user: str) -> dict[str, Media]:
        """All media of the user by id."""
        rows = self._db.rows("SELECT * FROM media WHERE user = ? ORDER BY number", user)
        return {row["id"]: _media(row) for row in rows}

    def get(self, media_id: str) -> Media | None:
        """The media of this id, whoever's it is: the id can't be guessed."""
        row = self._db.row("SELECT * FROM media WHERE id = ?", media_id)
        return _media(row) if row else None

    def recall(self, content: str, question: str) -> Any:
        """What was found out before about content with this hash; None if that was not asked yet."""
        row = self._db.row("SELECT result FROM analyses WHERE hash = ? AND question = ?", content, question)
        return read_json(row["result"]) if row else None

    def remember(self, content: str, question: str, result: Any) -> None:
        """Keep what was found out."""
        self._db.run(
            "INSERT OR REPLACE INTO analyses VALUES (?, ?, ?)", content, question, json.dumps(result)
        )

    def analyses(self, session: str) -> dict[str, dict[str, Any]]:
        """What is known about the session's media: content hash -> question -> result."""
        rows = self._db.rows(
            "SELECT * FROM analyses WHERE hash IN (SELECT hash FROM media WHERE session = ?)", session
        )
        found: dict[str, dict[str, Any]] = {}
        for row in rows:
            found.setdefault(row["hash"], {})[row["question"]] = read_json(row["result"])
        return found


def _media(row: sqlite3.Row) -> Media:
    values = {key: row[key] for key in row.keys() if key not in ("number", "created")}  # noqa: SIM118 - a Row's iterator gives values
    values["has_audio"] = bool(values["has_audio"])
    with reading():
        values["fps"] = Fraction(values["fps"]) if values["fps"] else None
        values["notes"] = tuple(Note(*note) for note in read_json(values["notes"], list))
        values["tracks"] = tuple(_track(row) for row in read_json(values["tracks"], list))
    return Media(**values)


def _track(row: list[Any]) -> SoundTrack:
    track = SoundTrack(*row)
    return track._replace(shared=tuple(track.shared))
