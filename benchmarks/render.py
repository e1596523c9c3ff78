"""Times exports beside what else cuts a video: `python benchmarks/render.py [--seconds 180] [--clip FILE]`.

One run, one clip (1080p at 30 frames a second, a key frame every two seconds, with sound), wall and CPU of
each job, and its share of the time that encoding every frame takes. The jobs at the end have the film of the
one before them at hand, as the studio has. `smartcut` is asked for the same cut
where it is installed (`pip install smartcut`); it cuts sound between packets, some 21 ms apart, and keeps it
as it is coded, where the export is cut on the sample and coded anew.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

import av
import numpy as np
from av.video.frame import PictureType

from nemo_widgets.draft import Draft
from nemo_widgets.studio.render import KeptFilm, Output, index_of, make_plan, render
from nemo_widgets.studio.render.copies import copy_plan

if TYPE_CHECKING:
    from collections.abc import Callable

FPS, RATE = 30, 48_000


def drawn(path: Path, seconds: int) -> Path:
    """A clip of FFmpeg's test picture with noise, and a tone that breaks off."""
    graph = av.filter.Graph()
    steps = [
        graph.add("testsrc2", f"size=1920x1080:rate={FPS}"),
        graph.add("noise", "alls=3:allf=t"),
        graph.add("format", "yuv420p"),
        graph.add("buffersink"),
    ]
    graph.link_nodes(*steps).configure()
    with av.open(str(path), "w") as file:
        video, sound = (
            file.add_stream("libx264", rate=FPS),
            file.add_stream("aac", rate=RATE, layout="stereo"),
        )
        video.width, video.height, video.pix_fmt = 1920, 1080, "yuv420p"
        video.codec_context.gop_size = 2 * FPS
        video.options = {"preset": "veryfast", "crf": "23"}
        for n in range(seconds * FPS):
            frame: Any = graph.pull()
            frame.pts, frame.time_base, frame.pict_type = n, Fraction(1, FPS), PictureType.NONE
            file.mux(video.encode(frame))
            t = np.arange(n * RATE // FPS, (n + 1) * RATE // FPS) / RATE
            wave = (0.2 * np.sin(2 * np.pi * 220 * t) * (t % 3 < 2)).astype(np.float32)  # noqa: PLR2004
            heard = av.AudioFrame.from_ndarray(np.stack([wave, wave]), "fltp", "stereo")
            heard.sample_rate, heard.pts, heard.time_base = RATE, n * RATE // FPS, Fraction(1, RATE)
            file.mux(sound.encode(heard))
        file.mux(video.encode(None))
        file.mux(sound.encode(None))
    return path


def cut(length: int, *gone: tuple[int, int], title: str = "", look: str = "") -> Draft:
    """A draft of the clip without some stretches, in ms, with a title and a look."""
    segments, at, begin = [], 0, 0
    for start, end in [*gone, (length, length)]:
        meta = {"id": f"v{len(segments)}", "start": at, "src": "clip", "in": begin, "out": start}
        looks = [{"type": look, "amount": 0.5}] if look else []
        segments.append({"d": start - begin, "m": {**meta, "name": "clip", "looks": looks}})
        at, begin = at + start - begin, end
    tracks: list[dict[str, Any]] = [{"tt": 0, "m": {"name": "Main"}, "sg": segments}]
    if title:
        tracks.append({"tt": 7, "m": {}, "sg": [{"d": 3000, "m": {"start": 5000, "text": title}}]})
    return Draft({"d": at, "m": {"width": 1920, "height": 1080, "fps": FPS}, "t": tracks})


def timed(job: Callable[[], None]) -> tuple[float, float]:
    """How long a job takes on the clock, and of all cores together, in seconds."""
    begun, before = time.perf_counter(), _cpu()
    job()
    return time.perf_counter() - begun, _cpu() - before


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def main() -> None:
    """Draw the clip, do the jobs and print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=int, default=180)
    options.add_argument("--clip", type=Path)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        clip = given.clip or drawn(Path(folder) / "clip.mp4", given.seconds)
        length, out = given.seconds * 1000, Path(folder) / "out.mp4"
        gone = (length // 3 + 300, length // 3 + 20_700)
        pauses = [(a, a + 700) for a in range(3_000, length - 4_000, max(4_000, length // 40))]
        jobs: dict[str, tuple[Draft, dict[str, Any]]] = {
            "cut, every frame encoded": (cut(length, gone), {"crf": 20}),
            "cut": (cut(length, gone), {}),
            f"{len(pauses)} pauses cut": (cut(length, *pauses), {}),
            "title of 3 s": (cut(length, title="A title"), {}),
            "a look on everything": (cut(length, title="A title", look="sepia"), {}),
            "  its title changed": (cut(length, title="Another", look="sepia"), {}),
            "  a section cut out": (cut(length, gone, title="Another", look="sepia"), {}),
            "  the same again": (cut(length, gone, title="Another", look="sepia"), {}),
        }
        print(f"{'job':28}{'wall s':>9}{'CPU s':>9}{'of encoding':>13}{'copied':>9}")
        whole, before, last = 0.0, None, out.with_name("last.mp4")
        for name, (draft, form) in jobs.items():
            plan = make_plan(draft, lambda _: clip, Output(**form))
            films = [KeptFilm(last, before)] if before and name.startswith(" ") else []
            wall, cpu = timed(lambda plan=plan, films=films: render(plan, out, films=films))  # type: ignore[misc]
            whole = whole or wall
            copied = copy_plan(plan, films=films).frames / plan.frames
            before = index_of(plan)
            out.replace(last)
            print(f"{name:28}{wall:9.1f}{cpu:9.1f}{wall / whole:13.0%}{copied:9.0%}")
        tool = which("smartcut") or which("smartcut", path=str(Path(sys.executable).parent))
        if tool is not None:
            wanted = ",".join(f"{at / 1000}" for at in gone)
            wall, cpu = timed(lambda: _run(tool, str(clip), str(out), "--cut", wanted))
            print(f"{'smartcut: cut':28}{wall:9.1f}{cpu:9.1f}{wall / whole:13.0%}")


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
