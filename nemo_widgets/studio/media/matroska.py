"""Where in a Matroska or WebM file another one begins, by going over its elements from one to the next."""

from __future__ import annotations

import mmap
from typing import TYPE_CHECKING

from .packs import MOST_JOINTS

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["matroska_joints", "segment_size"]

_EBML, _SEGMENT, _CLUSTER = b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67", b"\x1f\x43\xb6\x75"
_TOP = frozenset((
    _EBML, _SEGMENT, _CLUSTER, b"\x11\x4d\x9b\x74", b"\x15\x49\xa9\x66", b"\x16\x54\xae\x6b",
    b"\x1c\x53\xbb\x6b", b"\x19\x41\xa4\x69", b"\x10\x43\xa7\x70", b"\x12\x54\xc3\x67",
))  # fmt: skip
"""The head, the segment, and what stands in it."""
_FILLING = b"\xec", b"\xbf"
"""What may stand anywhere."""
_KNOWN = _TOP | {b"\xe7", b"\xa3", b"\xa0", b"\xa7", b"\xab", b"\xaf", b"\x58\x54", *_FILLING}
"""That, and what stands in a cluster: its time, packets, where it is, how large the last one was."""
_HEAD = 4096
_WORDS = (b"webm", b"matroska")
_MOST_NAMED = 256
"""Bytes of a head, in which it says what the file is."""
_NAME, _LENGTH = 4, 8
"""Bytes of an element's name and of its length, at the most."""


def segment_size(file: BinaryIO, window: tuple[int, int]) -> int:
    """Bytes that the file in this window has to have to the end of its segment; 0 where it doesn't say."""
    file.seek(window[0])
    head = file.read(_HEAD)
    place = head.find(_SEGMENT)
    if place < 0:
        return 0
    _, behind, long = _element(head, place)
    return behind + long if long >= 0 else 0


_KEPT = 1 << 24
"""Bytes of what was walked over that stay in memory."""
_DROP = getattr(mmap, "MADV_DONTNEED", None)
"""How a system is told so; Windows is not."""


def matroska_joints(file: BinaryIO, begin: int, end: int) -> list[int]:
    """The bytes at which other files begin within this part of a file."""
    if begin + segment_size(file, (begin, end)) == end:
        return []
    found: list[int] = []
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = before = kept = begin
        while at < end and len(found) <= MOST_JOINTS:
            if at - kept > _KEPT and _DROP is not None:
                data.madvise(_DROP, 0, at // mmap.PAGESIZE * mmap.PAGESIZE)
                kept = at
            name, behind, long = _element(data, at)
            if name == _EBML and at > begin:
                found.append(at)
            if name in _TOP:
                before = at
            if name not in _KNOWN or behind + long > end or (long < 0 and name not in (_SEGMENT, _CLUSTER)):
                # Its own length may be wrong, so that a head is in it.
                at = _next_head(data, before + 1, end)
                if at < 0:
                    break
            else:
                at = behind + max(0, long)
    return found


def _next_head(data: mmap.mmap, at: int, end: int) -> int:
    """The byte at which the next file's head begins; -1 where there is none."""
    while (at := data.find(_EBML, at, end)) >= 0:
        _, behind, long = _element(data, at)
        if 0 <= long <= _MOST_NAMED and any(word in data[behind : behind + long] for word in _WORDS):
            following, *_ = _element(data, behind + long)
            if following in (_SEGMENT, *_FILLING):
                return at
        at += 1
    return -1


def _element(data: bytes | mmap.mmap, at: int) -> tuple[bytes, int, int]:
    """An element's name, the byte behind its head, and its length, -1 where it goes on until another begins.

    Without a name: there is none.
    """
    head = data[at : at + _NAME + _LENGTH]
    named = 9 - head[0].bit_length() if head else 9
    if named > _NAME or named >= len(head):
        return b"", at, -1
    long = 9 - head[named].bit_length()
    if long > _LENGTH or named + long > len(head):
        return b"", at, -1
    most = (1 << 7 * long) - 1
    value = int.from_bytes(head[named : named + long], "big") & most
    return head[:named], at + named + long, -1 if value == most else value
