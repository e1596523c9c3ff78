"""HTTP connections: those that go silent in a request, or don't read the answer, are closed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from .readers import Reader

if TYPE_CHECKING:
    import asyncio

__all__ = ["PatientProtocol"]

_log = logging.getLogger("nemo_widgets.studio.requests")
_LOOKS = 4
"""So often in its time an unread answer is looked at: a machine that slept is late for one look alone."""


class PatientProtocol(H11Protocol):
    """Uvicorn's HTTP/1.1, with an end to its patience.

    A request's head has `patience_s` seconds to arrive, and so has what is left of a body that was answered
    before its end. Of any other body a piece must come in each such time; while the studio itself does not
    read on, nothing is waited for.

    Of an answer the client has to take something in each `unread_s` seconds. How slow it is does not matter,
    and nor does what else is written meanwhile, such as keep-alives.
    """

    patience_s = 30.0
    unread_s = 60.0
    _timer: asyncio.TimerHandle | None = None
    _waited_for: object = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has connected."""
        self._reader = Reader(transport)
        super().connection_made(cast("asyncio.Transport", self._reader))
        self._wait("head")
        self._stands = 0
        self._look_later()

    def data_received(self, data: bytes) -> None:
        """A piece of a request has come."""
        super().data_received(data)
        match self.conn.their_state:
            case h11.IDLE:
                self._wait("head" if self.conn.trailing_data[0] else None)
            case h11.SEND_BODY if self.conn.our_state is h11.DONE:
                self._wait("rest")
            case h11.SEND_BODY:
                self._wait(object())  # from each piece on anew
            case _:
                self._wait(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """It is closed."""
        self._wait(None)
        self._look.cancel()
        super().connection_lost(exc)

    def _wait(self, what: object) -> None:
        """From now on this is waited for; nothing if None, and as before if it is what was waited for."""
        if what == self._waited_for:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._waited_for = what
        self._timer = None if what is None else self.loop.call_later(self.patience_s, self._give_up)

    def _give_up(self) -> None:
        if self.flow.read_paused and self._waited_for != "rest":
            self._timer = self.loop.call_later(self.patience_s, self._give_up)
        else:
            self.transport.close()

    def _look_later(self) -> None:
        self._look = self.loop.call_later(self.unread_s / _LOOKS, self._look_at_reader)

    def _look_at_reader(self) -> None:
        self._stands = self._stands + 1 if self._reader.takes_nothing() else 0
        if self._stands < _LOOKS:
            self._look_later()
        else:
            _log.info("A client that took nothing of its answer for %g s is closed", self.unread_s)
            self._reader.drop()
