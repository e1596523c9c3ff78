"""Every call and command, to be stopped at any moment in a fresh kernel, and what has to hold afterwards."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kernels.driver import Kernel
from waiting import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kernels.driver import Cell

__all__ = ["CALLS", "Call", "Home", "complaints", "length", "prepared", "stopped"]

_LOAD = "%load_ext nemo_widgets\n"
_OPEN = "import nemo_widgets as nemo\ns = nemo.connect(session='speech', local=True)\n"
LEVELS = {
    "fresh": "",
    "loaded": _LOAD,
    "open": _LOAD + _OPEN,
    "edited": _LOAD + _OPEN + "run = s.edit('remove 0:01 to 0:02')\n",
}
"""What was done in the kernel before the call."""
_AGAIN = """\
%load_ext nemo_widgets
import nemo_widgets as nemo
try:
    s = nemo.current()
except nemo.NemoError:
    s = nemo.connect(session='speech', local=True)
"""
_THREADS = "import threading; print([t.name for t in threading.enumerate() if t.name == 'nemo-work'])"
_WIDGET = "application/vnd.jupyter.widget-view+json"
_LIVE = re.compile(r"nemo-run-[0-9a-f]{32}")
"""The mark of a live view in the words that it covers: there only while the run is under way."""
_TROUBLE = re.compile(r"Traceback|KeyboardInterrupt|Exception ignored|Error in callback|CancelledError")
_DUMP = """\
import faulthandler, signal
if hasattr(signal, 'SIGUSR1'):
    faulthandler.register(signal.SIGUSR1, file=open('threads.txt', 'w'))
"""
"""What each kernel does first, so that one that hangs can be asked where."""


@dataclass(frozen=True, slots=True)
class Call:
    """A cell that is to be stopped.

    Attributes:
        code: what it runs.
        level: what was done in the kernel before it.
        background: whether it leaves a run that goes on.
        fails: whether it ends with an error of its own.
        lasts_s: how much of it matters, of one that takes very long.
    """

    code: str
    level: str = "open"
    background: bool = False
    fails: bool = False
    lasts_s: float = 0.0


CALLS = (
    Call("import nemo_widgets", "fresh"),
    Call("%load_ext nemo_widgets", "fresh"),
    Call("%nemo help", "loaded"),
    Call("%nemo what can I say?", "loaded"),
    Call("%nemo skills", "loaded"),
    Call("%nemo connect --local", "loaded"),
    Call("import nemo_widgets as nemo\ns = nemo.connect(local=True)", "fresh"),
    Call("import nemo_widgets as nemo\ns = nemo.connect(session='speech', local=True)\ns.timeline", "fresh"),
    Call("%nemo open speech", "loaded"),
    Call("%nemo sessions --all", "loaded"),
    Call("import nemo_widgets as nemo\nnemo.sessions()", "fresh"),
    Call("%nemo clean", "loaded"),
    Call("%nemo clean --yes"),
    Call("nemo.clean()"),
    Call("%nemo runs", "loaded"),
    Call("import nemo_widgets as nemo\nnemo.runs()", "fresh"),
    Call("import nemo_widgets as nemo\nnemo.sample('film', 'drawn')", "fresh", lasts_s=6.0),
    Call("%nemo upload scenes.mp4"),
    Call("%nemo upload scenes.mp4 tone.wav speech.mp4"),
    Call("files = %nemo upload scenes.mp4"),
    Call("s.upload('scenes.mp4')"),
    Call("await s.start_upload('scenes.mp4', background=False)"),
    Call('%%nemo edit\ncut the pauses and add a title that says "Part one"'),
    Call("for _ in range(2):\n    %nemo edit add a fade to black at the end"),
    Call("run = %nemo edit make it warmer"),
    Call("s.edit('cut the pauses')"),
    Call("await s.start('cut the pauses', background=False)"),
    Call("await s.start('cut the pauses')"),
    Call("run = s.start('cut the pauses')", background=True),
    Call("%nemo edit --background cut the pauses", background=True),
    Call("%nemo ask how long is it?"),
    Call("%nemo ask cut the pauses and export it as asked.mp4"),
    Call("%%nemo\nwhat is at 0:03?"),
    Call("%nemo answer 1", fails=True),
    Call("%nemo again", fails=True),
    Call("%nemo undo", "edited"),
    Call("s.undo()", "edited"),
    Call("s.redo()"),
    Call("%nemo tracks"),
    Call("%nemo segments"),
    Call("%time %nemo segments"),
    Call("table = %nemo segments\ntable"),
    Call("%nemo draft"),
    Call("%nemo timeline"),
    Call("%nemo status"),
    Call("%nemo credits"),
    Call("s.draft.segments"),
    Call("s.draft.tracks"),
    Call("s.draft"),
    Call("s.timeline"),
    Call("s.status()"),
    Call("s"),
    Call("run.changes", "edited"),
    Call("run.stream", "edited"),
    Call("run", "edited"),
    Call("s.runs", "edited"),
    Call("%nemo export out.mp4 --resolution 480p"),
    Call("video = s.export('out.mp4', resolution='480p')"),
    Call("s.export('out.mp4', resolution='480p')"),
    Call("await s.start_export('out.mp4', resolution='480p', background=False)"),
    Call("%%capture\n%nemo export out.mp4 --resolution 480p"),
    Call("%nemo play"),
    Call("%nemo play film.mp4", "loaded"),
    Call("s.play()"),
    Call("from nemo_widgets.widgets import Player\nPlayer('film.mp4')", "fresh"),
    Call("%nemo attach", "loaded"),
    Call(
        "import nemo_widgets as nemo\nnemo.attach(nemo.runs().query(\"state == 'left behind'\").index[0])",
        "fresh",
    ),
    Call("%nemo cancel"),
    Call("%nemo disconnect"),
    Call("%load_ext nemo_widgets\n%nemo connect --local\n%nemo upload speech.mp4\n%nemo segments", "fresh"),
)
"""One of each command and call; those that look wait for nothing but what they import and draw."""


_BEGINNING = (
    _LOAD + "import nemo_widgets as nemo\ns = nemo.connect(local=True)",
    "nemo.sample('speech'); nemo.sample('scenes'); s.upload('speech.mp4')",
    """\
import math, struct, wave
with wave.open('tone.wav', 'wb') as file:
    file.setparams((1, 2, 8000, 0, 'NONE', ''))
    file.writeframes(b''.join(struct.pack('<h', round(9000 * math.sin(i / 5))) for i in range(8000)))
""",
    "s.edit('keep the first 6 seconds'); s.export('film.mp4', resolution='480p')",
    "left = s.start_export('left.mp4', resolution='480p')\nimport time; time.sleep(0.5)",
)
"""What was done by a kernel before: it was killed in the middle of an export."""


class Home:
    """A user's folders in the state that each kernel begins in: a session, a film, a run left behind."""

    def __init__(self, folder: Path, specs: Path, name: str) -> None:
        self._folder, self._kept, self._specs, self._name = folder / "home", folder / "kept", specs, name
        mine = {
            "HOME": "home",
            "IPYTHONDIR": "ipython",
            "NEMO_STUDIO_DATA": "data",
            "NEMO_JOURNAL": "journal",
            "NEMO_CACHE": "cache",
        }
        self._env = {**os.environ, **{key: str(self._folder / place) for key, place in mine.items()}}
        startup = self._folder / "ipython" / "profile_default" / "startup"
        startup.mkdir(parents=True)
        (startup / "dump.py").write_text(_DUMP)
        kernel = self.kernel()
        try:
            for code in _BEGINNING:
                _done(kernel, code)
        finally:
            kernel.stop()
        shutil.copytree(self._folder, self._kept)

    def kernel(self) -> Kernel:
        """A kernel in the folder as it is."""
        return Kernel(self._specs, self._name, self._folder, self._env)

    def threads(self, kernel: Kernel) -> str:
        """Where each thread of a kernel is that hangs."""
        kernel.signal(signal.SIGUSR1)
        time.sleep(1)
        return (self._folder / "threads.txt").read_text()

    def fresh(self) -> Kernel:
        """A new kernel, in the folder as it was at the beginning."""
        shutil.rmtree(self._folder, ignore_errors=True)
        shutil.copytree(self._kept, self._folder)
        return self.kernel()


def prepared(kernel: Kernel, call: Call) -> None:
    """Do what comes before a call."""
    if LEVELS[call.level]:
        _done(kernel, LEVELS[call.level])


def _done(kernel: Kernel, code: str) -> None:
    cell = kernel.wait(kernel.start(code), PATIENCE_S)
    assert cell.error is None, cell.error


def length(kernel: Kernel, call: Call) -> float:
    """How long a call takes when nobody stops it, seconds."""
    if call.lasts_s:
        return call.lasts_s
    begun = time.monotonic()
    cell = kernel.wait(kernel.start(call.code), PATIENCE_S)
    assert call.fails or cell.error is None, f"{call.code!r} fails by itself: {cell.error}"
    return (cell.ended_at or begun) - begun


def stopped(kernel: Kernel, call: Call, moments: Sequence[float]) -> tuple[Cell, float]:
    """Run a call and interrupt the kernel at the `moments`, seconds after it was sent.

    Returns:
        The cell, and how long it went on after the first of them, seconds; below 0 where it had ended before.
    """
    begun = time.monotonic()
    cell, first = kernel.start(call.code), 0.0
    for moment in moments:
        while (left := begun + moment - time.monotonic()) > 0:
            kernel.listen(min(left, 0.01))
        kernel.interrupt()
        first = first or time.monotonic()
    kernel.wait(cell)
    time.sleep(0.1)
    return cell, (cell.ended_at or first) - first


def complaints(kernel: Kernel, call: Call, cell: Cell) -> list[str]:
    """What does not hold after a call was stopped, or came to its end before: nothing, if all is well."""
    found = []
    lines = cell.error or []
    if lines and not (cell.kind == "Cancelled" and len(lines) == 1) and not (call.fails and len(lines) == 2):
        found.append(f"{cell.kind} of {len(lines)} lines: {lines[-1]}")
    for code in (_AGAIN, "%nemo status", "s.draft.segments"):
        after = kernel.wait(kernel.start(code), PATIENCE_S)
        if after.error:
            found.append(f"{code.splitlines()[-1]!r} after it: {after.error[-1]}")
    if not any("text/html" in shown for shown in after.shown):
        found.append("no table after it")
    if call.background:
        kernel.asked(f"for each in s.runs: each.ended({PATIENCE_S})")
    end = time.monotonic() + PATIENCE_S
    while (hung := kernel.asked(_THREADS)) != "[]" and time.monotonic() < end:
        time.sleep(0.2)
    if hung != "[]":
        found.append(f"threads: {hung}")
    kernel.quiet()
    if _LIVE.search(json.dumps(cell.shown)) or any(_WIDGET in shown for shown in cell.shown):
        found.append("a live view is left behind")
    told = "".join(m["content"]["text"] for m in kernel.heard if m["msg_type"] == "stream")
    if trouble := _TROUBLE.search(told):
        found.append(f"printed: {told[max(0, trouble.start() - 200) : trouble.end() + 300]}")
    return found
