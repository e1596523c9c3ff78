"""How loud a sound is from its beginning to its end, heard at some places: it costs next to nothing."""

from __future__ import annotations

import time
from contextlib import suppress
from itertools import islice
from math import ceil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["levels_of"]

_BARS = 96
_PATIENCE_S = 2.0
"""After this long a sound is shown as one that nobody has listened to."""
_WHOLE_S = 30
"""A sound that is no longer is listened to from its beginning to its end."""
_FRAMES = 3
"""So many frames are listened to at each place of a longer one."""


def levels_of(film: Any, stream: Any) -> tuple[float, ...]:
    """The levels of an opened file's sound, 1 for the loudest; none where they can't be told in time."""
    try:
        import numpy as np
    except ImportError:
        return ()
    length_s = (film.duration or 0) / 1_000_000
    if not length_s:
        return ()
    end, found, heard = time.monotonic() + _PATIENCE_S, [0.0] * _BARS, False
    for at_s, level in _heard(film, stream, length_s, np):
        heard = True
        i = min(_BARS - 1, max(0, int(at_s / length_s * _BARS)))
        found[i] = max(found[i], level)
        if time.monotonic() > end:
            return ()
    most = max(found) or 1.0
    return tuple(level / most for level in found) if heard else ()


def _heard(film: Any, stream: Any, length_s: float, np: Any) -> Iterator[tuple[float, float]]:
    """When and how loud what is listened to is, in seconds from the beginning."""
    import av

    start, bar_s = (film.start_time or 0) / 1_000_000, length_s / _BARS
    if length_s <= _WHOLE_S:
        with suppress(av.FFmpegError):
            for frame in film.decode(stream):
                frame_s = frame.samples / frame.sample_rate
                parts = _levels(frame, max(1, ceil(frame_s / bar_s)), np)
                at_s = (frame.time or 0.0) - start
                yield from ((at_s + n * frame_s / len(parts), level) for n, level in enumerate(parts))
        return
    for n in range(_BARS):
        at_s = (n + 0.5) * bar_s
        with suppress(av.FFmpegError, OSError):
            film.seek(int((at_s + start) * 1_000_000))
            for frame in islice(film.decode(stream), _FRAMES):
                yield at_s, max(_levels(frame, 1, np))


def _levels(frame: Any, parts: int, np: Any) -> list[float]:
    """How loud each part of a frame is: the root mean square, on the scale of its kind of numbers."""
    samples = frame.to_ndarray()
    if samples.dtype.kind in "iu":
        middle, scale = (128, 128) if samples.dtype.kind == "u" else (0, np.iinfo(samples.dtype).max)
        samples = (samples.astype(np.float64) - middle) / scale
    pieces = [piece for piece in np.array_split(samples, parts, axis=-1) if piece.size]
    return [float(np.sqrt(np.mean(np.square(piece, dtype=np.float64)))) for piece in pieces] or [0.0]
