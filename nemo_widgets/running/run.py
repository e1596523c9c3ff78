"""What every run has: a state, a record on disk, an end, a way to stop it, and listeners."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from abc import ABC, abstractmethod
from concurrent.futures import wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from nemo_widgets.call_checks import check_class
from nemo_widgets.catalogue import say
from nemo_widgets.client.notices import listening
from nemo_widgets.disk_faults import disk_fault, in_words
from nemo_widgets.draft import Shown
from nemo_widgets.errors import Cancelled, JournalError, NemoError, OutcomeUnknown
from nemo_widgets.interrupts import SLICE_S, asked, in_steps, poll, stoppable
from nemo_widgets.languages import asked_in, speaking, spoken
from nemo_widgets.links import plain_links
from nemo_widgets.loop import STOP_S, awaited, blocking, loop, settled
from nemo_widgets.once import refuse_repeats
from nemo_widgets.paths import notebook_name
from nemo_widgets.printable import one_line, printable, printable_repr

from .interrupted import INTERRUPTS
from .outcome import IN_PART, OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from concurrent.futures import Future

    from nemo_widgets.journal import Entry

    from .connection import Connection

__all__ = ["Row", "Run"]

_CLEANUP_S = STOP_S - 0.1
"""How long telling the server about a cancellation may take, so that there is time to write down the end."""

RUNNING = ("queued", "running")


@printable_repr
@dataclass(frozen=True, slots=True)
class Row:
    """One line of progress: `fraction` is 0-1, or None while nobody can know; `detail` is for people."""

    label: str
    fraction: float | None = None
    detail: str = ""
    state: str = "running"


@check_class
class Run(Shown, ABC):
    """One upload, edit or export. `await` it or call `result()`: both return the run once it has ended.

    The run is in the journal before anything is sent. With an `entry` of the journal, it goes on with a run
    that another kernel left behind.

    Attributes:
        id: a short name that no other run has, such as `edit-7kq2m`.
        kind: edit, upload or export.
        request: the request, as text.
        state: queued, running, done, failed or cancelled.
        outcome: done, refused, asked, not done or unknown (`outcome.OUTCOMES`), or of an upload partly done;
            "" while it is under way.
        phase: what is being done now, in a few words.
        note: a remark to show while the user waits.
        text: the answer so far (edits), Markdown.
        rows: progress by key (uploads and exports).
        error: the error, once the state is failed.
        show: shows it in the cell that runs now, as the cell that began it does, and returns whether it can.
    """

    kind = "run"

    def __init__(self, connection: Connection, request: str, *, entry: Entry | None = None) -> None:
        refuse_repeats()
        poll()  # what was stopped begins nothing more
        self._asked_in = asked_in()
        journal = connection.journal
        self._entry = entry or journal.begin(
            journal.new_id(self.kind),
            self.kind,
            request,
            connection.place,
            before=self._given(),
            **{"notebook": notebook_name(), **self._details()},
        )
        self.id = self._entry.record.id
        self.request = request
        self.outcome = ""
        self.state = "queued"
        self.phase = ""
        self.note = ""
        self.text = ""
        self.rows: dict[str, Row] = {}
        self.error: BaseException | None = None
        self.show: Callable[[], bool] | None = None
        self._connection = connection
        self._begun = time.monotonic()
        self._ended: float | None = None
        self._listeners: list[Callable[[], None]] = []
        self._finishers: list[Callable[[], None]] = []
        self._waiters = 0
        self._stopped_late = False
        self._lock = threading.Lock()
        self._task: asyncio.Task[None] | None = None
        self._stop_asked = False
        self._halted = False
        self._stage_before = ""
        self._future: Future[None] = asyncio.run_coroutine_threadsafe(self._main(), loop())
        self._no_finisher = threading.Event()  # whether none is at work on the loop
        self._no_finisher.set()
        self._future.add_done_callback(self._left_alone)

    def __repr__(self) -> str:
        told = self.state == "done" or self.outcome in ("refused", IN_PART)
        how = (self.outcome if told else "") or self.state
        request = one_line(plain_links(self.request), 60)
        return printable(f"<{self.kind} {self.id} {how} {self.elapsed_s:.1f} s: {request!r}>")

    def _ipython_display_(self) -> None:
        """Show a run under way as it goes on, to its end; IPython asks for a bundle where this raises.

        Raises:
            NotImplementedError: it has ended, or there is nothing here that could change what is shown.
        """
        if self.state not in RUNNING or self.show is None or not self.show():
            raise NotImplementedError

    @property
    def elapsed_s(self) -> float:
        """Seconds since the start, or from start to end."""
        return (self._ended or time.monotonic()) - self._begun

    @property
    def intent(self) -> str:
        """The run's heading: its kind, or what a message asks for; see `intent.Intent`."""
        return self.kind

    @property
    def language(self) -> str:
        """The language that is spoken of the run: that of the words that asked for it, else its session's."""
        return self._asked_in or self._connection.place.language

    @property
    def created(self) -> str:
        """When the run was begun, in this kernel or another one: ISO 8601 in UTC."""
        return self._entry.record.created

    @property
    def attached(self) -> bool:
        """Whether the run goes on with one that another kernel left behind."""
        return self._entry.attached

    @property
    def done(self) -> bool:
        """Whether the run has ended, in whatever way."""
        return self._future.done()

    @stoppable
    def cancel(self) -> None:
        """Stop the run. Call it from any thread, at any time, as often as you like.

        The studio stops the work and keeps nothing of it. The cloud finishes an edit that it has accepted
        and charges for it: only the waiting ends.
        """
        if self._stop_asked:
            return  # a second click must not cut short what the first one has set going
        self._stop_asked = True

        def stop() -> None:
            # A run that began after it was asked to stop is at its end by itself already.
            if self._task and not self._task.done() and not self._halted:
                self._task.cancel()

        loop().call_soon_threadsafe(stop)

    @stoppable
    def ended(self, seconds: float) -> bool:
        """Wait up to so many seconds for the end, and return whether it came. Raises no error of the run."""
        end = time.monotonic() + seconds
        while not self._future.done() and (left := end - time.monotonic()) > 0:
            poll()
            wait([self._future], min(left, SLICE_S))
        return self._future.done()

    def interrupt(self) -> None:
        """Stop the run as the kernel's Stop does; where the kernel ends at once, the run is left behind."""
        INTERRUPTS.note(self)
        self.cancel()

    @stoppable
    def cancel_row(self, key: str) -> None:
        """Stop the part of the run that one row shows. A run with a single part stops as a whole."""
        del key
        self.cancel()

    @stoppable
    def result(self) -> Self:
        """Wait for the end and return the run. The kernel's Stop cancels it.

        Raises:
            Cancelled: the run was stopped, in whatever way.
            NemoError: the run failed; the error says what to do next.
        """
        with self._waiting():
            try:
                blocking(self._future, self.interrupt)
            except KeyboardInterrupt:
                raise self._cancelled() from None
        return self._outcome()

    def __await__(self) -> Generator[Any, None, Self]:
        return self._awaited().__await__()

    async def _awaited(self) -> Self:
        with self._waiting():
            try:
                await awaited(self._future, self.interrupt)
            except (asyncio.CancelledError, KeyboardInterrupt):
                raise self._cancelled() from None
        return self._outcome()

    def on_update(self, listener: Callable[[], None]) -> None:
        """Call `listener` on the loop's thread whenever the run changes. It must return quickly."""
        self._listeners.append(listener)

    def on_end(self, finisher: Callable[[], None]) -> None:
        """Call `finisher` once after the end: in the thread that waits, or else on the loop's thread."""
        with self._lock:
            if not self._future.done():
                self._finishers.append(finisher)
                return
        finisher()

    @abstractmethod
    async def _work(self) -> None:
        """Do it, on the loop."""

    @abstractmethod
    async def _resume(self) -> None:
        """Find out what became of what a kernel left behind, and go on with it."""

    def _details(self) -> dict[str, Any]:
        """What the journal has to hold beside the request, so that another kernel can go on."""
        return {}

    def _results(self) -> dict[str, Any]:
        """What the journal has to hold of the end, so that another kernel can tell it."""
        return {}

    def _given(self) -> dict[str, Any] | None:
        """The timeline that it was given to work with, if it was given one."""
        return None

    async def _note(self, **changed: Any) -> None:
        """Write to the journal; it is on disk when this returns."""
        await asyncio.to_thread(self._entry.write, **changed)

    def _stage(self) -> str:
        """The stage that the journal records at the end: one of `journal.ENDS`, or unknown."""
        match self.error:
            case OutcomeUnknown():
                return "unknown"
            case None:
                return "done"
        return "not done"

    def _stopped_stage(self) -> str:
        """The stage that the journal records after a stop."""
        return "cancelled"

    def _outcome_at(self, stage: str) -> str:
        """The outcome of a run that the journal records as ended at this stage."""
        return stage if stage in OUTCOMES else "not done"

    def left_behind(self) -> None:
        """Take a stop that was the kernel's own end for one: the run is there to be attached to."""
        if self._entry.record.stage == "cancelled":
            with contextlib.suppress(JournalError):
                self._entry.write(stage=self._stage_before, told="", ended="", details=self._to_go_on())

    def _to_go_on(self) -> dict[str, Any]:
        """What the journal has to hold, beside the rest, of a run that was stopped by the kernel's end."""
        return {}

    async def _stop(self) -> None:
        """Tell the server that the work is not wanted any more."""

    def _stopped_text(self) -> str:
        """What a stop means here, one or two sentences."""
        return say("run.cancelled")

    def _late_text(self) -> str:
        """The sentence for a Stop that came after the work was done, while its outputs were drawn."""
        return say("run.late", kind=say(f"kind.{self.kind}"))

    def _update(self, **changed: Any) -> None:
        for name, value in changed.items():  # whoever prints a text of these must not be at its mercy
            setattr(self, name, printable(value) if isinstance(value, str) else value)
        for listener in self._listeners:
            listener()

    async def _main(self) -> None:
        self._task = asyncio.current_task()
        with speaking(self.language):
            await self._lived()

    async def _lived(self) -> None:
        state = "done"
        try:
            if self._stop_asked:
                raise asyncio.CancelledError  # noqa: TRY301 - asked before the first step
            with listening(lambda told: self._update(note=told)):
                await (self._resume() if self._entry.attached else self._work())
        except asyncio.CancelledError:
            await self._halt()
            state = "cancelled"
        except Exception as error:  # noqa: BLE001 - kept for whoever asks for the result
            self.error = _of_the_system(error)
            state = "failed"
        stage = self._stopped_stage() if state == "cancelled" else self._stage()
        told = self._stopped_text() if state == "cancelled" else getattr(self.error, "message", "")
        self._stage_before = self._entry.record.stage
        ending = asyncio.ensure_future(asyncio.to_thread(self._entry.end, stage, told, **self._results()))
        while not ending.done():  # a second cancel must not come between the end and its record
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.shield(ending)
        self.outcome = self._outcome_at(stage)
        self._end(state)

    async def _halt(self) -> None:
        """Carry out `_stop` once, in the little time that there is for it."""
        if not self._halted:
            self._halted = True
            stopping = asyncio.ensure_future(self._stop())
            # The stop itself must not fail, now or when nobody waits any more: what matters is that we end.
            stopping.add_done_callback(lambda task: task.cancelled() or task.exception())
            await settled(stopping, _CLEANUP_S)

    def _end(self, state: str) -> None:
        self._ended = time.monotonic()
        self._update(state=state, phase="", note="")

    @contextlib.contextmanager
    def _waiting(self) -> Generator[None, None, None]:
        self._waiters += 1
        try:
            yield
        finally:
            self._waiters -= 1
            self._settle()
            if threading.current_thread() is threading.main_thread():  # the loop must never wait for us
                in_steps(self._no_finisher.wait, STOP_S)

    def _left_alone(self, _: Future[None]) -> None:
        """At the end of a run that nobody waits for. Who comes to wait meanwhile waits for this, too."""
        self._no_finisher.clear()
        try:
            if not self._waiters:
                self._settle()
        finally:
            self._no_finisher.set()

    def _settle(self) -> None:
        """Call the finishers, each to its end: a Stop that comes meanwhile is told after that."""
        try:
            with stoppable:
                while (finisher := self._next_finisher()) is not None:
                    finisher()
                self._stopped_late = self._stopped_late or asked()
        except Cancelled:
            self._stopped_late = True

    def _next_finisher(self) -> Callable[[], None] | None:
        with self._lock:
            return self._finishers.pop(0) if self._finishers else None

    def _outcome(self) -> Self:
        if self.state == "cancelled":
            raise self._cancelled()
        if self.error is not None:
            raise self.error
        if self._stopped_late:
            self._stopped_late = False
            with speaking(self.language):
                raise Cancelled(self._late_text(), hint="")
        return self

    def _cancelled(self) -> BaseException:
        """What a stop is told as: the run may have ended by itself as it came."""
        if self.state == "failed" and self.error is not None:
            return self.error
        if self.state in RUNNING:  # the clean-up did not end in time; for the user it is over all the same
            self._end("cancelled")
        with speaking(self.language):
            told = self._late_text() if self.state == "done" else self._stopped_text()
        stopped = Cancelled(told, hint="")
        stopped.run_id = self.id
        return stopped


def _of_the_system(error: Exception) -> Exception:
    """The error; one of this machine's own, such as that it opens no more files, in words."""
    if isinstance(error, NemoError) or (fault := disk_fault(error)) is None:
        return error
    clause, remedy = in_words(fault, spoken())
    return NemoError(say("run.machine", why=clause), hint=remedy)
