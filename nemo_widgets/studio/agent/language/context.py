"""What a rule of the grammar is, and what it is given beside a clause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nemo_widgets.studio.timeline.media_item import MediaItem

    from .intents import Intent
    from .tokens import Veiled

__all__ = ["Around", "Rule"]


@dataclass(frozen=True, slots=True)
class Around:
    """What a rule may know beside the clause: what is behind the veil, and which files there are."""

    veiled: Veiled
    media: Mapping[str, MediaItem]


class Rule(Protocol):
    """A rule of the grammar."""

    def __call__(self, clause: str, around: Around, /) -> Sequence[Intent] | None:
        """Read a clause: the intents that it asks for, None or nothing if it is none of this rule's."""
