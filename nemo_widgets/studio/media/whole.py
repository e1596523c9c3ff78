"""Whether a file is there to its end, whether others are joined to it, and whether it is in fragments."""

from __future__ import annotations

import struct
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from .bare import bare_sound
from .joints import boxes, joints
from .matroska import segment_size

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO

__all__ = ["Structure", "Window", "structure"]

_PROPERTIES = bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365")
"""What begins that part of a WMV's head which tells its size, and whether that is known."""
_FILE_SIZE = b"\0\x08filesize\0"
"""What stands before the size in an FLV's head."""
_PAGE = 70_000
"""Bytes in which the last page of an Ogg file is: a page has 65,307 at most."""
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
        if (bare := bare_sound(path)) is not None and window == (0, size):
            share = Fraction(bare.told, bare.there) if bare.more and not windows else Fraction(0)
            return Structure(bare.missing, windows=windows, share=share)
        size_of = _SIZES.get(form.partition(",")[0])
        return Structure(size_of is not None and begin + size_of(file, window) > end, windows=windows)


def _riff_size(file: BinaryIO, window: Window) -> int:
    """An AVI's or a WAV's by its head, which is not to be taken to the byte."""
    file.seek(window.begin)
    head = file.read(8)
    told = int.from_bytes(head[4:], "little")
    return told if head[:4] == b"RIFF" and told + 8 < _UNKNOWN else 0


def _flv_size(file: BinaryIO, window: Window) -> int:
    """An FLV's by its head."""
    file.seek(window.begin)
    head = file.read(4096)
    place = head.find(_FILE_SIZE) + len(_FILE_SIZE)
    if place < len(_FILE_SIZE) or place + 8 > len(head):
        return 0
    (size,) = struct.unpack_from(">d", head, place)
    return int(size) if 0 < size < _UNKNOWN else 0


def _ogg_size(file: BinaryIO, window: Window) -> int:
    """An Ogg file's by its last page."""
    begin = max(window.begin, window.end - _PAGE)
    file.seek(begin)
    tail = file.read(window.end - begin)
    place = tail.rfind(b"OggS\0")
    laces = tail[place + 27 : place + 27 + tail[place + 26]] if 0 <= place < len(tail) - 27 else b""
    return begin - window.begin + place + 27 + len(laces) + sum(laces) if laces else 0


def _asf_size(file: BinaryIO, window: Window) -> int:
    """A WMV's by its head; 0 where it was written as it was sent."""
    file.seek(window.begin)
    head = file.read(4096)
    place = head.find(_PROPERTIES)
    if place < 0 or place + 92 > len(head) or head[place + 88] & 1:
        return 0
    return int.from_bytes(head[place + 40 : place + 48], "little")


_SIZES: dict[str, Callable[[BinaryIO, Window], int]] = {
    "asf": _asf_size,
    "avi": _riff_size,
    "flv": _flv_size,
    "matroska": segment_size,
    "ogg": _ogg_size,
    "wav": _riff_size,
}
"""What finds in a file how many bytes it has to have, 0 where it doesn't say; by FFmpeg's name of it."""
