"""An edit: one message to the agent, its streamed answer, and what it changed."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from nemo_widgets.client import PictureEvent, ToolCallEvent, Transcript
from nemo_widgets.draft import Change, Draft, changes, describe
from nemo_widgets.errors import (
    AgentError,
    ConnectError,
    EventTooLarge,
    NemoError,
    NotDone,
    OutcomeUnknown,
    SessionNotFound,
    StaleDraft,
    StreamDropped,
    TimedOut,
)
from nemo_widgets.gui_talk import translate
from nemo_widgets.question import Question

from .recovery import UNDER_WAY, find_out
from .run import Run
from .stream import StreamLine, stream_table
from .telling import in_words, is_two

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import pandas as pd

    from nemo_widgets.client import Event
    from nemo_widgets.journal import Entry

    from .connection import Connection

__all__ = ["EditRun"]

_PHASES = {
    "analyze_audio": "listening for pauses",
    "cut_segments": "cutting",
    "set_transitions": "placing transitions",
    "add_music": "mixing music",
    "set_music_volume": "setting the music's level",
    "add_title": "setting the title",
}
"""What the studio's tools are called while they work; others by their own name."""

_NOT_MADE = "The edit was not made, and nothing was changed."


class EditRun(Run):
    """One instruction to the agent. It is sent once, and ends done, not done, or unknown (protocol §4).

    Attributes:
        text: what the agent said, Markdown, its talk of a GUI translated (protocol §11); where it said
            nothing, what changed, in words.
        said: what the agent said, untranslated.
        silent: whether the agent itself said nothing (about a third of edits, protocol §4).
        recovered: whether the stream broke, so that what became of the edit was found out otherwise.
        before, after: the draft before and after.
        lines: what came over the stream, and what it means.
        pictures: what the agent showed, in order.
        question: what the agent asks back, answered by the next message; None if nothing.
        answer: that message, once it is on its way.
    """

    kind = "edit"
    said = ""
    silent = recovered = False
    question: Question | None = None
    answer = ""
    _sent = _marked = False
    _made: bool | None = None
    before = Draft()
    after = Draft()

    def __init__(self, connection: Connection, request: str, *, entry: Entry | None = None) -> None:
        self.lines: list[StreamLine] = []
        self.pictures: list[PictureEvent] = []
        super().__init__(connection, request, entry=entry)

    @classmethod
    def take_up(cls, connection: Connection, entry: Entry) -> EditRun:
        """The edit that a kernel left behind."""
        return cls(connection, entry.record.request, entry=entry)

    @property
    def changes(self) -> pd.DataFrame:
        """What changed, one row a change: what, kind, name, start_ms, end_ms, before, after."""
        from nemo_widgets.draft.tables import changes_table

        return changes_table(self.changed)

    @property
    def changed(self) -> list[Change]:
        """What changed, as objects; empty while the run is under way and if nothing did."""
        return changes(self.before, self.after) if self.outcome == "done" else []

    @property
    def events(self) -> list[Event]:
        """Everything that came over the stream, typed."""
        return [event for line in self.lines for event in line.events]

    @property
    def stream(self) -> pd.DataFrame:
        """The raw stream beside its meaning, one row a message: at_s, raw, meaning."""
        return stream_table(self.lines)

    def answered(self, words: str) -> None:
        """Note that the next message is on its way, which is the answer to the question, if there is one."""
        if self.question is not None and not self.answer:
            self.answer = words
            self._update()

    async def _work(self) -> None:
        async with self._connection.turn(self._waiting_for):
            try:
                await self._take_turn()
            except asyncio.CancelledError:
                await self._halt()  # before the next message may be sent: that one must not be stopped
                raise

    async def _resume(self) -> None:
        """What became of an edit that another kernel sent; it is never sent again from here."""
        record = self._entry.record
        self.before = self.after = Draft(record.before or {})
        self._update(state="running", phase="finding out what became of the edit")
        if record.stage == "begun":
            raise NotDone("The edit was not sent before its kernel stopped. Nothing was changed.")
        self._sent = True
        async with self._connection.turn(self._waiting_for):  # it may be under way: the next message waits
            await self._find_out(
                "The kernel stopped before the answer was there.", Transcript(), at_once=True
            )

    def _waiting_for(self, ahead: int) -> None:
        before = "the message before it" if ahead == 1 else f"{ahead} messages before it"
        self._update(phase=f"waiting for {before}; Cancel withdraws it")

    async def _take_turn(self) -> None:
        connection = self._connection
        self._update(state="running", phase="reading the timeline")
        self.before = self.after = await connection.fresh()
        await self._note(stage="sent", before=self.before.data)
        self._update(phase="thinking")
        self._sent = True
        transcript = Transcript()
        async with _ticking(self):
            broken = await self._listen(transcript)
        self._update(phase="reading the timeline", text=self._translated(transcript, final=True))
        if broken is None and (why := await self._at_end(transcript)) is None:
            return
        await self._find_out(broken.message if broken else why or "", transcript)

    async def _listen(self, transcript: Transcript) -> NemoError | None:
        """Hear the answer to its end; the error that cut it off, if one did."""
        connection, clock = self._connection, self._connection.client.settings.clock
        begun = clock.now()
        chat = connection.client.chat(
            connection.session_id,
            self.request,
            key=self.id,
            raw=lambda message: self.lines.append(StreamLine.of(clock.now() - begun, message.data)),
            ended=self._note_end,
        )
        try:
            async with contextlib.aclosing(chat) as events:
                async for event in events:
                    if self.lines:
                        self.lines[-1].events.append(event)
                    if transcript.feed(event) is not None:
                        self._update(text=self._translated(transcript, final=False))
                    if isinstance(event, PictureEvent):
                        self._update(pictures=list(transcript.pictures))
                    if isinstance(event, ToolCallEvent):
                        self._update(phase=_PHASES.get(event.name, event.name.replace("_", " ")))
        except (StreamDropped, TimedOut, EventTooLarge) as error:
            return error
        except ConnectError:
            self._sent = False  # the server was not reached
            raise
        except SessionNotFound:
            told = await connection.replaced(connection.session_id)
            hint = "Upload your clips again, then say it again."
            raise SessionNotFound(f"{told} Nothing was done.", hint=hint) from None
        return None

    def _note_end(self, marked: bool) -> None:  # noqa: FBT001 - as the client tells it
        self._marked = marked

    def _whole(self, transcript: Transcript) -> bool:
        """Whether the answer has come to its end, by its own words or by HTTP's."""
        return transcript.finished or (self._marked and transcript.at_rest)

    async def _at_end(self, transcript: Transcript) -> str | None:
        """Take the end of the stream for the end of the edit; why that can't be done, where it can't.

        A stream that ends is no success by itself: it shows its own end, or the timeline shows the edit.
        """
        try:
            self.after = (await self._connection.state()).draft
        except ConnectError as error:
            return error.message
        changed = bool(changes(self.before, self.after))
        if transcript.error:
            hint = "The timeline changed all the same: " + " ".join(self._told()) if changed else None
            raise AgentError(transcript.error, hint=hint)
        if not changed and not self._whole(transcript):
            return "The answer ended without an end."
        self._conclude(transcript)
        return None

    async def _find_out(self, why: str, transcript: Transcript, *, at_once: bool = False) -> None:
        """Find out by the server's ledger or state what became of the edit; it is not sent again."""
        self.recovered = True
        self._update(phase=f"{why.rstrip('.')}. Finding out whether the edit was made")
        truth = await find_out(
            self._connection,
            self.id,
            self.before,
            lambda told: self._update(note=f"It is not sent again. {told}"),
            at_once=at_once,
        )
        self._update(note="")
        self.after = self._connection.seen = truth.after
        match truth.outcome:
            case "done":
                self._conclude(transcript, said=truth.text)
            case "not done" if error := truth.error or transcript.error:
                raise AgentError(error)
            case "not done" if transcript.finished:
                self._conclude(transcript)  # the answer was whole: it told something, and changed nothing
            case "not done":
                raise NotDone(f"{why} {_NOT_MADE}")
            case _:
                raise OutcomeUnknown(f"{why} Whether the edit was made can't be found out now.")

    def _conclude(self, transcript: Transcript, said: str = "") -> None:
        """The edit is done: what there is to tell of it."""
        asked = transcript.question
        self.question = Question.from_args(asked.args) if asked else None
        found = changes(self.before, self.after)
        if said:
            self.said = said
        elif not self._whole(transcript):
            self.said = ""  # a text that breaks off in the middle is no answer
        self.text = translate(self.said, changed=describe(found))
        self.silent = not self.text and self.question is None
        if self.silent:
            self.text = in_words(found)
        elif is_two(found):
            self.text += f"\n\n{in_words(found)}"
        self._update()

    def _translated(self, transcript: Transcript, *, final: bool) -> str:
        self.said = transcript.text
        return translate(self.said, final=final)

    def _told(self) -> list[str]:
        return describe(changes(self.before, self.after))

    def _stage(self) -> str:
        if isinstance(self.error, (NotDone, StaleDraft)):
            return "not done"
        if self.error is not None and not self._sent:
            return "failed"
        if isinstance(self.error, ConnectError) or not isinstance(self.error, NemoError | None):
            return "unknown"  # it was sent, and nobody has found out yet
        return super()._stage()

    async def _stop(self) -> None:
        """Stop the work where it can be stopped; where the stop came too late, find out what became of it."""
        if not self._sent or not self._connection.local:
            return  # while it waits, the message under way is another one's
        connection, client = self._connection, self._connection.client
        session_id = connection.session_id
        # One that has not arrived is withdrawn; if it arrives just then, it is there to be stopped.
        for _ in range(2):
            stopped = await client.cancel_chat(session_id, self.id)
            if stopped or await client.withdraw_chat(session_id, self.id):
                self._made = False
                return
            ledger = await client.ledger(session_id, "messages")
            if ledger is None:
                self._made = bool(changes(self.before, (await connection.state()).draft))
                return
            found = next((m for m in ledger.messages if m.key == self.id), None)
            if found is not None and found.status not in UNDER_WAY:
                self._made = found.status == "done"
                return

    def _stopped_stage(self) -> str:
        if self._sent and self._made is None:
            return "unknown"
        return "done" if self._made else "cancelled"

    def _stopped_text(self) -> str:
        if not self._sent:
            return "Cancelled before it was sent: nothing was changed."
        if self._made:
            return "The edit had been made before the stop arrived; `%nemo undo` takes it back."
        if self._made is False:
            return "Cancelled: the edit was stopped and nothing was changed."
        if self._connection.local:
            return f"Stopped waiting; `%nemo attach {self.id}` finds out whether the edit was made."
        return (
            "Stopped waiting. An edit that the cloud accepted goes on there and is paid for; "
            f"`%nemo attach {self.id}` finds out what became of it."
        )


@contextlib.asynccontextmanager
async def _ticking(run: EditRun) -> AsyncIterator[None]:
    settings = run._connection.client.settings  # noqa: SLF001 - the run's own ticker

    async def tick() -> None:
        waited = 0.0
        while True:
            await settings.clock.sleep(settings.still_s)
            waited += settings.still_s
            run._update(note=f"⏳ Still working… {waited / 60:g} min")  # noqa: SLF001 - likewise

    ticker = asyncio.create_task(tick())
    try:
        yield
    finally:
        ticker.cancel()
