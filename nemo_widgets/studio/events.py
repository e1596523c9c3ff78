"""The chat's events as bytes: Google ADK's shape, and the plain typed one (protocol §4)."""

from __future__ import annotations

import base64
import json
import secrets
import time
import uuid
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.world import Heartbeat, Picture, ToolCall, ToolResult

    from .settings import Settings
    from .turns import Failed, Finished

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

    def whole(
        self,
        text: str,
        *,
        streamed: bool,
        draft: dict[str, Any] | None = None,
        end: Finished | None = None,
    ) -> bytes:
        """The text once more in one piece, or for the first time if it was not `streamed`.

        With an `end` it is the turn's last event.
        """
        del streamed  # ADK repeats it either way
        ending = {"partial": False, "turnComplete": True, **_marked(end)} if end else {}
        return self._event(content=_content({"text": text}), **ending, draft=draft)

    def call(self, step: ToolCall) -> bytes:
        """The agent uses a tool."""
        part = {"functionCall": {"id": step.id, "args": step.args, "name": step.name}}
        return self._event(content=_content(part), tail={"longRunningToolIds": []})

    def result(self, step: ToolResult) -> bytes:
        """The tool has answered."""
        part = {"functionResponse": {"id": step.id, "name": step.name, "response": step.response}}
        return self._event(content=_content(part, role="user"))

    def progress(self, step: Heartbeat) -> bytes:
        """How far a tool is, where ADK has room for what others add."""
        return self._event(customMetadata={"nemo": {"progress": _far(step)}})

    def picture(self, step: Picture) -> bytes:
        """Something to look at."""
        blob = {"displayName": step.alt, "data": _base64(step), "mimeType": "image/png"}
        return self._event(content=_content({"inlineData": blob}))

    def state(self, draft: dict[str, Any] | None, end: Finished) -> bytes:
        """The end of a turn in which nothing was said, with the changed draft."""
        return self._event(**_marked(end), draft=draft)

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

    def whole(
        self,
        text: str,
        *,
        streamed: bool,
        draft: dict[str, Any] | None = None,
        end: Finished | None = None,
    ) -> bytes:
        """Text that did not come in pieces; what did is never repeated in this shape.

        With an `end` the turn's end comes behind it.
        """
        words = b"" if streamed else self.text(text)
        return words + self.state(draft, end) if end else words

    def call(self, step: ToolCall) -> bytes:
        """The agent uses a tool."""
        return _data({"type": "tool_call", "name": step.name, "args": step.args})

    def result(self, step: ToolResult) -> bytes:
        """The tool has answered."""
        return _data({"type": "tool_result", "name": step.name, "result": step.response})

    def progress(self, step: Heartbeat) -> bytes:
        """How far a tool is."""
        return _data({"type": "progress", **_far(step)})

    def picture(self, step: Picture) -> bytes:
        """Something to look at."""
        return _data({"type": "image", "mimeType": "image/png", "data": _base64(step), "alt": step.alt})

    def state(self, draft: dict[str, Any] | None, end: Finished) -> bytes:
        """The end of a turn; in this shape a changed draft is only seen in the state."""
        del draft
        return _data({"type": "end", **_marks(end)})

    def error(self, failed: Failed) -> bytes:
        """The turn failed or was stopped."""
        return _data({"type": "error", "code": failed.code, "message": failed.message})


def _far(step: Heartbeat) -> dict[str, Any]:
    """How many seconds of a file a tool has looked through."""
    times = {"done_s": step.done_ms / 1000, "whole_s": step.whole_ms / 1000}
    return {"tool": step.tool, "source": step.source, **times}


def _content(part: dict[str, Any], role: str = "model") -> dict[str, Any]:
    return {"parts": [part], "role": role}


def _marks(end: Finished) -> dict[str, Any]:
    """What became of the message, and whether it was the answer to a question, if one was open."""
    answers = {} if end.answers is None else {"answers": end.answers}
    return {"outcome": end.outcome, **answers}


def _marked(end: Finished) -> dict[str, Any]:
    """The same where ADK has room for what others add."""
    return {"customMetadata": {"nemo": _marks(end)}}


def _base64(step: Picture) -> str:
    """A picture's bytes as Google's models write them: in the form for URLs."""
    return base64.urlsafe_b64encode(step.png).decode()


def _data(event: dict[str, Any]) -> bytes:
    text = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    return b"data: " + text.encode("utf-8", "replace") + b"\n\n"
