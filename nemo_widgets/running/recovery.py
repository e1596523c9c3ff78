"""What became of something that was sent, where its answer did not come to its end. Nothing is sent again.

The studio keeps a ledger, which knows; of any other server the state is read, on the protocol's schedule
(§4): 30 s after the stream broke, then every 60 s, until it shows a change or has five times shown none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from nemo_widgets.draft import changes
from nemo_widgets.errors import NemoError, SessionNotFound

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.client import State
    from nemo_widgets.draft import Draft

    from .connection import Connection

__all__ = ["UNDER_WAY", "Truth", "find_out", "watch"]

UNDER_WAY = ("queued", "running")
"""The ledger's words for a message of which something may yet come."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What became of a message.

    Attributes:
        outcome: done, not done, or unknown where neither ledger nor state could be read.
        after: the timeline then.
        text: what the agent said, where the server's ledger has it.
        error: why the agent failed, where the ledger has it.
    """

    outcome: Literal["done", "not done", "unknown"]
    after: Draft
    text: str = ""
    error: str = ""


async def find_out(
    connection: Connection, key: str, before: Draft, told: Callable[[str], None], *, at_once: bool = False
) -> Truth:
    """What became of the message `key`, which was sent when the timeline was `before`.

    `told` hears what is being waited for, as it happens; `at_once` is for a stream that broke long ago, where
    the first look need not wait.
    """
    if connection.local and (written := await _by_ledger(connection, key, before)) is not None:
        return written
    state = await watch(connection, lambda now: bool(changes(before, now.draft)), told, at_once=at_once)
    if state is None:
        return Truth("unknown", before)
    return Truth("done" if changes(before, state.draft) else "not done", state.draft)


async def watch(
    connection: Connection, shows: Callable[[State], bool], told: Callable[[str], None], *, at_once: bool
) -> State | None:
    """Read the state until it `shows` what was sent, or has not shown it often enough.

    Returns:
        The state as it was read last; None where it can't be read.
    """
    settings = connection.client.settings
    wait = 0.0 if at_once else settings.recover_first_s
    unchanged = failed = 0
    while True:
        if wait:
            told(f"The timeline is read in {wait:g} s ({unchanged + 1} of {settings.recover_reads}).")
            await settings.clock.sleep(wait)
        wait = settings.recover_every_s
        try:
            state = await connection.peek()
        except SessionNotFound:
            return None
        except NemoError:
            failed += 1
            if failed >= settings.recover_reads:
                return None
            continue
        unchanged += 1
        if shows(state) or unchanged >= settings.recover_reads:
            return state


async def _by_ledger(connection: Connection, key: str, before: Draft) -> Truth | None:
    """What the studio wrote down about a message, once that is over; None where there is no ledger."""
    client, settings = connection.client, connection.client.settings
    missing = failed = 0
    while True:
        try:
            ledger = await client.ledger(connection.session_id, "messages")
            if ledger is None:
                return None
            found = next((m for m in ledger.messages if m.key == key), None)
            if found is not None and found.status not in UNDER_WAY:
                after = (await connection.peek()).draft
                done = found.status == "done"
                # Of what was stopped or interrupted nothing came: that is no failure of the agent's.
                why = found.error if found.status == "failed" else ""
                return Truth("done" if done else "not done", after, found.reply, why)
            missing += found is None
            # It may be on its way yet: only what the studio will not take any more is not done.
            if missing >= settings.unknown_polls and await client.withdraw_chat(connection.session_id, key):
                return Truth("not done", before)
        except SessionNotFound:
            return Truth("unknown", before)
        except NemoError:
            failed += 1
        if failed >= settings.recover_reads:
            return Truth("unknown", before)
        await settings.clock.sleep(settings.studio_poll_s)
