"""Exports (§9): submit under an id of our own, ask until it is done, cancel."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nemo_widgets.draft import Draft
from nemo_widgets.errors import (
    Cancelled,
    NotAccepted,
    NothingToExport,
    ProtocolError,
    RenderFailed,
    RenderUnknown,
    TimedOut,
)

from .models import RenderStatus, render_word
from .retry import passing
from .wire import Call

if TYPE_CHECKING:
    from collections.abc import Callable

    from .calls import Caller

__all__ = ["cancel", "new_id", "status", "submit", "wait"]

_PATH = "/api/render/proxy/lambda"
_NOT_FOUND, _BAD = 404, 400
_lock = threading.Lock()
_latest = 0


def new_id() -> str:
    """`render_<ms since 1970>`, never the same twice in this process."""
    global _latest  # noqa: PLW0603 - what makes it unique is that there is one
    with _lock:
        _latest = max(_latest + 1, time.time_ns() // 1_000_000)
        return f"render_{_latest}"


async def submit(
    caller: Caller,
    session_id: str,
    draft: Draft | dict[str, Any],
    output: dict[str, Any] | None = None,
    render_id: str | None = None,
) -> str:
    """Submit a draft and return the job's id. Sent once; where the answer got lost, the id is looked up.

    Raises:
        NothingToExport: the draft has no segment. ExportBlocked: the plan does not include exports.
        NotAccepted: the answer got lost, and the server does not know the id, however often it is asked.
        RenderUnknown: the answer got lost, and the server does not tell about the id.
        NemoError: the request failed.
    """
    data = draft.data if isinstance(draft, Draft) else draft
    if not Draft(data):
        raise NothingToExport("There is nothing on the timeline yet, so nothing to export.")
    render_id = render_id or new_id()
    body = {
        "id": render_id,
        "sessionId": session_id,
        "draft": data,
        "output": {"format": "mp4", "quality": "high", **(output or {})},
    }
    verdict = await caller.ask(Call("POST", _PATH, kind="paid", json=body))
    if verdict.error is None:
        return render_id
    if verdict.lost:
        await _look_up(caller, render_id)
        return render_id
    raise verdict.error


async def _look_up(caller: Caller, render_id: str) -> None:
    """Return if the server knows a job whose submit was not answered; else raise what is known."""
    unknown = 0
    for left in reversed(range(caller.settings.unknown_polls)):
        verdict = await caller.ask(Call("GET", _job(render_id), about="render"))
        if verdict.error is None or render_word(verdict.body):
            return
        unknown += verdict.status == _NOT_FOUND or isinstance(verdict.error, RenderFailed)
        if left:  # a job that was submitted just now may not be known to every server yet
            await caller.settings.clock.sleep(_interval(caller))
    if unknown == caller.settings.unknown_polls:
        raise NotAccepted("The answer to the export got lost, and the server does not know the job.")
    raise RenderUnknown("The answer to the export got lost, and the server does not tell about the job.")


def _interval(caller: Caller) -> float:
    return caller.settings.studio_poll_s if caller.wire.is_studio else caller.settings.poll_s


async def status(caller: Caller, render_id: str) -> RenderStatus:
    """How far a job is.

    Raises:
        RenderFailed: the server does not know it. NemoError: the request failed.
    """
    found = await _ask(caller, render_id)
    if isinstance(found, RenderStatus):
        return found
    raise found.error or ProtocolError("The server's answer does not hold what the protocol promises.")


async def _ask(caller: Caller, render_id: str) -> Any:
    """The job's status, or the verdict where there is none."""
    verdict = await caller.ask(Call("GET", _job(render_id), about="render"))
    # A failed job may call itself `success: false`; it is an answer about the job all the same.
    if render_word(verdict.body) and verdict.status < _BAD:
        return RenderStatus.from_json(verdict.body, render_id)
    return verdict


async def wait(
    caller: Caller,
    render_id: str,
    progress: Callable[[RenderStatus], None] | None = None,
    interval: float | None = None,
) -> RenderStatus:
    """Ask until the job is done; what fails in passing is asked again on the same id.

    Raises:
        RenderFailed: it failed, or the server does not know it. Cancelled: it was cancelled.
        TimedOut: it takes longer than we wait. NemoError: asking failed too often in a row.
    """
    settings = caller.settings
    end = settings.clock.now() + settings.render_s
    failures = unknown = 0
    most = 0.0
    while True:
        found = await _ask(caller, render_id)
        if isinstance(found, RenderStatus):
            failures = 0
            most = max(most, found.progress)
            if progress is not None:
                progress(found)
            if found.status == "completed":
                return found
            _raise_ended(found)
        elif found.status == _NOT_FOUND and unknown < settings.unknown_polls:
            unknown += 1  # a job that was submitted just now may not be known to every server yet
        elif passing(found) and failures < settings.poll_failures:
            failures += 1
        else:
            raise found.error or ProtocolError("The server's answer tells nothing about the render.")
        if settings.clock.now() >= end:
            raise TimedOut(
                f"The render is not done after {settings.render_s:g} s; it may go on.",
                hint="`%nemo runs` lists it, `%nemo attach` looks at it again.",
            )
        await settings.clock.sleep(_interval(caller) if interval is None else interval)


def _raise_ended(found: RenderStatus) -> None:
    if found.status == "failed":
        why = (found.error or "the server gives no reason").rstrip(".")
        raise RenderFailed(f"The render failed: {why}.")
    if found.status == "cancelled":
        raise Cancelled("The render was cancelled.")


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
