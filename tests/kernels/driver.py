"""One kernel, spoken to as a front end does: cells, clicks, Stop; all that it says is kept with its time."""

from __future__ import annotations

import re
import time
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING, Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager
from waiting import PATIENCE_S

from nemo_widgets import widgets

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ACK_S", "Cell", "Kernel"]

_JS = (Path(widgets.__file__).parent / "run_view.js").read_text(encoding="utf-8")
ACK_S = int(re.search(r"\bACK_MS = (\d+);", _JS)[1]) / 1000
"""How long run_view.js waits for an acknowledgement before it interrupts the kernel through the server."""

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Cell:
    """A cell that was sent, and what came back for it.

    Attributes:
        bundles: its outputs as they were first displayed; `shown`: as they are now.
        kind, error: of the error that it ended with, its name and its lines.
        ended_at: when the kernel was idle again.
    """

    def __init__(self, message_id: str) -> None:
        self.message_id = message_id
        self.printed = ""
        self.bundles: list[dict[str, Any]] = []
        self.shown: list[dict[str, Any]] = []
        self._places: list[str | None] = []
        self.error: list[str] | None = None
        self.kind = ""
        self.ended_at: float | None = None

    def hear(self, message: dict[str, Any], at: float) -> None:
        content = message["content"]
        match message["msg_type"]:
            case "stream":
                self.printed += content["text"]
            case "display_data" | "execute_result":
                self.bundles.append(content["data"])
                self.shown.append(content["data"])
                self._places.append(content.get("transient", {}).get("display_id"))
            case "error":
                self.kind = content["ename"]
                self.error = [_COLOUR.sub("", line) for line in content["traceback"]]
            case "status" if content["execution_state"] == "idle":
                self.ended_at = at

    def update(self, place: str, data: dict[str, Any]) -> None:
        """Another bundle takes the place of those that were displayed under a display id."""
        self.shown = [
            data if there == place else old for there, old in zip(self._places, self.shown, strict=True)
        ]


class Kernel:
    """A running kernel of one version.

    Attributes:
        heard: all that came over iopub, in order.
        version: of ipykernel.
    """

    def __init__(self, root: Path, name: str, folder: Path, env: dict[str, str]) -> None:
        found = KernelSpecManager(kernel_dirs=[str(root / "kernels")], ensure_native_kernel=False)
        self._manager = KernelManager(kernel_name=name, kernel_spec_manager=found)
        self._manager.start_kernel(env=env, cwd=str(folder))
        self._client = self._manager.client()
        self._client.start_channels()
        self._client.wait_for_ready(timeout=PATIENCE_S)
        self._cells: dict[str, Cell] = {}
        self._replied: set[str | None] = set()
        self.heard: list[dict[str, Any]] = []
        self.version = self.asked("import ipykernel\nprint(ipykernel.__version__)")

    # -- cells --------------------------------------------------------------------------------------

    def start(self, code: str, *, subshell: str | None = None) -> Cell:
        """Send a cell without waiting for it."""
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}}
        content |= {"allow_stdin": False, "stop_on_error": True}
        cell = Cell(self._send("execute_request", content, subshell))
        self._cells[cell.message_id] = cell
        return cell

    def wait(self, cell: Cell, seconds: float = PATIENCE_S) -> Cell:
        """Listen until the kernel is idle after this cell."""
        self.until(lambda: cell.ended_at is not None, "the end of a cell", seconds)
        # As every front end does: ipykernel 7.3 may hang for ever if a cell comes while it sends a reply.
        while cell.message_id not in self._replied:
            reply = self._client.get_shell_msg(timeout=seconds)
            self._replied.add(reply["parent_header"].get("msg_id"))
        return cell

    def run(self, code: str, *, subshell: str | None = None) -> Cell:
        return self.wait(self.start(code, subshell=subshell))

    def asked(self, code: str) -> str:
        """What a cell prints that must not fail."""
        cell = self.run(code)
        assert cell.error is None, cell.error
        return cell.printed.strip()

    # -- listening ----------------------------------------------------------------------------------

    def until(self, seen: Callable[[], Any], what: str, seconds: float = PATIENCE_S) -> Any:
        """Listen until `seen()` is true, and return it."""
        end = time.monotonic() + seconds
        while not (found := seen()):
            left = end - time.monotonic()
            assert left > 0, f"{what} did not come within {seconds} s"
            self.listen(min(left, 0.5))
        return found

    def listen(self, seconds: float) -> bool:
        """Hear one message, if one comes in that time."""
        try:
            message = self._client.get_iopub_msg(timeout=seconds)
        except Empty:
            return False
        at = time.monotonic()
        message["at"] = at
        self.heard.append(message)
        if message["msg_type"] == "update_display_data":
            content = message["content"]
            for shown in self._cells.values():
                shown.update(content["transient"]["display_id"], content["data"])
        cell = self._cells.get(message["parent_header"].get("msg_id", ""))
        if cell is not None:
            cell.hear(message, at)
        return True

    def quiet(self) -> None:
        """Hear all that was said, to the end."""
        self.run("pass")
        while self.listen(0.3):
            pass

    # -- the live view ------------------------------------------------------------------------------

    def view(self, since: int = 0) -> str | None:
        """The comm of the newest RunView that was opened after the first `since` messages."""
        opened = [m["content"] for m in self.heard[since:] if m["msg_type"] == "comm_open"]
        return next((c["comm_id"] for c in reversed(opened) if "known" in c["data"].get("state", {})), None)

    def said(self, comm: str, since: int = 0) -> list[dict[str, Any]]:
        """The custom messages of that view."""
        heard = [m for m in self.heard[since:] if m["msg_type"] == "comm_msg"]
        mine = [m["content"]["data"] for m in heard if m["content"]["comm_id"] == comm]
        return [data["content"] for data in mine if data["method"] == "custom"]

    def under_way(self, code: str, sign: str = "Working") -> tuple[Cell, str]:
        """Start a cell, and wait until its live view shows `sign`; the cell and the view's comm."""
        since = len(self.heard)
        cell = self.start(code)
        comm = self.until(lambda: self.view(since), f"the live view of {code!r}")
        self.until(lambda: sign in str(self.said(comm, since)), f"{sign!r} in the live view of {code!r}")
        return cell, comm

    def click(self, comm: str, *, row: str | None = None, subshell: str | None = None) -> None:
        """What run_view.js sends when Cancel is pressed."""
        content = {"type": "cancel", "row": row}
        self._send("comm_msg", {"comm_id": comm, "data": {"method": "custom", "content": content}}, subshell)

    def press(
        self,
        comm: str,
        times: int = 1,
        *,
        row: str | None = None,
        subshell: str | None = None,
        interrupts: bool = True,
    ) -> str:
        """Clicks as the page does them: the acknowledgement or, without one in time, the kernel's interrupt.

        Many `times` are sent as fast as they can be. Which of both came is returned ("" for neither: a row,
        or a run in the background, never `interrupts`).
        """
        since, end, clicks = len(self.heard), time.monotonic() + ACK_S, 0
        how, over = "", False
        while clicks < times or not (how or over):
            if clicks < times:
                self.click(comm, row=row, subshell=subshell)
                clicks += 1
            if clicks % 10 == 0 or clicks == times:
                while self.listen(0 if clicks < times else 0.01):
                    pass
            over = time.monotonic() > end
            if not how and self.acks(comm, since):
                how = "ack"
            elif not how and over and interrupts:
                self.interrupt()
                how = "interrupt"
        return how

    def acks(self, comm: str, since: int) -> list[dict[str, Any]]:
        return [m for m in self.said(comm, since) if m["type"] == "ack"]

    # -- the rest -----------------------------------------------------------------------------------

    def interrupt(self) -> None:
        self._manager.interrupt_kernel()

    def signal(self, number: int) -> None:
        self._manager.signal_kernel(number)

    def subshell(self) -> str:
        """A new subshell, as JupyterLab makes one for the comms of a target."""
        self._client.control_channel.send(self._client.session.msg("create_subshell_request", {}))
        return str(self._client.control_channel.get_msg(timeout=PATIENCE_S)["content"]["subshell_id"])

    def stop(self) -> None:
        self._client.stop_channels()
        self._manager.shutdown_kernel(now=True)

    def _send(self, kind: str, content: dict[str, Any], subshell: str | None) -> str:
        message = self._client.session.msg(kind, content)
        if subshell is not None:
            message["header"]["subshell_id"] = subshell
        self._client.shell_channel.send(message)
        return str(message["header"]["msg_id"])
