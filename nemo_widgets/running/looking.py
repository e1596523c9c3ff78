"""The lines of what the agent looks through: seconds of sound or picture, in all, and the time left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.catalogue import say
from nemo_widgets.client import ProgressEvent, ToolResultEvent
from nemo_widgets.draft import clock

from .pace import Pace
from .run import Row

if TYPE_CHECKING:
    from nemo_widgets.client import Event

__all__ = ["Looking"]

_HEARD = ("analyze_audio", "measure_loudness", "detect_beats")
"""The tools that listen; the others look."""


_MOST = 50
"""So many files are told of."""


class Looking:
    """One line for each file that a tool looks through."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}
        self._paces: dict[str, Pace] = {}
        self._told: dict[str, str] = {}
        """What is said of each line that is under way once it is through."""

    def at(self, event: Event) -> dict[str, Row] | None:
        """The lines after an event; None where it changes none."""
        if isinstance(event, ProgressEvent):
            return self._on(event)
        if isinstance(event, ToolResultEvent) and self._told:
            for key, told in self._told.items():
                self._rows[key] = Row(self._rows[key].label, 1.0, told, "done")
            self._told = {}
            return dict(self._rows)
        return None

    def _on(self, event: ProgressEvent) -> dict[str, Row] | None:
        heard = event.tool in _HEARD
        key, how = f"{event.tool}/{event.source}", "heard" if heard else "seen"
        done, whole = _seconds(event.done_s), _seconds(event.whole_s)
        if key not in self._rows and len(self._rows) == _MOST:
            return None
        pace = self._paces.setdefault(key, Pace(begun=event.done_s))
        self._told[key] = say(f"look.{how} through", whole=whole)
        told = say(f"look.{how} of", done=done, whole=whole)
        left = pace.left(event.done_s, event.whole_s)
        label = say(f"look.at {how}", name=event.source)
        share = event.done_s / event.whole_s
        self._rows[key] = Row(label, share, " · ".join(filter(None, [told, left])))
        return dict(self._rows)


def _seconds(seconds: float) -> str:
    return clock(int(seconds) * 1000)
