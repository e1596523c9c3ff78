"""The studio behind its routes: settings, store, turns and exports, put together once."""

from __future__ import annotations

import hmac
import threading
from typing import TYPE_CHECKING

from .exports import Exports
from .lanes import Lanes
from .store import LOCAL, Store, digest
from .turns import Turns

if TYPE_CHECKING:
    from pathlib import Path

    from .settings import Settings
    from .turns import Agent

__all__ = ["Backend"]


class Backend:
    """What the routes share. `closing` is set once the studio begins to stop."""

    def __init__(self, folder: Path, token: str, settings: Settings, agent: Agent | None = None) -> None:
        """Open the data folder and start the exports' thread.

        Args:
            folder: where everything is kept.
            token: the local user's token.
            settings: forms of the protocol and limits.
            agent: who carries out messages; by default the studio's own grammar.

        Raises:
            StoreError: the folder can't be used.
        """
        self.settings = settings
        self.store = Store(folder, settings)
        self.lanes = Lanes()
        self.turns = Turns(self.store, settings, agent or _grammar(settings), self.lanes)
        self.exports = Exports(self.store)
        self.closing = threading.Event()
        self._own = digest(token)
        self.exports.start()

    def user_of(self, token: str) -> str | None:
        """Whose token it is; the studio's own is always the local user's."""
        if hmac.compare_digest(digest(token), self._own):
            return LOCAL
        return self.store.accounts.user_of(token)

    def begin_to_stop(self) -> None:
        """End all turns, so that their streams end by themselves before the server closes them."""
        self.closing.set()
        self.turns.stop()

    def close(self, timeout: float = 1.0) -> None:
        """Stop everything within about `timeout` seconds, and close the database."""
        self.begin_to_stop()
        self.exports.stop(timeout)
        self.lanes.join(timeout / 2)
        self.store.close()


def _grammar(settings: Settings) -> Agent:
    from .agent import Agent as Grammar
    from .agent import AgentSettings

    return Grammar(AgentSettings(silent=settings.silent))
