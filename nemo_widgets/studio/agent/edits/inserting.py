"""Uploaded files put on the timeline where they are wanted."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from nemo_widgets.draft import clock, is_sound
from nemo_widgets.studio.timeline.arrange import FRESH, arrange
from nemo_widgets.studio.timeline.clip import Clip, length_of, new_id, read, write
from nemo_widgets.studio.timeline.errors import EditRefused
from nemo_widgets.studio.timeline.refs import ClipRef, stem
from nemo_widgets.studio.timeline.time_range import place
from nemo_widgets.studio.timeline.track_ops import split_at
from nemo_widgets.studio.words import Said, spaced

from .arranging import Move
from .calling import joined
from .edit import Edit, Outcome

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.world import World
    from nemo_widgets.studio.timeline.media_item import MediaItem
    from nemo_widgets.studio.timeline.time_range import Stretch

__all__ = ["Insert", "MergeAll"]

_PICTURE_MS = 5000


@dataclass(frozen=True, slots=True)
class Insert(Edit):
    """The uploaded file with this name is put in where `at` begins (None: at the end), or moved there.

    What comes behind it comes so much later; a shot in whose middle that is is parted.
    """

    file: str
    at: Stretch | None = None
    name: ClassVar[str] = "insert"
    timeline: ClassVar[bool] = True
    retimes: ClassVar[bool] = True

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Put it in; see `Edit.apply`."""
        item = _item(self.file, draft, world)
        there = [i for i, s in enumerate(read(draft)) if s.src == item.src]
        at = length_of(draft) if self.at is None else place(self.at, draft)[0]
        if len(there) == 1:
            return self._moved(draft, there[0], at, world)
        return _laid_in(draft, item, at, world)

    def _moved(self, draft: dict[str, Any], number: int, at: int, world: World) -> Outcome:
        """The clip that is on the timeline already, taken from its place; `at` is a place without it."""
        shots = read(draft)
        if self.at is None or at >= length_of(draft):
            return Move(ClipRef(number + 1), "end").apply(draft, world)
        rest = write(draft, [s for i, s in enumerate(shots) if i != number])
        gone = length_of(draft) - length_of(rest)
        there = at if at <= shots[number].start else at + gone
        parted = split_at(draft, [there])
        others = [s for s in parted if s.start != shots[number].start]
        before = [s for s in others if s.start < there]
        new, told = arrange(draft, [*before, shots[number], *others[len(before) :]], world.media)
        name = shots[number].name or self.file
        said = Said(f"Moved {name} to {clock(at)}.", spaced("把", name, f"移到了 {clock(at)}。"))
        args = {"source": name, "at": at / 1000}
        return Outcome(new, said, "insert_segment", args, {"status": "success"}, notes=told)


@dataclass(frozen=True, slots=True)
class MergeAll(Edit):
    """All uploaded videos and pictures one after the other: those that are not on the timeline come last."""

    name: ClassVar[str] = "merge_all"
    timeline: ClassVar[bool] = True
    retimes: ClassVar[bool] = True

    def apply(self, draft: dict[str, Any], world: World) -> Outcome:
        """Put in what is missing; see `Edit.apply`."""
        used = {s.src for s in read(draft)}
        missing = [m for m in world.media.values() if m.kind in _kinds(draft) and m.src not in used]
        if not missing:
            many = len(read(draft))
            are = f"All {many} clips are" if many != 1 else "The one clip is"
            said = Said(f"{are} on the timeline already, one after the other.",
                        f"{many} 个片段已经依次接在时间线上了。")  # fmt: skip
            return Outcome(copy.deepcopy(draft), said, "merge_clips", {}, {"status": "unchanged"})
        new = draft
        for item in missing:
            new = _laid_in(new, item, length_of(new), world).draft
        names = joined([Said(m.name, m.name) for m in missing])
        said = Said(f"Put {names.en} behind the rest.", spaced("把", names.zh, "接到了后面。"))
        return Outcome(new, said, "merge_clips", {"added": len(missing)}, {"status": "success"})


def _kinds(draft: dict[str, Any]) -> tuple[str, ...]:
    """What can stand on the main track."""
    return ("audio",) if is_sound(draft) else ("video", "image")


def _item(name: str, draft: dict[str, Any], world: World) -> MediaItem:
    """The uploaded file of this name that can stand on the main track.

    Raises:
        EditRefused: there is none.
    """
    files = [m for m in world.media.values() if m.kind in _kinds(draft)]
    found = [m for m in files if m.name == name] or [m for m in files if stem(m.name) == stem(name)]
    if len(found) == 1:
        return found[0]
    names = [m.name for m in files]
    raise EditRefused(
        Said(f"No one clip “{name}” was uploaded; there is {', '.join(names) or 'none'}. "
             "Nothing was changed.",
             f"没有唯一的素材“{name}”；现有素材：{'、'.join(names) or '无'}。没有做任何改动。")
    )  # fmt: skip


def _laid_in(draft: dict[str, Any], item: MediaItem, at: int, world: World) -> Outcome:
    long = _PICTURE_MS if item.kind == "image" else max(1, item.duration_ms)
    meta = {"id": new_id(draft, "v"), "start": at, "src": item.src, "in": 0, "out": long, "speed": 1.0,
            "volume": 1.0, "name": item.name}  # fmt: skip
    fresh = Clip({"d": long, "m": meta}, item.src, item.name, 0, long, long, FRESH, 0, Fraction(1))
    parted = split_at(draft, [at])
    before = [s for s in parted if s.start < at]
    new, told = arrange(draft, [*before, fresh, *parted[len(before) :]], world.media)
    said = Said(
        f"Put {item.name} in at {clock(at)} ({clock(long)}).",
        spaced(f"在 {clock(at)} 插入了", item.name, f"（{clock(long)}）。"),
    )
    args = {"source": item.name, "at": at / 1000}
    response = {"status": "success", "duration": length_of(new) / 1000}
    return Outcome(new, said, "insert_segment", args, response, notes=told)
