"""One piece of a message: a value, words that are known, or a word that is not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Item", "clip_item"]


@dataclass(frozen=True, slots=True)
class Item:
    """Words or a value of a message.

    Attributes:
        start, end: where it stands in the veiled text.
        words: as they were typed, in small letters.
        senses: the classes that it is of; those of values in braces. None: it is unknown.
        values: what it is as the value of a slot, as an instruction says it in English or Chinese.
        stop: whether a new clause begins behind it.
        bent: whether it is another form of a word than the plain one, such as 'removed'.
    """

    start: int
    end: int
    words: str
    senses: frozenset[str]
    values: Mapping[str, tuple[str, str]] = field(hash=False)
    stop: bool = False
    bent: bool = False

    @property
    def unknown(self) -> bool:
        """Whether it has no meaning here."""
        return not self.senses


def clip_item(at: int, words: str, said: tuple[str, str], *senses: str) -> Item:
    """The item of a clip, which may be what an edit is for, or the other one."""
    values = {"{clip}": said, "{other}": said}
    return Item(at, at + len(words), words, frozenset({*values, *senses}), values)
