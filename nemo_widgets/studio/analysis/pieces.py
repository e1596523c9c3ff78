"""Parts a clip into what may be taken out whole: sentences, and scenes where nobody speaks."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from .levels import STEP_MS
from .speech import runs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

__all__ = ["pieces"]

_SENTENCE_MS = 240
"""Silence from which on a sentence may have ended; shorter is within or between words."""
_ALONE_MS = 1400
"""Silence that is long enough to be a piece of its own, without the sentences beside it."""
_AFTER_MS, _BEFORE_MS = 200, 150
"""How much of it stays with the sentence before and after it."""


def pieces(scenes: Sequence[tuple[int, int]], speech: Mask) -> list[tuple[int, int, int, float]]:
    """The pieces of a clip, one after the other without a gap: start and end in ms, scene, share of speech.

    Args:
        scenes: ranges in ms, without gaps. One that changes within a word does not part it.
        speech: for every 10 ms whether somebody speaks.
    """
    duration = scenes[-1][1]
    steps = -(-duration // STEP_MS)
    said = np.concatenate((speech[:steps], np.zeros(min(1, max(0, steps - len(speech))), np.bool_)))
    starts = [start for start, _ in scenes]
    edges = sorted({0, duration, *_edges(starts[1:], said, duration)})
    found = []
    for start, end in pairwise(edges):
        first, last = start // STEP_MS, -(-end // STEP_MS)
        share = float(said[first:last].sum()) / (last - first)
        found.append((start, end, bisect_right(starts, (start + end) // 2) - 1, share))
    return found


def _edges(cuts: Sequence[int], said: Mask, duration: int) -> Iterator[int]:
    """Where one piece ends and the next begins: in silence only, which goes on where nothing is heard."""
    for first, last in runs(~said):
        start, end = first * STEP_MS, min(last * STEP_MS, duration) if last < len(said) else duration
        inside = [cut for cut in cuts if start <= cut <= end]
        yield from inside
        before, after = start > 0, end < duration
        if not inside:
            if end - start >= _ALONE_MS:
                yield from [start + _AFTER_MS] * before + [end - _BEFORE_MS] * after
            elif end - start >= _SENTENCE_MS and before and after:
                yield (start + end) // 2
            continue
        if before and inside[0] - start >= _ALONE_MS:
            yield start + _AFTER_MS
        if after and end - inside[-1] >= _ALONE_MS:
            yield end - _BEFORE_MS
