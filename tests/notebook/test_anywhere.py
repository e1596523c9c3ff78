"""Magics wherever people put them: each works or gives one clear line, and Run All stops where it must."""

import os
import re
import subprocess
import sys

import pytest
from waiting import PATIENCE_S

from nemo_widgets.studio.samples import SAMPLES

CUT = "edit remove the first second"
BAD = "export no/such/place.mp4"


@pytest.fixture(scope="module")
def ready(kernel):
    """A kernel with two clips on the local studio's timeline, and files to %run."""
    (kernel.folder / "clip.mp4").write_bytes(SAMPLES["scenes"].read_bytes())
    (kernel.folder / "sub").mkdir()
    (kernel.folder / "good.ipy").write_text(f"# what a file does\n%nemo {CUT}\n")
    (kernel.folder / "bad.ipy").write_text(f"%nemo {BAD}\nprint('not reached')\n")
    setup = "import nemo_widgets as nemo\n%nemo connect --local\n%nemo upload clip.mp4 clip.mp4"
    assert kernel.run(setup).error is None
    return kernel


def cuts(kernel):
    """How many milliseconds of the two clips are gone."""
    return 30_400 - int(kernel.run("print(nemo.current().draft.duration_ms)").text)


@pytest.mark.parametrize(
    "cell",
    [
        "# a comment\n\n%%nemo edit\nremove the first second",
        "%time 1\n!echo beside\n%%nemo edit\nremove the first second",
        f"%time %nemo {CUT}",
        "# how long?\n%%time\n%%nemo edit\nremove the first second",
        "%%capture\n%%nemo edit\nremove the first second",
        f"%%prun -q\n%nemo {CUT}",
        "%run good.ipy",
        f"get_ipython().run_cell('%nemo {CUT}');",
        f"async def f():\n    with open('clip.mp4'):\n        %nemo {CUT}\nawait f()",
        f"x = %nemo segments\n%nemo {CUT}\ny = %nemo segments\n!echo beside\nassert len(x) == len(y)",
        f"%autoawait off\n%nemo {CUT}\n%autoawait on",
        f"%reload_ext nemo_widgets\n%nemo {CUT}",
        "n = 9\ndef f(n):\n    run = %nemo edit remove the first {n} second\n    return run\nf(1);",
    ],
)
def test_an_edit_is_made_once_wherever_it_stands(ready, cell):
    """One edit in whatever place is one edit."""
    before = cuts(ready)
    made = ready.run(cell)
    assert not made.failed
    assert cuts(ready) == before + 1000


def test_messages_arrive_while_a_magic_is_captured(ready):
    """A message that the kernel takes in while a %nemo runs below %%capture is handled, without an error."""
    arrives = "get_ipython().set_parent(get_ipython().get_parent())"  # as the kernel does at each message
    for magic in (f"%nemo {CUT}", f"made = %nemo {CUT}"):
        assert ready.run(f"%%capture\n{magic}\n{arrives}").error is None


@pytest.mark.parametrize(
    "cell",
    [
        f"%nemo {BAD}",
        f"%time %nemo {BAD}",
        f"%%time\nx = 1\n%nemo {BAD}",
        f"%%capture\n%nemo {BAD}",
        f"%%prun -q\n%nemo {BAD}",
        "%run bad.ipy",
        f"get_ipython().run_cell('%nemo {BAD}')\nx = 1",
        f"get_ipython().run_line_magic('nemo', '{BAD}')",
        f"for i in range(3):\n    if i:\n        %nemo {BAD}",
        f"%xmode Verbose\n%nemo {BAD}",
        f"%xmode Minimal\n%nemo {BAD}",
        f"%pdb on\n%nemo {BAD}",
        f"%autoawait off\n%nemo {BAD}",
        f"import ipywidgets\nwith ipywidgets.Output():\n    %nemo {BAD}",
    ],
)
def test_what_fails_stops_run_all_wherever_it_stands(ready, cell):
    """A failure ends its cell with an error status and two lines, whatever is around it."""
    failed = ready.run(cell)
    ready.run("%pdb off\n%autoawait on\n%xmode Context")
    assert failed.failed
    assert failed.error.splitlines()[0].startswith("DownloadError: There is no folder no/such")
    assert len(failed.error.splitlines()) == 2
    assert "not reached" not in failed.text


def test_what_was_handled_does_not_stop_run_all(ready):
    """An error that the code itself catches, or that is only shown again, ends nothing."""
    caught = f"try:\n    %nemo {BAD}\nexcept nemo.NemoError as error:\n    print('mine')"
    assert not ready.run(caught).failed
    assert ready.run(f"%nemo {BAD}").failed
    assert not ready.run("pass").failed
    assert not ready.run("import sys\nsys.last_value._render_traceback_()").failed


@pytest.mark.parametrize(
    "cell",
    [
        "%nemo edit --strict dance the tango",
        "%%capture\n%%nemo edit --strict\ndance the tango",
        "for words in ['dance the tango']:\n    nemo.current().edit(words, strict=True)",
    ],
)
def test_a_refusal_stops_run_all_where_that_is_asked_for(ready, cell):
    """With --strict nothing goes on after an edit that the agent refused; without, the outcome says so."""
    shown = ready.run(cell)
    assert shown.error.startswith("Refused: ")
    assert "%nemo what" in shown.error
    assert ("stands above" in shown.error) == ("capture" not in cell), "what is said above is said once"
    told = ready.run("run = %nemo edit dance the tango\nprint(run.outcome)")
    assert not told.failed
    assert told.printed == "refused"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (f"%%timeit\n%nemo {CUT}", "many times"),
        (f"%timeit -n1 -r1 %nemo {CUT}", "many times"),
        ("%timeit nemo.current().edit('remove the first second')", "many times"),
        ("import timeit\ntimeit.timeit(lambda: nemo.current().start('undo'), number=3)", "many times"),
        ("%timeit -n1 -r1 %nemo disconnect", "many times"),
        ("x = 1\n%%nemo edit\nremove the first second", "first line"),
        ("if True:\n    %%nemo edit\n    remove the first second", "first line"),
        ("%%nemo edit\nremove the first second\n%nemo export", "%nemo export"),
        ("%%nemo edit\n%%time\nremove the first second", "%%time"),
        ("def f(n):\n    %nemo edit remove the first {m} seconds\nf(1)", "{m}"),
        ("%%nemo edit\nremove the first second\n\n%%nemo edit\nundo", "%%nemo edit"),
    ],
)
def test_what_can_not_be_meant_is_one_clear_line_and_sends_nothing(ready, cell, said):
    """An edit under timeit, behind code, or with magics in its text is refused before anything is sent."""
    runs = ready.run("print(len(nemo.current().runs))").printed
    refused = ready.run(cell)
    assert refused.failed
    assert refused.error.startswith("UsageError: ")
    assert said in refused.error.splitlines()[0]
    assert ready.run("print(len(nemo.current().runs))").printed == runs


def test_looking_may_be_timed(ready):
    """What only looks runs under %timeit as often as that likes."""
    assert not ready.run("%timeit -n2 -r2 %nemo segments").failed


def test_the_film_that_was_meant_is_played_after_cd(ready):
    """After `%cd` the last export is still found by the page and by Python, and a name is one from here."""
    assert not ready.run("%cd sub").failed
    assert not ready.run("%nemo export film.mp4 --resolution 180p").failed
    assert (ready.folder / "sub" / "film.mp4").is_file()
    source = "print(nemo.current().play().source, nemo.current().play('film.mp4').source)"
    assert ready.run(source).printed == "sub/film.mp4 sub/film.mp4"
    assert not ready.run("%nemo play sub/film.mp4").failed, "as a saved notebook names it"
    ready.run("%cd ..")
    assert ready.run("print(nemo.current().play().source)").printed == "sub/film.mp4"
    assert not ready.run("%nemo play").failed
    assert "film.mp4" in ready.run("%nemo play sub/flim.mp4").error.splitlines()[1]


def test_patterns_and_comments_are_understood_behind_a_magic(ready):
    """`%nemo upload clip*.mp4  # all` uploads what fits; quotes do no harm."""
    before = cuts(ready)
    assert not ready.run('%nemo upload "c?ip*.mp4"   # what\'s there').failed
    assert cuts(ready) < before - 10_000
    assert "sub/*.mov" in ready.run("%nemo upload sub/*.mov").error


def test_several_edits_go_and_come_back(ready):
    """`%nemo undo 2` and `s.undo(2)` take back two edits in one message, redo brings one again."""
    before = cuts(ready)
    ready.run(f"%nemo {CUT}\n%nemo {CUT}")
    assert not ready.run("n = len(nemo.current().runs)\n%nemo undo 2").failed
    assert cuts(ready) == before
    assert "1 more can be redone" in ready.run("%nemo redo").text
    assert cuts(ready) == before + 1000
    assert not ready.run("%nemo redo").failed
    assert cuts(ready) == before + 2000
    assert not ready.run("nemo.current().undo()").failed
    assert cuts(ready) == before + 1000, "each edit can be taken back by itself again"
    assert ready.run("print(len(nemo.current().runs) - n)").printed == "4"
    for many in ("two", "1.5", "0"):
        assert "is no number of edits." in ready.run(f"%nemo undo {many}").error


def test_what_is_assigned_is_what_was_done(ready):
    """`run = %nemo edit …` is the run, in a loop too, and `draft = %nemo draft` the draft."""
    ready.run("%nemo undo")
    told = ready.run("for i in range(1):\n    run = %nemo redo\nprint(run.kind, run.state)")
    assert told.printed.splitlines()[0] == "edit done"
    assert ready.run(
        "run = %nemo undo\ndraft = %nemo draft\nprint(run.outcome, draft.duration_ms > 0)"
    ).printed
    assert not ready.run("for i in range(1):\n    draft = %nemo draft").text, "no page of JSON is shown"


def test_an_export_in_the_background_lets_the_notebook_go_on(ready):
    """The cell ends at once, and the run brings the film."""
    assert not ready.run("%nemo export later.mp4 --resolution 180p --background -o later").failed
    assert ready.run("print(later.result().video.path.name)").printed == "later.mp4"


def test_what_can_be_said_is_listed(ready):
    """`%nemo what` lists the skills' examples without sending anything."""
    assert "cut the pauses" in ready.run("%nemo what").text


TERMINAL = """\
import sys
from IPython.terminal.interactiveshell import TerminalInteractiveShell
shell = TerminalInteractiveShell.instance()
for cell in sys.argv[1:]:
    print("ended", shell.run_cell(cell).success)
"""


def test_a_terminal_gets_the_same(ready, tmp_path):
    """In a terminal's IPython magics await, stand below others, and fail as in a notebook."""
    cells = {
        "%load_ext nemo_widgets\n%nemo connect --local\n%nemo upload clip.mp4": "Uploaded clip.mp4",
        "# why\n%%nemo edit\nremove the first second": "Removed 0:00–0:01",
        f"%time %nemo {CUT}": "Wall time",
        f"%%capture\n%nemo {BAD}": "There is no folder no/such",
        "x = 1\n%%nemo edit\nundo": "first line of its cell",
    }
    env = {
        **os.environ,
        "NEMO_STUDIO_DATA": str(tmp_path / "data"),
        "IPYTHONDIR": str(tmp_path),
        "HOME": str(tmp_path),
    }
    command = [sys.executable, "-c", TERMINAL, *cells]
    shown = subprocess.run(
        command, cwd=ready.folder, env=env, capture_output=True, text=True, timeout=2 * PATIENCE_S, check=True
    )
    parts = re.split(r"^ended ", shown.stdout, flags=re.MULTILINE)
    for said, part in zip(cells.values(), parts, strict=False):
        assert said in part
    assert [part.split()[0] for part in parts[1:]] == ["True", "True", "True", "False", "False"]
