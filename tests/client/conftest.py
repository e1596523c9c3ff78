"""A real server in a thread that speaks the protocol, and one that says exactly the bytes it is told."""

from __future__ import annotations

import asyncio
import gc
import json
import socket
import struct
import threading
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from waiting import PATIENCE_S

from nemo_widgets.client import AsyncClient, ClientSettings, Clock

if TYPE_CHECKING:
    from collections.abc import Callable

TOKEN = "nmv_usr_canary_0123456789"
DRAFT = {"t": [{"tt": 0, "sg": [{"d": 1000, "m": {"id": "v1", "name": "clip"}}]}], "d": 1000}
FAST = {
    "backoff_s": 0.01,
    "backoff_most_s": 0.02,
    "attempts": 3,
    "rate_wait_s": 30,
    "poll_s": 0.01,
    "connect_s": 30,
}

MEDIA = {"filename": "clip.mp4", "file_type": "video", "cdn_url": "/cdn/c", "duration": 30.5}
ANSWERS = {
    "/api/tasks/me/with-session/nemo_agent": {
        "task_id": "t1",
        "session_id": 5529700000000000001,
        "user_id": "anon_7",
    },
    "/api/upload-video/": {"files": [MEDIA]},
    "/api/credits/balance/simple": {"available": 60, "frozen": 40, "total": 100},
    "/api/auth/claim-token": {"claim_token": "clm_a b", "expires_in": 604800},
    "/api/state/": {"session_id": "5", "state": {"draft": DRAFT, "video_infos": None}},
}


@dataclass
class Seen:
    """A request as the server saw it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = field(repr=False)

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Backend:
    """The protocol's server. `script[path]` holds answers to give first, in order; then it behaves."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.script: dict[str, list[Any]] = defaultdict(list)
        self.seen: list[Seen] = []
        self.tokens = [TOKEN]
        self.stream: list[bytes | float | Callable[[], object]] = []
        self.renders: dict[str, list[dict[str, Any]]] = {}
        self.file = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 400
        self.studio = False
        self.closed = threading.Event()

    def paths(self, start: str = "") -> list[str]:
        return [f"{s.method} {s.path}" for s in self.seen if s.path.startswith(start)]

    def app(self) -> Starlette:
        methods = ["GET", "POST"]
        return Starlette(routes=[Route("/{path:path}", self._route, methods=methods)])

    async def _route(self, request: Request) -> Response:
        path = request.url.path
        body = b""
        with suppress(ClientDisconnect):
            async for piece in request.stream():
                body += piece if len(body) < 1 << 20 else b""
        self.seen.append(Seen(request.method, path, dict(request.headers), body))
        if self.script[path]:
            answer = self.script[path].pop(0)
            response = answer if isinstance(answer, Response) else JSONResponse(answer)
        else:
            response = self._answer(request, path, body)
        if self.studio:
            response.headers["X-Nemo-Studio"] = "test"
        return response

    def _answer(self, request: Request, path: str, body: bytes) -> Response:  # noqa: PLR0911 - one for each route
        if path == "/api/auth/anonymous-token":
            return _envelope({"token": self.tokens[-1], "user_id": "anon_7", "credits": 100})
        if path.startswith("/cdn/"):
            return Response(self.file, media_type="video/mp4")
        if request.headers.get("authorization") != f"Bearer {self.tokens[-1]}":
            return JSONResponse({"code": 1001, "message": "token expired"})
        if path == "/run_sse":
            return StreamingResponse(self._stream(), media_type="text/event-stream")
        if path == "/api/render/proxy/lambda":
            return JSONResponse(
                {"success": True, "data": {"id": json.loads(body)["id"], "status": "pending"}}
            )
        if path.startswith("/api/render/proxy/lambda/"):
            return self._render(path.removeprefix("/api/render/proxy/lambda/"))
        if path.endswith("/download"):
            return Response(self.file, media_type="video/mp4")
        data = next((data for start, data in ANSWERS.items() if path.startswith(start)), None)
        return _envelope(data) if data else JSONResponse({"detail": "Not Found"}, 404)

    def _render(self, rest: str) -> Response:
        statuses = self.renders.get(rest.partition("/")[0])
        if statuses is None:
            return JSONResponse({"detail": "no such render"}, 404)
        return JSONResponse(statuses.pop(0) if len(statuses) > 1 else statuses[0])

    async def _stream(self) -> Any:
        try:
            for piece in self.stream:
                if isinstance(piece, bytes):
                    yield piece
                elif callable(piece):
                    await asyncio.to_thread(piece)
                else:
                    await asyncio.sleep(piece)
        finally:
            self.closed.set()


@pytest.fixture(scope="session")
def running_backend():
    backend = Backend()
    config = uvicorn.Config(
        backend.app(), port=0, log_config=None, lifespan="off", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    backend.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield backend
    server.should_exit = True
    thread.join()


@pytest.fixture
def backend(running_backend: Backend) -> Backend:
    running_backend.reset()
    return running_backend


def _envelope(data: Any) -> Response:
    return JSONResponse({"code": 0, "data": data})


Script: TypeAlias = "list[bytes | float | str | Callable[[], object]]"


class RawServer:
    """Answers each connection with the next script: bytes to send, seconds to wait, calls, and how it ends.

    The last item may be "fin" (an orderly close, the default), "rst" (a reset), or "hold" (only the client
    ends it); after "hang up" as the first one the connection is reset while the request is still coming.
    At "next" another request is read.
    """

    def __init__(self, *scripts: Script, port: int = 0) -> None:
        self._scripts = list(scripts)
        self.requests: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", port))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def _accept(self) -> None:
        for script in self._scripts:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection, script), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket, script: Script) -> None:
        with connection, suppress(OSError):
            connection.settimeout(PATIENCE_S)
            early = script[:1] == ["hang up"]
            self.requests.append(connection.recv(1000) if early else _request(connection))
            for item in ["rst"] if early else script:
                if isinstance(item, bytes):
                    connection.sendall(item)
                elif item == "rst":
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                elif item == "next":
                    _request(connection)
                elif item == "hold":
                    while connection.recv(65536):
                        pass
                elif isinstance(item, float):
                    time.sleep(item)
                elif callable(item):
                    item()

    def close(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for thread in self._threads:
            thread.join(2)


def _request(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        if not (piece := connection.recv(65536)):
            return data
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(x[15:]) for x in head.lower().split(b"\r\n") if x.startswith(b"content-length:")), 0)
    while len(body) < length and (piece := connection.recv(65536)):
        body += piece
    return head + b"\r\n\r\n" + body


@pytest.fixture
def raw():
    made: list[RawServer] = []

    def make(*scripts: Script, port: int = 0) -> RawServer:
        made.append(RawServer(*scripts, port=port))
        return made[-1]

    yield make
    for server in made:
        server.close()


def _http(body: bytes, *, status: str = "200 OK", kind: str = "application/json", extra: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{extra}\r\n"
    return head.encode() + body


@pytest.fixture
def http():
    """Makes an HTTP answer as bytes."""
    return _http


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("NEMO_TOKEN", "NEMO_API_URL", "NEMO_WEB_URL", "NEMO_CLIENT_ID", "SKILL_SOURCE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


class NotedClock(Clock):
    """A clock on which a sleep only takes a note, and the time, which passes by nothing else."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def now(self) -> float:
        return sum(self.slept)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0.001)


@pytest.fixture
def clock() -> NotedClock:
    return NotedClock()


@pytest.fixture
async def connect(backend: Backend, tmp_path: Path, clock: NotedClock):
    """Makes clients of the backend with quick settings; closes them at the end."""
    made: list[AsyncClient] = []

    def make(url: str | None = None, *, anonymous: bool = False, **options: Any) -> AsyncClient:
        settings = ClientSettings(**{**FAST, "clock": clock, **options.pop("settings", {})})
        if not anonymous:
            options.setdefault("token", TOKEN)
        options.setdefault("config_dir", tmp_path / "config")
        made.append(AsyncClient(base_url=url or backend.url, settings=settings, **options))
        return made[-1]

    yield make
    for client in made:
        await client.aclose()


@pytest.fixture
def growth():
    """How many times as long eight times as much takes: near 8 if linear, 64 if quadratic.

    Both are measured in one run, in turns, in the thread's own time, as the best of some rounds; the garbage
    collector, whose work grows with whatever else is in memory, rests meanwhile.
    """

    def taken(work: Callable[[Any], object], given: Any) -> float:
        began = time.thread_time()
        work(given)
        return time.thread_time() - began

    def measure(make: Callable[[int], Any], work: Callable[[Any], object], size: int) -> float:
        gc.collect()
        gc.disable()
        try:
            # In turns, so that what else the machine does slows both down.
            rounds = [[taken(work, make(n)) for n in (size, 8 * size)] for _ in range(7)]
        finally:
            gc.enable()
        short, long = map(min, zip(*rounds, strict=True))
        return long / short

    return measure


@pytest.fixture
def draft() -> dict[str, Any]:
    return DRAFT


@pytest.fixture
def token() -> str:
    return TOKEN


@pytest.fixture
def recorded():
    """The bytes that a real ADK server sent, without the HTTP head."""

    def read(name: str) -> bytes:
        data = (Path(__file__).parent / "recorded" / name).read_bytes()
        if not name.endswith(".http"):
            return data
        head, _, body = data.partition(b"\r\n\r\n") if b"\r\n\r\n" in data else data.partition(b"\n\n")
        return body if head.startswith(b"HTTP/") else data

    return read
