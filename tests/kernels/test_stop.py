"""Every way to stop a wait, in every kernel: within a second, with one line, and the notebook goes on."""

from __future__ import annotations

import threading
import time

import pytest
from kernels.versions import PLACES
from limits import within
from waiting import PATIENCE_S

FORMS = {
    "awaited magic": "%%nemo edit\nwork",
    "magic in a loop": "for _ in range(1):\n    %nemo edit work",
    "call": "session.edit('work')",
    "awaited run": "await session.start('work', background=False)",
}
FROM_A_THREAD = """\
asked, before = [], list(session.runs)[-1:]
def stop():
    while list(session.runs)[-1:] == before or "Working" not in session.runs[-1].text:
        time.sleep(0.02)
    asked.append(time.monotonic())
    session.runs[-1].cancel()
threading.Thread(target=stop).start()
"""
BUSY = """\
print('began', flush=True)
end = time.monotonic() + {}
while run.state == 'running' and time.monotonic() < end:
    time.sleep(0.02)
print(run.state)
"""
with_subshells = pytest.mark.parametrize(
    "place", [place for place in PLACES if place.subshells], ids=str, indirect=True, scope="module"
)


def cancelled(kernel, company, cell):
    """The cell ended as a stopped one does, the work ended too, and the next cell runs."""
    assert cell.kind == "Cancelled"
    assert len(cell.error) == 1
    assert cell.error[0].startswith("Cancelled: ")
    assert "".join(shown["text/plain"] for shown in cell.shown) == "", "it is told once"
    assert company.worker.stopped.wait(PATIENCE_S), "the studio went on with the work"
    assert kernel.asked("print('alive')") == "alive"


@pytest.fixture(autouse=True)
def _nobody_was_stopped_yet(company):
    company.worker.stopped.clear()
    company.worker.begun.clear()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("way", ["stop", "button"])
def test_stop_and_cancel_end_a_wait_within_a_second(place, company, told, way, form):
    """The kernel's Stop and the Cancel button end the cell and the work; the next cell runs."""
    kernel, subshell = place
    cell, comm = kernel.under_way(FORMS[form])
    asked = time.monotonic()
    if way == "stop":
        kernel.interrupt()
    else:
        way = f"button, {kernel.press(comm, subshell=subshell)}"
    took = kernel.wait(cell).ended_at - asked
    told(way, form, f"{took:.2f}")
    assert within(took, 1)
    cancelled(kernel, company, cell)


@pytest.mark.parametrize("form", [form for form in FORMS if not FORMS[form].startswith("%%")])
def test_cancelling_from_a_thread_ends_a_wait_within_a_second(place, company, told, form):
    """`run.cancel()` from a thread of the user's own does the same."""
    kernel, _ = place
    cell = kernel.run(FROM_A_THREAD + FORMS[form])
    took = cell.ended_at - float(kernel.asked("print(asked[0])"))
    told("cancel() from a thread", form, f"{took:.2f}")
    assert within(took, 1)
    cancelled(kernel, company, cell)


@with_subshells
@pytest.mark.parametrize("form", FORMS)
def test_cancelling_from_another_subshell_ends_a_wait_within_a_second(place, company, told, form):
    """`run.cancel()` in a cell of another subshell does the same, where there are subshells."""
    kernel, subshell = place
    cell, _ = kernel.under_way(FORMS[form])
    asked = time.monotonic()
    kernel.start("session.runs[-1].cancel()", subshell=subshell)
    took = kernel.wait(cell).ended_at - asked
    told("cancel() from a subshell", form, f"{took:.2f}")
    assert within(took, 1)
    cancelled(kernel, company, cell)


@pytest.mark.parametrize("above", ["%%time\n%nemo", "%%capture\n%nemo", "%time %nemo", "%%time\n%%nemo"])
def test_stop_ends_a_wait_below_another_magic(place, company, above):
    """The kernel's Stop cancels an edit below %%time and %%capture too, and the cell ends with an error."""
    kernel, _ = place
    cell = kernel.start(f"{above} edit\nwork" if above.endswith("%%nemo") else f"{above} edit work")
    kernel.until(company.worker.begun.is_set, "the work")
    asked = time.monotonic()
    kernel.interrupt()
    assert within(kernel.wait(cell).ended_at - asked, 1)
    cancelled(kernel, company, cell)


@with_subshells
def test_magics_work_in_a_subshell(place):
    """A cell of another subshell may talk to the agent; what fails there ends it with two lines."""
    kernel, subshell = place
    assert kernel.run("%%nemo edit\nhello", subshell=subshell).error is None
    assert kernel.run("%%time\n%nemo edit hello", subshell=subshell).error is None
    assert len(kernel.run("%%capture\n%nemo export no/x.mp4", subshell=subshell).error) == 2


@pytest.fixture
def deaf(company, monkeypatch):
    """A studio that does not answer when it is told to stop."""
    hear, turns = threading.Event(), company.studio._backend.turns
    stop = turns.cancel
    monkeypatch.setattr(turns, "cancel", lambda *args: hear.wait(PATIENCE_S) and stop(*args))
    yield
    hear.set()
    assert company.worker.stopped.wait(PATIENCE_S)


@pytest.mark.usefixtures("deaf")
@pytest.mark.parametrize("form", ["awaited magic", "call"])
@pytest.mark.parametrize("way", ["stop", "button"])
def test_a_server_that_does_not_answer_holds_nobody_up(place, told, way, form):
    """Where the server does not answer the stop, the wait ends within a second all the same."""
    kernel, subshell = place
    cell, comm = kernel.under_way(FORMS[form])
    asked = time.monotonic()
    if way == "stop":
        kernel.interrupt()
    else:
        kernel.press(comm, subshell=subshell)
    took = kernel.wait(cell).ended_at - asked
    told(f"{way}, server silent", form, f"{took:.2f}")
    assert within(took, 1)
    assert cell.kind == "Cancelled"
    assert len(cell.error) == 1


@pytest.mark.usefixtures("deaf")
@pytest.mark.parametrize("form", ["awaited magic", "call"])
def test_pressing_stop_again_harms_nothing(place, form):
    """Stop pressed again while the first is carried out changes nothing."""
    kernel, _ = place
    cell, _ = kernel.under_way(FORMS[form])
    for _ in range(6):
        kernel.interrupt()
        time.sleep(0.05)
    kernel.wait(cell)
    assert cell.kind == "Cancelled"
    assert len(cell.error) == 1
    assert kernel.asked("print('alive')") == "alive"


def test_a_run_in_the_background_is_cancelled_without_touching_the_busy_cell(place, company):
    """Its Cancel never interrupts another cell; with subshells it works while that cell blocks the kernel."""
    kernel, subshell = place
    _, comm = kernel.under_way("run = session.start('work')")
    busy = kernel.start(BUSY.format(PATIENCE_S if subshell else 1))
    kernel.until(lambda: busy.printed, "the busy cell")
    kernel.click(comm, subshell=subshell)
    kernel.wait(busy)
    assert busy.error is None
    assert busy.printed.split() == ["began", "cancelled" if subshell else "running"]
    assert company.worker.stopped.wait(PATIENCE_S)
