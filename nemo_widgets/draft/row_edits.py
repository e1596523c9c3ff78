"""One row of an edited table: what its cells say now beside what they said, and whether that can be."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import say
from nemo_widgets.printable import one_line

from .clock import LONGEST_MS, clock
from .schema import LOUDEST, SPEEDS, TRANSITIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["CELLS", "READ_ONLY", "Row", "Wrong", "timed"]

Wrong = tuple[str, str, str]
"""What is wrong with a table: the row's id, the column, and the reason."""

READ_ONLY = ("segment", "kind", "effects", "overlap_ms")
_SHOWN = 40


class Unfit(ValueError):
    """A value that a cell can't have; its text says why."""


def _number(value: Any) -> float:
    if isinstance(value, (bool, str)) or not hasattr(value, "__float__"):
        raise Unfit(say("table.no number", value=one_line(str(value), _SHOWN)))
    found = float(value)
    if not math.isfinite(found):
        raise Unfit(say("table.missing"))
    return found


def _ms(value: Any) -> int:
    if hasattr(value, "total_seconds"):
        value = value.total_seconds() * 1000
    found = round(_number(value))
    if found < 0:
        raise Unfit(say("table.negative", value=found))
    if found > LONGEST_MS:
        raise Unfit(say("table.long", most=clock(LONGEST_MS)))
    return found


def _words(value: Any) -> str:
    if not isinstance(value, str):
        raise Unfit(say("table.no text", value=one_line(str(value), _SHOWN)))
    return value


def _between(least: float, most: float) -> Callable[[Any], float]:
    def read(value: Any) -> float:
        found = _number(value)
        if not least <= found <= most:
            raise Unfit(say("table.outside", value=f"{found:g}", least=f"{least:g}", most=f"{most:g}"))
        return found

    return read


def _transition(value: Any) -> str:
    if _words(value) and value not in TRANSITIONS:
        raise Unfit(say("table.no transition", value=one_line(value, _SHOWN), known=", ".join(TRANSITIONS)))
    return str(value)


def _count(value: Any) -> int:
    found = _number(value)
    if not found.is_integer():
        raise Unfit(say("table.no number", value=f"{found:g}"))
    return int(found)


CELLS: Mapping[str, Callable[[Any], Any]] = {
    "track": _count,
    **dict.fromkeys(("name", "source", "text"), _words),
    **dict.fromkeys(("start_ms", "end_ms", "duration_ms", "in_ms", "out_ms", "transition_ms"), _ms),
    "transition": _transition,
    "volume": _between(0, LOUDEST),
    "speed": _between(*SPEEDS),
}
"""The columns that can be edited, and how a cell of each is read."""


@dataclass
class Row:
    """A row: its id, what it said before, and what is new in it.

    Attributes:
        fresh: whether its segment is new. model: the id of the segment that it is, or is a copy of.
        ident: the id that a new one is to have, "" for any.
        held: all its cells as they are to be. changed: the names of those that are another than before.
        wrong: what is wrong with it.
    """

    label: str
    before: Mapping[str, Any]
    fresh: bool = False
    model: str | None = None
    ident: str = ""
    held: dict[str, Any] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    wrong: list[Wrong] = field(default_factory=list)

    def take(self, cells: Mapping[str, Any], is_missing: Callable[[Any], bool]) -> None:
        """Read the cells that are another than before; what is missing was missing before, or is wrong."""
        self.held = dict(self.before)
        for name, value in cells.items():
            old = self.before.get(name)
            lacks = is_missing(value)
            if (lacks and (old is None or self.fresh)) or (not lacks and old is not None and value == old):
                continue
            if name in READ_ONLY:
                if not self.fresh:
                    self.refuse(name, say(f"table.fixed {'segment' if name == 'segment' else 'other'}"))
                continue
            if lacks:
                self.refuse(name, say("table.missing"))
                continue
            try:
                read = CELLS[name](value)
            except Unfit as why:
                self.refuse(name, str(why))
                continue
            if read != old:
                self.held[name] = read
                self.changed.add(name)

    def refuse(self, column: str, why: str) -> None:
        """Note what is wrong with a cell."""
        self.wrong.append((self.label, column, why))


def timed(row: Row, *, still: bool = False) -> None:
    """Bring the times of a row that was edited into agreement, or refuse them.

    A start alone moves it; an end or a duration alone trims its end; a part of the source or a speed alone
    says how long it lasts. `still` is a picture that is held as long as one likes.
    """
    new, held = row.changed, row.held
    start: Any = held.get("start_ms")
    end: Any = held.get("end_ms")
    lasting: Any = held.get("duration_ms")
    own = new & {"start_ms", "end_ms", "duration_ms"}
    played = not still and held.get("in_ms") is not None and held.get("out_ms") is not None
    if own == {"start_ms", "end_ms", "duration_ms"} and end != start + lasting:
        row.refuse("end_ms", say("table.no sum", start=start, lasting=lasting, end=end))
        return
    if "end_ms" in own and "duration_ms" not in own:
        lasting = end - (start or 0)
    elif own == {"end_ms", "duration_ms"} and not row.fresh:
        start = end - lasting
    if played:
        lasting = _played(row, lasting, own)
    start = start or 0
    if start < 0 or lasting is None or lasting <= 0:
        row.refuse("duration_ms", say("table.no length", value=lasting if lasting is not None else 0))
        return
    if start + lasting > LONGEST_MS:
        row.refuse("end_ms", say("table.long", most=clock(LONGEST_MS)))
        return
    if "start_ms" not in own and start != row.before.get("start_ms"):
        new.add("start_ms")
    held["start_ms"], held["duration_ms"], held["end_ms"] = start, lasting, start + lasting


def _played(row: Row, lasting: int | None, own: set[str]) -> int | None:
    """How long the part of the source lasts; where only that was said, the part ends accordingly."""
    held, speed = row.held, row.held.get("speed") or 1.0
    begin, stop = held["in_ms"], held["out_ms"]
    told = row.changed & {"in_ms", "out_ms", "speed"}
    trimmed = bool(own & {"end_ms", "duration_ms"})
    if trimmed and "out_ms" not in told and lasting is not None and lasting != row.before.get("duration_ms"):
        stop = held["out_ms"] = begin + round(lasting * speed)
        row.changed.add("out_ms")
    elif told and not trimmed:
        lasting = round((stop - begin) / speed)
    if stop <= begin and (told or trimmed):
        row.refuse("out_ms", say("table.backwards", begin=begin, end=stop))
        return None if lasting is None else max(lasting, 1)
    if told and trimmed and lasting is not None and abs((stop - begin) / speed - lasting) > 1:
        row.refuse("duration_ms", say("table.no part", long=round((stop - begin) / speed), value=lasting))
    return lasting
