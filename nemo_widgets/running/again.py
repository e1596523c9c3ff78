"""Whether an edit that is to be sent once more was made after all: no message is sent twice (§4)."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.draft import edited
from nemo_widgets.errors import OutcomeUnknown, UsageError

from .connection import in_brief
from .outcome import Answer, Timeline, decide
from .recovery import by_ledger, look

if TYPE_CHECKING:
    from collections.abc import Callable

    from .connection import Connection
    from .late import Sent

__all__ = ["look_first"]

_ADDS = ("added", "length", "order")
"""What an upload of ours changes, which says nothing of the edit before it."""


async def look_first(connection: Connection, edit: Sent, told: Callable[[str], None]) -> None:
    """See to it that `edit`, which is to be sent once more, was not made meanwhile.

    `told` hears what is being waited for.

    Raises:
        UsageError: it was, or its error came after a change. OutcomeUnknown: nobody can tell.
    """
    truth = await by_ledger(connection, edit.id, edit.before) if connection.local else None
    if truth is None:
        own = _ADDS if connection.uploaded_since(edit.heard_at) else ()
        waits = _waits(connection, edit)
        truth = await look(
            connection, Answer.LOST, edit.before, told, waits=waits, apart_from=own, beside=edit.beside
        )
    outcome = decide(truth.answer, truth.timeline)
    if outcome == "not done":
        return
    if outcome == "unknown":
        touched = truth.timeline in (Timeline.TOUCHED, Timeline.BESIDE)
        unknown = say("again.unknown", id=edit.id)
        if truth.beside:
            unknown = say("again.unknown beside", id=edit.id, beside=truth.beside)
        raise OutcomeUnknown(unknown, hint=say("again.shows" if touched else "again.looks"))
    edit.came_late(truth.after)
    connection.seen = truth.after
    connection.ended(edit)
    row = "again.was made in part" if edit.failed_inside else "again.was made"
    news = in_brief(edited(edit.before, truth.after)[0])
    raise UsageError(say(row, id=edit.id, told=news), hint=say("again.wanted"))


def _waits(connection: Connection, edit: Sent) -> tuple[float, ...]:
    """The waits between looks, in seconds: the edit may be at work as long as one waits for a lost answer.

    That holds for one that ended without a word or by an error, too, which was looked for a shorter while.
    """
    settings = connection.client.settings
    if edit.failed_inside:
        return (0.0, *settings.settle_s)  # it was seen to change something: one look may meet an older copy
    if edit.outcome not in ("unknown", "not done") or edit.heard_at is None:
        return (0.0,)
    left = settings.lost_s - (settings.clock.now() - edit.heard_at)
    whole, rest = divmod(ceil(max(0.0, left)), settings.recover_every_s)
    return (0.0, *[settings.recover_every_s] * int(whole), *[rest] * bool(rest))
