"""Who reads what is sent: how much of it a client has taken, as far as the system tells."""

from __future__ import annotations

import os
import socket
import struct
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio

__all__ = ["Reader"]

_TCP_INFO = 148
"""So long is Linux's `struct tcp_info` as far as it is read here."""
_UNACKED, _ACKED, _UNSENT = (24, "I"), (120, "Q"), (144, "I")
_AT_ONCE = struct.pack("ii", 1, 0)


class Reader:
    """A connection's transport, and its client at the other end."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._written = 0
        self._taken, self._left = 0, False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send bytes, after those that wait."""
        self._written += len(data)
        self._transport.write(data)

    def takes_nothing(self) -> bool:
        """Whether the client has taken nothing since this was last asked, though there was something then."""
        taken, left = self._state()
        stands = left and self._left and taken == self._taken
        self._taken, self._left = taken, left
        return stands

    def waits(self) -> bool:
        """Whether there is something that the client has not taken."""
        return self._state()[1]

    def drop(self) -> None:
        """Close the connection; nothing more of what waits is sent, not by the system either."""
        if os.name != "nt" and (connection := self._socket()) is not None:
            with suppress(OSError):
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        self._transport.abort()

    def _state(self) -> tuple[int, bool]:
        """How many bytes were taken, and whether there are others left to take.

        Linux tells what has arrived at the other end. Elsewhere what the system has taken over has to do: it
        takes no more than some megabytes that nobody reads.
        """
        waiting = self._transport.get_write_buffer_size()
        connection = self._socket() if sys.platform == "linux" else None
        if connection is not None:
            with suppress(OSError, struct.error):
                told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _TCP_INFO)
                unacked, acked, unsent = (
                    struct.unpack_from(f"={kind}", told, at)[0] for at, kind in (_UNACKED, _ACKED, _UNSENT)
                )
                return acked, bool(waiting or unacked or unsent)
        return self._written - waiting, waiting > 0

    def _socket(self) -> socket.socket | None:
        found: socket.socket | None = self._transport.get_extra_info("socket")
        return found
