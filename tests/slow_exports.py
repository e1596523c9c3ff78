"""Exports that wait to be let go, in whatever process they are made."""

from __future__ import annotations

import os
import time
from functools import partial
from typing import TYPE_CHECKING

from waiting import PATIENCE_S

from nemo_widgets.studio import rendering
from nemo_widgets.studio.render import Progress
from nemo_widgets.studio.workers import tell

if TYPE_CHECKING:
    from pathlib import Path


class SlowExports:
    """Begun and let go through files in a folder; `export` stands for `exports.export`."""

    def __init__(self, folder: Path) -> None:
        self.export = partial(export, folder)
        self._folder, self._seen = folder, 0

    def go(self) -> None:
        """Let all of them be made."""
        (self._folder / "go").touch()

    def began(self, seconds: float = PATIENCE_S) -> bool:
        """Wait until one more has begun."""
        end = time.monotonic() + seconds
        while len(self.lines("began")) <= self._seen:
            if time.monotonic() > end:
                return False
            time.sleep(0.01)
        self._seen += 1
        return True

    @property
    def runs(self) -> int:
        """How many were begun."""
        return len(self.lines("began"))

    @property
    def most(self) -> int:
        """How many were under way at the same time at most."""
        at_work = most = 0
        for line in self.lines("log"):
            at_work += 1 if line == "began" else -1
            most = max(most, at_work)
        return most

    @property
    def pids(self) -> list[int]:
        """The processes in which they were begun."""
        return [int(line.split()[1]) for line in self.lines("began")]

    def lines(self, name: str) -> list[str]:
        """What was written: tokens and processes in `began`, begin and end in `log`, CPU time in `cpu`."""
        path = self._folder / name
        return path.read_text().splitlines() if path.exists() else []


def export(folder, *values):
    """A real export, once there is a file `go`; until then it says that it is at a quarter."""
    _write(folder / "log", "began")
    _write(folder / "began", f"{values[3].stem} {os.getpid()}")
    tell(Progress("encoding", 15, 60))
    used = time.process_time()
    try:
        while not (folder / "go").exists():
            time.sleep(0.02)
        return rendering.export(*values)
    finally:
        _write(folder / "cpu", str(time.process_time() - used))
        _write(folder / "log", "ended")


def _write(path, line):
    with path.open("a") as file:
        file.write(f"{line}\n")
