"""A steady pace for messages: many changes, few sendings."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Pace"]

_LOG = logging.getLogger(__name__)

_REST = 4
"""After a sending that took t seconds at least `_REST` times t are rested: rendering never fills a core."""
_LINGER_S = 0.5


class Pace:
    """Calls `send` on a thread of its own soon after a `poke`, at most once every `interval_s` seconds.

    The thread stays for `_LINGER_S` after the last sending, then goes, so a view that is never closed leaves
    nothing behind. It is one thread for many sendings, not a timer for each: ipykernel opens a pipe for every
    thread that speaks, and closes those of threads that are gone only every ten seconds. What `send` raises
    is logged: a front end that went away must not stop the work it shows.
    """

    def __init__(self, send: Callable[[], None], interval_s: float = 0.1) -> None:
        self._send = send
        self._interval_s = interval_s
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._wanted = False
        self._running = False
        self._next = 0.0
        self._closed = False

    def poke(self) -> None:
        """Say that there is something to send; returns at once, callable from any thread."""
        with self._lock:
            if self._wanted or self._closed:
                return
            if self._running:
                self._changed.notify()
            else:
                try:
                    threading.Thread(target=self._run, name="nemo-pace", daemon=True).start()
                except RuntimeError:  # no new thread while the interpreter shuts down
                    return
                self._running = True
            self._wanted = True

    def close(self) -> None:
        """Send what is left, on the calling thread; later pokes do nothing."""
        with self._lock:
            self._closed = True
            self._changed.notify()
        self._sent()

    def _run(self) -> None:
        while self._due():
            took = self._sent()
            self._next = max(self._next, time.monotonic() + _REST * took)

    def _due(self) -> bool:
        """Wait until something is to be sent; False if nothing was for a while, or it is closed."""
        with self._lock:
            while not self._closed:
                now = time.monotonic()
                if not self._wanted:
                    if not self._changed.wait(_LINGER_S) and not self._wanted:
                        break
                elif now < self._next:
                    self._changed.wait(self._next - now)
                else:
                    # From here on a poke asks for another sending: this one may miss what it is about.
                    self._wanted = False
                    self._next = now + self._interval_s
                    return True
            self._running = False
            return False

    def _sent(self) -> float:
        began = time.monotonic()
        try:
            self._send()
        except Exception:  # noqa: BLE001 - whatever the front end's connection raises
            _LOG.warning("The view could not be brought up to date.", exc_info=True)
        return time.monotonic() - began
