"""The journal: on disk before anything is sent, whole at every moment, taken over from what died."""

import itertools
import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest
from secrecy.modes import open_to_others

from nemo_widgets.errors import JournalError, UsageError
from nemo_widgets.journal import ENDS, Journal, Place, Record

PLACE = Place("http://127.0.0.1:1", "5529700000000000001", "t1", "video-making-ai", "en")

CARRIER = """
import sys, time
from nemo_widgets.journal import Journal, Place
entry = Journal(sys.argv[1]).begin("edit-22222", "edit", "cut", Place("http://x"))
entry.write(stage="sent", before={"t": []})
print("ready", flush=True)
time.sleep(60)
"""


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path / "runs")


@pytest.fixture
def carrier(journal):
    """A process that carries the run edit-22222."""
    process = subprocess.Popen(
        [sys.executable, "-c", CARRIER, str(journal.folder)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "ready\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_run_is_on_disk_when_begin_returns(journal):
    """A run's file holds what was asked, where and when, before anything else can happen."""
    entry = journal.begin("edit-abcde", "edit", "cut the pauses", PLACE, target="x.mp4")
    data = json.loads((journal.folder / "edit-abcde.json").read_text("utf-8"))
    assert (data["request"], data["stage"], data["place"]["session_id"]) == (
        "cut the pauses",
        "begun",
        PLACE.session_id,
    )
    assert data["details"] == {"target": "x.mp4"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", data["created"])
    entry.end("done")


def test_only_its_owner_can_read_it(journal):
    """The folder and the files are private."""
    journal.begin("edit-abcde", "edit", "x", PLACE).end("done")
    assert journal.folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in journal.folder.iterdir())


def test_a_change_replaces_the_file_as_a_whole(journal, monkeypatch):
    """Where writing fails in the middle, the record before it is still there, and nothing else."""
    entry = journal.begin("edit-abcde", "edit", "x", PLACE)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(JournalError, match="no room left") as failed:
        entry.write(stage="sent")
    monkeypatch.undo()
    assert "NEMO_JOURNAL" in failed.value.hint
    assert Journal(journal.folder).records()[0].stage == "begun"
    assert sorted(p.suffix for p in journal.folder.iterdir()) == [".json", ".lock"]
    entry.end("failed")


@pytest.mark.parametrize(
    ("reached", "end", "left"),
    [
        ("begun", "not done", []),
        ("begun", "cancelled", []),
        ("begun", "unknown", ["begun"]),
        ("sent", "done", ["sent"]),
    ],
)
def test_what_ends_on_a_full_disk_is_left_behind_only_if_it_was_sent(
    reached, end, left, journal, monkeypatch
):
    """A run that failed before it was sent is not offered again, though its end finds no room."""
    entry = journal.begin("edit-abcde", "edit", "x", PLACE)
    entry.write(stage=reached)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(JournalError):
        entry.write(stage="sent")
    entry.end(end, "There was no room.")
    monkeypatch.undo()
    assert [record.stage for record in journal.left()] == left


def test_details_are_added_to(journal):
    """What was written down before stays when more is."""
    entry = journal.begin("export-abcde", "export", "x", PLACE, target="a.mp4")
    entry.write(details={"render_id": "render_1"})
    assert journal.records()[0].details == {"target": "a.mp4", "render_id": "render_1"}
    entry.end("done")


@pytest.mark.usefixtures("carrier")
def test_who_lives_keeps_its_run(journal):
    """A run that another process carries is under way, and can't be taken."""
    assert journal.carried(journal.records()[0])
    assert journal.left() == []
    with pytest.raises(UsageError, match="lives"):
        journal.take("edit-22222")


def test_who_is_killed_leaves_its_run_behind(journal, carrier):
    """The moment its process is killed, a run is left behind, and can be taken by one, once."""
    carrier.send_signal(signal.SIGKILL)
    carrier.wait()
    assert [record.id for record in journal.left()] == ["edit-22222"]
    entry = journal.take("edit-22222")
    assert (entry.attached, entry.record.stage, entry.record.before) == (True, "sent", {"t": []})
    with pytest.raises(UsageError, match="lives"):
        Journal(journal.folder).take("edit-22222")
    entry.end("done", "Made.")
    with pytest.raises(UsageError, match=r"over: done\. Made\."):
        journal.take("edit-22222")
    assert journal.left() == []


@pytest.mark.parametrize("stage", ["begun", "sent", "unknown"])
def test_what_has_no_end_can_be_taken(journal, stage):
    """A run that is let go without an end can be attached to."""
    journal.begin("edit-abcde", "edit", "x", PLACE).end(stage)
    assert journal.take("edit-abcde").record.stage == stage


@pytest.mark.parametrize("stage", ENDS)
def test_an_end_has_its_time(journal, stage):
    """A run that is over says when."""
    journal.begin("edit-abcde", "edit", "x", PLACE).end(stage)
    (record,) = journal.records()
    assert record.over
    assert record.ended >= record.created


@pytest.mark.parametrize("stage", ["done", "cancelled", "unknown"])
def test_what_signs_a_link_is_kept_only_as_long_as_it_is_needed(journal, stage):
    """Once nothing more comes of an upload, its links stay without query, user and password."""
    links = ["https://h.example/v.mp4?X-Amz-Signature=c0ffee", "https://u:c0ffee@h.example/w.mp4", "a?b.mp4"]
    sources = [{"source": link, "stamp": None} for link in links]
    entry = journal.begin("upload-22222", "upload", "v.mp4", PLACE, sources=sources)
    entry.write(stage="sent")
    assert "c0ffee" in journal._path("upload-22222").read_text()
    entry.end(stage)
    text = journal._path("upload-22222").read_text()
    assert ("c0ffee" in text) == (stage == "unknown")
    kept = [item["source"] for item in journal.records()[0].details["sources"]]
    over = ["https://h.example/v.mp4", "https://h.example/w.mp4", "a?b.mp4"]
    assert kept == (links if stage == "unknown" else over)


@pytest.mark.parametrize("name", ["edit-abcdf", "../edit-abcde", "", "edit-abcde.json", "a/b"])
def test_an_unknown_name_is_refused(journal, name):
    """A name that no run has is refused, the nearest named, and no path is followed."""
    journal.begin("edit-abcde", "edit", "x", PLACE).end("sent")
    with pytest.raises(UsageError, match="There is no run") as refused:
        journal.take(name)
    assert "edit-abcde" in refused.value.hint or "%nemo runs" in refused.value.hint


def test_the_newest_comes_first_and_strange_files_are_passed_over(journal):
    """What is no record of ours in the folder harms nothing."""
    for name in ("edit-aaaaa", "edit-bbbbb"):
        journal.begin(name, "edit", name, PLACE).end("done")
        time.sleep(0.002)
    for name, text in {
        "a.json": "{",
        "b.json": "[]",
        "c.json": '{"place": {}, "later": 1}',
        "d.txt": "",
    }.items():
        (journal.folder / name).write_text(text)
    assert [record.id for record in journal.records()] == ["edit-bbbbb", "edit-aaaaa"]


ODD = (5, -1.5, True, "x", [], [5], [None], ["x"], {"a": 1}, [{"source": 5, "stamp": 1}], [{"source": "a\0"}])
TYPES = {"sources": list, "output": dict, "had": dict, "target": str, "render_id": str, "sent_as": str}


@pytest.mark.parametrize("kind", ["upload", "export"])
def test_a_record_whose_details_are_odd_is_passed_over(journal, kind):
    """What a run needs to go on is of the type that it has to be, or the file is none of ours."""
    details = {"sources": [{"source": "a.mp4", "stamp": None}], "had": {"a.mp4": 1}, "target": "b.mp4"}
    journal.begin("edit-abcde", kind, "x", PLACE, **details).end("sent")
    path = journal.folder / "edit-abcde.json"
    record = json.loads(path.read_text())
    assert [one.id for one in journal.records()] == ["edit-abcde"]
    for name, odd in itertools.product(TYPES, (*ODD, "a\0b")):
        if kind == "export" and name in ("sources", "had"):
            continue  # nobody reads them
        path.write_text(json.dumps({**record, "details": {**record["details"], name: odd}}))
        for one in journal.records():
            assert isinstance(one.details[name], TYPES[name])
            assert "\0" not in str(one.details["target"])
            assert all(item["source"] == "a.mp4" for item in one.details["sources"])


def test_old_ends_are_forgotten(journal):
    """What was over two months ago goes; what was left behind stays however old it is."""
    for name, stage in {"edit-aaaaa": "done", "edit-bbbbb": "sent", "edit-ccccc": "done"}.items():
        journal.begin(name, "edit", name, PLACE).end(stage)
        path = journal.folder / f"{name}.json"
        if name != "edit-ccccc":
            path.write_text(re.sub(r'"(created|ended)": "20\d\d', r'"\1": "2001', path.read_text()))
    journal.tidy()
    assert {record.id for record in journal.records()} == {"edit-bbbbb", "edit-ccccc"}


def test_a_folder_that_cannot_be_written_is_a_named_error(tmp_path):
    """Where nothing can be written down, nothing is sent, and the error says what to set."""
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalError, match="Nothing was sent") as failed:
        Journal(tmp_path / "file" / "runs").begin("edit-abcde", "edit", "x", PLACE)
    assert "NEMO_JOURNAL" in failed.value.hint


def test_no_records_without_a_folder(tmp_path):
    """Looking makes nothing."""
    assert Journal(tmp_path / "none").records() == []
    assert not (tmp_path / "none").exists()


def test_ids_read_well_and_are_free(journal, monkeypatch):
    """An id is short, names its kind, and is never one that a run here has already."""
    assert re.fullmatch(r"edit-[2-9a-z]{5}", journal.new_id("edit"))
    letters = iter("aaaaaaaaaabbbbb")
    monkeypatch.setattr("secrets.choice", lambda _: next(letters))
    journal.begin(journal.new_id("edit"), "edit", "x", PLACE).end("done")
    assert journal.new_id("edit") == "edit-bbbbb"


def test_the_session_is_in_no_repr():
    """A record's repr holds neither the session nor the draft."""
    record = Record("edit-abcde", "edit", "x", PLACE, before={"secret": 1})
    assert PLACE.session_id not in repr(record)
    assert "secret" not in repr(record)


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "../../away"}, {"id": "edit-zzzzz"}, {"ended": 5}, {"stage": ["done"]}, {"request": None},
        {"created": "soon"}, {"ended": "9999-12-31T23:59:59-14:00"}, {"details": [1]}, {"before": 5},
        {"place": {"api": 5}}, {"place": {"studio": []}},
    ],
    ids=str,
)  # fmt: skip
def test_a_record_that_is_not_what_it_should_be_is_passed_over(tmp_path, changed):
    """A file that somebody else wrote is no run, and what it names elsewhere stays as it is."""
    journal = Journal(tmp_path / "journal")
    journal.begin("edit-aaaaa", "edit", "cut", Place("http://h")).end("done")
    away = tmp_path / "away.json"
    away.write_text("precious")
    record = json.loads((journal.folder / "edit-aaaaa.json").read_text())
    old = {"stage": "done", "ended": "2001-01-01T00:00:00+00:00"}
    (journal.folder / "edit-bbbbb.json").write_text(
        json.dumps({**record, "id": "edit-bbbbb", **old, **changed})
    )
    os.mkfifo(journal.folder / "edit-ccccc.json")
    (journal.folder / "edit-ddddd.json").symlink_to(away)
    assert [one.id for one in journal.records()] == ["edit-aaaaa"]
    assert journal.left() == []
    journal.tidy()
    assert away.read_text() == "precious"
    assert not away.with_suffix(".lock").exists()


@pytest.mark.parametrize("umask", [0o000, 0o022], ids=oct)
@pytest.mark.parametrize("mode", [None, 0o755, 0o777], ids=str)
def test_the_journals_folder_is_private_whatever_it_was(umask, mode, tmp_path):
    """Folder, records and locks are their owner's alone, also where all could write there before."""
    folder = tmp_path / "state" / "runs"
    before = os.umask(umask)
    try:
        if mode is not None:
            folder.mkdir(parents=True)
            (folder / "edit-aaaaa.json").write_text("{}")
            folder.parent.chmod(0o700)
            folder.chmod(mode)
        journal = Journal(folder)
        journal.begin("edit-bbbbb", "edit", "mute it", Place()).end("done")
        assert open_to_others(folder.parent) == []
        folder.chmod(0o777)
        journal.tidy()
        assert open_to_others(folder.parent) == []
    finally:
        os.umask(before)


def test_a_journal_in_a_place_for_everybody_is_refused(tmp_path):
    """Where everybody may write nothing is written down, and nothing closed: a folder inside is asked for."""
    tmp_path.chmod(0o1777)
    with pytest.raises(JournalError, match="name a folder inside of it"):
        Journal(tmp_path).begin("edit-bbbbb", "edit", "mute it", Place())
    assert tmp_path.stat().st_mode & 0o7777 == 0o1777
