"""Lo-fi: seventh chords on a soft electric piano, warm bass, brushes, a little vinyl; 80 beats a minute.

Sixteen bars, A A' B A'', the off-beats late, the tape a little uneven.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import drums
from .instruments import electric_piano, round_bass
from .page import Mood, Page

if TYPE_CHECKING:
    import numpy as np

__all__ = ["LOFI"]

_BEAT = 0.75
_SWING = 0.59
"""Where the second eighth of a beat falls: 0.5 is straight, 0.67 a full triplet."""
_LEFT_OUT = 0.08
"""How often a stroke of the hi-hat is left out."""

# (bass, voicing) in MIDI numbers: ii - V - I - vi in C, and a descent by half steps in the B part.
_D = (38, (53, 57, 60, 64))
_G = (43, (53, 57, 59, 64))
_C = (36, (52, 55, 59, 62))
_A = (33, (55, 59, 60, 64))
_F = (41, (52, 57, 60, 67))
_E = (40, (50, 55, 59, 66))
_Eb = (39, (55, 58, 62, 65))
_BARS = (_D, _G, _C, _A, _D, _G, _C, _A, _F, _E, _Eb, _D, _D, _G, _C, _C)
_COMPING = ((0.0, 2.5), (0.0, 1.5), (0.0, 2.5, 3.5), (0.0, 1.5, 3.0))
"""Beats on which the chord is struck, in turn."""
# By bar: (beat, note, velocity).
_MELODY: dict[int, tuple[tuple[float, int, float], ...]] = {
    4: ((1.5, 72, 0.5), (2.0, 76, 0.6), (3.5, 74, 0.45)),
    5: ((1.0, 71, 0.55), (2.5, 69, 0.4)),
    6: ((1.5, 67, 0.5), (2.0, 71, 0.55), (3.0, 74, 0.5)),
    9: ((0.5, 71, 0.45), (1.5, 74, 0.5)),
    10: ((1.0, 74, 0.5), (2.5, 70, 0.45)),
    12: ((2.0, 76, 0.5), (2.5, 77, 0.45), (3.5, 76, 0.4)),
    14: ((1.0, 79, 0.45), (1.5, 76, 0.5), (2.5, 74, 0.45), (3.0, 71, 0.4)),
}


def _write(page: Page, number: int, rng: np.random.Generator) -> None:
    bar = number % len(_BARS)
    root, voicing = _BARS[bar]
    for beat in _COMPING[bar % len(_COMPING)]:
        if beat:
            _chord(page, rng, _swung(beat), voicing[1:], (0.5, 1.6))
        else:
            _chord(page, rng, beat, voicing, (0.8, 3.0))
    for beat, note, velocity in _MELODY.get(bar, ()):
        tone = electric_piano(note, velocity, 1.8)
        page.add(_swung(beat), tone, level=0.9 * rng.uniform(0.9, 1.1), pan=0.5 + rng.normal(0, 0.06),
                 wet=0.25, late=rng.normal(0.012, 0.008))  # fmt: skip
    _bass_line(page, rng, bar, root)
    _drums(page, rng, bar)
    page.add(0, drums.rush(4 * _BEAT, 0.2, rng), level=0.03)
    page.add(0, drums.crackle(4 * _BEAT, rng), level=0.5)


def _chord(
    page: Page, rng: np.random.Generator, beat: float, notes: tuple[int, ...], touch: tuple[float, float]
) -> None:
    """Strike a chord from below; `touch` is how hard, and how many seconds it is held."""
    late = rng.normal(0.004, 0.006)
    for i, note in enumerate(notes):
        level = rng.uniform(0.8, 1.15) * (1.0 if i else 0.85)
        pan = 0.5 + 0.28 * (i / (len(notes) - 1) - 0.5)
        late += rng.uniform(0.004, 0.012)
        page.add(beat, electric_piano(note, *touch), level=level, pan=pan, wet=0.2, late=late)


def _bass_line(page: Page, rng: np.random.Generator, bar: int, root: int) -> None:
    fifth = root + 7 if root < 40 else root - 5  # noqa: PLR2004 - the fifth that lies nearer to the low E
    line = [(0.0, root, 1.3, 1.0), (1.5, root, 0.5, 0.6), (2.5, fifth if bar % 2 else root, 0.9, 0.8)]
    if bar % 4 == 3:  # noqa: PLR2004 - the last bar of a part leads on
        line.append((3.5, _BARS[(bar + 1) % len(_BARS)][0] + 1, 0.4, 0.55))
    for beat, note, long, velocity in line:
        tone = round_bass(note, long * _BEAT, 1.6)
        page.add(
            _swung(beat), tone, level=0.85 * velocity * rng.uniform(0.92, 1.05), late=rng.normal(0, 0.004)
        )


def _drums(page: Page, rng: np.random.Generator, bar: int) -> None:
    kicks = [(0.0, 1.0), (2.5, 0.7)] if bar % 2 == 0 else [(0.0, 0.95), (1.5, 0.55), (2.0, 0.75)]
    for beat, velocity in kicks:
        page.add(_swung(beat), drums.kick(), level=1.6 * velocity, late=rng.normal(0, 0.004))
    for beat in (1.0, 3.0):  # a little behind the beat
        stroke = drums.brush(int(rng.integers(drums.STROKES)))
        page.add(
            beat,
            stroke,
            level=3.2 * rng.uniform(0.85, 1.1),
            pan=0.54,
            wet=0.15,
            late=rng.normal(0.014, 0.004),
        )
    for eighth in range(8):
        if rng.random() < _LEFT_OUT:
            continue
        decay = 0.045 if eighth == 7 and bar % 2 else 0.02  # noqa: PLR2004 - the last of two bars rings longer
        stroke = drums.hat(int(rng.integers(drums.STROKES)), decay)
        level = 3.4 * (0.11 if eighth % 2 else 0.13) * rng.uniform(0.7, 1.15)
        page.add(_swung(eighth / 2), stroke, level=level, pan=0.42, late=rng.normal(0, 0.005))


def _close(page: Page, beat: float, rng: np.random.Generator) -> None:
    """C major seven with a ninth, the bass below it, one soft stroke."""
    _chord(page, rng, beat, (48, 52, 55, 59, 62), (0.8, 4.5))
    page.add(beat, round_bass(36, 3.0, 1.6), level=0.9)
    page.add(beat, drums.kick(), level=1.6)


def _swung(beat: float) -> float:
    """A place in the bar, the off-beats late."""
    whole = int(beat)
    return whole + (_SWING if beat - whole == 0.5 else beat - whole)  # noqa: PLR2004 - an eighth


LOFI = Mood(_write, _close, level=0.1849, room=(0.9, 2600), tape=26)
