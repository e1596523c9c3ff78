"""Whether a file is there to its end, whether others are joined to it, and whether it is in fragments."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from .bare import bare_sound
from .joints import boxes, joints

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

__all__ = ["Structure", "Window", "structure"]

_SEGMENT = b"\x18\x53\x80\x67"
_PROPERTIES = bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365")
"""What begins that part of a WMV's head which tells its size, and whether that is known."""
_UNKNOWN = 0xFFFFFF00
"""Sizes from here on are written by who does not know how much will come."""


class Window(NamedTuple):
    """A part of a file, from one byte to before another, that is a whole file by itself."""

    begin: int
    end: int


class Structure(NamedTuple):
    """What the outermost parts of a file say.

    `cut`: it ends before they say so. `pieces`: it is made of fragments. `windows`: the files that were
    joined end to end in it, none where it is one.
    """

    cut: bool = False
    pieces: bool = False
    windows: tuple[Window, ...] = ()
    share: Fraction = Fraction(0)
    """What part of the sound that is there the head tells of, 0 where it tells of all, or of nothing."""


def structure(path: Path, form: str, window: Window | None = None) -> Structure:
    """What the boxes, chunks or elements say of a file, or of one that is a part of it.

    `form` is FFmpeg's name of the format. Remembered for the files looked at last.
    """
    about = path.stat()
    return _structure(path, form, window or Window(0, about.st_size), about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=128)
def _structure(path: Path, form: str, window: Window, changed: int, size: int) -> Structure:  # noqa: ARG001
    begin, end = window
    with path.open("rb") as file:
        # A file of the future may be looked into while it is still arriving: then it has no second one yet.
        starts = joints(file, form, window) if window == (0, size) else ()
        windows = tuple(map(Window, (begin, *starts), (*starts, end))) if starts else ()
        if form.startswith("mov"):
            first = windows[0] if windows else window
            kinds, last = [], first.begin
            for kind, _, stop in boxes(file, *first):
                kinds.append(kind)
                last = stop
            return Structure(last > first.end or b"moov" not in kinds, b"moof" in kinds, windows)
        if form.startswith("matroska"):
            return Structure(begin + _segment_end(file, begin) > end, windows=windows)
        if (bare := bare_sound(path)) is not None and window == (0, size):
            share = Fraction(bare.told, bare.there) if bare.more and not windows else Fraction(0)
            return Structure(bare.missing, windows=windows, share=share)
        if form in ("avi", "wav"):
            file.seek(begin)
            head = file.read(8)
            told = int.from_bytes(head[4:8], "little")
            short = head[:4] == b"RIFF" and end - begin + 8 < told + 8 < _UNKNOWN
            return Structure(cut=short, windows=windows)
        if form == "asf":
            return Structure(begin + _told_by_asf(file, begin) > end, windows=windows)
        return Structure(windows=windows)


def _told_by_asf(file: BinaryIO, begin: int) -> int:
    """How many bytes a WMV's head says that the file has; 0 where it was written as it was sent."""
    file.seek(begin)
    head = file.read(4096)
    place = head.find(_PROPERTIES)
    if place < 0 or place + 92 > len(head) or head[place + 88] & 1:
        return 0
    return int.from_bytes(head[place + 40 : place + 48], "little")


def _segment_end(file: BinaryIO, begin: int) -> int:
    """The byte behind a Matroska file's segment, counted from its beginning; 0 where it doesn't say."""
    file.seek(begin)
    head = file.read(4096)
    place = head.find(_SEGMENT)
    if place < 0 or place + 5 > len(head):
        return 0
    at = place + 4
    length = 9 - head[at].bit_length()
    if length > 8:  # noqa: PLR2004 - no such number
        return 0
    value = int.from_bytes(head[at : at + length], "big") & ((1 << 7 * length) - 1)
    return 0 if value == (1 << 7 * length) - 1 else at + length + value
