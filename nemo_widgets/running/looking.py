"""The lines of what the agent looks through: seconds of sound or picture, in all, and the time left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.client import ProgressEvent, ToolResultEvent
from nemo_widgets.draft import clock

from .pace import Pace
from .run import Row

if TYPE_CHECKING:
    from nemo_widgets.client import Event

__all__ = ["Looking"]

_HEARD = ("analyze_audio", "measure_loudness", "detect_beats")
"""The tools that listen; the others look."""


class Looking:
    """One line for each file that a tool looks through."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}
        self._paces: dict[str, Pace] = {}
        self._now = ""

    def at(self, event: Event) -> dict[str, Row] | None:
        """The lines after an event; None where it changes none."""
        if isinstance(event, ProgressEvent):
            return self._on(event)
        if isinstance(event, ToolResultEvent) and self._now:
            row, self._now, key = self._rows[self._now], "", self._now
            self._rows[key] = Row(row.label, 1.0, row.detail.partition(" · ")[0], "done")
            return dict(self._rows)
        return None

    def _on(self, event: ProgressEvent) -> dict[str, Row]:
        heard = event.tool in _HEARD
        key = self._now = f"{event.tool}/{event.source}"
        pace = self._paces.setdefault(key, Pace(begun=event.done_s))
        told = f"{_seconds(event.done_s)} of {_seconds(event.whole_s)} {'heard' if heard else 'seen'}"
        left = pace.left(event.done_s, event.whole_s)
        label = f"{'Listening to' if heard else 'Looking at'} {event.source}"
        share = event.done_s / event.whole_s
        self._rows[key] = Row(label, share, " · ".join(filter(None, [told, left])))
        return dict(self._rows)


def _seconds(seconds: float) -> str:
    return clock(int(seconds) * 1000)
