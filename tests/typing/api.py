"""The public calls as a program uses them. Nothing here runs: mypy checks it, in strict mode.

A line with an ignored error is one that mypy has to refuse. Where mypy takes it, the ignore that is not used
is the error.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_type

import nemo_widgets as nemo
from nemo_widgets.client import ErrorEvent, MediaFile, RenderStatus, SessionInfo, State, TextEvent
from nemo_widgets.draft import Change, Segment, Track, changes, describe
from nemo_widgets.errors import NoCredits, Refused, ServerError
from nemo_widgets.testing import FastClock, Proxy, ScriptedBackend

if TYPE_CHECKING:
    import pandas as pd


def a_session_is_made() -> nemo.Session:
    s = nemo.connect(local=True, skill="video-trimmer-in-between", language="en", data=Path("data"))
    assert_type(s, nemo.Session)
    nemo.connect(session="solar")
    nemo.connect(url="http://127.0.0.1:8000", token="made-up", settings=nemo.ClientSettings(poll_s=1))
    nemo.connect("solar")  # type: ignore[call-arg, arg-type]
    nemo.connect(loca=True)  # type: ignore[call-arg]
    return nemo.current()


def what_waits_gives_its_result(s: nemo.Session) -> None:
    assert_type(s.upload("a.mp4", Path("b.mov"), ["c.png"]), nemo.UploadRun)
    run = s.edit("cut the pauses", strict=True)
    assert_type(run, nemo.EditRun)
    assert_type(s.undo(2), nemo.EditRun)
    assert_type(s.redo(), nemo.EditRun)
    assert_type(s.again(anyway=True), nemo.EditRun | nemo.UploadRun)
    video = s.export(Path("short.mp4"), draft=run.after, quality="high", fps=25)
    assert_type(video, nemo.Video | Any)
    assert_type(video.path, Path | Any)
    assert_type(video.duration, float | Any)
    s.edit()  # type: ignore[call-arg]
    s.export(5)  # type: ignore[arg-type]


async def what_does_not_wait_can_be_awaited(s: nemo.Session) -> None:
    run = s.start("add music at 20%")
    assert_type(await run, nemo.EditRun)
    assert_type(await s.start_upload("a.mp4"), nemo.UploadRun)
    assert_type(await s.start_export(), nemo.ExportRun)
    assert_type(run.result(), nemo.EditRun)
    assert_type(run.cancel(), None)


def a_run_tells_what_became_of_it(run: nemo.EditRun) -> None:
    assert_type(run.text, str)
    assert_type(run.silent, bool)
    assert_type(run.done, bool)
    assert_type(run.elapsed_s, float)
    assert_type(run.before, nemo.Draft)
    table: pd.DataFrame = run.changes
    del table
    assert_type(run.outcome, str)
    assert_type(run.question is None, bool)


def a_draft_is_read(s: nemo.Session, data: dict[str, object]) -> None:
    draft = s.draft
    assert_type(draft.layout(), tuple[Track, ...])
    assert_type(draft.layout()[0].segments, tuple[Segment, ...])
    assert_type(draft.duration_ms, int)
    table: pd.DataFrame = draft.segments
    del table
    found = changes(draft, nemo.Draft(data))
    assert_type(found, list[Change])
    describe(found)
    draft.segments = None  # type: ignore[assignment]


def errors_form_a_tree(s: nemo.Session) -> str:
    try:
        s.edit("cut the pauses", strict=True)
    except (NoCredits, Refused) as error:
        assert_type(error.hint, str)
        return error.message
    except ServerError as error:
        return error.request_id
    except nemo.Cancelled:
        raise
    except nemo.NemoError as error:
        assert_type(error.nothing_done, bool)
    return ""


async def the_protocol_alone() -> None:
    async with nemo.AsyncClient(settings=nemo.ClientSettings(attempts=2)) as client:
        session = await client.create_session(language="en")
        assert_type(session, SessionInfo)
        assert_type(await client.upload(session.session_id, ["a.mp4"]), list[MediaFile])
        async for event in client.chat(session.session_id, "cut the pauses"):
            match event:
                case TextEvent():
                    assert_type(event.text, str)
                case ErrorEvent():
                    raise RuntimeError(event.message)
                case _:
                    pass
        state = await client.state(session.session_id)
        assert_type(state, State)
        assert_type(await client.render(session.session_id, state.draft), RenderStatus)
        nemo.ClientSettings(5)  # type: ignore[call-arg]


def tests_of_ones_own(url: str) -> None:
    clock = FastClock(speed=1000)
    with ScriptedBackend(clock=clock) as backend, Proxy(url) as proxy:
        backend.reply("Cut it.")
        proxy.fault(cut_after=400, only="POST /run_sse", times=1)
        assert_type(backend.url, str)
        nemo.connect(url=proxy.url, settings=nemo.ClientSettings(clock=clock))
    nemo.ClientSettings(clock=5)  # type: ignore[arg-type]


def listings_are_tables() -> None:
    tables: list[pd.DataFrame] = [nemo.runs(), nemo.sessions(empty=True), nemo.clean(yes=False)]
    del tables
    assert_type(nemo.sample("speech"), Path)
    assert_type(nemo.attach("edit-abc12"), nemo.Run)
    assert_type(nemo.delete_session("solar"), int)
    assert_type(nemo.skills.get("video-making-ai"), nemo.skills.Skill)
