"""A DataFrame whose cells may hold words of others, shown as words wherever a notebook shows it.

pandas escapes HTML in a table, and nothing in a styled one. In both a page takes two dollars, or a backslash
and a bracket, for a formula, and carries out what stands between them.

Importing this imports pandas, so `interrupts.to_thread` does it, wherever a Stop may come.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from .printable import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pandas.io.formats.style import Styler

__all__ = ["Table", "load_formats", "table_of"]

_TAGS = re.compile(r"(<style\b.*?</style>|<[^>]*>)", re.DOTALL | re.IGNORECASE)
_EMPTY = re.compile(r"\n\s*\n")
_PANDAS_OWN = 50
"""The characters that pandas shows of a cell where nobody says how many."""
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile("<(t[hd])>")
_LEFT = ' style="text-align: left;"'
_FORMULA = re.compile(r"[$\\]")


class Table(pd.DataFrame):
    """A DataFrame that is safe to show; so are its parts, and its `style`."""

    @property
    def _constructor(self) -> Callable[..., Table]:
        return Table

    def _repr_html_(self) -> str | None:
        chosen = pd.get_option("display.max_colwidth")
        wide = None if chosen == _PANDAS_OWN else chosen  # a sentence is read to its end, if nobody chose
        with pd.option_context("display.max_colwidth", wide):
            html: str | None = super()._repr_html_()  # type: ignore[misc]
        return None if html is None else _only_words(_aligned(html, _of_words(self)))

    @property
    def style(self) -> Styler:
        """The table to be styled: values and labels are escaped, unless `format` is told otherwise."""
        return _styler()(self)


def table_of(rows: Iterable[Any], columns: list[str] | None = None, *, dtype: Any = None) -> Table:
    """A table of rows, whose texts are made fit to be printed."""
    load_formats()
    return Table([_fit(row) for row in rows], columns=columns, dtype=dtype)


@cache
def load_formats() -> None:
    """Have pandas import what it shows tables with; else it does so where a Stop breaks that."""
    small = pd.DataFrame({"number": [1, None], "word": ["", "a"]}).astype({"number": "Int64"})
    small.to_html()
    small.to_string()


def _fit(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _fit(held) for key, held in value.items()}
    if isinstance(value, tuple):
        return tuple(map(_fit, value))
    return printable(value) if isinstance(value, str) else value


def _styler() -> type[Styler]:
    """The kind of Styler; pandas needs Jinja for it, which need not be installed."""
    from pandas.io.formats.style import Styler

    class EscapedStyler(Styler):
        def __init__(self, data: Any, *args: Any, **options: Any) -> None:
            super().__init__(data, *args, **{"escape": "html", "na_rep": "NA", **options})
            self.format_index(axis=0)
            self.format_index(axis=1)

        def format(self, *args: Any, **options: Any) -> Styler:  # type: ignore[override]
            return super().format(*args, **{"escape": "html", "na_rep": "NA", **options})

        def format_index(self, *args: Any, **options: Any) -> Styler:  # type: ignore[override]
            return super().format_index(*args, **{"escape": "html", **options})

        def to_html(self, *args: Any, **options: Any) -> Any:
            html = super().to_html(*args, **options)
            return _only_words(html) if isinstance(html, str) else html

    return EscapedStyler


def _of_words(table: pd.DataFrame) -> list[bool]:
    """Of the columns of the index and of the table, in their order: whether it holds no numbers."""
    levels = [table.index.get_level_values(n) for n in range(table.index.nlevels)]
    kinds = [*(level.dtype for level in levels), *table.dtypes]
    return [not pd.api.types.is_numeric_dtype(kind) for kind in kinds]


def _aligned(html: str, words: list[bool]) -> str:
    """A table's HTML with its columns of words to the left; numbers stay to the right."""

    def row(found: re.Match[str]) -> str:
        if len(_CELL.findall(found[0])) != len(words):  # of a wide table pandas leaves out the middle
            return found[0]
        left = iter(words)
        return _CELL.sub(lambda cell: f"<{cell[1]}{_LEFT if next(left) else ''}>", found[0])

    return _ROW.sub(row, html)


def _only_words(html: str) -> str:
    """HTML in which every dollar and backslash of a text stands alone: so they begin no formula.

    Nor is there an empty line, behind which HTML in Markdown is at its end.
    """
    parts = _TAGS.split(html)
    parts[::2] = [_FORMULA.sub(r"<span>\g<0></span>", words) for words in parts[::2]]
    return _EMPTY.sub("\n", "".join(parts))
