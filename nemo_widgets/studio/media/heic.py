"""HEIC pictures, as phones and cameras save them: whole or in tiles, turned, with their colours.

Pillow does not read them, and FFmpeg gives the tiles of a picture one by one. So the file's boxes
(ISO 23008-12) are read here, and FFmpeg decodes what they name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
from PIL import Image, ImageFile

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["HeicImage"]

_CODECS = {b"hvc1": ("hevc", b"hvcC"), b"hev1": ("hevc", b"hvcC"), b"avc1": ("h264", b"avcC")}
"""Kinds of items that are pictures: FFmpeg's decoder, and the box that makes it ready."""
_MOST_META, _MOST_TILES = 16 * 1024 * 1024, 4096
_UNTOLD, _BT601 = 2, 5
"""FFmpeg's numbers for colours that a picture doesn't tell, and for what a file means by that."""
_LIMITED, _FULL = 1, 2
"""FFmpeg's numbers for where black and white are."""


class HeicImage(ImageFile.ImageFile):
    """The file's main picture, upright. It is decoded when it is first looked at."""

    format = "HEIC"
    format_description = "High Efficiency Image File Format"

    def _open(self) -> None:
        try:
            self._items = _Items(self.fp)
            self._parts, stored = self._items.parts()
        except (IndexError, KeyError, ValueError) as error:
            raise SyntaxError("no picture that can be read") from error
        self._mode, self._stored, self._size = "RGB", stored, stored
        for kind, data in self._items.main.own:
            if kind == b"clap":
                left, top, right, bottom = _kept(data, self._size)
                self._size = right - left, bottom - top
            elif kind == b"irot" and data[0] & 1:
                self._size = self._size[::-1]
        if profile := self._items.profile():
            self.info["icc_profile"] = profile
        self._waiting = True

    def load(self) -> Any:
        """Decode it, unless that is done."""
        if self._waiting:
            whole = Image.new("RGB", self._stored)
            try:
                for tile, place in self._parts:
                    whole.paste(self._items.decoded(tile), place)
            except (av.error.FFmpegError, IndexError, KeyError, ValueError) as error:
                raise OSError("a part of it can't be decoded") from error
            self.im, self._waiting = self._upright(whole).im, False
        return Image.Image.load(self)

    def _upright(self, picture: Image.Image) -> Image.Image:
        for kind, data in self._items.main.own:  # in the order in which they are to be applied
            if kind == b"clap":
                picture = picture.crop(_kept(data, picture.size))
            elif kind == b"irot" and data[0] & 3:
                turns = Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270
                picture = picture.transpose(turns[(data[0] & 3) - 1])
            elif kind == b"imir":
                flips = Image.Transpose.FLIP_TOP_BOTTOM, Image.Transpose.FLIP_LEFT_RIGHT
                picture = picture.transpose(flips[data[0] & 1])
        return picture


def _kept(data: bytes, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """What is to be seen of a picture: left, top, right, bottom. It is told by its size and its middle."""
    edges = []
    for at, side, whole in ((0, 16, size[0]), (8, 24, size[1])):
        length, off = (
            Fraction(int.from_bytes(data[n : n + 4], "big", signed=True),
                     max(1, int.from_bytes(data[n + 4 : n + 8], "big")))
            for n in (at, side)
        )  # fmt: skip
        long = min(whole, max(1, round(length)))
        begin = min(whole - long, max(0, round((whole - long) / Fraction(2) + off)))
        edges.append((begin, begin + long))
    (left, right), (top, bottom) = edges
    return left, top, right, bottom


@dataclass
class _Item:
    """A thing in the file. `own`: the boxes that are said to be true of it. `made_of`: other items."""

    kind: bytes = b""
    where: list[tuple[int, int]] = field(default_factory=list)
    within: bool = False
    own: list[tuple[bytes, bytes]] = field(default_factory=list)
    made_of: list[int] = field(default_factory=list)

    def box(self, kind: bytes) -> bytes:
        """What the first of these boxes holds; b"" if there is none."""
        return next((data for name, data in self.own if name == kind), b"")

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        told = self.box(b"ispe")
        return int.from_bytes(told[4:8], "big"), int.from_bytes(told[8:12], "big")


class _Items:
    """What a file holds, by the numbers that its boxes give it."""

    def __init__(self, file: Any) -> None:
        self._file = file
        boxes = dict(_boxes(_meta(file)[4:]))
        self._idat = boxes.get(b"idat", b"")
        self._items = _kinds(boxes[b"iinf"])
        _set_places(self._items, boxes[b"iloc"])
        _set_properties(self._items, boxes[b"iprp"])
        _set_parts(self._items, boxes.get(b"iref", b""))
        main = _Reader(boxes[b"pitm"])
        self.main = self._items[main.number(2 if main.version == 0 else 4)]

    def parts(self) -> tuple[list[tuple[_Item, tuple[int, int]]], tuple[int, int]]:
        """The pictures that make the main one, each with its place, and the size of the whole as stored."""
        if self.main.kind in _CODECS:
            return [(self.main, (0, 0))], self.main.size
        data = self._data(self.main)
        tiles = [self._items[number] for number in self.main.made_of]
        rows, columns, wide = data[2] + 1, data[3] + 1, 4 if data[1] & 1 else 2
        if self.main.kind != b"grid" or len(tiles) != rows * columns or len(tiles) > _MOST_TILES:
            raise ValueError("no picture, or not all of it")
        across, down = tiles[0].size
        size = tuple(int.from_bytes(data[at : at + wide], "big") for at in (4, 4 + wide))
        places = [(n % columns * across, n // columns * down) for n in range(len(tiles))]
        return list(zip(tiles, places, strict=True)), (size[0], size[1])

    def profile(self) -> bytes:
        """The colours' profile; b"" if there is none."""
        return next((data[4:] for data in self._colours() if data[:4] in (b"prof", b"rICC")), b"")

    def decoded(self, item: _Item) -> Image.Image:
        """One picture, as it is stored."""
        name, head = _CODECS[item.kind]
        codec: Any = av.CodecContext.create(name, "r")
        codec.extradata = item.box(head)
        frame = [*codec.decode(av.Packet(self._data(item))), *codec.decode(None)][0]
        told = next((data for data in self._colours() if data[:4] == b"nclx"), b"")
        if told and told[9] != _UNTOLD:
            frame.colorspace, frame.color_range = told[9], _FULL if told[10] & 128 else _LIMITED
        elif int(frame.colorspace) == _UNTOLD:
            frame.colorspace, frame.color_range = _BT601, int(frame.color_range) or _FULL
        picture: Image.Image = frame.to_image()
        return picture

    def _colours(self) -> Iterator[bytes]:
        for item in (self.main, *(self._items[number] for number in self.main.made_of[:1])):
            yield from (data for kind, data in item.own if kind == b"colr")

    def _data(self, item: _Item) -> bytes:
        pieces = []
        for at, long in item.where:
            if item.within:
                pieces.append(self._idat[at : at + long])
            else:
                self._file.seek(at)
                pieces.append(self._file.read(long))
        return b"".join(pieces)


class _Reader:
    """Numbers of a box one behind the other, behind its version and flags."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 4
        self.version, self.flags = data[0], int.from_bytes(data[1:4], "big")

    def number(self, size: int) -> int:
        """The next number of so many bytes; a ValueError where the box has ended."""
        if self.at + size > len(self.data):
            raise ValueError("a box ends early")
        self.at += size
        return int.from_bytes(self.data[self.at - size : self.at], "big")


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        size, head = int.from_bytes(data[at : at + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        end = len(data) if size == 0 else at + size
        if end < at + head:
            return
        yield data[at + 4 : at + 8], data[at + head : end]
        at = end


def _meta(file: Any) -> bytes:
    """What the file's outermost box of this name holds."""
    at = 0
    while True:
        file.seek(at)
        head = file.read(16)
        size, lead = int.from_bytes(head[:4], "big"), 8
        if size == 1:
            size, lead = int.from_bytes(head[8:16], "big"), 16
        if len(head) < 8 or size < lead:  # noqa: PLR2004 - a box's head
            raise ValueError("no list of items")
        if head[4:8] == b"meta":
            file.seek(at + lead)
            data: bytes = file.read(min(size - lead, _MOST_META))
            return data
        at += size


def _kinds(data: bytes) -> dict[int, _Item]:
    reader, items = _Reader(data), dict[int, _Item]()
    reader.number(2 if reader.version == 0 else 4)
    for kind, entry in _boxes(data[reader.at :]):
        if kind == b"infe" and entry[0] >= 2:  # noqa: PLR2004 - the version that tells kinds
            told = _Reader(entry)
            number = told.number(2 if told.version == 2 else 4)  # noqa: PLR2004 - likewise
            told.number(2)
            items[number] = _Item(entry[told.at : told.at + 4])
    return items


def _set_places(items: dict[int, _Item], data: bytes) -> None:
    reader = _Reader(data)
    sizes = reader.number(2)
    offset, length, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    wide = 4 if reader.version >= 2 else 2  # noqa: PLR2004 - the box's versions
    for _ in range(reader.number(wide)):
        item = items.get(reader.number(wide), _Item())
        item.within = bool(reader.version) and reader.number(2) & 15 == 1
        reader.number(2)
        begin = reader.number(base)
        for _ in range(reader.number(2)):
            reader.number(index if reader.version else 0)
            at = begin + reader.number(offset)
            item.where.append((at, reader.number(length)))


def _set_properties(items: dict[int, _Item], data: bytes) -> None:
    inner = list(_boxes(data))
    every = [box for kind, held in inner if kind == b"ipco" for box in _boxes(held)]
    for reader in (_Reader(held) for kind, held in inner if kind == b"ipma"):
        for _ in range(reader.number(4)):
            item = items.get(reader.number(2 if reader.version == 0 else 4), _Item())
            for _ in range(reader.number(1)):
                wide = 2 if reader.flags & 1 else 1
                place = reader.number(wide) & (0x7FFF if reader.flags & 1 else 0x7F)
                if 0 < place <= len(every):
                    item.own.append(every[place - 1])


def _set_parts(items: dict[int, _Item], data: bytes) -> None:
    wide = 4 if data[:1] == b"\1" else 2
    for kind, held in _boxes(data[4:]):
        reader = _Reader(held)
        reader.at = 0
        item = items.get(reader.number(wide), _Item())
        numbers = [reader.number(wide) for _ in range(reader.number(2))]
        if kind == b"dimg":
            item.made_of = numbers
