"""How long an answer is waited for: in all, for a sign of work, and for any sign of life (protocol §4).

A heartbeat means 'keep waiting', so that by default only the whole time, 900 s, ends the waiting for a server
that sends them. Who would rather not wait that long sets a shorter `chat_quiet_s`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from nemo_widgets.catalogue import say
from nemo_widgets.errors import StreamDropped, TimedOut

from .event_types import HeartbeatEvent
from .timing import in_words

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from .event_types import Event
    from .settings import ClientSettings

__all__ = ["Patience"]

T = TypeVar("T")


class Patience:
    """The three limits of one answer, on the settings' clock.

    The whole time counts from the beginning. Of the other two only time spent waiting for the server counts,
    so that a slow reader of the events never makes a live connection look dead.
    """

    def __init__(self, settings: ClientSettings, where: str) -> None:
        self._settings, self._where, self._clock = settings, where, settings.clock
        self._end = self._clock.now() + settings.chat_total_s
        self._quiet_left = settings.chat_quiet_s

    def saw(self, event: Event) -> None:
        """Note a sign of work; a heartbeat is only a sign of life."""
        if not isinstance(event, HeartbeatEvent):
            self._quiet_left = self._settings.chat_quiet_s

    async def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """Wait for the next bytes.

        Raises:
            TimedOut: it takes too long in all, or nothing but heartbeats came for too long.
            StreamDropped: not one byte came for so long that the connection must be dead.
        """
        begun = self._clock.now()
        quiet_end, stall_end = begun + self._quiet_left, begun + self._settings.chat_stall_s
        try:
            return await self._clock.by(min(self._end, quiet_end, stall_end), work)
        except TimeoutError:
            pass
        finally:
            self._quiet_left -= self._clock.now() - begun
        if stall_end < min(self._end, quiet_end):
            stall = in_words(self._settings.chat_stall_s)
            dead = StreamDropped(say("wire.dead", where=self._where, time=stall))
            dead.fell_silent = True
            raise dead
        if self._end <= quiet_end:
            raise TimedOut(say("wire.too long", time=in_words(self._settings.chat_total_s)))
        raise TimedOut(say("wire.quiet", time=in_words(self._settings.chat_quiet_s)))
