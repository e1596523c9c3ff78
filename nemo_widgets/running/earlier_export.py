"""The job of an earlier export of the same film that ended as unknown: no job is made twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.client.render import RENDER_OUTPUT
from nemo_widgets.errors import JournalError, UsageError

if TYPE_CHECKING:
    from nemo_widgets.journal import Entry, Journal, Record

__all__ = ["take_job"]

_JOB = ("render_id", "sent_as", "accepted", "again")
"""What a record holds of a job."""


def take_job(journal: Journal, own: Entry) -> Record | None:
    """Hand a job that was submitted for the same film, and left behind, to the export with the record `own`.

    The film is the same where session, draft and output are. The export that left the job is over with
    this. Blocks.

    Returns:
        The record of the export that left the job; None where there is none.

    Raises:
        JournalError: it can't be written down.
    """
    for record in journal.left():
        if not _is_same(record, own.record):
            continue
        try:
            entry = journal.take(record.id)
        except (UsageError, JournalError):  # another kernel was quicker to take it up
            continue
        try:
            own.write(stage="sent", details={name: entry.record.details.get(name) for name in _JOB})
        except JournalError:
            entry.end(entry.record.stage, entry.record.told)
            raise
        entry.end("cancelled", say("run.taken over", id=own.record.id))
        return record
    return None


def _is_same(left: Record, own: Record) -> bool:
    here, there = own.place, left.place
    return (
        left.kind == own.kind
        and left.id != own.id
        and bool(left.details.get("render_id"))
        and (here.server, here.session_id) == (there.server, there.session_id)
        and _output(left) == _output(own)
        and left.before == own.before
    )


def _output(record: Record) -> dict[str, Any]:
    return {**RENDER_OUTPUT, **(record.details.get("output") or {})}
