"""The question that the agent asked last in a session, also one that another kernel heard."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.errors import NemoError, UsageError
from nemo_widgets.printable import one_line
from nemo_widgets.question import Question
from nemo_widgets.running import EditRun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.client import LedgerMessage
    from nemo_widgets.journal import Record
    from nemo_widgets.running import Connection, Run

__all__ = ["answer_to", "asked_before", "open_here", "question_of"]

_HEARD = ("done", "unknown", "sent")
"""A message with which the conversation went on; one that was refused leaves a question open."""
_LONGEST = 200


def open_here(runs: Sequence[Run]) -> Question | None:
    """The question that waits for an answer, as far as this kernel has heard it; None if none does."""
    last = _last(runs)
    return last.question if last is not None and last.done else None


def _last(runs: Sequence[Run]) -> EditRun | None:
    """The message that the conversation has come to."""
    edits = (run for run in reversed(runs) if isinstance(run, EditRun))
    return next((run for run in edits if run.question or run.heard or not run.done), None)


async def question_of(runs: Sequence[Run], connection: Connection) -> Question:
    """The question that waits for an answer: of the session's own `runs`, else of what another kernel heard.

    Raises:
        UsageError: nothing was asked, or what was asked can't be told any more.
    """
    last = _last(runs)
    if last is not None and not last.done:
        raise UsageError(
            say("question.under way", id=last.id),
            hint=say("question.wait"),
        )
    found = last.question if last is not None else await asked_before(connection)
    if found is None:
        asked = any(isinstance(run, EditRun) and run.question for run in runs)
        raise UsageError(say("question.no more" if asked else "question.none"), hint=say("question.say"))
    return found


async def answer_to(runs: Sequence[Run], connection: Connection, words: str) -> tuple[str, Question]:
    """The message that answers it, from an option's number or label, or free words; and the question.

    Raises:
        UsageError: as `question_of`; or there is no such option.
    """
    question = await question_of(runs, connection)
    try:
        return question.parse(words), question
    except ValueError as error:
        raise UsageError(str(error), hint="") from None


async def asked_before(connection: Connection) -> Question | None:
    """The question that the last message of the session ended with, whoever sent it; None if it did not.

    A studio tells which message was the last, and the journal has what was asked; of any other server there
    is the journal alone.

    Raises:
        UsageError: something was asked, and nobody here knows what the choices were.
    """
    mine = connection.place.server, connection.session_id
    records = [
        record
        for record in await asyncio.to_thread(connection.journal.records)
        if record.kind == "edit" and (record.place.server, record.place.session_id) == mine
    ]
    message = await _last_message(connection)
    if message is not None:
        if message.outcome != "asked":
            return None
        record = next((record for record in records if record.id == message.key), None)
        words = one_line(message.reply, _LONGEST)
        return _question(record, say("question.words", words=words) if words else "")
    record = next((record for record in records if record.stage in ("asked", *_HEARD)), None)
    return _question(record, "") if record is not None and record.stage == "asked" else None


def _question(record: Record | None, words: str) -> Question | None:
    found = Question.from_args(record.details.get("question")) if record is not None else None
    if found is None:
        raise UsageError(say("question.gone", words=words), hint=say("question.in words"))
    return found


async def _last_message(connection: Connection) -> LedgerMessage | None:
    """The last message with which the conversation went on, as a studio wrote it down; None of any other."""
    with contextlib.suppress(NemoError):
        ledger = await connection.client.ledger(connection.session_id, "messages")
        heard = [m for m in ledger.messages if m.outcome not in ("", "refused")] if ledger else []
        return heard[-1] if heard else None
    return None
