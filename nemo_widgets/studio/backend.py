"""The studio behind its routes: settings, store, turns and exports, put together once."""

from __future__ import annotations

import hmac
import threading
from typing import TYPE_CHECKING

from .exports import Exports
from .housekeeping import Housekeeping
from .lanes import Lanes
from .probes import Probes
from .store import LOCAL, Store, digest
from .turns import Turns

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from nemo_widgets.studio.agent.world import Step, World

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
        self.turns = Turns(self.store, settings, agent or _Grammar(settings), self.lanes)
        self.exports = Exports(self.store, settings)
        self.probes = Probes(settings)
        self.closing = threading.Event()
        self._own = digest(token)
        try:
            self.exports.start()
        except BaseException:
            self.store.close()
            raise
        self.store.sweep()
        self.housekeeping = Housekeeping(self.store, settings)
        self.housekeeping.start()

    def user_of(self, token: str) -> str | None:
        """Whose token it is; the studio's own is always the local user's.

        Who comes will have something looked into or exported: a worker is made ready.
        """
        user = LOCAL if hmac.compare_digest(digest(token), self._own) else self.store.accounts.user_of(token)
        if user is not None:
            self.exports.warm()
        return user

    def begin_to_stop(self) -> None:
        """End all turns and renders, so that streams end by themselves before the server closes them."""
        self.closing.set()
        self.exports.begin_to_stop()
        self.probes.stop()
        self.housekeeping.begin_to_stop()
        self.turns.stop()

    def close(self, timeout: float = 1.2) -> None:
        """Stop everything within about `timeout` seconds, and close the database."""
        self.begin_to_stop()
        self.exports.stop(timeout * 3 / 4)
        self.lanes.join(timeout / 8)
        self.housekeeping.stop(timeout / 8)
        self.store.close()


class _Grammar:
    """The studio's own agent. Its patterns take a while to compile: done beside the first requests."""

    def __init__(self, settings: Settings) -> None:
        # What it needs at the program's end must be known before that has come, so not be imported beside it.
        import concurrent.futures.thread  # noqa: F401

        self._settings = settings
        threading.Thread(target=self._warm_up, name="nemo-studio-warm-up", daemon=True).start()

    @staticmethod
    def _warm_up() -> None:
        from .agent import warm_up

        warm_up()

    def turn(self, text: str, world: World) -> Generator[Step, None, None]:
        """Carry out one message."""
        from .agent import Agent as Grammar
        from .agent import AgentSettings
        from .agent.planning.model import Model

        model = Model.from_environment()
        return Grammar(AgentSettings(silent=self._settings.silent, model=model)).turn(text, world)
