"""Tokens, sessions and credits."""

from __future__ import annotations

import re
import sqlite3
import threading
from contextlib import closing

import httpx
import pytest
from waiting import PATIENCE_S

from nemo_widgets.studio.errors import Refused
from nemo_widgets.studio.settings import Settings
from nemo_widgets.studio.store import Store


def _ask(studio, client_id="11111111-2222-4333-8444-555555555555"):
    return httpx.post(f"{studio.url}/api/auth/anonymous-token", headers={"X-Client-Id": client_id})


def test_anonymous_token_opens_a_session(studio, connect):
    """A token got with a client id alone is enough to work with."""
    data = _ask(studio).json()["data"]
    assert data["token"].startswith("nmv_usr_")
    assert data["user_id"].startswith("anon_")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", data["expires_at"])
    assert data["credits"] == 100
    session = connect(studio, token=data["token"]).session(language="zh-CN")
    assert re.fullmatch(r"\d{19}", session)
    assert int(session) > 2**53


@pytest.mark.parametrize("client_id", ["", "x" * 65])
def test_client_id_must_be_there_and_short(studio, client_id):
    """Without a client id, or with one of more than 64 characters, the answer is 400."""
    answer = _ask(studio, client_id)
    assert (answer.status_code, answer.json()["code"]) == (400, 400)


def test_one_token_per_client_id(studio):
    """The same client id gets one token in seven days, then 429."""
    assert _ask(studio).json()["code"] == 0
    answer = _ask(studio)
    assert (answer.status_code, answer.json()["code"]) == (429, 429)


def test_ten_tokens_per_address(tmp_path):
    """The eleventh client id from an address elsewhere gets 429, and hears when a week is over."""
    with closing(Store(tmp_path, Settings())) as store:
        for i in range(10):
            store.accounts.issue(f"client-{i}", "203.0.113.7")
        with pytest.raises(Refused) as caught:
            store.accounts.issue("client-10", "203.0.113.7")
        assert caught.value.code == 429
        assert 604_800 - 60 < caught.value.retry_after <= 604_800
        assert store.accounts.issue("client-10", "203.0.113.8").token


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.9", "::1"])
def test_many_tokens_on_ones_own_machine(tmp_path, address):
    """On the machine itself every program may have a token: nobody is locked out of their own studio."""
    with closing(Store(tmp_path, Settings())) as store:
        for i in range(60):
            store.accounts.issue(f"client-{i}", address)


def test_too_many_tokens_say_when_to_come_back(start):
    """Where a limit holds, the answer bears `Retry-After`, in every form of errors."""
    studio = start(tokens_here=1)
    assert _ask(studio, "one").json()["code"] == 0
    answer = _ask(studio, "two")
    assert answer.status_code == 429
    assert 604_800 - 60 < int(answer.headers["retry-after"]) <= 604_800


def test_limits_can_be_lifted_and_a_client_id_is_one_user(start):
    """With a higher limit, the same client id gets new tokens for the same user."""
    studio = start(tokens_per_client=99)
    answers = [_ask(studio).json()["data"] for _ in range(12)]
    assert len({answer["user_id"] for answer in answers}) == 1
    assert len({answer["token"] for answer in answers}) == 12


def test_token_expires_and_can_be_had_again(start, connect):
    """After its life a token is refused with 1001; the same client id gets a new one for the same user."""
    studio = start()
    first = _ask(studio).json()["data"]
    client = connect(studio, token=first["token"])
    session = client.session()
    path, life_s = studio.data / "studio.sqlite3", Settings().token_days * 86_400
    with closing(sqlite3.connect(path, timeout=PATIENCE_S, isolation_level=None)) as database:
        database.execute("UPDATE tokens SET created = created - ?, expires = expires - ?", (life_s, life_s))
    assert client.get("/api/credits/balance/simple").json()["code"] == 1001
    second = _ask(studio).json()["data"]
    assert second["user_id"] == first["user_id"]
    answer = connect(studio, token=second["token"]).get(f"/api/state/nemo_agent/me/{session}/latest")
    assert answer.json()["code"] == 0


@pytest.mark.parametrize("header", [None, "Bearer wrong", "Bearer", "Basic abc", "Bearer \xfc"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/tasks/me/with-session/nemo_agent"),
        ("POST", "/api/auth/claim-token"),
        ("GET", "/api/credits/balance/simple"),
        ("GET", "/api/state/nemo_agent/me/1/latest"),
        ("POST", "/api/upload-video/nemo_agent/me/1"),
        ("POST", "/run_sse"),
        ("POST", "/api/render/proxy/lambda"),
        ("GET", "/api/render/proxy/lambda/x"),
        ("POST", "/api/render/proxy/lambda/x/cancel"),
        ("GET", "/api/render/proxy/x/download"),
        ("GET", "/studio/sessions"),
        ("GET", "/studio/sessions/1/messages"),
        ("GET", "/studio/sessions/1/media"),
        ("GET", "/studio/sessions/1/renders"),
        ("POST", "/studio/sessions/1/cancel"),
    ],
)
def test_every_route_wants_a_token(common, method, path, header):
    """No token, or a wrong one, is answered with 1001 wherever there is something to protect."""
    headers = {} if header is None else {"Authorization": header.encode("latin-1")}
    answer = httpx.request(method, common.url + path, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (200, 1001)


def test_sessions_of_others_are_invisible(studio, client, connect, clip):
    """Another user's token gets 1002 for a session that is not his, whatever he asks of it."""
    session = client.session()
    client.upload(session, clip)
    other = connect(studio, token=_ask(studio).json()["data"]["token"])
    requests = [
        ("GET", f"/api/state/nemo_agent/me/{session}/latest", None),
        ("POST", "/run_sse", {"session_id": session, "new_message": {"parts": [{"text": "hi"}]}}),
        ("POST", "/api/render/proxy/lambda", {"id": "r", "sessionId": session, "draft": {}}),
        ("POST", f"/api/upload-video/nemo_agent/me/{session}", {"urls": ["http://127.0.0.1:9/a.mp4"]}),
        ("GET", f"/studio/sessions/{session}/messages", None),
        ("GET", f"/studio/sessions/{session}/media", None),
        ("GET", f"/studio/sessions/{session}/renders", None),
        ("POST", f"/studio/sessions/{session}/cancel", {}),
    ]
    for method, path, body in requests:
        assert other.request(method, path, json=body).json()["code"] == 1002, path
    assert other.get("/studio/sessions").json()["data"]["sessions"] == []
    assert [s["session_id"] for s in client.get("/studio/sessions").json()["data"]["sessions"]] == [session]


def test_me_is_the_only_name_but_ones_own(client):
    """A path that names another user than `me` finds nothing."""
    assert client.post("/api/tasks/local/with-session/nemo_agent").json()["code"] == 0
    assert client.post("/api/tasks/somebody/with-session/nemo_agent").json()["code"] == 1002


def test_tokens_and_client_ids_are_kept_as_hashes(studio, tmp_path):
    """Neither a token nor a client id stands in any file of the data folder."""
    issued = _ask(studio, "my-client-id").json()["data"]["token"]
    httpx.get(f"{studio.url}/api/credits/balance/simple", headers={"Authorization": f"Bearer {issued}"})
    studio.stop()
    for path in (tmp_path / "data").rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for secret in (issued, studio.token, "my-client-id"):
            assert secret.encode() not in content, path
    with sqlite3.connect(tmp_path / "data" / "studio.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM tokens").fetchone() == (1,)
    database.close()


def test_credits_are_frozen_while_a_message_runs(start, connect, agent):
    """A message's cost is frozen while it runs, then spent; without enough it is 2001 before any work."""
    client = connect(start(message_cost=60))
    session = client.session()
    running = threading.Thread(target=client.say, args=(session, "hold on"))
    running.start()
    assert agent.began.acquire(timeout=PATIENCE_S)
    assert client.get("/api/credits/balance/simple").json()["data"] == {
        "available": 40,
        "frozen": 60,
        "total": 100,
        "message_cost": 60,
    }
    refused = client.post(
        "/run_sse", json={"session_id": session, "new_message": {"parts": [{"text": "title x"}]}}
    )
    assert refused.json()["code"] == 2001
    agent.go.set()
    running.join(PATIENCE_S)
    assert client.get("/api/credits/balance/simple").json()["data"] == {
        "available": 40,
        "frozen": 0,
        "total": 40,
        "message_cost": 60,
    }
    assert [(line["status"], line["cost"]) for line in client.ledger(session)] == [("done", 60)]


def test_failed_messages_cost_nothing(start, connect):
    """Credits of a message that failed come back."""
    client = connect(start(message_cost=60))
    client.say(client.session(), "fail")
    assert client.get("/api/credits/balance/simple").json()["data"] == {
        "available": 100,
        "frozen": 0,
        "total": 100,
        "message_cost": 60,
    }


def test_claim_token_belongs_to_a_task(client):
    """A claim token is given for a session and its own task only."""
    made = client.post("/api/tasks/me/with-session/nemo_agent").json()["data"]
    wanted = {"task_id": made["task_id"], "session_id": made["session_id"]}
    data = client.post("/api/auth/claim-token", json=wanted).json()["data"]
    assert data["claim_token"].startswith("clm_")
    assert data["expires_in"] == 604_800
    assert client.post("/api/auth/claim-token", json={**wanted, "task_id": "x"}).json()["code"] == 1002
