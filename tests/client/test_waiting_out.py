"""A 429 is waited for once, where one can see it, on every request; no paid request goes out four times."""

from __future__ import annotations

import asyncio
import contextlib
import itertools

import pytest
from starlette.responses import JSONResponse, Response
from waiting import PATIENCE_S

from nemo_widgets import errors
from nemo_widgets.client import Clock
from nemo_widgets.client.notices import listening

CREDITS = "/api/credits/balance/simple"
CALLS = {
    "credits": CREDITS,
    "chat": "/run_sse",
    "submit": "/api/render/proxy/lambda",
    "upload": "/api/upload-video/nemo_agent/me/5",
    "poll": "/api/render/proxy/lambda/r",
    "download": "/api/render/proxy/r/download",
    "link": "/cdn/v.mp4",
}


@pytest.fixture
def call(backend, draft, tmp_path):
    """Makes each kind of request."""
    (clip := tmp_path / "clip.mp4").write_bytes(backend.file)
    backend.renders["r"] = [{"status": "pending"}]

    async def request(client, what):
        match what:
            case "credits":
                await client.credits()
            case "chat":
                assert [event async for event in client.chat("5", "hi")] == []
            case "submit":
                await client.submit_render("5", draft)
            case "upload":
                await client.upload("5", [clip])
            case "poll":
                await client.render_status("r")
            case "download":
                await client.download("", tmp_path / "out.mp4", render_id="r")
            case "link":
                await client.download("/cdn/v.mp4", tmp_path / "out.mp4")

    return request


def limited(retry_after=None):
    return JSONResponse({"detail": "slow down"}, 429, {"Retry-After": retry_after} if retry_after else {})


@pytest.mark.parametrize("what", CALLS)
async def test_waited_for_once(backend, connect, call, clock, what):
    """One 429 is got over after 30 s, with a countdown to be seen; the second in a row is an error."""
    told = []
    backend.script[CALLS[what]] = [limited()]
    with listening(told.append):
        await call(connect(), what)
    assert sum(clock.slept) == pytest.approx(30, abs=0.5)
    assert told[0] == "The server is asked too often. Trying again in 30 s."
    assert (len(told), told[-1]) == (len(clock.slept) + 1, "")
    assert len(backend.paths(CALLS[what])) == 2
    backend.script[CALLS[what]] = [limited()] * 9
    clock.slept.clear()
    with pytest.raises(errors.DownloadError if what == "link" else errors.RateLimited):
        await call(connect(), what)
    assert len(backend.paths(CALLS[what])) == 4
    assert sum(clock.slept) == pytest.approx(30, abs=0.5)


@pytest.mark.parametrize(("asked", "waited"), [("5", 30), ("90", 90), ("3600", 120), ("soon", 30)])
async def test_how_long(backend, connect, clock, asked, waited):
    """A Retry-After that is longer is obeyed, up to two minutes."""
    backend.script[CREDITS] = [limited(asked)]
    await connect().credits()
    assert sum(clock.slept) == pytest.approx(waited, abs=0.5)


@pytest.mark.parametrize("what", ["credits", "chat", "submit", "upload"])
async def test_cancelled_while_waiting(backend, connect, call, what):
    """A wait that is cancelled ends at once, takes its notice away, and nothing more is sent."""
    backend.script[CALLS[what]] = [limited()]
    told, waiting = [], asyncio.Event()

    def hear(sentence):
        told.append(sentence)
        waiting.set()

    with listening(hear):
        task = asyncio.create_task(call(connect(settings={"clock": Clock(), "rate_wait_s": 1e6}), what))
    await waiting.wait()
    task.cancel()
    async with asyncio.timeout(PATIENCE_S):
        with contextlib.suppress(asyncio.CancelledError):
            await task
    assert task.cancelled()
    assert told[-1] == ""
    assert len(backend.paths(CALLS[what])) == 1


OBSTACLES = {
    "401": lambda: Response(status_code=401),
    "429": limited,
    "400": lambda: JSONResponse({"detail": "X-Client-Id missing"}, 400),
    "503": lambda: Response(status_code=503),
}


@pytest.mark.parametrize("what", ["chat", "submit", "upload"])
async def test_paid_requests_go_out_three_times_at_most(backend, connect, call, what):
    """Whatever refusals come in whatever order, a paid request goes out thrice at most."""
    for order in itertools.product(OBSTACLES, repeat=3):
        client = connect(anonymous=True)
        backend.seen.clear()
        backend.script[CALLS[what]] = [*(OBSTACLES[name]() for name in order), *[limited()] * 3]
        with contextlib.suppress(errors.NemoError):
            await call(client, what)
        most = 1 + ("401" in order) + 1
        sent = [
            line for line in backend.paths(CALLS[what]) if line.startswith("POST ")
        ]  # it may be looked up
        assert len(sent) <= most
        await client.aclose()


async def test_client_id_is_sent_along(backend, connect):
    """A read that is refused for want of a client id is repeated with it; it is the one of the token."""
    client = connect(anonymous=True)
    backend.script[CREDITS] = [JSONResponse({"detail": "X-Client-Id missing"}, 400)]
    assert (await client.credits()).total == 100
    asked, first, second = backend.seen
    assert "x-client-id" not in first.headers
    assert second.headers["x-client-id"] == asked.headers["x-client-id"]
