"""The sound of a file from any sample on: stereo float32 at 48 kHz, each sample at its place in the clip."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Self

import av
import numpy as np
from numpy.typing import NDArray

from .errors import MediaError
from .extent import clock_of, origin
from .feed import Feed
from .opening import only, open_media, sound_stream, sound_streams, video_stream
from .sample_clock import SampleClock
from .scan import skipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.stream import Stream

__all__ = ["RATE", "Samples", "SoundReader"]

RATE = 48_000
"""Samples a second of everything that is heard."""

Samples = NDArray[np.float32]
"""Sound: float32 of the shape (samples, 2), full scale is 1."""

_RUN_UP = Fraction(3, 5)
"""Seconds before the wanted sample at which decoding begins: decoders need some to be exact."""
_HOLE = RATE // 50
"""Timestamps that are further off than 20 ms mean a hole (or an overlap) in the sound, not rounding."""


class SoundReader:
    """One sound track of a file. A context manager; `seek`, then `read` on and on.

    Attributes:
        path: the file.
        track: the track's number from 1, 0 for the one that a player would choose.

    Raises:
        MediaError: the file can't be opened, or has no such sound.
    """

    def __init__(self, path: Path, name: str = "", track: int = 0) -> None:
        self.path, self._name, self.track = path, name or path.name, track
        self._position = 0
        self._wait: tuple[int, Samples] | None = None
        self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        self._container.close()

    @property
    def position(self) -> int:
        """The sample that is read next, counted from the clip's beginning."""
        return self._position

    def seek(self, position: int) -> None:
        """Go to a sample of the clip; a little further on than here it is reached by reading."""
        if 0 <= position - self._position < RATE:
            self.read(position - self._position)
            return
        if self._clock:  # no seek finds its way in a file of several clocks
            self._container.close()
            self._open()
            if Fraction(position, RATE) > 2 * _RUN_UP:
                self._restart(Fraction(position, RATE) - _RUN_UP + self._origin)
            self._position = position
            return
        for stream, seconds in self._ways(position):
            try:
                target = (Fraction(position, RATE) - seconds + self._origin) / Fraction(stream.time_base or 1)
                self._container.seek(int(target), stream=stream)
            except (av.error.FFmpegError, OSError):
                continue
            self._restart()
            block = next(self._blocks, None)
            if block is not None and block[0] <= position:
                self._wait, self._position = block, position
                return
        self._container.close()
        self._open()
        self._position = position

    def read(self, samples: int) -> Samples:
        """The next samples; fewer only at the sound's end. Where the clip has no sound for a while: zeros."""
        out = np.zeros((max(0, samples), 2), np.float32)
        done = 0
        while done < samples:
            if self._wait is None:
                self._wait = next(self._blocks, None)
                if self._wait is None:
                    break
            start, block = self._wait
            skip = self._position - start
            if skip >= len(block):
                self._wait = None
            elif skip < 0:  # a hole in the sound
                step = min(-skip, samples - done)
                done, self._position = done + step, self._position + step
            else:
                step = min(len(block) - skip, samples - done)
                out[done : done + step] = block[skip : skip + step]
                done, self._position = done + step, self._position + step
        return out[:done]

    def _open(self) -> None:
        self._container = open_media(self.path, self._name, heard=True)
        stream = sound_stream(self._container)
        if self.track:
            stream = dict(sound_streams(self._container)).get(self.track)
        if stream is None:
            self._container.close()
            raise MediaError(f"“{self._name}” has no sound.")
        self._pictures = video_stream(self._container)
        self._origin = origin(self._container)
        self._tick = Fraction(stream.time_base or 1)
        only(self._container, stream)
        self._stream: AudioStream = stream
        self._clock = clock_of(self.path, self._container, self._name)
        self._late = Fraction(0)
        self._restart()
        self._late = self._lateness()

    def _restart(self, after: Fraction | None = None) -> None:
        self._position, self._wait = 0, None
        self._feed = Feed(self.path, self._container, self._stream, self._clock, after=after)
        self._blocks: Iterator[tuple[int, Samples]] = self._decode()

    def _ways(self, position: int) -> Iterator[tuple[Stream, Fraction]]:
        """What to seek by, and how far before the wanted sample; near the beginning, decode from there."""
        for seconds in (_RUN_UP, Fraction(5)):
            if Fraction(position, RATE) < 2 * seconds:
                return
            yield self._stream, seconds
            if self._pictures is not None:  # Matroska's index knows the pictures only
                yield self._pictures, seconds

    def _lateness(self) -> Fraction:
        """Seconds by which the sound has to be moved, so that what it begins with is not skipped twice.

        Matroska's times include the samples that a decoder skips at the beginning. Some programs move the
        pictures by them instead of the sound, so that the sound would come early by as much.
        """
        if not self._container.format.name.startswith("matroska") or self._pictures is None:
            return Fraction(0)
        with suppress(av.error.FFmpegError, OSError):
            first = self._feed.peek()
            if first is None:
                return Fraction(0)
            begin = self._pictures.start_time
            if first.pts is None or begin is None or not first.has_sidedata("skip_samples"):
                return Fraction(0)
            skip = Fraction(skipped(first)[0], self._stream.codec_context.sample_rate or RATE)
            late = begin * Fraction(self._pictures.time_base or 1) - first.pts * self._tick - skip
            return late if 0 < late <= skip + self._tick else Fraction(0)
        return Fraction(0)

    def _decode(self) -> Iterator[tuple[int, Samples]]:
        run: _Run | None = None
        clock = SampleClock(RATE, self._late - self._origin)
        for frame in self._frames():
            start = None
            if frame.pts is not None and frame.time_base is not None:
                start = clock.sample(frame.pts, frame.time_base, self._feed.offset)
            if run is None or not run.continues(frame, start):
                if run is not None:
                    yield from run.take(None)
                run = _Run(frame, start or 0)
            yield from run.take(frame)
        if run is not None:
            yield from run.take(None)

    def _frames(self) -> Iterator[AudioFrame]:
        while True:
            try:
                packet = next(self._feed, None)
            except (av.error.FFmpegError, OSError):  # the file breaks off: what came is what there is
                return
            if packet is None:
                return
            try:
                frames = self._feed.stream.codec_context.decode(packet)
            except av.error.FFmpegError:  # a damaged packet, as players do: go on with the next
                continue
            yield from frames


class _Run:
    """Frames of one format that follow each other without a hole."""

    def __init__(self, frame: AudioFrame, start: int) -> None:
        self._format = _format(frame)
        self._rate, self._start = frame.sample_rate, start
        self._came = 0
        self._next = start
        # FFmpeg makes stereo of one channel 3 dB softer; here it stands on both as it is.
        layout = "mono" if frame.layout.nb_channels == 1 else "stereo"
        self._resampler = av.AudioResampler(format="fltp", layout=layout, rate=RATE)

    def continues(self, frame: AudioFrame, start: int | None) -> bool:
        expected = self._start + self._came * RATE // self._rate
        return _format(frame) == self._format and (start is None or abs(start - expected) < _HOLE)

    def take(self, frame: AudioFrame | None) -> Iterator[tuple[int, Samples]]:
        """Blocks with the place of their first sample; None for `frame` gives out what is left."""
        if frame is not None:
            self._came += frame.samples
            frame.pts = None
        for turned in self._resampler.resample(frame):
            if turned.samples == 0:
                continue
            block = np.empty((turned.samples, 2), np.float32)
            for side in (0, 1):
                memory: Any = turned.planes[min(side, len(turned.planes) - 1)]
                block[:, side] = np.frombuffer(memory, np.float32, turned.samples)
            if not np.isfinite(block).all():
                np.nan_to_num(block, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
            yield self._next, block
            self._next += len(block)


def _format(frame: AudioFrame) -> tuple[int, str, str]:
    return frame.sample_rate, frame.format.name, frame.layout.name
