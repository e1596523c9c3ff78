"""Whether a file is there to its end, and what its outermost structure says of it: a few bytes are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["Structure", "structure"]

_EBML, _SEGMENT = b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67"
_FLV = b"FLV\x01", b"\x00\x00\x00\x09\x00\x00\x00\x00"
"""What an FLV file begins with, but for the byte between them."""
_ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_MOST_BOXES = 4096
_UNKNOWN = 0xFFFFFF00
"""Sizes from here on are written by who does not know how much will come."""
_HEAD = 64
"""Bytes within which an EBML head names its type."""
_PIECE = 1 << 20


class Structure(NamedTuple):
    """What the outermost parts of a file say.

    `cut`: it ends before they say so. `pieces`: it is made of fragments. `joined`: of several files.
    `behind`: of several files, of which only the first can be read in this format.
    """

    cut: bool = False
    pieces: bool = False
    joined: bool = False
    behind: bool = False


def structure(path: Path, form: str) -> Structure:
    """What the file's boxes, chunks or elements say; `form` is FFmpeg's name of the format."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if form.startswith("mov"):
            ends, kinds = size, []
            for kind, end in _boxes(file, size):
                kinds.append(kind)
                ends = max(ends, end)
            several = kinds.count(b"moov") > 1
            return Structure(cut=ends > size or b"moov" not in kinds, pieces=b"moof" in kinds, behind=several)
        if form.startswith("matroska"):
            return Structure(cut=_segment_end(file) > size, joined=_within(file, size, _EBML, _is_matroska))
        if form == "flv":
            return Structure(behind=_within(file, size, _FLV[0], lambda head: head[5:13] == _FLV[1]))
        if form == "asf":
            return Structure(behind=_within(file, size, _ASF))
        if form in ("avi", "wav"):
            head = file.read(8)
            told = int.from_bytes(head[4:8], "little")
            return Structure(cut=head[:4] == b"RIFF" and size + 8 < told + 8 < _UNKNOWN)
    return Structure()


def _boxes(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int]]:
    """The outermost boxes of an MP4: kind, and the byte behind it."""
    at = 0
    for _ in range(_MOST_BOXES):
        if at + 8 > size:
            return
        file.seek(at)
        head = file.read(16)
        long = int.from_bytes(head[:4], "big")
        if long == 1:
            long = int.from_bytes(head[8:16], "big")
        end = size if long == 0 else at + long
        if end < at + 8:
            return
        yield head[4:8], end
        at = end


def _segment_end(file: BinaryIO) -> int:
    """The byte behind a Matroska file's segment, 0 where it doesn't say."""
    file.seek(0)
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


def _within(file: BinaryIO, size: int, mark: bytes, fits: Callable[[bytes], bool] = lambda _: True) -> bool:
    """Whether the head of another file of this format, which begins with `mark`, stands within."""
    at, before = _HEAD, b""
    file.seek(at)
    while at < size:
        data = before + file.read(_PIECE)
        place = data.find(mark)
        while place >= 0:
            if fits(data[place : place + _HEAD]):
                return True
            place = data.find(mark, place + len(mark))
        at, before = at + _PIECE, data[-_HEAD:]
    return False


def _is_matroska(head: bytes) -> bool:
    return b"webm" in head or b"matroska" in head
