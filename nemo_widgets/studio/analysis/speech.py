"""Which moments of a sound are speech, told from the sound's own background."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .errors import SilentThroughout
from .levels import STEP_MS, Levels, decibels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Samples = NDArray[np.float32]
    Mask = NDArray[np.bool_]

__all__ = ["runs", "speech_in"]

_SILENT_DB = -60.0
"""A clip that never gets louder than this is silent throughout: nobody hears it beside a computer's fan."""
_DEEPEST_DB = 60.0
"""How far below speech a floor still matters; below that it is as good as digital silence."""
_DEEPEST_HISS_DB = 50.0
"""The same for hiss, below the loudest s."""
_CONTRAST_DB = 6.0
"""Speech that stands out less than this above the floor can't be told from it."""
_APART_DB = 8.0
"""What rises less than this above the background's top is the background's own up and down: music, waves."""
_MARGIN_DB, _LEAST_DB, _SWAY_DB = 1.5, 3.0, 18.0
"""How far the threshold lies above the background's top, and at least and at most above the floor:
a background that sways more than music does is somebody speaking softly."""
_BEHIND_DB = 14.0
"""A background that stays this far below the loudest may sway as it likes: it is music, whoever speaks."""
_CLEAR_DB = 3.0
_FAST, _SLOW = 3, 20
"""Levels are smoothed over 30 ms to find edges, over 200 ms (a syllable) to find the background."""
_QUIET_EDGE_MS = 120
"""At either end of a quiet stretch this much may still be a word fading."""
_TOUCH, _LONGEST_HISS = 12, 30
"""Steps of 10 ms: how near hiss must be to a voice to belong to it, and how long an s can get."""
_USUAL, _STEADY_DB, _ABOVE_DB = 93, 0.5, 2.0
"""What is louder than that part (%) of a pause, by so much where it is steady and where it sways, is the soft
begin or end of a word,"""
_MOSTLY = 96
"""unless an s fills the pause: what is louder than that part of all pauses is no background either;"""
_EDGES = (10, 10, 20)
"""how many steps at a pause's edges that part leaves out, in each band: an s lasts longest,"""
_FADING, _BREAK = 25, 3
"""which is no longer than so many steps, and not interrupted for more than so many."""
_CLICK_MS = 80
"""Sound shorter than this (smoothing adds 40 ms) and alone is a click of a mouse or of lips, no word."""
_ALONE_MS = 200


def speech_in(levels: Levels, threshold_db: float | None, name: str) -> tuple[Mask, Mask]:
    """Which steps of 10 ms are speech, or whatever else stands out; all of them where nothing does.

    Twice: what is clearly speech, and that with the soft begins and ends of words.

    Raises:
        SilentThroughout: nothing can be heard (or is above `threshold_db`, where that is given).
    """
    low, middle, hiss = levels.powers()
    voice = low + middle
    everything = decibels(_smooth(voice + hiss, _FAST))
    loudest = float(everything.max())
    limit = _SILENT_DB if threshold_db is None else threshold_db
    if loudest < limit:
        raise SilentThroughout(f"{name} is silent throughout: its sound never gets louder than {limit:g} dB.")
    if threshold_db is not None:
        loud = _without_clicks(_above(everything, threshold_db))
        return loud, loud
    if _threshold(voice) is None:
        throughout = np.ones(len(voice), np.bool_)
        return throughout, throughout
    speech = np.zeros(len(voice), np.bool_)
    for band in (voice, middle):  # hum and bass leave the middle free, and there a voice is heard above them
        threshold = _threshold(band, speech)
        if threshold is not None:
            speech |= _above(decibels(_smooth(band, _FAST)), threshold)
    hissed = decibels(_smooth(hiss, _FAST))
    speech = _with_hiss(_without_clicks(speech), hissed)
    return speech, _grown(speech, [decibels(_smooth(band, _FAST)) for band in (voice, middle)] + [hissed])


def _threshold(power: Samples, speech: Mask | None = None) -> float | None:
    """What separates the background from speech in this band, in dB; None where nothing can.

    The background is what is heard in the middle of long quiet stretches, be it digital silence, noise, hum
    or a bed of music; speech is what rises above nearly all of it.
    """
    slow, fast = decibels(_smooth(power, _SLOW)), decibels(_smooth(power, _FAST))
    floor, loud = (float(v) for v in np.percentile(slow, (2, 98)))
    floor = max(floor, loud - _DEEPEST_DB)
    if loud - floor < _CONTRAST_DB:
        return None
    split = _split(np.clip(slow, floor, loud))
    inner = _QUIET_EDGE_MS // STEP_MS
    stretches = [(a + inner, b - inner) for a, b in runs(slow < split) if b - a > 2 * inner + _SLOW]
    if not stretches:
        return None
    if speech is not None and speech.any():
        stretches += [(a + inner, b - inner) for a, b in runs(~speech) if b - a > 2 * inner + _SLOW]
    background = float(np.percentile(np.concatenate([fast[a:b] for a, b in stretches]), 98))
    threshold = max(background + _MARGIN_DB, floor + _LEAST_DB)
    if threshold > loud - _BEHIND_DB:
        threshold = max(min(threshold, floor + _SWAY_DB), floor + _LEAST_DB)
    return threshold if loud - threshold >= _APART_DB else None


def _split(level: Samples) -> float:
    """Otsu's threshold: the value that parts the levels into the two groups that differ most."""
    counts, edges = np.histogram(level, bins=120)
    middles = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts)
    above = below[-1] - below
    sums = np.cumsum(counts * middles)
    with np.errstate(invalid="ignore", divide="ignore"):
        apart = sums / below - (sums[-1] - sums) / above
    between = np.nan_to_num(below * above * apart**2)
    return float(edges[int(np.argmax(between)) + 1])


def _with_hiss(speech: Mask, hiss: Samples) -> Mask:
    """Speech, each stretch longer by the s or f it begins or ends with; hiss alone (a cymbal) is none."""
    pauses = [(a + _LONGEST_HISS, b - _LONGEST_HISS) for a, b in runs(~speech) if b - a > 2 * _LONGEST_HISS]
    if not pauses:
        return speech
    background = float(np.percentile(np.concatenate([hiss[a:b] for a, b in pauses]), 98))
    longer = speech.copy()
    for start, end in runs(hiss > max(background, float(hiss.max()) - _DEEPEST_HISS_DB) + _MARGIN_DB):
        near = slice(max(0, start - _TOUCH), end + _TOUCH)
        if speech[near].any() and end - start <= _LONGEST_HISS:
            longer[start:end] = True
    return longer


def _grown(speech: Mask, bands: Sequence[Samples]) -> Mask:
    """Speech, each stretch longer by the soft begin and end of a word: what is above the pause beside it."""
    longer = speech.copy()
    pauses = [(start, end) for start, end in runs(~speech) if end - start >= _FADING]
    heard = np.zeros(len(speech), np.bool_)
    for level, edge in zip(bands, _EDGES, strict=True):
        inner = [level[start + edge : end - edge] for start, end in pauses if end - start > 3 * edge]
        if not inner:
            continue
        anywhere = float(np.percentile(np.concatenate(inner), _MOSTLY))
        for start, end in pauses:
            aside = min(edge, (end - start) // 3)
            middle, usual = np.percentile(level[start + aside : end - aside], (50, _USUAL))
            above = min(max(float(usual - middle), _STEADY_DB), _ABOVE_DB)
            limit = max(min(float(usual), anywhere) + above, float(level.max()) - _DEEPEST_HISS_DB)
            heard[start:end] |= level[start:end] > limit
    for start, end in pauses:
        if start:
            longer[start : start + _reach(heard[start:end])] = True
        if end < len(speech):
            longer[end - _reach(heard[start:end][::-1]) : end] = True
    return longer


def _reach(heard: Mask) -> int:
    """How many steps from the beginning on something is heard, without a longer break."""
    last = 0
    for step in np.flatnonzero(heard[:_FADING]):
        if step - last > _BREAK:
            break
        last = int(step) + 1
    return last


def _smooth(power: Samples, steps: int) -> Samples:
    """The mean of `steps` neighbours; at the ends, of those there are."""
    steps = min(steps, len(power))
    ones = np.ones(steps, np.float32)
    return (np.convolve(power, ones, "same") / np.convolve(np.ones_like(power), ones, "same")).astype(
        np.float32
    )


def _above(level: Samples, threshold: float) -> Mask:
    """What is above the threshold, and clearly so somewhere: a hair above is still the background."""
    mask = level > threshold
    clear = level > threshold + _CLEAR_DB
    for start, end in runs(mask):
        if not clear[start:end].any():
            mask[start:end] = False
    return mask


def _without_clicks(speech: Mask) -> Mask:
    sounds = list(runs(speech))
    kept = speech.copy()
    for i, (start, end) in enumerate(sounds):
        before = start - sounds[i - 1][1] if i else start
        after = sounds[i + 1][0] - end if i + 1 < len(sounds) else len(speech) - end
        if (end - start) * STEP_MS < _CLICK_MS and min(before, after) * STEP_MS >= _ALONE_MS:
            kept[start:end] = False
    return kept


def runs(mask: Mask) -> Iterator[tuple[int, int]]:
    """Where the mask is true, as ranges of steps."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
