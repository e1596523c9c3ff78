"""The question what a message means that is not understood, with whole instructions as its choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.composing import Asked, Plan, Refusal
from nemo_widgets.studio.agent.language.grammar import without_manners
from nemo_widgets.studio.agent.language.pointing import leans_on
from nemo_widgets.studio.agent.language.veil import veil
from nemo_widgets.studio.agent.meanings import meanings
from nemo_widgets.studio.agent.plan import read
from nemo_widgets.studio.words import Said

from .remarks import without_remarks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.agent.meanings import Meant
    from nemo_widgets.studio.agent.world import World

__all__ = ["instructions_meant", "question_what_is_meant"]

_MOST_WAYS = 4
"""In so many ways a message is looked at without its remarks."""
_NOT_ALL = Said("I did not understand all of it.", "没有完全听懂。")
_ONE = Said("Did you mean this?", "是这个意思吗？")
_SEVERAL = Said("Did you mean one of these?", "是下面哪个意思？")


def instructions_meant(text: str, refusal: Refusal, world: World) -> list[Meant]:
    """The instructions that a message, or words of it, may mean, the likeliest first."""
    plain = (_meant(said, refusal, world) for said in without_remarks(text, world)[:_MOST_WAYS])
    if found := next(filter(None, plain), None):
        return found
    return [] if leans_on(text, refusal.words) else _meant(text, refusal, world)  # without the clip for all?


def _meant(text: str, refusal: Refusal, world: World) -> list[Meant]:
    veiled = veil(text, list(world.media.values()))
    return meanings(
        veiled,
        without_manners(veiled.text),
        refusal.language,
        lambda sentence: isinstance(read(sentence, world), Plan),
    )


def question_what_is_meant(text: str, refusal: Refusal, world: World, otherwise: Said) -> Asked | None:
    """The question which instruction a message means; None where it may mean none.

    `otherwise` is the last choice, for who meant none of them.
    """
    if refusal.reason != "not understood" or not world.draft:
        return None
    found = instructions_meant(text, refusal, world)
    if not found:
        return None
    said = [Said(one.sentence, one.sentence) for one in found]
    question = _without(found[0].left) if found[0].left else _NOT_ALL
    return Asked(question + (_ONE if len(said) == 1 else _SEVERAL), (*said, otherwise), refusal.language)


def _without(left: Sequence[str]) -> Said:
    """Which words of the message are left out of what is offered."""
    words = [f"“{one}”" for one in left]
    return Said(
        f"This leaves out {' and '.join(words)}, which I did not understand.",
        f"没听懂{'和'.join(words)}，这里没有算在内。",
    )
