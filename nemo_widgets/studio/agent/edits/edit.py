"""What an edit is: a small frozen class that turns a draft into a draft, and says what it did."""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.studio.words import Said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.agent.world import Question, World

__all__ = ["NEVER_MIND", "Edit", "Outcome", "Restore"]

NEVER_MIND = Said("never mind", "算了，保持原样")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The draft after an edit, and how the tool's call and answer read as JSON.

    `said` is what was done, in a sentence; `notes` are what follows from it or was adjusted. `shown` are
    pictures of what was found (PNG), each with its words.
    """

    draft: dict[str, Any]
    said: Said
    tool: str
    args: dict[str, Any] = field(default_factory=dict)
    response: dict[str, Any] = field(default_factory=dict)
    notes: Said = field(default_factory=Said)
    shown: tuple[tuple[bytes, Said], ...] = ()


class Edit(ABC):
    """An edit: a frozen dataclass whose fields say what is asked for, carried out by `apply`.

    Attributes:
        name: what the edit is called in the ledger.
        timeline: whether it may close without a word, as cuts and transitions do (protocol §4).
        retimes: whether it moves what is on the timeline to other times, so that what is said after it
            refers to the timeline as it has made it.
        touches: what it changes, by the names that guards have: music, title, transitions, pauses, range.
        subject: what an 'it' in the next message means, music or title, where that is not what it touches.
        first: whether it is carried out before the cuts of its message, which depend on it.
        pictured: whether it is of pictures, so that it can't be made where there is sound alone.
        alone: whether two of them for one place in one message contradict each other.
    """

    __slots__ = ()
    name: ClassVar[str]
    timeline: ClassVar[bool] = False
    retimes: ClassVar[bool] = False
    touches: ClassVar[str] = ""
    subject: ClassVar[str] = ""
    first: ClassVar[bool] = False
    pictured: ClassVar[bool] = False
    alone: ClassVar[bool] = False

    def questions(self, draft: dict[str, Any], world: World) -> Sequence[Question]:  # noqa: ARG002 - for those who ask
        """What has to be found in the media before `apply`, which then gets the answers from the world."""
        return ()

    @abstractmethod
    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """A new draft, the one given left as it is.

        Raises:
            EditRefused: the edit is impossible on this draft.
            Unclear: it could mean several things.
        """

    def inverse(self, draft: dict[str, Any]) -> Edit:
        """The edit that brings back the draft as it is before this one is applied."""
        return Restore(draft)


@dataclass(frozen=True, slots=True)
class Restore(Edit):
    """The draft as it was."""

    draft: dict[str, Any]
    name: ClassVar[str] = "restore"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:  # noqa: ARG002 - every edit's face
        """Bring the older draft back; see `Edit.apply`."""
        said = Said("Put it back as it was.", "已恢复原样。")
        return Outcome(copy.deepcopy(self.draft), said, "restore", {}, {"status": "success"})
