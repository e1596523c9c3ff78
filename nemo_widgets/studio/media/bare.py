"""Files of bare sound (WAV, RF64, W64, AIFF, AU, CAF): what their heads say of its length, and what is there.

A head is written before the sound is, and put right when a recording ends. Where that never came, FFmpeg
would leave out what the head doesn't know of, or refuse the file.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple

from nemo_widgets.media_types import extension_of_head

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["BareSound", "Patched", "bare_sound"]

_MOST_CHUNKS = 256
_PIECE = 1 << 20
_UNKNOWN = ((0x7FFFF000, 0x7FFFFFFF), (0xFFFFF000, 0xFFFFFFFF), (1 << 62, 1 << 64))
"""Lengths that are written by who does not know how much will come."""
_PRINTABLE = bytes(range(0x20, 0x7F))
_W64 = b"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\0\0"
_W64_CHUNKS = (bytes.fromhex("f3acd3118cd100c04f8edb8a"), bytes.fromhex("2f91cf11a5d628db04c10000"))
"""What the names of its chunks end in."""


class BareSound(NamedTuple):
    """Bytes of sound that the head of a file tells of, 0 for a head that says nothing, and that are `there`.

    `patches` are what has to be read in the place of what is written: bytes of the file, each from where on.
    """

    told: int
    there: int
    patches: tuple[tuple[int, bytes], ...] = ()

    @property
    def missing(self) -> bool:
        """Whether the file ends before its sound does."""
        return self.told > self.there

    @property
    def more(self) -> bool:
        """Whether more is there than the head tells of."""
        return 0 < self.told < self.there and bool(self.patches)


class Patched:
    """A file that FFmpeg reads as if other bytes were written in it; `name` is its path."""

    def __init__(self, path: Path, patches: tuple[tuple[int, bytes], ...]) -> None:
        self.name, self._patches = str(path), patches
        self._file = path.open("rb")

    def __del__(self) -> None:  # PyAV lets go of what it reads from, and does not close it
        self._file.close()

    def read(self, size: int) -> bytes:
        """The next bytes."""
        begin = self._file.tell()
        data = self._file.read(size)
        for at, new in self._patches:
            low, high = max(at, begin), min(at + len(new), begin + len(data))
            if low < high:
                data = data[: low - begin] + new[low - at : high - at] + data[high - begin :]
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a byte."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """The byte that is read next."""
        return self._file.tell()


def bare_sound(path: Path) -> BareSound | None:
    """What a file of bare sound says of its length, and what is there; None for any other file."""
    about = path.stat()
    return _bare(str(path), about.st_size, about.st_mtime_ns)


@lru_cache(maxsize=128)
def _bare(path: str, size: int, changed: int) -> BareSound | None:  # noqa: ARG001
    with Path(path).open("rb") as file:
        head = file.read(16)
        read = _READ.get(".w64" if head.startswith(_W64) else extension_of_head(head))
        return read(file, size) if read is not None else None


class _Layout(NamedTuple):
    """How a format writes its chunks: bytes of the name, of the length, in which order, what else counts."""

    name: int = 4
    length: int = 4
    order: Literal["little", "big"] = "little"
    whole: bool = False
    """The length is that of the chunk, its head included."""
    align: int = 2

    @property
    def head(self) -> int:
        return self.name + self.length


_RIFF, _IFF = _Layout(), _Layout(order="big")
_WAVE64, _CORE = _Layout(16, 8, whole=True, align=8), _Layout(4, 8, "big", align=1)


def _chunks(file: BinaryIO, at: int, end: int, layout: _Layout) -> Iterator[tuple[bytes, int, int]]:
    """Name, first byte behind the head, and length of the chunks in a row."""
    for _ in range(_MOST_CHUNKS):
        file.seek(at)
        head = file.read(layout.head)
        if len(head) < layout.head or at >= end:
            return
        long = int.from_bytes(head[layout.name :], layout.order)
        long -= layout.head * layout.whole
        yield head[: layout.name], at + layout.head, max(0, long)
        at += layout.head + max(0, long)
        at += -at % layout.align


class _Field(NamedTuple):
    """A number in a head that tells of the sound's bytes: where, how many bytes it has, in which order.

    It is the bytes of sound, or those by `per`, and `plus`.
    """

    at: int
    long: int = 4
    order: Literal["little", "big"] = "big"
    plus: int = 0
    per: int = 1

    def of(self, there: int) -> tuple[int, bytes]:
        value = there // self.per + self.plus
        return self.at, min(value, (1 << 8 * self.long) - 1).to_bytes(self.long, self.order)


def _au(file: BinaryIO, size: int) -> BareSound | None:
    file.seek(4)
    begin, told = (int.from_bytes(file.read(4), "big") for _ in range(2))
    return _weighed(file, _Sound(size, begin, told), [_Field(8)])


def _wav(file: BinaryIO, size: int) -> BareSound | None:
    sizes = counted = 0
    for name, at, told in _chunks(file, 12, size, _RIFF):
        if name == b"ds64":
            sizes = at + 8
            file.seek(sizes)
            counted = int.from_bytes(file.read(8), "little")
        elif name == b"data" and sizes:
            fields = [_Field(sizes, 8, "little"), _Field(sizes + 8, 8, "little", per=size)]
            return _weighed(file, _Sound(size, at, counted or told), fields, _RIFF)
        elif name == b"data":
            return _weighed(file, _Sound(size, at, told), [_Field(at - 4, 4, "little")], _RIFF)
    return None


def _aiff(file: BinaryIO, size: int) -> BareSound | None:
    frames: list[_Field] = []
    whole = _Field(4, plus=size - 8, per=size)
    for name, at, long in _chunks(file, 12, size, _IFF):
        if name == b"COMM":
            file.seek(at)
            head = file.read(22)
            block = int.from_bytes(head[:2], "big") * (-(-head[7] // 8)) if len(head) == 22 else 0  # noqa: PLR2004
            plain = long < len(head) or head[18:] in (b"NONE", b"sowt", b"twos")
            frames = [_Field(at + 2, per=block)] if plain and block else []
        elif name == b"SSND":
            sound = _Sound(size, at + 8, max(0, long - 8))
            found = _weighed(file, sound, [whole, *frames, _Field(at - 4, plus=8)], _IFF)
            file.seek(4)
            if found and not found.patches and int.from_bytes(file.read(4), "big") < at + found.told:
                return found._replace(patches=(whole.of(0),))
            return found
    return None


def _w64(file: BinaryIO, size: int) -> BareSound | None:
    for name, at, told in _chunks(file, 40, size, _WAVE64):
        if name[:4] == b"data":
            return _weighed(file, _Sound(size, at, told), [_Field(at - 8, 8, "little", 24)], _WAVE64)
    return None


def _caf(file: BinaryIO, size: int) -> BareSound | None:
    for name, at, long in _chunks(file, 8, size, _CORE):
        if name == b"data":
            sound = _Sound(size, at + 4, max(0, long - 4))
            return _weighed(file, sound, [_Field(at - 8, 8, plus=4)], _CORE)
    return None


class _Sound(NamedTuple):
    """A file of `size` bytes that has sound from one on, of which its head tells so many bytes."""

    size: int
    begin: int
    told: int


def _weighed(
    file: BinaryIO, sound: _Sound, fields: Sequence[_Field], layout: _Layout | None = None
) -> BareSound | None:
    """What is to be made of what a head tells of its sound, with the `fields` that do."""
    size, begin, told = sound
    there = size - begin
    if there <= 0:
        return None
    if any(low <= told <= high for low, high in _UNKNOWN):
        told = 0
    if told > there:
        return BareSound(told, there)
    behind = begin + told
    if layout is not None:
        behind += -behind % layout.align
        if told and (behind + layout.head > size or _is_chunk(file, behind, size, layout)):
            return BareSound(told, told)
    if told and _is_blank(file, behind):
        return BareSound(told, told)
    return BareSound(told, there, tuple(field.of(there) for field in fields))


def _is_chunk(file: BinaryIO, at: int, end: int, layout: _Layout) -> bool:
    name, begin, long = next(_chunks(file, at, end, layout), (b"", 0, 0))
    if layout.whole:
        return name.endswith(_W64_CHUNKS) and begin + long <= end
    return bool(name) and not name.translate(None, _PRINTABLE) and begin + long <= end


def _is_blank(file: BinaryIO, at: int) -> bool:
    """Whether there is nothing but zeros from a byte on: room that was kept for more sound."""
    file.seek(at)
    return not any(any(piece) for piece in iter(lambda: file.read(_PIECE), b""))


_READ = {".wav": _wav, ".aif": _aiff, ".au": _au, ".w64": _w64, ".caf": _caf}
"""What reads the heads of each type."""
