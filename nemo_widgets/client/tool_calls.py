"""The tool calls of a turn, each once, in whatever forms and however often they are told."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING

from .call_forms import arguments_in

if TYPE_CHECKING:
    from .event_types import ArgumentsEvent, ToolCallEvent

__all__ = ["ToolCalls"]


class ToolCalls:
    """Collects calls. The same id is the same call; so is a call told in pieces and then whole.

    ADK may stream a call as it is being made up (`partial`), without an id, or with another one than the
    whole event has: a whole call then stands for the earliest unconfirmed partial one of its name.

    The arguments of one that is told in pieces are put together when they are asked for.
    """

    def __init__(self) -> None:
        self._all: list[ToolCallEvent] = []
        self._pieces: dict[int, list[str]] = {}
        self._grown: set[int] = set()
        self._told_at: dict[str, int] = {}
        self._latest = 0
        self._places: dict[str, int] = {}
        self._unconfirmed: dict[str, OrderedDict[int, None]] = {}
        self._last_partial: ToolCallEvent | None = None

    @property
    def all(self) -> list[ToolCallEvent]:
        """The calls in order."""
        for place in self._grown & self._pieces.keys():
            self._pieces[place] = ["".join(self._pieces[place])]
            self._all[place] = replace(self._all[place], args=arguments_in(self._pieces[place][0]))
        self._grown.clear()
        return self._all

    def more(self, event: ArgumentsEvent) -> None:
        """Take in more of the arguments of a call; of one that nobody told of they are dropped."""
        if event.begins:
            self._told_at[event.place] = self._latest
        place = self._told_at.get(event.place, self._latest)
        if place < len(self._all) and self._all[place].partial:
            self._pieces.setdefault(place, []).append(event.piece)
            self._grown.add(place)

    def take(self, call: ToolCallEvent) -> bool:
        """Take a call in, and say whether it is one that was not known."""
        before, self._last_partial = self._last_partial, call if call.partial else None
        place = self._places.get(call.id) if call.id else None
        if place is None and call.partial and before is not None and _goes_on(before, call):
            place = len(self._all) - 1
        if place is None and not call.partial and (waiting := self._unconfirmed.get(call.name)):
            place = next(iter(waiting))
        if new := place is None:
            place = len(self._all)
            self._all.append(call)
            if call.partial:
                self._unconfirmed.setdefault(call.name, OrderedDict())[place] = None
        elif self._all[place].partial:
            self._all[place] = call  # with what was made up since
            if not call.partial and (waiting := self._unconfirmed.get(call.name)):
                waiting.pop(place, None)
        if call.id:
            self._places[call.id] = place
        if not call.partial:
            self._pieces.pop(place, None)  # it is whole now
        self._latest = place
        return new

    def answered(self) -> None:
        """A tool has answered: the calls before that are what they are, and the next ones are new."""
        self._unconfirmed.clear()
        self._told_at.clear()
        self._last_partial = None


def _goes_on(before: ToolCallEvent, call: ToolCallEvent) -> bool:
    """Whether a partial call without an id is the one before it, with more of its arguments."""
    if call.id or before.id or before.name != call.name:
        return False
    return all(name in call.args for name in before.args)
