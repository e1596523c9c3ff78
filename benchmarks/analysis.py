"""How fast clips are looked through: `python benchmarks/analysis.py [--peers FOLDER]`.

Printed is a table of multiples of real time, the best of three rounds each, and how many times faster than
the peer: of pauses beside auto-editor (whatever `auto-editor` is on the PATH: its package on PyPI fetches a
program when it is first run), of scenes at 1080p beside PySceneDetect, which is installed into an environment
of its own in FOLDER (by default a temporary one), and of stretches, moments and, where the extra `faces` is
installed, faces. Ours are to reach at least 100 (pauses) and 10 (scenes); the command fails if not.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import av

from nemo_widgets.studio import samples
from nemo_widgets.studio.analysis import (
    NoDetector,
    find_faces,
    find_moments,
    find_pauses,
    find_scenes,
    find_stretches,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ROUNDS = 3
_RATE, _SECONDS = 30, 20.0
_LARGE = (1920, 1080)
_LEAST = {"pauses": 100, "scenes, 1080p": 10}


class _Row(NamedTuple):
    """Multiples of real time: ours, and the peer's where there is one."""

    what: str
    ours: float
    peer: str = ""
    theirs: float | None = None


def main() -> int:
    """Run what the command line asks for; 1 if a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peers", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        rows = list(_rows(folder, asked.peers or folder / "peers"))
    print(f"{'':22} {'ours':>8}   {'peer':16} {'theirs':>8} {'ratio':>6}")
    for row in rows:
        beside = f"{row.theirs:7,.0f}x {row.ours / row.theirs:5.1f}x" if row.theirs else "     none"
        print(f"{row.what:22} {row.ours:7,.0f}x   {row.peer:16} {beside if row.peer else ''}")
    missed = [row.what for row in rows if row.ours < _LEAST.get(row.what, 0)]
    if missed:
        print(f"below the limit: {', '.join(missed)}")
    return 1 if missed else 0


def _rows(folder: Path, peers: Path) -> Sequence[_Row]:
    talk = samples.make("interview", folder)
    seconds = samples.truth("interview")["duration_ms"] / 1000
    ours = seconds / _best(lambda: find_pauses(talk))
    rows = [_Row("pauses", ours, "auto-editor", _auto_editor(talk, seconds))]
    raw = samples.make("footage", folder)
    large, seconds = _enlarged(raw, folder / "large.mp4"), _SECONDS
    theirs = _scene_detect(large, seconds, peers)
    rows.append(_Row("scenes, 1080p", seconds / _best(lambda: find_scenes(large)), "PySceneDetect", theirs))
    rows.append(_Row("stretches, 1080p", seconds / _best(lambda: find_stretches(large))))
    rows.append(_Row("moments, 1080p", seconds / _best(lambda: find_moments(large, faces=False))))
    with suppress(NoDetector):
        rows.append(_Row("faces, 1080p", seconds / _best(lambda: find_faces(large))))
    return rows


def _best(work: Callable[[], object]) -> float:
    """The shortest of some rounds, in seconds: what else the machine does only ever adds."""
    taken = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def _enlarged(path: Path, target: Path) -> Path:
    """A clip made over as 1920x1080 at 30 pictures a second, as a camera would write it."""
    with av.open(str(path)) as clip, av.open(str(target), "w") as out:
        stream = out.add_stream("libx264", rate=_RATE, options={"crf": "20", "preset": "veryfast"})
        (stream.width, stream.height), stream.pix_fmt = _LARGE, "yuv420p"
        written = 0
        for frame in clip.decode(video=0):
            if (frame.time or 0) >= _SECONDS:
                break
            large = frame.reformat(*_LARGE, "yuv420p", interpolation="BICUBIC")
            while written / _RATE <= (frame.time or 0):
                large.pts, large.time_base = written, Fraction(1, _RATE)
                out.mux(stream.encode(large))
                written += 1
        out.mux(stream.encode())
    return target


def _auto_editor(path: Path, seconds: float) -> float | None:
    program = shutil.which("auto-editor")
    if program is None:
        return None
    command = [program, str(path), "--edit", "audio:threshold=4%", "--export", "json"]
    return _timed([*command, "--output", str(path.with_suffix(".json"))], seconds)


def _scene_detect(path: Path, seconds: float, folder: Path) -> float | None:
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        install = [str(python), "-m", "pip", "install", "-q", "scenedetect", "opencv-python-headless"]
        if subprocess.run(install, check=False).returncode:
            return None
    return _timed([str(python), "-m", "scenedetect", "-i", str(path), "-q", "detect-adaptive"], seconds)


def _timed(command: Sequence[str], seconds: float) -> float | None:
    """Multiples of real time of a program, its start included; None if it fails."""
    with suppress(subprocess.CalledProcessError):
        return seconds / _best(lambda: subprocess.run(command, capture_output=True, check=True))
    return None


if __name__ == "__main__":
    raise SystemExit(main())
