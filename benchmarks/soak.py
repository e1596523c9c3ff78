"""People at work, kills and full disks, for some minutes: `python benchmarks/soak.py [--minutes N] [--json]`.

A studio on loopback serves people who upload, edit, export, stop and remove; it is killed and started again,
and its disk is filled and freed. In the last fifth it is not killed any more. In the end its database and its
disk have to agree with each other and with what each person was told, and no thread, process, file or socket
may be left over. Figures are printed; what was wrong is, too, and ends it with 1.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import random
import shutil
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
from soak_audit import audit, counts
from soak_people import Person
from soak_studio import Disk, Studio, own_mounts
from soak_talk import Tally

if TYPE_CHECKING:
    from collections.abc import Callable

_GIVEN = 1_000_000
_CALM = 0.2
"""The last part, without kills: the process that is counted at its begin is counted at its end."""
_LONGEST = 4
"""How many times the time that was asked for may go by until there was some of everything."""
_FULL_STARTS = 0.3
"""How many of the starts find a full disk."""


def main() -> int:
    """Run it; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--people", type=int, default=6)
    parser.add_argument("--kill-s", type=float, default=15.0, help="seconds between two kills, about")
    parser.add_argument("--fill-s", type=float, default=20.0, help="seconds between two full disks, about")
    parser.add_argument("--disk-mb", type=int, default=96)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print all as one object")
    asked = parser.parse_args()
    own_mounts()
    place = Path(tempfile.mkdtemp(prefix="nemo-soak-"))
    soak = Soak(asked, place)
    try:
        told = asyncio.run(soak.run())
    finally:
        soak.close()
        shutil.rmtree(place, ignore_errors=True)
    print(json.dumps(told, indent=2, ensure_ascii=False) if asked.json else _text(told))
    return 1 if told["wrong"] else 0


class Soak:
    """All of it."""

    def __init__(self, asked: argparse.Namespace, place: Path) -> None:
        self._asked, self._place = asked, place
        self._chance = random.Random(asked.seed)  # noqa: S311 - chance, not secrecy
        self._disk = Disk(place, asked.disk_mb)
        self._studio = Studio(place, self._disk.data)
        self._tally = Tally()
        self._fills = 0
        self._begun = self._over = 0.0
        self._stormy = True

    async def run(self) -> dict[str, Any]:
        """Everything; returns the figures."""
        clips = [_clip(shade) for shade in (40, 120, 200)]
        self._studio.start()
        people = [
            Person(n, self._studio.url, clips, self._tally, random.Random(self._asked.seed * 1000 + n))  # noqa: S311 - likewise
            for n in range(self._asked.people)
        ]
        self._begun = time.monotonic()
        storms = [asyncio.ensure_future(work()) for work in (self._kill, self._fill, self._look)]
        await asyncio.gather(*(person.live(lambda: not self._goes_on()) for person in people))
        self._over = time.monotonic() + self._asked.minutes * 60 * _CALM
        await storms[0]
        before = await self._count(people)
        await asyncio.gather(*(person.live(self._is_over) for person in people))
        await asyncio.gather(*storms)
        after = await self._count(people)
        stopped_s = await asyncio.to_thread(self._studio.stop)
        await asyncio.to_thread(self._studio.start)  # which tidies up what kills have left
        left = [await person.verify() for person in people]
        for person in people:
            await person.close()
        await asyncio.sleep(1)
        await asyncio.to_thread(self._studio.stop)
        wrong = [*self._tally.wrong, *self._studio.wrong, *_leaks(before, after)]
        wrong += audit(self._disk.data, sum(left), _GIVEN * len(people))
        paid = _GIVEN * len(people) - sum(left)
        if paid != self._tally.done_messages:
            wrong.append(f"{self._tally.done_messages} messages were done, {paid} were paid")
        wrong += [f"{path.name} is left in the temporary folder" for path in self._studio.temporary.iterdir()]
        return {
            "seconds": round(time.monotonic() - self._begun),
            "people": len(people),
            "disk": self._disk.kind,
            "kills": self._tally.kills,
            "full disks": self._fills,
            "starts": {"done": len(self._studio.starts), "no room": self._studio.refused},
            "start s": _spread(self._studio.starts),
            "stop s": round(stopped_s, 2),
            "ends": {what: dict(ends) for what, ends in self._tally.ends.items()},
            "times s": {what: _spread(took) for what, took in self._tally.took.items()},
            "memory MB": round(self._studio.peak_mb),
            "rows": counts(self._disk.data),
            "at rest before": before,
            "at rest after": after,
            "wrong": wrong,
        }

    def _goes_on(self) -> bool:
        """Whether it is stormy: for its time, and until there was some of everything, within reason."""
        now, seconds = time.monotonic() - self._begun, self._asked.minutes * 60
        ends = self._tally.ends
        seen = [ends["upload"]["done"], ends["edit"]["done"], ends["edit"]["cancelled"]]
        seen += [ends["export"]["completed"], self._tally.kills, self._fills]
        longer = not all(seen) and now < seconds * _LONGEST
        self._stormy = self._stormy and (now < seconds * (1 - _CALM) or longer)
        return self._stormy

    def _is_over(self) -> bool:
        return bool(self._over) and time.monotonic() > self._over

    async def _kill(self) -> None:
        """Kill the studio now and then, and start it again; at times there is no room for that at first."""
        while await self._sleep(self._asked.kill_s, self._goes_on):
            await asyncio.to_thread(self._studio.kill)
            self._tally.kills += 1
            if self._chance.random() < _FULL_STARTS:
                await asyncio.to_thread(self._disk.fill, self._studio, 0)
                await asyncio.to_thread(self._studio.start)
                await asyncio.to_thread(self._disk.free, self._studio)
            if not self._studio.pid:
                await asyncio.to_thread(self._studio.start_at_last)

    async def _fill(self) -> None:
        """Fill the disk now and then, and free it after a moment."""
        while await self._sleep(self._asked.fill_s, lambda: not self._is_over()):
            left = self._chance.choice((0, 0, 64_000, 500_000))
            await asyncio.to_thread(self._disk.fill, self._studio, left)
            self._fills += 1
            await asyncio.sleep(0.5 + 2 * self._chance.random())
            await asyncio.to_thread(self._disk.free, self._studio)

    async def _look(self) -> None:
        while not self._is_over():
            await asyncio.to_thread(self._studio.look)
            await asyncio.sleep(0.5)

    async def _sleep(self, about: float, goes_on: Callable[[], bool]) -> bool:
        """Wait for about so long, and until everybody has done something; False once it is over."""
        until = time.monotonic() + about * (0.5 + self._chance.random())
        enough = self._tally.finished + self._asked.people
        while goes_on():
            if time.monotonic() >= until and self._tally.finished >= enough:
                return True
            await asyncio.sleep(0.1)
        return False

    def close(self) -> None:
        """Leave nothing running and nothing mounted."""
        self._studio.kill()
        self._disk.close()

    async def _count(self, people: list[Person]) -> dict[str, Any]:
        """What the studio has open while nobody wants anything."""
        await asyncio.gather(*(person.settle() for person in people))
        for person in people:
            await person.rest()
        return await asyncio.to_thread(self._studio.census)


def _leaks(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What was still open though nobody wanted anything, or was more than before as much work again."""
    found = [
        f"at rest there are {name}: {after[name]}"
        for name in ("working threads", "connections", "files")
        if after[name]
    ]
    if after["handles"] > before["handles"] + 8:
        found.append(f"{before['handles']} handles have become {after['handles']}")
    return found


def _clip(shade: int) -> bytes:
    """Two seconds of a picture with a tone and a pause, as an MP4."""
    target = io.BytesIO()
    with av.open(target, "w", format="mp4") as container:
        video = container.add_stream("libx264", rate=25, options={"preset": "ultrafast"})
        video.width, video.height, video.pix_fmt = 160, 90, "yuv420p"
        audio = container.add_stream("aac", rate=48_000, layout="mono")
        for i in range(50):
            picture = np.full((90, 160, 3), (shade + i) % 256, np.uint8)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = i, Fraction(1, 25)
            container.mux(video.encode(frame))
        container.mux(video.encode())
        tone = 0.3 * np.sin(2 * np.pi * 220 * np.arange(96_000) / 48_000).astype(np.float32)
        tone[24_000:72_000] = 0
        for start in range(0, 96_000, 1024):
            sound = av.AudioFrame.from_ndarray(tone[None, start : start + 1024], format="fltp", layout="mono")
            sound.rate, sound.pts = 48_000, start
            container.mux(audio.encode(sound))
        container.mux(audio.encode())
    return target.getvalue()


def _spread(took: list[float]) -> dict[str, float]:
    found = sorted(took)
    at = {"p50": 0.5, "p95": 0.95, "max": 1.0}
    return {
        name: round(found[min(len(found) - 1, int(len(found) * part))], 3)
        for name, part in at.items()
        if found
    }


def _text(told: dict[str, Any]) -> str:
    wrong = told["wrong"]
    figures = {name: value for name, value in told.items() if name != "wrong"}
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in figures.items()]
    return "\n".join([*lines, *(f"WRONG: {one}" for one in wrong), f"{len(wrong)} wrong"])


if __name__ == "__main__":
    sys.exit(main())
