"""Ends of messages and exports that could not be written down: told from here until they are."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from nemo_widgets.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["OPEN", "Backlog"]

Table: TypeAlias = Literal["messages", "jobs"]

OPEN = ("queued", "running", "pending", "processing")
"""What is said of a message or an export that is under way."""


class Backlog:
    """Writes that wait for the disk. May be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[tuple[Table, int | str], tuple[dict[str, Any], Callable[[], object]]] = {}

    def write(self, table: Table, key: int | str, row: dict[str, Any], work: Callable[[], object]) -> None:
        """Carry out `work`, which writes `row` into a table; now, or as soon as that can be done."""
        try:
            work()
        except StoreError:
            with self._lock:
                self._waiting[table, key] = row, work

    def catch_up(self) -> None:
        """Carry out what waits, as far as that can be done now."""
        with self._lock:
            waiting = list(self._waiting.items())
        for key, (_, work) in waiting:
            try:
                work()
            except StoreError:
                return
            with self._lock:
                self._waiting.pop(key, None)

    def waits(self, table: Table, key: int | str) -> bool:
        """Whether the end of a row is known, though it is not written yet."""
        with self._lock:
            return (table, key) in self._waiting

    def seen(self, table: Table, key: int | str, row: dict[str, Any]) -> dict[str, Any]:
        """A row as it stands in the table, with what is to be written there."""
        with self._lock:
            waiting = self._waiting.get((table, key))
        return {**row, **waiting[0]} if waiting is not None and row["status"] in OPEN else row
