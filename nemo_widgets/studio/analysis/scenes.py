"""A clip's scenes: from one cut, fade or dissolve to the next."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from nemo_widgets.studio.media.errors import MediaError
from nemo_widgets.studio.media.video import VideoReader

from .borders import REACH_MS, Border, borders
from .errors import AnalysisCancelled, NoPictures
from .likeness import gist
from .pictures import Pictures, shrink

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from .likeness import Gist
    from .pictures import Picture

__all__ = ["find_scenes", "scenes_between", "seek_borders"]

_PART_MS = 60_000
"""So much of the clip is looked at together: what is kept of it takes 7 MB."""
_LEAST_SCENE_MS = 300
_BESIDE = 12
"""So many pictures before the next one are kept, however long ago they were."""
_NEAR = 16
"""So many pictures are compared one by one."""


def find_scenes(
    path: Path,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    name: str = "",
    see: Callable[[Picture], None] | None = None,
) -> list[tuple[int, int]]:
    """The scenes of a clip, in ms of the clip: the first begins at 0, each begins where the one before ends.

    A cut is at the first picture of the new scene. A fade through black or white and a dissolve end a scene
    in their middle; black that lasts longer than 1.2 s is a scene of its own. Moving cameras, flashes, and
    whoever walks by end none. A clip without any of these is one scene.

    Args:
        path: the clip; any container and codec that FFmpeg reads.
        progress: called with 0..1, from the calling thread.
        cancelled: asked several times a second whether to stop.
        name: what sentences call the clip, by default its file's name.
        see: called with every picture that is looked at, for whoever wants to find more on the same way.

    Raises:
        NoPictures: the clip has no pictures.
        Unreadable: the file is no clip.
        AnalysisCancelled: `cancelled` said so.
    """
    name = name or path.name
    stop = cancelled or (lambda: False)
    with Pictures(path, name) as pictures:
        told, end = progress or (lambda _: None), 0.0

        def seen() -> Iterator[tuple[int, Gist]]:
            nonlocal end
            for picture in pictures.stream():
                if stop():
                    raise AnalysisCancelled(f"Looking for scenes in {name} was stopped.")
                end = picture.ms + pictures.frame_ms
                if pictures.duration_ms:
                    told(min(1.0, picture.ms / pictures.duration_ms))
                if see is not None:
                    see(picture)
                yield picture.ms, gist(picture.small)

        found = list(seek_borders(seen()))
        if not end:
            raise NoPictures(f"{name} has no picture that can be decoded.")
        duration_ms, frame_ms = pictures.duration_ms or round(end), pictures.frame_ms
    scenes = scenes_between(_exact(path, name, found, frame_ms, stop), duration_ms)
    told(1.0)
    return scenes


def seek_borders(seen: Iterable[tuple[int, Gist]]) -> Iterator[Border]:
    """The borders in a stream of pictures (ms and gist), told a minute at a time."""
    times: list[int] = []
    gists: list[Gist] = []
    begin = 0
    for ms, picture in seen:
        times.append(ms)
        gists.append(picture)
        if ms < begin + _PART_MS + REACH_MS:
            continue
        limit = begin + (ms - REACH_MS - begin) // _PART_MS * _PART_MS
        found = borders(np.array(times), np.stack(gists))
        yield from (border for border in found if begin <= border.ms < limit)
        first = min(int(np.searchsorted(times, limit - REACH_MS)), max(0, len(times) - _BESIDE))
        del times[:first], gists[:first]
        begin = limit
    if times:
        found = borders(np.array(times), np.stack(gists))
        yield from (border for border in found if border.ms >= begin)


def _exact(
    path: Path, name: str, found: Iterable[Border], frame_ms: float, stop: Callable[[], bool]
) -> Iterator[int]:
    """The borders' times; of a cut between two pictures that are further apart, the picture is found."""
    reader: VideoReader | None = None
    try:
        for border in found:
            if stop():
                raise AnalysisCancelled(f"Looking for scenes in {name} was stopped.")
            if border.kind != "cut" or border.ms - border.since_ms < 1.5 * frame_ms:
                yield border.ms
                continue
            try:
                reader = reader or VideoReader(path, name)
                yield _leap(reader, border, frame_ms)
            except MediaError:  # the file is damaged there: two pictures off is near enough
                yield border.ms
    finally:
        if reader is not None:
            reader.close()


def _leap(reader: VideoReader, border: Border, frame_ms: float) -> int:
    """The time of the picture that differs most from the one before it, of those up to the border."""

    def at(ms: float) -> Gist:
        return gist(shrink(reader.at(Fraction(ms) / 1000, Fraction(1, 1000))))

    since, until = float(border.since_ms), float(border.ms)
    before, after = gist(shrink(reader.at(Fraction(border.since_ms, 1000)))), at(until)
    # A picture may have stood long: the leap is in one half of the time.
    while until - since > _NEAR * frame_ms:
        middle = at((since + until) / 2)
        if _differ(before, middle) >= _differ(middle, after):
            until, after = (since + until) / 2, middle
        else:
            since, before = (since + until) / 2, middle
    best, steps = (-1.0, border.ms), max(1, round((until - since) / frame_ms))
    for step in range(1, steps + 1):
        here = at(since + (until - since) * step / steps)
        best = max(best, (_differ(here, before), round(reader.position * 1000)), key=lambda one: one[0])
        before = here
    return best[1]


def _differ(one: Gist, other: Gist) -> float:
    return float(np.abs(one - other).mean())


def scenes_between(edges: Iterable[int], duration_ms: int) -> list[tuple[int, int]]:
    """The scenes that these borders part a clip into, none shorter than 0.3 s."""
    starts = [0]
    for edge in sorted(edges):
        if edge - starts[-1] >= _LEAST_SCENE_MS and duration_ms - edge >= _LEAST_SCENE_MS:
            starts.append(edge)
    return list(zip(starts, [*starts[1:], duration_ms], strict=True))
