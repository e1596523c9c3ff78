"""What a cell does in these notebooks: a call or a magic, whose error is shown as a cell's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from IPython.core.getipython import get_ipython
from IPython.display import display
from limits import UNHURRIED

import nemo_widgets as nemo
from nemo_widgets.client import ClientSettings
from nemo_widgets.testing import FastClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.testing import ScriptedBackend

__all__ = ["CLOCK", "clip_called", "connect_to", "do", "magics"]

CLOCK = FastClock(speed=300)
_LIMITS = UNHURRIED | {"upload_answer_s": 1e6}
_SETTINGS = ClientSettings(clock=CLOCK, attempts=1, unknown_polls=1, **_LIMITS)


def connect_to(backend: ScriptedBackend, **more: str) -> None:
    """Connect to a server; `more` are arguments of `nemo.connect`."""
    do(lambda: nemo.connect(url=backend.url, token="made-up", settings=_SETTINGS, **more))


def magics(*lines: str) -> None:
    """Run line magics, one after the other."""
    shell: Any = get_ipython()
    for line in lines:
        do(lambda line=line: display(shell.run_line_magic("nemo", line)))


def do(work: Callable[[], Any]) -> None:
    """Do something as a cell does, its error shown as a cell's."""
    shell: Any = get_ipython()
    try:
        work()
    except Exception:  # noqa: BLE001 - shown as a cell shows it
        shell.showtraceback()


def clip_called(text: str) -> Path:
    """The clip under a name that is the text, as far as the file system takes it."""
    name = (
        "".join(c for c in text if c not in "/\0\n\r")
        .encode("utf-8", "replace")[:200]
        .decode("utf-8", "ignore")
    )
    path = Path(f"{name}.mp4")
    path.write_bytes(Path("clip.mp4").read_bytes())
    return path
