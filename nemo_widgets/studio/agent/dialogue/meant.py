"""What a message means that the grammar does not read: a plan beyond doubt, or the question whether so."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from nemo_widgets.draft import TEXT
from nemo_widgets.languages import either
from nemo_widgets.studio.agent.composing import Asked, Plan, Refusal
from nemo_widgets.studio.agent.language.amending import takes_back
from nemo_widgets.studio.agent.language.called import called_in_either
from nemo_widgets.studio.agent.language.veil import veil
from nemo_widgets.studio.agent.meanings import reading_of
from nemo_widgets.studio.agent.meanings.frames import chain
from nemo_widgets.studio.agent.plan import read
from nemo_widgets.studio.agent.ranking import guess_of
from nemo_widgets.studio.timeline.grid import FrameGrid
from nemo_widgets.studio.timeline.outline import Outline
from nemo_widgets.studio.words import Said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nemo_widgets.studio.agent.meanings import Reading
    from nemo_widgets.studio.agent.ranking import Guess
    from nemo_widgets.studio.agent.world import World

__all__ = ["Meant", "distinct"]

_DOUBTED = ("not understood", "which it", "negation", "noise", "voice")
"""A message that is refused for these reasons may be one for which only its words are unknown."""
_REQUEST = re.compile(
    r"(?:^|[,.;:!]\s*|(?<![a-z])(?:so|and|but|please|first|hey|hi)\s+)(?:can|could|would|will)\s+(?:you|u|ya|we)\s(?!tell|explain|say|show\s+me|see|know|recommend|suggest|think|mind\s+telling)"
    r"|[,.]\s*(?:will|would|can|could)\s+you\s*[?]\s*$"
    r"|^(?!.*(?:吗|什么|怎么|哪|多少|几[个段秒]))[^?？]*(?:帮我|帮忙|麻烦|给我|请把)[^?？]*$"
    r"|^(?:where|when)\s[^?？]*$|^[^?？吗呢怎什哪]*几(?:个字|个|段|条|处)[^?？吗呢怎什哪]*$"
    r"|^(?!.*(?:什么|怎么|哪|多少|吗))[^?？]*呢[。.!]?$"
    r"|(?:,\s*|(?<=[a-z])\s)(?:ok|okay|please|pls|plz|yeah|alright|thanks|thx|if\s+possible|if\s+you\s+can)\s*[?]+\s*$",
    re.IGNORECASE,
)
"""A question that is a request, or that is none after all."""
_ABILITY = re.compile(
    r"(?:^|[,.;:!]\s*|(?<![a-z])(?:hi|hey|so|and|ok|okay|please)\s+)\W*(?:can|could|would|may|might)\s+(?:it|the|this|that|these|those|we|i|my|clip)\s"
    r"|^(?!.*(?<![a-z])(?:is|are|was|were|do|does|did|has|have|had|should|shall|will|may|might|am|what\w*|why|how|which|who\w*|when|where|it's|that's|there's)(?![a-z]))[^?]*[?]\s*$",
    re.IGNORECASE,
)
"""A question that may be a wish: can it finish in black? The music a little louder?"""
_NOT_ALL = Said("I did not understand all of it.", "没有完全听懂。")
_UNSURE = ("either", "a thing")
_LEAST = 2
_ONE = Said("Did you mean this?", "是这个意思吗？")
_WHICH = Said("Did you mean one of these?", "是下面哪个意思？")
_ASKABLE = ("not understood", "which it")
"""A message that is refused for these reasons is asked about."""
_MOST = 3
"""So many choices at the most."""
_TAKES = {"cut", "keep", "trim-each"}
"""Kinds of edit of which the opposite is read most easily: all but this."""


class Meant:
    """A message that the grammar refuses, as its words are read: once by frames, once by the ranker."""

    def __init__(self, text: str, refusal: Refusal, world: World) -> None:
        self._text, self._refusal, self._world = text, refusal, world
        self._language = either(refusal.language, "en", "zh")
        media = list(world.media.values())
        self._veiled = veil(text, media, FrameGrid.of(world.draft.data), outline=Outline.of(world.draft.data))
        self._names, self._titles = called_in_either(text, media), _titles(world)

    @cached_property
    def _reading(self) -> Reading | None:
        return reading_of(self._veiled, self._language, self._reads, self._names, self._titles)

    @cached_property
    def _guess(self) -> Guess:
        return guess_of(self._veiled, self._names, self._titles)

    def _reads(self, sentence: str) -> bool:
        return isinstance(read(sentence, self._world), Plan)

    @cached_property
    def _agreed(self) -> Reading | None:
        """What frames make of it; what takes something away, where the ranker agrees."""
        found = self._reading
        doubtful = found is not None and _TAKES & set(found.kinds) and not self._guess.agrees(found.kinds)
        return None if doubtful else found

    def plan(self) -> Plan | None:
        """The plan of a message that can mean nothing else; None where it can, or where it can't be told."""
        reason, found = self._refusal.reason, self._reading
        asked = reason == "question" and _REQUEST.search(self._text)
        if self._refusal.inquiries or not (reason in _DOUBTED or asked):
            return None
        if found is None or not (found.certain or found.mild) or not self._guess.agrees(found.kinds):
            return None
        if not found.certain and not (reason in _ASKABLE and self._guess.sure(found.kinds)):
            return None
        sentence = chain(found.sentences, self._language)
        made = read(sentence, self._world)
        if not isinstance(made, Plan) or made.export:
            return None
        told = Said(f"I took that as “{sentence}”.", f"我理解为“{sentence}”。")
        return replace(made, notes=told + made.notes, language=self._refusal.language)

    def whole(self) -> str:
        """The instruction that it may mean of which nothing is left out; "" where there is none."""
        found = self._agreed
        if found is None or found.left or found.idle:
            return ""
        unsure = any(doubt.startswith(_UNSURE) for doubt in found.doubts)
        return "" if unsure else chain(found.sentences, self._language)

    def near(self) -> list[str]:
        """What it may mean that nobody reads, as instructions, the likeliest first."""
        if self._refusal.reason not in (*_ASKABLE, "question") or takes_back(self._veiled.text):
            return []
        return self._guess.instructions(self._language, self._reads)

    def question(self, otherwise: Said) -> Asked | None:
        """The question which instruction is what it means; None where it may mean none.

        `otherwise` is the last choice, for who meant something else.
        """
        reason, found = self._refusal.reason, self._agreed
        asks = reason == "question" and (_ABILITY.search(self._text) or _REQUEST.search(self._text))
        if reason not in _ASKABLE and not asks:
            return None
        first = "" if found is None or found.idle else chain(found.sentences, self._language)
        first = first if self._reads(first) else ""
        choices = distinct([first, *self.near()], self._world)
        if not choices:
            return None
        left = found.left if found is not None and first else ()
        said = (_without(left) if left else _NOT_ALL) + (_ONE if len(choices) == 1 else _WHICH)
        return Asked(said, (*(Said(each, each) for each in choices), otherwise), self._refusal.language)


def distinct(sentences: Iterable[str], world: World) -> list[str]:
    """The first few of some instructions that are read, and come to different plans."""
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


def _without(left: Sequence[str]) -> Said:
    """Which words of the message are left out of what is offered."""
    words = [f"“{one}”" for one in left]
    return Said(
        f"This leaves out {' and '.join(words)}, which I did not understand.",
        f"没听懂{'和'.join(words)}，这里没有算在内。",
    )
