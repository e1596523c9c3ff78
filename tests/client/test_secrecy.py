"""The token and the client id show up nowhere: not in a repr, not in an error, not in a log."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import logging
import pickle
import traceback

import pytest
from starlette.responses import JSONResponse

from nemo_widgets.client import AsyncClient
from nemo_widgets.client.credentials import Credentials
from nemo_widgets.client.envelope import Reply, Verdict
from nemo_widgets.client.identity import Grant
from nemo_widgets.client.secret import Secret
from nemo_widgets.errors import NemoError

CLIENT_ID = "canary-client-id-0123456789"


@pytest.fixture
def canaries(token, monkeypatch):
    monkeypatch.setenv("NEMO_CLIENT_ID", CLIENT_ID)
    return (token, CLIENT_ID)


def shown_locals(error: BaseException) -> list[str]:
    """What a traceback shows that shows its frames' locals, of all frames but the tests' own."""
    parts, trace = [], error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename != __file__:
            parts += [f"{name}={value!r}" for name, value in trace.tb_frame.f_locals.items()]
        trace = trace.tb_next
    return parts


def told(error: BaseException) -> str:
    """All that can be read off an error: words, traceback with what it hides, and what it was made of."""
    parts = [*shown_locals(error), "".join(traceback.format_exception(error)), repr(error), repr(vars(error))]
    seen: BaseException | None = error
    while seen is not None:
        parts += [
            *shown_locals(seen),
            repr(seen),
            str(seen),
            repr(getattr(seen, "request", None)),
            repr(vars(seen)),
        ]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(parts)


@pytest.mark.parametrize(
    "fault", ["echo", "echo in the stream", "reset", "unreached", "late", "html", "rate"]
)
async def test_canary(backend, connect, raw, canaries, caplog, tmp_path, draft, fault):  # noqa: PLR0917 - fixtures
    """Whatever goes wrong, at the loudest log level, the canaries stay inside."""
    caplog.set_level(logging.DEBUG)
    url = None
    if fault in ("echo", "rate"):
        number = 401 if fault == "echo" else 429
        for path in (
            "/run_sse",
            "/api/credits/balance/simple",
            "/api/render/proxy/lambda",
            "/api/auth/anonymous-token",
        ):
            detail = {"detail": f"bad {canaries}", "message": f"bad {canaries}"}
            answer = JSONResponse(detail, number)
            backend.script[path] = [answer] * 9
        backend.script["/api/auth/anonymous-token"].insert(0, {"code": 0, "data": {"token": canaries[0]}})
    elif fault == "echo in the stream":
        backend.stream = [
            f'data: {{"error": "no {canaries[0]}"}}\n\ndata: {{"x": "{canaries[0]}"}}\n\n'.encode()
        ]
    elif fault == "html":
        backend.tokens = [f"{canaries[0]} b"]
    elif fault == "unreached":
        url = "http://127.0.0.1:1"
    else:
        url = raw(*[[0.01, "rst"] if fault == "reset" else [0.3]] * 8).url
    client = connect(url, anonymous=True, config_dir=tmp_path / "c", settings={"read_s": 0.1, "attempts": 1})
    output = [repr(client), repr(client._auth), repr(client._caller), repr(vars(client._auth))]

    async def chat():
        output.extend([repr(e) + repr(vars_of(e)) async for e in client.chat("5", "hi")])

    failures = 0
    for work in (client.credits(), chat(), client.submit_render("5", draft), client.state("5")):
        try:
            output.append(repr(await work))
        except NemoError as error:
            failures += 1
            output += [told(error), str(pickle.loads(pickle.dumps(error)))]  # noqa: S301 - our own bytes
    output += [r.getMessage() + repr(r.__dict__) for r in caplog.records]
    assert failures or fault == "echo in the stream"
    for canary in canaries:
        assert canary not in "\n".join(output)


def vars_of(event):
    return [getattr(event, name) for name in event.__slots__]


@pytest.mark.parametrize("how", ["body", "turn", "progress", "cancelled"])
async def test_errors_that_pass_through_the_http_library(raw, connect, canaries, tmp_path, how):
    """What is raised inside of an upload's body passes the HTTP library's frames: none shows a token."""
    token, _ = canaries
    (clip := tmp_path / "clip.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(900_000))
    server = raw([1.0])
    client = connect(server.url, token=token, settings={"chunk": 65536, "progress_s": 0})

    async def turn():
        if how == "cancelled":
            raise asyncio.CancelledError
        raise ZeroDivisionError

    def progress(now):
        if how == "progress":
            raise ZeroDivisionError
        if how == "body" and now.sent > 100_000:
            clip.write_bytes(b"")

    with pytest.raises((NemoError, ZeroDivisionError, asyncio.CancelledError)) as caught:
        await client.upload("5", [clip], progress, turn=None if how == "body" else turn)
    output = told(caught.value)
    assert "multipart.py" in output or how == "body"
    assert token not in output


@pytest.mark.parametrize("call", ["chat", "credits", "download"])
async def test_echo_in_headers(raw, connect, canaries, caplog, tmp_path, call):  # noqa: PLR0917 - fixtures
    """A server that repeats the secrets in its headers does not get them into anybody's log."""
    for name in [None, *logging.root.manager.loggerDict]:
        caplog.set_level(logging.DEBUG, logger=name)
    echo = " ".join(canaries).encode()
    head = b"HTTP/1.1 200 OK\r\nX-Echo: %s\r\nSet-Cookie: t=%s\r\n" % (echo, canaries[0].encode())
    token = b'{"code":0,"data":{"token":"%s"}}' % canaries[0].encode()
    body = {"chat": b"data: x\n\n", "credits": b'{"code":0,"data":{}}', "download": b"video"}[call]
    kind = {"chat": b"text/event-stream", "credits": b"application/json", "download": b"video/mp4"}[call]

    def answer(kind, body):
        return [head + b"Content-Type: %s\r\nContent-Length: %d\r\n\r\n" % (kind, len(body)) + body, 0.1]

    server = raw(answer(b"application/json", token), answer(kind, body))
    client = connect(server.url, anonymous=True)
    await client.authenticate()
    match call:
        case "chat":
            assert len([event async for event in client.chat("5", "hi")]) == 1
        case "credits":
            await client.credits()
        case _:
            await client.download("", tmp_path / "v.mp4", render_id="r")
    logged = "\n".join(record.getMessage() + repr(record.__dict__) for record in caplog.records)
    assert "X-Echo" in logged
    for canary in canaries:
        assert canary not in logged


def test_credentials_show_nothing(canaries):
    """What signs requests, and so stands in the locals of many frames, shows nothing and can't be pickled."""
    sign = Credentials(Secret(canaries[0]), Secret(canaries[1]))
    for shown in (repr(sign), str(sign), f"{sign}", repr([getattr(sign, name) for name in sign.__slots__])):
        assert not any(canary in shown for canary in canaries)
    with pytest.raises(TypeError):
        pickle.dumps(sign)


def test_secret():
    """A secret shows itself only when asked, and can't be pickled or copied away by accident."""
    secret = Secret("nmv_canary")
    assert "canary" not in f"{secret!r} {secret} {[secret]}"
    assert "canary" not in repr(Grant(secret))
    assert secret.reveal() == "nmv_canary"
    for take in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError):
            take(secret)
    with contextlib.suppress(AttributeError):
        assert "canary" not in repr(secret.__dict__)


def test_bodies_are_not_shown():
    """Neither a reply nor a verdict shows its body, which may hold a token."""
    assert "canary" not in repr(Reply(200, {}, b"canary")) + repr(Verdict({"canary": 1}, {"canary": 1}))


def test_client_without_a_token_is_quiet(canaries):
    """A client's repr names the server alone."""
    assert repr(AsyncClient(base_url="http://x", token=canaries[0])) == "AsyncClient('http://x')"
