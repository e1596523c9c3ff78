"""An edited table of tracks as the draft that it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from nemo_widgets.catalogue import say
from nemo_widgets.errors import TableRefused

from .revision import checked
from .tables import tracks_table
from .values import copied, dicts, filled, mapping

if TYPE_CHECKING:
    from .row_edits import Wrong

__all__ = ["with_tracks"]


def with_tracks(data: dict[str, Any], table: pd.DataFrame) -> dict[str, Any]:
    """The data of the draft whose table of tracks is `table`; `data` itself is left as it is.

    Raises:
        TableRefused: what is wrong with it, by row and reason.
    """
    if not isinstance(table, pd.DataFrame):
        raise TableRefused(say("table.no table"))
    if table.index.name != "track" and "track" in table.columns:
        table = table.set_index("track")
    if table.index.name != "track" or not table.columns.is_unique:
        raise TableRefused(say("table.no numbers"))
    old, raws = tracks_table(data), dicts(data.get("t"))
    wrong: list[Wrong] = []
    made: list[dict[str, Any]] = []
    seen: set[Any] = set()
    for place, number in enumerate(table.index.tolist()):
        if number not in old.index:
            wrong.append((str(number), "track", say("table.no track", value=number, most=len(old))))
            continue
        if number in seen:
            wrong.append((str(number), "track", say("table.twice", copy=len(old) + 1)))
            continue
        seen.add(number)
        cells = {name: table[name].iloc[place] for name in table.columns if name in old.columns}
        new, unfit = _track(raws[number - 1], cells, old.loc[number].to_dict())
        wrong += [(str(number), column, why) for column, why in unfit]
        made.append(new)
    checked(wrong)
    new = {key: copied(value) for key, value in data.items() if key != "t"}
    return {key: filled(data["t"], made) if key == "t" and raws else new.get(key, data[key]) for key in data}


def _track(
    raw: dict[str, Any], cells: dict[Any, Any], old: dict[Any, Any]
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """A track with the name that its row has now; and what is wrong with that row, by column."""
    new, wrong = copied(raw), []
    for column, value in cells.items():
        scalar = pd.api.types.is_scalar(value) and not pd.isna(value)
        if scalar and value == old[column]:
            continue
        if column != "name":
            wrong.append((column, say("table.fixed other")))
        elif isinstance(value, str):
            new["m"] = {**mapping(new.get("m")), "name": value}
        else:
            wrong.append((column, say("table.no text", value=value)))
    return new, wrong
