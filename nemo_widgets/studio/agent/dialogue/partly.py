"""Messages of which a part can be done: what is left of them without the part that can't be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.composing import Plan, Refusal
from nemo_widgets.studio.agent.language.amending import takes_back
from nemo_widgets.studio.agent.language.grammar import without_manners
from nemo_widgets.studio.agent.language.leaning import places_of
from nemo_widgets.studio.agent.language.pointing import leans_on
from nemo_widgets.studio.agent.language.tokens import rx
from nemo_widgets.studio.agent.plan import clauses_of, read

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.edits.edit import Edit
    from nemo_widgets.studio.agent.world import World

__all__ = ["without_edit", "without_words"]

_MOST = 3
"""More parts than this that can't be understood leave nothing worth asking for."""
_NOT_WHOLE = {
    *("not", "no", "volume", "peak", "scale", "mood", "captions", "format"),
    *("voice", "stabilise", "filler", "noise", "generate", "detect"),
}
"""The first words of the reasons why one part of a message may be left out and the others done."""
_AFTER = rx(
    r"^(?:[\s,.;:!，。；、]|(?:and\s+then|and\s+also|and|then|also|plus|but|finally|afterwards|after\s+that)(?![\w'])|然后|接着|并且|而且|同时|最后|再|并|和|也)+"
)
_BEFORE = rx(
    r"(?:[\s,.;:!，。；、]|(?<![\w'])(?:and\s+then|and\s+also|and|then|also|plus|but|finally|afterwards|after\s+that)|然后|接着|并且|而且|同时|最后|再|并|和|也)+$"
)


def without_words(text: str, refusal: Refusal, world: World) -> tuple[str, list[str]] | None:
    """A message without the parts that are not understood, and these; None if nothing can be done then."""
    if takes_back(text):
        return None
    rest, gone, found = text, list[str](), refusal
    while len(gone) < _MOST and found.reason.split()[0] in _NOT_WHOLE:
        shorter = _without(rest, found.words)
        if shorter is None or leans_on(rest, found.words):
            return None
        gone.append(found.words)
        rest, made = shorter, read(shorter, world)
        if isinstance(made, Plan):
            return (rest, gone) if made.edits and not (made.undo or made.redo or made.start_over) else None
        found = made
    return None


def without_edit(text: str, plan: Plan, number: int, world: World) -> str | None:
    """A message without the clause that asks for edit `number` of its plan; None if it can't be told."""
    left = [edit for i, edit in enumerate(plan.edits) if i != number]
    if not left or plan.undo or plan.redo or plan.start_over:
        return None
    for clause in clauses_of(text, world):
        rest = _without(text, clause)
        made = read(rest, world) if rest else None
        if isinstance(made, Plan) and [_for_what(e) for e in made.edits] == [_for_what(e) for e in left]:
            return rest
    return None


def _for_what(edit: Edit) -> tuple[object, ...]:
    """What an edit is, and which clips it is for."""
    return (type(edit), *places_of(edit))


def _without(text: str, words: str) -> str | None:
    """The text without these words and what joins them to the others; None if they are not found once."""
    if not words or text.count(words) != 1:
        return None
    head, _, tail = text.partition(words)
    head, tail = _BEFORE.sub("", head), _AFTER.sub("", tail)
    tail = tail if re.search(r"\w", tail) else ""  # a mark alone would look like a scrap of something
    if not without_manners(f"{head} {tail}").strip():
        return None
    joint = "，" if any("\u3400" <= letter <= "\u9fff" for letter in head + tail) else ", "
    return joint.join(filter(None, (head, tail)))
