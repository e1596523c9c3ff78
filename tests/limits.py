"""Limits of time as an undisturbed machine would hold them: what others take of a core is taken off."""

from __future__ import annotations

import os
import time

__all__ = ["UNHURRIED", "within"]

UNHURRIED = {"chat_total_s": 1e6, "chat_quiet_s": 1e6, "chat_stall_s": 1e6}
"""Settings beside a quick clock, where a server's silence is not the matter: a machine that stands still for
a moment stands still for minutes of such a clock."""

_WORK_S = 0.1
"""CPU seconds of the work that shows how busy the cores are."""


def within(took: float, limit: float) -> bool:
    """Whether something that took so many seconds holds a limit in seconds.

    Over the limit it is found out how many times its CPU time a piece of work takes, now or within the last
    minute, and as many times the limit is allowed. On cores that nobody else uses that is the limit itself.
    """
    return took < limit or took < limit * max(_slowness(), _queue())


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
