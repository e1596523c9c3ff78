"""Runs as a cell's last value."""

import base64
import io
import re
import threading

import pytest
from PIL import Image
from waiting import PATIENCE_S

from nemo_widgets import host, output, run_output
from nemo_widgets.client import ErrorEvent, PictureEvent, TextEvent, ToolCallEvent
from nemo_widgets.errors import AgentError, Refused
from nemo_widgets.running import EditRun, UploadRun
from nemo_widgets.widgets import standing


def whole(run):
    """The forms of a run: what every one must have is there, and each picture has its words."""
    data, metadata = run._repr_mimebundle_()
    assert data["text/plain"].strip()
    for mime in data:
        if mime.startswith("image/"):
            assert metadata[mime]["alt"]
    for image in re.findall("<img [^>]*>", data.get("text/html", "")):
        assert re.search(' alt="[^"]+"', f" {image}")
        assert "max-width: 100%" in image
    return data


def test_an_edit_shows_its_answer_and_the_timeline(scripted, connection, draft):
    """Answer and picture are in one output, whichever form the host shows; words alone are short."""
    said = TextEvent("Cut **it** <script>alert(1)</script>.")
    data = whole(EditRun(connection(scripted([said], draft(6))), "cut").result())
    assert set(data) == {"text/plain", "text/markdown", "text/html", "image/png"}
    assert "<strong>it</strong>" in data["text/html"]
    assert "<script" not in data["text/html"]
    assert "<sub>Edit · " in data["text/html"]
    assert data["image/png"] in data["text/html"]
    assert Image.open(io.BytesIO(base64.b64decode(data["image/png"]))).width == 1280
    assert len(data["text/plain"]) < 200


def test_what_the_agent_showed_stands_before_the_timeline(scripted, connection, draft):
    """A picture in the answer is shown again with its words."""
    out = io.BytesIO()
    Image.new("RGB", (60, 9)).save(out, "PNG")
    said = [PictureEvent(out.getvalue(), "image/png", "the kiss"), TextEvent("Cut it.")]
    data = whole(EditRun(connection(scripted(said, draft(6))), "cut").result())
    assert re.findall('alt="([^"]+)"', data["text/html"])[0] == "the kiss"
    assert data["text/html"].count("<img") == 2


def test_an_edit_that_changed_nothing_is_words(scripted, connection):
    """There is no picture of a timeline that is as it was."""
    data = whole(EditRun(connection(scripted([TextEvent("It is 10 s long.")])), "how long").result())
    assert set(data) == {"text/plain", "text/markdown"}


def test_a_question_that_was_to_be_an_error_stands_there_once(scripted, connection):
    """A strict edit whose error was caught keeps the agent's words, and its question for the form below."""
    choice = {"id": "q", "prompt": "Which clip?", "options": [{"id": "1", "label": "one"}]}
    call = ToolCallEvent("1", "ask_question", {"title": "Which of these?", "questions": [choice]})
    run = EditRun(connection(scripted([TextEvent("One thing first."), call])), "cut", strict=True)
    with pytest.raises(Refused, match=r"Which clip\?\n.*1\. one") as caught:
        run.result()
    assert caught.value.hint == ""
    head = f"Edit asked back after {run.elapsed_s:.1f} s."
    assert run_output.markdown(run) == f"<sub>{head}</sub>\n\nOne thing first."
    assert run_output.plain(run) == f"One thing first.\n\n{head}"
    assert run_output.plain(run, question=True).count("Which clip?") == 1


def test_a_run_under_way_says_so(scripted, connection):
    """While it works it tells when it began, and how far it was at what time; looking at it asks nobody."""
    client = scripted([TextEvent("Cut", partial=True), PATIENCE_S])
    run, heard = EditRun(connection(client), "cut"), threading.Event()
    run.on_update(lambda: run.text and heard.set())
    assert run.text or heard.wait(PATIENCE_S)
    reads = client.reads
    assert re.search(
        r"begun .*\n\nAs it was at \d\d:\d\d:\d\d: Edit cut · thinking", whole(run)["text/plain"]
    )
    assert client.reads == reads
    run.cancel()


def test_an_upload_shows_its_files(scripted, connection, tmp_path):
    """Each file is a card, with its name."""
    path = tmp_path / "a.mp4"
    path.write_bytes(b"film")
    data = whole(UploadRun(connection(scripted()), [path]).result())
    assert "a.mp4" in data["text/plain"]
    assert "image/png" in data


def test_the_runs_are_a_table(scripted, connection, draft):
    """A row a run, in text and as a table; what was typed can't break it."""
    runs = output.Runs()
    assert runs._repr_mimebundle_()[0] == {"text/plain": "No runs yet."}
    runs.append(EditRun(connection(scripted([TextEvent("x")], draft(6))), "a | b <b>").result())
    data = whole(runs)
    assert data["text/plain"].splitlines()[0].split() == ["run", "kind", "state", "took", "request"]
    assert data["text/markdown"].splitlines()[-1].endswith(r"| a \| b &lt;b> |")


def test_the_numbers_of_the_runs_stand_to_the_right_and_are_numbers_to_a_program(scripted, connection, draft):
    """What a run took ends in one column, in text and as a table; words begin in one; a frame has seconds."""
    link = connection(scripted([TextEvent("x")], draft(6)))
    runs = output.Runs(EditRun(link, words).result() for words in ("cut", "cut all of the pauses"))
    runs[0]._ended, runs[1]._ended = runs[0]._begun + 123.4, runs[1]._begun + 5.6
    data = whole(runs)
    head, first, second = data["text/plain"].splitlines()
    assert first.index("123.4 s") + 7 == second.index("5.6 s") + 5 == head.index("took") + 4
    assert head.index("request") == first.rindex("cut") == second.index("cut all")
    assert data["text/markdown"].splitlines()[1] == "| :-- | :-- | :-- | --: | :-- |"
    assert runs.table["took_s"].tolist() == [123.4, 5.6]
    assert output.Runs().table["took_s"].dtype == "float64"


def test_a_session_is_a_card(scripted, connection, draft):
    """Who is talked to, what was done, and the timeline as it was last seen."""
    run = EditRun(connection(scripted([TextEvent("x")], draft(6))), "cut").result()
    data, _ = output.session_bundle("Connected to the **studio**", run.after, [run])
    assert data["text/plain"] == "Connected to the studio\n\n1 edit"
    assert {"text/html", "image/png"} <= set(data)


@pytest.fixture(params=["kernel", "terminal", "program"])
def place(request, monkeypatch):
    """Somewhere that a run is looked at, and the number of the cell there."""

    class Shell:
        execution_count = 1

    if request.param == "kernel":
        Shell.kernel = object()
        Shell.get_parent = lambda self: {"header": {"msg_id": f"s_{self.execution_count}", "session": "s"}}
    shell = Shell()
    for module in (host, standing):
        monkeypatch.setattr(module, "shell", lambda: None if request.param == "program" else shell)
    return request.param, shell


def test_what_was_just_shown_is_one_line(scripted, connection, draft, place):
    """In the cell that has shown it a run's value is a line, in a later one it is all of it."""
    where, shell = place
    run = EditRun(connection(scripted([TextEvent("Cut it.")], draft(6))), "cut").result()
    output.has_shown(run)
    assert (whole(run) == {"text/plain": repr(run)}) is (where != "program")
    shell.execution_count = 2
    data = whole(run)
    assert "Cut it." in data["text/plain"]
    assert ("image/png" in data) is (where != "terminal")


@pytest.mark.parametrize(
    ("words", "told"), [("no room on the disk", "no room on the disk."), ("Busy!", "Busy!")]
)
def test_a_failure_is_told_as_a_sentence(words, told, scripted, connection):
    """What the agent gives as a reason has one end, before what to do about it, wherever it is shown."""
    run = EditRun(connection(scripted([ErrorEvent(words)], studio=False)), "cut")
    with pytest.raises(AgentError) as caught:
        run.result()
    for shown in (run_output.markdown(run), run_output.plain(run), str(caught.value)):
        assert f"{told} Nothing was changed." in shown


def test_words_before_a_failure_stay_on_show(scripted, connection):
    """What the agent said is shown also where the edit was not made: it may have said why."""
    said = [TextEvent("Let me look at clip one."), ErrorEvent("Out of memory.")]
    run = EditRun(connection(scripted(said, studio=False)), "cut")
    with pytest.raises(AgentError):
        run.result()
    assert run.outcome == "not done"
    for words in (run_output.markdown(run), run_output.plain(run)):
        assert "Let me look at clip one." in words
        assert "Out of memory." in words
