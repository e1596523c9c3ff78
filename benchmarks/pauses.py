"""How fast and how well pauses are found: `python benchmarks/pauses.py [clip …] [--minutes 10]`.

Without clips, the speech sample is repeated to the length asked for and written as MP4 (its picture is
copied along), then searched. Printed are multiples of real time: of decoding the sound alone (as it is, into
nothing), of the analysis alone (on samples already decoded), and of `find_pauses`, which does both; then
precision, recall and overlap by time against the known pauses, clean and under white noise; and the peak of
memory, in which the benchmark's own copy of the samples (4 MB a minute) is the largest part.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np

from nemo_widgets.studio.analysis import find_pauses
from nemo_widgets.studio.analysis.levels import Levels
from nemo_widgets.studio.analysis.sound import RATE, Sound
from nemo_widgets.studio.analysis.speech import speech_in
from nemo_widgets.studio.samples import SAMPLES, truth

if TYPE_CHECKING:
    from collections.abc import Callable

_ROUNDS = 3


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clips", nargs="*", type=Path)
    parser.add_argument("--minutes", type=float, default=10)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for path in asked.clips or [_repeated(Path(folder) / "speech.mp4", asked.minutes)]:
            _speed(path)
        _quality(Path(folder))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024 if sys.platform != "darwin" else 1024**2
    )
    print(f"peak of memory: {peak:.0f} MB")


def _speed(path: Path) -> None:
    with Sound(path) as sound:
        blocks = list(sound.blocks())
    seconds = sum(map(len, blocks)) / RATE

    def analyse() -> None:
        levels = Levels()
        for block in blocks:
            levels.feed(block)
        levels.finish()
        speech_in(levels, None, path.name)

    print(f"{path.name}: {seconds / 60:.1f} minutes")
    for name, work in (
        ("decoding alone", lambda: _decode(path)),
        ("analysis alone", analyse),
        ("find_pauses", lambda: find_pauses(path)),
    ):
        print(f"  {name:15} {seconds / _best(work):8,.0f} x real time")


def _best(work: Callable[[], object]) -> float:
    """The shortest of some rounds, in seconds: what else the machine does only ever adds."""
    taken = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def _decode(path: Path) -> None:
    with av.open(str(path)) as clip:
        for _ in clip.decode(audio=0):
            pass


def _quality(folder: Path) -> None:
    known = truth("speech")
    with Sound(SAMPLES["speech"]) as sound:
        samples = np.concatenate(list(sound.blocks()))
    noise = np.random.default_rng(1).normal(size=len(samples))
    print("speech sample, padding 0   precision  recall  overlap")
    for name, level in (
        ("clean", None),
        ("noise at -40 dB", -40),
        ("noise at -35 dB", -35),
        ("noise at -30 dB", -30),
    ):
        path = folder / "noisy.wav"
        _write_wav(path, samples if level is None else samples + 10 ** (level / 20) * noise)
        found = find_pauses(path, padding_ms=0)
        a, b = (_mask(ranges, known["duration_ms"]) for ranges in (found, known["pauses"]))
        both = (a & b).sum()
        print(f"  {name:25} {both / max(1, a.sum()):8.3f} {both / b.sum():8.3f} {both / (a | b).sum():8.3f}")


def _mask(ranges: list[tuple[int, int]], duration_ms: int) -> np.ndarray:
    mask = np.zeros(duration_ms, bool)
    for start, end in ranges:
        mask[start:end] = True
    return mask


def _write_wav(path: Path, samples: np.ndarray) -> None:
    with av.open(str(path), "w") as out:
        stream = out.add_stream("pcm_s16le", rate=RATE, layout="mono")
        counts = np.clip(samples * 32767, -32768, 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(counts[None], format="s16", layout="mono")
        frame.sample_rate = RATE
        out.mux(stream.encode(frame))
        out.mux(stream.encode())


def _repeated(path: Path, minutes: float) -> Path:
    """The speech sample again and again, its packets copied."""
    source = SAMPLES["speech"]
    with av.open(str(path), "w") as out:
        with av.open(str(source)) as clip:
            streams = {s.index: out.add_stream_from_template(s) for s in clip.streams}
        last: dict[int, int] = {}
        length = truth("speech")["duration_ms"] / 1000
        for turn in range(max(1, round(minutes * 60 / length))):
            with av.open(str(source)) as clip:
                for packet in clip.demux():
                    if packet.dts is None or packet.pts is None:
                        continue
                    shift = round(turn * length / packet.time_base)
                    packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
                    index = packet.stream.index
                    if packet.dts <= last.get(index, packet.dts - 1):
                        continue  # sound overlaps by the encoder's run-up
                    last[index] = packet.dts
                    packet.stream = streams[index]
                    out.mux(packet)
    return path


if __name__ == "__main__":
    main()
