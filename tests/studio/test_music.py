"""The generated beds: their level, joints, tempo, key and ending, measured on what is played."""

from __future__ import annotations

import time
import tracemalloc
from itertools import pairwise

import numpy as np
import pytest

from nemo_widgets.studio.music import BEDS, NOMINAL_DBFS, beats, final_beat, playing
from nemo_widgets.studio.music.page import RATE as MADE
from nemo_widgets.studio.music.page import Mood, Page
from nemo_widgets.studio.music.playing import play

RATE = 48_000
NAMES = tuple(BEDS)
BARS = 16
SCALES = {
    "music:lofi": {0, 2, 3, 4, 5, 6, 7, 9, 10, 11},
    "music:calm": {5, 7, 9, 10, 0, 2, 4},
    "music:upbeat": {2, 4, 6, 7, 9, 11, 1},
    "music:cinematic": {2, 4, 5, 7, 9, 10, 0, 1},
}


def heard(name: str, samples: int, **how: int) -> np.ndarray:
    return np.concatenate(list(play(name, samples, **how)))


def bar_of(name: str) -> int:
    return 4 * 60 * RATE // BEDS[name].bpm


@pytest.fixture(scope="module", params=NAMES)
def bed(request: pytest.FixtureRequest) -> tuple[str, np.ndarray]:
    """A bed's whole score once, without its ending, and one bar more."""
    return request.param, heard(request.param, 17 * bar_of(request.param), ends=False)


def decibels(sound: np.ndarray) -> float:
    return float(10 * np.log10((sound.astype(float) ** 2).mean() + 1e-20))


def onsets(sound: np.ndarray) -> np.ndarray:
    """How much louder it gets, every 10 ms, over all frequencies on a scale of decibels."""
    hop, size = RATE // 100, 2048
    mono = np.pad(sound.mean(axis=1), (size // 2, size))
    frames = np.lib.stride_tricks.sliding_window_view(mono, size)[::hop] * np.hanning(size)
    power = np.log1p(1000 * np.abs(np.fft.rfft(frames, axis=1)))
    return np.maximum(0, np.diff(power, axis=0, prepend=power[:1])).mean(axis=1)


def tempo(sound: np.ndarray) -> float:
    """Beats a minute: the strongest period, those near 120 being what people tap to."""
    rise = onsets(sound)
    rise = rise - np.convolve(rise, np.ones(100) / 100, "same")
    size = 1 << (2 * rise.size).bit_length()
    again = np.fft.irfft(np.abs(np.fft.rfft(rise, size)) ** 2)[: rise.size]
    lags = np.arange(25, 150)
    liked = np.exp(-0.5 * np.log2(6000 / lags / 120) ** 2)
    return 6000 / float(lags[np.argmax(again[lags] * liked)])


def test_it_is_as_long_as_asked() -> None:
    """Any length to the sample, in blocks of a bar at most, from any sample on, the same to the bit."""
    for name in NAMES:
        bar = bar_of(name)
        size = 5 * bar + 17
        blocks = list(play(name, size, ends=False))
        assert sum(map(len, blocks)) == size
        assert max(map(len, blocks)) <= bar
        later = heard(name, RATE, start=4 * bar - 1005, ends=False)
        assert np.array_equal(later, np.concatenate(blocks)[4 * bar - 1005 :][:RATE])
    assert [len(heard("music:calm", size)) for size in (1, 480, 50_000)] == [1, 480, 50_000]


def test_the_level_is_the_documented_one(bed: tuple[str, np.ndarray]) -> None:
    """The score's RMS is NOMINAL_DBFS and its peaks leave room."""
    name, sound = bed
    assert decibels(sound[: BARS * bar_of(name)]) == pytest.approx(NOMINAL_DBFS, abs=0.05)
    assert np.abs(sound).max() < 0.8


def test_no_bar_falls_out(bed: tuple[str, np.ndarray]) -> None:
    """From bar to bar the loudness differs by less than 6 dB, 3 in lo-fi; none is a copy of another."""
    name, sound = bed
    bars = [decibels(bar) for bar in np.split(sound, 17)]
    assert max(bars) - min(bars) < (3 if name == "music:lofi" else 6)
    first, again = sound[: bar_of(name)], sound[BARS * bar_of(name) :]
    assert len({round(bar, 4) for bar in bars}) == 17
    assert not np.allclose(first, again, atol=0.01)


@pytest.mark.parametrize("tape", [0.0, 26.0])
def test_the_bars_join_without_a_click(monkeypatch: pytest.MonkeyPatch, tape: float) -> None:
    """A tone held over bars goes on over their joints, with its echo, and bends no more than elsewhere."""
    t = np.arange(round(4.8 * MADE)) / MADE
    tone = (0.1 * np.sin(2 * np.pi * 311 * t) * np.clip(np.minimum(t, 4.8 - t), 0, 1)).astype(np.float32)

    def hold(page: Page, _number: int, _rng: np.random.Generator) -> None:
        page.add(2, tone, wet=0.3)

    mood = Mood(hold, lambda *_: None, level=1.0, room=(0.7, 3000), tape=tape)
    monkeypatch.setitem(playing._MOODS, "music:lofi", mood)
    sound = heard("music:lofi", 8 * bar_of("music:lofi"), ends=False)
    bend = np.abs(np.diff(sound, n=2, axis=0)).max(axis=1)
    joints = np.arange(2, 8) * bar_of("music:lofi")
    for joint in joints:
        elsewhere = bend[joint + 4800 : joint + 24_000].max()
        assert bend[joint - 200 : joint + 200].max() < 1.6 * elsewhere
        sound[joint:] += 1e-3  # a click of -60 dB would be seen
        assert np.abs(np.diff(sound[joint - 9 : joint + 9], n=2, axis=0)).max() > 1.6 * elsewhere


def test_it_is_the_same_every_time_and_another_for_another_seed() -> None:
    """A render of today is the render of tomorrow."""
    for name in NAMES:
        first = heard(name, RATE)
        assert np.array_equal(first, heard(name, RATE))
        assert not np.array_equal(first, heard(name, RATE, seed=7))


def test_it_is_in_tune(bed: tuple[str, np.ndarray]) -> None:
    """What sounds between 200 and 700 Hz is within 40 cents of a note, and mostly one of the key."""
    name, sound = bed
    power = np.abs(np.fft.rfft(sound.mean(axis=1))) ** 2
    hz = np.fft.rfftfreq(len(sound), 1 / RATE)
    within = (hz > 200) & (hz < 700)
    notes = 69 + 12 * np.log2(hz[within] / 440)
    near = np.abs(notes - notes.round()) < 0.4
    assert power[within][near].sum() / power[within].sum() > 0.9
    in_scale = np.isin(notes.round().astype(int) % 12, list(SCALES[name])) & near
    assert power[within][in_scale].sum() / power[within].sum() > 0.8


def test_it_is_two_channels_of_one_piece(bed: tuple[str, np.ndarray]) -> None:
    """Left and right differ, and still the bed is whole when a phone plays the sum."""
    left, right = bed[1].T
    assert not np.allclose(left, right, atol=0.01)
    assert decibels((left + right) / 2) > NOMINAL_DBFS - 2


def test_the_tempo_is_the_declared_one(bed: tuple[str, np.ndarray]) -> None:
    """The onsets come back after a beat, within 2 %, by autocorrelation."""
    name, sound = bed
    assert tempo(sound) == pytest.approx(BEDS[name].bpm, rel=0.02)


def test_beats_are_where_it_is_said(bed: tuple[str, np.ndarray]) -> None:
    """Of all places in a beat it gets louder most within 40 ms of the beat itself, on average."""
    name, sound = bed
    rise, beat = onsets(sound), 60_000 / BEDS[name].bpm
    at = np.array(beats(name, 16 * 4 * beat))[1:]
    places = np.arange(-40, beat - 50, 10)
    mean = np.array([rise[((at + place) / 10).round().astype(int)].mean() for place in places])
    assert places[mean.argmax()] <= 40
    assert mean[places <= 40].max() > 2 * np.median(mean)


def test_moods_differ() -> None:
    """No two share a tempo, and in brightness each is at least a tenth from the next."""
    assert len({bed.bpm for bed in BEDS.values()}) == len(BEDS)
    bright = {}
    for name in NAMES:
        power = np.abs(np.fft.rfft(heard(name, 8 * bar_of(name), ends=False)[:, 0])) ** 2
        bright[name] = float((power * np.fft.rfftfreq(8 * bar_of(name), 1 / RATE)).sum() / power.sum())
    ranked = sorted(bright.values())
    assert all(b > 1.1 * a for a, b in pairwise(ranked)), bright
    assert max(bright, key=bright.__getitem__) == "music:upbeat"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seconds", [7.0, 20.3])
def test_it_comes_to_an_end(name: str, seconds: float) -> None:
    """The last chord falls on the beat that is said, is heard, rings out, and the end is silence."""
    size = round(seconds * RATE)
    sound, on = heard(name, size), heard(name, size, ends=False)
    final = final_beat(BEDS[name], seconds * 1000)
    assert final is not None
    at = round(final * 60 / BEDS[name].bpm * RATE)
    assert 1.8 * RATE <= size - at <= 1.8 * RATE + bar_of(name) / 2
    assert np.allclose(sound[: at - 1500], on[: at - 1500], atol=1e-5)
    assert beats(name, seconds * 1000)[-1] == round(final * 60_000 / BEDS[name].bpm)
    struck = decibels(sound[at : at + RATE // 2])
    assert -8 < struck - NOMINAL_DBFS < 8
    quarters = [decibels(part) for part in np.array_split(sound[at:], 4)]
    assert quarters == sorted(quarters, reverse=True)
    assert np.abs(sound[-5:]).max() < 1e-3
    assert np.abs(sound).max() < 0.95


def test_beats_from_the_middle_on() -> None:
    """A bed that begins inside its score has its beats where they are heard there."""
    assert beats("music:upbeat", 3000) == [0, 500, 1000, 1500, 2000, 2500]
    assert beats("music:upbeat", 8000, 250) == [*range(250, 5751, 500)]
    assert beats("music:calm", 60_000)[:4] == [0, 833, 1667, 2500]
    with pytest.raises(KeyError):
        beats("music:polka", 1000)


def test_memory_does_not_grow_with_the_length() -> None:
    """Two minutes take no more than half of one, and both less than 60 MB."""
    most = []
    for minutes in (0.5, 2):
        tracemalloc.start()
        for _ in play("music:lofi", round(minutes * 60 * RATE)):
            pass
        most.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert max(most) < 60e6
    assert most[1] < most[0] + 5e6


def test_it_is_fast() -> None:
    """Thirty times as fast as it is heard, at the least, in processor time."""

    def took(name: str) -> float:
        before = time.process_time()
        heard(name, 30 * RATE)
        return time.process_time() - before

    for name in NAMES:  # what a busy machine stands still is told as a process's time, too
        assert any(took(name) < 1.0 for _ in range(3)), name
