"""What a render would do with which frames of a plan, and why: nothing is rendered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from nemo_widgets.export_formats import SOUNDS

from .copies import copy_plan, is_plain
from .film_index import index_of
from .formats import form_of
from .kept import gaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from .copies import CopyPlan
    from .kept import KeptFilm
    from .model import Plan, Span, VideoClip

__all__ = ["REASONS", "Stretch", "explain"]

REASONS = {
    "copy": ("untouched",),
    "keep": ("same film", "shown before"),
    "still": ("still",),
    "encode": (
        # of the whole export
        "waveform", "format", "quality",
        # of what is shown
        "fade", "transition", "title", "black", "treatment", "reverse", "speed", "rate",
        # of the clip's file
        "codec", "pixels", "size", "interlaced", "damaged", "structure", "turned", "colours", "encoder",
        # of the place on the timeline
        "joint",
        # of the sound
        "mix",
    ),
}  # fmt: skip
"""What is done with a stretch, and all reasons for each."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Frames `first` until `last` (exclusive) with which the same is done.

    Attributes:
        what: a key of `REASONS`; why: one of its values.
        source: the file that is shown, None for none or two.
    """

    first: int
    last: int
    what: str
    why: str
    source: Path | None = None


def explain(plan: Plan, films: Sequence[KeptFilm] = ()) -> tuple[Stretch, ...]:
    """The stretches of a plan's pictures in their order, without a gap; none for sound alone.

    A finished file that does not pass its check is encoded whole, which nobody can tell beforehand.
    """
    if plan.format in SOUNDS:
        return ()
    if _is_there(plan, films):
        return (Stretch(0, plan.frames, "keep", "same film"),)
    copies = copy_plan(plan, films=films)
    kept = {film.path for film in films}
    made: list[Stretch] = []
    for found in (each for span in plan.spans for each in _of_span(span, plan, copies, kept)):
        if made and replace(found, first=made[-1].first, last=made[-1].last) == made[-1]:
            made[-1] = replace(made[-1], last=found.last)
        else:
            made.append(found)
    return tuple(made)


def _is_there(plan: Plan, films: Sequence[KeptFilm]) -> bool:
    try:
        return bool(films) and index_of(plan).whole in {film.index.whole for film in films}
    except OSError:  # a clip is gone: whoever reads it says so
        return False


def _of_span(span: Span, plan: Plan, copies: CopyPlan, kept: set[Path]) -> Iterator[Stretch]:
    """The stretches of one span: what is taken over, and between that what is not."""
    source = span.below.path if span.below is not None and span.above is None else None
    taken = [
        Stretch(max(copy.first, span.first), min(copy.last, span.last), *_TAKEN[copy.path in kept], source)
        for copy in copies.copies
        if copy.first < span.last and span.first < copy.last
    ]
    begin, end = min(plan.fades.enter, plan.frames), max(0, plan.frames - plan.fades.leave)
    rest: list[Stretch] = []
    for first, last in gaps(span.first, span.last, [(each.first, each.last) for each in taken]):
        edges = sorted({first, last, *(edge for edge in (begin, end) if first < edge < last)})
        for at, until in pairwise(edges):
            what, why = _reason(span, plan, copies, fades=at < begin or at >= end)
            rest.append(Stretch(at, until, what, why, source))
    yield from sorted([*taken, *rest], key=lambda each: each.first)


_TAKEN = {False: ("copy", "untouched"), True: ("keep", "shown before")}


def _reason(span: Span, plan: Plan, copies: CopyPlan, *, fades: bool) -> tuple[str, str]:
    """What is done with frames of a span that are not taken over, and the first reason for it."""
    clip, encoder = span.below, form_of(plan.format).video
    layers = (
        ("waveform", plan.waveform),
        ("fade", fades),
        ("transition", span.above is not None),
        ("title", bool(span.titles)),
        ("black", clip is None),
    )
    if why := next((why for why, holds in layers if holds), ""):
        return "encode", why
    if clip is not None and not clip.step and not clip.treatment.moving:
        return "still", "still"
    if encoder is None or not encoder.copies:
        return "encode", "format"
    if not plan.copied:
        return "encode", "quality"
    if clip is not None and not is_plain(span, clip, plan):
        return "encode", _change(clip, plan)
    return "encode", copies.refusals.get(clip.path, "joint") if clip is not None else "black"


def _change(clip: VideoClip, plan: Plan) -> str:
    """Why a clip's frames are not the timeline's, one for one."""
    if clip.step < 0:
        return "reverse"
    if clip.step != 1 / plan.fps:
        return "speed"
    if clip.double:
        return "interlaced"
    return "treatment" if clip.steady else "rate"
