"""What lies over the composed frames: a waveform, the titles, and the fades of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .effects.blends import fade
from .text import draw

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

    from .model import Plan, Span
    from .waveform import Waveform

__all__ = ["overlay"]


def overlay(
    plan: Plan, span: Span, n: int, frame: VideoFrame, waveform: Waveform | None = None
) -> VideoFrame:
    """Frame n with the waveform, the titles and the fades of the whole on it; changes it."""
    if waveform is not None:
        waveform.draw(frame)
    for title in span.titles:
        draw(frame, title, n)
    if (share := plan.fades.share(n, plan.frames)) < 1:
        fade(frame, plan.fades.color, share)
    return frame
