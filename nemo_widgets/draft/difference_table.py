"""The differences between two drafts as a DataFrame."""

from __future__ import annotations

from dataclasses import fields
from html import escape
from typing import TYPE_CHECKING, Any

from nemo_widgets.table import Table, load_formats, table_of

from .difference import Difference, differences
from .shown import Comparison

if TYPE_CHECKING:
    from collections.abc import Callable

    from .layout import HasData

__all__ = ["DIFFERENCE_COLUMNS", "DifferenceTable", "difference_table"]

DIFFERENCE_COLUMNS = tuple(field.name for field in fields(Difference))
_PNG = "image/png"
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

    def _repr_html_(self) -> str | None:
        html, both = super()._repr_html_(), getattr(self, "drafts", None)
        if html is None or both is None or not len(self):
            return html
        data, known = Comparison(*both)._repr_mimebundle_()
        if not isinstance(picture := data.get(_PNG), str):  # nobody here draws
            return html
        about = known[_PNG]
        size = f'width="{about["width"]}" height="{about["height"]}"'
        return f'{html}\n<img {size} alt="{escape(about["alt"])}" src="data:{_PNG};base64,{picture}">'


def difference_table(before: HasData, after: HasData) -> DifferenceTable:
    """See `Draft.diff`."""
    found = differences(before.data, after.data)
    rows = [[getattr(each, name) for name in DIFFERENCE_COLUMNS] for each in found]
    load_formats()
    made: Any = table_of(rows, list(DIFFERENCE_COLUMNS), dtype=object)
    made = DifferenceTable(made.astype(_DTYPES))
    made.drafts = (before, after)
    return made  # type: ignore[no-any-return]
