"""What looking into a long upload costs: `python benchmarks/lengths.py [--hours 2]`.

A clip of as many hours is written as MP4, Matroska, that without a length, MPEG-TS, WebM and AVI, and a sound
as MP3, AAC, FLAC and Ogg (packets of an encoded half minute, again and again), and one of a quarter of that.
Each is looked into by a process of its own, whose peak of memory is its own, too; it has looked into the
half minute before. Printed are the seconds of copying the file, of all that the upload does to it besides
(`probe`), how many times the copying that is, and of FFmpeg's bare reading (each packet taken and dropped);
and how much more memory the long one takes than the short one, for both. The peak is Linux's VmHWM.
"""

from __future__ import annotations

import argparse
import multiprocessing
import shutil
import tempfile
import time
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np

from nemo_widgets.studio.media import probe

if TYPE_CHECKING:
    from collections.abc import Callable

_SECONDS, _SIZE = 30, (320, 180)
"""What is encoded; of a larger picture a packet has more bytes, but there are as many."""
_FILM = ("libx264", "aac")
_KINDS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "mp4": (_FILM, {}),
    "mkv": (_FILM, {}),
    "live.mkv": (_FILM, {"live": "1"}),
    "ts": (_FILM, {}),
    "webm": (("libvpx", "libopus"), {}),
    "avi": (("mpeg4", "libmp3lame"), {}),
    "mp3": (("libmp3lame",), {}),
    "aac": (("aac",), {}),
    "flac": (("flac",), {}),
    "ogg": (("libopus",), {}),
}
"""How files are called, what is in them, and what keeps a muxer from writing a length."""


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hours", type=float, default=2)
    parser.add_argument("--only", choices=_KINDS, help="one kind of file")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for ending in [asked.only] if asked.only else _KINDS:
            peaks = []
            for hours in (asked.hours / 4, asked.hours):
                path = _long(Path(folder), ending, hours)
                began = time.perf_counter()
                shutil.copy(path, path.with_suffix(".copy"))
                copied = time.perf_counter() - began
                bare, least = _alone(_bare, path)
                took, most = _alone(_probed, path)
                peaks.append((least, most))
                print(
                    f"{ending:8} {hours:5.2f} h {path.stat().st_size / 1e6:6.0f} MB: copy {copied:5.2f} s,"
                    f" probe {took:5.2f} s ({took / copied:.0f} times), bare reading {bare:5.2f} s"
                )
                path.with_suffix(".copy").unlink()
                path.unlink()
            (bare_short, short), (bare_long, long) = peaks
            print(f"{'':8} memory {long - short:+.1f} MB, bare reading {bare_long - bare_short:+.1f} MB")


def _alone(work: Callable[[Path], None], path: Path) -> tuple[float, float]:
    """The seconds that something takes in a new process, and that process's peak of memory in MB."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (work, path))


def _measured(work: Callable[[Path], None], path: Path) -> tuple[float, float]:
    work(next(path.parent.glob("part.*")))
    began = time.perf_counter()
    work(path)
    took = time.perf_counter() - began
    # Not `ru_maxrss`, which a process has from the one that started it.
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return took, int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _probed(path: Path) -> None:
    probe(path)


def _bare(path: Path) -> None:
    with av.open(str(path)) as file:
        for _ in file.demux():
            pass


def _long(folder: Path, ending: str, hours: float) -> Path:
    codecs, options = _KINDS[ending]
    part = folder / f"part.{'.'.join(codecs)}.mkv"
    if not part.exists():
        _part(part, codecs)
    path = folder / f"long.{ending}"
    with av.open(str(path), "w", options=options) as out, av.open(str(part)) as read:
        streams = [out.add_stream_from_template(stream) for stream in read.streams]
        packets = [
            (bytes(p), p.stream_index, p.pts, p.dts, p.duration, p.is_keyframe, p.time_base)
            for p in read.demux()
            if p.dts is not None and p.pts is not None and p.pts >= 0
        ]
        packets.sort(key=lambda packet: packet[3] * packet[6])
        for turn in range(round(hours * 3600 / _SECONDS)):
            for data, index, pts, dts, duration, key, tick in packets:
                packet, move = av.Packet(data), round(turn * _SECONDS / tick)
                packet.pts, packet.dts, packet.time_base = pts + move, dts + move, tick
                packet.duration = duration
                packet.stream, packet.is_keyframe = streams[index], key
                out.mux(packet)
    return path


def _part(path: Path, codecs: tuple[str, ...]) -> None:
    with av.open(str(path), "w") as file:
        sound = file.add_stream(codecs[-1], rate=48_000, layout="stereo")
        pictures = file.add_stream(codecs[0], rate=30) if codecs[1:] else None
        if pictures is not None:
            pictures.width, pictures.height, pictures.pix_fmt = *_SIZE, "yuv420p"
            pictures.options = (
                {"preset": "ultrafast", "crf": "35"} if codecs == _FILM else {"deadline": "realtime"}
            )
            for i in range(_SECONDS * 30):
                frame = av.VideoFrame(*_SIZE, "yuv420p")
                for plane, value in zip(frame.planes, (40 + i % 120, 128, 128), strict=True):
                    plane.update(bytes([value]) * plane.buffer_size)
                frame.pts, frame.time_base = i, Fraction(1, 30)
                file.mux(pictures.encode(frame))
            file.mux(pictures.encode(None))
        noise = np.random.default_rng(0).standard_normal((2, _SECONDS * 48_000)).astype(np.float32) * 0.1
        frame = av.AudioFrame.from_ndarray(noise, "fltp", "stereo")
        frame.sample_rate, frame.pts = 48_000, 0
        context = sound.codec_context
        size = context.frame_size or 4096
        resampler = av.AudioResampler(context.format or "fltp", "stereo", 48_000, frame_size=size)
        for turned in [*resampler.resample(frame), *resampler.resample(None)]:
            file.mux(sound.encode(turned))
        file.mux(sound.encode(None))


if __name__ == "__main__":
    main()
