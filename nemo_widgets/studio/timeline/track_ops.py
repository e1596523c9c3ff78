"""Arithmetic on the main track: taking ranges out, joints, transitions.

A segment owns the timeline from the middle of the overlap before it to the middle of the overlap after
it. A range of the timeline that is taken out takes the owner's part of the source with it, inwards to
whole frames, so that no frame of a removed range is shown again.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from nemo_widgets.draft import seconds

from .clip import Clip, read, write, zoomed
from .grid import FrameGrid

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

__all__ = ["LEAST_FADE", "FadeLength", "cut", "fitted", "lengths", "merge", "set_transitions", "split_at"]

LEAST_FADE = 2
"""In frames: what is shorter is no crossfade."""


FadeLength: TypeAlias = "Callable[[Clip, Clip], int]"
"""How long the crossfade between two shots is to be, in ms."""


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
    draft: Mapping[str, Any],
    ranges: Iterable[tuple[int, int]],
    joint: FadeLength | int = 0,
    whole: Collection[int] = (),
) -> dict[str, Any]:
    """A copy of the draft without these ranges of its timeline, in ms.

    New joints get a crossfade as long as `joint` says, less where a neighbour is short; transitions at cuts
    that remain are kept where they still fit. At the ends in `whole` a clip goes as such: what was seen of
    its neighbours in the transitions stays.
    """
    shots, frames = read(draft), FrameGrid.of(draft)
    total = shots[-1].end if shots else 0
    kept, at = [], 0
    for start, end in merge((max(0, a), min(total, b)) for a, b in ranges):
        kept.append((at, start))
        at = end
    pieces = _pieces(shots, frames, [(a, b) for a, b in [*kept, (at, total)] if a < b], whole)
    return write(draft, _joined(pieces, frames, _called(joint)))


def _called(joint: FadeLength | int) -> FadeLength:
    return (lambda _left, _right: joint) if isinstance(joint, int) else joint


def _pieces(
    shots: list[Clip], frames: FrameGrid, kept: list[tuple[int, int]], whole: Collection[int] = ()
) -> list[tuple[Clip, int]]:
    """What remains of each shot, with the number of the kept range that it belongs to."""
    borders = [0, *(s.start + s.transition // 2 for s in shots[1:]), shots[-1].end if shots else 0]
    pieces: list[tuple[Clip, int]] = []
    carried = False
    for i, shot in enumerate(shots):
        own: list[tuple[Clip, int]] = []
        for k, (a, b) in enumerate(kept):
            start, end = max(a, borders[i]), min(b, borders[i + 1])
            if start >= end:
                continue
            fade = 0
            if carried and start == borders[i]:
                start, fade = shot.start, shot.transition
            carried = False
            if not fade and i and start == borders[i] == a and a in whole:  # the one before is gone
                start = shot.start
            if end == borders[i + 1] == b and b in whole:  # the one after is
                end = shot.end
            elif end == borders[i + 1] and i + 1 < len(shots) and shots[i + 1].transition:
                carried = _fits(shots, i, (a, b), (start, borders))
                end = shot.end if carried else end
            piece = shot.part(start, end, frames)
            if piece is not None:
                own.append((replace(piece, transition=fade), k))
        pieces += _fading_once(own)
    return pieces


def _fading_once(own: list[tuple[Clip, int]]) -> list[tuple[Clip, int]]:
    """The pieces of one shot, whose sound fades in at the first alone and out at the last alone."""
    faded = []
    for i, (piece, k) in enumerate(own):
        raw = copy.deepcopy(piece.raw)
        for key, there in (("fade_in", i == 0), ("fade_out", i + 1 == len(own))):
            if not there:
                raw.get("m", {}).pop(key, None)
        faded.append((replace(piece, raw=raw), k))
    return faded


def _fits(shots: list[Clip], i: int, kept: tuple[int, int], left: tuple[int, list[int]]) -> bool:
    """Whether the transition after shot `i` lies wholly in what is kept, between shots still long enough."""
    shot, after, (start, borders) = shots[i], shots[i + 1], left
    if not (kept[0] <= after.start and shot.end <= kept[1]):
        return False
    right_end = min(kept[1], after.end if i + 2 >= len(shots) else borders[i + 2])
    whole = start == shot.start and right_end == min(after.end, borders[i + 2])
    return whole or 2 * after.transition <= min(shot.end - start, right_end - after.start)


def _joined(pieces: list[tuple[Clip, int]], frames: FrameGrid, joint: FadeLength) -> list[Clip]:
    joined: list[Clip] = []
    for i, (shot, k) in enumerate(pieces):
        fade = shot.transition if joined else 0
        if joined and k != pieces[i - 1][1]:
            after = pieces[i + 1][0].transition if i + 1 < len(pieces) and pieces[i + 1][1] == k else 0
            fade = _fade(joined[-1], shot, joint(joined[-1], shot), frames, after)
        joined.append(replace(shot, transition=fade))
    return joined


def _fade(left: Clip, right: Clip, length: int, frames: FrameGrid, after: int = 0) -> int:
    """The crossfade between two shots in whole frames: `length`, or what half of the shorter one leaves."""
    room = min(
        left.duration // 2, right.duration // 2, left.duration - left.transition, right.duration - after
    )
    fade = frames.down(min(length, room)) if min(length, room) > 0 else 0
    return fade if fade >= frames.at(LEAST_FADE) else 0


def set_transitions(
    draft: Mapping[str, Any],
    joint: FadeLength | int,
    *,
    existing: bool = False,
    kind: str = "",
    at: Collection[int] | None = None,
) -> dict[str, Any]:
    """A copy of the draft with a transition as long as `joint` says at every cut of the main track.

    With `existing`, hard cuts stay hard. `kind` is their type, "" keeps that of those that are there. `at`
    are the cuts meant, each by the number (from 0) of the shot behind it; the others stay as they are.
    """
    shots, frames, joint = read(draft), FrameGrid.of(draft), _called(joint)
    faded = [replace(s, transition=0) for s in shots[:1]]
    for number, (left, right) in enumerate(pairwise(shots), 1):
        meant = (at is None or number in at) and not (existing and not right.transition)
        asked = joint(left, right) if meant else right.transition
        fade = _fade(faded[-1], right, asked, frames) if asked else 0
        faded.append(replace(right, transition=fade, kind=kind if meant else ""))
    return write(draft, faded)


def fitted(shots: Sequence[Clip], frames: FrameGrid) -> list[Clip]:
    """Shots whose lengths were changed, their transitions no longer than there is room for."""
    found: list[Clip] = []
    for shot in shots:
        fade = _fade(found[-1], shot, shot.transition, frames) if found and shot.transition else 0
        found.append(replace(shot, transition=fade))
    return found


def lengths(fades: list[int]) -> str:
    """The lengths of crossfades in seconds: `0.5`, or `0.3–0.5` where they differ; hard cuts don't count."""
    there = [fade for fade in fades if fade]
    least, most = seconds(min(there, default=0)), seconds(max(there, default=0))
    return most if least == most else f"{least}–{most}"


def split_at(draft: Mapping[str, Any], places: Iterable[int]) -> list[Clip]:
    """The main track's shots, those parted in which a place of the timeline (in ms) lies, on whole frames.

    A place within a transition, or less than a frame from a cut, parts nothing.
    """
    frames, found = FrameGrid.of(draft), list(read(draft))
    for at in sorted(places):
        for i, shot in enumerate(found):
            left = shot.start + shot.transition
            right = shot.end - (found[i + 1].transition if i + 1 < len(found) else 0)
            if left < at < right and (pieces := _halves(shot, at, frames)):
                found[i : i + 1] = pieces
                break
    return found


def _halves(shot: Clip, at: int, frames: FrameGrid) -> list[Clip]:
    """A shot in two, parted at the frame next to a place of the timeline; none if one would be empty."""
    if shot.still:
        first = frames.down(at - shot.start)
        edges = ((shot.src_in, shot.src_out), (shot.src_in, shot.src_out))
    else:
        place = shot.source(at)
        snapped = min(frames.down(place), frames.up(place), key=lambda ms: abs(ms - place))
        low, high = (shot.src_in, snapped), (snapped, shot.src_out)
        edges = (high, low) if shot.backwards else (low, high)
        if not shot.src_in < snapped < shot.src_out:
            return []
        first = round((edges[0][1] - edges[0][0]) / shot.speed)
    if not 0 < first < shot.duration:
        return []
    share = Fraction(first, shot.duration)
    head = replace(shot, raw=zoomed(shot.raw, Fraction(0), share))
    rest = replace(shot, raw=zoomed(shot.raw, share, Fraction(1)))
    head.meta.pop("fade_out", None)
    rest.meta.pop("fade_in", None)
    head = replace(head, src_in=edges[0][0], src_out=edges[0][1], duration=first, fresh=True)
    rest = replace(rest, src_in=edges[1][0], src_out=edges[1][1], duration=shot.duration - first, fresh=True)
    return [head, replace(rest, start=shot.start + first, transition=0)]
