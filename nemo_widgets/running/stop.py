"""Stopping an edit where that can be done: the studio stops its work, the cloud goes on and is paid for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.draft import changes

from .recovery import UNDER_WAY

if TYPE_CHECKING:
    from nemo_widgets.draft import Draft

    from .connection import Connection

__all__ = ["stop", "stopped_text"]


async def stop(connection: Connection, key: str, before: Draft) -> bool | None:
    """Stop the message `key`, which was sent when the timeline was `before`.

    Returns:
        Whether it was made before the stop arrived; None where nobody knows.
    """
    client, session_id = connection.client, connection.session_id
    # One that has not arrived is withdrawn; if it arrives just then, it is there to be stopped.
    for _ in range(2):
        stopped = await client.cancel_chat(session_id, key)
        if stopped or await client.withdraw_chat(session_id, key):
            return False
        ledger = await client.ledger(session_id, "messages")
        if ledger is None:
            return bool(changes(before, (await connection.state()).draft))
        found = next((m for m in ledger.messages if m.key == key), None)
        if found is not None and found.status not in UNDER_WAY:
            return found.status == "done"
    return None


def stopped_text(edit_id: str, *, sent: bool, made: bool | None, local: bool) -> str:
    """What a stop has come to, one or two sentences."""
    if not sent:
        return say("edit.cancelled unsent")
    if made:
        return say("edit.made before stop")
    if made is False:
        return say("edit.cancelled")
    return say("edit.stopped waiting", id=edit_id) if local else say("edit.stopped cloud", id=edit_id)
