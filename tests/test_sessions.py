"""Sessions survive: they are listed, offered, opened again with all that is in them, and removed."""

import gc
import re
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from clips import code_clip

import nemo_widgets as nemo
from nemo_widgets import disk, launcher, live, session_choice, session_list
from nemo_widgets.client import ClientSettings
from nemo_widgets.disk import clean_words
from nemo_widgets.errors import NemoError, StoreError, UsageError
from nemo_widgets.file_sizes import size_words
from nemo_widgets.journal import Journal, Place
from nemo_widgets.magics import actions
from nemo_widgets.magics.completion import offers
from nemo_widgets.session import wait_for
from nemo_widgets.session_list import Known
from nemo_widgets.session_register import Noted, Register
from nemo_widgets.session_words import clips_of, moment, summary_of
from nemo_widgets.testing import ScriptedBackend

QUICK = ClientSettings(attempts=1, studio_poll_s=0.05)
TOKEN = "nmv_usr_" + "t" * 40


@pytest.fixture(scope="session")
def clip(tmp_path_factory):
    return code_clip(tmp_path_factory.mktemp("sessions") / "solar.mp4", frames=90, size=(64, 36), audio=None)


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A user's machine with nothing on it. `cards` is what was shown; `restart` is a new kernel."""
    for name, path in {"HOME": "home", "NEMO_JOURNAL": "runs", "NEMO_STUDIO_DATA": "data"}.items():
        monkeypatch.setenv(name, str(tmp_path / path))
    for name in ("NEMO_TOKEN", "NEMO_API_URL", "NEMO_CLIENT_ID"):
        monkeypatch.delenv(name, raising=False)
    cards = []
    monkeypatch.setattr(live, "show_markdown", lambda words, *_: cards.append(words))

    def restart():
        try:
            nemo.current().disconnect()
        except NemoError:
            launcher.stop()

    yield SimpleNamespace(folder=tmp_path, cards=cards, restart=restart)
    restart()


@pytest.fixture
def left(machine, clip):
    """What a kernel left behind that is gone: a session with a clip and two edits."""
    session = nemo.connect(local=True, skill="ai-video-editor-gpt")
    session.upload(clip)
    session.edit("remove the first second")
    session.edit('add a title that says "Sun" for the first second')
    place = session._connection.place
    machine.restart()
    machine.cards.clear()
    return place


@pytest.fixture
def cloud(machine):
    """A server that is no studio, so that it has no list of sessions."""
    del machine
    with ScriptedBackend() as backend:
        yield backend


def at_cloud(cloud, **options):
    return nemo.connect(url=cloud.url, settings=QUICK, **options)


# -- the local studio -------------------------------------------------------------------------------


def test_a_new_kernel_is_offered_the_last_session(machine, left):
    """The connect card says what there is to go on with, and how; it opens nothing by itself."""
    session = nemo.connect(local=True)
    (name,) = nemo.sessions().name
    (card,) = machine.cards
    assert "This is a **new, empty session**." in card
    assert "Go on with `solar.mp4`, 2 segments, 0:02 long, used " in card
    assert f"`%nemo open {name}` · 1 session, " in card
    assert session._connection.session_id != left.session_id
    assert not session.draft


@pytest.mark.usefixtures("left")
def test_what_a_notebook_works_with_is_not_offered_to_it(machine, monkeypatch):
    """A session in one of its variables is no news to it, until it is disconnected."""
    held = nemo.connect(session="solar")
    monkeypatch.setattr(sys.modules["__main__"], "held", held, raising=False)
    nemo.connect(local=True)
    assert "Go on" not in machine.cards[-1]
    assert (
        "This is a **new, empty session**.\n\nWhat was done before is kept: `%nemo open solar-"
        in machine.cards[-1]
    )
    actions.perform(SimpleNamespace(user_ns={}), "segments", None)
    assert machine.cards[-1].startswith("Nothing is here yet: `%nemo upload FILE`")
    held.disconnect()
    machine.restart()
    nemo.connect(local=True)
    assert "Go on with `solar.mp4`" in machine.cards[-1]


@pytest.mark.usefixtures("left")
def test_the_card_speaks_the_language_that_was_chosen(machine):
    """In Chinese where, what to try and what to go on with; only names, commands and figures are Latin."""
    nemo.connect(local=True, language="zh-CN")
    first, hint, new, offer = machine.cards[-1].split("\n\n")
    assert first.startswith("已连接**本机的工作室** · 技能 **")
    assert hint.startswith("试试：*")
    assert new == "这是一个**新的空会话**。"
    told = r"接着做？`solar\.mp4`，2 个片段，时长 0:02，\d\d:\d\d 用过： `%nemo open solar-\w+` · 共 1 个会话"
    assert re.match(told, offer)


def test_what_the_card_before_it_told_is_not_told_again(machine, left):
    """Of the session that is opened then; where, and what is left behind, was said. Alone it says all."""
    connected = f"Connected to {nemo.connect(local=True, skill='ai-video-editor-gpt').where}"
    nemo.connect(session=left.session_id)
    before, after = (card.split("\n\n") for card in machine.cards)
    assert before[0].startswith(connected)
    assert after[0].startswith("**solar-")
    assert not set(before) & set(after)
    machine.restart()
    for again in ({"session": left.session_id}, {"session": left.session_id}, {"local": True}):
        nemo.connect(**again)
        assert machine.cards[-1].startswith(connected), "a cell that is run again says all of it again"


def test_nothing_is_offered_where_there_is_nothing(machine):
    """On a new machine, and after sessions in which nothing was done, the card offers nothing."""
    nemo.connect(local=True)
    nemo.connect(local=True)
    assert not any("Go on" in card for card in machine.cards)


def test_an_opened_session_goes_on(machine, left, clip):
    """Timeline, skill, undo and redo are as they were left; the first edit and an export go well."""
    session = nemo.connect(session="solar")
    assert session._connection.session_id == left.session_id
    assert (session.local, session.skill.name) == (True, "ai-video-editor-gpt")
    assert session.draft.segments.name.tolist() == ["solar", "Sun"]
    assert "**solar-" in machine.cards[-1]
    assert "Try:" not in machine.cards[-1]
    assert session.edit("undo").outcome == "done", "no StaleDraft"
    session.edit("undo")
    assert session.draft.duration_ms == 3000
    session.edit("redo")
    session.upload(clip)
    assert session.export(machine.folder / "film.mp4", resolution="64x36").size > 0
    assert len(nemo.runs()) == 8


def test_what_a_new_session_ends_is_said(machine, clip):
    """An export in the background of the session before does not just vanish."""
    session = nemo.connect(local=True)
    session.upload(clip)
    run = session.start_export(machine.folder / "late.mp4", resolution="1080p")
    nemo.connect(local=True)
    assert run.state == "cancelled"
    assert "mp4: Export cancelled" in machine.cards[-1]
    nemo.connect(local=True)
    assert "Export cancelled" not in machine.cards[-1]


@pytest.mark.usefixtures("left")
def test_an_opened_session_plays_what_it_exported(machine):
    """`%nemo play` in a new kernel plays the session's last film that is still there, and no other's."""
    session = nemo.connect(session="solar")
    film, gone = machine.folder / "film.mp4", machine.folder / "gone.mp4"
    for path in (film, gone):
        session.export(path, resolution="64x36")
    gone.unlink()
    machine.restart()
    assert "film.mp4" in repr(nemo.connect(session="solar").play())
    nemo.current().disconnect()
    with pytest.raises(UsageError, match="Nothing has been exported yet"):
        nemo.connect(local=True).play()


def test_what_is_open_here_is_opened_for_nothing(left):
    """Opening the session that one is in changes nothing; another skill makes it work with that."""
    session = nemo.connect(session=left.session_id)
    run = session.edit("how long is it?")
    assert nemo.connect(session="solar") is session
    assert session.runs == [run]
    other = nemo.connect(session="solar", skill="video-making-ai")
    assert (other is session, other.skill.name) == (False, "video-making-ai")
    assert other._connection.session_id == left.session_id


def test_sessions_are_a_table(left):
    """Every session has a row: id, name, place, skill, clips, segments, length, last use, size, note."""
    made = nemo.sessions()
    assert made.index.name == "session"
    assert made.index.tolist() == [left.session_id]
    row = made.iloc[0]
    assert (row.place, row.skill, row.clips) == ("this machine", "ai-video-editor-gpt", "solar.mp4")
    assert (row.segments, row.duration_ms, row.note) == (2, 2000, "")
    assert row["size_bytes"] > 1000
    assert abs(row.used.to_pydatetime() - datetime.now(UTC).replace(tzinfo=None)) < timedelta(minutes=1)
    nemo.connect(local=True)
    assert len(nemo.sessions()) == 1
    assert nemo.sessions(empty=True).note.tolist() == ["open here", ""]
    for empty in (False, True):  # as many are counted as are listed
        words = disk.disk_words(session_list.known(), empty=empty)
        assert words.startswith(f"{len(nemo.sessions(empty=empty))} session")


def test_run_all_again_and_again_leaves_no_empty_session_behind(machine, clip):
    """Who connects three times and does nothing leaves one; what was uploaded to stays."""
    for _ in range(3):
        nemo.connect(local=True)
        gc.collect()
    assert len(nemo.sessions(empty=True)) == 2, "this one, and the one that was in use as it was made"
    machine.restart()
    for _ in range(3):
        nemo.connect(local=True).upload(clip)
    machine.restart()
    nemo.connect(local=True)
    gc.collect()
    assert nemo.sessions(empty=True).segments.tolist() == [0, 1, 1, 1]
    assert nemo.sessions(empty=True).note.tolist() == ["open here", "", "", ""]
    assert "Go on with `solar.mp4`" in machine.cards[-1]


@pytest.mark.usefixtures("machine")
def test_no_session_goes_that_somebody_may_still_use():
    """Not one that a variable holds, that another made, or in which a run was left behind."""
    held = [nemo.connect(local=True) for _ in range(3)]
    client = held[-1]._connection.client
    other = wait_for(client.create_session("en")).session_id
    place = replace(held[0]._connection.place, session_id=other)
    Register().mark(place)
    entry = Journal().begin("edit-left2", "edit", "cut", place)
    entry._lock.release()
    theirs = wait_for(client.create_session("en")).session_id
    nemo.connect(local=True)
    there = set(nemo.sessions(empty=True).index)
    assert {one._connection.session_id for one in held} | {other, theirs} <= there
    held.clear()
    Journal().take("edit-left2").end("cancelled")
    gc.collect()
    nemo.connect(local=True)
    assert theirs in (there := set(nemo.sessions(empty=True).index))
    assert other not in there


@pytest.mark.usefixtures("left")
def test_a_listing_leads_with_the_short_name_and_leaves_nothing_out(machine, monkeypatch):
    """`%nemo sessions` shows names first; of many rows the latest, with a line; what is assigned is all."""
    user = SimpleNamespace(user_ns={})
    shown = actions.perform(user, "sessions", None)
    assert shown.index.name == "name"
    assert shown.columns[-1] == "session"
    assert actions.perform(user, "sessions", None, assigned=True).equals(nemo.sessions())
    monkeypatch.setattr(actions, "_LISTED", 2)
    runs = nemo.runs()
    assert actions.perform(user, "runs", None).equals(runs.head(2))
    assert machine.cards[-1] == f"The latest 2 of {len(runs)} runs; all: `runs = %nemo runs`"
    assert actions.perform(user, "runs", None, assigned=True).equals(runs)


@pytest.mark.usefixtures("left")
def test_the_table_needs_no_session(machine, monkeypatch):
    """A program that has not connected sees the sessions, too; without any there is an empty table."""
    assert nemo.sessions().clips.tolist() == ["solar.mp4"]
    nemo.delete_session("solar")
    assert nemo.sessions().empty
    launcher.stop()
    monkeypatch.setenv("NEMO_STUDIO_DATA", str(machine.folder / "other"))
    assert nemo.sessions().empty
    assert not (machine.folder / "other").exists(), "looking makes nothing"


def test_another_data_folder_is_opened_by_its_session(machine, clip, left):
    """A session of a studio over another folder is listed, and opening it starts the studio there."""
    other = nemo.connect(local=True, data=machine.folder / "elsewhere")
    other.upload(clip, clip)
    machine.restart()
    found = nemo.sessions()
    assert sorted(found.segments) == [2, 2]
    name = found.name[found.index != left.session_id].item()
    assert nemo.connect(session=name).draft.segments.name.tolist() == ["solar", "solar"]
    assert nemo.current()._connection.place.studio == str(machine.folder / "elsewhere")
    with pytest.raises(UsageError, match="no session"):
        nemo.connect(session="solar-nope", local=True)


def test_what_another_kernel_has_open_is_said(machine, left):
    """Opening it is allowed, and said; clean and delete leave it alone."""
    hold = Register().hold(left)
    assert nemo.sessions().note.tolist() == ["open in another kernel"]
    with pytest.raises(UsageError, match="open in another kernel"):
        nemo.delete_session("solar")
    nemo.connect(session="solar")
    assert "Another kernel has it open, too" in machine.cards[-1]
    hold.close()
    machine.restart()
    nemo.connect(session="solar")
    assert "Another kernel" not in machine.cards[-1]


def test_a_session_in_use_elsewhere_is_not_offered(machine, left):
    """What another kernel works on just now is not offered to go on with."""
    hold = Register().hold(left)
    nemo.connect(local=True)
    assert "Go on" not in machine.cards[-1]
    hold.close()


def test_deleting_removes_it_for_good(machine, left):
    """A deleted session leaves neither files nor a row, and can't be opened; the one in use is refused."""
    nemo.connect(session="solar")
    with pytest.raises(UsageError, match="open here"):
        nemo.delete_session("solar")
    nemo.connect(local=True)
    assert nemo.delete_session("solar") > 1000
    assert list((machine.folder / "data" / "media").iterdir()) == []
    assert Register().get(left) is None
    with pytest.raises(UsageError, match="no session 'solar'"):
        nemo.connect(session="solar")


def test_what_the_studio_removed_is_no_longer_listed(left):
    """Where a session went by another way, its note goes, too."""
    store = launcher.studio()._backend.store
    store.clearing.forget("local", left.session_id)
    assert nemo.sessions().empty
    assert Register().all() == []


@pytest.mark.usefixtures("left")
def test_clean_is_told_first(machine):
    """`nemo.clean()` is a table of what can go and why; with `yes` it goes, and the session does not.

    An export has the name under which it was saved, never that of a clip alone.
    """
    session = nemo.connect(session="solar")
    session.export(machine.folder / "film.mp4", resolution="64x36")
    told = nemo.clean()
    assert told.columns.tolist() == ["kind", "name", "session", "size_bytes", "why"]
    assert told[["kind", "name", "why"]].to_numpy().tolist() == [["export", "film.mp4", "was downloaded"]]
    for file in Journal().folder.glob("export-*.json"):
        file.unlink()
    assert nemo.clean().name.item().startswith("export of "), "the journal knows it no more"
    assert told.session.item() == nemo.sessions().name.item()
    assert len(list((machine.folder / "data" / "results").iterdir())) == 1
    gone = nemo.clean(yes=True)
    assert gone.drop(columns="name").equals(told.drop(columns="name"))
    assert "every file beside the notebook" in clean_words(gone, yes=True)
    assert list((machine.folder / "data" / "results").iterdir()) == []
    assert nemo.clean().empty
    assert session.draft.duration_ms == 2000
    assert (machine.folder / "film.mp4").exists()


def test_clean_keeps_what_a_run_waits_for(machine, left):
    """A result that an export left behind may yet want stays, however often it was fetched."""
    session = nemo.connect(session="solar")
    run = session.start_export(machine.folder / "film.mp4", resolution="64x36", background=False)
    run.result()
    entry = Journal().begin("export-aaaaa", "export", "film.mp4", left, render_id=run.render_id)
    assert nemo.clean().empty
    entry.end("done")
    assert len(nemo.clean()) == 1


def test_clean_wants_a_studio(cloud):
    """Where no studio is, it is said that there is nothing to clean."""
    at_cloud(cloud)
    with pytest.raises(UsageError, match="no studio here"):
        nemo.clean()


def test_a_studio_that_cannot_start_is_told(machine, monkeypatch):
    """Where its folder or a setting is impossible, connecting says why; sessions elsewhere are listed."""
    (machine.folder / "data").mkdir()
    (machine.folder / "data" / "studio.sqlite3").write_text("no database at all, but long enough " * 9)
    with pytest.raises(NemoError, match="not a studio's database"):
        nemo.connect(local=True)
    assert nemo.sessions().empty
    monkeypatch.setenv("NEMO_STUDIO_KEEP_DAYS", "week")
    with pytest.raises(NemoError, match="NEMO_STUDIO_KEEP_DAYS is a number"):
        nemo.connect(local=True)


def test_sessions_of_a_folder_that_is_gone_are_not_said_to_be_none(machine, left):
    """A studio that can't read its folder says so; with the folder back its sessions are listed again."""
    nemo.connect(local=True)
    away = (machine.folder / "data").rename(machine.folder / "away")
    with pytest.raises(StoreError, match="folder is not there any more"):
        nemo.sessions()
    away.rename(machine.folder / "data")
    assert nemo.sessions().index.tolist() == [left.session_id]


# -- what was asked before --------------------------------------------------------------------------


@pytest.fixture
def asking(machine, left):
    """A session in which the agent has asked something, left by the kernel that heard it; the question."""
    question = nemo.connect(session=left.session_id).edit("cut 1 second").question
    assert question is not None
    machine.restart()
    machine.cards.clear()
    return question


def test_a_question_is_known_again(machine, asking):
    """A new kernel's card shows what the agent asked last, and its numbers answer it there, once."""
    session = nemo.connect(session="solar")
    assert all(option.label in machine.cards[-1] for option in asking.items[0].options)
    assert asking.example() in machine.cards[-1]
    session.edit("paint it pink")  # a refusal leaves it open
    run = session.answer(1)
    assert (run.request, run.outcome) == (asking.items[0].options[0].label, "done")
    machine.restart()
    session = nemo.connect(session="solar")
    assert asking.example() not in machine.cards[-1]
    with pytest.raises(UsageError, match="has not asked anything"):
        session.answer(1)


def test_a_question_that_nobody_wrote_down_is_told(machine, asking):
    """Where the choices are not known here any more that is said, with the words and what to do."""
    for path in (machine.folder / "runs").glob("*.json"):
        path.unlink()
    session = nemo.connect(session="solar")
    assert asking.example() not in machine.cards[-1]
    with pytest.raises(UsageError, match="not known here any more") as gone:
        session.answer(1)
    assert asking.items[0].prompt in gone.value.message
    assert gone.value.hint == "Answer it in words: `%nemo edit …`."
    assert session.runs == []


def test_a_clouds_question_is_known_again(machine, cloud, clip):
    """A cloud keeps no list of messages: the journal tells what was asked last, and whether it is open."""
    choices = {
        "title": "Which?",
        "questions": [{"id": "q", "prompt": "Which?", "options": ["left", "right"]}],
    }
    call = {"content": {"parts": [{"functionCall": {"id": "c", "name": "ask_question", "args": choices}}]}}
    session = at_cloud(cloud)
    session.upload(clip)
    cloud.reply(events=[call])
    assert session.edit("cut a side").outcome == "asked"
    machine.restart()
    session = nemo.connect(session="solar", settings=QUICK)
    assert "right" in machine.cards[-1]
    cloud.reply("Cut it.")
    session.answer("2")
    assert cloud.messages == ["cut a side", "right"]
    machine.restart()
    with pytest.raises(UsageError, match="has not asked anything"):
        nemo.connect(session="solar", settings=QUICK).answer("2")


# -- a cloud ----------------------------------------------------------------------------------------


def test_a_clouds_session_is_offered_and_opened(machine, cloud, clip):
    """The cloud has no list: what is kept here offers the last session, listed with its place and skill."""
    at_cloud(cloud, skill="video-making-ai", language="zh-CN").upload(clip)
    machine.restart()
    session = at_cloud(cloud)
    assert "Go on with `solar.mp4`, 1 segment, 0:10 long, used " in machine.cards[-1]
    assert "on the disk" not in machine.cards[-1]
    row = nemo.sessions().iloc[0]
    assert (row.place, row.skill, row.clips) == ("127.0.0.1", "video-making-ai", "solar.mp4")
    assert nemo.sessions()["size_bytes"].isna().all()
    opened = nemo.connect(session=row["name"], settings=QUICK)
    assert opened is not session
    assert (opened.local, opened.skill.name) == (False, "video-making-ai")
    assert opened._connection.place.language == "zh-CN"
    assert opened.edit("cut it").outcome == "done"
    assert cloud.messages == ["cut it"]


def test_what_the_cloud_does_not_know_any_more_is_not_offered(machine, cloud, clip):
    """A session that was deleted or emptied there is passed over; the one before it is offered."""
    for name in ("first", "second", "third"):
        at_cloud(cloud).upload(_named(clip, machine.folder / f"{name}.mp4"))
    ids = list(cloud._memory.sessions)
    cloud._memory.sessions["gone"] = cloud._memory.sessions.pop(ids[2])
    cloud._memory.sessions[ids[1]].draft = {}
    machine.restart()
    at_cloud(cloud)
    assert "Go on with `first.mp4`" in machine.cards[-1]
    with pytest.raises(UsageError, match="does not know third-"):
        nemo.connect(session="third", settings=QUICK)
    assert nemo.current()._connection.session_id not in ids, "the session one was in is still the current one"


def test_a_session_of_a_token_that_ended_is_said_so(machine, cloud, clip):
    """Its row says that its anonymous token has ended; it is not offered, and failing to open says why."""
    session = at_cloud(cloud)
    session.upload(clip)
    place = session._connection.place
    assert Register().get(place).expires > datetime.now(UTC).isoformat(), "a week from now"
    ended = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="milliseconds")
    Register().note(place, session.draft, expires=ended)
    machine.restart()
    at_cloud(cloud)
    assert "Go on" not in machine.cards[-1]
    assert nemo.sessions().note.tolist() == ["its anonymous token has ended"]
    del cloud._memory.sessions[place.session_id]
    with pytest.raises(UsageError) as failed:
        nemo.connect(session="solar", settings=QUICK)
    assert "token ended" in failed.value.hint


def test_no_token_is_ever_noted(cloud, clip):
    """Neither an anonymous token nor a given one is in any file of the list."""
    at_cloud(cloud).upload(clip)
    at_cloud(cloud, token=TOKEN).upload(clip)
    notes = [path.read_text() for path in Register().folder.glob("*.json")]
    assert len(notes) == 2
    assert not any(TOKEN in note or "nmv_usr" in note for note in notes)
    assert [Register().all()[i].expires != "" for i in range(2)] == [False, True]


def test_a_clouds_session_is_taken_off_the_list(machine, cloud, clip):
    """There is no way to remove it there: it is said so, and it is listed no more; nothing is sent."""
    at_cloud(cloud).upload(clip)
    at_cloud(cloud)
    sent = len(cloud.requests)
    name = nemo.sessions().name.item()
    told = disk.forget("solar", yes=False)
    assert told.endswith(f"would be taken off this list: `%nemo sessions --forget {name} --yes`")
    assert len(nemo.sessions()) == 1
    assert disk.forget("solar", yes=True).endswith("Its server may still have it.")
    assert nemo.sessions().empty
    assert len(cloud.requests) == sent
    machine.restart()
    at_cloud(cloud)
    assert "Go on" not in machine.cards[-1]


def test_a_whole_id_that_is_in_no_list_is_asked_for(cloud):
    """A session that was made elsewhere is opened by its id, at the server that is named."""
    made = cloud._memory.make("project", "en")
    assert at_cloud(cloud, session=made.id)._connection.session_id == made.id
    with pytest.raises(UsageError, match="does not know"):
        at_cloud(cloud, session="5529799999999999999")


def test_another_accounts_sessions_stay_in_the_list(machine, clip, tmp_path):
    """With another token on the same studio the first one's sessions are not shown, and not forgotten."""
    from nemo_widgets.studio.launch import launch

    studio = launch(tmp_path / "served", token=TOKEN)
    try:
        nemo.connect(url=studio.url, token=TOKEN, settings=QUICK).upload(clip)
        nemo.connect(url=studio.url, settings=QUICK)
        assert nemo.sessions().empty
        nemo.connect(url=studio.url, token=TOKEN, settings=QUICK)
        assert "Go on with `solar.mp4`" in machine.cards[-1]
        assert nemo.sessions().clips.tolist() == ["solar.mp4"]
        assert len(Register().all()) == 1
    finally:
        machine.restart()
        studio.stop()


def test_a_served_studios_sessions_are_its_own_list(machine, clip, tmp_path):
    """Of a studio by itself the sessions are listed and opened by name, though nothing was noted here."""
    from nemo_widgets.studio.launch import launch

    studio = launch(tmp_path / "served", token=TOKEN)
    try:
        nemo.connect(url=studio.url, token=TOKEN, settings=QUICK).upload(clip)
        machine.restart()
        for path in Register().folder.glob("*.json"):
            path.unlink()
        opened = nemo.connect(session="solar", url=studio.url, token=TOKEN, settings=QUICK)
        assert opened.draft.segments.name.tolist() == ["solar"]
        assert nemo.sessions()[["place", "note"]].to_numpy().tolist() == [["127.0.0.1", "open here"]]
    finally:
        machine.restart()
        studio.stop()


# -- names and words --------------------------------------------------------------------------------


def _named(clip, path):
    path.write_bytes(clip.read_bytes())
    return path


def _known(*clips):
    ids = (str(5529700000000000000 + 111 * i) for i in range(9))
    return [Known(Noted(Place("http://x", next(ids)), (clip,))) for clip in clips]


@pytest.mark.parametrize("pick", [
    lambda one: one.id, lambda one: one.noted.name, lambda one: one.noted.name.upper(),
    lambda one: one.noted.name[-4:], lambda _: "harb", lambda one: f" {one.noted.name[:-2]} ",
])  # fmt: skip
def test_a_session_is_found_by_what_tells_it(pick):
    """Its id, its short name, the letters of its own, or what one begins with."""
    among = _known("solar.mp4", "harbour.mp4", "solar.mp4")
    assert session_choice.find(pick(among[1]), among) is among[1]


@pytest.mark.parametrize(("wanted", "words"), [
    ("solar", "Several sessions begin with 'solar': solar-"),
    ("5529", "Several sessions begin with '5529': "),
    ("", "There is no session ''"),
    ("solr", "Did you mean solar-"),
    ("zzz", "`%nemo sessions` lists them"),
])  # fmt: skip
def test_what_tells_no_session_is_refused_with_near_ones(wanted, words):
    """An ambiguous or unknown name is refused; what is near is named."""
    with pytest.raises(UsageError) as refused:
        session_choice.find(wanted, _known("solar.mp4", "harbour.mp4", "solar.mp4"))
    assert words in f"{refused.value.message} {refused.value.hint}"


def test_names_are_completed(left):
    """`%nemo open <TAB>` offers short names and ids, without starting anything."""
    name = Register().all()[0].name
    assert offers(" open ") == [name]
    assert offers(f" open {left.session_id[:3]}") == [left.session_id]
    assert offers(" open sol") == [name]
    assert offers(" sessions --forget sol") == [name]
    assert launcher._running == {}


def test_words_for_people():
    """Sizes, moments and many clips are told briefly."""
    assert [size_words(n) for n in (12, 4321, 541_000_000, 5_200_000_000)] == [
        "12 bytes", "4.3 kB", "541 MB", "5.2 GB",
    ]  # fmt: skip
    now = datetime.now(UTC)
    assert moment(now.isoformat()) == f"{now.astimezone():%H:%M}"
    assert moment("2001-02-03T10:00:00+00:00").endswith("Feb 2001")
    assert clips_of(Noted(Place(), ("a", "b", "c", "d", "e"))) == "a, b, c and 2 more"


def test_a_clips_name_is_only_a_name():
    """Whatever a file is called, it is shown as its name: no Markdown, no line, no escape sequence."""
    noted = Noted(Place(), ("*<b>`x`\n\x1b[31m[y](z).mp4", "n" * 200), 1)
    told = summary_of(noted)
    assert told.startswith("`*<b>'x' [y](z).mp4`, `nnn")
    assert "\x1b" not in told
    assert len(told) < 120


# -- servers that count their sessions alike --------------------------------------------------------


@pytest.fixture
def two(machine, clip):
    """Two servers whose first sessions have one id; a kernel left an edit behind at the first one."""
    del machine
    with ScriptedBackend() as first, ScriptedBackend() as second:
        place = None
        for backend in (first, second):
            session = at_cloud(backend, token=TOKEN)
            session.upload(clip)
            place = place or session._connection.place
        assert session._connection.session_id == place.session_id
        Journal().begin("edit-22222", "edit", "cut it", place, before={}).end("unknown")
        yield SimpleNamespace(first=first, second=second, place=place, here=session)


def test_sessions_of_two_servers_are_two_whatever_their_ids(two):
    """Both are listed; of one name, that of the server one is with is opened, and else both are named."""
    listed = nemo.sessions()
    assert listed.index.tolist() == [two.place.session_id] * 2
    name = listed["name"].iloc[0]
    assert nemo.connect(session=name, token=TOKEN, settings=QUICK)._connection.place.api == two.second.url
    nemo.current().disconnect()
    with pytest.raises(UsageError) as told:
        nemo.connect(session=name, settings=QUICK)
    assert two.first.url in told.value.message
    assert two.second.url in told.value.message
    assert "url=" in told.value.hint


def test_a_run_is_taken_up_at_its_own_server(two):
    """Its outcome is asked of the server that has it, with one's settings, but no other server's token."""
    before = len(two.first.requests), len(two.second.requests)
    settings = two.here._connection.client.settings
    assert nemo.attach("edit-22222").outcome == "done"
    there = nemo.current()._connection
    assert there.place.api == two.first.url
    assert there.client.settings is settings
    assert len(two.second.requests) == before[1]
    assert any("anonymous-token" in asked.path for asked in two.first.requests[before[0] :])


def test_a_run_of_another_session_is_taken_up_with_the_token_of_its_server(two):
    """Whoever is connected to a server with a token goes on with all that was left behind there."""
    at_cloud(two.first, token=TOKEN)
    before = len(two.first.requests)
    assert nemo.attach("edit-22222").outcome == "done"
    asked = [request.path for request in two.first.requests[before:]]
    assert asked
    assert not any("anonymous-token" in path for path in asked)


def test_what_was_left_behind_here_comes_first(two):
    """`%nemo attach` without a name takes the last run of the server that one is with, else of any other."""
    place = two.here._connection.place
    assert actions._left_behind() == "edit-22222"
    Journal().begin("edit-33333", "edit", "cut it", place).end("unknown")
    Journal().begin("edit-44444", "edit", "cut it", two.place).end("unknown")
    assert actions._left_behind() == "edit-33333"
