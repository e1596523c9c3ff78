"""What has been read of a message so far, and what speaks against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .clauses import Clause
    from .frames import Cover, Frame
    from .item import Item

__all__ = ["Instruction", "Spoken", "Wish"]


@dataclass(slots=True)
class Instruction:
    """One edit as an instruction.

    Attributes:
        said: the instruction.
        kind: the family of its frame and what it is for: two of one kind would undo each other.
        fault: whether only a fault was named that it mends.
    """

    said: str
    kind: tuple[str, str]
    fault: bool


@dataclass(slots=True)
class Wish:
    """A clause that wishes for something: its row of items, how it is accounted for, its instructions."""

    items: tuple[Item, ...]
    cover: Cover
    instructions: int = 0

    @property
    def frames(self) -> tuple[Frame, ...]:
        """The kinds of edit that it is."""
        return tuple(frame for frame, _ in self.cover.found)

    @property
    def used(self) -> list[Item]:
        """The items that belong to its frames."""
        return [self.items[place] for _, places in self.cover.found for place in places]


@dataclass(slots=True)
class Spoken:
    """The state of reading a message.

    Attributes:
        text: the veiled message.
        language: `en` or `zh`.
        reads: whether an instruction is understood.
        wishes, instructions: what was wished for.
        left, doubts: words that are not accounted for; why it is not certain what is meant.
        remarks: items that were spoken of and are not used yet.
        unread, further, spared, contrasts: clauses that are no wish that is known, that name more things
            behind a wish, that say what is to stay, and that say what is not to be done instead.
        used, remarked, within, talk, gone: where items stand that are used, that a remark names as what an
            edit may be for, within which something is remarked, that a remark holds, and that are gone.
        target, thing, things: what 'it' is; the last thing of each class that was remarked.
        aimed: the clips and stretches that something was wished for.
        asked: whether the message asks for something in so many words.
        leans: whether an edit is for something that it does not name.
    """

    text: str
    language: str
    reads: Callable[[str], bool]
    wishes: list[Wish] = field(default_factory=list)
    instructions: list[Instruction] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    remarks: list[Item] = field(default_factory=list)
    unread: list[Clause] = field(default_factory=list)
    further: list[Clause] = field(default_factory=list)
    spared: list[Clause] = field(default_factory=list)
    contrasts: list[Clause] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    remarked: set[int] = field(default_factory=set)
    within: set[int] = field(default_factory=set)
    talk: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    aimed: set[tuple[str, str]] = field(default_factory=set)
    target: Item | None = None
    thing: Item | None = None
    things: dict[str, Item] = field(default_factory=dict)
    asked: bool = False
    leans: bool = False

    def words(self, items: Sequence[Item]) -> str:
        """Neighbouring items as they stand in the message."""
        return self.text[items[0].start : items[-1].end]

    def names(self) -> set[str]:
        """The names of the kinds of edit that were wished for."""
        return {frame.name for wish in self.wishes for frame in wish.frames}
