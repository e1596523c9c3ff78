"""Messages of which a part can be done: what is left of them without the part that can't be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.composing import Plan, Refusal
from nemo_widgets.studio.agent.language.amending import takes_back
from nemo_widgets.studio.agent.language.grammar import without_manners
from nemo_widgets.studio.agent.language.leaning import is_for_all, places_of
from nemo_widgets.studio.agent.language.pointing import leans_on
from nemo_widgets.studio.agent.language.tokens import FILE, LOOSE, SPAN
from nemo_widgets.studio.agent.language.veil import veil
from nemo_widgets.studio.agent.language.whole import goes_verbless
from nemo_widgets.studio.agent.meanings import binds, spares
from nemo_widgets.studio.agent.plan import clauses_of, read
from nemo_widgets.studio.timeline.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    r"^(?:[\s,.;:!，。；、]|(?:and\s+then|and\s+also|and|then|also|plus|but|finally|afterwards|after\s+that)(?![\w'])|然后|接着|并且|而且|同时|最后|但是|不过|但|再|并|和|也)+"
)
_BEFORE = rx(
    r"(?:[\s,.;:!，。；、]|(?<![\w'])(?:and\s+then|and\s+also|and|then|also|plus|but|finally|afterwards|after\s+that|too)|然后|接着|并且|而且|同时|最后|但是|不过|但|再|并|和|也)+$"
)


_ALL_BUT = rx(r"(?<![\w'])(?:all|every|each|everything|anything)(?![\w'])|所有|全部|每")
_BUT = rx(r"\s*,?\s*but(?![\w'])")
_PLACE = re.compile(f"{SPAN}|{LOOSE}|{FILE}")


def without_words(text: str, refusal: Refusal, world: World) -> tuple[str, list[str]] | None:
    """A message without the parts that are not understood, and these; None if nothing can be done then."""
    if takes_back(text):
        return None
    rest, gone, found = text, list[str](), refusal
    while len(gone) < _MOST and found.reason.split()[0] in _NOT_WHOLE:
        shorter = _without(rest, found.words)
        if shorter is None or leans_on(rest, found.words) or _spared(found.words, rest):
            return None
        gone.append(found.words)
        rest, made = shorter, read(shorter, world)
        if goes_verbless(rest):
            return None
        if isinstance(made, Plan):
            done = made.edits and not (made.undo or made.redo or made.start_over)
            return (rest, gone) if done and not _widened(gone, made, world) else None
        found = made
    return None


def _spared(words: str, text: str) -> bool:
    """Whether words say what is to stay, or of what all is meant that comes before a 'but'."""
    more = spares(text.partition(words)[0]) and binds(words)  # '…, except the first and the last one'
    return spares(words) or more or bool(_ALL_BUT.search(words) and _BUT.match(text.partition(words)[2]))


def _widened(gone: Sequence[str], made: Plan, world: World) -> bool:
    """Whether a plan is for all clips, and one of the words left out says for which."""
    media, outline = list(world.media.values()), Outline.of(world.draft.data)
    named = (
        binds(words)
        or any(_PLACE.search(veil(words, media, outline=known).text) for known in (None, outline))
        for words in gone
    )
    return is_for_all(made.edits) and any(named)


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
