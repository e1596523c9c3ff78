"""Files with several sound tracks, covers and other pictures, small and made here."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import numpy as np
from clips import RATE, chirp

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["Track", "chirps", "recording"]


class Track:
    """One sound track: chirps at these seconds, and how it is stored."""

    def __init__(
        self,
        *at: float,
        seconds: float = 4,
        codec: str = "",
        layout: str = "mono",
        rate: int = RATE,
        begins: float = 0,
        gain: float = 1,
        sides: tuple[float, float] | None = None,
        **tags: str,
    ) -> None:
        self.at, self.seconds, self.codec, self.layout = at, seconds, codec, layout
        self.rate, self.begins, self.gain, self.tags = rate, begins, gain, tags
        self.sides = sides
        """How loud it is on the left and on the right; below 0 it is turned round there."""


def chirps(*at: float, seconds: float, gain: float = 1) -> np.ndarray:
    """Sound with chirps at these moments: (samples,)."""
    samples = np.zeros(round(seconds * RATE))
    for moment in at:
        samples[round(moment * RATE) :][: chirp().size] += chirp() * gain
    return samples


def recording(
    path: Path,
    *tracks: Track,
    pictures: int = 0,
    picture: str = "libx264",
    size: tuple[int, int] = (64, 36),
    cover: bool = False,
    fps: int = 10,
    codec: str = "aac",
) -> Path:
    """Writes a file with these sound tracks beside so many pictures.

    With -1 there is a video track in which nothing can be decoded; with `cover` they are flagged as one.
    """
    with av.open(str(path), "w") as file:
        video: Any = None
        if pictures:
            video = file.add_stream(picture, rate=fps)
            video.width, video.height = size
            video.pix_fmt = {"mjpeg": "yuvj420p", "png": "rgb24"}.get(picture, "yuv420p")
            if cover:
                video.disposition = av.stream.Disposition.attached_pic
        streams = []
        for track in tracks:
            stream = file.add_stream(track.codec or codec, rate=track.rate, layout=track.layout)
            stream.metadata.update(track.tags)
            streams.append(stream)
        packets = []
        for n in range(pictures):
            frame = av.VideoFrame.from_ndarray(
                np.full((size[1], size[0], 3), 60 + n % 190, np.uint8), "rgb24"
            )
            frame = frame.reformat(format=video.pix_fmt)
            frame.pts, frame.time_base = n, Fraction(1, fps)
            packets += video.encode(frame)
        packets += video.encode(None) if pictures > 0 else []
        for n in range(4 if pictures < 0 else 0):
            packet = av.Packet(b"\0\0\0\5\x65junk")
            packet.stream, packet.pts, packet.dts, packet.time_base = video, n, n, Fraction(1, fps)
            packets.append(packet)
        for track, stream in zip(tracks, streams, strict=True):
            packets += _encoded(track, stream)
        for packet in sorted(packets, key=lambda p: p.dts * p.time_base if p.dts is not None else 0):
            file.mux(packet)
    return path


def _encoded(track: Track, stream: Any) -> Sequence[Any]:
    if not track.seconds:
        return []
    samples = chirps(*track.at, seconds=track.seconds, gain=track.gain).astype(np.float32)
    frame = av.AudioFrame.from_ndarray(samples[None], "fltp", "mono")
    if track.sides:
        stereo = np.outer(track.sides, samples).astype(np.float32)
        frame = av.AudioFrame.from_ndarray(stereo, "fltp", "stereo")
    frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
    frame.pts = round(track.begins * RATE)
    context = stream.codec_context
    size = context.frame_size or 1024
    resampler = av.AudioResampler(context.format, track.layout, track.rate, frame_size=size)
    packets = []
    for turned in [*resampler.resample(frame), *resampler.resample(None)]:
        packets += stream.encode(turned)
    return [*packets, *stream.encode(None)]
