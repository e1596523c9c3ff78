"""What became of something that was sent, as far as its answer does not tell. Nothing is sent again.

The studio keeps a ledger, which knows; of any other server the state is read (§4): where the answer came to
its end, again and again within some seconds, since the state may lag behind; where it got lost, 30 s after
the stream broke and then every 60 s, until it shows a change or has five times shown none. A stream that fell
silent unbroken may have work behind it for as long as its answer would have been waited for.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.draft import changes, edited, tells
from nemo_widgets.errors import NemoError, SessionNotFound

from .beside import news_beside
from .outcome import Answer, Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nemo_widgets.client import ClientSettings, LedgerMessage, State
    from nemo_widgets.draft import Draft

    from .connection import Connection

__all__ = ["UNDER_WAY", "Truth", "by_ledger", "look", "waits_after", "watch"]

UNDER_WAY = ("queued", "running")
"""The ledger's words for a message of which something may yet come."""
_FAILED_READS = 3
"""So many failed reads, each already retried, end the reading where few are planned."""
_SAYS_IT = (Answer.WHOLE, Answer.CLICK, Answer.QUESTION)
"""The answers whose words may tell of a timeline that is empty now."""
_TOLD = (Answer.WHOLE, Answer.QUESTION)
"""What these answers become does not hang on what has changed."""
_MOST_MORE = 30
"""So many more reads, at the most, are for a stream that fell silent."""
_SHORT_S = 5
"""A shorter wait, in seconds, is not worth a word."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What became of a message.

    Attributes:
        answer: what came back for it.
        timeline: what the timeline shows, and `after` the timeline itself.
        text: what the agent said, where the server's ledger has it.
        error: why the agent failed, where the ledger has it.
        beside: what has changed beside the timeline, in words; "" where nothing has.
    """

    answer: Answer
    timeline: Timeline
    after: Draft
    text: str = ""
    error: str = ""
    beside: str = ""


def waits_after(
    answer: Answer, settings: ClientSettings, *, at_once: bool = False, still_s: float = 0.0
) -> tuple[float, ...]:
    """The waits before each read of the state, in seconds.

    `at_once` is for a stream that broke long ago, where the first look need not wait; `still_s` for one that
    fell silent unbroken: so long its answer would still have been waited for.
    """
    more = ceil((still_s - settings.lost_s) / settings.recover_every_s) if settings.recover_every_s else 0
    reads = settings.recover_reads - 1 + min(max(0, more), _MOST_MORE)
    lost = (settings.recover_first_s, *[settings.recover_every_s] * reads)
    match answer:
        case Answer.QUESTION:
            return (0.0,)
        case Answer.WHOLE | Answer.UNREAD | Answer.REFUSAL | Answer.CLICK | Answer.ASKS:
            return (0.0, *settings.settle_s)
        case Answer.SILENT | Answer.ERROR:
            return (0.0, *settings.settle_s, *settings.silent_s)
        case Answer.UNFINISHED:
            return (0.0, *settings.settle_s, *settings.silent_s, *lost[1:])
    return (0.0, *lost[1:]) if at_once else lost


async def look(
    connection: Connection,
    answer: Answer,
    before: Draft,
    told: Callable[[str], None],
    *,
    waits: Sequence[float],
    apart_from: Sequence[str] = (),
    beside: Mapping[str, str] | None = None,
) -> Truth:
    """What the timeline shows after an `answer` to what was sent when it was `before`.

    `told` hears what is being waited for, as it happens; `waits` are those before each read, in seconds.
    Changes of the kinds in `apart_from` do not count; `beside` is what stood beside the timeline before.
    """
    studio, settings = connection.client.is_studio, connection.client.settings
    if studio and answer is not Answer.LOST:
        waits = (0.0,)  # what the studio has answered, it has made

    def shows(now: State) -> bool:
        return any(change.what not in apart_from for change in edited(before, now.draft)[0])

    def emptied(now: State) -> bool:
        return bool(before) and not now.draft and not studio and answer not in _SAYS_IT

    state = await watch(connection, shows, told, waits, tells=lambda now: tells(before, now.draft))
    if state is not None and emptied(state):
        state = await _emptied(connection, shows, emptied, told, waits[1:] or settings.settle_s)
    if state is None:
        return Truth(answer, Timeline.UNREADABLE, before)
    if shows(state):
        if not studio and answer not in _TOLD and await _is_restless(connection, before, state.draft):
            return Truth(answer, Timeline.TOUCHED, before)
        return Truth(answer, Timeline.CHANGED, state.draft)
    news = "" if studio else news_beside(beside, state)
    touched = Timeline.TOUCHED if edited(before, state.draft)[1] else Timeline.UNCHANGED
    timeline = Timeline.BESIDE if news else touched
    return Truth(answer, timeline, state.draft, beside=news)


async def _is_restless(connection: Connection, before: Draft, now: Draft) -> bool:
    """Whether nothing has changed but keys of an unknown meaning, each of which the next read changes again.

    Such a key counts something of the server's own, and shows no edit.
    """
    found = edited(before, now)[0]
    if any(change.what != "detail" for change in found):
        return False
    try:
        again = (await connection.peek()).draft
    except NemoError:
        return False
    moved = {(change.kind, change.name) for change in edited(now, again)[0]}
    return all((change.kind, change.name) in moved for change in found)


async def _emptied(
    connection: Connection,
    shows: Callable[[State], bool],
    emptied: Callable[[State], bool],
    told: Callable[[str], None],
    waits: Sequence[float],
) -> State | None:
    """The state, read further since it was `emptied`, of which nobody has said a word.

    That may be an empty answer as well: it is believed if it stays so, and tells nothing if it does not.
    """
    stayed = True

    def filled(now: State) -> bool:
        nonlocal stayed
        stayed = stayed and emptied(now)
        return shows(now) and not emptied(now)

    state = await watch(connection, filled, told, waits)
    return None if state is not None and emptied(state) and not stayed else state


async def watch(
    connection: Connection,
    shows: Callable[[State], bool],
    told: Callable[[str], None],
    waits: Sequence[float],
    *,
    tells: Callable[[State], bool] = lambda _: True,
) -> State | None:
    """Read the state, after each of the `waits` once, until it `shows` what was sent.

    A read that fails, or by which the state does not `tells` anything, is made up for.

    Returns:
        The state as it was read last; None where it can't be read.
    """
    clock = connection.client.settings.clock
    read = failed = 0
    while True:
        wait = waits[min(read, len(waits) - 1)] if read or not failed else waits[min(1, len(waits) - 1)]
        if wait >= _SHORT_S:
            told(say("edit.read in", seconds=wait, number=read + 1, count=len(waits)))
        if wait:
            await clock.sleep(wait)
        try:
            state: State | None = await connection.peek()
        except SessionNotFound:
            return None
        except NemoError:
            state = None
        if state is None or not tells(state):
            failed += 1
            if failed >= max(_FAILED_READS, min(len(waits), connection.client.settings.recover_reads)):
                return None
            continue
        read += 1
        if shows(state) or read >= len(waits):
            return state


async def by_ledger(connection: Connection, key: str, before: Draft) -> Truth | None:
    """What the studio wrote down about a message, once that is over; None where there is no ledger."""
    client, settings = connection.client, connection.client.settings
    missing = failed = 0
    end = settings.clock.now() + settings.chat_total_s
    while True:
        try:
            ledger = await client.ledger(connection.session_id, "messages")
            if ledger is None:
                return None
            found = next((m for m in ledger.messages if m.key == key), None)
            if found is not None and found.status not in UNDER_WAY:
                return await _written(connection, found, before)
            missing += found is None
            # It may be on its way yet: only what the studio will not take any more is not done.
            if missing >= settings.unknown_polls and await client.withdraw_chat(connection.session_id, key):
                return Truth(Answer.TURNED_AWAY, Timeline.UNCHANGED, before)
        except SessionNotFound:
            return Truth(Answer.LOST, Timeline.UNREADABLE, before)
        except NemoError:
            failed += 1
        # No answer is waited for any longer, either: `attach` looks again.
        if failed >= settings.recover_reads or settings.clock.now() >= end:
            return Truth(Answer.LOST, Timeline.UNREADABLE, before)
        await settings.clock.sleep(settings.studio_poll_s)


async def _written(connection: Connection, found: LedgerMessage, before: Draft) -> Truth:
    """What the ledger says of a message that is over."""
    after = (await connection.peek()).draft
    if found.status != "done":
        # Of what was stopped or interrupted nothing came: that is no failure of the agent's.
        why = found.error if found.status == "failed" else ""
        return Truth(Answer.TURNED_AWAY, Timeline.UNCHANGED, before, found.reply, why)
    answer = {"refused": Answer.REFUSAL, "asked": Answer.QUESTION}.get(found.outcome, Answer.WHOLE)
    changed = bool(changes(before, after))
    return Truth(answer, Timeline.CHANGED if changed else Timeline.UNCHANGED, after, found.reply)
