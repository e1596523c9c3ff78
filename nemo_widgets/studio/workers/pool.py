"""The workers of this program, kept for the next call for a while."""

from __future__ import annotations

import atexit
import os
import threading

from .process import Process

__all__ = ["PROCESSES", "Processes"]

_PRELOAD = ("nemo_widgets.studio.rendering",)
"""What a worker imports as soon as it runs, before it is called: all that looks into files and renders."""
_END_S = 0.5
"""How long workers may take to end by themselves, at the program's end."""
_KEPT = 2
"""Workers that wait for a call at most; what more there are end when their call does."""


class Processes:
    """Workers that are at work, and those that wait. Everything may be called from any thread."""

    def __init__(self) -> None:
        self._forget()
        atexit.register(self.end)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forget)  # they are the parent's

    def _forget(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Process] = []
        self._all: set[Process] = set()
        self._users = 0

    @property
    def pids(self) -> list[int]:
        """The numbers of those that run."""
        with self._lock:
            return [process.pid for process in self._all]

    def hold(self) -> None:
        """Somebody will have calls."""
        with self._lock:
            self._users += 1

    def release(self) -> None:
        """Somebody has no more calls; once that is everybody, no worker is left."""
        with self._lock:
            self._users -= 1
            spare = [] if self._users > 0 else self._waiting
            if spare:
                self._waiting = []
        for process in spare:
            process.kill()

    def warm(self) -> None:
        """See to it that one waits, so that the next call need not wait for it."""
        with self._lock:
            if not any(process.alive for process in self._waiting):
                self._waiting.append(self._begin())

    def take(self) -> Process:
        """One for a call: give it back, or kill it.

        Raises:
            WorkerLost: none can be started.
        """
        with self._lock:
            while self._waiting:
                process = self._waiting.pop()
                if process.alive:
                    return process
            return self._begin()

    def give_back(self, process: Process) -> None:
        """It has ended its call."""
        with self._lock:
            kept = process.alive and self._users > 0 and len(self._waiting) < _KEPT
            if kept:
                self._waiting.append(process)
        if not kept:
            process.kill()

    def end(self) -> None:
        """End all of them, whatever they are at."""
        with self._lock:
            ending, self._waiting = list(self._all), []
        for process in ending:
            process.hang_up()
        for process in ending:
            process.ended.wait(_END_S)
            process.kill()

    def _begin(self) -> Process:
        process = Process(_PRELOAD, self._ended)
        self._all.add(process)
        return process

    def _ended(self, process: Process) -> None:
        with self._lock:
            self._all.discard(process)
            if process in self._waiting:
                self._waiting.remove(process)


PROCESSES = Processes()
