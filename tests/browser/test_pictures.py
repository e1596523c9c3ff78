"""What is seen of cells and pictures in a real browser: the agent's pictures, timelines, instructions."""

import pytest
from browser.harness import Notebook, write

from nemo_widgets.widgets.canvas import LETTERS

SET_UP = """\
import base64, io, pathlib, threading, time
import nemo_widgets as nemo
from PIL import Image
from nemo_widgets.testing import FastClock, ScriptedBackend
%load_ext nemo_widgets
out = io.BytesIO()
Image.linear_gradient("L").resize((1400, 120)).save(out, "PNG")
blob = {"mimeType": "image/png", "data": base64.b64encode(out.getvalue()).decode(), "displayName": "the kiss"}
clock = FastClock(0)
def go_on(clock):
    while not (pathlib.Path('go on').exists() and clock.waiting):
        time.sleep(0.02)
    clock.advance(3)
threading.Thread(target=go_on, args=(clock,), daemon=True).start()
backend = ScriptedBackend(clock=clock).open()
shown = {"content": {"parts": [{"inlineData": blob}], "role": "model"}}
backend.reply("Cut it.", events=[shown, "Wait… ", 3])
backend.reply("Cut it again.", events=[shown])
s = nemo.connect(url=backend.url, token="made-up")
"""
SIZE = """img => ({natural: img.naturalWidth, across: img.getBoundingClientRect().width,
  room: img.closest('.jp-OutputArea-output').getBoundingClientRect().width, words: img.alt})"""


TALK = """# the "and" goes
%%time

%%nemo
don't stop for this and that, if in doubt: remove "it"
"""
LONG = f"%%nemo\ncut the pauses, {'and then the next ones, ' * 20}and export it"
CODE = "for n in range(2): print('and', n)"
CELLS = {
    "set up": SET_UP,
    "edit": "%nemo edit remove the kiss",
    "background": "%nemo edit --background remove it",
    "talk": TALK,
    "magics": "%load_ext nemo_widgets\n%nemo ask is it done, or not?",
    "code": CODE,
    "timeline": """\
from nemo_widgets.widgets import TimelinePicture
TimelinePicture(nemo.Draft({"t": [{"tt": 0, "sg": [{"d": 4000, "m": {"name": "harbour"}}]}]}))""",
    "cancelled": "from nemo_widgets.errors import Cancelled\nraise Cancelled('The edit was stopped.')",
    "wrong": "raise ValueError('Cancelled: no.')",
    **{f"tall {i}": "\n".join(f"# {n}" for n in range(40)) for i in range(5)},
    "far": LONG,
}
NAMES = list(CELLS)
PLACE = """words => { const at = words.getBoundingClientRect();
  const area = words.closest('.jp-OutputArea').getBoundingClientRect();
  return {x: at.x - area.x, y: at.y - area.y}; }"""
WIDER = "cell => { const at = cell.querySelector('.cm-scroller'); return at.scrollWidth > at.clientWidth; }"
COLOURS = "cell => cell.querySelectorAll('.cm-line span[class*=\u037c]').length"
SET = """([i, source]) =>
  window.jupyterapp.shell.currentWidget.content.widgets[i].model.sharedModel.setSource(source)"""


@pytest.fixture(scope="module")
def shared(lab, context):
    """One open notebook for all tests."""
    page = context.new_page()
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    write(lab.root / "pictures.ipynb", *CELLS.values())
    opened = Notebook(page, lab, "pictures.ipynb")
    yield opened
    opened.shutdown()
    page.close()


@pytest.fixture
def notebook(lab, shared):
    """The shared notebook, set up anew; nothing may go wrong in its page."""
    (lab.root / "go on").unlink(missing_ok=True)
    assert shared.run(0)
    yield shared
    assert not shared.page.wrong


def test_instructions_are_not_coloured_as_python(shared, screen):
    """Plain words look like plain words, below a comment too, and what becomes code is coloured."""
    page, talk = shared.page, NAMES.index("talk")

    def shown(**wanted):
        for name, as_what in wanted.items():
            arg = [shared.cell(NAMES.index(name)).element_handle(), as_what == "code"]
            page.wait_for_function(f"([cell, coded]) => (({COLOURS})(cell) > 0) === coded", arg=arg)

    shown(talk="words", magics="words", code="code")
    screen(page)
    page.evaluate(SET, [talk, CODE])
    shown(talk="code")
    page.evaluate(SET, [talk, TALK])
    shown(talk="words")
    assert not page.wrong


def test_long_lines_of_instructions_are_seen_whole(shared, screen):
    """An instruction's long line is broken at the cell's edge; code keeps its lines as they are set to be."""
    page, talk, code = shared.page, NAMES.index("talk"), NAMES.index("code")
    page.evaluate(SET, [talk, LONG])
    page.evaluate(SET, [code, LONG.replace("%%nemo", "# nemo")])
    try:
        for i, whole in ((talk, True), (code, False)):
            arg = [shared.cell(i).element_handle(), not whole]
            page.wait_for_function(f"([cell, is]) => ({WIDER})(cell) === is", arg=arg)
        screen(page)
        page.evaluate(SET, [talk, LONG.replace("%%nemo", "# nemo")])
        page.wait_for_function(WIDER, arg=shared.cell(talk).element_handle())
    finally:
        page.evaluate(SET, [talk, TALK])
        page.evaluate(SET, [code, CODE])
    assert not page.wrong


def test_long_lines_far_down_the_page_are_seen_whole(shared):
    """A cell has no editor until it is scrolled to; its lines are broken then as well."""
    page, far = shared.page, NAMES.index("far")
    page.evaluate(
        """i => { const cells = window.jupyterapp.shell.currentWidget.content;
        cells.activeCellIndex = i; return cells.scrollToItem(i); }""",
        far,
    )
    whole = f"cell => cell.querySelector('.cm-scroller') && !({WIDER})(cell)"
    page.wait_for_function(whole, arg=shared.cell(far).element_handle())
    assert not page.wrong


def test_who_cancels_is_shown_no_error(shared, screen):
    """What was cancelled stands on the page's own ground; an error has an error's."""
    ground = "cell => getComputedStyle(cell.querySelector('.jp-OutputArea-output')).backgroundColor"
    grounds = []
    for name in ("cancelled", "wrong"):
        assert not shared.run(NAMES.index(name))
        cell = shared.cell(NAMES.index(name))
        cell.locator(".jp-OutputArea-output").wait_for()
        grounds.append(cell.evaluate(ground))
    screen(shared.page)
    assert grounds[0] == "rgba(0, 0, 0, 0)" != grounds[1]
    assert not shared.page.wrong


@pytest.mark.parametrize("across", [640, 1300])
def test_a_timeline_is_read_and_described(shared, screen, across):
    """It has its words for those who do not see it, and no letters under 9 pixels, dark or light."""
    page, i = shared.page, NAMES.index("timeline")
    page.set_viewport_size({"width": across, "height": 1000})
    page.evaluate("""() => window.jupyterapp.shell.collapseLeft()""")
    assert shared.run(0)
    assert shared.run(i)
    seen = shared.cell(i).locator(".jp-RenderedImage img")
    seen.wait_for()
    found = seen.evaluate(SIZE)
    assert found["words"] == "Timeline (1 track): 1. Video: harbour (0-4s)"
    assert found["natural"] == 1280
    assert LETTERS * found["across"] / 640 >= 9
    screen(page)
    page.set_viewport_size({"width": 1200, "height": 1000})


def test_a_picture_is_seen_at_once_and_stays(lab, notebook, screen):
    """It stands under the answer while that goes on, fits the page, and is an output when it has ended.

    The words of the answer stay where they are.
    """
    page = notebook.page
    notebook.start(1)
    live = page.locator(".nemo-pictures img")
    live.wait_for()
    page.wait_for_function("() => document.querySelector('.nemo-pictures img').naturalWidth")
    found = live.evaluate(SIZE)
    assert (found["natural"], found["words"]) == (1400, "the kiss")
    assert 300 < found["across"] <= found["room"]
    screen(page)
    before = notebook.cell(1).locator(".nemo-text p").first.evaluate(PLACE)
    (lab.root / "go on").touch()
    assert notebook.ended()["ok"]
    live.wait_for(state="detached")
    after = notebook.cell(1).locator(".jp-RenderedMarkdown p:not(:has(sub))").first.evaluate(PLACE)
    assert after["x"] == before["x"]
    assert abs(after["y"] - before["y"]) <= 2, "the answer does not jump at the end"
    kept = notebook.cell(1).locator(".jp-RenderedImage img")
    kept.wait_for()
    assert kept.evaluate("img => img.decode().then(() => img.naturalWidth)") == 960
    assert kept.evaluate(SIZE)["words"] == "the kiss"
    screen(page, "-kept")


def test_in_the_background_it_stands_below_the_answer(lab, notebook):
    """A run that outlives its cell has kept places free there: what was shown stands in one of them."""
    (lab.root / "go on").touch()
    assert notebook.run(1)
    assert notebook.run(2)
    kept = notebook.cell(2).locator(".jp-RenderedImage img").first
    kept.wait_for()
    assert kept.evaluate("img => img.decode().then(() => img.naturalWidth)") == 960
    assert "Cut it again." in notebook.outputs(2)[0]
    assert "[the kiss]" not in notebook.outputs(2)[0]
