"""The soft sound of each painted place: water, wind, traffic, crickets, a few gulls. Never silent."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float64]

__all__ = ["ambience"]

RATE = 48_000
_LEVEL = 0.05
"""Mean square root of each place's sound: -26 dB, behind any voice."""


class _Call(NamedTuple):
    """A tone: when and how long (seconds), its pitch (Hz) and how far that bends, how loud, where."""

    at: float
    length: float
    pitch: float
    bend: float
    level: float
    right: float
    harmonics: int = 2


_CALLS = {
    "harbour": (
        _Call(0.5, 0.26, 1250, 0.35, 1.1, 0.3),
        _Call(0.83, 0.26, 1180, 0.35, 1.1, 0.35),
        _Call(2.1, 0.3, 1020, 0.3, 0.9, 0.75),
    ),
    "mountains": (
        _Call(0.7, 0.09, 3100, -0.15, 0.7, 0.7),
        _Call(0.86, 0.09, 3500, -0.15, 0.7, 0.7),
        _Call(1.02, 0.11, 3000, -0.15, 0.7, 0.7),
        _Call(2.3, 0.1, 2700, 0.2, 0.6, 0.25),
        _Call(2.46, 0.1, 3200, 0.2, 0.6, 0.25),
    ),
    "bridge": (_Call(0.6, 1.5, 98, 0.0, 0.9, 0.6, 6),),
    "city": (_Call(1.2, 0.2, 392, 0.0, 0.5, 0.8, 4), _Call(1.5, 0.3, 392, 0.0, 0.5, 0.8, 4)),
}


def ambience(place: str, seconds: float) -> NDArray[np.float32]:
    """The sound of a place for so many seconds: (n, 2) at 48 kHz, the same at every call."""
    count = round(seconds * RATE)
    time = np.arange(count) / RATE
    random = np.random.default_rng(sum(place.encode()))
    sides = [_bed(place, time, random, side) for side in (0, 1)]
    sound = np.stack(sides, axis=1) + _events(place, time, random)
    sound *= _LEVEL / np.sqrt(np.mean(sound**2))
    edge = RATE // 50  # 20 ms, so that a hard cut of the picture does not click
    ramp = np.minimum(1, np.minimum(np.arange(count), np.arange(count)[::-1]) / edge * 0.7 + 0.3)
    return (sound * ramp[:, None]).astype(np.float32)


def _bed(place: str, time: Samples, random: np.random.Generator, side: int) -> Samples:
    """Filtered noise that swells slowly, for one ear."""
    swell = 1 + 0.28 * np.sin(2 * np.pi * (0.31 * time + 0.2 * side))
    match place:
        case "harbour":
            return _noise(time, random, 90, 900) * swell + 0.25 * _noise(time, random, 900, 3800) * swell**3
        case "mountains":
            return _noise(time, random, 160, 650) * swell + 0.2 * _noise(time, random, 1200, 2600) * swell
        case "bridge":
            return _noise(time, random, 60, 420) * swell + 0.12 * _noise(time, random, 420, 2200)
        case "city":
            return _noise(time, random, 70, 700) + 0.3 * _noise(time, random, 700, 2600) * swell
        case _:
            return 0.8 * _noise(time, random, 120, 500) * swell + 0.14 * _noise(time, random, 2000, 5000)


def _noise(time: Samples, random: np.random.Generator, low: float, high: float) -> Samples:
    """Pink noise between two frequencies, about 1 in mean square root."""
    spectrum = np.fft.rfft(random.normal(size=len(time)))
    hz = np.fft.rfftfreq(len(time), 1 / RATE)
    soft = 1 / (1 + (low / np.maximum(hz, 1)) ** 6) / (1 + (hz / high) ** 6) / np.sqrt(np.maximum(hz, 20))
    noise = np.fft.irfft(spectrum * soft, len(time))
    return np.asarray(noise / np.sqrt(np.mean(noise**2)))


def _events(place: str, time: Samples, random: np.random.Generator) -> Samples:
    """What is heard now and then, placed left or right: (n, 2)."""
    sound = np.zeros((len(time), 2))
    if place == "night":
        chirp = (np.sin(2 * np.pi * 14 * time) > 0.2) & (np.sin(2 * np.pi * 1.25 * time) > -0.2)  # noqa: PLR2004 - how long a cricket sings
        shape = np.convolve(chirp, np.hanning(600) / 300, "same")
        sound += (0.5 * np.sin(2 * np.pi * 4300 * time) * shape)[:, None] * random.uniform(0.4, 0.8, 2)
    for call in _CALLS.get(place, ()):
        first, last = int(call.at * RATE), min(len(time), int((call.at + call.length) * RATE))
        if first >= last:
            continue
        share = np.linspace(0, 1, last - first)
        hz = call.pitch * (1 + call.bend * np.sin(np.pi * share))
        phase = 2 * np.pi * np.cumsum(hz) / RATE
        tone = sum(
            (np.sin(phase * n) / n**1.4 for n in range(1, call.harmonics + 1)), start=np.zeros(last - first)
        )
        tone *= call.level * np.sin(np.pi * share) ** 0.7
        sound[first:last] += tone[:, None] * np.array([1 - call.right, call.right])
    return sound
