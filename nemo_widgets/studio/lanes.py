"""One thing at a time for each session, in the order of asking; different sessions at the same time."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Lanes"]

T = TypeVar("T")


class Lanes:
    """A queue and, while there is something in it, a thread for each session."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lanes: dict[str, deque[Callable[[], None]]] = {}
        self._threads: set[threading.Thread] = set()

    def put(self, session: str, work: Callable[[], T]) -> Future[T]:
        """Queue `work`; the future gives what it returns or raises.

        Raises:
            RuntimeError: the system has no thread left for it.
        """
        future: Future[T] = Future()

        def task() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = work()
            except BaseException as error:  # noqa: BLE001 - it is raised where the future is waited for
                future.set_exception(error)
            else:
                future.set_result(result)

        with self._lock:
            lane = self._lanes.get(session)
            if lane is not None:
                lane.append(task)
            else:
                self._lanes[session] = deque([task])
                # A daemon: an interpreter that ends does not wait for a film to be analysed.
                thread = threading.Thread(
                    target=self._drain, args=(session,), name="nemo-studio-turn", daemon=True
                )
                try:
                    thread.start()
                except RuntimeError:
                    del self._lanes[session]  # else what comes later would wait for ever
                    raise
                self._threads.add(thread)
        return future

    def join(self, timeout: float) -> None:
        """Wait for the threads that are at work now, all in all `timeout` seconds at most."""
        with self._lock:
            threads = list(self._threads)
        share = timeout / len(threads) if threads else 0
        for thread in threads:
            thread.join(share)

    def _drain(self, session: str) -> None:
        lane = self._lanes[session]
        while True:
            with self._lock:
                if not lane:
                    del self._lanes[session]
                    self._threads.discard(threading.current_thread())
                    return
                task = lane.popleft()
            task()
