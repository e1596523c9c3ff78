"""A bar of music being written, and what a mood is: who writes its bars, and the room it is played in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["RATE", "TAIL", "Mood", "Page", "Wave", "hertz"]

RATE = 24_000
"""Samples a second of what is written; nothing in it lies above 12 kHz. Playing doubles it."""
TAIL = 5 * RATE
"""How long after its bar a note may ring."""
_DAMPED = 0.2 * RATE

Wave = NDArray[np.float32]
"""Mono (n,) or stereo (2, n)."""


class Page:
    """One bar, and how it rings on: `dry` and `wet` are (2, bar + TAIL); the room is added to `wet` later.

    Nothing begins at or after beat `until`, and what still rings then is damped, as a player does who is
    about to strike the last chord.
    """

    def __init__(self, beat: int, until: float = np.inf) -> None:
        self.beat, self._until = beat, until
        self.dry, self.wet = np.zeros((2, 2, 4 * beat + TAIL), np.float32)

    def add(
        self,
        beat: float,
        wave: Wave,
        *,
        level: float = 1.0,
        pan: float = 0.5,
        wet: float = 0.0,
        late: float = 0.0,
    ) -> None:
        """A sound on a beat of the bar (0 to 4), `late` by so many seconds; `pan` 0 is left, 1 right."""
        if beat >= self._until:
            return
        at = max(0, round(beat * self.beat + late * RATE))
        wave = wave[..., : self.dry.shape[1] - at]
        over = at + wave.shape[-1] - self._until * self.beat
        if over > 0:
            kept = wave.shape[-1] - int(over)
            damp = np.exp(-np.arange(wave.shape[-1] - kept) / _DAMPED).astype(np.float32)
            wave = np.concatenate([wave[..., :kept], wave[..., kept:] * damp], axis=-1)
        gains = (level * np.sqrt(2 * np.array([[1 - pan], [pan]]))).astype(np.float32)
        heard = gains * wave
        self.dry[:, at : at + wave.shape[-1]] += heard
        if wet:
            self.wet[:, at : at + wave.shape[-1]] += np.float32(wet) * heard


@dataclass(frozen=True, slots=True)
class Mood:
    """A way of playing.

    `write` puts bar `number` of the score on a page, with the bar's own random numbers; `close` strikes the
    last chord on a beat of it. `level` brings the whole to NOMINAL_DBFS. `room` is the seconds in which an
    echo falls by 60 dB, and the frequency above which the walls swallow it. `tape` is how far a worn tape
    runs off its place, in samples.
    """

    write: Callable[[Page, int, np.random.Generator], None]
    close: Callable[[Page, float, np.random.Generator], None]
    level: float
    room: tuple[float, float]
    tape: float = 0.0


def hertz(note: float) -> float:
    """The pitch of a MIDI number."""
    return float(440 * 2 ** ((note - 69) / 12))
