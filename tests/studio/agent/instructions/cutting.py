"""Checks of what is shown and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.agent.instructions.checks import Check, near, told
from studio.agent.instructions.reading import plain, shots, shown

if TYPE_CHECKING:
    from studio.agent.instructions.checks import Turn

NEAR_S = 0.2
"""How far a cut may be from where it was said to be: frames, and a word's edge."""


def kept(*ranges: tuple[Any, ...], within: float = NEAR_S) -> Check:
    """These ranges are shown, in this order, and nothing else: (from, to) or (name, from, to)."""

    def holds(turn: Turn) -> bool:
        found = shown(turn.after)
        return len(found) == len(ranges) and all(
            near(low, r[-2], within) and near(high, r[-1], within) and (len(r) < 3 or name == plain(r[0]))
            for (name, low, high), r in zip(found, ranges, strict=True)
        )

    return Check(told("kept", *ranges), holds, frozenset({"cut"}))


def gone(*ranges: tuple[float, float], name: str = "") -> Check:
    """Nothing of these ranges is shown."""

    def holds(turn: Turn) -> bool:
        return not any(
            low < b * 1000 and a * 1000 < high
            for n, low, high in shown(turn.after)
            if name in ("", n)
            for a, b in ranges
        )

    return Check(told("gone", *ranges), holds, frozenset({"cut"}))


def there(*ranges: tuple[float, float], name: str = "") -> Check:
    """All of these ranges is shown."""

    def holds(turn: Turn) -> bool:
        found = [(low, high) for n, low, high in shown(turn.after) if name in ("", n)]
        return all(any(low <= a * 1000 and b * 1000 <= high for low, high in found) for a, b in ranges)

    return Check(told("there", *ranges), holds, frozenset({"cut"}))


def lasts(seconds: float, within: float = 0.3) -> Check:
    """The film is that long."""

    def holds(turn: Turn) -> bool:
        return bool(shots(turn.after)) and near(shots(turn.after)[-1].end, seconds, within)

    return Check(told("lasts", seconds, within), holds, frozenset({"cut"}))


def clips(*names: str) -> Check:
    """The clips come in this order, each whole."""

    def holds(turn: Turn) -> bool:
        whole = {(n, low, high) for n, low, high in shown(turn.first)}
        found = shown(turn.after)
        return [n for n, *_ in found] == [plain(n) for n in names] and set(found) <= whole

    return Check(told("clips", *names), holds, frozenset({"cut"}))


def split_at(*seconds: float) -> Check:
    """The film is as before, and there is a cut at each of these places of it."""

    def holds(turn: Turn) -> bool:
        ends = [s.end for s in shots(turn.after)[:-1]]
        return shown(turn.after) == shown(turn.first) and all(
            any(near(end, at, NEAR_S) for end in ends) for at in seconds
        )

    return Check(told("split at", *seconds), holds)


def pieces(count: int) -> Check:
    """The main track has so many segments."""
    return Check(told("pieces", count), lambda t: len(shots(t.after)) == count)
