"""One worker as the program sees it: started, called, listened to, killed."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import threading
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from .child import OUT_OF_MEMORY, frames

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Ended", "MemoryLimit", "Process", "TimeLimit", "WorkerError", "WorkerLost"]

_BEGIN = (
    "import json, sys; sys.path[:] = json.loads(sys.argv.pop(1));"
    " from nemo_widgets.studio.workers.child import main; main()"
)
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1"}
"""NumPy's threads would take memory in every worker, for nothing that is done there."""


_END_S = 1.0
"""How long a worker may take to be gone."""


class WorkerError(Exception):
    """A worker did not come to the end of its call."""


class TimeLimit(WorkerError):
    """It took longer than it may, and was ended."""


class MemoryLimit(WorkerError):
    """It took more memory than it may, and was ended."""


class WorkerLost(WorkerError):
    """It could not be started, crashed, or the system ended it, as it does when its memory runs out."""


class Ended:
    """The last message of a worker: it is no more."""

    def __init__(self, code: int) -> None:
        self.code = code

    @property
    def error(self) -> WorkerError:
        """What it means for a call that was under way."""
        if self.code == OUT_OF_MEMORY:
            return MemoryLimit("A worker took more memory than it may.")
        how = f"by signal {-self.code}" if self.code < 0 else f"with code {self.code}"
        return WorkerLost(f"A worker ended {how}.")


class Process:
    """A worker. Methods may be called from any thread; calls are made one at a time.

    Attributes:
        ended: set once it is no more.
    """

    def __init__(self, preload: Sequence[str], ended: Callable[[Process], None]) -> None:
        """Start it; `ended` is called once it is no more, from another thread.

        Raises:
            WorkerLost: the system starts no process.
        """
        self._told, self.ended = ended, threading.Event()
        self._messages: SimpleQueue[bytes | Ended] = SimpleQueue()
        # Without -P it would look for modules in the folder where the program was started.
        command = [sys.executable, "-P", "-c", _BEGIN, json.dumps(_paths()), *preload]
        # A session of its own: a Ctrl-C is for the program alone, and where Linux shares the cores among
        # sessions the program has as much as a worker, however many threads that has.
        options: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            options = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
        try:
            self._popen = subprocess.Popen(  # noqa: S603 - our own interpreter
                command,
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=sys.prefix,
                env={**_ENVIRONMENT, **os.environ},
                **options,
            )
        except OSError as error:
            raise WorkerLost(f"No worker can be started: {error.strerror or error}.") from error
        threading.Thread(target=self._read, name="nemo-studio-worker", daemon=True).start()

    @property
    def pid(self) -> int:
        """Its number."""
        return self._popen.pid

    @property
    def alive(self) -> bool:
        """Whether it can be called."""
        return self._popen.poll() is None

    def send(self, message: bytes) -> None:
        """Call it. If it is no more, its last message says so."""
        view = memoryview(message)
        with suppress(OSError, ValueError):
            while view and self._popen.stdin is not None:
                view = view[self._popen.stdin.write(view) :]

    def receive(self, seconds: float) -> tuple[str, Any] | Ended | None:
        """Its next message, (kind, value); None where there is none within so many seconds."""
        try:
            message = self._messages.get(timeout=seconds)
        except Empty:
            return None
        if isinstance(message, Ended):
            return message
        kind, value = pickle.loads(message)  # noqa: S301 - it comes from a process that runs our code
        return kind, value

    def hang_up(self) -> None:
        """Have no more calls for it: it ends by itself, wherever it stands, and removes what it has begun."""
        with suppress(OSError, ValueError):
            if self._popen.stdin is not None:
                self._popen.stdin.close()

    def kill(self) -> None:
        """End it at once, and wait until it is no more."""
        with suppress(OSError):
            self._popen.kill()
        self.ended.wait(_END_S)

    def _read(self) -> None:
        if self._popen.stdout is not None:
            for message in frames(self._popen.stdout):
                self._messages.put(message)
        # A worker that has closed its pipe has nothing more to do; one that goes on is stuck in its end.
        try:
            code = self._popen.wait(_END_S)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            code = self._popen.wait()
        for pipe in (self._popen.stdin, self._popen.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._messages.put(Ended(code))
        self._told(self)
        self.ended.set()


def _paths() -> list[str]:
    """Where modules are looked for, so that the worker finds the same ones as the program."""
    here = ""
    with suppress(OSError):  # the folder may be gone
        here = os.getcwd()  # noqa: PTH109 - text is what sys.path holds
    return [path for entry in sys.path if (path := os.path.join(here, entry) if here else entry)]  # noqa: PTH118
