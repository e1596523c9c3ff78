"""What in a clip is worth seeing: its sentences and scenes, each with a score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import NoDetector, NoSound, SilentThroughout
from .levels import STEP_MS, decibels
from .likeness import UNLIKE, gist, unlike
from .pauses import listen
from .pieces import pieces
from .scenes import find_scenes
from .speech import speech_in
from .stretches import Inspection

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from .pictures import Picture
    from .stretches import FoundStretches

    Values = NDArray[np.float32]

__all__ = ["find_moments"]

_HEARD = 0.25
"""The part of the work that listening is; the rest is looking."""
_SPEECH, _MOTION, _SOUND, _RARE, _FACES = 0.35, 0.25, 0.2, 0.2, 0.25
"""What counts how much; all of them together are 1, whether faces were sought or not."""
_FAULT = 0.9
"""What black, blurry and frozen pictures take away of a score, where they are all there is."""
_SPOKEN = 0.25
"""The share of speech from which on a piece is one in which somebody speaks."""
_FACE_MS = 500
"""Faces are sought this often: it is known well enough from that who is there."""
_MOST_SCENES = 40


class _Watch:
    """What is measured of the pictures while scenes are looked for."""

    def __init__(self, *, faces: bool) -> None:
        self.inspection = Inspection()
        self.times: list[int] = []
        self.motion: list[float] = []
        self.gists: list[tuple[int, NDArray[np.int16]]] = []
        self.faces: list[tuple[int, int]] = []
        self._detector = _detector() if faces else None
        self._before: NDArray[np.int16] | None = None

    def see(self, picture: Picture) -> None:
        """Take the next picture."""
        self.inspection.see(picture)
        small = picture.small.astype(np.int16)
        passed = picture.ms - self.times[-1] if self.times else 0
        moved = 0.0 if self._before is None else float(np.abs(small - self._before).mean())
        self.times.append(picture.ms)
        self.motion.append(moved * 40 / max(passed, 10))
        self._before = small
        if not self.gists or picture.ms - self.gists[-1][0] >= _FACE_MS:
            self.gists.append((picture.ms, gist(picture.small)))
            if self._detector is not None:
                self.faces.append((picture.ms, len(self._detector.find(picture.frame, picture.look))))


def _detector() -> Any:
    """What finds faces, None where that is not installed."""
    try:
        from .detector import Detector

        return Detector()
    except (ImportError, NoDetector):
        return None


def find_moments(
    path: Path,
    *,
    faces: bool = True,
    tracks: Sequence[int] = (),
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    name: str = "",
) -> list[dict[str, Any]]:
    """The pieces of a clip, in order and without gaps, each with `start`, `end` (ms) and `score` (0 to 1).

    `speech` says whether somebody speaks in it, `scene` is the number of its scene. A piece is a sentence
    or a few, or what is left of a scene when nobody speaks; none begins or ends within a word. Motion,
    speech, loudness, faces, and scenes unlike the others score; black, blurry and frozen pictures do not.

    Args:
        path: the clip; any container and codec that FFmpeg reads.
        faces: whether faces are sought, where the extra `faces` is installed.
        tracks: the numbers of the sound tracks that are heard, from 1; none for all of them.
        progress: called with 0..1, from the calling thread.
        cancelled: asked several times a second whether to stop.
        name: what sentences call the clip, by default its file's name.

    Raises:
        NoPictures: the clip has no pictures.
        Unreadable: the file is no clip.
        AnalysisCancelled: `cancelled` said so.
    """
    name, told = name or path.name, progress or (lambda _: None)
    speech, loud = _sound(path, name, lambda share: told(share * _HEARD), cancelled, tracks)
    watch = _Watch(faces=faces)
    scenes = find_scenes(
        path,
        progress=lambda share: told(_HEARD + share * (1 - _HEARD)),
        cancelled=cancelled,
        name=name,
        see=watch.see,
    )
    parts = pieces(scenes, speech)
    wrong = watch.inspection.finish(scenes[-1][1])
    marks = {
        _SPEECH: [share for *_, share in parts],
        _MOTION: _spread([_mean(watch.times, watch.motion, a, b) for a, b, *_ in parts]),
        _SOUND: _spread([_loudness(loud, a, b) for a, b, *_ in parts]),
    }
    rare = _rare(scenes, watch.gists)
    scores = _RARE * np.array([rare[scene] for *_, scene, _ in parts])
    for weight, values in marks.items():
        scores += weight * np.asarray(values)
    if watch.faces:
        times, seen = zip(*watch.faces, strict=True)
        there = [_mean(times, np.minimum(seen, 1), a, b) for a, b, *_ in parts]
        scores = (1 - _FACES) * scores + _FACES * np.asarray(there)
    return [
        {
            "start": a,
            "end": b,
            "score": round(float(score * (1 - _FAULT * _faulty(wrong, a, b))), 3),
            "speech": share >= _SPOKEN,
            "scene": scene,
        }
        for (a, b, scene, share), score in zip(parts, scores, strict=True)
    ]


def _sound(
    path: Path,
    name: str,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool] | None,
    tracks: Sequence[int],
) -> tuple[NDArray[np.bool_], Values]:
    """Where somebody speaks, and how loud it is, for every 10 ms; nothing where nothing is heard."""
    try:
        levels, _ = listen(path, name, progress, cancelled or (lambda: False), tracks)
        loud = decibels(np.sum(levels.powers(), axis=0))
        _, speech = speech_in(levels, None, name)
    except (NoSound, SilentThroughout):
        return np.zeros(0, np.bool_), np.zeros(0, np.float32)
    if speech.all():  # sound without a pause: there is no telling whether anybody speaks
        speech = np.zeros(0, np.bool_)
    return speech, loud


def _mean(times: Sequence[int], values: Sequence[float] | NDArray[Any], start: int, end: int) -> float:
    """The mean of what was measured within a range; the first picture after a cut is left out."""
    first, last = np.searchsorted(times, (start, end))
    within = np.asarray(values[first + 1 : last] if last - first > 1 else values[first : first + 1])
    return float(within.mean()) if within.size else 0.0


def _loudness(loud: Values, start: int, end: int) -> float:
    within = loud[start // STEP_MS : -(-end // STEP_MS)]
    return float(np.percentile(within, 90)) if within.size else -96.0


def _spread(values: Sequence[float]) -> NDArray[np.float64]:
    """Values from 0, what is lowest in this clip, to 1, what is highest; a few outliers are cut off."""
    low, high = np.percentile(values, (5, 95))
    spread: NDArray[np.float64] = np.clip((np.asarray(values) - low) / max(float(high - low), 1e-6), 0, 1)
    return spread


def _rare(scenes: Sequence[tuple[int, int]], gists: Sequence[tuple[int, NDArray[np.int16]]]) -> list[float]:
    """How unlike every other scene each is, 0 to 1; all the same where there are too many to compare."""
    if not 1 < len(scenes) <= _MOST_SCENES:
        return [0.5] * len(scenes)
    times = [ms for ms, _ in gists]
    middles = [gists[min(len(gists) - 1, int(np.searchsorted(times, (a + b) // 2)))][1] for a, b in scenes]
    return [
        min(1.0, min(unlike(other, one) for j, other in enumerate(middles) if j != i) / (3 * UNLIKE))
        for i, one in enumerate(middles)
    ]


def _faulty(wrong: FoundStretches, start: int, end: int) -> float:
    """How much of a range is black, blurry or frozen, 0 to 1."""
    ranges = [*wrong["black"], *wrong["blurry"], *wrong["frozen"]]
    return min(1.0, sum(max(0, min(b, end) - max(a, start)) for a, b in ranges) / max(1, end - start))
