"""The picture at a moment: the export's own, quickly, and only where there is a studio."""

from __future__ import annotations

import base64
import io
from datetime import timedelta
from types import SimpleNamespace

import numpy as np
import pytest
from clips import code_clip, coloured, number
from PIL import Image

import nemo_widgets as nemo
from nemo_widgets.draft import Draft, moment_ms
from nemo_widgets.errors import NemoError, UsageError
from nemo_widgets.magics.actions import perform
from nemo_widgets.session import make_current
from nemo_widgets.studio.media import MediaError
from nemo_widgets.studio.rendering import probed
from nemo_widgets.widgets import FramePicture

FRAMES = 90


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """A session with three seconds of numbered frames, cut to two, and the folder."""
    folder = tmp_path_factory.mktemp("frame")
    code_clip(folder / "numbers.mp4", frames=FRAMES, size=(320, 180), named=True)
    made = nemo.connect(local=True, data=folder / "studio")
    made.upload(folder / "numbers.mp4")
    made.edit("remove 0:01 to 0:02")
    made.folder = folder
    yield made
    made.disconnect()


def luma(picture):
    return np.asarray(picture.convert("L"))


@pytest.mark.parametrize(
    ("at", "shown"),
    [(0, 0), (0.5, 15), ("0:00.99", 29), (1, 60), ("1.5 s", 75), (timedelta(seconds=1.999), 89), (99, 89)],
)
def test_the_frame_is_the_one_that_the_timeline_shows_then(session, at, shown):
    """Seconds, times and timedeltas; behind the end the last one."""
    picture = session.frame(at)
    assert (picture.mode, picture.size, number(luma(picture))) == ("RGB", (320, 180), shown)


def test_it_is_the_exports_own_picture(session):
    """With look, title and fade, as the film has it."""
    session.edit('add a title that says "Numbers"')
    session.edit("make it sepia")
    film = session.export(session.folder / "film.mp4", crf=1)
    shown = coloured(film.path)
    for n in (5, 45):
        drawn = np.asarray(session.frame(n / 30 + 0.01)).astype(float)
        assert np.abs(drawn - shown[n]).mean() < 1.5
    session.edit("undo 2")


def test_another_draft_and_another_size_can_be_looked_at(session):
    """A draft of one's own, and a smaller picture."""
    data = session.draft.data
    data["t"][0]["sg"] = data["t"][0]["sg"][1:]
    data["t"][0]["sg"][0]["m"]["start"] = 0
    picture = session.frame(0, draft=Draft(data), resolution="90p")
    assert (picture.size, number(luma(picture))) == ((160, 90), 60)
    assert number(luma(session.frame(0))) == 0, "the session's own is as it was"


@pytest.mark.parametrize(
    "at", ["soon", "1:2:3:4", -1, None, True, float("nan"), float("inf"), 1e306, "1e306", [1]]
)
def test_what_is_no_moment_is_refused_in_a_sentence(session, at):
    """And nothing is asked of the studio."""
    with pytest.raises(UsageError, match="is no position"):
        session.frame(at)


def test_what_cannot_be_shown_is_told(session):
    """A draft of unknown media, and a size that none has."""
    draft = session.draft
    draft.data["t"][0]["sg"][0]["m"]["src"] = "/media/none/x.mp4"
    with pytest.raises(NemoError, match="not uploaded") as unknown:
        session.frame(draft=draft)
    with pytest.raises(NemoError, match="A resolution is") as size:
        session.frame(resolution="huge")
    assert not any("The server answered" in str(told.value) for told in (unknown, size)), "its sentence alone"


def test_what_is_shown_of_a_frame_stays_small():
    """Whatever is in it, a cell's output is some 60 kB, with words that stand for it."""
    noise = Image.effect_noise((1920, 1080), 90).convert("RGB")
    shown = FramePicture(noise, 80_250)
    data, about = shown._repr_mimebundle_()
    assert data["text/plain"] == "The frame at 1:20.25 · 1920×1080" == about["image/jpeg"]["alt"]
    assert len(data["image/jpeg"]) <= 60_000
    with Image.open(io.BytesIO(base64.b64decode(data["image/jpeg"]))) as opened:
        assert opened.width >= about["image/jpeg"]["width"] == 640
    assert shown.image is noise


def test_the_magic_shows_a_frame_and_keeps_it(session):
    """`%nemo frame 0:01 -o still` shows it, and the variable is the picture itself."""
    shell = SimpleNamespace(user_ns={})
    make_current(session)
    shown = perform(shell, "frame 0:01 -o still", None)
    assert isinstance(shown, FramePicture)
    assert (shown.at_ms, number(luma(shell.user_ns["still"]))) == (1000, 60)
    assert repr(shown).startswith("The frame at 0:01")
    behind = perform(shell, "frame 99:59", None)
    assert repr(behind).startswith("The last frame: the timeline is 0:")
    assert "1:39:59 is behind its end" in repr(behind)


@pytest.mark.parametrize(("value", "ms"), [(0, 0), (12.5, 12_500), ("61", 61_000), ("01:02:03.5", 3_723_500)])
def test_moments_are_read_as_they_are_written(value, ms):
    """To the millisecond."""
    assert moment_ms(value) == ms


def test_a_file_is_looked_into_once_for_as_long_as_it_is_the_same(tmp_path):
    """The next frame need not wait for that; a file that was written anew is looked into anew."""
    path = code_clip(tmp_path / "a.mp4", frames=30, size=(320, 180))
    first = probed(path, "a")
    assert probed(path, "a") is first
    code_clip(path, frames=60, size=(160, 90))
    again = probed(path, "a")
    assert (again.width, again.duration_ms) == (160, 2000) != (first.width, first.duration_ms)
    path.unlink()
    with pytest.raises(MediaError):
        probed(path, "a")


def test_an_empty_timeline_shows_nothing(tmp_path):
    """It says so."""
    empty = nemo.connect(local=True, data=tmp_path)
    try:
        with pytest.raises(NemoError, match="timeline is empty"):
            empty.frame()
    finally:
        empty.disconnect()
