"""The tool calls of a turn, each once, in whatever forms and however often they are told."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .event_types import ToolCallEvent

__all__ = ["ToolCalls"]


class ToolCalls:
    """Collects calls. The same id is the same call; so is a call told in pieces and then whole.

    ADK may stream a call as it is being made up (`partial`), without an id, or with another one than the
    whole event has: a whole call then stands for the earliest unconfirmed partial one of its name.

    Attributes:
        all: the calls in order.
    """

    def __init__(self) -> None:
        self.all: list[ToolCallEvent] = []
        self._places: dict[str, int] = {}
        self._unconfirmed: dict[str, OrderedDict[int, None]] = {}
        self._last_partial: ToolCallEvent | None = None

    def take(self, call: ToolCallEvent) -> bool:
        """Take a call in, and say whether it is one that was not known."""
        before, self._last_partial = self._last_partial, call if call.partial else None
        place = self._places.get(call.id) if call.id else None
        if place is None and call.partial and before is not None and _goes_on(before, call):
            place = len(self.all) - 1
        if place is None and not call.partial and (waiting := self._unconfirmed.get(call.name)):
            place = next(iter(waiting))
        if new := place is None:
            place = len(self.all)
            self.all.append(call)
            if call.partial:
                self._unconfirmed.setdefault(call.name, OrderedDict())[place] = None
        elif self.all[place].partial:
            self.all[place] = call  # with what was made up since
            if not call.partial and (waiting := self._unconfirmed.get(call.name)):
                waiting.pop(place, None)
        if call.id:
            self._places[call.id] = place
        return new

    def answered(self) -> None:
        """A tool has answered: the calls before that are what they are, and the next ones are new."""
        self._unconfirmed.clear()
        self._last_partial = None


def _goes_on(before: ToolCallEvent, call: ToolCallEvent) -> bool:
    """Whether a partial call without an id is the one before it, with more of its arguments."""
    if call.id or before.id or before.name != call.name:
        return False
    return all(name in call.args for name in before.args)
