"""A real kernel, told what to run cell by cell."""

import contextlib
import os

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from waiting import PATIENCE_S

PATIENT = {"timeout": PATIENCE_S, "startup_timeout": PATIENCE_S, "iopub_timeout": PATIENCE_S}
"""A NotebookClient's patience: what a cell shows is all there, however late it comes."""


class Kernel:
    """Runs cells in one kernel; `run` gives the outputs of a cell, errors included."""

    def __init__(self, folder, env):
        self.notebook = nbformat.v4.new_notebook()
        self.client = NotebookClient(self.notebook, **PATIENT, resources={"metadata": {"path": str(folder)}})
        self.env = {**os.environ, **env}

    @contextlib.contextmanager
    def running(self):
        with self.client.setup_kernel(env=self.env):
            yield self

    def run(self, source):
        cell = nbformat.v4.new_code_cell(source)
        self.notebook.cells.append(cell)
        outputs = Outputs()
        try:
            self.client.execute_cell(cell, len(self.notebook.cells) - 1)
        except CellExecutionError:
            outputs.failed = True
        outputs.extend(cell.outputs)
        return outputs


class Outputs(list):
    """A cell's outputs; `failed` is whether it ended with an error status, at which *Run All* stops."""

    failed = False

    @property
    def error(self):
        """What the cell shows of its error, without colours; None if it has none."""
        found = [o for o in self if o.output_type == "error"]
        if not found:
            return None
        import re

        return re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(found[0].traceback))

    @property
    def bundles(self):
        return [o.data for o in self if o.output_type in ("display_data", "execute_result")]

    @property
    def printed(self):
        return "".join(o.text for o in self if o.output_type == "stream").strip()

    @property
    def text(self):
        return "\n".join([self.printed, *(b.get("text/plain", "") for b in self.bundles)])


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    """One kernel a module, in a folder of its own, with the extension loaded."""
    folder = tmp_path_factory.mktemp("notebook")
    home = tmp_path_factory.mktemp("home")
    env = {"NEMO_STUDIO_DATA": str(home / "studio"), "HOME": str(home), "IPYTHONDIR": str(home / "ipython")}
    env["NEMO_JOURNAL"] = str(home / "runs")  # its runs are listed, and nobody else's
    with Kernel(folder, env).running() as running:
        running.folder = folder
        assert running.run("%load_ext nemo_widgets").error is None
        yield running
