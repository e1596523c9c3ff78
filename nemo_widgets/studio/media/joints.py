"""Where in a file another one begins: recordings that were joined end to end, byte for byte.

Most formats have a head of their own, by which the next file is found. FFmpeg reads the first file alone, or
takes the next one's head for a part of the first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from .matroska import matroska_joints
from .packs import MOST_JOINTS, adts_joints, program_joints, transport_joints

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["boxes", "joints", "leads"]

_HEAD = 512
"""Bytes by which a head is known for what it is."""
_PIECE = 1 << 20
_MOST_BOXES = 200_000
_CHUNK = 8
"""Bytes before what is in a chunk: its name and its length."""
_FOURCC = re.compile(rb"[0-9A-Za-z]{4}")
_MPEG = re.compile(rb"\xff[\xe2-\xfb]")
_TAG = re.compile(rb"ID3[\x02-\x04][^\xff].[\x00-\x7f]{4}[A-Z0-9]{3}", re.DOTALL)
_TO_XING = (36, 21, 13)
"""Bytes from the beginning of an MP3's first frame to the word that tells its length."""


def joints(file: BinaryIO, form: str, window: tuple[int, int]) -> tuple[int, ...]:
    """The bytes at which other files begin in this part of a file; `form` is FFmpeg's name of the format."""
    begin, end = window
    if form.startswith("mov"):
        return _moving(file, begin, end)
    if walk := _WALKS.get(form.partition(",")[0]):
        starts = walk(file, begin, end)
        return tuple(starts) if len(starts) <= MOST_JOINTS else ()
    found: set[int] = set()
    for one in _FORMS.get(form.partition(",")[0], ()):
        for at in _marked(file, begin, end, one):
            found.add(at)
            if len(found) > MOST_JOINTS:
                return ()
    heads = sorted(found)
    if form == "mp3":
        return _tagged(file, begin, end, heads)
    return tuple(heads[1:])


def boxes(file: BinaryIO, begin: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The outermost boxes of an MP4 in this part of a file: kind, and the bytes at and behind it."""
    at = begin
    for _ in range(_MOST_BOXES):
        if at + 8 > end:
            return
        file.seek(at)
        head = file.read(16)
        long = int.from_bytes(head[:4], "big")
        if long == 1:
            long = int.from_bytes(head[8:16], "big")
        behind = end if long == 0 else at + long
        if behind < at + 8:
            return
        yield head[4:8], at, behind
        at = behind


def leads(file: BinaryIO, begin: int, end: int) -> bool:
    """Whether an AVI's chunks follow each other from one byte to another: then nothing between is damaged."""
    at = begin
    for _ in range(_MOST_BOXES):
        if end - at <= _CHUNK:
            return True
        file.seek(at)
        head = file.read(_CHUNK)
        name, long = head[:4], int.from_bytes(head[4:], "little")
        if head[:1] == b"\0":  # what fills up the chunk before it
            at += 1
        elif name in (b"LIST", b"RIFF"):
            at += 12  # what it lists follows
        elif _FOURCC.fullmatch(name):
            at += _CHUNK + long
        else:
            return False
    return False


def _moving(file: BinaryIO, begin: int, end: int) -> tuple[int, ...]:
    """Each file has a `moov`, and most begin with `ftyp`."""
    every = list(boxes(file, begin, end))
    indexes = [i for i, (kind, _, _) in enumerate(every) if kind == b"moov"]
    if len(indexes) < 2:  # noqa: PLR2004 - several
        return ()
    named = [at for i, (kind, at, _) in enumerate(every) if kind == b"ftyp" and i]
    if len(named) == len(indexes) - 1:
        return tuple(named)
    first = next((kind for kind, _, _ in every if kind in (b"moov", b"mdat")), b"")
    if first == b"moov":
        return tuple(every[i][1] for i in indexes[1:])
    return tuple(every[i][2] for i in indexes[:-1])  # each index behind what it lists


def _marked(file: BinaryIO, begin: int, end: int, form: _Form) -> Iterator[int]:
    """Where a file begins that has the format's mark in its head."""
    data, at, seen = b"", begin, begin
    while True:
        file.seek(at)  # whoever asks may read elsewhere meanwhile
        piece = file.read(min(_PIECE, end - at))
        data, at = data[-2 * _HEAD :] + piece, at + len(piece)
        first = at - len(data)
        ready = at if at >= end or not piece else at - _HEAD  # behind it a head may not be all there
        place = data.find(form.mark, seen - first)
        while 0 <= place < ready - first:
            if (start := form.start(data, place)) >= 0:
                yield first + start
            place = data.find(form.mark, place + 1)
        if ready == at:
            return
        seen = ready


class _Form(NamedTuple):
    """A mark that a file has in its head, and where that file begins by the bytes and the mark's place.

    -1 is said of what only looks like a mark.
    """

    mark: bytes
    start: Callable[[bytes, int], int]


def _flac(data: bytes, at: int) -> int:
    return at if data[at + 4] & 127 == 0 and data[at + 5 : at + 8] == b"\0\0\x22" else -1


def _ogg(data: bytes, at: int) -> int:
    """A page that begins a stream, and is not one of several in a row that do."""
    if len(data) < at + 27 or data[at + 4] or not data[at + 5] & 2:
        return -1
    before = data.rfind(b"OggS", 0, at)
    if before < 0 or not data[before + 5] & 2:
        return at
    laces = data[before + 26]
    behind = before + 27 + laces + sum(data[before + 27 : before + 27 + laces])
    return -1 if behind == at else at


def _mp3(data: bytes, at: int) -> int:
    """The frame that tells an MP3's length."""
    return next((at - back for back in _TO_XING if at >= back and _MPEG.match(data, at - back)), -1)


def _id3(data: bytes, at: int) -> int:
    return at if _TAG.match(data, at) else -1


def _tagged(file: BinaryIO, begin: int, end: int, heads: list[int]) -> tuple[int, ...]:
    """The same for MP3: its files begin with the tag before such a frame, which the first may not have."""
    tags = {begin: begin}
    for at in _marked(file, begin, end, _Form(b"ID3", _id3)):
        file.seek(at)
        tags[_behind(at, file.read(10))] = at
    first = max((behind for behind, at in tags.items() if at == begin), default=begin)
    return tuple(tags.get(at, at) for at in heads if at > first + _HEAD)


def _behind(at: int, head: bytes) -> int:
    """The byte behind a tag."""
    long = 0
    for byte in head[6:10]:
        long = long << 7 | byte & 127
    return at + 10 + long


def _followed(*by: bytes, at_byte: int) -> Callable[[bytes, int], int]:
    """A mark that is one where one of these stands so many bytes behind its beginning."""
    return lambda data, at: at if data.startswith(by, at + at_byte) else -1


_WALKS = {
    "matroska": matroska_joints,
    "mpegts": transport_joints,
    "mpeg": program_joints,
    "aac": adts_joints,
}
"""What goes over a format from one part to the next, by FFmpeg's name of it; the others have a mark."""
_FORMS: dict[str, tuple[_Form, ...]] = {
    "ogg": (_Form(b"OggS", _ogg),),
    "flac": (_Form(b"fLaC", _flac),),
    "mp3": (_Form(b"Xing", _mp3), _Form(b"Info", _mp3)),
    "wav": (_Form(b"RIFF", _followed(b"WAVEfmt ", b"WAVEJUNK", b"WAVEbext", b"WAVELIST", at_byte=8)),),
    "avi": (_Form(b"RIFF", _followed(b"AVI LIST", at_byte=8)),),
    "w64": (_Form(bytes.fromhex("726966662e91cf11a5d628db04c10000"), lambda _, at: at),),
    "aiff": (_Form(b"FORM", _followed(b"AIFF", b"AIFC", at_byte=8)),),
    "caf": (_Form(b"caff\0\1\0\0desc", lambda _, at: at),),
    "flv": (_Form(b"FLV\x01", _followed(b"\0\0\0\x09\0\0\0\0", at_byte=5)),),
    "nut": (_Form(b"nut/multimedia container\0", lambda _, at: at),),
    "asf": (_Form(bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c"), lambda _, at: at),),
}
