"""What an export would do is told before it: truly, in words, as a table and as a picture."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pytest
from clips import code_clip
from PIL import Image

import nemo_widgets as nemo
from nemo_widgets.catalogue import ROWS, say
from nemo_widgets.client import ExportPlan
from nemo_widgets.draft import Draft
from nemo_widgets.errors import NemoError, UsageError
from nemo_widgets.languages import speaking
from nemo_widgets.magics.actions import perform
from nemo_widgets.plan_table import COLUMNS, PlanTable, plan_table
from nemo_widgets.session import make_current
from nemo_widgets.studio.render.explain import REASONS
from nemo_widgets.testing import ScriptedBackend

FRAMES = 150


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """A session with five seconds of numbered frames, of which the first half second is cut off."""
    folder = tmp_path_factory.mktemp("explain")
    code_clip(folder / "numbers.mp4", frames=FRAMES, size=(320, 180), named=True)
    made = nemo.connect(local=True, data=folder / "studio")
    made.upload(folder / "numbers.mp4")
    made.edit("remove 0:00 to 0:00.6")
    make_current(made)
    made.folder = folder
    yield made
    made.disconnect()


def rows(table):
    """What is done with which frames."""
    return [
        (what, frames)
        for kind, what, frames in zip(table["kind"], table["what"], table["frames"], strict=True)
        if kind == "video"
    ]


def test_every_stretch_is_told_with_its_reason(session):
    """Up to the next key frame is encoded, the rest copied, and the sound mixed."""
    table = session.explain()
    assert list(table.columns) == list(COLUMNS)
    assert rows(table) == [("encode", 12), ("copy", 120)]
    assert list(table["start_ms"]) == [0, 400, 0]
    assert list(table["end_ms"]) == [400, 4400, 4400]
    assert list(table["source"]) == ["numbers.mp4", "numbers.mp4", ""]
    assert list(table["why"]) == [say(f"plan.why {why}") for why in ("joint", "untouched", "mix")]
    assert table.summary == "MP4 · 320×180 · 30 frames a second · 0:04.4 · 91% copied, 9% encoded"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"quality": "low"}, "quality"),
        ({"crf": 30}, "quality"),
        ({"path": "short.webm"}, "format"),
        ({"format": "gif"}, "format"),
        ({"resolution": "90p"}, "size"),
        ({"fps": 25}, "rate"),
    ],
    ids=str,
)
def test_what_another_form_costs_is_told(session, given, why):
    """Nothing is copied, and why not stands there."""
    table = session.explain(**given)
    assert {what for what, _ in rows(table)} == {"encode"}
    assert table["why"][0] == say(f"plan.why {why}")


def test_sound_alone_has_no_pictures_to_explain(session):
    """Its row is that of the sound."""
    table = session.explain("talk.m4a")
    assert list(table["kind"]) == ["audio"]
    assert table.summary == "M4A · 0:04.4 · the sound alone"


def test_nothing_is_rendered(session):
    """The studio has no export of it, and the session no run."""
    runs = len(session.runs)
    session.explain()
    assert len(session.runs) == runs
    assert not (session.folder / "numbers-edited.mp4").exists()


def test_what_was_exported_is_kept(session):
    """The same film is there already; with a title, only what is under it is encoded."""
    session.export(session.folder / "film.mp4")
    again = session.explain()
    assert rows(again) == [("keep", 132)]
    assert list(again["kind"]) == ["video"], "the sound is kept, too"
    draft = session.draft
    title = {"d": 500, "m": {"id": "t", "start": 2400, "text": "Hi"}}
    titled = Draft({**draft.data, "t": [*draft.data["t"], {"tt": 7, "m": {}, "sg": [title]}]})
    table = session.explain(draft=titled)
    assert say("plan.why title") in set(table["why"])
    assert sum(frames for what, frames in rows(table) if what == "encode") <= 30


def test_the_magic_shows_it_before_it_renders(session, capsys):
    """`%nemo export --explain -o plan` gives the table, and no film."""
    shell = SimpleNamespace(user_ns={})
    shown = perform(shell, "export later.mp4 --explain -o plan", None)
    assert isinstance(shown, PlanTable)
    assert shell.user_ns["plan"] is shown
    assert not (session.folder / "later.mp4").exists()
    assert shown.summary in capsys.readouterr().out


def test_its_picture_is_the_timeline_with_a_strip(session):
    """It is higher than the timeline's, as wide, and has the words of the whole for who can't see it."""
    table = session.explain(resolution="90p")
    data, about = table.picture._repr_mimebundle_()
    assert about["image/png"]["alt"] == table.summary == data["text/plain"]
    sizes = [Image.open(io.BytesIO(each.png)).size for each in (session.timeline, table.picture)]
    assert sizes[0][0] == sizes[1][0]
    assert sizes[0][1] < sizes[1][1] < sizes[0][1] + 120


def test_each_reason_has_a_sentence_in_both_languages():
    """None is shown as a bare word."""
    assert not [why for reasons in REASONS.values() for why in reasons if f"plan.why {why}" not in ROWS]
    data = {"what": "copy", "why": "untouched", "start_ms": 0, "end_ms": 1000, "first": 0, "last": 30}
    plan = ExportPlan.from_json(
        {"format": "mp4", "frames": 30, "width": 320, "height": 180, "fps": 30, "duration_ms": 1000}
        | {"stretches": [data, {**data, "why": "of a later version"}], "sound": True}
    )
    with speaking("zh"):
        table = plan_table(plan, Draft())
        assert list(table["why"]) == ["没有改动", "of a later version", "声音按采样混合"]
        assert table.summary == "MP4 · 320×180 · 每秒 30 帧 · 0:01 · 原样复制 100%"


def test_what_can_not_be_made_is_refused_in_a_sentence(session):
    """As the export would."""
    with pytest.raises(UsageError, match="Unknown: bitrate"):
        session.explain(bitrate=3)
    with pytest.raises(UsageError, match="There is no AVI export"):
        session.explain(format="avi")
    with pytest.raises(NemoError, match="A resolution is"):
        session.explain(resolution="huge")


def test_a_cloud_is_not_asked_and_the_user_is_told_why(tmp_path):
    """A server that is no studio tells no plan; one sentence says so, and what to do."""
    code_clip(tmp_path / "a.mp4", frames=30)
    with ScriptedBackend() as backend:
        cloud = nemo.connect(url=backend.url)
        try:
            cloud.upload(tmp_path / "a.mp4")
            with pytest.raises(UsageError, match="Only the studio tells beforehand") as told:
                cloud.explain()
        finally:
            cloud.disconnect()
    assert "%nemo export" in told.value.hint
