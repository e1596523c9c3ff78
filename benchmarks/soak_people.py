"""People at work with a studio that is killed, and whose disk is full at times: what each is told holds."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import httpx
from soak_talk import NO_ROOM, NO_SESSION, Talk, is_full

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    from soak_talk import Tally

__all__ = ["Person"]

EDITS = (
    'add a title that says "{n}"', "mute the first clip", "make it warmer", "rotate the first clip", "undo",
    "redo", "cut the pauses", "add calm music at 20%", "how long is it now?", "make it purple with dragons",
)  # fmt: skip
OUTPUT = {"format": "mp4", "resolution": "90p", "preset": "ultrafast"}
_OPEN = ("queued", "running", "pending", "processing")
_END_S = 120.0
_MOST_CLIPS, _MOST_RENDERS = 4, 2
_GIVEN_UP = 3
"""Kills over an export, after which it is not tried again."""
_NEW_CONTENT, _STOPPED_EDITS, _STOPPED_EXPORTS = 0.7, 0.25, 0.3
"""How many of the uploads are of no content that was there, and how much is stopped under way."""


class Person(Talk):
    """One user of a studio, with sessions of its own, one after the other."""

    def __init__(
        self, number: int, url: str, clips: Sequence[bytes], tally: Tally, chance: random.Random
    ) -> None:
        super().__init__(f"person-{number}", url, tally)
        self._clips, self._chance = clips, chance
        self._count = 0
        self._begin_anew("")

    def _begin_anew(self, session: str) -> None:
        self._session = session
        self._uploads: set[str] = set()
        self._edits: dict[str, str] = {}
        self._renders: dict[str, str] = {}
        self._kills: dict[str, int] = {}
        self._unstored: dict[str, int] = {}
        self._asked_to_stop: set[str] = set()

    async def live(self, over: Callable[[], bool]) -> None:
        """Do one thing after the other until it is over."""
        while not over():
            if not self._session:
                await self._connect()
                continue
            ways = {self._upload: 3, self._edit: 6, self._render: 3, self._look: 1, self._forget: 1}
            if len(self._uploads) >= _MOST_CLIPS:
                ways[self._upload], ways[self._forget] = 0, 3
            await self._chance.choices(list(ways), list(ways.values()))[0]()
            await self._watch()

    async def settle(self) -> None:
        """Wait for what is under way."""
        end = time.monotonic() + _END_S
        while any(status in _OPEN for status in self._renders.values()) and time.monotonic() < end:
            await self._watch()
            await asyncio.sleep(0.1)
        self.wrong_if(any(status in _OPEN for status in self._renders.values()), "an export never ended")

    async def verify(self) -> int:
        """See that all that it was told is still so; returns the credits that it has left."""
        if self._session:
            path = f"/studio/sessions/{self._session}"
            messages = {one["key"]: one for one in (await self.sure("GET", f"{path}/messages"))["messages"]}
            for key, told in self._edits.items():
                there = messages.get(key, {}).get("status")
                # A kill may come between the word and its record: either way nothing was changed.
                alike = {told} | ({"interrupted"} if told in ("cancelled", "failed") else set())
                self.wrong_if(there not in alike, f"{key} was {told}, and is {there}")
            media = {one["key"] for one in (await self.sure("GET", f"{path}/media"))["media"]}
            self.wrong_if(not self._uploads <= media, f"lost: {sorted(self._uploads - media)}")
            kills = self.tally.kills
            for render, told in self._renders.items():
                there = await self._status(render)
                # An end told while the disk was full is lost with the process that could not write it down.
                alike = {told} | ({"completed"} if self._unstored.get(render, kills) < kills else set())
                self.wrong_if(there["status"] not in alike, f"{render} was {told}, and is {there['status']}")
                if there["status"] == "completed":
                    await self._download(there)
        return int((await self.sure("GET", "/api/credits/balance/simple"))["total"])

    # -- what it does -------------------------------------------------------------------------------

    async def _connect(self) -> None:
        if "Authorization" not in self.http.headers:
            head = {"X-Client-Id": self.name}
            code, data = await self.ask("POST", "/api/auth/anonymous-token", headers=head)
            if code != 0:
                await self.pause(code)
                return
            self.http.headers["Authorization"] = f"Bearer {data['token']}"
        code, data = await self.ask("POST", "/api/tasks/me/with-session/nemo_agent", json={"language": "en"})
        if code == 0:
            self._begin_anew(data["session_id"])
        self.tally.end("session", self.how(code))
        await self.pause(code)

    async def _upload(self) -> None:
        key, begun = self._next("u"), time.monotonic()
        clip = self._chance.choice(self._clips)
        if self._chance.random() < _NEW_CONTENT:  # another content of the same film
            clip += (8 + len(key)).to_bytes(4, "big") + b"free" + key.encode()
        path, lost = f"/api/upload-video/nemo_agent/me/{self._session}", False
        while True:  # with its key it can be sent again, whatever became of it
            files = [("files", (f"{key}.mp4", clip))]
            code, _ = await self.ask("POST", path, files=files, headers={"Idempotency-Key": key})
            if code is not None:
                break
            lost = True
        if code == 0:
            self._uploads.add(key)
        self.tally.end("upload", self.how(code), None if lost or code else begun)
        await self.pause(code)

    async def _edit(self) -> None:
        key, begun = self._next("e"), time.monotonic()
        text = self._chance.choice(EDITS).format(n=key)
        stopping = asyncio.ensure_future(self._stop(key)) if self._chance.random() < _STOPPED_EDITS else None
        told = await self.say(self._session, key, text)
        if stopping is not None:
            stopping.cancel()
            with suppress(asyncio.CancelledError):
                await stopping
        status = await self._ledger(key)
        if told == "done":
            self.wrong_if(status != "done", f"{key} was told to be done, and is {status}")
            self.tally.end("edit", "done", begun)
        elif told == "lost":
            self.tally.end("edit", f"lost, then {status}")
        else:
            self.wrong_if(status == "done", f"{key} was told to have failed ({told}), and is done")
            self.tally.end("edit", told)
        self.tally.done_messages += status == "done"
        if status:
            self._edits[key] = status

    async def _stop(self, key: str) -> None:
        await asyncio.sleep(self._chance.random() * 0.3)
        await self.ask("POST", f"/studio/sessions/{self._session}/cancel", json={"key": key}, wait=False)

    async def _ledger(self, key: str) -> str:
        """What became of a message, once that is known; "" if it never came."""
        end = time.monotonic() + _END_S
        while time.monotonic() < end:
            data = await self.sure("GET", f"/studio/sessions/{self._session}/messages")
            status = next((one["status"] for one in data["messages"] if one["key"] == key), "")
            if status not in _OPEN:
                return status
            await asyncio.sleep(0.1)
        self.tally.wrong.append(f"{self.name}: {key} never ended")
        return ""

    async def _render(self) -> None:
        if sum(status in _OPEN for status in self._renders.values()) >= _MOST_RENDERS:
            return
        state = (await self.sure("GET", f"/api/state/nemo_agent/me/{self._session}/latest"))["state"]
        if not any(track.get("sg") for track in (state.get("draft") or {}).get("t", [])):
            return
        render = self._next("r")
        body = {"id": render, "sessionId": self._session, "draft": state["draft"], "output": OUTPUT}
        code, kills = None, self.tally.kills
        while code is None:  # the same id is the same export
            code, _ = await self.ask("POST", "/api/render/proxy/lambda", json=body)
        if code != 0:
            self.tally.end("export", self.how(code))
            await self.pause(code)
            return
        self._renders[render] = "pending"
        self._kills[render] = kills
        if self._chance.random() < _STOPPED_EXPORTS:
            await asyncio.sleep(self._chance.random())
            self._asked_to_stop.add(render)
            await self.ask("POST", f"/api/render/proxy/lambda/{render}/cancel")

    async def _watch(self) -> None:
        """Look after the exports that are under way."""
        for render, status in list(self._renders.items()):
            if status not in _OPEN:
                continue
            there = await self._status(render)
            self._renders[render] = there["status"]
            if there["status"] == "completed":
                await self._download(there)
                self.tally.end("export", "completed")
            elif there["status"] == "failed":
                self.tally.end("export", how := self._failure(render, there["error"]))
                if how in ("cancelled", "no room"):
                    self._unstored[render] = self.tally.kills

    def _failure(self, render: str, told: str) -> str:
        if "cancelled" in told and render in self._asked_to_stop:
            return "cancelled"
        if is_full(told):
            return "no room"
        if "three times" in told and self.tally.kills - self._kills[render] >= _GIVEN_UP:
            return "given up"
        self.tally.wrong.append(f"{self.name}: {render} failed: {told[:300]}")
        return "failed"

    async def _status(self, render: str) -> dict[str, Any]:
        return await self.sure("GET", f"/api/render/proxy/lambda/{render}")

    async def _download(self, there: dict[str, Any]) -> None:
        try:
            film = (await self.http.get(there["outputUrl"])).content
        except httpx.HTTPError:
            return
        whole = len(film) == there["output"]["size"] and film[4:8] == b"ftyp"
        self.wrong_if(not whole, f"{there['id']} is {len(film)} bytes of {there['output']['size']}")

    async def _look(self) -> None:
        data = await self.sure("GET", f"/studio/sessions/{self._session}/media")
        missing = self._uploads - {one["key"] for one in data["media"]}
        self.wrong_if(bool(missing), f"lost: {sorted(missing)}")
        self.tally.end("look", "done")

    async def _forget(self) -> None:
        code, _ = await self.ask("DELETE", f"/studio/sessions/{self._session}")
        if code is None:  # it has gone, or it has not
            code, _ = await self.ask("GET", f"/studio/sessions/{self._session}/media")
            code = 0 if code == NO_SESSION else NO_ROOM
        self.tally.end("forget", self.how(code))
        if code == 0:
            self._begin_anew("")

    def _next(self, letter: str) -> str:
        self._count += 1
        return f"{letter}-{self.name}-{self._count}"
