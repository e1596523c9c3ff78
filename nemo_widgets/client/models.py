"""The protocol's answers as typed objects. A key that is missing, null or strange reads as nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from nemo_widgets.draft import Draft
from nemo_widgets.errors import ProtocolError

from .json_values import first, mapping, number, text

__all__ = ["Credits", "MediaFile", "RenderStatus", "SessionInfo", "State"]


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """A session (§3). Its id is digits beyond 2^53, so it stays a string."""

    task_id: str
    session_id: str
    user_id: str = ""

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> SessionInfo:
        """Read an answer.

        Raises:
            ProtocolError: it holds no session id.
        """
        session_id = text(data.get("session_id"))
        if not session_id:
            raise ProtocolError("The server made a session without an id.")
        return cls(text(data.get("task_id")), session_id, text(data.get("user_id")))


@dataclass(frozen=True, slots=True)
class MediaFile:
    """An uploaded file (§5). `duration` is in seconds, unlike the draft's; 0 means unknown, as for sizes."""

    filename: str
    file_type: str = ""
    cdn_url: str = ""
    duration: float = 0.0
    width: int = 0
    height: int = 0
    fps: float = 0.0
    hash: str = ""
    raw: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> MediaFile:
        """Read one file of an answer."""
        return cls(
            filename=text(first(data, "filename", "name")),
            file_type=text(first(data, "file_type", "type")),
            cdn_url=text(first(data, "cdn_url", "url")),
            duration=number(data.get("duration")) or 0.0,
            width=round(number(data.get("width")) or 0),
            height=round(number(data.get("height")) or 0),
            fps=number(data.get("fps")) or 0.0,
            hash=text(data.get("hash")),
            raw=data,
        )


def media_files(data: Any) -> list[MediaFile]:
    """The files of an upload's answer.

    Raises:
        ProtocolError: there are none.
    """
    found = data if isinstance(data, list) else first(mapping(data), "files", "uploaded_files")
    files = [MediaFile.from_json(item) for item in found or [] if isinstance(item, dict)]
    if not files:
        raise ProtocolError("The server took the upload, but named no file in its answer.")
    return files


@dataclass(frozen=True, slots=True)
class Credits:
    """The balance (§6); total = available + frozen."""

    available: float = 0
    frozen: float = 0
    total: float = 0

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Credits:
        """Read an answer; a missing total is the sum."""
        available, frozen = _count(data.get("available")), _count(data.get("frozen"))
        total = number(data.get("total"))
        return cls(available, frozen, available + frozen if total is None else _count(total))


@dataclass(frozen=True, slots=True)
class State:
    """All that the server knows of a session (§7). `raw` is the answer as it came."""

    draft: Draft
    session_id: str = ""
    task_id: str = ""
    task_name: str = ""
    user_id: str = ""
    video_infos: list[Any] = field(default_factory=list, repr=False)
    canvas: dict[str, Any] = field(default_factory=dict, repr=False)
    generated_media: Any = field(default=None, repr=False)
    video_analyses: dict[str, Any] = field(default_factory=dict, repr=False)
    raw: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> State:
        """Read an answer; before first use nearly everything may be missing."""
        state = mapping(data.get("state"))
        infos = state.get("video_infos")
        return cls(
            draft=Draft(_maybe_json(state.get("draft"))),
            session_id=text(data.get("session_id")),
            task_id=text(data.get("task_id")),
            task_name=text(data.get("task_name")),
            user_id=text(data.get("user_id")),
            video_infos=infos if isinstance(infos, list) else [],
            canvas=mapping(state.get("canvas_config")),
            generated_media=state.get("generated_media"),
            video_analyses=mapping(state.get("video_analyses")),
            raw=data,
        )

    @property
    def ready(self) -> bool:
        """Whether there is something to export."""
        return bool(self.draft)


_WORDS = {
    "queued": "pending",
    "submitted": "pending",
    "running": "processing",
    "rendering": "processing",
    "in_progress": "processing",
    "complete": "completed",
    "done": "completed",
    "succeeded": "completed",
    "success": "completed",
    "error": "failed",
    "failure": "failed",
    "canceled": "cancelled",
}


@dataclass(frozen=True, slots=True)
class RenderStatus:
    """A render job (§9).

    Attributes:
        status: pending, processing, completed, failed or cancelled; a word we do not know stays as it came.
        progress: 0 to 100.
        url: where the result is; may be relative to the server.
        duration: seconds, and `size` bytes, where told, else 0.
        error: why it failed, in the server's words.
    """

    id: str
    status: str = "pending"
    progress: float = 0.0
    url: str = ""
    duration: float = 0.0
    size: int = 0
    error: str = ""
    raw: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_json(cls, body: dict[str, Any], render_id: str = "") -> RenderStatus:
        """Read an answer in either of the two shapes, or in their union."""
        inner = {k: v for k, v in mapping(body.get("data")).items() if v is not None}
        data = {**body, **inner}
        status = render_word(body) or "pending"
        status = _WORDS.get(status, status)
        output = data.get("output")
        inside = mapping(output)
        link = first(inside, "url") or first(data, "outputUrl", "output_url", "url")
        done = status == "completed"
        return cls(
            id=text(first(data, "id", "renderId", "render_id")) or render_id,
            status=status,
            progress=100.0 if done else _percent(data.get("progress")),
            url=text(link) or (output if isinstance(output, str) else ""),
            duration=number(first(inside, "duration")) or number(data.get("duration")) or 0.0,
            size=round(number(first(inside, "size")) or number(data.get("size")) or 0),
            error=_reason(data) if status == "failed" else "",
            raw=body,
        )


def render_word(body: Any) -> str:
    """The word for a job's state that an answer holds in either shape, in lower case; "" if none."""
    outer = mapping(body)
    inner = mapping(outer.get("data"))
    found = [v for v in (outer.get("status"), inner.get("status")) if isinstance(v, str)]
    return found[0].strip().lower() if found else ""


def _percent(value: Any) -> float:
    found = number(value) or 0.0
    # A server that counts from 0 to 1 sends fractions; less than one percent is never worth telling.
    found = found * 100 if 0 < found < 1 else found
    return min(100.0, max(0.0, found))


def _reason(data: dict[str, Any]) -> str:
    found = first(data, "error", "message", "errorMessage")
    if isinstance(found, dict):
        found = first(found, "message", "error")
    return " ".join(found.split())[:500] if isinstance(found, str) else ""


def _count(value: Any) -> float:
    found = number(value) or 0.0
    return int(found) if found.is_integer() else found


def _maybe_json(value: Any) -> dict[str, Any]:
    """A draft, also where it is JSON in a string."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return {}
    return mapping(value)
