"""The order of what is shown: clips moved, swapped, sorted, shown again."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from nemo_widgets.studio.timeline.arrange import arrange
from nemo_widgets.studio.timeline.clip import read
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.refs import ClipRef, bounds, stem
from nemo_widgets.studio.timeline.time_range import place
from nemo_widgets.studio.timeline.track_ops import split_at
from nemo_widgets.studio.words import Said, spaced

from .calling import called
from .edit import Edit, Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.agent.world import World
    from nemo_widgets.studio.timeline.clip import Clip
    from nemo_widgets.studio.timeline.time_range import Stretch

__all__ = ["Duplicate", "Move", "Order", "Swap", "cut_out", "labels"]

By = Literal["name", "number", "length", "time", "reversed"]
_ORDERS = {
    "name": ("by name", "按名称"),
    "number": ("by number", "按编号"),
    "length": ("from the shortest to the longest", "从短到长"),
    "time": ("as they were uploaded", "按上传顺序"),
    "reversed": ("the other way round", "倒序"),
}


def cut_out(draft: dict[str, Any], what: Stretch) -> tuple[list[Clip], list[Clip], list[Clip]]:
    """The shots before, in and after a stretch of the timeline, parted at its ends."""
    start, end, _ = place(what, draft)
    shots = split_at(draft, (start, end))
    edges = bounds(shots)
    inside = [start <= (edges[i] + edges[i + 1]) // 2 < end for i in range(len(shots))]
    first = inside.index(True) if any(inside) else len(shots)
    last = first + sum(inside)
    return shots[:first], shots[first:last], shots[last:]


@dataclass(frozen=True, slots=True)
class Move(Edit):
    """A stretch of the timeline, such as a clip, is put first, last, or beside another place.

    `to`: start, end, before or after; for the last two `place` says what.
    """

    what: Stretch
    to: Literal["start", "end", "before", "after"]
    place: Stretch | None = None
    name: ClassVar[str] = "move"
    retimes: ClassVar[bool] = True
    timeline: ClassVar[bool] = True
    touches: ClassVar[str] = "range"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Move it; see `Edit.apply`."""
        if self.place is None and self.to in ("before", "after"):
            raise EditRefused(
                Said(
                    "Next to what should it be? Nothing was changed.", "要放在哪个片段旁边？没有做任何改动。"
                )
            )
        head, moved, tail = cut_out(draft, self.what)
        rest = [*head, *tail]
        if not rest or not moved:
            said = Said("There is nothing else to move it past.", "没有其他片段可以调换。")
            return Outcome(copy.deepcopy(draft), said, "move_segment", {}, {"status": "unchanged"})
        at = {"start": 0, "end": len(rest)}.get(self.to)
        if at is None:
            at = self._beside(draft, head, moved, tail)
        new, told = arrange(draft, [*rest[:at], *moved, *rest[at:]], world.media)
        parted = [*head, *moved, *tail]
        label = called(draft, parted, moved, when=False)
        if _order(read(new)) == _order(read(draft)):
            said = Said(f"{label.first} {label.be} there already.", spaced(label.zh, "已经在那里了。"))
            return Outcome(copy.deepcopy(draft), said, "move_segment", {}, {"status": "unchanged"})
        edge = {("before", len(rest)): "end", ("after", 0): "start"}.get((self.to, at), self.to)
        where = {"start": ("to the start", "最前面"), "end": ("to the end", "最后")}.get(edge)
        if where is None:
            other = called(draft, parted, [rest[at] if self.to == "before" else rest[at - 1]], when=False)
            side = "之前" if self.to == "before" else "之后"
            where = (f"{self.to} {other.en}", spaced(other.zh, side))
        said = Said(f"Moved {label.en} {where[0]}.", spaced("把", label.zh, "移到了", where[1], "。"))
        args = {"segment": labels(moved), "to": self.to}
        response = {"status": "success", "order": _names(read(new))}
        return Outcome(new, said, "move_segment", args, response, notes=told)

    def _beside(self, draft: dict[str, Any], head: list[Clip], moved: list[Clip], tail: list[Clip]) -> int:
        """The place among the other shots, which the `place` of the old timeline is next to."""
        assert self.place is not None  # noqa: S101 - given for before and after
        low, high = self.place.within(draft)
        at = low if self.to == "before" else high
        shots = [*head, *moved, *tail]
        edges = bounds(shots)
        number = min(range(len(edges)), key=lambda i: abs(edges[i] - at))
        if abs(edges[number] - at) > 1 and not isinstance(self.place, ClipRef):
            raise EditRefused(
                Said("There is no cut at that place to put it at: name a clip. Nothing was changed.",
                     "那里没有剪切点，请说明放在哪个片段旁边。没有做任何改动。")
            )  # fmt: skip
        return number if number <= len(head) else max(len(head), number - len(moved))


@dataclass(frozen=True, slots=True)
class Swap(Edit):
    """Two clips change places."""

    one: Stretch
    other: Stretch
    name: ClassVar[str] = "swap"
    retimes: ClassVar[bool] = True
    timeline: ClassVar[bool] = True
    touches: ClassVar[str] = "range"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Swap them; see `Edit.apply`."""
        shots = read(draft)
        one, other = _numbers(draft, self.one), _numbers(draft, self.other)
        first, second = sorted((one, other), key=lambda r: r[0])
        if first[-1] >= second[0]:
            said = Said(
                "That is one and the same clip. Nothing was changed.", "这是同一个片段。没有做任何改动。"
            )
            raise EditRefused(said)
        between = shots[first[-1] + 1 : second[0]]
        a, b = shots[first[0] : first[-1] + 1], shots[second[0] : second[-1] + 1]
        swapped = [*shots[: first[0]], *b, *between, *a, *shots[second[-1] + 1 :]]
        new, told = arrange(draft, swapped, world.media)
        these = (called(draft, shots, a, when=False), called(draft, shots, b, when=False))
        said = Said(
            f"Swapped {these[0].en} and {these[1].en}.",
            spaced("交换了", these[0].zh, "和", these[1].zh, "。"),
        )
        args = {"one": labels(a), "other": labels(b)}
        response = {"status": "success", "order": _names(read(new))}
        return Outcome(new, said, "swap_segments", args, response, notes=told)


@dataclass(frozen=True, slots=True)
class Order(Edit):
    """The clips in another order, `by` name, number, length, time or reversed, or as `clips` says.

    The number is the one in a clip's name, the time that of its upload. What `clips` does not name comes
    after what it names, as it was; or, where it `ends` with the last of them, before that one.
    """

    by: By | None = None
    clips: tuple[Stretch, ...] = ()
    ends: bool = False
    name: ClassVar[str] = "order"
    retimes: ClassVar[bool] = True
    timeline: ClassVar[bool] = True
    touches: ClassVar[str] = "range"

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Sort them; see `Edit.apply`."""
        shots = read(draft)
        if self.by:
            order, how = self._sorted(shots, world), _ORDERS[self.by]
        else:
            numbers = [n for where in self.clips for n in _numbers(draft, where)]
            if len(set(numbers)) != len(numbers):
                raise EditRefused(Said("A clip is named twice. Nothing was changed.",
                                       "有片段说了两次。没有做任何改动。"))  # fmt: skip
            last = [*_numbers(draft, self.clips[-1])] if self.ends and self.clips else []
            head = numbers[: len(numbers) - len(last)]
            order = [shots[n] for n in [*head, *(i for i in range(len(shots)) if i not in numbers), *last]]
            how = ("as you said", "按你说的顺序")
        new, told = arrange(draft, order, world.media)
        names = _names(read(new))
        if _order(read(new)) == _order(shots):
            said = Said("The clips are in that order already.", "片段已经是这个顺序了。")
            return Outcome(copy.deepcopy(draft), said, "order_segments", {}, {"status": "unchanged"})
        said = Said(f"Ordered the clips {how[0]}: {', '.join(names)}.", f"{how[1]}排列：{'、'.join(names)}。")
        args = {"by": self.by} if self.by else {"order": names}
        response = {"status": "success", "order": names}
        return Outcome(new, said, "order_segments", args, response, notes=told)

    def _sorted(self, shots: list[Clip], world: World) -> list[Clip]:
        match self.by:
            case "name":
                return sorted(shots, key=lambda s: stem(s.name))
            case "number":
                return sorted(shots, key=lambda s: [int(n) for n in re.findall(r"\d+", s.name)])
            case "length":
                return sorted(shots, key=lambda s: s.duration)
            case "time":
                uploaded = {src: place for place, src in enumerate(world.media)}
                return sorted(shots, key=lambda s: uploaded.get(s.src, 0))
        return shots[::-1]


@dataclass(frozen=True, slots=True)
class Duplicate(Edit):
    """A clip is shown again right behind itself, or at the end, `times` more (1 to 20)."""

    what: Stretch
    times: int = 1
    end: bool = False
    name: ClassVar[str] = "duplicate"
    retimes: ClassVar[bool] = True
    timeline: ClassVar[bool] = True

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Repeat it; see `Edit.apply`."""
        most = 20
        if not 1 <= self.times <= most:
            raise EditRefused(Said(f"A clip can be repeated 1 to {most} times. Nothing was changed.",
                                   f"可以重复 1 到 {most} 次。没有做任何改动。"))  # fmt: skip
        head, again, tail = cut_out(draft, self.what)
        copies = [
            replace(s, raw=copy.deepcopy(s.raw), transition=0) for _ in range(self.times) for s in again
        ]
        behind = [*tail, *copies] if self.end else [*copies, *tail]
        new, told = arrange(draft, [*head, *again, *behind], world.media)
        often = f" {self.times} times" if self.times > 1 else ""
        often += " at the end" if self.end and tail else ""
        there = "在最后" if self.end and tail else ""
        which = called(draft, [*head, *again, *tail], again, when=False)
        said = Said(f"Repeated {which.en}{often}.",
                    spaced("把", which.zh, f"{there}重复了 {self.times} 次。"))  # fmt: skip
        args: dict[str, Any] = {"segment": labels(again), "times": self.times}
        if self.end:
            args["at"] = "end"
        return Outcome(new, said, "duplicate_segment", args, {"status": "success"}, notes=told)


def _numbers(draft: dict[str, Any], where: Stretch) -> range:
    """The shots that a place is, counted from 0.

    Raises:
        EditRefused: it is no whole clip.
    """
    if isinstance(where, ClipRef):
        return where.numbers(draft)
    raise EditRefused(Said("Name clips, by name or number. Nothing was changed.",
                           "请用名称或编号说明片段。没有做任何改动。"))  # fmt: skip


def _order(shots: Sequence[Clip]) -> list[tuple[str, int, int]]:
    """What is shown, a cut that goes on where it was cut not counted."""
    found: list[tuple[str, int, int]] = []
    for s in shots:
        if found and found[-1][0] == s.src and found[-1][2] == s.src_in and not s.transition:
            found[-1] = (s.src, found[-1][1], s.src_out)
        else:
            found.append((s.src, s.src_in, s.src_out))
    return found


def _names(shots: Sequence[Clip]) -> list[str]:
    return [s.name or s.src for s in shots]


def labels(shots: Sequence[Clip]) -> str:
    """What the shots are called, each name once."""
    return ", ".join(dict.fromkeys(_names(shots)))
