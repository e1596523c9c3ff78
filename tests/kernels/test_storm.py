"""A thousand clicks: nothing breaks, nothing is left behind, and the front end is not flooded."""

from __future__ import annotations

import json
import time

import pytest
from kernels.versions import PLACES
from limits import within
from waiting import PATIENCE_S

STORM = 1000
not_deaf = pytest.mark.parametrize(
    "place", [place for place in PLACES if not place.version.deaf], ids=str, indirect=True, scope="module"
)
LEFT = """\
def _left():
    import json, psutil
    process = psutil.Process()
    print(json.dumps([
        sorted(t.name for t in threading.enumerate() if not t.name.startswith("asyncio_")),
        process.num_fds() if hasattr(process, "num_fds") else process.num_handles(),
    ]))
_left()"""
SPARE = 10
"""ipykernel closes the pipes of threads that are gone every ten seconds."""


@pytest.fixture
def tidy(place):
    """Afterwards the kernel has no more threads and open files than before, and the next edit works."""
    kernel, _ = place
    cell, _ = kernel.under_way("session.edit('work')")
    kernel.interrupt()
    kernel.wait(cell)
    threads, files = left(kernel)
    yield
    kernel.run("session.cancel()")
    assert kernel.run("session.edit('hello')").error is None
    now, open_now = left(kernel)
    assert now == threads
    assert open_now <= files + SPARE


def left(kernel):
    """The kernel's threads by name, without those that go by themselves, and how many files are open."""
    end = time.monotonic() + PATIENCE_S
    while True:
        threads, files = json.loads(kernel.asked(LEFT))
        if "nemo-pace" not in threads or time.monotonic() > end:
            return threads, files
        time.sleep(0.1)


def whole(kernel, comm, since, began):
    """What the kernel said of the storm: no word of trouble, and only a few acknowledgements."""
    kernel.quiet()
    heard = kernel.heard[since:]
    assert not [m for m in heard if m["msg_type"] == "stream"], "callbacks are quiet"
    took = time.monotonic() - began
    assert len(kernel.acks(comm, since)) <= 6 * took + 1
    return [m for m in heard if m["msg_type"] == "error"]


@not_deaf
@pytest.mark.usefixtures("tidy")
@pytest.mark.parametrize("form", ["%%nemo edit\nwork", "session.edit('work')"], ids=["awaited", "blocking"])
def test_a_thousand_clicks_during_a_wait(place, company, told, form):
    """The first one ends the wait within a second, and the others do nothing."""
    kernel, subshell = place
    company.worker.stopped.clear()
    cell, comm = kernel.under_way(form)
    since, asked = len(kernel.heard), time.monotonic()
    how = kernel.press(comm, STORM, subshell=subshell)
    ended = kernel.wait(cell).ended_at
    took = ended - asked
    assert cell.kind == "Cancelled"
    assert len(cell.error) == 1
    assert company.worker.stopped.wait(PATIENCE_S)
    assert len(whole(kernel, comm, since, asked)) == 1, "the cell's own"
    told(f"the first of {STORM} clicks, {how}", form.partition("\n")[0], f"{took:.2f}")
    assert within(took, 1, ended)


@pytest.mark.usefixtures("tidy")
def test_a_thousand_clicks_on_a_run_in_the_background(place, company):
    """The first one ends the run within a second, and the others do nothing."""
    kernel, subshell = place
    company.worker.stopped.clear()
    cell, comm = kernel.under_way("run = session.start('work')")
    kernel.wait(cell)
    since, asked = len(kernel.heard), time.monotonic()
    kernel.press(comm, STORM, interrupts=False, subshell=subshell)
    kernel.until(lambda: kernel.acks(comm, since), "the acknowledgement")
    kernel.until(lambda: "'state': 'cancelled'" in str(kernel.said(comm, since)), "the end of the run")
    ended = next(m["at"] for m in kernel.heard[since:] if "'state': 'cancelled'" in str(m["content"]))
    assert within(ended - asked, 1, ended)
    assert company.worker.stopped.wait(PATIENCE_S)
    assert whole(kernel, comm, since, asked) == []


@pytest.mark.usefixtures("tidy")
def test_a_thousand_clicks_after_the_end(place):
    """They do nothing at all."""
    kernel, subshell = place
    cell, comm = kernel.under_way("%%nemo edit\nhello")
    kernel.wait(cell)
    assert cell.error is None
    since = len(kernel.heard)
    for _ in range(STORM):
        kernel.click(comm, subshell=subshell)
    assert whole(kernel, comm, since, time.monotonic()) == []
    assert kernel.acks(comm, since) == [], "after the end a click means nothing"


@pytest.mark.usefixtures("tidy")
def test_a_thousand_clicks_on_one_row(place, company):
    """Cancelling one file a thousand times stops that file; the other one is uploaded."""
    kernel, subshell = place
    for name in ("one.png", "two.png"):
        picture(company.folder / name)
    kernel.run("busy = session.start('work')")
    code = "files = session.start_upload('one.png', 'two.png')"
    cell, comm = kernel.under_way(code, "two.png")
    kernel.wait(cell)
    row = next(r["key"] for m in kernel.said(comm) for r in m.get("rows", []) if r["label"] == "two.png")
    since, began = len(kernel.heard), time.monotonic()
    kernel.press(comm, STORM, row=row, interrupts=False, subshell=subshell)
    kernel.press(comm, 10, row="no such row", interrupts=False, subshell=subshell)
    kernel.until(lambda: "'state': 'cancelled'" in str(kernel.said(comm, since)), "the row's end")
    assert whole(kernel, comm, since, began) == []
    kernel.asked("busy.cancel()")
    assert kernel.asked("print([f.filename for f in files.result().files])") == "['one.png']"


def picture(path):
    from PIL import Image

    Image.new("RGB", (32, 18), "red").save(path)
