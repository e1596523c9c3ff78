"""Stop at the moments at which it once broke something: inside imports, tables, pictures, the last steps.

`benchmarks/stops.py` does the same at random moments, for every call and command.
"""

from __future__ import annotations

import time

import pytest
from kernels.stops import Call, Home, complaints, prepared, stopped
from kernels.versions import KERNELS
from limits import within

TRAP = """\
import importlib, os, signal, sys, time

class Trap:
    def __init__(self, name, times):
        self.name, self.left = name, times

    def spring(self):
        while self.left:
            self.left -= 1
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.02)

    def find_spec(self, name, path=None, target=None):
        if name == self.name:
            self.spring()

def at_import(name, times=1):
    sys.meta_path.insert(0, Trap(name, times))

def at_call(place, name, times=1):
    place = importlib.import_module(place) if isinstance(place, str) else place
    real, trap = getattr(place, name), Trap(name, times)
    def trapped(*args, **kwargs):
        trap.spring()
        return real(*args, **kwargs)
    setattr(place, name, trapped)
"""
"""Interrupts the kernel when a module is first imported, or a function first called."""

COLD = {
    "import nemo_widgets": ("fresh", "at_import('nemo_widgets.draft.model')"),
    "import nemo_widgets as nemo": ("fresh", "at_import('nemo_widgets.errors')"),
    "%load_ext nemo_widgets": ("fresh", "at_import('nemo_widgets.links', 2)"),
    "%nemo help": ("loaded", "at_import('markdown_it')"),
    "%nemo open speech": ("loaded", "at_import('uvicorn')"),
    "s.draft.segments": ("open", "at_import('pandas.core.frame')"),
    "%nemo segments": ("open", "at_import('pandas.io.formats.html', 2)"),
    "%nemo play film.mp4": ("loaded", "at_import('av')"),
}
"""Calls that import something, and where the interrupt comes."""
COOL = "import nemo_widgets; nemo_widgets._warm_up = lambda: None"
"""Keeps the warm-up from importing it first: which of the two is quicker is a matter of the machine."""

LATE = {
    "%nemo upload scenes.mp4": ("nemo_widgets.widgets.sheet", "media_sheet_png"),
    "s.upload('scenes.mp4')": ("nemo_widgets.widgets.sheet", "media_sheet_png"),
    "%nemo edit remove 0:01 to 0:02": ("nemo_widgets.widgets.difference_picture", "difference_png"),
    "s.edit('remove the first second')": ("nemo_widgets.widgets.difference_picture", "difference_png"),
    "s.timeline": ("nemo_widgets.widgets.timeline", "timeline_png"),
    "s.play()": ("nemo_widgets.widgets.player", "poster_of"),
}
"""Calls that draw at their end, and what they draw."""


@pytest.fixture(scope="module")
def home(kernel_specs, tmp_path_factory):
    """A user's folders, with a session and a film in them."""
    return Home(tmp_path_factory.mktemp("user"), kernel_specs[0], KERNELS[-1].name)


@pytest.fixture(scope="module")
def warm(home):
    """A kernel in which everything has been imported, for what does not ask for a new one."""
    kernel = home.fresh()
    prepared(kernel, Call("", "open"))
    kernel.asked(TRAP)
    yield kernel
    kernel.stop()


@pytest.mark.parametrize("code", COLD)
def test_a_stop_inside_an_import_breaks_nothing(home, code):
    """The call ends within a second with one line, and whatever it imported can be used afterwards."""
    level, trap = COLD[code]
    kernel = home.fresh()
    try:
        if level != "fresh":
            kernel.asked(COOL)
        prepared(kernel, call := Call(code, level))
        kernel.asked(TRAP + trap)
        cell, _ = stopped(kernel, call, [])
        assert cell.kind == "Cancelled", "the interrupt came"
        assert complaints(kernel, call, cell) == []
        assert kernel.run(code).error is None
    finally:
        kernel.stop()


@pytest.mark.parametrize("times", [1, 2], ids=["once", "twice"])
@pytest.mark.parametrize("code", LATE)
def test_a_stop_while_the_last_picture_is_drawn_leaves_it_static(warm, code, times):
    """The cell ends with one line, its output is whole and static, and what was done is told."""
    warm.asked(f"at_call{(*LATE[code], times)}")
    cell, _ = stopped(warm, call := Call(code), [])
    assert cell.kind == "Cancelled"
    assert complaints(warm, call, cell) == []
    if "upload" in code:
        assert cell.error[0].startswith("scenes.mp4 was uploaded before")
        assert "scenes.mp4" in str(cell.shown)


@pytest.mark.parametrize(
    "trap",
    ["at_call(pandas.DataFrame, '_repr_html_')", "at_call(type(get_ipython()), '_showtraceback')"],
    ids=["a table", "an error"],
)
def test_a_stop_while_ipython_shows_something_waits_for_that(warm, trap):
    """The table or the one line of an error is shown as if nothing had been."""
    warm.asked(f"import pandas\n{trap}")
    call = Call("s.draft.segments" if "pandas" in trap else "%nemo again", fails=True)
    cell, _ = stopped(warm, call, [])
    assert bool(cell.error) == ("again" in call.code)
    assert complaints(warm, call, cell) == []


LOOP = """\
try:
    while True:
        len("")
except KeyboardInterrupt:
    raise nemo.Cancelled("The loop.") from None
"""
BELOW = {
    "a loop": (LOOP, lambda cell: "edited" in cell.printed),
    "a call": ("s.export('out.mp4')", lambda cell: "out.mp4" in str(cell.shown)),
}
"""The user's own code, and a call that waits; and when it has begun."""


@pytest.mark.parametrize("below", BELOW)
def test_stop_ends_what_stands_below_an_awaited_magic(warm, below):
    """Neither is deaf in a cell that awaits a magic."""
    code, begun = BELOW[below]
    cell = warm.start(f"%nemo edit undo\nprint('edited', flush=True)\n{code}")
    warm.until(lambda: begun(cell), "what stands below the edit")
    asked = time.monotonic()
    warm.interrupt()
    assert within(warm.wait(cell).ended_at - asked, 1)
    assert (cell.kind, len(cell.error)) == ("Cancelled", 1)


@pytest.mark.parametrize("above", ["%nemo edit undo", "table = %nemo tracks"], ids=["awaiting", "plain"])
def test_a_stop_while_a_table_is_shown_ends_what_stands_below_it(warm, above):
    """The table is shown as a whole, and then the Stop lands, whether the cell awaits anything or not."""
    warm.asked(
        "from nemo_widgets.draft import table_view as v\n"
        "v.load_view()\nat_call(v.TimelineTable, '_repr_html_')"
    )
    cell = warm.run(f"{above}\ndisplay(s.draft.tracks)\n{LOOP}")
    assert (cell.kind, cell.error) == ("Cancelled", ["The loop."])
    assert "text/html" in cell.shown[-1]


def test_an_import_lock_that_the_user_left_behind_hangs_nothing(warm):
    """After an import of the user's own that an interrupt broke, commands and tables work all the same."""
    warm.asked("import _imp; _imp.acquire_lock()")
    assert warm.run("%nemo status").error is None
    assert warm.run("%nemo segments").error is None
    assert warm.asked("print(_imp.lock_held())") == "False"


def test_a_handler_of_the_users_own_stays_in_charge(warm):
    """Whoever has put in a handler of SIGINT hears every Stop, and no call of ours ends by it."""
    warm.asked("at_call('nemo_widgets.widgets.difference_picture', 'difference_png')\nstops = []")
    code = "_ = signal.signal(signal.SIGINT, lambda *_: stops.append(1))\ns.edit('make it brighter')\n"
    cell = warm.run(code + "print(len(stops))")
    assert (cell.error, cell.printed) == (None, "1\n")
