"""The player's two ways to a film in a real browser, and the picture that stays in the notebook for it."""

import base64
import io
import json

import av
import nbformat
import pytest
from browser.harness import Notebook, write
from browser.lost import lose_a_widget, only_that_is_lost
from nbconvert import HTMLExporter
from PIL import Image
from waiting import until

from nemo_widgets.studio.samples import SAMPLES

FILM = "a film & 影片 #1.mp4"
CELLS = {
    "url": "Player(film)",
    "comm": "Player(elsewhere)",
    "export": "Video(film, 15_200, film.stat().st_size)",
    "tall": "Player('tall.mp4')",
    "gone": "Player('gone.mp4')",
    "boxed": "VBox([Player('tall.mp4')])",
    "moving": "Player('moving.gif')",
    "moving elsewhere": "Player(Path(elsewhere).with_name('moving.gif'))",
    "count": "print(sum(isinstance(one, Player) for one in list(instances.values())))",
}
NAMES = ["make", *CELLS]
PLAYER = ".jp-RenderedImage .nemo-player"
POSTER = ".jp-RenderedImage > img"
PLAY = """async (video) => {
  const seek = at => new Promise(done => {
    video.addEventListener('seeked', () => done(video.currentTime), {once: true}); video.currentTime = at; });
  await video.play();
  const before = video.currentTime;
  for (let i = 0; i < 100 && video.currentTime - before < 0.6; i++) {
    await new Promise(done => setTimeout(done, 200));
  }
  video.pause();
  return {advanced: video.currentTime - before, duration: video.duration, sought: await seek(11.0),
          transport: video.closest('.nemo-player').dataset.transport};
}"""
VIDEOS = """() => {
  const make = document.createElement;
  window.__videos = [];
  document.createElement = function (name, ...more) {
    const made = make.call(this, name, ...more);
    if (name === 'video') window.__videos.push(made);
    return made;
  };
}"""
STRAY = """() => window.__videos.filter(
  one => !one.isConnected && (one.readyState || one.getAttribute('src'))).length"""
PLACES = """() => { const tops = [...document.querySelectorAll('.jp-Notebook .jp-CodeCell')].map(
  cell => cell.getBoundingClientRect().top); return tops.slice(0, 6).map(top => top - tops[0]); }"""
"""Where the cells up to "gone" begin; JupyterLab draws those below only when it has nothing else to do."""
STILL = f"""async () => {{
  let last = '', same = 0;
  while (same < 5) {{
    const now = JSON.stringify(({PLACES})());
    same = now === last ? same + 1 : 0;
    last = now;
    await new Promise(done => setTimeout(done, 20));
  }}
}}"""
DRAWN = "() => document.querySelectorAll('.jp-Notebook .jp-CodeCell').length >= 6"
SIZES = """(selector) => [...document.querySelectorAll(selector)].map(one => {
  const box = one.getBoundingClientRect(); return [box.width, box.height]; })"""
LOOKING = "() => globalThis[Symbol.for('nemo-player')].looks.size"
PLAYABLE = """(cells) => cells.every(i =>
  document.querySelectorAll('.jp-CodeCell')[i]?.querySelector('.nemo-player video')?.readyState >= 3)"""
WHOLE = """player => { const seen = player.querySelector('img');
  return player.dataset.transport !== 'none' && seen.complete && seen.naturalWidth === 400; }"""
"""Whether the animation itself is there: the still before it is of another size."""
KERNEL = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
ASK = """import json
players = [one for one in list(instances.values()) if isinstance(one, Player)]
_ = Path('told.json').write_text(json.dumps([one.current_time for one in players]))"""
TOLD = f"() => {KERNEL}.requestExecute({{code: {json.dumps(ASK)}, store_history: false}}).done"
THEME = "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})"
SAVED = "() => !window.jupyterapp.shell.currentWidget.context.model.dirty"


@pytest.fixture(scope="module")
def shared(lab, context, tmp_path_factory):
    """One open notebook, its first cell run, for all tests."""
    page = context.new_page()
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.add_init_script(f"({VIDEOS})()")
    film, elsewhere = lab.root / FILM, tmp_path_factory.mktemp("elsewhere") / FILM
    for path in (film, elsewhere):
        path.write_bytes(SAMPLES["scenes"].read_bytes())
    make = f"""\
from pathlib import Path
from ipywidgets import VBox
from ipywidgets.widgets.widget import _instances as instances
from nemo_widgets.running import Video
from nemo_widgets.widgets import Player
film, elsewhere = Path({FILM!r}), {str(elsewhere)!r}"""
    upright(lab.root / "tall.mp4")
    (lab.root / "gone.mp4").write_text("no film")
    for folder in (lab.root, elsewhere.parent):
        moving(folder / "moving.gif")
    write(lab.root / "player.ipynb", make, *CELLS.values())
    page.set_viewport_size({"width": 1200, "height": 1600})
    notebook = Notebook(page, lab, "player.ipynb")
    notebook.command("application:toggle-left-area")
    assert notebook.run(0)
    yield notebook
    notebook.shutdown()
    page.close()


def upright(path):
    """A film of a second and a half, higher than wide."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 90, 160, "yuv420p"
        for n in range(15):
            picture = Image.new("RGB", (90, 160), (200, 60 + 6 * n, 40))
            out.mux(stream.encode(av.VideoFrame.from_image(picture)))
        out.mux(stream.encode(None))


def moving(path):
    """An animation that is more than one message brings."""
    pictures = [Image.effect_noise((400, 300), 60 + n) for n in range(12)]
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=100, loop=0)
    assert path.stat().st_size > 1 << 20


@pytest.fixture
def notebook(shared):
    """The shared notebook without outputs; nothing may go wrong in its page."""
    yield shared
    shared.command("notebook:clear-all-cell-outputs")
    assert not shared.page.wrong


def run(notebook, *names):
    """Run cells and wait until their players can play."""
    for name in names:
        assert notebook.run(NAMES.index(name))
    playable(notebook, *names)


def playable(notebook, *names):
    notebook.page.wait_for_function(PLAYABLE, arg=[NAMES.index(name) for name in names])


def video(notebook, name):
    return notebook.cell(NAMES.index(name)).locator(f"{PLAYER} video")


def saved(lab, notebook):
    """Save the notebook: the file, and the bundles of its outputs."""
    notebook.save()
    notebook.page.wait_for_function(SAVED)
    path = lab.root / "player.ipynb"
    story = nbformat.read(path, as_version=4)
    return path, [o.data for cell in story.cells for o in cell.outputs if "data" in o]


@pytest.mark.parametrize("transport", ["url", "comm"])
def test_a_film_plays_and_seeks(notebook, screen, transport):
    """A film below the server's folder plays by its address, one elsewhere piece by piece over the kernel."""
    run(notebook, transport)
    played = video(notebook, transport).evaluate(PLAY)
    assert played["transport"] == transport
    assert played["advanced"] > 0.4
    assert abs(played["duration"] - 15.2) < 0.05
    assert abs(played["sought"] - 11.0) < 0.05
    for theme, tag in (("JupyterLab Dark", "-dark"), ("JupyterLab Light", "")):
        notebook.page.evaluate(THEME, theme)
        notebook.page.wait_for_selector("#jupyterlab-splash", state="detached")
        screen(notebook.page, tag)


@pytest.mark.parametrize(("name", "transport"), [("moving", "url"), ("moving elsewhere", "comm")])
def test_an_animation_moves_by_itself(notebook, name, transport):
    """It is there as a whole, by its address or piece by piece, and nothing asks to be pressed."""
    assert notebook.run(NAMES.index(name))
    player = notebook.cell(NAMES.index(name)).locator(PLAYER)
    notebook.page.wait_for_function(WHOLE, arg=player.element_handle())
    assert player.get_attribute("data-transport") == transport
    assert player.locator("video").count() == 0
    assert player.inner_text().startswith("moving.gif · 400×300")


def test_nothing_is_left_of_a_player_whose_output_has_gone(notebook):
    """Run again, cleared and closed: no film goes on in the page, nothing looks for it, no model is kept."""
    page = notebook.page
    before = page.evaluate(LOOKING)
    for _ in range(3):
        run(notebook, "export")
        assert page.locator(".nemo-player").count() == 1
        assert page.evaluate(STRAY) == 0
    assert page.evaluate(LOOKING) == before + 1
    run(notebook, "comm", "url")
    notebook.command("notebook:clear-all-cell-outputs")
    page.wait_for_function("() => !document.querySelector('.nemo-player')")
    assert page.evaluate(STRAY) == 0
    assert notebook.run(NAMES.index("count"))
    assert int(notebook.outputs(NAMES.index("count"))[0]) == page.evaluate(LOOKING)


def test_a_view_without_a_poster_has_its_size_at_once(notebook):
    """Where no poster keeps the place, a player is as large before it knows anything of its film as after."""
    page, cell = notebook.page, notebook.cell(NAMES.index("boxed"))
    assert notebook.run(NAMES.index("boxed"))
    view = cell.locator(".nemo-player")
    view.wait_for()
    early = view.bounding_box()
    page.wait_for_function("one => one.readyState >= 3", arg=cell.locator("video").element_handle())
    late = view.bounding_box()
    assert (early["width"], early["height"]) == (late["width"], late["height"]) == (640, 526)


def test_it_plays_again_after_a_reload(lab, notebook, screen):
    """While the kernel lives a reloaded page plays on from where it was; when it ends the poster is back.

    Nothing in the page moves for any of that, whatever the film's shape, in a wide page and in a narrow one.
    """
    page, names = notebook.page, ("url", "comm", "tall")
    run(notebook, *names)
    assert notebook.run(NAMES.index("gone"))
    page.locator(".nemo-player-error:visible").wait_for()
    places = page.evaluate(PLACES)
    for name in names:
        video(notebook, name).evaluate("one => one.play()")
    page.wait_for_timeout(300)
    same_places(page, places)
    for name in ("url", "comm"):
        video(notebook, name).evaluate(PLAY)
    page.wait_for_timeout(300)
    same_places(page, places)
    until(lambda: all(abs(at - 11.0) < 0.5 for at in told(lab, page)[-4:-2]))  # of "url" and "comm"
    screen(page, "-live")
    saved(lab, notebook)
    page.goto(lab.url("player.ipynb"))
    playable(notebook, "url", "comm")
    same_places(page, places)
    for name in ("url", "comm"):
        assert abs(video(notebook, name).evaluate("one => one.currentTime") - 11.0) < 0.5
        played = video(notebook, name).evaluate(PLAY)
        assert played["transport"] == name
        assert played["advanced"] > 0.4
    assert page.locator(f"{POSTER}:visible").count() == 0
    same_places(page, places)
    assert page.evaluate(SIZES, ".nemo-player") == page.evaluate(SIZES, POSTER)
    notebook.command("application:toggle-left-area")
    page.set_viewport_size({"width": 640, "height": 1600})
    page.wait_for_function("() => document.querySelector('.nemo-player').getBoundingClientRect().width < 600")
    page.evaluate(STILL)
    narrow, sizes = page.evaluate(PLACES), page.evaluate(SIZES, ".nemo-player")
    assert narrow != places
    screen(page, "-narrow")
    page.evaluate(f"() => {KERNEL}.restart()")
    page.wait_for_function("() => !document.querySelector('.nemo-player')")
    assert page.locator(f"{POSTER}:visible").count() == 4
    same_places(page, narrow)
    assert page.evaluate(SIZES, POSTER) == sizes
    screen(page, "-dead")
    page.set_viewport_size({"width": 1200, "height": 1600})
    page.wait_for_function(f"() => {KERNEL}.status === 'idle'")
    same_places(page, places)
    assert notebook.run(0)
    run(notebook, "url")


def told(lab, page):
    """Where the players are, the newest last, as the kernel knows it."""
    page.evaluate(TOLD)
    return json.loads((lab.root / "told.json").read_text())


def same_places(page, places):
    """Every cell begins where it began, once it is in the page: cells are drawn late after a reload."""
    page.wait_for_function(DRAWN)
    page.evaluate(STILL)
    assert page.evaluate(PLACES) == pytest.approx(places, abs=1)


def test_the_notebook_holds_a_picture(lab, notebook, page, screen):
    """What is saved is a poster and words: in the file, in nbconvert, and in a page with a new kernel."""
    run(notebook, "url", "comm", "export")
    path, bundles = saved(lab, notebook)
    assert [set(bundle) for bundle in bundles] == [{"image/png", "text/plain"}] * 3
    assert path.stat().st_size < 300_000, "the film is not in the notebook"
    for bundle in bundles:
        Image.open(io.BytesIO(base64.b64decode(bundle["image/png"]))).verify()
        assert "0:15" in bundle["text/plain"]
    html, _ = HTMLExporter().from_filename(str(path))
    assert all(f'src="data:image/png;base64,{bundle["image/png"]}"' in html for bundle in bundles)

    lose_a_widget(lab, path.name, "later.ipynb")
    page.set_viewport_size({"width": 1200, "height": 1600})
    Notebook(page, lab, "later.ipynb")
    only_that_is_lost(page)
    screen(page)
    assert page.locator(f"{POSTER}:visible").count() == 3
    assert page.locator(".nemo-player").count() == 0
    assert not page.wrong
