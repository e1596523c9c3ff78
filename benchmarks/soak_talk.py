"""How people talk to a studio that may be gone for a moment, and what is written down of it."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter, defaultdict
from contextlib import suppress
from typing import Any

import httpx

__all__ = ["BUSY", "NO_ROOM", "NO_SESSION", "Talk", "Tally", "is_full"]

SKILL = {"X-Skill-Source": "soak", "X-Skill-Version": "1.0.0", "X-Skill-Platform": "unknown"}
NO_ROOM, BUSY, NO_SESSION = 507, 423, 1002
_BACK_S = 60.0


def is_full(told: str) -> bool:
    """Whether an error says that the disk takes no more, or no file as large as that."""
    return "no room" in told or "as large as that" in told


class Tally:
    """What was done, how often and how long it took; and what was wrong, one sentence each."""

    def __init__(self) -> None:
        self.ends: dict[str, Counter[str]] = defaultdict(Counter)
        self.took: dict[str, list[float]] = defaultdict(list)
        self.wrong: list[str] = []
        self.done_messages = 0
        self.finished = 0
        self.kills = 0

    def end(self, what: str, how: str, begun: float | None = None) -> None:
        """Something has ended; its time counts where nothing was in its way."""
        self.ends[what][how] += 1
        self.finished += how in ("done", "completed")
        if begun is not None:
            self.took[what].append(time.monotonic() - begun)


class Talk:
    """One user's requests, repeated where it does no harm until the studio is back."""

    def __init__(self, name: str, url: str, tally: Tally) -> None:
        self.name, self.tally = name, tally
        self.http = self._client(url, SKILL)

    @staticmethod
    def _client(url: httpx.URL | str, headers: Any) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=url, headers=headers, timeout=30, trust_env=False)

    async def rest(self) -> None:
        """Close what is open, and be ready for more."""
        await self.http.aclose()
        self.http = self._client(self.http.base_url, self.http.headers)

    async def close(self) -> None:
        """Let go of all connections."""
        await self.http.aclose()

    async def ask(self, method: str, path: str, *, wait: bool = True, **what: Any) -> tuple[int | None, Any]:
        """The code of an answer and what it holds; no code where there was none, once the studio is back."""
        try:
            answer = await self.http.request(method, path, **what)
            body = answer.json()
        except (httpx.HTTPError, ValueError):
            if wait:
                await self.back()
            return None, None
        code = body.get("code", answer.status_code)
        return code, body.get("data") if method != "GET" or "/lambda/" not in path else body

    async def say(self, session: str, key: str, text: str) -> str:
        """Send a message and hear it out: done, lost, or how it failed."""
        body = {"session_id": session, "new_message": {"parts": [{"text": text}]}}
        last: dict[str, Any] = {}
        try:
            async with self.http.stream(
                "POST", "/run_sse", json=body, headers={"Idempotency-Key": key}
            ) as answer:
                if not answer.headers["content-type"].startswith("text/event-stream"):
                    await answer.aread()
                    return self.how(answer.json().get("code", answer.status_code))
                async for line in answer.aiter_lines():
                    if line.startswith("data: {"):
                        last = json.loads(line[6:])
        except httpx.HTTPError:
            return "lost"
        told = str(last.get("error") or last.get("errorMessage") or "")
        if not told:
            return "done" if last.get("turnComplete") else "lost"
        if is_full(told):
            return "no room"
        for mark, how in (("Cancelled", "cancelled"), ("stopped", "interrupted")):
            if mark in told:
                return how
        self.tally.wrong.append(f"{self.name}: {text!r} failed: {told[:300]}")
        return "failed"

    async def sure(self, method: str, path: str) -> dict[str, Any]:
        """What an answer holds, asked for until there is one."""
        end = time.monotonic() + _BACK_S
        while time.monotonic() < end:
            code, data = await self.ask(method, path)
            if code == 0:
                return dict(data)
            if code not in (None, NO_ROOM):
                break
            await asyncio.sleep(0.1)
        raise RuntimeError(f"{self.name}: {method} {path} answers {code}")

    async def back(self) -> None:
        """Wait until the studio answers."""
        end = time.monotonic() + _BACK_S
        while time.monotonic() < end:
            with suppress(httpx.HTTPError, ValueError):
                if (await self.http.get("/studio/health")).json()["ok"]:
                    return
            await asyncio.sleep(0.05)
        raise RuntimeError(f"{self.name}: the studio did not come back")

    async def pause(self, code: int | None) -> None:
        """Wait a moment after what did not go well."""
        if code:
            await asyncio.sleep(0.2)

    def how(self, code: int | None) -> str:
        """A code in words; one that there is no reason for is noted as wrong."""
        known = {0: "done", None: "lost", NO_ROOM: "no room", BUSY: "busy"}
        if code not in known:
            self.tally.wrong.append(f"{self.name}: an answer with the code {code}")
        return known.get(code, str(code))

    def wrong_if(self, wrong: bool, what: str) -> None:  # noqa: FBT001 - read as a sentence
        """Note what should not be, if it is so."""
        if wrong:
            self.tally.wrong.append(f"{self.name}: {what}")
