"""Files of 500 MB go up and come down in the memory of small ones, measured in a process of its own."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from contextlib import suppress

import pytest

SIZE = 500_000_000
MOST_KIB = 64 * 1024
CODE = """
import asyncio, json, resource, sys
from pathlib import Path
from nemo_widgets.client import AsyncClient

way, url, folder = sys.argv[1:4]
small, large = Path(folder, "small.mp4"), Path(folder, "large.mp4")

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)

async def main():
    told = []
    async with AsyncClient(base_url=url, token="nmv_usr_memory", config_dir=folder) as client:
        if way == "up":
            for path, size in ((small, 2_000_000), (large, int(sys.argv[4]))):
                with path.open("wb") as file:
                    file.write(b"\\0\\0\\0\\x18ftypmp42\\0\\0\\0\\0")
                    file.truncate(size)
            await client.upload("5", [small])
            before = peak()
            await client.upload("5", [large], lambda now: told.append(now.sent))
        else:
            await client.download("/small", small)
            before = peak()
            await client.download("/large", large, lambda got, _: told.append(got), part=Path(folder, "p"))
    print(json.dumps([peak() - before, told[-1], large.stat().st_size]))

asyncio.run(main())
"""
ANSWER = b'{"code":0,"data":{"files":[{"filename":"a"}]}}'


class Sink:
    """A server that throws away what it is sent, and sends zeros."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def close(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                with connection, suppress(OSError):
                    self._serve(connection)

    def _serve(self, connection: socket.socket) -> None:
        head, buffer = b"", bytearray(1 << 20)
        while b"\r\n\r\n" not in head:
            head += connection.recv(65536)
        head, _, body = head.partition(b"\r\n\r\n")
        begin = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
        if head.startswith(b"GET"):
            left = SIZE if b"/large" in head else 2_000_000
            connection.sendall(begin % (b"video/mp4", left))
            while left:
                left -= connection.send(buffer[: min(left, len(buffer))])
            return
        left = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]) - len(body)
        while left > 0 and (got := connection.recv_into(buffer)):
            left -= got
        connection.sendall(begin % (b"application/json", len(ANSWER)) + ANSWER)


@pytest.fixture
def sink():
    server = Sink()
    yield server
    server.close()


@pytest.mark.skipif(sys.platform == "win32", reason="needs the resource module")
@pytest.mark.parametrize("way", ["up", "down"])
def test_500_megabytes(sink, tmp_path, way):
    """A transfer of 500 MB takes at most 64 MB above the start, and is whole."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, way, sink.url, str(tmp_path), str(SIZE)],
        capture_output=True,
        text=True,
        check=True,
    )
    grown, told, size = json.loads(done.stdout)
    assert (told, size) == (SIZE, SIZE)
    assert grown < MOST_KIB
    (tmp_path / "large.mp4").unlink()
