"""Sessions that were made here and in which nothing was ever done: none is left behind to be listed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakSet

from nemo_widgets.errors import NemoError, ServerError
from nemo_widgets.journal import Journal
from nemo_widgets.session_register import Register

if TYPE_CHECKING:
    from nemo_widgets.session import Session

__all__ = ["made_here", "remove_empty"]

_LOOKED_AT = 200
"""So many of a studio's sessions are looked at: those that were used last."""
_held: WeakSet[Session] = WeakSet()
"""The sessions that this process has made and somebody may still hold in a variable."""


async def made_here(session: Session) -> None:
    """Note that a session is a new one of ours, in which there is nothing yet."""
    connection = session._connection  # noqa: SLF001 - one of our own
    if connection.client.is_studio:
        _held.add(session)
        Register().mark(connection.place)


async def remove_empty(session: Session) -> None:
    """Let the studio of a session remove those that were made on this machine, and that nothing was done in.

    None goes in which there is media, a timeline or a message, that a kernel has open, that a variable may
    hold, or in which a run can be taken up. A studio that is away, or another server, keeps what it has.
    """
    connection, register = session._connection, Register()  # noqa: SLF001 - one of our own
    client, here = connection.client, connection.place
    if not client.is_studio:
        return
    held = {one._connection.session_id for one in _held}  # noqa: SLF001 - one of our own
    held |= {record.place.session_id for record in Journal().records() if not record.over}  # to be taken up
    with suppress(NemoError):
        kept = await client.kept(_LOOKED_AT)
        for one in kept.sessions if kept else ():
            place = replace(here, session_id=one.session_id)
            filled = one.segments or one.clips or one.busy
            if filled or one.session_id in held or not register.marked(place) or register.held(place):
                continue
            with suppress(ServerError):  # something is in it after all, or it is gone
                await client.delete_session(one.session_id, only_empty=True)
            register.unmark(place)
