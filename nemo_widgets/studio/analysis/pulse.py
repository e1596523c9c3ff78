"""The beat in a curve of onsets: its period, by autocorrelation, and its places, by dynamic programming.

After D. P. W. Ellis, Beat Tracking by Dynamic Programming (2007): beats lie where onsets are strong and are
about a period apart; the best sequence of all is found in one pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .onsets import STEPS_A_SECOND

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Curve = NDArray[np.float64]

__all__ = ["A_BEAT", "clarity", "even", "period", "places", "straightened"]

A_BEAT = 16
"""Steps a beat has in a curve that was straightened."""

_SLOWEST_BPM, _QUICKEST_BPM = 45, 215
_LIKED_BPM, _OCTAVES = 112, 0.9
"""What people tap to, and how far from it they still do."""
_SLOW = 60 * STEPS_A_SECOND / 85
_HALVED = 0.5
"""Below 85 beats a minute, the beat is twice as fast if half of it comes back this much as strongly."""
_STIFF = 250.0
"""What it costs a beat to be off the period, against an onset of usual strength."""
_NEAR_S = 2.0
_OVERLAP = 0.65
"""How far a curve is moved against itself at most, of its length: less in common would be chance."""


def even(rises: NDArray[np.float32]) -> Curve:
    """The onsets against what is usual around them, so that soft parts count as loud ones do."""
    mean = _around(rises)
    usual = np.sqrt(np.maximum(_around(rises.astype(float) ** 2) - mean**2, 0))
    least = 0.1 * float(np.sqrt(np.mean(rises.astype(float) ** 2))) + 1e-9
    curve = np.maximum(0, rises - mean) / np.maximum(usual, least)
    blurred: Curve = np.convolve(np.pad(np.minimum(curve, 4), 3), np.hanning(7) / 3, "valid")
    return blurred


def _around(curve: NDArray[Any]) -> Curve:
    """The mean over some seconds around each step."""
    reach = round(_NEAR_S * STEPS_A_SECOND)
    total = np.concatenate([[0.0], np.cumsum(curve, dtype=float)])
    at = np.arange(len(curve))
    first, last = np.maximum(0, at - reach), np.minimum(len(curve), at + reach + 1)
    mean: Curve = (total[last] - total[first]) / (last - first)
    return mean


def _again(curve: Curve, longest: int) -> Curve:
    """The autocorrelation up to a lag, 1 at none; what random curves have is taken off."""
    centred = curve - curve.mean()
    size = 1 << (len(centred) + longest).bit_length()
    again = np.fft.irfft(np.abs(np.fft.rfft(centred, size)) ** 2, size)[: longest + 1]
    scaled: Curve = (
        again / max(float(again[0]), 1e-12) * len(curve) / np.maximum(1, len(curve) - np.arange(longest + 1))
    )
    return scaled


def period(curve: Curve) -> float:
    """The steps from beat to beat."""
    least, most = (round(60 * STEPS_A_SECOND / bpm) for bpm in (_QUICKEST_BPM, _SLOWEST_BPM))
    most = min(most, len(curve) // 4)
    if most <= least:
        return 0.0
    again = np.maximum(0, _again(curve, 4 * most + 4))
    lags = np.arange(least, most + 1)
    # A beat comes back after two and four of its periods, too; three is what its third would do.
    score = again[lags] + 0.5 * _near(again, 2 * lags, 1) + 0.25 * _near(again, 4 * lags, 3)
    liked = np.exp(-0.5 * (np.log2(60 * STEPS_A_SECOND / lags / _LIKED_BPM) / _OCTAVES) ** 2)
    best = int(lags[np.argmax(score * liked)])
    if best > _SLOW and float(_near(again, np.array([best // 2]), 1)[0]) > _HALVED * again[best]:
        best = round(best / 2)
    whole = 4 * best + np.arange(-3, 4)
    return float(whole[np.argmax(again[whole])] / 4)


def _near(again: Curve, lags: NDArray[np.int64], off: int) -> Curve:
    """The highest value within `off` of each lag."""
    found: Curve = np.max(
        [again[np.clip(lags + by, 0, len(again) - 1)] for by in range(-off, off + 1)], axis=0
    )
    return found


def clarity(curve: Curve, steps: float) -> float:
    """How much the curve repeats itself after four and after eight beats, 0 to 1, in its usual 32 beats.

    Speech has a rhythm from one syllable to the next, but not over as long as that.
    """
    parts = np.array_split(curve, max(1, round(len(curve) / (32 * steps))))
    found = []
    for part in parts:
        most = round(_OVERLAP * len(part))
        again = _again(part, most)
        values = [
            again[round(0.98 * beats * steps) : round(1.02 * beats * steps) + 1].max(initial=0)
            for beats in (4, 8)
            if beats == 4 or beats * steps < most  # noqa: PLR2004 - what is too short for eight
        ]
        found.append(float(np.mean(values)))
    return float(np.median(found))


def straightened(curve: Curve, beats: NDArray[np.int64]) -> Curve:
    """The curve with `A_BEAT` steps from each beat to the next, however the player hurried."""
    at = np.interp(np.arange(0, max(0, len(beats) - 1), 1 / A_BEAT), np.arange(len(beats)), beats)
    straight: Curve = np.interp(at, np.arange(len(curve)), curve)
    return straight


def places(curve: Curve, steps: float) -> NDArray[np.int64]:
    """The beats, in steps: the sequence that hits most onsets with a period about as given."""
    reach = np.arange(-round(2 * steps), -round(steps / 2) + 1)
    cost = -_STIFF * np.log(-reach / steps) ** 2
    strong = curve / max(float(curve.std()), 1e-9)
    score = np.concatenate([np.full(len(reach) + round(steps), 0.0), np.zeros(len(strong))])
    off = len(score) - len(strong)
    came = np.full(len(strong), -1, np.int64)
    for i, onset in enumerate(strong):
        choices = score[off + i + reach[0] : off + i + reach[-1] + 1] + cost
        best = int(choices.argmax())
        score[off + i] = onset + choices[best]
        came[i] = i + reach[best]
    at = len(strong) - 1 - int(np.argmax(score[: -round(steps) - 1 : -1]))
    found = []
    while at >= 0:
        found.append(at)
        at = int(came[at])
    beats = np.array(found[::-1], np.int64)
    return _heard(strong, beats)


def _heard(strong: Curve, beats: NDArray[np.int64]) -> NDArray[np.int64]:
    """Without those before the music sets in and after it has ended."""
    force = np.array([strong[max(0, beat - 3) : beat + 4].max() for beat in beats])
    enough = np.flatnonzero(force > 0.3 * np.median(force)) if len(force) else force
    return beats[enough[0] : enough[-1] + 1] if len(enough) else beats[:0]
