"""The states that a session's timeline has had, each with the instruction that led to it.

A studio keeps all of them. Of any other server's session they are kept here, beside the list of sessions: a
file a session, with the links in it unsigned, so that nothing secret is on the disk.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from . import json_text
from .draft import Draft, fingerprint
from .draft.unsigned import unsigned_draft, unsigned_text
from .journal import read_file, save
from .printable import printable_repr
from .private_files import private_folder
from .redaction import redact_in
from .session_register import Register, now

if TYPE_CHECKING:
    from pathlib import Path

    from .journal import Place
    from .running import Connection

__all__ = ["HistoryFile", "SessionState", "states_of"]

_MOST = 100
"""No more states of a session are kept here; the oldest go."""
_MOST_BYTES = 16 * 1024 * 1024


@printable_repr
@dataclass(frozen=True, slots=True)
class SessionState:
    """One state of a session's timeline.

    Attributes:
        number: its number; those of a session rise from 1.
        instruction: what was said for it, "" for an upload or what somebody changed elsewhere.
        at: when, as ISO 8601 in UTC.
        draft: the timeline.
    """

    number: int
    instruction: str
    at: str
    draft: Draft = field(repr=False)


class HistoryFile:
    """What is kept here of one session's states. A folder that can't be written is no error.

    Args:
        place: the session.
        folder: by default that of the list of sessions.
    """

    def __init__(self, place: Place, folder: Path | None = None) -> None:
        self._path = Register(folder).history_path(place)

    def read(self) -> list[SessionState]:
        """The states, the oldest first; what is damaged is left out."""
        with contextlib.suppress(OSError, ValueError, TypeError, AttributeError, RecursionError):
            rows = json_text.read(read_file(self._path, _MOST_BYTES)).get("before")
            found = (_state(row) for row in rows if isinstance(row, dict))
            return [state for state in found if state is not None]
        return []

    def add(self, draft: Draft, instruction: str = "") -> None:
        """Write down a state, unless it is the one before."""
        states = self.read()
        data = unsigned_draft(draft.data)
        if not draft or (states and fingerprint(states[-1].draft.data) == fingerprint(data)):
            return
        number = states[-1].number + 1 if states else 1
        rows = [*states, SessionState(number, instruction, now(), Draft(data))][-_MOST:]
        told = [
            {
                "number": row.number,
                "instruction": redact_in(row.instruction),
                "at": row.at,
                "draft": row.draft.data,
            }
            for row in rows
        ]
        with contextlib.suppress(OSError, ValueError, RecursionError):
            private_folder(self._path.parent)
            save(self._path, {"before": told})


async def states_of(connection: Connection) -> list[SessionState]:
    """The states of a connection's session, the oldest first, the present one last."""
    if not connection.session_id:
        return []
    now_there = (await connection.state()).draft
    kept = await connection.client.states(connection.session_id)
    if kept is not None:
        lengths = now_there.media_ms
        return [
            SessionState(
                state.version,
                state.instruction,
                datetime.fromtimestamp(state.created, UTC).isoformat(timespec="milliseconds"),
                Draft(state.draft.data, media_ms=lengths),
            )
            for state in kept
        ]
    file = HistoryFile(connection.place)
    file.add(now_there)
    signed = {unsigned_text(src): src for src in _sources(now_there.data)}
    return [replace(state, draft=Draft(_signed(state.draft.data, signed))) for state in file.read()]


def _sources(data: dict[str, Any]) -> list[str]:
    return [s.src for track in Draft(data).layout() for s in track.segments if s.src]


def _signed(value: Any, signed: dict[str, str]) -> Any:
    """Data with the links of the present timeline, which a server can still read."""
    if isinstance(value, dict):
        return {name: _signed(held, signed) for name, held in value.items()}
    if isinstance(value, list):
        return [_signed(held, signed) for held in value]
    return signed.get(value, value) if isinstance(value, str) else value


def _state(row: dict[str, Any]) -> SessionState | None:
    number, draft = row.get("number"), row.get("draft")
    if not isinstance(number, int) or not isinstance(draft, dict):
        return None
    return SessionState(number, str(row.get("instruction") or ""), str(row.get("at") or ""), Draft(draft))
