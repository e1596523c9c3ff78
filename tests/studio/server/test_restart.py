"""What outlives a stop, a kill, and another kernel over the same data folder."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import pytest

from nemo_widgets.studio import exports
from nemo_widgets.studio.render import RenderCancelled
from nemo_widgets.studio.settings import Settings
from nemo_widgets.studio.store import Conflict, Store, StoreError

SMALL = {"resolution": "180p", "quality": "low"}


def _wait(client, render_id, seconds=25.0):
    end = time.monotonic() + seconds
    while True:
        status = client.get(f"/api/render/proxy/lambda/{render_id}").json()
        if status["status"] in ("completed", "failed"):
            return status
        assert time.monotonic() < end, status
        time.sleep(0.05)


def _submit(client, session, render_id):
    draft = client.state(session)["draft"]
    body = {"id": render_id, "sessionId": session, "draft": draft, "output": SMALL}
    return client.post("/api/render/proxy/lambda", json=body).json()


def test_restart_loses_nothing(start, connect, clip):
    """Sessions, drafts, media, the ledger and results are there after a restart, at the new address."""
    first = start()
    client = connect(first)
    session = client.session()
    client.upload(session, clip)
    client.say(session, "title Evening")
    _submit(client, session, "r1")
    done = _wait(client, "r1")
    before, ledger = client.state(session), client.ledger(session)
    first.stop()
    second = start()
    client = connect(second)
    after = client.state(session)
    assert json.dumps(after) == json.dumps(before).replace(first.url, second.url)
    assert client.ledger(session) == ledger
    assert client.get(after["video_infos"][0]["url"]).content == clip.read_bytes()
    again = client.get("/api/render/proxy/lambda/r1").json()
    assert again["outputUrl"] == done["outputUrl"].replace(first.url, second.url)
    assert client.get(again["outputUrl"]).status_code == 200
    old_draft = before["draft"]
    body = {"id": "r2", "sessionId": session, "draft": old_draft, "output": SMALL}
    assert client.post("/api/render/proxy/lambda", json=body).json()["status"] != "failed", (
        "old addresses still hold"
    )
    client.say(session, "undo 1")
    assert client.state(session)["draft"]["m"]["title"] == "harbour"


def test_stopped_studio_takes_its_exports_up_again(start, connect, clip, monkeypatch):
    """An export that was running when the studio stopped, and one that waited, are made after the restart."""
    began, real = threading.Event(), exports.render

    def endless(*_, cancelled, **__):
        began.set()
        while not cancelled():
            time.sleep(0.01)
        raise RenderCancelled

    monkeypatch.setattr(exports, "render", endless)
    studio = start()
    client = connect(studio)
    session = client.session()
    client.upload(session, clip)
    _submit(client, session, "r1")
    _submit(client, session, "r2")
    assert began.wait(5)
    asked = time.monotonic()
    studio.stop()
    assert time.monotonic() - asked < 3
    monkeypatch.setattr(exports, "render", real)
    client = connect(start())
    assert [_wait(client, name)["status"] for name in ("r1", "r2")] == ["completed", "completed"]


def test_messages_are_never_carried_out_twice(start, connect, agent):
    """A message under way when the studio stopped is told as interrupted, and costs nothing."""
    studio = start(message_cost=30)
    client = connect(studio)
    session = client.session()
    streams = []
    talking = threading.Thread(target=lambda: streams.append(client.say(session, "hold")))
    talking.start()
    assert agent.began.acquire(timeout=5)
    studio.stop()
    talking.join(5)
    assert streams[0][-1]["errorMessage"] == "The studio was stopped."
    client = connect(start(message_cost=30))
    assert [line["status"] for line in client.ledger(session)] == ["interrupted"]
    assert client.get("/api/credits/balance/simple").json()["data"]["available"] == 100


@pytest.fixture
def process(tmp_path):
    """Starts studios in processes of their own over the test's data folder."""
    running = []

    def begin(*arguments):
        command = [
            sys.executable,
            "-m",
            "nemo_widgets.studio",
            "serve",
            "--data",
            str(tmp_path / "data"),
            *arguments,
        ]
        # To a file: a pipe that nobody reads fills up, and what writes to it then stands still.
        with (tmp_path / f"studio-{len(running)}.log").open("wb") as log:
            started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log)
        running.append(started)
        return started, json.loads(started.stdout.readline())

    yield begin
    for started in running:
        started.kill()
        started.communicate()


def _copy(segment, number):
    return {**segment, "m": {**segment["m"], "id": f"v{number}", "start": number * segment["d"]}}


class _Told:
    def __init__(self, told):
        self.url, self.token = told["url"], told["token"]


def test_killed_process_leaves_its_work_to_the_next(process, start, connect, clip, tmp_path):
    """After SIGKILL in the middle of an export, the next studio takes it up; a live one's is let alone."""
    killed, told = process()
    client = connect(_Told(told))
    session = client.session()
    client.upload(session, clip)
    draft = client.state(session)["draft"]
    draft["t"][0]["sg"] = [_copy(draft["t"][0]["sg"][0], i) for i in range(150)]
    body = {"id": "r1", "sessionId": session, "draft": draft, "output": {"resolution": "1080p"}}
    client.post("/api/render/proxy/lambda", json=body)
    _until(lambda: client.get("/api/render/proxy/lambda/r1").json()["status"] == "processing")
    neighbour = connect(start())
    time.sleep(0.3)
    assert neighbour.get("/api/render/proxy/lambda/r1").json()["status"] == "processing"
    owner = _owner(tmp_path)
    killed.send_signal(signal.SIGKILL)
    killed.wait(5)
    _until(lambda: _owner(tmp_path) not in (owner, None), seconds=8)
    assert neighbour.post("/api/render/proxy/lambda/r1/cancel").json()["data"]["cancelled"] is True
    assert _wait(neighbour, "r1")["error"] == "The export was cancelled."


def test_two_kernels_share_a_folder(process, start, connect, clip):
    """Two studios over one folder see each other's sessions, and can write at the same time."""
    _, told = process()
    clients = [connect(_Told(told)), connect(start())]
    session = clients[0].session()
    clients[1].upload(session, clip)
    assert clients[0].state(session)["draft"]["d"] > 0
    made = [[], []]

    def work(i):
        made[i] = [clients[i].session() for _ in range(10)]

    threads = [threading.Thread(target=work, args=(i,)) for i in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    listed = {s["session_id"] for s in clients[0].get("/studio/sessions").json()["data"]["sessions"]}
    assert listed == {session, *made[0], *made[1]}
    assert len(listed) == 21


def test_change_from_elsewhere_is_not_overwritten(start, connect, clip, agent):
    """A message that worked on a draft which another kernel changed meanwhile stores nothing and says so."""
    here, there = connect(start()), connect(start())
    session = here.session()
    here.upload(session, clip)
    streams = []
    talking = threading.Thread(target=lambda: streams.append(here.say(session, "hold mine")))
    talking.start()
    assert agent.began.acquire(timeout=5)
    there.say(session, "silent theirs")
    agent.go.set()
    talking.join(10)
    assert streams[0][-1]["errorCode"] == "CONFLICT"
    assert here.state(session)["draft"]["m"]["title"] == "theirs"


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


def _owner(tmp_path):
    """Whose the one export is, according to the database."""
    database = sqlite3.connect(tmp_path / "data" / "studio.sqlite3")
    try:
        return database.execute("SELECT owner FROM jobs").fetchone()[0]
    finally:
        database.close()


def _until(condition, seconds=5.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that in time"
        time.sleep(0.02)
