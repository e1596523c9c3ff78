"""Nobody's files and exports keep the others from theirs, and nothing that was stopped goes on."""

from __future__ import annotations

import os
import select
import signal
import socket
import struct
import time

import httpx
import pytest
from limits import within
from slow_exports import SlowExports
from waiting import PATIENCE_S, until

from nemo_widgets.studio import exports
from nemo_widgets.studio.workers import PROCESSES

SMALL = {"format": "mp4", "quality": "low", "resolution": "180p"}


@pytest.fixture
def slow(monkeypatch, tmp_path_factory):
    made = SlowExports(tmp_path_factory.mktemp("slow"))
    monkeypatch.setattr(exports, "export", made.export)
    yield made
    made.go()


def busy():
    """How many workers are in the middle of something."""
    return len(PROCESSES._all) - len(PROCESSES._waiting)


def slow_gif(path, pictures=2400):
    """An animation of 27 bytes a picture, each of 2000x2000 pixels: to decode it takes half a minute."""
    screen = struct.pack("<HHBBB", 2000, 2000, 0x80, 0, 0) + bytes(6)
    one = b"!\xf9\x04\x04\n\0\0\0," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\0"
    path.write_bytes(b"GIF89a" + screen + one * pictures + b";")
    return path


def submit(client, session, render_id, draft=None, output=SMALL):
    draft = client.state(session)["draft"] if draft is None else draft
    body = {"id": render_id, "sessionId": session, "draft": draft, "output": output}
    answer = client.post("/api/render/proxy/lambda", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def status(client, render_id):
    return client.get(f"/api/render/proxy/lambda/{render_id}").json()


def ended(client, render_id):
    return until(lambda: (s := status(client, render_id))["status"] in ("completed", "failed") and s)


def anonymous(studio, name):
    """A new user's token."""
    answer = httpx.post(f"{studio.url}/api/auth/anonymous-token", headers={"X-Client-Id": name})
    return answer.json()["data"]["token"]


def sent(client, session, path):
    """A connection on which an upload was sent; nobody has read the answer yet."""
    address = f"/api/upload-video/nemo_agent/me/{session}"
    request = client.build_request("POST", address, files=[("files", (path.name, path.read_bytes()))])
    lines = [
        f"POST {request.url.raw_path.decode()} HTTP/1.1",
        *(f"{k}: {v}" for k, v in request.headers.items()),
    ]
    connection = socket.create_connection((request.url.host, request.url.port))
    connection.sendall("\r\n".join([*lines, "", ""]).encode() + request.read())
    return connection


def test_forty_slow_files_stop_nobody(start, connect, clip, tmp_path):
    """While forty files are looked into that take for ever, another user looks around, uploads and chats.

    Once who sent them has gone, nothing of them goes on, and nothing is left of them.
    """
    studio = start(probe_s=PATIENCE_S)
    client, stranger = connect(studio), connect(studio, token=anonymous(studio, "stranger"))
    gif, session, incoming = slow_gif(tmp_path / "slow.gif"), client.session(), tmp_path / "data" / "incoming"
    connections = [sent(stranger, stranger.session(), gif) for _ in range(40)]
    until(lambda: len(list(incoming.iterdir())) == 40)
    begun = time.monotonic()
    assert client.get("/studio/sessions").status_code == 200
    assert client.upload(session, clip).json()["code"] == 0
    assert "turnComplete" in client.say(session, "title Evening")[-1]
    assert within(time.monotonic() - begun, 10)
    answered, _, _ = select.select(connections, [], [], 0)
    assert len(answered) < 20, "all along there were some of them to be looked into"
    for connection in connections:
        connection.close()
    gone = time.monotonic()
    until(lambda: not busy())
    assert within(time.monotonic() - gone, 1)
    until(lambda: not list(incoming.iterdir()))
    assert client.listed(session, "media")[0]["filename"] == clip.name


def test_too_slow_a_file_is_refused_in_a_sentence(start, connect, tmp_path):
    """What takes longer than it may to be looked into is refused, with what to do; nothing of it is kept."""
    client = connect(start(probe_s=0.3))
    session = client.session()
    answer = client.upload(session, slow_gif(tmp_path / "slow.gif")).json()
    assert answer["code"] == 4001
    assert "takes longer than 0.3 seconds to be looked into: save it as an MP4" in answer["message"]
    assert client.listed(session, "media") == []


def test_a_file_that_takes_too_much_memory_is_refused_in_a_sentence(start, connect, clip):
    """What would take more memory than it may is refused, with what to do, and the next one is let in."""
    client = connect(start(probe_memory=1))
    answer = client.upload(client.session(), clip).json()
    assert answer["code"] == 4001
    assert answer["message"].startswith("“harbour.mp4” needs more memory than it may have: make")


def test_sessions_have_their_exports_in_turn(start, connect, clip, slow):
    """Who asked for three exports waits with two of them for another session's one; all know their place."""
    client = connect(start(renders=1))
    one, two = client.session(), client.session()
    client.upload(one, clip)
    client.upload(two, clip)
    for name in ("a1", "a2", "a3"):
        submit(client, one, name)
    assert slow.began()
    assert [status(client, name).get("position") for name in ("a1", "a2", "a3")] == [None, 1, 2]
    submit(client, two, "b1")
    assert [status(client, name).get("position") for name in ("a2", "a3", "b1")] == [2, 3, 1]
    slow.go()
    done = {name: ended(client, name)["data"]["completedAt"] for name in ("a1", "a2", "a3", "b1")}
    assert sorted(done, key=done.get) == ["a1", "b1", "a2", "a3"]
    assert slow.most == 1


def test_as_many_exports_at_a_time_as_are_set(start, connect, clip, slow):
    """Two places are two exports under way, of one session too where nobody else wants one."""
    client = connect(start(renders=2))
    session = client.session()
    client.upload(session, clip)
    for name in ("a1", "a2", "a3"):
        submit(client, session, name)
    assert slow.began()
    assert slow.began()
    assert [status(client, name).get("position") for name in ("a1", "a2", "a3")] == [None, None, 1]
    slow.go()
    assert {ended(client, name)["status"] for name in ("a1", "a2", "a3")} == {"completed"}
    assert slow.most == 2


@pytest.mark.parametrize("places", [1, 2])
def test_nobody_holds_all_places(start, connect, clip, slow, places):
    """While one user's exports take all places another user's one begins at once; a second one waits."""
    studio = start(renders=places)
    client = connect(studio)
    stranger = connect(studio, token=anonymous(studio, "stranger"))
    for who in (client, stranger):
        session = who.session()
        who.upload(session, clip)
        for number in range(places + 1):
            submit(who, session, f"r{number}")
        for _ in range(places if who is client else 1):
            assert slow.began()
    names = [f"r{number}" for number in range(places + 1)]
    states = [[status(who, name)["status"] for name in names] for who in (client, stranger)]
    assert states == [["processing"] * places + ["pending"], ["processing"] + ["pending"] * places]
    slow.go()
    for who in (client, stranger):
        assert {ended(who, name)["status"] for name in names} == {"completed"}
    assert slow.most == places + 1


def long_draft(client, session):
    """A draft whose planning takes some seconds: twenty thousand titles over one clip."""
    draft = client.state(session)["draft"]
    titles = [
        {"d": 40, "m": {"id": f"t{i}", "start": i * 40, "text": f"Title {i} of very many"}}
        for i in range(20_000)
    ]
    return {**draft, "t": [*draft["t"], {"tt": 3, "id": "t", "sg": titles}], "d": 800_000}


def test_planning_ends_within_a_second(client, clip, tmp_path):
    """An export is cancelled at once though its planning would take long; nothing of it is left."""
    session = client.session()
    client.upload(session, clip)
    submit(client, session, "long", long_draft(client, session), {"resolution": "1080p"})
    until(lambda: status(client, "long")["status"] == "processing")
    until(busy)
    asked = time.monotonic()
    client.post("/api/render/proxy/lambda/long/cancel")
    assert ended(client, "long")["error"] == "The export was cancelled."
    until(lambda: not busy())
    assert within(time.monotonic() - asked, 1)
    assert list((tmp_path / "data" / "results").iterdir()) == []


def test_an_export_whose_process_is_killed_fails_in_a_sentence(client, clip, slow, tmp_path):
    """Where the system ends an export's process the export fails with a reason, and the next one is made."""
    session = client.session()
    client.upload(session, clip)
    submit(client, session, "doomed")
    assert slow.began()
    os.kill(slow.pids[0], signal.SIGKILL)
    assert "ended by the system" in ended(client, "doomed")["error"]
    assert list((tmp_path / "data" / "results").iterdir()) == []
    slow.go()
    submit(client, session, "next")
    assert ended(client, "next")["status"] == "completed"


@pytest.mark.parametrize(
    ("limit", "told"), [({"render_s": 0.01}, "took too long"), ({"render_memory": 1}, "needs more memory")]
)
@pytest.mark.usefixtures("slow")
def test_an_export_beyond_its_limits_fails_in_a_sentence(start, connect, clip, limit, told):
    """An export that takes more time or memory than it may is ended, and says so."""
    client = connect(start(**limit))
    session = client.session()
    client.upload(session, clip)
    submit(client, session, "large")
    assert told in ended(client, "large")["error"]


def test_rendering_leaves_the_studios_process_alone(client, clip, slow):
    """While two exports are made, the studio's own process, the user's kernel, has hardly anything to do."""
    session = client.session()
    client.upload(session, clip)
    draft = client.state(session)["draft"]
    slow.go()
    used = time.process_time()
    for name in ("one", "two"):
        submit(client, session, name, draft, {"resolution": "720p"})
    until(lambda: slow.lines("log").count("ended") == 2, every_s=0.2)
    assert {ended(client, name)["status"] for name in ("one", "two")} == {"completed"}
    assert time.process_time() - used < 0.3 * sum(map(float, slow.lines("cpu")))
