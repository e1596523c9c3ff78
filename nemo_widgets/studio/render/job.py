"""Carrying out a plan: frame by frame, with the sound of the same time beside it, into one MP4 file."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .effects.blends import fade
from .encoder import Encoder
from .errors import RenderCancelled, WriteError
from .loudness import level_for
from .pictures import Pictures
from .progress import Progress
from .sound import Sound
from .text import draw

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from fractions import Fraction
    from pathlib import Path

    from .progress import Stage
    from .timeline import Level, Plan

__all__ = ["RenderResult", "render"]


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
    part: Path | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> RenderResult:
    """Makes the video `target`. Synchronous; memory does not depend on the length.

    It is renamed when it is whole; whatever happens, no half file is left.

    Args:
        plan: what is shown and heard, from `make_plan`.
        target: the MP4 file; its folder exists.
        part: what it is written as, in the same folder; `target` + ".part" by default.
        progress: told how far it is, at every frame; the stage `done` once the file is there.
        cancelled: asked before every frame.

    Raises:
        RenderCancelled: `cancelled` said so.
        RenderError: a clip can't be read; one sentence. WriteError: the file can't be written.
    """
    heard = (0, 0)

    def listened(done_ms: int, whole_ms: int) -> None:
        nonlocal heard
        heard = done_ms, whole_ms
        progress(Progress("listening", 0, plan.frames, *heard))

    level = level_for(plan, progress=listened, cancelled=cancelled)
    part = part or target.with_name(target.name + ".part")
    encoder = Encoder(plan, part)
    try:
        with closing(_encoded(plan, level, encoder, cancelled)) as stages:
            for stage in stages:
                progress(Progress(stage, encoder.frames, plan.frames, *heard))
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
        why = error.strerror or "no access"
        raise WriteError(f"The video can't be written: {why}.", error.errno or 0) from error
    progress(Progress("done", plan.frames, plan.frames, *heard))
    return RenderResult(plan.duration_ms, size, plan.width, plan.height, plan.fps, plan.frames)


def _encoded(
    plan: Plan, level: Level | None, encoder: Encoder, cancelled: Callable[[], bool]
) -> Generator[Stage]:
    """Encodes the whole plan, and stops at every frame to say what goes on."""
    with Pictures(plan.width, plan.height) as pictures, Sound(plan, level) as sound:
        blocks, heard = sound.blocks(), 0
        for span in plan.spans:
            for n in range(span.first, span.last):
                if cancelled():
                    raise RenderCancelled
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
                yield "encoding"
    for _ in encoder.rest():
        yield "encoding"
    yield "writing"
