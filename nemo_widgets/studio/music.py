"""A lo-fi bed, made by numpy: seventh chords on a soft electric piano, warm bass, brushes, a little vinyl.

Sixteen bars at 80 beats a minute (A A' B A''), 48 seconds, built on a ring: what rings on at the end rings
into the beginning, and every filter works on the ring, so that the loop joins without a seam.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["BEDS", "LOOP_SECONDS", "NOMINAL_DBFS", "lofi"]

NOMINAL_DBFS = -18.0
"""RMS of the bed at 100 %, in dB below full scale, over the whole loop and both channels."""

BEDS = ("music:lofi",)
"""The sources of generated music that a draft may name."""

LOOP_SECONDS = 48
"""Length of the loop: 16 bars of 3 seconds."""

_Wave = NDArray[np.float64]

_RATE = 24_000
"""The bed is made at this rate and brought to the wanted one at the end; it ends below 12 kHz anyway."""
_BEAT = 0.75
_BAR = 4 * _BEAT
_SIZE = LOOP_SECONDS * _RATE
_SWING = 0.59
"""Where the second eighth of a beat falls: 0.5 is straight, 0.67 a full triplet."""
_LEFT_OUT = 0.08
"""How often a stroke of the hi-hat is left out."""
_BLOCK = 48_000

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


def lofi(samples: int, rate: int = 48_000, seed: int = 0, start: int = 0) -> Iterator[NDArray[np.float32]]:
    """`samples` of the bed from its sample `start` on, as blocks of a second at most.

    Yields float32 of the shape (n, 2) at `rate`. Deterministic for a seed; the loop is made once (about a
    second) and kept. Its level is NOMINAL_DBFS; its peaks stay below full scale.
    """
    loop = _loop(rate, seed)
    at, left = start % len(loop), samples
    while left > 0:
        block = loop[at : at + min(left, _BLOCK)]
        yield block
        left -= len(block)
        at = (at + len(block)) % len(loop)


@lru_cache(maxsize=2)
def _loop(rate: int, seed: int) -> NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    piano, bass, drums = np.zeros((2, _SIZE)), np.zeros(_SIZE), np.zeros((2, _SIZE))
    for bar, (root, voicing) in enumerate(_BARS):
        _chords(piano, rng, bar, voicing)
        _bass_line(bass, rng, bar, root)
        _drums(drums, rng, bar)
    piano = _wow(_shape(piano, high_pass=110, low_pass=3400), rng)
    piano *= 1 + 0.12 * np.sin(2 * np.pi * (_ring(round(4.2 * LOOP_SECONDS)) + np.array([[0.0], [0.5]])))
    low = _shape(np.tanh(1.6 * bass), high_pass=32, low_pass=420)
    mixed = 1.0 * _even(piano) + 0.5 * _even(low) + 0.66 * _level(drums) + 0.028 * _vinyl(rng)
    mixed = _shape(mixed, high_pass=28, low_pass=6500)
    loud = np.tanh(0.9 * _level(mixed) / 4) * 4  # the peaks are pressed a little, as tape does
    ready = _resampled(loud, rate)
    ready *= 10 ** (NOMINAL_DBFS / 20) / np.sqrt(np.mean(ready**2))
    done = np.ascontiguousarray(ready.T, np.float32)
    done.flags.writeable = False
    return done


def _chords(out: _Wave, rng: np.random.Generator, bar: int, voicing: tuple[int, ...]) -> None:
    for beat in _COMPING[bar % len(_COMPING)]:
        long = beat == 0.0
        velocity = (0.8 if long else 0.5) * rng.uniform(0.88, 1.1)
        when = bar * _BAR + _swung(beat) + rng.normal(0.004, 0.006)
        notes = voicing if long else voicing[1:]
        for i, note in enumerate(notes):
            touch = velocity * rng.uniform(0.85, 1.1) * (1.0 if i else 0.85)
            tone = _piano(note + rng.normal(0, 0.02), touch, 3.0 if long else 1.6)
            pan = 0.5 + 0.28 * (i / (len(notes) - 1) - 0.5)
            _add(out, when + i * rng.uniform(0.008, 0.018), tone, pan)
    for beat, note, velocity in _MELODY.get(bar, ()):
        when = bar * _BAR + _swung(beat) + rng.normal(0.012, 0.008)
        _add(out, when, 0.9 * _piano(note, velocity * rng.uniform(0.9, 1.1), 1.8), 0.5 + rng.normal(0, 0.06))


def _bass_line(out: _Wave, rng: np.random.Generator, bar: int, root: int) -> None:
    fifth = root + 7 if root < 40 else root - 5  # noqa: PLR2004 - the fifth that lies nearer to the low E
    line = [(0.0, root, 1.3, 1.0), (1.5, root, 0.5, 0.6), (2.5, fifth if bar % 2 else root, 0.9, 0.8)]
    if bar % 4 == 3:  # noqa: PLR2004 - the last bar of a part leads on
        line.append((3.5, _BARS[(bar + 1) % len(_BARS)][0] + 1, 0.4, 0.55))
    for beat, note, beats, velocity in line:
        t = np.arange(int((beats * _BEAT + 0.15) * _RATE)) / _RATE
        hz = 440 * 2 ** ((note - 69) / 12)
        wave = np.sin(2 * np.pi * hz * t) + 0.25 * np.sin(4 * np.pi * hz * t) * np.exp(-t * 3)
        held = np.clip((beats * _BEAT - t) / 0.08 + 1, 0, 1) * (1 - np.exp(-t / 0.008)) * np.exp(-t * 0.7)
        _add(
            out,
            bar * _BAR + _swung(beat) + rng.normal(0, 0.004),
            velocity * rng.uniform(0.92, 1.05) * wave * held,
        )


def _drums(out: _Wave, rng: np.random.Generator, bar: int) -> None:
    start = bar * _BAR
    kicks = [(0.0, 1.0), (2.5, 0.7)] if bar % 2 == 0 else [(0.0, 0.95), (1.5, 0.55), (2.0, 0.75)]
    for beat, velocity in kicks:
        t = np.arange(int(0.3 * _RATE)) / _RATE
        phase = 2 * np.pi * (48 * t + 62 * 0.035 * (1 - np.exp(-t / 0.035)))
        _add(
            out,
            start + _swung(beat) + rng.normal(0, 0.004),
            0.9 * velocity * np.sin(phase) * np.exp(-t / 0.09),
        )
    for beat in (1.0, 3.0):  # a brush on the snare, a little behind the beat
        t = np.arange(int(0.28 * _RATE)) / _RATE
        brush = rng.normal(0, 1, t.size) * np.exp(-t / 0.07) * (1 - np.exp(-t / 0.006))
        body = 0.5 * np.sin(2 * np.pi * 185 * t) * np.exp(-t / 0.05)
        hit = 0.30 * _band(brush, 700, 5200) + 0.3 * body
        _add(out, start + beat * _BEAT + 0.014 + rng.normal(0, 0.004), hit * rng.uniform(0.85, 1.1), 0.54)
    for eighth in range(8):
        if rng.random() < _LEFT_OUT:
            continue
        t = np.arange(int(0.12 * _RATE)) / _RATE
        decay = 0.045 if eighth == 7 and bar % 2 else 0.02  # noqa: PLR2004 - the last of two bars rings longer
        hat = _band(rng.normal(0, 1, t.size), 5000, 10_500) * np.exp(-t / decay)
        velocity = (0.16 if eighth % 2 else 0.10) * rng.uniform(0.7, 1.15)
        _add(out, start + _swung(eighth / 2) + rng.normal(0, 0.005), velocity * hat, 0.42)


def _piano(note: float, velocity: float, seconds: float) -> _Wave:
    """A soft electric piano: one sine bent by another of the same pitch, harder when struck harder."""
    t = np.arange(int(seconds * _RATE), dtype=np.float32) / np.float32(_RATE)  # float32: four times as fast
    hz = np.float32(440 * 2 ** ((note - 69) / 12))
    turn = np.float32(2 * np.pi) * hz * t
    bend = 1.4 * velocity * np.exp(-t * 2.2) + 0.12
    tone = np.sin(turn + bend * np.sin(turn)) + 0.5 * np.sin(1.0017 * turn + 0.5 * bend * np.sin(turn))
    tine = 0.16 * velocity * np.sin(7.0 * turn) * np.exp(-t * 14)
    ends = np.clip((seconds - t) / 0.25, 0, 1)
    struck = velocity * (1 - np.exp(-t / 0.004)) * np.exp(-t * (0.7 + hz / 700)) * ends
    played: _Wave = ((tone + tine) * struck).astype(np.float64)
    return played


def _vinyl(rng: np.random.Generator) -> _Wave:
    """The needle in the groove: a soft rush, and crackles here and there."""
    rush = _level(_shape(rng.normal(0, 1, (2, _SIZE)), high_pass=300, low_pass=3000))
    crackle = np.zeros((2, _SIZE))
    places = rng.integers(0, _SIZE, 5 * LOOP_SECONDS)
    crackle[rng.integers(0, 2, places.size), places] = rng.exponential(40, places.size)
    return 0.6 * rush + _shape(crackle, high_pass=900, low_pass=5000)


def _swung(beat: float) -> float:
    """A place in the bar in seconds, the off-beats late."""
    whole = int(beat)
    return (whole + (_SWING if beat - whole == 0.5 else beat - whole)) * _BEAT  # noqa: PLR2004 - an eighth


def _add(out: _Wave, seconds: float, wave: _Wave, pan: float = 0.5) -> None:
    """Adds a sound to the ring, round its end where it is longer than what is left."""
    at = round(seconds * _RATE) % _SIZE
    gains = np.sqrt(np.array([1 - pan, pan]) * 2)[:, None] if out.ndim > 1 else np.ones(1)
    first = min(wave.size, _SIZE - at)
    out[..., at : at + first] += gains * wave[:first]
    out[..., : wave.size - first] += gains * wave[first:]


def _shape(wave: _Wave, high_pass: float, low_pass: float) -> _Wave:
    """Gentle filters (12 dB an octave, no shift in time) on the whole ring."""
    spectrum = np.fft.rfft(wave.astype(np.float32))  # in float32 it takes half the time
    hz = np.fft.rfftfreq(wave.shape[-1], 1 / _RATE) + 1e-9
    gain = 1 / np.sqrt((1 + (hz / low_pass) ** 4) * (1 + (high_pass / hz) ** 4))
    spectrum *= gain.astype(np.float32)
    return np.fft.irfft(spectrum, wave.shape[-1]).astype(np.float64)


def _band(noise: _Wave, low: float, high: float) -> _Wave:
    """Noise of a short stroke, only what lies between two frequencies."""
    spectrum, hz = np.fft.rfft(noise), np.fft.rfftfreq(noise.size, 1 / _RATE)
    spectrum[(hz < low) | (hz > high)] *= 0.05
    band: _Wave = np.fft.irfft(spectrum, noise.size)
    return band


def _wow(wave: _Wave, rng: np.random.Generator) -> _Wave:
    """The tape runs a little unevenly: two slow waves in the speed, whole in number round the ring."""
    turns = rng.uniform(0, 1, 2)
    shift = 26 * np.sin(2 * np.pi * (_ring(round(0.55 * LOOP_SECONDS)) + turns[0]))
    shift += 4 * np.sin(2 * np.pi * (_ring(round(1.7 * LOOP_SECONDS)) + turns[1]))
    at = np.arange(_SIZE) + shift
    bent: _Wave = np.stack([np.interp(at, np.arange(_SIZE), channel, period=_SIZE) for channel in wave])
    return bent


def _ring(times: int) -> _Wave:
    turns: _Wave = np.arange(_SIZE, dtype=np.float64) * (times / _SIZE)
    return turns


def _level(wave: _Wave) -> _Wave:
    even: _Wave = np.asarray(wave / np.sqrt(np.mean(wave**2)), np.float64)
    return even


def _even(wave: _Wave) -> _Wave:
    """The same loudness in every bar, within reason: half of what a bar is louder or softer is taken away."""
    per_bar = wave.reshape(*wave.shape[:-1], len(_BARS), -1)
    rms = np.sqrt(np.mean(per_bar**2, axis=tuple(i for i in range(per_bar.ndim) if i != per_bar.ndim - 2)))
    gains = np.sqrt(np.mean(rms) / rms)
    middles = (np.arange(len(_BARS)) + 0.5) * (_SIZE / len(_BARS))
    evened: _Wave = wave * np.interp(np.arange(_SIZE), middles, gains, period=_SIZE)
    return _level(evened)


def _resampled(wave: _Wave, rate: int) -> _Wave:
    """The ring at another rate, by its spectrum: exact, since it is periodic."""
    size = LOOP_SECONDS * rate
    ready = np.fft.irfft(np.fft.rfft(wave.astype(np.float32)), size)
    return ready.astype(np.float64) * (size / _SIZE)
