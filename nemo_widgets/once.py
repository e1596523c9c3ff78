"""What is done once is not to be done by what repeats a line to measure it."""

from __future__ import annotations

import sys

from nemo_widgets.catalogue import say
from nemo_widgets.errors import UsageError

__all__ = ["refuse_repeats"]

_REPEATING = frozenset({"<magic-timeit>", "<timeit-src>"})
"""What IPython's %timeit and the standard library's timeit call the code that they run over and over."""


def refuse_repeats() -> None:
    """Do nothing, unless the calling code is one that timeit runs many times over.

    Raises:
        UsageError: it is; each turn would be sent, and paid for, by itself.
    """
    frame = sys._getframe(1)  # noqa: SLF001 - the one way to know the caller
    while frame is not None:
        if frame.f_code.co_filename in _REPEATING:
            raise UsageError(
                say("once.repeated"),
                hint=say("once.time"),
            )
        frame = frame.f_back  # type: ignore[assignment]  # None ends the loop
