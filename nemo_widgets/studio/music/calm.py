"""Calm: a felt piano in slow broken chords over a warm pad, far bells, no drums; 72 beats a minute.

Sixteen bars in F: A A' B A'', with ninths and suspended chords that never hurry home.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .instruments import bell, felt_piano, pad, round_bass
from .page import Mood, Page

if TYPE_CHECKING:
    import numpy as np

__all__ = ["CALM"]

_BEAT = 60 / 72

# (bass, the hand's notes from below) in MIDI numbers.
_F = (41, (53, 60, 64, 67))
_C_E = (40, (52, 60, 62, 67))
_D = (38, (53, 57, 60, 64))
_Bb = (34, (53, 58, 62, 65))
_Bb9 = (34, (53, 57, 60, 62))
_A = (33, (52, 55, 60, 64))
_G = (43, (53, 58, 62, 65))
_Csus = (36, (53, 55, 60, 65))
_C = (36, (52, 55, 60, 64))
_BARS = (_F, _C_E, _D, _Bb, _F, _A, _Bb9, _Csus, _D, _A, _Bb, _F, _G, _Bb9, _Csus, _C)
_BROKEN = ((0.5, 1), (1.0, 2), (1.5, 3), (2.0, 0), (2.5, 2), (3.0, 3), (3.5, 1))
"""(beat, which of the hand's notes); the first beat is the left hand's."""
_MELODY: dict[int, tuple[tuple[float, int, float], ...]] = {
    1: ((2.0, 79, 0.4),),
    3: ((1.0, 77, 0.4), (3.0, 74, 0.35)),
    4: ((0.0, 76, 0.45), (2.0, 79, 0.45)),
    6: ((0.0, 77, 0.45), (1.0, 76, 0.35), (2.0, 72, 0.4)),
    8: ((0.0, 81, 0.5), (3.0, 79, 0.4)),
    9: ((1.0, 76, 0.45),),
    10: ((0.0, 77, 0.5), (2.0, 74, 0.4)),
    12: ((0.0, 74, 0.45), (1.0, 77, 0.4), (2.0, 82, 0.45)),
    13: ((1.0, 81, 0.4), (2.0, 77, 0.4)),
    15: ((2.0, 76, 0.35),),
}


def _write(page: Page, number: int, rng: np.random.Generator) -> None:
    bar = number % len(_BARS)
    root, hand = _BARS[bar]
    page.add(0, felt_piano(root, 0.75, 4.0), level=0.6, pan=0.42, wet=0.3)
    page.add(0, felt_piano(root + 12, 0.55, 3.0), level=0.6, pan=0.44, wet=0.3, late=0.006)
    for beat, which in _BROKEN:
        on_beat = beat == int(beat)
        touch = (0.55 if on_beat else 0.2) * rng.uniform(0.88, 1.1)
        note = hand[which] + (12 if which == 0 else 0)
        page.add(beat, felt_piano(note, 0.55 if on_beat else 0.35, 2.6), level=touch, pan=0.44 + 0.05 * which,
                 wet=0.45, late=max(0, rng.normal(0.004, 0.004)))  # fmt: skip
    for beat, note, velocity in _MELODY.get(bar, ()):
        late = max(0, rng.normal(0.006, 0.004))
        page.add(beat, felt_piano(note, velocity, 3.2), level=1.1, pan=0.56, wet=0.7, late=late)
        if bar >= len(_BARS) // 2:
            page.add(beat, bell(note + 12, velocity, 1.6), level=0.1, pan=0.66, wet=1.2, late=late)
    for i, note in enumerate(hand):
        page.add(0, pad(note, 4 * _BEAT + 1.1, 1.1, 0.0), level=0.11, pan=0.35 + 0.1 * i, wet=0.3)
    page.add(0, round_bass(root, 3.6 * _BEAT, 0.8), level=0.09)


def _close(page: Page, beat: float, rng: np.random.Generator) -> None:
    """F with its ninth, rolled from below."""
    late = 0.0
    for i, note in enumerate((29, 41, 48, 57, 60, 67)):
        page.add(beat, felt_piano(note, 0.6, 4.6), level=0.75, pan=0.38 + 0.05 * i, wet=0.5, late=late)
        late += rng.uniform(0.012, 0.03)
    for i, note in enumerate((53, 60, 64)):
        page.add(beat, pad(note, 4.2, 0.3, 0.0), level=0.1, pan=0.4 + 0.1 * i, wet=0.3)


CALM = Mood(_write, _close, level=0.496, room=(2.4, 2200))
