"""A message to the agent and the stream of its answer: protocol §4."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.responses import StreamingResponse

from nemo_widgets.studio.answers import backend, base_url, caller, in_thread, read_json, sent_key
from nemo_widgets.studio.applying import checked
from nemo_widgets.studio.drafts import BadDraft, outward
from nemo_widgets.studio.errors import INVALID, Refused
from nemo_widgets.studio.events import wire
from nemo_widgets.studio.limits import MOST_MESSAGE, OverLimit
from nemo_widgets.studio.turns import Failed, Finished

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from starlette.requests import Request

    from nemo_widgets.studio.events import AdkWire, TypedWire
    from nemo_widgets.studio.turns import Turn

__all__ = ["apply", "run_sse"]

_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


async def run_sse(request: Request) -> StreamingResponse:
    """Queue the message and stream what comes of it; a client that goes away does not stop the work.

    The body is ADK's `RunAgentRequest` in camelCase or snake_case; what else it holds is ignored. A message
    whose `Idempotency-Key` stands in the session's ledger is refused: nothing is carried out twice. One whose
    `draft_version` is not the draft's when its turn comes fails, with nothing done.
    """
    return await _answered(request, await read_json(request))


async def apply(request: Request) -> StreamingResponse:
    """Make the `draft` of the body the timeline, as a step that can be undone; the agent does not hear of it.

    Otherwise the body and the answer are those of a message, whose text says what the step is.
    """
    studio = backend(request)
    body = await read_json(request, studio.settings.max_body_bytes)
    user, named = await caller(request), request.path_params["session_id"]
    session = await in_thread(studio.store.projects.get, user, named)
    try:
        draft = await in_thread(
            lambda: checked(body.get("draft"), studio.store.library.of_user(session.user))
        )
    except (BadDraft, OverLimit) as wrong:
        raise Refused(INVALID, str(wrong)) from None
    return await _answered(request, {**body, "session_id": named}, draft)


async def _answered(
    request: Request, body: dict[str, Any], draft: dict[str, Any] | None = None
) -> StreamingResponse:
    user, key = await caller(request), sent_key(request)
    session_id, text, version = _session(body), _message(body), _version(body)
    if _pick(body, "user_id", "userId") not in (None, "me", user):
        raise Refused(INVALID, "user_id is me.")
    studio = backend(request)
    session = await in_thread(studio.store.projects.get, user, session_id)
    loop, queue = asyncio.get_running_loop(), asyncio.Queue[Any]()

    def post(item: Any) -> None:
        if not loop.is_closed():  # the studio has stopped under a turn that did not notice yet
            loop.call_soon_threadsafe(queue.put_nowait, item)

    submit = partial(studio.turns.submit, session, text, post, key, version, draft=draft)
    turn = await in_thread(submit)
    frames = _Frames(wire(studio.settings, turn.message.invocation), base_url(request))
    stream = _stream(turn, queue, frames, studio.settings.heartbeat_s)
    return StreamingResponse(stream, media_type="text/event-stream", headers=_HEADERS)


async def _stream(
    turn: Turn, queue: asyncio.Queue[Any], frames: _Frames, heartbeat_s: float
) -> AsyncIterator[bytes]:
    """The bytes of the answer, with a keep-alive whenever nothing else was sent for long enough."""
    getting = asyncio.ensure_future(queue.get())
    try:
        while True:
            # Not wait_for: it may lose the item that comes as the time is up.
            done, _ = await asyncio.wait([getting], timeout=heartbeat_s)
            if not done:
                yield frames.keepalive
                continue
            item = getting.result()
            for frame in frames.of(item):
                if frame:
                    yield frame
            if isinstance(item, (Finished, Failed)):
                return
            getting = asyncio.ensure_future(queue.get())
    finally:
        turn.leave()
        getting.cancel()


class _Frames:
    """The agent's steps as frames: pieces of text are said again whole before anything else follows."""

    def __init__(self, writer: AdkWire | TypedWire, base: str) -> None:
        self._wire = writer
        self._base = base
        self._pending = ""
        self._said = False
        self.keepalive = writer.keepalive

    def of(self, item: Any) -> Iterator[bytes]:
        """The frames of one step or end."""
        from nemo_widgets.studio.agent.world import Heartbeat, Picture, Text, ToolCall, ToolResult

        match item:
            case Text():
                self._pending += item.delta
                self._said = True
                yield self._wire.text(item.delta)
            case ToolCall() | Picture():
                if self._pending:
                    yield self._wire.whole(self._pending, streamed=True)
                    self._pending = ""
                yield self._wire.call(item) if isinstance(item, ToolCall) else self._wire.picture(item)
            case ToolResult():
                yield self._wire.result(item)
            case Heartbeat():
                yield self._wire.progress(item)
            case Finished():
                yield from self._end(item)
            case Failed():
                yield self._wire.error(item)

    def _end(self, end: Finished) -> Iterator[bytes]:
        draft = outward(end.draft, self._base) if end.draft is not None else None
        text = self._pending if self._said else end.reply
        if text:
            yield self._wire.whole(text, streamed=self._said, draft=draft, end=end)
        else:
            yield self._wire.state(draft, end)


def _pick(body: dict[str, Any], *names: str) -> Any:
    return next((body[name] for name in names if body.get(name) is not None), None)


def _version(body: dict[str, Any]) -> int | None:
    found = _pick(body, "draft_version", "draftVersion")
    if found is not None and (isinstance(found, bool) or not isinstance(found, int) or found < 0):
        raise Refused(INVALID, "draft_version is the number of a version.")
    return found


def _session(body: dict[str, Any]) -> str:
    found = _pick(body, "session_id", "sessionId")
    if isinstance(found, bool) or not isinstance(found, (str, int)):
        raise Refused(INVALID, "session_id is missing.")
    return str(found)


def _message(body: dict[str, Any]) -> str:
    """The texts of the message's parts, one below the other."""
    message = _pick(body, "new_message", "newMessage")
    parts = message.get("parts") if isinstance(message, dict) else None
    if not isinstance(parts, list):
        raise Refused(INVALID, "new_message.parts is missing.")
    texts = [part["text"] for part in parts if isinstance(part, dict) and isinstance(part.get("text"), str)]
    text = "\n".join(texts).strip()
    if not text:
        raise Refused(INVALID, "The message holds no text.")
    if len(text) > MOST_MESSAGE:
        raise Refused(
            INVALID,
            f"The message has {len(text):,} characters, and one has at most {MOST_MESSAGE:,}: put what is "
            "longer, such as subtitles, into a file and upload it.",
        )
    return text
