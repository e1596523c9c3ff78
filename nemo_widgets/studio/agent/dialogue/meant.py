"""What a message means that the grammar does not read: a plan beyond doubt, or the question whether so."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nemo_widgets.draft import TEXT
from nemo_widgets.studio.agent.composing import Asked, Plan, Refusal
from nemo_widgets.studio.agent.language.called import called_in_either
from nemo_widgets.studio.agent.language.veil import veil
from nemo_widgets.studio.agent.meanings import reading_of
from nemo_widgets.studio.agent.plan import read
from nemo_widgets.studio.timeline.grid import FrameGrid
from nemo_widgets.studio.words import Said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.agent.meanings import Reading
    from nemo_widgets.studio.agent.world import World

__all__ = ["plan_meant", "question_what_is_meant", "reading_meant", "whole_meant"]

_AND = {"en": ", then ", "zh": "，然后"}
_DOUBTED = ("not understood", "which it", "negation", "noise", "voice")
"""A message that is refused for these reasons may be one for which only its words are unknown."""
_REQUEST = re.compile(
    r"(?:^|[,.;:!]\s*|(?<![a-z])(?:so|and|but|please|first|hey|hi)\s+)(?:can|could|would|will)\s+(?:you|u|ya|we)\s(?!tell|explain|say|show\s+me|see|know|recommend|suggest|think|mind\s+telling)"
    r"|[,.]\s*(?:will|would|can|could)\s+you\s*[?]\s*$"
    r"|^(?:where|when)\s[^?？]*$|^[^?？吗呢怎什哪]*几个字[^?？吗呢怎什哪]*$",
    re.IGNORECASE,
)
"""A question that is a request, or that is none after all."""
_ABILITY = re.compile(
    r"\W*(?:(?:hi|hey|so|and|ok|okay|please)\W+)*(?:can|could|would)\s+(?:it|the|this|that|we|i|my)\s",
    re.IGNORECASE,
)
"""A question that may be a wish: can it finish in black?"""
_NOT_ALL = Said("I did not understand all of it.", "没有完全听懂。")
_UNSURE = ("either", "a thing")
_LEAST = 2
_ONE = Said("Did you mean this?", "是这个意思吗？")


def reading_meant(text: str, refusal: Refusal, world: World) -> Reading | None:
    """What a message means by the words in it; None where it wishes for nothing that is known."""
    if not world.draft:
        return None
    media = list(world.media.values())
    veiled = veil(text, media, FrameGrid.of(world.draft.data), loosely=True)
    return reading_of(
        veiled,
        refusal.language,
        lambda sentence: isinstance(read(sentence, world), Plan),
        called_in_either(text, media),
        _titles(world),
    )


def plan_meant(text: str, refusal: Refusal, world: World) -> Plan | None:
    """The plan of a message that can mean nothing else; None where it can, or where it can't be told."""
    if refusal.inquiries or not (
        refusal.reason in _DOUBTED or (refusal.reason == "question" and _REQUEST.search(text))
    ):
        return None
    found = reading_meant(text, refusal, world)
    if found is None or not found.certain:
        return None
    sentence = _whole(found, refusal.language)
    made = read(sentence, world)
    if not isinstance(made, Plan) or made.export:
        return None
    told = Said(f"I took that as “{sentence}”.", f"我理解为“{sentence}”。")
    return replace(made, notes=told + made.notes, language=refusal.language)


def whole_meant(text: str, refusal: Refusal, world: World) -> str:
    """The instruction that a message may mean of which nothing is left out; "" where there is none."""
    found = reading_meant(text, refusal, world)
    if found is None or found.left or found.idle or any(doubt.startswith(_UNSURE) for doubt in found.doubts):
        return ""
    sentence = _whole(found, refusal.language)
    return sentence if isinstance(read(sentence, world), Plan) else ""


def question_what_is_meant(text: str, refusal: Refusal, world: World, otherwise: Said) -> Asked | None:
    """The question whether an instruction is what a message means; None where it may mean none.

    `otherwise` is the last choice, for who meant something else.
    """
    asks = refusal.reason == "question" and _ABILITY.match(text)
    if refusal.reason not in ("not understood", "which it") and not asks:
        return None
    found = reading_meant(text, refusal, world)
    if found is None or found.idle:
        return None
    sentence = _whole(found, refusal.language)
    if not isinstance(read(sentence, world), Plan):
        return None
    question = _without(found.left) if found.left else _NOT_ALL
    return Asked(question + _ONE, (Said(sentence, sentence), otherwise), refusal.language)


def _titles(world: World) -> list[str]:
    """The texts that titles show, and that somebody may call them by."""
    shown = (
        segment["m"].get("text")
        for track in world.draft.data.get("t", ())
        if track.get("tt") == TEXT
        for segment in track.get("sg", ())
    )
    return [text.strip() for text in shown if isinstance(text, str) and len(text.strip()) > _LEAST]


def _whole(reading: Reading, language: str) -> str:
    """All that is meant as one sentence."""
    return _AND["zh" if language.lower().startswith("zh") else "en"].join(reading.sentences)


def _without(left: Sequence[str]) -> Said:
    """Which words of the message are left out of what is offered."""
    words = [f"“{one}”" for one in left]
    return Said(
        f"This leaves out {' and '.join(words)}, which I did not understand.",
        f"没听懂{'和'.join(words)}，这里没有算在内。",
    )
