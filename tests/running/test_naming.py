"""What an export is called: never by an ending that promises what is not in it."""

import re

import pytest

from nemo_widgets.errors import UsageError
from nemo_widgets.running.naming import _FILE_TYPES, checked_format, ending_note, named, no_folder, spare

KEPT = {
    "film": "film.mp4",
    "film.mp4": "film.mp4",
    "FILM.MP4": "FILM.MP4",
    "v1.2": "v1.2.mp4",
    "my.cut": "my.cut.mp4",
    "take.2.final": "take.2.final.mp4",
    "Dr. Smith": "Dr. Smith.mp4",
    "2026.11.30": "2026.11.30.mp4",
    "cut.": "cut.mp4",
    "etc...": "etc.mp4",
    "片.子": "片.子.mp4",
    ".hidden": ".hidden.mp4",
}


@pytest.mark.parametrize(("given", "called"), KEPT.items(), ids=KEPT)
def test_a_name_without_a_files_ending_gets_one(tmp_path, given, called):
    """Dots, dates and versions are parts of the name."""
    assert named(tmp_path / given, "mp4") == tmp_path / called


@pytest.mark.parametrize("given", ["x.xyz", "X.XYZ", "cut.mpeg7", "take.2.vid", "rel.dnx", "a.b.mk4"])
def test_an_ending_that_nobody_knows_is_told(tmp_path, given):
    """Who thought to get another kind of file hears that it is an MP4, and what it is called."""
    told = ending_note(tmp_path / given, named(tmp_path / given, "mp4"))
    ending = given.rpartition(".")[2].lower()
    assert told == f"There is no .{ending} export, so it is called {given}.mp4"


@pytest.mark.parametrize("given", [*KEPT, "my.film", "talk.v2", "talk.4k", "talk.1080p", "day.1st", "x.m4a"])
def test_an_ordinary_name_needs_no_word(tmp_path, given):
    """Versions, dates, sizes and words behind a dot are names, and so is what the file really is."""
    wanted = "m4a" if given.endswith("m4a") else "mp4"
    assert ending_note(tmp_path / given, named(tmp_path / given, wanted)) == ""


@pytest.mark.parametrize("ending", sorted(_FILE_TYPES - {"mp4"}))
def test_a_name_of_another_file_is_refused(tmp_path, ending):
    """`.otio.mp4` and its like are never made; what it may be called is said."""
    for name in (f"my cut.{ending}", f"my.cut.{ending.upper()}"):
        with pytest.raises(UsageError, match=r"The export becomes MP4.*my.cut\.mp4"):
            named(tmp_path / name, "mp4")
    with pytest.raises(UsageError, match=r"film\.mp4"):
        named(tmp_path / f".{ending}", "mp4")


@pytest.mark.parametrize(
    ("ending", "instead"),
    [
        ("csv", r's\.export\("cut\.csv"\)'),
        ("otio", r's\.export\("cut\.otio"\)'),
        ("xlsx", r"draft\.segments\.to_csv"),
        ("aaf", "no .aaf export.*cut.otio"),
        ("ssa", "no .ssa export.*cut.ass"),
    ],
)
def test_the_refusal_says_what_there_is(tmp_path, ending, instead):
    """Who wants the timeline and not the film is told where it is."""
    with pytest.raises(UsageError) as caught:
        named(tmp_path / f"cut.{ending}", "mp4")
    assert re.search(instead, caught.value.hint)


def test_another_format_that_is_asked_for_is_what_its_name_says(tmp_path):
    """The ending follows the format, and mp4 is another file's then."""
    assert named(tmp_path / "cut", "webm").name == "cut.webm"
    assert named(tmp_path / "cut.webm", "webm").name == "cut.webm"
    with pytest.raises(UsageError, match=r"becomes WEBM; cut\.mp4 would be misnamed"):
        named(tmp_path / "cut.mp4", "webm")


@pytest.mark.parametrize("given", ["/", "films/", "x.mp4/", "~/films/", "a/b/"])
def test_a_slash_at_the_end_is_a_folders(given):
    """No film is made of a folder's name, nor is a film of that name written over."""
    with pytest.raises(UsageError, match="would be a folder"):
        no_folder(given)
    no_folder(f"{given}film")


@pytest.mark.parametrize("given", ["a\0b.mp4", "\ud800"])
def test_what_no_system_takes_is_no_name(given):
    """An error of ours says so, before anything else is done with it."""
    with pytest.raises(UsageError, match="no name that a file can have"):
        no_folder(given)


@pytest.mark.parametrize("name", ["x" * 300, "片" * 90, f"{'x' * 300}.otio"])
def test_a_name_too_long_for_a_file_is_refused(tmp_path, name):
    """That is known before a film is rendered that can't be written."""
    with pytest.raises(UsageError, match="255"):
        named(tmp_path / name, "mp4")


@pytest.mark.parametrize("ending", ["srt", "otio", "csv", "mov"])
def test_the_name_that_is_proposed_has_one_ending(tmp_path, ending):
    """Of `x.mp4.srt` comes `x.mp4`."""
    with pytest.raises(UsageError) as caught:
        named(tmp_path / f"x.MP4.{ending}", "mp4")
    assert "call it x.mp4." in caught.value.hint


def test_footage_is_never_written_over(tmp_path):
    """An export that is called like a file that was uploaded is refused, however the name is written."""
    talk, other = tmp_path / "talk.mp4", tmp_path / "other.mp4"
    talk.touch()
    (tmp_path / "link.mp4").symlink_to(talk)
    for target in (talk, tmp_path / ".." / tmp_path.name / "talk.mp4", tmp_path / "link.mp4"):
        with pytest.raises(UsageError, match="was uploaded; the export would write over it"):
            spare(target, [other, talk])
    spare(other, [talk, other])


@pytest.mark.parametrize("wanted", ["a/b", "../mp4", "mp4\0", "<b>", "m\u202e4a", "x" * 20, ["mp4"]])
def test_what_is_no_format_is_refused_wherever_it_is_exported(wanted):
    """Not only the studio refuses it: no file's name can end in it."""
    with pytest.raises(UsageError, match="is no format"):
        checked_format({"format": wanted}, studio=False)
