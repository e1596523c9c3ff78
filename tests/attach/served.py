"""A studio in a process of its own, and what it really has, asked of it by nobody but the test."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import av
import httpx
from waiting import PATIENCE_S

__all__ = ["Served", "frames"]


def frames(path: Path) -> int:
    """How many pictures a film has, each of them decoded."""
    with av.open(str(path)) as file:
        return sum(1 for _ in file.decode(video=0))


class Served:
    """`python -m nemo_widgets.studio serve`: it lives on, whatever becomes of kernels.

    What its agent is told to do `slowly` it has done only while it is let.
    """

    def __init__(self, data: Path) -> None:
        self._gate = data.with_suffix(".gate")
        command = [sys.executable, str(Path(__file__).with_name("studio_process.py")), str(self._gate)]
        command += ["serve", "--data", str(data), "--set", "text_pause=0", "--set", "silent=never"]
        with data.with_suffix(".log").open("wb") as log:
            self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log)
        told = json.loads(self._process.stdout.readline())
        self.url, self.token = told["url"], told["token"]
        self._client = httpx.Client(
            base_url=self.url, headers={"Authorization": f"Bearer {self.token}"}, timeout=PATIENCE_S
        )

    def messages(self, session: str) -> list[tuple[str, str, str]]:
        """Key, text and status of every message, in order."""
        found = self._asked(f"/studio/sessions/{session}/messages")["messages"]
        return [(entry["key"], entry["text"], entry["status"]) for entry in found]

    def renders(self, session: str) -> list[tuple[str, str]]:
        """Id and status of every export, in order."""
        found = self._asked(f"/studio/sessions/{session}/renders")["renders"]
        return [(entry["id"], entry["status"]) for entry in found]

    def media(self, session: str) -> list[str]:
        """The names of what was uploaded, in order."""
        found = self._asked(f"/studio/sessions/{session}/media")["media"]
        return [entry["filename"] for entry in found]

    def clips(self, session: str) -> list[str]:
        """The names on the timeline, in order."""
        return [segment["m"]["name"] for segment in self._main(session).get("sg", [])]

    def length_ms(self, session: str) -> int:
        """How long the timeline is."""
        return sum(segment["d"] for segment in self._main(session).get("sg", []))

    def say(self, session: str, text: str) -> None:
        """Another of the user's programs has something done, and waits for it."""
        message = {"parts": [{"text": text}]}
        body = {"app_name": "nemo_agent", "user_id": "me", "session_id": session, "new_message": message}
        self._client.post("/run_sse", json=body).raise_for_status()

    def hold(self) -> None:
        """From now on, what is to be done slowly waits."""
        self._gate.unlink(missing_ok=True)

    def let(self) -> None:
        """From now on, it is done at once."""
        self._gate.touch()

    def stop(self) -> None:
        self._client.close()
        self._process.kill()
        self._process.communicate()

    def _main(self, session: str) -> dict[str, Any]:
        state = self._asked(f"/api/state/nemo_agent/me/{session}/latest")["state"]
        return ((state.get("draft") or {}).get("t") or [{}])[0]

    def _asked(self, path: str) -> dict[str, Any]:
        answer = self._client.get(path).raise_for_status().json()
        assert answer["code"] == 0, answer
        return answer["data"]
