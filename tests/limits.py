"""Limits of time as an undisturbed machine would hold them: what others take of a core is taken off."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["UNHURRIED", "standstills_noted", "within"]

UNHURRIED = {"chat_total_s": 1e6, "chat_quiet_s": 1e6, "chat_stall_s": 1e6, "body_s": 1e6}
"""Settings beside a quick clock, where a server's silence is not the matter: a machine that stands still for
a moment stands still for minutes of such a clock."""

_WORK_S = 0.1
"""CPU seconds of the work that shows how busy the cores are."""

_TICKS = """
import os, sys, time
parent, before = os.getppid(), time.monotonic()
while os.getppid() == parent:
    time.sleep(0.02)
    now = time.monotonic()
    if now - before > 0.12:
        print(before, now, flush=True)
    before = now
"""
"""A process that does nothing but look at the clock, and notes between which two looks it could not."""

_noted: list[Path] = []
_LATE_S = 1.0
"""A limit is looked at within so many seconds of what it is about."""


def within(took: float, limit: float, ended_at: float | None = None) -> bool:
    """Whether something that took so many seconds holds a limit in seconds.

    It is asked right after the measuring, or told when that `ended_at`. Over the limit, the time is taken
    off in which the machine as a whole stood still. Then it is found out how many times its CPU time a piece
    of work takes, now or within the last minute, and as many times the limit is allowed. On cores that nobody
    else uses that is the limit itself.
    """
    if took < limit:
        return True
    if ended_at is None:
        took -= _stood_still(took + _LATE_S, time.monotonic())
    else:
        took -= _stood_still(took, ended_at)
    return took < limit or took < limit * max(_slowness(), _queue())


@contextmanager
def standstills_noted(folder: Path) -> Iterator[None]:
    """Notes in a file of the folder when the machine stood still, on behalf of `within`."""
    notes = folder / "standstills.txt"
    with notes.open("w") as file:
        process = subprocess.Popen([sys.executable, "-S", "-c", _TICKS], stdout=file)
    _noted.append(notes)
    try:
        yield
    finally:
        _noted.remove(notes)
        process.kill()
        process.wait()


def _stood_still(seconds: float, until: float) -> float:
    """For how much of so many seconds before a moment."""
    lost = 0.0
    time.sleep(0.1)  # the process that notes it has to wake up too
    for notes in _noted:
        for begin, end in (map(float, line.split()) for line in notes.read_text().splitlines()):
            lost += max(0.0, min(end, until) - max(begin, until - seconds))
    return lost


def _queue() -> float:
    """How many wanted each core, on average over the last minute; 0 where the system does not tell."""
    try:
        return os.getloadavg()[0] / (os.cpu_count() or 1)
    except (AttributeError, OSError):
        return 0.0


def _slowness() -> float:
    began, used = time.monotonic(), time.thread_time()
    while (work := time.thread_time() - used) < _WORK_S:
        pass
    return (time.monotonic() - began) / work
