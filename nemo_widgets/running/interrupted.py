"""The interrupt that Jupyter sends a kernel before it shuts it down: no Stop but its end."""

from __future__ import annotations

import atexit
import time
from typing import Protocol

__all__ = ["INTERRUPTS"]

_SHUTDOWN_S = 5.0
"""How soon after its interrupt a kernel that is shut down or restarted ends."""


class _Stoppable(Protocol):
    def left_behind(self) -> None:
        """Take a stop that was the kernel's own end for one: the run is there to be attached to."""


class _Interrupts:
    """The runs that an interrupt has stopped lately: if the kernel ends then, they are left behind."""

    def __init__(self) -> None:
        self._stopped: list[tuple[float, _Stoppable]] = []
        atexit.register(self._leave)  # last of all, for a run that was still about to stop

    def note(self, run: _Stoppable) -> None:
        """Note a run that is stopped now."""
        self._stopped = [*self._recent(), (time.monotonic(), run)]
        # First of all that is done at the end: the studio takes its time, and Jupyter kills who takes long.
        atexit.unregister(self._leave_first)
        atexit.register(self._leave_first)

    def _recent(self) -> list[tuple[float, _Stoppable]]:
        now = time.monotonic()
        return [(at, run) for at, run in self._stopped if now - at < _SHUTDOWN_S]

    def _leave(self) -> None:
        for _, run in self._recent():
            run.left_behind()

    def _leave_first(self) -> None:
        self._leave()


INTERRUPTS = _Interrupts()
