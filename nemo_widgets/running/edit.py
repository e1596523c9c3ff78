"""An edit: one message to the agent, its streamed answer, and what it changed."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from nemo_widgets.client import ToolCallEvent, Transcript
from nemo_widgets.draft import Change, Draft, changes, describe
from nemo_widgets.errors import AgentError, NemoError, StreamDropped, TimedOut

from .run import Run

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import pandas as pd

    from nemo_widgets.client import Event

__all__ = ["EditRun"]

_STILL_S = 120
"""How often one who waits is told that it still works (protocol §4)."""

_PHASES = {
    "analyze_audio": "listening for pauses",
    "cut_segments": "cutting",
    "set_transitions": "placing transitions",
    "add_music": "mixing music",
    "set_music_volume": "setting the music's level",
    "add_title": "setting the title",
}
"""What the studio's tools are called while they work; others by their own name."""


class EditRun(Run):
    """One instruction to the agent.

    Attributes:
        text: what the agent said, Markdown; where it said nothing, what changed, in words.
        silent: whether the agent itself said nothing (about a third of edits, protocol §4).
        before, after: the draft before and after.
        events: everything that came over the stream, typed.
    """

    kind = "edit"
    silent = False
    _sent = False
    _made: bool | None = None
    before = Draft()
    after = Draft()

    @property
    def changes(self) -> pd.DataFrame:
        """What changed, one row a change: what, kind, name, start_ms, end_ms, before, after."""
        from nemo_widgets.draft.tables import changes_table

        return changes_table(self.changed)

    @property
    def changed(self) -> list[Change]:
        """What changed, as objects; empty while the run is under way and if nothing did."""
        return changes(self.before, self.after) if self.state == "done" else []

    async def _work(self) -> None:
        connection = self._connection
        self.events: list[Event] = []
        if connection.turn.locked():
            self._update(phase="waiting for the message before it")
        async with connection.turn:
            try:
                await self._take_turn()
            except asyncio.CancelledError:
                await self._halt()  # before the next message may be sent: that one must not be stopped
                raise
        if not self.text:
            self.silent = True
            told = describe(changes(self.before, self.after))
            self._update(text="\n".join(f"- {line}" for line in told) or "Nothing changed.")

    async def _take_turn(self) -> None:
        connection = self._connection
        self._update(state="running", phase="reading the timeline")
        self.before = self.after = (await connection.state()).draft
        self._update(phase="thinking")
        self._sent = True
        async with _ticking(self):
            await self._listen()
        self._update(phase="reading the timeline")
        self.after = (await connection.state()).draft

    async def _listen(self) -> None:
        transcript = Transcript()
        try:
            chat = self._connection.client.chat(self._connection.session_id, self.request)
            async with contextlib.aclosing(chat) as events:
                async for event in events:
                    self.events.append(event)
                    if transcript.feed(event) is not None:
                        self._update(text=transcript.text)
                    if isinstance(event, ToolCallEvent):
                        self._update(phase=_PHASES.get(event.name, event.name.replace("_", " ")))
        except (StreamDropped, TimedOut) as error:
            raise await self._truth(error) from None
        self._update(text=transcript.text)
        if transcript.error:
            raise AgentError(transcript.error)

    async def _truth(self, error: NemoError) -> NemoError:
        """What became of an edit whose stream broke: the message is never sent again, the state is read."""
        with contextlib.suppress(NemoError):
            self.after = (await self._connection.state()).draft
            if told := describe(changes(self.before, self.after)):
                hint = "The edit was made all the same: " + " ".join(told)
                return type(error)(error.message, hint=hint, request_id=error.request_id)
        return error

    async def _stop(self) -> None:
        """Stop the work where it can be stopped; where the stop came too late, find out what became of it."""
        if not self._sent or not self._connection.local:
            return  # while it waits, the message under way is another one's
        if await self._connection.client.cancel_chat(self._connection.session_id):
            self._made = False
        else:
            self._made = (await self._connection.state()).draft != self.before

    def _stopped_text(self) -> str:
        if not self._sent:
            return "Cancelled before it was sent: nothing was changed."
        if self._made:
            return "The edit had been made before the stop arrived; `%nemo undo` takes it back."
        if self._made is False:
            return "Cancelled: the edit was stopped and nothing was changed."
        if self._connection.local:
            return "Stopped waiting; `%nemo tracks` shows whether the edit was made."
        return (
            "Stopped waiting. An edit that the cloud accepted goes on there and is paid for; "
            "`%nemo tracks` shows it when it is done."
        )


@contextlib.asynccontextmanager
async def _ticking(run: EditRun) -> AsyncIterator[None]:
    async def tick() -> None:
        minutes = 0
        while True:
            await asyncio.sleep(_STILL_S)
            minutes += _STILL_S // 60
            run._update(note=f"⏳ Still working… {minutes} min")  # noqa: SLF001 - the run's own ticker

    ticker = asyncio.create_task(tick())
    try:
        yield
    finally:
        ticker.cancel()
