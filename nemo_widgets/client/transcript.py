"""What the agent said in one turn, put together from pieces and whole texts without saying anything twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nemo_widgets.errors import StaleDraft, StoreError
from nemo_widgets.links import plain_links
from nemo_widgets.printable import printable_repr, without_halves

from .adk_events import says_end
from .event_types import (
    ArgumentsEvent,
    ErrorEvent,
    HeartbeatEvent,
    OutcomeEvent,
    TextEvent,
    ToolCallEvent,
    ToolResultEvent,
    UnknownEvent,
)
from .held_back import HeldBack, is_issue, without_issue
from .other_shapes import is_under_way
from .pictures import PictureEvent
from .pieces import goes_on, told_anew
from .tool_calls import ToolCalls
from .tool_failures import tool_failure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .event_types import Event

__all__ = ["Stage", "Transcript"]

_MOST_PICTURES = 50
"""So many of an answer are taken."""


@printable_repr
@dataclass(frozen=True, slots=True)
class Stage:
    """A part of a turn: tools that were used, and what was said with them (protocol §4: report both)."""

    tools: tuple[ToolCallEvent, ...]
    text: str


class Transcript:
    """Collects the events of a turn. Feeding takes time in proportion to what is fed, in whatever pieces.

    Attributes:
        pictures: what was shown, in order, each once.
        begun: whether anything came but heartbeats.
        under_way: whether its last word of the work is that it goes on.
        outcome: what became of the message in the server's own word, "" where it says none.
        answers: whether it was the answer to the question before it; None where the server does not say.
        tool_failure: why the last tool that answered has failed, whatever was said since; "" if it has not.
        unstored: whether it came to nothing because the studio can't keep anything.
        overtaken: whether a studio did nothing because the timeline had been changed before its turn came.
    """

    def __init__(self) -> None:
        self._passages: list[_Passage] = []
        self._confirmed = 0  # so many of them are whole, or came before a whole one
        self._open = False  # whether the last one may still grow
        self._calls = ToolCalls()
        self._stage_of_call: list[int] = []
        self._stage = 0
        self._before_words = 0  # so many passages there were at the last call
        self._results = 0
        self._pending = False  # a call waits for its answer
        self._repeatable = False  # the last whole text may come again: no tool has answered since
        self._ended = False
        self._closed = False  # the server has named the end
        self.begun = self.under_way = False
        self.outcome = ""
        self.answers: bool | None = None
        self._errors: list[str] = []
        self._tool_error = ""  # of the last answer of a tool, if nothing was said since
        self.tool_failure = ""
        self.unstored = self.overtaken = False
        self.pictures: list[PictureEvent] = []
        self._held = HeldBack()
        self._half = ""
        self._joined = ("", 0)

    def feed(self, event: Event) -> str | None:
        """Take an event in.

        Returns:
            What the text grew by; "" where the whole `text` has to be shown anew; None if it stays.
        """
        self.begun = self.begun or not isinstance(event, HeartbeatEvent)
        match event:
            case TextEvent(text=words, partial=partial, last=last) if words:
                self._ended, self._pending, self._closed = last or not partial, False, last
                self._tool_error = ""
                if not partial:
                    self._half = ""  # the whole has both halves
                words = self._mended(words, partial=partial)
                return self._grow(words) if partial else self._whole(words)
            case ToolCallEvent():
                self._call(event)
            case ArgumentsEvent():
                self._calls.more(event)
            case ToolResultEvent(response=response):
                self._tool_error = plain_links(tool_failure(response))
                self.tool_failure = self._tool_error
                self._open = self._ended = self._pending = self._repeatable = self._closed = False
                self._results += 1
                self._calls.answered()
            case PictureEvent() if len(self.pictures) < _MOST_PICTURES and event not in self.pictures:
                self.pictures.append(event)
            case ErrorEvent(message=message, code=code):
                self._errors.append(plain_links(message))
                self.unstored = self.unstored or code == str(StoreError.number)
                self.overtaken = self.overtaken or code == StaleDraft.code
            case OutcomeEvent(outcome=outcome, answers=answers):
                self.outcome, self.answers = outcome, answers
            case UnknownEvent(raw=raw):
                self._told(raw)
        return None

    def _told(self, raw: Any) -> None:
        """Take in what says how far the turn is, and nothing else."""
        self.under_way = is_under_way(raw)
        if says_end(raw, pending=self._pending):
            self._ended = self._closed = True

    @property
    def tool_calls(self) -> list[ToolCallEvent]:
        """The calls in order, each once: by id, or as the whole of one that was told in pieces."""
        return self._calls.all

    @property
    def text(self) -> str:
        """All that was said, without a trailing 'I encountered a temporary issue' (protocol §4)."""
        return without_issue(self._all())

    @property
    def stages(self) -> list[Stage]:
        """The turn, split where words end and new tool calls begin.

        So a clip that was generated and told of is one stage, and the music that the agent then adds by
        itself another. Words before the first tool call announce it, and belong to its stage.
        """
        texts: list[list[str]] = [[] for _ in range(self._stage + 1)]
        tools: list[list[ToolCallEvent]] = [[] for _ in texts]
        for passage in self._passages:
            texts[passage.stage].append(passage.text)
        for call, stage in zip(self._calls.all, self._stage_of_call, strict=True):
            tools[stage].append(call)
        told = [_join(words) for words in texts]
        told[-1] = without_issue(told[-1])
        found = [Stage(tuple(used), words.strip()) for used, words in zip(tools, told, strict=True)]
        return [stage for stage in found if stage.tools or stage.text]

    @property
    def finished(self) -> bool:
        """Whether the turn has shown its own end: that the stream stopped is no success by itself.

        Its end is a whole text as the last thing said, a question, an end that the server names, or an error.
        A piece of a text is none, nor a tool's work. A silent turn may show none, and the typed shape has no
        word for it: there only the state tells.
        """
        return self._ended or self.question is not None or bool(self._errors)

    @property
    def closed(self) -> bool:
        """Whether the server itself has named the end of the turn: a break takes nothing away any more."""
        return self._closed and not self._pending

    @property
    def pending(self) -> bool:
        """Whether a tool is at work: if the answer ends now, it has not come to its end."""
        return self._pending and self.question is None

    @property
    def error(self) -> str | None:
        """Why the turn failed, or None.

        A temporary issue, be it a text or an error, counts only if nothing else came in the turn; a tool's
        failure only if the turn ends with it.
        """
        errors = [message for message in self._errors if not is_issue(message)]
        if errors:
            return errors[-1]
        if self.failed_tool:
            return self._tool_error
        if self.text or self.tool_calls or self._results or self.pictures:
            return None
        return self._all().strip() or next(iter(self._errors), None)

    @property
    def failed_tool(self) -> bool:
        """Whether nothing but a tool has failed, as the last thing in the turn: the agent may yet go on."""
        told = any(not is_issue(message) for message in self._errors)
        return bool(self._tool_error) and not (told or self.pending or self.question)

    @property
    def question(self) -> ToolCallEvent | None:
        """The question to the user that the turn ended with, if it did (`ask_question`)."""
        last = self.tool_calls[-1] if self.tool_calls else None
        return last if last and last.name == "ask_question" else None

    def _all(self) -> str:
        """All passages. None but the last ever changes, so the others are kept joined."""
        joined, number = self._joined
        rest = [passage.text for passage in self._passages[number:]]
        if len(rest) > 1:
            joined, last = _join([joined, *rest[:-1]]), rest[-1]
            self._joined = joined, len(self._passages) - 1
            rest = [last]
        return _join([joined, *rest])

    def _call(self, call: ToolCallEvent) -> None:
        """Take a call in: what is said after it is another text, unless it repeats the one before."""
        self._open = self._ended = self._closed = False
        if not self._calls.take(call):
            return
        self._pending = True
        had_tools = bool(self._stage_of_call) and self._stage_of_call[-1] == self._stage
        if had_tools and len(self._passages) > self._before_words:
            self._stage += 1
        self._stage_of_call.append(self._stage)
        self._before_words = len(self._passages)

    def _grow(self, piece: str) -> str | None:
        if not self._open or not piece:
            return self._begin(piece) if piece else None
        last = self._passages[-1]
        if last.number > 1 and len(piece) == last.length and piece == last.text:
            self._ended = True
            return None  # the whole text again, in a shape that has no word for it
        if len(piece) > last.length and told_anew(last.text, piece):
            last.anew, piece = True, piece[last.length :]
        elif last.anew:
            return self._told_anew(last, piece)
        last.grow(piece)
        return self._held.release(piece)

    def _told_anew(self, last: _Passage, piece: str) -> str | None:
        """A piece of a text whose pieces have all told it from its beginning, and which is no more of it."""
        if last.text.startswith(piece):
            return None  # an earlier one once more
        if not _alike(last.text, piece):
            last.anew = False
            last.grow(piece)
            return self._held.release(piece)
        last.become(piece)
        self._held.forget()
        return ""

    def _whole(self, words: str) -> str | None:
        """A whole text stands for all pieces since the last one, or for the latest of them, or for itself."""
        told, is_open = self._passages[self._confirmed :], self._open
        self._open, repeatable, self._repeatable = False, self._repeatable, True
        if told:
            self._confirmed = len(self._passages)
            last, together = told[-1], "".join(passage.text for passage in told)
            if words.startswith(together):
                more = words[len(together) :]
                last.grow(more)
                return self._held.release(more)
            if words.startswith(last.text):
                more = words[len(last.text) :]
                last.grow(more)
                return self._held.release(more)
            if is_open:
                last.become(words)
                self._held.forget()
                return ""
        elif repeatable and (rest := self._more_of_the_last(words)) is not None:
            self._passages[-1].grow(rest)
            return self._held.release(rest)
        grown = self._begin(words)
        self._open, self._confirmed = False, len(self._passages)
        return grown

    def _more_of_the_last(self, words: str) -> str | None:
        """What a whole text adds to the last one, "" where it repeats it; None where it is another one."""
        last = self._passages[-1]
        if len(words) == last.length and words == last.text:
            return ""
        if self._before_words == len(self._passages):  # a tool was called since
            return None
        if len(words) > last.length and told_anew(last.text, words):
            return words[last.length :]
        return words if goes_on(last.tail, words[0]) else None

    def _begin(self, words: str) -> str | None:
        """Another text."""
        between = _between(self._passages[-1].text, words) if self._passages else ""
        self._passages.append(_Passage(self._stage, words))
        self._open = True
        return self._held.release(between + words)

    def _mended(self, words: str, *, partial: bool) -> str:
        """Words that can be encoded: some servers cut characters beyond U+FFFF in two (JSON's surrogates)."""
        words, self._half = self._half + words, ""
        if words.isascii():
            return words
        if partial and "\ud800" <= words[-1] <= "\udbff":
            words, self._half = words[:-1], words[-1]
        return without_halves(words)


class _Passage:
    """One text that grows by pieces, joined when it is asked for."""

    __slots__ = ("_pieces", "anew", "length", "number", "stage")

    def __init__(self, stage: int, words: str) -> None:
        self.stage = stage
        self.anew = False  # whether each piece tells the text from its beginning
        self._pieces = [words]
        self.length, self.number = len(words), 1

    @property
    def text(self) -> str:
        if len(self._pieces) > 1:
            self._pieces = ["".join(self._pieces)]
        return self._pieces[0]

    @property
    def tail(self) -> str:
        """The last character."""
        return self._pieces[-1][-1]

    def grow(self, piece: str) -> None:
        if piece:
            self._pieces.append(piece)
            self.length += len(piece)
            self.number += 1

    def become(self, words: str) -> None:
        self._pieces = [words]
        self.length, self.number = len(words), 1


def _alike(one: str, other: str) -> bool:
    """Whether two texts begin alike for half of the first: the second mends what the first said."""
    half = len(one) // 2
    return half > 0 and other.startswith(one[:half])


def _join(texts: Iterable[str]) -> str:
    """Texts as paragraphs."""
    parts: list[str] = []
    before = ""
    for words in texts:
        if words:
            parts += (_between(before, words), words)
            before = words
    return "".join(parts)


def _between(before: str, after: str) -> str:
    """Two texts are two paragraphs, unless white space at their border says that they are one."""
    if not before or not after or before[-1].isspace() or after[0].isspace():
        return ""
    return "\n\n"
