"""What an export would do, as a DataFrame; for people with a picture and a line of words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .catalogue import ROWS, say
from .plan_words import summary
from .table import Table, table_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from .client import ExportPlan
    from .draft import Draft
    from .widgets import PlanPicture

__all__ = ["COLUMNS", "PlanTable", "plan_table"]

COLUMNS = ("kind", "what", "start_ms", "end_ms", "frames", "source", "why")


class PlanTable(Table):
    """The plan of an export, one row for each stretch with which the same is done, and one for the sound.

    Attributes:
        summary: the whole in a line.
        picture: the timeline with the plan below it.
    """

    _metadata = ("_plan", "_draft")
    _plan: ExportPlan
    _draft: Draft

    @property
    def _constructor(self) -> Callable[..., Table]:
        return Table  # a part of it, or a sum, is a plan no more

    @property
    def summary(self) -> str:
        """What the file becomes, and which share of it is copied."""
        return summary(self._plan)

    @property
    def picture(self) -> PlanPicture:
        """The timeline with the plan below it."""
        from .widgets import PlanPicture

        return PlanPicture(self._draft, self._plan)


def plan_table(plan: ExportPlan, draft: Draft) -> PlanTable:
    """The plan of an export of this draft as a table."""
    rows: list[dict[str, Any]] = [
        {
            "kind": "video",
            "what": each.what,
            "start_ms": each.start_ms,
            "end_ms": each.end_ms,
            "frames": each.frames,
            "source": each.source,
            "why": _why(each.why),
        }
        for each in plan.stretches
    ]
    if plan.sound:
        rows.append(
            {
                "kind": "audio",
                "what": "encode",
                "start_ms": 0,
                "end_ms": plan.duration_ms,
                "frames": None,
                "source": "",
                "why": _why("mix"),
            }
        )
    whole = {"start_ms": "int64", "end_ms": "int64", "frames": "Int64"}
    table = PlanTable(table_of(rows, list(COLUMNS)).astype(whole))
    object.__setattr__(table, "_plan", plan)
    object.__setattr__(table, "_draft", draft)
    return table


def _why(reason: str) -> str:
    return say(f"plan.why {reason}") if f"plan.why {reason}" in ROWS else reason
