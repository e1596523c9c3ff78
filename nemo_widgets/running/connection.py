"""A client with one session on the server, the queue of its messages, and what one has seen of it."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

from nemo_widgets.catalogue import say
from nemo_widgets.client.notices import tell
from nemo_widgets.draft import describe, edited, tells
from nemo_widgets.errors import NemoError, ServerError, SessionNotFound, StaleDraft
from nemo_widgets.journal import Journal, Place

from .late import Late, made_late

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from nemo_widgets.client import AsyncClient, State
    from nemo_widgets.draft import Change, Draft
    from nemo_widgets.question import Question

    from .late import Sent

__all__ = ["Connection", "in_brief"]

_TOLD = 3
"""So many changes are told where there is one sentence for them."""
_OLDER = 3
"""So many of the timelines before one's own last edits are known again where a server shows an old copy."""
_LOOKS = 2
"""So often a timeline is read once more that seems to be an old copy."""


class _Heard(Protocol):
    """A message that the agent may have taken up, and the question that it ended with."""

    request: str
    question: Question | None


@dataclass(slots=True, eq=False)
class Connection:
    """What a run needs of the outside: used on the loop's thread only.

    Attributes:
        place: where the session is, as the journal writes it down.
        seen: the timeline as the user last saw it, or as this kernel's own runs left it; None before that.
        told: what the user has yet to be told, sentences.
        heard: the message of this kernel to which the conversation has come: the last that was taken up.
    """

    client: AsyncClient
    session_id: str = field(repr=False)
    place: Place = field(default_factory=Place)
    journal: Journal = field(default_factory=Journal)
    seen: Draft | None = field(default=None, repr=False)
    told: list[str] = field(default_factory=list, repr=False)
    heard: _Heard | None = field(default=None, repr=False)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)
    _line: list[Callable[[int], None]] = field(default_factory=list, repr=False)
    _replacing: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)
    _uploads: int = 0
    _stopped: set[str] = field(default_factory=set, repr=False)
    _uploaded_at: float | None = None
    _older: deque[Draft] = field(default_factory=lambda: deque(maxlen=_OLDER), repr=False)
    _late: Late = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._late = Late(self.client.settings)

    @property
    def local(self) -> bool:
        """Whether the server is the studio, where stopping the wait stops the work as well."""
        return self.client.is_studio

    @asynccontextmanager
    async def turn(self, waiting: Callable[[int], None]) -> AsyncIterator[None]:
        """One message's turn (protocol §4: one at a time for each session), in the order of asking.

        `waiting` hears how many are before it, whenever that changes.
        """

        def ticket(ahead: int) -> None:
            waiting(ahead)

        self._line.append(ticket)
        try:
            self._count()
            async with self._turn:
                yield
        finally:
            self._line.remove(ticket)
            self._count()

    def _count(self) -> None:
        for ahead, ticket in enumerate(self._line[1:], start=1):
            ticket(ahead)

    async def state(self) -> State:
        """The session's state now, which from then on is what was seen.

        A session that the server does not know any more is replaced by a new one (protocol §10, 1002), which
        the user is told, and the read is repeated there. So is the user of a change of ours that came late.
        """
        found = await self._read()
        news = self._news(found.draft)
        if not (self._uploads or self._arrived(news)) and (owner := self._late.owner(changed=bool(news))):
            made = made_late(owner, found.draft, in_brief(news))
            self.told.append(made)
            tell(made)
        self.seen = found.draft
        return found

    async def _read(self) -> State:
        """The session's state; a session that is gone is replaced, and an old copy not believed at once."""
        try:
            found = await self.peek()
            for wait in self.client.settings.settle_s[:_LOOKS]:
                if not self._seems_old(found.draft):
                    break
                await self.client.settings.clock.sleep(wait)
                found = await self.peek()
        except SessionNotFound as error:
            again = await self._looked_at_again(error)
            if again is None:
                await self.renew()
                again = await self.peek()
            return again
        return found

    def _seems_old(self, now: Draft) -> bool:
        """Whether a timeline is the one before an edit of ours that was seen: a replica may lag behind (§4).

        Somebody may have taken that edit back, too; then the next reads show it as well.
        """
        if self.local or not self._news(now):
            return False
        return any(tells(older, now) and not _differ(older, now) for older in self._older)

    async def peek(self) -> State:
        """Read the state without marking it as seen by the user. Never makes a session."""
        return await self.client.state(self.session_id)

    async def renew(self) -> None:
        """Make a new session in place of one that is gone."""
        made = await self.client.create_session(self.place.language)
        self.session_id = made.session_id
        self.place = replace(self.place, session_id=made.session_id, task_id=made.task_id)
        self.seen = None
        self._older.clear()
        self._late.wait_for(None)
        self.told.append(say("session.gone"))
        tell(say("session.gone"))

    async def _looked_at_again(self, error: SessionNotFound) -> State | None:
        """The session's state where it is there after all, though an unsure `error` says otherwise."""
        if error.sure:
            return None
        try:
            return await self.peek()
        except SessionNotFound:
            return None

    async def replaced(self, lost: str, error: SessionNotFound) -> str:
        """Make a new session in place of `lost`, which the server does not know, unless that was done.

        Returns:
            What to tell: the one who is told by an error need not be told once more.

        Raises:
            ServerError: the session is there; `error` was one of the address, or of what stands before it.
            NemoError: that can't be found out.
        """
        if self.session_id == lost and await self._looked_at_again(error) is not None:
            raise ServerError(
                say("session.no address"), hint=say("session.try address"), request_id=error.request_id
            ) from None
        async with self._replacing:
            if self.session_id == lost:
                await self.renew()
                self.told.pop()
        return say("session.gone")

    def ended(self, message: Sent) -> None:
        """Note that a message of ours is over: a change that appears later may be its own (§4).

        The studio's state never lags behind, so there every change is somebody's.
        """
        self._late.wait_for(message if message.may_change and not self.local else None)
        if self.seen is not None and _differ(message.before, self.seen):
            self._older.append(message.before)

    def uploaded_since(self, moment: float | None) -> bool:
        """Whether files of ours have arrived since that moment of the client's clock."""
        return self._uploaded_at is not None and (moment is None or moment <= self._uploaded_at)

    async def fresh(self) -> State:
        """The state before a message, if its timeline is the one that the user has in mind.

        Raises:
            SessionNotFound: the session was gone; there is a new one. StaleDraft: the timeline was changed
                elsewhere since it was seen, or by an edit that was taken for not made; it may be edited once
                that was told.
        """
        state = await self.known()
        now = state.draft
        news, seen, self.seen = self._news(now), self.seen, now
        if seen is not None and not tells(seen, now):
            raise StaleDraft(say("stale.no timeline"))
        if self.receives:
            return state
        told = in_brief(news)
        if arrived := self._arrived(news):
            self._stopped -= arrived
            tell(say("session.arrived", told=told))
            return state
        owner = self._late.owner(changed=bool(news))
        self._late.wait_for(None)  # from here on what changes is the message's that is to be sent
        if owner is not None:
            seemed = owner.outcome
            made = made_late(owner, now, told)
            if seemed != "done":
                raise StaleDraft(say("stale.unsent", made=made))
            tell(made)
        elif news:
            raise StaleDraft(say("stale.changed", told=told))
        return state

    @property
    def receives(self) -> bool:
        """Whether files of ours are on their way: the timeline may change by them at any moment."""
        return self._uploads > 0

    async def overtaken(self) -> StaleDraft:
        """The error of a message with which a studio did nothing: another one had changed the timeline.

        Raises:
            NemoError: the timeline can't be read.
        """
        now = (await self.peek()).draft
        news, self.seen = self._news(now), now
        return StaleDraft(say("stale.overtaken", told=in_brief(news) or say("stale.as seen")))

    def _news(self, now: Draft) -> list[Change]:
        """What somebody has changed since the timeline was seen."""
        return _differ(self.seen, now) if self.seen is not None else []

    def _arrived(self, news: Sequence[Change]) -> set[str]:
        """The files among what is new whose upload was stopped."""
        return {change.name for change in news if change.what == "added"} & self._stopped

    def may_arrive(self, name: str) -> None:
        """Note that a file whose upload was stopped had left as a whole: it is no surprise if it arrives."""
        self._stopped |= {name, PurePath(name).stem}

    async def known(self) -> State:
        """The state of the session that the user has in mind.

        Raises:
            SessionNotFound: it was gone; there is a new one.
        """
        session_id = self.session_id
        state = await self._read()
        if self.session_id != session_id:
            self.told.clear()
            self.seen = state.draft
            raise SessionNotFound(
                say("session.gone unsent", gone=say("session.gone")), hint=say("session.upload, then say")
            )
        return state

    @asynccontextmanager
    async def uploading(self) -> AsyncIterator[None]:
        """While files of our own arrive, changes of the timeline are no surprise; later ones are again."""
        self._uploads += 1
        try:
            yield
        finally:
            self._uploads -= 1
            self.seen, self._uploaded_at = None, self.client.settings.clock.now()
            self._late.wait_for(None)  # whose of the changes is whose nobody can tell
        if not self._uploads:
            with suppress(NemoError):
                found = await self.peek()
                if self.seen is None:  # else a message of ours has read it meanwhile
                    self.seen = found.draft


def _differ(earlier: Draft, later: Draft) -> list[Change]:
    """What of a timeline was edited between two reads."""
    # A key that nobody knows may be one that a server changes by itself, such as a date.
    return [change for change in edited(earlier, later)[0] if change.what != "detail"]


def in_brief(found: Sequence[Change]) -> str:
    """The first changes, one sentence each, and how many more there are."""
    lines = describe(found)
    rest = say("session.more", count=len(lines) - _TOLD) if len(lines) > _TOLD else ""
    return " ".join(lines[:_TOLD]) + rest
