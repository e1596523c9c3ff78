"""What a file lost on its way: stretches of pictures and sound that are missing from it or spoilt."""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .marks import Marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from av.stream import Stream
    from numpy.typing import NDArray

__all__ = ["UNREAD", "Hole", "Holes", "lost", "merged", "moved_of_index", "spoilt_of_index"]

_PAUSE, _SILENT, _STILL = Fraction(1, 10), Fraction(1, 20), 2.5
"""Seconds, or pictures, without any that are too many to be rounding."""
_NEAR = Fraction(1, 2)
"""Holes of pictures and of sound no further apart than that are one."""
_APART = Fraction(3, 2)
"""Seconds by which what stands side by side in a file may differ: sound is sent later than its pictures."""
_MOST = 256
_MOST_LOOKS = 8192
"""Pictures of a file that are looked at; around those that are spoilt all others are, too."""
_PIECE, _CHUNK = 1 << 22, 8
"""Bytes that are read at once, and of a piece's head: its name and its length."""
UNREAD = 1024
"""Bytes between two packets that are more than a format puts there."""


class Hole(NamedTuple):
    """A stretch in which a stream has nothing, or nothing that can be read; `sure`: it was there once."""

    begin: Fraction
    end: Fraction
    sure: bool = False


class Holes:
    """Finds the holes of one stream while its packets are read one by one."""

    def __init__(self, tick: Fraction, usual: int, *, sound: bool) -> None:
        self._sound = sound
        self._least = float(_SILENT / tick) if sound else max(float(_PAUSE / tick), _STILL * usual)
        self._behind: int | None = None
        self._since: int | None = None
        self._sure = False
        self.found: list[tuple[int, int, bool]] = []
        """From, until (ticks), and whether what is missing was there once."""

    def restart(self) -> None:
        """The clock starts anew."""
        self._behind = self._since = None

    def add(self, begin: int, long: int, *, key: bool = True, spoilt: bool = False, unread: int = 0) -> None:
        """The next packet, before which `unread` bytes stand. Pictures go on with one that is `key`."""
        behind = begin if self._behind is None else self._behind
        gap = begin - behind > self._least
        if gap or spoilt:
            self._since = behind if self._since is None else self._since
            self._sure = self._sure or spoilt or (gap and unread > UNREAD)
        if self._since is not None and not spoilt and (key or self._sound):
            self.close(begin)
        self._behind = max(behind, begin + long)

    def none(self, begins: NDArray[np.int64], lasts: NDArray[np.int64]) -> bool:
        """Whether no hole is open, and none before any of these packets in a row, all of them whole."""
        if self._since is not None:
            return False
        first = int(begins[0]) if self._behind is None else self._behind
        behind = np.maximum.accumulate(np.concatenate([[first], (begins + lasts)[:-1]]))
        return bool((begins - behind).max() <= self._least)

    def passed(self, end: int) -> None:
        """Packets that have no hole, and end then."""
        self._behind = end if self._behind is None else max(self._behind, end)

    def close(self, end: int | None = None) -> None:
        """End a hole that is open, where the stream ends if not before."""
        end = self._behind if end is None else end
        if self._since is not None and end is not None and end > self._since and len(self.found) < _MOST:
            self.found.append((self._since, end, self._sure))
        self._since, self._sure = None, False


def lost(
    pictures: Sequence[Hole], sounds: Sequence[Hole], *, certain: bool, alone: bool = False
) -> tuple[Hole, ...]:
    """The holes that are a loss. A pause in the pictures alone, or the sound alone, is none if it isn't sure.

    `certain`: what both lack is lost in any case, as in formats that go on through pauses; `alone`: there is
    one stream in it.
    """
    kept = [hole for hole in (*pictures, *sounds) if hole.sure or (certain and alone)]
    for hole in pictures:
        other = [s for s in sounds if s.begin < hole.end + _APART and s.end > hole.begin - _APART]
        if other and (certain or hole.sure or any(s.sure for s in other)):
            kept += [hole, *other]
    return tuple(merged(kept))


def merged(holes: Iterable[Hole]) -> list[Hole]:
    """The same in order, those that are near each other as one."""
    out: list[Hole] = []
    for hole in sorted(set(holes)):
        if out and hole.begin <= out[-1].end + _NEAR:
            out[-1] = Hole(out[-1].begin, max(out[-1].end, hole.end), sure=True)
        else:
            out.append(hole._replace(sure=True))
    return out


def spoilt_of_index(path: Path, stream: Stream, begin: int = 0) -> list[Hole]:
    """The same for a file that lists its packets: what stands where they should be is looked at."""
    marks, tick = Marks(stream), Fraction(stream.time_base or 1)
    if not marks.head:
        return []
    index = stream.index_entries
    step = max(1, len(index) // _MOST_LOOKS)
    with path.open("rb", buffering=0) as file:

        def spoilt(number: int) -> bool:
            entry = index[number]
            file.seek(begin + entry.pos)
            return marks.spoilt(file.read(min(marks.head, entry.size)), entry.size)

        coarse = [number for number in range(0, len(index), step) if spoilt(number)]
        around = {n for c in coarse for n in range(max(0, c - step + 1), min(len(index), c + step))}
        bad = sorted(number for number in around if spoilt(number))
    keys = [number for number, entry in enumerate(index) if entry.is_keyframe] if bad else []
    out = []
    for number in bad:
        place = bisect_left(keys, number + 1)
        end = keys[place] if place < len(keys) else len(index) - 1
        out.append(Hole(index[number].timestamp * tick, index[end].timestamp * tick, sure=True))
    return merged(out)


def moved_of_index(path: Path, streams: Sequence[Stream]) -> list[Hole]:
    """The same for an AVI: where a piece that the list at its end names is not where it says."""
    listed = [stream.index_entries for stream in streams]
    there = _there(
        path, np.array([(e.pos, e.size) for index in listed for e in index], np.int64).reshape(-1, 2)
    )
    out: list[Hole] = []
    for stream, index in zip(streams, listed, strict=True):
        mine, there = there[: len(index)], there[len(index) :]
        tick, bad = Fraction(stream.time_base or 1), np.flatnonzero(~mine).tolist()
        if len(bad) == len(index):  # the list counts from elsewhere
            continue
        ends = [index[min(number + 1, len(index) - 1)].timestamp * tick for number in bad]
        out += (Hole(index[n].timestamp * tick, end, sure=True) for n, end in zip(bad, ends, strict=True))
    return merged(out)


def _there(path: Path, places: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether an AVI's pieces, (byte, size), are where they should be. They are many: it is read in a row."""
    there, order = np.zeros(len(places), bool), np.argsort(places[:, 0], kind="stable")
    begins, at = places[order, 0], 0
    with path.open("rb") as file:
        while data := file.read(_PIECE + _CHUNK):
            first, last = np.searchsorted(begins, (at, at + max(0, len(data) - _CHUNK) + 1))
            heads = np.frombuffer(data, np.uint8)[(begins[first:last] - at)[:, None] + np.arange(_CHUNK)]
            long = heads[:, 4:].copy().view("<u4")[:, 0]
            digits = ((heads[:, :2] >= ord("0")) & (heads[:, :2] <= ord("9"))).all(axis=1)
            there[order[first:last]] = digits & (long == places[order[first:last], 1])
            at += _PIECE
            file.seek(at)
    return there
