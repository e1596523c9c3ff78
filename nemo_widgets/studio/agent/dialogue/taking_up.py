"""Whether a message takes up the question before it: it means what one of the choices says.

The choices are whole instructions, so that every message is read by itself; this is for who wants to know.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.composing import Plan, Refusal
from nemo_widgets.studio.agent.plan import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.agent.composing import Asked
    from nemo_widgets.studio.agent.world import World

__all__ = ["QuestionsAsked"]

_MOST = 1000
_MOST_BACK = 10


class QuestionsAsked:
    """The choices of the last questions, by the message that was answered with them and by their prompt."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._choices: OrderedDict[tuple[str, str], tuple[str, ...]] = OrderedDict()

    def keep(self, text: str, prompt: str, labels: Sequence[str]) -> None:
        """Remember the choices that a message was answered with."""
        with self._lock:
            self._choices[text, prompt] = tuple(labels)
            self._choices.move_to_end((text, prompt))
            while len(self._choices) > _MOST:
                self._choices.popitem(last=False)

    def is_taken_up(self, text: str, meant: Plan | Asked | Refusal, world: World) -> bool | None:
        """Whether a message that means this is the answer; None where nothing was asked, or nobody knows.

        So it is where a choice is said, or whatever means the same. What was refused meanwhile, or asked by
        the user, leaves a question as open as it was.
        """
        for said in reversed(world.earlier[-_MOST_BACK:]):
            with self._lock:
                labels = self._choices.get((said.text, said.reply))
            if labels is not None:
                bare = _bare(text)
                return any(bare == _bare(label) or _is_same(meant, read(label, world)) for label in labels)
            if said.changed:
                break
        return None


def _bare(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".!。！")


def _is_same(one: Plan | Asked | Refusal, other: Plan | Refusal) -> bool:
    """Whether two messages ask for the same, or both for nothing."""
    if isinstance(one, Plan) and isinstance(other, Plan):
        asked = [(p.edits, p.undo, p.redo, p.start_over) for p in (one, other)]
        return asked[0] == asked[1]
    return isinstance(one, Refusal) and isinstance(other, Refusal) and one.reason == other.reason == "left"
