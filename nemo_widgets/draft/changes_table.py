"""The changes between two drafts as a DataFrame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.table import table_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from .changes import Change

__all__ = ["changes_table"]


def changes_table(changes: Iterable[Change]) -> pd.DataFrame:
    """One row a change: what, kind (of track), name, start_ms, end_ms, before, after."""
    columns = ["what", "kind", "name", "start_ms", "end_ms", "before", "after"]
    rows = [{column: getattr(change, column) for column in columns} for change in changes]
    return table_of(rows, columns).astype({"start_ms": "Int64", "end_ms": "Int64"})
