"""What a message means that the grammar does not read: a plan beyond doubt, or the question whether so."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nemo_widgets.draft import TEXT
from nemo_widgets.studio.agent.composing import Asked, Plan, Refusal
from nemo_widgets.studio.agent.language.amending import takes_back
from nemo_widgets.studio.agent.language.called import called_in_either
from nemo_widgets.studio.agent.language.veil import veil
from nemo_widgets.studio.agent.meanings import reading_of
from nemo_widgets.studio.agent.plan import read
from nemo_widgets.studio.agent.ranking import guess_of
from nemo_widgets.studio.timeline.grid import FrameGrid
from nemo_widgets.studio.words import Said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nemo_widgets.studio.agent.language.tokens import Veiled
    from nemo_widgets.studio.agent.meanings import Reading
    from nemo_widgets.studio.agent.world import World

__all__ = [
    "distinct",
    "instructions_near",
    "plan_meant",
    "question_what_is_meant",
    "reading_meant",
    "whole_meant",
]

_AND = {"en": ", then ", "zh": "，然后"}
_DOUBTED = ("not understood", "which it", "negation", "noise", "voice")
"""A message that is refused for these reasons may be one for which only its words are unknown."""
_REQUEST = re.compile(
    r"(?:^|[,.;:!]\s*|(?<![a-z])(?:so|and|but|please|first|hey|hi)\s+)(?:can|could|would|will)\s+(?:you|u|ya|we)\s(?!tell|explain|say|show\s+me|see|know|recommend|suggest|think|mind\s+telling)"
    r"|[,.]\s*(?:will|would|can|could)\s+you\s*[?]\s*$"
    r"|^(?!.*(?:吗|什么|怎么|哪|多少|几[个段秒]))[^?？]*(?:帮我|帮忙|麻烦|给我|请把)[^?？]*$"
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
_WHICH = Said("Did you mean one of these?", "是下面哪个意思？")
_ASKABLE = ("not understood", "which it")
"""A message that is refused for these reasons is asked about."""
_MOST = 3
_TAKES = {"cut", "keep", "trim-each"}
"""Kinds of edit of which the opposite is read most easily: all but this."""
"""So many choices at the most."""


@dataclass(frozen=True, slots=True)
class _Message:
    """A message as it is read by its words."""

    veiled: Veiled
    names: Mapping[str, str]
    titles: Sequence[str]
    language: str
    world: World

    def reading(self) -> Reading | None:
        """What it means by frames."""
        return reading_of(self.veiled, self.language, self.reads, self.names, self.titles)

    def reads(self, sentence: str) -> bool:
        """Whether an instruction is understood."""
        return isinstance(read(sentence, self.world), Plan)


def _message(text: str, refusal: Refusal, world: World) -> _Message | None:
    if not world.draft:
        return None
    media = list(world.media.values())
    veiled = veil(text, media, FrameGrid.of(world.draft.data), loosely=True)
    return _Message(veiled, called_in_either(text, media), _titles(world), refusal.language, world)


def reading_meant(text: str, refusal: Refusal, world: World) -> Reading | None:
    """What a message means by the words in it; None where it wishes for nothing that is known."""
    said = _message(text, refusal, world)
    return None if said is None else said.reading()


def instructions_near(text: str, refusal: Refusal, world: World) -> list[str]:
    """What a message may mean that nobody reads, as instructions, the likeliest first."""
    if refusal.reason not in _ASKABLE or (said := _message(text, refusal, world)) is None:
        return []
    if takes_back(said.veiled.text):
        return []
    language = "zh" if said.language.lower().startswith("zh") else "en"
    return guess_of(said.veiled, said.names, said.titles).instructions(language, said.reads)


def plan_meant(text: str, refusal: Refusal, world: World) -> Plan | None:
    """The plan of a message that can mean nothing else; None where it can, or where it can't be told."""
    if refusal.inquiries or not (
        refusal.reason in _DOUBTED or (refusal.reason == "question" and _REQUEST.search(text))
    ):
        return None
    said = _message(text, refusal, world)
    found = said.reading() if said is not None else None
    if said is None or found is None or not found.certain:
        return None
    if not guess_of(said.veiled, said.names, said.titles).agrees(found.kinds):
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


def _agreed(text: str, refusal: Refusal, world: World) -> Reading | None:
    """What frames make of a message; what takes something away, where the ranker agrees."""
    said = _message(text, refusal, world)
    found = None if said is None else said.reading()
    if said is None or found is None or not _TAKES & set(found.kinds):
        return found
    return found if guess_of(said.veiled, said.names, said.titles).agrees(found.kinds) else None


def question_what_is_meant(text: str, refusal: Refusal, world: World, otherwise: Said) -> Asked | None:
    """The question which instruction is what a message means; None where it may mean none.

    `otherwise` is the last choice, for who meant something else.
    """
    asks = refusal.reason == "question" and _ABILITY.match(text)
    if refusal.reason not in _ASKABLE and not asks:
        return None
    found = _agreed(text, refusal, world)
    sentence = "" if found is None or found.idle else _whole(found, refusal.language)
    first = [sentence] if sentence and isinstance(read(sentence, world), Plan) else []
    choices = distinct([*first, *instructions_near(text, refusal, world)], world)
    if not choices:
        return None
    left = found.left if found is not None and first else ()
    question = _without(left) if left else _NOT_ALL
    told = [Said(choice, choice) for choice in choices]
    return Asked(question + (_ONE if len(choices) == 1 else _WHICH), (*told, otherwise), refusal.language)


def distinct(sentences: Iterable[str], world: World) -> list[str]:
    """The first few of some instructions that come to different plans."""
    plans: list[tuple[object, ...]] = []
    kept = []
    for sentence in dict.fromkeys(filter(None, sentences)):
        plan = read(sentence, world)
        if (
            isinstance(plan, Plan)
            and (does := (plan.edits, plan.undo, plan.redo, plan.start_over)) not in plans
        ):
            plans.append(does)
            kept.append(sentence)
    return kept[:_MOST]


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
