"""Edit video by talking to it, in a Jupyter notebook.

    %load_ext nemo_widgets
    %nemo connect --local
    %nemo upload clip.mp4
    %nemo edit cut the pauses
    %nemo export short.mp4

or, as calls:

    >>> import nemo_widgets as nemo
    >>> s = nemo.connect(local=True)                                   # doctest: +SKIP
    >>> s.upload("clip.mp4")                                           # doctest: +SKIP
    >>> run = s.edit("remove the section between 0:45 and 1:20")       # doctest: +SKIP
    >>> run.changes, s.draft.segments                                  # doctest: +SKIP
    >>> s.export("short.mp4")                                          # doctest: +SKIP

Importing this loads nothing heavy: a name's module is imported when the name is first used.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from .held_stop import held

with held:
    from .interrupts import load, stoppable

    with stoppable:
        from . import draft_output  # noqa: F401 - so a draft shows its timeline, wherever it is imported from

if TYPE_CHECKING:
    from . import skills
    from .client import AsyncClient, ClientSettings
    from .connecting import attach, connect, forget
    from .disk import clean, delete_session
    from .draft_output import Draft, diff
    from .errors import Cancelled, NemoError
    from .language_models import models
    from .launcher import sample
    from .loop import allow_asyncio_run
    from .run_list import runs
    from .running import EditRun, ExportRun, Run, UploadRun, Video
    from .session import Session, current
    from .session_list import sessions

__all__ = [
    "AsyncClient",
    "Cancelled",
    "ClientSettings",
    "Draft",
    "EditRun",
    "ExportRun",
    "NemoError",
    "Run",
    "Session",
    "UploadRun",
    "Video",
    "allow_asyncio_run",
    "attach",
    "clean",
    "connect",
    "current",
    "delete_session",
    "diff",
    "forget",
    "models",
    "runs",
    "sample",
    "sessions",
    "skills",
]

_HOMES = {
    "AsyncClient": "client",
    "Cancelled": "errors",
    "ClientSettings": "client",
    "Draft": "draft_output",
    "diff": "draft_output",
    "EditRun": "running",
    "ExportRun": "running",
    "NemoError": "errors",
    "Run": "running",
    "Session": "session",
    "UploadRun": "running",
    "Video": "running",
    "allow_asyncio_run": "loop",
    "attach": "connecting",
    "clean": "disk",
    "connect": "connecting",
    "forget": "connecting",
    "current": "session",
    "delete_session": "disk",
    "runs": "run_list",
    "models": "language_models",
    "sample": "launcher",
    "sessions": "session_list",
}


@stoppable
def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("nemo-widgets")
    if name == "skills":
        return load(f"{__name__}.skills")
    if name in _HOMES:
        return getattr(load(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """What `jupyter labextension develop` links: the extension of the front end, where it stands."""
    return [{"src": "labextension", "dest": "nemo-widgets"}]


@stoppable
def load_ipython_extension(shell: Any) -> None:
    """`%load_ext nemo_widgets`: register the magics, and warm up in the background what they will need."""
    load(f"{__name__}.magics").load(shell)
    threading.Thread(target=_warm_up, name="nemo-warm-up", daemon=True).start()


@stoppable
def unload_ipython_extension(shell: Any) -> None:
    """`%unload_ext nemo_widgets`: take the magics away again."""
    load(f"{__name__}.magics").unload(shell)


def _warm_up() -> None:
    for name in (".client", ".widgets.run_view", ".running"):
        load(f"{__name__}{name}")
