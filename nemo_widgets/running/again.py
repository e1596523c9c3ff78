"""Whether an edit that is to be sent once more was made after all: no message is sent twice (§4)."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

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
_MADE = "was made after all"
_IN_PART = "ended with an error, but changed the timeline"
_SEND = "`%nemo timeline` shows what there is; `%nemo again --anyway` sends it again."


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
        news = f" The timeline is as it was, but {truth.beside}." if truth.beside else ""
        touched = truth.timeline in (Timeline.TOUCHED, Timeline.BESIDE)
        hint = _SEND if touched else "`%nemo again` looks once more."
        raise OutcomeUnknown(
            f"What became of {edit.id} can't be found out now.{news} Nothing was sent.", hint=hint
        )
    edit.came_late(truth.after)
    connection.seen = truth.after
    connection.ended(edit)
    how = _IN_PART if edit.failed_inside else _MADE
    raise UsageError(
        f"{edit.id} {how}: {in_brief(edited(edit.before, truth.after)[0])} Nothing was sent.",
        hint="Is that what you wanted? `%nemo undo` takes it back, `%nemo again --anyway` sends it again.",
    )


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
