"""`s.export("cut.otio")` and `%nemo export cut.edl`: the timeline for other programs; drafts made here."""

from __future__ import annotations

import json

import pytest
from clips import code_clip, number, watched
from IPython.core.interactiveshell import InteractiveShell

import nemo_widgets as nemo
from nemo_widgets import Draft
from nemo_widgets.draft.formats import FORMATS
from nemo_widgets.draft.timeline_types import TIMELINES
from nemo_widgets.errors import DownloadError, NothingToExport, UsageError
from nemo_widgets.running import ExportRun


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("clips")
    code_clip(made / "one.mp4", frames=50, fps=25, size=(64, 36))
    code_clip(made / "two.mp4", frames=50, first=100, fps=25, size=(64, 36))
    return made


@pytest.fixture(scope="module")
def opened(tmp_path_factory, folder):
    """A session with two clips on its timeline and a title over them."""
    session = nemo.connect(local=True, data=tmp_path_factory.mktemp("timeline") / "studio")
    session.upload(folder / "one.mp4", folder / "two.mp4")
    session.edit('add a title "Solar" from 0:01 to 0:02')
    yield session
    session.disconnect()


@pytest.fixture
def session(opened, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return opened


def test_every_type_has_a_name_and_a_writer():
    """What is told of timeline files, and what can be written, are the same."""
    assert [*FORMATS] == [*TIMELINES]


@pytest.mark.parametrize("ending", sorted({*TIMELINES} - {"parquet"}))
def test_an_export_of_a_timeline_renders_no_film(session, tmp_path, ending):
    """The file is there, with where the footage is on this machine, and no export has run."""
    made = session.export(f"my cut.{ending.upper()}")
    assert (made.path, made.format) == (tmp_path / f"my cut.{ending.upper()}", ending)
    assert not any(isinstance(run, ExportRun) for run in session.runs)
    content = made.path.read_text(encoding="utf-8")
    if ending in ("otio", "fcpxml", "xml", "edl", "json", "v3", "llc"):
        assert "one.mp4" in content
    if ending in ("otio", "fcpxml", "xml", "edl", "json", "v3"):
        assert "127.0.0.1" not in content or ending == "otio"
        assert FORMATS[ending].read is not None
        found = Draft.from_file(made)
        assert [(s.start_ms, s.end_ms) for s in found.layout()[0].segments] == [(0, 2000), (2000, 4000)]


def test_what_was_written_is_told_with_what_is_not_in_it(session):
    """As Markdown in a notebook, and as text."""
    made = session.export("cut.edl")
    bundle = made._repr_mimebundle_()[0]
    assert bundle["text/markdown"].startswith("**cut.edl** holds the timeline (CMX 3600 EDL); no film")
    assert "- Text tracks are not in it (segments: 1)." in bundle["text/markdown"]
    assert "Nothing is lost." in str(
        session.export("cut.json", draft=Draft.build().clip("one.mp4", 0, 1).draft())
    )


def test_what_can_not_be_is_refused(session, folder):
    """An option of films, a missing folder, footage, an empty timeline, and a file of texts without any."""
    with pytest.raises(UsageError, match="no film, and has no quality"):
        session.export("cut.otio", quality="high")
    with pytest.raises(DownloadError, match="no folder"):
        session.export("nowhere/cut.otio")
    with pytest.raises(NothingToExport):
        session.export("cut.otio", draft=Draft())
    with pytest.raises(UsageError, match="No text is on the timeline"):
        session.export("cut.srt", draft=Draft.build().clip("one.mp4", 0, 1).draft())
    with pytest.raises(UsageError, match=r's\.export\("cut\.otio"\)'):
        session.start_export("cut.otio")
    notes = folder / "notes.csv"
    notes.write_text("a")
    (folder / "notes.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n")
    session.upload(folder / "notes.srt")
    with pytest.raises(UsageError, match="was uploaded"):
        session.export(folder / "notes.srt")


def test_the_rate_of_a_timeline_can_be_chosen(session):
    """With numbers left out of the timecode or without."""
    assert ";" in session.export("cut.edl", fps="30000/1001").path.read_text()
    assert ";" not in session.export("cut.edl", fps=29.97, drop_frame=False).path.read_text()
    assert json.loads(session.export("cut.json", fps=50).path.read_text())["timebase"] == "50/1"


@pytest.fixture
def shell():
    """IPython, gone after the test: whoever finds one takes this for a notebook or a terminal."""
    yield InteractiveShell.instance()
    InteractiveShell.clear_instance()


@pytest.mark.usefixtures("session")
def test_the_magic_writes_a_timeline(shell, tmp_path):
    """`%nemo export cut.fcpxml -o made` keeps what it made, and a plain wish writes one, too."""
    shell.run_line_magic("load_ext", "nemo_widgets")
    made = shell.run_line_magic("nemo", "export cut.fcpxml -o made")
    assert made.path == tmp_path / "cut.fcpxml"
    assert shell.user_ns["made"] is made
    assert shell.run_line_magic("nemo", "ask export cut.srt").path.read_text().endswith("Solar\n")


def test_a_draft_built_from_nothing_is_rendered(session, folder):
    """Its clips are named by file and by path; each frame is the one that was asked for."""
    built = (
        Draft.build(fps=25, width=64, height=36)
        .clip("two.mp4", 1, 2)
        .clip(str(folder / "one.mp4"), "0:00.4", 1.2)
        .text("Hello", 0.2, 0.6)
        .draft()
    )
    film = session.export("built.mp4", draft=built)
    assert [number(luma) for luma in watched(film.path)] == [*range(125, 150), *range(10, 30)]
    assert built.layout()[0].segments[0].src == "two.mp4"


@pytest.mark.parametrize("ending", ["otio", "edl", "fcpxml", "xml", "json", "csv"])
def test_a_timeline_that_comes_back_is_the_same_film(session, ending):
    """Out to a file, in as a draft, and rendered: the clips of the timeline."""
    made = session.export(f"cut.{ending}", draft=Draft.build(fps=25).clip("two.mp4", 0.4, 0.8).draft())
    film = session.export(f"{ending}.mp4", draft=Draft.from_file(made, fps=25), resolution="64x36")
    assert [number(luma) for luma in watched(film.path)] == [*range(110, 120)]


def test_a_file_that_was_not_uploaded_is_named(session):
    """By the studio, which knows it as little as its name."""
    with pytest.raises(nemo.errors.NemoError, match="other"):
        session.export("built.mp4", draft=Draft.build().clip("/films/other.mp4", 0, 1).draft())
