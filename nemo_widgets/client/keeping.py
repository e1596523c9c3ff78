"""What a studio keeps: its sessions, what they take on the disk, and what of it nobody needs.

No other server tells (protocol §3).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nemo_widgets.printable import printable_repr

from .json_values import mapping, number, text
from .wire import Call

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .calls import Caller

__all__ = ["Kept", "KeptSession", "Surplus", "clean", "delete", "kept"]


_MOST = 10**15
_LATEST_S = 32_503_680_000.0
"""The year 3000, which any clock can tell."""


@printable_repr
@dataclass(frozen=True, slots=True)
class KeptSession:
    """One session.

    Attributes:
        clips: the names of its media, in the order of uploading.
        segments: on all tracks together. duration_ms: the timeline's length.
        used: when something was done in it last, seconds since 1970. size: bytes on the disk.
        busy: whether a message is under way in it.
    """

    session_id: str = field(repr=False)
    task_id: str = field(default="", repr=False)
    language: str = ""
    clips: tuple[str, ...] = ()
    segments: int = 0
    duration_ms: int = 0
    used: float = 0.0
    size: int = 0
    busy: bool = False

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> KeptSession:
        """Read an entry."""
        clips = data.get("clips")
        return cls(
            session_id=text(data.get("session_id")),
            task_id=text(data.get("task_id")),
            language=text(data.get("language")),
            segments=_count(data.get("segments")),
            duration_ms=_count(data.get("duration_ms")),
            size=_count(data.get("size")),
            clips=tuple(text(clip) for clip in clips) if isinstance(clips, list) else (),
            used=min(max(0.0, number(data.get("used")) or 0.0), _LATEST_S),
            busy=data.get("busy") is True,
        )


@printable_repr
@dataclass(frozen=True, slots=True)
class Kept:
    """The sessions, the one that was used last first, and the bytes that the studio takes in all.

    `disk_bytes` is None for who is not the studio's own user; `filled` counts all that something is in.
    """

    sessions: tuple[KeptSession, ...] = ()
    disk_bytes: int | None = None
    filled: int = 0


@printable_repr
@dataclass(frozen=True, slots=True)
class Surplus:
    """Something that nobody needs.

    Attributes:
        kind: result, media or session.
        why: a word of the studio's, such as fetched, replaced, old, unused or empty.
        size: the bytes that its going frees.
        render_id: a result's, as it was ordered.
    """

    kind: str
    name: str
    why: str
    size: int
    session_id: str = field(default="", repr=False)
    render_id: str = field(default="", repr=False)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Surplus:
        """Read an entry."""
        return cls(
            **{name: text(data.get(name)) for name in ("kind", "name", "why", "session_id", "render_id")},
            size=_count(data.get("size")),
        )


def _count(value: Any) -> int:
    """A whole number that a table can hold."""
    return min(max(0, round(number(value) or 0)), _MOST)


async def kept(caller: Caller, most: int | None = None) -> Kept | None:
    """The user's sessions, at most `most` of them; None where the server is no studio."""
    if not await caller.meets_studio():
        return None
    path = "/studio/sessions" + (f"?limit={most}" if most else "")
    data = (await caller.call(Call("GET", path, about="account"))).mapping()
    disk = number(data.get("disk_bytes"))
    return Kept(
        tuple(KeptSession.from_json(item) for item in _items(data, "sessions")),
        None if disk is None else round(disk),
        round(number(data.get("filled")) or 0),
    )


async def delete(caller: Caller, session_id: str, *, only_empty: bool = False) -> int:
    """Remove a session, or one with nothing in it only; returns the bytes freed."""
    path = f"/studio/sessions/{quote(session_id, safe='')}{'?only_empty=true' * only_empty}"
    return round(number((await caller.call(Call("DELETE", path))).mapping().get("freed_bytes")) or 0)


async def clean(
    caller: Caller, *, remove: bool, sessions: Iterable[str], renders: Iterable[str]
) -> list[Surplus]:
    """What can go, or with `remove` went."""
    body = {"remove": remove, "keep_sessions": list(sessions), "keep_renders": list(renders)}
    data = (await caller.call(Call("POST", "/studio/clean", about="account", json=body))).mapping()
    return [Surplus.from_json(item) for item in _items(data, "items")]


def _items(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = data.get(name)
    return [mapping(item) for item in found] if isinstance(found, list) else []
