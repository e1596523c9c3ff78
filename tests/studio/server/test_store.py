"""The data folder by itself: versions of drafts, who works on it, and what can't be one."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from nemo_widgets.studio.settings import Settings
from nemo_widgets.studio.store import Conflict, Store, StoreError


def test_undo_goes_back_step_by_step(tmp_path):
    """An undo leads to the version before, the next one further back, and nothing is ever deleted."""
    store = Store(tmp_path, Settings())
    projects = store.projects
    session = projects.create("local", "p", "en").id
    for number in range(3):
        projects.add(session, {"n": number}, expected=number)
    assert [v.data["n"] for v in projects.history(session)] == [0, 1]
    projects.add(session, {"n": 1}, expected=3, undo=1)
    assert [v.data["n"] for v in projects.history(session)] == [0]
    projects.add(session, {"n": 0}, expected=4, undo=1)
    assert projects.history(session) == []
    projects.add(session, {"n": 9}, expected=5)
    assert [v.data["n"] for v in projects.history(session)] == [0]
    projects.add(session, {"n": "0 with a title"}, expected=6, undo=1)
    assert [v.data["n"] for v in projects.history(session)] == [0]
    assert projects.versions(session) == 7
    with pytest.raises(Conflict):
        projects.add(session, {}, expected=2)
    store.close()


def test_what_was_undone_can_be_redone(tmp_path):
    """What undos leave is kept for redo, the last one first, until something else is edited."""
    store = Store(tmp_path, Settings())
    projects = store.projects
    session = projects.create("local", "p", "en").id
    for number in range(3):
        projects.add(session, {"n": number}, expected=number, edits=["cut"])
    projects.add(session, {"n": 1}, expected=3, undo=1, edits=["undo"])
    projects.add(session, {"n": 0}, expected=4, undo=1, edits=["undo"])
    assert [v.data["n"] for v in projects.undone(session)] == [2, 1]
    projects.add(session, {"n": 1}, expected=5, redo=1, edits=["redo"])
    assert [v.data["n"] for v in projects.undone(session)] == [2]
    assert [v.data["n"] for v in projects.history(session)] == [0]
    projects.add(session, {"n": 0}, expected=6, undo=1, edits=["undo"])
    projects.add(session, {"n": 2}, expected=7, redo=2, edits=["redo"])
    assert projects.undone(session) == [], "both came back at once"
    assert [v.data["n"] for v in projects.history(session)] == [0, 1], "and can be undone one by one"
    projects.add(session, {"n": 0}, expected=8, undo=2, edits=["undo"])
    assert [v.data["n"] for v in projects.undone(session)] == [2, 1], "two at once come back one by one"
    projects.add(session, {"n": 1}, expected=9, redo=1, edits=["redo"])
    assert [v.data["n"] for v in projects.history(session)] == [0]
    projects.add(session, {"n": 9}, expected=10, edits=["cut"])
    assert projects.undone(session) == []
    store.close()


def test_versions_that_look_alike_are_told_apart(tmp_path):
    """Muted, unmuted and muted again, an undo or redo of some steps lands where it was meant to."""
    store = Store(tmp_path, Settings())
    projects = store.projects
    session = projects.create("local", "p", "en").id
    for expected, state in enumerate(("loud", "muted", "loud", "muted")):
        message = store.messages.begin("local", session, f"{expected}", 0, "o").id if expected else None
        projects.add(session, {"n": state}, expected=expected, edits=["cut"], message=message)
    projects.add(session, {"n": "loud"}, expected=4, undo=3, edits=["undo"])
    assert projects.said(session)[5] == []
    projects.add(session, {"n": "muted"}, expected=5, redo=3, edits=["redo"])
    assert projects.said(session)[6] == ["1", "2", "3"]
    assert [v.data["n"] for v in projects.history(session)] == ["loud", "muted", "loud"]
    assert projects.undone(session) == []
    store.close()


def test_each_version_knows_what_was_said_for_it(tmp_path):
    """The edits that stand in a version are known by their messages; an upload has no words."""
    store = Store(tmp_path, Settings())
    projects = store.projects
    session = projects.create("local", "p", "en").id

    def add(number, text, edits, **more):
        message = store.messages.begin("local", session, text, 0, "o").id if text else None
        expected = projects.versions(session)
        projects.add(session, {"n": number}, expected=expected, edits=edits, message=message, **more)
        return projects.said(session)[expected + 1]

    assert add(0, "", ["upload"]) == []
    assert add(1, "cut the pauses", ["cut"]) == ["cut the pauses"]
    assert add(2, "add music", ["add_music"]) == ["cut the pauses", "add music"]
    assert add(0, "undo 2", ["undo"], undo=2) == []
    assert add(1, "redo", ["redo"], redo=1) == ["cut the pauses"]
    assert add(3, "", ["upload"]) == ["cut the pauses", ""]
    assert add(4, "no, longer ones", ["undo", "cut"], undo=2) == ["no, longer ones"]
    assert add(5, "", ["upload"]) == ["no, longer ones", ""]
    assert add(8, "start over", ["start_over"]) == [""], "of what was said nothing stands any more"
    assert add(9, "start over, cut", ["start_over", "cut"]) == ["", "start over, cut"]
    store.close()


def test_folders_that_cannot_be_used(tmp_path):
    """A data folder that is a file, is no database, or is from the future, is told in a sentence."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="can't use the folder"):
        Store(tmp_path / "file", Settings())
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "studio.sqlite3").write_text("this is not a database, however long it may be" * 20)
    with pytest.raises(StoreError, match="is not a studio's database"):
        Store(broken, Settings())
    store = Store(tmp_path / "future", Settings())
    store._database.run("PRAGMA user_version = 99")
    store.close()
    with pytest.raises(StoreError, match="later version"):
        Store(tmp_path / "future", Settings())


def test_data_is_for_its_owner_alone(studio):
    """Other users of the machine can't look into the data folder."""
    assert os.name == "nt" or studio.data.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux tells when a process began")
def test_pid_used_again_deceives_nobody(tmp_path):
    """An owner whose pid is another process's by now is dead; one that began when it said is alive."""
    dying, store = Store(tmp_path, Settings()), Store(tmp_path, Settings())
    for owners in (dying.owners, store.owners):
        owners.live()
    assert store.owners.bury() == []
    store._database.run("UPDATE owners SET born = '1' WHERE token = ?", dying.owners.token)
    assert store.owners.bury() == [dying.owners.token]
    store._database.run(
        "INSERT INTO owners (token, pid, seen) VALUES ('old', ?, ?)", os.getpid(), time.time()
    )
    assert store.owners.bury() == [], "version 1 did not write down when it began"
    dying.close()
    store.close()


def test_what_was_arriving_at_the_dead_goes(start, tmp_path):
    """Parts of uploads that died with their process are removed at the start, those of living ones stay."""
    living = start()._backend.store.part()
    living.write_bytes(b"half a film")
    incoming = tmp_path / "data" / "incoming"
    for name in (f"{'0' * 32}-{'1' * 32}.part", f"{'2' * 32}.part"):  # of today, and of version 1
        (incoming / name).write_bytes(b"half a film")
    start()
    assert list(incoming.iterdir()) == [living]
