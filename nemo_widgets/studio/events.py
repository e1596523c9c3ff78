"""The chat's events as bytes: Google ADK's shape, and the plain typed one (PROTOCOL §4)."""

from __future__ import annotations

import base64
import json
import secrets
import time
import uuid
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .agent.world import Picture, ToolCall, ToolResult
    from .settings import Settings
    from .turns import Failed

__all__ = ["AdkWire", "TypedWire", "wire"]

_KEEPALIVE = {
    "empty": b"data:\n\n",
    "word": b"data: heartbeat\n\n",
    "json": b'data: {"type":"heartbeat"}\n\n',
    "event": b"event: heartbeat\n\n",
    "comment": b": heartbeat\n\n",
}


def wire(settings: Settings, invocation: str) -> AdkWire | TypedWire:
    """The writer of the chosen shape for one message's stream."""
    return AdkWire(settings, invocation) if settings.events == "adk" else TypedWire(settings)


class AdkWire:
    """Events as ADK 1.x sends them; the keys and their order were taken from its bytes."""

    author = "nemo_agent"

    def __init__(self, settings: Settings, invocation: str) -> None:
        self._settings = settings
        self._invocation = invocation
        self.keepalive = _KEEPALIVE[settings.keepalive]

    def text(self, piece: str) -> bytes:
        """A piece of text as it comes."""
        return self._event(content=_content({"text": piece}), partial=True)

    def whole(self, text: str, *, streamed: bool, last: bool, draft: dict[str, Any] | None = None) -> bytes:
        """The text once more in one piece, or for the first time if it was not `streamed`."""
        del streamed  # ADK repeats it either way
        ending: dict[str, Any] = {"partial": False, "turnComplete": True} if last else {}
        return self._event(content=_content({"text": text}), **ending, draft=draft)

    def call(self, step: ToolCall) -> bytes:
        """The agent uses a tool."""
        part = {"functionCall": {"id": step.id, "args": step.args, "name": step.name}}
        return self._event(content=_content(part), tail={"longRunningToolIds": []})

    def result(self, step: ToolResult) -> bytes:
        """The tool has answered."""
        part = {"functionResponse": {"id": step.id, "name": step.name, "response": step.response}}
        return self._event(content=_content(part, role="user"))

    def picture(self, step: Picture) -> bytes:
        """Something to look at."""
        blob = {"displayName": step.alt, "data": _base64(step), "mimeType": "image/png"}
        return self._event(content=_content({"inlineData": blob}))

    def state(self, draft: dict[str, Any]) -> bytes:
        """A changed draft of which nothing is said."""
        return self._event(draft=draft)

    def error(self, failed: Failed) -> bytes:
        """The turn failed or was stopped."""
        if self._settings.error_event == "error" and failed.kind:
            details = {"error_type": failed.kind, "error_message": failed.message, "timestamp": time.time()}
            return _data({"error": failed.message, "error_details": details})
        return self._event(errorCode=failed.code, errorMessage=failed.message)

    def _event(
        self, *, draft: dict[str, Any] | None = None, tail: dict[str, Any] | None = None, **head: Any
    ) -> bytes:
        actions = {
            "stateDelta": {"draft": draft} if draft is not None else {},
            "artifactDelta": {},
            "requestedAuthConfigs": {},
            "requestedToolConfirmations": {},
        }
        return _data(
            {
                **head,
                "invocationId": self._invocation,
                "author": self.author,
                "actions": actions,
                "nodeInfo": {"path": ""},
                **(tail or {}),
                "id": str(uuid.UUID(bytes=secrets.token_bytes(16), version=4)),
                "timestamp": time.time(),
            }
        )


class TypedWire:
    """Events that say their type."""

    def __init__(self, settings: Settings) -> None:
        self._key = settings.typed_text
        self.keepalive = _KEEPALIVE[settings.keepalive]

    def text(self, piece: str) -> bytes:
        """A piece of text as it comes."""
        return _data({"type": "text", self._key: piece})

    def whole(self, text: str, *, streamed: bool, last: bool, draft: dict[str, Any] | None = None) -> bytes:
        """Text that did not come in pieces; what did is never repeated in this shape."""
        del last, draft
        return b"" if streamed else self.text(text)

    def call(self, step: ToolCall) -> bytes:
        """The agent uses a tool."""
        return _data({"type": "tool_call", "name": step.name, "args": step.args})

    def result(self, step: ToolResult) -> bytes:
        """The tool has answered."""
        return _data({"type": "tool_result", "name": step.name, "result": step.response})

    def picture(self, step: Picture) -> bytes:
        """Something to look at."""
        return _data({"type": "image", "mimeType": "image/png", "data": _base64(step), "alt": step.alt})

    def state(self, draft: dict[str, Any]) -> bytes:
        """Nothing: in this shape a changed draft is only seen in the state."""
        del draft
        return b""

    def error(self, failed: Failed) -> bytes:
        """The turn failed or was stopped."""
        return _data({"type": "error", "code": failed.code, "message": failed.message})


def _content(part: dict[str, Any], role: str = "model") -> dict[str, Any]:
    return {"parts": [part], "role": role}


def _base64(step: Picture) -> str:
    """A picture's bytes as Google's models write them: in the form for URLs."""
    return base64.urlsafe_b64encode(step.png).decode()


def _data(event: dict[str, Any]) -> bytes:
    text = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    return b"data: " + text.encode("utf-8", "replace") + b"\n\n"
