"""A steady pace for messages: many changes, few sendings."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Pace"]

_LOG = logging.getLogger(__name__)

_REST = 4
"""After a sending that took t seconds at least `_REST` times t are rested: rendering never fills a core."""


class Pace:
    """Calls `send` on a thread of its own soon after a `poke`, at most once every `interval_s` seconds.

    There is a thread only while something waits to be sent, so a view that is never closed leaves nothing
    behind. What `send` raises is logged: a front end that went away must not stop the work it shows.
    """

    def __init__(self, send: Callable[[], None], interval_s: float = 0.1) -> None:
        self._send = send
        self._interval_s = interval_s
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._waiting: threading.Timer | None = None
        self._next = 0.0
        self._closed = False

    def poke(self) -> None:
        """Say that there is something to send; returns at once, callable from any thread."""
        with self._lock:
            if self._waiting is not None or self._closed:
                return
            timer = threading.Timer(max(0.0, self._next - time.monotonic()), self._run)
            timer.daemon = True
            timer.name = "nemo-pace"
            with suppress(RuntimeError):  # no new thread while the interpreter shuts down
                timer.start()
                self._waiting = timer

    def close(self) -> None:
        """Send what is left, on the calling thread; later pokes do nothing."""
        with self._lock:
            self._closed = True
            timer, self._waiting = self._waiting, None
        if timer is not None:
            timer.cancel()
        self._sent()

    def _run(self) -> None:
        with self._turn:
            time.sleep(max(0.0, self._next - time.monotonic()))
            with self._lock:
                if self._closed:
                    return
                # From here on a poke asks for another sending: this one may miss what it is about.
                self._waiting = None
                self._next = time.monotonic() + self._interval_s
            took = self._sent()
            self._next = max(self._next, time.monotonic() + _REST * took)

    def _sent(self) -> float:
        began = time.monotonic()
        try:
            self._send()
        except Exception:  # noqa: BLE001 - whatever the front end's connection raises
            _LOG.warning("The view could not be brought up to date.", exc_info=True)
        return time.monotonic() - began
