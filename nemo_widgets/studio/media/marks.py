"""What every packet of a codec begins with: data that does not begin so was lost, or overwritten."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from av.stream import Stream

__all__ = ["Marks"]

_LENGTHS = ("mov", "matroska", "flv")
"""Formats whose H.264 and HEVC have the length of each unit before it."""
_AT = {"h264": 4, "hevc": 21}
"""The byte of their heads that tells how long such a length is."""
_LENGTH, _USUAL = Struct(">I"), 4
"""A unit's length as most files have it, read in a third of the time: there are hundreds of thousands."""
_MOST_UNITS = 512
_START = (b"\0\0\1", b"\0\0\0\1")
_BEGINS = {
    **dict.fromkeys(("h264", "hevc", "mpeg4", "mpeg1video", "mpeg2video", "cavs"), _START),
    "mjpeg": (b"\xff\xd8",),
    "flac": (b"\xff\xf8", b"\xff\xf9"),
    **dict.fromkeys(("ac3", "eac3"), (b"\x0b\x77", b"\x77\x0b")),
}
"""What a packet begins with, by codec."""
_BLANK = 32
"""So many zeros at the beginning are no packed sound or picture."""
_SHORT = 16
"""Bytes of a packet that stands for 'as before', whatever is in it."""
_PACKED = frozenset(
    {*_BEGINS, "vp8", "vp9", "av1", "theora", "prores", "h263", "flv1",
     "aac", "mp2", "mp3", "opus", "vorbis", "alac", "dts", "truehd"}
)  # fmt: skip
"""Codecs whose silence and black are not zeros."""


class Marks:
    """Tells of one stream whether a packet's data can be what the stream's others are."""

    def __init__(self, stream: Stream) -> None:
        context = stream.codec_context
        name = context.name if context is not None else ""
        head = bytes(context.extradata or b"") if context is not None and name in _AT else b""
        told = head[:1] == b"\1" and len(head) > _AT.get(name, 0)
        form = stream.container.format.name
        self._long = (head[_AT[name]] & 3) + 1 if told and form.startswith(_LENGTHS) else 0
        # What begins otherwise from the first packet on is written in another way: nothing is known of it.
        self._begins = () if self._long or told else _BEGINS.get(name, ())
        self._blank = name in _PACKED
        self._known = False
        self._one = self._long == _USUAL

    @property
    def head(self) -> int:
        """Bytes of a packet that have to be seen at least, 0 where nothing is known of it."""
        return _BLANK if self._long or self._begins or self._blank else 0

    @property
    def sure(self) -> bool:
        """Whether chance data is told from the stream's."""
        return bool(self._long or self._begins)

    def spoilt(self, data: bytes | memoryview, size: int = 0) -> bool:
        """Whether this is no packet's data: all of it, or the beginning of `size` bytes."""
        size = size or len(data)
        if self._one and size >= _BLANK and _LENGTH.unpack_from(data)[0] + _USUAL == size:
            return False  # as most are: one unit, whose length is no zero
        if self._blank and len(data) >= _BLANK and not any(data[:_BLANK]):
            return True
        if self._long:
            return not self._units(data, size)
        if not self._begins or size <= _SHORT:
            return False
        fits = bytes(data[:4]).startswith(self._begins)
        if not self._known and not fits:
            self._begins = ()
            return False
        self._known = True
        return not fits

    def _units(self, data: bytes | memoryview, size: int) -> bool:
        """Whether units follow each other, each behind its length, and none goes beyond the end."""
        at, width, seen = 0, self._long, min(len(data), size)
        for _ in range(_MOST_UNITS):
            begin = at + width
            if begin > seen:
                break
            long = (
                _LENGTH.unpack_from(data, at)[0] if width == _USUAL else int.from_bytes(data[at:begin], "big")
            )
            at = begin + long
            if at == size and long:
                break
            if at > size or not (long or begin > width):
                return False
            if not long:
                break
        return True
