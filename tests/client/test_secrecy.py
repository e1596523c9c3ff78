"""The token and the client id show up nowhere: not in a repr, not in an error, not in a log."""

from __future__ import annotations

import contextlib
import copy
import logging
import pickle
import traceback

import pytest
from starlette.responses import JSONResponse

from nemo_widgets.client import AsyncClient
from nemo_widgets.client.envelope import Reply, Verdict
from nemo_widgets.client.identity import Grant
from nemo_widgets.client.secret import Secret
from nemo_widgets.errors import NemoError

CLIENT_ID = "canary-client-id-0123456789"


@pytest.fixture
def canaries(token, monkeypatch):
    monkeypatch.setenv("NEMO_CLIENT_ID", CLIENT_ID)
    return (token, CLIENT_ID)


def told(error: BaseException) -> str:
    """All that can be read off an error: words, traceback with what it hides, and what it was made of."""
    parts = ["".join(traceback.format_exception(error)), repr(error), repr(vars(error))]
    seen: BaseException | None = error
    while seen is not None:
        parts += [repr(seen), str(seen), repr(getattr(seen, "request", None)), repr(vars(seen))]
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
