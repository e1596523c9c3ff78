"""Stopping what is under way, in a real browser against a studio that takes its time."""

import pytest
from browser.harness import Notebook, jupyter, write

from nemo_widgets.studio.launch import launch
from nemo_widgets.studio.samples import SAMPLES
from nemo_widgets.studio.settings import Settings

CELLS = (
    "%load_ext nemo_widgets\n%nemo connect\n%nemo upload clip.mp4",
    '%%nemo edit\nadd a title that says "One", then add a title that says "Two" at 0:05',
    "%nemo edit -o run add background music at 20%",
    "import nemo_widgets\nprint('alive', len(nemo_widgets.current().draft.segments))",
)
TYPED = "() => (document.querySelectorAll('.nemo-text')[0]?.textContent || '').length > 3"


@pytest.fixture(scope="module")
def slow_lab(tmp_path_factory):
    """JupyterLab whose kernels talk to a studio that pauses two seconds between two pieces of an answer."""
    root = tmp_path_factory.mktemp("cancel")
    (root / "clip.mp4").write_bytes(SAMPLES["speech"].read_bytes())
    studio = launch(tmp_path_factory.mktemp("studio"), settings=Settings(text_pause=2.0, silent="never"))
    try:
        with jupyter(root, NEMO_API_URL=studio.url, NEMO_TOKEN=studio.token) as server:
            yield server
    finally:
        studio.stop()


def started(page, server, name):
    write(server.root / name, *CELLS)
    notebook = Notebook(page, server, name)
    assert notebook.run(0)
    notebook.start(1)
    page.wait_for_function(TYPED, timeout=20_000)
    return notebook


def after(page, notebook, asked_at, screen):
    ended = notebook.ended(20)
    screen(page)
    assert not ended["ok"], "Run All stops at a cancelled cell"
    assert ended["at"] - asked_at < 1000
    assert "cancelled" in " ".join(notebook.outputs(1)).lower()
    assert notebook.run(3)
    assert notebook.outputs(3) == ["alive 1\n"], "nothing of the cancelled edit was kept"
    notebook.shutdown()


def test_the_cancel_button_ends_a_running_edit(slow_lab, page, screen):
    """A click on Cancel ends the edit within a second, changes nothing, and the next cell works."""
    notebook = started(page, slow_lab, "button.ipynb")
    asked = page.evaluate("() => Date.now()")
    page.click(".nemo-run[data-state=running] .nemo-cancel")
    after(page, notebook, asked, screen)


def test_the_kernels_stop_ends_a_running_edit(slow_lab, page, screen):
    """The kernel's own Stop does the same."""
    notebook = started(page, slow_lab, "stop.ipynb")
    asked = page.evaluate("() => Date.now()")
    notebook.interrupt()
    after(page, notebook, asked, screen)


def test_an_edit_that_is_not_stopped_goes_through(slow_lab, page):
    """The same slow studio, left alone, finishes: it is the stopping that ended the others."""
    write(slow_lab.root / "patient.ipynb", *CELLS)
    notebook = Notebook(page, slow_lab, "patient.ipynb")
    assert notebook.run(0)
    assert notebook.run(2)
    assert notebook.run(3)
    assert notebook.outputs(3) == ["alive 2\n"]
    notebook.shutdown()
