"""Two studios on one folder, one of which sleeps; and exports that their processes die over."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing

import httpx
import pytest
from slow_exports import SlowExports
from studio.server.processes import SLOW
from waiting import PATIENCE_S, until

from nemo_widgets.studio import exports
from nemo_widgets.studio.settings import Settings
from nemo_widgets.studio.store import Job, Store, owners

SMALL = {"resolution": "180p", "quality": "low"}
A_NIGHT_S = 30_000


@pytest.fixture(autouse=True)
def quick_pulse(monkeypatch):
    """This process looks often whether the others live."""
    monkeypatch.setattr(exports, "_TICK_S", 0.1)


class Night:
    """A studio that falls asleep, and another one that takes its place."""

    def __init__(self, process, start, connect, folder):
        self.folder, self._start, self._connect = folder, start, connect
        self._sleeper = process(SLOW)
        self.client = connect(self._sleeper)
        self.slow = SlowExports(folder)

    def asleep(self):
        """From now on; returns a client of the other one, which takes it for dead.

        It falls asleep between two transactions: in one, it would keep everybody from writing till it wakes.
        """
        with self._database() as database:
            database.execute("BEGIN IMMEDIATE")
            self._sleeper.sleep()
            database.execute("ROLLBACK")
        other = self._connect(self._start())
        self.ask("UPDATE owners SET seen = seen - ? WHERE pid = ?", A_NIGHT_S, self._sleeper.popen.pid)
        self.until("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM owners WHERE pid = ?)", self._sleeper.popen.pid)
        return other

    def over(self):
        """The sleeper wakes."""
        self._sleeper.wake()

    def again(self):
        """A second client of the sleeper."""
        return self._connect(self._sleeper)

    def ask(self, statement, *values):
        """What the database says."""
        with self._database() as database:
            return database.execute(statement, values).fetchall()

    def _database(self):
        path = self.folder / "data" / "studio.sqlite3"
        return closing(sqlite3.connect(path, timeout=PATIENCE_S, isolation_level=None))

    def until(self, statement, *values):
        """Wait until the statement gives something."""
        until(lambda: self.ask(statement, *values))


@pytest.fixture
def night(process, start, connect, tmp_path):
    return Night(process, start, connect, tmp_path)


def _background(work):
    answers = []
    thread = threading.Thread(target=lambda: answers.append(work()))
    thread.start()
    return thread, answers


def _title(client, session):
    return client.state(session)["draft"]["m"]["title"]


def _submit(client, session, render_id, output=SMALL):
    body = {"id": render_id, "sessionId": session, "draft": client.state(session)["draft"], "output": output}
    return client.post("/api/render/proxy/lambda", json=body).json()


def _status(client, render_id):
    return client.get(f"/api/render/proxy/lambda/{render_id}").json()


def _ended(client, render_id):
    until(lambda: _status(client, render_id)["status"] in ("completed", "failed"))
    return _status(client, render_id)


def test_what_a_studio_lost_while_it_slept_it_does_not_store(night, picture):
    """What another studio has told as interrupted changes no timeline when the sleeper wakes, and it says so.

    So it is with what waited behind it, and with a file that was arriving: its beginning was swept away. What
    comes later is carried out as ever.
    """
    client, sessions, talks = night.client, {}, []
    for language in ("en", "zh-CN"):
        sessions[language] = session = client.session(language=language)
        client.upload(session, picture)
        talks.append(_background(lambda session=session: night.again().say(session, "hold one")))
    night.until("SELECT 1 WHERE (SELECT count(*) FROM messages WHERE status = 'running') = 2")
    session = sessions["en"]
    talks.append(_background(lambda: night.again().say(session, "two")))
    night.until("SELECT 1 FROM messages WHERE text = 'two'")
    gate = threading.Event()
    sending, answers = _background(lambda: _send(night.again(), session, picture.read_bytes(), gate))
    incoming = night.folder / "data" / "incoming"
    until(lambda: list(incoming.iterdir()))

    other = night.asleep()
    until(lambda: {row["status"] for row in other.ledger(session)} == {"interrupted"})
    other.studio._backend.store.sweep()
    assert list(incoming.iterdir()) == []
    assert other.delete(f"/studio/sessions/{sessions['zh-CN']}").json()["code"] == 0
    (night.folder / "go").touch()
    night.over()
    for (talk, told), word in zip(talks, ("slept", "休眠", "slept"), strict=True):
        talk.join(PATIENCE_S)
        assert told[0][-1]["errorCode"] == "INTERRUPTED"
        assert word in told[0][-1]["errorMessage"]
    gate.set()
    sending.join(PATIENCE_S)
    assert answers[0].json()["code"] == 507
    assert "not there any more" in answers[0].json()["message"]

    ledger = [(row["text"], row["status"], row["version"]) for row in other.ledger(session)]
    assert ledger == [("hold one", "interrupted", None), ("two", "interrupted", None)]
    assert _title(other, session) == _title(client, session) == "beach"
    assert [media["filename"] for media in other.listed(session, "media")] == ["beach.png"]
    client.say(session, "three")
    assert (other.ledger(session)[-1]["status"], _title(other, session)) == ("done", "three")
    assert client.upload(session, picture).json()["code"] == 0


def _send(client, session, content, gate):
    """An upload that waits for the gate before its end."""

    def body():
        head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="late.png"\r\n\r\n'
        yield head + content + bytes(3_000_000)
        gate.wait(PATIENCE_S)
        yield b"\r\n--x--\r\n"

    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    return client.post(f"/api/upload-video/nemo_agent/me/{session}", content=body(), headers=kind)


def test_export_that_a_studio_lost_while_it_slept_is_made_once(night, picture):
    """The sleeper's late film takes the place of no other, and it removes nothing that is not its own."""
    client = night.client
    session = client.session()
    client.upload(session, picture)
    _submit(client, session, "r1")
    assert night.slow.began()
    other = night.asleep()
    done = _ended(other, "r1")
    film = other.get(done["outputUrl"]).content
    results = night.folder / "data" / "results"
    (made,) = (path for path in results.iterdir() if path.read_bytes() == film)
    before = made.stat().st_mtime_ns
    night.slow.go()
    night.over()
    until(lambda: list(results.iterdir()) == [made])
    night.until("SELECT 1 WHERE (SELECT count(*) FROM owners) = 2")
    assert (made.stat().st_mtime_ns, made.read_bytes()) == (before, film)
    again = _status(client, "r1")
    assert (again["status"], client.get(again["outputUrl"]).content) == ("completed", film)


def test_sleeper_that_wakes_in_the_middle_of_an_export_leaves_it_to_the_other(
    night, picture, monkeypatch, tmp_path_factory
):
    """One that notices its loss while the other one still makes the film takes nothing away from it."""
    client = night.client
    session = client.session()
    client.upload(session, picture)
    _submit(client, session, "r1")
    assert night.slow.began()
    slow = SlowExports(tmp_path_factory.mktemp("other"))
    monkeypatch.setattr(exports, "export", slow.export)
    other = night.asleep()
    assert slow.began()
    night.over()
    night.until("SELECT 1 WHERE (SELECT count(*) FROM owners) = 2")
    time.sleep(0.5)  # it looks several times a second whether to go on
    assert _status(other, "r1")["status"] == "processing"
    slow.go()
    done = _ended(other, "r1")
    assert done["status"] == "completed"
    assert other.get(done["outputUrl"]).content[4:8] == b"ftyp"


def test_message_that_nobody_carries_is_told_as_interrupted(start, connect):
    """A message of a process that is on no list is over, whoever forgot to say so."""
    studio = start()
    client = connect(studio)
    session = client.session()
    studio._backend.store.messages.begin("local", session, "lost", 0, "nobody")
    until(lambda: client.ledger(session)[0]["status"] == "interrupted")
    assert client.ledger(session)[0]["ended"]


def test_who_has_slept_thinks_nobody_dead_for_being_late(tmp_path, monkeypatch):
    """Where all slept at once, as with the lid of a laptop closed, the first to wake buries nobody.

    A process that is gone is buried all the same; and who goes on sleeping is, a minute later.
    """
    first, second = Store(tmp_path, Settings()), Store(tmp_path, Settings())
    now = time.time()
    for store in (first, second):
        store.owners.live()
    monkeypatch.setattr(owners.time, "time", lambda: now + A_NIGHT_S)
    first.owners.live()
    assert first.owners.bury() == []
    first._database.run("INSERT INTO owners (token, pid, seen) VALUES ('gone', ?, ?)", 2**22 + 1, now)
    assert first.owners.bury() == ["gone"]
    awake = time.monotonic() + owners._UNSEEN_S + 1
    monkeypatch.setattr(owners.time, "monotonic", lambda: awake)
    assert first.owners.bury() == [second.owners.token]
    for store in (first, second):
        store.close()


def _job(session, number, owner):
    return Job(
        user="local", id=f"r{number}", session=session, token=f"{number:024d}", name="beach.mp4", draft="{}",
        output={}, status="pending", progress=0.0, error="", duration_ms=0, size=0, stop=False, owner=owner,
        created=time.time(), completed=None,
    )  # fmt: skip


@pytest.mark.parametrize(("language", "word"), [("en", "three times"), ("zh-CN", "三次")])
def test_export_that_its_processes_die_over_is_given_up(tmp_path, language, word):
    """After three processes that died while they made it an export has failed, with the reason.

    The one that waited behind it is made, and a process that stops in order counts for nothing.
    """
    settings = Settings()
    store = Store(tmp_path, settings)
    session = store.projects.create("local", "p", language).id
    for number in (1, 2):
        store.jobs.submit(_job(session, number, None))
    store.close()
    for stops in (False, True, False, True, False):
        store = Store(tmp_path, settings)
        store.owners.live()
        store.owners.bury()
        assert store.jobs.adopt(store.owners.token) == 2
        assert store.jobs.take(store.owners.token, f"{1:024d}") is not None
        if stops:
            store.jobs.release(store.owners.token)
        store._database.run("DELETE FROM owners")
        store.close()
    store = Store(tmp_path, settings)
    store.owners.live()
    assert store.jobs.adopt(store.owners.token) == 1
    given_up, other = store.jobs.get("local", "r1"), store.jobs.get("local", "r2")
    assert (given_up.status, given_up.work, other.status) == ("failed", {"retry": False}, "pending")
    assert word in given_up.error
    assert store.jobs.adopt(store.owners.token) == 0
    store.close()


def test_killed_studios_give_an_export_up(process, start, connect, picture, tmp_path):
    """Three studios that are killed in the middle of an export leave to the fourth one what it says of it."""
    slow = SlowExports(tmp_path)
    studio = process(SLOW)
    client = connect(studio)
    session = client.session()
    client.upload(session, picture)
    _submit(client, session, "r1")
    for _ in range(2):
        assert slow.began()
        studio.kill()
        studio = process(SLOW)
    assert slow.began()
    assert _status(connect(studio), "r1")["status"] == "processing"
    studio.kill()
    client = connect(start())
    found = _ended(client, "r1")  # the system takes a moment to end a process
    assert (found["status"], found["retry"]) == ("failed", False)
    assert "ended three times" in found["error"]
    assert _submit(client, session, "r2")["status"] == "pending"
    assert _ended(client, "r2")["status"] == "completed"
    with pytest.raises(httpx.TransportError):
        connect(studio).get("/studio/health")
