"""When two people in a clip kiss: two faces turned to each other come near until their mouths touch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from .detector import CERTAIN, Face
from .faces import near, watch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from .faces import Sighting, Watched

__all__ = ["find_kisses", "kisses_in"]

_TOUCHING, _PAST = 0.3, -0.3
"""Between mouths that touch there is at most so much of a face's height; passed by more, one is in front."""
_TURNED = 0.25
"""Each looks at the other at least so much; 1 is in profile."""
_LEVEL = 0.4
_ALIKE = 1.5
"""Faces as near to each other as to the camera: neither is larger by more than this."""
_LEAST_MS = 500
"""Mouths that touch for less than this belong to people who pass each other."""
_LEAST_TIMES = 3
"""What is seen less often is chance."""
_HIDDEN_MS = 1500
"""One that hides the other's face for no longer than this interrupts nothing."""
_WAY_MS = 4000
"""How long before they touch, and after, somebody leans in and away."""
_STILL = 0.1
"""Whose distance changes less than this, in heights of a face in 0.4 s, doesn't lean any more."""
_SPAN_MS = 400
_LEAP = 0.9
"""Nobody leans so far from one sighting to the next: these are other people."""
_AWAY_MS = 5000
"""A kiss goes on behind pictures of something else that last no longer than this."""
_EDGE_MS = 500
"""What is so near to the beginning or the end of a scene is cut there."""


class _Pair(NamedTuple):
    """Two faces in one picture, the left one first."""

    left: Face
    right: Face

    @property
    def gap(self) -> float:
        """How far the right one's mouth is to the right of the left one's, in heights of their faces."""
        return 2 * (self.right.mouth[0] - self.left.mouth[0]) / (self.left.height + self.right.height)

    @property
    def touches(self) -> bool:
        """Whether their mouths do."""
        small, large = sorted((self.left.height, self.right.height))
        aside = 2 * abs(self.right.mouth[1] - self.left.mouth[1]) / (small + large)
        return (
            self.left.x < self.right.x
            and _PAST <= self.gap <= _TOUCHING
            and aside <= _LEVEL
            and large <= _ALIKE * small
            and self.left.turn >= _TURNED
            and self.right.turn <= -_TURNED
            and max(self.left.score, self.right.score) >= CERTAIN
        )


@dataclass(slots=True)
class _Kiss:
    """A stretch, in ms; `opens` and `ends`: it goes on before its beginning, behind its end, unseen."""

    start: int
    end: int
    opens: bool
    ends: bool
    confidence: float
    touched: list[int]

    @property
    def long(self) -> bool:
        """Whether they touch for so long that it is no chance."""
        return len(self.touched) >= _LEAST_TIMES and self.touched[-1] - self.touched[0] >= _LEAST_MS


def find_kisses(
    path: Path,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    name: str = "",
) -> list[dict[str, Any]]:
    """The kisses of a clip: `start` and `end` in ms, and `confidence` (0 to 1), in order of time.

    A kiss begins when the two begin to lean in and ends when they have parted, or where the scene is cut.
    What goes on after a cut, also after one to something else for a few seconds, is one kiss.

    Raises:
        NoDetector: the extra `faces` is not installed.
        NoPictures, Unreadable, AnalysisCancelled: see `find_scenes`.
    """
    return kisses_in(watch(path, progress=progress, cancelled=cancelled, name=name))


def kisses_in(watched: Watched) -> list[dict[str, Any]]:
    """The kisses in what was seen of a clip; see `find_kisses`."""
    parts = [kiss for scene, seen in watched.by_scene() for kiss in _within(scene, seen)]
    kisses: list[_Kiss] = []
    for part in parts:
        last = kisses[-1] if kisses else None
        if last is not None and last.ends and part.opens and part.start - last.end <= _AWAY_MS:
            last.end, last.ends = part.end, part.ends
            last.confidence = max(last.confidence, part.confidence)
            last.touched += part.touched
        else:
            kisses.append(part)
    return [{"start": k.start, "end": k.end, "confidence": round(k.confidence, 2)} for k in kisses if k.long]


def _within(scene: tuple[int, int], seen: Sequence[Sighting]) -> list[_Kiss]:
    """The kisses of one scene."""
    found = []
    for first, last in _touching(seen):
        pairs = [pair for _, faces in seen[first : last + 1] if (pair := _touching_pair(faces))]
        sure = sum((pair.left.score * pair.right.score) ** 0.5 for pair in pairs) / (last - first + 1)
        start, opens = _lean(seen[first::-1], pairs[0])
        end, ends = _lean(seen[last:], pairs[-1])
        if start - scene[0] <= _EDGE_MS:
            start, opens = scene[0], True
        if scene[1] - end <= _EDGE_MS:
            end, ends = scene[1], True
        nearing = 0.0 if opens and ends else 0.2
        touched = [ms for ms, _ in seen[first : last + 1]]
        found.append(_Kiss(start, end, opens, ends, min(1.0, sure + nearing), touched))
    return found


def _touching(seen: Sequence[Sighting]) -> list[tuple[int, int]]:
    """From which sighting to which mouths touch; in between one face may hide the other for a while."""
    runs: list[tuple[int, int]] = []
    for i, (ms, faces) in enumerate(seen):
        pair = _touching_pair(faces)
        if pair is None:
            continue
        hidden = bool(runs) and ms - seen[runs[-1][1]][0] <= _HIDDEN_MS
        if hidden and not any(_parted(faces, pair) for _, faces in seen[runs[-1][1] + 1 : i]):
            runs[-1] = runs[-1][0], i
        else:
            runs.append((i, i))
    return runs


def _touching_pair(faces: Sequence[Face]) -> _Pair | None:
    pairs = [pair for left in faces for right in faces if (pair := _Pair(left, right)).touches]
    return max(pairs, key=lambda pair: pair.left.score * pair.right.score, default=None)


def _parted(faces: Sequence[Face], pair: _Pair) -> bool:
    """Whether the two of a pair are seen apart."""
    now = _followed(faces, pair)
    return now is not None and now.gap > 2 * _TOUCHING


def _followed(faces: Sequence[Face], pair: _Pair) -> _Pair | None:
    """The same two in another picture."""
    left, right = (
        min(
            ((step, face.x, face) for face in faces if (step := near(one, face)) is not None),
            default=(0.0, 0.0, None),
        )[2]
        for one in pair
    )
    return _Pair(left, right) if left is not None and right is not None and left is not right else None


def _lean(seen: Sequence[Sighting], pair: _Pair) -> tuple[int, bool]:
    """When the two of a pair that touches in the first of these sightings stand still again, in ms.

    And whether they are not seen leaning at all, so that the kiss goes on where somebody else is seen.
    """
    begin, gaps = seen[0][0], [(seen[0][0], pair.gap)]
    for ms, faces in seen[1:]:
        followed = _followed(faces, pair)
        if abs(ms - begin) > _WAY_MS or abs(ms - gaps[-1][0]) > _HIDDEN_MS:
            break
        if followed is not None and abs(followed.gap - pair.gap) > _LEAP:
            break
        if followed is not None:
            pair = followed
            gaps.append((ms, pair.gap))
    if max(gap for _, gap in gaps) <= _TOUCHING:
        return begin, True
    for at, (ms, gap) in enumerate(gaps):
        later = next((g for t, g in gaps[at:] if abs(t - ms) >= _SPAN_MS), gaps[-1][1])
        if later - gap < _STILL and gap > _TOUCHING:
            return ms, False
    return gaps[-1][0], False
