"""Exports (§9): submitted under an id of our own, once; asked for until they are done; cancelled."""

from __future__ import annotations

import secrets
import threading
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nemo_widgets.catalogue import say, translation
from nemo_widgets.draft import Draft
from nemo_widgets.errors import (
    Cancelled,
    NothingToExport,
    ProtocolError,
    RenderFailed,
    RenderGone,
    RenderRefused,
    RenderUnknown,
    TimedOut,
)
from nemo_widgets.reasons import sentence

from .render_status import RenderStatus, Scale, complaint, job_id, tells_of_a_job
from .render_watch import Watch, pause
from .retry import passing
from .settling import error_of, settle
from .timing import in_words
from .wire import Call

if TYPE_CHECKING:
    from collections.abc import Callable

    from .calls import Caller
    from .envelope import Verdict
    from .settling import Found

__all__ = ["RENDER_OUTPUT", "cancel", "known", "new_id", "status", "submit", "wait"]

RENDER_OUTPUT = {"format": "mp4", "quality": "high"}
"""What an export becomes where nothing else is said (§9)."""

_PATH = "/api/render/proxy/lambda"
_UNKNOWN = 404
_BAD = 400
_lock = threading.Lock()
_latest = 0
_AHEAD_MS = secrets.randbelow(4096)
"""Two kernels that export within the same millisecond would else give their jobs one id, and get one film."""


def new_id() -> str:
    """`render_<ms since 1970>`, never the same twice in this process, and hardly in another one."""
    global _latest  # noqa: PLW0603 - what makes it unique is that there is one
    with _lock:
        _latest = max(_latest + 1, time.time_ns() // 1_000_000 + _AHEAD_MS)
        return f"render_{_latest}"


async def submit(
    caller: Caller,
    session_id: str,
    draft: Draft | dict[str, Any],
    output: dict[str, Any] | None = None,
    render_id: str | None = None,
) -> str:
    """Submit a draft and return the job's id: the server's own, where it gives it another than ours.

    A job that is there and failed at once, with the reason, is returned too: `wait` tells it.

    Raises:
        NothingToExport: the draft has no segment. RenderRefused: the server says why there is no job.
        ExportBlocked: the plan does not include exports.
        NotAccepted: the answer tells nothing, and the server does not know the id, however often it is asked.
        RenderUnknown: the answer tells nothing, and the server does not tell about the id.
        NemoError: the request was refused.
    """
    data = draft.data if isinstance(draft, Draft) else draft
    if not Draft(data):
        raise NothingToExport(say("export.empty"))
    render_id = render_id or new_id()
    body = {
        "id": render_id,
        "sessionId": session_id,
        "draft": data,
        "output": {**RENDER_OUTPUT, **(output or {})},
    }
    answer = await caller.ask(Call("POST", _PATH, kind="paid", about="export", json=body))
    found: Found | None = None
    if (settled := settle(answer)) == "look":
        found = await look_up(caller, render_id)
        settled = settle(answer, found)
    if found == "there" and answer.status < _BAD and (why := complaint(answer.body)):
        caller.complaints[render_id] = why  # should the job fail and not say why, that is the reason
    if settled == "accepted":
        return (job_id(answer.body) if found is None else "") or render_id
    error = error_of(answer, settled, found)
    if answer.error is None and isinstance(error, RenderRefused):
        caller.refused[render_id] = error
        return render_id
    raise error


async def look_up(caller: Caller, render_id: str) -> Found:
    """What the server says of an id. `absent` only if it says so as often as the settings ask for."""
    absent = 0
    for left in reversed(range(caller.settings.unknown_polls)):
        found = await _ask(caller, render_id)
        if isinstance(found, RenderStatus):
            return "there"
        if found.error is None and job_id(found.body) == render_id:
            return "there"
        absent += found.number == _UNKNOWN and not found.page
        if left:  # a job that was submitted just now may not be known to every server yet
            await caller.settings.clock.sleep(pause(caller))
    return "absent" if absent == caller.settings.unknown_polls else "silent"


async def known(caller: Caller, render_id: str) -> bool:
    """Whether the server knows a job.

    Raises:
        RenderUnknown: it does not tell.
    """
    found = await look_up(caller, render_id)
    if found == "silent":
        raise RenderUnknown(say("render.untold"))
    return found == "there"


async def status(caller: Caller, render_id: str) -> RenderStatus:
    """How far a job is.

    Raises:
        RenderFailed: the server does not know it. NemoError: the request failed.
    """
    found = await _ask(caller, render_id)
    if isinstance(found, RenderStatus):
        return found
    raise found.error or ProtocolError(say("server.promise"))


async def _ask(caller: Caller, render_id: str, scale: Scale | None = None) -> RenderStatus | Verdict:
    """The job's status, or the verdict where there is none."""
    verdict = await caller.ask(Call("GET", _job(render_id), about="render"))
    # A failed job may call itself `success: false`; it is an answer about the job all the same. An error of
    # the protocol's table is one about the request, whatever word stands beside it.
    aside = verdict.error is not None and (verdict.in_table or verdict.status >= _BAD)
    if not aside and tells_of_a_job(verdict.body):
        return RenderStatus.from_json(verdict.body, render_id, scale)
    return verdict


async def wait(
    caller: Caller,
    render_id: str,
    progress: Callable[[RenderStatus], None] | None = None,
    interval: float | None = None,
    *,
    sent_as: str = "",
) -> RenderStatus:
    """Ask until the job is done; what fails in passing, or tells nothing, is asked again on the same id.

    Raises:
        RenderFailed: it failed. RenderRefused: it was refused when it was submitted, by this client.
        RenderGone: the server does not know it. Cancelled: it was cancelled.
        RenderUnknown: the server calls it by a word that nobody knows, and nothing changes.
        TimedOut: it takes longer than we wait. NemoError: asking failed too often in a row.
    """
    _raise_refused(caller, render_id)
    settings = caller.settings
    end = settings.clock.now() + settings.render_s
    failures = unknown = 0
    watch, scale, ids = Watch(caller), Scale(), [render_id]
    while True:
        found = await _ask(caller, ids[0], scale)
        if isinstance(found, RenderStatus):
            failures = unknown = 0
            if progress is not None:
                progress(found)
            if found.status == "completed":
                return found
            _raise_ended(found, caller.complaints.get(render_id, ""), studio=caller.wire.is_studio)
            watch.see(found)
        elif found.number == _UNKNOWN and sent_as not in ("", *ids):
            ids.insert(0, sent_as)  # the server gave it an id that it does not know it by
        elif found.number == _UNKNOWN and unknown < settings.unknown_polls:
            unknown += 1  # a job that was submitted just now may not be known to every server yet
        elif (passing(found) or not found.in_table) and failures < settings.poll_failures:
            failures += 1
        elif found.number == _UNKNOWN:
            raise RenderGone(say("server.no job"))
        else:
            raise found.error or ProtocolError(say("render.tells nothing"))
        if settings.clock.now() >= end:
            raise TimedOut(
                say("render.not done", time=in_words(settings.render_s)),
                hint=say("render.look again"),
            )
        await settings.clock.sleep(watch.pause() if interval is None else interval)


def _raise_refused(caller: Caller, render_id: str) -> None:
    if (refusal := caller.refused.pop(render_id, None)) is not None:
        raise refusal


def _raise_ended(found: RenderStatus, complaint: str, *, studio: bool) -> None:
    """Raise the error of a job that is over; `complaint` is what was said to be wrong as it was submitted."""
    if found.status == "failed" and complaint:
        raise RenderRefused(say("render.refused because", why=translation(found.error or complaint)))
    if found.status == "failed":
        hint = None if found.retry else say("render.draft unchanged")
        why = translation(found.error) or say("render.no reason")
        error = RenderFailed(say("render.failed", why=why), hint=hint)
        error.retry = found.retry or not studio
        raise error
    if found.status == "cancelled":
        told = say("render.cancelled because", why=found.error) if found.error else say("render.cancelled")
        if found.error.startswith("by "):
            told = f"{say('render.cancelled')} {found.error}"
        raise Cancelled(sentence(told))


async def cancel(caller: Caller, render_id: str) -> None:
    """Cancel a job. One that is unknown or over is none to cancel, so that is no error.

    Raises:
        NemoError: the request failed otherwise.
    """
    verdict = await caller.ask(Call("POST", _job(render_id) + "/cancel", about="render"))
    if verdict.error is not None and not isinstance(verdict.error, RenderFailed):
        raise verdict.error


def _job(render_id: str) -> str:
    return f"{_PATH}/{quote(render_id, safe='')}"
