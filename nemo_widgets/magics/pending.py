"""What a subcommand comes to when it has begun a run, and the steps from one run to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nemo_widgets.errors import Cancelled
from nemo_widgets.interrupts import stoppable

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemo_widgets.running import Run

__all__ = ["Pending", "step"]


@dataclass(frozen=True, slots=True)
class Pending:
    """A run that is under way, and what comes after it (perhaps another)."""

    run: Run
    then: Callable[[Any], Any]


def step(work: Callable[[], Any]) -> Any:
    """What `work` comes to. A run is returned after a Stop too, which has cancelled it: it says so itself.

    Raises:
        Cancelled: the kernel's Stop came before there was a run.
    """
    outcome = None
    try:
        with stoppable:
            outcome = work()
    except Cancelled:
        if not isinstance(outcome, Pending):
            raise
    return outcome
