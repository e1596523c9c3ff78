"""What clips and stretches of the timeline are called where an answer names what it touched, and where."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from nemo_widgets.draft import clocks
from nemo_widgets.studio.timeline.clip import read
from nemo_widgets.studio.timeline.refs import bounds
from nemo_widgets.studio.words import Said, spaced

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from nemo_widgets.studio.timeline.clip import Clip

__all__ = ["Called", "called", "clip_name", "joined", "stretch"]

_LISTED = 4
"""More clips than this are counted, not named one by one."""


@dataclass(frozen=True, slots=True)
class Called:
    """What something is called in both languages; `many` for the verb."""

    said: Said
    many: bool = False

    @property
    def en(self) -> str:
        """In English, within a sentence."""
        return self.said.en

    @property
    def zh(self) -> str:
        """In Chinese."""
        return self.said.zh

    @property
    def be(self) -> str:
        """The verb that agrees."""
        return "are" if self.many else "is"

    @property
    def first(self) -> str:
        """In English, at the beginning of a sentence: our own words begin with a capital, names stay."""
        ours = self.en.startswith(("all ", "both ", "clip ", "clips ", "the clip"))
        return self.en[:1].upper() + self.en[1:] if ours else self.en


def called(
    draft: Mapping[str, Any], parted: Sequence[Clip], chosen: Sequence[Clip], *, when: bool = True
) -> Called:
    """What some of the shots are called: by name, by number where several have it, with their times.

    `parted` are all shots of the draft, some of them parted; `chosen` are those among them that are meant.
    Without `when` no times are given where a name or number says which one it is.
    """
    whole, edges = read(draft), bounds(parted)
    ends = {(a, b): i for i, (a, b) in enumerate(pairwise(bounds(whole)))}
    meant = {id(shot) for shot in chosen}
    numbers = [k for k, shot in enumerate(parted) if id(shot) in meant]
    places = [(edges[k], edges[k + 1]) for k in numbers]
    clips = [ends.get(place) for place in places]
    if len(numbers) == len(parted) == len(whole):
        return _all(whole)
    if None in clips and len(numbers) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return Called(_when(places[0][0], places[-1][1]))
    names = [parted[k].name for k in numbers]
    if len(numbers) > _LISTED or (_neighbours(clips) and len(set(names)) < len(names)):
        return _counted(clips, places, len(whole))
    told = [
        _part(parted[k], place) if clip is None else _clip(whole, clip, place if when else None)
        for k, place, clip in zip(numbers, places, clips, strict=True)
    ]
    return Called(joined(told), len(told) > 1)


def stretch(draft: Mapping[str, Any], start: int, end: int) -> Said:
    """What a stretch of the timeline is called: a clip that it is by its name or number, and its times."""
    shots = read(draft)
    edges, when = bounds(shots), _when(start, end)
    if len(shots) == 1 or start not in edges or end not in edges:
        return when
    i, j = edges.index(start), edges.index(end) - 1
    if i == 0 and j == len(shots) - 1:
        return when
    if i == j:
        name = _clip(shots, i, None)
        return Said(f"{name.en}, {when.en}", f"{name.zh}（{when.zh}）")
    return Said(f"clips {i + 1}–{j + 1} of {len(shots)}, {when.en}", f"第 {i + 1}–{j + 1} 段（{when.zh}）")


def clip_name(draft: Mapping[str, Any], number: int) -> Said:
    """What a clip is called, counted from 0: by its name, and by its number where others have that too."""
    whole = read(draft)
    return _clip(whole, number, None) if len(whole) > 1 else _all(whole).said


def joined(told: Sequence[Said]) -> Said:
    """A list in words: `a, b and c`."""
    *before, last = [s.en for s in told]
    return Said(f"{', '.join(before)} and {last}" if before else last, "、".join(s.zh for s in told))


def _all(whole: Sequence[Clip]) -> Called:
    names, count = [s.name for s in whole], len(whole)
    if count == 1:
        return Called(Said(names[0] or "the clip", names[0] or "片段"))
    if all(names) and len(set(names)) == count <= _LISTED:
        return Called(joined([Said(name, name) for name in names]), many=True)
    of = names[0] if len(set(names)) == 1 else ""
    every = "both" if count == 2 else f"all {count}"  # noqa: PLR2004 - both
    return Called(
        Said(f"{every} clips{of and f' of {of}'}", spaced(of, of and "的", f"全部 {count} 个片段")),
        many=True,
    )


def _counted(clips: Sequence[int | None], places: Sequence[tuple[int, int]], count: int) -> Called:
    when = _when(places[0][0], places[-1][1])
    if (ends := _neighbours(clips)) is not None:
        first, last = ends[0] + 1, ends[1] + 1
        en, zh = f"clips {first}–{last} of {count}", f"第 {first}–{last} 段（共 {count} 段"
        return Called(Said(f"{en} ({when.en})", f"{zh}，{when.zh}）"), many=True)
    en, zh = f"{len(places)} clips", f"{len(places)} 个片段"
    return Called(Said(f"{en} ({when.en})", f"{zh}（{when.zh}）"), many=True)


def _neighbours(clips: Sequence[int | None]) -> tuple[int, int] | None:
    """The first and the last of clips that all are whole and follow each other; None if they are not so."""
    known = [clip for clip in clips if clip is not None]
    together = len(known) == len(clips) and known[-1] - known[0] + 1 == len(known)
    return (known[0], known[-1]) if together else None


def _clip(whole: Sequence[Clip], number: int, place: tuple[int, int] | None) -> Said:
    """One clip of several: by its name, and by its number where others have that name or it has none."""
    name, count = whole[number].name, len(whole)
    when = _when(*place) if place else Said()
    if name and Counter(s.name for s in whole)[name] == 1:
        return Said(f"{name} ({when.en})", f"{name}（{when.zh}）") if place else Said(name, name)
    en = f"{name}, clip {number + 1} of {count}" if name else f"clip {number + 1} of {count}"
    zh = f"第 {number + 1} 段，共 {count} 段"
    if not place:
        return Said(en, f"{name}（{zh}）")
    return Said(f"{en} ({when.en})", f"{name}（{zh}，{when.zh}）")


def _part(shot: Clip, place: tuple[int, int]) -> Said:
    """A part of a clip."""
    when = _when(*place)
    name = shot.name
    return Said(f"{name} ({when.en})", f"{name}（{when.zh}）") if name else when


def _when(start: int, end: int) -> Said:
    told = "–".join(clocks(start, end))
    return Said(told, told)
