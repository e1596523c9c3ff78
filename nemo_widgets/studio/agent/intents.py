"""What one clause of a message asks for, before it is known what the whole message comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .mixing import ChangeMusic, FadeMusic, MusicAt, RemoveMusic
from .music import AddMusic
from .titles import AddTitle, ChangeTitle, RemoveTitle
from .transitions import RemoveTransitions, SetTransitions

if TYPE_CHECKING:
    from .pauses import PauseOptions
    from .times import Span

__all__ = [
    "Export",
    "Guard",
    "Intent",
    "Keep",
    "Pauses",
    "Remove",
    "Smooth",
    "StartOver",
    "Unavailable",
    "Undo",
]


@dataclass(frozen=True, slots=True)
class Remove:
    """These ranges go."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Keep:
    """Only these ranges stay; without `only`, the word was just 'keep'."""

    spans: tuple[Span, ...]
    only: bool = True


@dataclass(frozen=True, slots=True)
class Pauses:
    """The pauses go."""

    options: PauseOptions


@dataclass(frozen=True, slots=True)
class Smooth:
    """New joints are crossfades of this length, None for what is usual; 0 for hard cuts."""

    length_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Guard:
    """Something is to stay as it is. `targets`: music, title, transitions, pauses, range, or all.

    `negated` is a 'don't': what follows it without a full stop or a 'but' may belong to it.
    """

    targets: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """The result is to be exported: a step of its own, noted and not done."""


@dataclass(frozen=True, slots=True)
class Undo:
    """So many versions back."""

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
    Remove | Keep | Pauses | Smooth | Guard | Export | Undo | StartOver | Unavailable
    | AddMusic | ChangeMusic | FadeMusic | MusicAt | RemoveMusic | AddTitle | ChangeTitle | RemoveTitle
    | SetTransitions | RemoveTransitions
)  # fmt: skip
