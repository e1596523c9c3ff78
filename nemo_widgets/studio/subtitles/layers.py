"""Cues of a script that are shown at the same time, one above the other: as cues of which none overlaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .cues import Cue

__all__ = ["layered"]

_MOST = 4
"""Cues that are shown at once: of more the latest."""


def layered(cues: Sequence[Cue]) -> list[Cue]:
    """Each stretch of time with all that is said in it. What is said twice is written once."""
    ordered = sorted(cues, key=lambda cue: cue[0])
    shown: list[Cue] = []
    out: list[Cue] = []
    at, n = 0, 0
    while n < len(ordered) or shown:
        ends = min((cue[1] for cue in shown), default=None)
        starts = ordered[n][0] if n < len(ordered) else None
        now = min(moment for moment in (ends, starts) if moment is not None)
        if shown and now > at:
            text = "\n".join(dict.fromkeys(cue[2] for cue in shown))
            if out and out[-1][1] == at and out[-1][2] == text:
                out[-1] = (out[-1][0], now, text)
            else:
                out.append((at, now, text))
        shown = [cue for cue in shown if cue[1] > now]
        while n < len(ordered) and ordered[n][0] == now:
            shown = [*shown, ordered[n]][-_MOST:]
            n += 1
        at = now
    return out
