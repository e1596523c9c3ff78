"""Types of files that nothing here reads: how they begin, and the rows that tell of them."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

__all__ = ["Unread", "unread"]


class Unread(NamedTuple):
    """The rows that say what such a file is, as in `it is a PDF document`, and what to do: a sentence."""

    what: str
    instead: str


class _Row(NamedTuple):
    """A type by the beginning of its files, as a regular expression, and by the endings of their names."""

    what: str
    instead: str
    head: bytes
    endings: str = ""


_PICTURE = "unread.as picture"
_DRAWING = "unread.as drawing"
_RAW = "unread.as raw"
_SLIDES = "unread.as slides"
_ROWS = (
    _Row("unread.exr", _PICTURE, rb"v/1\x01", "exr"),
    _Row("unread.dpx", _PICTURE, rb"SDPX|XPDS", "dpx"),
    _Row("unread.cin", _PICTURE, rb"\x80\x2a\x5f\xd7|\xd7\x5f\x2a\x80", "cin"),
    _Row("unread.jxl", _PICTURE, rb"\xff\x0a|\0\0\0\x0cJXL ", "jxl"),
    _Row("unread.dds", _PICTURE, rb"DDS ", "dds"),
    _Row("unread.icns", _PICTURE, rb"icns", "icns"),
    _Row("unread.hdr", _PICTURE, rb"#\?(?:RADIANCE|RGBE)", "hdr"),
    _Row("unread.pfm", _PICTURE, rb"P[Ff]\n", "pfm"),
    _Row("unread.sgi", _PICTURE, rb"\x01\xda[\0\x01][\x01\x02]", "sgi"),
    _Row("unread.pcx", _PICTURE, rb"\x0a[\0\x02-\x05]\x01[\x01\x02\x04\x08]", "pcx"),
    _Row("unread.psb", _PICTURE, rb"8BPS\0\x02", "psb"),
    _Row("unread.xcf", _DRAWING, rb"gimp xcf", "xcf"),
    _Row("unread.kra", _DRAWING, rb"PK\x03\x04.{26}mimetypeapplication/x-krita", "kra"),
    _Row("unread.svg", _DRAWING,
         rb"\s{0,64}(?:<\?xml[^>]{0,200}>\s{0,64})?(?:<!--.{0,400}?-->\s{0,64})?<(?:!DOCTYPE )?svg[\s>]",
         "svg"),
    _Row("unread.eps", _DRAWING, rb"%!PS|\xc5\xd0\xd3\xc6", "eps ps"),
    _Row("unread.pdf", "unread.as page", rb"%PDF-", "pdf ai"),
    _Row("unread.raw picture", _RAW, rb"II\*\0....CR|....ftypcrx |FUJIFILMCCD-RAW|IIR[OS]|MMOR|IIU\0",
         "dng cr2 cr3 crw nef nrw arw srf sr2 raf orf rw2 pef srw 3fr kdc dcr mrw x3f"),
    _Row("unread.raw film", "unread.as film", rb"RED[12]|BRAW", "r3d braw"),
    _Row("unread.midi", "unread.as sound", rb"MThd",
         "mid midi"),
    _Row("unread.slides", _SLIDES, rb"(?!)", "ppt pptx odp key"),
)  # fmt: skip
_HEADS = tuple((re.compile(row.head, re.DOTALL), row) for row in _ROWS)
_ENDINGS = {ending: row for row in _ROWS for ending in row.endings.split()}
_TIFF: dict[bytes, Literal["little", "big"]] = {b"II*\0": "little", b"MM\0*": "big"}
_OF_SENSORS = frozenset((50706, 33421))
"""What a TIFF has in which a camera left what its sensor saw: the version of DNG, the sensor's pattern."""
_PHOTOMETRIC, _MOSAIC, _SMALLER, _WITHIN = 262, 32803, 254, 330
"""It may begin with a small picture, and have the other within."""
_SHORT, _MOST_TAGS = 3, 256


def unread(head: bytes, suffix: str = "") -> Unread | None:
    """What a file is by its first bytes, or by its name's ending; None where it may be one that is read.

    `suffix` has its dot. The content counts before the name.
    """
    for pattern, row in _HEADS:
        if pattern.match(head):
            return Unread(row.what, row.instead)
    if _is_raw(head):
        return Unread("unread.raw picture", _RAW)
    named = _ENDINGS.get(suffix.lower().removeprefix("."))
    return Unread(named.what, named.instead) if named is not None else None


def _is_raw(head: bytes) -> bool:
    """Whether a TIFF says at its beginning that it holds what a camera's sensor saw."""
    order = _TIFF.get(head[:4])
    if order is None:
        return False

    def number(at: int, size: int) -> int:
        return int.from_bytes(head[at : at + size], order)

    at = number(4, 4)
    entries = range(at + 2, at + 2 + 12 * min(number(at, 2), _MOST_TAGS), 12)
    tags = {
        number(entry, 2): number(entry + 8, 2 if number(entry + 2, 2) == _SHORT else 4) for entry in entries
    }
    begins_small = tags.get(_SMALLER, 0) & 1 and _WITHIN in tags
    return bool(_OF_SENSORS & tags.keys() or tags.get(_PHOTOMETRIC) == _MOSAIC or begins_small)
