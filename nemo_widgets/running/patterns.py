"""Names with * ? [ ] in them become the files that fit, in the order in which people count."""

from __future__ import annotations

import contextlib
import glob
import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.errors import UploadError
from nemo_widgets.media_types import extensions
from nemo_widgets.paths import is_file, is_there, meant, near

from .sources import file_of, is_link

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

__all__ = ["fitting"]

_NUMBER = re.compile(r"(\d+)")
_NAMED = 3
"""No more names than this are told."""


def fitting(sources: Iterable[str | Path], *, studio: bool = False) -> tuple[list[str], list[str]]:
    """The files and links that are meant, in order, and the names of files that fit but can't be uploaded.

    A file that is there under its very name is that file, brackets or not. A pattern stands for the media
    files that fit it and are not named by themselves; `**` for folders of any depth. The studio takes more
    types of media than another server.

    Raises:
        UploadError: nothing fits a pattern.
    """
    given = [str(source) for source in sources]
    named = {file_of(source).absolute() for source in given if not _is_pattern(source)}
    meant: list[str] = []
    left_out: list[str] = []
    taken = extensions(studio=studio)
    for source in given:
        if not _is_pattern(source):
            meant.append(source)
            continue
        found = [p for p in _matches(source) if p.absolute() not in named]
        media = [p for p in found if p.suffix.lower() in taken]
        if not media:
            raise _nothing(source, found, taken)
        named.update(p.absolute() for p in media)
        meant += map(str, media)
        left_out += [p.name for p in found if p not in media]
    return meant, left_out


def _is_pattern(source: str) -> bool:
    return not is_link(source) and glob.has_magic(source) and not is_there(file_of(source))


def _matches(pattern: str) -> list[Path]:
    whole = str(file_of(pattern))
    found = map(Path, glob.glob(whole, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
    return sorted((path for path in found if is_file(path)), key=_counted)


def _counted(path: Path) -> list[tuple[int, int, str]]:
    """A key by which clip2 comes before clip10, and A beside a."""
    words = _NUMBER.split(str(path).casefold())
    return [(int(word), 0, word) if i % 2 else (-1, 1, word) for i, word in enumerate(words)]


def _nothing(pattern: str, others: list[Path], taken: Collection[str]) -> UploadError:
    if others:
        names = ", ".join(p.name for p in others[:_NAMED])
        more = say("session.and more", count=len(others) - _NAMED) if len(others) > _NAMED else ""
        return UploadError(
            say("file.no media fit", pattern=pattern), hint=say("file.fits", names=f"{names}{more}")
        )
    path = file_of(pattern)
    if glob.has_magic(str(path.parent)):
        return UploadError(say("file.no fit", pattern=pattern), hint=say("file.elsewhere"))
    with contextlib.suppress(OSError):
        like = [p.name for p in path.parent.iterdir() if fnmatchcase(p.name.lower(), path.name.lower())]
        if like:
            return UploadError(say("file.no fit", pattern=pattern), hint=meant(like[:_NAMED]))
    return UploadError(say("file.no fit", pattern=pattern), hint=near(path, taken))
