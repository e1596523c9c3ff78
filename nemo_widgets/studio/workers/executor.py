"""Calls that workers carry out: one by one with a say in it, or as futures, as any executor has them."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from concurrent.futures import CancelledError, Executor, Future
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from .child import packed
from .pool import PROCESSES
from .process import Ended, TimeLimit, WorkerLost

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .process import Process

__all__ = ["Limits", "Workers", "cores"]

P = ParamSpec("P")
T = TypeVar("T")

_LOOK_S = 0.05
"""How often it is looked whether a call shall be ended."""
_TRIES = 6
"""So many workers are called in all: those that wait may have ended, or hold too much for this call."""
_SHARE = Path("/sys/fs/cgroup/cpu.max")
"""Where Linux says what of the cores a container may use: microseconds in each so many, or `max`."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a call may take; 0 for as much as it wants.

    Attributes:
        seconds: from its beginning to its end.
        silence_s: seconds from one thing it tells to the next.
        memory: bytes of its process, known on Linux and macOS alone.
    """

    seconds: float = 0.0
    silence_s: float = 0.0
    memory: int = 0


def cores() -> int:
    """How many cores this program may use, a container's share counted."""
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = _SHARE.read_text(encoding="ascii").split()
        return max(1, min(there, int(quota) // int(period)))
    except (OSError, ValueError):  # no container, or one that may take all
        return there


class Workers(Executor):
    """Calls in processes of their own, which all executors of the program share.

    What is called, its values and its result are pickled; the function is one of a module. A future that is
    cancelled ends its call wherever it stands. Every method may be called from any thread.
    """

    def __init__(self, limits: Limits | None = None, *, most: int | None = None) -> None:
        """Start nothing yet.

        Args:
            limits: what each call may take.
            most: futures that are worked on at the same time, by default as many as there are cores.
        """
        self._limits = limits or Limits()
        self._most = most or cores()
        self._queue: deque[tuple[Future[Any], Callable[[], Any]]] = deque()
        self._busy = 0
        self._idle = threading.Condition()
        self._closed = self._killing = False
        PROCESSES.hold()

    def warm(self) -> None:
        """See to it that a worker waits for the next call."""
        if not self._closed:
            with suppress(WorkerLost):  # told where it is called
                PROCESSES.warm()

    def run(
        self,
        work: Callable[..., T],
        /,
        *values: Any,
        heard: Callable[[Any], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
        parts: Sequence[Path] = (),
    ) -> T:
        """Have `work(*values)` done, and wait for it.

        Args:
            work: a module's function.
            values: its arguments.
            heard: called with whatever it tells by `tell`.
            cancelled: asked some twenty times a second; the call is ended where it says so.
            parts: files that it writes, removed where its process does not come to its end.

        Raises:
            CancelledError: `cancelled` said so, or the executor is shut down.
            TimeLimit: it took longer than it may. MemoryLimit: it took more memory.
            WorkerLost: its process ended by itself.
            Exception: what it raised, as it raised it.
        """
        call = packed("call", (work, values, self._limits.memory, tuple(map(str, parts))))
        for _ in range(_TRIES):
            process = PROCESSES.take()
            try:
                answer = self._answer(process, call, heard, cancelled)
            except BaseException:
                process.kill()
                for part in parts:
                    with suppress(OSError):
                        part.unlink(missing_ok=True)
                raise
            if answer is None:
                continue
            PROCESSES.give_back(process)
            kind, value = answer
            if kind == "failed":
                raise value
            done: T = value
            return done
        raise WorkerLost("Workers end before they are called.")

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have it done when its turn comes.

        Raises:
            RuntimeError: the executor is shut down.
        """
        future: Future[T] = Future()
        with self._idle:
            if self._closed:
                raise RuntimeError("The executor is shut down.")
            self._queue.append((future, partial(fn, *args, **kwargs)))
            self._begin()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - the base's
        """Take no more futures; with `cancel_futures` whatever is under way is ended."""
        with self._idle:
            if not self._closed:
                self._closed = True
                PROCESSES.release()
            self._killing = self._killing or cancel_futures
            while cancel_futures and self._queue:
                future, _ = self._queue.popleft()
                future.cancel()
                future.set_running_or_notify_cancel()
            while wait and (self._busy or self._queue):
                self._idle.wait()

    def _answer(
        self,
        process: Process,
        call: bytes,
        heard: Callable[[Any], None],
        cancelled: Callable[[], bool],
    ) -> tuple[str, Any] | None:
        """What the worker answers; None where it ended before it began, as one that is idle does."""
        process.send(call)
        begin = spoke = time.monotonic()
        begun = False
        while True:
            if self._killing or cancelled():
                raise CancelledError
            message = process.receive(_LOOK_S)
            if isinstance(message, Ended):
                if begun or message.code:
                    raise message.error
                return None
            now = time.monotonic()
            if message is not None:
                spoke, (kind, value) = now, message
                if kind == "begun":
                    begun, begin = True, now
                elif kind == "heard":
                    heard(value)
                else:
                    return kind, value
            if 0 < self._limits.seconds < now - begin or 0 < self._limits.silence_s < now - spoke:
                raise TimeLimit("A worker took longer than it may.")

    def _begin(self) -> None:
        while self._queue and self._busy < self._most:
            self._busy += 1
            threading.Thread(
                target=self._carry_out, args=self._queue.popleft(), name="nemo-studio-call", daemon=True
            ).start()

    def _carry_out(self, future: Future[Any], work: Callable[[], Any]) -> None:
        # It is not marked as running, so that it can be cancelled until it is done.
        error: BaseException | None = None
        result = None
        try:
            result = self.run(work, cancelled=future.cancelled)
        except CancelledError:
            future.cancel()
        except BaseException as raised:  # noqa: BLE001 - it is raised where the future is waited for
            error = raised
        if future.set_running_or_notify_cancel():
            if error is None:
                future.set_result(result)
            else:
                future.set_exception(error)
        with self._idle:
            self._busy -= 1
            self._begin()
            self._idle.notify_all()
