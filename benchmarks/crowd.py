"""What a crowd of people gets from one studio: `python benchmarks/crowd.py [--people 32] [--kill]`.

Each has a token of their own, and makes a session, uploads 5 s of video (3.5 MB), sends three edits, exports
at 360p and downloads the film, all at the same time. Printed are the seconds of each step (half of the
people, 95 in 100, and the last one wait no longer), the waits of the exports in the queue, the most memory
that the studio's processes had together, and whatever went wrong. Then a chat is measured beside two exports
at 1080p. With `--kill` the studio is killed once half of the people have their exports in the queue, and
started again over the same folder: everybody goes on as a client does, and in the end has all that they sent,
once.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import av
import httpx
import numpy as np
from crowd_person import Person

_RETRY_S = 0.5


def main() -> None:
    """Run everything and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=32)
    parser.add_argument("--kill", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        clip = make_clip(Path(folder) / "clip.mp4")
        print(
            f"{asked.people} people, {clip.stat().st_size / 1e6:.1f} MB each; load {os.getloadavg()[0]:.1f}"
        )
        crowd = Crowd(Studio(Path(folder) / "data"), clip, asked.people, kill=asked.kill)
        try:
            asyncio.run(crowd.run())
        finally:
            crowd.studio.process.kill()
            crowd.studio.process.wait()
    crowd.report()
    sys.exit(bool(crowd.errors))


class Studio:
    """A studio in a process of its own, started again on the same port."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._data = data
        self.start()

    def start(self) -> None:
        """Start it, over what is in its folder."""
        command = [sys.executable, "-m", "nemo_widgets.studio", "serve", "--data", str(self._data)]
        command += ["--port", str(self._port)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if self.process.stdout is None:
            raise AssertionError
        self.url = json.loads(self.process.stdout.readline())["url"]

    def restart(self) -> None:
        """Kill it, and start it again."""
        self.process.kill()
        self.process.wait()
        self.start()

    def memory(self) -> tuple[int, int, int]:
        """Bytes of all its processes, of the first of them, and of all with what they share counted once."""
        children = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        pids = [str(self.process.pid), *" ".join(path.read_text() for path in children).split()]
        resident: list[int] = []
        shared = 0
        for pid in pids:
            with suppress(OSError):
                lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
                sizes = {line.split()[0]: int(line.split()[1]) * 1024 for line in lines[1:]}
                resident.append(sizes["Rss:"])
                shared += sizes["Pss:"]
        return sum(resident), resident[0], shared


class Crowd:
    """The people, and what they waited for."""

    def __init__(self, studio: Studio, clip: Path, people: int, *, kill: bool) -> None:
        self.studio, self._content = studio, clip.read_bytes()
        self._people, self._kill = people, kill
        self._seconds: dict[str, list[float]] = defaultdict(list)
        self._peak, self._again = (0, 0, 0), 0
        self._passed: Counter[str] = Counter()
        self._peaks: dict[str, tuple[int, int, int]] = {}
        self.errors: list[str] = []

    async def run(self) -> None:
        """Everybody at the same time; then one alone beside two exports."""
        watching = asyncio.create_task(self._watch())
        begun = time.monotonic()
        async with httpx.AsyncClient(timeout=120, limits=httpx.Limits(max_connections=None)) as client:
            people = [Person(self, client, n) for n in range(self._people)]
            ends = await asyncio.gather(*(person.run() for person in people), return_exceptions=True)
            self.errors += [f"{type(end).__name__}: {end}" for end in ends if isinstance(end, BaseException)]
            self._seconds["everything"].append(time.monotonic() - begun)
            self._peaks["everybody"], self._peak = self._peak, (0, 0, 0)
            if not self._kill:
                await people[0].beside_two_exports()
                self._peaks["two exports at 1080p"] = self._peak
        watching.cancel()

    def took(self, what: str, since: float) -> None:
        """A step has ended that began then."""
        self._seconds[what].append(time.monotonic() - since)

    async def passed(self, what: str, times: int) -> None:
        """Somebody has passed what each passes so many times: the studio is killed after half of them."""
        self._passed[what] += 1
        if self._kill and self._passed[what] == self._people * times // 2:
            await asyncio.to_thread(self.studio.restart)

    @property
    def url(self) -> str:
        """Where the studio is."""
        return self.studio.url

    @property
    def content(self) -> bytes:
        """The clip's bytes."""
        return self._content

    async def again(self) -> None:
        """Somebody lost an answer, and asks again in a moment."""
        self._again += 1
        await asyncio.sleep(_RETRY_S)

    def report(self) -> None:
        """The figures."""
        print(f"{'':32}{'p50':>8}{'p95':>8}{'max':>8}")
        for what, seconds in self._seconds.items():
            ranked = sorted(seconds)
            p95 = ranked[min(len(ranked) - 1, int(len(ranked) * 0.95))]
            print(f"{what:32}{statistics.median(ranked):8.2f}{p95:8.2f}{ranked[-1]:8.2f}  s")
        waits = self._seconds["export: wait in the queue"]
        print(f"waits in the queue, max/median: {max(waits) / statistics.median(waits):.2f}")
        for what, peak in self._peaks.items():
            told = "{:.0f} MB at most, the studio's own {:.0f}, shared counted once {:.0f}"
            print(f"memory, {what}:", told.format(*(size / 1e6 for size in peak)))
        print(f"answers lost and asked for again: {self._again}; load {os.getloadavg()[0]:.1f}")
        print(f"errors: {len(self.errors)}", *self.errors[:10], sep="\n  ")

    async def _watch(self) -> None:
        while True:
            with suppress(IndexError):  # it was killed just now
                self._peak = max(self._peak, await asyncio.to_thread(self.studio.memory))
            await asyncio.sleep(0.2)


def make_clip(path: Path) -> Path:
    """Five seconds of 640x360 that have 3.5 MB, with a tone."""
    chance = np.random.default_rng(3)
    with av.open(str(path), "w") as file:
        video = file.add_stream("libx264", rate=25, options={"preset": "veryfast"})
        video.width, video.height, video.pix_fmt, video.bit_rate = 640, 360, "yuv420p", 5_500_000
        sound = file.add_stream("aac", rate=48_000, layout="mono")
        for n in range(125):
            grain = chance.integers(0, 60, (540, 640), np.uint8) + np.uint8(n)
            frame = av.VideoFrame.from_ndarray(grain, format="yuv420p")
            frame.pts, frame.time_base = n, Fraction(1, 25)
            file.mux(video.encode(frame))
        file.mux(video.encode(None))
        for at in range(0, 240_000, 1024):
            tone = 0.2 * np.sin(np.arange(at, at + 1024) / 20).astype(np.float32)
            block = av.AudioFrame.from_ndarray(tone[None], format="fltp", layout="mono")
            block.sample_rate, block.pts = 48_000, at
            file.mux(sound.encode(block))
        file.mux(sound.encode(None))
    return path


if __name__ == "__main__":
    main()
