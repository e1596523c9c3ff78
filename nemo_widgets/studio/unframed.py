"""HTTP whose streams of events have no framing: they end where the connection does, cut or finished."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import h11

from .connections import PatientProtocol

if TYPE_CHECKING:
    import asyncio

    from uvicorn import Config
    from uvicorn.server import ServerState

__all__ = ["UnframedProtocol"]


class UnframedProtocol(PatientProtocol):
    """Uvicorn's HTTP/1.1, save for the streams of events. All other answers have their length as ever."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.conn = _Connection(h11.SERVER)


class _Connection(h11.Connection):
    def send_with_data_passthrough(self, event: h11.Event) -> list[bytes] | None:
        """The event's bytes, in pieces."""
        if isinstance(event, h11.Response) and _is_stream(event):
            # To a client of HTTP/1.0, h11 sends what has no length unframed, with `Connection: close`, and
            # makes uvicorn close the connection after it (RFC 9112 §6.3).
            self.their_http_version = b"1.0"
        return super().send_with_data_passthrough(event)


def _is_stream(response: h11.Response) -> bool:
    return any(
        name == b"content-type" and value.startswith(b"text/event-stream") for name, value in response.headers
    )
