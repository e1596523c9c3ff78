"""A session's history as a DataFrame: each state of its timeline, with the instruction that led to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from .catalogue import say
from .draft import Bundle, shown
from .draft.layout import length_ms
from .errors import UsageError
from .interrupts import stoppable
from .table import Table, table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .session_history import SessionState

__all__ = ["History", "history_table"]

_COLUMNS = {
    "instruction": "str",
    "at": "datetime64[ns, UTC]",
    "segments": "int64",
    "duration_ms": "int64",
}


class History(Table):
    """One row a state, indexed `state`, the oldest first: instruction, at, segments, duration_ms.

    `history[3]` is state 3, with its `draft`; so is `history.state(3)`. A column is had by its name.
    """

    _metadata = ["states"]  # noqa: RUF012 - as pandas has it
    states: Sequence[SessionState]

    @property
    def _constructor(self) -> Callable[..., Table]:
        return Table

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, int) and not isinstance(key, bool):
            return self.state(key)
        return super().__getitem__(key)

    def state(self, number: int) -> SessionState:
        """The state of a number; -1 is the last one.

        Raises:
            UsageError: there is none.
        """
        found = {state.number: state for state in self.states}
        if number < 0 and -number <= len(self.states):
            return self.states[number]
        if number not in found:
            raise UsageError(say("history.no state", number=number), hint=say("history.look"))
        return found[number]

    @stoppable
    def _repr_mimebundle_(self, *_: object, **__: object) -> Bundle:
        return shown(self)


def history_table(states: Sequence[SessionState]) -> History:
    """The table of states."""
    rows = []
    for state in states:
        tracks = state.draft.layout()
        rows.append([state.instruction, state.at, sum(len(t.segments) for t in tracks), length_ms(tracks)])
    table: Any = table_of(rows, list(_COLUMNS), dtype=object)
    table.index = pd.Index([state.number for state in states], name="state", dtype="int64")
    table["at"] = pd.to_datetime(table["at"], utc=True, errors="coerce", format="ISO8601")
    made = History(table.astype(_COLUMNS))
    made.states = tuple(states)
    return made


@shown.register
def _history(history: History) -> Bundle:
    """A strip of small timelines; the table in words where no picture is seen, or there is nothing yet."""
    from .widgets import HistoryPicture
    from .widgets.standing import in_terminal

    if in_terminal() or not len(history):
        return {"text/plain": repr(history)}, {}
    states = [(state.number, state.instruction, state.draft) for state in history.states]
    return HistoryPicture(states, repr(history))._repr_mimebundle_()
