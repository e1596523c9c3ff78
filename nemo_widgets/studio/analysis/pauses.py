"""Where nobody speaks: the parts of a clip that can be cut, found in its sound."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np

from .errors import AnalysisCancelled, NoSound
from .levels import STEP_MS, Levels
from .sound import RATE, Sound
from .speech import runs, speech_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

__all__ = ["find_pauses", "listen"]

_LEAST_CUT_MS = 40
"""Less than a frame of 25 a second is no cut."""


def find_pauses(
    path: Path,
    *,
    min_pause_ms: float = 500,
    padding_ms: float = 100,
    threshold_db: float | None = None,
    tracks: Sequence[int] = (),
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    name: str = "",
) -> list[tuple[int, int]]:
    """The ranges of a clip, in ms of the clip, that can be cut because nobody speaks in them.

    They are sorted, apart from each other and inside the clip. Silence before the first and after the last
    word counts as a pause. A clip that sounds all the way through has none: [].

    Args:
        path: the clip; any container and codec that FFmpeg reads.
        min_pause_ms: shorter pauses are left alone (100 to 600,000); measured without words' soft ends.
        padding_ms: how much of a pause is kept beside speech, at each side (0 to 10,000).
        threshold_db: what is quieter (dB below full scale, -90 to 0) is a pause; None finds the threshold
            from the clip's own noise floor and speech.
        tracks: the numbers of the sound tracks that are heard, from 1; none for all of them.
        progress: called with 0..1, from the calling thread.
        cancelled: asked several times a second whether to stop.
        name: what sentences call the clip, by default its file's name.

    Raises:
        ValueError: a setting out of its range.
        NoSound: the clip has no sound at all.
        SilentThroughout: it has sound, but nothing that can be heard.
        Unreadable: the file is no clip.
        AnalysisCancelled: `cancelled` said so.
    """
    _check("min_pause_ms", min_pause_ms, 100, 600_000)
    _check("padding_ms", padding_ms, 0, 10_000)
    if threshold_db is not None:
        _check("threshold_db", threshold_db, -90, 0)
    name = name or path.name
    levels, duration_ms = listen(
        path, name, progress or (lambda _: None), cancelled or (lambda: False), tracks
    )
    clear, speech = speech_in(levels, threshold_db, name)
    return list(_cuts(speech, duration_ms, min_pause_ms, padding_ms, clear))


def _check(name: str, value: float, least: float, most: float) -> None:
    if isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"{name} is from {least:,} to {most:,}, not {value!r}.")


def listen(
    path: Path,
    name: str,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
    tracks: Sequence[int] = (),
) -> tuple[Levels, float]:
    """How loud a clip is, every 10 ms, and how long it is in ms. Raises as `find_pauses` does."""
    levels = Levels()
    heard = 0
    with Sound(path, name, tracks) as sound:
        for block in sound.blocks():
            if cancelled():
                raise AnalysisCancelled(f"Looking for pauses in {name} was stopped.")
            levels.feed(block)
            heard += len(block)
            if sound.duration_ms:
                progress(min(1.0, heard * 1000 / RATE / sound.duration_ms))
        levels.finish()
        duration_ms = sound.duration_ms or heard * 1000 / RATE
    if not heard:
        raise NoSound(f"{name} has a sound track with nothing in it, so there are no pauses to find.")
    progress(1.0)
    return levels, duration_ms


def _cuts(
    speech: Mask, duration_ms: float, min_pause_ms: float, padding_ms: float, clear: Mask | None = None
) -> Iterator[tuple[int, int]]:
    """The pauses that are long enough, without what is kept of them beside speech; in ms, rounded inwards.

    How long they are is measured between what is `clear` of the speech (all of it, if not given).
    """
    steps = ceil(duration_ms / STEP_MS)
    heard = _until(steps, speech)
    loud = heard if clear is None else _until(steps, clear)
    long = np.zeros(steps + 1, np.bool_)
    for first, last in runs(~loud):
        long[first:last] = min(last * STEP_MS, duration_ms) - first * STEP_MS >= min_pause_ms
    for first, last in runs(~heard):
        if not long[first]:
            continue
        start = ceil(first * STEP_MS + padding_ms * (first > 0))
        end = floor(min(last * STEP_MS, duration_ms) - padding_ms * (last < steps))
        if end - start >= _LEAST_CUT_MS:
            yield start, end


def _until(steps: int, speech: Mask) -> Mask:
    """The mask for so many steps: sound that ends before the picture does is followed by silence."""
    heard = np.zeros(steps, np.bool_)
    heard[: len(speech)] = speech[:steps]
    return heard
