"""What is saved is as safe to open as what is live: hostile words stay words in every form of a notebook."""

import os
import sys
from pathlib import Path

import cmarkgfm
import httpx
import nbformat
import pytest
from browser.harness import jupyter
from browser.watched import Canary, Watched
from clips import code_clip
from hostile.texts import HIT, TEXTS
from nbclient import NotebookClient
from nbconvert import HTMLExporter, MarkdownExporter
from notebook.conftest import PATIENT
from waiting import PATIENCE_S

TESTS = Path(__file__).parents[1]
GROUPS = 4
"""So many notebooks' worth of texts are said at once, so that each comes first in some of the fields."""
CELLS = (
    "%load_ext nemo_widgets\nfrom hostile.kernel import *\nfrom hostile.texts import TEXTS, HIT",
    "TEXTS = [text.format(u=CANARY, HIT=HIT) for text in TEXTS]",
    *(f"everything(TEXTS[{at}::{GROUPS}], {('en', 'zh-CN')[at % 2]!r})" for at in range(GROUPS)),
    f"posing(TEXTS[1::{2 * GROUPS}])",
    "from hostile.views import views",
    f"views(TEXTS[2::{2 * GROUPS}], 'en')",
    f"views(TEXTS[3::{2 * GROUPS}], 'zh-CN')",
    "for text in TEXTS: journal(text)",
    "studio(TEXTS[::4])\n%nemo runs",
)
MATH = "$a+b$ and\n\n```mermaid\ngraph LR\nA-->B\n```"
"""A cell of the reader's own, by which it is seen that the page draws formulas and diagrams at all."""
UNSAFE = cmarkgfm.Options.CMARK_OPT_UNSAFE | cmarkgfm.Options.CMARK_OPT_FOOTNOTES
STILL = """() => new Promise((done) => {
  let size = -1, same = 0;
  const look = () => {
    const now = document.querySelectorAll('*').length;
    same = now === size ? same + 1 : 0;
    size = now;
    if (same >= 20) done(); else setTimeout(look, 50);
  };
  look();
})"""
"""A second of the page's own in which it grows no more, in looks: a pause of the machine costs one."""


@pytest.fixture(scope="module")
def canary():
    with Canary() as made:
        yield made


@pytest.fixture(scope="module")
def saved(tmp_path_factory, canary):
    """The notebook of somebody to whom all of them have talked."""
    folder, home = tmp_path_factory.mktemp("hostile"), tmp_path_factory.mktemp("home")
    code_clip(folder / "clip.mp4", frames=10, size=(64, 36))
    env = {
        **os.environ,
        "HOME": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        "NEMO_JOURNAL": str(home / "runs"),
    }
    env |= {"NEMO_STUDIO_DATA": str(home / "studio"), "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path])}
    cells = [nbformat.v4.new_code_cell(source) for source in (f"CANARY = {canary.url!r}", *CELLS)]
    story = nbformat.v4.new_notebook(cells=[*cells, nbformat.v4.new_markdown_cell(MATH)])
    client = NotebookClient(
        story, **PATIENT, allow_errors=True, resources={"metadata": {"path": str(folder)}}
    )
    client.execute(env=env)
    assert len(outputs(story)) > 300
    assert not canary.calls
    return story


def outputs(story):
    return [output for cell in story.cells for output in cell.get("outputs", ())]


def test_every_field_was_shown(saved):
    """The hostile words did come to the notebook: otherwise nothing would be tried here."""
    words = nbformat.writes(saved)
    assert words.count("nemoHit") > 200
    kinds = {kind for output in outputs(saved) for kind in output.get("data", {output.output_type: ""})}
    assert kinds >= {"text/plain", "text/markdown", "text/html", "image/png", "error"}


@pytest.mark.parametrize("template", ["lab", "classic"])
def test_a_converted_notebook_is_words(saved, canary, page, tmp_path, template):
    """Opened in a browser, the HTML of nbconvert runs nothing, calls nobody, and links only by the host."""
    exporter = HTMLExporter(template_name=template)
    own = (exporter.require_js_url, exporter.mathjax_url, exporter.jquery_url)
    own += (exporter.jupyter_widgets_base_url, *[exporter.mermaid_js_url] * (template != "lab"))
    story = without_drawings(saved if template == "lab" else in_markdown(saved))
    html, _ = exporter.from_notebook_node(story)
    assert look(page, tmp_path, html, own) == []
    assert not canary.calls


def test_on_github_it_is_words(saved, canary, page, tmp_path):
    """As GitHub's parser reads it, each Markdown output is words, and so is the notebook as Markdown."""
    parts = [out.data["text/markdown"] for out in outputs(saved) if "text/markdown" in out.get("data", {})]
    parts.append(MarkdownExporter().from_notebook_node(without_drawings(saved))[0])
    html = [cmarkgfm.github_flavored_markdown_to_html(part, UNSAFE) for part in parts]
    assert look(page, tmp_path, "".join(f'<div class="markdown-body">{part}</div>' for part in html)) == []
    assert not canary.calls


@pytest.mark.parametrize("trusted", [True, False])
def test_reopened_in_jupyterlab_it_is_words(saved, canary, page, whole_lab, trusted):
    """JupyterLab, which draws formulas and diagrams, finds none in it, trusted or not."""
    story = in_markdown(saved) if trusted else nbformat.from_dict(saved)
    for cell in story.cells:
        if cell.cell_type == "code" and trusted:
            cell.metadata.trusted = True
    watched = Watched(page, lambda _: False, whole_lab.base)
    keep(whole_lab, "saved.ipynb", story)
    page.goto(whole_lab.url("saved.ipynb"))
    page.wait_for_selector(".jp-MarkdownCell mjx-container")
    page.wait_for_selector(".jp-MarkdownCell .jp-RenderedMermaid img")
    page.wait_for_function("() => document.querySelectorAll('.jp-OutputArea-output').length > 300")
    settled(page)
    looked = watched.outputs()
    assert looked["areas"] > 300
    assert looked["wrong"] == []
    assert not canary.calls


@pytest.mark.parametrize("text", [TEXTS[1], TEXTS[7], TEXTS[8], TEXTS[11], TEXTS[15]])
def test_what_is_unsafe_would_be_seen(canary, page, tmp_path, text):
    """The checks of this module are such that can fail."""
    output = nbformat.v4.new_output("display_data", {"text/markdown": text.format(u=canary.url, HIT=HIT)})
    story = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=[output])])
    assert look(page, tmp_path, HTMLExporter().from_notebook_node(story)[0])
    canary.calls.clear()


def look(page, folder, html, own=()):
    """What is wrong with a page of HTML that is opened from the disk; nbconvert's `own` programs are not."""
    watched = Watched(page, lambda url: url.startswith(own or "none"))
    path = folder / "saved.html"
    path.write_text(html, "utf-8", "surrogatepass")
    page.goto(path.as_uri(), wait_until="load")
    settled(page)
    looked = watched.outputs()
    assert looked["areas"]
    return looked["wrong"]


def settled(page):
    """Wait until the page has had time for whatever it does when it is opened."""
    page.evaluate(STILL)


def in_markdown(story):
    """A copy of a notebook without the HTML of outputs that are Markdown as well."""
    made = nbformat.from_dict(story)
    for output in outputs(made):
        if "text/markdown" in output.get("data", {}):
            output.data.pop("text/html", None)
    return made


def without_drawings(story):
    """The notebook without the reader's own formula and diagram, for which a page fetches programs."""
    return nbformat.from_dict({**story, "cells": story.cells[:-1]})


def keep(lab, name, story):
    """Save a notebook by the server, which trusts what it is told to."""
    answer = httpx.put(
        f"{lab.base}api/contents/{name}",
        params={"token": lab.token},
        json={"type": "notebook", "format": "json", "content": story},
        timeout=PATIENCE_S,
    )
    answer.raise_for_status()


@pytest.fixture(scope="module")
def whole_lab(tmp_path_factory):
    """A JupyterLab that draws all outputs of a notebook at once, also those that are out of sight."""
    with jupyter(tmp_path_factory.mktemp("reopened")) as lab:
        answer = httpx.put(
            f"{lab.base}lab/api/settings/@jupyterlab/notebook-extension:tracker",
            params={"token": lab.token},
            json={"raw": '{"windowingMode": "none", "maxNumberOutputs": 10000}'},
            timeout=PATIENCE_S,
        )
        answer.raise_for_status()
        yield lab
