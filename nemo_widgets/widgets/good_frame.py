"""The frame of a film that stands for it: lit, full of contrast and sharp, and not in a fade."""

from __future__ import annotations

import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageFilter, ImageStat

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["good_frame", "worth"]

_SMALL = (160, 90)
"""Frames are compared at this size, in grey."""
_APART_S, _TOGETHER = 0.35, 3
"""Frames are looked at this far apart, and so many in a row together: in a fade they are not alike."""
_MOST_FRAMES = 300
"""No more are decoded in one go."""
_PATIENCE_S = 1.0
"""After this long the best so far is taken (large films on slow machines)."""
_DIM, _LIT, _BRIGHT, _GLARING = 16, 56, 200, 244
_LEAST, _ENOUGH = 0.02, 0.97
_CONTENT, _STEADY = 200.0, 0.8
"""What a row has to be worth, and how alike its frames have to be, to be taken without looking further."""


def good_frame(film: Any, stream: Any, places: int, *, best_of_all: bool = True) -> Any:
    """The best frame of an opened film, looked for at `places` from its beginning to its end.

    Some frames in a row are worth as much as the worst of them, so that a fade, or a title that is half to
    be seen, loses to what stays. Unless it is to be the `best_of_all`, the first good one will do. A film of
    which nothing can be decoded gives None.
    """
    end, best = time.monotonic() + _PATIENCE_S, _Best()
    length_s = (film.duration or 0) / 1_000_000
    begun = set()
    for n in range(max(1, places) if length_s else 1):
        _seek(film, length_s * (n + 0.5) / max(1, places))
        for row in _rows(film, stream):
            begun.add(row[0].at_s)
            best.take(row)
            break
        if time.monotonic() > end or (best.content and not best_of_all):
            return best.frame
    if len(begun) < 2 and length_s > _APART_S * _TOGETHER:  # noqa: PLR2004 - several
        # There is one key frame, perhaps a black one, or one that no seek leads to: it goes on from there.
        _seek(film, 0)
        for row in _rows(film, stream):
            best.take(row)
            if time.monotonic() > end:
                break
    return best.frame


@dataclass(frozen=True, slots=True)
class _Seen:
    at_s: float
    worth: float
    frame: Any


class _Best:
    """The best frame of the best row so far; of two that are as good the earlier one."""

    frame: Any = None
    content = False
    _most = -1.0

    def take(self, row: Sequence[_Seen]) -> None:
        value, highest = min(seen.worth for seen in row), max(seen.worth for seen in row)
        self.content |= value >= _CONTENT and value >= _STEADY * highest
        if value * _ENOUGH > self._most:
            self._most, self.frame = value, max(row, key=lambda seen: seen.worth).frame


def _rows(film: Any, stream: Any) -> Iterator[Sequence[_Seen]]:
    """Frames from here on, so many in a row together; a shorter row where the film is no longer."""
    import av

    row: deque[_Seen] = deque(maxlen=_TOGETHER)
    whole, next_s = False, None
    with suppress(av.FFmpegError):
        for count, frame in enumerate(film.decode(stream)):
            now = frame.time if frame.time is not None else count / 25
            if next_s is None or now >= next_s:
                row.append(_Seen(now, worth(_small(frame)), frame))
                next_s = now + _APART_S
                if len(row) == _TOGETHER:
                    whole = True
                    yield row
            if count >= _MOST_FRAMES:
                break
    if row and not whole:
        yield row


def _seek(film: Any, to_s: float) -> None:
    """Go to so many seconds behind the beginning, which is not at 0 in every format."""
    import av

    # Whatever lies before the beginning leads there, which the first picture's own time need not.
    start = (film.start_time or 0) if to_s else 0
    with suppress(av.FFmpegError, OSError):
        film.seek(int(to_s * 1_000_000) + start)


def worth(picture: Image.Image) -> float:
    """What a picture in grey is worth as a poster, from 0: light times contrast times sharpness."""
    stat = ImageStat.Stat(picture)
    mean, spread = stat.mean[0], min(stat.stddev[0], 60.0)
    lit, bright = (mean - _DIM) / (_LIT - _DIM), (_GLARING - mean) / (_GLARING - _BRIGHT)
    light = max(_LEAST, min(1.0, lit, bright))
    edges = ImageStat.Stat(picture.filter(ImageFilter.FIND_EDGES)).mean[0]
    return light * (4.0 + spread) * (4.0 + min(edges, 40.0))


def _small(frame: Any) -> Image.Image:
    made: Image.Image = frame.reformat(*_SMALL, format="gray").to_image()
    return made.convert("L")
