"""Messages that ask in several parts, or beside what is to be done: their questions, and what else they say.

A part is cut off only where it is a question that has an answer, as a whole. What it leaves is a question
that has none, or is to be understood by itself; what begins with an 'if' or an 'or' belongs to what stands
before it, and leaves the message as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.answering import OF_SESSION
from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.composing import Inquiry
from nemo_widgets.studio.agent.language.grammar import is_question
from nemo_widgets.studio.agent.language.questions import asked
from nemo_widgets.studio.agent.language.tokens import FILE
from nemo_widgets.studio.agent.language.veil import veil
from nemo_widgets.studio.timeline.grid import FrameGrid

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.language.veil import Veiled
    from nemo_widgets.studio.agent.world import World

__all__ = ["Parts", "parts_of"]

_SENTENCE = re.compile(r"\s*((?:[^.?!;。；]|\.(?![\s.]|$))+)([.?!;。；\s]*)")
_JOINT = rx(
    r"\s*(?:[,、&]|(?<![\w'])(?:and|then|also|plus|but|so)(?![\w'])|然后|接着|并且|而且|另外|还有|以及|再|并|和|也|那)\s*"
)
_MOST_PIECES = 12
_HANGS = rx(r"(?:if|when|while|unless|until|because|since|or|than|whether)(?![\w'])|如果|要是|假如|还是|或")
"""How words begin that say something of what stands before them."""
_HEAD = rx(
    r"(?:(?:can|could|would|will)\s+you\s+(?:please\s+)?)?(?:what(?:'s|\s+is|\s+are)|(?:tell|show)\s+me)(?![\w'])"
)
"""What 'the length and the size' leaves out before the second."""
_POINTS = rx(r"(?<![\w'])(?:it|its|that|this|there|they|them)(?![\w'])|它|这个|那个")
_OF_THE_FILM = ("length", "contents", "shape", "count", "help", *OF_SESSION)
"""What is asked of the film, which 'it' means anyway."""
_A_CLIP = rx(rf"{FILE}|(?<![\w'])(?:clips?|shots?|segments?|parts?)(?![\w'])|片段|镜头|段")
_AROUND = " \t\n,，、.;"


@dataclass(slots=True)
class Parts:
    """A message in its parts.

    Attributes:
        before, after: the questions that have an answer, before what is to be done and behind that.
        rest: what is to be understood by itself, "" if there is nothing else.
        unknown: the questions that have none, in the message's own words.
        wondering: whether a question mark stands behind what may be to be done.
    """

    before: list[Inquiry] = field(default_factory=list)
    after: list[Inquiry] = field(default_factory=list)
    rest: str = ""
    unknown: list[str] = field(default_factory=list)
    wondering: bool = False

    def add(self, inquiry: Inquiry) -> None:
        """Take a question in where it stands."""
        (self.after if self.rest else self.before).append(inquiry)

    def say(self, words: str) -> None:
        """Take in what is to be done."""
        self.rest = ". ".join(filter(None, [self.rest, words]))


def parts_of(text: str, world: World) -> Parts | None:
    """A message's parts; None if none of them is a question that has an answer."""
    veiled = veil(text, list(world.media.values()), FrameGrid.of(world.draft.data))
    found = Parts()
    for said in _SENTENCE.finditer(veiled.text):
        if not _take(said[1].strip(), said[2].strip(), veiled, found):
            return None
    return None if _is_one(found) or not (found.before or found.after) else found


def _is_one(found: Parts) -> bool:
    """Whether the parts hang together: one is about what the other asks for, or asks about what it does."""
    things = [inquiry.about for inquiry in found.before if inquiry.about not in _OF_THE_FILM]
    points = bool(things) and bool(_POINTS.search(found.rest))
    return points or any(inquiry.about in OF_SESSION for inquiry in found.after)


def _take(sentence: str, mark: str, veiled: Veiled, found: Parts) -> bool:
    """Take in the parts of one sentence and its mark; False where one hangs on what is before it."""
    pieces, at, head = _pieces(sentence), 0, ""
    while at < len(pieces):
        end, inquiry = _known(sentence, pieces, at, head, veiled)
        if inquiry is not None:
            words = sentence[pieces[at][0] : pieces[end - 1][1]]
            if _POINTS.search(words) and any(_A_CLIP.search(unknown) for unknown in found.unknown):
                return False  # what it points to is in a question that nobody understood
            found.add(inquiry)
            opening = _HEAD.match(words)
            head, at = opening[0] if opening else head, end
            continue
        end = at + 1
        while end < len(pieces) and _known(sentence, pieces, end, head, veiled)[1] is None:
            end += 1
        words = sentence[pieces[at][0] : pieces[end - 1][1]].strip(_AROUND)
        if _HANGS.match(words):
            return False
        if is_question(words + (mark if end == len(pieces) else "")):
            found.unknown.append(veiled.reveal(words))
        else:
            found.say(veiled.reveal(words))
            found.wondering = "?" in mark
        at = end
    return True


def _pieces(sentence: str) -> list[tuple[int, int]]:
    """Where the pieces between the joints start and end."""
    found, at = [], 0
    for joint in [*_JOINT.finditer(sentence), None]:
        end = joint.start() if joint else len(sentence)
        if sentence[at:end].strip(_AROUND):
            found.append((at, end))
        at = joint.end() if joint else at
    return found if len(found) <= _MOST_PIECES else [(0, len(sentence))]


def _known(
    sentence: str, pieces: list[tuple[int, int]], at: int, head: str, veiled: Veiled
) -> tuple[int, Inquiry | None]:
    """The longest question with an answer that begins at a piece, and which piece is the next."""
    for end in range(len(pieces), at, -1):
        words = sentence[pieces[at][0] : pieces[end - 1][1]]
        for full in filter(None, (words, f"{head} {words}" if head else "")):
            about, time = asked(veiled, full)
            if about:
                return end, Inquiry(about, time)
    return at + 1, None
