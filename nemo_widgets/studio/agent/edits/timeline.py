"""Arithmetic on the main track: taking ranges out, joints, transitions.

A segment owns the timeline from the middle of the overlap before it to the middle of the overlap after
it. A range of the timeline that is taken out takes the owner's part of the source with it, inwards to
whole frames, so that no frame of a removed range is shown again.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from nemo_widgets.draft import VIDEO, Draft

from .frames import Frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = [
    "LEAST_FADE",
    "Frames",
    "Joint",
    "Shot",
    "cut",
    "merge",
    "new_id",
    "read",
    "set_transitions",
    "write",
]

LEAST_FADE = 2
"""In frames: what is shorter is no crossfade."""


@dataclass(frozen=True, slots=True)
class Shot:
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

    @property
    def end(self) -> int:
        """Where the shot ends on the timeline."""
        return self.start + self.duration

    def source(self, at: int) -> int:
        """The place in the source that is shown `at` ms on the timeline."""
        return self.src_in + round((at - self.start) * self.speed)

    def timeline(self, at: int) -> int:
        """The place on the timeline where `at` ms of the source is shown."""
        return self.start + round((at - self.src_in) / self.speed)


Joint: TypeAlias = "Callable[[Shot, Shot], int]"
"""How long the crossfade between two shots is to be, in ms."""


def _main(draft: Mapping[str, Any]) -> dict[str, Any] | None:
    tracks = draft.get("t")
    found = (
        (t for t in tracks if isinstance(t, dict) and t.get("tt") == VIDEO and t.get("sg"))
        if isinstance(tracks, list)
        else ()
    )
    return next(iter(found), None)


def read(draft: Mapping[str, Any]) -> list[Shot]:
    """The main track's shots, laid out from their lengths and transitions; empty if there is no clip."""
    main = _main(draft)
    if main is None:
        return []
    shots: list[Shot] = []
    for s in Draft({"t": [main]}).layout()[0].segments:
        speed = Fraction(s.speed).limit_denominator(1000) if s.speed > 0 else Fraction(1)
        src_in = s.in_ms or 0
        src_out = s.out_ms if s.out_ms is not None else src_in + round(s.duration_ms * speed)
        fade = min(s.transition_ms, s.duration_ms, shots[-1].duration) if shots and s.transition else 0
        start = shots[-1].end - fade if shots else 0
        shots.append(Shot(s.raw, s.src, s.name, src_in, src_out, s.duration_ms, start, fade, speed))
    return shots


def write(draft: Mapping[str, Any], shots: Sequence[Shot]) -> dict[str, Any]:
    """A copy of the draft whose main track shows these shots, one after the other."""
    new = copy.deepcopy(dict(draft))
    main = _main(new)
    if main is None:
        return new
    segments: list[dict[str, Any]] = []
    end, used, spare = 0, set[str](), int(new_id(new, "v")[1:])
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
        elif not isinstance(meta.get("transition"), dict) or meta["transition"].get("d") != fade:
            meta["transition"] = {"type": "crossfade", "d": fade}
        if "id" in meta and meta["id"] in used:
            meta["id"] = f"v{spare}"
            spare += 1
        used.add(meta.get("id", ""))
        segments.append(segment)
        end = start + shot.duration
    main["sg"] = segments
    new["d"] = end
    return new


def new_id(draft: Mapping[str, Any], letter: str) -> str:
    """An id that no segment of the draft has, such as `v7`."""
    ids = [s.id for track in Draft(dict(draft)).layout() for s in track.segments]
    taken = [int(m[1]) for i in ids if (m := re.fullmatch(rf"{letter}(\d{{1,15}})", i))]
    return f"{letter}{max(taken, default=0) + 1}"


def merge(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges in order, those that overlap or touch made one, empty ones left out."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(r for r in ranges if r[0] < r[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def cut(
    draft: Mapping[str, Any], ranges: Iterable[tuple[int, int]], joint: Joint | int = 0
) -> dict[str, Any]:
    """A copy of the draft without these ranges of its timeline, in ms.

    New joints get a crossfade as long as `joint` says, less where a neighbour is short; transitions at cuts
    that remain are kept where they still fit.
    """
    shots, frames = read(draft), Frames.of(draft)
    total = shots[-1].end if shots else 0
    kept, at = [], 0
    for start, end in merge((max(0, a), min(total, b)) for a, b in ranges):
        kept.append((at, start))
        at = end
    pieces = _pieces(shots, frames, [(a, b) for a, b in [*kept, (at, total)] if a < b])
    return write(draft, _joined(pieces, frames, _called(joint)))


def _called(joint: Joint | int) -> Joint:
    return (lambda _left, _right: joint) if isinstance(joint, int) else joint


def _pieces(shots: list[Shot], frames: Frames, kept: list[tuple[int, int]]) -> list[tuple[Shot, int]]:
    """What remains of each shot, with the number of the kept range that it belongs to."""
    borders = [0, *(s.start + s.transition // 2 for s in shots[1:]), shots[-1].end if shots else 0]
    pieces: list[tuple[Shot, int]] = []
    carried = False
    for i, shot in enumerate(shots):
        for k, (a, b) in enumerate(kept):
            start, end = max(a, borders[i]), min(b, borders[i + 1])
            if start >= end:
                continue
            fade = 0
            if carried and start == borders[i]:
                start, fade = shot.start, shot.transition
            carried = False
            if end == borders[i + 1] and i + 1 < len(shots) and shots[i + 1].transition:
                carried = _fits(shots, i, (a, b), (start, borders))
                end = shot.end if carried else end
            piece = _piece(shot, start, end, frames)
            if piece is not None:
                pieces.append((replace(piece, transition=fade), k))
    return pieces


def _fits(shots: list[Shot], i: int, kept: tuple[int, int], left: tuple[int, list[int]]) -> bool:
    """Whether the transition after shot `i` lies wholly in what is kept, between shots still long enough."""
    shot, after, (start, borders) = shots[i], shots[i + 1], left
    if not (kept[0] <= after.start and shot.end <= kept[1]):
        return False
    right_end = min(kept[1], after.end if i + 2 >= len(shots) else borders[i + 2])
    whole = start == shot.start and right_end == min(after.end, borders[i + 2])
    return whole or 2 * after.transition <= min(shot.end - start, right_end - after.start)


def _piece(shot: Shot, start: int, end: int, frames: Frames) -> Shot | None:
    """The part of a shot between two places of the timeline, its new ends moved inwards to whole frames."""
    src_in = shot.src_in if start <= shot.start else min(frames.up(shot.source(start)), shot.src_out)
    src_out = shot.src_out if end >= shot.end else max(frames.down(shot.source(end)), shot.src_in)
    if src_in >= src_out:
        return None
    if (src_in, src_out) == (shot.src_in, shot.src_out):
        return shot
    duration = round((src_out - src_in) / shot.speed)
    return replace(shot, src_in=src_in, src_out=src_out, duration=duration, fresh=True)


def _joined(pieces: list[tuple[Shot, int]], frames: Frames, joint: Joint) -> list[Shot]:
    joined: list[Shot] = []
    for i, (shot, k) in enumerate(pieces):
        fade = shot.transition if joined else 0
        if joined and k != pieces[i - 1][1]:
            after = pieces[i + 1][0].transition if i + 1 < len(pieces) and pieces[i + 1][1] == k else 0
            fade = _fade(joined[-1], shot, joint(joined[-1], shot), frames, after)
        joined.append(replace(shot, transition=fade))
    return joined


def _fade(left: Shot, right: Shot, length: int, frames: Frames, after: int = 0) -> int:
    """The crossfade between two shots in whole frames: `length`, or what half of the shorter one leaves."""
    room = min(
        left.duration // 2, right.duration // 2, left.duration - left.transition, right.duration - after
    )
    fade = frames.down(min(length, room)) if min(length, room) > 0 else 0
    return fade if fade >= frames.at(LEAST_FADE) else 0


def set_transitions(
    draft: Mapping[str, Any], joint: Joint | int, *, existing: bool = False
) -> dict[str, Any]:
    """A copy of the draft with a crossfade as long as `joint` says at every cut of the main track.

    With `existing`, hard cuts stay hard.
    """
    shots, frames, joint = read(draft), Frames.of(draft), _called(joint)
    faded = [replace(s, transition=0) for s in shots[:1]]
    for left, right in pairwise(shots):
        asked = 0 if existing and not right.transition else joint(left, right)
        faded.append(replace(right, transition=_fade(faded[-1], right, asked, frames) if asked else 0))
    return write(draft, faded)
