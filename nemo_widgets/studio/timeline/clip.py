"""The main track as shots: read from a draft, laid out, and written back."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import count
from typing import TYPE_CHECKING, Any

from nemo_widgets.draft import Draft, main_track

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .grid import FrameGrid

__all__ = ["Clip", "length_of", "new_id", "read", "write", "zoomed"]


@dataclass(frozen=True, slots=True)
class Clip:
    """A segment of the main track: `src_in` to `src_out` of its source, `start` to `end` on the timeline."""

    raw: dict[str, Any] = field(repr=False)
    src: str
    name: str
    src_in: int
    src_out: int
    duration: int
    start: int
    transition: int = 0
    speed: Fraction = Fraction(1)
    fresh: bool = False
    kind: str = ""
    """The type of the transition before it; "" as it is written already."""

    @property
    def end(self) -> int:
        """Where the shot ends on the timeline."""
        return self.start + self.duration

    @property
    def meta(self) -> dict[str, Any]:
        """Its metadata, `m`; a segment that has none stays without."""
        return self.raw.get("m") or {}

    @property
    def backwards(self) -> bool:
        """Whether it is played in reverse."""
        return bool(self.meta.get("reverse"))

    @property
    def still(self) -> bool:
        """Whether one frame of a clip stands still."""
        return self.src_in == self.src_out

    def source(self, at: int) -> int:
        """The place in the source that is shown `at` ms on the timeline."""
        if self.still:
            return self.src_in
        far = round((at - self.start) * self.speed)
        return self.src_out - far if self.backwards else self.src_in + far

    def timeline(self, at: int) -> int:
        """The place on the timeline where `at` ms of the source is shown."""
        return self.start + round((self.src_out - at if self.backwards else at - self.src_in) / self.speed)

    def part(self, start: int, end: int, frames: FrameGrid) -> Clip | None:
        """What is between two places of the timeline, its new ends moved inwards to whole frames."""
        if start <= self.start and end >= self.end:
            return self
        if self.still:
            long = frames.down(min(end, self.end) - max(start, self.start))
            if long <= 0:
                return None
            gone = max(start, self.start) - self.start
            return replace(self, raw=self._zoomed(gone, gone + long), duration=long, fresh=True)
        first = None if start <= self.start else self.source(start)
        last = None if end >= self.end else self.source(end)
        low, high = (last, first) if self.backwards else (first, last)
        above, below = map(frames.slack, (end, start) if self.backwards else (start, end))
        src_in = self.src_in if low is None else min(frames.up(low, above), self.src_out)
        src_out = self.src_out if high is None else max(frames.down(high, below), self.src_in)
        if src_in >= src_out:
            return None
        if (src_in, src_out) == (self.src_in, self.src_out):
            return self
        duration = round((src_out - src_in) / self.speed)
        gone = round((self.src_out - src_out if self.backwards else src_in - self.src_in) / self.speed)
        raw = self._zoomed(gone, gone + duration)
        return replace(self, raw=raw, src_in=src_in, src_out=src_out, duration=duration, fresh=True)

    def _zoomed(self, first: int, last: int) -> dict[str, Any]:
        """The segment with its zoom from `first` to `last` ms of its time."""
        share = min(Fraction(1), Fraction(last, self.duration))
        return zoomed(self.raw, Fraction(first, self.duration), share)


def zoomed(raw: dict[str, Any], first: Fraction, last: Fraction) -> dict[str, Any]:
    """A copy of a segment that zooms as it did from `first` to `last`, shares of its time."""
    new = copy.deepcopy(raw)
    zoom = new.get("m", {}).get("zoom")
    low, high = (zoom.get("from"), zoom.get("to")) if isinstance(zoom, dict) else (None, None)
    if isinstance(zoom, dict) and isinstance(low, (int, float)) and isinstance(high, (int, float)):
        ends = (round(low + (high - low) * float(share), 6) for share in (first, last))
        zoom |= dict(zip(("from", "to"), ends, strict=True))
    return new


def read(draft: Mapping[str, Any]) -> list[Clip]:
    """The main track's shots, laid out from their lengths and transitions; empty if there is no clip."""
    main = main_track(draft)
    if main is None:
        return []
    shots: list[Clip] = []
    for s in Draft({"t": [main]}).layout()[0].segments:
        speed = Fraction(s.speed).limit_denominator(1000) if s.speed > 0 else Fraction(1)
        src_in = s.in_ms or 0
        src_out = s.out_ms if s.out_ms is not None else src_in + round(s.duration_ms * speed)
        fade = min(s.transition_ms, s.duration_ms, shots[-1].duration) if shots and s.transition else 0
        start = shots[-1].end - fade if shots else 0
        shots.append(Clip(s.raw, s.src, s.name, src_in, src_out, s.duration_ms, start, fade, speed))
    return shots


def write(draft: Mapping[str, Any], shots: Sequence[Clip]) -> dict[str, Any]:
    """A copy of the draft whose main track shows these shots, one after the other."""
    new = copy.deepcopy(dict(draft))
    main = main_track(new)
    if main is None:
        return new
    segments: list[dict[str, Any]] = []
    end, used = 0, set[str]()
    own = (str(shot.meta.get("id", "")) for shot in shots)
    spare = count(_last([*_ids(new), *own], "v") + 1)
    for shot in shots:
        segment = copy.deepcopy(shot.raw)
        meta = segment.setdefault("m", {})
        fade = shot.transition if segments else 0
        start = end - fade
        meta["start"] = start
        if (meta.get("in", 0), meta.get("out")) != (shot.src_in, shot.src_out) and shot.fresh:
            meta["in"], meta["out"] = shot.src_in, shot.src_out
        segment["d"] = shot.duration
        if not fade:
            meta.pop("transition", None)
        else:
            old = meta.get("transition")
            kind = shot.kind or (old.get("type") if isinstance(old, dict) else "") or "crossfade"
            if not isinstance(old, dict) or (old.get("type"), old.get("d")) != (kind, fade):
                meta["transition"] = {"type": kind, "d": fade}
        if "id" in meta and meta["id"] in used:
            meta["id"] = f"v{next(spare)}"
        used.add(meta.get("id", ""))
        segments.append(segment)
        end = start + shot.duration
    main["sg"] = segments
    new["d"] = end
    return new


def length_of(draft: Mapping[str, Any]) -> int:
    """The timeline's length in ms."""
    length = draft.get("d")
    return length if isinstance(length, int) else 0


def new_id(draft: Mapping[str, Any], letter: str) -> str:
    """An id that no segment of the draft has, such as `v7`."""
    return f"{letter}{_last(_ids(draft), letter) + 1}"


def _ids(draft: Mapping[str, Any]) -> list[str]:
    return [s.id for track in Draft(dict(draft)).layout() for s in track.segments]


def _last(ids: Iterable[str], letter: str) -> int:
    """The highest number that an id with this letter has."""
    found = (re.fullmatch(rf"{letter}(\d{{1,15}})", i) for i in ids)
    return max((int(m[1]) for m in found if m), default=0)
