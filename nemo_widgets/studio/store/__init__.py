"""What the studio keeps: one SQLite file and two folders of media and results, under one data folder."""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from .accounts import LOCAL, Accounts, Balance, Issued, digest, new_token
from .clearing import Clearing
from .database import Database, StoreError
from .jobs import Job, Jobs, Waiting
from .library import Library, Media
from .owners import Owners
from .projects import Conflict, Message, Projects, Session, Version
from .sessions import Overview, filled, last_used, overview
from .shelf import Shelf, disk_bytes
from .surplus import Surplus, Surpluses

if TYPE_CHECKING:
    from pathlib import Path

    from nemo_widgets.studio.settings import Settings

__all__ = [
    "LOCAL",
    "Accounts",
    "Balance",
    "Conflict",
    "Issued",
    "Job",
    "Jobs",
    "Library",
    "Media",
    "Message",
    "Overview",
    "Projects",
    "Session",
    "Store",
    "StoreError",
    "Surplus",
    "Version",
    "Waiting",
    "digest",
    "new_token",
]

_PART = re.compile(r"(?P<owner>[0-9a-f]{32})(?:-[0-9a-f]{32})?\.part")
"""What a file is called while it arrives. What goes by another name was put there by somebody else."""


class Store:
    """Everything that outlives the process. Methods may be called from any thread."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        """Open the data folder, making it readable for its owner alone if need be.

        Raises:
            StoreError: it can't be used.
        """
        self.folder = folder
        self._incoming = folder / "incoming"
        self.results = folder / "results"
        media = folder / "media"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for inner in (media, self._incoming, self.results):
                inner.mkdir(exist_ok=True)
        except OSError as error:
            raise StoreError(f"The studio can't use the folder {folder}: {error.strerror}.") from error
        self._media = media
        self._database = Database(folder / "studio.sqlite3")
        self.accounts = Accounts(self._database, settings)
        self.owners = Owners(self._database)
        self.projects = Projects(self._database, self.accounts, self.owners.token)
        self.library = Library(self._database, media)
        self.jobs = Jobs(self._database)
        self.transaction = self._database.transaction
        self._shelves = Shelf(media), Shelf(self.results)
        self.surpluses = Surpluses(self._database, *self._shelves, self.owners.token)
        self.clearing = Clearing(self._database, *self._shelves, self.surpluses)

    def part(self) -> Path:
        """A new place for a file while it arrives; its name says whose it is."""
        return self._incoming / f"{self.owners.token}-{secrets.token_hex(16)}.part"

    def sweep(self) -> None:
        """Remove what was arriving at processes that are no more.

        A process says that it lives before it takes anything in, so nothing of a living one goes. Where the
        folder is a link to a place elsewhere, nothing does.
        """
        if self._incoming.is_symlink():
            return
        living = self.owners.living()
        for path in self._incoming.iterdir():
            part = _PART.fullmatch(path.name)
            if part and part["owner"] not in living and not path.is_symlink():
                with suppress(OSError):  # it is in the way of nobody
                    path.unlink()

    def keep(self, received: Path, file: str) -> None:
        """Move a received file into the media folder."""
        received.replace(self._media / file)

    def drop(self, file: str) -> None:
        """Take a file out of the media folder again."""
        (self._media / file).unlink(missing_ok=True)

    def result(self, job: Job) -> Path:
        """Where the export's file is, or will be."""
        return self.results / f"{job.token}{job.name[job.name.rindex('.') :]}"

    def overviews(self, user: str, most: int) -> list[Overview]:
        """The user's sessions, what was used last first; at most `most` of them."""
        database, projects = self._database, self.projects
        sessions = {session.id: session for session in projects.listed(user)}
        return [
            overview(database, projects, self._shelves, sessions[session], used)
            for session, used in last_used(database, user, most)
            if session in sessions
        ]

    def filled(self, user: str) -> int:
        """In how many of the user's sessions there is something."""
        return filled(self._database, user)

    def disk_bytes(self) -> int:
        """What the data folder takes on the disk."""
        return disk_bytes(self.folder)

    def close(self) -> None:
        """Close the database; the files stay."""
        self._database.close()
