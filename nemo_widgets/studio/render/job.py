"""Carrying out a plan: frame by frame, with the sound of the same time beside it, into one MP4 file."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .effects.blends import fade
from .encoder import Encoder
from .errors import RenderCancelled, RenderError
from .loudness import level_for
from .pictures import Pictures
from .sound import Sound
from .text import draw

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction
    from pathlib import Path

    from .timeline import Plan

__all__ = ["RenderResult", "render"]

_NEARLY = 0.999
"""What is told of the progress until the file is in its place."""
_LISTENING = 0.1
"""Share of the progress that is kept for listening to the sound beforehand, where that is done."""


@dataclass(frozen=True, slots=True)
class RenderResult:
    """What has been made: `size` in bytes, `fps` exact."""

    duration_ms: int
    size: int
    width: int
    height: int
    fps: Fraction
    frames: int


def render(
    plan: Plan,
    target: Path,
    *,
    progress: Callable[[float], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> RenderResult:
    """Makes the video `target`. Synchronous; memory does not depend on the length.

    It is written as `target` + ".part" and renamed when it is whole; whatever happens, no half file is left.

    Args:
        plan: what is shown and heard, from `make_plan`.
        target: the MP4 file; its folder exists.
        progress: told the share of the work that is done, rising, and 1.0 once the file is there.
        cancelled: asked before every frame.

    Raises:
        RenderCancelled: `cancelled` said so.
        RenderError: a clip can't be read, or the file can't be written; one sentence.
    """
    level = level_for(plan, progress=lambda share: progress(share * _LISTENING), cancelled=cancelled)
    listened = 0.0 if level is None else _LISTENING
    part = target.with_name(target.name + ".part")
    encoder = Encoder(plan, part)
    try:
        with Pictures(plan.width, plan.height) as pictures, Sound(plan, level) as sound:
            blocks, heard = sound.blocks(), 0
            for span in plan.spans:
                for n in range(span.first, span.last):
                    if cancelled():
                        raise RenderCancelled  # noqa: TRY301 - the way out is the same for all
                    frame = pictures.frame(span, n)
                    for title in span.titles:
                        draw(frame, title, n)
                    if (share := plan.fades.share(n, plan.frames)) < 1:
                        fade(frame, plan.fades.color, share)
                    encoder.picture(frame, n)
                    # The sound follows closely, so that the muxer has nothing to keep.
                    while heard < plan.sample(n + 1) and (block := next(blocks, None)) is not None:
                        encoder.sound(block)
                        heard += len(block)
                    progress(min(_NEARLY, listened + (1 - listened) * (n + 1) / plan.frames))
        encoder.finish()
    except BaseException:
        encoder.drop()
        raise
    try:
        part.replace(target)
        size = target.stat().st_size
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise RenderError(f"The video can't be written: {error.strerror or 'no access'}.") from error
    progress(1.0)
    return RenderResult(plan.duration_ms, size, plan.width, plan.height, plan.fps, plan.frames)
