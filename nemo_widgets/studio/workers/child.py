"""The worker's side: calls from standard input are carried out one by one, answers go to standard output."""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
import threading
import time
import traceback
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

__all__ = ["OUT_OF_MEMORY", "frames", "main", "packed", "tell"]

OUT_OF_MEMORY = 12
"""The exit code of a worker that has ended itself because its call took more memory than it may."""
_IDLE_S = 300.0
"""A worker that nobody has called for so long ends."""
_LOOK_S = 0.02
_LARGE = 160 * 1024 * 1024
"""A worker that still holds so many bytes after a call ends, so that the system has them back."""
_SPARE = 8
"""What earlier calls left may be so small a part of a call's memory: it is no fault of that call."""
_HEAD = struct.Struct("<I")


def packed(kind: str, value: Any) -> bytes:
    """A message as it stands in a pipe: its length, then the pickle of (kind, value)."""
    body = pickle.dumps((kind, value), pickle.HIGHEST_PROTOCOL)
    return _HEAD.pack(len(body)) + body


def frames(file: IO[bytes]) -> Iterator[bytes]:
    """The pickles of the messages in a pipe, until it ends; half a message at its end is left out."""
    while len(head := _read(file, _HEAD.size)) == _HEAD.size:
        (size,) = _HEAD.unpack(head)
        if len(body := _read(file, size)) < size:
            return
        yield body


def tell(value: Any) -> None:
    """Called inside of a worker: give `value` to whoever waits for the call. Elsewhere it does nothing."""
    if _Worker.current is not None:
        _Worker.current.send(packed("heard", value))


def main() -> NoReturn:
    """Carry out calls until standard input ends. The arguments are modules to import beforehand."""
    with suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is for the program to say what is stopped
    with suppress(OSError):  # where memory runs out, Linux ends a worker, and not the program
        Path("/proc/self/oom_score_adj").write_text("800", encoding="ascii")
    worker = _Worker.current = _Worker()
    for module in sys.argv[1:]:
        import_module(module)
    worker.work()


class _Worker:
    """This process."""

    current: _Worker | None = None

    def __init__(self) -> None:
        # What prints or reads must not get among the messages.
        self._input, self._output = (os.fdopen(os.dup(n), mode) for n, mode in ((0, "rb"), (1, "wb")))
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(2, 1)
        os.close(nothing)
        self._parent = os.getppid()
        self._calls: SimpleQueue[bytes] = SimpleQueue()
        self._sending, self._busy = threading.Lock(), threading.Event()
        self._memory = self._fresh = 0
        self._used = False
        self._parts: tuple[str, ...] = ()
        for target in (self._receive, self._watch):
            threading.Thread(target=target, daemon=True).start()

    def work(self) -> NoReturn:
        """One call after the other."""
        self._fresh = _resident()
        while True:
            try:
                call = self._calls.get(timeout=_IDLE_S)
            except Empty:
                self._end(0)
            self._carry_out(call)
            if _resident() > _LARGE:
                self._end(0)

    def send(self, message: bytes) -> None:
        """Give the program a message."""
        with self._sending:
            try:
                self._output.write(message)
                self._output.flush()
            except OSError:  # nobody is there any more
                self._end(0)

    def _carry_out(self, call: bytes) -> None:
        try:
            _, (work, values, self._memory, self._parts) = pickle.loads(call)  # noqa: S301 - from our parent
            if self._used and self._memory and _resident() > self._fresh + self._memory // _SPARE:
                self._end(0)  # it has not begun, so that another worker is called
            self._used = True
            self.send(packed("begun", None))
            self._busy.set()
            answer = packed("done", work(*values))
            self._see_to_memory()  # what is done at once may have ended before it was looked at
        except MemoryError:
            self._end(OUT_OF_MEMORY)
        except Exception as error:  # noqa: BLE001 - it is raised where the call is waited for
            answer = packed("failed", _portable(error))
        self._busy.clear()
        self.send(answer)

    def _receive(self) -> None:
        for call in frames(self._input):
            self._calls.put(call)
        self._end(0)

    def _watch(self) -> None:
        """See to the limit of memory, and that the program is there even if another one holds our pipe."""
        while self._busy.wait():
            self._see_to_memory()
            if os.name != "nt" and os.getppid() != self._parent:
                self._end(0)
            time.sleep(_LOOK_S)

    def _see_to_memory(self) -> None:
        if self._memory and _resident() > self._memory:
            self._end(OUT_OF_MEMORY)

    def _end(self, code: int) -> NoReturn:
        if self._busy.is_set():
            for part in self._parts:
                with suppress(OSError):
                    os.unlink(part)  # noqa: PTH108 - no pathlib: it may end before anything else is there
        os._exit(code)


def _read(file: IO[bytes], size: int) -> bytes:
    pieces = bytearray()
    try:
        while len(pieces) < size and (piece := file.read(size - len(pieces))):
            pieces += piece
    except (OSError, ValueError):  # it was closed on this side
        pass
    return bytes(pieces)


def _portable(error: Exception) -> Exception:
    """The error as it can be sent, with the place where it was raised."""
    told = "".join(traceback.format_exception(error))
    try:
        copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
        same = type(copy) is type(error) and str(copy) == str(error)
    except Exception:  # noqa: BLE001 - an exception's class may do anything there
        same = False
    found = error if same else RuntimeError(f"{type(error).__name__}: {error}")
    found.__traceback__ = found.__cause__ = found.__context__ = None
    found.add_note(f"In a worker:\n{told}")
    return found


def _resident() -> int:
    """Bytes of memory that this process has; the most it ever had where no more is told, 0 where nothing."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - fifty times a second
            return int(file.read().split()[1]) * _PAGE
    except (OSError, IndexError, ValueError):
        pass
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
