"""An error of ours that something showed and swallowed ends the cell around it all the same.

`%%capture`, `%run` and `get_ipython().run_cell` show what went wrong and go on; *Run All* would export a film
that was not edited.
"""

from __future__ import annotations

import io
import sys
import threading
from typing import TYPE_CHECKING, Any

from nemo_widgets import errors

from .watching import watch

if TYPE_CHECKING:
    from nemo_widgets.errors import NemoError

__all__ = ["Swallowed", "nested"]


def nested() -> bool:
    """Whether a cell is being run by the code of another one, in this thread."""
    from IPython.core.interactiveshell import InteractiveShell

    frame = sys._getframe(1)  # noqa: SLF001 - IPython tells it in no other way
    while frame is not None:
        if frame.f_code is InteractiveShell.run_code.__code__:
            return True
        frame = frame.f_back  # type: ignore[assignment]  # None ends the loop
    return False


def _in_output_widget() -> bool:
    """Whether it is an Output widget of ipywidgets that shows the error: it may not be on the page at all."""
    frame = sys._getframe(1)  # noqa: SLF001 - as above
    while frame is not None:
        if frame.f_globals.get("__name__") == "ipywidgets.widgets.widget_output":
            return True
        frame = frame.f_back  # type: ignore[assignment]  # None ends the loop
    return False


class Swallowed:
    """Looks, for one shell, whether a cell ends well although an error was shown in it."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._in_kernel = getattr(shell, "kernel", None) is not None
        self._shown: dict[int, tuple[NemoError, bool]] = {}
        """By thread: the last error that was shown, and whether that went where nobody looks."""

    def register(self) -> None:
        """Listen to the shell and to the errors."""
        self._shell.events.register("pre_run_cell", self.begun)
        self._shell.events.register("post_run_cell", self.ended)
        errors.shown.append(self.noted)

    def unregister(self) -> None:
        """Stop listening."""
        self._shell.events.unregister("pre_run_cell", self.begun)
        self._shell.events.unregister("post_run_cell", self.ended)
        errors.shown.remove(self.noted)

    def noted(self, error: NemoError) -> None:
        """An error is being shown, by whoever."""
        captured = isinstance(sys.stdout, io.StringIO) and not self._in_kernel  # a kernel sends it past that
        unseen = captured or _in_output_widget()
        self._shown[threading.get_ident()] = error, unseen

    def begun(self, info: Any = None) -> None:
        """A cell begins."""
        watch([str(getattr(info, "raw_cell", ""))])  # an awaiting cell has got another handler since
        if not nested():
            self._shown.pop(threading.get_ident(), None)

    def ended(self, result: Any) -> None:
        """A cell ended: with an error, if one was shown."""
        if nested():
            return
        error, unseen = self._shown.pop(threading.get_ident(), (None, False))
        if error is None or result is None or not result.success:
            return
        result.error_in_exec = error
        self._shell.last_execution_succeeded = False
        if unseen:
            self._shell.showtraceback((type(error), error, error.__traceback__))
            self._shown.pop(threading.get_ident(), None)
