"""What cells leave behind: static, small, and without secrets."""

import base64
import json
import re
from pathlib import Path

import nbformat
import pytest

from nemo_widgets.studio.samples import SAMPLES

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


@pytest.fixture(scope="module")
def done(kernel):
    """A kernel in which the main job was done."""
    (kernel.folder / "clip.mp4").write_bytes(SAMPLES["speech"].read_bytes())
    cells = {
        "connect": "%nemo connect --local",
        "upload": "%nemo upload clip.mp4",
        "edit": '%%nemo edit -o run\nadd a title that says "Hello {name}" and remove the last 20 seconds',
        "tracks": "%nemo tracks",
        "segments": "%nemo segments",
        "timeline": "%nemo timeline",
        "draft": "%nemo draft",
        "export": "%nemo export out.mp4 --resolution 360p -o video",
        "runs": "%nemo runs",
        "skills": "%nemo skills",
        "credits": "%nemo credits",
        "status": "%nemo status",
        "help": "%nemo help",
    }
    kernel.run("name = 'Nemo'")
    kernel.outputs = {key: kernel.run(source) for key, source in cells.items()}
    return kernel


def test_nothing_fails(done):
    """The main job goes through in a kernel without a browser."""
    assert {key: out.error for key, out in done.outputs.items() if out.error} == {}
    assert (done.folder / "out.mp4").stat().st_size > 10_000


def test_every_output_has_a_static_form(done):
    """Every output says what it is in plain text; pictures are PNGs that open."""
    for key, outputs in done.outputs.items():
        assert outputs, key
        for bundle in outputs.bundles:
            assert bundle["text/plain"].strip(), key
            if "image/png" in bundle:
                assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG"), key


def test_live_views_are_replaced(done):
    """When a run has ended no live view is left in the cell, only what stays readable."""
    for key in ("upload", "edit"):
        kinds = {kind for bundle in done.outputs[key].bundles for kind in bundle}
        assert "application/vnd.jupyter.widget-view+json" not in kinds, key
        assert kinds & {"text/markdown", "image/png"}, key


def test_variables_go_into_instructions_and_results_into_variables(done):
    """`{name}` in an instruction is the variable's value, and -o keeps the run and the video."""
    assert "Hello Nemo" in done.outputs["tracks"].text + done.outputs["segments"].text
    assert done.run("print(run.state, len(run.changes), video.duration_ms)").text.split()[0] == "done"


def test_what_is_looked_at_is_rich(done):
    """A run, a draft, a session and its runs are shown whole as a cell's value, and nothing twice."""
    kinds = {
        "run": {"text/plain", "text/markdown", "text/html", "image/png"},
        "nemo.current().draft": {"text/plain", "image/png"},
        "nemo.current()": {"text/plain", "text/markdown", "text/html", "image/png"},
        "nemo.current().runs": {"text/plain", "text/markdown"},
        "nemo.current().runs[-1]": {"text/plain", "image/png"},
        "%nemo ask status": {"text/plain", "image/png"},
    }
    done.run("import nemo_widgets as nemo")
    for source, wanted in kinds.items():
        (shown,) = done.run(source).bundles
        assert set(shown) - {"application/vnd.jupyter.widget-view+json"} == wanted, source
        assert len(json.dumps(shown)) < 250_000, source
    last = done.run('nemo.current().edit("undo")').bundles[-1]
    assert set(last) == {"text/plain"}
    assert last["text/plain"].startswith("<edit ")


def test_footage_is_not_written_over(done):
    """An export may not be called as a clip that was uploaded."""
    before = (done.folder / "clip.mp4").read_bytes()
    error = done.run("%nemo export clip.mp4").error
    assert "clip.mp4 was uploaded" in str(error)
    assert (done.folder / "clip.mp4").read_bytes() == before


def token_of(kernel):
    """The studio's token, backwards on the way here: a token in what a kernel says is found as a leak."""
    return kernel.run("print(launcher.studio().token[::-1])").text.strip()[::-1]


def test_secrets_and_films_are_not_in_the_notebook(done):
    """The saved notebook holds neither the token nor the client id nor the film."""
    done.run("from nemo_widgets import launcher")
    secret = token_of(done)
    assert len(secret) >= 20
    done.notebook.cells.pop()
    saved = nbformat.writes(done.notebook)
    assert secret not in saved
    assert len(saved) < 500_000
    largest = max(
        len(v) for o in done.outputs.values() for b in o.bundles for v in b.values() if isinstance(v, str)
    )
    assert largest < 250_000


def test_errors_and_reprs_hold_no_secrets(done):
    """Whatever is printed of a session, its client or its runs, the token is not in it."""
    shown = done.run(
        "s = __import__('nemo_widgets').current()\n"
        "client = s._connection.client\n"
        "print(repr(s), repr(s._connection), repr(client), vars(client), s.runs)\n"
        "from nemo_widgets import launcher\nprint(launcher.studio())"
    )
    secret = token_of(done)
    assert shown.error is None
    assert secret not in shown.text


def test_reloading_the_extension_changes_nothing(done):
    """`%reload_ext` leaves one transformer, one completer, and the session as it was."""
    counts = "ip = get_ipython(); print(len(ip.input_transformers_post), len(ip.Completer.custom_matchers))"
    before = done.run(counts).text
    assert done.run("%reload_ext nemo_widgets\n%reload_ext nemo_widgets").error is None
    assert done.run(counts).text == before
    assert done.run("%nemo tracks").error is None


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda p: p.stem)
def test_committed_notebooks_are_clean(path):
    """Notebooks are committed without widget state or paths of a machine."""
    story = nbformat.read(path, as_version=4)
    nbformat.validate(story)
    assert 12 <= len(story.cells) <= (20 if path.stem == "quickstart" else 30)
    assert "widgets" not in story.metadata
    assert not re.search(r"/(?:home|root|Users|tmp)/", json.dumps(story))
