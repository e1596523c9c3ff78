"""Tokens, headers, sessions, credits: what every request carries, and what a refused token leads to."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from starlette.responses import JSONResponse, Response
from waiting import until_async

from nemo_widgets import errors
from nemo_widgets.client import AsyncClient, Credits
from nemo_widgets.client.attribution import platform

ASK = "/api/auth/anonymous-token"
CREDITS = "/api/credits/balance/simple"


async def test_headers(backend, connect, token, monkeypatch):
    """Every request carries the token and the skill's three headers; the token request has no token."""
    monkeypatch.setenv("SKILL_SOURCE", "kit")
    client = connect(anonymous=True, skill="video-making-ai", skill_version="1.2.3")
    assert await client.credits() == Credits(60, 40, 100)
    asked, balance = backend.seen
    for seen in (asked, balance):
        assert seen.headers["x-skill-source"] == "video-making-ai"
        assert seen.headers["x-skill-version"] == "1.2.3"
        assert seen.headers["x-skill-platform"] == "kit"
    assert "authorization" not in asked.headers
    assert asked.body == b""
    assert asked.headers["x-client-id"]
    assert balance.headers["authorization"] == f"Bearer {token}"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/home/u/.clawhub/skills/x/a.py", "clawhub"),
        ("/home/u/.cursor/skills/x/a.py", "cursor"),
        ("/home/u/.cursor/x/a.py", "unknown"),
        ("/usr/lib/a.py", "unknown"),
    ],
)
def test_platform(path, expected):
    """The platform follows from where the package is installed."""
    assert platform(Path(path)) == expected


async def test_token_is_asked_for_once(backend, connect):
    """Many first calls at once ask for one token, and the next process for none."""
    client = connect(anonymous=True)
    await asyncio.gather(*(client.credits() for _ in range(5)))
    await connect(anonymous=True).credits()
    assert backend.paths(ASK) == [f"POST {ASK}"]
    assert client.user_id == "anon_7"


async def test_token_at_top_level(backend, connect):
    """A token that stands outside of `data` is found."""
    backend.script[ASK] = [{"code": 0, "token": backend.tokens[-1]}]
    assert (await connect(anonymous=True).credits()).total == 100


async def test_environment_token(backend, connect, token, monkeypatch):
    """NEMO_TOKEN is used, nothing is asked for, and if it is refused that is said."""
    monkeypatch.setenv("NEMO_API_URL", backend.url)
    monkeypatch.setenv("NEMO_TOKEN", token)
    client = connect(anonymous=True, token=None)
    assert not client.anonymous
    await client.credits()
    backend.tokens.append("nmv_another_token")
    with pytest.raises(errors.AuthError, match="NEMO_TOKEN"):
        await client.credits()
    assert backend.paths(ASK) == []


@pytest.mark.parametrize("meant", ["", "http://127.0.0.1:9"])
@pytest.mark.parametrize("anonymous", [None, False])
@pytest.mark.parametrize(
    "url", ["http://198.51.100.7:8000", "https://other.example", "http://127.0.0.1.example"]
)
def test_environment_token_goes_to_its_own_server_alone(token, monkeypatch, meant, anonymous, url):
    """A server elsewhere that only the program names gets no NEMO_TOKEN: an error says whose that is."""
    monkeypatch.setenv("NEMO_TOKEN", token)
    monkeypatch.setenv("NEMO_API_URL", meant)
    with pytest.raises(errors.AuthError, match=meant or "NemoVideo cloud") as caught:
        AsyncClient(base_url=url, anonymous=anonymous)
    assert url in str(caught.value)
    assert "NEMO_API_URL" in caught.value.hint
    assert token not in str(caught.value)
    assert AsyncClient(base_url=url, token="nmv_its_own").own_token
    assert AsyncClient(base_url=url, anonymous=True).anonymous


@pytest.mark.parametrize("url", ["http://127.0.0.1:8899", "http://localhost:1", "http://[::1]:2"])
def test_environment_token_is_for_this_machine_too(token, monkeypatch, url):
    """A studio on the user's own machine may be given NEMO_TOKEN by its address alone."""
    monkeypatch.setenv("NEMO_TOKEN", token)
    assert AsyncClient(base_url=url).own_token


@pytest.mark.parametrize(
    ("named", "same"),
    [
        ("https://a.example", True),
        ("https://A.example:443/", True),
        ("https://a.example.", True),
        ("http://a.example", False),
        ("https://a.example:8443", False),
        ("https://b.example", False),
        ("https://a.example/v2", False),
    ],
)
def test_an_address_is_known_however_it_is_written(token, monkeypatch, named, same):
    """The server of NEMO_API_URL gets NEMO_TOKEN however a program writes it, but not without its TLS."""
    monkeypatch.setenv("NEMO_TOKEN", token)
    monkeypatch.setenv("NEMO_API_URL", " https://a.example/ ")
    if same:
        assert AsyncClient(base_url=named).own_token
        return
    with pytest.raises(errors.AuthError, match=r"a\.example"):
        AsyncClient(base_url=named)


@pytest.mark.parametrize("refusal", [{"code": 1001}, 401])
@pytest.mark.parametrize("call", ["credits", "chat", "submit", "upload"])
async def test_refused_token_is_renewed_once(backend, connect, draft, tmp_path, refusal, call):  # noqa: PLR0917 - fixtures
    """A refused anonymous token leads to a new one by the same id, and the call is repeated, once."""
    client = connect(anonymous=True)
    await client.credits()
    backend.tokens.append("nmv_usr_the_second_one")
    (clip := tmp_path / "clip.mp4").write_bytes(backend.file)
    path = {"credits": CREDITS, "chat": "/run_sse", "submit": "/api/render/proxy/lambda"}.get(
        call, "/api/upload-video/nemo_agent/me/5"
    )
    backend.script[path] = [refusal if isinstance(refusal, dict) else Response(status_code=401)]
    backend.seen.clear()
    match call:
        case "credits":
            await client.credits()
        case "chat":
            assert [e async for e in client.chat("5", "hi")] == []
        case "submit":
            await client.submit_render("5", draft)
        case "upload":
            await client.upload("5", [clip])
    assert [s.path for s in backend.seen] == [path, ASK, path]
    assert backend.seen[0].body == backend.seen[2].body


async def test_refused_for_good(backend, connect):
    """A token that is refused again after its renewal is an error, not a loop."""
    client = connect(anonymous=True)
    backend.script[CREDITS] = [{"code": 1001}] * 3
    with pytest.raises(errors.AuthError, match="Connect again"):
        await client.credits()
    assert len(backend.paths(CREDITS)) == 2


async def test_another_process_renewed_it(backend, connect):
    """A token that another process has renewed meanwhile is used, and none asked for."""
    first, second = connect(anonymous=True), connect(anonymous=True)
    await asyncio.gather(first.credits(), second.credits())
    backend.tokens.append("nmv_usr_the_second_one")
    await first.credits()
    backend.seen.clear()
    await second.credits()
    assert backend.paths(ASK) == []


async def test_rate_limit_waits_once(backend, connect, clock, tmp_path):
    """A 429 on the token request is waited for once, 30 s; the second is an error that says what to do."""
    limited = JSONResponse({"detail": "slow down"}, 429)
    backend.script[ASK] = [limited]
    await connect(anonymous=True).authenticate()
    assert sum(clock.slept) == pytest.approx(30, abs=0.5)
    backend.script[ASK] = [limited, {"code": 429}]
    clock.slept.clear()
    with pytest.raises(errors.RateLimited, match="--local"):
        await connect(anonymous=True, config_dir=tmp_path / "other").authenticate()
    assert sum(clock.slept) == pytest.approx(30, abs=0.5)


@pytest.mark.parametrize(
    ("asked", "told"), [("604800", "in 7 days"), ("5000", "in 2 hours"), ("180", "in 3 minutes")]
)
async def test_a_token_that_is_days_away_is_not_waited_for(backend, connect, clock, asked, told):
    """Where the server says that the next token is far away, nobody waits, and the error says when it is."""
    backend.script[ASK] = [JSONResponse({"code": 429}, 429, {"Retry-After": asked})]
    with pytest.raises(errors.RateLimited, match=told):
        await connect(anonymous=True).authenticate()
    assert (clock.slept, len(backend.seen)) == ([], 1)


async def test_missing_client_id_makes_one(backend, connect):
    """A 400 on the token request leads to a new id and one more try."""
    backend.script[ASK] = [JSONResponse({"detail": "X-Client-Id required"}, 400)]
    await connect(anonymous=True).authenticate()
    first, second = (s.headers["x-client-id"] for s in backend.seen)
    assert first != second


@pytest.mark.parametrize("wrong", ["", "a b", "nmv_\n", "nmv_ü", "x\ry"])
def test_impossible_token(wrong):
    """A token that can't stand in a header is refused without being shown."""
    if wrong == "nmv_\n":  # white space around it is forgiven
        assert AsyncClient(token=wrong)
        return
    with pytest.raises(errors.AuthError) as caught:
        AsyncClient(token=wrong)
    assert not wrong or wrong not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    ["localhost:8000", "ftp://x", "http://", "http://u:secret@x", "http://x:99999", "http://x?a=1", "//x"],
)
def test_impossible_address(url):
    """An address that is none is a usage error; a password in it is not repeated."""
    with pytest.raises(errors.UsageError) as caught:
        AsyncClient(base_url=url)
    assert "secret" not in str(caught.value)


def test_impossible_skill():
    """A skill's name that can't stand in a header is a usage error."""
    with pytest.raises(errors.UsageError, match="ASCII"):
        AsyncClient(skill="剪辑")


async def test_session(backend, connect):
    """A session's id stays a string, beyond 2^53 too, and the language is sent."""
    session = await connect().create_session("zh-CN", name="holiday")
    assert session.session_id == "5529700000000000001"
    assert (session.task_id, session.user_id) == ("t1", "anon_7")
    assert backend.seen[-1].json == {"task_name": "holiday", "language": "zh-CN"}


async def test_claim_link(backend, connect, monkeypatch):
    """The link leads to the web site and holds the claim, escaped."""
    monkeypatch.setenv("NEMO_WEB_URL", "https://web.example/")
    link = await connect().claim_link("t1", "5")
    assert link == "https://web.example/workspace/claim?ct=clm_a%20b"
    assert backend.seen[-1].json == {"task_id": "t1", "session_id": "5"}


async def test_state(connect, draft):
    """The state holds the draft as it came; null keys read as empty."""
    state = await connect().state("5")
    assert state.draft.data == draft
    assert state.ready
    assert state.video_infos == []


@pytest.mark.parametrize(
    "data",
    [{}, {"state": None}, {"state": {"draft": None}}, {"state": {"draft": "{}", "generated_media": 7}}],
)
async def test_state_before_first_use(backend, connect, data):
    """A state with next to nothing in it is a state."""
    backend.script["/api/state/nemo_agent/me/5/latest"] = [{"code": 0, "data": data}]
    assert not (await connect().state("5")).ready


async def test_unknown_session(backend, connect):
    """1002 is SessionNotFound."""
    backend.script["/api/state/nemo_agent/me/5/latest"] = [{"code": 1002}]
    with pytest.raises(errors.SessionNotFound):
        await connect().state("5")


async def test_reads_are_retried(backend, connect):
    """A read gets over a server that is busy for a moment."""
    backend.script[CREDITS] = [Response(status_code=503), Response(status_code=429)]
    assert (await connect().credits()).total == 100
    assert len(backend.paths(CREDITS)) == 3


async def test_unreachable(connect):
    """A server that is not there is named, with what to do."""
    with pytest.raises(errors.ConnectError, match=r"http://127\.0\.0\.1:1 .*--local") as caught:
        await connect("http://127.0.0.1:1").credits()
    assert caught.value.__context__ is None


async def test_no_proxy_for_this_machine(connect, monkeypatch):
    """A proxy in the environment is not used for loopback addresses."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert (await connect().credits()).total == 100


async def test_proxy_for_others(connect, monkeypatch):
    """It is used for every other address."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with pytest.raises(errors.ConnectError, match=r"http://nemo\.invalid"):
        await connect("http://nemo.invalid", settings={"attempts": 1}).credits()


async def test_redirect_is_not_followed(backend, connect):
    """A redirect of the API is an error: the token goes nowhere else."""
    backend.script[CREDITS] = [Response(status_code=307, headers={"Location": f"{backend.url}/cdn/x"})]
    with pytest.raises(errors.ProtocolError, match="NEMO_API_URL"):
        await connect().credits()
    assert backend.paths("/cdn/") == []


async def test_studio_is_recognised(backend, connect):
    """The studio is known by its header; only there a message can be stopped, or withdrawn on its way."""
    client = connect()
    await client.credits()
    assert not client.is_studio
    assert not await client.cancel_chat("5")
    assert not await client.withdraw_chat("5", "k")
    assert backend.paths("/studio/") == []
    backend.studio = True
    await client.credits()
    backend.script["/studio/sessions/5/cancel"] = [{"code": 0}]
    assert await client.cancel_chat("5")
    withdraw = "/studio/sessions/5/withdraw"
    backend.script[withdraw] = [{"code": 0, "data": {"withdrawn": there}} for there in (True, False)]
    assert [await client.withdraw_chat("5", "k") for _ in range(2)] == [True, False]
    assert client.is_studio


async def test_answer_comes_too_late(raw, connect):
    """A server that takes the request and says nothing is a time-out, not a hang."""
    server = raw(["hold"], ["hold"])
    with pytest.raises(errors.TimedOut):
        await connect(server.url, settings={"read_s": 0.1, "attempts": 2}).credits()
    await until_async(lambda: len(server.requests) == 2)
