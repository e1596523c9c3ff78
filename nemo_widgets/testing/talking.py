"""Requests read and answers written, over the standard library's streams."""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import dataclass, field
from http.client import responses
from typing import TYPE_CHECKING, Any

from .framing import Framer, unchunked
from .records import Request

if TYPE_CHECKING:
    import asyncio

__all__ = ["Answer", "Asked", "multipart", "parcel", "read", "write"]

_PIECE = 256 * 1024
_MOST = 600 * 1024 * 1024
_HIDDEN = frozenset({"authorization", "x-client-id", "cookie"})
_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
_FILENAME = re.compile(rb'filename="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the routes get it. Its headers hold the token, so it is shown to nobody."""

    record: Request
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    closes: bool = False

    @property
    def base(self) -> str:
        """Where the client reaches us, also through a proxy."""
        return f"http://{self.headers.get('host', '127.0.0.1')}"

    @property
    def bearer(self) -> bool:
        """Whether there is a token; which one does not matter."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and bool(token.strip())

    @property
    def json(self) -> dict[str, Any]:
        """The body's JSON object; {} where there is none."""
        return self.record.json if isinstance(self.record.json, dict) else {}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with a body that is known from the beginning."""

    body: bytes = field(repr=False)
    status: int = 200
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, data: Any, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
        """JSON."""
        return cls(json.dumps(data, ensure_ascii=False).encode(), status, headers=headers or {})


async def read(reader: asyncio.StreamReader) -> Asked | None:
    """The next request of a connection, whole; None where there is none or it broke off.

    Raises:
        BadMessage: it is not HTTP.
    """
    framer, raw = Framer(), bytearray()
    while not framer.done:
        # By lines until the body begins. A request sent before the last one is answered may get lost.
        piece = await (reader.readline() if not framer.head else reader.read(_PIECE))
        if not piece or len(raw) > _MOST:
            return None
        raw += piece[: framer.feed(piece)]
    headers, body = framer.headers, bytes(raw[len(framer.head) :])
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = unchunked(body)
    method, target, _ = framer.line.split(" ")
    shown = {name: "(hidden)" if name in _HIDDEN else value for name, value in headers.items()}
    found = None
    if "json" in headers.get("content-type", ""):
        with contextlib.suppress(ValueError):
            found = json.loads(body)
    record = Request(method, target.partition("?")[0], shown, len(body), found)
    return Asked(record, headers, body, framer.closes)


async def write(writer: asyncio.StreamWriter, answer: Answer) -> None:
    """Send an answer."""
    phrase = responses.get(answer.status, "Unknown")  # 499 and 524 are in no list, and common
    lines = [f"HTTP/1.1 {answer.status} {phrase}", f"Content-Type: {answer.kind}"]
    lines += [f"Content-Length: {len(answer.body)}", *(f"{k}: {v}" for k, v in answer.headers.items())]
    writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + answer.body)
    await writer.drain()


def parcel(asked: Asked, content: bytes, kind: str, tag: str) -> Answer:
    """A file, or the part of it that was asked for (RFC 9110 §14; one range is enough for a download)."""
    headers = {"Accept-Ranges": "bytes", "ETag": f'"{tag}"'}
    wanted = _RANGE.fullmatch(asked.headers.get("range", ""))
    if wanted is None or asked.headers.get("if-range", headers["ETag"]) != headers["ETag"]:
        return Answer(content, 200, kind, headers)
    first, last = int(wanted[1]), min(int(wanted[2] or len(content)), len(content) - 1)
    if first > last:
        return Answer(b"", 416, kind, {**headers, "Content-Range": f"bytes */{len(content)}"})
    headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
    return Answer(content[first : last + 1], 206, kind, headers)


def multipart(asked: Asked) -> list[tuple[str, bytes]] | None:
    """The files of a multipart form, as names and contents; None for what is no whole form."""
    _, found, boundary = asked.headers.get("content-type", "").partition("boundary=")
    line = b"\r\n--" + boundary.strip('"').encode()
    parts = (b"\r\n" + asked.body).split(line)
    if not found or parts[0] or not parts[-1].startswith(b"--"):
        return None
    files = []
    for part in parts[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        if (name := _FILENAME.search(head)) is not None:
            files.append((name[1].decode("utf-8", "replace"), content))
    return files
