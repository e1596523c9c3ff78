"""Texts that would stand over each other at the same time: moved apart, those at an edge away from it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from heapq import nlargest
from typing import TYPE_CHECKING, NamedTuple

from .setting import set_in_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nemo_widgets.studio.render.model import Title

__all__ = ["stacked"]

_FIRM = ("subtitle", "lower-third", "caption", "title")
"""Kinds of text in the order in which they keep their place: subtitles are read where they always are."""
_GAP = 0.3
"""What is free between two texts, in sizes of the larger one."""
_MOST, _SHORT = 48, 30
"""So many texts are set to find out where another one can stand; a line has at least so many letters."""
_SHEET = 512
"""Frames of a sheet in which texts are looked up."""


class _Box(NamedTuple):
    """Where a text stands, in pixels, and how much is to be free around it."""

    left: int
    top: int
    right: int
    bottom: int
    gap: int

    def over(self, other: _Box) -> bool:
        """Whether they overlap, or nearly do."""
        gap = max(self.gap, other.gap)
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom + gap <= other.top or other.bottom + gap <= self.top)

    def at(self, top: int) -> _Box:
        """The same, elsewhere."""
        return self._replace(top=top, bottom=top + self.bottom - self.top)


def stacked(titles: Sequence[Title], width: int, height: int) -> list[Title]:
    """The same texts, those moved that would be seen over another one on a frame of `width` x `height`.

    At the bottom a text goes above what is there, elsewhere below it; where there is no room it stays.
    """
    boxes, sheets, moved = dict[int, _Box](), defaultdict[int, list[int]](list), list(titles)

    def box(i: int) -> _Box:
        if i not in boxes:
            boxes[i] = _box(titles[i], width, height)
        return boxes[i]

    for i in sorted(_meeting(titles), key=lambda i: (_FIRM.index(titles[i].style), titles[i].first, i)):
        title = titles[i]
        others = {j for sheet in _sheets(title) for j in sheets[sheet]
                  if titles[j].first < title.last and titles[j].last > title.first}  # fmt: skip
        if others:
            before = box(i)
            there = {box(j) for j in _highest([(j, titles[j]) for j in sorted(others)])}
            boxes[i] = _free(before, there, height, up=title.position.startswith("bottom"))
            if boxes[i] != before:
                moved[i] = replace(title, down=boxes[i].top - before.top)
        for sheet in _sheets(title):
            sheets[sheet].append(i)
    return moved


def _box(title: Title, width: int, height: int) -> _Box:
    setting = set_in_lines(title, width, height)
    left, top, gap = setting.x, setting.y, round(_GAP * setting.size)
    return _Box(left, top, left + setting.width, top + setting.height, gap)


def _highest(texts: Sequence[tuple[int, Title]]) -> list[int]:
    """Of very many texts those that are likely to be the highest of their sort: setting all takes long."""
    if len(texts) <= _MOST:
        return [i for i, _ in texts]
    sorts = defaultdict[tuple[str, str, float], list[tuple[int, int]]](list)
    for i, title in texts:
        lines = sum(1 + len(line) // _SHORT for line in title.text.split("\n"))
        sorts[title.style, title.position, title.size].append((lines * 1000 + len(title.text), i))
    return [i for found in sorts.values() for _, i in nlargest(_MOST, found)]


def _meeting(titles: Sequence[Title]) -> list[int]:
    """The texts that are there at the same time as another one."""
    found = set[int]()
    last, until = -1, -1
    for i in sorted(range(len(titles)), key=lambda i: titles[i].first):
        if titles[i].first < until:
            found |= {i, last}
        if titles[i].last > until:
            last, until = i, titles[i].last
    return sorted(found)


def _sheets(title: Title) -> Iterator[int]:
    return iter(range(title.first // _SHEET, (title.last - 1) // _SHEET + 1))


def _free(box: _Box, others: Iterable[_Box], height: int, *, up: bool) -> _Box:
    """The nearest place in one direction, or else the other, where it stands over none of these."""
    for upwards in (up, not up):
        place = box
        while met := [other for other in others if place.over(other)]:
            gap = max(place.gap, *(other.gap for other in met))
            if upwards:
                place = place.at(min(other.top for other in met) - gap - (place.bottom - place.top))
            else:
                place = place.at(max(other.bottom for other in met) + gap)
            if place.top < 0 or place.bottom > height:
                break
        else:
            return place
    return box
