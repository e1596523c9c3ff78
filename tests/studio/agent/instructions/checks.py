"""What a draft is to be after an instruction: small checks that say what they want and what they let change.

A check names the facets of the draft (`reading.changed`) that it allows to change; what no check of a row
allows must be as it was. Times are seconds. A wanted value is a number (met within 2 %), a (least, most)
pair, a set of alternatives, a `Such`, or anything else to be equal to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from studio.agent.instructions.reading import changed

from nemo_widgets.question import Question

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EVERYTHING = frozenset({"everything"})


@dataclass(frozen=True)
class Turn:
    """What came of a row: the draft at first, before the last message and now, and what was answered."""

    first: dict[str, Any]
    before: dict[str, Any]
    after: dict[str, Any]
    undo: int = 0
    reply: str = ""
    calls: tuple[tuple[str, dict[str, Any]], ...] = ()
    unedited: dict[str, Any] = field(default_factory=dict)
    history: tuple[dict[str, Any], ...] = ()

    @property
    def untouched(self) -> bool:
        """Whether the last message changed nothing."""
        return self.after == self.before and not self.undo


@dataclass(frozen=True)
class Such:
    """A wanted value that is told by a question to it."""

    says: str
    is_it: Callable[[Any], bool]

    def __call__(self, value: Any) -> bool:
        return bool(value) and self.is_it(value)

    def __repr__(self) -> str:
        return self.says


@dataclass(frozen=True)
class Check:
    """One wish: `holds` of a turn, and the facets that it lets change."""

    says: str
    holds: Callable[[Turn], bool] = field(repr=False)
    touches: frozenset[str] = frozenset()
    still: bool = False

    def __str__(self) -> str:
        return self.says


def judge(turn: Turn, checks: Sequence[Check]) -> list[str]:
    """What is wrong, in words; nothing for a row that is right."""
    wrong = [check.says for check in checks if not check.holds(turn)]
    touched = {facet for check in checks for facet in check.touches}
    if not touched & EVERYTHING:
        wrong += [f"{facet} was not to change" for facet in changed(turn.first, turn.after, touched)]
    return wrong


def meets(value: Any, wanted: Any) -> bool:
    """Whether a value is what is wanted, see above."""
    if isinstance(wanted, Such):
        return wanted(value)
    if isinstance(wanted, set):
        return any(meets(value, one) for one in wanted)
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if isinstance(wanted, tuple):
        return number and wanted[0] <= value <= wanted[1]
    if isinstance(wanted, (int, float)) and not isinstance(wanted, bool):
        return number and abs(value - wanted) <= max(0.005, abs(wanted) * 0.02)
    return bool(value == wanted)


def near(ms: float, wanted_s: float, within: float) -> bool:
    """Whether a time in ms is so near to one in seconds."""
    return abs(ms / 1000 - wanted_s) <= within + 1e-6


def told(name: str, *args: Any, **keys: Any) -> str:
    """A check in words."""
    given = [repr(a) for a in args] + [f"{k}={v!r}" for k, v in keys.items() if v is not None]
    return f"{name}({', '.join(given)})"


def unchanged() -> Check:
    """Nothing was changed, and something was said."""
    return Check("unchanged", lambda t: t.untouched and bool(t.reply or t.calls), EVERYTHING, still=True)


def asks(*options: str) -> Check:
    """A question with choices was asked, each of `options` in one of them; nothing was changed."""

    def holds(turn: Turn) -> bool:
        labels = offered(turn.calls)
        return turn.untouched and len(labels) > 1 and all(any(o in n for n in labels) for o in options)

    return Check(told("asks", *options), holds, EVERYTHING, still=True)


def offered(calls: Sequence[tuple[str, dict[str, Any]]]) -> list[str]:
    """The labels of the choices of the last question, in small letters."""
    asked = [
        question for name, args in calls if name == "ask_question" and (question := Question.from_args(args))
    ]
    return [o.label.casefold() for q in asked[-1:] for item in q.items for o in item.options]


def says(*words: str) -> Check:
    """Nothing was changed, and one of these words is in the answer."""
    return Check(
        told("says", *words),
        lambda t: t.untouched and any(w.casefold() in t.reply.casefold() for w in words),
        EVERYTHING,
        still=True,
    )


def back(steps: int = 1) -> Check:
    """The draft is as it was that many versions ago."""
    return Check(told("back", steps), lambda t: t.after == t.history[-steps], EVERYTHING)


def restarted() -> Check:
    """The draft is as it was before any instruction."""
    return Check("restarted", lambda t: t.after == t.unedited, EVERYTHING)


def as_at_first() -> Check:
    """The last message brought the draft back to what it was at first."""
    return Check("as at first", lambda t: t.after == t.first != t.before, EVERYTHING)


def stirred() -> Check:
    """The last message changed something."""
    return Check("something changed", lambda t: not t.untouched)


def may(*facets: str) -> Check:
    """These may change, too."""
    return Check(told("may", *facets), lambda _: True, frozenset(facets))


def any_of(*ways: Check | tuple[Check, ...]) -> Check:
    """One way of several, each a check or several that hold together, is right by itself."""
    each = [way if isinstance(way, tuple) else (way,) for way in ways]
    words = " or ".join(" and ".join(c.says for c in way) for way in each)
    still = all(c.still for way in each for c in way)
    return Check(words, lambda t: any(not judge(t, way) for way in each), EVERYTHING, still)
