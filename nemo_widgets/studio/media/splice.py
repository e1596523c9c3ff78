"""MP4 files that lost bytes on their way: behind the hole everything stands earlier than their list says.

FFmpeg finds no list in them, or reads each picture behind the hole from a wrong place.
"""

from __future__ import annotations

import mmap
from bisect import bisect_left
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from .joints import boxes
from .marks import Marks

if TYPE_CHECKING:
    from collections.abc import Callable

    from av.container import InputContainer
    from av.stream import Stream

__all__ = ["Splice", "Spliced", "splice_of"]

_LEAST = 8
"""Packets by which the place of a hole is told."""


class Splice(NamedTuple):
    """So many bytes are missing before a byte of the file."""

    at: int
    long: int


class Spliced:
    """A file that FFmpeg reads as if zeros stood where its bytes are missing; `name` is its path."""

    def __init__(self, path: Path, splice: Splice) -> None:
        self.name, self._splice = str(path), splice
        self._file = path.open("rb")
        self._size = path.stat().st_size + splice.long
        self._at = 0

    def __del__(self) -> None:  # PyAV lets go of what it reads from, and does not close it
        self._file.close()

    def read(self, size: int) -> bytes:
        """The next bytes."""
        begin, end = self._splice.at, self._splice.at + self._splice.long
        if begin <= self._at < end:
            data = bytes(min(size, end - self._at))
        else:
            behind = self._at >= end
            self._file.seek(self._at - self._splice.long * behind)
            data = self._file.read(size if behind else min(size, begin - self._at))
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a byte."""
        self._at = offset + (0, self._at, self._size)[whence]
        return self._at

    def tell(self) -> int:
        """The byte that is read next."""
        return self._at


def splice_of(path: Path, opened: Callable[[Spliced], InputContainer]) -> Splice | None:
    """Where bytes are missing from an MP4, if it can be told; `opened` opens one.

    Raises:
        FFmpegError: it can't be opened.
    """
    about = path.stat()
    return _splice_of(str(path), about.st_size, about.st_mtime_ns, opened)


@lru_cache(maxsize=32)
def _splice_of(
    name: str,
    size: int,
    changed: int,  # noqa: ARG001
    opened: Callable[[Spliced], InputContainer],
) -> Splice | None:
    path = Path(name)
    with path.open("rb") as file:
        every = list(boxes(file, 0, size))
        data = [(at, behind) for kind, at, behind in every if kind == b"mdat"]
        if not data:
            return None
        begin, end = data[-1]
        behind = size if any(kind == b"moov" for kind, *_ in every) else _list_of(file, begin, size)
        if behind < 0 or (long := end - behind) <= 0:
            return None
        with opened(Spliced(path, Splice(behind, long))) as container:
            for stream in container.streams:
                if (at := _place(file, stream, long)) >= 0:
                    return Splice(at, long)
    return None


def _list_of(file: BinaryIO, begin: int, size: int) -> int:
    """The byte at which the list of an MP4 stands that no box before it leads to; -1 where there is none."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = data.rfind(b"moov", begin)
    ends = [behind for _, _, behind in boxes(file, at - 4, size)] if at > 4 else []  # noqa: PLR2004 - a length
    return at - 4 if ends and ends[-1] == size else -1


def _place(file: BinaryIO, stream: Stream, long: int) -> int:
    """The byte before which bytes are missing, by where a stream's packets are; -1 where none can tell."""
    marks, index = Marks(stream), stream.index_entries
    count = len(index)
    if not marks.sure or count < _LEAST:
        return -1

    def is_there(number: int, shift: int) -> bool:
        entry = index[number]
        if entry.pos < shift:
            return False
        file.seek(entry.pos - shift)
        data = file.read(min(marks.head, entry.size))
        return bool(data) and not marks.spoilt(data, entry.size)

    if not is_there(0, 0) or not is_there(count - 1, long):
        return -1
    first = bisect_left(range(count), 1, key=lambda number: is_there(number, long))
    return index[max(0, first - 1)].pos
