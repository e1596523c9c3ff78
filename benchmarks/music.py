"""How fast music is made, and its beats are found again: `python benchmarks/music.py [song …] [--minutes 5]`.

For each mood: how many times real time it is played at, the first time and with its notes made; then, written
as AAC (or for the songs given), that of `find_beats`, the tempo found, and, for moods, the F-measure of its
beats against the known ones within 70 ms. The peak of memory is that of the whole benchmark.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from nemo_widgets.studio.analysis import find_beats
from nemo_widgets.studio.music import BEDS, beats
from nemo_widgets.studio.music.playing import play

_RATE = 48_000
_NEAR_MS = 70


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("songs", nargs="*", type=Path)
    parser.add_argument("--minutes", type=float, default=5)
    asked = parser.parse_args()
    seconds = round(60 * asked.minutes)
    with tempfile.TemporaryDirectory() as folder:
        for name in () if asked.songs else BEDS:
            print(f"{name}, {asked.minutes:g} minutes")
            for turn in ("first", "again"):
                begun = time.perf_counter()
                for _ in play(name, seconds * _RATE):
                    pass
                print(f"  played, {turn:7} {seconds / (time.perf_counter() - begun):8,.0f} x real time")
            path = _written(Path(folder) / "song.m4a", name, seconds)
            found = _found(path, seconds)
            print(f"  F-measure      {_f_measure(found, beats(name, seconds * 1000)):9.3f}")
    for path in asked.songs:
        with av.open(str(path)) as song:
            length = (song.duration or 0) / av.time_base
        print(path.name)
        _found(path, length)
    divisor = 1024 if sys.platform != "darwin" else 1024**2
    print(f"peak of memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / divisor:.0f} MB")


def _found(path: Path, seconds: float) -> list[int]:
    begun = time.perf_counter()
    found = find_beats(path)
    taken = time.perf_counter() - begun
    print(f"  find_beats      {seconds / taken:8,.0f} x real time, {found['bpm']} beats a minute")
    return found["beats"]


def _written(path: Path, name: str, seconds: int) -> Path:
    with av.open(str(path), "w") as out:
        stream = out.add_stream("aac", rate=_RATE, layout="stereo")
        fifo, done = av.AudioFifo(), 0
        for block in play(name, seconds * _RATE):
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block.T), "fltp", "stereo")
            frame.sample_rate, frame.pts, frame.time_base = _RATE, done, Fraction(1, _RATE)
            done += len(block)
            fifo.write(frame)
            for part in fifo.read_many(1024):
                out.mux(stream.encode(part))
        if (rest := fifo.read()) is not None:
            out.mux(stream.encode(rest))
        out.mux(stream.encode())
    return path


def _f_measure(found: list[int], known: list[int]) -> float:
    left, hits = list(found), 0
    for at in known:
        best = min(left, key=lambda beat: abs(beat - at), default=None)
        if best is not None and abs(best - at) <= _NEAR_MS:
            left.remove(best)
            hits += 1
    return 2 * hits / max(1, len(found) + len(known))


if __name__ == "__main__":
    main()
