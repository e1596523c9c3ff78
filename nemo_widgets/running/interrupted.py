"""The interrupt that Jupyter sends a kernel before it shuts it down: no Stop but its end."""

from __future__ import annotations

import atexit
import time
from typing import Any, Protocol

from nemo_widgets.host import shell

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
        self._by_the_end: list[_Stoppable] | None = None
        atexit.register(self._leave)  # last of all, for a run that was still about to stop

    def note(self, run: _Stoppable) -> None:
        """Note a run that an interrupt stops now."""
        self._watch()
        if self._by_the_end is not None:
            self._by_the_end.append(run)
        self._stopped = [*self._recent(), (time.monotonic(), run)]
        # First of all that is done at the end: the studio takes its time, and Jupyter kills who takes long.
        atexit.unregister(self._leave_first)
        atexit.register(self._leave_first)

    def _watch(self) -> None:
        """Hear when the kernel is asked to end: it may be busy with the interrupt for long after that."""
        here = shell()
        if here is not None:
            here.observe(self._asked, "exit_now")
            self._ask(ends=here.exit_now)

    def _asked(self, change: dict[str, Any]) -> None:
        self._ask(ends=change["new"])

    def _ask(self, *, ends: bool) -> None:
        if not ends:
            self._by_the_end = None
        elif self._by_the_end is None:
            self._by_the_end = [run for _, run in self._recent()]

    def _recent(self) -> list[tuple[float, _Stoppable]]:
        now = time.monotonic()
        return [(at, run) for at, run in self._stopped if now - at < _SHUTDOWN_S]

    def _leave(self) -> None:
        self._ask(ends=True)
        for run in self._by_the_end or []:
            run.left_behind()

    def _leave_first(self) -> None:
        self._leave()


INTERRUPTS = _Interrupts()
