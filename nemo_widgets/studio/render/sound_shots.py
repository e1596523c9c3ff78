"""Segments of sound alone as shots: which part of a file is heard when, to the millisecond."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from nemo_widgets.catalogue import english
from nemo_widgets.draft.schema import SPEEDS

from .clips import check_range, label
from .errors import RenderError
from .model import VideoClip

if TYPE_CHECKING:
    from nemo_widgets.draft import Segment

    from .clips import Clips

__all__ = ["GRID", "make_sound_shot"]

GRID = Fraction(1000)
"""Sound is cut at any millisecond: these are its frames."""


def make_sound_shot(segment: Segment, clips: Clips) -> VideoClip:
    """A segment of the main track where that is sound; its frames are milliseconds.

    Raises:
        RenderError: it can't be heard as the draft wants it.
    """
    name, path, info = label(segment), clips.path(segment), clips.info(segment)
    if segment.start_ms < 0:
        raise RenderError(english("film.before", name=name))
    if not info.has_audio:
        raise RenderError(english("film.no sound", name=name))
    if not SPEEDS[0] <= segment.speed <= SPEEDS[1]:
        raise RenderError(english("film.speed", name=name, speed=f"{segment.speed:g}"))
    check_range(segment, info)
    speed, frame = Fraction(segment.speed).limit_denominator(1000), 1 / GRID
    begin = Fraction(max(0, segment.in_ms or 0), 1000)
    end = None if segment.out_ms is None else Fraction(segment.out_ms, 1000)
    step = speed / GRID
    if segment.meta.get("reverse") is True:
        used = begin + segment.duration_ms * speed / 1000
        last = max(begin, (used if end is None else end) - min(frame, step))
        return VideoClip(path, name, segment.start_ms, segment.end_ms, last, -step, begin, frame)
    return VideoClip(path, name, segment.start_ms, segment.end_ms, begin, step, end, frame)
