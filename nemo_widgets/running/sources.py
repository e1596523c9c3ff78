"""What is to be uploaded, files and links: their names, and what shows that a file is still the same."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nemo_widgets.client import MediaFile
from nemo_widgets.links import is_link, link_name, without_query
from nemo_widgets.paths import expanded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nemo_widgets.client import State

__all__ = ["absolute", "file_of", "is_link", "media_called", "mentions", "name_of", "shown", "stamp_of"]


def file_of(source: str) -> Path:
    """The file that a source names."""
    return expanded(source)


def name_of(source: str) -> str:
    """What the server will call it. What follows a link's `?` may be a secret, and is no part of any name."""
    return link_name(source) if is_link(source) else Path(source).name


def shown(source: str) -> str:
    """The source as it may be shown: a link without its query."""
    return without_query(source) if is_link(source) else source


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
    return [file for file in files if name in (file.filename, link_name(file.cdn_url))]


def mentions(state: State, name: str) -> int:
    """How often a state names a file, wherever that is: not every server lists sounds among its videos."""
    return sum(name in (text, link_name(text)) for text in _texts(state.raw))


def _texts(value: Any) -> Iterator[str]:
    """All texts in a JSON value."""
    stack = [value]
    while stack:
        held = stack.pop()
        if isinstance(held, str):
            yield held
        elif isinstance(held, (dict, list)):
            stack += held.values() if isinstance(held, dict) else held
