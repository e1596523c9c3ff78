"""Pictures that the agent shows, in a real browser: live under the answer, later as the cell's output."""

import pytest
from browser.harness import Notebook, write

SET_UP = """\
import base64, io
import nemo_widgets as nemo
from PIL import Image
from nemo_widgets.testing import ScriptedBackend
%load_ext nemo_widgets
out = io.BytesIO()
Image.linear_gradient("L").resize((1400, 120)).save(out, "PNG")
blob = {"mimeType": "image/png", "data": base64.b64encode(out.getvalue()).decode(), "displayName": "the kiss"}
backend = ScriptedBackend().open()
shown = {"content": {"parts": [{"inlineData": blob}], "role": "model"}}
backend.reply("Cut it.", events=[shown, "Wait… ", 3])
backend.reply("Cut it again.", events=[shown])
s = nemo.connect(url=backend.url, token="made-up")
"""
SIZE = """img => ({natural: img.naturalWidth, across: img.getBoundingClientRect().width,
  room: img.closest('.jp-OutputArea-output').getBoundingClientRect().width, words: img.alt})"""


@pytest.fixture
def notebook(lab, page):
    write(
        lab.root / "pictures.ipynb", SET_UP, "%nemo edit remove the kiss", "%nemo edit --background remove it"
    )
    opened = Notebook(page, lab, "pictures.ipynb")
    assert opened.run(0)
    yield opened
    opened.shutdown()
    assert not page.wrong


def test_a_picture_is_seen_at_once_and_stays(notebook, page, screen):
    """It stands under the answer while that goes on, fits the page, and is an output when it has ended."""
    notebook.start(1)
    live = page.locator(".nemo-pictures img")
    live.wait_for()
    page.wait_for_function("() => document.querySelector('.nemo-pictures img').naturalWidth")
    found = live.evaluate(SIZE)
    assert (found["natural"], found["words"]) == (1400, "the kiss")
    assert 300 < found["across"] <= found["room"]
    screen(page)
    assert notebook.ended()["ok"]
    live.wait_for(state="detached")
    kept = notebook.cell(1).locator(".jp-RenderedImage img")
    kept.wait_for()
    assert kept.evaluate("img => img.decode().then(() => img.naturalWidth)") == 960
    screen(page, "-kept")


def test_in_the_background_its_words_stand_with_the_answer(notebook):
    """Outside of its cell a run has no place for a picture: the answer says what was shown."""
    assert notebook.run(1)
    assert notebook.run(2)
    words = notebook.cell(2).locator(".jp-RenderedMarkdown")
    words.wait_for()
    assert "Cut it again." in words.inner_text()
    assert "[the kiss]" in words.inner_text()
