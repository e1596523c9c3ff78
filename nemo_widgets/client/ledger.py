"""What a studio wrote down about a session: the messages, uploads and renders that it took, and their ends.

No other server keeps one. It answers what the state can't: whether a message that was sent, but whose answer
got lost, has arrived and what came of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from urllib.parse import quote

from nemo_widgets.draft import Draft
from nemo_widgets.printable import printable_repr

from .json_values import mapping, number, text
from .models import MediaFile
from .wire import Call

if TYPE_CHECKING:
    from .calls import Caller

__all__ = ["Ledger", "LedgerMedia", "LedgerMessage", "LedgerState", "Part", "read", "states"]

Part: TypeAlias = Literal["messages", "media", "renders"]


@printable_repr
@dataclass(frozen=True, slots=True)
class LedgerMessage:
    """A message to the agent.

    Attributes:
        key: the key that it was sent with, "" if it had none.
        status: queued, running, done, failed, cancelled or interrupted.
        reply: what the agent said; `error`: why it failed.
        outcome: what became of it: done, refused, asked or answered; "" where it is not over.
        version: the version of the draft that it made, None if it made none.
    """

    id: str
    key: str = ""
    text: str = ""
    status: str = ""
    reply: str = ""
    error: str = ""
    outcome: str = ""
    version: int | None = None

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> LedgerMessage:
        """Read an entry."""
        version = data.get("version")
        words = ("id", "key", "text", "status", "reply", "error", "outcome")
        return cls(
            **{name: text(data.get(name)) for name in words},
            version=version if isinstance(version, int) and not isinstance(version, bool) else None,
        )


@printable_repr
@dataclass(frozen=True, slots=True)
class LedgerMedia:
    """An upload that was taken, under the key it was sent with."""

    key: str
    file: MediaFile


@printable_repr
@dataclass(frozen=True, slots=True)
class Ledger:
    """All of it, oldest first. `renders` are (id, status) in the words of RenderStatus."""

    messages: list[LedgerMessage] = field(default_factory=list)
    media: list[LedgerMedia] = field(default_factory=list)
    renders: list[tuple[str, str]] = field(default_factory=list)


@printable_repr
@dataclass(frozen=True, slots=True)
class LedgerState:
    """One state of a session's timeline.

    Attributes:
        version: its number. instruction: what was said for it, "" for what came without words.
        created: when, in seconds since 1970.
    """

    version: int
    instruction: str
    created: float
    draft: Draft = field(repr=False)


async def states(caller: Caller, session_id: str) -> list[LedgerState] | None:
    """The states that a session's timeline has had; None where the server is no studio.

    Raises:
        SessionNotFound: the studio does not know the session. NemoError: a request failed.
    """
    if not await caller.meets_studio():
        return None
    path = f"/studio/sessions/{quote(session_id, safe='')}/states"
    found = (await caller.call(Call("GET", path))).mapping().get("states")
    rows = [mapping(item) for item in found] if isinstance(found, list) else []
    return [
        LedgerState(
            round(number(row.get("version")) or 0),
            text(row.get("instruction")),
            number(row.get("created")) or 0.0,
            Draft(mapping(row.get("draft"))),
        )
        for row in rows
    ]


async def read(caller: Caller, session_id: str, only: Part | None = None) -> Ledger | None:
    """The session's ledger, or that part of it; None where the server is no studio.

    Raises:
        SessionNotFound: the studio does not know the session. NemoError: a request failed.
    """
    if not await caller.meets_studio():
        return None

    async def entries(name: str) -> list[dict[str, Any]]:
        if only not in (None, name):
            return []
        path = f"/studio/sessions/{quote(session_id, safe='')}/{name}"
        found = (await caller.call(Call("GET", path))).mapping().get(name)
        return [mapping(item) for item in found] if isinstance(found, list) else []

    return Ledger(
        [LedgerMessage.from_json(item) for item in await entries("messages")],
        [LedgerMedia(text(item.get("key")), MediaFile.from_json(item)) for item in await entries("media")],
        [(text(item.get("id")), text(item.get("status"))) for item in await entries("renders")],
    )
