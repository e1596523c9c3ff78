"""The kinds of edit as frames, each found where its words are spoken of together, in any order."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import combinations
from typing import TYPE_CHECKING

from .lexicon import instructions
from .sorts import TARGETS, is_content

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from .item import Item

__all__ = ["WHOLE", "Cover", "Found", "Frame", "chain", "clip_slots", "covers", "frames", "sentences"]

WHOLE = {"en": ("it", "the whole film"), "zh": ("", "整体")}
"""What an edit is for that names nothing: as short as can be, and in so many words."""
_AND = {"en": ", then ", "zh": "，然后"}
_MOST_AT_ONCE = 3
"""So many kinds of edit are asked for in one clause at the most."""
_MOST_FOUND = 14
_THINGS = frozenset({"music", "title", "transition", "subtitles", "vertical", "square", "wide"})
_SLOT = re.compile(r"\{([\w-]+)\}")
_OPTION = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Frame:
    """One kind of edit: see `frames.toml`."""

    name: str
    when: tuple[frozenset[str], ...]
    may: frozenset[str]
    what: str
    touches: str
    opens: bool
    named: bool
    first: bool
    joins: frozenset[str]
    family: str
    unless: frozenset[str]
    film: bool
    rank: str

    @property
    def bare(self) -> bool:
        """Whether the thing alone says it: music, a title."""
        return not self.what and all(part & _THINGS or "{" in "".join(part) for part in self.when)

    @property
    def takes(self) -> bool:
        """Whether something is taken away by it."""
        return any(part & {"remove", "keep", "keep-only", "tighten"} for part in self.when)


@dataclass(frozen=True, slots=True)
class Found:
    """A frame that stands in a clause, and the places of its words in the clause's row of items."""

    frame: Frame
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """Frames for one clause, each with the places of its items; the places that no frame accounts for."""

    found: tuple[tuple[Frame, tuple[int, ...]], ...]
    left: tuple[int, ...]
    targets: tuple[int, ...]

    @property
    def cost(self) -> tuple[int, int, int]:
        """How bad it is: what is left, how many frames, and how little each frame explains."""
        explained = sum(len(f.when) for f, _ in self.found)
        return len(self.left), len(self.found), -explained


@cache
def frames() -> tuple[Frame, ...]:
    """All frames, the most particular first where several stand for the same words."""
    read = tomllib.loads((resources.files(__package__) / "frames.toml").read_text(encoding="utf-8"))
    return tuple(
        Frame(
            name,
            tuple(frozenset(part.split("|")) for part in data["when"]),
            frozenset(data.get("may", ())),
            data.get("what", ""),
            data.get("touches", ""),
            data.get("opens", False),
            data.get("named", False),
            data.get("first", False),
            frozenset(data.get("with", ())),
            data.get("family", name),
            frozenset(data.get("unless", ())),
            data.get("film", False),
            data.get("rank", name),
        )
        for name, data in read.items()
    )


def _in(frame: Frame, items: Sequence[Item]) -> Iterator[Found]:
    """The ways in which the words of a frame stand in a row of items."""
    if any(item.senses & frame.unless for item in items):
        return
    where = [[i for i, item in enumerate(items) if item.senses & part] for part in frame.when]
    if not all(where):
        return
    seen: set[frozenset[int]] = set()
    for places in _choices(where, []):
        if frame.opens and not _in_order(places, items):
            continue
        if (key := frozenset(places)) not in seen:
            seen.add(key)
            yield Found(frame, tuple(places))


def _choices(where: Sequence[list[int]], before: list[int]) -> Iterator[list[int]]:
    if not where:
        yield before
        return
    for place in where[0][:3]:
        if place not in before:
            yield from _choices(where[1:], [*before, place])


def _in_order(places: Sequence[int], items: Sequence[Item]) -> bool:
    """Whether the last two parts of a frame stand side by side, and the others before or behind them."""
    a, b = places[-2:]
    return a < b and not any(is_content(item.senses) for item in items[a + 1 : b])


def covers(items: Sequence[Item], families: Collection[str] = ()) -> list[Cover]:
    """The best ways to account for a row of items by frames, all equally good; if told, by some families."""
    there = [
        found for frame in frames() if not families or frame.family in families for found in _in(frame, items)
    ]
    there.sort(key=lambda f: -len(f.places))
    content = [i for i, item in enumerate(items) if is_content(item.senses)]
    best: list[Cover] = []
    for count in range(1, _MOST_AT_ONCE + 1):
        for chosen in combinations(there[:_MOST_FOUND], count):
            places = [place for found in chosen for place in found.places]
            shared = [p for p in places if not items[p].senses & TARGETS]
            if any(f.frame.bare for f in chosen) and any(f.frame.takes for f in chosen):
                continue  # what is taken from the music, and music
            if len(set(shared)) < len(shared) or len({f.frame.name for f in chosen}) < count:
                continue
            cover = _cover(chosen, items, content)
            if not best or cover.cost < best[0].cost:
                best = [cover]
            elif cover.cost == best[0].cost:
                best.append(cover)
        if best and not best[0].left:
            break
    return best


def _cover(chosen: Sequence[Found], items: Sequence[Item], content: Sequence[int]) -> Cover:
    owned = {place: found.frame for found in chosen for place in found.places}
    mine: dict[str, list[int]] = {found.frame.name: list(found.places) for found in chosen}
    targets: list[int] = []
    for place, item in enumerate(items):
        if place in owned or not item.senses:
            continue
        nearest = sorted(chosen, key=lambda f: min(abs(place - p) for p in f.places))
        taker = next((f for f in nearest if item.senses & _taken(f.frame)), None)
        if taker is not None:
            mine[taker.frame.name].append(place)
            owned[place] = taker.frame
        elif item.senses & TARGETS and any(
            f.frame.what or f.frame.name in ("cut-clip", "keep-clip") for f in chosen
        ):
            targets.append(place)
            owned[place] = chosen[0].frame
    left = tuple(i for i in content if i not in owned and not _about(items[i], chosen))
    found = tuple((f.frame, tuple(mine[f.frame.name])) for f in chosen)
    return Cover(found, left, tuple(targets))


@cache
def _taken(frame: Frame) -> frozenset[str]:
    """What belongs to a frame besides: also its own words said once more."""
    again = {sense for part in frame.when for sense in part if not sense.startswith("{")}
    return frame.may | again


def _about(item: Item, chosen: Sequence[Found]) -> bool:
    """Whether words say of the whole film what a frame does to it, where no other is named."""
    return any(f.frame.what for f in chosen) and bool(item.senses & {"whole", "part", "clip", "rest"})


def sentences(frame: Frame, values: Mapping[str, str], language: str) -> list[tuple[str, frozenset[str]]]:
    """How an edit can be said as an instruction with these values, and which it says; the fullest first."""
    found = []
    for form in instructions(language)[frame.name]:
        said = _OPTION.sub(
            lambda m: m[1] if all(f"{{{s}}}" in values for s in _SLOT.findall(m[1])) else "", form
        )
        slots = frozenset(f"{{{slot}}}" for slot in _SLOT.findall(said))
        if slots <= values.keys():
            found.append((_SLOT.sub(lambda m: values[m.group()], said), slots))
    return sorted(found, key=lambda one: -len(one[1]))


def clip_slots(clips: Sequence[str]) -> dict[str, str]:
    """The slots of the clips that are named, in their order."""
    return dict(zip(("{clip}", "{other}"), clips, strict=False))


def chain(said: Sequence[str], language: str) -> str:
    """Several instructions as one."""
    return _AND[language].join(said)
