"""The generated bed: its level, its evenness, its seam, and that it is music."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from nemo_widgets.studio.music import LOOP_SECONDS, NOMINAL_DBFS, lofi

RATE = 48_000
LOOP = LOOP_SECONDS * RATE


@pytest.fixture(scope="module")
def bed() -> np.ndarray:
    return np.concatenate(list(lofi(LOOP + RATE)))


def decibels(sound: np.ndarray) -> float:
    return float(10 * np.log10((sound.astype(float) ** 2).mean()))


def test_it_is_as_long_as_asked() -> None:
    """Any length to the sample, in blocks of a second at most, from any sample on."""
    whole = list(lofi(3 * RATE + 17))
    assert sum(map(len, whole)) == 3 * RATE + 17
    assert max(map(len, whole)) <= RATE
    later = np.concatenate(list(lofi(RATE, start=2 * RATE + 5)))
    assert np.array_equal(later, np.concatenate(whole)[2 * RATE + 5 : 3 * RATE + 5])


def test_the_level_is_the_documented_one(bed: np.ndarray) -> None:
    """The loop's RMS is NOMINAL_DBFS and its peaks leave room."""
    assert decibels(bed[:LOOP]) == pytest.approx(NOMINAL_DBFS, abs=0.05)
    assert np.abs(bed).max() < 0.8


def test_every_bar_is_about_as_loud(bed: np.ndarray) -> None:
    """From bar to bar the loudness differs by less than 3 dB: a short bed is as loud as a long one."""
    bars = [decibels(bar) for bar in np.split(bed[:LOOP], 16)]
    assert max(bars) - min(bars) < 3
    assert len({round(bar, 4) for bar in bars}) == 16  # and yet none is a copy of another


def test_the_loop_joins_without_a_click(bed: np.ndarray) -> None:
    """Round the end it goes on with the first sample, and the step there is an ordinary one."""
    assert np.array_equal(bed[LOOP:], bed[:RATE])
    step = np.abs(np.diff(bed[LOOP - RATE // 100 : LOOP + RATE // 100], axis=0))
    assert np.abs(bed[LOOP] - bed[LOOP - 1]).max() <= step.max()
    assert np.abs(bed[LOOP] - bed[LOOP - 1]).max() < 0.05


def test_it_is_the_same_every_time_and_another_for_another_seed() -> None:
    """A render of today is the render of tomorrow."""
    from nemo_widgets.studio.music import _loop

    first = next(iter(lofi(RATE))).copy()
    _loop.cache_clear()
    assert np.array_equal(first, next(iter(lofi(RATE))))
    assert not np.array_equal(first, next(iter(lofi(RATE, seed=7))))


def test_it_is_in_tune(bed: np.ndarray) -> None:
    """What sounds between 200 and 700 Hz is within 40 cents of a note, and mostly one of the scale."""
    mono = bed[:LOOP].mean(axis=1)
    power = np.abs(np.fft.rfft(mono)) ** 2
    hz = np.fft.rfftfreq(mono.size, 1 / RATE)
    heard = (hz > 200) & (hz < 700)
    notes = 69 + 12 * np.log2(hz[heard] / 440)
    near = np.abs(notes - notes.round()) < 0.4
    assert power[heard][near].sum() / power[heard].sum() > 0.9
    allowed = {0, 2, 3, 4, 5, 6, 7, 9, 10, 11}
    in_scale = np.isin(notes.round().astype(int) % 12, list(allowed)) & near
    assert power[heard][in_scale].sum() / power[heard].sum() > 0.8


def test_it_is_two_channels_of_one_piece(bed: np.ndarray) -> None:
    """Left and right differ, and still the bed is whole when a phone plays the sum."""
    left, right = bed[:LOOP].T
    assert not np.allclose(left, right, atol=0.01)
    assert decibels((left + right) / 2) > NOMINAL_DBFS - 2


def test_rate_is_kept() -> None:
    """At another rate it is the same music."""
    fast, slow = (np.concatenate(list(lofi(2 * rate, rate))) for rate in (48_000, 24_000))
    assert len(slow) == 48_000
    assert np.corrcoef(fast[::2, 0], slow[:, 0])[0, 1] > 0.98
    assert [len(b) for b in itertools.islice(lofi(10, 24_000), 2)] == [10]
