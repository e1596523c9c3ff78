"""What outlives a stop, a kill, and another kernel over the same data folder."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from contextlib import suppress

import httpx
from limits import within
from slow_exports import SlowExports
from studio.server.processes import SLOW
from waiting import PATIENCE_S, until

from nemo_widgets.studio import exports

SMALL = {"resolution": "180p", "quality": "low"}


def _wait(client, render_id):
    path = f"/api/render/proxy/lambda/{render_id}"
    return until(lambda: (s := client.get(path).json())["status"] in ("completed", "failed") and s)


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


def test_stopped_studio_takes_its_exports_up_again(start, connect, clip, monkeypatch, tmp_path):
    """An export that was running when the studio stopped, and one that waited, are made after the restart."""
    slow, made = SlowExports(tmp_path), exports.export
    monkeypatch.setattr(exports, "export", slow.export)
    studio = start(renders=1)
    client = connect(studio)
    session = client.session()
    client.upload(session, clip)
    _submit(client, session, "r1")
    _submit(client, session, "r2")
    assert slow.began()
    asked = time.monotonic()
    studio.stop()
    assert within(time.monotonic() - asked, 3)
    monkeypatch.setattr(exports, "export", made)
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
    assert agent.began.acquire(timeout=PATIENCE_S)
    studio.stop()
    talking.join(PATIENCE_S)
    assert streams[0][-1]["errorMessage"] == "The studio was stopped."
    client = connect(start(message_cost=30))
    assert [line["status"] for line in client.ledger(session)] == ["interrupted"]
    assert client.get("/api/credits/balance/simple").json()["data"]["available"] == 100


def _copy(segment, number):
    return {**segment, "m": {**segment["m"], "id": f"v{number}", "start": number * segment["d"]}}


def test_killed_process_leaves_its_work_to_the_next(process, start, connect, clip, tmp_path):
    """After SIGKILL in the middle of an export, the next studio takes it up; a live one's is let alone."""
    killed = process()
    client = connect(killed)
    session = client.session()
    client.upload(session, clip)
    draft = client.state(session)["draft"]
    draft["t"][0]["sg"] = [_copy(draft["t"][0]["sg"][0], i) for i in range(150)]
    body = {"id": "r1", "sessionId": session, "draft": draft, "output": {"resolution": "1080p"}}
    client.post("/api/render/proxy/lambda", json=body)
    until(lambda: client.get("/api/render/proxy/lambda/r1").json()["status"] == "processing")
    neighbour = connect(start())
    time.sleep(0.3)
    assert neighbour.get("/api/render/proxy/lambda/r1").json()["status"] == "processing"
    owner = _owner(tmp_path)
    killed.kill()
    until(lambda: _owner(tmp_path) not in (owner, None))
    assert neighbour.post("/api/render/proxy/lambda/r1/cancel").json()["data"]["cancelled"] is True
    assert _wait(neighbour, "r1")["error"] == "The export was cancelled."


def _says(client, session, text, key):
    """Send a message to a studio that is going to be killed."""

    def say():
        with suppress(httpx.TransportError):
            client.tell(session, text, key)

    thread = threading.Thread(target=say)
    thread.start()
    return thread


def test_new_studio_knows_at_once_what_became_of_the_killed_ones_work(process, start, connect, clip):
    """The first answer after a SIGKILL tells messages as interrupted, with their keys, and nothing is lost.

    The killed process is a zombie still, as it is when the kernel's parent is slow to wait for it.
    """
    killed = process(SLOW)
    client = connect(killed)
    session = client.session()
    client.upload(session, clip, key="u")
    client.tell(session, "Evening", "m-1")
    _submit(client, session, "r1")
    talking = [_says(connect(killed), session, "hold", "m-2")]
    until(lambda: [line["status"] for line in client.ledger(session)] == ["done", "running"])
    talking.append(_says(connect(killed), session, "later", "m-3"))
    until(lambda: [line["status"] for line in client.ledger(session)] == ["done", "running", "queued"])
    media, state = client.listed(session, "media"), client.state(session)
    killed.kill()
    for thread in talking:
        thread.join(PATIENCE_S)

    studio = start()
    client = connect(studio)
    assert [(line["key"], line["status"], line["version"]) for line in client.ledger(session)] == [
        ("m-1", "done", 2), ("m-2", "interrupted", None), ("m-3", "interrupted", None),
    ]  # fmt: skip
    assert json.dumps(client.state(session)) == json.dumps(state).replace(killed.url, studio.url)
    assert client.state(session)["draft"]["m"]["title"] == "Evening"
    assert json.dumps(client.listed(session, "media")) == json.dumps(media).replace(killed.url, studio.url)
    assert client.get(client.listed(session, "media")[0]["cdn_url"]).content == clip.read_bytes()
    assert client.tell(session, "hold", "m-2").status_code == 409
    done = _wait(client, "r1")
    assert done["status"] == "completed"
    assert done["outputUrl"].startswith(studio.url)
    assert client.get(done["outputUrl"]).content[4:8] == b"ftyp"
    (listed,) = client.listed(session, "renders")
    assert (listed["id"], listed["status"]) == ("r1", "completed")
    assert listed["created"] < listed["completed"]


def test_two_kernels_share_a_folder(process, start, connect, clip):
    """Two studios over one folder see each other's sessions, and can write at the same time."""
    clients = [connect(process()), connect(start())]
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
        thread.join(PATIENCE_S)
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
    assert agent.began.acquire(timeout=PATIENCE_S)
    there.say(session, "silent theirs")
    agent.go.set()
    talking.join(PATIENCE_S)
    assert streams[0][-1]["errorCode"] == "CONFLICT"
    assert here.state(session)["draft"]["m"]["title"] == "theirs"


def _owner(tmp_path):
    """Whose the one export is, according to the database."""
    database = sqlite3.connect(tmp_path / "data" / "studio.sqlite3")
    try:
        return database.execute("SELECT owner FROM jobs").fetchone()[0]
    finally:
        database.close()
