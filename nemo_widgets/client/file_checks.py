"""What can be seen of a file before it is sent: is it there, of a listed type, not too large, and media?"""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.errors import FileTooLarge, UnsupportedFile, UploadError
from nemo_widgets.media_types import MEDIA_TYPES, extension_of_head, extensions, in_words, is_media, is_taken
from nemo_widgets.paths import near, shown
from nemo_widgets.unread_types import unread

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Checked", "check", "held", "read_by_studio", "unfit"]

_HEAD = 4096
_WEB_PAGE = "file.web page"
_OTHERS = (
    (re.compile(rb"PK\x03\x04|Rar!|7z\xbc\xaf|\x1f\x8b"), "file.archive"),
    (re.compile(rb"\x7fELF|MZ.{30}", re.DOTALL), "file.program"),
    (re.compile(rb"\s*(?:<!doctype html|<html|<\?xml)", re.IGNORECASE), _WEB_PAGE),
)
_TEXT = "file.text"
_ESCAPED = re.compile("%(?:22|0[AD])", re.IGNORECASE)
_LONGEST_NAME = 255
_BINARY = bytes(c for c in range(32) if c not in b"\t\n\f\r\x1b")


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be sent, as it was when it was looked at.

    `size` in bytes, `changed` in ns, `place` the device and inode: together they show that it is the same.
    """

    path: Path
    size: int
    changed: int
    media_type: str
    place: tuple[int, int]


def check(path: Path, most: int, *, studio: bool = False) -> Checked:
    """Look at a file before it is sent to the studio, or to another server, which takes fewer types.

    Raises:
        UploadError: it is not there, not a file, empty, can't be read, or has a name that would not arrive.
        UnsupportedFile: its type is not listed, or it clearly holds something else than its name says.
        FileTooLarge: it is over `most` bytes.
    """
    taken = extensions(studio=studio)
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise UploadError(
                say("file.folder", path=shown(path)), hint=say("file.all in it", path=shown(path))
            )
        if not stat.S_ISREG(about.st_mode):
            raise UploadError(say("file.ordinary", path=shown(path)))
        if why := unfit(path.name):
            raise UploadError(say("file.unfit", name=repr(path.name), why=why), hint=say("file.rename"))
        suffix = path.suffix.lower()
        with path.open("rb") as file:
            head = file.read(_HEAD)
        _check_type(path.name, suffix, head, studio=studio)
        if about.st_size == 0:
            raise UploadError(say("file.empty", name=path.name), hint=say("file.whole"))
        if about.st_size > most:
            raise FileTooLarge(say("file.size", name=path.name, size=f"{about.st_size / 1e6:.0f}"))
    except FileNotFoundError:
        raise UploadError(say("file.missing", path=shown(path)), hint=near(path, taken)) from None
    except (OSError, ValueError) as error:  # a ValueError for a name with a NUL
        why = getattr(error, "strerror", None) or say("file.invalid name")
        raise UploadError(say("file.unreadable", name=path.name, why=why)) from None
    media_type = MEDIA_TYPES.get(suffix) or MEDIA_TYPES[extension_of_head(head)]
    place = (about.st_dev, about.st_ino)
    if (what := held(head)) and not (what == _TEXT and media_type.kind == "text"):
        hint = f"{_instead(what, head)} {read_by_studio(path.name)}".strip() if studio else None
        raise UnsupportedFile(say("file.holds", name=path.name, suffix=suffix, what=say(what)), hint=hint)
    return Checked(path, about.st_size, about.st_mtime_ns, media_type.mime, place)


def _instead(what: str, head: bytes) -> str:
    """What to do about a file that holds something else than its name says; "" where nothing is known."""
    if what == _TEXT and (ending := extension_of_head(head)):
        return say("file.as subtitles", ending=ending)
    return say("file.page saved") if what == _WEB_PAGE else ""


def _check_type(name: str, suffix: str, head: bytes, *, studio: bool) -> None:
    taken = extensions(studio=studio)
    if other := unread(head, "" if suffix in taken else suffix):
        told = say("file.unread", name=name, what=say(other.what))
        told = say("file.holds", name=name, suffix=suffix, what=say(other.what)) if suffix in taken else told
        raise UnsupportedFile(told, hint=say(other.instead))
    if not is_taken(suffix, head, studio=studio):
        row = "file.text without times" if studio and held(head) == _TEXT else "file.type"
        hint = say("hint.UnsupportedFile", types=in_words(studio=studio))
        raise UnsupportedFile(say(row, name=name), hint=hint)


def read_by_studio(name: str) -> str:
    """What a studio reads of the kind that a file's name promises; all of it where it promises none."""
    media_type = MEDIA_TYPES.get(PurePath(name).suffix.lower())
    if media_type is None:
        return say("file.studio reads", types=in_words(studio=True))
    types = in_words(studio=True, kind=media_type.kind)
    return say(f"file.studio reads {media_type.kind}", types=types)


def unfit(name: str) -> str:
    """Why a name would not arrive as it is, in words that follow it; "" if it would.

    A form holds a name in quotes (RFC 7578); `"` is escaped as %22 (WHATWG), and a server may turn just that
    back. Servers take what stands before a backslash for a folder.
    """
    if any(c < " " or c == "\x7f" for c in name):
        return say("file.control character")
    if "\\" in name:
        return say("file.backslash")
    if _ESCAPED.search(name):
        return say("file.escaped")
    try:
        size = len(name.encode())
    except UnicodeEncodeError:
        return say("file.not utf8")
    return say("file.long name", bytes=size, most=_LONGEST_NAME) if size > _LONGEST_NAME else ""


def held(head: bytes) -> str:
    """The row that says what a file's first bytes clearly are; "" where they are media, or may be."""
    if is_media(head):
        return _TEXT if MEDIA_TYPES[extension_of_head(head)].kind == "text" else ""
    for pattern, name in _OTHERS:
        if pattern.match(head):
            return name
    return _TEXT if _is_text(head) else ""


def _is_text(head: bytes) -> bool:
    if head.translate(None, _BINARY) != head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(head) - 3  # a character cut off by the end of what was read
    return True
