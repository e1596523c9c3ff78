"""The whole path against the embedded studio, in every form of the protocol that it can send."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import json
import signal
import sys

import pytest
from waiting import PATIENCE_S

from nemo_widgets import errors
from nemo_widgets.client import AsyncClient, ClientSettings, HeartbeatEvent, TextEvent, Transcript
from nemo_widgets.draft import Draft

pytest.importorskip("av", reason="the studio needs its extra")

QUICK = {"resolution": "160x90", "quality": "low", "preset": "ultrafast"}


class Scissors:
    """Cuts the first clip to one second; 'quietly' it says nothing, 'wait' waits, 'fail' fails."""

    def turn(self, text, world):
        from nemo_widgets.studio.agent.world import Done, Heartbeat, Text, ToolCall, ToolResult

        if text == "fail":
            raise RuntimeError("no blades")
        while text == "wait" and not world.cancelled():
            yield Heartbeat()
        yield ToolCall("c1", "cut_segments", {"to": 1.0})
        data = copy.deepcopy(world.draft.data)
        (track,) = data["t"]
        track["sg"][0]["d"] = track["sg"][0]["m"]["out"] = data["d"] = 1000
        yield ToolResult("c1", "cut_segments", {"ok": True})
        words = [] if text == "quietly" else ["Cut ", "to one ", "second."]
        yield from (Text(word) for word in words)
        yield Done(Draft(data), "".join(words), edits=["trim"])


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    """A clip of two seconds, 160x90, drawn for the occasion."""
    import av
    import numpy as np

    path = tmp_path_factory.mktemp("clip") / "harbour.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        for i in range(50):
            frame = av.VideoFrame.from_ndarray(np.full((90, 160, 3), i * 5, np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


@pytest.fixture
def studio(tmp_path):
    """Starts studios with a test's settings."""
    from nemo_widgets.studio.launch import launch
    from nemo_widgets.studio.settings import Settings

    with contextlib.ExitStack() as stack:

        def start(**options):
            settings = Settings(**{"text_pause": 0.0, **options})
            made = launch(tmp_path / "data", settings=settings, agent=Scissors())
            stack.callback(made.stop)
            return made

        yield start


FORMS = {
    "default": {},
    "typed": {"events": "typed", "typed_text": "text", "keepalive": "comment", "render_status": "flat"},
    "wrapped": {"render_status": "wrapped", "upload_key": "uploaded_files", "upload_url_key": "url"},
    "sparse": {"token_at_top": True, "user_id": False, "empty_state": "null", "generated_media": "null"},
}


@pytest.mark.parametrize(("form", "message"), [*((form, "cut it") for form in FORMS), ("typed", "quietly")])
async def test_whole_path(studio, clip, tmp_path, form, message):
    """Anonymous token, session, upload, edit, export and download work in every form."""
    url = studio(**FORMS[form]).url
    settings = ClientSettings(studio_poll_s=0.05, progress_s=0)
    async with AsyncClient(base_url=url, config_dir=tmp_path / "config", settings=settings) as client:
        session = await client.create_session("en")
        assert client.is_studio
        assert not (await client.state(session.session_id)).ready
        sent = []
        (media,) = await client.upload(session.session_id, [clip], sent.append)
        assert (media.filename, media.file_type, media.width, media.height) == (
            "harbour.mp4",
            "video",
            160,
            90,
        )
        assert media.duration == pytest.approx(2, abs=0.1)
        assert sent[-1].done
        transcript = Transcript()
        async for event in client.chat(session.session_id, message):
            transcript.feed(event)
        assert transcript.error is None
        assert transcript.text == ("" if message == "quietly" else "Cut to one second.")
        assert [c.name for c in transcript.tool_calls] == ["cut_segments"]
        state = await client.state(session.session_id)
        assert state.draft.duration_ms == 1000
        percents = []
        status = await client.render(
            session.session_id, state.draft, QUICK, progress=lambda s: percents.append(s.progress)
        )
        assert percents[-1] == 100
        path = await client.download(status, tmp_path / "short.mp4")
        assert path.read_bytes()[4:8] == b"ftyp"
        again = await client.download("", tmp_path / "again.mp4", render_id=status.id)
        assert again.read_bytes() == path.read_bytes()
        assert (await client.credits()).available > 0


@pytest.mark.parametrize("form", ["body", "detail", "success"])
async def test_errors(studio, tmp_path, form):
    """A wrong token and an unknown session are named in every form of error."""
    made = studio(errors=form)
    async with AsyncClient(base_url=made.url, token="nmv_usr_wrong_token", config_dir=tmp_path) as client:
        with pytest.raises(errors.AuthError):
            await client.credits()
    async with AsyncClient(base_url=made.url, token=made.token, config_dir=tmp_path) as client:
        with pytest.raises(errors.SessionNotFound):
            await client.state("77")
        with pytest.raises(errors.SessionNotFound):
            [event async for event in client.chat("77", "hi")]


UNREADABLE = {
    "noise.mp4": (
        bytes(range(256)) * 8,
        "not a video, picture or sound",
        "Videos that the studio reads: mp4",
    ),
    "cut.mov": (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "damaged or was cut short", "another program open it"),
    "zero.jpg": (
        b"\xff\xd8\xff" + bytes(500),
        "can't be read as a picture",
        "Pictures that the studio reads",
    ),
    "bad.srt": (b"no subtitle", "Line 1: “no subtitle” has no times", "Subtitles that the studio reads: srt"),
    "text.flac": (b"some words", "is named .flac but holds text", "Sounds that the studio reads: mp3"),
    "page.mp4": (b"<!doctype html><p>404", "holds a web page", "download the file itself"),
    "book.pdf": (b"%PDF-1.4", "is a PDF document, which is not read", "Export its page as PNG"),
}


async def test_what_the_studio_cannot_read_is_told_in_its_own_words(studio, tmp_path):
    """The reason is the file's own, and what helps is what the studio reads, not the cloud's list."""
    made = studio()
    async with AsyncClient(base_url=made.url, token=made.token, config_dir=tmp_path) as client:
        session = await client.create_session("en")
        for name, (content, reason, helps) in UNREADABLE.items():
            (path := tmp_path / name).write_bytes(content)
            with pytest.raises(errors.UnsupportedFile) as told:
                await client.upload(session.session_id, [path])
            assert (name in told.value.message, reason in told.value.message) == (True, True), name
            assert helps in told.value.hint, name
            assert told.value.hint != errors.UnsupportedFile.default_hint
        with pytest.raises(errors.UnsupportedFile) as told:
            await client.upload_links(session.session_id, [f"{made.url}/nothing.mp4"])
        assert "try it in a browser" in told.value.hint
        assert "another program" not in told.value.hint


@pytest.mark.parametrize("shape", ["adk", "typed"])
async def test_failed_turn(studio, clip, tmp_path, shape):
    """An agent that fails is an error of the turn, and nothing is changed."""
    made = studio(events=shape)
    async with AsyncClient(base_url=made.url, token=made.token, config_dir=tmp_path) as client:
        session = await client.create_session()
        await client.upload(session.session_id, [clip])
        transcript = Transcript()
        async for event in client.chat(session.session_id, "fail"):
            transcript.feed(event)
        assert transcript.error
        assert (await client.state(session.session_id)).draft.duration_ms == pytest.approx(2000, abs=50)


@pytest.mark.parametrize("keepalive", ["empty", "word", "json", "event", "comment"])
async def test_cancelled_turn(studio, clip, tmp_path, keepalive):
    """A turn shows signs of life in every form, and stops when it is cancelled, without a change."""
    made = studio(keepalive=keepalive, heartbeat_s=0.05)
    async with AsyncClient(base_url=made.url, token=made.token, config_dir=tmp_path) as client:
        session = await client.create_session()
        await client.upload(session.session_id, [clip])
        beats = 0
        async with asyncio.timeout(PATIENCE_S):
            async for event in client.chat(session.session_id, "wait"):
                assert not isinstance(event, TextEvent)
                if isinstance(event, HeartbeatEvent):
                    beats += 1
                    if beats == 2:
                        assert await client.cancel_chat(session.session_id)
        assert beats >= 2
        assert (await client.state(session.session_id)).draft.duration_ms == pytest.approx(2000, abs=50)


async def test_served_studio(clip, tmp_path, monkeypatch):
    """A studio served as a command is reached by the environment alone, and its own agent edits."""
    command = [sys.executable, "-m", "nemo_widgets.studio", "serve", "--data", str(tmp_path / "data")]
    server = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        told = json.loads(await asyncio.wait_for(server.stdout.readline(), PATIENCE_S))
        monkeypatch.setenv("NEMO_API_URL", told["url"])
        monkeypatch.setenv("NEMO_TOKEN", told["token"])
        async with AsyncClient(config_dir=tmp_path / "config") as client:
            assert not client.anonymous
            session = await client.create_session()
            await client.upload(session.session_id, [clip])
            transcript = Transcript()
            async for event in client.chat(session.session_id, "remove the section between 0:00 and 0:01"):
                transcript.feed(event)
            assert transcript.error is None
            draft = (await client.state(session.session_id)).draft
            assert draft.duration_ms == pytest.approx(1000, abs=100)
        assert not (tmp_path / "config").exists()
    finally:
        server.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(server.wait(), PATIENCE_S) == 0
