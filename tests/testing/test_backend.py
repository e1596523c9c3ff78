"""The scripted backend: it behaves by itself, answers what it is told to, and shows what it got."""

import asyncio
import re
import socket
import time

import httpx
import pytest
from limits import within
from waiting import until_async

from nemo_widgets.client import ClientSettings, Transcript
from nemo_widgets.draft import Draft
from nemo_widgets.errors import (
    AuthError,
    ConnectError,
    ExportBlocked,
    NoCredits,
    RateLimited,
    RenderFailed,
    ServerError,
    SessionNotFound,
    StreamDropped,
    UnsupportedFile,
    UploadUnclear,
)
from nemo_widgets.testing import CUT, RESET, FastClock, ScriptedBackend

AFTER = {"d": 2000, "t": [{"tt": 0, "sg": [{"d": 2000, "m": {"id": "v1"}}]}]}
MEDIA = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 20


@pytest.fixture
def clip(tmp_path):
    path = tmp_path / "clip é.mp4"
    path.write_bytes(MEDIA)
    return path


@pytest.fixture
async def session(client):
    return (await client.create_session()).session_id


async def said(client, session, text="cut"):
    transcript = Transcript()
    async for event in client.chat(session, text):
        transcript.feed(event)
    return transcript.text


async def tracks(client, session):
    return [len(track.segments) for track in (await client.state(session)).draft.layout()]


# -- by itself --------------------------------------------------------------------------------------


async def test_a_session_is_made_and_empty(client, backend):
    """A session has an id beyond 2^53 and nothing in it, and who asks for another one's state is told so."""
    made = await client.create_session(language="zh-CN", name="talk")
    assert int(made.session_id) > 2**53
    state = await client.state(made.session_id)
    assert (state.task_name, state.ready, state.raw["state"]) == ("talk", False, {})
    with pytest.raises(SessionNotFound):
        await client.state("5")
    assert backend.draft == {}


async def test_an_upload_adds_a_segment(client, backend, session, clip, tmp_path):
    """Videos and pictures stand on the timeline, music does not; what came is there to the byte."""
    picture, music = tmp_path / "a.png", tmp_path / "b.mp3"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n12")
    music.write_bytes(b"ID3\r\n--x--\r\n")
    files = await client.upload(session, [clip, picture, music])
    assert [(f.filename, f.file_type, f.duration) for f in files] == [
        ("clip é.mp4", "video", 10),
        ("a.png", "image", 0),
        ("b.mp3", "audio", 10),
    ]
    assert [(u.filename, u.content) for u in backend.uploads] == [
        (p.name, p.read_bytes()) for p in (clip, picture, music)
    ]
    segments = (await client.state(session)).draft.layout()[0].segments
    assert [(s.name, s.start_ms, s.duration_ms) for s in segments] == [
        ("clip é", 0, 10_000),
        ("a", 10_000, 4000),
    ]
    got = await client.download(files[0].cdn_url, tmp_path / "back.mp4")
    assert got.read_bytes() == MEDIA


async def test_links_are_taken_too(client, backend, session):
    """A link counts as a file, without a content; what is no media file is refused with 4001."""
    await client.upload_links(session, ["https://example.org/a/b%20roll.mp4?x=1"])
    assert [(u.link[:19], u.filename, u.size) for u in backend.uploads] == [
        ("https://example.org", "b%20roll.mp4", 0)
    ]
    with pytest.raises(UnsupportedFile, match=r"notes\.pdf"):
        await client.upload_links(session, ["https://example.org/notes.pdf"])
    assert await tracks(client, session) == [1]


async def test_a_message_is_answered_and_changes_nothing(client, backend, session, clip):
    """Without a script the agent says "Done."; the message is in the ledger once."""
    await client.upload(session, [clip])
    before = backend.draft
    assert await said(client, session, "cut the pauses") == "Done."
    assert (backend.draft, backend.messages) == (before, ["cut the pauses"])


async def test_an_export_ends_well(client, backend, session, clip, tmp_path):
    """A job is polled to its end, and its result is a video; the same id again is the same job."""
    await client.upload(session, [clip])
    seen = []
    status = await client.render(session, backend.draft, {"quality": "low"}, progress=seen.append)
    assert [(s.status, s.progress) for s in seen] == [("pending", 0), ("processing", 50), ("completed", 100)]
    path = await client.download(status, tmp_path / "out.mp4")
    assert path.read_bytes()[4:8] == b"ftyp"
    await client.submit_render(session, backend.draft, render_id=status.id)
    (render,) = backend.renders
    assert (render.id, render.draft, render.submitted, render.polls) == (status.id, backend.draft, 2, 3)
    assert render.output == {"format": "mp4", "quality": "low"}


async def test_the_account_is_there(client, backend):
    """Credits can be read and set, and a session can be claimed."""
    backend.balance = 7.5
    assert (await client.credits()).available == 7.5
    assert "ct=clm_scripted" in await client.claim_link("t", "s")


async def test_anonymous_clients_get_a_token(connect, backend):
    """Who has no token gets one for his client id, and a new one when it is refused."""
    client = connect(backend.url, token=None)
    await client.create_session()
    backend.error("/api/credits", code=1001)
    assert (await client.credits()).available == 100
    lines = [request.line for request in backend.requests]
    assert lines.count("POST /api/auth/anonymous-token") == 2


async def test_what_is_missing_is_refused(backend, session):
    """Without a token 1001, without attribution 402, without a client id 400, what is unknown 404."""
    bearer = {"Authorization": "Bearer nmv_usr_a"}
    async with httpx.AsyncClient(base_url=backend.url) as http:
        assert (await http.get("/api/credits/balance/simple")).json()["code"] == 1001
        assert (await http.post("/run_sse", json={"session_id": session})).json()["code"] == 1001
        assert (await http.post("/api/auth/anonymous-token")).status_code == 400
        path = "/api/render/proxy/lambda"
        assert (
            await http.post(path, json={"id": "r", "sessionId": session}, headers=bearer)
        ).status_code == 402
        assert (await http.get(f"{path}/r", headers=bearer)).status_code == 404
        assert (await http.get("/api/render/proxy/r/download", headers=bearer)).status_code == 404
        assert (await http.post(f"{path}/r/cancel", headers=bearer)).status_code == 404
        assert (await http.get("/elsewhere")).json() == {"detail": "Not Found"}
        path = f"/api/upload-video/nemo_agent/me/{session}"
        form = {"Content-Type": "multipart/form-data; boundary=x", **bearer}
        broken = await http.post(path, content=b'--x\r\nfilename="a.mp4"\r\n\r\nhalf', headers=form)
        assert broken.status_code == 422
    assert (backend.uploads, backend.renders, backend.messages) == ([], [], [])


# -- as told ----------------------------------------------------------------------------------------


async def test_replies_come_in_their_order(client, backend, session):
    """Each `reply` is for one message: what is said, and the draft that it leaves; then "Done." again."""
    backend.reply("Cut it to two seconds.", draft=AFTER).reply("", draft=Draft({}))
    assert await said(client, session) == "Cut it to two seconds."
    assert backend.draft == AFTER
    assert await said(client, session) == ""
    assert backend.draft == {}
    assert await said(client, session) == "Done."


@pytest.mark.parametrize("shape", ["adk", "typed"])
async def test_events_go_out_as_they_are(connect, shape):
    """Texts, dicts and raw bytes are sent in order, in either shape of events."""
    with ScriptedBackend(events=shape) as backend:
        client = connect(backend.url)
        session = (await client.create_session()).session_id
        call = {"type": "tool_call", "name": "trim", "args": {"to": 2}}
        backend.reply("And done.", events=["I am at it. ", call, b": ping\n\ndata: heartbeat\n\n"])
        events = [event async for event in client.chat(session, "cut")]
    kinds = [type(event).__name__ for event in events]
    assert kinds.index("ToolCallEvent") > kinds.index("TextEvent")
    assert kinds.count("HeartbeatEvent") == 2
    transcript = Transcript()
    for event in events:
        transcript.feed(event)
    assert transcript.text == "I am at it. And done."


async def test_silence_is_measured_on_its_clock(client, backend, session):
    """A number is as many seconds of silence: two and a half minutes take 0.3 s here."""
    began = time.monotonic()
    backend.reply("Done at last.", events=[150.0])
    assert await said(client, session) == "Done at last."
    assert 0.25 < time.monotonic() - began < 60


@pytest.mark.parametrize("end", [CUT, RESET])
async def test_a_stream_breaks_where_it_is_told_to(client, backend, session, end):
    """At CUT and RESET the connection is gone; the draft is there by then, since nothing is left to do."""
    backend.reply(events=["I am cut", end], draft=AFTER)
    with pytest.raises(StreamDropped):
        await said(client, session)
    assert backend.draft == AFTER
    assert await said(client, session) == "Done."
    assert backend.messages == ["cut", "cut"]


async def test_what_stands_behind_a_cut_happens_unseen(connect):
    """Seconds behind a CUT pass with nobody listening, and only then the draft is there."""
    clock = FastClock(speed=0)
    with ScriptedBackend(clock=clock) as backend:
        client = connect(backend.url)
        session = (await client.create_session()).session_id
        backend.reply(events=["Cutting", CUT, 45, "unheard"], draft=AFTER)
        with pytest.raises(StreamDropped):
            await said(client, session)
        await until_async(lambda: clock.waiting)
        clock.advance(44)
        assert await tracks(client, session) == []
        clock.advance(1)
        await until_async(lambda: backend.draft)
        assert await tracks(client, session) == [1]


async def test_work_goes_on_without_its_client(connect):
    """A client that goes away in the middle of an answer does not stop the work."""
    clock = FastClock(speed=0)
    with ScriptedBackend(clock=clock) as backend:
        client = connect(backend.url)
        session = (await client.create_session()).session_id
        backend.reply("Cut.", events=["I am at it", 60], draft=AFTER)
        stream = client.chat(session, "cut")
        await anext(stream)
        await stream.aclose()
        await until_async(lambda: clock.waiting)
        clock.advance(60)
        await until_async(lambda: backend.draft == AFTER)


async def test_messages_to_one_session_wait_for_each_other(connect):
    """The second message's answer begins when the first one's is over."""
    clock = FastClock(speed=0)
    with ScriptedBackend(clock=clock) as backend:
        client = connect(backend.url)
        session = (await client.create_session()).session_id
        backend.reply("One.", events=[60]).reply("Two.")
        first = asyncio.create_task(said(client, session, "first"))
        await until_async(lambda: clock.waiting)
        second = asyncio.create_task(said(client, session, "second"))
        await until_async(lambda: len(backend.messages) == 2)
        assert not second.done()
        clock.advance(60)
        assert await asyncio.gather(first, second) == ["One.", "Two."]


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({"code": 1001}, AuthError),
        ({"code": 1002, "detail": "gone"}, SessionNotFound),
        ({"code": 2001}, NoCredits),
        ({"code": 402}, ExportBlocked),
        ({"status": 404}, SessionNotFound),
        ({"status": 400, "detail": "no such thing"}, ServerError),
        ({"code": 1002, "status": 500}, SessionNotFound),
    ],
)
async def test_errors_are_answered_as_told(client, backend, session, told, error):
    """An error by its number or its status, so many times, then things go on; nothing is done meanwhile."""
    backend.error("POST /run_sse", **told)
    with pytest.raises(error):
        await said(client, session)
    assert backend.messages == []
    assert await said(client, session) == "Done."


async def test_errors_hit_what_they_are_meant_for(client, backend, session):
    """A path's beginning, a line's or a function; for as many requests as were said."""
    backend.error("/api/state", status=503, times=2)
    backend.error(lambda line: line.endswith("/simple"), status=503, detail="at lunch", retry_after=1)
    backend.error("GET /api/tasks", status=500)
    await client.state(session)
    await client.credits()
    await client.create_session()
    lines = [request.line for request in backend.requests]
    assert sum("/api/state" in line for line in lines) == 3
    assert sum("/api/credits" in line for line in lines) == 2
    with pytest.raises(ValueError, match="code or a status"):
        backend.error("/api")


@pytest.mark.parametrize("http200", [True, False])
async def test_numbers_come_with_the_status_that_is_set(http200):
    """The protocol's numbers come with HTTP 200 or with their status; HTTP's own always with themselves."""
    with ScriptedBackend(body_codes_http200=http200) as backend:
        backend.error("/a", code=1001).error("/b", code=402).error("/c", code=429, retry_after=30)
        async with httpx.AsyncClient(base_url=backend.url) as http:
            answers = [await http.get(path) for path in ("/a", "/b", "/c")]
    assert [answer.status_code for answer in answers] == [200 if http200 else 401, 402, 429]
    assert [answer.json()["code"] for answer in answers] == [1001, 402, 429]
    assert answers[2].headers["retry-after"] == "30"


@pytest.mark.parametrize("shape", ["union", "flat", "wrapped"])
async def test_renders_go_as_told(connect, shape, tmp_path):
    """Words, percentages and dicts, in any shape of the status, and the file that was given."""
    with ScriptedBackend(render_status=shape, token_at_top=True) as backend:
        client = connect(backend.url, token=None)
        session = (await client.create_session()).session_id
        backend.render(["pending", 12.5, {"status": "processing", "progress": 99}, "completed"], result=MEDIA)
        backend.render(["failed"]).render([{"status": "failed", "error": "no room"}])
        seen = []
        status = await client.render(session, AFTER, progress=lambda s: seen.append(s.progress), interval=0)
        assert seen == [0, 12.5, 99, 100]
        assert (await client.download(status, tmp_path / "a.mp4")).read_bytes() == MEDIA
        assert status.duration == (0 if shape == "wrapped" else 2)
        with pytest.raises(RenderFailed, match="no room"):
            await client.render(session, AFTER, interval=0)
        assert [render.submitted for render in backend.renders] == [1, 1, 1]


async def test_a_render_can_be_cancelled(client, backend, session):
    """A cancelled job fails and is marked; one that is over stays as it is."""
    backend.render([10])
    await client.submit_render(session, AFTER, render_id="a")
    await client.cancel_render("a")
    assert backend.renders[0].cancelled
    assert (await client.render_status("a")).status == "failed"


async def test_downloads_can_be_taken_up(backend, client, session):
    """A range is answered with that part, one that is not there with 416, a changed file with all of it."""
    backend.render(["completed"], result=MEDIA)
    url = (await client.render(session, AFTER)).url
    async with httpx.AsyncClient() as http:
        whole = await http.get(url)
        tag = whole.headers["etag"]
        part = await http.get(url, headers={"Range": "bytes=100-", "If-Range": tag})
        assert (part.status_code, part.content) == (206, MEDIA[100:])
        assert part.headers["content-range"] == f"bytes 100-{len(MEDIA) - 1}/{len(MEDIA)}"
        assert (await http.get(url, headers={"Range": "bytes=5-9"})).content == MEDIA[5:10]
        assert (await http.get(url, headers={"Range": f"bytes={len(MEDIA)}-"})).status_code == 416
        other = await http.get(url, headers={"Range": "bytes=100-", "If-Range": '"x"'})
        assert (other.status_code, other.content) == (200, MEDIA)


async def test_the_draft_can_be_set_from_outside(client, backend, session):
    """What somebody else does to the timeline is a line, and what is read can be changed without effect."""
    backend.draft = AFTER
    assert await tracks(client, session) == [1]
    backend.draft["t"].clear()
    assert backend.draft == AFTER


# -- around it --------------------------------------------------------------------------------------


async def test_no_secret_is_held_or_shown(connect, backend, token, clip):
    """Neither token nor client id stands in anything the backend keeps, prints or shows."""
    client = connect(backend.url)
    session = (await client.create_session()).session_id
    await client.upload(session, [clip])
    await said(client, session)
    await connect(backend.url, token=None).create_session()
    client_id = (clip.parent / "config" / "client_id").read_text().strip()
    seen = repr([vars(backend), backend.requests, [r.headers for r in backend.requests], backend.uploads])
    assert not re.search(f"{token}|{client_id}|nmv_usr_", seen)
    assert {r.headers["authorization"] for r in backend.requests if "authorization" in r.headers} == {
        "(hidden)"
    }
    assert repr(backend) == f"<ScriptedBackend {backend.url} open>"


async def test_requests_are_noted(client, backend, session):
    """Method, path, headers, size and JSON of every request, in order."""
    await said(client, session, "hi")
    request = backend.requests[-1]
    assert (request.line, request.method, request.path) == ("POST /run_sse", "POST", "/run_sse")
    assert request.json["new_message"]["parts"] == [{"text": "hi"}]
    assert request.headers["x-skill-version"] == "1.0.0"
    assert request.size == int(request.headers["content-length"])


async def test_chunked_requests_are_understood(backend, session):
    """A body of unknown length arrives as any other does, and the connection goes on."""

    async def pieces():
        for piece in (
            b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.mp4"\r\n\r\n',
            b"12",
            b"3\r\n--x--",
        ):
            yield piece

    headers = {"Authorization": "Bearer a", "Content-Type": "multipart/form-data; boundary=x"}
    path = f"/api/upload-video/nemo_agent/me/{session}"
    async with httpx.AsyncClient(base_url=backend.url, headers=headers) as http:
        for _ in range(2):
            assert (await http.post(path, content=pieces())).json()["code"] == 0
    assert [upload.content for upload in backend.uploads] == [b"123", b"123"]


async def test_it_can_go_down_and_come_back(connect, clip):
    """Closed it is gone, opened again it is at the same address with all that it knew."""
    backend = ScriptedBackend().open()
    client = connect(backend.url, settings={"attempts": 1})
    session = (await client.create_session()).session_id
    await client.upload(session, [clip])
    backend.close()
    with pytest.raises(ConnectError):
        await client.state(session)
    with backend.open():
        assert await tracks(client, session) == [1]


async def test_closing_does_not_wait_for_scripts(connect):
    """A backend in the middle of a long silence closes at once, and its client is told."""
    with ScriptedBackend() as backend:
        client = connect(backend.url)
        session = (await client.create_session()).session_id
        backend.reply(events=["I am at it", 3600])
        stream = client.chat(session, "cut")
        await anext(stream)
        began = time.monotonic()
    assert within(time.monotonic() - began, 2)
    with pytest.raises(StreamDropped):
        async for _ in stream:
            pass


def test_what_makes_no_sense_is_refused():
    """An event that is none, and forms that there are not, are errors at once."""
    backend = ScriptedBackend()
    for wrong in (None, True, ["text"]):
        with pytest.raises(TypeError, match="no text"):
            backend.reply(events=[wrong])
    with pytest.raises(ValueError, match="adk or typed"):
        ScriptedBackend(events="xml")
    with pytest.raises(ValueError, match="union"):
        ScriptedBackend(render_status="none")
    with pytest.raises(LookupError):
        _ = backend.draft
    assert ClientSettings().clock is not None


async def test_rate_limits_can_be_played(connect, backend, clock, tmp_path):
    """A 429 on the token is waited for, half a minute on the fast clock, and asked for once more."""
    backend.error("/api/auth", code=429)
    before, began = clock.now(), time.monotonic()
    await connect(backend.url, token=None).create_session()
    assert clock.now() - before >= 30
    assert within(time.monotonic() - began, 5)
    backend.error("/api/auth", code=429, times=2)
    with pytest.raises(RateLimited):
        await connect(backend.url, token=None, config_dir=tmp_path).authenticate()


async def test_an_answer_in_another_form(backend, client, session, clip):
    """An answer can be given any form for so many requests, and what was asked for is done, or not."""
    backend.answer("GET /api/credits", lambda usual: {"result": usual["data"]}, times=None)
    assert (await client.credits()).total == (await client.credits()).total == 100
    backend.answer("/api/upload-video", {"code": 0, "data": {"files": [{"filename": "b.mp4"}]}})
    assert [file.filename for file in await client.upload(session, [clip])] == ["b.mp4"]
    assert [upload.filename for upload in backend.uploads] == ["clip é.mp4"]
    backend.answer("/api/upload-video", b"<html>", status=524, kind="text/html", works=False)
    with pytest.raises(UploadUnclear, match="HTTP 524"):
        await client.upload(session, [clip])
    assert len(backend.uploads) == 1
    assert [asked.line for asked in backend.requests_to("GET /api/credits")] == [
        "GET /api/credits/balance/simple"
    ] * 2


def test_closing_says_nothing_of_its_connections(caplog):
    """Connections that are broken off, before they were handled, meanwhile or as they end, leave no error."""
    for sent in (b"", b"GET /a", b"GET /api/credits/balance HTTP/1.1\r\nHost: a\r\n\r\n") * 10:
        with ScriptedBackend() as backend:
            address = ("127.0.0.1", httpx.URL(backend.url).port)
            clients = [socket.create_connection(address) for _ in range(3)]
            for client in clients:
                client.sendall(sent)
            clients[0].close()
        for client in clients:
            client.close()
    assert [record.getMessage() for record in caplog.records] == []
