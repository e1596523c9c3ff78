"""The sessions of this user on disk, beside the journal: a cloud has no list of them.

One small file a session, replaced as a whole each time, so that several kernels can write. A kernel that has
a session open holds a lock beside it, which the system takes away from a process that dies. No token is ever
in it.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import time
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from nemo_widgets.printable import printable_repr

from . import json_text
from .journal import Journal, Place, acquire, check_moment, file_lock, read_file, save
from .links import plain_links
from .paths import is_file
from .private_files import private_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from filelock import FileLock

    from .draft import Draft

__all__ = ["Hold", "Keeper", "Noted", "Register", "tail"]

_MOST = 500
_KEPT_DAYS = 180
_MOST_CLIPS = 100
_NEVER = "1970-01-01T00:00:00.000+00:00"
_FRESH_S = 60
_MOST_BYTES = 1024 * 1024
"""No note is larger."""
_COUNTS = range(10**15)
"""What tables can count."""
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_TAIL, _STEM = 4, 20
_NEW = ".new"
_STATES = ".states"


@printable_repr
@dataclass(frozen=True, slots=True)
class Noted:
    """A session as it was when this user saw it last.

    Attributes:
        clips: the names of what was uploaded, in order. segments: on all tracks together.
        created, used: moments as ISO 8601 in UTC. expires: when the anonymous token ended that it was used
            with last, "" for any other token.
    """

    place: Place
    clips: tuple[str, ...] = ()
    segments: int = 0
    duration_ms: int = 0
    created: str = ""
    used: str = ""
    expires: str = ""

    @property
    def name(self) -> str:
        """A short name that stays: the first clip's, and four letters that are the session's own."""
        stem = self.clips[0].rpartition(".")[0] or self.clips[0] if self.clips else "session"
        plain = "".join(c if c.isalnum() else " " for c in stem.lower())
        return f"{'-'.join(plain.split())[:_STEM].strip('-') or 'session'}-{tail(self.place.session_id)}"

    @property
    def expired(self) -> bool:
        """Whether the anonymous token has ended by now that it was used with."""
        return bool(self.expires) and self.expires < now()

    def of(self, draft: Draft) -> Noted:
        """The same with what is in a draft."""
        segments = sum(len(track.segments) for track in draft.layout())
        return replace(self, segments=segments, duration_ms=draft.duration_ms)

    @classmethod
    def read(cls, text: str) -> Noted:
        """From its file.

        Raises:
            ValueError, TypeError, KeyError: it is none, or one of a later version.
        """
        data = json_text.read(text)
        place, clips = Place(**data.pop("place")), tuple(map(str, data.pop("clips")))
        made = cls(place=place, clips=clips, **data)
        words = [place.api, place.session_id, place.task_id, place.skill, place.language]
        words += [] if place.studio is None else [place.studio]
        numbers = (made.segments, made.duration_ms)
        if not (place.session_id and _all(words, str) and _all(numbers, int)):
            raise ValueError("no session")
        if any(number not in _COUNTS for number in numbers):
            raise ValueError("no number of things")
        for moment in filter(None, (made.used, made.created, made.expires)):
            check_moment(moment)
        return replace(made, used=made.used or made.created or _NEVER)


class Hold:
    """Says that this process has a session open, until `close` or the process's end."""

    def __init__(self, found: FileLock | None, path: Path | None) -> None:
        self._lock, self._path = found, path

    def close(self) -> None:
        """Let go of it; may be called twice."""
        if self._lock is not None and self._path is not None:
            with contextlib.suppress(OSError):
                self._path.unlink()
            self._lock.release()
        self._lock = None


class Register:
    """The list. A folder that can't be written or read is no error: nothing is kept then.

    Args:
        folder: by default `sessions` in the journal's.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Journal().folder / "sessions"

    def all(self) -> list[Noted]:
        """All sessions, what was used last first."""
        found = [self._read(path) for path in self._files(".json")]
        return sorted((one for one in found if one), key=lambda one: one.used, reverse=True)

    def get(self, place: Place) -> Noted | None:
        """What is noted of the session of a place."""
        return self._read(self._path(place))

    def note(self, place: Place, draft: Draft, clips: Sequence[str] = (), expires: str = "") -> None:
        """Write down what is in a session now. One that never had anything in it is not written down."""
        before = self.get(place)
        names = dict.fromkeys(map(plain_links, [*(before.clips if before else ()), *clips]))
        if not names:
            segments = (segment for track in draft.layout() for segment in track.segments)
            found = (segment.name for segment in segments if segment.src and segment.name)
            names = dict.fromkeys(map(plain_links, found))
        used = now()
        created = before.created if before else used
        made = Noted(place, tuple(names)[:_MOST_CLIPS], created=created, used=used, expires=expires)
        made = made.of(draft)
        if not made.clips and not made.segments and before is None:
            return
        with contextlib.suppress(OSError):
            private_folder(self.folder)
            save(self._path(place), asdict(made))
        self.unmark(place)

    def drop(self, place: Place) -> None:
        """Forget a session."""
        for path in (self._path(place), self.history_path(place)):
            with contextlib.suppress(OSError):
                path.unlink()

    def history_path(self, place: Place) -> Path:
        """Where the states of a session are kept that no studio keeps."""
        return self.folder / f"{_key(place)}{_STATES}"

    def mark(self, place: Place) -> None:
        """Note that a session was made here, in which there is nothing yet."""
        with contextlib.suppress(OSError):
            private_folder(self.folder)
            self._mark(place).touch(mode=0o600)

    def marked(self, place: Place) -> bool:
        """Whether a session was made here, and nothing was noted of it since."""
        return is_file(self._mark(place))

    def unmark(self, place: Place) -> None:
        """Take the mark away: there was something in it, or it is gone."""
        with contextlib.suppress(OSError):
            self._mark(place).unlink(missing_ok=True)

    def _mark(self, place: Place) -> Path:
        return self.folder / f"{_key(place)}{_NEW}"

    def hold(self, place: Place) -> Hold:
        """Say that this process has it open."""
        path = self.folder / f"{_key(place)}-{secrets.token_hex(4)}.lock"
        with contextlib.suppress(OSError, TimeoutError):
            private_folder(self.folder)
            found = file_lock(path)
            acquire(found)
            return Hold(found, path)
        return Hold(None, None)

    def held(self, place: Place) -> bool:
        """Whether a process that lives has it open, this one or another."""
        key = _key(place)
        return any(_is_held(path) for path in self._files(".lock") if path.name.startswith(f"{key}-"))

    def tidy(self) -> None:
        """Forget what was not used for half a year, and more than is kept; and what killed processes left."""
        oldest = (datetime.now(UTC) - timedelta(days=_KEPT_DAYS)).isoformat()
        for number, one in enumerate(self.all()):
            if number >= _MOST or one.used < oldest:
                self.drop(one.place)
        for path in self._files(".lock"):
            _is_held(path, remove=True)
        for path in self._files(_NEW):
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > _KEPT_DAYS * 86_400:
                    path.unlink()
        with contextlib.suppress(OSError):
            for path in (*self.folder.glob(".*.json.*"), *self.folder.glob(f".*{_STATES}.*")):
                if time.time() - path.stat().st_mtime > _FRESH_S:
                    path.unlink()

    def _path(self, place: Place) -> Path:
        return self.folder / f"{_key(place)}.json"

    def _files(self, suffix: str) -> list[Path]:
        with contextlib.suppress(OSError):
            return [path for path in self.folder.iterdir() if path.suffix == suffix]
        return []

    def _read(self, path: Path) -> Noted | None:
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError, RecursionError, AttributeError):
            return Noted.read(read_file(path, _MOST_BYTES))
        return None


class Keeper:
    """What a session that is open here writes down of itself. Any thread may call it."""

    def __init__(self, place: Place) -> None:
        self._register = Register()
        self._place = place
        self._hold = self._register.hold(place)
        self._closed = False

    def note(self, place: Place, draft: Draft, clips: Sequence[str], expires: float) -> None:
        """Write down what is in it now, at a `place` that may be another than before.

        `expires` is when an anonymous token ends, seconds since 1970, 0 for any other.
        """
        if place.session_id != self._place.session_id and not self._closed:
            self._hold.close()
            self._place, self._hold = place, self._register.hold(place)
        ends = datetime.fromtimestamp(expires, UTC).isoformat(timespec="milliseconds") if expires else ""
        self._register.note(place, draft, clips, ends)

    def close(self) -> None:
        """It is open here no more."""
        self._closed = True
        self._hold.close()


def tail(session_id: str) -> str:
    """Four letters that are a session's own."""
    number = int.from_bytes(hashlib.sha256(session_id.encode()).digest()[:8], "big")
    letters = ""
    for _ in range(_TAIL):
        number, at = divmod(number, len(_LETTERS))
        letters += _LETTERS[at]
    return letters


def now() -> str:
    """This moment as ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _all(values: Iterable[object], kind: type) -> bool:
    return all(isinstance(value, kind) and not isinstance(value, bool) for value in values)


def _key(place: Place) -> str:
    return hashlib.sha256(f"{place.server}\0{place.session_id}".encode("utf-8", "surrogatepass")).hexdigest()[
        :24
    ]


def _is_held(path: Path, *, remove: bool = False) -> bool:
    try:
        with file_lock(path).acquire(timeout=0):
            if remove and time.time() - path.stat().st_mtime > _FRESH_S:
                path.unlink()
            return False
    except TimeoutError:
        return True
    except OSError:
        return False
