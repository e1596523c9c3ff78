"""Stop while a call is under way: noted, looked for, told in one line; and nobody else's business."""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import signal
import threading
import time
from contextlib import suppress
from types import FunctionType

import pytest
from limits import within
from waiting import PATIENCE_S

import nemo_widgets as nemo
from nemo_widgets import interrupts, widgets
from nemo_widgets.errors import Cancelled
from nemo_widgets.held_stop import held
from nemo_widgets.interrupts import asked, load, on_stop, poll, stoppable, to_thread
from nemo_widgets.loop import blocking, submit
from nemo_widgets.magics.magic import NemoMagics
from nemo_widgets.running import EditRun, Run, UploadRun


def stop():
    """What the kernel does. With a thread's return, the handler has run in the main thread."""
    signal.raise_signal(signal.SIGINT)


def stop_main():
    """The same from another thread."""
    signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)


def told(call):
    """Carry out a call that is to be stopped; the line that it ends with, and how long it took, seconds."""
    began = time.monotonic()
    with pytest.raises(nemo.Cancelled) as caught:
        stoppable(call)()
    return str(caught.value), time.monotonic() - began


def test_a_stop_breaks_off_no_step_of_a_call():
    """What a call does goes on to its end, and the call ends with one line."""
    steps = []

    def call():
        stop()
        steps.append(asked())

    assert told(call)[0] == "Stopped."
    assert steps == [True]
    assert not asked()


def test_a_call_inside_a_call_tells_nothing_by_itself():
    """The outermost one ends with the line; those inside see the Stop where they look for it."""
    steps = []

    def call():
        stoppable(stop)()
        steps.append("outer")
        poll()
        steps.append("never")

    assert told(call)[0] == "Stopped."
    assert steps == ["outer"]


def test_a_failure_is_told_before_a_stop():
    """A call that failed says why, though a Stop came too."""

    @stoppable
    def call():
        stop()
        raise nemo.NemoError("no")

    with pytest.raises(nemo.NemoError, match="no"):
        call()


def test_what_was_begun_is_ended_by_a_stop_alone():
    """A call that was stopped ends what it has begun; any other leaves it."""
    ended = []

    def call():
        on_stop(lambda: ended.append("begun"))
        stop()

    with stoppable:
        on_stop(lambda: ended.append("never"))
    told(call)
    assert ended == ["begun"]


def test_work_on_a_thread_is_left_at_once():
    """Whatever it does there, the call ends within 0.1 s or so; the thread ends by itself."""
    over = threading.Event()

    def work():
        stop_main()
        over.wait(PATIENCE_S)

    assert within(told(lambda: to_thread(work))[1], 1)
    over.set()


def test_work_may_be_given_some_time_after_a_stop():
    """What comes to its end in time is not lost, and the Stop is told all the same."""
    got = []

    def work():
        stop_main()
        time.sleep(0.2)
        return "drawn"

    def call():
        got.append(to_thread(work, grace_s=PATIENCE_S))
        got.append(to_thread(lambda: "after it", grace_s=PATIENCE_S))

    told(call)
    assert got == ["drawn", "after it"]


def test_work_on_a_thread_has_the_callers_context_and_its_errors():
    """What the cell's outputs are found by is known there, and what it raises is raised."""
    where = contextvars.ContextVar("where", default="nowhere")
    where.set("here")
    with stoppable:
        assert to_thread(where.get) == "here"
        assert to_thread(threading.current_thread) is not threading.main_thread()
        with pytest.raises(ZeroDivisionError):
            to_thread(lambda: 1 / 0)
    assert to_thread(threading.current_thread) is threading.main_thread(), "no call is under way"


def test_a_stop_that_nobody_looks_for_is_heard_in_the_end(monkeypatch):
    """Who presses Stop again after a while is not held up by a call that is stuck."""
    monkeypatch.setattr(interrupts, "DEAF_S", 0.1)
    steps = []

    def call():
        stop()
        time.sleep(0.2)
        stop()
        steps.append("never")

    told(call)
    assert steps == []


def test_a_wait_that_begins_after_a_stop_ends_at_once():
    """Nothing more is waited for once there was a Stop."""

    def call():
        stop()
        blocking(submit(asyncio.sleep(PATIENCE_S)))

    assert within(told(call)[1], 1)


def test_the_handler_goes_with_the_call():
    """A program's Ctrl-C does afterwards what it did before."""
    before = signal.getsignal(signal.SIGINT)
    with stoppable:
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before
    with pytest.raises(KeyboardInterrupt):
        stop()


@pytest.mark.parametrize("own", [lambda *_: None, signal.SIG_IGN, signal.SIG_DFL])
def test_a_handler_that_somebody_put_in_stays(own):
    """It is for that one to say what SIGINT does."""
    before = signal.signal(signal.SIGINT, own)
    try:
        with stoppable:
            assert signal.getsignal(signal.SIGINT) is own
    finally:
        signal.signal(signal.SIGINT, before)


def test_other_threads_have_nothing_to_do_with_it():
    """A call in a thread of the user's own changes no handler, and is told of no Stop."""
    before, seen = signal.getsignal(signal.SIGINT), []

    def work():
        with stoppable:
            seen.extend([signal.getsignal(signal.SIGINT), asked()])
            to_thread(lambda: seen.append(threading.current_thread()))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [before, False, thread]


def test_a_module_is_imported_once_and_on_a_thread():
    """What is there is taken; what is not is imported where no interrupt comes."""
    assert load("signal") is signal
    with stoppable, pytest.raises(ImportError):
        load("nemo_widgets.no_such_module")


CALLS = {
    nemo: [name for name in nemo.__all__ if name not in ("current", "skills")],
    nemo.Session: [name for name in dir(nemo.Session) if name not in ("where", "noted") and name[0] != "_"],
    Run: ["cancel", "cancel_row", "ended", "result"],
    EditRun: ["changes", "stream"],
    UploadRun: ["cancel_row"],
    nemo.Draft: ["segments", "tracks", "_repr_mimebundle_"],
    nemo.Video: ["_repr_mimebundle_"],
    widgets.Player: ["__init__", "_message", "_repr_mimebundle_"],
    widgets.RunView: ["_message", "_repr_mimebundle_"],
    widgets.QuestionView: ["_message", "_repr_mimebundle_"],
    widgets.TimelinePicture: ["png", "_repr_mimebundle_"],
    widgets.MediaSheet: ["_repr_mimebundle_"],
    widgets.AnswerPicture: ["_repr_mimebundle_"],
    NemoMagics: ["nemo", "assigned"],
}
"""What a user calls, and what a front end does, where it waits, imports or draws anything."""


def functions():
    for owner, names in CALLS.items():
        for name in names:
            found = getattr(owner, name) if owner is nemo else inspect.getattr_static(owner, name)
            found = getattr(found, "fget", found)
            if isinstance(found, FunctionType):
                yield pytest.param(found, id=f"{owner.__name__}.{name}")


@pytest.mark.parametrize("function", list(functions()))
def test_every_call_takes_a_stop_as_one_line(function):
    """No public call can be broken off between two steps."""
    cells = []
    while function is not None:
        cells += [cell.cell_contents for cell in function.__closure__ or ()]
        function = getattr(function, "__wrapped__", None)
    assert any(cell is stoppable for cell in cells)


def test_a_stop_that_was_held_ends_the_next_call_and_no_import_after_a_failed_one():
    """A Stop as an import begins ends what follows in it; where that failed, the next import goes on."""
    before = signal.getsignal(signal.SIGINT)
    with held:
        stop()
        with pytest.raises(Cancelled), stoppable:
            pass
    with suppress(ImportError), held:
        stop()
        raise ImportError
    with held, stoppable:
        pass
    assert signal.getsignal(signal.SIGINT) is before
