"""The notebooks as they are saved: their outputs belong to their cells, and can be shown by anybody."""

from __future__ import annotations

import base64
import importlib.util
import re
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter

ROOT = Path(__file__).parents[1]
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_BYTES = 300_000
STATIC = {"text/plain", "text/markdown", "text/html", "image/png"}
REMAKE = "python .ci/notebooks.py --stale"

OWN = re.compile(
    r"nmv_|Bearer |eyJ[\w-]{10}"  # tokens
    r"|/(?:tmp|root|home|Users|work|var)/|[A-Z]:\\\\"  # folders of a machine
    r"|(?:127\.0\.0\.1|localhost):(?!5000\d\b)\d+"  # ports
    r"|\b20\d\d-\d\d-\d\d[ T](?!12:00:00)\d\d:"  # moments
    r"|(?:edit|upload|export)-(?!0000\d\b)[a-z0-9]{5}\b"
    r'|"invocationId":"e-0*[1-9a-f]'  # ids
    r"|· \d+\.\d s(?: ·|<|$)| after \d+\.\d s|(?:[kM]B|frames) in \d",  # durations
    re.MULTILINE,
)
"""What is one machine's or one moment's own."""


@pytest.fixture(scope="module")
def script():
    """The script that remakes them."""
    spec = importlib.util.spec_from_file_location("remaking", ROOT / ".ci/notebooks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(params=LESSONS, ids=lambda path: path.stem)
def lesson(request):
    """A notebook as it is saved."""
    return nbformat.read(request.param, 4)


def outputs_of(notebook):
    return [output for cell in notebook.cells for output in cell.get("outputs", ())]


def texts_of(notebook):
    for output in outputs_of(notebook):
        yield output.get("text", "")
        yield from (text for kind, text in output.get("data", {}).items() if kind.startswith("text/"))


def test_the_outputs_are_those_of_the_cells(lesson, script):
    """Whoever changes a cell remakes the outputs: `python .ci/notebooks.py --stale` does it."""
    assert not script.is_stale(lesson), REMAKE
    run = [cell.execution_count for cell in lesson.cells if cell.cell_type == "code"]
    assert run == list(range(1, len(run) + 1)), REMAKE


def test_a_changed_cell_is_noticed(lesson, script):
    """The outputs of other code are stale; words around it may change."""
    code = next(cell for cell in lesson.cells if cell.cell_type == "code")
    text = next(cell for cell in lesson.cells if cell.cell_type == "markdown")
    text.source += " More words."
    assert not script.is_stale(lesson)
    code.source += "\n1"
    assert script.is_stale(lesson)


def test_the_outputs_are_static(lesson):
    """No widget, no script and no error is saved, and each output has words for who sees nothing else."""
    assert "widgets" not in lesson.metadata
    for output in outputs_of(lesson):
        assert output.output_type != "error"
        if output.output_type != "stream":
            assert "text/plain" in output.data
            assert set(output.data) <= STATIC
        assert "<script" not in output.get("data", {}).get("text/html", "")


def test_a_lesson_shows_what_it_does(lesson):
    """Every cell that tells the studio something shows an answer, and each lesson has tables and pictures."""
    for cell in lesson.cells:
        if cell.cell_type == "code" and re.search(r"^%%?nemo", cell.source, re.MULTILINE):
            assert cell.outputs, cell.source
    kinds = [kind for output in outputs_of(lesson) for kind in output.get("data", {})]
    assert kinds.count("image/png") >= 3
    assert kinds.count("text/html") >= 2


def test_nothing_of_one_machine_or_moment_is_saved(lesson):
    """No token, folder, port, moment, duration or id stands in an output."""
    found = [match[0] for text in texts_of(lesson) for match in OWN.finditer(text)]
    assert not found
    for output in outputs_of(lesson):
        picture = base64.b64decode(output.get("data", {}).get("image/png", ""))
        assert b"tEXtnemo" not in picture, "a player's mark"


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_is_small(path):
    """A notebook has at most 300 kB, with all its pictures."""
    assert path.stat().st_size <= MOST_BYTES


def test_a_lesson_shows_its_outputs_without_a_kernel(lesson):
    """As GitHub and nbconvert show it: every picture with its words, every table, every answer."""
    html, _ = HTMLExporter(template_name="classic").from_notebook_node(lesson)
    shown = [output.data for output in outputs_of(lesson) if "data" in output]
    assert len(re.findall(r"<img\b[^>]*data:image/png", html)) == sum("image/png" in data for data in shown)
    assert html.count('class="dataframe"') == sum("text/html" in data for data in shown)
    assert html.count("output_markdown") == sum("text/markdown" in data for data in shown)
    assert "No description has been provided for this image" not in html


def test_what_changes_by_itself_is_replaced(script):
    """Durations, moments, ids, ports and marks: each is left out or becomes what it always is."""
    address, mark = "http://127.0.0.1", b"\0\0\0\x25tEXtnemo\0" + b"0" * 32 + b"1234"
    plain = b"\x89PNG" + bytes(29) + b"rest"
    notebook = nbformat.v4.new_notebook()
    cell = nbformat.v4.new_code_cell("run.stream")
    said = "<sub>Edit · 7.3 s · length 0:28.3 → 0:20.4</sub>\n6.6 s in all.\nExport failed after 2.0 s"
    event = '{"partial":true,"invocationId":"e-a31f...'
    before = f"edit-abc12 2026-11-30 22:10:05 {address}:36817 upload-xyz99 edit-abc12\n0   4.412   {event}"
    said += "\n9 frames in 43 s; it is kept"
    bundle = {
        "text/plain": before,
        "text/markdown": said,
        "image/png": base64.b64encode(plain[:33] + mark + plain[33:]).decode(),
    }
    cell.outputs = [nbformat.v4.new_output("display_data", bundle)]
    notebook.cells = [cell]
    script.steady(notebook)
    data = notebook.cells[0].outputs[0].data
    event = event.replace("a31f", "0000")
    words = f"edit-00001 2026-01-01 12:00:00 {address}:50001 upload-00002 edit-00001\n0     …     {event}"
    assert data["text/plain"] == words
    assert data["text/markdown"] == (
        "<sub>Edit · length 0:28.3 → 0:20.4</sub>\n6.6 s in all.\nExport failed\n9 frames; it is kept"
    )
    assert base64.b64decode(data["image/png"]) == plain
