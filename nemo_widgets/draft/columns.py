"""A draft's segments as columns: each key read of all segments at once, which takes a tenth of the time.

What comes out is to the value what `layout` reads one by one; a test holds that.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

from nemo_widgets.links import plain_links
from nemo_widgets.printable import printable

from .layout import kind_of, type_of
from .values import dicts, mapping, ms, number, text
from .wording import EFFECT_KEYS, effects_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Whole = np.ndarray[tuple[int], np.dtype[np.int64]]
    Float = np.ndarray[tuple[int], np.dtype[np.float64]]
    Missing = np.ndarray[tuple[int], np.dtype[np.bool_]]

__all__ = ["Columns", "source_name"]

_HERE = re.compile(r"http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?=/)")
_SAFE_MS, _SAFE = 1e12, 1e15
"""Numbers below these `values` reads as they are."""


class Columns:
    """The segments of a draft, in track order.

    Attributes:
        tracks: the draft's tracks as they came. raws, metas: the segments, and the `m` of each.
        counts: how many segments each track has. track, place: each segment's numbers, from 1.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self.tracks = dicts(data.get("t"))
        held = [dicts(track.get("sg")) for track in self.tracks]
        self.counts = np.array([len(raws) for raws in held], dtype=np.int64)
        self.raws = [raw for raws in held for raw in raws]
        self.metas = _mappings([raw.get("m") for raw in self.raws])
        self.track: Whole = np.repeat(np.arange(1, len(held) + 1, dtype=np.int64), self.counts)
        self.ends = list(accumulate(int(n) for n in self.counts))
        places = [np.arange(1, n + 1, dtype=np.int64) for n in self.counts]
        self._fitting = {""}
        self._texts: dict[str, list[str]] = {}
        self.place: Whole = np.concatenate([np.zeros(0, dtype=np.int64), *places])

    def kinds(self) -> list[str]:
        """The kind of each track."""
        return [kind_of(type_of(track)) for track in self.tracks]

    def track_names(self) -> list[str]:
        """The name of each track."""
        return self._fit([text(mapping(track.get("m")).get("name")) for track in self.tracks])

    def of_each(self, of_tracks: Sequence[str]) -> list[str]:
        """What is known of tracks, for each segment."""
        counts = self.counts.tolist()
        return [value for value, n in zip(of_tracks, counts, strict=True) for value in [value] * n]

    def texts(self, key: str) -> list[str]:
        """The texts under a key of `m`, fit to be printed."""
        return self._fit(self._raw_texts(key))

    def names(self) -> list[str]:
        """What each segment is called: by its name, else its text."""
        pairs = zip(self._raw_texts("name"), self._raw_texts("text"), strict=True)
        return self._fit([name or words for name, words in pairs])

    def sources(self) -> list[str]:
        """The source of each; see `source_name`."""
        raw = self._raw_texts("src")
        plain = {src: source_name(src) for src in dict.fromkeys(raw)}
        return [plain[src] for src in raw]

    def labels(self) -> list[str]:
        """What each segment is known by: its id, or one made of its place where it has none of its own."""
        ids = [*self.texts("id")]
        used = set(ids)
        if len(used) == len(ids) and "" not in used:
            return ids
        seen: set[str] = set()
        for n, ident in enumerate(ids):
            label = ident
            if not label or label in seen:
                label = f"{ident}#{self.track[n]}.{self.place[n]}"
                while label in used:
                    label += "+"
            used.add(label)
            seen.add(label)
            ids[n] = label
        return ids

    def durations(self) -> Whole:
        """How long each lasts, in ms."""
        found, _ = _whole([raw.get("d") for raw in self.raws])
        return np.maximum(found, 0)

    def times(self, key: str) -> tuple[Whole, Missing]:
        """The times under a key of `m`, and where there is none."""
        return _whole([meta.get(key) for meta in self.metas])

    def numbers(self, key: str) -> tuple[Float, Missing]:
        """The numbers under a key of `m`, and where there is none."""
        return _numbers([meta.get(key) for meta in self.metas])

    def starts(self, durations: Whole) -> Whole:
        """Where each begins on the timeline: where it says, else right behind the one before it."""
        starts, missing = self.times("start")
        if not missing.any():
            return starts
        found, lasting, lacks = starts.tolist(), durations.tolist(), missing.tolist()
        first = 0
        for last in self.ends:
            end = 0
            for n in range(first, last):
                if lacks[n]:
                    found[n] = end
                end = found[n] + lasting[n]
            first = last
        return np.array(found, dtype=np.int64)

    def overlaps(self, starts: Whole, ends: Whole) -> Whole:
        """How long what began before each on its track plays on in it, in ms."""
        found = np.zeros(len(starts), dtype=np.int64)
        first = 0
        for last in self.ends:
            if last - first > 1:
                order = first + np.lexsort((ends[first:last], starts[first:last]))
                before = np.maximum.accumulate(ends[order])[:-1]
                common = np.minimum(before, ends[order[1:]]) - starts[order[1:]]
                found[order[1:]] = np.maximum(common, 0)
            first = last
        return found

    def transitions(self) -> tuple[list[str], Whole]:
        """The transition at the cut before each, and how long it is."""
        cuts = [meta.get("transition") for meta in self.metas]
        if not any(cuts):
            return [""] * len(cuts), np.zeros(len(cuts), dtype=np.int64)
        held = _mappings(cuts)
        lasting, _ = _whole([cut.get("d") for cut in held])
        return self._fit(_texts([cut.get("type") for cut in held])), np.maximum(lasting, 0)

    def effects(self) -> list[str]:
        """What is done to picture and sound of each, in words."""
        plain = EFFECT_KEYS.isdisjoint
        made = ["" if plain(meta) else ", ".join(effects_of(meta)) for meta in self.metas]
        return self._fit(made)

    def _raw_texts(self, key: str) -> list[str]:
        if key not in self._texts:
            self._texts[key] = _texts([meta.get(key) for meta in self.metas])
        return self._texts[key]

    def _fit(self, texts: list[str]) -> list[str]:
        """Texts fit to be printed; where all together are so already, none is looked at by itself."""
        new = set(texts) - self._fitting
        whole = " ".join(new)
        if new and printable(whole) != whole:
            made = {each: printable(each) for each in new}
            return [made.get(each, each) for each in texts]
        self._fitting |= new
        return texts


def source_name(src: str) -> str:
    """A source as tables name it: a link without its query; of this machine its path, for ports change."""
    return printable(_HERE.sub("", plain_links(src)))


def _mappings(values: list[Any]) -> list[dict[str, Any]]:
    return values if set(map(type, values)) <= {dict} else [mapping(value) for value in values]


def _texts(values: list[Any]) -> list[str]:
    kinds = set(map(type, values))
    if kinds <= {str}:
        return values
    return (
        [value or "" for value in values] if kinds <= {str, type(None)} else [text(value) for value in values]
    )


def _whole(values: list[Any]) -> tuple[Whole, Missing]:
    found, missing = _read(values, _SAFE_MS, ms)
    return np.rint(found).astype(np.int64), missing


def _numbers(values: list[Any]) -> tuple[Float, Missing]:
    return _read(values, _SAFE, number)


def _read(values: list[Any], safe: float, read: Callable[[Any], float | None]) -> tuple[Float, Missing]:
    """Values as numbers, and where there is none, which is 0; one by one only where some are odd."""
    kinds = set(map(type, values))
    if kinds <= {int, float, type(None)}:
        given = values
        missing = np.zeros(len(values), dtype=np.bool_)
        if type(None) in kinds:
            missing = np.array([value is None for value in values], dtype=np.bool_)
            given = [0 if value is None else value for value in values]
        try:
            found = np.array(given, dtype=np.float64)
        except OverflowError:
            pass
        else:
            if not len(found) or np.abs(found).max() < safe:  # neither if one is NaN
                return found, missing
    one_by_one = [read(value) for value in values]
    missing = np.array([value is None for value in one_by_one], dtype=np.bool_)
    return np.array([value or 0 for value in one_by_one], dtype=np.float64), missing
