"""Views stay true, in a real browser: kernel restarted or killed, page reloaded, reopened, converted."""

import json
import os
import signal
import time

import nbformat
import pytest
from browser.harness import Notebook, write
from browser.lost import lose_a_widget, only_that_is_lost
from limits import within
from nbconvert import HTMLExporter, MarkdownExporter

from nemo_widgets.studio.samples import SAMPLES

SET_UP = """\
%load_ext nemo_widgets
import copy, os, pathlib, threading, time
import nemo_widgets as nemo
from nemo_widgets.testing import FastClock, ScriptedBackend
clock = FastClock(0)
backend = ScriptedBackend(clock=clock).open()
s = nemo.connect(url=backend.url, token="made-up", settings=nemo.ClientSettings(poll_s=0.25))
s.upload("clip.mp4")
cut = copy.deepcopy(s.draft.data)
cut["t"][0]["sg"][0]["d"] = 3000
args = {"questions": [{"prompt": "How shall they be joined?", "options": ["crossfade", "hard cut"]}]}
ask = {"content": {"parts": [{"functionCall": {"id": "q", "name": "ask_question", "args": args}}]}}
print(os.getpid())
"""
ASKED = "How shall they be joined?\\n\\n- crossfade\\n- hard cut"
FINISHED = "pathlib.Path('finish').exists()"
HELD = f"""\
def go_on():
    while not ({FINISHED} and clock.waiting):
        time.sleep(0.05)
    clock.advance(5)
threading.Thread(target=go_on, daemon=True).start()
"""
"""Keeps the agent silent in the middle of its answer until there is a file."""
LONG = f"""\
backend.render([40], result=open('clip.mp4', 'rb').read())
def finish():
    while not {FINISHED}:
        time.sleep(0.05)
    backend.renders[-1].statuses[:] = ['completed']
threading.Thread(target=finish, daemon=True).start()
"""
CELLS = {
    "set up": SET_UP,
    "ask": f"backend.reply({ASKED!r}.replace('\\\\n', chr(10)), events=[ask])\n%nemo edit join them",
    "ask behind": "backend.reply(events=[ask])\n%nemo edit --background join them once more",
    "edit": (
        f'{HELD}backend.reply("Cut *it* short.", events=["Let me see. ", 5], draft=cut)\n'
        "%nemo edit --background cut it short"
    ),
    "export": f"{LONG}%nemo export rel.mp4",
    "export behind": (
        "backend.render([50, 'completed'], result=open('clip.mp4', 'rb').read())\n"
        "run = s.start_export('behind.mp4')"
    ),
    "wrong": "%nemo upload nowhere.mp4",
    "wrong behind": "run = s.start_upload('clip.mp4', 'nowhere.mp4')",
}
NAMES = list(CELLS)
RUNNING = ".nemo-run[data-state=running]"
STOPPED = ".nemo-run[data-state=interrupted]"
KERNEL = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
SAVED = "() => !window.jupyterapp.shell.currentWidget.context.model.dirty"
SEEN = "i => document.querySelectorAll('.jp-CodeCell')[i].scrollIntoView()"
HEIGHTS = """i => { const area = document.querySelectorAll('.jp-CodeCell')[i].querySelector('.jp-OutputArea');
  window.__heights = [];
  const look = () => { window.__heights.push(Math.round(area.getBoundingClientRect().height));
    requestAnimationFrame(look); };
  look(); }"""
DRESSED = """theme => document.body.dataset.jpThemeName === theme
  && !document.querySelector('#jupyterlab-splash')
  && document.getAnimations().every(one => one.effect.getComputedTiming().iterations === Infinity)"""
"""The theme is there as a whole, and nothing changes over to it any more."""
THEME = "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})"

FAINT = """() => {
  const rgba = (c) => {
    const n = c.match(/[\\d.]+/g).map(Number), whole = c.startsWith('color(') ? 255 : 1; // from color-mix
    return [...n.slice(0, 3).map((v) => v * whole), n[3] ?? 1];
  };
  const over = ([r, g, b, a], under) => [r, g, b].map((v, i) => v * a + under[i] * (1 - a));
  const ground = (el) => {
    const c = el ? rgba(getComputedStyle(el).backgroundColor) : [255, 255, 255, 1];
    return c[3] === 1 ? c.slice(0, 3) : over(c, ground(el.parentElement));
  };
  const light = (c) => c.map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const faint = [];
  for (const el of document.querySelectorAll('.nemo-run *, .nemo-ask *')) {
    if (!el.offsetParent || ![...el.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
    const style = getComputedStyle(el), under = ground(el), size = parseFloat(style.fontSize);
    const [a, b] = [light(over(rgba(style.color), under)), light(under)].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    const told = `${contrast.toFixed(2)} ${size}px ${el.className}: ${el.textContent}`;
    if (contrast < 4.5 || size < 9) faint.push(told);
  }
  return faint;
}"""


@pytest.fixture(scope="module")
def notebook(lab, context):
    """One open notebook, tall enough to be drawn whole, whose kernel has a scripted backend."""
    page = context.new_page()
    page.set_viewport_size({"width": 1300, "height": 2600})
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    (lab.root / "clip.mp4").write_bytes(SAMPLES["scenes"].read_bytes())
    write(lab.root / "true.ipynb", *CELLS.values())
    opened = Notebook(page, lab, "true.ipynb")
    opened.command("application:toggle-left-area")
    yield opened
    opened.shutdown()
    page.close()


def cell(notebook, name):
    return notebook.cell(NAMES.index(name))


def words(notebook, name):
    return "\n".join(notebook.outputs(NAMES.index(name)))


def run(notebook, name):
    ran = notebook.run(NAMES.index(name))
    assert ran, words(notebook, name)


def saved(lab, notebook):
    notebook.save()
    notebook.page.wait_for_function(SAVED)
    return nbformat.read(lab.root / "true.ipynb", 4)


def stopped_within(page, seconds, end):
    """End the kernel, and see to it that a view says so in time."""
    asked = time.monotonic()
    page.evaluate(end)
    page.wait_for_selector(STOPPED)
    assert within(time.monotonic() - asked, seconds)


def test_a_run_behind_ends_like_any_other(lab, notebook, screen):
    """Its picture, player or form come where its cell stands, and its error, which nobody else tells."""
    page = notebook.page
    run(notebook, "set up")
    for name in ("ask", "ask behind", "export behind", "wrong behind"):
        run(notebook, name)
    assert not notebook.run(NAMES.index("wrong"))
    cell(notebook, "export behind").locator(".nemo-player").wait_for()
    cell(notebook, "ask behind").locator(".nemo-ask").wait_for()
    shown = cell(notebook, "ask").locator(".jp-OutputArea")
    assert shown.get_by_text("hard cut").count() == 1, "a question is shown once"
    page.wait_for_function("() => document.body.innerText.includes('Is it in another folder?')")
    assert words(notebook, "wrong").count("There is no file") == 1
    assert words(notebook, "wrong behind").count("There is no file") == 1
    cell(notebook, "ask behind").locator(".nemo-ask-choice").first.click()
    cell(notebook, "ask behind").get_by_text("Answered: crossfade").wait_for()
    screen(page)
    for output in saved(lab, notebook).cells[NAMES.index("export behind")].outputs:
        assert not any("widget" in kind for kind in output.data)


def test_a_reload_in_the_middle_changes_nothing_of_the_end(lab, notebook, screen):
    """The views go on in the new page, and what stands in the notebook in the end is picture and player."""
    page = notebook.page
    run(notebook, "edit")
    notebook.start(NAMES.index("export"))
    page.wait_for_selector(f"{RUNNING} >> nth=1")
    saved(lab, notebook)
    page.goto(lab.url("true.ipynb"))
    page.wait_for_selector(f"{RUNNING} >> nth=1")
    page.evaluate(HEIGHTS, NAMES.index("export"))
    screen(page, "-back")
    assert page.evaluate(FAINT) == []
    (lab.root / "finish").touch()
    cell(notebook, "edit").locator(".jp-RenderedImage img").wait_for()
    cell(notebook, "export").locator(".nemo-player video").wait_for()
    assert page.locator(".nemo-run").count() == 0
    assert "Cut it short." in words(notebook, "edit")
    assert "Exported rel.mp4" in words(notebook, "export")
    heights = [h for h in page.evaluate("() => window.__heights") if h]
    assert heights == sorted(heights), "nothing folds up to open again"
    screen(page)
    story = saved(lab, notebook)
    edit, export = (story.cells[NAMES.index(name)].outputs for name in ("edit", "export"))
    assert [set(o.data) for o in (edit[0], export[0])] == [{"text/plain", "text/markdown"}] * 2
    assert "image/png" in edit[1].data
    assert "image/png" in export[1].data
    assert "begun" not in json.dumps([edit, export])


def test_a_restarted_kernel_stops_the_views(lab, notebook, screen):
    """Within two seconds each view has stopped, offers no Cancel, and says how to go on."""
    page = notebook.page
    (lab.root / "finish").unlink()
    for name in ("set up", "ask"):
        run(notebook, name)
    notebook.start(NAMES.index("export"))
    page.wait_for_selector(RUNNING)
    page.wait_for_function("() => document.querySelectorAll('.nemo-ask').length === 1")
    saved(lab, notebook)  # in the middle: what it says must be true later
    lose_a_widget(lab, "true.ipynb", "reopened.ipynb")
    stopped_within(page, 2, f"() => {{ {KERNEL}.restart(); }}")
    assert page.locator(f"{RUNNING}, .nemo-cancel:visible").count() == 0
    clocks = page.locator(".nemo-time").all_inner_texts()
    assert cell(notebook, "ask").locator(":enabled").and_(page.locator(".nemo-ask *")).count() == 0
    for theme, width, tag in (("Dark", 640, "-dark"), ("Light", 1300, "")):
        page.evaluate(THEME, f"JupyterLab {theme}")
        page.set_viewport_size({"width": width, "height": 2600})
        page.wait_for_function(DRESSED, arg=f"JupyterLab {theme}")
        screen(page, tag)
        assert page.evaluate(FAINT) == []
    said = cell(notebook, "export").locator(".nemo-note").inner_text()
    assert said.startswith("The kernel stopped. %nemo attach export-")
    assert said.endswith(" goes on with it.")
    assert "%nemo edit hard cut" in cell(notebook, "ask").inner_text()
    assert page.locator(".nemo-time").all_inner_texts() == clocks
    details = cell(notebook, "export").locator(".nemo-detail").all_inner_texts()
    assert details, "how far it was is told"
    assert not any(" left" in detail for detail in details), "and nothing of what would be left to wait"


def test_a_killed_kernel_stops_the_views(notebook):
    """One killed, as by lack of memory: once the server has seen it. One that is shut down: at once."""
    page = notebook.page
    run(notebook, "set up")
    pid = int(notebook.outputs(0)[-1])
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    run(notebook, "edit")
    page.wait_for_selector(RUNNING)
    os.kill(pid, signal.SIGKILL)
    page.wait_for_selector(STOPPED)  # the server looks every three seconds
    assert "The kernel stopped. %nemo attach edit-" in words(notebook, "edit")
    page.get_by_role("button", name="Ok").click()
    run(notebook, "set up")
    run(notebook, "edit")
    page.wait_for_selector(RUNNING)
    stopped_within(page, 2, "() => { window.jupyterapp.shell.currentWidget.sessionContext.shutdown(); }")


def test_what_was_saved_in_the_middle_is_true_when_it_is_opened(lab, notebook, screen):
    """Trusted or not, and converted, a saved notebook says what was begun, when, and how to go on."""
    page = notebook.page
    page.goto(lab.url("reopened.ipynb"))
    only_that_is_lost(page)
    screen(page)
    story = nbformat.read(lab.root / "true.ipynb", 4)
    export = story.cells[NAMES.index("export")].outputs[0].data
    assert set(export) == {"text/plain", "text/markdown"}
    assert "queued" not in json.dumps(story.cells)
    sentence = export["text/plain"]
    assert sentence.startswith("Export of rel.mp4, begun ")
    assert sentence.endswith("goes on with it, %nemo play rel.mp4 plays it once it is there.")
    assert sentence in page.inner_text("body")
    nbformat.write(story, lab.root / "foreign.ipynb")  # from elsewhere, hence not trusted
    page.goto(lab.url("foreign.ipynb"))
    page.get_by_text(sentence[:30]).wait_for()
    assert sentence in page.inner_text("body")
    assert "model not found" not in page.inner_text("body")
    for exporter in (HTMLExporter(), MarkdownExporter()):
        body, _ = exporter.from_notebook_node(story)
        assert "plays it once it is there" in body
        assert "model not found" not in body
        assert "widget-view" not in body
