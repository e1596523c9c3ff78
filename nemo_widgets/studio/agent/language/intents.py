"""What one clause of a message asks for, before it is known what the whole message comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from nemo_widgets.studio.agent.edits.edit import Edit

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.edits.pauses import PauseOptions
    from nemo_widgets.studio.timeline.time_range import Stretch

__all__ = [
    "Clause",
    "Export",
    "Guard",
    "Intent",
    "Keep",
    "Pauses",
    "Redo",
    "Remove",
    "Smooth",
    "Spare",
    "StartOver",
    "Unavailable",
    "Undo",
]


@dataclass(frozen=True, slots=True)
class Remove:
    """These ranges go."""

    spans: tuple[Stretch, ...]
    touches: ClassVar[str] = "range"


@dataclass(frozen=True, slots=True)
class Keep:
    """Only these ranges stay; without `only`, the word was just 'keep'."""

    spans: tuple[Stretch, ...]
    only: bool = True
    touches: ClassVar[str] = "range"


@dataclass(frozen=True, slots=True)
class Pauses:
    """The pauses go."""

    options: PauseOptions
    touches: ClassVar[str] = "pauses"


@dataclass(frozen=True, slots=True)
class Smooth:
    """New joints are crossfades of this length, None for what is usual; 0 for hard cuts.

    With `standing`, where nothing new is cut, hard cuts are for the joints that there are.
    """

    length_ms: int | None = None
    standing: bool = False


@dataclass(frozen=True, slots=True)
class Guard:
    """Something is to stay as it is. `targets`: music, title, transitions, pauses, range, or all.

    `negated` is a 'don't': what follows it without a full stop or a 'but' may belong to it.
    """

    targets: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Spare:
    """These clips are to stay as they are, beside what is done to others.

    `plain`: it was a 'keep' and no more, which may as well mean that the others are to go. `unwanted`: it was
    a 不要 and no more, which spares clips beside an edit that would be for all, and lets them go else.
    """

    places: tuple[Stretch, ...]
    plain: bool = False
    unwanted: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """The result is to be exported: a step of its own, noted and not done."""


@dataclass(frozen=True, slots=True)
class Undo:
    """So many versions back."""

    steps: int = 1


LAST_UNDO = -1
"""As many steps of a redo as the last undo had."""
ALL_UNDONE = -2
"""All steps that can be redone."""


@dataclass(frozen=True, slots=True)
class Redo:
    """So many of the last edits that were undone are brought back."""

    steps: int = 1


@dataclass(frozen=True, slots=True)
class StartOver:
    """Back to the clips as they were uploaded."""


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Something that was understood and can't be done here: `what` is a key of the replies."""

    what: str
    words: str = ""


Intent = (
    Remove | Keep | Pauses | Smooth | Guard | Spare | Export | Undo | Redo | StartOver | Unavailable | Edit
)
"""What a clause asks for: an edit as it is, or what becomes one, or none, with the rest of the message."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its intents, and what joins it to the clause before, such as ', and'."""

    text: str
    joint: str
    intents: tuple[Intent, ...]
