"""The instruments, each note made once and kept: float32 at 24 kHz, about full scale, ending in silence."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from .page import RATE, Wave, hertz
from .shaping import shaped

__all__ = ["bell", "bowed", "deep", "electric_piano", "felt_piano", "pad", "plucked", "round_bass"]

_HIGHEST = 10_500
"""No partial lies above this, in Hz."""
_KEPT = 96
"""Notes of each instrument that are kept: a score strikes the same ones again and again."""


def _time(seconds: float) -> Wave:
    return np.arange(round(seconds * RATE), dtype=np.float32) / np.float32(RATE)


def _ends(t: Wave, attack: float, release: float) -> Wave:
    """Rises in `attack` seconds, and is silent at the end."""
    until = np.float32(t.size / RATE)
    ends = np.minimum(1 - np.exp(-t / np.float32(attack)), np.clip((until - t) / np.float32(release), 0, 1))
    return np.asarray(ends, np.float32)


@lru_cache(maxsize=_KEPT)
def electric_piano(note: int, velocity: float, seconds: float) -> Wave:
    """One sine bent by another of the same pitch, harder when struck harder."""
    t, hz = _time(seconds), np.float32(hertz(note))
    turn = np.float32(2 * np.pi) * hz * t
    bend = np.float32(1.4 * velocity) * np.exp(-t * 2.2) + np.float32(0.12)
    inner = np.sin(turn)
    tone = np.sin(turn + bend * inner) + 0.5 * np.sin(np.float32(1.0017) * turn + 0.5 * bend * inner)
    tine = np.float32(0.16 * velocity) * np.sin(7 * turn) * np.exp(-t * 14)
    played = velocity * (tone + tine) * np.exp(-t * (np.float32(0.7) + hz / 700)) * _ends(t, 0.004, 0.25)
    return shaped(played, 110, 3400)


@lru_cache(maxsize=_KEPT)
def felt_piano(note: int, velocity: float, seconds: float) -> Wave:
    """A piano with felt between hammers and strings: few partials, the high ones gone at once."""
    t, hz = _time(seconds), hertz(note)
    wave = np.zeros_like(t)
    for n in range(1, 10):
        pitch = n * hz * np.sqrt(1 + 0.0004 * n * n)
        if pitch > _HIGHEST:
            break
        gain = n**-1.5 * np.exp(-0.35 * n * (1.3 - velocity))
        fall = np.exp(-t * np.float32(0.55 + hz / 900 + 0.45 * n))
        wave += np.float32(gain) * np.sin(np.float32(2 * np.pi * pitch) * t) * fall
    knock = np.random.default_rng(note).normal(0, 0.06, t.size) * np.exp(-t / 0.012)
    return velocity * (wave + shaped(knock.astype(np.float32), 80, 900)) * _ends(t, 0.004, 0.3)


@lru_cache(maxsize=_KEPT)
def plucked(note: int, velocity: float, seconds: float) -> Wave:
    """A string picked near its end, as on a small guitar."""
    t, hz = _time(seconds), hertz(note)
    wave = np.zeros_like(t)
    for n in range(1, int(min(24, _HIGHEST / hz)) + 1):
        gain = np.sin(np.pi * n * 0.17) / n**0.9 * (0.5 + 0.5 * velocity) ** (n / 6)
        fall = np.exp(-t * np.float32(2.4 + 0.9 * n))
        wave += np.float32(gain) * np.sin(np.float32(2 * np.pi * n * hz) * t) * fall
    return velocity * wave * _ends(t, 0.0012, 0.1)


@lru_cache(maxsize=_KEPT)
def bell(note: int, velocity: float, seconds: float) -> Wave:
    """A glockenspiel: a bar's own partials, which are no whole multiples."""
    t, hz = _time(seconds), hertz(note)
    wave = np.zeros_like(t)
    for ratio, gain, fall in ((1, 1.0, 3.2), (2.76, 0.45, 6.0), (5.4, 0.2, 11.0)):
        if ratio * hz < _HIGHEST:
            wave += (
                np.float32(gain)
                * np.sin(np.float32(2 * np.pi * ratio * hz) * t)
                * np.exp(-t * np.float32(fall))
            )
    return velocity * wave * _ends(t, 0.001, 0.15)


@lru_cache(maxsize=_KEPT)
def pad(note: int, seconds: float, swell: float, bright: float) -> Wave:
    """A chord organ's warmth in two channels: voices a little apart that swell in and out."""
    return _voices(note, seconds, (-0.06, 0.05), partials=6, slope=2.2 - bright, swell=swell)


@lru_cache(maxsize=_KEPT)
def bowed(note: int, seconds: float, swell: float, velocity: float) -> Wave:
    """A section of strings in two channels; short notes are bitten off the bow."""
    held = _voices(note, seconds, (-0.09, 0.0, 0.08), partials=14, slope=1.55 - 0.3 * velocity, swell=swell)
    return velocity * shaped(held, 60, 1800 + 3200 * velocity)


def _voices(
    note: int, seconds: float, apart: tuple[float, ...], *, partials: int, slope: float, swell: float
) -> Wave:
    t = _time(seconds)
    sides = []
    for side in (0, 1):
        wave = np.zeros_like(t)
        for i, off in enumerate(apart):
            hz = hertz(note + off * (1 - 0.5 * side))
            sway = 0.0011 * hz * np.sin(2 * np.pi * (4.6 + 0.5 * i + 0.3 * side) * t + i + side)
            turned = np.cumsum(hz + sway * np.minimum(1, t / 0.4)) / RATE
            turn = (2 * np.pi * turned + 2.1 * i + side).astype(np.float32)
            for n in range(1, int(min(partials, _HIGHEST / hz)) + 1):
                wave += np.float32(n**-slope) * np.sin(n * turn)
        sides.append(wave / len(apart))
    until = t.size / RATE
    shape = np.clip(t / swell, 0, 1) * np.clip((until - t) / min(0.9, until / 3), 0, 1)
    left, right = sides
    both = np.stack([left + 0.5 * right, right + 0.5 * left]) / 1.2
    return np.asarray(both * shape * shape * (3 - 2 * shape), np.float32)


@lru_cache(maxsize=_KEPT)
def round_bass(note: int, seconds: float, warm: float) -> Wave:
    """A soft bass: a sine and its octave, driven by `warm`."""
    t, hz = _time(seconds + 0.15), np.float32(hertz(note))
    turn = np.float32(2 * np.pi) * hz * t
    wave = np.sin(turn) + 0.25 * np.sin(2 * turn) * np.exp(-t * 3)
    held = np.clip((np.float32(seconds) - t) / 0.08 + 1, 0, 1) * (1 - np.exp(-t / 0.008)) * np.exp(-t * 0.7)
    return shaped(np.tanh(np.float32(warm) * wave * held), 32, 420 + 180 * warm)


@lru_cache(maxsize=_KEPT)
def deep(note: int, seconds: float) -> Wave:
    """Basses and a low horn on one long note."""
    t, hz = _time(seconds), hertz(note)
    turn = np.float32(2 * np.pi * hz) * t
    wave = sum(np.float32(n**-1.3) * np.sin(n * turn + n) for n in range(1, 9))
    return shaped(np.asarray(wave, np.float32) * _ends(t, 0.09, 0.5), 30, 520)
