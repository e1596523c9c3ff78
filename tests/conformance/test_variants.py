"""The client's whole way against a real studio, in every form that the protocol leaves open.

Every choice of `Settings` that shows on the wire is tried alone, and every pair of them together at least
once. The journey's results and errors are the same in all of them.
"""

from __future__ import annotations

import dataclasses
import threading
from itertools import combinations
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import pytest
from waiting import PATIENCE_S

from nemo_widgets import errors
from nemo_widgets.client import AsyncClient, ClientSettings, HeartbeatEvent, Transcript, UnknownEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

pytest.importorskip("av", reason="the studio needs its extra")

from clips import code_clip

from nemo_widgets.studio.agent import Agent, AgentSettings
from nemo_widgets.studio.agent.world import Done, Text
from nemo_widgets.studio.launch import launch
from nemo_widgets.studio.settings import Settings

Row = dict[str, Any]
QUICK = {"resolution": "160x90", "quality": "low", "preset": "ultrafast"}
MOST_UPLOAD = 200_000
SMALL_PRINT = {"heartbeat_s": 0.05, "text_pause": 0.0, "max_upload_bytes": MOST_UPLOAD}
UNKNOWN = "5529700000000000001"


def choices() -> dict[str, tuple[Any, ...]]:
    """Each setting that is a choice, with its values, the default first."""
    found = {}
    for field in dataclasses.fields(Settings):
        hint = get_type_hints(Settings)[field.name]
        values = (True, False) if hint is bool else get_args(hint)
        if values:
            found[field.name] = (field.default, *(value for value in values if value != field.default))
    return found


def pairs_of(row: Row) -> set[tuple[tuple[str, Any], tuple[str, Any]]]:
    return set(combinations(row.items(), 2))


def covering(fields: dict[str, tuple[Any, ...]], rows: list[Row]) -> Iterator[Row]:
    """Rows that, with the `rows` there are, hold every pair of values of two fields."""
    wanted = [
        ((one, value), (other, another))
        for one, other in combinations(fields, 2)
        for value in fields[one]
        for another in fields[other]
    ]
    missing = dict.fromkeys(wanted)
    for row in rows:
        for pair in pairs_of(row):
            missing.pop(pair, None)
    while missing:
        chosen = dict(next(iter(missing)))
        for field, values in fields.items():
            if field not in chosen:  # greedily: the value that brings most of what is missing
                gained = {value: _gained(chosen, (field, value), missing) for value in values}
                chosen[field] = max(gained, key=lambda value: gained[value])
        row = {field: chosen[field] for field in fields}
        for pair in pairs_of(row):
            missing.pop(pair, None)
        yield row


def _gained(chosen: Row, here: tuple[str, Any], missing: dict[Any, None]) -> int:
    return sum((here, other) in missing or (other, here) in missing for other in chosen.items())


CHOICES = choices()
DEFAULT = {name: values[0] for name, values in CHOICES.items()}
ALONE = [{**DEFAULT, name: value} for name, values in CHOICES.items() for value in values[1:]]
TOGETHER = list(covering(CHOICES, [DEFAULT, *ALONE]))


def named(row: Row) -> str:
    return " ".join(f"{name}={value}" for name, value in row.items() if value != DEFAULT[name]) or "default"


class Actor:
    """The studio's own agent, which also fails at "fail", and at "wait" waits until it is let `go`."""

    def __init__(self, silent: str) -> None:
        self._agent = Agent(AgentSettings(silent=silent))
        self.go = threading.Event()

    def turn(self, text: str, world: Any) -> Iterator[Any]:
        if text == "fail":
            yield Text("I try. ")
            raise RuntimeError('no "blades"')
        if text == "wait":
            self.go.wait(PATIENCE_S)
            yield Text("Waited.")
            yield Done(None, "Waited.")
            return
        yield from self._agent.turn(text, world)


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, Path]:
    """A clip of two seconds, one that is too large, and one that is none."""
    folder = tmp_path_factory.mktemp("clips")
    clip = code_clip(folder / "harbour.mp4", audio=None)
    assert clip.stat().st_size < MOST_UPLOAD
    large, broken = folder / "large.mp4", folder / "broken.mp4"
    large.write_bytes(clip.read_bytes() + bytes(MOST_UPLOAD))
    broken.write_bytes(clip.read_bytes()[:64] + bytes(1000))
    return {"clip": clip, "large": large, "broken": broken}


@pytest.fixture
async def journey(tmp_path, files):
    """Goes the whole way with the settings of a row."""
    quick = ClientSettings(studio_poll_s=0.03, poll_s=0.03, progress_s=0, backoff_s=0.01, unknown_polls=0)

    async def go(row: Row) -> None:
        actor = Actor(row["silent"])
        studio = launch(tmp_path / "data", settings=Settings(**SMALL_PRINT, **row), agent=actor)
        try:
            options = {"base_url": studio.url, "config_dir": tmp_path / "config", "settings": quick}
            async with AsyncClient(token="nmv_usr_wrong_token_0", **options) as stranger:
                with pytest.raises(errors.AuthError):
                    await stranger.credits()
                with pytest.raises(errors.AuthError):
                    await told_by(stranger, UNKNOWN, "hi")
            async with AsyncClient(**options) as client:
                await Journey(client, actor, files, tmp_path, row).go()
        finally:
            studio.stop()

    return go


async def told_by(
    client: AsyncClient, session: str, text: str, beat: Callable[[], None] = lambda: None
) -> tuple[Transcript, list[Any]]:
    """What comes of a message; `beat` is called at each heartbeat."""
    transcript, events = Transcript(), []
    async for event in client.chat(session, text):
        transcript.feed(event)
        events.append(event)
        if isinstance(event, HeartbeatEvent):
            beat()
    unknown = [event.raw for event in events if isinstance(event, UnknownEvent)]
    assert all("actions" in raw or raw["type"] == "end" for raw in unknown)
    return transcript, events


class Journey:
    """One user's way from the token to the downloaded film."""

    def __init__(
        self, client: AsyncClient, actor: Actor, files: dict[str, Path], folder: Path, row: Row
    ) -> None:
        self.client, self.actor, self.files, self.folder, self.row = client, actor, files, folder, row

    async def go(self) -> None:
        await self.client.authenticate()
        assert self.client.anonymous
        made = await self.client.create_session("en")
        assert made.task_id
        assert made.session_id.isdigit()
        self.session = made.session_id
        await self.before_first_use()
        await self.upload()
        await self.chat()
        await self.export()
        await self.refusals()
        balance = await self.client.credits()
        assert (balance.available, balance.frozen, balance.total) == (100, 0, 100)

    async def before_first_use(self) -> None:
        state = await self.client.state(self.session)
        assert (state.session_id, state.ready, state.draft.duration_ms) == (self.session, False, 0)
        assert (state.video_infos, state.canvas, state.video_analyses) == ([], {}, {})
        assert not state.generated_media
        with pytest.raises(errors.NothingToExport):
            await self.client.submit_render(self.session, state.draft)

    async def upload(self) -> None:
        (media,) = await self.client.upload(self.session, [self.files["clip"]])
        assert (media.filename, media.file_type) == ("harbour.mp4", "video")
        assert (media.width, media.height, media.fps, media.duration) == (160, 90, 30, 2)
        assert media.hash
        copied = await self.client.download(media.cdn_url, self.folder / "copy.mp4")
        assert copied.read_bytes() == self.files["clip"].read_bytes()
        with pytest.raises(errors.UnsupportedFile, match=r"broken\.mp4"):
            await self.client.upload(self.session, [self.files["broken"]])
        with pytest.raises(errors.FileTooLarge, match=r"large\.mp4"):
            await self.client.upload(self.session, [self.files["large"]])
        state = await self.client.state(self.session)
        assert (state.ready, state.draft.duration_ms, len(state.video_infos)) == (True, 2000, 1)
        assert state.canvas == {"width": 1920, "height": 1080, "fps": 30}

    async def chat(self) -> None:
        transcript, _ = await told_by(self.client, self.session, "remove 0:00 to 0:01")
        assert (transcript.error, [call.name for call in transcript.tool_calls]) == (None, ["cut_segments"])
        whole = transcript.text.startswith("Removed 0:00")
        assert whole or (transcript.text == "" and self.row["silent"] != "never")
        assert not whole or self.row["silent"] != "always"

        transcript, _ = await told_by(self.client, self.session, 'add the title "Harbour"')
        assert (transcript.error, len(transcript.tool_calls)) == (None, 1)
        assert transcript.text.count("Added the title") == 1

        transcript, _ = await told_by(self.client, self.session, "whistle the anthem of Malta backwards")
        assert (transcript.error, transcript.tool_calls) == (None, [])
        assert transcript.text.startswith("I ")

        transcript, events = await told_by(self.client, self.session, "wait", self.actor.go.set)
        assert (transcript.error, transcript.text) == (None, "Waited.")
        assert any(isinstance(event, HeartbeatEvent) for event in events)

        transcript, _ = await told_by(self.client, self.session, "fail")
        assert (transcript.error, transcript.text) == ('RuntimeError: no "blades"', "I try.")

        state = await self.client.state(self.session)
        assert state.draft.duration_ms == 1000
        assert [track["tt"] for track in state.draft.data["t"]] == [0, 7]
        assert state.generated_media == {"object": {}, "list": [], "null": None}[self.row["generated_media"]]

    async def export(self) -> None:
        draft = (await self.client.state(self.session)).draft
        progress: list[float] = []
        status = await self.client.render(
            self.session, draft, QUICK, progress=lambda status: progress.append(status.progress)
        )
        assert (status.status, progress) == ("completed", [*sorted(progress[:-1]), 100])
        film = await self.client.download(status, self.folder / "film.mp4")
        assert film.read_bytes()[4:8] == b"ftyp"
        again = await self.client.download("", self.folder / "again.mp4", render_id=status.id)
        assert again.read_bytes() == film.read_bytes()
        foreign = {"t": [{"tt": 0, "sg": [{"d": 1000, "m": {"src": "/media/none/none.mp4"}}]}]}
        with pytest.raises(errors.RenderFailed, match="was not uploaded here"):
            await self.client.render(self.session, foreign, QUICK, again=False)
        with pytest.raises(errors.RenderFailed, match="does not know"):
            await self.client.wait_render("render_1")

    async def refusals(self) -> None:
        for asked in (
            self.client.state(UNKNOWN),
            told_by(self.client, UNKNOWN, "hi"),
            self.client.upload(UNKNOWN, [self.files["clip"]]),
            self.client.submit_render(UNKNOWN, (await self.client.state(self.session)).draft),
        ):
            with pytest.raises(errors.SessionNotFound):
                await asked


def test_every_pair():
    """The forms tried hold every value of every choice alone, and every pair of values of two choices."""
    rows: Iterable[Row] = [DEFAULT, *ALONE, *TOGETHER]
    held = set().union(*(pairs_of(row) for row in rows))
    for one, other in combinations(CHOICES, 2):
        for pair in ((value, another) for value in CHOICES[one] for another in CHOICES[other]):
            assert ((one, pair[0]), (other, pair[1])) in held
    assert {name for name, values in CHOICES.items() if len(values) > 1} >= {"events", "keepalive", "errors"}


@pytest.mark.parametrize("row", [DEFAULT, *ALONE], ids=named)
async def test_alone(journey, row):
    """A form that is not the default one changes nothing of what the client tells."""
    await journey(row)


@pytest.mark.parametrize("row", TOGETHER, ids=[f"mix {number}" for number in range(len(TOGETHER))])
async def test_together(journey, row):
    """Nor do several of them at a time."""
    await journey(row)


@pytest.mark.parametrize("always", [False, True])
@pytest.mark.parametrize("matching", [False, True])
@pytest.mark.parametrize("form", ["body", "detail", "success"])
async def test_no_credits(tmp_path, form, matching, always):
    """A message that can't be paid is told as such; where the answer has no number, in the server's words."""
    forms = {"errors": form, "body_codes_http200": not matching, "always_http200": always}
    studio = launch(tmp_path / "data", settings=Settings(**SMALL_PRINT, **forms, message_cost=101))
    try:
        async with AsyncClient(base_url=studio.url, config_dir=tmp_path / "config") as client:
            session = await client.create_session()
            with pytest.raises(errors.ServerError, match="credits") as caught:
                await told_by(client, session.session_id, "remove 0:00 to 0:01")
            assert isinstance(caught.value, errors.NoCredits) or form != "body"
    finally:
        studio.stop()
