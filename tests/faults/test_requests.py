"""Every kind of request, with every kind of trouble on the line: a right result or a named error, no hang."""

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest
from waiting import PATIENCE_S

from nemo_widgets.client import AsyncClient, Transcript
from nemo_widgets.errors import NemoError, NotAccepted, RenderUnknown, StreamDropped, UploadUnknown

SAID = 'add a title that says "Hi"'
SHORT = {"read_s": 0.6, "upload_answer_s": 0.6, "chat_stall_s": 50, "attempts": 6}
"""For what stalls: nobody waits long, and what the studio does meanwhile takes a tenth of it."""

FAULTS = {
    "latency": {"latency_s": 0.05},
    "latency up": {"latency_s": 0.05, "direction": "up"},
    "byte by byte": {"slice": 1},
    "byte by byte up": {"slice": 1, "direction": "up"},
    "stall at once": {"stall_after": 0},
    "stall in the body": {"stall_after": 10, "of": "body"},
    "stall up": {"stall_after": 60, "direction": "up"},
    "half-close": {"half_close_after": 40},
    "half-close in the body": {"half_close_after": 10, "of": "body"},
    "half-close up": {"half_close_after": 60, "direction": "up"},
    "reset at once": {"reset_after": 0},
    "reset in the body": {"reset_after": 10, "of": "body"},
    "reset up": {"reset_after": 0, "direction": "up"},
    "reset in the request's body": {"reset_after": 10, "direction": "up", "of": "body"},
    "cut at once": {"cut_after": 0},
    "cut in the head": {"cut_after": 40},
    "cut in the body": {"cut_after": 10, "of": "body"},
    "cut up": {"cut_after": 60, "direction": "up"},
}
HARMLESS = ("latency", "latency up", "byte by byte", "byte by byte up")
LASTING = [name for name in FAULTS if name not in HARMLESS and "stall" not in name]
LINES = {
    "token": "POST /api/auth/anonymous-token",
    "session": "POST /api/tasks",
    "state": "GET /api/state",
    "credits": "GET /api/credits",
    "upload": "POST /api/upload-video",
    "chat": "POST /run_sse",
    "submit": "POST /api/render/proxy/lambda",
    "poll": "GET /api/render/proxy/lambda",
    "download": "GET /results",
}
BAD = {"resolution": "none"}
"""An output that the studio enters as failed at once: a job like any other, and nothing is rendered."""
READS = ("token", "session", "state", "credits", "poll", "download")


@dataclass
class Scene:
    """Everything that a request may be about."""

    proxy: Any
    client: AsyncClient
    stranger: AsyncClient
    session_id: str
    draft: Any
    picture: Any
    rendered: dict[str, Any]
    folder: Any

    async def token(self):
        await self.stranger.authenticate()
        return (await self.stranger.credits()).total

    async def session(self):
        return (await self.client.create_session()).session_id.isdigit()

    async def state(self):
        return (await self.client.state(self.session_id)).draft

    async def credits(self):
        return (await self.client.credits()).total

    async def upload(self):
        return [file.filename for file in await self.client.upload(self.session_id, [self.picture])]

    async def chat(self):
        transcript = Transcript()
        async for event in self.client.chat(self.session_id, SAID):
            transcript.feed(event)
        return bool(transcript.text)

    async def submit(self):
        made = self.client.new_render_id()
        return await self.client.submit_render(self.session_id, self.draft, BAD, made) == made

    async def poll(self):
        found = await self.client.render_status(self.rendered["status"].id)
        return found.status, found.size

    async def download(self):
        path = self.rendered["status"].url.partition("/results")[2]
        found = await self.client.download(f"{self.proxy.url}/results{path}", self.folder / "a.mp4")
        return found.read_bytes()

    def right(self):
        """The right result of each."""
        return {
            "token": 100,
            "session": True,
            "state": self.draft,
            "credits": 100,
            "upload": [self.picture.name],
            "chat": True,
            "submit": True,
            "poll": ("completed", len(self.rendered["content"])),
            "download": self.rendered["content"],
        }


@pytest.fixture
async def scene(connect, proxy, direct, session_id, *, rendered, picture, tmp_path):
    """Makes a scene whose clients have read some settings, or the usual ones."""

    async def make(**settings):
        stranger = connect(proxy.url, token=None, settings=settings)
        draft = (await direct.state(session_id)).draft
        folder = tmp_path / "out"
        folder.mkdir()
        client = connect(proxy.url, settings=settings)
        await client.credits()
        return Scene(proxy, client, stranger, session_id, moved(draft, proxy), picture, rendered, folder)

    return make


def moved(draft, proxy):
    """The draft as the studio tells it to who comes through the proxy."""
    for track in draft.data["t"]:
        for segment in track["sg"]:
            path = segment["m"]["src"].partition("/media")[2]
            segment["m"]["src"] = f"{proxy.url}/media{path}"
    return draft


async def outcome(scene, kind):
    """What comes of a request: its result, or the named error; nothing else may be raised, nothing hang."""
    async with asyncio.timeout(PATIENCE_S):
        try:
            return await getattr(scene, kind)()
        except NemoError as error:
            return error


def spent(truth, scene):
    """What the studio has taken down beyond what was there: uploads, messages and jobs."""
    counts = truth.media(scene.session_id), truth.messages(scene.session_id), truth.renders(scene.session_id)
    return len(counts[0]) - 1, len(counts[1]), len(counts[2])


def checked(scene, truth, kind, found, times):
    """Whether what the client says is what the studio knows."""
    good = found == scene.right()[kind]
    assert good or isinstance(found, NemoError), found
    paid = dict(zip(("upload", "chat", "submit"), spent(truth, scene), strict=True))
    assert all(count == 0 for name, count in paid.items() if name != kind), paid
    assert paid.get(kind, 0) <= 1
    if kind in paid and good:
        assert paid[kind] == 1
    if isinstance(found, NotAccepted):
        assert paid[kind] == 0
    if kind in READS and times == 1:
        assert good, found
    left = {path.name for path in scene.folder.iterdir()}
    assert left == ({"a.mp4"} if kind == "download" and good else set())


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("kind", LINES)
async def test_one_fault_never_costs_twice(scene, truth, proxy, kind, fault):
    """One fault: reads come out right all the same; what is paid came once, or the error says what is."""
    here = await scene(**(SHORT if "stall" in fault else {}))
    struck = proxy.fault(**FAULTS[fault], only=LINES[kind], times=1)
    found = await outcome(here, kind)
    assert struck.taken == 1
    checked(here, truth, kind, found, times=1)
    if fault in HARMLESS:
        assert not isinstance(found, NemoError)
    if kind in ("upload", "chat", "submit"):
        lines = [exchange.line for exchange in proxy.log if exchange.line.startswith(LINES[kind])]
        assert len(lines) == 1
        allowed = {"upload": (UploadUnknown, NotAccepted), "submit": (NotAccepted, RenderUnknown)}
        if isinstance(found, NemoError):
            assert isinstance(found, allowed.get(kind, StreamDropped)), repr(found)


@pytest.mark.parametrize("fault", LASTING)
@pytest.mark.parametrize("kind", LINES)
async def test_a_line_that_stays_bad_ends_in_a_named_error(scene, truth, proxy, kind, fault):
    """A fault that does not go away ends in one of our errors, soon, and still nothing is paid twice."""
    here = await scene(attempts=2)
    proxy.fault(**FAULTS[fault], only=LINES[kind])
    checked(here, truth, kind, await outcome(here, kind), times=None)
