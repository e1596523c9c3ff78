"""One frame of a plan, without any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.catalogue import english

from .errors import RenderError
from .overlay import overlay
from .pictures import Pictures

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

    from .model import Plan

__all__ = ["still"]


def still(plan: Plan, at_ms: int) -> VideoFrame:
    """The frame that is shown at a moment, as the export has it; behind the end the last one.

    Raises:
        RenderError: a clip can't be read, or there is nothing to see: one sentence.
    """
    if plan.waveform:
        raise RenderError(english("film.nothing to see"))
    n = max(0, min(plan.frames - 1, int(at_ms * plan.fps / 1000)))
    span = next(span for span in plan.spans if span.first <= n < span.last)
    with Pictures(plan.width, plan.height) as pictures:
        return overlay(plan, span, n, pictures.frame(span, n))
