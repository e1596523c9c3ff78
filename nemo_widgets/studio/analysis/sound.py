"""A clip's sound as a stream of small mono blocks, each at its place in the clip's time."""

from __future__ import annotations

from contextlib import closing
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Self, cast

import av
import numpy as np

from nemo_widgets.studio.media import MediaError
from nemo_widgets.studio.media.extent import extents, origin
from nemo_widgets.studio.media.feed import Feed
from nemo_widgets.studio.media.mix import MixReader
from nemo_widgets.studio.media.opening import only, open_media, sound_streams
from nemo_widgets.studio.media.sound import RATE as _FULL

from .errors import NoSound, Unreadable

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path

    from av.audio.frame import AudioFrame
    from av.container import InputContainer
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

__all__ = ["RATE", "Sound"]

RATE = 16_000
"""Samples a second after decoding: it keeps what is below 8 kHz, hence the hiss of an s."""

_BLOCK_SECONDS = 1
_GAP_SECONDS = 0.02
"""Timestamps that are further off than this mean a hole (or an overlap) in the sound, not rounding."""
_LONGEST_HOLE = 3600 * RATE
"""Where a clip doesn't say how long it is, a hole longer than an hour is a broken timestamp."""


class Sound:
    """What is heard of a clip. A context manager; `blocks` can be gone through once.

    `tracks` are the numbers of the sound tracks that are heard, from 1; none for all of them. Nothing but
    the sound's packets is read where the format allows it (in MP4 the pictures' bytes are skipped, not
    read), and no picture is decoded.

    Raises:
        NoSound: the clip has no sound stream.
        Unreadable: the file is no clip, or can't be opened.
    """

    def __init__(self, path: Path, name: str = "", tracks: Sequence[int] = ()) -> None:
        self._path, self._name = path, name or path.name
        try:
            self._container: InputContainer = open_media(path, self._name, heard=True)
        except MediaError as error:
            raise Unreadable(f"{self._name} can't be read as a clip.") from error
        streams = [
            stream for number, stream in sound_streams(self._container) if number in tracks or not tracks
        ]
        if not streams:
            self._container.close()
            raise NoSound(f"{self._name} has no sound.")
        self._mixed = tuple(tracks) if len(streams) > 1 else None
        """The tracks that are mixed; None where there is but one to be heard."""
        self._stream = stream = streams[0]
        only(self._container, stream)
        start = origin(self._container)
        self._origin = float(start)
        try:
            found = extents(path, self._name)
        except MediaError as error:
            self._container.close()
            raise Unreadable(str(error)) from error
        self._clock = found.clock
        ends = [extent.end for extent in (found.pictures, found.heard) if extent is not None]
        self.duration_ms = max(0, round((max(ends, default=Fraction(0)) - start) * 1000))
        """How long the clip is, pictures included; 0 where there is nothing in it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._container.close()

    def blocks(self) -> Iterator[Samples]:
        """Mono float32 blocks of about a second at 16 kHz; the first sample is the clip's first moment.

        Where the clip has no sound for a while (it begins late, say), there are zeros. Damaged packets are
        left out the same way.
        """
        written = 0
        if self._mixed is not None:
            yield from self._mix(self._mixed)
            return
        with closing(self._pieces()) as pieces:
            for at, samples in pieces:
                hole = at - written if at is not None else 0
                if hole < 0:
                    samples = samples[-hole:]  # noqa: PLW2901 - what was already heard is not heard again
                elif (
                    0
                    < hole
                    <= (self.duration_ms * RATE // 1000 + RATE if self.duration_ms else _LONGEST_HOLE)
                ):
                    for length in _lengths(hole):
                        yield np.zeros(length, np.float32)
                    written += hole
                if samples.size:
                    written += samples.size
                    yield samples

    def _mix(self, tracks: Sequence[int]) -> Iterator[Samples]:
        """The same of several tracks together."""
        resampler = av.AudioResampler(format="fltp", layout="mono", rate=RATE)
        try:
            with MixReader(self._path, self._name, tracks) as reader:
                while len(block := reader.read(_FULL * _BLOCK_SECONDS)):
                    mono = np.ascontiguousarray(block.mean(axis=1)[None])
                    frame = av.AudioFrame.from_ndarray(mono, "fltp", "mono")
                    frame.sample_rate = _FULL
                    for turned in resampler.resample(frame):
                        yield cast("Samples", turned.to_ndarray()[0])
        except MediaError as error:
            raise Unreadable(str(error)) from error
        for turned in resampler.resample(None):
            yield cast("Samples", turned.to_ndarray()[0])

    def _pieces(self) -> Generator[tuple[int | None, Samples]]:
        """Decoded blocks; with each its place in samples where that is not simply behind the one before."""
        run: _Run | None = None
        for frame, tick, offset in self._frames():
            start = None if frame.pts is None or not tick else frame.pts * tick + offset - self._origin
            if run is None or not run.continues(frame, start):
                if run is not None:
                    yield from run.read(last=True)
                run = _Run(frame, start)
            run.write(frame)
            yield from run.read()
        if run is not None:
            yield from run.read(last=True)

    def _frames(self) -> Iterator[tuple[AudioFrame, float, float]]:
        """Each frame with the unit of its times, and what is to be added to them, in seconds."""
        feed = Feed(self._path, self._container, self._stream, self._clock)
        link, tick, offset = -1, 0.0, 0.0  # asking each frame for them costs a Fraction
        while True:
            try:
                packet = next(feed, None)
            except (av.error.FFmpegError, OSError):  # the file is cut short: what came is what there is
                return
            if packet is None:
                return
            if link != feed.link:
                link, tick, offset = feed.link, float(feed.stream.time_base or 0), float(feed.offset)
            try:
                for frame in feed.stream.codec_context.decode(packet):
                    yield frame, tick, offset
            except av.error.FFmpegError:  # a damaged packet, as every player does: go on with the next
                continue


class _Run:
    """Frames of one format that follow each other without a hole, turned to 16 kHz a second at a time.

    Collecting them first makes decoding about twice as fast: what costs is the number of calls.
    """

    def __init__(self, frame: AudioFrame, start: float | None) -> None:
        self._format = _format(frame)
        self._rate = frame.sample_rate
        self._next = start
        self._place = None if start is None else round(start * RATE)
        self._fifo = av.AudioFifo()
        layout = "mono" if frame.layout.nb_channels == 1 else "stereo"
        self._resampler = av.AudioResampler(format="fltp", layout=layout, rate=RATE)
        self._sign = 1.0

    def continues(self, frame: AudioFrame, start: float | None) -> bool:
        if _format(frame) != self._format:
            return False
        return start is None or self._next is None or abs(start - self._next) < _GAP_SECONDS

    def write(self, frame: AudioFrame) -> None:
        if self._next is not None:
            self._next += frame.samples / self._rate
        frame.pts = None
        self._fifo.write(frame)

    def read(self, *, last: bool = False) -> Iterator[tuple[int | None, Samples]]:
        while self._fifo.samples >= self._rate * _BLOCK_SECONDS or (last and self._fifo.samples):
            collected = self._fifo.read(self._rate * _BLOCK_SECONDS, partial=last)
            if collected is None:
                break
            collected.pts = None
            yield from self._turn(collected)
        if last:
            yield from self._turn(None)

    def _turn(self, collected: AudioFrame | None) -> Iterator[tuple[int | None, Samples]]:
        for frame in self._resampler.resample(collected):
            place, self._place = self._place, None
            yield place, self._mono(cast("Samples", frame.to_ndarray()))

    def _mono(self, channels: Samples) -> Samples:
        """One channel of two; where they mirror each other (a miswired cable), one is turned round."""
        if len(channels) == 1:
            only: Samples = channels[0]
            return only
        left, right = channels
        common, powers = float(left @ right), float(left @ left) * float(right @ right)
        if powers > 0 and abs(common) > 0.5 * powers**0.5:  # clearly alike or opposite
            self._sign = 1.0 if common > 0 else -1.0
        mixed: Samples = (left + np.float32(self._sign) * right) * np.float32(0.5)
        return mixed


def _format(frame: AudioFrame) -> tuple[Any, ...]:
    return frame.sample_rate, frame.format.name, frame.layout.name


def _lengths(samples: int) -> Iterator[int]:
    while samples > 0:
        yield min(samples, RATE)
        samples -= RATE
