"""Loudness as the standard has it: FFmpeg's meter against BS.1770 written out, and known signals."""

from __future__ import annotations

import numpy as np
import pytest

from nemo_widgets.studio.analysis import AnalysisCancelled, NoSound, Unreadable
from nemo_widgets.studio.analysis.loudness import find_loudness
from nemo_widgets.studio.media.loudness import LoudnessMeter

RATE = 48_000


def metered(sound: np.ndarray, block: int = 4800):
    meter = LoudnessMeter()
    for at in range(0, len(sound), block):
        meter.push(sound[at : at + block].astype(np.float32))
    return meter.finish()


def bs1770(sound: np.ndarray) -> float:
    """Integrated loudness by the text of ITU-R BS.1770-4: two filters, blocks of 400 ms, two gates."""
    size = 1 << (len(sound) + RATE).bit_length()
    z = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    shelf = (1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585)
    high = (1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621)
    weight = np.ones_like(z)
    for b0, b1, b2, a1, a2 in (shelf, high):
        weight *= (b0 + b1 * z + b2 * z**2) / (1 + a1 * z + a2 * z**2)
    weighted = np.fft.irfft(np.fft.rfft(sound, size, axis=0) * weight[:, None], size, axis=0)[: len(sound)]
    starts = range(0, len(sound) - 19_200 + 1, 4800)
    power = np.array([(weighted[at : at + 19_200] ** 2).mean(axis=0).sum() for at in starts])
    loud = -0.691 + 10 * np.log10(power + 1e-20)
    kept = power[loud > -70]
    relative = -0.691 + 10 * np.log10(kept.mean()) - 10
    return float(-0.691 + 10 * np.log10(power[(loud > -70) & (loud > relative)].mean()))


def sounds() -> dict[str, np.ndarray]:
    rng, t = np.random.default_rng(5), np.arange(8 * RATE) / RATE
    bursts = rng.normal(0, 0.2, (8 * RATE, 2)) * (np.sin(2 * np.pi * 0.4 * t) > 0.3)[:, None]
    low = np.stack([0.5 * np.sin(2 * np.pi * 45 * t), 0.02 * np.sin(2 * np.pi * 7000 * t)], axis=1)
    steps = rng.normal(0, 0.1, (8 * RATE, 2)) * np.repeat([1.0, 0.003, 0.3, 0.05], 2 * RATE)[:, None]
    return {"bursts": bursts, "low and high": low, "steps": steps}


@pytest.mark.parametrize("kind", ["bursts", "low and high", "steps"])
def test_the_meter_agrees_with_the_standards_text(kind: str) -> None:
    """Noise with gaps, bass against treble, and steps of 50 dB: within a tenth of a LU of BS.1770 itself."""
    sound = sounds()[kind]
    assert metered(sound).integrated == pytest.approx(bs1770(sound), abs=0.1)


def test_the_standards_own_example() -> None:
    """1 kHz at -23 dBFS in both channels is -23 LUFS; twice as strong is 6.02 LU more."""
    tone = np.sin(2 * np.pi * 1000 * np.arange(5 * RATE) / RATE)[:, None] * np.ones((1, 2))
    soft, loud = (metered(tone * 10 ** (-23 / 20) * gain) for gain in (1, 2))
    assert soft.integrated == pytest.approx(-23.0, abs=0.1)
    assert loud.integrated - soft.integrated == pytest.approx(6.02, abs=0.02)
    assert soft.true_peak == pytest.approx(-23.0, abs=0.1)


def test_true_peak_lies_between_the_samples() -> None:
    """A sine whose samples all miss its crest by 3 dB is told at its crest."""
    t = np.arange(2 * RATE)
    ends = np.clip(np.minimum(t, t[::-1]) / 4800, 0, 1)
    sine = (0.5 * ends * np.sin(np.pi / 2 * t + np.pi / 4))[:, None] * np.ones((1, 2))
    assert 20 * np.log10(np.abs(sine).max()) == pytest.approx(-9.03, abs=0.01)
    assert metered(sine).true_peak == pytest.approx(-6.02, abs=0.2)


def test_range_is_the_distance_of_loud_and_soft() -> None:
    """Twenty seconds 10 LU softer than the other twenty are a range of 10 LU."""
    noise = np.random.default_rng(2).normal(0, 0.1, (40 * RATE, 2))
    noise[20 * RATE :] *= 10 ** (-10 / 20)
    assert metered(noise, RATE).range == pytest.approx(10, abs=0.6)


def test_nothing_heard_is_no_loudness() -> None:
    """Silence, nothing at all and a blip have no integrated loudness, and yet a peak."""
    assert metered(np.zeros((RATE, 2))).integrated is None
    assert metered(np.zeros((0, 2))).integrated is None
    blip = metered(np.full((1000, 2), 0.5))
    assert (blip.integrated, blip.true_peak > -8) == (None, True)


def test_a_file_is_measured_as_it_is_heard(write) -> None:
    """A tone of one channel is measured as the two it is played on; the progress rises to 1."""
    tone = 0.1 * np.sin(2 * np.pi * 1000 * np.arange(4 * 16_000) / 16_000)
    told: list[float] = []
    found = find_loudness(write(tone, picture=4.0, name="tone.mp4", codec="aac"), progress=told.append)
    assert found["integrated"] == pytest.approx(-20, abs=0.3)
    assert found["true_peak"] == pytest.approx(-20, abs=0.5)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_what_cannot_be_measured_is_told_in_a_sentence(write, tmp_path) -> None:
    """No sound, no clip, and a stop each have their own error."""
    with pytest.raises(NoSound, match=r"mute\.mp4 has no sound"):
        find_loudness(write(None, name="mute.mp4", picture=0.5))
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"nothing")
    with pytest.raises(Unreadable, match=r"broken\.wav"):
        find_loudness(broken)
    with pytest.raises(AnalysisCancelled):
        find_loudness(write(np.ones(16_000) * 0.1), cancelled=lambda: True)
