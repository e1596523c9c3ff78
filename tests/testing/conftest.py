"""Scripted backends, proxies and clients for them, closed at the end; and a server of bare bytes."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

import pytest
from limits import UNHURRIED
from waiting import PATIENCE_S

from nemo_widgets.client import AsyncClient, ClientSettings
from nemo_widgets.testing import FastClock, Proxy, ScriptedBackend

TOKEN = "nmv_usr_canary_0123456789"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch, tmp_path):
    for name in ("NEMO_TOKEN", "NEMO_API_URL", "NEMO_WEB_URL", "NEMO_CLIENT_ID"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.fixture
def token():
    return TOKEN


@pytest.fixture
def clock():
    return FastClock(speed=500)


@pytest.fixture
def backend(clock):
    with ScriptedBackend(clock=clock) as made:
        yield made


@pytest.fixture
async def connect(tmp_path, clock):
    """Makes clients of a server."""
    made = []

    def make(url, **options):
        settings = ClientSettings(
            **UNHURRIED,
            **{"clock": clock, "backoff_s": 0.01, "backoff_most_s": 0.02, **options.pop("settings", {})},
        )
        options = {"token": TOKEN, "config_dir": tmp_path / "config", **options}
        made.append(AsyncClient(base_url=url, settings=settings, **options))
        return made[-1]

    yield make
    for client in made:
        await client.aclose()


@pytest.fixture
async def client(connect, backend):
    return connect(backend.url)


class Bare:
    """A server that notes what it gets on each connection, and answers with bytes, at once."""

    def __init__(self, answer, *, closes=False, patient=True):
        self._answer, self._closes, self._patient = answer, closes, patient
        self.got = []
        self.ended = threading.Semaphore(0)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        self.got.append(b"")
        at = len(self.got) - 1
        with connection, suppress(OSError):
            connection.settimeout(PATIENCE_S)
            if not self._patient:
                connection.sendall(self._answer)
            while piece := connection.recv(65536):
                self.got[at] += piece
                if self._patient and self.got[at].endswith(b"\r\n\r\n"):
                    connection.sendall(self._answer)
                    if self._closes:
                        break
        self.ended.release()

    def close(self):
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


@pytest.fixture
def bare():
    """Makes a server of bare bytes."""
    made = []

    def make(answer, **options):
        made.append(Bare(answer, **options))
        return made[-1]

    yield make
    for server in made:
        server.close()


@pytest.fixture
def through():
    """Makes a proxy before a server."""
    made = []

    def make(url, **options):
        made.append(Proxy(url, **options).open())
        return made[-1]

    yield make
    for proxy in made:
        proxy.close()


@pytest.fixture
def dial():
    """Connects to an address and sends bytes: the socket, to be read to its end."""
    made = []

    def make(url, data=b""):
        host, _, port = url.removeprefix("http://").partition(":")
        made.append(socket.create_connection((host, int(port)), timeout=PATIENCE_S))
        made[-1].sendall(data)
        return made[-1]

    yield make
    for connection in made:
        connection.close()
