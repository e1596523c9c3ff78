"""Stopping what is under way, in a real browser, every kernel, against a studio that takes its time."""

import json
import urllib.request

import nbformat
import pytest
from browser.harness import Notebook, jupyter, write
from kernels.versions import KERNELS, PLACES, specs
from limits import within
from playwright.sync_api import expect
from waiting import PATIENCE_S

from nemo_widgets.studio.launch import launch
from nemo_widgets.studio.samples import SAMPLES
from nemo_widgets.studio.settings import Settings

INSTRUCTION = ", then ".join(f'add a title that says "{i}" at 0:0{i}' for i in range(10))
"""Long enough to be stopped while it is answered."""
CELLS = (
    "%load_ext nemo_widgets\n%nemo connect\n%nemo upload clip.mp4",
    f"%%nemo edit\n{INSTRUCTION}",
    f"%%nemo edit\n{INSTRUCTION} ",
    f"import nemo_widgets\nnemo_widgets.current().edit('{INSTRUCTION}')",
    """\
import ipykernel
thread = getattr(get_ipython().kernel, "shell_channel_thread", None)
print(ipykernel.__version__, len(thread.manager.list_subshell()) if thread else 0)""",
    "%nemo edit -o run add background music at 20%",
    "import nemo_widgets\nprint('alive', len(nemo_widgets.current().draft.segments))",
)
CLICKED, STOPPED, BLOCKING, KERNEL, PATIENT, ALIVE = range(1, 7)
CANCEL = ".nemo-run[data-state=running] .nemo-cancel"
THOUSAND = """(cancel) => { const button = document.querySelector(cancel);
  for (let i = 0; i < 1000; i++) button.click(); }"""
TYPED = """() => [...document.querySelectorAll('.nemo-run[data-state=running] .nemo-text')]
  .some((text) => text.textContent.length > 3)"""


@pytest.fixture(scope="module")
def slow_lab(request, tmp_path_factory):
    """JupyterLab whose kernels talk to a studio that pauses half a second between two pieces of an answer."""
    root, kernels = tmp_path_factory.mktemp("cancel"), tmp_path_factory.mktemp("specs")
    (root / "clip.mp4").write_bytes(SAMPLES["speech"].read_bytes())
    problems = specs(request.config.cache.mkdir("ipykernels"), kernels)
    studio = launch(tmp_path_factory.mktemp("studio"), settings=Settings(text_pause=0.5, silent="never"))
    env = {"NEMO_API_URL": studio.url, "NEMO_TOKEN": studio.token, "JUPYTER_PATH": str(kernels)}
    try:
        with jupyter(root, **env) as server:
            server.problems = problems
            yield server
    finally:
        studio.stop()


def opened(page, server, kernel, *, subshells):
    """A notebook of that kernel with a clip on the timeline, in a Lab with that setting."""
    where = f"{server.base}lab/api/settings/@jupyterlab/apputils-extension:kernels-settings"
    chosen = json.dumps({"commsOverSubshells": "perCommTarget" if subshells else "disabled"})
    headers = {"Authorization": f"token {server.token}", "Content-Type": "application/json"}
    request = urllib.request.Request(  # noqa: S310 - our own loopback server
        where, json.dumps({"raw": chosen}).encode(), headers, method="PUT"
    )
    urllib.request.urlopen(request, timeout=PATIENCE_S).close()  # noqa: S310 - likewise
    path = write(server.root / f"{kernel}-{subshells}.ipynb", *CELLS)
    book = nbformat.read(path, 4)
    book.metadata.kernelspec.name = kernel
    nbformat.write(book, path)
    notebook = Notebook(page, server, path.name)
    assert notebook.run(0)
    return notebook


def stopped(page, notebook, cell, stop):
    """Start that cell, stop it once the agent has begun to answer: it ends within a second, and says so."""
    notebook.start(cell)
    page.wait_for_function(TYPED)
    asked = page.evaluate("() => Date.now()")
    stop()
    ended = notebook.ended()
    took = (ended["at"] - asked) / 1000
    assert within(took, 1)
    assert not ended["ok"], "Run All stops at a cancelled cell"
    expect(notebook.cell(cell).locator(".jp-OutputArea")).to_contain_text(
        "Cancelled", timeout=PATIENCE_S * 1000
    )
    return took


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_cancel_and_stop_end_a_running_edit(slow_lab, page, screen, place):
    """Cancel and the kernel's Stop end an edit within a second, awaited or blocking, and change nothing.

    Cancel may be pressed a thousand times: the kernel hears of it once.
    """
    version = place.version
    if slow_lab.problems[version.name]:
        pytest.skip(f"could not be installed: {slow_lab.problems[version.name]}")
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
    notebook = opened(page, slow_lab, version.name, subshells=place.subshells)

    def click():
        page.click(CANCEL)

    took = {
        "a thousand clicks": stopped(page, notebook, CLICKED, lambda: page.evaluate(THOUSAND, CANCEL)),
        "Stop": stopped(page, notebook, STOPPED, notebook.interrupt),
        "click, blocking": stopped(page, notebook, BLOCKING, click),
    }
    clicks = sum('"type":"cancel"' in frame for frame in sent)
    assert clicks == 2, "of a thousand clicks one goes to the kernel, and the other edit's click"
    screen(page)
    print(took)  # noqa: T201 - the figures, for whoever wants them (-s)
    assert notebook.run(KERNEL)
    kernel, shells = notebook.outputs(KERNEL)[0].split()
    assert kernel.startswith(version.wanted)
    assert (int(shells) > 0) is place.subshells
    assert notebook.run(ALIVE)
    assert notebook.outputs(ALIVE) == ["alive 1\n"], "nothing of the cancelled edits was kept"
    notebook.shutdown()


def test_an_edit_that_is_not_stopped_goes_through(slow_lab, page):
    """The same slow studio, left alone, finishes: it is the stopping that ended the others."""
    notebook = opened(page, slow_lab, KERNELS[-1].name, subshells=True)
    assert notebook.run(PATIENT)
    assert notebook.run(ALIVE)
    assert notebook.outputs(ALIVE) == ["alive 2\n"]
    notebook.shutdown()
