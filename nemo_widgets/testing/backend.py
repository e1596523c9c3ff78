"""A backend that answers what it is told to: the protocol's server side in memory, for tests and lessons."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from nemo_widgets.client import Clock

from .faults import hits
from .forms import Form
from .framing import BadMessage
from .memory import Memory
from .routes import Routes, refusal
from .script import Turn, plain
from .serving import Server
from .streaming import Stream
from .talking import Answer, read, write

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from nemo_widgets.draft import Draft

    from .faults import Only
    from .memory import Session
    from .records import Render, Request, Upload
    from .script import Item, Shape
    from .talking import Asked

__all__ = ["ScriptedBackend"]

_RESULT = Path(__file__).parent / "result.mp4"
_NO_SESSION, _NO_TOKEN = 1002, 1001


class ScriptedBackend(Server):
    """A server that speaks the protocol, on loopback, in a thread, with sessions in memory.

    >>> with ScriptedBackend() as backend:                                          # doctest: +SKIP
    ...     session = nemo.connect(url=backend.url)
    ...     session.upload("clip.mp4")                        # stands on the timeline, ten seconds long
    ...     backend.reply("Cut it.", draft=shorter)           # what the next message is answered with
    ...     session.edit("cut the pauses")
    ...     backend.messages                                  # ['cut the pauses']

    Without a script it behaves: an upload adds a segment, a message is answered with "Done." and changes
    nothing, an export ends well. It looks into no file, so lengths and sizes are made up. It takes any token.

    Args:
        events: the shape of the chat's events, `adk` or `typed` (protocol §4).
        body_codes_http200: whether the protocol's own error numbers come with HTTP 200 (§10).
        render_status: the shape of a render's status (§9).
        token_at_top: whether an anonymous token stands outside of `data` (§2).
        clock: what the seconds in a reply are measured on; a FastClock makes long silences short.

    Attributes:
        messages: the texts received, in order. Each was paid for.
        requests: every request, also those that were answered with an error.
    """

    def __init__(
        self,
        *,
        events: Shape = "adk",
        body_codes_http200: bool = True,
        render_status: Literal["union", "flat", "wrapped"] = "union",
        token_at_top: bool = False,
        clock: Clock | None = None,
    ) -> None:
        super().__init__()
        if events not in ("adk", "typed"):
            raise ValueError(f"events is adk or typed, not {events!r}.")
        if render_status not in ("union", "flat", "wrapped"):
            raise ValueError(f"render_status is union, flat or wrapped, not {render_status!r}.")
        self._shape, self._http200, self._clock = events, body_codes_http200, clock or Clock()
        self._memory = Memory()
        self._routes = Routes(
            self._memory,
            body_codes_http200=body_codes_http200,
            render_status=render_status,
            token_at_top=token_at_top,
            result=_RESULT.read_bytes(),
        )
        self._turns: list[Turn] = []
        self._errors: list[tuple[Only, list[Answer]]] = []
        self._forms: list[Form] = []
        self._lock = threading.Lock()
        self._busy: dict[str, asyncio.Lock] = {}
        self.messages: list[str] = []
        self.requests: list[Request] = []

    # -- telling it what to do ----------------------------------------------------------------------

    def reply(
        self,
        text: str = "",
        *,
        events: Iterable[Item] = (),
        draft: Draft | dict[str, Any] | None = None,
        status: int = 200,
        kind: str = "text/event-stream",
        marked: bool = True,
        late_s: float = 0.0,
    ) -> Self:
        """Answer the next message so; each call is for one message, in order.

        Args:
            text: what the agent says, in pieces and in the backend's shape of events. "" says nothing.
            events: what goes out before: a str as more text, a dict as one event, bytes as they are, a number
                as so many seconds of silence, CUT and RESET as the end of the connection. What stands behind
                a CUT happens unseen: `events=["Cutting", CUT, 45], draft=after` is done 45 s after the cut.
            draft: the timeline once all that is over; None leaves it as it is.
            status: the HTTP status of the answer. What `error` answers is refused before anything is done;
                this is for an edit that is made although its answer is of no use.
            kind: the content type.
            marked: whether HTTP marks the end of the answer, else the connection is just closed.
            late_s: so many seconds after the answer's end the draft changes.

        Raises:
            TypeError: an event is none of these.
        """
        with self._lock:
            turn = Turn.of(text, events, draft, status=status, kind=kind, marked=marked, late_s=late_s)
            self._turns.append(turn)
        return self

    def error(
        self,
        path_prefix: Only,
        *,
        code: int | None = None,
        status: int | None = None,
        detail: str = "",
        times: int = 1,
        retry_after: float | None = None,
    ) -> Self:
        """Answer the next `times` requests to a path with an error, before anything is done.

        Args:
            path_prefix: how the path begins, `/api/state`; or the line, `POST /run_sse`; or a function of it.
            code: a number of the protocol's error table, in the body.
            status: the HTTP status. Alone, it comes with FastAPI's `{"detail": …}`.
            detail: what is said.
            times: for how many requests.
            retry_after: seconds for the header `Retry-After`.

        Raises:
            ValueError: neither code nor status.
        """
        if code is None and status is None:
            raise ValueError("An error has a code or a status.")
        if code is None:
            made = Answer.of({"detail": detail or "It failed, as it was told to."}, status or 500)
        else:
            made = refusal(code, detail, http200=self._http200)
        headers = {} if retry_after is None else {"Retry-After": f"{retry_after:g}"}
        made = Answer(made.body, status or made.status, made.kind, headers)
        with self._lock:
            self._errors.append((path_prefix, [made] * times))
        return self

    def answer(
        self,
        path_prefix: Only,
        told: Any,
        *,
        status: int = 200,
        kind: str = "application/json",
        times: int | None = 1,
        works: bool = True,
    ) -> Self:
        """Answer the next requests to a path in another form; messages apart, whose answer `reply` scripts.

        Args:
            path_prefix: how the path begins, or the line, or a function of it, as in `error`.
            told: the body: JSON, or bytes as they are, or a function that makes JSON of what would have been
                said. `lambda usual: {"result": usual["data"]}` is the same answer in another envelope.
            status: the HTTP status.
            kind: the media type.
            times: for how many requests; None for all.
            works: whether what was asked for is done all the same.
        """
        with self._lock:
            self._forms.append(Form(path_prefix, told, status, kind, times, works))
        return self

    def render(self, statuses: Iterable[Any] = (), *, result: bytes | None = None) -> Self:
        """Let the next export go so; each call is for one job, in order.

        Args:
            statuses: what each poll is told, and the last for ever: a word (`pending`, `completed`,
                `failed`), a number as the percentage of one that is processing, or a dict with keys of the
                protocol.
            result: the file, by default a video of one second.
        """
        told = list(statuses) or ["pending", 50, "completed"]
        with self._lock:
            self._routes.scripted.append((told, result))
        return self

    # -- looking at what came of it -----------------------------------------------------------------

    @property
    def uploads(self) -> list[Upload]:
        """Every file and link received, in order."""
        return list(self._memory.uploads)

    def requests_to(self, path_prefix: Only) -> list[Request]:
        """The requests to a path, as in `error`, in order, whatever they were answered with."""
        return [asked for asked in self.requests if hits(path_prefix, asked.line)]

    @property
    def renders(self) -> list[Render]:
        """Every render job, in order."""
        return list(self._routes.renders.values())

    @property
    def balance(self) -> float:
        """The credits that are left; may be set."""
        return self._routes.credits

    @balance.setter
    def balance(self, left: float) -> None:
        self._routes.credits = left

    @property
    def draft(self) -> dict[str, Any]:
        """The timeline of the session made last; may be set, as if somebody else had edited it.

        Raises:
            LookupError: there is no session yet.
        """
        return plain(self._latest().draft)

    @draft.setter
    def draft(self, draft: Draft | dict[str, Any]) -> None:
        self._latest().draft = plain(draft)

    def _latest(self) -> Session:
        if (found := self._memory.latest()) is None:
            raise LookupError("Nobody has made a session yet.")
        return found

    # -- serving ------------------------------------------------------------------------------------

    def open(self) -> Self:
        """Serve, until `close`; the `with` statement does both. What was received before is kept."""
        self._busy = {}
        return super().open()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(BadMessage, ValueError):  # a ValueError for a line without end
            while (asked := await read(reader)) is not None:
                self.requests.append(asked.record)
                if (answer := self._scripted_error(asked)) is None and asked.record.line == "POST /run_sse":
                    answer = await self._message(asked, writer)
                    if answer is None and writer.is_closing():
                        return
                elif answer is None:
                    answer = self._formed(asked)
                if answer is not None:
                    await write(writer, answer)
                if asked.closes:
                    return

    def _formed(self, asked: Asked) -> Answer:
        """The answer to anything but a message, in the form that was asked for."""
        with self._lock:
            form = next((form for form in self._forms if form.takes(asked.record.line)), None)
        if form is None:
            return self._routes.answer(asked)
        return form.of(self._routes.answer(asked) if form.works else Answer(b"{}"))

    def _scripted_error(self, asked: Asked) -> Answer | None:
        with self._lock:
            for only, answers in self._errors:
                if answers and hits(only, asked.record.line):
                    return answers.pop()
        return None

    async def _message(self, asked: Asked, writer: asyncio.StreamWriter) -> Answer | None:
        """Stream the answer to a message; returns one that is none of a stream, where it is refused."""
        session = self._memory.sessions.get(str(asked.json.get("session_id", "")))
        if not asked.bearer or session is None:
            return self._routes.refuse(_NO_SESSION if asked.bearer else _NO_TOKEN)
        parts = (asked.json.get("new_message") or {}).get("parts") or []
        text = "\n".join(part["text"] for part in parts if isinstance(part.get("text"), str))
        with self._lock:
            self.messages.append(text)
        stream = Stream(writer, self._shape)
        async with self._busy.setdefault(session.id, asyncio.Lock()):
            with self._lock:
                turn = self._turns.pop(0) if self._turns else Turn.of("Done.", (), None)
            await stream.begin(turn)
            await stream.play(turn, session, self._clock)
        return None
