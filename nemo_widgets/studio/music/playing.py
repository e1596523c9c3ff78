"""Playing a bed: bar after bar is written, the room added, what rings on laid over the next bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .beds import BEDS, final_beat
from .calm import CALM
from .cinematic import CINEMATIC
from .lofi import LOFI
from .page import RATE, TAIL, Mood, Page, Wave
from .shaping import room
from .upbeat import UPBEAT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

__all__ = ["play"]

_MOODS: dict[str, Mood] = {
    "music:lofi": LOFI,
    "music:calm": CALM,
    "music:upbeat": UPBEAT,
    "music:cinematic": CINEMATIC,
}
_TIMES = 2
"""The sound is brought to 48 kHz."""
_LAST_FADE = 0.6
"""Seconds at the very end that go down to nothing."""
_REACH = 32
"""Samples to either side that go into a new one between two."""
_SLACK = 64
"""Samples that are kept back, so that a tape may run ahead."""


def play(
    source: str, samples: int, *, start: int = 0, seed: int = 0, ends: bool = True
) -> Iterator[NDArray[np.float32]]:
    """`samples` of a bed from its sample `start` on, at 48 kHz, as float32 blocks (n, 2) of a bar at most.

    Deterministic for a seed; no two bars are played quite alike. The bed comes to its end with a last chord,
    and to silence, unless `ends` is False. Memory does not depend on the length.

    Raises:
        KeyError: there is no such bed.
    """
    mood, bed = _MOODS[source], BEDS[source]
    beat = 60 * RATE // bed.bpm
    end = start + samples
    final = final_beat(bed, end / 48) if ends else None
    first_bar = max(0, start // (_TIMES * 4 * beat) - 1)  # what comes next needs a little of the bar before
    bars = _taped(_bars(mood, beat, first_bar, final, seed), mood.tape, first_bar * 4 * beat)
    at, fade = first_bar * _TIMES * 4 * beat, round(_LAST_FADE * RATE * _TIMES)
    for block in _doubled(bars):
        heard = block[:, max(0, start - at) : end - at]
        first, at = max(start, at), at + block.shape[1]
        if not heard.shape[1]:
            continue
        if ends and first + heard.shape[1] > end - fade:
            left = end - first - np.arange(heard.shape[1]) - 1
            heard = heard * np.clip(left / min(fade, samples), 0, 1).astype(np.float32)
        yield np.ascontiguousarray(heard.T)
        if at >= end:
            return


def _bars(mood: Mood, beat: int, first: int, final: int | None, seed: int) -> Iterator[Wave]:
    """Bars from the `first` on for ever, each (2, bar); earlier ones are played as far as they ring on."""
    size = 4 * beat
    carried = np.zeros((2, 0), np.float32)
    rings = TAIL + round(mood.room[0] * RATE)
    for number in range(max(0, first - -(-rings // size)), 10**9):
        whole = np.zeros((2, size + rings), np.float32)
        if final is None or number * 4 <= final:
            whole += _written(mood, beat, number, final, seed)
        whole[:, : carried.shape[1]] += carried
        carried = whole[:, size:]
        if number >= first:
            loud = whole[:, :size] * np.float32(mood.level)
            yield np.tanh(loud * np.float32(1.2)) * np.float32(1 / 1.2)  # peaks are pressed a little


def _written(mood: Mood, beat: int, number: int, final: int | None, seed: int) -> Wave:
    until = np.inf if final is None else final - number * 4
    rng = np.random.default_rng((seed, number))
    page = Page(beat, until)
    mood.write(page, number, rng)
    if until < 4:  # noqa: PLR2004 - it ends in this bar
        last = Page(beat)
        mood.close(last, until, rng)
        page.dry += last.dry
        page.wet += last.wet
    whole = room(page.wet, *mood.room)
    whole[:, : page.dry.shape[1]] += page.dry
    return whole


def _taped(bars: Iterator[Wave], off: float, done: int) -> Iterator[Wave]:
    """A tape that runs a little unevenly, from its sample `done` on: two slow waves in its speed."""
    if not off:
        yield from bars
        return
    before = np.zeros((2, _SLACK), np.float32)
    waiting = next(bars)
    for bar in bars:
        spread = np.concatenate([before, waiting, bar[:, :_SLACK]], axis=1)
        n = np.arange(waiting.shape[1]) + done
        turns = n / RATE
        shift = off * np.sin(2 * np.pi * 0.55 * turns) + off / 6.5 * np.sin(2 * np.pi * 1.7 * turns + 1)
        places, source = np.arange(waiting.shape[1]) + _SLACK + shift, np.arange(spread.shape[1])
        yield np.stack([np.interp(places, source, channel) for channel in spread]).astype(np.float32)
        before, done, waiting = waiting[:, -_SLACK:], done + waiting.shape[1], bar


def _doubled(bars: Iterator[Wave]) -> Iterator[Wave]:
    """Twice the rate: between two samples what a band-limited sound has there."""
    n = np.arange(-_REACH, _REACH) + 0.5
    between = np.sinc(n) * np.kaiser(2 * _REACH, 8)
    between = (between / between.sum()).astype(np.float32)
    before = np.zeros((2, _REACH), np.float32)
    waiting = next(bars)
    for bar in bars:
        spread = np.concatenate([before, waiting, bar[:, :_REACH]], axis=1)
        out = np.empty((2, 2 * waiting.shape[1]), np.float32)
        out[:, ::2] = waiting
        for side in (0, 1):
            out[side, 1::2] = np.convolve(spread[side], between, "valid")[1 : waiting.shape[1] + 1]
        yield out
        before, waiting = waiting[:, -_REACH:], bar
