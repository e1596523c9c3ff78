"""The player's two ways to a film, in a real browser."""

import pytest
from browser.harness import Notebook, write

from nemo_widgets.studio.samples import SAMPLES

PLAY = """async () => {
  const video = document.querySelector('.nemo-player video');
  const seek = at => new Promise(done => {
    video.addEventListener('seeked', () => done(video.currentTime), {once: true}); video.currentTime = at; });
  await video.play();
  const before = video.currentTime;
  await new Promise(done => setTimeout(done, 1000));
  video.pause();
  return {advanced: video.currentTime - before, duration: video.duration, sought: await seek(11.0),
          transport: video.closest('.nemo-player').dataset.transport};
}"""


@pytest.mark.parametrize("transport", ["url", "comm"])
def test_a_film_plays_and_seeks(lab, page, screen, tmp_path, transport):
    """A film below the server's folder plays by its address, one elsewhere piece by piece over the kernel."""
    film = (lab.root if transport == "url" else tmp_path) / "a film & 影片 #1.mp4"
    film.write_bytes(SAMPLES["scenes"].read_bytes())
    name = f"player-{transport}.ipynb"
    shown = film.name if transport == "url" else str(film)
    write(lab.root / name, f"from nemo_widgets.widgets import Player\nPlayer({shown!r})")
    notebook = Notebook(page, lab, name)
    assert notebook.run()
    page.wait_for_function("() => document.querySelector('.nemo-player video')?.readyState >= 3")
    played = page.evaluate(PLAY)
    screen(page)
    assert played["transport"] == transport
    assert played["advanced"] > 0.4
    assert abs(played["duration"] - 15.2) < 0.05
    assert abs(played["sought"] - 11.0) < 0.05
    assert not page.wrong
    notebook.save()
    assert (lab.root / name).stat().st_size < 300_000, "the film is not in the notebook"
    notebook.shutdown()
