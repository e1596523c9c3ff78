"""What the machine of `test_machine` found once, each as a plain test."""

import errno
import gc
import os
import threading
import time
from dataclasses import replace

import pytest
from waiting import PATIENCE_S, until

from nemo_widgets import journal
from nemo_widgets.client import AsyncClient, ClientSettings
from nemo_widgets.errors import Cancelled, NotDone, OutcomeUnknown, ServerError
from nemo_widgets.journal import Journal, Place
from nemo_widgets.loop import blocking, loop, submit
from nemo_widgets.running import Connection, EditRun, ExportRun, UploadRun
from nemo_widgets.running import run as run_module
from nemo_widgets.studio.errors import Refused
from nemo_widgets.testing import FastClock


@pytest.fixture
def link(proxy, studio, clip, tmp_path):
    """A connection through the proxy, to a session with a clip."""

    async def made():
        settings = ClientSettings(attempts=1)
        client = AsyncClient(base_url=proxy.url, token=studio.token, settings=settings)
        session = await client.create_session()
        await client.upload(session.session_id, [clip])
        return Connection(client, session.session_id, journal=Journal(tmp_path / "journal"))

    found = blocking(submit(made()))
    yield found
    blocking(submit(found.client.aclose()))


def test_an_export_that_is_stopped_while_it_is_downloaded_leaves_nothing_behind(link, proxy, tmp_path):
    """Nobody goes on with a cancelled export, so what was downloaded of it goes."""
    proxy.fault(stall_after=200, of="body", only="GET /results")
    run = ExportRun(link, tmp_path / "film.mp4", output={"resolution": "64x36", "quality": "low"})
    until(lambda: list(tmp_path.glob(".film.mp4.*.part.tag")))
    run.cancel()
    with pytest.raises(Cancelled):
        run.result()
    until(lambda: run.done)
    assert not [path.name for path in tmp_path.iterdir() if "film" in path.name]


def test_an_export_goes_on_though_its_record_cannot_be_written_any_more(link, tmp_path, monkeypatch):
    """Once it was submitted, a journal on a full disk is no reason to give it up."""
    real, notes = journal.save, []

    def full(path, data):
        if data["details"].get("accepted"):
            notes.append(data["stage"])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(path, data)

    monkeypatch.setattr(journal, "save", full)
    run = ExportRun(link, tmp_path / "film.mp4", output={"resolution": "64x36", "quality": "low"}).result()
    assert (run.outcome, run.video.path.name, notes[:1]) == ("done", "film.mp4", ["sent"])


def test_what_a_killed_process_left_half_written_is_put_away(tmp_path):
    """Halves of records go, and locks of records that never were; those of a living process stay."""
    journal = Journal(tmp_path)
    living = journal.begin("edit-aaaaa", "edit", "cut", Place())
    over = journal.begin("edit-bbbbb", "edit", "cut", Place())
    over.end("done")
    halves = [tmp_path / f".edit-{name * 5}.json.0123abcd" for name in "abc"]
    for half in halves:
        half.write_text('{"id": "ed')
    old, fresh = tmp_path / "edit-ddddd.lock", tmp_path / "edit-eeeee.lock"
    for lock in (old, fresh):
        lock.touch()
    os.utime(old, (0, 0))
    journal.tidy()
    assert [path.exists() for path in (*halves, old, fresh)] == [True, False, False, False, True]
    assert {record.id for record in journal.records()} == {"edit-aaaaa", "edit-bbbbb"}
    living.end("done")


def test_a_run_that_waits_has_an_empty_stream(link):
    """Its stream can be looked at before it has begun."""

    async def waits():
        async with link.turn(lambda _: None):
            run = EditRun(link, "hello")
            found = run.events, len(run.stream), run.outcome
            run.cancel()
            return run, found

    run, found = blocking(submit(waits()))
    assert found == ([], 0, "")
    until(lambda: run.done)


def test_a_fault_of_our_own_after_an_edit_was_sent_leaves_it_to_be_attached_to(link, monkeypatch):
    """Where a bug strikes behind the message, what became of the edit is unknown, not failed."""
    monkeypatch.setattr("nemo_widgets.running.edit.Transcript.feed", lambda *_: 1 / 0)
    run = EditRun(link, 'add a title that says "Hi"')
    with pytest.raises(ZeroDivisionError):
        run.result()
    assert run.outcome == "unknown"
    assert [record.stage for record in link.journal.left()] == ["unknown"]


def test_a_stop_that_fails_when_nobody_waits_any_more_is_no_noise(link, proxy):
    """The server hears of a stop as well as it can; that it could not be told is not printed later on."""
    noise, wire = [], link.client._wire
    wire._settings = replace(wire._settings, read_s=1)
    loop().call_soon_threadsafe(loop().set_exception_handler, lambda _, context: noise.append(context))
    proxy.fault(stall_after=0, only="POST /run_sse")
    proxy.fault(stall_after=0, only="POST /studio/sessions")
    run = EditRun(link, "hello")
    until(lambda: any(exchange.path == "/run_sse" for exchange in proxy.log))
    run.cancel()
    with pytest.raises(Cancelled):
        run.result()
    until(lambda: run.done)
    stopped = time.monotonic()
    until(lambda: gc.collect() >= 0 and time.monotonic() > stopped + 2.5)
    loop().call_soon_threadsafe(loop().set_exception_handler, None)
    assert noise == []


def attached(link, run):
    """What another kernel makes of what was left behind."""
    (record,) = link.journal.left()
    assert (record.id, record.stage) == (run.id, "unknown")
    entry = link.journal.take(run.id)

    async def take_up():
        return type(run).take_up(link, entry)

    return blocking(submit(take_up())).result()


def test_an_upload_that_could_not_be_asked_for_is_left_to_be_attached_to(link, proxy, picture, truth):
    """It arrived, but nobody could tell: its outcome is unknown, not failed, and attaching finds it."""
    proxy.fault(cut_after=0, only="POST /api/upload-video", times=1)
    proxy.fault(reset_after=0, only="GET /studio/sessions")
    run = UploadRun(link, [picture])
    with pytest.raises(OutcomeUnknown, match=r"Whether dot\.png arrived can't be found out now"):
        run.result()
    assert run.outcome == "unknown"
    proxy.clear()
    assert [file.filename for file in attached(link, run).files] == ["dot.png"]
    assert truth.media(link.session_id) == ["clip.mp4", "dot.png"]


def test_an_upload_whose_second_answer_is_lost_too_is_left_to_be_attached_to(link, proxy, picture, truth):
    """Sent once more, since the studio had not got it, and again without an answer: nobody says it failed."""
    UploadRun(link, [picture]).result()
    whole = [exchange.up for exchange in proxy.log if "upload" in exchange.path][-1]
    proxy.fault(cut_after=whole - 1, direction="up", only="POST /api/upload-video", times=1)
    proxy.fault(cut_after=0, only="POST /api/upload-video", times=2)
    run = UploadRun(link, [picture])
    with pytest.raises(OutcomeUnknown):
        run.result()
    assert run.outcome == "unknown"
    proxy.clear()
    assert [file.filename for file in attached(link, run).files] == ["dot.png"]
    assert truth.media(link.session_id) == ["clip.mp4", "dot.png", "dot.png"]


def test_an_export_whose_server_is_ill_for_long_is_left_to_be_attached_to(link, monkeypatch, tmp_path):
    """A job that was submitted is rendered though its server can't be asked; attaching fetches the film."""

    async def ill(*_, **__):
        raise ServerError("The server has a fault of its own.")

    monkeypatch.setattr(link.client, "wait_render", ill)
    run = ExportRun(link, tmp_path / "film.mp4", output={"resolution": "64x36", "quality": "low"})
    with pytest.raises(ServerError):
        run.result()
    assert run.outcome == "unknown"
    monkeypatch.undo()
    assert attached(link, run).video.path == tmp_path / "film.mp4"


@pytest.mark.parametrize("ending", ["silence", "cancel"])
def test_a_message_that_is_told_as_not_made_is_not_made_later(link, studio, truth, monkeypatch, ending):
    """A message that a busy studio has not looked at yet is withdrawn before anybody says: not made."""
    store, begin = studio._backend.store.messages, studio._backend.store.messages.begin
    came, go, refused = threading.Event(), threading.Event(), threading.Event()

    def late(*args, **options):
        came.set()
        go.wait(PATIENCE_S)
        try:
            return begin(*args, **options)
        except Refused:
            refused.set()
            raise

    monkeypatch.setattr(store, "begin", late)
    monkeypatch.setattr(run_module, "_CLEANUP_S", 30)  # a busy machine takes longer
    caller, clock = link.client._caller, FastClock(1)
    caller.settings = replace(caller.settings, clock=clock)
    run = EditRun(link, 'add a title that says "Late"')
    assert came.wait(PATIENCE_S)
    if ending == "cancel":
        run.cancel()
    else:
        clock.advance(caller.settings.chat_stall_s)
    with pytest.raises(NotDone if ending == "silence" else Cancelled, match="nothing was changed"):
        run.result()
    assert run.outcome == "not done"
    go.set()
    assert refused.wait(PATIENCE_S)
    assert truth.messages(link.session_id) == []
