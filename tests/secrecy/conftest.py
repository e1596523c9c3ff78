"""A kernel with a token of its own in its environment, a studio process, and what can be seen of both."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from canary import MARK
from clips import code_clip
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from secrecy.strangers import Stranger

from nemo_widgets.testing import Proxy

HERE = Path(__file__).parent
CANARY = MARK + "canary-in-the-environment-0123456789"
WRONG = MARK + "canary-that-nobody-knows-0123456789"
CLIENT = MARK + "canary-for-a-client-id-0123456789"
"""The client id is a secret too; with the mark it is found like a token."""
_BEGIN = """
%load_ext nemo_widgets
import os, sys, inside, nemo_widgets as nemo
inside.listen("everything.log")
inside.note("begun")
"""
_CARRY_AND_DIE = """
import os, nemo_widgets as nemo
session = nemo.connect()
session.upload(os.environ["CLIP"])
run = session.start('add a title that says "Left"')
while not run.lines:
    pass
os._exit(0)
"""


def _path():
    """Where a kernel finds `inside`, and the package that is tested."""
    return os.pathsep.join([str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])])


class Scene:
    """A folder with everything in it, and the processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.work, self.home = folder / "work", folder / "home"
        for made in (self.work, self.home / ".config" / "nemovideo"):
            made.mkdir(parents=True)
        self.clip = code_clip(self.work / "clip.mp4", frames=20, size=(64, 36))
        self.env = {key: value for key, value in os.environ.items() if not key.startswith("NEMO_")}
        self.env |= {"HOME": str(self.home), "IPYTHONDIR": str(self.home / "ipython"), "NEMO_TOKEN": CANARY}
        self.env |= {"NEMO_JOURNAL": str(folder / "journal"), "NEMO_STUDIO_DATA": str(folder / "local")}
        self.env |= {"WRONG": WRONG, "KEPT": CANARY, "CLIP": str(self.clip), "PYTHONPATH": _path()}
        with (folder / "studio.err").open("w") as log:
            self.studio = subprocess.Popen(
                [sys.executable, "-m", "nemo_widgets.studio", "serve", "--data", str(folder / "studio")],
                env=self.env | {"NEMO_STUDIO_TOKEN": CANARY},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self.url = json.loads(self.studio.stdout.readline())["url"]
        self.env["NEMO_API_URL"] = self.url
        self.notebook = nbformat.v4.new_notebook()
        self.client = NotebookClient(
            self.notebook, timeout=120, resources={"metadata": {"path": str(self.work)}}
        )

    def leave_behind(self) -> None:
        """A program that dies over an edit."""
        subprocess.run([sys.executable, "-c", _CARRY_AND_DIE], env=self.env, check=True, cwd=self.work)

    def run(self, source: str, *, fails: bool = False) -> str:
        """Run a cell; all that it shows, as JSON."""
        cell = nbformat.v4.new_code_cell(source)
        self.notebook.cells.append(cell)
        with contextlib.suppress(CellExecutionError):
            self.client.execute_cell(cell, len(self.notebook.cells) - 1)
        shown = json.dumps(cell.outputs)
        failed = any(output.output_type == "error" for output in cell.outputs)
        assert failed == fails, shown[-3000:]
        return shown

    def save(self) -> Path:
        """The notebook with the state of its widgets, as a front end saves it."""
        self.client.set_widgets_metadata()
        path = self.work / "saved.ipynb"
        nbformat.write(self.notebook, path)
        return path

    def close(self) -> None:
        if self.studio.poll() is None:
            self.studio.kill()
            self.studio.communicate()


@pytest.fixture(scope="session")
def tokens():
    """The tokens by where they come from."""
    return {"environment": CANARY, "wrong": WRONG, "client id": CLIENT}


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    """One kernel for all, since starting one takes longer than most of what is done in it."""
    made = Scene(tmp_path_factory.mktemp("secrecy"))
    made.leave_behind()
    with made.client.setup_kernel(env=made.env):
        made.run(_BEGIN)
        yield made
    made.close()


@pytest.fixture
def elsewhere():
    """Another host, which should never see a token."""
    with Stranger() as made:
        yield made


@pytest.fixture
def mean(elsewhere):
    """A server that repeats the token it was sent, and sends people elsewhere."""
    with Stranger(elsewhere.url) as made:
        yield made


@pytest.fixture
def proxy(scene):
    """Stands before the studio."""
    with Proxy(scene.url) as made:
        yield made
