"""How fast the client is, and how much memory it takes: `python benchmarks/client.py [--events N] [--mb N]`.

Everything is measured in one run against its peer on the same bytes, and printed as a ratio (above 1 means
faster than the peer): decoding an answer's stream against httpx-sse with `json.loads`, from memory and over
loopback (there with `AsyncClient.chat` as a whole against httpx-sse on httpx); uploading and downloading
against curl; and the peak of memory above the start for one file. Without curl, its figures are skipped.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import httpx_sse
from httpx_sse._decoders import SSEDecoder, SSELineDecoder

from nemo_widgets.client import AsyncClient
from nemo_widgets.client.events import decode
from nemo_widgets.client.sse import Decoder

if TYPE_CHECKING:
    from collections.abc import Callable

_ROUNDS = 9
_PIECE = 64 * 1024
_TOKEN = "nmv_usr_benchmark"  # noqa: S105 - made up
_TRANSFER = """
import asyncio, resource, sys, time
from pathlib import Path
from nemo_widgets.client import AsyncClient

way, url, file = sys.argv[1:4]

def peak():
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit

async def main():
    async with AsyncClient(base_url=url, token="nmv_usr_benchmark", config_dir=Path(file).parent) as client:
        await client.upload("5", [Path(file).with_name("small.mp4")])
        before, begun = peak(), time.perf_counter()
        if way == "up":
            await client.upload("5", [file])
        else:
            await client.download("/file", Path(file).with_name("down.mp4"))
        print(time.perf_counter() - begun, peak() - before)

asyncio.run(main())
"""


def main() -> None:
    """Run everything and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--mb", type=int, default=500)
    asked = parser.parse_args()
    stream = _stream(asked.events)
    server = _Server(stream, asked.mb * 1_000_000)
    print(f"{asked.events:,} events, {len(stream) / 1e6:.1f} MB")
    _versus("from memory", asked.events, lambda: _ours(stream), lambda: _theirs(stream))
    _versus(
        "over loopback",
        asked.events,
        lambda: asyncio.run(_our_chat(server.url)),
        lambda: asyncio.run(_their_chat(server.url)),
    )
    with tempfile.TemporaryDirectory() as folder:
        _transfers(server.url, Path(folder), asked.mb)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024 ** (2 if sys.platform == "darwin" else 1)
    )
    print(f"(the benchmark itself, with the bytes above in memory: {own:.0f} MB)")


def _stream(events: int) -> bytes:
    """An answer as ADK sends it: pieces of a text, a tool's call and answer now and then."""
    tail = {
        "invocationId": "e-9020fab8-b9e3-4a66-aa88-48606935d091",
        "author": "nemo_agent",
        "actions": {"stateDelta": {}, "artifactDelta": {}, "requestedAuthConfigs": {}},
        "id": "9d4f59aa-9aa6-4631-90d8-e6b80dfb1864",
        "timestamp": 1795206371.6377199,
    }
    call = {"functionCall": {"id": "c1", "name": "cut_segments", "args": {"start": 45.0, "end": 80.0}}}
    answer = {"functionResponse": {"id": "c1", "name": "cut_segments", "response": {"ok": True}}}
    kinds: list[tuple[dict[str, Any], bool]] = [
        ({"text": f"Removed 0:45 to 1:{i:02} “Grüße” "}, True) for i in range(18)
    ]
    kinds += [(call, False), (answer, False)]
    frames = []
    for i in range(events):
        part, partial = kinds[i % len(kinds)]
        event = {"content": {"parts": [part], "role": "model"}, "partial": partial, **tail}
        frames.append(
            b"data: " + json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode() + b"\n\n"
        )
    return b"".join(frames)


def _ours(stream: bytes) -> int:
    """Our decoder and our parser: typed events."""
    decoder, count = Decoder(), 0
    for at in range(0, len(stream), _PIECE):
        for message in decoder.feed(stream[at : at + _PIECE]):
            count += len(decode(message))
    return count


def _theirs(stream: bytes) -> int:
    """httpx-sse's decoders, fed as its own iterator feeds them, and json.loads: dictionaries."""
    lines, events, count = SSELineDecoder(), SSEDecoder(), 0
    decode_text = httpx._decoders.TextDecoder("utf-8").decode  # noqa: SLF001 - what httpx-sse reads through
    for at in range(0, len(stream), _PIECE):
        for line in lines.decode(decode_text(stream[at : at + _PIECE])):
            event = events.decode(line.rstrip("\n"))
            if event is not None:
                json.loads(event.data)
                count += 1
    return count


async def _our_chat(url: str) -> int:
    async with AsyncClient(base_url=url, token=_TOKEN) as client:
        return sum([1 async for _ in client.chat("5", "cut")])


async def _their_chat(url: str) -> int:
    count = 0
    async with (
        httpx.AsyncClient(trust_env=False) as client,
        httpx_sse.aconnect_sse(client, "POST", f"{url}/run_sse", json={}) as source,
    ):
        async for event in source.aiter_sse():
            event.json()
            count += 1
    return count


def _versus(name: str, events: int, ours: Callable[[], int], theirs: Callable[[], int]) -> None:
    """Both in turns, the best of each: what else the machine does only ever adds."""
    taken: dict[str, list[float]] = {"ours": [], "theirs": []}
    for _ in range(_ROUNDS):
        for side, work in (("ours", ours), ("theirs", theirs)):
            # The work of this thread, so that what else the machine does is no part of it.
            begun = time.thread_time()
            found = work()
            taken[side].append(time.thread_time() - begun)
            if found != events:
                raise SystemExit(f"{side} found {found} of {events} events")
    us, them = min(taken["ours"]), min(taken["theirs"])
    print(
        f"  {name:15} {events / us:9,.0f} events/s of CPU, httpx-sse {events / them:9,.0f}: {them / us:.2f} x"
    )


def _transfers(url: str, folder: Path, mb: int) -> None:
    for name, size in (("small.mp4", 2_000_000), ("large.mp4", mb * 1_000_000)):
        with (folder / name).open("wb") as file:
            file.write(b"\0\0\0\x18ftypmp42\0\0\0\0")
            file.truncate(size)
    curl = shutil.which("curl")
    large, down = str(folder / "large.mp4"), folder / "down.mp4"
    peers = {
        "up": ["-F", f"files=@{large}", "-H", "Expect:", f"{url}/api/upload-video/nemo_agent/me/5"],
        "down": ["-o", str(down), f"{url}/file"],
    }
    print(f"{mb} MB on loopback")
    for way, arguments in peers.items():
        us, them, memory = [], [], []
        for _ in range(3):
            command = [sys.executable, "-c", _TRANSFER, way, url, large]
            told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
            us.append(float(told[0]))
            memory.append(float(told[1]))
            if curl:
                begun = time.perf_counter()
                subprocess.run([curl, "-sf", *arguments], stdout=subprocess.DEVNULL, check=True)
                them.append(time.perf_counter() - begun)
            down.unlink(missing_ok=True)
        peer = f", curl {mb / min(them):5,.0f}: {min(them) / min(us):.2f} x" if curl else ""
        print(f"  {way:15} {mb / min(us):9,.0f} MB/s{peer}; peak of memory +{max(memory):.0f} MB")
    if not curl:
        print("  (curl is not installed, so there is nothing to compare with)")


class _Server:
    """A server in a thread on plain sockets: an answer's stream, a sink for uploads, a file of zeros."""

    def __init__(self, stream: bytes, size: int) -> None:
        self._stream, self._size = stream, size
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        head, buffer = b"", bytearray(1 << 20)
        with connection, suppress(OSError):
            while b"\r\n\r\n" not in head:
                if not (piece := connection.recv(_PIECE)):
                    return
                head += piece
            head, _, body = head.partition(b"\r\n\r\n")
            told = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
            left = int(told or 0) - len(body)
            while left > 0 and (got := connection.recv_into(buffer)):
                left -= got
            if b" /run_sse " in head:
                self._answer(connection, "text/event-stream", len(self._stream))
                connection.sendall(self._stream)
            elif head.startswith(b"GET /file"):
                self._answer(connection, "video/mp4", left := self._size)
                while left:
                    left -= connection.send(buffer[: min(left, len(buffer))])
            else:
                answer = b'{"code":0,"data":{"files":[{"filename":"large.mp4"}]}}'
                self._answer(connection, "application/json", len(answer))
                connection.sendall(answer)

    def _answer(self, connection: socket.socket, kind: str, length: int) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n"
        connection.sendall(head.encode() + b"Connection: close\r\n\r\n")


if __name__ == "__main__":
    main()
