"""One message and the stream of its answer. It is sent once: nothing here ever repeats what may have left.

Twice it goes out only where the server has said that it did nothing with it: see `Caller.persist`.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack, aclosing
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nemo_widgets import json_text
from nemo_widgets.catalogue import say
from nemo_widgets.errors import (
    AuthError,
    EventTooLarge,
    NemoError,
    ProtocolError,
    StreamDropped,
    TimedOut,
    UsageError,
)
from nemo_widgets.redaction import redact, redact_body, redact_json

from .body import megabytes, pieces_of, whole
from .calls import Tries
from .credentials import Credentials
from .envelope import PROTOCOL_NUMBERS, Reply, Verdict
from .event_types import (
    ArgumentsEvent,
    ErrorEvent,
    HeartbeatEvent,
    TextEvent,
    ThoughtEvent,
    ToolCallEvent,
)
from .events import decode
from .json_lines import decoder_of, is_page, page_in
from .patience import Patience
from .retry import repeat
from .sse import Message
from .wire import encoded, fault

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable

    import httpx

    from .calls import Caller
    from .event_types import Event
    from .json_lines import JsonLines
    from .sse import Decoder
    from .wire import Wire

__all__ = ["chat"]

_PATH = "/run_sse"
_LARGE = 256 * 1024
"""In characters: a message that takes so long to look through that it is done beside the loop."""
_STREAM, _JSON, _PAGES = "text/event-stream", "application/json", ("text/html", "application/xhtml+xml")


async def chat(
    caller: Caller,
    session_id: str,
    text: str,
    *,
    key: str = "",
    version: int | None = None,
    draft: dict[str, Any] | None = None,
    raw: Callable[[Message], None] | None = None,
    ended: Callable[[bool], None] | None = None,
) -> AsyncGenerator[Event, None]:
    """The events of the answer to one message, as they come (protocol §4).

    Ends when the server ends the stream. Closing the iterator closes the connection.

    Args:
        caller: sends it.
        session_id: the session.
        text: the message.
        key: what a studio knows the message by; it never carries out two of the same key.
        version: the draft's version that the message is meant for, as a studio's state told it: if there is
            another one by then, the studio does nothing. No other server is told.
        draft: what the message makes the timeline, by itself and without the agent; only for a studio.
        raw: called with each message of the stream before its events.
        ended: called at the end of the stream with whether HTTP marks it as the end; where it does not (the
            connection is just closed), a stream that was cut off looks the same.

    Raises:
        StreamDropped: the connection broke or died; the work may go on or be done. TimedOut: nothing but
            heartbeats, or too long in all. EventTooLarge: an event is larger than `settings.event_most`,
            the whole stream than `settings.stream_most`, or the words than `settings.words_most`.
            ConnectError: the server was not reached, so nothing was sent. UsageError: the message is longer
            than `settings.message_most`.
        NemoError: the server refused the message, before the stream or in it. `nothing_done` tells whether
            that was before any work, so that it may be sent again; after all others only the state can tell.
    """
    _check_length(text, caller.settings.message_most)
    extra = await caller.keyed(key)
    path, body = _request(session_id, text, version if caller.wire.is_studio else None, draft)
    tries = Tries("paid")
    while True:
        async with AsyncExitStack() as stack:
            opened = _Opening(caller, path, body, extra, stack)
            verdict = await _persisted(caller, opened, tries)
            if verdict.error is not None:
                raise _dropped(verdict, verdict.error)
            untouched, unspoken, words = True, True, 0
            try:
                async with aclosing(_messages(caller, opened, verdict)) as messages:
                    async for message in messages:
                        if raw is not None:
                            raw(message)
                        _check_page(message)
                        for event in decode(message):
                            opened.patience.saw(event)
                            words = _lengthened(words, event, caller.settings.words_most)
                            if isinstance(event, ErrorEvent):
                                _raise_refusal(caller, event, unspoken=unspoken, untouched=untouched)
                            unspoken = unspoken and isinstance(event, HeartbeatEvent)
                            untouched = False  # who is kept waiting by heartbeats may be worked for
                            yield event
            except AuthError as error:
                # The token is looked at before anything is done; after the first event it is the agent's.
                if not error.nothing_done or tries.renewed or not caller.auth.anonymous:
                    raise
            else:
                (ended or bool)(opened.marked)
                return
        tries.renewed = True
        await caller.auth.token(refused=opened.sign.token)


def _request(
    session_id: str, text: str, version: int | None, draft: dict[str, Any] | None
) -> tuple[str, dict[str, Any]]:
    """Where a message goes, and its body."""
    body: dict[str, Any] = {
        "app_name": "nemo_agent",
        "user_id": "me",
        "session_id": session_id,
        "new_message": {"parts": [{"text": text}]},
    }
    body |= {} if version is None else {"draft_version": version}
    if draft is None:
        return _PATH, body
    return f"/studio/sessions/{quote(session_id, safe='')}/apply", {**body, "draft": draft}


async def _persisted(caller: Caller, opened: _Opening, tries: Tries) -> Verdict:
    """The verdict on the beginning of the answer.

    Raises:
        NemoError: there is no token to be had, so nothing was sent.
    """
    try:
        return await caller.persist(opened.send, tries)
    except NemoError as error:
        error.nothing_done = True
        raise


class _Opening:
    """Sends the message and leaves the open stream in `response`, or None where the answer is no stream."""

    def __init__(
        self, caller: Caller, path: str, body: dict[str, Any], extra: dict[str, str], stack: AsyncExitStack
    ) -> None:
        self._path = path
        self._caller, self._body, self._extra, self._stack = caller, encoded(body), extra, stack
        self.response: httpx.Response | None = None
        self.body: bytes | None = None
        self.kind = ""
        self.sign = Credentials()
        self.patience = Patience(caller.settings, caller.wire.where)

    @property
    def marked(self) -> bool:
        """Whether the end of the answer can be told from a connection that broke."""
        answer = self.response
        if answer is None or not answer.http_version.startswith("HTTP/1"):
            return True
        return "content-length" in answer.headers or "transfer-encoding" in answer.headers

    async def send(self, sign: Credentials) -> Verdict:
        """The verdict on the answer's beginning; a server that is not reached is tried again."""
        self.sign = sign

        async def once() -> Verdict:
            await self._stack.aclose()  # an answer that turned us away
            self.patience = Patience(self._caller.settings, self._caller.wire.where)
            try:
                return await self.patience.wait(self._once(sign))
            except NemoError as error:  # too long, or too large: it has left
                return Verdict(error=error, number=None)

        return await repeat("paid", once, self._caller.settings)

    async def _once(self, sign: Credentials) -> Verdict:
        import httpx
        from httpx_sse import aconnect_sse

        caller = self._caller
        wire, url = caller.wire, caller.wire.address.url(self._path)
        headers = {**caller.auth.attribution, **self._extra, "Content-Type": _JSON}
        try:
            # httpx-sse sets the headers of an event stream; the limits of time are the patience's alone.
            connecting = aconnect_sse(
                wire.api("paid"),
                "POST",
                url,
                content=self._body,
                headers=headers,
                auth=sign,
                timeout=wire.stream_timeout(),
            )
            response = (await self._stack.enter_async_context(connecting)).response
            wire.note(response)
            kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            self.kind = kind
            # A good stream under another name is one; what it really is, its first bytes tell.
            if response.is_success and kind != _JSON:
                self.response = response
                return Verdict()
            answer = await whole(response, caller.settings.event_most)
        except httpx.HTTPError as error:
            return fault(error, wire.where)
        if response.is_success and kind == _JSON and not _is_json(answer):
            self.response, self.body = response, answer  # lines of JSON, or events
            return Verdict()
        verdict = caller.auth.reader.read(wire.reply(response, redact_body(answer)))
        if verdict.error is None and kind != _JSON:
            verdict = Verdict(error=_no_stream(kind))
        return verdict


def _lengthened(words: int, event: Event, most: int) -> int:
    """How many characters are kept of an answer, with those of one more event.

    Raises:
        EventTooLarge: they are more than `most`.
    """
    match event:
        case TextEvent(text=said) | ThoughtEvent(text=said) | ArgumentsEvent(piece=said):
            words += len(said)
        case ToolCallEvent(name=name, args=args):
            words += len(name)
            words += sum(len(key) + len(held) for key, held in args.items() if isinstance(held, str))
    if words > most:
        raise EventTooLarge(say("server.too many words", most=most))
    return words


def _check_length(text: str, most: int) -> None:
    """Raise the error of a message that is too long, if it is."""
    if len(text) > most:
        error = UsageError(
            say("server.long message", most=most, count=len(text)),
            hint=say("server.fewer words"),
        )
        error.nothing_done = True
        raise error


async def _messages(caller: Caller, opened: _Opening, verdict: Verdict) -> AsyncGenerator[Message, None]:
    """The messages of the stream, or of an answer that came as one JSON list."""
    if opened.response is None:
        for item in verdict.data if isinstance(verdict.data, list) else [verdict.data]:
            yield Message(json.dumps(item))
        return
    decoder, most = None, caller.settings.event_most
    async with aclosing(_one(opened.body) if opened.body else pieces_of(opened.response)) as pieces:
        head, size = bytearray(), 0
        while (piece := await _next(pieces, opened.patience, caller.wire)) is not None:
            if (size := size + len(piece)) > caller.settings.stream_most:
                piece = _cleared(head)
                raise EventTooLarge(say("answer.too large", size=megabytes(caller.settings.stream_most)))
            if decoder is None:
                head += piece
                piece = b""
                if (decoder := _begun(head, most)) is None:
                    continue
                piece = bytes(head)
            try:
                for message in decoder.feed(piece):
                    # A picture's worth takes seconds to look through; others wait for the loop.
                    large = len(message.data or "") > _LARGE
                    yield await asyncio.to_thread(_hidden, message) if large else _hidden(message)
            except EventTooLarge as error:
                piece = _cleared(head)  # and the decoder's frames are not shown at all
                raise error.with_traceback(None) from None
            piece = _cleared(head)
    for message in _unended(decoder, opened):
        yield _hidden(message)


def _begun(head: bytearray, most: int) -> Decoder | JsonLines | None:
    """What decodes an answer that begins so; None where it has not begun.

    Raises:
        ProtocolError: it is a page.
    """
    if not head.strip():
        return None
    if is_page(bytes(head)):
        _cleared(head)
        raise _no_stream(say("server.page"))
    return decoder_of(bytes(head), most)


def _cleared(head: bytearray) -> bytes:
    """Nothing, in place of what came: a traceback may show what stands in a frame, and that may be secret."""
    head.clear()
    return b""


def _check_page(message: Message) -> None:
    """Raise the error of a page that came in the middle of the answer, if the message is one."""
    if message.data and (words := page_in(message.data)) is not None:
        quoted = say("server.quoted", words=words) if words else ""
        raise ProtocolError(say("server.page inside", words=quoted))


def _unended(decoder: Decoder | JsonLines | None, opened: _Opening) -> Iterable[Message]:
    """What the end of the answer completes: where HTTP does not mark it, an event may have been cut off.

    Raises:
        ProtocolError: not a byte came, of what calls itself a page: that is nobody's silent end.
    """
    if decoder is None and opened.kind in _PAGES:
        raise _no_stream(opened.kind)
    return decoder.end() if decoder is not None and opened.marked else ()


def _hidden(message: Message) -> Message:
    """The message; should the server repeat the token in it, nobody gets to see that."""
    data, event, last_id = message
    said = Message(redact_json(data) if data else data, redact(event), redact(last_id))
    return message if said == message else said


async def _one(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body


def _no_stream(what: str) -> ProtocolError:
    return ProtocolError(say("server.no stream", what=what or say("server.nothing")))


def _is_json(body: bytes) -> bool:
    try:
        json_text.read(body or b"null")
    except ValueError:
        return False
    return True


async def _next(pieces: AsyncIterator[bytes], patience: Patience, wire: Wire) -> bytes | None:
    """The next bytes of the stream; None at its end."""
    import httpx

    try:
        return await patience.wait(_piece(pieces))
    except httpx.HTTPError as error:
        verdict = fault(error, wire.where)
    raise _dropped(verdict, verdict.error or ProtocolError(say("wire.stream broke")))


async def _piece(pieces: AsyncIterator[bytes]) -> bytes | None:
    return await anext(pieces, None)


def _raise_refusal(caller: Caller, event: ErrorEvent, *, unspoken: bool, untouched: bool) -> None:
    """Raise an error of the protocol's table that came as an event.

    The protocol's own numbers are errors wherever they come. HTTP's are the server's where they stand in an
    envelope and the agent has not spoken; later, and in an event, they are what some model or tool answered
    the agent, and so the agent's failure. Only as the very first thing, where not even a heartbeat came
    before, do they say that nothing was done.
    """
    if not (event.code.isascii() and event.code.isdigit()):
        return
    number = int(event.code[:9])
    if (unspoken and event.envelope) or number in PROTOCOL_NUMBERS:
        # As if it had come in an envelope of its own; a number that the table does not hold is an event.
        envelope = json.dumps({"code": number, "message": event.message}).encode()
        verdict = caller.auth.reader.read(Reply(200, {}, envelope))
        if verdict.error is not None and verdict.in_table:
            verdict.error.nothing_done = untouched and verdict.turned_away
            raise verdict.error


def _dropped(verdict: Verdict, error: NemoError) -> NemoError:
    """The error of a stream that did not begin or broke: what was sent may be at work."""
    if verdict.lost and not isinstance(error, (TimedOut, ProtocolError, StreamDropped)):
        return StreamDropped(error.message, request_id=error.request_id)
    error.nothing_done = verdict.turned_away
    return error
