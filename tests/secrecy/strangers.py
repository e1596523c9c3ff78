"""Servers that nobody should trust: one that only notes what it is sent, and one that repeats the token."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import urlsplit

from disguised import FORMS

__all__ = ["MOODS", "Answer", "Stranger"]

_FILM = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 40


@dataclass
class Answer:
    """What is sent: `close` breaks the connection behind it."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    close: bool = False


def _json(body: object, status: int = 200, **headers: str) -> Answer:
    return Answer(status, json.dumps(body).encode(), {"Content-Type": "application/json", **headers})


def _away(status: int):
    """Sends everybody to another host, on the same path."""
    return lambda asked: Answer(status, headers={"Location": asked.elsewhere + asked.path})


def _error(status: int, **headers: str):
    def answer(asked):
        said = {"detail": f"no {asked.token}", "message": f"bad {asked.token}", "code": status}
        return _json(said, status, **headers)

    return answer


def _told(asked):
    """Goes well, and has the token in everything that it says."""
    say = f"x {asked.token} x"
    name = {"d": 1000, "m": {"id": say, "name": say, "src": asked.elsewhere + "/media", "text": say}}
    draft = {"d": 1000, "m": {"title": say}, "t": [{"tt": 0, "m": {"name": say}, "sg": [name]}]}
    film = f"{asked.elsewhere}/film.mp4"
    media = {"filename": say, "name": say, "cdn_url": film, "file_type": "video", "key": say}
    if asked.path == "/run_sse":
        events = [{"content": {"parts": [{"text": say}]}}, {"strange": say}, {"error": say, "errorCode": say}]
        body = "".join(f"data: {json.dumps(event)}\n\n" for event in events) + f": {say}\n\ndata: {say}\n\n"
        return Answer(200, body.encode(), {"Content-Type": "text/event-stream"}, close=True)
    if asked.path.endswith("/download"):
        return _away(302)(asked)
    data = {"session_id": "5", "task_id": say, "user_id": say, "claim_token": say, "files": [media]}
    data |= {"state": {"draft": draft, "video_infos": [media], "generated_media": say}, "available": 1}
    data |= {"messages": [{"id": say, "key": say, "text": say}], "media": [media], "renders": [{"id": say}]}
    if "/render/" in asked.path:
        return _json({"status": "completed", "output": {"url": film}, "outputUrl": film, "message": say})
    return _json({"code": 0, "data": data, "message": say}, **asked.studio)


def _in_headers(asked):
    """The same, with the token in every header that a client may look at."""
    answer = _told(asked)
    token = asked.token
    answer.headers |= {"X-Request-Id": token, "Set-Cookie": f"t={token}; Path=/", "ETag": f'"{token}"'}
    answer.headers |= {"Server": token, "Retry-After": token, token: token}
    return answer


def _in_disguise(form):
    """The same, with the token written otherwise in everything that it says."""

    def answer(asked):
        told = _told(asked)
        told.body = told.body.replace(asked.token.encode(), FORMS[form](asked.token).encode())
        return told

    return answer


def _strange(asked):
    """Neither type nor body are what they should be; but what is in a film is nobody's business."""
    if asked.path.endswith(("/download", "/film.mp4")):
        return Answer(200, _FILM, {"Content-Type": "video/mp4"})
    return Answer(200, asked.token.encode(), {"Content-Type": asked.token})


MOODS = {
    **{f"redirect {status}": _away(status) for status in (301, 302, 303, 307, 308)},
    **{f"error {status}": _error(status) for status in (400, 401, 402, 404, 429, 500, 503)},
    "error with headers": lambda asked: _error(500, **{"X-Request-Id": asked.token})(asked),
    "broken JSON": lambda asked: Answer(
        200, f'{{"token": "{asked.token}'.encode(), {"Content-Type": "application/json"}
    ),
    "a page": lambda asked: Answer(200, f"<p>{asked.token}".encode(), {"Content-Type": "text/html"}),
    "a strange type": _strange,
    "half an answer": lambda asked: Answer(
        200, asked.token.encode(), {"Content-Type": "application/json", "Content-Length": "9999"}, close=True
    ),
    "no answer": lambda _: Answer(0, close=True),
    "told": _told,
    "told as a studio": _told,
    "in headers": _in_headers,
    "in JSON's escapes": _in_disguise("JSON in part"),
    "in base64": _in_disguise("base64 behind a word"),
}


class Stranger:
    """A server. `mood` answers a request; without one it sends a film to everybody.

    Attributes:
        heard: every request as it came, head and body.
    """

    def __init__(self, elsewhere: str = "") -> None:
        self.mood = ""
        self.heard: list[bytes] = []
        stranger = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                body = stranger.body_of(self)
                stranger.heard.append(f"{self.requestline}\r\n{self.headers}".encode() + body)
                answer = Answer(200, _FILM, {"Content-Type": "video/mp4"})
                if stranger.mood:
                    self.token = self.headers.get("Authorization", "").removeprefix("Bearer ") or "nobody"
                    self.elsewhere = elsewhere
                    self.studio = {"X-Nemo-Studio": "1"} if "studio" in stranger.mood else {}
                    self.path = urlsplit(self.path).path
                    answer = MOODS[stranger.mood](self)
                stranger.send(self, answer)

            do_GET = do_POST = do_HEAD = handle_any  # noqa: N815 - the names that the library calls

            def log_message(self, *_: object) -> None:
                """Nothing goes to the tests' output."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @staticmethod
    def body_of(request: BaseHTTPRequestHandler) -> bytes:
        """The body, whole, of a length or in chunks."""
        if "chunked" not in request.headers.get("Transfer-Encoding", ""):
            return request.rfile.read(int(request.headers.get("Content-Length", "0")))
        body = b""
        while size := int(request.rfile.readline().strip() or b"0", 16):
            body += request.rfile.read(size)
            request.rfile.readline()
        request.rfile.readline()
        return body

    @staticmethod
    def send(request: BaseHTTPRequestHandler, answer: Answer) -> None:
        """The answer, and nothing that the library would add."""
        request.close_connection = request.close_connection or answer.close
        if not answer.status:
            return
        head = {"Content-Length": str(len(answer.body)), **answer.headers}
        lines = [f"HTTP/1.1 {answer.status} Said", *(f"{name}: {value}" for name, value in head.items())]
        request.wfile.write("\r\n".join([*lines, "", ""]).encode() + answer.body)
