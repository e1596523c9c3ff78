"""A draft that becomes the timeline: an edit like any other on the studio, a choice for exports elsewhere."""

from __future__ import annotations

import copy
import json

import pytest
from clips import code_clip, heard, watched

import nemo_widgets as nemo
from nemo_widgets import Draft, errors, live
from nemo_widgets.client import ClientSettings
from nemo_widgets.testing import ScriptedBackend


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("clips")
    for name in ("one.mp4", "two.mp4", "three.mp4"):
        code_clip(made / name, frames=50, size=(64, 36))
    return made


@pytest.fixture(scope="module")
def studio_data(tmp_path_factory):
    return tmp_path_factory.mktemp("apply") / "studio"


@pytest.fixture
def session(studio_data, folder, monkeypatch, tmp_path):
    """A session with three clips on its timeline."""
    monkeypatch.chdir(tmp_path)
    made = nemo.connect(local=True, data=studio_data)
    made.upload(*(folder / name for name in ("one.mp4", "two.mp4", "three.mp4")))
    return made


def _title(words):
    return {"t": [{"tt": 7, "sg": [{"d": 1000, "m": {"text": words}}]}]}


def names(draft):
    table = draft.segments
    return table[table.kind == "video"]["name"].tolist()


def test_an_applied_table_is_an_edit_that_can_be_undone(session):
    """The studio's timeline is the draft; the run tells the changes, and undo and redo go over it."""
    before = session.draft
    table = before.segments
    table.iloc[0, table.columns.get_loc("volume")] = 0.5
    run = session.apply(before.with_segments(table.drop(table.index[1])))
    assert (run.outcome, names(session.draft)) == ("done", ["one", "three"])
    assert "volume" in set(run.changes["what"])
    assert run.after == session.draft
    assert session.draft.segments["volume"].iloc[0] == 0.5
    assert "Apply a draft: " in session.undo().text
    assert session.draft == before
    session.redo()
    assert names(session.draft) == ["one", "three"]
    session.edit("remove the second clip")
    assert names(session.draft) == ["one"]


def test_a_table_and_the_same_words_make_the_same_film(session, tmp_path):
    """Cut out, put first, trimmed and made quiet: frame by frame the film is that of the words."""
    before = session.draft
    table = before.segments.iloc[[2, 0]].assign(volume=0.5)
    table.iloc[0, table.columns.get_loc("in_ms")] += 400
    new = before.with_segments(table)
    words = ("remove the second clip", "move the last clip to the beginning")
    for said in (*words, "cut the first 0.4 seconds", "set the volume to 50%"):
        assert session.edit(said).outcome == "done"
    assert new.diff(session.draft).empty
    films = session.export(tmp_path / "words.mp4"), session.export(tmp_path / "table.mp4", draft=new)
    seen = [watched(film.path) for film in films]
    assert len(seen[0]) == len(seen[1]) > 80
    assert all((a == b).all() for a, b in zip(*seen, strict=True))
    assert not all((a == b).all() for a, b in zip(seen[0], seen[0][1:], strict=False))
    sound = [heard(film.path) for film in films]
    assert (sound[0] == sound[1]).all()


def test_the_files_lengths_are_known(session):
    """A part beyond the end of its file is refused before anything is sent."""
    draft = session.draft
    table = draft.segments
    table.iloc[0, table.columns.get_loc("out_ms")] = 60_000
    with pytest.raises(errors.TableRefused, match="beyond the file"):
        draft.with_segments(table)


ODD = {
    "has no length": lambda _t, s: s.update(d=0),
    "can't be read": lambda _t, s: s.update(d="soon"),
    "of a file of": lambda _t, s: s["m"].update(out=10**7),
    "was not uploaded here": lambda _t, s: s["m"].update(src="/media/none/a.mp4"),
    "has 101 tracks": lambda t, _s: t.extend({"tt": 7, "sg": []} for _ in range(100)),
    "has 1,001 characters": lambda _t, s: s["m"].update(text="x" * 1001),
    "between 0:00 and": lambda _t, s: s["m"].update(start=90_000_000),
    "nested too deeply": lambda _t, s: s["m"].update(more=json.loads("[" * 90 + "]" * 90)),
    "no track of the draft has": lambda t, _s: [track.update(sg=[]) for track in t],
}


def test_what_the_studio_can_not_keep_is_refused_by_its_reason(session):
    """Odd values, limits, files that are not there or shorter: none is applied, not even in part."""
    before = session.draft
    for reason, spoil in ODD.items():
        data = copy.deepcopy(before.data)
        data["t"][0]["sg"].pop()
        spoil(data["t"], data["t"][0]["sg"][0])
        with pytest.raises(errors.NemoError, match="(?i)" + reason):
            session.apply(Draft(data))
    assert session.draft == before
    assert session.apply(before).changes.empty


def test_another_version_meanwhile_is_not_overwritten(session):
    """The message says of which version it is, as every edit does; words of one's own are its name."""
    draft = session.draft
    new = draft.with_segments(draft.segments.iloc[:1])
    run = session.apply(new, "only the first clip")
    assert run.request == "only the first clip"
    assert names(session.draft) == ["one"]
    again = session.apply(draft)
    assert again.request.startswith("Apply a draft: ")
    assert session.draft == draft


def test_elsewhere_a_draft_is_used_for_exports(tmp_path, monkeypatch):
    """A server that is no studio is sent no draft but with an export; the next edit ends that."""
    monkeypatch.chdir(tmp_path)
    told = []
    monkeypatch.setattr(live, "show_markdown", lambda words, *_: told.append(words))
    with ScriptedBackend() as backend:
        session = nemo.connect(url=backend.url, settings=ClientSettings(poll_s=0.05))
        title, another = _title("first"), _title("second")
        backend.reply("Done.", draft=title).reply("Done.", draft=another)
        session.edit("add a title")
        draft = Draft(_title("mine"))
        messages = len(backend.requests_to("/run_sse"))
        assert session.apply(draft) is None
        assert "exports use it" in told[-1]
        session.export("a.mp4")
        assert backend.renders[-1].draft == draft.data
        assert len(backend.requests_to("/run_sse")) == messages
        assert not backend.requests_to("/studio/sessions")
        session.edit("another title")
        session.export("b.mp4")
        assert backend.renders[-1].draft == another


def test_what_is_no_draft_is_refused(session):
    """A table, or JSON, is told that a draft is wanted."""
    for thing in (session.draft.segments, {"t": []}):
        with pytest.raises(errors.UsageError, match="draft"):
            session.apply(thing)
