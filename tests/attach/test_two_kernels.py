"""Two kernels, one session: each hears of what the other did, and neither stops the other."""

from __future__ import annotations

import pytest
from waiting import until

from nemo_widgets.journal import Journal

pytestmark = pytest.mark.usefixtures("no_secrets")

LEAVE = """
from nemo_widgets.journal import Journal, Place
session, journal = nemo.current(), Journal()
for name in ("edit-aaaaa", "edit-bbbbb"):
    journal.begin(name, "edit", "remove the last frame", session._connection.place).end("begun")
"""
"""Leaves two edits behind, as kernels do that die before they send them."""


@pytest.fixture
def pair(kernel, proxy, media):
    """Two kernels that got hold of the same session, each by a run that was left behind in it."""
    first, second = kernel(), kernel()
    first.asked(f"%nemo connect --url {proxy.url}\n%nemo upload {media.clip}")
    first.asked(LEAVE)
    for notebook, name in ((first, "edit-aaaaa"), (second, "edit-bbbbb")):
        assert "was not sent before its kernel stopped" in notebook.run(f"%nemo attach {name}").error
    return first, second


def test_each_hears_of_the_others_changes_and_stops_its_own(pair, studio, journal, reads_well):
    """What the other has changed is told before anything is sent; a run of the other's is left alone."""
    first, second = pair
    session = journal.records()[0].place.session_id
    first.asked("%nemo edit remove the first second")
    stale = second.run("%nemo edit add a title that says Hello")
    assert "StaleDraft" in stale.error
    assert "Removed 0:00–0:01 of clip." in stale.error
    assert [text for _, text, _ in studio.messages(session)] == ["remove the first second"]
    assert not second.run("%nemo edit add a title that says Hello").error

    stale = first.run("%nemo edit remove the last second")
    assert "Hello" in stale.error
    first.asked("run = nemo.current().start('remove the last second, slowly')")
    first.until(lambda: first.shows("Working on it."))
    (carried,) = (record for record in journal.records() if journal.carried(record))
    listed, refused = second.run("%nemo runs"), second.run(f"%nemo attach {carried.id}")
    assert "under way" in listed.text
    assert f"{carried.id} is under way in a kernel that lives." in refused.error

    # The second kernel's message waits for the first one's at the studio; stopping it stops that one alone.
    second.asked("run = nemo.current().start('make it black and white')")
    second.until(lambda: [status for *_, status in studio.messages(session)][-2:] == ["running", "queued"])
    assert second.asked("%nemo cancel").startswith("Cancelled edit-")
    until(lambda: studio.messages(session)[-1][2] == "cancelled")
    studio.let()
    assert first.asked("print(run.result().outcome)").endswith("done")
    assert [status for *_, status in studio.messages(session)] == ["done", "done", "done", "cancelled"]
    assert studio.length_ms(session) == 1000
    assert journal.left() == []
    reads_well(stale, listed, refused)


def test_closing_the_tab_stops_nothing(kernel, proxy, studio, journal, media):
    """A tab that is closed leaves its kernel at work; the one opened after it finds the edit done."""
    notebook = kernel()
    notebook.asked(f"%nemo connect --url {proxy.url}\n%nemo upload {media.clip}")
    notebook.start("%nemo edit -o run remove the first second, slowly")
    notebook.until(lambda: notebook.shows("Working on it."))
    notebook.close_tab()
    studio.let()
    until(lambda: journal.records()[0].stage == "done")
    notebook.open()
    assert notebook.asked("print(run.outcome, len(run.changes))").startswith("done")
    assert [status for *_, status in studio.messages(journal.records()[0].place.session_id)] == ["done"]


def test_who_goes_in_order_leaves_a_journal_in_order(kernel, proxy, studio, journal, media):
    """`%nemo disconnect` ends what is under way and says so; a kernel that is shut down leaves it behind."""
    notebook = kernel()
    edit = "edit = nemo.current().start('remove the first second, slowly')"
    notebook.asked(f"%nemo connect --url {proxy.url}\n%nemo upload {media.clip}")
    session = journal.records()[0].place.session_id
    notebook.asked(edit)
    notebook.until(lambda: notebook.shows("Working on it."))
    notebook.asked("%nemo disconnect")
    assert [record.stage for record in journal.records()] == ["cancelled", "done"]
    assert [status for *_, status in studio.messages(session)] == ["cancelled"]
    assert journal.left() == []

    notebook.asked(f"%nemo connect --url {proxy.url}\n%nemo upload {media.clip}")
    session = journal.records()[0].place.session_id
    notebook.asked(edit)
    notebook.until(lambda: [status for *_, status in studio.messages(session)] == ["running"])
    notebook.stop(now=False)
    (left,) = Journal(journal.folder).left()
    assert (left.kind, left.stage) == ("edit", "sent")
    assert {path.suffix for path in journal.folder.iterdir() if path.is_file()} <= {".json", ".lock"}
