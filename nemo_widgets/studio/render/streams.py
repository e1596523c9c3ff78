"""Where the samples of a piece come from: a file played on, round, backwards, faster, or music made here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nemo_widgets.studio.media.sound import RATE
from nemo_widgets.studio.music.playing import play

from .dynamics import BLOCK
from .tempo import retimed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nemo_widgets.studio.media.mix import MixReader
    from nemo_widgets.studio.media.sound import Samples

    from .model import AudioClip

__all__ = ["generated", "played"]

_JOIN = RATE * 5 // 1000
"""Samples over which a looping file goes over into its own beginning."""
_BACK = 5 * RATE
"""Samples that are read at once where a clip is heard backwards."""


def generated(piece: AudioClip) -> Iterator[Samples]:
    """Music that is made here."""
    return play(str(piece.source), piece.length, start=piece.begin, ends=piece.ends)


def played(reader: MixReader, piece: AudioClip) -> Iterator[Samples]:
    """A file's sound as a piece plays it; `reader` stands where it begins, and is sought where it must be."""
    if piece.loop:
        return _looped(reader, piece)
    straight = _backwards(reader, piece.begin) if piece.reverse else _straight(reader)
    return retimed(straight, piece.speed) if piece.speed != 1 else straight


def _straight(reader: MixReader) -> Iterator[Samples]:
    while len(block := reader.read(BLOCK)):
        yield block


def _backwards(reader: MixReader, begin: int) -> Iterator[Samples]:
    """The source from a sample back to its beginning, some seconds at a time."""
    while begin > 0:
        count = min(begin, _BACK)
        begin -= count
        reader.seek(begin)
        block = reader.read(count)
        out = np.zeros((count, 2), np.float32)  # the sound may end before its picture
        out[count - len(block) :] = block[::-1]
        yield from np.array_split(out, max(1, count // BLOCK))


def _looped(reader: MixReader, piece: AudioClip) -> Iterator[Samples]:
    """A part of the source again and again, in time to the sample; ends where the source holds nothing.

    What comes behind the part fades out over its beginning; where nothing does, its own end fades.
    """
    begin, until = piece.begin, piece.until

    def more(samples: int) -> Samples:
        return reader.read(min(samples, until - reader.position) if until else samples)

    share = ((np.arange(_JOIN) + 0.5) / _JOIN).astype(np.float32)[:, None]
    head = more(_JOIN)
    if not len(head):
        begin = 0
        reader.seek(begin)
        head = more(_JOIN)
    while len(head) == _JOIN:  # what is shorter than the join itself is heard once
        tail = head
        while len(block := more(BLOCK)):
            joined = np.concatenate([tail, block])
            yield joined[:-_JOIN]
            tail = joined[-_JOIN:]
        behind = reader.read(_JOIN) if until else tail[:0]
        if len(behind) < _JOIN:
            tail, behind = tail * share[::-1], np.zeros((_JOIN, 2), np.float32)
        yield tail
        reader.seek(begin)
        head = more(_JOIN)
        if len(head) == _JOIN:
            head = head * share + behind * share[::-1]
    yield head
