"""The magic itself; what the subcommands do stands in `actions`, imported with the first command."""

from __future__ import annotations

from functools import partial
from typing import Any

from IPython.core.magic import Magics, line_cell_magic, magics_class, no_var_expand

from nemo_widgets.catalogue import say
from nemo_widgets.errors import UsageError
from nemo_widgets.interrupts import load, stoppable

from .pending import Pending, step

__all__ = ["NemoMagics"]


@magics_class
class NemoMagics(Magics):
    """`%nemo subcommand …` and `%%nemo`; `%nemo help` lists the subcommands."""

    @no_var_expand
    @line_cell_magic
    @stoppable
    def nemo(self, line: str, cell: str | None = None) -> Any:
        """Edit video by talking to it: `%nemo help` lists the subcommands."""
        return self._waited(line, cell)

    @stoppable
    def assigned(self, line: str) -> Any:
        """The same for `name = %nemo …`: the run, where a cell would show nothing more."""
        return self._waited(line, None, assigned=True)

    async def awaited(self, line: str, cell: str | None = None, *, assigned: bool = False) -> Any:
        """The same, awaiting what takes long; see `awaiting`."""
        outcome = step(lambda: self._perform(line, cell, assigned=assigned))
        while isinstance(outcome, Pending):
            run = await outcome.run
            outcome = step(partial(outcome.then, run))
        return outcome

    def _waited(self, line: str, cell: str | None, *, assigned: bool = False) -> Any:
        _let_messages_in(self.shell)
        outcome = self._perform(line, cell, assigned=assigned)
        while isinstance(outcome, Pending):
            outcome = outcome.then(outcome.run.result())
        return outcome

    def _perform(self, line: str, cell: str | None, *, assigned: bool) -> Any:
        return load("nemo_widgets.magics.actions").perform(self.shell, line, cell, assigned=assigned)

    def misplaced(self, words: str) -> None:
        """Say where `%%nemo` with these words behind it has to stand; see `placing`."""
        from .commands import SAYING

        name = words.split(maxsplit=1)[0] if words else "ask"
        said, line = f"%%nemo {words}".strip(), f"{name} …" if name in SAYING else words
        raise UsageError(
            say("magic.first line", said=said),
            hint=say("magic.one line works", said=said, line=line),
        )


def _let_messages_in(shell: Any) -> None:
    """Have the front end's messages arrive below `%%capture` as well.

    A kernel tells its shell's publisher which message it handles, in whatever thread. The publisher that
    captures can't be told, so that each message (a click on Cancel, a live view's question) would end in an
    error on the page and be lost. It goes away with the capture.
    """
    publisher = getattr(shell, "display_pub", None)
    in_kernel = getattr(shell, "kernel", None) is not None
    if publisher is not None and in_kernel and not hasattr(publisher, "set_parent"):
        publisher.set_parent = lambda parent: None  # noqa: ARG005 - what is captured belongs to no message
