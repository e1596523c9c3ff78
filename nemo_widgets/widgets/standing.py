"""What may stand in the cell that runs now, as far as the request to run it tells.

A page of JupyterLab or Notebook 7 draws a live view over a picture that stands in the notebook, so the
picture is all that the notebook needs to hold, and it is there with and without a kernel. A client written
in Python (nbclient, papermill, nbconvert, qtconsole) draws no live view at all. Any other page (VS Code,
Colab) has to be given one in the output.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nemo_widgets.host import host, shell

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Asked", "asked", "cell", "in_terminal", "succeed"]


@dataclass(frozen=True, slots=True)
class Asked:
    """The request that the kernel answers now.

    Attributes:
        id: its own, "" where nothing is known.
        cell: the cell's, "" if the page does not tell.
        picture: whether a picture is enough, since the page covers it, or since there is no page.
    """

    id: str = ""
    cell: str = ""
    picture: bool = False


_closing: dict[str, tuple[str, list[Callable[[], None]]]] = {}
"""For each cell its last request, and what closes the views made for it."""


def asked() -> Asked:
    """The execute_request that the kernel handles now: its id, its cell, whether its page draws pictures."""
    request = _request()
    header, told = _part(request, "header"), _part(request, "metadata")
    number, session, cell = header.get("msg_id"), header.get("session"), told.get("cellId")
    if not isinstance(number, str) or not isinstance(session, str):
        return Asked()
    # JupyterLab's notebook tells which cells were deleted, and nobody else does; the ids of jupyter_client's
    # messages begin with the session's, the others are random.
    picture = "deletedCells" in told or (bool(session) and number.startswith(f"{session}_"))
    return Asked(number, cell if isinstance(cell, str) else "", picture)


def succeed(close: Callable[[], None]) -> None:
    """Register a view of the cell that runs now: `close` is called when a later run of it makes another.

    Only for a view that nobody else holds: ipywidgets would keep it until the process ends.
    """
    now = asked()
    if not now.cell:
        return
    request, made = _closing.get(now.cell, ("", []))
    if request == now.id:
        made.append(close)
        return
    _closing[now.cell] = (now.id, [close])
    for former in made:
        former()


def cell() -> str:
    """A name that this run of the cell alone has, in a kernel as in a terminal; "" in a program."""
    if (here := shell()) is None:
        return ""
    return asked().id or str(getattr(here, "execution_count", ""))


def in_terminal() -> bool:
    """Whether it is a terminal that shows what is displayed, and no picture is seen."""
    return host() == "terminal"


def _request() -> Any:
    """The message to which what is displayed now belongs, or None outside of a kernel."""
    parent = getattr(shell(), "get_parent", None)
    return parent() if callable(parent) else None


def _part(request: Any, name: str) -> dict[str, Any]:
    part = request.get(name) if isinstance(request, dict) else None
    return part if isinstance(part, dict) else {}
