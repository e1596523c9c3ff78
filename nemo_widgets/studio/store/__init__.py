"""What the studio keeps: one SQLite file and two folders of media and results, under one data folder."""

from __future__ import annotations

import errno
import re
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from nemo_widgets.errors import StoreError
from nemo_widgets.private_files import check_private, check_private_file, private_folder, tighten

from .accounts import LOCAL, Accounts, Balance, Issued, digest, new_token
from .backlog import Backlog
from .clearing import Clearing
from .database import Database
from .faults import cannot_open, store_error, told
from .jobs import Job, Jobs, Waiting
from .library import Library, Media
from .messages import Message, Messages, TakenOver
from .owners import Owners
from .projects import Conflict, Projects, Session, Version
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
    "Messages",
    "Overview",
    "Projects",
    "Session",
    "Store",
    "StoreError",
    "Surplus",
    "TakenOver",
    "Version",
    "Waiting",
    "digest",
    "new_token",
    "store_error",
    "told",
]

_OWN_FILES = "studio.*"
"""The database with what belongs to it, and the log."""
_BESIDE = "studio.sqlite3-"
"""How the names of SQLite's other files begin."""
_PART = re.compile(r"(?P<owner>[0-9a-f]{32})(?:-[0-9a-f]{32})?\.part")
"""What a file is called while it arrives. What goes by another name was put there by somebody else."""


class Store:
    """Everything that outlives the process. Methods may be called from any thread."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        """Open the data folder, making it and all in it readable for its owner alone if need be.

        Raises:
            StoreError: it can't be used.
        """
        self.folder = folder
        self._incoming = folder / "incoming"
        self.results = folder / "results"
        media = folder / "media"
        self._inner = media, self._incoming, self.results
        self._owner: int | None = None
        self._close_to_others()
        self._media = media
        self._database = Database(folder / "studio.sqlite3", self._close_to_others)
        try:
            self.accounts = Accounts(self._database, settings)
        except BaseException:
            self._database.close()
            raise
        self.owners = Owners(self._database)
        self.backlog = Backlog()
        self.projects = Projects(self._database, self.owners.token)
        self.messages = Messages(self._database, self.accounts, self.backlog)
        self.library = Library(self._database, media)
        self.jobs = Jobs(self._database, self.backlog)
        self.transaction = self._database.transaction
        self._shelves = Shelf(media), Shelf(self.results)
        self.surpluses = Surpluses(self._database, *self._shelves, self.owners.token)
        self.clearing = Clearing(self._database, *self._shelves, self.surpluses)

    def _close_to_others(self) -> None:
        """Make the data folder private, as it is now: another one may have been put in its place.

        Raises:
            StoreError: it can't be done, or the folder is by now another user's.
        """
        try:
            _make_private(self.folder, *self._inner)
            owner = self.folder.stat().st_uid
            if owner != (self._owner if self._owner is not None else owner):
                raise PermissionError(errno.EPERM, "another user has put it there", str(self.folder))
        except (OSError, ValueError) as error:  # a ValueError for a name with a NUL
            raise cannot_open(error, self.folder) from error
        self._owner = owner

    def part(self) -> Path:
        """A new place for a file while it arrives; its name says whose it is.

        Raises:
            OSError: there is no place for it.
        """
        self._incoming.mkdir(mode=0o700, exist_ok=True)  # it may have been removed, for it was empty
        return self._incoming / f"{self.owners.token}-{secrets.token_hex(16)}.part"

    def sweep(self) -> None:
        """Remove what was arriving at processes that are no more.

        A process says that it lives before it takes anything in, so nothing of a living one goes. Where the
        folder is a link to a place elsewhere, nothing does.
        """
        if self._incoming.is_symlink():
            return
        try:
            parts = list(self._incoming.iterdir())
        except OSError:  # told where something is to arrive
            return
        living = self.owners.living()  # only now: whoever has begun since has no part among these
        for path in parts:
            part = _PART.fullmatch(path.name)
            if part and part["owner"] not in living and not path.is_symlink():
                with suppress(OSError):  # it is in the way of nobody
                    path.unlink()

    def keep(self, received: Path, file: str) -> None:
        """Move a received file into the media folder.

        Raises:
            OSError: it can't be moved.
        """
        self._media.mkdir(mode=0o700, exist_ok=True)
        received.replace(self._media / file)

    def drop(self, file: str) -> None:
        """Take a file out of the media folder again."""
        (self._media / file).unlink(missing_ok=True)

    def result(self, job: Job) -> Path:
        """Where the export's file is, or will be."""
        return self.results / _result_name(job.token, job.name)

    def films(self, user: str, most: int) -> list[tuple[str, str]]:
        """Path and index of the user's last films that are there still, whole, for another export."""
        results = self._shelves[1]
        found = [
            (_result_name(token, name), size, index)
            for token, name, size, index in self.jobs.made(user, most)
        ]
        return [
            (str(self.results / name), index) for name, size, index in found if results.size(name) == size
        ]

    def film(self, job: Job) -> Path:
        """Where this process makes the export's file: another one that makes it, too, has its own place.

        Raises:
            OSError: there is no place for it.
        """
        self.results.mkdir(mode=0o700, exist_ok=True)
        return self.results / f"{job.token}.{self.owners.token}{job.name[job.name.rindex('.') :]}"

    def publish(self, job: Job) -> None:
        """Put the export's finished file in its place.

        Raises:
            TakenOver: it is another process's to make by now. OSError: it can't be moved.
        """
        with self.transaction():  # from looking whose it is until it is there nobody takes it over
            if not self.jobs.ours(job):
                raise TakenOver
            self.film(job).replace(self.result(job))

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


def _make_private(folder: Path, *inner: Path) -> None:
    """Keep others out of the folder and of what the studio has in it, whatever it was before.

    A folder or a file in it that is a link to a place elsewhere is left as it is there.

    Raises:
        OSError: it can't be done, or a link leads to where others come in.
    """
    private_folder(folder)
    ours = [one for one in inner if not one.is_symlink()]
    for one in inner:
        if one in ours:
            private_folder(one)
        else:
            check_private(one)
    own = list(folder.glob(_OWN_FILES))
    for path in own:
        if not path.is_symlink():
            continue
        if path.name.startswith(_BESIDE):
            told = f"{path.name} in it is a link, which SQLite does not follow"
            raise FileExistsError(errno.EEXIST, told, str(path))
        check_private_file(path)
    for path in (*own, *(path for one in ours for path in one.iterdir())):
        tighten(path)


def _result_name(token: str, name: str) -> str:
    return f"{token}{name[name.rindex('.') :]}"
