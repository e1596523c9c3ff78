"""AAC and MP3 files frame by frame: a frame's head tells how long it is, and another one follows at once.

Where none does, something of the file is damaged or missing, which FFmpeg passes over without a word.
"""

from __future__ import annotations

import os
from collections import Counter
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["Frame", "SoundFrames", "adts_frames", "frames_in", "mpeg_frames", "sound_frames"]

_PIECE = 1 << 20
_HEAD = 7
_MOST, _MOST_KINDS = 256, 4096
"""Places that are remembered."""
_SYNC, _MARK = 0xFF, 0xE0
_ADTS_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
_HERTZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
"""Of MPEG 1, 2 and 2.5, by the number of each in the head; so below."""
_LOW = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_LAYERS = {
    (3, 3): (384, (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448)),
    (3, 2): (1152, (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384)),
    (3, 1): (1152, (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)),
    **{(v, 3): (384, (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256)) for v in (2, 0)},
    **{(v, 2): (1152, _LOW) for v in (2, 0)},
    **{(v, 1): (576, _LOW) for v in (2, 0)},
}
"""Samples of a frame and thousands of bits a second, by the numbers of MPEG's version and layer."""
_WORDS = (b"Xing", b"Info", b"VBRI")
"""What stands in a first frame that tells how many there are."""


_MOST_KNOWN = 32
_KNOWN: dict[tuple[object, ...], SoundFrames | None] = {}
"""What was found of the files that were looked at last."""
_TAGS = (b"ID3", b"TAG", b"APETAGEX", b"LYRICS")
"""What may stand between frames."""


class Frame(NamedTuple):
    """Bytes of a frame, and its samples of so many a second; `kind` is what its head says of its format."""

    size: int
    span: tuple[int, int]
    kind: bytes


class SoundFrames(NamedTuple):
    """What a walk over the frames finds: seconds that are there, and that the first frame tells of (0: none).

    `breaks` are the moments, of what is there, at which the next frame does not follow at once. `kinds` are
    the bytes at which frames of another kind begin, with the kind, and whether a second one follows at once.
    """

    length: Fraction
    told: Fraction
    breaks: tuple[Fraction, ...]
    kinds: tuple[tuple[int, bytes, bool], ...]


def sound_frames(path: Path, form: str, window: tuple[int, int] | None = None) -> SoundFrames | None:
    """What is there of an AAC or MP3 file, or of a part of it; None of any other.

    `form` is FFmpeg's name of the format.
    """
    if form not in _READ:
        return None
    with path.open("rb") as file:
        return frames_in(file, form, window or (0, path.stat().st_size))


def frames_in(file: BinaryIO, form: str, window: tuple[int, int]) -> SoundFrames | None:
    """The same of an open file. Remembered for the files on disk that were looked at last."""
    try:
        about = os.fstat(file.fileno())
    except OSError:  # it is in memory
        return _walked(file, form, window)
    key = (about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, form, window)
    if key not in _KNOWN:
        found = _walked(file, form, window)
        while len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.pop(next(iter(_KNOWN)), None)
        _KNOWN[key] = found
    return _KNOWN[key]


def _walked(file: BinaryIO, form: str, window: tuple[int, int]) -> SoundFrames | None:
    behind, kind, told, alone = -1, b"", Fraction(0), False
    breaks: list[int] = []
    spans: Counter[tuple[int, int]] = Counter()
    kinds: list[tuple[int, bytes, bool]] = []
    for at, frame in _READ[form](file, *window):
        if behind < 0 and form == "mp3":
            file.seek(at)
            told = _told(file.read(frame.size), frame)
        elif at != behind >= 0 and frame.kind == kind and len(breaks) < _MOST:
            file.seek(behind)
            breaks += [spans.total()] if not file.read(8).startswith(_TAGS) else []
        if frame.kind != kind:
            kinds += [(at, frame.kind, False)] if len(kinds) < _MOST_KINDS else []
            alone = True
        elif alone:
            kinds[-1], alone = (*kinds[-1][:2], True), False
        behind, kind = at + frame.size, frame.kind
        spans[frame.span] += 1
    if not spans:
        return None
    length = sum((Fraction(*span) * count for span, count in spans.items()), Fraction(0))
    return SoundFrames(length, told, tuple(length * at / spans.total() for at in breaks), (*kinds,))


def adts_frames(file: BinaryIO, begin: int, end: int) -> Iterator[tuple[int, Frame]]:
    """The frames of an AAC file between two bytes, each with its own."""
    return _walk(file, begin, end, _adts)


def mpeg_frames(file: BinaryIO, begin: int, end: int) -> Iterator[tuple[int, Frame]]:
    """Likewise of an MP3, or MP2."""
    return _walk(file, begin, end, _mpeg)


def _walk(
    file: BinaryIO, begin: int, end: int, read: Callable[[bytes, int], Frame | None]
) -> Iterator[tuple[int, Frame]]:
    """An hour has hundreds of thousands of frames: a head is read where it stands, what it says looked up."""
    data, first, at, sure = b"", begin, begin, False
    while at + _HEAD < end:
        if not first <= at < first + len(data) - _HEAD:
            file.seek(at)
            data, first = file.read(min(_PIECE, end - at)), at
            if len(data) <= _HEAD:  # a head, and something behind it
                return
        frame = read(data, at - first)
        if frame is not None and not sure:  # what only looks like a head is followed by none
            file.seek(at + frame.size)
            head = file.read(_HEAD)
            frame = None if len(head) == _HEAD and read(head, 0) is None else frame
        sure = frame is not None
        if frame is None:
            place = data.find(b"\xff", at - first + 1)
            at = first + (place if place >= 0 else len(data))
            continue
        yield at, frame
        at += frame.size


def _adts(data: bytes, at: int) -> Frame | None:
    third, fourth = data[at + 2], data[at + 3]
    size = (fourth & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
    if data[at] != _SYNC or data[at + 1] & 0xF6 != 0xF0 or size < _HEAD:  # noqa: PLR2004
        return None
    kind = _adts_kind(third, fourth & 0xC0, data[at + 6] & 3)
    return Frame(size, *kind) if kind is not None else None


@lru_cache(maxsize=256)
def _adts_kind(third: int, fourth: int, blocks: int) -> tuple[tuple[int, int], bytes] | None:
    rate = third >> 2 & 15
    if rate >= len(_ADTS_RATES):
        return None
    return ((blocks + 1) * 1024, _ADTS_RATES[rate]), bytes((third & 0xFD, fourth))


def _mpeg(data: bytes, at: int) -> Frame | None:
    return _mpeg_frame(data[at + 1], data[at + 2]) if data[at] == _SYNC and data[at + 1] >= _MARK else None


@lru_cache(maxsize=1024)
def _mpeg_frame(second: int, third: int) -> Frame | None:
    version, layer, rate, bits = second >> 3 & 3, second >> 1 & 3, third >> 2 & 3, (third >> 4) - 1
    known = _LAYERS.get((version, layer))
    if known is None:
        return None
    samples, kbits = known
    if rate >= len(_HERTZ[version]) or not 0 <= bits < len(kbits):
        return None
    hertz, padded = _HERTZ[version][rate], third >> 1 & 1
    slot = 4 if samples == _LAYERS[3, 3][0] else 1  # a frame of layer I is a number of such
    size = (samples // 8 * kbits[bits] * 1000 // hertz // slot + padded) * slot
    return Frame(size, (samples, hertz), bytes((second & 0xFE, rate)))


def _told(data: bytes, frame: Frame) -> Fraction:
    """How long the sound is by an MP3's first frame, if it is one that tells."""
    place = next((at for word in _WORDS if (at := data.find(word, 4, 64)) > 0), -1)
    if place < 0:
        return Fraction(0)
    if data.startswith(b"VBRI", place):
        count = data[place + 14 : place + 18]
    else:
        count = data[place + 8 : place + 12] if data[place + 7 : place + 8] and data[place + 7] & 1 else b""
    return int.from_bytes(count, "big") * Fraction(*frame.span)


_READ = {"aac": adts_frames, "mp3": mpeg_frames}
"""What finds the frames, by FFmpeg's name of the format."""
