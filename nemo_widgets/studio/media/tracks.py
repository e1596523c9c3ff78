"""The sound tracks of a file: what they are called, which are silent, which repeat another one."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from nemo_widgets.printable import without_controls
from nemo_widgets.studio.soundtrack import SoundTrack

from .errors import MediaError
from .opening import open_media, sound_streams
from .sound import RATE, SoundReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from av.audio.stream import AudioStream

    from .sound import Samples

__all__ = ["sound_tracks"]

_MOST = 64
"""Tracks: what compares them takes the square of their number."""
_LONGEST = 80
"""Characters of a track's title."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}")
_WHOLE = 60 * RATE
"""Up to a minute all of the sound is listened to; of longer ones, parts all over it."""
_PARTS = 24
_SILENT = 1e-3
"""A track whose peak stays below this (-60 dB) is silent."""
_ALIKE = 0.97
"""Two tracks that correlate by at least this have the same sound: mixed, it would only be twice as loud."""
_SHARED = 0.2
"""What correlates by at least this is the same sound among others: of a second microphone, or of a mix."""
_COARSE, _POINTS, _LATE = 6, 16_384, 400
"""Of so many samples one is made for the comparison, with room for 50 ms by which one may be late."""


def sound_tracks(path: Path, duration_ms: int, name: str = "") -> tuple[SoundTrack, ...]:
    """The tracks of a file that has several, in order; none for a file with one or no sound track.

    A file of up to a minute is listened to as a whole; of a longer one two dozen seconds all over it.

    Raises:
        MediaError: the file can't be opened, or has over _MOST sound tracks.
    """
    with open_media(path, name, heard=True) as container:
        streams = sound_streams(container)
        if len(streams) < 2:  # noqa: PLR2004 - several
            return ()
        if len(streams) > _MOST:
            raise MediaError(
                f"“{name or path.name}” has {len(streams)} sound tracks, over {_MOST}: keep fewer of them, "
                "and upload that."
            )
        told = [_told(number, stream) for number, stream in streams]
    measured = _Measured(len(told))
    readers = [SoundReader(path, name, track.number) for track in told]
    try:
        for at, samples in _parts(duration_ms * RATE // 1000):
            blocks = []
            for reader in readers:
                reader.seek(at)
                blocks.append(reader.read(samples))
            measured.add(blocks)
    finally:
        for reader in readers:
            reader.close()
    every = range(len(told))
    alike = {pair: measured.likeness(*pair) for pair in combinations(every, 2)}
    return tuple(
        track._replace(
            silent=measured.silent(i),
            repeats=next((told[j].number for j in range(i) if alike[j, i] >= _ALIKE), 0),
            shared=tuple(told[j].number for j in every if j != i and alike[min(i, j), max(i, j)] >= _SHARED),
        )
        for i, track in enumerate(told)
    )


def _told(number: int, stream: AudioStream) -> SoundTrack:
    tags = {key.lower(): _tag(value) for key, value in stream.metadata.items()}
    title = tags.get("title") or tags.get("name") or ""
    if not title and tags.get("handler_name", "") not in _HANDLERS:
        title = tags.get("handler_name", "")
    language = tags.get("language", "")
    known = _LANGUAGE.fullmatch(language) is not None and language not in ("und", "mis", "zxx")
    return SoundTrack(number, title, language if known else "", stream.codec_context.channels)


def _tag(value: str) -> str:
    """What a tag says, as a name: in one line, and no longer than one."""
    said = " ".join(without_controls(value[: 4 * _LONGEST]).split())
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1].rstrip() + "…"


_HANDLERS = frozenset({
    "", "SoundHandler", "Core Media Audio", "Apple Sound Media Handler", "Sound Media Handler", "soun",
    "GPAC ISO Audio Handler", "Mainconcept MP4 Sound Media Handler", "SoundHandle", "AudioHandle",
    "GoPro AAC", "ISO Media file produced by Google Inc.", "DJI.Audio",
})  # fmt: skip
"""What programs write as a track's name that says nothing of what is in it."""


def _parts(length: int) -> Iterator[tuple[int, int]]:
    """Where to listen, and to how many samples."""
    if length <= _WHOLE:
        for at in range(0, max(length, 1) + RATE, RATE):
            yield at, RATE
        return
    for i in range(_PARTS):
        yield (length - RATE) * i // (_PARTS - 1), RATE


class _Measured:
    """Peaks of the tracks, and how much each is like each other one, be it some milliseconds late."""

    def __init__(self, count: int) -> None:
        self._peaks = np.zeros(count)
        self._common = np.zeros((count, count, _POINTS // 2 + 1), np.complex64)

    def add(self, blocks: Sequence[Samples]) -> None:
        """Take what is heard at the same time, up to a second."""
        mono = np.zeros((len(blocks), RATE), np.float32)
        for i, block in enumerate(blocks):
            if len(block):
                self._peaks[i] = max(self._peaks[i], float(np.abs(block).max()))
                mono[i, : len(block)] = block.mean(axis=1)
        coarse = mono.reshape(len(blocks), -1, _COARSE).mean(axis=2)
        # The difference, lest a hum that all have in common makes them alike.
        spectra = np.fft.rfft(np.diff(coarse), _POINTS).astype(np.complex64)
        for i, own in enumerate(spectra):
            self._common[i, i:] += np.conj(own) * spectra[i:]

    def silent(self, i: int) -> bool:
        """Whether nothing of it is heard."""
        return bool(self._peaks[i] < _SILENT)

    def likeness(self, i: int, j: int) -> float:
        """How much of both, `i` < `j`, is the same sound: 0 for nothing, 1 for all, however loud each is."""
        powers = self._powers[i] * self._powers[j]
        if self.silent(i) or self.silent(j) or powers <= 0:
            return 0.0
        common = np.fft.irfft(self._common[i, j], _POINTS)
        near = np.concatenate([common[:_LATE], common[-_LATE:]])
        return float(near.max() / powers**0.5)

    @cached_property
    def _powers(self) -> list[float]:
        return [float(np.fft.irfft(own[i], _POINTS)[0]) for i, own in enumerate(self._common)]
