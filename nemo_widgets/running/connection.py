"""A client together with one session on the server, and the queue of that session's messages."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nemo_widgets.client import AsyncClient, State

__all__ = ["Connection"]


@dataclass(slots=True, eq=False)
class Connection:
    """What a run needs of the outside: used on the loop's thread only.

    `turn` is held by the one message that is under way (protocol §4: one at a time for each session).
    """

    client: AsyncClient
    session_id: str = field(repr=False)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)

    @property
    def local(self) -> bool:
        """Whether the server is the studio, where stopping the wait stops the work as well."""
        return self.client.is_studio

    async def state(self) -> State:
        """The session's state now."""
        return await self.client.state(self.session_id)
