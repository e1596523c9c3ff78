"""The level that brings a whole export to the loudness it shall have, found by listening to it beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemo_widgets.studio.media.loudness import LoudnessMeter

from .coded import as_heard
from .errors import RenderCancelled
from .model import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nemo_widgets.studio.media.loudness import Loudness
    from nemo_widgets.studio.media.sound import Samples

    from .mixdown import Mixdown
    from .model import Plan

__all__ = ["level_for"]

_PEAK = -1.0
"""dBTP that nothing in the file may get over once it is decoded."""
_SPARE = 0.6
"""dB that the limiter leaves below that at first: coding moves the peaks."""
_MARGIN = 0.1
"""dB more that is left free where that was not enough."""
_NEAR = 0.2
"""LU: near enough."""
_PASSES, _USUAL = 7, 2
"""Times the sound is listened to at most, and as a rule: more often where peaks are held down."""
_MOST_DB = 40.0
"""Noise that nobody was to hear is not made a storm of."""
_STEEPEST = 6.0
"""How many times what is missing the gain is raised by at most: where peaks are held down, gain is lost."""


def level_for(
    plan: Plan,
    mixdown: Mixdown,
    *,
    progress: Callable[[int, int], None] = lambda _done, _whole: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Level | None:
    """What is done to the mix so that the file is as loud as `plan.loudness`; None where that is None.

    Only the sound is gone through, no picture: once as it is mixed, then as a player hears it at the level
    found, until both loudness and peaks are right. A film in which nothing is heard stays as it is. `mixdown`
    keeps the mix, and the sound as it was coded at the level found.

    `progress` is told the ms of sound that were heard and that are to be, all passes together: two as a rule,
    more where it turns out so.

    Raises:
        RenderCancelled: `cancelled` said so.
        RenderError: a source can't be read.
    """
    if plan.loudness is None:
        return None

    def measured(blocks: Iterable[Samples], turn: int) -> Loudness:
        meter, heard = LoudnessMeter(), 0
        for block in blocks:
            if cancelled():
                raise RenderCancelled
            meter.push(block)
            heard += len(block)
            share = min(1.0, heard / plan.samples)
            progress(round((turn + share) * plan.duration_ms), max(_USUAL, turn + 1) * plan.duration_ms)
        return meter.finish()

    plain = measured(mixdown.plain(), 0).integrated
    if plain is None:
        progress(plan.duration_ms, plan.duration_ms)
        return Level(1.0, _PEAK - _SPARE)
    search = _Search(plan.loudness, plain)
    for turn in range(1, _PASSES):
        level, take = search.level, mixdown.take()
        outcome = measured(as_heard(mixdown.levelled(level), plan.quality, take.keep), turn)
        over = search.told(outcome)
        if search.best == level:
            mixdown.accept()
        if over:
            break
    return search.best


class _Search:
    """Closes in on the level between a gain that was too low and one that was too high."""

    def __init__(self, target: float, plain: float) -> None:
        self._target = target
        self._gain = min(_MOST_DB, max(-_MOST_DB, target - plain))
        self._peak = _PEAK - _SPARE
        self._below: tuple[float, float] | None = None
        self._above: tuple[float, float] | None = None
        self._missed = float("inf"), float("inf")
        self.best = self.level

    @property
    def level(self) -> Level:
        """What is to be tried next."""
        return Level(float(10 ** (self._gain / 20)), self._peak)

    def told(self, outcome: Loudness) -> bool:
        """What came of it. Whether the search is over, the best level found."""
        if outcome.integrated is None:
            return True
        missing, over = self._target - outcome.integrated, max(0.0, outcome.true_peak - _PEAK)
        missed = over, max(_NEAR, abs(missing))
        if missed < self._missed:
            self.best, self._missed = self.level, missed
        if over:  # what coding adds to the peaks is left free for it
            self._peak = _PEAK - (outcome.true_peak - self._peak) - _MARGIN
        if abs(missing) < _NEAR:
            return not over
        tried, self._gain = self._gain, self._nearer(outcome.integrated)
        return not over and tried == self._gain

    def _nearer(self, loud: float) -> float:
        """The next gain in dB: on the line between the two outcomes around the target, or beyond the last."""
        point, below, above = (self._gain, loud), self._below, self._above
        last = below or above
        if loud < self._target:
            self._below = below = point
        else:
            self._above = above = point
        if below is not None and above is not None and below[0] < above[0]:
            share = (self._target - below[1]) / (above[1] - below[1])
            return below[0] + min(0.9, max(0.1, share)) * (above[0] - below[0])
        slope = 1.0
        if last is not None and (loud - last[1]) * (self._gain - last[0]) > 0:
            slope = min(_STEEPEST, max(1.0, (self._gain - last[0]) / (loud - last[1])))
        return min(_MOST_DB, max(-_MOST_DB, self._gain + slope * (self._target - loud)))
