"""A kernel that can be killed, and what it showed until then: spoken to as a front end does."""

from __future__ import annotations

import os
import re
import signal
import time
from queue import Empty
from subprocess import DEVNULL
from typing import TYPE_CHECKING, Any

from jupyter_client.manager import KernelManager
from waiting import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["Cell", "Notebook"]

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Cell:
    """A cell that was sent, and its outputs: an output that was updated counts as it is now."""

    def __init__(self, message_id: str) -> None:
        self.message_id = message_id
        self.outputs: list[dict[str, Any]] = []
        self.error = ""
        self.ended = False

    def hear(self, kind: str, content: dict[str, Any]) -> None:
        match kind:
            case "stream":
                self.outputs.append({"text/plain": content["text"]})
            case "display_data" | "execute_result":
                self.outputs.append(content["data"])
            case "error":
                self.error = _COLOUR.sub("", "\n".join(content["traceback"]))
            case "status":
                self.ended = content["execution_state"] == "idle"

    @property
    def text(self) -> str:
        """All of it as text, errors included."""
        return "\n".join([*(output.get("text/plain", "") for output in self.outputs), self.error]).strip()

    @property
    def everything(self) -> str:
        """All of it in every form."""
        return "\n".join([*(str(value) for output in self.outputs for value in output.values()), self.error])


class Notebook:
    """One kernel. `kill` ends it as the system does: without a word."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self.folder = folder
        self._manager = KernelManager(kernel_name="python3")
        self._manager.shutdown_wait_time = PATIENCE_S  # it ends by itself, however long the machine takes
        self._manager.start_kernel(env={**os.environ, **env}, cwd=str(folder), stderr=DEVNULL)
        self._cells: dict[str, Cell] = {}
        self._shown: dict[str, dict[str, Any]] = {}
        self._heard: list[Any] = []
        self._ready = False

    def open(self) -> None:
        """Show the notebook in a tab, which talks to the kernel."""
        self._client = self._manager.client()
        self._client.start_channels()
        self._client.wait_for_ready(timeout=PATIENCE_S)

    def close_tab(self) -> None:
        """Close the tab; the kernel lives on."""
        self._client.stop_channels()

    def start(self, code: str) -> Cell:
        """Send a cell without waiting for it."""
        if not self._ready:  # the kernel was starting up beside other work until now
            self._ready = True
            self.open()
            assert not self.run("%load_ext nemo_widgets\nimport nemo_widgets as nemo").error
        cell = Cell(self._client.execute(code, stop_on_error=True))
        self._cells[cell.message_id] = cell
        return cell

    def run(self, code: str, seconds: float = PATIENCE_S) -> Cell:
        """Run a cell to its end."""
        return self.wait(self.start(code), seconds)

    def wait(self, cell: Cell, seconds: float = PATIENCE_S) -> Cell:
        """Listen to the end of a cell."""
        self.until(lambda: cell.ended, seconds)
        # As every front end does: some ipykernels hang if a cell comes while they send a reply.
        while self._client.get_shell_msg(timeout=seconds)["parent_header"].get("msg_id") != cell.message_id:
            pass
        return cell

    def asked(self, code: str) -> str:
        """What a cell shows that must not fail."""
        cell = self.run(code)
        assert not cell.error, cell.error
        return cell.text

    def until(self, seen: Callable[[], Any], seconds: float = PATIENCE_S) -> Any:
        """Listen until `seen()` is true, and return it."""
        end = time.monotonic() + seconds
        while not (found := seen()):
            assert time.monotonic() < end, f"not seen within {seconds} s"
            self._listen(0.05)
        return found

    def shows(self, words: str) -> bool:
        """Whether some live view or output has shown these words by now."""
        return any(words in str(heard) for heard in self._heard)

    def kill(self) -> None:
        """SIGKILL, and wait until it is gone."""
        os.kill(self._manager.provisioner.pid, signal.SIGKILL)
        self._manager.provisioner.process.wait(PATIENCE_S)

    def stop(self, *, now: bool = True) -> None:
        """Shut it down: `now` by killing it, else as *Shut Down Kernel* does."""
        if self._ready:
            self._client.stop_channels()
        self._manager.shutdown_kernel(now=now)

    def _listen(self, seconds: float) -> None:
        try:
            message = self._client.get_iopub_msg(timeout=seconds)
        except Empty:
            return
        kind, content = message["msg_type"], message["content"]
        self._heard.append(content)
        cell = self._cells.get(message["parent_header"].get("msg_id", ""))
        place = content.get("transient", {}).get("display_id")
        if kind == "update_display_data":
            shown = self._shown.get(place, {})
            shown.clear()
            shown.update(content["data"])
        elif cell is not None:
            if kind == "display_data" and place:
                self._shown[place] = content["data"]
            cell.hear(kind, content)
