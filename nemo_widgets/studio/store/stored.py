"""What stands in the database, taken for what the studio wrote only where it can be: else it is damaged.

SQLite keeps whatever it is given in whatever column, and sees no other bytes in the midst of a text.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .faults import damaged

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

__all__ = ["check_types", "column_types", "read_json", "reading"]

_TYPES: dict[str, tuple[type, ...]] = {"TEXT": (str,), "INTEGER": (int,), "REAL": (float, int)}
_MADE = {"used": "REAL"}
"""Of columns that a statement makes: a moment among those of several tables."""


def column_types(connection: sqlite3.Connection) -> dict[str, tuple[type, ...]]:
    """What may stand in a column, by its name; in one of several tables what any of them may hold."""
    found = {name: _TYPES[kind] for name, kind in _MADE.items()}
    columns = connection.execute(
        "SELECT c.name, c.type FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
    )
    for name, kind in columns:
        if kind in _TYPES:
            found[name] = (*found.get(name, ()), *_TYPES[kind])
    return found


def check_types(names: Sequence[str], rows: list[sqlite3.Row], types: dict[str, tuple[type, ...]]) -> None:
    """Do nothing, unless rows hold something else than their columns are for.

    Raises:
        StoreError: the database is damaged.
    """
    checks = [(place, types[name]) for place, name in enumerate(names) if name in types]
    for row in rows:
        for place, allowed in checks:
            if row[place] is not None and not isinstance(row[place], allowed):
                raise damaged()


def read_json(text: str, kind: type = object) -> Any:
    """The value of a JSON text of ours.

    Raises:
        StoreError: it is none, or of another kind: the database is damaged.
    """
    with reading():
        value = json.loads(text)
        if not isinstance(value, kind):
            raise TypeError(text[:20])
        return value


@contextmanager
def reading() -> Iterator[None]:
    """Take for a damaged database what can't be made of a row's values.

    Raises:
        StoreError: it is damaged.
    """
    try:
        yield
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError) as error:
        raise damaged() from error
