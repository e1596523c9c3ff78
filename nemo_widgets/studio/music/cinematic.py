"""Cinematic: strings that drive in eighths, a broad horn line, great drums, a deep bass; 100 beats a minute.

Sixteen bars in D minor: eight that gather, eight with all drums.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import drums
from .instruments import bowed, deep, pad
from .page import Mood, Page

if TYPE_CHECKING:
    import numpy as np

__all__ = ["CINEMATIC"]

_BEAT = 0.6

# (bass, what the driving strings play, what is held) in MIDI numbers.
_Dm = (26, (50, 57, 53, 57), (62, 65, 69))
_Bb = (34, (50, 58, 53, 58), (62, 65, 70))
_F = (29, (48, 57, 53, 57), (60, 65, 69))
_C = (36, (48, 55, 52, 55), (60, 64, 67))
_Gm = (31, (50, 58, 55, 58), (62, 67, 70))
_A = (33, (49, 57, 52, 57), (61, 64, 69))
_F_A = (33, (48, 57, 53, 57), (60, 65, 69))
_BARS = (_Dm, _Bb, _F, _C, _Dm, _Bb, _Gm, _A, _Dm, _C, _Bb, _F_A, _Gm, _Dm, _Bb, _A)
_LINE: dict[int, tuple[tuple[float, int, float], ...]] = {
    4: ((0.0, 69, 3.0), (3.0, 67, 1.0)),
    5: ((0.0, 65, 4.0),),
    6: ((0.0, 67, 2.0), (2.0, 70, 2.0)),
    7: ((0.0, 69, 4.0),),
    8: ((0.0, 74, 3.0), (3.0, 76, 1.0)),
    9: ((0.0, 72, 3.0), (3.0, 74, 1.0)),
    10: ((0.0, 70, 2.0), (2.0, 74, 2.0)),
    11: ((0.0, 72, 4.0),),
    12: ((0.0, 70, 2.0), (2.0, 67, 2.0)),
    13: ((0.0, 69, 3.0), (3.0, 65, 1.0)),
    14: ((0.0, 70, 2.0), (2.0, 74, 2.0)),
    15: ((0.0, 73, 4.0),),
}
"""By bar: (beat, note, beats long)."""


def _write(page: Page, number: int, rng: np.random.Generator) -> None:
    bar = number % len(_BARS)
    full = bar >= len(_BARS) // 2
    root, drive, held = _BARS[bar]
    for eighth in range(8):
        accent = 1.0 if eighth == 0 else 0.85 if eighth % 2 == 0 else 0.25
        note = drive[eighth % 4] if eighth % 2 else drive[0] if eighth % 4 == 0 else drive[2]
        tone = bowed(note, 0.26, 0.012, 0.9 if accent > 0.5 else 0.5)  # noqa: PLR2004 - the on-beats bite
        page.add(eighth / 2, tone, level=0.65 * accent * rng.uniform(0.93, 1.05), pan=0.4, wet=0.35)
        if full:
            high = bowed(note + 12, 0.22, 0.01, 0.8)
            page.add(eighth / 2, high, level=0.35 * accent * rng.uniform(0.93, 1.05), pan=0.62, wet=0.35)
    for i, note in enumerate(held):
        page.add(
            0,
            bowed(note, 4 * _BEAT + 0.5, 0.5, 0.35),
            level=0.28 if full else 0.2,
            pan=0.35 + 0.15 * i,
            wet=0.5,
        )
        page.add(0, pad(note - 12, 4 * _BEAT + 0.5, 0.6, 0.3), level=0.16, wet=0.4)
    page.add(0, deep(root, 4 * _BEAT + 0.3), level=0.17, wet=0.1)
    for beat, note, long in _LINE.get(bar, ()):
        page.add(
            beat, bowed(note, long * _BEAT + 0.25, 0.08, 0.7), level=0.6 if full else 0.45, pan=0.55, wet=0.5
        )
    _drums(page, rng, bar, full=full)


def _drums(page: Page, rng: np.random.Generator, bar: int, *, full: bool) -> None:
    strokes = (
        [(0.0, 1.0), (1.0, 0.45), (2.0, 0.75), (3.0, 0.5)]
        if full
        else [(0.0, 0.75), (1.0, 0.25), (2.0, 0.45), (3.0, 0.25)]
    )
    if full and bar % 2:
        strokes += [(2.5, 0.35), (3.5, 0.45)]
    for beat, hard in strokes:
        stroke = drums.taiko(int(rng.integers(drums.STROKES)))
        page.add(beat, stroke, level=0.55 * hard * rng.uniform(0.92, 1.05), pan=0.46, wet=0.3)
    if bar == len(_BARS) // 2 - 1:
        page.add(1, drums.cymbal(3 * _BEAT), level=0.16, wet=0.3)
    elif bar == 0:
        page.add(0, drums.cymbal(), level=0.1, wet=0.3)


def _close(page: Page, beat: float, rng: np.random.Generator) -> None:
    """D minor in all strings, the drum, and a long echo."""
    for i, note in enumerate((38, 50, 57, 62, 65, 69, 74)):
        page.add(beat, bowed(note, 1.0, 0.03, 0.8), level=0.35, pan=0.32 + 0.06 * i, wet=0.6)
    page.add(beat, deep(26, 1.6), level=0.2)
    page.add(beat, drums.taiko(int(rng.integers(drums.STROKES))), level=0.7, wet=0.5)
    page.add(beat, drums.cymbal(), level=0.12, wet=0.4)


CINEMATIC = Mood(_write, _close, level=0.3963, room=(2.3, 3200))
