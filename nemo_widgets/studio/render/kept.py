"""Earlier films that are kept: what an export shows as they did is taken over from them."""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from .model import VideoClip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from .film_index import FilmIndex, IndexRow
    from .model import Plan

__all__ = ["KeptFilm", "gaps", "shared", "take_whole"]


_ALIKE = 8
"""So many stretches of a film that look alike, such as one photo again and again, are looked at."""


@dataclass(frozen=True, slots=True)
class KeptFilm:
    """The film of an earlier export, and what it shows."""

    path: Path
    index: FilmIndex


def shared(plan: Plan, index: FilmIndex, films: Sequence[KeptFilm]) -> Iterator[VideoClip]:
    """The stretches of a plan that kept films show, as clips of those, which may overlap."""
    tick = 1 / plan.fps
    for film in films:
        if film.index.encoding != index.encoding:
            continue
        for first, last, later in _stretches(index.rows, film.index.rows):
            begin = Fraction(first - later) * tick
            yield VideoClip(film.path, film.path.name, first, last, begin, tick, frame=tick, steady=True)


def _stretches(rows: Sequence[IndexRow], kept: Sequence[IndexRow]) -> Iterator[tuple[int, int, int]]:
    """Frames `first` until `last` that are `later` by so many frames than in the kept film; longest runs."""
    there: defaultdict[str, list[IndexRow]] = defaultdict(list)
    for row in kept:
        if len(there[row.key]) < _ALIKE:
            there[row.key].append(row)
    open_runs: dict[int, tuple[int, int]] = {}
    for row in rows:
        going: dict[int, tuple[int, int]] = {}
        for other in there.get(row.key, ()):
            later = row.base - other.base
            first, last = max(row.first, other.first + later), min(row.last, other.last + later)
            if first >= last:
                continue
            begun = open_runs.get(later, going.get(later))
            if begun is not None and begun[1] == first:
                first = begun[0]
                open_runs.pop(later, None)
            elif later in going:
                yield (*going[later], later)
            going[later] = first, last
        yield from ((*run, later) for later, run in open_runs.items())
        open_runs = going
    yield from ((*run, later) for later, run in open_runs.items())


def gaps(first: int, last: int, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What of the frames `first` until `last` is in none of the stretches that are `taken`.

    >>> list(gaps(0, 10, [(6, 20), (2, 4)]))
    [(0, 2), (4, 6)]
    """
    at = first
    for begin, end in sorted(taken):
        if at < min(begin, last):
            yield at, min(begin, last)
        at = max(at, end)
    if at < last:
        yield at, last


def take_whole(index: FilmIndex, films: Sequence[KeptFilm], part: Path) -> bool:
    """Make `part` the film that was made of just this before; False if there is none."""
    for film in films:
        if film.index.whole != index.whole:
            continue
        try:
            part.unlink(missing_ok=True)
            try:
                os.link(film.path, part)
            except OSError:  # a disk without links
                shutil.copyfile(film.path, part)
        except OSError:
            continue
        return True
    return False
