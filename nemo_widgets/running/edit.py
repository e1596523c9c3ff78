"""An edit: one message to the agent, its streamed answer, and what it changed."""

from __future__ import annotations

import asyncio
import contextlib
import re
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.client import PictureEvent, TextEvent, ToolCallEvent, Transcript, UnknownEvent
from nemo_widgets.client.other_shapes import holds_words
from nemo_widgets.client.timing import in_words as lasting
from nemo_widgets.draft import Change, Draft, describe, edited
from nemo_widgets.errors import (
    AgentError,
    NemoError,
    NotDone,
    Refused,
    SessionNotFound,
    StaleDraft,
    StoreError,
    StreamDropped,
)
from nemo_widgets.gui_talk import awaited, translate
from nemo_widgets.interrupts import stoppable, to_thread
from nemo_widgets.languages import language_of
from nemo_widgets.links import signed
from nemo_widgets.printable import one_line
from nemo_widgets.question import Question
from nemo_widgets.reasons import sentence
from nemo_widgets.redaction import redact

from .again import look_first
from .asking import asked_in_words
from .at_work import says_at_work
from .beside import beside
from .failure import failure_of
from .intent import answered, intent_of
from .looking import Looking
from .outcome import Answer, Timeline, answer_of, decide
from .paced import paced
from .recovery import by_ledger, look, waits_after
from .refusal import says_no
from .run import Run
from .stop import stop, stopped_text
from .stream import StreamLine, hide_split, note, stream_table
from .telling import in_words, is_two, tool_failed
from .unknown import Heard

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    import pandas as pd

    from nemo_widgets.client import Event
    from nemo_widgets.journal import Entry

    from .connection import Connection
    from .outcome import Outcome

__all__ = ["EditRun"]

_SENTENCE = re.compile(r"(?:(?<!\d)[.!?…]|\d[.!?…](?=\s))[\"”’')\]*_`]{0,9}(?=\s|\Z)|[。！？][”’」』）]{0,9}")
"""Where a sentence ends."""
_LONG = 2000
"""In characters: a shorter text is translated at once."""
_MOST = 200_000
"""In characters: what is shown of an answer at the most."""
HEARD = ("done", "asked", "unknown")
"""The outcomes of a message that the agent may have taken up."""
_PHASES = {
    "analyze_audio": "edit.listening",
    "cut_segments": "edit.cutting",
    "set_transitions": "edit.transitions",
    "add_music": "edit.music",
    "set_music_volume": "edit.level",
    "add_title": "edit.title",
}
"""What the studio's tools are called while they work; others by their own name."""


class EditRun(Run):
    """One instruction to the agent. It is sent once and ends with one of `outcome.OUTCOMES` (protocol §4).

    Args:
        connection: the session.
        request: the instruction.
        entry: the record of an edit that a kernel left behind. Its outcome is found out; nothing is sent.
        again: an earlier edit that this one repeats. Nothing is sent if that one was made after all.
        strict: fail with `Refused` where the outcome is `refused` or `asked`.
        draft: what the timeline becomes, on a studio and without its agent; the request says what it is.
        answers: the question of the agent that the instruction answers, if it is an answer. Nothing is sent
            if the conversation has gone on from there before it is its turn.

    Attributes:
        text: the agent's answer as Markdown, with its talk of buttons and panels translated (protocol §11).
            If the agent said nothing, the changes in words.
        said: the agent's answer, untranslated.
        silent: whether the agent said nothing, as in about a third of edits (protocol §4).
        shortened: whether a link in the answer is shown without what proves who asks.
        recovered: whether the answer broke off and the outcome was found out from the state; `why` says what
            came instead of the answer.
        unheard: whether not a word of the answer came, so that what changed may be somebody else's: only the
            studio's ledger knows whose it is.
        before, after: the draft before and after the edit. `read` is False if the second could not be read.
        beside: fingerprints of what stood beside the draft before; None where that is not known.
        changed_beside: what has changed there while the draft has not, in words.
        sent: whether the message has left and was not refused before any work.
        heard_at: when the answer ended, on the client's clock.
        kernel_stopped: whether its kernel stopped before it ended, and this one goes on with it.
        tool_failure: why a tool of the agent's failed, where its words do not say that nothing was done.
        unread: whether what came behind the agent's words is not understood, and nothing was changed.
        partly: whether the agent refused a part, and the timeline shows that it did another.
        failed_inside: whether the agent reported an error although the timeline changed.
        lines: the messages of the stream, and what each means.
        pictures: the pictures that the agent showed, in order.
        question: the agent's question, which the next message answers; None if it asked nothing.
        answer: the message that answers it: a choice, own words given as its answer, or what a studio says
            has taken it up; "" as long as there is none.
        went_on: the next message, once that has ended, where nobody knows that it answers anything.
        took_up: whether a studio says that this message answers the question before it; None where it does
            not say.
    """

    kind = "edit"
    said = ""
    why = ""
    shortened = False
    silent = recovered = unheard = unread = partly = failed_inside = _talked = _left = False
    read = True
    tool_failure = ""
    question: Question | None = None
    answer = went_on = changed_beside = ""
    took_up: bool | None = None
    _failure = ""
    sent = _marked = kernel_stopped = False
    _still_s = 0.0
    _made: bool | None = None
    _decided: Outcome | None = None
    heard_at: float | None = None
    before = Draft()
    after = Draft()
    beside: dict[str, str] | None = None

    def __init__(
        self,
        connection: Connection,
        request: str,
        *,
        entry: Entry | None = None,
        again: EditRun | None = None,
        strict: bool = False,
        answers: Question | None = None,
        draft: Draft | None = None,
    ) -> None:
        self.answers, self.draft = answers, draft
        self.lines: list[StreamLine] = []
        self.pictures: list[PictureEvent] = []
        self.strict = strict
        self._again = again
        super().__init__(connection, request, entry=entry)

    @classmethod
    def take_up(cls, connection: Connection, entry: Entry) -> EditRun:
        """The edit that a kernel left behind."""
        return cls(connection, entry.record.request, entry=entry)

    @property
    @stoppable
    def changes(self) -> pd.DataFrame:
        """The changes as a DataFrame, one row for each: what, kind, name, start_ms, end_ms, before, after."""

        def work() -> pd.DataFrame:
            from nemo_widgets.draft.changes_table import changes_table

            return changes_table(self.changed)

        return to_thread(work)

    @property
    def changed(self) -> list[Change]:
        """The changes as objects; empty while the run is under way and if nothing changed."""
        return [] if self.outcome in ("", "not done") else edited(self.before, self.after)[0]

    @property
    def events(self) -> list[Event]:
        """All events of the stream, typed."""
        return [event for line in self.lines for event in line.events]

    @property
    def intent(self) -> str:
        """The kind of the message: edit, undo, redo, start over, question or message."""
        if self._talked:
            return answered(self.request)
        found = intent_of(self.request)
        return "edit" if found == "question" and self.changed else found

    @property
    def language(self) -> str:
        """The language of the instruction by its script, else that of the session."""
        return language_of(self.request, super().language)

    @property
    def not_understood(self) -> bool:
        """Whether an event held words in a form that the client can't read."""
        return any(map(_is_lost, self.events))

    @property
    def lost_words(self) -> bool:
        """Whether such an event came behind all that the agent said: it may take that back."""
        for event in reversed(self.events):
            if isinstance(event, (TextEvent, ToolCallEvent)):
                return False
            if _is_lost(event):
                return True
        return False

    @property
    @stoppable
    def stream(self) -> pd.DataFrame:
        """The raw stream beside its meaning, one row for each message: at_s, raw, meaning."""
        return to_thread(lambda: stream_table(self.lines))

    @property
    def meant(self) -> EditRun:
        """The edit that this run was to repeat, if it did not come to that; otherwise the run itself."""
        return self._again.meant if self._again is not None and not self.sent else self

    @property
    def open_question(self) -> Question | None:
        """The question, while it waits for its answer."""
        return None if self.answer or self.went_on or self._left else self.question

    def followed(self, following: EditRun) -> None:
        """Take a later message for what it is to the question, if there is one (protocol §4).

        A message that is no choice of the question and came to nothing leaves the question open.
        """
        if self.open_question is None:
            return
        if following.answers is not None or any(
            item.find(following.request) for item in self.open_question.items
        ):
            self._over(answer=following.request)
        else:
            following.on_end(lambda: self._over_by(following))

    def leave(self) -> None:
        """Close the question, since the session is left: another one may go on with the conversation."""
        if self.open_question is not None:
            self._left = True
            self._update()

    def _over_by(self, following: EditRun) -> None:
        if following.heard and following.took_up:
            self._over(answer=following.request)
        elif following.heard:
            self._over(went_on=following.request)

    def _over(self, **how: str) -> None:
        if self.open_question is not None:
            self._update(**how)

    @property
    def heard(self) -> bool:
        """Whether the agent may have taken the message up: it was done, asked back, or nobody knows."""
        return self.outcome in HEARD

    @property
    def may_change(self) -> bool:
        """Whether a change of its own may yet appear: it was to make one, and none has been seen."""
        over = self._decided or "unknown"  # nothing is decided where a stop has ended the wait
        told = over == "asked" or (over == "refused" and not self.unread)
        if told or self.intent == "question":
            return False
        return not edited(self.before, self.after)[0]

    async def _work(self) -> None:
        async with self._connection.turn(self._waiting_for):
            try:
                await self._take_turn()
            except asyncio.CancelledError:
                await self._halt()  # before the next message may be sent: that one must not be stopped
                if self.sent and self._made is None:
                    self._connection.ended(self)
                raise
            finally:
                self._came_to()

    async def _resume(self) -> None:
        """What became of an edit that another kernel sent; it is never sent again from here."""
        record = self._entry.record
        self.before = self.after = Draft(record.before or {})
        self.beside = record.details.get("beside")
        self._update(state="running", phase=say("edit.finding out"))
        if record.stage == "begun":
            raise NotDone(say("edit.not sent"))
        self.sent = True
        async with self._connection.turn(self._waiting_for):  # it may be under way: the next message waits
            heard, self.kernel_stopped = Heard.before(record)
            self.said = heard.said
            self._update(text=await asyncio.to_thread(translate, heard.said) or heard.said)
            self._failure, self.why = (heard.why, "") if heard.failed else ("", heard.why)
            answer = Answer.ERROR if heard.failed else Answer.LOST
            try:
                await self._find_out(answer, Transcript(), None, at_once=True)
            finally:
                self._came_to()

    def _came_to(self) -> None:
        """Note that the conversation has come to this message, if the agent may have taken it up."""
        if (self._decided or self._stopped_stage()) in HEARD:
            self._connection.heard = self

    def _check_open(self) -> None:
        """See to it that an answer goes to the question that it answers.

        Raises:
            NotDone: the agent has heard something else meanwhile, and may have asked something else.
        """
        heard = self._connection.heard
        if self.answers is None or heard is None or heard.question is self.answers:
            return
        request = one_line(heard.request)
        if heard.question is None:
            raise NotDone(say("edit.question closed", request=request), hint="")
        raise NotDone(say("edit.question closed asked", request=request), hint=say("edit.newest question"))

    def _waiting_for(self, ahead: int) -> None:
        phase = say("edit.waits for one") if ahead == 1 else say("edit.waits for", count=ahead)
        self._update(phase=phase)

    async def _take_turn(self) -> None:
        connection = self._connection
        self._check_open()
        self._update(state="running", phase=say("phase.reading"))
        if self._again is not None and self._again.sent:
            self._update(phase=say("edit.finding out of", id=self._again.id))
            await look_first(
                connection, self._again, lambda told: self._update(note=say("edit.not yet sent", told=told))
            )
            self._update(note="")
        receives = connection.receives  # a file that arrives while the state is read is no surprise either
        state = await connection.fresh()
        self.before = self.after = state.draft
        self.beside = beside(state)
        await self._note(stage="sent", before=self.before.data, details={"beside": self.beside})
        self._update(phase=say("edit.thinking"))
        self.sent = True
        transcript = Transcript()
        tell, at_once = (lambda: self._tell(transcript)), (lambda: self._tell_at_once(transcript))
        async with paced(tell, at_once) as grown, _ticking(self):
            error = await self._listen(
                transcript, grown, None if receives or connection.receives else state.version
            )
        self._update(phase=say("phase.reading"))
        await self._tell(transcript, final=True)
        self.took_up = transcript.answers
        unread = self.lost_words and self.intent not in ("question", "message")
        answer = answer_of(transcript, error, marked=self._marked, unread=unread)
        if answer in (Answer.LOST, Answer.UNFINISHED):
            at_work = transcript.under_way or says_at_work(transcript.text)
            self.why = error.message if error else say("edit.at work" if at_work else "edit.no end")
        await self._find_out(answer, transcript, error)

    async def _listen(
        self, transcript: Transcript, grown: Callable[[], None], version: int | None
    ) -> NemoError | None:
        """Hear the answer to its end; the error that cut it off, if one did.

        `grown` hears of new words; `version` is the draft's that the message is meant for.

        Raises:
            NemoError: nothing came of the message, since it was not sent or refused before any work.
        """
        connection, clock = self._connection, self._connection.client.settings.clock
        begun, looking = clock.now(), Looking()
        end = begun + connection.client.settings.chat_total_s
        chat = connection.client.chat(
            connection.session_id,
            self.request,
            key=self.id,
            version=version,
            draft=self.draft,
            raw=lambda message: note(self.lines, clock.now() - begun, message.data),
            ended=self._note_end,
        )
        try:
            async with contextlib.aclosing(chat) as events:
                async for event in events:
                    if self.lines:
                        self.lines[-1].take(event)
                    if transcript.feed(event) is not None:
                        grown()
                    if isinstance(event, PictureEvent) and len(transcript.pictures) > len(self.pictures):
                        self._update(pictures=list(transcript.pictures))
                    if (rows := looking.at(event)) is not None:
                        self._update(rows=rows)
                    if isinstance(event, ToolCallEvent):
                        row = _PHASES.get(event.name)
                        self._update(phase=say(row) if row else event.name.replace("_", " "))
        except NemoError as error:
            if not error.nothing_done:
                silent = isinstance(error, StreamDropped) and error.fell_silent
                self._still_s = end - clock.now() if silent else 0.0
                return error
            self.sent = False
            if isinstance(error, SessionNotFound):
                told = await connection.replaced(connection.session_id, error)
                hint = say("session.upload, then say")
                raise SessionNotFound(say("session.gone undone", gone=told), hint=hint) from None
            raise
        finally:
            self.heard_at = clock.now()
            hide_split(self.lines)
            self.said, self.text = redact(self.said), redact(self.text)
        return None

    def _note_end(self, marked: bool) -> None:  # noqa: FBT001 - as the client tells it
        self._marked = marked

    async def _find_out(
        self, answer: Answer, transcript: Transcript, error: NemoError | None, *, at_once: bool = False
    ) -> None:
        """Find out what became of the edit, tell it, and end so. It is not sent again."""
        connection = self._connection
        if transcript.overtaken and connection.local:
            self._decided = "not done"
            raise await connection.overtaken()
        self.recovered = answer is Answer.LOST
        self.unheard = self.recovered and not (transcript.begun or connection.local or at_once)
        if self.why:
            self._update(phase=say("edit.finding out made", why=sentence(self.why)))
        elif answer is Answer.ERROR:
            failed = sentence(transcript.error or self._failure or say("edit.agent failed"))
            self._update(phase=say("edit.reading after", why=failed))
        truth = None
        if answer is Answer.LOST and connection.local:
            truth = await by_ledger(connection, self.id, self.before)
        truth = truth or await look(
            connection,
            answer,
            self.before,
            lambda told: self._update(note=say("edit.not sent again", told=told)),
            waits=waits_after(answer, connection.client.settings, at_once=at_once, still_s=self._still_s),
            beside=self.beside,
        )
        self._update(note="")
        self.after, self.read = truth.after, truth.timeline is not Timeline.UNREADABLE
        self.changed_beside = truth.beside
        self._decided = decide(truth.answer, truth.timeline)
        self.partly = truth.answer is Answer.REFUSAL and self._decided == "done"
        self.unread = truth.answer is Answer.UNREAD and self._decided == "refused"
        connection.seen = self.after if self.read or self._decided == "unknown" else None
        connection.ended(self)
        if self._decided in ("not done", "unknown"):
            self.failed_inside = truth.answer is Answer.ERROR and truth.timeline is Timeline.CHANGED
            told = transcript.error or self._failure
            if transcript.unstored and connection.local:
                error = StoreError(told, hint="")
            unread = self.not_understood and not transcript.text
            lost = unread or truth.answer is Answer.UNREAD
            why = self.why or (say("edit.not understood") if lost else "")
            if truth.answer is Answer.REFUSAL:
                no = not transcript.tool_failure or says_no(transcript.text)
                why = say("edit.says no") if no else tool_failed(transcript.tool_failure)
            raise failure_of(truth, told, error, why, edited(self.before, self.after)[0])
        await self._conclude(transcript, said=truth.text)

    async def _conclude(self, transcript: Transcript, said: str = "") -> None:
        """The edit is over: what there is to tell of it."""
        asked = transcript.question
        self.question = Question.from_args(asked.args) if asked else None
        self._talked = transcript.outcome == "answered"
        if self._decided == "refused" and not says_no(transcript.text):
            self.tool_failure = transcript.tool_failure
        found = edited(self.before, self.after)[0]
        if said:
            self.said = _shown(said)
        elif self.recovered and not transcript.finished:
            self.said = _whole(self.said)  # a sentence that breaks off in the middle says nothing
        rest = await asyncio.to_thread(self._asked_beside, transcript, made=bool(found))
        told = await asyncio.to_thread(translate, rest, changed=describe(found))
        self.text = told or ("" if found else rest)
        self.shortened = signed(transcript.text)
        self.silent = not self.said.strip() and not self.pictures and self.question is None
        # A studio generates no clips, and what is brought back was there before.
        alone = not self._connection.local and self.intent == "edit"
        if not self.text and not self.pictures and (found or self.question is None):
            self.text = in_words(found, staged=alone)
        elif alone and is_two(found):
            self.text += f"\n\n{in_words(found)}"
        self._update(text=self.text)
        if self.strict and self._decided in ("refused", "asked"):
            if self.question is not None:
                raise Refused(self.question.plain(), hint="")  # it says itself how it is answered
            if self.unread:
                raise Refused(say("edit.not understood"), hint=say("edit.as it was"))
            raise Refused(tool_failed(self.tool_failure) if self.tool_failure else self.said)

    def _asked_beside(self, transcript: Transcript, *, made: bool) -> str:
        """Make a question of a click or an answer that the agent waits for; what else it said."""
        if self.question is not None or transcript.outcome or self._decided == "refused":
            return self.said
        click = awaited(self.said, changed=made)
        if click is None:
            if self._decided == "asked" and (prompt := asked_in_words(self.said)):
                self.question = Question.from_args({"questions": [{"id": "words", "prompt": prompt}]})
            return self.said
        self.question = Question.from_args(click.args)
        return click.rest

    def came_late(self, now: Draft) -> None:
        """Take the timeline as it is now for what this edit made of it, though it seemed otherwise."""
        self.after, self.read = now, True
        if self.unread or (not self.failed_inside and self.outcome in ("not done", "unknown")):
            self.unread = False
            self.outcome, self.error = "done", None
            self.state = "done" if self.state == "failed" else self.state
            self.text = self.text or in_words(edited(self.before, now)[0])
            self._entry.end("done", say("edit.made late"))
        self._update()

    async def _tell(self, transcript: Transcript, *, final: bool = False) -> None:
        """Tell the words so far; what takes its time is done beside the loop, which others wait for."""
        if not self._tell_at_once(transcript, final=final):
            self.said = said = _shown(await asyncio.to_thread(redact, transcript.text))
            self._update(text=await asyncio.to_thread(translate, said, final=final) or said)

    def _tell_at_once(self, transcript: Transcript, *, final: bool = False) -> bool:
        """Tell them if they are few; returns whether they are."""
        if len(said := transcript.text) > _LONG:
            return False
        said = redact(said)
        self.said = said
        self._update(text=translate(said, final=final) or said)
        return True

    def _results(self) -> dict[str, Any]:
        told: dict[str, Any] = {"question": self.question.args()} if self.question else {}
        if self.sent and not self.attached and (self._decided or "unknown") == "unknown":
            failed = isinstance(self.error, AgentError)
            told |= Heard.of(self.said, self.why, self.error, failed=failed).details()
        return told if self.intent == intent_of(self.request) else {**told, "intent": self.intent}

    def _stage(self) -> str:
        if self._decided:
            return self._decided
        if self.error is None:
            return "done"
        if not self.sent or isinstance(self.error, (NotDone, StaleDraft)):
            return "not done"
        return "unknown"  # it was sent, and nobody has found out yet

    async def _stop(self) -> None:
        """Stop the work where it can be stopped; where the stop came too late, find out what became of it."""
        if self.sent and self._connection.local:  # while it waits, the message under way is another one's
            self._made = await stop(self._connection, self.id, self.before)

    def _stopped_stage(self) -> str:
        if self.sent and self._made is None:
            return "unknown"
        return "done" if self._made else "cancelled"

    def _stopped_text(self) -> str:
        return stopped_text(self.id, sent=self.sent, made=self._made, local=self._connection.local)

    def _late_text(self) -> str:
        if self.changed:
            return stopped_text(self.id, sent=True, made=True, local=self._connection.local)
        return say("edit.answered before stop")


def _is_lost(event: Event) -> bool:
    """Whether an event is words that nobody understood."""
    return isinstance(event, UnknownEvent) and holds_words(event.raw)


def _whole(said: str) -> str:
    """The sentences that came to their end; a number may go on where the words break off."""
    return said[: max((end.end() for end in _SENTENCE.finditer(said)), default=0)].rstrip()


def _shown(said: str) -> str:
    """What of an answer is shown: all of it, unless nobody could read it."""
    if len(said) <= _MOST:
        return said
    return f"{said[:_MOST]}\n\n{say('edit.too long', count=len(said), most=_MOST)}"


@contextlib.asynccontextmanager
async def _ticking(run: EditRun) -> AsyncIterator[None]:
    settings = run._connection.client.settings  # noqa: SLF001 - the run's own ticker

    async def tick() -> None:
        waited = 0.0
        while True:
            await settings.clock.sleep(settings.still_s)
            waited += settings.still_s
            run._update(note=f"{say('edit.still working')} {lasting(waited)}")  # noqa: SLF001 - likewise

    ticker = asyncio.create_task(tick())
    try:
        yield
    finally:
        ticker.cancel()
