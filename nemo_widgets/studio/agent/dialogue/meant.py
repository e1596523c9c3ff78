"""The question what a message means that is not understood, with whole instructions as its choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.composing import Asked, Plan, Refusal
from nemo_widgets.studio.agent.edits.edit import Said
from nemo_widgets.studio.agent.language.grammar import without_manners
from nemo_widgets.studio.agent.language.pointing import leans_on
from nemo_widgets.studio.agent.language.veil import veil
from nemo_widgets.studio.agent.meanings import meanings
from nemo_widgets.studio.agent.plan import read

from .remarks import without_remarks

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.world import World

__all__ = ["instructions_meant", "question_what_is_meant"]

_MOST_WAYS = 4
"""In so many ways a message is looked at without its remarks."""
_ONE = Said("I did not understand all of it. Did you mean this?", "没有完全听懂。是这个意思吗？")
_SEVERAL = Said(
    "I did not understand all of it. Did you mean one of these?", "没有完全听懂。是下面哪个意思？"
)


def instructions_meant(text: str, refusal: Refusal, world: World) -> list[str]:
    """The instructions that a message, or words of it, may mean, the likeliest first."""
    plain = (_meant(said, refusal, world) for said in without_remarks(text, world)[:_MOST_WAYS])
    if found := next(filter(None, plain), None):
        return found
    return [] if leans_on(text, refusal.words) else _meant(text, refusal, world)  # without the clip for all?


def _meant(text: str, refusal: Refusal, world: World) -> list[str]:
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
    said = [Said(sentence, sentence) for sentence in instructions_meant(text, refusal, world)]
    if not said:
        return None
    return Asked(_ONE if len(said) == 1 else _SEVERAL, (*said, otherwise), refusal.language)
