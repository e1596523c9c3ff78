"""One of the people of `crowd.py`."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

import httpx

if TYPE_CHECKING:
    from collections.abc import Awaitable

__all__ = ["Person"]

_EDITS = (
    "remove the first second",
    'add a title that says "Person {n}" for the first 2 seconds',
    "fade to black at the end",
)
_LENGTH_S, _NEAR_S = 4.0, 0.1
_POLL_S = 0.5
_HEADERS = {"X-Skill-Source": "benchmark", "X-Skill-Version": "1.0.0", "X-Skill-Platform": "unknown"}
_GONE = (httpx.TransportError, json.JSONDecodeError)


class Others(Protocol):
    """What each knows of all of them: their studio, their clip, and the book that is kept of their waits."""

    @property
    def url(self) -> str: ...
    @property
    def content(self) -> bytes: ...
    def took(self, what: str, since: float) -> None: ...
    def passed(self, what: str, times: int) -> Awaitable[None]: ...
    def again(self) -> Awaitable[None]: ...


class Person:
    """One of them. What is lost with a connection is asked for again, as the protocol allows it."""

    def __init__(self, crowd: Others, client: httpx.AsyncClient, n: int) -> None:
        self._crowd, self._client, self._n = crowd, client, n
        self._headers = {**_HEADERS, "X-Client-Id": f"person-{n}"}
        self._session = ""

    async def run(self) -> None:
        """All of it, and a look at what is there in the end."""
        begun = time.monotonic()
        token = await self._sent("POST", "/api/auth/anonymous-token")
        self._headers["Authorization"] = f"Bearer {token['data']['token']}"
        made = await self._sent("POST", "/api/tasks/me/with-session/nemo_agent", json={"task_name": "crowd"})
        self._session = made["data"]["session_id"]
        self._crowd.took("session", begun)
        begun = time.monotonic()
        files, key = {"files": ("clip.mp4", self._crowd.content)}, {"Idempotency-Key": uuid.uuid4().hex}
        await self._sent("POST", f"/api/upload-video/nemo_agent/me/{self._session}", files=files, headers=key)
        self._crowd.took("upload", begun)
        for words in _EDITS:
            await self._edit(words.format(n=self._n))
            await self._crowd.passed("edit", len(_EDITS))
        draft = await self._draft()
        await self._film(await self._export(draft, "360p"))
        await self._check()

    async def beside_two_exports(self) -> None:
        """What a chat takes alone, and while two exports are made."""
        for _ in range(20):
            await self._chat("how long is it?", "chat alone")
        draft = await self._draft()
        exports = [asyncio.create_task(self._export(draft, "1080p", "1080p export")) for _ in range(2)]
        await asyncio.sleep(1)
        while not all(export.done() for export in exports):
            await self._chat("how long is it?", "chat beside two exports")
        await asyncio.gather(*exports)

    async def _edit(self, words: str) -> None:
        """Send a message until it is known to have been carried out; never twice."""
        key = uuid.uuid4().hex
        while True:
            with suppress(*_GONE):
                if await self._chat(words, "chat", key):
                    return
            await self._crowd.again()
            ledger = await self._sent("GET", f"/studio/sessions/{self._session}/messages")
            known = [entry["status"] for entry in ledger["data"]["messages"] if entry["key"] == key]
            if known == ["done"]:
                return
            if known and known[0] not in ("queued", "running"):  # it is told that nothing came of it
                key = uuid.uuid4().hex

    async def _chat(self, words: str, what: str, key: str = "") -> bool:
        body = {"app_name": "nemo_agent", "user_id": "me", "session_id": self._session}
        body |= {"new_message": {"parts": [{"text": words}]}}
        headers = self._headers | ({"Idempotency-Key": key} if key else {})
        begun, last = time.monotonic(), ""
        async with self._client.stream(
            "POST", f"{self._crowd.url}/run_sse", json=body, headers=headers
        ) as answer:
            self._crowd.took(f"{what}: headers", begun)
            async for line in answer.aiter_lines():
                if line.startswith("data: {"):
                    if not last:
                        self._crowd.took(f"{what}: first event", begun)
                    last = line
        self._crowd.took(f"{what}: whole", begun)
        return '"turnComplete"' in last and "errorCode" not in last

    async def _export(self, draft: dict[str, Any], size: str, what: str = "export") -> dict[str, Any]:
        render_id, output = uuid.uuid4().hex, {"format": "mp4", "quality": "high", "resolution": size}
        body = {"id": render_id, "sessionId": self._session, "draft": draft, "output": output}
        begun, waiting = time.monotonic(), True
        status = await self._sent("POST", "/api/render/proxy/lambda", json=body)
        if what == "export":
            await self._crowd.passed("export", 1)
        while status["status"] not in ("completed", "failed"):
            if waiting and status["status"] != "pending":
                waiting = False
                self._crowd.took(f"{what}: wait in the queue", begun)
            await asyncio.sleep(_POLL_S)
            status = await self._sent("GET", f"/api/render/proxy/lambda/{render_id}")
        if waiting:
            self._crowd.took(f"{what}: wait in the queue", begun)
        self._crowd.took(f"{what}: in all", begun)
        if status["status"] == "failed":
            raise RuntimeError(f"person {self._n}: {status['error']}")
        return status

    async def _film(self, status: dict[str, Any]) -> None:
        begun = time.monotonic()
        film = (await self._client.get(status["outputUrl"])).content
        self._crowd.took("download", begun)
        if len(film) != status["output"]["size"] or abs(status["output"]["duration"] - _LENGTH_S) > _NEAR_S:
            raise RuntimeError(f"person {self._n} has another film: {status['output']}")

    async def _draft(self) -> dict[str, Any]:
        state = await self._sent("GET", f"/api/state/nemo_agent/me/{self._session}/latest")
        draft: dict[str, Any] = state["data"]["state"]["draft"]
        return draft

    async def _check(self) -> None:
        """Everything that was sent is there, once."""
        ledger = await self._sent("GET", f"/studio/sessions/{self._session}/messages")
        done = [entry["text"] for entry in ledger["data"]["messages"] if entry["status"] == "done"]
        media = await self._sent("GET", f"/studio/sessions/{self._session}/media")
        draft = await self._draft()
        wanted = [words.format(n=self._n) for words in _EDITS]
        if done != wanted or len(media["data"]["media"]) != 1 or abs(draft["d"] / 1000 - _LENGTH_S) > _NEAR_S:
            raise RuntimeError(f"person {self._n} has {done}, {len(media)} files, {draft['d']} ms")

    async def _sent(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        """A request that may be made again as long as nobody answers: it is known by a key or an id."""
        headers = self._headers | more.pop("headers", {})
        while True:
            with suppress(*_GONE):
                url = self._crowd.url + path
                answer = await self._client.request(method, url, headers=headers, **more)
                found: dict[str, Any] = answer.json()
                if answer.status_code != httpx.codes.OK or found.get("code"):
                    raise RuntimeError(f"person {self._n}: {method} {path}: {answer.status_code} {found}")
                return found
            await self._crowd.again()
