"""What an edit is: a small frozen class that turns a draft into a draft, and says what it did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from nemo_widgets.draft import clock

if TYPE_CHECKING:
    from .times import Span
    from .world import World

__all__ = ["Edit", "EditRefused", "Outcome", "Said", "length_of", "lengths", "place", "seconds"]


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said in both languages."""

    en: str = ""
    zh: str = ""

    def in_language(self, language: str) -> str:
        """The words for a language code; English unless it is Chinese."""
        return self.zh if language.lower().startswith("zh") else self.en

    def __add__(self, other: Said) -> Said:
        return Said(f"{self.en} {other.en}".strip(), self.zh + other.zh)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The draft after an edit, and how the tool's call and answer read as JSON.

    `said` is what was done, in a sentence; `notes` are what follows from it or was adjusted.
    """

    draft: dict[str, Any]
    said: Said
    tool: str
    args: dict[str, Any] = field(default_factory=dict)
    response: dict[str, Any] = field(default_factory=dict)
    notes: Said = field(default_factory=Said)


class EditRefused(Exception):
    """The edit was understood but can't be made; nothing of the message is carried out."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.en)
        self.said = said


class Edit(Protocol):
    """An edit. `timeline` marks those that may close without a word: cuts and transitions."""

    name: ClassVar[str]
    timeline: ClassVar[bool]

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """A new draft, the one given left as it is.

        Raises:
            EditRefused: the edit is impossible on this draft.
        """


def length_of(draft: dict[str, Any]) -> int:
    """The timeline's length in ms."""
    length = draft.get("d")
    return length if isinstance(length, int) else 0


def seconds(ms: int) -> str:
    """Milliseconds as seconds with no more digits than needed: `12`, `0.5`."""
    return f"{ms / 1000:.2f}".rstrip("0").rstrip(".")


def lengths(fades: list[int]) -> str:
    """The lengths of crossfades in seconds: `0.5`, or `0.3–0.5` where they differ; hard cuts don't count."""
    there = [fade for fade in fades if fade]
    least, most = seconds(min(there, default=0)), seconds(max(there, default=0))
    return most if least == most else f"{least}–{most}"


def place(span: Span, length: int) -> tuple[int, int, Said]:
    """Where a span lies on a timeline of `length` ms, and a remark if its end had to be moved.

    Raises:
        EditRefused: it is backwards or empty, or starts past the end.
    """
    start, end = span.within(length)
    whole = clock(length)
    if start >= length:
        raise EditRefused(
            Said(
                f"{clock(start)} is past the end: the timeline is {whole} long. Nothing was changed.",
                f"{clock(start)} 超出了结尾：时间线长 {whole}。没有做任何改动。",
            )
        )
    if end <= start:
        what = f"{clock(start)}–{clock(end)}"
        raise EditRefused(
            Said(
                f"{what} {'is empty' if end == start else 'runs backwards'}: "
                f"the timeline is {whole} long. Nothing was changed.",
                f"{what} {'是空的' if end == start else '起点在终点之后'}"
                f"（时间线长 {whole}）。没有做任何改动。",
            )
        )
    if end <= length and not (span.last and span.start > length):
        return start, end, Said()
    asked = clock(span.start if span.last else end)
    remark = Said(
        f"{asked} is past the end, so I went up to {whole}.", f"{asked} 超出结尾，按 {whole} 处理。"
    )
    return start, min(end, length), remark
