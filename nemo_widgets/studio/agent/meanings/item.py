"""One piece of a message: a value, words that are known, or a word that is not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Item", "clip_item", "slot_values"]


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


def slot_values(items: Iterable[Item], language: str) -> dict[str, list[str]]:
    """The different values of each slot of some items, as an instruction says them; clips all in `{clip}`."""
    at = 0 if language == "en" else 1
    found: dict[str, list[str]] = {}
    for item in items:
        said = {slot: both[at] for slot, both in item.values.items() if slot != "{other}"}
        if "big" in item.senses:
            said["{big}"] = ("big", "大")[at]
        for slot, value in said.items():
            if value and value not in found.setdefault(slot, []):
                found[slot].append(value)
    return {slot: values for slot, values in found.items() if values}
