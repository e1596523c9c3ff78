"""Checks of how the clips are shown, and of the transitions between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.agent.instructions.checks import Check, Such, meets, near, told
from studio.agent.instructions.reading import Piece, joints, moving, plain, shots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.agent.instructions.checks import Turn

WIPES = {"wipe-left", "wipe-right", "wipe-up", "wipe-down"}
SLIDES = {"slide-left", "slide-right", "slide-up", "slide-down"}


def clip(which: str | int, **wanted: Any) -> Check:
    """A clip (by its name, its number from 1, or "all") has these keys; `d` is its length in seconds.

    No other clip's keys are changed.
    """
    keys = set(wanted) - {"d"}

    def holds(turn: Turn) -> bool:
        there = moving(turn.after)
        chosen = [s for i, s in enumerate(there, 1) if which in ("all", i) or s.name == plain(str(which))]
        others = {s.src: [s.get(k) for k in keys] for s in shots(turn.first)}
        same = all([s.get(k) for k in keys] == others.get(s.src) for s in there if s not in chosen)
        return bool(chosen) and same and all(_has(s, wanted) for s in chosen)

    return Check(told("clip", which, **wanted), holds, _facets(wanted))


def differ(**wanted: dict[str, Any]) -> Check:
    """Each key has these values at the clips that are named, and is as it was at the others."""

    def holds(turn: Turn) -> bool:
        usual = {(s.src, k): s.get(k) for s in shots(turn.first) for k in wanted}
        return all(
            meets(s.get(k), by_name[s.name]) if s.name in by_name else s.get(k) == usual[s.src, k]
            for s in shots(turn.after)
            for k, by_name in wanted.items()
        )

    return Check(told("differ", **wanted), holds, _facets(wanted))


def during(start: float, end: float, name: str = "", **wanted: Any) -> Check:
    """The source is shown with these keys from `start` to `end`, and without them beside it."""

    def holds(turn: Turn) -> bool:
        def at(second: float) -> bool | None:
            found = [
                s for s in moving(turn.after) if s.low <= second * 1000 < s.high and name in ("", s.name)
            ]
            return _has(found[0], wanted) if found else None

        inside = [at(start + 0.5), at((start + end) / 2), at(end - 0.5)]
        return all(inside) and not at(start - 0.5) and not at(end + 0.5)

    return Check(told("during", start, end, **wanted), holds, _facets(wanted))


def _facets(wanted: dict[str, Any]) -> frozenset[str]:
    extra = {"crop": {"zoom", "fit"}, "zoom": {"crop"}, "d": {"cut"}, "speed": {"joints"}}
    return frozenset(set(wanted) - {"d"}).union(*(extra.get(k, set()) for k in wanted))


def _has(piece: Piece, wanted: dict[str, Any]) -> bool:
    length = (piece.end - piece.start) / 1000
    return all(meets(length if k == "d" else piece.get(k), v) for k, v in wanted.items())


def look(kind: str, amount: Any = None) -> Such:
    """A wanted value of `looks`: this type, so strong, and no other."""
    return Such(
        kind,
        lambda looks: all(
            one.get("type") == kind and (amount is None or meets(one.get("amount"), amount)) for one in looks
        ),
    )


def zoomed(*, slowly: bool | None = None) -> Such:
    """A wanted value of `zoom`: nearer at the end than not at all; `slowly` or at once."""
    return Such(
        "slowly nearer" if slowly else "nearer",
        lambda z: z.get("to", 1) > 1 and (slowly is None or (z["to"] > z.get("from", 1)) is slowly),
    )


def freeze(at: float, seconds: float) -> Check:
    """A still of that place stands there for so long."""

    def holds(turn: Turn) -> bool:
        stills = [s for s in shots(turn.after) if s.meta.get("freeze")]
        return (
            len(stills) == 1
            and near(stills[0].low, at, 0.3)
            and near(stills[0].end - stills[0].start, seconds, 0.1)
        )

    return Check(told("freeze", at, seconds), holds, frozenset({"freeze"}))


def joined(kind: Any = None, seconds: Any = None, at: Sequence[int] = ()) -> Check:
    """A transition of one of these types stands at every cut, or at those `at` (from 1) and at no other."""
    kinds = kind if isinstance(kind, set) or kind is None else {kind}

    def holds(turn: Turn) -> bool:
        found = joints(turn.after)
        new = [found[i - 1] for i in at if i <= len(found)] if at else found
        rest = [j for i, j in enumerate(found, 1) if at and i not in at]
        return (
            bool(new)
            and len(new) == (len(at) or len(found))
            and all(k and (kinds is None or k in kinds) for k, _ in new)
            and all(seconds is None or meets(d / 1000, seconds) for _, d in new)
            and sum(bool(k) for k, _ in rest) <= sum(bool(k) for k, _ in joints(turn.first))
        )

    return Check(told("joined", kind, seconds, **({"at": at} if at else {})), holds, frozenset({"joints"}))


def hard() -> Check:
    """No cut has a transition."""
    return Check("hard cuts", lambda t: not any(k for k, _ in joints(t.after)), frozenset({"joints"}))
