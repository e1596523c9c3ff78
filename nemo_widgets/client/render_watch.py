"""A render job while it is waited for: how soon it is asked for again, and whether anything happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.errors import RenderUnknown

from .timing import in_words

if TYPE_CHECKING:
    from .calls import Caller
    from .render_status import RenderStatus

__all__ = ["Watch", "pause"]

_STEP, _QUICKEST = 0.01, 6
"""The studio is asked when about so much more is done, at most so many times as often as the settings say."""
_BURST = 200
"""Frames a second that any render may suddenly come to, whatever it was slowed down by before."""


def pause(caller: Caller, speed: float | None = None) -> float:
    """Seconds until a job is asked for again; `speed` is the share of it that is done in a second."""
    if not caller.wire.is_studio:
        return caller.settings.poll_s
    most = caller.settings.studio_poll_s
    return max(most / _QUICKEST, min(most, _STEP / speed)) if speed else most


class Watch:
    """What a job's answers say of its speed, and whether anything happens at all."""

    def __init__(self, caller: Caller) -> None:
        self._caller, self._clock = caller, caller.settings.clock
        self._last: tuple[float, float] | None = None
        self._speed: float | None = None
        self._mark: tuple[object, ...] = ()
        self._since = 0.0

    def see(self, found: RenderStatus) -> None:
        """Take an answer.

        Raises:
            RenderUnknown: its word has been unknown, and all it tells the same, for too long.
        """
        now, share = self._clock.now(), found.share
        if found.status == "processing" and share is not None:
            likely = _BURST / found.frames_total if found.frames_total else _BURST * _STEP
            at, before = self._last or (now, share)
            measured = (share - before) / (now - at) if now > at else 0.0
            self._speed, self._last = max(measured, likely), (now, share)
        mark = found.status, found.progress, found.frames
        if mark != self._mark:
            self._mark, self._since = mark, now
        most = self._caller.settings.unknown_word_s
        if not found.understood and now - self._since >= most:
            given = {"word": found.status, "long": in_words(most)}
            raise RenderUnknown(
                say("result.unknown word, why", why=found.error, **given)
                if found.error
                else say("result.unknown word", **given)
            )

    def pause(self) -> float:
        """Seconds until the next question."""
        return pause(self._caller, self._speed)
