"""Bad input in a notebook: each a clear sentence that says what to do, and nothing lost."""

import pytest

from nemo_widgets.studio.samples import SAMPLES


@pytest.fixture(scope="module")
def connected(kernel):
    """A kernel with a clip on the local studio's timeline."""
    (kernel.folder / "clip.mp4").write_bytes(SAMPLES["scenes"].read_bytes())
    assert kernel.run("%nemo connect --local").error is None
    return kernel


def segments(kernel):
    return kernel.run("import nemo_widgets; print(len(nemo_widgets.current().draft.segments))").text.strip()


def short(error):
    """An error as a notebook shows it: the sentence, and what to do next."""
    assert error is not None
    assert len(error.splitlines()) <= 2, error
    return error


def test_commands_before_a_connection_say_to_connect(kernel):
    """Whoever starts in the middle is told how to begin."""
    assert "%nemo connect --local" in short(kernel.run("%nemo tracks").error)


def test_an_unreachable_server_is_named(kernel):
    """A server that is not there is told by its address."""
    told = short(kernel.run("%nemo connect --url http://127.0.0.1:9").error)
    assert "127.0.0.1:9" in told


def test_export_before_an_upload(connected):
    """An empty timeline can't be exported, and the error says to upload first."""
    assert "%nemo upload" in short(connected.run("%nemo export out.mp4").error)


@pytest.mark.parametrize(
    ("name", "size", "content", "told"),
    [
        ("missing.mp4", None, b"", "missing.mp4"),
        ("notes.txt", 10, b"hello", "mp4, mov, avi"),
        ("fake.mp4", 29, b"This is a letter, not a film.", "text"),
        ("torn.mp4", 4000, b"\0\0\0\x18ftypmp42", "torn.mp4"),
        ("empty.mp4", 0, b"", "empty"),
        ("huge.mp4", 501 * 1024 * 1024, b"\0\0\0\x18ftypmp42", "500 MB"),
    ],
)
def test_a_file_that_can_not_be_uploaded(connected, name, size, content, told):
    """A file that is missing, of the wrong kind, empty or too large is refused by name before it is sent."""
    if size is not None:
        with (connected.folder / name).open("wb") as file:
            file.write(content)
            file.truncate(size)
    shown = short(connected.run(f"%nemo upload {name}").error)
    assert name in shown
    assert told in shown
    assert segments(connected) == "0"


def test_one_bad_file_does_not_lose_the_others(connected):
    """Of several files the good ones are uploaded, and the bad one is named."""
    shown = short(connected.run("%nemo upload nowhere.mp4 clip.mp4").error)
    assert "nowhere.mp4" in shown
    assert segments(connected) == "1"


def test_an_unknown_subcommand_gets_a_suggestion(connected):
    """A slip of the pen is answered with the nearest subcommand."""
    assert "%nemo timeline" in short(connected.run("%nemo timelin").error)


def test_an_instruction_that_can_not_be_done_changes_nothing(connected):
    """What the studio does not understand it says, with how to learn what it does, and the draft stays."""
    before = connected.run("nemo_widgets.current().draft.data").text
    said = connected.run("%nemo edit make it rain cats in the second scene")
    assert said.error is None
    assert "what can I say" in said.text, "it says how to find out what it can do"
    assert connected.run("nemo_widgets.current().draft.data").text == before


def test_a_wrong_token_is_told_without_being_shown(connected):
    """A token that the server refuses is never repeated in the error."""
    connected.run("import os\nfrom nemo_widgets import launcher\nos.environ['NEMO_TOKEN'] = 'canary-5512'")
    told = connected.run("nemo_widgets.connect(url=launcher.studio().url)").error
    connected.run("del os.environ['NEMO_TOKEN']")
    assert "NEMO_TOKEN" in short(told)
    assert "canary" not in told


def test_a_missing_studio_names_its_install(connected):
    """Without the extra, connecting locally says what to install."""
    connected.run("import sys; place = 'nemo_widgets.studio.launch'; kept = sys.modules[place]")
    connected.run("sys.modules[place] = None")
    told = connected.run("%nemo connect --local").error
    connected.run("sys.modules[place] = kept")
    assert 'pip install "nemo-widgets[studio]"' in short(told)


def test_everything_still_works_afterwards(connected):
    """After all these errors the session is what it was, and a real edit goes through."""
    assert segments(connected) == "1"
    assert connected.run("%nemo edit remove the first 2 seconds").error is None
    assert connected.run("print(nemo_widgets.current().draft.duration_ms)").text.strip() == "13200"
