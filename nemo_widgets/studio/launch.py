"""Starts a studio in a thread of this process."""

from __future__ import annotations

import asyncio
import atexit
import logging
import os
import socket
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn

from nemo_widgets.disguises import Disguises
from nemo_widgets.errors import StoreError
from nemo_widgets.redaction import remember

from .access import Access
from .addresses import is_loopback
from .backend import Backend
from .connections import BACKLOG, PatientProtocol, room
from .logs import Log, LoopTrouble
from .server import application
from .settings import Settings
from .store import new_token
from .unframed import UnframedProtocol

if TYPE_CHECKING:
    from .turns import Agent

__all__ = ["Studio", "default_data", "launch"]

_log = logging.getLogger("nemo_widgets.studio.launch")

_START_S = 20.0
_GRACE_S = 1
"""How long open downloads may go on once the studio stops."""
_CLOSE_S = 0.3
_LAST_PORT = 65_535
_STOP_S = 1.7
_LOOKS = 10
"""In so many parts it is waited for the end: a machine that stood still meanwhile is late for one alone."""


class Studio:
    """A running studio.

    Attributes:
        url: where it is, such as `http://127.0.0.1:40123`.
        token: the bearer token of the local user. It is in no repr and no log.
        data: the data folder.
    """

    def __init__(
        self,
        listener: socket.socket,
        host: str,
        token: str,
        *,
        backend: Backend,
        server: _Server,
        log: Log,
        tls: bool = False,
    ) -> None:
        address = f"[{host}]" if ":" in host else host
        self.url = f"http{'s' if tls else ''}://{address}:{listener.getsockname()[1]}"
        self.token = token
        self._secret = Disguises(token)  # what is logged holds it no more, for as long as this is held
        remember(self._secret)
        self.data = backend.store.folder
        self._listener = listener
        self._backend = backend
        self._server = server
        self._log = log
        self._pid = os.getpid()
        self._lock = threading.Lock()
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="nemo-studio", daemon=True)

    def __repr__(self) -> str:
        return f"<Studio {self.url}{'' if self.running else ' (stopped)'}>"

    @property
    def running(self) -> bool:
        """Whether it serves."""
        return not self._stopped and self._thread.is_alive()

    def stop(self) -> None:
        """Stop it, within three seconds whatever it is at; may be called twice, and from any thread.

        Messages under way are ended, unfinished exports go on at the next start over the same data folder.
        """
        with self._lock:
            if (
                self._stopped or self._pid != os.getpid()
            ):  # a forked child has no business stopping its parent's
                return
            self._stopped = True
            atexit.unregister(self.stop)
            self._backend.begin_to_stop()
            self._server.should_exit = True
            for _ in range(_LOOKS):
                self._thread.join(_STOP_S / _LOOKS)
            self._backend.close()
            self._log.close()

    def start(self) -> None:
        """Serve. Called once, by `launch`.

        Raises:
            StoreError: the server did not come up.
        """
        self._thread.start()
        if not self._server.ready.wait(_START_S) or not self._server.started:
            self.stop()
            raise StoreError("The studio did not start; its log says why.")
        atexit.register(self.stop)

    def _run(self) -> None:
        # Off the main thread uvicorn leaves signal handlers alone; the loop is this thread's own.
        try:
            self._server.run(sockets=[self._listener])
        finally:
            self._server.ready.set()
            self._listener.close()


class _Server(uvicorn.Server):
    """A server that says when it has begun to accept."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        asyncio.get_running_loop().set_exception_handler(LoopTrouble())
        await super().startup(sockets)
        self.ready.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets)
        # What was cancelled gets a moment to close its files; a download that nobody reads any more is cut
        # off, for its socket would stay open for ever, waiting to be flushed.
        for connection in list(self.server_state.connections):
            if connection.transport is not None:
                connection.transport.abort()
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=_CLOSE_S)
        await asyncio.sleep(0)


def launch(
    data: Path | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    token: str | None = None,
    settings: Settings | None = None,
    agent: Agent | None = None,
    access: Access | None = None,
    stderr: bool = False,
) -> Studio:
    """Start a studio and return once it accepts connections.

    Args:
        data: the data folder; by default `default_data()`.
        host: what to listen on. Anything but loopback lets others on the network try tokens; no anonymous
            ones are given out there unless `access` says so.
        port: 0 takes a free one.
        token: the local user's token; by default a new one.
        settings: forms of the protocol and limits.
        agent: who carries out messages, by default the studio's own grammar.
        access: certificate and key for HTTPS, whether plain HTTP and anonymous tokens are allowed.
        stderr: whether the log goes to standard error as well as to `studio.log` in the data folder.

    Raises:
        StoreError: the data folder, the token or the certificate can't be used, or an environment variable
            has no possible value.
        OSError: the address can't be listened on.
    """
    try:
        settings = settings or Settings.parse([])
    except ValueError as error:
        raise StoreError(str(error)) from None
    folder = _absolute(data or default_data())
    token = token or new_token()
    access = access or Access()
    listener = _listen(host, port)
    try:
        local = is_loopback(str(listener.getsockname()[0]))
        access.check(host, token, local=local)
        backend = Backend(folder, token, settings, agent)
    except BaseException:
        listener.close()
        raise
    log = Log(folder, stderr=stderr)
    config = uvicorn.Config(
        application(backend, host, anonymous=access.gives_tokens(local=local), tls=access.tls),
        loop="asyncio",
        http=_protocol(settings),
        backlog=BACKLOG,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=_GRACE_S,
        ssl_certfile=access.certificate,
        ssl_keyfile=access.key,
    )
    studio = Studio(listener, host, token, backend=backend, server=_Server(config), log=log, tls=access.tls)
    if not local and not access.tls:
        _log.warning("Others reach this studio over plain HTTP: whoever listens in the network can come in")
    studio.start()
    return studio


def _protocol(settings: Settings) -> type[PatientProtocol]:
    """How connections are handled."""
    base = UnframedProtocol if settings.eof == "close" else PatientProtocol
    limits = {
        "patience_s": settings.patience_s,
        "unread_s": settings.unread_s,
        "most": settings.connections or room(),
    }
    return type("Protocol", (base,), limits)


def default_data() -> Path:
    """The data folder where none is given: NEMO_STUDIO_DATA, else the platform's place for user data."""
    if chosen := os.environ.get("NEMO_STUDIO_DATA"):
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "nemo-widgets" / "studio"


def _absolute(folder: Path) -> Path:
    """The folder as it is known by.

    Raises:
        StoreError: it is that of a user whom there is not, or the working directory is gone.
    """
    try:
        return folder.expanduser().absolute()
    except (RuntimeError, OSError) as error:
        why = str(error).rstrip(".")
        raise StoreError(
            f"The studio can't find the folder {folder}: {why}.",
            hint="Name it as in /home/me/data.",
        ) from None


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port <= _LAST_PORT:  # getaddrinfo may take the remainder for the port
        raise OverflowError(f"there are ports up to {_LAST_PORT:,}")
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    # With the protocol named, for asyncio turns Nagle's algorithm off only where it is; each answer would
    # otherwise take 40 ms.
    listener = socket.socket(family, kind, protocol)
    try:
        if os.name != "nt":  # on Windows it would let two programs share one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        # Listening from here on: who connects before the loop runs waits instead of being refused.
        listener.listen(BACKLOG)
    except BaseException:
        listener.close()
        raise
    return listener
