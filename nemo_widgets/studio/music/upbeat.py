"""Upbeat: a strummed small guitar, hand claps, a springy bass, a glockenspiel's tune; 120 beats a minute.

Sixteen bars in D: the four chords of many a happy song twice, then a part that leans on the fourth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import drums
from .instruments import bell, plucked, round_bass
from .page import Mood, Page

if TYPE_CHECKING:
    import numpy as np

__all__ = ["UPBEAT"]

_BEAT = 0.5

# (bass, strings from below) in MIDI numbers.
_D = (38, (62, 66, 69, 74))
_A = (33, (61, 64, 69, 73))
_Bm = (35, (62, 66, 71, 74))
_G = (43, (62, 67, 71, 74))
_Em = (40, (64, 67, 71, 76))
_Fm = (42, (61, 66, 69, 73))
_BARS = (_D, _A, _Bm, _G, _D, _A, _Bm, _G, _G, _A, _Fm, _Bm, _Em, _G, _A, _A)
_STRUM = ((0.0, 1.0), (1.0, 0.7), (1.5, 0.45), (2.0, 0.85), (2.5, 0.4), (3.0, 0.7), (3.5, 0.5))
"""(beat, how hard); on the off-beats the hand goes up."""
_TUNE: dict[int, tuple[tuple[float, int], ...]] = {
    0: ((0.0, 78), (1.0, 81), (2.0, 86)),
    1: ((0.0, 85), (1.0, 81), (2.5, 76)),
    2: ((0.0, 78), (1.0, 81), (2.0, 83)),
    3: ((0.0, 81), (1.5, 79), (2.0, 78)),
    4: ((0.0, 78), (1.0, 81), (2.0, 86), (3.0, 88)),
    5: ((0.0, 85), (2.0, 81)),
    6: ((0.0, 83), (1.0, 81), (2.0, 78), (3.0, 76)),
    7: ((0.0, 74), (2.0, 79)),
    8: ((0.0, 83), (2.0, 86)),
    10: ((0.0, 85), (2.0, 81)),
    11: ((0.0, 83),),
    12: ((0.0, 79), (1.0, 83), (2.0, 88)),
    13: ((0.0, 86), (1.0, 83), (2.0, 79)),
    14: ((0.0, 81), (1.0, 85), (2.0, 88)),
}


def _write(page: Page, number: int, rng: np.random.Generator) -> None:
    bar = number % len(_BARS)
    root, strings = _BARS[bar]
    for beat, hard in _STRUM:
        _strum(page, rng, beat, strings, hard * rng.uniform(0.9, 1.05), up=beat % 1 > 0)
    for beat, note in _TUNE.get(bar, ()):
        page.add(beat, bell(note, 0.6, 1.0), level=0.4, pan=0.62, wet=0.5, late=rng.uniform(0, 0.004))
    fifth = root + 7 if root < 40 else root - 5  # noqa: PLR2004 - the fifth that lies nearer to the low E
    for beat, note, long, hard in ((0, root, 0.8, 1.0), (1, root, 0.4, 0.7), (1.5, root, 0.35, 0.5),
                                   (2, fifth, 0.8, 0.9), (3, root, 0.6, 0.75)):  # fmt: skip
        page.add(beat, round_bass(note, long * _BEAT, 2.4), level=0.34 * hard)
    for beat in range(4):
        page.add(beat, drums.kick(0.5), level=0.95 if beat % 2 == 0 else 0.8)
        page.add(beat + 0.5, drums.shaker(int(rng.integers(drums.STROKES))), level=0.35, pan=0.35)
        page.add(
            beat, drums.hat(int(rng.integers(drums.STROKES))), level=0.3 * rng.uniform(0.8, 1.1), pan=0.6
        )
    for beat in (1, 3):
        page.add(
            beat, drums.clap(int(rng.integers(drums.STROKES))), level=0.75 * rng.uniform(0.9, 1.1), wet=0.25
        )
    if bar % 8 == 7:  # noqa: PLR2004 - the last bar of a part calls for the next
        for beat in (3.25, 3.5, 3.75):
            page.add(beat, drums.clap(int(rng.integers(drums.STROKES))), level=0.4, wet=0.25)
    if bar % 8 == 0:
        page.add(0, drums.cymbal(), level=0.3, pan=0.4)


def _strum(
    page: Page, rng: np.random.Generator, beat: float, notes: tuple[int, ...], hard: float, *, up: bool
) -> None:
    late = 0.0
    for i, note in enumerate(reversed(notes) if up else notes):
        page.add(beat, plucked(note, 0.8, 1.1), level=0.5 * hard, pan=0.36 + 0.07 * i, wet=0.12, late=late)
        late += rng.uniform(0.003, 0.006)


def _close(page: Page, beat: float, rng: np.random.Generator) -> None:
    """D, all together, and the cymbal."""
    for i, note in enumerate((50, 57, 62, 66, 69, 74)):
        page.add(beat, plucked(note, 0.9, 2.4), level=0.45, pan=0.36 + 0.05 * i, wet=0.3, late=0.005 * i)
    page.add(beat, bell(86, 0.7, 2.0), level=0.5, pan=0.6, wet=0.5, late=rng.uniform(0, 0.004))
    page.add(beat, round_bass(38, 1.6, 2.4), level=0.36)
    page.add(beat, drums.kick(0.5), level=0.95)
    page.add(beat, drums.cymbal(), level=0.4, pan=0.4)


UPBEAT = Mood(_write, _close, level=0.3377, room=(0.8, 4500))
