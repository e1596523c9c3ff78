"""The way from one draft to another as instructions to an agent, in English, which every agent reads."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from .clock import clock
from .difference import Difference, differences
from .layout import AUDIO, Segment, main_track
from .matching import run, shown, source
from .schema import TRANSITIONS
from .sides import Side, paired
from .values import text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Instructions", "instructions"]


class Instructions(list[str]):
    """Instructions, to be given one after the other.

    Attributes:
        left: sentences about what can't be put as an instruction that an agent is known to read.
    """

    def __init__(self, told: list[str], left: list[str]) -> None:
        super().__init__(told)
        self.left = left


def instructions(before: dict[str, Any], after: dict[str, Any]) -> Instructions:
    """What to tell an agent so that it makes the second draft of the first one."""
    way = _Way(before, after)
    told = [*way.of_clips(), *way.of_texts(), *way.of_music(), *way.of_cuts()]
    left = [d.sentence for n, d in enumerate(way.found) if n not in way.done and d.what != "length"]
    return Instructions(told, left)


class _Way:
    """Both drafts, what differs, and which of that is told already: `done`, by number."""

    def __init__(self, before: dict[str, Any], after: dict[str, Any]) -> None:
        self.found = differences(before, after)
        self.done: set[int] = set()
        self._a, self._b = Side(before), Side(after)
        self._pairs = paired(self._a, self._b)[0] if self.found else []
        self._was, self._now = (_main(side) for side in (self._a, self._b))
        self._of = {n: m for m, n in self._pairs if m in self._was and n in self._now}
        self._texts = Counter(text(meta.get("text")) for meta in self._a.metas)
        self._by_id = {self._b.segment(n).id: n for n in self._now}

    def _rows(self, *what: str, kind: str = "") -> Iterator[tuple[int, Difference]]:
        for n, row in enumerate(self.found):
            if n not in self.done and row.what in what and (not kind or row.kind == kind):
                yield n, row

    def _clips(self, *what: str) -> Iterator[tuple[int, Difference, int]]:
        """Rows of clips, each with the clip's number in the second draft."""
        for n, row in self._rows(*what):
            if (clip := self._by_id.get(row.id)) is not None and row.track == self._b.track[clip] + 1:
                yield n, row, clip

    def of_clips(self) -> Iterator[str]:
        """Parts cut out, then levels, trimming and speeds, then what is removed, copied and put elsewhere."""
        yield from self._cut_out()
        order = self._parts()
        yield from self._of_each(order)
        gone = [clip for clip in order if clip < 0]
        for clip in reversed(gone):
            yield f"remove clip {order.index(clip) + 1}"
            order.remove(clip)
        lost = {self._a.segment(-1 - clip).id for clip in gone}
        self.done |= {n for n, row in self._rows("removed") if row.id in lost}
        yield from self._copied(order)
        yield from self._ordered(order)

    def _cut_out(self) -> Iterator[str]:
        """What was cut out of clips and where they were split, the last one first, so that times hold."""
        told: list[tuple[int, str]] = []
        ends: set[tuple[str, int]] = set()
        for n, row, clip in self._clips("cut"):
            whole = self._a.segment(self._of[clip])
            begin, end = row.before
            ends.add((source(whole), end))
            told.append(
                (_at(whole, begin), f"cut from {_time(_at(whole, begin))} to {_time(_at(whole, end))}")
            )
            self.done.add(n)
        for n, _, clip in self._clips("split"):
            part = self._b.segment(clip)
            if (m := self._whole(part)) is None:
                continue
            self.done.add(n)
            if (source(part), shown(part)[0]) in ends:
                continue
            at = _at(self._a.segment(m), shown(part)[0])
            told.append((at, f"split at {_time(at)}"))
        yield from (words for _, words in sorted(told, reverse=True))

    def _whole(self, part: Segment) -> int | None:
        begin, end = shown(part)
        for m in self._was:
            s = self._a.segment(m)
            if source(s) == source(part) and shown(s)[0] <= begin and end <= shown(s)[1]:
                return m
        return None

    def _parts(self) -> list[int]:
        """The clips once parts are cut out: numbers in the second draft, -1 - n for what goes."""
        split = {
            n for _, row in enumerate(self.found) if row.what == "split" for n in [self._by_id.get(row.id)]
        }
        parts: dict[int, list[int]] = {m: [] for m in self._was}
        for n in self._now:
            m = self._of.get(n, self._whole(self._b.segment(n)) if n in split else None)
            if m is not None:
                parts[m].append(n)
        order: list[int] = []
        for m, some in parts.items():
            order += sorted(some, key=lambda n: shown(self._b.segment(n))) or [-1 - m]
        return order

    def _of_each(self, order: list[int]) -> Iterator[str]:
        for n, row, clip in [*self._clips("trimmed"), *self._clips("speed"), *self._clips("volume")]:
            number = order.index(clip) + 1
            if row.what == "trimmed":
                cut = self._trimmed(row, clip)
                if not cut:
                    continue
                yield from (f"{words} of clip {number}" for words in cut)
            elif row.what == "speed":
                yield f"play clip {number} at {row.after:g}x speed"
            else:
                level = 1.0 if row.after is None else row.after
                yield (
                    f"set clip {number} to {_number(level * 100)}% volume" if level else f"mute clip {number}"
                )
            self.done.add(n)

    def _trimmed(self, row: Difference, clip: int) -> list[str]:
        """What is cut from both ends of a clip; nothing where one becomes longer: that has no words."""
        if not isinstance(row.before, tuple) or None in (*row.before, *row.after):
            return []
        speed = self._a.segment(self._of[clip]).speed or 1.0
        first = (row.after[0] - row.before[0]) / speed
        last = (row.before[1] - row.after[1]) / speed
        if min(first, last) < 0:
            return []
        ends = (("first", first), ("last", last))
        return [f"cut the {which} {_number(long / 1000)} seconds" for which, long in ends if long]

    def _copied(self, order: list[int]) -> Iterator[str]:
        for n, _, clip in self._clips("added"):
            s = self._b.segment(clip)
            like = (each for each in order if _played(self._b.segment(each)) == _played(s))
            if (model := next(like, None)) is not None:
                yield f"duplicate clip {order.index(model) + 1}"
                order.insert(order.index(model) + 1, clip)
                self.done.add(n)

    def _ordered(self, order: list[int]) -> Iterator[str]:
        target = [n for n in self._now if n in order]
        stay = run([order.index(n) for n in target])
        for place, clip in enumerate(target):
            if place in stay:
                continue
            here = order.index(clip)
            behind = order.index(target[place - 1]) if place else -1
            if here != behind + 1:
                where = f"after clip {behind + 1}" if place else "to the beginning"
                yield f"move clip {here + 1} {where}"
                order.remove(clip)
                order.insert(order.index(target[place - 1]) + 1 if place else 0, clip)
        self.done |= {n for n, _, clip in self._clips("moved") if clip in order}

    def of_texts(self) -> Iterator[str]:
        """Texts by their words, where no other text has the same."""
        for n, row in self._rows("removed", "text", "trimmed", "moved", "added", kind="text"):
            side = self._a if row.what == "removed" else self._b
            words, kind = _words_of(side, row)
            old = row.before if row.what == "text" else words
            if not old or _quotes(old, words) or (row.what != "added" and not self._alone(old)):
                continue
            title = f'the {kind} "{old}"'
            if row.what == "removed":
                yield f"remove {title}"
            elif row.what == "text":
                yield f'change {title} to "{words}"'
            elif row.what == "moved":
                yield f"move {title} to {_time(row.after)}"
            elif row.what == "added":
                yield f"add {title} from {_time(row.after[0])} to {_time(row.after[1])}"
            else:
                yield f"make {title} {_number(row.after / 1000)} seconds long"
            self.done.add(n)

    def _alone(self, words: str) -> bool:
        return self._texts[words] == 1

    def of_music(self) -> Iterator[str]:
        """The level and the begin of music, where there is one piece."""
        pieces = [
            n for n in range(len(self._a.raws)) if self._a.track_of(n).type == AUDIO and n not in self._was
        ]
        for n, row in self._rows("volume", "moved", "removed", kind="audio"):
            if len(pieces) != 1:
                return
            if row.what == "removed":
                yield "remove the music"
            elif row.what == "moved":
                yield f"start the music at {_time(row.after)}"
            else:
                level = 1.0 if row.after is None else row.after
                yield f"set the music to {_number(level * 100)}%" if level else "mute the music"
            self.done.add(n)

    def of_cuts(self) -> Iterator[str]:
        """Transitions, by the numbers of the clips around them as they stand in the end."""
        for n, row, clip in self._clips("transition"):
            place = self._now.index(clip)
            if not place:
                continue
            between = f"between clip {place} and clip {place + 1}"
            if row.after is None:
                yield f"remove the transition {between}"
            elif row.after[0] in TRANSITIONS:
                name, long = TRANSITIONS[row.after[0]].en, _number(row.after[1] / 1000)
                yield f"add a {name} of {long} seconds {between}"
            else:
                continue
            self.done.add(n)


def _main(side: Side) -> list[int]:
    """The clips of the track that is cut, in their order."""
    main = main_track(side.data)
    track = next((t.index for t in side.tracks if t.raw is main), -1)
    return [n for n in range(len(side.raws)) if side.track[n] == track]


def _at(whole: Segment, moment_ms: int) -> int:
    """Where a moment of a source stands on the timeline, as a clip plays it."""
    return round(whole.start_ms + (moment_ms - shown(whole)[0]) / (whole.speed or 1.0))


def _time(ms: int) -> str:
    return clock(ms, exact=True)


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _played(s: Segment) -> tuple[Any, ...]:
    return source(s), shown(s), s.speed, s.volume


def _words_of(side: Side, row: Difference) -> tuple[str, str]:
    """The words of a text, and what kind it is; "" where it can't be told by its words."""
    for n, ident in enumerate(side.ids):
        if ident == row.id and side.track[n] + 1 == row.track:
            s = side.segment(n)
            return s.text, s.text_kind.replace("_", " ")
    return "", ""


def _quotes(*words: str) -> bool:
    """Whether words can't stand in quotes on one line."""
    return any(not each.isprintable() or set(each) & set('"“”') for each in words)
