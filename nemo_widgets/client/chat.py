"""One message and the stream of its answer. It is sent once: nothing here ever repeats what may have left."""

from __future__ import annotations

import json
from contextlib import AsyncExitStack, aclosing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nemo_widgets.errors import NemoError, ProtocolError, StreamDropped, TimedOut

from .envelope import Reply, Verdict
from .events import ErrorEvent, HeartbeatEvent, decode, parse
from .retry import repeat
from .sse import Decoder
from .wire import fault, pieces_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Coroutine
    from typing import TypeVar

    import httpx

    from .calls import Caller
    from .events import Event
    from .sse import Message
    from .wire import Wire

    T = TypeVar("T")

__all__ = ["chat"]

_PATH = "/run_sse"
_STREAM, _JSON = "text/event-stream", "application/json"


async def chat(caller: Caller, session_id: str, text: str) -> AsyncGenerator[Event, None]:
    """The events of the answer to one message, as they come (protocol §4).

    Ends when the server ends the stream. Closing the iterator closes the connection.

    Raises:
        StreamDropped: the connection broke; the work may go on or be done. TimedOut: nothing but heartbeats,
            or too long in all. ConnectError: the server was not reached, so nothing was sent.
        NemoError: the server refused the message, before the stream or in it.
    """
    body = {
        "app_name": "nemo_agent",
        "user_id": "me",
        "session_id": session_id,
        "new_message": {"parts": [{"text": text}]},
    }
    watch = _Watch(caller)
    async with AsyncExitStack() as stack:
        verdict, response = await _open(caller, body, watch, stack)
        if response is None:
            for event in _answered_at_once(verdict):
                yield event
            return
        decoder = Decoder(caller.settings.event_most)
        pieces = await stack.enter_async_context(aclosing(pieces_of(response)))
        while (piece := await _next(pieces, watch, caller.wire)) is not None:
            for message in decoder.feed(piece):
                for event in decode(_hidden(caller, message)):
                    watch.saw(event)
                    _raise_refusal(caller, event)
                    yield event


class _Watch:
    """The two limits of an answer: its whole time, and the time of nothing but heartbeats."""

    def __init__(self, caller: Caller) -> None:
        self._clock = caller.settings.clock
        self._now = self._clock.now
        self._quiet_s = caller.settings.chat_quiet_s
        self._total_s = caller.settings.chat_total_s
        self._end = self._now() + self._total_s
        self._quiet_end = self._now() + self._quiet_s

    def saw(self, event: Event) -> None:
        """Note a sign of work; a heartbeat is only a sign of life."""
        if not isinstance(event, HeartbeatEvent):
            self._quiet_end = self._now() + self._quiet_s

    async def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """Wait for `work` within both limits."""
        try:
            return await self._clock.by(min(self._end, self._quiet_end), work)
        except TimeoutError:
            late = self._end <= self._quiet_end
        told = f"took over {self._total_s:g} s" if late else f"gave no sign of work for {self._quiet_s:g} s"
        raise TimedOut(f"The agent {told}, so we stopped waiting.")


async def _open(
    caller: Caller, body: dict[str, Any], watch: _Watch, stack: AsyncExitStack
) -> tuple[Verdict, httpx.Response | None]:
    """The open stream, or the verdict on an answer that is none; what may have left is not sent again."""
    found: list[httpx.Response | None] = []

    async def once() -> Verdict:
        headers = await caller.auth.headers()
        verdict, response = await watch.wait(_send(caller, body, headers, stack))
        found[:] = [response]
        return verdict

    used = await caller.auth.token()
    verdict = await repeat("paid", once, caller.settings)
    if verdict.refused_token and caller.auth.anonymous:
        await caller.auth.token(refused=used)
        verdict = await repeat("paid", once, caller.settings)
    if verdict.error is not None:
        raise _dropped(verdict, verdict.error)
    return verdict, found[0]


async def _send(
    caller: Caller, body: dict[str, Any], headers: dict[str, str], stack: AsyncExitStack
) -> tuple[Verdict, httpx.Response | None]:
    import httpx
    from httpx_sse import aconnect_sse

    wire, url = caller.wire, caller.wire.address.url(_PATH)
    try:
        # httpx-sse sets the headers of an event stream; the limits of time are the watch's alone.
        connecting = aconnect_sse(
            wire.api("paid"), "POST", url, json=body, headers=headers, timeout=wire.stream_timeout()
        )
        response = (await stack.enter_async_context(connecting)).response
        wire.note(response)
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if response.status_code == httpx.codes.OK and kind in (_STREAM, ""):
            return Verdict(), response
        answer = await _whole(response, caller.settings.event_most)
    except httpx.HTTPError as error:
        return fault(error, wire.where), None
    verdict = caller.auth.reader.read(wire.reply(response, caller.auth.hide_in_bytes(answer)))
    if verdict.error is None and kind != _JSON:
        told = f"The server answered with {kind or 'nothing'} instead of a stream of events."
        verdict = Verdict(error=ProtocolError(told))
    return verdict, None


async def _whole(response: httpx.Response, most: int) -> bytes:
    body = bytearray()
    async with aclosing(pieces_of(response)) as pieces:
        async for piece in pieces:
            body += piece
            if len(body) > most:
                raise ProtocolError("The server's answer is larger than an answer may be.")
    return bytes(body)


def _answered_at_once(verdict: Verdict) -> list[Event]:
    """The events of an answer that came as one JSON list."""
    items = verdict.data if isinstance(verdict.data, list) else [verdict.data]
    return [event for item in items for event in parse(item)]


async def _next(pieces: AsyncIterator[bytes], watch: _Watch, wire: Wire) -> bytes | None:
    """The next bytes of the stream; None at its end."""
    import httpx

    try:
        return await watch.wait(_piece(pieces))
    except httpx.HTTPError as error:
        verdict = fault(error, wire.where)
    raise _dropped(verdict, verdict.error or ProtocolError("The stream broke."))


async def _piece(pieces: AsyncIterator[bytes]) -> bytes | None:
    return await anext(pieces, None)


def _hidden(caller: Caller, message: Message) -> Message:
    """The message without the token, should the server repeat it."""
    return message if message.data is None else replace(message, data=caller.auth.hide(message.data))


def _raise_refusal(caller: Caller, event: Event) -> None:
    """Raise an error of the protocol's table that came as an event."""
    if isinstance(event, ErrorEvent) and event.code.isascii() and event.code.isdigit():
        # As if it had come in an envelope of its own; a code that is no error lets the event through.
        envelope = json.dumps({"code": int(event.code[:9]), "message": event.message}).encode()
        verdict = caller.auth.reader.read(Reply(200, {}, envelope))
        if verdict.error is not None:
            raise verdict.error


def _dropped(verdict: Verdict, error: NemoError) -> NemoError:
    """The error of a stream that did not begin or broke: what was sent may be at work."""
    if verdict.number is None and verdict.sent and not isinstance(error, (TimedOut, ProtocolError)):
        return StreamDropped(error.message)
    return error
