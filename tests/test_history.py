"""A session's history: the states of its timeline, with the instruction that led to each."""

from __future__ import annotations

import base64
import io

import pandas as pd
import pytest
from clips import code_clip
from PIL import Image

import nemo_widgets as nemo
from nemo_widgets import Draft, errors
from nemo_widgets.client import ClientSettings
from nemo_widgets.session_history import HistoryFile
from nemo_widgets.testing import ScriptedBackend
from nemo_widgets.widgets import HistoryPicture
from nemo_widgets.widgets.history_picture import history_png

QUICK = ClientSettings(poll_s=0.05)


@pytest.fixture(scope="module")
def studio_data(tmp_path_factory):
    return tmp_path_factory.mktemp("history") / "studio"


@pytest.fixture
def session(studio_data, monkeypatch, tmp_path):
    """A session with two clips on its timeline."""
    monkeypatch.chdir(tmp_path)
    made = nemo.connect(local=True, data=studio_data)
    made.upload(
        *(
            code_clip(tmp_path / name, frames=50, size=(64, 36)) or tmp_path / name
            for name in ("one.mp4", "two.mp4")
        )
    )
    return made


def film(*lengths: int, link: str = "https://x.example/a.mp4") -> dict:
    clips = [{"d": d, "m": {"id": f"v{n}", "src": link, "name": f"c{n}"}} for n, d in enumerate(lengths)]
    return {"t": [{"tt": 0, "m": {"name": "Main"}, "sg": clips}]}


def test_every_state_has_its_instruction_and_can_be_gone_back_to(session):
    """What was uploaded and edited, an undo too; going back is one more step, which an undo takes back."""
    whole = session.draft
    session.edit("remove the second clip")
    short = session.draft
    session.undo()
    history = session.history
    assert isinstance(history, pd.DataFrame)
    said = history["instruction"].tolist()
    assert said[-2:] == ["remove the second clip", "undo"]
    assert set(said[:-2]) == {""}
    assert history.index.tolist() == list(range(1, len(said) + 1))
    assert history[len(said) - 1].draft == short
    assert history[-1].draft == whole
    session.back_to(len(said) - 1)
    assert session.draft == short
    assert session.history["instruction"].iloc[-1] == f"Go back to state {len(said) - 1}"
    session.undo()
    assert session.draft == whole
    for number in (0, 99):
        with pytest.raises(errors.UsageError, match=f"no state {number}"):
            session.back_to(number)


def test_a_new_kernel_has_the_history_of_a_studio(session):
    """It is kept with the session, not with whoever was there."""
    session.edit("remove the second clip")
    before = session.history
    again = nemo.connect(session=session._connection.session_id)
    pd.testing.assert_frame_equal(pd.DataFrame(again.history), pd.DataFrame(before))


def test_elsewhere_the_states_that_were_seen_are_kept_here(tmp_path, monkeypatch):
    """Of a server that keeps none, unsigned on the disk, with the links of now when they are read."""
    monkeypatch.chdir(tmp_path)
    signed = "https://x.example/a.mp4?X-Amz-Signature=abcdef0123456789"
    with ScriptedBackend() as backend:
        session = nemo.connect(url=backend.url, settings=QUICK)
        backend.reply("Done.", draft=film(3000, 2000, link=signed)).reply(
            "Done.", draft=film(3000, link=signed)
        )
        session.edit("add two clips")
        session.edit("remove one")
        history = session.history
        assert history["instruction"].tolist() == ["add two clips", "remove one"]
        assert history["duration_ms"].tolist() == [5000, 3000]
        assert history[1].draft.data == film(3000, 2000, link=signed)
        file = HistoryFile(session._connection.place)
        assert "abcdef0123456789" not in file._path.read_text(encoding="utf-8")
        again = nemo.connect(session=session._connection.session_id, url=backend.url, settings=QUICK)
        assert again.history["instruction"].tolist() == ["add two clips", "remove one"]
        assert again.back_to(1) is None
        again.export("a.mp4")
        assert backend.renders[-1].draft == film(3000, 2000, link=signed)


def test_a_history_shows_itself_as_a_strip(session):
    """A picture with a row a state, words beside it, the same bytes each time, small for many states."""
    session.edit("remove the second clip")
    data, metadata = session.history._repr_mimebundle_()
    assert "remove the second clip" in metadata["image/png"]["alt"]
    assert "remove the second clip" in data["text/plain"]
    image = Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
    assert image.width == 1280
    states = [(n, f"edit {n}", Draft(film(*[900] * n))) for n in range(1, 60)]
    assert history_png(states) == history_png(states)
    assert len(history_png(states)) <= 60_000
    assert "edit 59 (0:53.1)" in HistoryPicture(states, "words")._bundle()[1]["image/png"]["alt"]


def test_a_damaged_file_of_states_is_no_error(tmp_path, monkeypatch):
    """Whatever stands in it, the history is what can be read, and goes on."""
    monkeypatch.chdir(tmp_path)
    with ScriptedBackend() as backend:
        session = nemo.connect(url=backend.url, settings=QUICK)
        backend.reply("Done.", draft=film(3000))
        session.edit("add a clip")
        path = HistoryFile(session._connection.place)._path
        for text in (
            "",
            "[",
            "[]",
            '{"before": 3}',
            '{"before": [{"number": "x"}, 4, {"number": 1, "draft": []}]}',
        ):
            path.write_text(text, encoding="utf-8")
            assert session.history["duration_ms"].tolist() == [3000]
