"""Which moments make the best reel of a given length: whole ones, in the order of the timeline."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["WITHIN_MS", "choose"]

WITHIN_MS = 1400
"""How far a reel's length may be from what was asked for."""
_NEAR_MS = 500
"""Within this no length is better than another."""
_UNIT_MS = 100
_AGAIN = 0.85
"""What each further moment of the same scene is worth, against the one before it."""
_LEAST_MS = 700
"""What is left of a moment that is cut short lasts at least this."""


def choose(moments: Sequence[Mapping[str, Any]], length_ms: int) -> list[tuple[int, int]]:
    """The moments that are worth most together and last `length_ms`, as (start, end) in ms, in order.

    Args:
        moments: `start`, `end` (ms, not overlapping), `score` (0 to 1), `speech`, and `scene` where it is
            known: the second moment of a scene counts for less than the first.
        length_ms: what they are to last in all, met within 1.4 s. Whole moments are taken; only where these
            don't add up, one in which nobody speaks is cut short. All of them if they last no longer.
    """
    whole = [m for m in moments if m["end"] > m["start"]]
    if sum(m["end"] - m["start"] for m in whole) <= length_ms:
        return sorted((int(m["start"]), int(m["end"])) for m in whole)
    best = _packed(whole, _worth(whole), length_ms)
    if best is None:
        best = _shortened(whole, length_ms)
    return sorted(best)


def _worth(moments: Sequence[Mapping[str, Any]]) -> list[float]:
    """What each moment adds: its score for as long as it lasts, less where its scene has better ones."""
    scenes: dict[Any, list[int]] = defaultdict(list)
    for i, moment in enumerate(moments):
        scenes[moment.get("scene", f"alone {i}")].append(i)
    worth = [0.0] * len(moments)
    for members in scenes.values():
        for place, i in enumerate(sorted(members, key=lambda i: -moments[i]["score"])):
            moment = moments[i]
            worth[i] = (moment["score"] + 0.01) * _AGAIN**place * (moment["end"] - moment["start"])
    return worth


def _packed(
    moments: Sequence[Mapping[str, Any]], worth: Sequence[float], length_ms: int
) -> list[tuple[int, int]] | None:
    """The best set of whole moments whose length is near enough; None if no set is. A knapsack."""
    lengths = [round((m["end"] - m["start"]) / _UNIT_MS) for m in moments]
    most = (length_ms + WITHIN_MS) // _UNIT_MS
    best = np.full(most + 1, -np.inf)
    best[0] = 0.0
    taken = np.zeros((len(moments), most + 1), np.bool_)
    for i, long in enumerate(lengths):
        if 0 < long <= most:
            with_it = np.full(most + 1, -np.inf)
            with_it[long:] = best[: most + 1 - long] + worth[i]
            taken[i] = with_it > best
            best = np.maximum(best, with_it)
    for within in (_NEAR_MS, WITHIN_MS):
        low = max(1, -(-(length_ms - within) // _UNIT_MS))
        high = min(most, (length_ms + within) // _UNIT_MS)
        if low <= high and np.isfinite(best[low : high + 1]).any():
            return _traced(moments, lengths, taken, low + int(np.argmax(best[low : high + 1])))
    return None


def _traced(
    moments: Sequence[Mapping[str, Any]], lengths: Sequence[int], taken: np.ndarray, total: int
) -> list[tuple[int, int]]:
    found = []
    for i in range(len(moments) - 1, -1, -1):
        if taken[i, total]:
            found.append((int(moments[i]["start"]), int(moments[i]["end"])))
            total -= lengths[i]
    return found


def _shortened(moments: Sequence[Mapping[str, Any]], length_ms: int) -> list[tuple[int, int]]:
    """The best moments one after the other, the last one cut short; rather one in which nobody speaks."""
    found: list[tuple[int, int]] = []
    room = length_ms
    for moment in sorted(moments, key=lambda m: -m["score"]):
        long = moment["end"] - moment["start"]
        if long <= room:
            found.append((int(moment["start"]), int(moment["end"])))
            room -= long
    rest = [m for m in moments if (int(m["start"]), int(m["end"])) not in found]
    if room >= _LEAST_MS and rest:
        last = max(rest, key=lambda m: (not m.get("speech", False), m["score"]))
        found.append((int(last["start"]), int(last["start"]) + room))
    return found
