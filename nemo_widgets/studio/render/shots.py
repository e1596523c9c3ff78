"""Video segments as shots: which of a clip's frames are shown when, and how."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from nemo_widgets.catalogue import english
from nemo_widgets.draft import clock
from nemo_widgets.draft.schema import SPEEDS

from .clips import HELD_MS, check_range, label
from .effects.reading import treatment
from .errors import RenderError
from .model import VideoClip

if TYPE_CHECKING:
    from pathlib import Path

    from nemo_widgets.draft import Segment
    from nemo_widgets.studio.media import MediaInfo

    from .clips import Clips
    from .effects.treatment import Treatment

__all__ = ["make_shot"]

_TWICE = Fraction(3, 2)
"""A film that is so many times as quick as an interlaced clip shows each of its fields."""
_SAME_RATE = Fraction(1, 100)
"""Rates that differ by less are one: a phone's clock trembles; 29.97 and 30 part by a frame in 33 s."""


def make_shot(segment: Segment, clips: Clips, fps: Fraction, fit: Any) -> VideoClip:
    """A segment as picture; `fit` is the draft's, for what has none of its own.

    Raises:
        RenderError: it can't be shown as the draft wants it.
    """
    name, path, info = label(segment), clips.path(segment), clips.info(segment)
    first, last = round(segment.start_ms * fps / 1000), round(segment.end_ms * fps / 1000)
    if segment.start_ms < 0:
        raise RenderError(english("film.before", name=name))
    if info.kind == "audio":
        raise RenderError(english("film.sound on video", name=name))
    if info.kind == "text":
        raise RenderError(english("film.text on video", name=name))
    if not SPEEDS[0] <= segment.speed <= SPEEDS[1]:
        raise RenderError(english("film.speed", name=name, speed=f"{segment.speed:g}"))
    treated = treatment(segment.meta, name, fit)
    if info.kind == "image":
        return VideoClip(path, name, first, last, treatment=treated)
    rate = info.fps or fps
    double = bool(info.fields) and fps >= rate * _TWICE
    rate = 2 * rate if double else rate
    if segment.meta.get("freeze") is True:
        return _held(segment, path, info, frames=(first, last), frame=min(1 / rate, 1 / fps), treated=treated,
                     double=double)  # fmt: skip
    check_range(segment, info)
    speed = Fraction(segment.speed).limit_denominator(1000)
    step, frame = speed / fps, 1 / rate
    steady = abs(rate * step - 1) < _SAME_RATE
    moment = _on_grid if steady else _moment
    grid = rate if steady else fps
    begin = moment(max(0, segment.in_ms or 0), grid)
    end = moment(segment.out_ms, grid) if segment.out_ms is not None else None
    if segment.meta.get("reverse") is True:
        used = begin + segment.duration_ms * speed / 1000
        last_one = max(begin, (used if end is None else end) - min(frame, step))
        return VideoClip(path, name, first, last, last_one, -step, begin, frame, steady, treated, double)
    return VideoClip(path, name, first, last, begin, step, end, frame, steady, treated, double)


def _held(
    segment: Segment,
    path: Path,
    info: MediaInfo,
    *,
    frames: tuple[int, int],
    frame: Fraction,
    treated: Treatment,
    double: bool,
) -> VideoClip:
    """One frame of the clip for as long as the segment lasts."""
    name, at = label(segment), max(0, segment.in_ms or 0)
    if at > info.duration_ms + HELD_MS:
        long = clock(info.duration_ms)
        raise RenderError(english("film.hold", name=name, length=long, at=clock(at)))
    last_one = Fraction(info.duration_ms, 1000) - frame
    begin = max(Fraction(0), min(_moment(at, 1 / frame), last_one))
    return VideoClip(path, name, *frames, begin, frame=frame, treatment=treated, double=double)


def _on_grid(ms: int, rate: Fraction) -> Fraction:
    """The clip's frame that is meant by a time in whole milliseconds, as a time."""
    return round(ms * rate / 1000) / rate


def _moment(ms: int, fps: Fraction) -> Fraction:
    """The time that is meant by whole milliseconds: a frame's of the timeline that is written so, or itself.

    The frames of a clip that is slower than the timeline, or uneven, are no places to cut its sound at.
    """
    frame = _on_grid(ms, fps)
    return frame if round(frame * 1000) == ms else Fraction(ms, 1000)
