"""A render job while it is waited for: how soon it is asked for again, and whether anything happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.errors import RenderUnknown

if TYPE_CHECKING:
    from .calls import Caller
    from .render_status import RenderStatus

__all__ = ["Watch", "pause"]

_STEP, _QUICKEST = 0.02, 3
"""The studio is asked when about so much more is done, at most so many times as often as the settings say."""


def pause(caller: Caller, speed: float | None = None) -> float:
    """Seconds until a job is asked for again; `speed` is the share of it that is done in a second."""
    if not caller.wire.is_studio:
        return caller.settings.poll_s
    most = caller.settings.studio_poll_s
    return most if speed is None else max(most / _QUICKEST, min(most, _STEP / speed if speed > 0 else most))


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
        if found.status == "processing":
            if self._last is not None and share is not None and now > self._last[0]:
                self._speed = (share - self._last[1]) / (now - self._last[0])
            elif self._last is None:
                self._speed = _STEP * 1e3  # nobody knows yet: it may be a quick one
            self._last = None if share is None else (now, share)
        mark = found.status, found.progress, found.frames
        if mark != self._mark:
            self._mark, self._since = mark, now
        most = self._caller.settings.unknown_word_s
        if not found.understood and now - self._since >= most:
            raise RenderUnknown(
                f"The server has called the render “{found.status}” for {most / 60:g} min,"
                " a word that the protocol does not know.",
                hint="`%nemo attach` looks again; don't submit it again before you know.",
            )

    def pause(self) -> float:
        """Seconds until the next question."""
        return pause(self._caller, self._speed)
