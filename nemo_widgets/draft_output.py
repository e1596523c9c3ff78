"""A draft as a cell's last value: the picture of its timeline. Importing this makes it so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.draft import Bundle, Comparison, Draft, shown
from nemo_widgets.interrupts import stoppable

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Draft", "diff"]


@stoppable
def diff(before: Draft, after: Draft) -> pd.DataFrame:
    """What differs between two drafts, one row for each difference; see `Draft.diff`."""
    return before.diff(after)


@shown.register
def _draft(draft: Draft) -> Bundle:
    from nemo_widgets.widgets import TimelinePicture
    from nemo_widgets.widgets.standing import in_terminal

    if in_terminal():
        return {"text/plain": repr(draft)}, {}
    return TimelinePicture(draft)._repr_mimebundle_()


@shown.register
def _comparison(both: Comparison) -> Bundle:
    from nemo_widgets.widgets import DifferencePicture

    return DifferencePicture(Draft(both.before.data), Draft(both.after.data))._repr_mimebundle_()
