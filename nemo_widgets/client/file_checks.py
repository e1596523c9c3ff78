"""What can be seen of a file before it is sent: is it there, of a listed type, not too large, and media?"""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from nemo_widgets.errors import FileTooLarge, UnsupportedFile, UploadError
from nemo_widgets.media_types import MEDIA_TYPES, extension_of_head, extensions, in_words, is_media, is_taken
from nemo_widgets.paths import near, shown
from nemo_widgets.unread_types import unread

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Checked", "check", "held", "read_by_studio", "unfit"]

_HEAD = 4096
_WEB_PAGE = "a web page"
_OTHERS = (
    (re.compile(rb"PK\x03\x04|Rar!|7z\xbc\xaf|\x1f\x8b"), "an archive"),
    (re.compile(rb"\x7fELF|MZ.{30}", re.DOTALL), "a program"),
    (re.compile(rb"\s*(?:<!doctype html|<html|<\?xml)", re.IGNORECASE), _WEB_PAGE),
)
_PAGE = "The page was saved instead of the file: download the file itself."
_KINDS = {"video": "Videos", "image": "Pictures", "audio": "Sounds", "text": "Subtitles"}
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
            raise UploadError(f"{shown(path)} is a folder.", hint=f"All that is in it: {shown(path)}/*")
        if not stat.S_ISREG(about.st_mode):
            raise UploadError(f"{shown(path)} is not an ordinary file.")
        if why := unfit(path.name):
            raise UploadError(f"{path.name!r} {why}.", hint="Rename it, then upload it.")
        suffix = path.suffix.lower()
        with path.open("rb") as file:
            head = file.read(_HEAD)
        _check_type(path.name, suffix, head, studio=studio)
        if about.st_size == 0:
            raise UploadError(f"{path.name} is empty.", hint="Was it copied or downloaded to its end?")
        if about.st_size > most:
            raise FileTooLarge(f"{path.name} has {about.st_size / 1e6:.0f} MB.")
    except FileNotFoundError:
        raise UploadError(f"There is no file {shown(path)}.", hint=near(path, taken)) from None
    except (OSError, ValueError) as error:  # a ValueError for a name with a NUL
        why = getattr(error, "strerror", None) or "its name is not valid"
        raise UploadError(f"{path.name} can't be read: {why}.") from None
    media_type = MEDIA_TYPES.get(suffix) or MEDIA_TYPES[extension_of_head(head)]
    place = (about.st_dev, about.st_ino)
    if (what := held(head)) and not (what == media_type.kind == "text"):
        hint = f"{_instead(what, head)} {read_by_studio(path.name)}".strip() if studio else None
        raise UnsupportedFile(f"{path.name} is named {suffix} but holds {what}.", hint=hint)
    return Checked(path, about.st_size, about.st_mtime_ns, media_type.mime, place)


def _instead(what: str, head: bytes) -> str:
    """What to do about a file that holds something else than its name says; "" where nothing is known."""
    if what == "text" and (ending := extension_of_head(head)):
        return f"To use it as subtitles, rename it to {ending}."
    return _PAGE if what == _WEB_PAGE else ""


def _check_type(name: str, suffix: str, head: bytes, *, studio: bool) -> None:
    taken = extensions(studio=studio)
    if other := unread(head, "" if suffix in taken else suffix):
        what = f"is named {suffix} but holds {other}" if suffix in taken else f"is {other}, which is not read"
        raise UnsupportedFile(f"{name} {what}.", hint=other.instead)
    if not is_taken(suffix, head, studio=studio):
        why = ": there is text in it, without times of subtitles" if studio and held(head) == "text" else ""
        raise UnsupportedFile(
            f"{name} is of no supported type{why}.", hint=f"Supported: {in_words(studio=studio)}."
        )


def read_by_studio(name: str) -> str:
    """What a studio reads of the kind that a file's name promises; all of it where it promises none."""
    media_type = MEDIA_TYPES.get(PurePath(name).suffix.lower())
    if media_type is None:
        return f"The studio reads {in_words(studio=True)}."
    return f"{_KINDS[media_type.kind]} that the studio reads: {in_words(studio=True, kind=media_type.kind)}."


def unfit(name: str) -> str:
    """Why a name would not arrive as it is, in words that follow it; "" if it would.

    A form holds a name in quotes (RFC 7578); `"` is escaped as %22 (WHATWG), and a server may turn just that
    back. Servers take what stands before a backslash for a folder.
    """
    if any(c < " " or c == "\x7f" for c in name):
        return "has a line end or another control character in its name"
    if "\\" in name:
        return "has a backslash in its name"
    if _ESCAPED.search(name):
        return "has %22, %0A or %0D in its name, which servers may read as something else"
    try:
        size = len(name.encode())
    except UnicodeEncodeError:
        return "has a name that is not UTF-8"
    return f"has a name of {size} bytes, over {_LONGEST_NAME}" if size > _LONGEST_NAME else ""


def held(head: bytes) -> str:
    """What a file's first bytes clearly are, if they are not media; "" if they are, or may be."""
    if is_media(head):
        return "text" if MEDIA_TYPES[extension_of_head(head)].kind == "text" else ""
    for pattern, name in _OTHERS:
        if pattern.match(head):
            return name
    return "text" if _is_text(head) else ""


def _is_text(head: bytes) -> bool:
    if head.translate(None, _BINARY) != head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(head) - 3  # a character cut off by the end of what was read
    return True
