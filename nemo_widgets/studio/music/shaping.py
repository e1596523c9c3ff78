"""Filters and the room, on whole sounds at a time."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from .page import RATE, Wave

__all__ = ["between", "room", "shaped"]


def shaped(wave: Wave, high_pass: float, low_pass: float) -> Wave:
    """Gentle filters (12 dB an octave, no shift in time); the sound ends in silence, so nothing wraps."""
    size = 1 << (wave.shape[-1] - 1).bit_length()
    hz = np.fft.rfftfreq(size, 1 / RATE) + 1e-9
    gain = 1 / np.sqrt((1 + (hz / low_pass) ** 4) * (1 + (high_pass / hz) ** 4))
    spectrum = np.fft.rfft(wave, size) * gain.astype(np.float32)
    return np.asarray(np.fft.irfft(spectrum, size)[..., : wave.shape[-1]], np.float32)


def between(noise: Wave, low: float, high: float) -> Wave:
    """Noise of a short stroke, only what lies between two frequencies."""
    spectrum, hz = np.fft.rfft(noise), np.fft.rfftfreq(noise.size, 1 / RATE)
    spectrum[(hz < low) | (hz > high)] *= 0.05
    return np.asarray(np.fft.irfft(spectrum, noise.size), np.float32)


@lru_cache(maxsize=4)
def _echo(size: int, seconds: float, dark: float) -> tuple[int, np.ndarray]:
    """The spectrum of a room's echo in two channels: noise that dies away, the highs first."""
    length = round(seconds * RATE)
    t = np.arange(length) / RATE
    noise = np.random.default_rng(11).normal(0, 1, (2, length))
    falling = np.exp(-6.9 * t / seconds) * np.clip((t - 0.012) / 0.02, 0, 1)
    bright = shaped((noise * falling).astype(np.float32), 180, dark)
    mellow = shaped((noise * falling * np.exp(-2 * t / seconds)).astype(np.float32), 180, dark * 2)
    both = bright + 0.5 * mellow
    both *= np.clip((seconds - t) / 0.1, 0, 1)
    both /= np.sqrt((both**2).sum(axis=1, keepdims=True))
    return length, np.fft.rfft(both.astype(np.float32), size)


def room(wet: Wave, seconds: float, dark: float) -> Wave:
    """What the room answers: (2, n) in, (2, n + seconds) out."""
    need = wet.shape[1] + round(seconds * RATE)
    size = next(base << turn for turn in range(32) for base in (8, 9, 10, 12, 15) if base << turn >= need)
    length, echo = _echo(size, seconds, dark)
    return np.asarray(
        np.fft.irfft(np.fft.rfft(wet, size) * echo, size)[:, : wet.shape[1] + length], np.float32
    )
