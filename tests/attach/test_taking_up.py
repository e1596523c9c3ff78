"""What a run makes of what it finds: files that are gone, missing folders, answers that broke off."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from types import SimpleNamespace

import pytest
from waiting import PATIENCE_S, until

import nemo_widgets as nemo
from nemo_widgets import session_base
from nemo_widgets.client import ClientSettings
from nemo_widgets.errors import Cancelled, ConnectError, DownloadError, StaleDraft, UploadError
from nemo_widgets.journal import Journal, Place, file_lock
from nemo_widgets.running import EditRun, ExportRun, UploadRun
from nemo_widgets.running.interrupted import INTERRUPTS
from nemo_widgets.session import wait_for

QUICK = ClientSettings(attempts=1, studio_poll_s=0.05)


@pytest.fixture
def home(journal, monkeypatch, tmp_path):
    """The user's home and journal are the test's."""
    monkeypatch.setenv("NEMO_JOURNAL", str(journal.folder))
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def session(studio, proxy, media, home):  # noqa: ARG001 - home comes first
    """A session of this program, which talks to the studio through the proxy."""
    made = nemo.connect(url=proxy.url, token=studio.token, settings=QUICK)
    made.upload(media.clip)
    yield made
    made.disconnect()


@pytest.fixture
def left(session, journal):
    """Makes a run of this program one that was left behind, and takes it up again."""

    def take(run, **record):
        entry = run._entry
        entry.write(**{"stage": "sent", "ended": "", **record})
        return type(run).take_up(session._connection, journal.take(run.id))

    return take


def test_what_arrived_is_done_though_its_file_is_gone(session, studio, media, left, tmp_path):
    """A file that had arrived is not missed; one that had not, and is gone or another now, is named."""
    names = ["here.png", "gone.png", "other.png"]
    files = [shutil.copy(media.dot, tmp_path / name) for name in names[:1]]
    run = session.upload(*files)
    details = run._entry.record.details
    for name in names[1:]:
        details["sources"].append({"source": str(tmp_path / name), "stamp": [1, 1]})
    (tmp_path / "here.png").unlink()
    shutil.copy(media.dot, tmp_path / "other.png")
    with pytest.raises(UploadError, match=r"(?s)gone.png is not there any more.*other.png has changed since"):
        left(run, details=details).result()
    assert studio.media(session._connection.session_id) == ["clip.mp4", "here.png"]
    details["sources"] = details["sources"][:1]
    assert [file.filename for file in left(run, details=details).result().files] == ["here.png"]
    assert isinstance(run, UploadRun)


def test_an_export_whose_folder_is_missing_waits_for_it(session, studio, journal, left, tmp_path):
    """Nothing is lost: once the folder is there again, attaching goes on. Its path is told from the home."""
    (tmp_path / "films").mkdir()
    target = tmp_path / "films" / ("長" * 80 + ".mp4")
    run = session.start_export(target, resolution="180p").result()
    assert isinstance(run, ExportRun)
    shutil.rmtree(tmp_path / "films")
    with pytest.raises(DownloadError, match=r"There is no folder ~/films\."):
        left(run).result()
    assert [record.id for record in journal.left()] == [run.id]
    (tmp_path / "films").mkdir()
    again = left(run).result()
    assert again.video.path == target
    assert len(list(target.parent.iterdir())) == 1
    assert len(studio.renders(session._connection.session_id)) == 1


def test_a_change_after_ones_own_upload_is_noticed(session, studio):
    """What stood there when one's upload had ended is what one has in mind."""
    studio.say(session._connection.session_id, "remove the first second")
    with pytest.raises(StaleDraft, match=r"Removed 0:00–0:01 of clip"):
        session.edit("add a title that says Hello")


def test_a_state_that_cannot_be_read_after_the_answer_is_read_again(session, studio, proxy):
    """The answer came to its end, but the read behind it failed: the timeline is read once more."""
    run = session.start("remove the first second, slowly")
    until(lambda: run.text)
    proxy.fault(reset_after=0, only="GET /api/state", times=1)
    studio.let()
    assert (run.result().outcome, run.read, len(run.changed) > 0) == ("done", True, True)


def test_an_answer_that_is_too_large_is_found_out(session):
    """An edit whose answer we can't take was made all the same, and is told as made."""
    small = ClientSettings(attempts=1, studio_poll_s=0.05, event_most=100)
    session._connection.client._caller.settings = small
    run = session.start("remove the first second").result()
    assert (run.outcome, run.recovered) == ("done", True)


def test_a_message_that_did_not_leave_is_not_left_behind(session, proxy, journal, monkeypatch):
    """A server that is not reached got nothing: there is nothing to find out later."""
    note = EditRun._note

    async def noted(run, **changed):
        await note(run, **changed)
        proxy.close()

    monkeypatch.setattr(EditRun, "_note", noted)
    run = session.start("remove the first second")
    with pytest.raises(ConnectError, match="Can't reach"):
        run.result()
    proxy.open()
    assert (run.outcome, journal.left(), journal.records()[0].stage) == ("not done", [], "not done")


def test_a_stop_that_comes_too_late_asks_the_ledger(session, studio, monkeypatch):
    """What others have changed meanwhile is not taken for one's own edit, nor the other way round."""
    client = session._connection.client
    key, others = session._connection.session_id, client.cancel_chat

    async def too_late(session_id, key):
        studio.let()
        await asyncio.to_thread(until, lambda: studio.messages(session_id)[0][2] == "done")
        return await others(session_id, key)

    monkeypatch.setattr(client, "cancel_chat", too_late)
    monkeypatch.setattr(
        "nemo_widgets.running.run._CLEANUP_S", PATIENCE_S
    )  # what it finds out counts here, not how soon
    run = session.start("remove the first second, slowly")
    until(lambda: run.text)
    run.cancel()
    with pytest.raises(Cancelled, match="had been made before the stop arrived"):
        run.result()
    assert (run.outcome, studio.length_ms(key)) == ("done", 2000)


def test_only_the_message_of_that_key_is_stopped(session, studio):
    """A key that no message has stops nothing, also while another message is under way."""
    run = session.start("remove the first second, slowly")
    until(lambda: run.text)
    connection = session._connection
    assert not wait_for(connection.client.cancel_chat(connection.session_id, "edit-zzzzz"))
    studio.let()
    assert run.result().outcome == "done"


def test_a_glance_does_not_keep_a_run_from_being_taken(tmp_path, monkeypatch):
    """Another kernel that just looks whether a run is carried does not make it seem so."""
    tried = threading.Event()
    journal = Journal(tmp_path)
    journal.begin("edit-abcde", "edit", "x", Place()).end("sent")
    lock = file_lock(tmp_path / "edit-abcde.json")
    lock.acquire()
    looking = threading.Thread(target=lambda: tried.wait(PATIENCE_S) and lock.release())
    looking.start()

    def pause(_):  # between two tries
        tried.set()
        looking.join()

    monkeypatch.setattr("nemo_widgets.journal.time", SimpleNamespace(sleep=pause))
    assert journal.take("edit-abcde").record.id == "edit-abcde"
    assert tried.is_set()


def test_what_died_while_it_was_written_is_swept(tmp_path):
    """Nothing stays of a record that never came to be, not even its lock."""
    journal = Journal(tmp_path)
    for name in (".edit-b.json.12", "edit-b.lock"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1, 1))
    journal.tidy()
    assert list(tmp_path.iterdir()) == []


def test_a_stop_while_a_run_is_shown_for_the_first_time_is_as_any_other(session, monkeypatch):
    """The run is there to be attached to if that Stop was the kernel's own end."""
    noted = []

    def show(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(INTERRUPTS, "note", noted.append)
    monkeypatch.setattr(session_base.live, "show", show)
    begun = session.start("remove the first second", background=False)
    assert noted == [begun]
    assert begun.ended(PATIENCE_S)
    assert begun.state == "cancelled"
