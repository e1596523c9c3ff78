"""HTTP connections: no more than there is room for, and those that send or read nothing are closed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from .readers import Reader

if TYPE_CHECKING:
    import asyncio

__all__ = ["BACKLOG", "PatientProtocol", "room"]

BACKLOG = 64
"""So many who want to connect wait at the most; they may be let in at once, over what there is room for."""

_log = logging.getLogger("nemo_widgets.studio.requests")
_LOOKS = 4
"""So often in its time an unread answer is looked at: a machine that slept is late for one look alone."""
_MOST, _SHARE, _UNKNOWN = 1000, 4, 1024


def room() -> int:
    """How many connections there may be: this process, a kernel perhaps, needs files for more than those."""
    try:
        import resource
    except ImportError:  # Windows, where sockets are no files
        files = _UNKNOWN
    else:
        files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        files = _MOST * _SHARE if files == resource.RLIM_INFINITY else files
    return max(1, min(_MOST, files // _SHARE))


class PatientProtocol(H11Protocol):
    """Uvicorn's HTTP/1.1, with an end to its patience.

    A request's head has `patience_s` seconds to arrive, and so has what is left of a body that was answered
    before its end. Of any other body a piece must come in each such time; while the studio itself does not
    read on, nothing is waited for.

    Of an answer the client has to take something in each `unread_s` seconds. How slow it is does not matter,
    and nor does what else is written meanwhile, such as keep-alives.

    There are `most` connections at the same time. One more takes the place of the one that has asked for
    nothing for the longest time; it is closed itself where all others have.
    """

    patience_s = 30.0
    unread_s = 60.0
    most = 256
    _timer: asyncio.TimerHandle | None = None
    _waited_for: object = None
    dropped = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has connected."""
        self.reader, self.heard_at = Reader(transport), self.loop.time()
        super().connection_made(cast("asyncio.Transport", self.reader))
        self._wait("head")
        self._stands = 0
        self._look_later()
        self._make_room()

    def data_received(self, data: bytes) -> None:
        """A piece of a request has come."""
        self.heard_at = self.loop.time()
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

    def _make_room(self) -> None:
        """Drop one connection where this one is too many."""
        here = [each for each in self.connections if isinstance(each, PatientProtocol) and not each.dropped]
        if len(here) > self.most:
            idle = (each for each in here if each is not self and each.is_idle())
            one = min(idle, key=lambda each: each.heard_at, default=self)
            one.dropped = True
            one.reader.drop()

    def is_idle(self) -> bool:
        """Whether nothing that was asked for is under way."""
        return (self.cycle is None or self.cycle.response_complete) and not self.reader.waits()

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
        self._stands = self._stands + 1 if self.reader.takes_nothing() else 0
        if self._stands < _LOOKS:
            self._look_later()
        else:
            _log.info("A client that took nothing of its answer for %g s is closed", self.unread_s)
            self.reader.drop()
