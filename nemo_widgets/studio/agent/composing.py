"""What the clauses of a message come to together: a plan, or the reason why they do not go together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.edits.edit import NEVER_MIND, Edit
from nemo_widgets.studio.timeline.time_range import Rest
from nemo_widgets.studio.words import Said

from .edits.cuts import Cut
from .edits.highlights import KeepBest
from .edits.pauses import PauseOptions
from .edits.transitions import RemoveTransitions, SetTransitions
from .language.intents import Export, Guard, Keep, Pauses, Redo, Remove, Smooth, StartOver, Unavailable, Undo
from .language.reasons import without_reasons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.timeline.time_range import Stretch

    from .language.grammar import Clause
    from .language.intents import Intent
    from .language.veil import Veiled

__all__ = ["ANYWAY", "NEVER_MIND", "Asked", "Inquiry", "Plan", "Refusal", "compose"]

ANYWAY = Said("Do the rest without it?", "要不要只做其余的？")


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question that has an answer: what it is about, a key of the answers, and the time in ms it names."""

    about: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done, in order: versions back or a fresh start, then the edits.

    `told` are the edits' places in the order in which they were said. `export` says that an export was asked
    for as well, which is a step of its own. `notes` say how the message was taken.
    `confirm` is the sentence that allows what nobody but a model has planned, where it cuts much or is
    `doubtful`: the message does not bear it out.
    `before` and `after` are what is asked of the timeline as it is, and of what it will be then.
    """

    edits: tuple[Edit, ...]
    language: str
    undo: int = 0
    start_over: bool = False
    export: bool = False
    told: tuple[int, ...] = ()
    redo: int = 0
    confirm: Said | None = None
    doubtful: bool = False
    notes: Said = field(default_factory=Said)
    before: tuple[Inquiry, ...] = ()
    after: tuple[Inquiry, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the user; each of the choices is an instruction that leaves nothing open.

    `inquiries` are the user's own questions beside it.
    """

    said: Said
    choices: tuple[Said, ...]
    language: str
    inquiries: tuple[Inquiry, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is done. `reason` is a key of the replies, `words` are the words that it is about.

    `at` is the time in ms that a question names. `inquiries` are the questions that the message asks beside,
    which are answered, and `unknown` those that have no answer. `places` are the clips that the words may be
    about.
    """

    reason: str
    language: str
    words: str = ""
    at: int = 0
    inquiries: tuple[Inquiry, ...] = ()
    unknown: tuple[str, ...] = ()
    places: tuple[Stretch, ...] = ()


_BREAKS = re.compile(r"[.;。；]|but|instead|但|不过", re.IGNORECASE)


def compose(clauses: Sequence[Clause], language: str, veiled: Veiled) -> Plan | Refusal:
    """The plan of a message whose clauses are all understood, or why nothing of it is done."""
    clauses = without_reasons(clauses)
    intents = [intent for clause in clauses for intent in clause.intents]
    for clause in clauses:
        for intent in clause.intents:
            if isinstance(intent, Unavailable):
                return Refusal(intent.what, language, intent.words or veiled.reveal(clause.text))
    if _negation_goes_on(clauses):
        return Refusal("negation", language, veiled.reveal(clauses[0].text))
    guards = [i for i in intents if isinstance(i, Guard)]
    rest = [i for i in intents if not isinstance(i, Guard)]
    if not [i for i in rest if not isinstance(i, Export)]:
        return Refusal("left" if guards else "export", language)
    if reason := _contradiction(rest, guards) or _no_rest(rest):
        return Refusal(reason, language, veiled.reveal(" ".join(c.text for c in clauses)))
    back = next((i for i in rest if isinstance(i, (Undo, Redo, StartOver))), None)
    edits, told = _edits(rest)
    if not edits and back is None:
        return Refusal("nothing", language, veiled.reveal(clauses[0].text))
    return Plan(
        edits,
        language,
        undo=back.steps if isinstance(back, Undo) else 0,
        start_over=isinstance(back, StartOver),
        redo=back.steps if isinstance(back, Redo) else 0,
        export=any(isinstance(i, Export) for i in rest),
        told=told,
    )


def _negation_goes_on(clauses: Sequence[Clause]) -> bool:
    """Whether a 'don't' may reach into the next clause: only a full stop or a 'but' ends it for certain."""
    for before, after in pairwise(clauses):
        if any(isinstance(i, Guard) and i.negated for i in before.intents) and not _BREAKS.search(
            after.joint
        ):
            return True
    return False


def _contradiction(rest: Sequence[Intent], guards: Sequence[Guard]) -> str:
    """Why the intents do not go together, "" if they do."""
    backs = [i for i in rest if isinstance(i, (Undo, Redo, StartOver))]
    if len(backs) > 1 or (backs and rest[0] is not backs[0]):
        return "order"
    if backs and guards:
        return "contradiction"
    cuts = any(isinstance(i, (Remove, Pauses)) for i in rest)
    if any(isinstance(i, Keep) and not i.spans for i in rest):  # 'and remove the rest'
        named = any(isinstance(i, KeepBest) or (isinstance(i, Keep) and i.spans) for i in rest)
        return "" if not cuts and named else "nothing"
    if cuts and any(isinstance(i, Keep) and not i.only for i in rest):
        return "keep"
    alone = [(type(i), getattr(i, "where", None)) for i in rest if isinstance(i, Edit) and i.alone]
    if len(set(alone)) < len(alone):
        return "twice"
    guarded = {target for guard in guards for target in guard.targets}
    touched = {touches for i in rest if (touches := getattr(i, "touches", ""))}
    against = touched & guarded or "all" in guarded or ("pauses" in touched and "range" in guarded)
    return "contradiction" if against else ""


def _no_rest(rest: Sequence[Intent]) -> str:
    """Why something can't be done to the rest: nothing was removed before. "" if it can."""
    first = next((i for i, intent in enumerate(rest) if _of_rest(intent)), None)
    removed = any(isinstance(n, (Remove, Keep, Pauses)) for n in rest[:first])
    return "rest" if first is not None and not removed else ""


def _of_rest(intent: Intent) -> bool:
    return any(isinstance(getattr(intent, name, None), Rest) for name in ("span", "where"))


@dataclass(slots=True)
class _Stage:
    """What refers to one state of the timeline: the removals, made at once and first, and then the edits.

    Each edit has its number in the order in which it was said.
    """

    remove: list[Remove] = field(default_factory=list)
    keep: list[Keep] = field(default_factory=list)
    pauses: PauseOptions | None = None
    smooth_ms: int | None = 0
    room_ms: int = 0
    number: int = -1
    edits: list[tuple[int, Edit]] = field(default_factory=list)

    @property
    def cuts(self) -> bool:
        return self.number >= 0

    def cut(self, number: int, intent: Remove | Keep | Pauses) -> None:
        self.number = number if self.number < 0 else self.number
        if isinstance(intent, Remove):
            self.remove.append(intent)
        elif isinstance(intent, Keep):
            self.keep.append(intent)
        else:
            self.pauses = intent.options if self.pauses in (None, PauseOptions()) else self.pauses

    def all(self) -> list[tuple[int, Edit]]:
        if not self.cuts:
            return self.edits
        remove = tuple(span for i in self.remove for span in i.spans)
        keep = tuple(span for i in self.keep for span in i.spans)
        cut = Cut(remove, keep, self.pauses, self.smooth_ms, self.room_ms)
        return [(self.number, cut), *self.edits]


def _edits(rest: Sequence[Intent]) -> tuple[tuple[Edit, ...], tuple[int, ...]]:
    """The edits, and their places in the order in which they were said.

    Removals refer to the timeline as it is, or as the last edit before them that moves things about has
    made it; all others are carried out in the order said.
    """
    stages = [_Stage()]
    cutting = any(isinstance(i, (Remove, Keep, Pauses)) for i in rest)
    for number, intent in enumerate(rest):
        if isinstance(intent, (Remove, Keep, Pauses)):
            stages[-1].cut(number, intent)
        elif isinstance(intent, Smooth) and cutting:
            next((s for s in reversed(stages) if s.cuts), stages[-1]).smooth_ms = intent.length_ms
        elif isinstance(intent, Smooth) and intent.standing:
            stages[-1].edits.append((number, RemoveTransitions()))
        elif isinstance(intent, Smooth) and intent.length_ms != 0:
            stages[-1].edits.append((number, SetTransitions(intent.length_ms)))
        elif isinstance(intent, Edit):
            stages[-1].edits.append((number, intent))
            if intent.retimes:
                stages.append(_Stage())
    for at, stage in enumerate(stages):
        quiet = next((s for s in reversed(stages[: at + 1]) if s.pauses), None)
        if quiet:
            stage.edits = [(number, _over_silence(edit, quiet)) for number, edit in stage.edits]
    made = sorted((pair for stage in stages for pair in stage.all()), key=lambda pair: not pair[1].first)
    order = sorted(range(len(made)), key=lambda at: made[at][0])
    return tuple(edit for _, edit in made), tuple(order)


def _over_silence(edit: Edit, quiet: _Stage) -> Edit:
    """Transitions at cuts that pauses leave know of the pauses, and these leave them room."""
    if not isinstance(edit, SetTransitions) or edit.existing:
        return edit
    quiet.room_ms = max(quiet.room_ms, edit.room_ms)
    return replace(edit, pauses=quiet.pauses)
