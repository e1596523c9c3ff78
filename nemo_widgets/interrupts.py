"""The kernel's Stop (SIGINT), taken at points of our choosing while a call of ours is under way.

Python raises KeyboardInterrupt between any two steps of the main thread. Inside an import that leaves a
module half made, and perhaps the import lock taken for ever; inside our own code it loses what was in hand.
So each public call is `stoppable`: while it is under way a Stop is only noted. Whoever waits looks every
0.1 s whether there is one (`poll`). Whatever takes long, such as an import, a table or a picture, is done by
`to_thread` while the main thread waits. A call that was stopped ends with Cancelled, one line.

In a kernel the handler stays until the cell ends. Between two calls of ours it raises KeyboardInterrupt where
the user's own code runs, as Python does. While IPython shows a result or an error, it waits for the end of
that.

It stands in for Python's own handler and for ipykernel's only: a handler of the user's own is left alone.
"""

from __future__ import annotations

import _imp
import _thread
import contextvars
import signal
import sys
import threading
import time
from contextlib import ContextDecorator, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from .catalogue import say
from .errors import Cancelled
from .held_stop import DEAF_S, HeldStop, held, in_main, put, replaceable
from .host import host

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType, ModuleType, TracebackType

__all__ = [
    "SLICE_S",
    "STEPS",
    "asked",
    "in_steps",
    "load",
    "on_stop",
    "poll",
    "stoppable",
    "to_thread",
    "watch",
]

T = TypeVar("T")

SLICE_S = 0.1
"""How often a thread that waits looks up."""
STEPS = 7
"""What may still take some time after a Stop is waited for in so many steps: where the machine as a whole
stands still for a moment, so does the work, and it loses one of them at most."""
_RETRY_S, _PATIENCE_S, _TRIES = 0.02, 1.0, 10
"""A Stop that comes while IPython shows something is tried again so often, and raised after so long, but not
before so many tries: where the machine stood still, there was no time to show it."""
_SHOWING = frozenset(
    {
        "IPython.core.displayhook",
        "IPython.core.formatters",
        "IPython.core.ultratb",
        "ipykernel.displayhook",
        "ipykernel.iostream",
        "ipykernel.zmqshell",
    }
)
"""The modules that show a result, an error or what is printed, whatever they call to do so."""
_AROUND = frozenset({"IPython", "ipykernel", "traitlets"})
_SHELL, _RUN, _ERROR = "IPython.core.interactiveshell", "run_code", "showtraceback"
"""The functions of IPython below which a cell's own code runs, and by which an error is shown."""


class _Call(ContextDecorator):
    """The call that is under way in the main thread: as many `with` blocks deep as `depth` says.

    In any other thread entering and leaving it does nothing, since no interrupt is raised there.
    """

    def __init__(self) -> None:
        self.depth = 0
        self.stop_at: float | None = None
        self.ends: list[Callable[[], object]] = []
        self._handler: _Handler | None = None

    def __enter__(self) -> None:
        if not in_main():
            return
        if not self.depth:
            self.ends = []
            _free_import_lock()
            self._handler = _install()
            self.stop_at = held.take()
        self.depth += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not in_main():
            return
        self.depth -= 1
        if self.depth:
            return
        stop = self.stop_at is not None or isinstance(error, KeyboardInterrupt)
        self.stop_at, handler, self._handler = None, self._handler, None
        if handler is not None and host() != "notebook":
            handler.remove()
        if not stop:
            return
        for end in self.ends:
            end()
        if error is None or isinstance(error, KeyboardInterrupt):
            raise Cancelled(say("run.stopped"), hint="") from None


stoppable = _Call()
"""`@stoppable` or `with stoppable:` around what the user calls. It must not stand around an `await`.

Raises:
    Cancelled: the kernel's Stop came meanwhile.
"""


class _Handler:
    """The handler of SIGINT, in place of the one `before` it."""

    def __init__(self, before: Callable[[int, FrameType | None], Any]) -> None:
        self._before = before
        self._since: float | None = None
        self._tries = 0

    def __call__(self, number: int, frame: FrameType | None) -> None:
        now = time.monotonic()
        if stoppable.depth:
            if stoppable.stop_at is not None and now - stoppable.stop_at > DEAF_S:
                raise KeyboardInterrupt
            stoppable.stop_at = now if stoppable.stop_at is None else stoppable.stop_at
            self._since = None
            return
        code, awaits = _code(frame), self._before is not signal.default_int_handler
        late = self._since is not None and now - self._since > _PATIENCE_S and self._tries >= _TRIES
        if (awaits and code == "none") or host() != "notebook":
            self._before(number, frame)  # ipykernel's cancels a cell that awaits
        elif late or (awaits and code == "user"):
            self._since = None
            raise KeyboardInterrupt
        elif code == "user":
            signal.signal(signal.SIGINT, self._before)  # which leaves no trace of us in the traceback
            _later(0, _interrupt)
        else:
            if awaits:
                self._before(number, frame)
            self._tries = 0 if self._since is None else self._tries + 1
            self._since = self._since or now
            _later(_RETRY_S, _again)

    def remove(self) -> None:
        """Put the handler back that was there before, unless somebody has put in another one."""
        before = self._before
        if signal.getsignal(signal.SIGINT) is self:
            signal.signal(signal.SIGINT, before)


def watch() -> None:
    """Take a Stop of the cell that begins now as said above, not from its first call of ours on alone."""
    if in_main() and host() == "notebook":
        _install()


def _later(seconds: float, what: Callable[[], None]) -> None:
    def run() -> None:
        time.sleep(seconds)
        what()

    # Nothing of `threading` here: the main thread may hold one of its locks.
    _thread.start_new_thread(run, ())


def _interrupt() -> None:
    """Interrupt the main thread."""
    main = threading.main_thread().ident
    if main is not None and hasattr(signal, "pthread_kill"):
        signal.pthread_kill(main, signal.SIGINT)
    else:
        _thread.interrupt_main()


def _again() -> None:
    """Interrupt the main thread once more, unless the cell has ended meanwhile: then nobody handles it."""
    handler = signal.getsignal(signal.SIGINT)
    if callable(handler) and handler is not signal.default_int_handler:
        _interrupt()


def asked() -> bool:
    """Whether a Stop has come since the call under way began; always False off the main thread."""
    return in_main() and stoppable.depth > 0 and stoppable.stop_at is not None


def poll() -> None:
    """Do nothing, unless a Stop has come since the call under way began.

    Raises:
        KeyboardInterrupt: it has.
    """
    if asked():
        raise KeyboardInterrupt


def on_stop(end: Callable[[], object]) -> None:
    """Have `end` called where a Stop ends the call under way; it must be quick."""
    if in_main() and stoppable.depth:
        stoppable.ends.append(end)


def in_steps(wait: Callable[[float], object], seconds: float) -> bool:
    """Whether `wait`, which is called with a part of the seconds, says yes before they are over."""
    return any(wait(seconds / STEPS) for _ in range(STEPS))


def to_thread(work: Callable[[], T], *, grace_s: float = 0.0) -> T:
    """What `work` returns, done on a thread of its own while the main thread waits for it or for a Stop.

    After a Stop the thread goes on by itself and nobody hears of it: so `work` must change nothing that
    matters. Outside of a call of ours, and off the main thread, it is done at once where we are.

    Args:
        work: what to do.
        grace_s: until how long after the Stop it may take, seconds; it always has one look's time.

    Raises:
        KeyboardInterrupt: a Stop came, now or earlier in this call.
    """
    if not in_main() or not stoppable.depth:
        return work()
    done, results, errors = threading.Event(), list[T](), list[BaseException]()

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            errors.append(error)
        finally:
            done.set()

    threading.Thread(
        target=contextvars.copy_context().run, args=(run,), name="nemo-work", daemon=True
    ).start()
    while not done.wait(SLICE_S):
        if stoppable.stop_at is not None and not in_steps(done.wait, grace_s):
            raise KeyboardInterrupt
    if errors:
        raise errors[0]
    return results[0]


def load(name: str) -> ModuleType:
    """The module of that name, imported by `to_thread` if it is not there yet."""
    module = sys.modules.get(name)
    if module is not None and not getattr(module.__spec__, "_initializing", False):
        return module
    return to_thread(lambda: import_module(name))


def _install() -> _Handler | None:
    """Put our handler in place of Python's or ipykernel's; None where another one is there."""
    before: Any = signal.getsignal(signal.SIGINT)
    if isinstance(before, _Handler):
        return before
    if isinstance(before, HeldStop):
        before = before.before
    if not replaceable(before):
        return None
    handler = _Handler(before)
    return handler if put(handler) else None


def _code(frame: FrameType | None) -> Literal["user", "inner", "none"]:
    """Whose code runs in the cell: the user's; what is inside, IPython's or ours; or none of a cell."""
    top, inner = True, False
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        root = name.partition(".")[0]
        function = frame.f_code.co_name if name == _SHELL else ""
        inner = inner or root == "nemo_widgets" or name in _SHOWING or (top and root in _AROUND)
        inner = inner or function == _ERROR
        if function == _RUN:
            return "inner" if inner else "user"
        top = top and root == "contextlib"
        frame = frame.f_back
    return "none"


def _free_import_lock() -> None:
    """Let go of the import lock if this thread still has it: an import of the user's own was interrupted.

    Otherwise every import in another thread would wait for it for ever, and so would each of our requests.
    """
    with suppress(RuntimeError):
        while True:
            _imp.release_lock()
