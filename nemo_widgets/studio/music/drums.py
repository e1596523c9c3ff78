"""Drums and noises, a few strokes of each made once: no two strokes in a row need be the same."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from .page import RATE, Wave
from .shaping import between, shaped

__all__ = ["brush", "clap", "crackle", "cymbal", "hat", "kick", "rush", "shaker", "taiko"]

STROKES = 5
"""How many strokes of each there are."""


def _noise(seconds: float, seed: int) -> tuple[Wave, Wave]:
    t = np.arange(round(seconds * RATE), dtype=np.float32) / np.float32(RATE)
    return t, np.random.default_rng(seed).normal(0, 1, t.size).astype(np.float32)


@lru_cache(maxsize=4)
def kick(click: float = 0.0) -> Wave:
    """A bass drum whose pitch falls; `click` is how much of the beater is heard."""
    t, noise = _noise(0.3, 1)
    phase = 2 * np.pi * (48 * t + 62 * 0.035 * (1 - np.exp(-t / 0.035)))
    beater = click * between(noise * np.exp(-t / 0.004), 1500, 6000)
    ends = np.clip((0.3 - t) / 0.05, 0, 1)
    return np.asarray((np.sin(phase) * np.exp(-t / 0.09) + beater) * ends, np.float32)


@lru_cache(maxsize=STROKES)
def brush(stroke: int) -> Wave:
    """A brush on the snare."""
    t, noise = _noise(0.28, 20 + stroke)
    rush = between(noise * np.exp(-t / 0.07) * (1 - np.exp(-t / 0.006)), 700, 5200)
    body = 0.5 * np.sin(2 * np.pi * 185 * t) * np.exp(-t / 0.05)
    return np.asarray((0.3 * rush + 0.3 * body) * np.clip((0.28 - t) / 0.05, 0, 1), np.float32)


@lru_cache(maxsize=STROKES)
def clap(stroke: int) -> Wave:
    """A few hands, not quite at once."""
    t, noise = _noise(0.25, 40 + stroke)
    hands = sum(np.where(t >= at, np.exp(-np.maximum(0, t - at) / fall), 0)
                for at, fall in ((0, 0.004), (0.007, 0.004), (0.015, 0.06)))  # fmt: skip
    return np.asarray(between(noise * hands, 900, 7000) * np.clip((0.25 - t) / 0.05, 0, 1), np.float32)


@lru_cache(maxsize=2 * STROKES)
def hat(stroke: int, decay: float = 0.02) -> Wave:
    """A closed hi-hat; with a longer decay half open."""
    t, noise = _noise(0.12, 60 + stroke)
    return np.asarray(
        between(noise * np.exp(-t / decay), 5000, 10_500) * np.clip((0.12 - t) / 0.03, 0, 1), np.float32
    )


@lru_cache(maxsize=STROKES)
def shaker(stroke: int) -> Wave:
    """Seeds in an egg."""
    t, noise = _noise(0.14, 80 + stroke)
    swing = np.sin(np.pi * np.clip(t / 0.09, 0, 1)) ** 2
    return between(noise * swing, 4000, 9000)


@lru_cache(maxsize=STROKES)
def taiko(stroke: int) -> Wave:
    """A great drum: skin, wood and a long boom."""
    t, noise = _noise(1.4, 100 + stroke)
    phase = 2 * np.pi * (52 * t + 45 * 0.05 * (1 - np.exp(-t / 0.05)))
    boom = np.sin(phase) * np.exp(-t / 0.3) + 0.4 * np.sin(1.59 * phase) * np.exp(-t / 0.12)
    slap = 0.5 * between(noise * np.exp(-t / 0.018), 150, 2600)
    return np.asarray((boom + slap) * np.clip((1.4 - t) / 0.2, 0, 1), np.float32)


@lru_cache(maxsize=2)
def cymbal(swell: float = 0.0) -> Wave:
    """A cymbal struck, or, with `swell` seconds, rising to a stroke and ringing on."""
    t, noise = _noise(swell + 2.2, 120)
    rising = np.clip(t / swell, 0, 1) ** 3 if swell else 1 - np.exp(-t / 0.002)
    wave = between(noise * rising * np.exp(-np.maximum(0, t - swell) / 0.55), 2800, 10_500)
    return np.asarray(wave * np.clip((swell + 2.2 - t) / 0.4, 0, 1), np.float32)


@lru_cache(maxsize=1)
def _groove() -> Wave:
    """Ten seconds of the rush of a needle, in two channels."""
    noise = np.random.default_rng(140).normal(0, 1, (2, 10 * RATE)).astype(np.float32)
    return shaped(noise, 300, 3000)


@lru_cache(maxsize=1)
def _dust() -> Wave:
    """One grain of dust under the needle."""
    grain = np.zeros(RATE // 50, np.float32)
    grain[grain.size // 2] = 1
    return shaped(grain, 900, 5000)


def rush(seconds: float, edge: float, rng: np.random.Generator) -> Wave:
    """The needle in the groove, in two channels; pieces that overlap by `edge` seconds go on evenly."""
    size, groove = round((seconds + edge) * RATE), _groove()
    at = int(rng.integers(groove.shape[1] - size))
    t = np.arange(size) / RATE
    share = np.clip(np.minimum(t, seconds + edge - t) / edge, 0, 1)
    return groove[:, at : at + size] * np.sin(np.pi / 2 * share).astype(np.float32)


def crackle(seconds: float, rng: np.random.Generator) -> Wave:
    """Dust on a record, in two channels."""
    grain, size = _dust(), round(seconds * RATE)
    dust = np.zeros((2, size), np.float32)
    for _ in range(round(5 * seconds)):
        at = int(rng.integers(size - grain.size))
        dust[rng.integers(2), at : at + grain.size] += np.float32(rng.exponential()) * grain
    return dust
