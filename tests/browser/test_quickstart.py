"""The main job as a person does it: the quickstart in JupyterLab, in a browser, from first cell to film."""

import json
import shutil

import nbformat
import pytest
from browser.harness import Notebook
from browser.lost import lose_a_widget, only_that_is_lost
from waiting import PATIENCE_S

from nemo_widgets.studio.samples import SAMPLES

FREE_MB = 240

WATCH = """() => {
  const seen = window.__seen = {bars: [], texts: []};
  const look = () => {
    for (const bar of document.querySelectorAll('.nemo-row .nemo-bar'))
      if (bar.hasAttribute('aria-valuenow'))
        seen.bars.push([bar.getAttribute('aria-label'), +bar.getAttribute('aria-valuenow')]);
    for (const text of document.querySelectorAll('.nemo-text')) {
      const length = text.textContent.length;
      if (length && length !== seen.texts.at(-1)) seen.texts.push(length);
    }
  };
  new MutationObserver(look).observe(document.body, {subtree: true, childList: true, attributes: true,
    characterData: true, attributeFilter: ['aria-valuenow']});
}"""

PLAY = """async () => {
  const video = document.querySelector('.nemo-player video');
  await video.play();
  const before = video.currentTime;
  for (let i = 0; i < 100 && video.currentTime - before < 0.6; i++) {
    await new Promise(done => setTimeout(done, 200));
  }
  video.pause();
  return {advanced: video.currentTime - before, duration: video.duration, width: video.videoWidth,
          transport: video.closest('.nemo-player').dataset.transport};
}"""

SEEK = """(at) => new Promise(done => {
  const video = document.querySelector('.nemo-player video');
  video.addEventListener('seeked', () => done(video.currentTime), {once: true});
  video.currentTime = at;
})"""

REPORT = """\
import json, pathlib
from nemo_widgets import launcher
draft = nemo.current().draft
_ = pathlib.Path("report.json").write_text(json.dumps({
    "token": launcher.studio().token, "duration_ms": draft.duration_ms, "fps": float(draft.meta["fps"]),
    "segments": len(draft.segments), "tracks": draft.tracks["kind"].tolist()}))"""


def own_clip(path):
    """The speech sample as somebody's own big file: the same film in front of much unused space."""
    shutil.copy(SAMPLES["speech"], path)
    size = FREE_MB * 1_000_000
    with path.open("r+b") as file:
        file.seek(0, 2)
        file.write(size.to_bytes(4, "big") + b"free")
        file.truncate(file.tell() + size - 8)


@pytest.fixture
def tall(page):
    """A page so tall that the whole notebook is in sight: what is out of sight is not drawn."""
    page.set_viewport_size({"width": 1200, "height": 5200})
    return page


def test_quickstart_runs_from_first_cell_to_player(lab, tall, screen):
    """Run All connects, uploads with a moving bar, streams answers, shows tables and pictures, and plays."""
    own_clip(lab.root / "holiday.mp4")
    path = lab.root / "quickstart.ipynb"
    story = nbformat.read(path, as_version=4)
    for cell in story.cells:
        cell.source = cell.source.replace('clip = nemo.sample("speech")', 'clip = "holiday.mp4"')
    assert any('clip = "holiday.mp4"' in cell.source for cell in story.cells if cell.cell_type == "code")
    story.cells.append(nbformat.v4.new_code_cell(REPORT))
    nbformat.write(story, path)

    notebook = Notebook(tall, lab, "quickstart.ipynb")
    tall.evaluate(WATCH)
    ran = notebook.run(seconds=2 * PATIENCE_S)
    screen(tall)
    assert ran, tall.locator(".jp-OutputArea-output").all_inner_texts()

    report = json.loads((lab.root / "report.json").read_text())
    (lab.root / "report.json").unlink()  # it holds the token, so that it can be looked for
    seen = tall.evaluate("() => window.__seen")
    upload = [value for label, value in seen["bars"] if label == "holiday.mp4"]
    assert [value for value in upload if 0 < value < 100], upload
    assert upload == sorted(upload)
    assert upload[-1] == 100
    assert len(seen["texts"]) >= 3, "the answers came in pieces"

    tables = tall.locator(".jp-OutputArea-output table")
    rows = [tables.nth(i).locator("tbody tr").count() for i in range(tables.count())]
    assert report["tracks"] == ["video", "audio", "text"]
    cut = report["segments"] - 2
    assert cut >= 3, "the sample has pauses, so the clip was cut"
    assert cut in rows, "the table of segments as it was before music and title"
    assert 3 in rows, "the table of tracks"

    tall.wait_for_function("() => document.querySelector('.nemo-player video')?.readyState >= 3")
    played = tall.evaluate(PLAY)
    assert played["advanced"] > 0.5
    assert played["transport"] == "url"
    assert abs(played["duration"] * 1000 - report["duration_ms"]) <= 1000 / report["fps"] + 0.5
    assert played["width"] == 640, "as it was filmed"
    assert abs(tall.evaluate(SEEK, 5.0) - 5.0) < 0.05

    nothing_red(tall)
    tall.evaluate(
        "() => window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})"
    )
    tall.wait_for_function("() => document.body.dataset.jpThemeLight === 'false'")
    screen(tall, "-dark")

    notebook.save()
    saved = path.read_text()
    assert report["token"] not in saved
    assert len(saved) < 600_000, "the notebook does not hold the film"
    notebook.shutdown()


def test_quickstart_makes_sense_when_opened_without_a_kernel(lab, page, screen):
    """A saved notebook opened later shows text and pictures everywhere: no empty box, no missing model."""
    path = lab.root / "quickstart.ipynb"
    outputs = [o for c in nbformat.read(path, as_version=4).cells for o in c.get("outputs", [])]
    assert outputs, "the test before left the saved notebook"
    for output in outputs:
        if output.output_type in ("display_data", "execute_result"):
            assert "text/plain" in output.data
            assert set(output.data) & {"image/png", "text/markdown", "text/html"}, output.data
            assert not any("widget" in kind for kind in output.data), list(output.data)
    lose_a_widget(lab, path.name, "later.ipynb")
    page.set_viewport_size({"width": 1200, "height": 5200})
    notebook = Notebook(page, lab, "later.ipynb")
    only_that_is_lost(page)
    screen(page)
    assert page.locator(".jp-OutputArea-output img").first.is_visible()
    nothing_red(page)
    notebook.shutdown()


def nothing_red(page):
    assert not page.wrong
    assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    assert "".join(page.locator(".nemo-error").all_inner_texts()).strip() == ""
