"""What a message asks for: by that its run is headed, and listed."""

import pytest

import nemo_widgets as nemo
from nemo_widgets import output, run_output
from nemo_widgets.client import OutcomeEvent, TextEvent
from nemo_widgets.paths import notebook_name
from nemo_widgets.run_words import begun, under_way
from nemo_widgets.running import EditRun
from nemo_widgets.running.intent import answered, intent_of

WORDS = {
    "undo": ["undo", "Undo!", "undo the last 3", "please undo that", "take it back", "revert the last change",
             "no, undo", "undo all three edits", "undo both", "撤销", "撤销最近3步", "撤回刚才的操作"],
    "redo": ["redo", "redo the last 2", "redo all of them", "redo both", "undo the undo", "重做",
             "重做最近2步", "全部重做", "重做 3 步"],
    "start over": ["start over", "undo everything", "go back to the original", "reset", "重新开始",
                   "全部撤销"],
    "question": ["how long is it now?", "how long is it", "what is at 0:30?", "which clip is the longest?",
                 "so, what did you change so far?", "where are the cuts?", "why?", "现在多长？", "标题是什么",
                 "怎么把停顿剪掉？", "有音乐吗"],
    "edit": ["cut the pauses", "undo the crop", "undo and add music", "can you cut the pauses?", "加点音乐",
             "where they kiss, cut it", "when he says hello, add a title", "what if you cut the pauses",
             "删掉什么都没有的部分", "go back to black and white", "add a title that says “undo”", "",
             "remove the part where she asks how long it takes? and then add music " * 9],
}  # fmt: skip


@pytest.fixture
def edit(scripted, connection, monkeypatch):
    """Says a message, which is answered so, and gives its run; the journal is one of its own."""

    def ended(words, *script):
        link = connection(scripted(script))
        monkeypatch.setenv("NEMO_JOURNAL", str(link.journal.folder))
        return EditRun(link, words).result()

    return ended


@pytest.mark.parametrize(("words", "intent"), [(w, intent) for intent, rows in WORDS.items() for w in rows])
def test_a_message_is_known_by_its_words(words, intent):
    """Going back, a fresh start and a question are told from an edit, in both languages."""
    assert intent_of(words) == intent


@pytest.mark.parametrize(
    ("words", "outcome", "heading"),
    [
        ("undo the last 2", "done", "Undo"),
        ("redo", "done", "Redo"),
        ("start over", "done", "Start over"),
        ("how long is it?", "answered", "Question"),
        ("tell me its length", "answered", "Message"),
        ("is it long?", "answered", "Question"),
        ("hello", "answered", "Message"),
        ("how long is it?", "", "Question"),
        ("cut the pauses", "done", "Edit"),
        ("can you cut the pauses?", "done", "Edit"),
    ],
)
def test_a_run_is_headed_by_what_it_was(words, outcome, heading, edit):
    """Its heading, its row among the session's runs and among all of them say what the message was."""
    run = edit(words, TextEvent("Yes."), *([OutcomeEvent(outcome)] if outcome else []))
    assert run_output.plain(run).splitlines()[-1].startswith(f"{heading} · ")
    assert begun(run)[0].startswith(f"{heading} “")
    assert under_way(run).startswith(f"{heading} *")
    row = output.Runs([run])._repr_mimebundle_()[0]["text/plain"].splitlines()[1]
    assert row.split("  ")[1] == nemo.runs().kind.item() == heading.lower()
    assert run.kind == "edit", "to a program it is a message like any other"


def test_what_changed_something_was_no_question(scripted, connection, draft):
    """A question by its words after which the timeline is another one was an edit."""
    assert (
        EditRun(connection(scripted([TextEvent("Cut.")], draft(6))), "how about that?").result().intent
        == "edit"
    )
    assert answered("tell me") == "message"


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("/home/ann/films/solar film.ipynb", "solar film.ipynb"),
        ("C:\\films\\solar.ipynb", "solar.ipynb"),
        ("solar.ipynb", "solar.ipynb"),
        ("/home/ann/console-1-6f2a", ""),
        ("", ""),
    ],
)
def test_a_run_is_listed_with_its_notebook(told, name, edit, monkeypatch):
    """Where Jupyter tells which notebook a kernel is for, its runs are listed with that file's name alone."""
    monkeypatch.setenv("JPY_SESSION_NAME", told)
    assert notebook_name() == name
    edit("cut the pauses", TextEvent("Cut."))
    monkeypatch.setenv("JPY_SESSION_NAME", "another.ipynb")
    assert nemo.runs().notebook.item() == name
    assert "ann" not in nemo.runs().to_string()
