"""The protocol's error table (§10): every row, in every form it can come in, on every kind of request."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from starlette.responses import JSONResponse, Response

from nemo_widgets import errors

ASK = "/api/auth/anonymous-token"
SUBMIT = "/api/render/proxy/lambda"
PATHS = {
    "state": "/api/state/nemo_agent/me/5/latest",
    "credits": "/api/credits/balance/simple",
    "chat": "/run_sse",
    "upload": "/api/upload-video/nemo_agent/me/5",
    "links": "/api/upload-video/nemo_agent/me/5",
    "submit": SUBMIT,
    "poll": f"{SUBMIT}/r",
    "download": "/api/render/proxy/r/download",
    "token": ASK,
}
PAID = ("chat", "upload", "links", "submit")


@dataclass(frozen=True)
class Row:
    """A row: its number in bodies, its HTTP status, the error, and what its words hold."""

    number: int
    status: int
    kind: type[errors.NemoError]
    sentence: str
    hint: str


ROWS = {
    "1001": Row(1001, 401, errors.AuthError, "token is wrong or has expired", "Connect again"),
    "1002": Row(1002, 404, errors.SessionNotFound, "does not know this session", "%nemo connect"),
    "2001": Row(2001, 403, errors.NoCredits, "no credits left", "/register?bind=anon_7"),
    "4001": Row(4001, 415, errors.UnsupportedFile, "because", "mp4, mov, avi, webm, mkv"),
    "4002": Row(4002, 413, errors.FileTooLarge, "because", "Compress or trim"),
    "402": Row(
        402, 402, errors.ExportBlocked, "not part of the present plan", "Register or upgrade your plan"
    ),
    "429": Row(429, 429, errors.RateLimited, "asked too often", "Wait half a minute"),
    "400": Row(400, 400, errors.MissingClientId, "misses the client id", "client id"),
}
SAID = "because of X-Client-Id"
FORMS = {
    "status alone": lambda row: Response(status_code=row.status),
    "status and detail": lambda row: JSONResponse({"detail": SAID}, row.status),
    "status and list": lambda row: JSONResponse({"detail": [{"loc": ["body"], "msg": SAID}]}, row.status),
    "body code, HTTP 200": lambda row: JSONResponse({"code": row.number, "message": SAID}),
    "body code as text": lambda row: JSONResponse({"code": str(row.number), "message": SAID}),
    "body code, wrong status": lambda row: JSONResponse({"code": row.number, "message": SAID}, 500),
    "code in detail": lambda row: JSONResponse({"detail": {"code": row.number, "message": SAID}}, row.status),
    "code in detail, 200": lambda row: JSONResponse({"detail": {"code": row.number, "message": SAID}}),
    "code in a list": lambda row: JSONResponse({"detail": [{"code": row.number, "msg": SAID}]}, 400),
    "success false": lambda row: JSONResponse({"success": False, "code": row.number, "error": SAID}),
    "code in error": lambda row: JSONResponse(
        {"success": False, "error": {"code": row.number, "message": SAID}}
    ),
    "code in data": lambda row: JSONResponse(
        {"success": False, "data": {"code": row.number}, "message": SAID}
    ),
}
STREAM_FORMS = {
    "typed": lambda row: {"type": "error", "code": row.number, "message": SAID},
    "typed, code in error": lambda row: {"type": "error", "error": {"code": row.number, "message": SAID}},
    "ADK": lambda row: {"errorCode": str(row.number), "errorMessage": SAID, "author": "nemo_agent"},
    "error object": lambda row: {"error": {"code": row.number, "message": SAID}},
    "envelope": lambda row: {"code": row.number, "message": SAID},
    "envelope, text": lambda row: {"code": str(row.number), "msg": SAID, "data": None},
    "detail": lambda row: {"detail": {"code": row.number, "message": SAID}},
    "success false": lambda row: {"success": False, "code": row.number, "error": SAID},
}
ENVELOPES = ("envelope", "envelope, text", "detail", "success false")
"""The forms that answers to requests have; the others are an agent's events."""


@pytest.fixture
def ask(draft, tmp_path, backend):
    """Makes each kind of request."""
    (clip := tmp_path / "clip.mp4").write_bytes(backend.file)

    async def request(client, what):  # noqa: PLR0911 - one for each request
        match what:
            case "state":
                return await client.state("5")
            case "credits":
                return await client.credits()
            case "chat":
                return [event async for event in client.chat("5", "hi")]
            case "upload":
                return await client.upload("5", [clip])
            case "links":
                return await client.upload_links("5", ["https://x/a.mp4"])
            case "submit":
                return await client.submit_render("5", draft, render_id="r")
            case "poll":
                return await client.render_status("r")
            case "download":
                return await client.download("", tmp_path / "out.mp4", render_id="r")
            case _:
                return await client.authenticate()

    return request


def expected(row: str, what: str, form: str) -> Row | None:  # noqa: PLR0911 - one for each exception
    """What a row means there; None where the number says nothing about such a request."""
    found = ROWS[row]
    by_status = form.startswith("status")
    if by_status and row == "2001":
        return None  # 403 is no number of the table
    if by_status and row == "1002":
        if what in ("poll", "download"):
            return Row(404, 404, errors.RenderFailed, "does not know this render job", "%nemo export")
        if what in ("credits", "token"):
            return Row(404, 404, errors.ServerError, "does not know this address", "")
    if row == "400" and form == "status alone" and what != "token":
        return None  # HTTP's word for anything; only the token request can be missing nothing else
    if row == "429" and what == "token":
        return Row(429, 429, errors.RateLimited, "No more anonymous tokens", "--local")
    if by_status and form == "status alone" and row in ("4001", "4002"):
        sentence = "does not take this type" if row == "4001" else "too large"
        return Row(found.number, found.status, found.kind, sentence, found.hint)
    return found


@pytest.mark.parametrize("what", PATHS)
@pytest.mark.parametrize("row", ROWS)
async def test_row(backend, connect, ask, row, what):
    """A row is the same error, sentence and hint in every form, after what the client does by itself."""
    client = connect(anonymous=True, settings={"unknown_polls": 1})
    for form, make in FORMS.items():
        if (want := expected(row, what, form)) is None:
            continue
        backend.script.clear()
        if what == "token":
            client = connect(anonymous=True, config_dir=None, settings={"unknown_polls": 1})
        else:
            await client.authenticate()
        if row == "1001":
            backend.tokens.append(f"nmv_usr_number_{len(backend.tokens)}")
        backend.seen.clear()
        backend.script[PATHS[what]] = [make(ROWS[row]) for _ in range(9)]
        with pytest.raises(errors.NemoError) as caught:
            await ask(client, what)
        assert (form, type(caught.value)) == (form, want.kind)
        assert want.sentence in caught.value.message, form
        if row == "402":
            about_exports = what in ("submit", "poll", "download")
            assert ("export" in str(caught.value).lower()) == about_exports, form
            assert about_exports or form == "status alone" or SAID in caught.value.message, form
        # Before there is a token nobody knows the user.
        hint = "/register" if row == "2001" and what == "token" else want.hint
        assert hint in caught.value.hint, form
        by_itself = {"429": True, "400": what not in PAID, "1001": what != "token"}.get(row, False)
        assert (form, len(backend.paths(PATHS[what]))) == (form, 1 + by_itself)


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("before", [b"", b": alive\n\n"])
async def test_row_in_the_stream(backend, connect, row, before):
    """So it is as the first thing in an answer's stream; only 1001 is sent again, if no sign of life came."""
    client, want = connect(anonymous=True), ROWS[row]
    await client.authenticate()
    for form, make in STREAM_FORMS.items():
        if want.number < 1000 and form not in ENVELOPES:
            continue  # a number of HTTP's in an event is the agent's
        backend.seen.clear()
        backend.stream = [before + b"data: " + json.dumps(make(want)).encode() + b"\n\n"]
        with pytest.raises(errors.NemoError) as caught:
            [event async for event in client.chat("5", "hi")]
        assert (form, type(caught.value)) == (form, want.kind)
        assert want.sentence in caught.value.message, form
        assert want.hint in caught.value.hint, form
        assert (form, len(backend.paths("/run_sse"))) == (form, 1 + (row == "1001" and not before))
        assert caught.value.nothing_done is (not before and row not in ("4001", "4002"))


@pytest.mark.parametrize("number", [400, 401, 402, 404, 422, 429])
async def test_numbers_of_http_in_an_event_are_the_agents(backend, connect, number):
    """What a model answered the agent is its failure: no token is thrown away, nothing is repeated."""
    client = connect(anonymous=True)
    row = Row(number, number, errors.AgentError, "", "")
    for form, make in STREAM_FORMS.items():
        if form in ENVELOPES:
            continue
        backend.seen.clear()
        backend.stream = [b"data: " + json.dumps(make(row)).encode() + b"\n\n"]
        events = [event async for event in client.chat("5", "hi")]
        assert (form, [(e.message, e.code) for e in events]) == (form, [(SAID, str(number))])
        assert (form, len(backend.paths("/run_sse")), len(backend.paths(ASK))) == (form, 1, form == "typed")


@pytest.mark.parametrize("row", ["1001", "1002", "2001", "4001", "4002"])
async def test_protocol_numbers_are_refusals_late_in_the_stream(backend, connect, row):
    """The protocol's own numbers are the server's wherever they come; late, nothing is sent again."""
    told = json.dumps({"errorCode": row, "errorMessage": "x"}).encode()
    backend.stream = [b'data: {"type":"text","content":"Hi"}\n\ndata: ' + told + b"\n\n"]
    client = connect(anonymous=True)
    with pytest.raises(ROWS[row].kind):
        [event async for event in client.chat("5", "hi")]
    assert len(backend.paths("/run_sse")) == 1


@pytest.mark.parametrize("number", [400, 401, 402, 404, 429, 500, 7])
async def test_other_numbers_late_in_the_stream_are_the_agents(backend, connect, number):
    """HTTP's numbers after the agent has spoken are what some model answered it: its failure, not ours."""
    told = json.dumps({"errorCode": str(number), "errorMessage": "model"}).encode()
    backend.stream = [b'data: {"type":"text","content":"Hi"}\n\ndata: ' + told + b"\n\n"]
    events = [event async for event in connect().chat("5", "hi")]
    assert (events[-1].message, events[-1].code) == ("model", str(number))


@pytest.mark.parametrize("what", [name for name in PATHS if name != "token"])
async def test_own_token_is_never_renewed(backend, connect, ask, what):
    """A token of the user's own that is refused is said to be; nothing is repeated and none is asked for."""
    backend.tokens.append("nmv_another_token")
    with pytest.raises(errors.AuthError, match="from the program"):
        await ask(connect(), what)
    assert len(backend.paths(PATHS[what])) == 1
    assert backend.paths(ASK) == []


@pytest.mark.parametrize("what", [name for name in PATHS if name != "token"])
async def test_registered_without_credits(backend, connect, ask, what):
    """A registered user without credits is told to top up."""
    backend.script[PATHS[what]] = [{"code": 2001}]
    with pytest.raises(errors.NoCredits, match="Top up credits in your account"):
        await ask(connect(), what)
