"""What an MP4 file says of itself in its head: no decoder is needed to know size, rate and length."""

from __future__ import annotations

import struct
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Film", "look"]

_AT_SIZE, _AT_SIZE_V1 = 76, 88
"""Where a track's header has its width and height, by its version."""
_AT_SCALE, _AT_SCALE_V1 = 12, 20


@dataclass(frozen=True, slots=True)
class Film:
    """The first track with pictures: pixels, frames a second, milliseconds; 0 where the file says nothing."""

    width: int = 0
    height: int = 0
    fps: float = 0.0
    duration_ms: int = 0


def look(path: Path) -> Film:
    """What the head says; all 0 where the file is no MP4."""
    with suppress(OSError, struct.error, ValueError, IndexError), path.open("rb") as file:
        for kind, body, end in _boxes(file, 0, path.stat().st_size):
            if kind == b"moov":
                for inner, a, b in _boxes(file, body, end):
                    if inner == b"trak" and (found := _track(file, a, b)) is not None:
                        return found
    return Film()


def _track(file: BinaryIO, at: int, end: int) -> Film | None:
    """A track's form; None where it has no pictures."""
    inner = {kind: (a, b) for kind, a, b in _boxes(file, at, end)}
    media = {kind: (a, b) for kind, a, b in _boxes(file, *inner.get(b"mdia", (0, 0)))}
    if b"hdlr" not in media or _read(file, media[b"hdlr"][0] + 8, 4) != b"vide":
        return None
    version = _read(file, inner[b"tkhd"][0], 1)[0]
    size = _read(file, inner[b"tkhd"][0] + (_AT_SIZE_V1 if version else _AT_SIZE), 8)
    width, height = (value >> 16 for value in struct.unpack(">II", size))
    version = _read(file, media[b"mdhd"][0], 1)[0]
    if version:
        scale, length = struct.unpack(">IQ", _read(file, media[b"mdhd"][0] + _AT_SCALE_V1, 12))
    else:
        scale, length = struct.unpack(">II", _read(file, media[b"mdhd"][0] + _AT_SCALE, 8))
    frames = _frames(file, *media.get(b"minf", (0, 0)))
    seconds = length / scale if scale else 0.0
    fps = round(frames / seconds, 3) if frames and seconds else 0.0
    return Film(width, height, fps, round(seconds * 1000))


def _frames(file: BinaryIO, at: int, end: int) -> int:
    """How many samples the track's table of times counts."""
    for kind, body, stop in _boxes(file, at, end):
        if kind == b"stbl":
            for inner, a, _ in _boxes(file, body, stop):
                if inner == b"stts":
                    (entries,) = struct.unpack(">I", _read(file, a + 4, 4))
                    table = _read(file, a + 8, 8 * min(entries, 1 << 20))
                    return sum(count for count, _ in struct.iter_unpack(">II", table))
    return 0


def _boxes(file: BinaryIO, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes between two places: kind, start of the body, end."""
    while at + 8 <= end:
        size, kind = struct.unpack(">I4s", _read(file, at, 8))
        body = at + 8
        if size == 1:
            size, body = struct.unpack(">Q", _read(file, body, 8))[0], at + 16
        elif size == 0:
            size = end - at
        if size < body - at:
            return
        yield kind, body, min(at + size, end)
        at += size


def _read(file: BinaryIO, at: int, count: int) -> bytes:
    file.seek(at)
    return file.read(count)
