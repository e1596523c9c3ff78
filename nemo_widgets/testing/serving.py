"""A server on loopback, with an event loop of its own in a thread: what backend and proxy have in common."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["Server", "at_once", "finish", "reset"]

_START_S = 10.0
_STOP_S = 5.0
_ROUNDS = 5
_NO_WAIT = struct.pack("ii", 1, 0)


class Server:
    """A context manager that serves while it is open. A connection is handled by `_connection`."""

    def __init__(self) -> None:
        self._port = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._tasks: set[asyncio.Task[Any]] = set()

    def __repr__(self) -> str:
        where = f"{self.url} " if self._port else ""
        return f"<{type(self).__name__} {where}{'open' if self._loop else 'closed'}>"

    @property
    def url(self) -> str:
        """Where it is: `http://127.0.0.1:PORT`. After `close` it stays the same, and nobody answers there.

        Raises:
            RuntimeError: it was never opened.
        """
        if not self._port:
            raise RuntimeError(f"Open it first: `with {type(self).__name__}(...) as it:`, or `.open()`.")
        return f"http://127.0.0.1:{self._port}"

    def open(self) -> Self:
        """Serve, until `close`; the `with` statement does both."""
        if self._loop is None:
            listener = socket.create_server(("127.0.0.1", self._port))
            self._port = listener.getsockname()[1]
            self._loop = loop = asyncio.new_event_loop()
            ready = threading.Event()
            self._thread = threading.Thread(
                target=self._run,
                args=(loop, listener, ready),
                name=f"nemo-{type(self).__name__}",
                daemon=True,
            )
            self._thread.start()
            ready.wait(_START_S)
        return self

    def close(self) -> None:
        """Stop serving and break off every connection. May be called twice; `open` serves again."""
        loop, self._loop = self._loop, None
        if loop is not None and self._thread is not None:
            loop.call_soon_threadsafe(loop.stop)
            self._thread.join(_STOP_S)

    def __enter__(self) -> Self:
        return self.open()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Handle one connection to its end."""
        raise NotImplementedError

    def _run(self, loop: asyncio.AbstractEventLoop, listener: socket.socket, ready: threading.Event) -> None:
        asyncio.set_event_loop(loop)

        async def serve() -> asyncio.Server:
            return await asyncio.start_server(self._accepted, sock=listener)

        server = loop.run_until_complete(serve())
        ready.set()
        try:
            loop.run_forever()
        finally:
            with contextlib.suppress(NotImplementedError):  # as Windows has it
                loop.remove_reader(listener)
            loop.run_until_complete(_rounds())  # what is just being accepted comes to be
            server.close()
            while tasks := asyncio.all_tasks(loop):  # a connection may come to be while others go
                for task in tasks:
                    task.cancel()
                loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.run_until_complete(_rounds())  # what was aborted goes away
            loop.close()

    def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Handle a connection in a task of our own.

        One of the stream's own would be asked for its exception, which a cancelled task has none of. And
        the loop itself holds on to tasks weakly, so that once the client is gone nobody else does.
        """

        def ended(task: asyncio.Task[None]) -> None:  # also a task that was cancelled before it began
            self._tasks.discard(task)
            writer.transport.abort()

        task = asyncio.get_running_loop().create_task(self._handled(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(ended)

    async def _handled(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        at_once(writer)
        # The other side went away, or we are closed.
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await self._connection(reader, writer)


async def _rounds() -> None:
    """Let the loop go round until what was called meanwhile, and what that calls, has run."""
    for _ in range(_ROUNDS):
        await asyncio.sleep(0)


def at_once(writer: asyncio.StreamWriter) -> None:
    """Let every write leave by itself and at once.

    With no buffer of our own `drain` returns when the system has taken every byte, and without Nagle's
    algorithm, which asyncio leaves on for a listener like ours, the second write does not wait for the
    receiver's delayed acknowledgement: 40 ms.
    """
    writer.transport.set_write_buffer_limits(0)
    with contextlib.suppress(OSError):  # the other side may be gone already
        writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


async def finish(writer: asyncio.StreamWriter) -> None:
    """Close a connection in order: all that was written arrives, then its end."""
    with contextlib.suppress(OSError):
        await writer.drain()
        writer.close()
        await writer.wait_closed()


async def reset(writer: asyncio.StreamWriter) -> None:
    """Break a connection as a crashed peer does: what was written arrives, then an error and no end."""
    with contextlib.suppress(OSError):
        await writer.drain()
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_WAIT)
    writer.transport.abort()
