"""The lessons that need no browser: run from top to bottom, and what they promise is what they show."""

import os
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from notebook.conftest import PATIENT

LESSONS = Path(__file__).parents[2] / "notebooks"


def _text(output):
    if output.output_type == "stream":
        return output.text
    if output.output_type == "error":
        return "\n".join(output.traceback)
    return output.data.get("text/markdown", output.data.get("text/plain", ""))


@pytest.fixture(scope="module")
def lesson(tmp_path_factory):
    """Under the hood, run: what each cell showed, by the beginning of its source."""
    folder = tmp_path_factory.mktemp("lesson")
    notebook = nbformat.read(LESSONS / "under_the_hood.ipynb", 4)
    client = NotebookClient(notebook, **PATIENT, resources={"metadata": {"path": str(folder)}})
    env = {**os.environ, "NEMO_STUDIO_DATA": str(folder / "studio"), "NEMO_JOURNAL": str(folder / "journal")}
    with client.setup_kernel(env={**env, "HOME": str(folder)}):
        for i, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                client.execute_cell(cell, i)
    return notebook


def shown(notebook, source):
    """What the cell that holds `source` showed."""
    (cell,) = [c for c in notebook.cells if c.cell_type == "code" and source in c.source]
    return "\n".join(_text(output) for output in cell.outputs)


def test_it_runs_to_its_end(lesson):
    """No cell fails, and each of them was run."""
    code = [cell for cell in lesson.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    assert not any(o.output_type == "error" for cell in code for o in cell.outputs)


def test_the_stream_stands_beside_its_meaning(lesson):
    """A row of the table has the raw event and what it means."""
    table = shown(lesson, "run.stream")
    assert "functionCall" in table
    assert "the agent uses" in table
    assert "(True," in shown(lesson, "byte_by_byte")


def test_a_silent_edit_is_shown_where_the_lesson_switches_it_on(lesson):
    """The lesson asks for the cloud's silence, and the change is told all the same."""
    quiet = shown(lesson, 'silent="always"')
    assert "Did the agent keep silent? True" in quiet
    assert "Removed" in quiet
    assert "removed" in shown(lesson, "run.changes.head()")


def test_the_injected_failures_end_as_told(lesson):
    """The cut edits are found out to be done, and the one that never arrived not to be, on the schedule."""
    assert "The connection broke off; the edit was made all the same." in shown(lesson, '"Cut off"')
    assert shown(lesson, '"how it ended"').startswith("{'how it ended': 'done'")
    assert shown(lesson, 'proxy.log if exchange.path == "/run_sse"').count("POST") == 2
    hidden = shown(lesson, '"outcome:"')
    assert re.search(r"outcome: done\nwaited, in seconds of that clock: \[30(, 60)*\]", hidden), hidden
    missing = shown(lesson, "mute everything")
    assert "NotDone" in missing
    assert "waited: [30, 60, 60, 60, 60]" in missing


def test_the_errors_say_what_to_do(lesson):
    """Each answer of the scripted server becomes its error."""
    errors = shown(lesson, "ScriptedBackend()")
    assert all(name in errors for name in ("NoCredits", "ExportBlocked", "NotDone", "/register?bind="))
