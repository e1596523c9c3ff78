"""The sessions that a scripted backend holds: in memory, gone with it."""

from __future__ import annotations

import copy
import hashlib
import threading
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, urlsplit

from nemo_widgets.media_types import MEDIA_TYPES

from .records import Upload

__all__ = ["SEEN", "Memory", "Session", "kind_of", "name_in", "upload_entry"]

_FIRST_ID = 5529700000000000001
"""As the protocol shows them: digits beyond 2^53."""
_VIDEO_MS, _PICTURE_MS = 10_000, 4_000
_WIDTH, _HEIGHT, _FPS = 1920, 1080, 30
SEEN = frozenset({"video", "image"})
"""Kinds of media that stand on the timeline."""


@dataclass(slots=True, eq=False)
class Session:
    """One session's state."""

    id: str
    task_id: str
    name: str = "project"
    language: str = "en"
    draft: dict[str, Any] = field(default_factory=dict, repr=False)
    uploads: list[Upload] = field(default_factory=list, repr=False)


class Memory:
    """All sessions, with what was uploaded into them."""

    def __init__(self) -> None:
        self.sessions: dict[str, Session] = {}
        self.uploads: list[Upload] = []
        self._lock = threading.Lock()

    def make(self, name: str, language: str) -> Session:
        """A new session."""
        with self._lock:
            number = len(self.sessions)
            made = Session(str(_FIRST_ID + number), f"task-{number + 1}", name, language)
            self.sessions[made.id] = made
        return made

    def latest(self) -> Session | None:
        """The session made last."""
        return next(reversed(self.sessions.values()), None)

    def add(self, session: Session, filename: str, content: bytes, *, link: str = "", base: str) -> Upload:
        """Take a file in; a video or picture stands on the timeline at once.

        `base` is where the client reaches us.
        """
        digest = hashlib.sha256(content or link.encode()).hexdigest()
        upload = Upload(session.id, filename, kind_of(filename), content, link, digest)
        with self._lock:
            self.uploads.append(upload)
            session.uploads.append(upload)
            if upload.kind in SEEN:
                session.draft = _placed(session.draft, upload, source(upload, base))
        return upload


def kind_of(filename: str) -> str:
    """video, image, audio or text, by the name; "" for what is no media file."""
    known = MEDIA_TYPES.get(PurePosixPath(filename).suffix.lower())
    return known.mime.partition("/")[0] if known else ""


def upload_entry(upload: Upload, base: str) -> dict[str, Any]:
    """What the answer to an upload says of a file: made up, for nobody has looked into it."""
    video, seen = upload.kind == "video", upload.kind in SEEN
    return {
        "filename": upload.filename,
        "file_type": upload.kind,
        "cdn_url": source(upload, base),
        "duration": None if upload.kind in ("image", "text") else _VIDEO_MS / 1000,
        "width": _WIDTH if seen else None,
        "height": _HEIGHT if seen else None,
        "fps": _FPS if video else None,
        "hash": upload.hash,
    }


def name_in(link: str) -> str:
    """The file's name in a link."""
    return PurePosixPath(urlsplit(link).path).name


def source(upload: Upload, base: str) -> str:
    """Where a file is fetched from."""
    return f"{base}/media/{upload.hash[:16]}/{quote(upload.filename, safe='')}"


def _placed(draft: dict[str, Any], upload: Upload, src: str) -> dict[str, Any]:
    """The draft with the file behind the last segment of its first video track."""
    new = copy.deepcopy(draft) or {
        "d": 0,
        "m": {"title": upload.filename, "width": _WIDTH, "height": _HEIGHT, "fps": _FPS},
        "t": [],
    }
    tracks = new.setdefault("t", [])
    track = next((track for track in tracks if track.get("tt") == 0), None)
    if track is None:
        tracks.insert(0, track := {"tt": 0, "m": {"name": "Main"}, "sg": []})
    start = sum(segment.get("d", 0) for segment in track.setdefault("sg", []))
    length = _PICTURE_MS if upload.kind == "image" else _VIDEO_MS
    meta = {
        "id": f"v{len(track['sg']) + 1}",
        "start": start,
        "src": src,
        "in": 0,
        "out": length,
        "speed": 1.0,
        "volume": 1.0,
        "name": PurePosixPath(upload.filename).stem,
    }
    track["sg"].append({"d": length, "m": meta})
    new["d"] = start + length
    return new
