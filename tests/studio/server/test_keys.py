"""What bears an Idempotency-Key is carried out once, however often it is sent."""

from __future__ import annotations

import http.server
import threading

import pytest
from waiting import PATIENCE_S


def _path(session):
    return f"/api/upload-video/nemo_agent/me/{session}"


def _names(client, session):
    """The clips on the timeline."""
    return [s["m"]["name"] for s in client.state(session)["draft"]["t"][0]["sg"]]


def _together(*calls):
    """The calls made at the same time, and what they return in their order."""
    gate, found = threading.Barrier(len(calls)), [None] * len(calls)

    def run(i):
        gate.wait(PATIENCE_S)
        found[i] = calls[i]()

    threads = [threading.Thread(target=run, args=(i,)) for i in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    return found


def test_message_is_carried_out_once(client, clip):
    """A message whose key is in the ledger is refused, and neither entered nor carried out again."""
    session = client.session()
    client.upload(session, clip)
    assert client.tell(session, "title One", "m-1").status_code == 200
    again = client.tell(session, "title Two", "m-1")
    assert (again.status_code, again.json()["code"]) == (409, 409)
    assert again.json()["message"] == "This message was sent before."
    client.tell(session, "title Three")
    assert [(line["key"], line["text"]) for line in client.ledger(session)] == [
        ("m-1", "title One"), ("", "title Three"),
    ]  # fmt: skip
    assert client.tell(client.session(), "hello", "m-1").status_code == 200, "a key is its session's own"


@pytest.mark.parametrize(
    ("settings", "status", "body"),
    [
        ({"always_http200": True}, 200, {"code": 409, "message": "This message was sent before."}),
        ({"body_codes_http200": False}, 409, {"code": 409, "message": "This message was sent before."}),
        ({"errors": "detail"}, 409, {"detail": "This message was sent before."}),
        ({"errors": "success"}, 409, {"success": False, "error": "This message was sent before."}),
    ],
)
def test_refusal_in_every_form(start, connect, settings, status, body):
    """That a message was sent before is said in whatever form errors have."""
    client = connect(start(**settings))
    session = client.session()
    client.tell(session, "hello", "k")
    again = client.tell(session, "hello", "k")
    assert (again.status_code, again.json()) == (status, body)


def test_two_of_one_message_at_the_same_time(client, another):
    """Of two requests with one key that come together, one is carried out and the other refused."""
    session = client.session()
    answers = _together(
        lambda: client.tell(session, "hello", "k"), lambda: another.tell(session, "hello", "k")
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert len(client.ledger(session)) == 1


def test_message_that_was_refused_leaves_its_key_free(start, connect):
    """A message that could not be paid can be sent again under its key."""
    poor = start(credits=1, message_cost=5)
    client = connect(poor)
    session = client.session()
    assert client.tell(session, "hello", "k").json()["code"] == 2001
    poor.stop()
    client = connect(start())
    assert client.tell(session, "hello", "k").status_code == 200


def test_message_that_was_withdrawn_is_not_taken_when_it_comes(start, connect):
    """It is refused however late it comes, also after a restart, and is in no ledger; others are taken."""
    first = start()
    client = connect(first)
    session = client.session()
    path = f"/studio/sessions/{session}/withdraw"
    for _ in range(2):
        assert client.post(path, json={"key": "late"}).json()["data"] == {"withdrawn": True}
    first.stop()
    client = connect(start())
    late = client.tell(session, "hello", "late")
    assert (late.status_code, late.json()["message"]) == (409, "This message was withdrawn before it came.")
    assert client.tell(session, "hello", "other").status_code == 200
    assert [line["key"] for line in client.ledger(session)] == ["other"]
    assert client.post(path, json={"key": "other"}).json()["data"] == {"withdrawn": False}
    assert client.post(path, json={}).json()["code"] == 422
    assert client.post(path.replace(session, "1"), json={"key": "k"}).json()["code"] == 1002


@pytest.mark.parametrize("status", ["running", "cancelled"])
def test_message_under_way_or_stopped_counts_as_sent(client, another, agent, status):
    """Whatever became of the first one, the second is refused."""
    session = client.session()
    talking = threading.Thread(target=client.tell, args=(session, "hold", "k"))
    talking.start()
    assert agent.began.acquire(timeout=PATIENCE_S)
    if status == "cancelled":
        another.post(f"/studio/sessions/{session}/cancel")
    assert another.ledger(session)[0]["status"] == status
    assert another.tell(session, "hold", "k").status_code == 409
    agent.go.set()
    talking.join(PATIENCE_S)


@pytest.mark.parametrize("key", ["x" * 201, "caf\xe9", "a\tb", "\x7f"])
def test_keys_that_are_none(guest, clip, key):
    """A key that is too long, or not printable ASCII, is refused before anything is done."""
    session = guest.session()
    headers = [(b"Idempotency-Key", key.encode("latin-1"))]
    body = {"session_id": session, "new_message": {"parts": [{"text": "hello"}]}}
    for answer in (
        guest.post("/run_sse", json=body, headers=headers),
        guest.post(_path(session), files={"files": ("a.mp4", clip.read_bytes())}, headers=headers),
    ):
        assert (answer.status_code, answer.json()["code"]) == (400, 400)
        assert "Idempotency-Key" in answer.json()["message"]
    assert guest.ledger(session) == guest.listed(session, "media") == []


def test_longest_key_and_none_at_all(client, clip):
    """200 characters with spaces are a key; an empty one is none, and then everything is taken as new."""
    session, key = client.session(), "a ~" + "x" * 197
    assert client.upload(session, clip, key=key).json()["code"] == 0
    for _ in range(2):
        assert client.upload(session, clip, key="").json()["code"] == 0
        assert client.tell(session, "hello", "").status_code == 200
    assert [media["key"] for media in client.listed(session, "media")] == [key, "", ""]


def test_upload_is_stored_once(client, clip, picture, jingle):
    """An upload that comes again is answered as the first time, and adds nothing anywhere."""
    session = client.session()
    first = client.upload(session, clip, picture, jingle, clip, key="u").json()
    state = client.state(session)
    assert client.upload(session, clip, picture, jingle, clip, key="u").json() == first
    assert client.state(session) == state
    listed = client.listed(session, "media")
    assert listed == [{"key": "u", **file} for file in first["data"]["files"]]
    assert len({file["cdn_url"] for file in listed}) == 4
    elsewhere = client.session()
    assert client.upload(elsewhere, clip, key="u").json() != first, "a key is its session's own"


def test_repeated_upload_leaves_nothing_on_disk(client, studio, clip):
    """The bytes that came a second time are dropped."""
    session = client.session()
    client.upload(session, clip, key="u")
    before = sorted((studio.data / "media").iterdir())
    client.upload(session, clip, key="u")
    assert sorted((studio.data / "media").iterdir()) == before
    assert not list((studio.data / "incoming").iterdir())


def test_another_file_with_the_same_key_is_not_lost(client, clip, picture):
    """A key may stand for several requests of one errand: what has not come with it yet is taken in."""
    session = client.session()
    first = client.upload(session, clip, key="u").json()["data"]["files"]
    second = client.upload(session, picture, key="u").json()["data"]["files"]
    assert client.upload(session, clip, key="u").json()["data"]["files"] == first
    assert client.upload(session, picture, clip, key="u").json()["data"]["files"] == second + first
    assert _names(client, session) == ["harbour", "beach"]


@pytest.mark.parametrize("studios", [1, 2])
def test_two_of_one_upload_at_the_same_time(start, connect, clip, studios):
    """Uploads with one key that come together, even at two studios over one folder, are stored once."""
    running = [start() for _ in range(studios)]
    clients = [connect(running[i % studios], headers={"Host": "localhost"}) for i in range(4)]
    session = clients[0].session()
    answers = _together(*(lambda c=c: c.upload(session, clip, key="u").json() for c in clients))
    assert answers == answers[:1] * 4
    assert answers[0]["code"] == 0
    assert _names(clients[0], session) == ["harbour"]
    assert len(list((running[0].data / "media").iterdir())) == 1


def test_upload_that_was_refused_leaves_its_key_free(client, clip, picture):
    """A file that is none does not use the key up, nor does a good one beside it."""
    session = client.session()
    files = [("files", ("beach.png", picture.read_bytes())), ("files", ("b.mp4", b"not a film"))]
    answer = client.post(_path(session), files=files, headers={"Idempotency-Key": "u"})
    assert answer.json()["code"] == 4001
    assert client.listed(session, "media") == []
    assert client.upload(session, clip, key="u").json()["code"] == 0
    assert _names(client, session) == ["harbour"]


def test_repeated_upload_does_not_wait_for_a_message(client, another, clip, agent):
    """What was stored before is answered at once, though a long message is under way."""
    session = client.session()
    first = client.upload(session, clip, key="u").json()
    talking = threading.Thread(target=another.tell, args=(session, "hold x"))
    talking.start()
    assert agent.began.acquire(timeout=PATIENCE_S)
    assert client.upload(session, clip, key="u").json() == first
    agent.go.set()
    talking.join(PATIENCE_S)


class _Site(http.server.BaseHTTPRequestHandler):
    clip, asked = b"", 0

    def do_GET(self):
        type(self).asked += 1
        self.send_response(200 if self.asked == 1 else 404)  # a link that holds once
        self.end_headers()
        self.wfile.write(self.clip)

    def log_message(self, *_):
        pass


def test_links_are_fetched_once(client, clip):
    """Links that come again are answered as the first time without being fetched: they may hold no more."""
    site = type("Site", (_Site,), {"clip": clip.read_bytes()})
    server = http.server.HTTPServer(("127.0.0.1", 0), site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        session = client.session()
        body = {"urls": [f"http://127.0.0.1:{server.server_address[1]}/a.mp4?sig=1"]}
        answers = [client.post(_path(session), json=body, headers={"Idempotency-Key": "u"}) for _ in range(2)]
        unkeyed = client.post(_path(session), json=body)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["code"] == 0
    assert unkeyed.json()["code"] == 4001
    assert site.asked == 2
    assert len(client.listed(session, "media")) == 1
