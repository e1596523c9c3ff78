"""Clauses for several clips that are read of each by itself: 'mute the harbour and the market'.

And such as say first when something is to happen: 'right before the kiss freeze the picture'.
"""

# ruff: noqa: E501 - a table of phrases reads best with a phrase on a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.compiled import rx
from nemo_widgets.studio.agent.edits.edit import Edit
from nemo_widgets.studio.agent.edits.lasting import ClipLength, TrimEnds
from nemo_widgets.studio.agent.edits.speeding import Speed
from nemo_widgets.studio.agent.edits.titles import AddTitle
from nemo_widgets.studio.agent.edits.trimming import PictureLength, TrimTo
from nemo_widgets.studio.timeline.refs import ClipRef

from .leaning import places_of
from .tokens import DURATION, POINT, SPAN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .context import Around, Rule
    from .intents import Intent

__all__ = ["fronted", "severally"]

_P = rf"(?:the\s+)?{SPAN}"
_LIST = rx(
    rf"(?:(?:both|all)\s+(?:of\s+)?)?{_P}(?:\s*(?:,\s*and|,|、|and|&|和|跟|与|以及)\s*{_P})+(?:\s+both|\s+alike)?|(?<=[把将让]){SPAN}(?:[和跟与、]{SPAN})+"
)
_PAIRED = rx(r"between|之间|中间|into\s+each|swap|switch|exchange|交换|对调")
_LENGTHS = (Speed, TrimTo, TrimEnds, ClipLength, PictureLength)
_WHEN = rf"(?:(?:right|just|directly|shortly|immediately)\s+)?(?:before|after|at\s+the\s+(?:very\s+)?(?:start|beginning|end)\s+of|over|during|in|within|at|from|when|as\s+soon\s+as)\s+(?:the\s+)?(?:{SPAN}|{POINT}|{DURATION})(?:\s+(?:starts|begins|ends|is\s+over))?"
_FRONTED = rx(rf"(?P<when>{_WHEN})\s*,?\s+(?P<rest>[a-z].+)")


def severally(clause: str, around: Around, rules: Sequence[Rule]) -> list[Intent] | None:
    """What a clause asks for of each clip in its list, if it is an edit of each."""
    lists = [*_LIST.finditer(clause)]
    if len(lists) != 1 or _PAIRED.search(clause):
        return None
    found: list[Intent] = []
    for token in re.findall(SPAN, lists[0].group()):
        if not isinstance(around.veiled.value(token), ClipRef):
            return None
        one = f"{clause[: lists[0].start()]}{token}{clause[lists[0].end() :]}"
        said = next((said for rule in rules if (said := rule(one, around))), None)
        if not said or not all(isinstance(i, Edit) and _placed(i) for i in said):
            return None
        found += said
    return found


def _placed(edit: Edit) -> bool:
    """Whether an edit is for certain clips, or a title over one, and gives no clip another number."""
    if edit.retimes and not isinstance(edit, _LENGTHS):
        return False
    return bool(places_of(edit)) or (isinstance(edit, AddTitle) and isinstance(edit.span, ClipRef))


def fronted(clause: str, around: Around, rules: Sequence[Rule]) -> Sequence[Intent] | None:
    """What a clause asks for that says first when: the same with that behind."""
    m = _FRONTED.fullmatch(clause)
    if m is None:
        return None
    turned = f"{m['rest']} {m['when']}"
    return next((said for rule in rules if (said := rule(turned, around))), None)
