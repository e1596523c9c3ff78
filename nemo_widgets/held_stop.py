"""A Stop (SIGINT) that comes as the package begins to be imported, held back until it can be taken.

Python would raise KeyboardInterrupt within the import and show a traceback through all of it. This module is
loaded before everything else, so that there is hardly a moment before it; it needs nothing else of ours.
"""

from __future__ import annotations

import signal
import threading
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    Handler = Callable[[int, FrameType | None], Any]

__all__ = ["DEAF_S", "HeldStop", "held", "in_main", "put", "replaceable"]

DEAF_S = 5.0
"""Who presses Stop again after this time is not heard by our code: KeyboardInterrupt is raised after all."""


class HeldStop:
    """Notes a Stop while it is entered, for `take` to be asked.

    Attributes:
        before: the handler of SIGINT that it stands in for; None where it does not.
    """

    def __init__(self) -> None:
        self.before: Handler | None = None
        self._at: float | None = None

    def __enter__(self) -> None:
        self._at = None  # an import that failed leaves none to the next one
        handler: Any = signal.getsignal(signal.SIGINT)
        if in_main() and replaceable(handler) and put(self):
            self.before = handler

    def __exit__(self, *_: object) -> None:
        present: Any = signal.getsignal(signal.SIGINT)
        if present is self and self.before is not None:
            signal.signal(signal.SIGINT, self.before)

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """Handle a SIGINT."""
        now = time.monotonic()
        if self._at is not None and now - self._at > DEAF_S and self.before is not None:
            self.before(number, frame)
        self._at = now if self._at is None else self._at

    def take(self) -> float | None:
        """When a Stop came that nobody has taken yet, by the monotonic clock; None if none did."""
        at, self._at = self._at, None
        return at


held = HeldStop()


def in_main() -> bool:
    """Whether this is the main thread, in which an interrupt is raised."""
    return threading.get_ident() == threading.main_thread().ident


def replaceable(handler: Any) -> bool:
    """Whether a handler of SIGINT is Python's own or ipykernel's: one of the user's own is left alone."""
    of_kernel = getattr(handler, "__module__", "").partition(".")[0] == "ipykernel"
    return handler is signal.default_int_handler or (callable(handler) and of_kernel)


def put(handler: Handler) -> bool:
    """Handle SIGINT by this; returns whether that can be: an interpreter inside of another hears of none."""
    try:
        signal.signal(signal.SIGINT, handler)
    except ValueError:
        return False
    return True
