"""Who is seen in a clip, and when: faces, sought a few times a second, and their ways through each scene."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .detector import CERTAIN, Detector, Face
from .scenes import find_scenes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from .pictures import Picture

__all__ = ["Sighting", "Watched", "find_faces", "near", "tracks", "watch"]

_EVERY_MS = 180
"""Faces are sought at the first picture that comes so long after the last in which they were."""
_LOST_MS = 1000
"""A face that is not seen for this long is gone."""
_STEP = 0.9
"""How far a face goes from one sighting to the next, in heights of it, at most."""
_GROWTH = 1.6
_BRIEF_MS = 300
"""What is seen for less than this is no face."""

Sighting = tuple[int, list[Face]]
"""When (ms), and who."""


@dataclass(slots=True)
class Watched:
    """What was seen: the scenes (ms), the sightings in order, and the size of what was looked at."""

    scenes: list[tuple[int, int]] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    size: tuple[int, int] = (0, 0)

    def by_scene(self) -> Iterator[tuple[tuple[int, int], list[Sighting]]]:
        """Each scene with its sightings."""
        at = 0
        for start, end in self.scenes:
            begin = at
            while at < len(self.sightings) and (self.sightings[at][0] < end or end == self.scenes[-1][1]):
                at += 1
            yield (start, end), self.sightings[begin:at]


def find_faces(
    path: Path,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    name: str = "",
) -> list[dict[str, Any]]:
    """The faces of a clip, each from when it comes into a scene until it is gone, in order of time.

    Of each are told `start` and `end` (ms), and `seen`: [ms, x, y, width, height], the middle and the size
    in parts of the picture's width and height, upright. About five times a second are looked at.

    Raises:
        NoDetector: the extra `faces` is not installed.
        NoPictures, Unreadable, AnalysisCancelled: see `find_scenes`.
    """
    watched = watch(path, progress=progress, cancelled=cancelled, name=name)
    found = [
        {
            "start": track[0][0],
            "end": track[-1][0],
            "seen": [[ms, *_parts(face, watched.size)] for ms, face in track],
        }
        for _, sightings in watched.by_scene()
        for track in tracks(sightings)
    ]
    return sorted(found, key=lambda track: track["start"])


def _parts(face: Face, size: tuple[int, int]) -> list[float]:
    sides = (face.x, size[0]), (face.y, size[1]), (face.width, size[0]), (face.height, size[1])
    return [round(length / whole, 4) for length, whole in sides]


def watch(
    path: Path,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    name: str = "",
) -> Watched:
    """Go through a clip once, for its scenes and the faces in them. Raises as `find_faces` does."""
    detector, watched, due = Detector(), Watched(), 0

    def see(picture: Picture) -> None:
        nonlocal due
        if picture.ms >= due:
            watched.sightings.append((picture.ms, detector.find(picture.frame, picture.look)))
            due = picture.ms + _EVERY_MS

    watched.scenes = find_scenes(path, progress=progress, cancelled=cancelled, name=name, see=see)
    watched.size = detector.size
    return watched


def tracks(sightings: Sequence[Sighting]) -> list[list[tuple[int, Face]]]:
    """The ways of the faces of one scene. A way begins with a face that is certain; later it may be faint."""
    going: list[list[tuple[int, Face]]] = []
    gone: list[list[tuple[int, Face]]] = []
    for ms, faces in sightings:
        gone += [track for track in going if ms - track[-1][0] > _LOST_MS]
        going = [track for track in going if ms - track[-1][0] <= _LOST_MS]
        steps = [
            (near(track[-1][1], face), i, j) for i, track in enumerate(going) for j, face in enumerate(faces)
        ]
        taken: set[int] = set()
        moved: set[int] = set()
        for _, i, j in sorted((step, i, j) for step, i, j in steps if step is not None):
            if i not in moved and j not in taken:
                going[i].append((ms, faces[j]))
                moved.add(i)
                taken.add(j)
        going += [[(ms, f)] for j, f in enumerate(faces) if j not in taken and f.score >= CERTAIN]
    return [track for track in gone + going if _is_face(track)]


def _is_face(track: Sequence[tuple[int, Face]]) -> bool:
    """Whether it is seen for a while, and certainly for most of it: a wall that looks like one is not."""
    scores = sorted(face.score for _, face in track)
    return track[-1][0] - track[0][0] >= _BRIEF_MS and scores[len(scores) // 2] >= CERTAIN


def near(before: Face, after: Face) -> float | None:
    """How far a face went, in heights of it; None if these can't be the same."""
    small, large = sorted((before.height, after.height))
    step = ((after.x - before.x) ** 2 + (after.y - before.y) ** 2) ** 0.5 / large
    return step if step <= _STEP and large <= _GROWTH * small else None
