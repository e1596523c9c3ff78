"""The beats of a song, so that cuts can fall on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

import numpy as np

from .errors import AnalysisCancelled, NoBeat, NoSound
from .onsets import STEPS_A_SECOND, Onsets
from .pulse import A_BEAT, clarity, even, period, places, straightened
from .sound import RATE, Sound

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

__all__ = ["FoundBeats", "find_beats"]

_CLEAR = 0.18
"""How much a sound has to come back after some beats to have one; speech and noise stay below 0.13."""
_CLEAR_STRAIGHT = 0.5
"""The same along the beats found, which are chosen so that there is some likeness; others stay below 0.43."""
_CHANCE = 2.0
"""What chance adds to that, the more the shorter the sound, over the root of its steps."""
_LONG = 32
"""Beats over which a player may hurry so much that it matters."""
_FEWEST = 6
_HEARD = 1e-3
"""The least peak of what can be heard: -60 dB."""


class FoundBeats(TypedDict):
    """`bpm` beats a minute on average; `beats` in ms from the clip's beginning, in order."""

    bpm: float
    beats: list[int]


def find_beats(
    path: Path,
    *,
    tracks: Sequence[int] = (),
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    name: str = "",
) -> FoundBeats:
    """Where one would tap one's foot to a song.

    Args:
        path: the clip; any container and codec that FFmpeg reads.
        tracks: the numbers of the sound tracks that are heard, from 1; none for all of them.
        progress: called with 0..1, from the calling thread.
        cancelled: asked several times a second whether to stop.
        name: what sentences call the clip, by default its file's name.

    Raises:
        NoBeat: it is silent, or nothing in it comes back steadily, as in speech or noise.
        NoSound: the clip has no sound at all.
        Unreadable: the file is no clip.
        AnalysisCancelled: `cancelled` said so.
    """
    name = name or path.name
    onsets, heard = Onsets(), 0
    with Sound(path, name, tracks) as sound:
        for block in sound.blocks():
            if cancelled is not None and cancelled():
                raise AnalysisCancelled(f"Looking for the beat of {name} was stopped.")
            onsets.feed(block)
            heard += len(block)
            if progress is not None and sound.duration_ms:
                progress(min(0.9, 0.9 * heard * 1000 / RATE / sound.duration_ms))
    if not heard:
        raise NoSound(f"{name} has a sound track with nothing in it, so there is no beat to find.")
    rises = onsets.finish()
    if onsets.peak < _HEARD:
        raise NoBeat(f"{name} is silent throughout, so there is no beat in it.")
    curve = even(rises)
    steps = period(curve)
    found = places(curve, steps) if steps else np.zeros(0, np.int64)
    if len(found) < _FEWEST:
        raise NoBeat(f"{name} has no beat that can be followed: it is too short for one.")
    if clarity(curve, steps) < _CLEAR + _CHANCE / len(curve) ** 0.5 and (
        len(found) < _LONG or clarity(straightened(curve, found), A_BEAT) < _CLEAR_STRAIGHT
    ):
        raise NoBeat(f"{name} has no beat that can be followed.")
    if progress is not None:
        progress(1.0)
    slope = np.polyfit(np.arange(len(found)), found, 1)[0]
    return {
        "bpm": round(60 * STEPS_A_SECOND / float(slope), 1),
        "beats": [int(step) * 1000 // STEPS_A_SECOND for step in found],
    }
