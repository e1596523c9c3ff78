"""Where in a stream without a head another one begins that was joined to it: MPEG's, and AAC alone.

A file begins with its tables, and each of its streams with a whole picture or
sound: where all that is found and the clock goes back, or the tables tell of other streams, a file begins.
Everywhere else a clock that jumps is one recording's own.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from .sound_frames import frames_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Rows = NDArray[np.uint8]

__all__ = ["MOST_JOINTS", "adts_joints", "program_joints", "transport_joints"]

_SYNC, _SIZES = 0x47, ((188, 0), (192, 4), (204, 0))
"""What each packet begins with; how long they are, and how many bytes of a recorder's own stand before it."""
_FEW, _READ = 50, 40_000
"""Packets that are looked at at once: at first, and where all before were in step."""
MOST_JOINTS, _MOST_PLACES = 256, 1000
"""Files in one, and places where one may begin: what has more of them only looks like it."""
_BEGINNING = 2_000
"""Packets within which each stream of a file begins."""
_BACK, _WRAP = 45_000, 1 << 33
"""Ticks: a clock that goes back by half a second was set anew; where it goes back by so many, it ran over."""
_NULL = 0x1FFF
_PACK, _SYSTEM = b"\0\0\1\xba", b"\0\0\1\xbb"
_PIECE = 1 << 22


def transport_joints(file: BinaryIO, begin: int, end: int) -> list[int]:
    """The bytes at which other transport streams begin within this part of a file."""
    walk, at = _Walk(), begin
    while at < end:
        file.seek(at)
        size, lead, lost = _phase(file.read(4096))
        if not size:
            break
        at, many = at + lost, _FEW
        while at < end:
            file.seek(at)
            data = file.read(min(size * many, end - at))
            many = min(2 * many, _READ)
            whole = np.frombuffer(data, np.uint8, len(data) // size * size).reshape(-1, size)
            rows = _in_step(whole[:, lead:])
            walk.over(rows, at, size)
            at += len(rows) * size
            if len(rows) < len(whole) or not len(rows):  # a file's last packet is not whole
                at += not len(rows)
                break
    if len(walk.found) > _MOST_PLACES:
        return []
    starts = (place for place in walk.found if place > begin and _is_beginning(file, place, end))
    return list(islice(starts, MOST_JOINTS + 1))


def _phase(data: bytes) -> tuple[int, int, int]:
    """How long the packets are, what stands before each, and how many bytes to the first; 0 for none."""
    for lost in range(len(data) // 2):
        for size, lead in _SIZES:
            marks = data[lost + lead :: size][:5]
            if len(marks) > 1 and set(marks) == {_SYNC}:
                return size, lead, lost
    return 0, 0, 0


def _in_step(rows: Rows) -> Rows:
    lost = np.flatnonzero(rows[:, 0] != _SYNC)
    return rows[: lost[0]] if len(lost) else rows


def _pids(rows: Rows) -> NDArray[np.uint16]:
    return np.ascontiguousarray(rows[:, 1:3]).view(">u2")[:, 0].astype(np.uint16) & np.uint16(_NULL)


def _news(rows: Rows, tables: NDArray[np.intp], pids: NDArray[np.uint16]) -> list[int]:
    """Those of the tables that don't repeat what the one before them says, by their packets."""
    found: list[int] = []
    for pid in np.unique(pids):
        own = tables[pids == pid]
        said = rows[own]
        said[:, 3] &= 0x30  # the rest counts them
        new = (said[1:] != said[:-1]).any(axis=1)
        found += own[:1].tolist() + own[1:][new].tolist()
    return found


class _Walk:
    """Goes over packets that hold tables or the clock, and notes where a file may begin.

    Attributes:
        found: the bytes of the tables behind which the clock goes back, or which are others.
    """

    def __init__(self) -> None:
        self.found: list[int] = []
        self._clock = self._tables = -1
        self._last = -_PIECE  # no packet stands behind it
        self._maps: dict[int, bytes] = {}

    def over(self, rows: Rows, at: int, size: int) -> None:
        """The next packets, of which the first stands at a byte."""
        pids, told = _pids(rows), np.zeros(_NULL + 1, bool)
        told[:32] = told[list(self._maps)] = True  # the first ones are reserved for tables
        tables = np.flatnonzero(told[pids])
        begins = tables[np.diff(tables, prepend=(self._last - at) // size) != 1]
        back, news = self._backs(rows), _news(rows, tables, pids[tables])
        for n in np.union1d(back, news):
            self._begin(begins[: np.searchsorted(begins, n, "right")], at, size)
            if told[pids[n]]:
                self._read(rows[n], int(pids[n]))
            else:
                self._note()
        self._begin(begins, at, size)
        if len(tables):
            self._last = at + int(tables[-1]) * size

    def _begin(self, begins: NDArray[np.intp], at: int, size: int) -> None:
        if len(begins):
            self._tables = at + int(begins[-1]) * size

    def _backs(self, rows: Rows) -> NDArray[np.intp]:
        """The packets whose clock goes back."""
        longer = np.flatnonzero(rows[:, 3] & 0x20)  # those with more than their own head
        places = longer[(rows[longer, 4] > 6) & (rows[longer, 5] & 0x10 > 0)]  # noqa: PLR2004 - its bytes
        bits = rows[places, 6:11].astype(np.int64)
        clocks = bits[:, :4] @ (1 << np.array([25, 17, 9, 1])) + (bits[:, 4] >> 7)
        before = self._clock if self._clock >= 0 or not len(clocks) else int(clocks[0])
        back: NDArray[np.int64] = -np.diff(clocks, prepend=before)
        self._clock = int(clocks[-1]) if len(clocks) else self._clock
        found: NDArray[np.intp] = places[(back > _BACK) & (back < _WRAP // 2)]
        return found

    def _read(self, row: Rows, pid: int) -> None:
        """Of the first table the others' names, of these what they say of the streams."""
        data = row.tobytes()
        if not data[1] & 0x40 or data[3] & 0x20:
            return
        long = int.from_bytes(data[6:8], "big") & 0xFFF
        section = data[5 : 8 + long - 4]
        if pid == 0:
            entries = range(10, len(section) - 1, 4)
            named = {int.from_bytes(section[n : n + 2], "big") & 0x1FFF for n in entries}
            if self._maps and named != set(self._maps):
                self._note()
            self._maps = {pid: self._maps.get(pid, b"") for pid in named}
        elif pid in self._maps:
            streams = section[8:]
            if self._maps[pid] not in (b"", streams):
                self._note()
            self._maps[pid] = streams

    def _note(self) -> None:
        if self._tables not in self.found[-1:]:
            self.found.append(self._tables)


def _is_beginning(file: BinaryIO, at: int, end: int) -> bool:
    """Whether each stream begins behind these tables, so that nothing before them goes on."""
    file.seek(at)
    size, lead, lost = _phase(data := file.read(min(204 * _BEGINNING, end - at)))
    if not size or lost:
        return False
    rows = np.frombuffer(data, np.uint8, len(data) // size * size).reshape(-1, size)[:, lead:]
    rows = rows[(rows[:, 3] & 0x10 > 0) & (_pids(rows) != _NULL)]  # those that carry something
    pids = _pids(rows)
    _, first = np.unique(pids, return_index=True)
    return bool(np.all(rows[first, 1] & 0x40))


def program_joints(file: BinaryIO, begin: int, end: int) -> list[int]:
    """The bytes at which other program streams begin within this part of a file."""
    found, before = [], -1
    for at, clock, leads in _packs(file, begin, end):
        if leads and before >= 0 and _BACK < before - clock < _WRAP // 2:
            found.append(at)
        before = clock
    return found


def _packs(file: BinaryIO, begin: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Each pack's byte, clock, and whether it has the head that a file begins with."""
    data, at = b"", begin
    file.seek(at)
    while at < end:
        data, first = data[-64:], at - len(data[-64:])
        piece = file.read(min(_PIECE, end - at))
        if not piece:
            return
        data, at = data + piece, at + len(piece)
        stop = len(data) - (64 if at < end else 32)
        place = data.find(_PACK, 0, stop)
        while place >= 0:
            head = data[place + 4 : place + 10]
            if head[0] & 0xC0 == 0x40:  # noqa: PLR2004 - MPEG-2
                clock = (head[0] >> 3 & 7) << 30 | (head[0] & 3) << 28 | head[1] << 20
                clock |= (head[2] >> 3) << 15 | (head[2] & 3) << 13 | head[3] << 5 | head[4] >> 3
                behind = place + 14 + (data[place + 13] & 7)
            else:
                clock = (head[0] >> 1 & 7) << 30 | head[1] << 22 | (head[2] >> 1) << 15
                clock |= head[3] << 7 | head[4] >> 1
                behind = place + 12
            yield first + place, clock, data.startswith(_SYSTEM, behind)
            place = data.find(_PACK, place + 4, stop)


def adts_joints(file: BinaryIO, begin: int, end: int) -> list[int]:
    """The bytes of an AAC file from which on its rate or its channels are others."""
    found: list[int] = []
    told, other = b"", -1
    frames = frames_in(file, "aac", (begin, end))
    for first, kind, more in frames.kinds if frames is not None else ():
        for at in (first, first)[: 1 + more]:
            if kind == told:
                other = -1
            elif other < 0 and told:
                other = at  # what comes once alone is an error
            else:
                found += [other] if told else []
                told, other = kind, -1
    return found
