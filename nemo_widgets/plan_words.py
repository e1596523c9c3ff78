"""What an export would do, in a line of words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .catalogue import ROWS, say
from .draft import clock

if TYPE_CHECKING:
    from .client import ExportPlan

__all__ = ["shares", "summary"]


def summary(plan: ExportPlan) -> str:
    """What the file becomes, and which share of it is copied."""
    name, length = plan.format.upper(), clock(plan.duration_ms)
    if not plan.frames:
        return say("plan.whole sound", format=name, length=length)
    size = f"{plan.width}×{plan.height}"
    told = say("names.comma").join(
        say(f"plan.does {what}", share=f"{share:.0%}") for what, share in shares(plan)
    )
    return say("plan.whole", format=name, size=size, fps=f"{plan.fps:g}", length=length, shares=told)


def shares(plan: ExportPlan) -> list[tuple[str, float]]:
    """Which share of the frames each of the things that are done has, the largest first."""
    counts: Counter[str] = Counter()
    for each in plan.stretches:
        if f"plan.does {each.what}" in ROWS:
            counts[each.what] += each.frames
    whole = counts.total() or 1
    return [(what, count / whole) for what, count in counts.most_common()]
