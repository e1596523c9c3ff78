"""What was begun and what became of it, on disk before anything is sent: nothing is lost with a kernel.

A run's record is one JSON file, replaced as a whole each time. Whoever carries the run holds a lock beside
it, which the operating system takes away from a process that dies; so a record that has no end and no lock
was left behind, and can be attached to. No token is ever in it: a session's address says nothing without one.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import stat
import threading
import time
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import json_text
from .catalogue import say
from .disk_faults import explain
from .errors import JournalError, UsageError
from .paths import expanded, is_file, is_folder, is_there, meant
from .printable import printable_repr
from .private_files import private_folder, tighten
from .redaction import redact_in
from .run_details import check_details, once_over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filelock import FileLock

__all__ = [
    "ENDS",
    "Entry",
    "Journal",
    "Place",
    "Record",
    "acquire",
    "check_moment",
    "file_lock",
    "read_file",
    "save",
]

ENDS = ("done", "partly done", "refused", "asked", "not done", "cancelled", "failed")
"""How a run can be over. Without one of these its `stage` is begun (nothing was sent), sent, or unknown."""

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_KEPT_DAYS = 60
_LOOKS, _LOOK_S = 10, 0.03
"""So often in all, so long apart, a lock is tried that another kernel may hold just to look at it. Tries are
counted, not time: when the machine stands still, so does the other kernel."""
_FRESH_S = 60
_MOST_BYTES = 64 * 1024 * 1024
"""No record is larger, whatever the timeline in it."""
_YEARS = range(1970, 3000)
"""Moments outside of these can't be told on every clock."""


@printable_repr
@dataclass(frozen=True, slots=True)
class Place:
    """Where a run's session is. `studio`: the data folder of an embedded studio, None for another server."""

    api: str = ""
    session_id: str = field(default="", repr=False)
    task_id: str = field(default="", repr=False)
    skill: str = ""
    language: str = ""
    studio: str | None = None

    @property
    def server(self) -> str:
        """What tells it from another one: a studio's data folder, for its address changes, or an address."""
        return self.studio if self.studio is not None else self.api


@printable_repr
@dataclass(frozen=True, slots=True)
class Record:
    """One run as it stands on disk.

    Attributes:
        stage: begun, sent, unknown, or one of `ENDS`.
        created, ended: moments as ISO 8601 in UTC, "" for none.
        before: the draft's JSON before the run.
        details: what its kind needs to go on: render id, target, sources, the agent's question; and the
            `notebook` that it was begun in, where Jupyter tells.
        told: how it ended, a sentence.
    """

    id: str
    kind: str
    request: str
    place: Place
    stage: str = "begun"
    created: str = ""
    ended: str = ""
    before: dict[str, Any] | None = field(default=None, repr=False)
    details: dict[str, Any] = field(default_factory=dict, repr=False)
    told: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing more can come of it."""
        return self.stage in ENDS

    @classmethod
    def read(cls, text: str) -> Record:
        """A record from its file.

        Raises:
            ValueError: it is none, or one of a later version.
        """
        data = json_text.read(text)
        data, place = _object(data), Place(**_object(_object(data).pop("place", None)))
        if unknown := set(data) - {f.name for f in fields(cls)}:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
        made = cls(place=place, **data)
        words = [made.id, made.kind, made.request, made.stage, made.created, made.ended, made.told]
        words += [place.api, place.session_id, place.task_id, place.skill, place.language]
        words += [] if place.studio is None else [place.studio]
        objects = [made.details] if made.before is None else [made.details, made.before]
        if not all(isinstance(w, str) for w in words) or not all(isinstance(o, dict) for o in objects):
            raise ValueError("no record")
        check_details(made.kind, made.details, over=made.over)
        for moment in filter(None, (made.created, made.ended)):
            check_moment(moment)
        return made


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("no object")  # noqa: TRY004 - it is a file that is none of ours
    return value


class Entry:
    """A run's record in the hands of whoever carries the run. Any thread may write to it."""

    def __init__(self, path: Path, record: Record, lock: FileLock, *, attached: bool = False) -> None:
        self.record = record
        self.attached = attached
        self._path, self._lock = path, lock
        self._stage = record.stage
        """As it stands on disk."""
        self._writing = threading.Lock()

    def write(self, **changed: Any) -> None:
        """Change the record, here and on disk, before returning.

        Raises:
            JournalError: it can't be written.
        """
        with self._writing:
            details = {**self.record.details, **changed.pop("details", {})}
            self.record = replace(self.record, details=details, **changed)
            if self.record.over:
                self.record = replace(self.record, details=once_over(details))
            _save(self._path, self.record)
            self._stage = self.record.stage

    def end(self, stage: str, told: str = "", **details: Any) -> None:
        """Say how it ended, and let go of it. A `stage` that is no end leaves it to be attached to.

        Where the disk is full, what is over is over all the same. A record by which nothing was sent goes
        then, which takes no room: else the run would be offered as one that was left behind.
        """
        try:
            self.write(stage=stage, told=told, ended=_now() if stage in ENDS else "", details=details)
        except JournalError:
            if stage in ENDS and self._stage == "begun":
                with contextlib.suppress(OSError):
                    self._path.unlink()
        self._lock.release()


class Journal:
    """The records of all runs of this user, in one folder.

    Args:
        folder: by default NEMO_JOURNAL, else the platform's place for a program's state.
    """

    def __init__(self, folder: str | Path | None = None) -> None:
        self.folder = Path(folder) if folder else _folder()

    def new_id(self, kind: str) -> str:
        """A short name that no run here has, such as `edit-7kq2m`."""
        while True:
            found = f"{kind}-{''.join(secrets.choice(_LETTERS) for _ in range(5))}"
            if not is_there(self._path(found)):
                return found

    def begin(
        self,
        run_id: str,
        kind: str,
        request: str,
        place: Place,
        *,
        before: dict[str, Any] | None = None,
        **details: Any,
    ) -> Entry:
        """Write a new run down. It is on disk when this returns.

        Raises:
            JournalError: it can't be.
        """
        record = Record(run_id, kind, request, place, created=_now(), before=before, details=details)
        path = self._path(run_id)
        try:
            self._close_off()
            lock = file_lock(path)
            lock.acquire(timeout=0)
        except (OSError, TimeoutError) as error:
            raise _unwritable(path, error) from None
        try:
            _save(path, record)
        except JournalError:
            lock.release()
            raise
        return Entry(path, record, lock)

    def take(self, run_id: str) -> Entry:
        """Take over a run that was left behind.

        Raises:
            UsageError: there is none of that name, it is over, or another kernel carries it.
            JournalError: its lock can't be had.
        """
        path = self._path(run_id)
        if not _is_id(run_id) or not is_file(path):
            near = get_close_matches(run_id, [record.id for record in self.records()], n=1)
            hint = meant(near) if near else say("journal.lists")
            raise UsageError(say("journal.no run", name=repr(run_id)), hint=hint)
        lock = file_lock(path)
        try:
            acquire(lock)
        except TimeoutError:
            raise UsageError(say("journal.alive", name=run_id), hint=say("journal.wait there")) from None
        except OSError as error:
            raise _unwritable(path, error) from None
        record = self._read(path)
        if record is None or record.over:
            lock.release()
            ended = say("journal.unreadable")
            if record:
                ended = f"{say('run.ended', told=say(f'state.{record.stage}'))} {record.told}".strip()
            raise UsageError(say("journal.over", name=run_id, ended=ended), hint=say("journal.to attach"))
        return Entry(path, record, lock, attached=True)

    def records(self) -> list[Record]:
        """All runs, the newest first."""
        found = [self._read(path) for path in self._files()]
        return sorted((r for r in found if r), key=lambda r: (r.created, r.id), reverse=True)

    def carried(self, record: Record) -> bool:
        """Whether a process that lives carries this run."""
        if record.over:
            return False
        try:
            with file_lock(self._path(record.id)).acquire(timeout=0):
                return False
        except TimeoutError:
            return True
        except OSError:
            return False

    def left(self) -> list[Record]:
        """The runs that were left behind, the newest first."""
        return [record for record in self.records() if not record.over and not self.carried(record)]

    def tidy(self) -> None:
        """Forget what has been over for two months, and what processes left half written when they died."""
        if is_folder(self.folder):
            with contextlib.suppress(OSError):  # told when a run is to be written down
                self._close_off()
        oldest = (datetime.now(UTC) - timedelta(days=_KEPT_DAYS)).isoformat()
        for record in self.records():
            if record.over and record.ended < oldest:
                for path in (self._path(record.id), self._path(record.id).with_suffix(".lock")):
                    with contextlib.suppress(OSError):
                        path.unlink()
        for path in sorted(self._strays()):  # halves first: to get at one's lock is to make it
            # Whoever writes for a run holds its lock; who can get it disturbs nobody.
            run_id = path.name.strip(".").partition(".")[0]
            with contextlib.suppress(OSError), file_lock(self._path(run_id)).acquire(timeout=0):
                path.unlink()

    def _close_off(self) -> None:
        """Make the folder, and keep others out of it and of what it holds.

        Raises:
            OSError: it can't be done.
        """
        if private_folder(self.folder):
            for path in self.folder.iterdir():
                tighten(path)

    def _strays(self) -> list[Path]:
        """Halves of records, and locks of records that were never written, but for those of this minute."""
        with contextlib.suppress(OSError):
            return [
                path
                for path in self.folder.iterdir()
                if path.name.startswith(".")
                or (
                    path.suffix == ".lock"
                    and not self._path(path.stem).exists()
                    and time.time() - path.stat().st_mtime > _FRESH_S
                )
            ]
        return []

    def _path(self, run_id: str) -> Path:
        return self.folder / f"{run_id}.json"

    def _files(self) -> Iterator[Path]:
        with contextlib.suppress(OSError):
            yield from (path for path in self.folder.iterdir() if path.suffix == ".json")

    def _read(self, path: Path) -> Record | None:
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError, RecursionError, AttributeError):
            record = Record.read(read_file(path, _MOST_BYTES))
            # By its name it is found again, locked and removed: another one would lead elsewhere.
            return record if record.id == path.stem and _is_id(record.id) else None
        return None


def _folder() -> Path:
    if chosen := os.environ.get("NEMO_JOURNAL"):
        return expanded(chosen)
    from platformdirs import user_state_path

    return user_state_path("nemo-widgets", appauthor=False) / "runs"


def read_file(path: Path, most: int) -> str:
    """The text of a plain file of at most `most` bytes.

    Raises:
        OSError: it can't be read. ValueError: it is a link, a pipe or the like, or larger.
    """
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode) or found.st_size > most:
        raise ValueError("no file of ours")
    return path.read_text("utf-8")


def check_moment(text: str) -> None:
    """Do nothing, unless a text is no moment with a zone, in a year that any clock can tell.

    Raises:
        ValueError: it is none.
    """
    at = datetime.fromisoformat(text)
    if at.tzinfo is None or at.year not in _YEARS:
        raise ValueError("no moment")


def file_lock(path: Path) -> FileLock:
    """A lock beside a file, which the system takes away from a process that dies."""
    from filelock import FileLock

    return FileLock(path.with_suffix(".lock"), thread_local=False, mode=0o600)


def acquire(lock: FileLock) -> None:
    """Take a lock, which other kernels hold for a moment when they look whether it is held.

    Raises:
        TimeoutError: another one keeps it.
        OSError: it can't be had.
    """
    for _ in range(_LOOKS - 1):
        with contextlib.suppress(TimeoutError):
            lock.acquire(timeout=0)
            return
        time.sleep(_LOOK_S)
    lock.acquire(timeout=0)


def _is_id(run_id: str) -> bool:
    return run_id.replace("-", "").isalnum() and run_id.isascii()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _save(path: Path, record: Record) -> None:
    try:
        # Without a copy of what is in it, which may be a large timeline.
        data = {each.name: getattr(record, each.name) for each in fields(record)}
        save(path, {**data, "place": asdict(record.place)})
    except OSError as error:
        raise _unwritable(path, error) from None


def save(path: Path, data: dict[str, Any]) -> None:
    """Replace the file by one that is whole, on the disk, and readable by its owner alone.

    What is secret is not in it; the draft `before` a run came without it.

    Raises:
        OSError: it can't be written; the file is as it was.
    """
    data = {name: value if name == "before" else redact_in(value) for name, value in data.items()}
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            # In ASCII, which takes half of a character as well; at once, which is many times as fast.
            file.write(json.dumps(data))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        if os.name == "posix":  # the name is on the disk only once its folder is
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def _unwritable(path: Path, error: Exception) -> JournalError:
    why, remedy = explain(error) if isinstance(error, OSError) else (say("journal.locked"), "")
    return JournalError(
        say("journal.unwritable", folder=path.parent, why=why),
        hint=f"{remedy} {JournalError.default_hint}".strip(),
    )
