"""What became of an edit: the one place that decides it, from what came back and what the timeline shows.

Pure: no network, no clock. `answer_of` says what came back for the message; `decide` puts that beside the
timeline. "Not done" is said only of what the protocol refuses before any work (§10) or what the timeline has
shown; what nobody knows is "unknown", and is never sent again unasked (§4).
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Literal, TypeAlias

from nemo_widgets.errors import NoCredits
from nemo_widgets.gui_talk import awaited

from .asking import asked_in_words
from .at_work import says_at_work
from .refusal import says_no

if TYPE_CHECKING:
    from nemo_widgets.client import Transcript
    from nemo_widgets.errors import NemoError

__all__ = ["IN_PART", "OUTCOMES", "Answer", "Outcome", "Timeline", "answer_of", "decide"]

Outcome: TypeAlias = Literal["done", "refused", "asked", "not done", "unknown"]
OUTCOMES: tuple[Outcome, ...] = ("done", "refused", "asked", "not done", "unknown")
IN_PART = "partly done"
"""The outcome of an upload of which some files arrived and others did not; an edit has none such."""


class Answer(Enum):
    """What came back for a message.

    Attributes:
        TURNED_AWAY: nothing was sent, or the server refused the message before any work (§10).
        WHOLE: words, and their end.
        REFUSAL: words that say it can't be done or was not understood, or any behind a tool that failed.
        QUESTION: the agent asks something before it goes on.
        CLICK: words, and their end, that wait for a click in a window (§11).
        UNREAD: words, and their end, but something in a form that nobody can read came behind them.
        ASKS: words, and their end, that ask something of the user before it goes on.
        SILENT: an end without a word (about 30 % of edits, §4).
        UNFINISHED: an end in order, but a tool was at work, a text had not come to its end, or all that was
            said is that the work is queued or goes on.
        ERROR: the agent reports a failure, or the credits were used up in the middle of the answer.
        LOST: the answer broke off, or is one that says nothing of the edit (5xx, HTML …).
    """

    TURNED_AWAY = "turned away"
    WHOLE = "whole"
    REFUSAL = "refusal"
    QUESTION = "question"
    CLICK = "click"
    UNREAD = "unread"
    ASKS = "asks"
    SILENT = "silent"
    UNFINISHED = "unfinished"
    ERROR = "error"
    LOST = "lost"


class Timeline(Enum):
    """What the timeline shows beside what it was before, read as often as it may still change.

    TOUCHED: nothing but a date, a version or the like, which a server may write without an edit.
    BESIDE: as it was, but what stands beside it has changed: the canvas, or what was generated.
    """

    CHANGED = "changed"
    TOUCHED = "touched"
    BESIDE = "beside"
    UNCHANGED = "unchanged"
    UNREADABLE = "unreadable"


_TABLE: dict[Answer, tuple[Outcome, Outcome, Outcome, Outcome, Outcome]] = {
    # answer:           changed    touched     beside     unchanged   unreadable
    Answer.TURNED_AWAY: ("not done", "not done", "not done", "not done", "not done"),
    Answer.WHOLE: ("done", "done", "done", "done", "done"),
    # Beside the timeline something was made: who says that nothing was may be wrong.
    Answer.REFUSAL: ("done", "refused", "unknown", "refused", "refused"),
    # What came behind the words may have said that it was not done; nobody vouches that it was.
    Answer.UNREAD: ("done", "refused", "unknown", "refused", "unknown"),
    Answer.QUESTION: ("asked", "asked", "asked", "asked", "asked"),
    Answer.CLICK: ("done", "asked", "asked", "asked", "asked"),
    Answer.ASKS: ("done", "asked", "asked", "asked", "asked"),
    Answer.SILENT: ("done", "unknown", "unknown", "not done", "unknown"),
    Answer.UNFINISHED: ("done", "unknown", "unknown", "not done", "unknown"),
    # Some of it was made, or all of it: only the user can say whether that is what was wanted.
    Answer.ERROR: ("unknown", "unknown", "unknown", "not done", "unknown"),
    Answer.LOST: ("done", "unknown", "unknown", "not done", "unknown"),
}
_COLUMNS = tuple(Timeline)


def decide(answer: Answer, timeline: Timeline) -> Outcome:
    """The outcome of an edit.

    >>> decide(Answer.LOST, Timeline.UNREADABLE)
    'unknown'
    """
    return _TABLE[answer][_COLUMNS.index(timeline)]


def answer_of(
    transcript: Transcript, error: NemoError | None, *, marked: bool, unread: bool = False
) -> Answer:
    """What came back.

    Args:
        transcript: what was heard of the answer.
        error: what ended it, None where the stream came to an end by itself.
        marked: whether HTTP marks that end as one.
        unread: whether behind the words came others, in a form that nobody can read.
    """
    if error is not None and error.nothing_done:
        return Answer.TURNED_AWAY
    broke = error is not None and not transcript.closed
    failed = transcript.error and not (broke and transcript.failed_tool)
    if failed or (isinstance(error, NoCredits) and transcript.begun):
        return Answer.ERROR
    if broke:
        return Answer.LOST
    if transcript.question is not None:
        return Answer.QUESTION
    if transcript.pending or not (transcript.finished or marked):
        return Answer.UNFINISHED
    told = _told(transcript)
    return Answer.UNREAD if unread and told is Answer.WHOLE and not transcript.outcome else told


def _told(transcript: Transcript) -> Answer:
    """What an answer that came to its end says."""
    if not transcript.text.strip() and not transcript.pictures:
        return Answer.UNFINISHED if transcript.under_way else Answer.SILENT
    if transcript.outcome:
        return Answer.REFUSAL if transcript.outcome == "refused" else Answer.WHOLE
    no, click = says_no(transcript.text), awaited(transcript.text, changed=False)
    if click and not (no and click.is_a_nod):
        return Answer.CLICK
    if no:
        return Answer.REFUSAL
    if asked_in_words(transcript.text):
        return Answer.ASKS
    ended = Answer.UNFINISHED if says_at_work(transcript.text) else Answer.WHOLE
    return Answer.REFUSAL if transcript.tool_failure else ended
