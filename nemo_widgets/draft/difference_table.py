"""The differences between two drafts as a DataFrame."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from nemo_widgets.table import Table, load_formats, table_of

from .difference import Difference, differences

if TYPE_CHECKING:
    from collections.abc import Callable

    from .layout import HasData

__all__ = ["DIFFERENCE_COLUMNS", "DifferenceTable", "difference_table"]

DIFFERENCE_COLUMNS = tuple(field.name for field in fields(Difference))
_DTYPES = {
    **dict.fromkeys(("what", "id", "kind", "name", "sentence"), "str"),
    **dict.fromkeys(("track", "start_ms"), "Int64"),
    **dict.fromkeys(("before", "after"), "object"),
}


class DifferenceTable(Table):
    """A DataFrame of differences that knows the two drafts, so that a picture can be drawn of them."""

    _metadata = ["drafts"]  # noqa: RUF012 - as pandas has it
    drafts: tuple[HasData, HasData] | None

    @property
    def _constructor(self) -> Callable[..., DifferenceTable]:
        return DifferenceTable


def difference_table(before: HasData, after: HasData) -> DifferenceTable:
    """See `Draft.diff`."""
    found = differences(before.data, after.data)
    rows = [[getattr(each, name) for name in DIFFERENCE_COLUMNS] for each in found]
    load_formats()
    made: Any = table_of(rows, list(DIFFERENCE_COLUMNS), dtype=object)
    made = DifferenceTable(made.astype(_DTYPES))
    made.drafts = (before, after)
    return made  # type: ignore[no-any-return]
