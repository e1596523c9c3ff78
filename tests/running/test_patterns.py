"""Names that stand for files: patterns, literal names, the order, and what fits nothing."""

from pathlib import Path

import pytest

from nemo_widgets.errors import UploadError
from nemo_widgets.paths import near
from nemo_widgets.running import UploadRun, fitting


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder that one is in, with clips and a note, and more of them below it."""
    (tmp_path / "more").mkdir()
    for name in ("clip1.mp4", "clip10.mp4", "clip2.mp4", "Clip3.MP4", "notes.txt", "more/clip4.mp4"):
        (tmp_path / name).write_bytes(b"x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (["clip*.mp4"], ["clip1.mp4", "clip2.mp4", "clip10.mp4"]),
        (["clip?.mp4"], ["clip1.mp4", "clip2.mp4"]),
        (["clip[12].mp4"], ["clip1.mp4", "clip2.mp4"]),
        (["*[0-9].mp4", "more/*"], ["clip1.mp4", "clip2.mp4", "clip10.mp4", "more/clip4.mp4"]),
        (["**/clip4.mp4"], ["more/clip4.mp4"]),
        (["clip2.mp4", "clip*.mp4"], ["clip2.mp4", "clip1.mp4", "clip10.mp4"]),
        (["clip1.mp4", "clip1.mp4"], ["clip1.mp4", "clip1.mp4"]),
        (["https://host/a*b?x=[1].mp4"], ["https://host/a*b?x=[1].mp4"]),
        ([Path("more") / "*.mp4"], ["more/clip4.mp4"]),
    ],
)
def test_a_pattern_is_the_files_that_fit_as_people_count(given, meant):
    """Patterns give files in the order of their numbers, none twice; names and links stay as they are."""
    assert fitting(given)[0] == meant


def test_a_name_with_brackets_that_is_there_is_that_file(folder):
    """A file called take[1].mp4 is uploaded by its name, although take1.mp4 fits it as a pattern."""
    for name in ("take[1].mp4", "take1.mp4"):
        (folder / name).write_bytes(b"x")
    assert fitting(["take[1].mp4"])[0] == ["take[1].mp4"]
    (folder / "take[1].mp4").unlink()
    assert fitting(["take[1].mp4"])[0] == ["take1.mp4"]


def test_a_pattern_may_begin_at_home(folder, monkeypatch):
    """`~` is the user's home in a pattern too."""
    monkeypatch.setenv("HOME", str(folder))
    assert fitting(["~/more/*.mp4"])[0] == [str(folder / "more" / "clip4.mp4")]


@pytest.mark.usefixtures("folder")
def test_what_fits_but_is_no_media_is_left_out_by_name():
    """`*` takes the media files, and names what else there is."""
    meant, left_out = fitting(["*"])
    assert meant == ["clip1.mp4", "clip2.mp4", "Clip3.MP4", "clip10.mp4"]
    assert left_out == ["notes.txt"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("take*.mp4", "No file fits take"),
        ("clip*.mov", "No file fits"),
        ("CLIP*.mp4", "Did you mean .*[cC]lip"),
        ("nowhere/*.mp4", "There is no folder nowhere"),
        ("*.txt", "fits no video.*notes.txt"),
    ],
)
def test_a_pattern_that_fits_nothing_is_a_clear_error(pattern, said):
    """Nothing is sent where nothing fits, and the error says what is near."""
    with pytest.raises(UploadError, match=said):
        fitting([pattern])


def test_an_upload_stays_with_the_files_of_its_beginning(folder, monkeypatch, scripted, connection):
    """A run in the background sends what was named, also after the folder was changed."""
    run = UploadRun(connection(scripted()), ["clip1.mp4"])
    monkeypatch.chdir(folder / "more")
    run.ended(5)
    assert run.sources == ["clip1.mp4"]
    assert run._sources == [str(folder / "clip1.mp4")]


def test_an_expression_between_braces_is_told_apart_from_a_file(tmp_path, monkeypatch):
    """Who puts more than a variable's name between braces is told that, and not asked for a folder."""
    monkeypatch.chdir(tmp_path)
    told = near(Path("{nemo.sample('interview')}"), {".mp4"})
    assert (
        told == "Between braces stands a variable's name and nothing else: give what you mean a name first."
    )
    assert near(Path("interview.mp4"), {".mp4"}) == "Is it in another folder?"
