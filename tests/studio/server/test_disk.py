"""A disk that does not do its part: every turn ends, what is wrong is said, and all goes on once it does."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from limits import within
from slow_exports import SlowExports
from studio.server.processes import Process
from waiting import PATIENCE_S, until

from nemo_widgets import launcher
from nemo_widgets.errors import ConnectError, NemoError
from nemo_widgets.studio import exports
from nemo_widgets.studio.launch import launch
from nemo_widgets.studio.settings import Settings
from nemo_widgets.studio.store import Store, StoreError, database
from nemo_widgets.studio.store.shelf import Shelf

SMALL = {"resolution": "180p", "quality": "low"}
_WRITES = ("BEGIN", "INSERT", "UPDATE", "DELETE")
UNSTORED = 507


@pytest.fixture(autouse=True)
def quick_pulse(monkeypatch):
    """What could not be written is tried again soon."""
    monkeypatch.setattr(exports, "_TICK_S", 0.1)


class Failing(sqlite3.Connection):
    """SQLite as it is over a bad disk: statements that begin with one of `words` fail with `code`."""

    code, words = 0, _WRITES

    def execute(self, statement, values=()):
        if Failing.code and statement.startswith(Failing.words):
            error = sqlite3.OperationalError("as SQLite says it")
            error.sqlite_errorcode = Failing.code
            raise error
        return super().execute(statement, values)


@pytest.fixture
def failing(monkeypatch):
    """Switches the faults of all databases that are opened from now on."""
    real = sqlite3.connect
    monkeypatch.setattr(database.sqlite3, "connect", lambda *a, **o: real(*a, factory=Failing, **o))
    monkeypatch.setattr(database, "_BUSY_S", 0.3)
    monkeypatch.setattr(Failing, "code", 0)
    monkeypatch.setattr(Failing, "words", _WRITES)

    def fail(code, words=_WRITES):
        monkeypatch.setattr(Failing, "words", words)
        monkeypatch.setattr(Failing, "code", code)

    return fail


@pytest.fixture
def lab(failing, start, connect, picture):
    """A studio over a disk that may fail, and a session with a picture in it."""
    studio = start()
    client = connect(studio)
    session = client.session()
    client.upload(session, picture)
    return SimpleNamespace(studio=studio, client=client, session=session, fail=failing, picture=picture)


def _background(work):
    answers = []
    thread = threading.Thread(target=lambda: answers.append(work()))
    thread.start()
    return thread, answers


def _held(client, session, agent, text="hold x"):
    """A message that has begun."""
    talk = _background(lambda: client.say(session, text))
    assert agent.began.acquire(timeout=PATIENCE_S)
    return talk


def _submit(client, session, render_id):
    body = {"id": render_id, "sessionId": session, "draft": client.state(session)["draft"], "output": SMALL}
    return client.post("/api/render/proxy/lambda", json=body).json()


def _status(client, render_id):
    return client.get(f"/api/render/proxy/lambda/{render_id}").json()


def _ended(client, render_id):
    until(lambda: _status(client, render_id)["status"] in ("completed", "failed"))
    return _status(client, render_id)


def _written(studio, statement):
    """What really stands in the file."""
    with closing(sqlite3.connect(studio.data / "studio.sqlite3", timeout=PATIENCE_S)) as base:
        return base.execute(statement).fetchall()


@pytest.mark.parametrize(
    ("code", "language", "word"),
    [
        (sqlite3.SQLITE_FULL, "en", "no room left on the studio's disk"),
        (sqlite3.SQLITE_FULL, "zh-CN", "没有空间"),
        (sqlite3.SQLITE_IOERR_WRITE, "en", "input/output error"),
        (sqlite3.SQLITE_READONLY, "en", "can only be read"),
        (sqlite3.SQLITE_CANTOPEN, "en", "permission denied"),
        (sqlite3.SQLITE_BUSY, "en", "held by another program"),
    ],
)
def test_turn_ends_though_its_end_cannot_be_written(lab, agent, code, language, word):
    """The stream ends and says why, and the ledger does, at once; nothing is kept, and all goes on later."""
    studio, client, picture = lab.studio, lab.client, lab.picture
    session = client.session(language=language)
    client.upload(session, picture)
    talk, answers = _held(client, session, agent)
    lab.fail(code)
    agent.go.set()
    talk.join(PATIENCE_S)
    told = answers[0][-1]
    assert told["errorCode"] == str(UNSTORED)
    assert word in told["errorMessage"]
    (line,) = client.ledger(session)
    assert (line["status"], line["error"], line["version"]) == ("failed", told["errorMessage"], None)
    assert _written(studio, "SELECT status FROM messages") == [("running",)], "it could not be written"
    for answer in (client.tell(session, "title no"), client.upload(session, picture)):
        assert answer.json()["code"] == UNSTORED
    assert _submit(client, session, "r1")["code"] == UNSTORED
    assert client.state(session)["draft"]["m"]["title"] == "beach"

    lab.fail(0)
    until(lambda: _written(studio, "SELECT status FROM messages") == [("failed",)])
    assert client.say(session, "title Evening")[-1]["turnComplete"]
    assert client.state(session)["draft"]["m"]["title"] == "Evening"
    assert client.upload(session, picture).json()["code"] == 0
    assert _submit(client, session, "r1")["status"] == "pending"
    assert _ended(client, "r1")["status"] == "completed"
    assert list((studio.data / "incoming").iterdir()) == []


def test_damaged_database_is_told_wherever_it_is_read(lab, agent):
    """Where nothing can be read, either, every request is answered with one sentence, and the turn ends."""
    client, session = lab.client, lab.session
    talk, answers = _held(client, session, agent)
    lab.fail(sqlite3.SQLITE_CORRUPT, (*_WRITES, "SELECT"))
    agent.go.set()
    talk.join(PATIENCE_S)
    assert "database is damaged" in answers[0][-1]["errorMessage"]
    for path in (
        f"studio/sessions/{session}/messages",
        "studio/sessions",
        "media/x/y.png",
        "results/x/y.mp4",
    ):
        answer = client.get(f"/{path}")
        assert (answer.status_code, answer.json()["code"]) == (UNSTORED, UNSTORED)
        assert "database is damaged" in answer.json()["message"]
    assert client.get("/studio/health").json()["ok"]


NO_TEXT = "CAST(x'ff' AS TEXT)"
"""What bits that turned over leave of a text, as SQL."""
STRANGE = [
    ("media", "width", b"\xff"), ("media", "fps", "../x"),
    ("media", "notes", "[[1, 2"), ("media", "tracks", "{}"),
    ("sessions", "name", b"\xff"), ("sessions", "created", "today"), ("drafts", "data", "[]"),
    ("drafts", "data", "{"), ("drafts", "base", 1), ("drafts", "base", 2**62),
    ("messages", "text", b"\xff"), ("users", "credits", "many"),
    ("sessions", "name", NO_TEXT), ("drafts", "data", NO_TEXT), ("messages", "text", NO_TEXT),
]  # fmt: skip


def test_what_nobody_wrote_in_the_database_is_told_as_damage(start, connect, picture):
    """Another type than the column's, no JSON, a version based on itself: one sentence each time."""
    studio = start()
    client = connect(studio)
    session = client.session()
    client.upload(session, picture)
    client.say(session, "hello")
    asked = [
        f"/studio/sessions/{session}/media",
        f"/studio/sessions/{session}/messages",
        f"/api/state/nemo_agent/me/{session}/latest",
        "/studio/sessions",
        "/api/credits/balance/simple",
    ]
    for table, column, value in STRANGE:
        with closing(sqlite3.connect(studio.data / "studio.sqlite3", timeout=PATIENCE_S)) as base:
            ((kept,),) = base.execute(f"SELECT {column} FROM {table} LIMIT 1")  # noqa: S608 - ours
            change = f"UPDATE {table} SET {column} = "  # noqa: S608 - ours
            base.execute(change + (NO_TEXT if value == NO_TEXT else "?"), (value,) * (value != NO_TEXT))
            base.commit()
            answers = [client.get(path).json() for path in asked]
            turn = client.tell(session, "undo 1" if column == "base" else "hello").text
            base.execute(f"{change}?", (kept,))
            base.commit()
        told = [answer["message"] for answer in answers if answer["code"]]
        assert {answer["code"] for answer in answers} <= {0, UNSTORED}
        assert all("database is damaged" in message for message in told)
        assert told or "database is damaged" in turn, (table, column, value)
        assert "log says why" not in turn
    assert client.say(session, "hello")[-1]["turnComplete"]
    with closing(sqlite3.connect(studio.data / "studio.sqlite3", timeout=PATIENCE_S)) as base:
        base.execute("UPDATE drafts SET session = 'nobody'")
        base.commit()
    kept = client.delete(f"/studio/sessions/{session}").json()
    assert (kept["code"], "database is damaged" in kept["message"]) == (UNSTORED, True)


def test_stop_lands_while_nothing_can_be_written(lab, agent, monkeypatch, tmp_path):
    """A message and an export are stopped at once over a full disk, and that is written down later."""
    slow = SlowExports(tmp_path)
    monkeypatch.setattr(exports, "export", slow.export)
    studio, client, session = lab.studio, lab.client, lab.session
    _submit(client, session, "r1")
    assert slow.began()
    talk, answers = _held(client, session, agent)
    lab.fail(sqlite3.SQLITE_FULL)
    stopped = client.post(f"/studio/sessions/{session}/cancel", json={}).json()["data"]
    assert stopped == {"cancelled": True}
    talk.join(PATIENCE_S)
    assert answers[0][-1]["errorCode"] == "CANCELLED"
    assert client.post("/api/render/proxy/lambda/r1/cancel").json()["data"]["cancelled"] is True
    assert _status(client, "r1")["error"] == "The export was cancelled."
    until(lambda: slow.lines("log") == ["began"] and not list((studio.data / "results").iterdir()))
    lab.fail(0)
    until(lambda: _written(studio, "SELECT status FROM messages") == [("cancelled",)])
    until(lambda: _written(studio, "SELECT status FROM jobs") == [("cancelled",)])


def test_finished_export_is_there_though_it_cannot_be_written_down(lab, monkeypatch, tmp_path):
    """A film that there was room for is told, fetched, and kept, once the database takes something again."""
    slow = SlowExports(tmp_path)
    monkeypatch.setattr(exports, "export", slow.export)
    studio, client, session = lab.studio, lab.client, lab.session
    _submit(client, session, "r1")
    assert slow.began()
    lab.fail(sqlite3.SQLITE_FULL, ("INSERT", "UPDATE", "DELETE"))
    slow.go()
    done = _ended(client, "r1")
    film = client.get(done["outputUrl"]).content
    assert film[4:8] == b"ftyp"
    lab.fail(0)
    until(lambda: _written(studio, "SELECT status, progress FROM jobs") == [("completed", 100.0)])
    assert client.get(_status(client, "r1")["outputUrl"]).content == film


def test_cleaning_makes_room_on_a_full_disk(lab, monkeypatch):
    """An export that nobody needs goes though that can't be written down: its going makes the room for it."""
    studio, client, session = lab.studio, lab.client, lab.session
    _submit(client, session, "r1")
    assert client.get(_ended(client, "r1")["outputUrl"]).status_code == 200
    (film,) = (studio.data / "results").iterdir()
    real = Shelf.take_away

    def freed(shelf, name):
        lab.fail(0)
        return real(shelf, name)

    monkeypatch.setattr(Shelf, "take_away", freed)
    until(lambda: client.post("/studio/clean", json={}).json()["data"]["items"])
    lab.fail(sqlite3.SQLITE_FULL)
    answer = client.post("/studio/clean", json={"remove": True}).json()
    assert [item["kind"] for item in answer["data"]["items"]] == ["result"]
    assert not film.exists()
    assert "was removed" in _status(client, "r1")["error"]


def test_failed_commit_leaves_nothing_behind(failing, tmp_path):
    """Where the last step of a transaction fails nothing of it is kept, and the next one goes as ever."""
    store = Store(tmp_path, Settings())
    session = store.projects.create("local", "p", "en").id
    failing(sqlite3.SQLITE_FULL, ("COMMIT",))
    with pytest.raises(StoreError, match="no room"):
        store.projects.add(session, {"n": 1}, expected=0)
    failing(0)
    assert store.projects.latest(session) is None
    assert store.projects.add(session, {"n": 2}, expected=0) == 1
    store.close()


def test_nothing_is_kept_of_a_transaction_that_goes_on_after_a_failure(failing, tmp_path):
    """SQLite may undo a transaction in its middle: who does not notice that stores nothing all the same."""
    store = Store(tmp_path, Settings())
    session = store.projects.create("local", "p", "en").id

    def careless():
        with store.transaction():
            failing(sqlite3.SQLITE_FULL, ("INSERT",))
            with pytest.raises(StoreError):
                store.projects.add(session, {"n": 1}, expected=0)
            failing(0)
            store._database._connection.rollback()  # as SQLite does
            store._database.run("UPDATE sessions SET name = 'changed'")

    with pytest.raises(StoreError, match="no room"):
        careless()
    assert store.projects.get("local", session).name == "p"
    store.close()


def test_database_that_another_program_holds_can_be_read(start, connect, picture, monkeypatch):
    """A writer waits for a while and is told; readers do not wait, and once that is known, nobody does."""
    monkeypatch.setattr(database, "_BUSY_S", 1.5)
    studio = start()
    client = connect(studio)
    session = client.session()
    client.upload(session, picture)
    with closing(sqlite3.connect(studio.data / "studio.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        writing, answers = _background(lambda: connect(studio).tell(session, "title no"))
        asked = time.monotonic()
        assert client.state(session)["draft"]["m"]["title"] == "beach"
        assert within(time.monotonic() - asked, 1)
        writing.join(PATIENCE_S)
        assert "held by another program" in answers[0].json()["message"]
        asked = time.monotonic()
        assert client.tell(session, "title no").json()["code"] == UNSTORED
        assert within(time.monotonic() - asked, 1)
        other.execute("ROLLBACK")
    assert client.say(session, "title yes")[-1]["turnComplete"]


def test_folder_that_is_gone_is_told_and_taken_up_when_it_is_back(start, connect, picture, tmp_path):
    """Nothing is done in a folder that was moved away; all goes on when it is back, without a restart."""
    studio = start()
    client = connect(studio)
    session = client.session()
    client.upload(session, picture)
    client.say(session, "title one")
    copy, away = tmp_path / "copy", tmp_path / "away"
    shutil.copytree(studio.data, copy)
    client.say(session, "title two")
    studio.data.rename(away)
    for answer in (
        client.tell(session, "title three"),
        client.upload(session, picture),
        client.get("/studio/sessions"),
        client.get(f"/api/state/nemo_agent/me/{session}/latest"),
        client.post("/api/tasks/me/with-session/nemo_agent", json={}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (UNSTORED, UNSTORED)
        assert "folder is not there any more" in answer.json()["message"]
    away.rename(studio.data)
    assert client.state(session)["draft"]["m"]["title"] == "two"
    client.say(session, "title three")
    assert client.state(session)["draft"]["m"]["title"] == "three"

    shutil.rmtree(studio.data)
    studio.data.write_text("")
    assert "a file stands where" in client.tell(session, "x").json()["message"].lower()
    studio.data.unlink()
    copy.rename(studio.data)  # another file by the same name: a backup that was put back
    assert client.state(session)["draft"]["m"]["title"] == "one"
    client.say(session, "title four")
    assert client.state(session)["draft"]["m"]["title"] == "four"
    (stored,) = _written(studio, "SELECT data FROM drafts ORDER BY version DESC LIMIT 1")
    assert '"four"' in stored[0]
    assert (studio.data / "studio.log").is_file()


def test_inner_folders_are_made_anew(start, connect, picture):
    """A backup keeps no empty folders: what is missing of them is no reason to take nothing in."""
    studio = start()
    client = connect(studio)
    session = client.session()
    for name in ("media", "incoming", "results"):
        (studio.data / name).rmdir()
    assert client.upload(session, picture).json()["code"] == 0
    _submit(client, session, "r1")
    assert _ended(client, "r1")["status"] == "completed"
    shutil.rmtree(studio.data / "results")
    (studio.data / "results").write_text("")
    _submit(client, session, "r2")
    failed = _ended(client, "r2")
    assert failed["retry"] is False
    assert "The video can't be written" in failed["error"]
    assert "a file stands where" in failed["error"].lower()
    (studio.data / "results").unlink()
    _submit(client, session, "r3")
    assert _ended(client, "r3")["status"] == "completed"


def _file(folder):
    folder.write_text("")


def _garbage(folder):
    folder.mkdir()
    (folder / "studio.sqlite3").write_bytes(b"this is no database" * 500)


def _damaged(folder):
    Store(folder, Settings()).close()
    path = folder / "studio.sqlite3"
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xee" * (len(content) - 4096)
    path.write_bytes(content)


def _scrambled(folder):
    """A column's name is no text any more."""
    launch(folder).stop()
    path = folder / "studio.sqlite3"
    path.write_bytes(path.read_bytes().replace(b"has_audio", b"has_aud\xff\xfe"))


def _later(folder):
    Store(folder, Settings()).close()
    with closing(sqlite3.connect(folder / "studio.sqlite3")) as base:
        base.execute("PRAGMA user_version = 99")


def _foreign(folder):
    folder.mkdir()
    with closing(sqlite3.connect(folder / "studio.sqlite3")) as base:
        base.execute("CREATE TABLE users (name)")


def _inside(folder):
    folder.parent.mkdir(exist_ok=True)
    (folder / "studio.sqlite3").mkdir(parents=True)


BAD = [
    (_file, "it is a file"), (_garbage, "is not a studio's database"), (_damaged, "database is damaged"),
    (_scrambled, "database is damaged"), (_later, "later version"), (_inside, "is a folder"),
    (_foreign, "is not a studio's database"),
]  # fmt: skip


def _open_things():
    """Threads and, where the system tells, files."""
    files = Path("/proc/self/fd")
    return threading.active_count(), len(list(files.iterdir())) if files.exists() else 0


@pytest.mark.parametrize(("spoil", "words"), BAD)
def test_folder_that_cannot_be_opened_is_told_in_two_lines(tmp_path, spoil, words):
    """Whatever is wrong with the folder is an error of ours that says so; no studio stays behind."""
    folder = tmp_path / "data"
    spoil(folder)
    before = _open_things()
    with pytest.raises(StoreError, match=words) as told:
        launch(folder)
    assert isinstance(told.value, NemoError)
    assert told.value.hint
    with pytest.raises(ConnectError, match=words) as told:
        launcher.studio(folder)
    assert "NEMO_STUDIO_DATA" in told.value.hint
    del told
    until(lambda: _open_things() <= before)


@pytest.mark.parametrize("name", ["~nobody-of-that-name/data", "a\0b", "x" * 300])
def test_folder_of_no_possible_name_is_told(name, tmp_path, monkeypatch):
    """A folder that no system has is an error of ours, too."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConnectError):
        launcher.studio(name)


def test_command_line_says_it_in_one_line(tmp_path):
    """`nemo-studio serve` on a damaged folder ends with a sentence and no traceback."""
    _damaged(tmp_path / "data")
    command = [sys.executable, "-m", "nemo_widgets.studio", "serve", "--data", str(tmp_path / "data")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE_S)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("nemo-studio: ")
    assert "database is damaged" in done.stderr
    assert done.stderr.count("\n") == 1


def test_connecting_begins_anew_where_the_folder_was_removed(tmp_path):
    """A studio whose folder is gone is not connected to again: another one begins there."""
    try:
        first = launcher.studio(tmp_path / "data")
        assert launcher.studio(tmp_path / "data") is first
        shutil.rmtree(tmp_path / "data")
        second = launcher.studio(tmp_path / "data")
        assert (second is first, first.running, second.running) == (False, False, True)
        assert launcher.is_data(tmp_path / "data")
    finally:
        launcher.stop()


HOLDING = """
import json, pathlib, sys, threading, time
from nemo_widgets.draft import Draft
from nemo_widgets.studio.agent.world import Done, Text
from nemo_widgets.studio.launch import launch

class Holding:
    def turn(self, text, world):
        yield Text("I begin. ")
        while text == "hold" and not pathlib.Path(sys.argv[2]).exists():
            time.sleep(0.02)
        yield Done(Draft({**world.draft.data, "m": {**world.draft.data["m"], "title": text}}), "Done.")

studio = launch(pathlib.Path(sys.argv[1]), agent=Holding(), stderr=True)
print(json.dumps({"url": studio.url, "token": studio.token}), flush=True)
threading.Event().wait()
"""


@pytest.fixture
def small_disk(tmp_path):
    """A studio in a process of its own, with its data on a disk of 6 MB; and that disk as it is seen here.

    It is a real one, in memory, which the process mounts in a namespace of its own.
    """
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f"mount -t tmpfs -o size=6m none '{disk}' && exec \"$@\""
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, "sh"]
    try:
        subprocess.run([*command, "true"], check=True, capture_output=True, timeout=PATIENCE_S)
    except (OSError, subprocess.SubprocessError):
        pytest.skip("this system lets nobody mount a disk of his own")
    code = [sys.executable, "-c", HOLDING, str(disk / "data"), str(tmp_path / "go")]
    studio = Process([*command, *code], tmp_path / "log")
    yield studio, Path(f"/proc/{studio.popen.pid}/root{disk}")
    assert studio.end(), studio.last_words


def _fill(disk):
    with (disk / "filler").open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while file.write(bytes(size)):
                    pass
            except OSError:
                continue


def test_full_disk_ends_the_turn_and_all_goes_on_once_there_is_room(
    small_disk, connect, picture, clip, tmp_path
):
    """On a real disk that fills up while a message is carried out, and has room again later."""
    studio, disk = small_disk
    client = connect(studio)
    session = client.session()
    client.upload(session, picture)
    talk, answers = _background(lambda: connect(studio).say(session, "hold"))
    until(lambda: [line["status"] for line in client.ledger(session)] == ["running"])
    _fill(disk)
    (tmp_path / "go").touch()
    talk.join(PATIENCE_S)
    assert "no room left on the studio's disk" in answers[0][-1]["errorMessage"]
    assert [line["status"] for line in client.ledger(session)] == ["failed"]
    large = tmp_path / "large.png"
    large.write_bytes(picture.read_bytes() + bytes(8_000_000))
    for answer in (client.tell(session, "no"), client.upload(session, large), client.upload(session, clip)):
        assert answer.json()["code"] == UNSTORED
        assert "no room left" in answer.json()["message"]
    assert client.state(session)["draft"]["m"]["title"] == "beach"
    assert list((disk / "data" / "incoming").iterdir()) == []

    (disk / "filler").unlink()
    assert client.say(session, "yes")[-1]["turnComplete"]
    assert client.upload(session, clip).json()["code"] == 0
    _submit(client, session, "r1")
    assert _ended(client, "r1")["status"] == "completed"
    until(lambda: [line["status"] for line in client.ledger(session)] == ["failed", "done"])
    log = studio.log.read_text()
    assert "Logging error" not in log
    assert "Traceback" not in log
