"""Remarks beside a wish: what 'it' is in 'the bit from 0:05 to 0:09 is boring, get rid of it', and reasons.

A remark says how things are and wishes for nothing. One about a thing or a place says what the 'it' of the
wish after it is; one about nothing that is edited ('my audience gets bored') is left away. What comes is
read as if it had been said without the remark: nothing is done that a plain sentence could not ask for.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.language.grammar import is_question
from nemo_widgets.studio.agent.language.leaning import HAN
from nemo_widgets.studio.agent.language.tokens import QUOTE, SPAN
from nemo_widgets.studio.agent.language.veil import veil
from nemo_widgets.studio.agent.meanings.sorts import BOUND
from nemo_widgets.studio.timeline.grid import FrameGrid
from nemo_widgets.studio.timeline.outline import Outline

from .remark_grammar import VALUE, remark_grammar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from nemo_widgets.studio.agent.language.tokens import Veiled
    from nemo_widgets.studio.agent.world import World

    from .remark_grammar import RemarkGrammar

__all__ = ["without_remarks"]

_LONGEST = 400
"""A message of more characters says more than a remark and a wish."""
_MOST_PIECES = 8
_JOINT = rx(
    r"\s*(?:(?:[,;:!，；：！。]|\.(?!\d)|\s[-–—]+\s|—)+\s*(?:(?:and\s+)?(?:so|therefore|then|please|hence|and)(?![\w'])\s*|所以|那就|那|就)?"
    r"|(?<![\w'])so(?:\s+that)?(?=\s+(?!much|many|very|loud|dark|long|quiet|bright|slow|boring|bad|fast|good|nice|cool)[\w'])|所以|(?<=[了的])\s+(?=[\u4e00-\u9fff]))\s*"
)
_BECAUSE = rx(r"\s(?=(?:because|cause|cos|coz|cuz|since)\s)|(?=因为)")
_KEPT = rx(r"(?<![\w'])(?:keep|leave)(?![\w'])|保留|留")
_BLANK = rx(r"[\s,.;:!，。；：！]*")


def without_remarks(text: str, world: World) -> list[str]:
    """The message without its remarks, and with what they are about in the place of 'it'; likeliest first.

    Several where it may be said in several ways; none where there is no remark, or what is about something
    would be lost.
    """
    if len(text) > _LONGEST or is_question(text):
        return []
    found: list[str] = []
    media, frames = list(world.media.values()), FrameGrid.of(world.draft.data)
    outline = Outline.of(world.draft.data)

    def named(piece: str) -> bool:
        """Whether words may name a clip."""
        return bool(VALUE.search(veil(piece, media, frames, outline=outline).text))

    for known in (None, outline):
        veiled = _once(veil(text, media, frames, outline=known))
        for said in _said(veiled, named):
            words = " ".join(veiled.reveal(said).split())
            if words and words not in found:
                found.append(words)
    return found


def _once(veiled: Veiled) -> Veiled:
    """The same with one token for a list such as 'clips 2 and 3', which stands behind each of its tokens."""
    alike = re.compile(rf"({SPAN})(?:\s*(?:,|and|&|、|和|与)\s*{SPAN})+")

    def first(m: re.Match[str]) -> str:
        said = {veiled.reveal(token) for token in re.findall(SPAN, m.group())}
        return m[1] if len(said) == 1 else m.group()

    return replace(veiled, text=alike.sub(first, veiled.text))


def _said(veiled: Veiled, named: Callable[[str], bool]) -> Iterator[str]:
    grammar = remark_grammar("zh" if HAN.search(re.sub(QUOTE, "", veiled.text)) else "en")
    pieces = [p for p in _pieces(veiled.text.rstrip(" ?？")) if not _BLANK.fullmatch(p)]
    if not 1 < len(pieces) <= _MOST_PIECES:
        return
    kinds = [grammar.referents(piece, veiled) for piece in pieces]
    for at in range(1, len(pieces)):
        if None in kinds[:at] and not named(pieces[at]) and grammar.is_aside(pieces[at]):
            kinds[at] = []
    if all(kind is None for kind in kinds) or all(kind is not None for kind in kinds):
        return
    if any(BOUND.search(p) for p, kind in zip(pieces, kinds, strict=True) if kind is not None):
        return
    if any(_KEPT.search(p) for p, kind in zip(pieces, kinds, strict=True) if kind is None):
        return
    yield from _resolved(pieces, kinds, 0, [], grammar)


def _resolved(
    pieces: Sequence[str],
    kinds: Sequence[list[str] | None],
    at: int,
    before: list[str],
    grammar: RemarkGrammar,
) -> Iterator[str]:
    """The wishes from piece `at` on, each remark's referent in the place of the next wish's pronoun."""
    if at == len(pieces):
        yield grammar.joint.join(before)
        return
    kind = kinds[at]
    if kind is None or not kind:  # a wish, or a remark about nothing that is edited
        yield from _resolved(
            pieces, kinds, at + 1, [*before, pieces[at]] if kind is None else before, grammar
        )
        return
    wish = next((i for i in range(at + 1, len(pieces)) if kinds[i] is None), None)
    if wish is None:
        if any(referent in " ".join(before) for referent in kind):  # '…, the music is too loud' after all
            yield from _resolved(pieces, kinds, at + 1, before, grammar)
        return
    for referent in kind:
        for said in grammar.about(pieces[wish], referent):
            rest = [*pieces[:wish], said, *pieces[wish + 1 :]]
            others = [*kinds[: at + 1], *([] if k else k for k in kinds[at + 1 : wish]), *kinds[wish:]]
            if any(k for k in kinds[at + 1 : wish]):  # two things are spoken of: which is 'it'?
                continue
            yield from _resolved(rest, others, wish, before, grammar)


def _pieces(text: str) -> list[str]:
    return [piece.strip() for part in _JOINT.split(text) if part for piece in _BECAUSE.split(part) if piece]
