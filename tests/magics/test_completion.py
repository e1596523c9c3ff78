"""What TAB offers behind `%nemo`."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from nemo_widgets import open_question, session
from nemo_widgets.draft import Draft
from nemo_widgets.draft.timeline_types import TIMELINES
from nemo_widgets.export_formats import FORMATS
from nemo_widgets.journal import Journal, Place
from nemo_widgets.magics.commands import COMMANDS
from nemo_widgets.magics.completion import completer, offers
from nemo_widgets.question import Item, Option, Question


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (" ", sorted(COMMANDS)),
        (" ex", ["export"]),
        (" connect --l", ["--language", "--local"]),
        (" connect --skill video-m", ["video-making-ai"]),
        (" help tr", ["tracks"]),
        (" export --q", ["--quality"]),
        (" export --quality ", ["high", "low", "medium"]),
        (" export --resolution 7", ["720p"]),
        (" connect --language z", ["zh-CN"]),
        (" export --draft ", ["old"]),
        (" upload --b", ["--background"]),
        (" undo -", ["--background", "-o"]),
        (" clean --", ["--yes"]),
        (" nonsense ", []),
    ],
)
def test_completion_offers_what_fits(typed, offered):
    """`%nemo <TAB>` offers subcommands, options and skills where each belongs."""
    assert offers(typed, {"old": Draft(), "other": 1}) == offered


def test_completion_begins_at_home(tmp_path, monkeypatch):
    """`~` is completed as it was typed."""
    (tmp_path / "clip.mp4").touch()
    monkeypatch.setenv("HOME", str(tmp_path))
    assert offers(" upload ~/c") == ["~/clip.mp4"]


def test_completion_offers_media_files(tmp_path, monkeypatch):
    """Behind upload, the folder's media files and folders are offered; behind play, what can be played."""
    for name in ("clip.mp4", "notes.txt", "song.mp3"):
        (tmp_path / name).touch()
    (tmp_path / "more").mkdir()
    monkeypatch.chdir(tmp_path)
    assert offers(" upload ") == ["clip.mp4", "more/", "song.mp3"]
    (tmp_path / "loop.gif").touch()
    (tmp_path / "page.jpg").touch()
    assert offers(" play ") == ["clip.mp4", "loop.gif", "more/", "song.mp3"]


def test_completion_offers_whole_names(tmp_path, monkeypatch):
    """A name of several words is offered as a whole, in quotes, whichever of its words was begun."""
    (tmp_path / "my clip.mp4").touch()
    (tmp_path / "other.mp4").touch()
    monkeypatch.chdir(tmp_path)
    assert (
        offers(" upload my cl")
        == offers(" upload 'my")
        == offers(" upload other.mp4 my")
        == ['"my clip.mp4"']
    )
    assert offers(" upload other.mp4 ") == ['"my clip.mp4"', "other.mp4"]


def test_completion_offers_what_an_export_can_be(tmp_path, monkeypatch):
    """Behind export there are films that are there, folders, and a begun name with each ending."""
    for name in ("cut.mp4", "cut.srt", "notes.txt"):
        (tmp_path / name).touch()
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path)
    assert offers(" export ") == ["cut.mp4", "out/"]
    assert offers(" export film") == sorted(f"film.{form}" for form in (*FORMATS, *TIMELINES))
    assert offers(" export film.m") == [
        f"film.{ending}" for ending in ("m4a", "md", "mkv", "mov", "mp3", "mp4")
    ]
    assert offers(" export out/f")[0] == "out/f.ass"
    assert offers(" export --format m") == ["m4a", "mkv", "mov", "mp3", "mp4"]


def test_completion_offers_runs_that_can_be_attached(tmp_path, monkeypatch):
    """Behind attach there are the runs that a kernel left behind, and no files."""
    monkeypatch.setenv("NEMO_JOURNAL", str(tmp_path))
    entry = Journal().begin("edit-left1", "edit", "cut it", Place("http://127.0.0.1:9", "5", "6"))
    entry.end("unknown", "")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "edit.mp4").touch()
    assert offers(" attach ") == offers(" attach --forget e") == ["edit-left1"]


@pytest.fixture
def choices(monkeypatch):
    """A session in which the agent asks two things."""
    labels = [["the first clip", "the last clip", "both, please"], ["Yes", "No"]]
    asked = Question(
        "",
        tuple(
            Item(f"q{i}", "Which?", tuple(Option(label, label) for label in each))
            for i, each in enumerate(labels)
        ),
    )
    monkeypatch.setattr(open_question, "open_here", lambda runs: asked if runs is labels else None)
    monkeypatch.setattr(session, "_current", SimpleNamespace(runs=labels))


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (" answer ", ["3", "the first clip", "the last clip"]),
        (" answer the l", ["the last clip"]),
        (" answer --background The f", ["the first clip"]),
        (" answer the last clip; ", ["No", "Yes"]),
        (" answer 1; y", ["Yes"]),
        (" answer another ", []),
        (" answer 1; 2; ", []),
        (" answer -", ["--background", "-o"]),
    ],
)
@pytest.mark.usefixtures("choices")
def test_completion_offers_the_choices(typed, offered):
    """Behind answer there are the choices of the open question, of several questions those of the next."""
    assert offers(typed) == offered


def test_completion_offers_nothing_rather_than_files(tmp_path, monkeypatch):
    """Where nothing fits, IPython offers nothing; in braces and behind -o it is Python's turn."""
    from IPython.core.completer import IPCompleter, provisionalcompleter

    for name in ("notes.txt", "my clip.mp4", "clip.mp4"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    names = {"clip_name": "clip.mp4"}
    manager = SimpleNamespace(lsmagic=lambda: {"line": {"nemo": None}, "cell": {"nemo": None}})
    found = IPCompleter(shell=SimpleNamespace(magics_manager=manager), namespace=names, use_jedi=False)
    found.custom_matchers.append(completer(SimpleNamespace(user_ns=names)))

    def pressed(code):
        with provisionalcompleter():
            return [(code[: c.start], c.text) for c in found.completions(code, len(code))]

    assert pressed("%nemo answer n") == pressed("%nemo edit n") == pressed("%nemo status ") == []
    assert pressed("%nemo upload no") == []
    assert pressed("%nemo upload my cl") == [("%nemo upload ", '"my clip.mp4"')]
    assert ("%nemo edit {", "clip_name") in pressed("%nemo edit {clip_n")
    assert ("%nemo edit -o ", "clip_name") in pressed("%nemo edit -o clip_n")
