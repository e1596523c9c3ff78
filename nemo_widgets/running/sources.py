"""What is to be uploaded, files and links: their names, and what shows that a file is still the same."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from nemo_widgets.client import MediaFile

if TYPE_CHECKING:
    from nemo_widgets.client import State

__all__ = ["absolute", "file_of", "is_link", "media_called", "name_of", "stamp_of"]

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def is_link(source: str) -> bool:
    """Whether it is an address, of whatever kind, and not a file here: the client says which it can take."""
    return _ADDRESS.match(source.strip()) is not None


def file_of(source: str) -> Path:
    """The file that a source names."""
    return Path(source).expanduser()


def name_of(source: str) -> str:
    """What the server will call it."""
    return PurePosixPath(urlsplit(source).path).name or source if is_link(source) else Path(source).name


def absolute(source: str) -> str:
    """The source as a kernel with another working directory finds it."""
    return source if is_link(source) else str(file_of(source).absolute())


def stamp_of(source: str) -> list[int] | None:
    """What shows that a file is the same as before; None for a link and for what is not there."""
    with contextlib.suppress(OSError, ValueError):
        about = None if is_link(source) else file_of(source).stat()
        return [about.st_size, about.st_mtime_ns] if about else None
    return None


def media_called(state: State, name: str) -> list[MediaFile]:
    """What the state knows of uploads of that name, in order."""
    files = [MediaFile.from_json(info) for info in state.video_infos if isinstance(info, dict)]
    return [file for file in files if file.filename == name]
