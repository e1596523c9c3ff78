"""Places that are named by what lies there: a clip by its number or name, the title, a part of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import TEXT, Draft, clock
from nemo_widgets.studio.words import Said, spaced

from .clip import length_of, read
from .errors import EditRefused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .clip import Clip
    from .time_range import Stretch

__all__ = [
    "AllBut",
    "Beside",
    "ClipRef",
    "CutRef",
    "Lead",
    "Part",
    "TextRef",
    "bounds",
    "names_of",
    "stem",
]

_LISTED = 8
"""No more names than this are listed."""


@dataclass(frozen=True, slots=True)
class ClipRef:
    """Clips of the main track, from `first` to `last` counted from 1, or from the end if negative.

    With `name`, the clips of that file instead, which must lie side by side. `last` 0 is the same as `first`.
    With `id`, the one clip that has it, wherever it was moved to. With `middle`, the one that has as many
    before it as behind it.
    """

    first: int = 0
    last: int = 0
    name: str = ""
    id: str = ""
    middle: bool = False

    def numbers(self, draft: Mapping[str, Any]) -> range:
        """Which shots are meant, counted from 0.

        Raises:
            EditRefused: there are no such clips.
        """
        shots = read(draft)
        if self.name:
            return self._named(shots)
        if self.id:
            at = next((i for i, s in enumerate(shots) if s.meta.get("id") == self.id), None)
            if at is None:
                raise EditRefused(_missing(Said("such clip any more", "那个片段"), shots))
            return range(at, at + 1)
        if self.middle:
            if len(shots) % 2 == 0:
                raise EditRefused(_missing(Said("clip in the middle", "正中间的片段"), shots))
            return range(len(shots) // 2, len(shots) // 2 + 1)
        found = [n - 1 if n > 0 else len(shots) + n for n in (self.first, self.last or self.first)]
        if not all(0 <= n < len(shots) for n in found) or found[0] > found[1]:
            number = abs(self.last or self.first)
            raise EditRefused(_missing(Said(f"clip {number}", f"第 {number} 个片段"), shots))
        return range(found[0], found[1] + 1)

    def within(self, draft: Mapping[str, Any]) -> tuple[int, int]:
        """From the middle of the transition before the clips to the middle of the one after them, in ms."""
        numbers = self.numbers(draft)
        edges = bounds(read(draft))
        return edges[numbers[0]], edges[numbers[-1] + 1]

    def _named(self, shots: Sequence[Clip]) -> range:
        found = [i for i, s in enumerate(shots) if stem(s.name) == stem(self.name)]
        if not found:
            raise EditRefused(_missing(Said(f"“{self.name}”", f"“{self.name}”"), shots))
        if found[-1] - found[0] >= len(found):
            numbers = [str(i + 1) for i in found]
            raise EditRefused(
                Said(
                    f"{self.name} is shown in several places, as clips {', '.join(numbers)}: "
                    "say which one is meant. Nothing was changed.",
                    spaced(self.name, f"出现在多处（第 {'、'.join(numbers)} 段），")
                    + "请说明是哪一段。没有做任何改动。",
                )
            )
        return range(found[0], found[-1] + 1)


@dataclass(frozen=True, slots=True)
class AllBut(ClipRef):
    """Every clip but these, which need not lie side by side: an edit is made for each run of the others."""

    out: tuple[ClipRef, ...] = ()


@dataclass(frozen=True, slots=True)
class CutRef:
    """A cut between two clips, counted from 1, or from the end if negative.

    With `joined`, only cuts that have a transition are counted.
    """

    number: int
    joined: bool = False

    def within(self, draft: Mapping[str, Any]) -> tuple[int, int]:
        """Where the cut is, in ms: in the middle of its transition.

        Raises:
            EditRefused: there are not so many.
        """
        shots = read(draft)
        there = [
            at for at, s in zip(bounds(shots)[1:], shots[1:], strict=False) if s.transition or not self.joined
        ]
        at = self.number - 1 if self.number > 0 else len(there) + self.number
        if not 0 <= at < len(there):
            what, zh = ("transition", "转场") if self.joined else ("cut", "剪切点")
            many = f"{'is' if len(there) == 1 else 'are'} {len(there) or 'none'}"
            raise EditRefused(
                Said(f"There is no {what} {abs(self.number)}: there {many}. Nothing was changed.",
                     f"没有第 {abs(self.number)} 个{zh}：现有 {len(there)} 个。没有做任何改动。")
            )  # fmt: skip
        return there[at], there[at]


@dataclass(frozen=True, slots=True)
class TextRef:
    """Where a text is shown: the only one, or the one that says `text`."""

    text: str = ""

    def within(self, draft: Mapping[str, Any]) -> tuple[int, int]:
        """From its first to its last moment, in ms."""
        there = [s for t in Draft(dict(draft)).layout() if t.type == TEXT for s in t.segments]
        found = [s for s in there if not self.text or s.text.casefold() == self.text.casefold()]
        if len(found) != 1:
            listed = [f"“{s.text}”" for s in there]
            raise EditRefused(
                Said(f"Which title? There are {', '.join(listed)}. Nothing was changed.",
                     f"哪个标题？现有{'、'.join(listed)}。没有做任何改动。")
                if listed
                else Said("There is no title. Nothing was changed.", "没有标题。没有做任何改动。")
            )  # fmt: skip
        return found[0].start_ms, found[0].end_ms


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a place: `inner` as if the place were the whole timeline."""

    inner: Stretch
    outer: Stretch

    def within(self, draft: Mapping[str, Any]) -> tuple[int, int]:
        """Where the part lies on the timeline, in ms; it ends where the place does.

        Raises:
            EditRefused: the place ends before the part begins.
        """
        low, high = self.outer.within(draft)
        start, end = self.inner.within({"d": high - low})
        if start > high - low:
            at, long = clock(start), clock(high - low)
            raise EditRefused(
                Said(f"There is no {at} in what is {long} long. Nothing was changed.",
                     f"长 {long} 的部分里没有 {at}。没有做任何改动。")
            )  # fmt: skip
        return low + start, min(low + end, high)


@dataclass(frozen=True, slots=True)
class Lead:
    """What lies in a place before a part of it: all of a clip but its last ten seconds."""

    part: Part

    def within(self, draft: Mapping[str, Any]) -> tuple[int, int]:
        """Where that lies on the timeline, in ms."""
        return self.part.outer.within(draft)[0], self.part.within(draft)[0]


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies before or after a place: all of it, or `length_ms` of it next to the place."""

    place: Stretch
    after: bool
    length_ms: int | None = None

    def within(self, draft: Mapping[str, Any]) -> tuple[int, int]:
        """Where that lies on the timeline, in ms."""
        low, high = self.place.within(draft)
        if self.after:
            return high, length_of(draft) if self.length_ms is None else high + self.length_ms
        return 0 if self.length_ms is None else max(0, low - self.length_ms), low


def bounds(shots: Sequence[Clip]) -> list[int]:
    """Where each shot begins, and the last one ends: in the middle of the transitions, in ms."""
    return [0, *(s.start + s.transition // 2 for s in shots[1:]), shots[-1].end if shots else 0]


def stem(name: str) -> str:
    """A file's name without its ending, in small letters."""
    bare, dot, ending = name.rpartition(".")
    return (bare if dot and len(ending) <= 4 else name).casefold().strip()  # noqa: PLR2004 - webm


def names_of(shots: Sequence[Clip]) -> Said:
    """The names of shots in a list that has as many as there are; "" where none has a name.

    >>> names_of([]).en
    ''
    """
    counts = Counter(s.name for s in shots if s.name)
    told = [name if many == 1 else f"{name} ×{many}" for name, many in list(counts.items())[:_LISTED]]
    more = len(shots) - sum(list(counts.values())[:_LISTED])
    if not told or not more:
        return Said(", ".join(told), "、".join(told))
    return Said(f"{', '.join(told)} and {more} more", spaced("、".join(told), f"，另外 {more} 个"))


def _missing(what: Said, shots: Sequence[Clip]) -> Said:
    names, many = names_of(shots), len(shots)
    there = f"there {'is 1 clip' if many == 1 else f'are {many} clips'}{names.en and f' ({names.en})'}"
    return Said(
        f"There is no {what.en}: {there}. Nothing was changed.",
        f"没有{what.zh}：现有 {many} 个片段{names.zh and f'（{names.zh}）'}。没有做任何改动。",
    )
