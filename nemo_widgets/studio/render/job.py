"""Carrying out a plan: frame by frame, with the sound of the same time beside it, into one file."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from nemo_widgets.export_formats import ANIMATIONS, SOUNDS

from .ahead import made_ahead
from .animation_file import animation_file
from .coded import Coded, as_coded
from .copies import NOTHING, copy_plan
from .copy_check import check_copies
from .errors import CopyError, RenderCancelled, WriteError
from .film_index import index_of
from .formats import AAC, form_of
from .kept import take_whole
from .loudness import level_for
from .mixdown import Mixdown
from .overlay import overlay
from .pictures import Pictures
from .progress import Progress
from .sound_file import SoundFile
from .video_file import VideoFile
from .waveform import Waveform

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from fractions import Fraction
    from pathlib import Path

    from nemo_widgets.studio.media.sound import Samples

    from .animation_file import AnimationFile
    from .copies import CopyPlan
    from .kept import KeptFilm
    from .model import Level, Plan
    from .progress import Stage

__all__ = ["RenderResult", "render"]

T = TypeVar("T")

_AHEAD = 50
"""Blocks of sound, a tenth of a second each, that are coded before their pictures."""


@dataclass(frozen=True, slots=True)
class RenderResult:
    """What has been made: `size` in bytes, `fps` exact. Sound alone has no width, height and frames."""

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
    films: Sequence[KeptFilm] = (),
) -> RenderResult:
    """Makes the video or sound `target`. Synchronous; memory does not depend on the length.

    It is renamed when it is whole; whatever happens, no half file is left.

    Args:
        plan: what is shown and heard, from `make_plan`.
        target: the file, of the plan's format; its folder exists.
        part: what it is written as, in the same folder; `target` + ".part" by default.
        progress: told how far it is, at every frame; the stage `done` once the file is there.
        cancelled: asked before every frame.
        films: earlier ones, of which is taken over what is the same.

    Raises:
        RenderCancelled: `cancelled` said so.
        RenderError: a clip can't be read; one sentence. WriteError: the file can't be written.
    """
    heard = (0, 0)

    def listened(done_ms: int, whole_ms: int) -> None:
        nonlocal heard
        heard = done_ms, whole_ms
        progress(Progress("listening", 0, plan.frames, *heard))

    def told(stage: Stage, frames: int, share: int = 0, copied: tuple[int, int] = (0, 0)) -> None:
        progress(Progress(stage, frames, 0 if plan.format in SOUNDS else plan.frames, *heard, share, *copied))

    part = part or target.with_name(target.name + ".part")
    if plan.format in ANIMATIONS and not _is_made(plan, films, part):
        _animation(plan, part, told, cancelled)
    elif not _is_made(plan, films, part):
        with Mixdown(plan, part.parent) as mixdown:
            level = level_for(plan, mixdown, progress=listened, cancelled=cancelled)
            if plan.format in SOUNDS:
                _sound_file(plan, mixdown.finished(level), part, told, cancelled)
            else:
                _video_file(plan, mixdown, level, part, films, told=told, cancelled=cancelled)
    try:
        part.replace(target)
        size = target.stat().st_size
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        why = error.strerror or "no access"
        raise WriteError(f"The video can't be written: {why}.", error.errno or 0) from error
    if plan.format in SOUNDS:
        told("done", 0)
        return RenderResult(plan.duration_ms, size, 0, 0, plan.fps, 0)
    told("done", plan.frames)
    return RenderResult(plan.duration_ms, size, plan.width, plan.height, plan.fps, plan.frames)


def _is_made(plan: Plan, films: Sequence[KeptFilm], part: Path) -> bool:
    """Whether the film was made before, and is here now once more."""
    try:
        return bool(films) and take_whole(index_of(plan), films, part)
    except OSError:  # a clip is gone: whoever reads it says so
        return False


def _video_file(
    plan: Plan,
    mixdown: Mixdown,
    level: Level | None,
    part: Path,
    films: Sequence[KeptFilm],
    *,
    told: Callable[[Stage, int, int, tuple[int, int]], None],
    cancelled: Callable[[], bool],
) -> None:
    """Writes the pictures and the sound; where copying fails all frames are encoded."""
    copies = copy_plan(plan, cancelled, films)
    try:
        _written(plan, copies, mixdown.finished(level), part, told=told, cancelled=cancelled)
        check_copies(part, plan, copies)
    except CopyError:
        _written(plan, NOTHING, mixdown.finished(level), part, told=told, cancelled=cancelled)


def _written(
    plan: Plan,
    copies: CopyPlan,
    sound: Iterator[Samples | Coded],
    part: Path,
    *,
    told: Callable[[Stage, int, int, tuple[int, int]], None],
    cancelled: Callable[[], bool],
) -> None:
    file = VideoFile(plan, part, copies)
    is_coded = not plan.waveform and form_of(plan.format).sound == AAC
    blocks = as_coded(sound, plan.quality) if is_coded else sound
    try:
        with (
            made_ahead(blocks, _AHEAD) as ahead,
            closing(_encoded(plan, copies, ahead, file, cancelled)) as stages,
        ):
            for stage in stages:
                told(stage, file.frames, 0, (file.copy_frames, copies.frames))
        file.finish()
    except BaseException:
        file.drop()
        raise


def _animation(
    plan: Plan, part: Path, told: Callable[[Stage, int, int], None], cancelled: Callable[[], bool]
) -> None:
    """Writes the pictures alone."""
    file = animation_file(plan, part)
    try:
        for _ in _until(cancelled, _animated(plan, file)):
            told("encoding", file.frames, 0)
        file.finish()
    except BaseException:
        file.drop()
        raise


def _animated(plan: Plan, file: AnimationFile) -> Iterator[int]:
    """Gives the number of every picture that has gone into the file, in whatever pass."""
    with Pictures(plan.width, plan.height) as pictures:
        for span in plan.spans:
            for n in range(span.first, span.last):
                file.picture(overlay(plan, span, n, pictures.frame(span, n)), n)
                yield n
    yield from file.rest()


def _sound_file(
    plan: Plan,
    sound: Iterator[Samples | Coded],
    part: Path,
    told: Callable[[Stage, int, int], None],
    cancelled: Callable[[], bool],
) -> None:
    """Writes the sound alone."""
    file, heard = SoundFile(plan, part), 0
    try:
        for block in _until(cancelled, sound):
            file.sound(block)
            heard += len(block)
            told("encoding", 0, heard * 100 // plan.samples)
        file.rest()
        file.finish()
    except BaseException:
        file.drop()
        raise


def _until(cancelled: Callable[[], bool], work: Iterator[T]) -> Iterator[T]:
    for step in work:
        if cancelled():
            raise RenderCancelled
        yield step


def _encoded(
    plan: Plan,
    copies: CopyPlan,
    blocks: Iterator[Samples | Coded],
    file: VideoFile,
    cancelled: Callable[[], bool],
) -> Generator[Stage]:
    """Copies and encodes the whole plan, and stops at every frame to say what goes on."""
    waveform = Waveform(plan) if plan.waveform else None
    begins = {copy.first: copy for copy in copies.copies}
    with (
        Pictures(plan.width, plan.height) as pictures,
        closing(_listening(plan, blocks, file, waveform)) as heard,
    ):
        next(heard)
        n = 0
        for span in plan.spans:
            n = max(n, span.first)  # a copy may have gone on into this span, or over it
            while n < span.last:
                if cancelled():
                    raise RenderCancelled
                if (copy := begins.get(n)) is None:
                    frame = pictures.frame(span, n)
                    heard.send(n)
                    file.picture(overlay(plan, span, n, frame, waveform), n)
                    yield "encoding"
                    n += 1
                    continue
                for count in file.copied(copy):
                    heard.send(min(n + count, copy.last) - 1)
                    yield "encoding"
                    if cancelled():
                        raise RenderCancelled
                n = copy.last
    for _ in file.rest(blocks):
        yield "encoding"
    yield "writing"


def _listening(
    plan: Plan, blocks: Iterator[Samples | Coded], file: VideoFile, waveform: Waveform | None
) -> Generator[None, int]:
    """Encodes the sound of every frame whose number it is sent.

    The sound goes with its picture, so that the muxer has nothing to keep.
    """
    heard = 0
    while True:
        n = yield
        while heard < plan.sample(n + 1) and (block := next(blocks, None)) is not None:
            file.sound(block)
            heard += len(block)
            if waveform is not None and not isinstance(block, Coded):
                waveform.hear(block)
