"""Takes away by itself what nobody needs any more: when the studio starts, and once an hour."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .settings import Settings
    from .store import Store, Surplus

__all__ = ["Housekeeping"]

_log = logging.getLogger("nemo_widgets.studio.housekeeping")

_EVERY_S = 3600.0


class Housekeeping:
    """The thread that tidies up."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="nemo-studio-housekeeping", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def begin_to_stop(self) -> None:
        """Stop soon."""
        self._stopping.set()

    def stop(self, timeout: float) -> None:
        """Stop, and wait for that for `timeout` seconds at most."""
        self.begin_to_stop()
        self._thread.join(timeout)

    def tidy(self) -> list[Surplus]:
        """Take away what is overdue, and what killed processes left; returns what went."""
        settings, clearing = self._settings, self._store.clearing
        overdue = self._store.surpluses.overdue(
            results_days=settings.results_days, media_days=settings.media_days, most=settings.unused_bytes
        )
        gone = clearing.clear(overdue, self._stopping.is_set)
        if not self._stopping.is_set():
            gone += clearing.clear_strays()
            self._store.sweep()
        if gone:
            _log.info("%s", _line(gone))
        return gone

    def _run(self) -> None:
        while True:
            try:
                self.tidy()
            except Exception:  # noqa: BLE001 - tried again in an hour
                if not self._stopping.is_set():  # else the store may have been closed over it
                    _log.exception("The studio could not tidy up")
            if self._stopping.wait(_EVERY_S):
                return


def _line(gone: Sequence[Surplus]) -> str:
    counts = Counter[str](item.kind for item in gone)
    names = {"result": "results", "media": "media", "session": "empty sessions", "stray": "strays"}
    parts = [f"{counts[kind]} {name}" for kind, name in names.items() if counts[kind]]
    return f"Removed what nobody needs, {sum(item.size for item in gone):,} bytes: {', '.join(parts)}."
