"""Pauses between sentences that a synthetic voice speaks: clean, over music, over noise."""

from __future__ import annotations

import time

import av
import numpy as np
import pytest

from nemo_widgets.studio import samples
from nemo_widgets.studio.analysis import find_pauses
from nemo_widgets.studio.music.playing import play
from nemo_widgets.studio.samples.recorded import sentences

RATE = 16_000
GAPS = {"even": (0.7, 0.3, 0.6, 1.5), "uneven": (0.3, 1.2, 0.25, 2.2, 0.8, 0.35, 3.0)}
VOICES = ("interview", "recording", "footage")
CASES = [(voice, gaps) for voice in VOICES for gaps in GAPS]
MOODS = ("lofi", "calm", "upbeat", "cinematic")
BELOW = 10 ** (-20 / 20)
"""What lies beneath is 20 dB softer than speech."""
WORD = 10 ** (-26 / 20)
"""A word begins and ends where it is 26 dB softer than speech; what is softer is breath."""
STEP = RATE // 100


def _down(sound):
    """48 kHz to 16 kHz."""
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound, np.float32)[None], "fltp", "mono")
    frame.sample_rate = 48_000
    resampler = av.AudioResampler(format="fltp", layout="mono", rate=RATE)
    parts = [part for given in (frame, None) for part in resampler.resample(given)]
    return np.concatenate([part.to_ndarray()[0] for part in parts])


class Speech:
    """Fourteen sentences of a voice with given gaps: samples, pauses of half a second or more, words."""

    def __init__(self, voice, gaps) -> None:
        parts, at, edges = [np.zeros(int(0.9 * RATE), np.float32)], int(0.9 * RATE), [0]
        for i, sentence in enumerate(map(_down, sentences(voice)[:14])):
            gap = int(gaps[i % len(gaps)] * RATE)
            parts += [sentence, np.zeros(gap, np.float32)]
            edges += [at, at + len(sentence)]
            at += len(sentence) + gap
        self.samples = np.concatenate(parts)
        edges = [edge * 1000 / RATE for edge in (*edges, at)]
        pairs = zip(edges[::2], edges[1::2], strict=True)
        self.pauses = [(round(a), round(b)) for a, b in pairs if b - a >= 500]

    def lost(self, found):
        """The longest part of a word that lies in a found pause, in ms."""
        count = len(self.samples) // STEP
        level = np.sqrt(np.mean(self.samples[: count * STEP].reshape(count, STEP) ** 2, axis=1))
        cut = np.zeros(count, bool)
        for start, end in found:
            cut[-(-start // 10) : end // 10] = True
        edges = np.flatnonzero(np.diff(np.r_[0, ((level > 0.1 * WORD) & cut).astype(int), 0]))
        return 10 * int(max(edges[1::2] - edges[::2], default=0))


@pytest.fixture(scope="module")
def speech():
    return {(voice, gaps): Speech(voice, GAPS[gaps]) for voice, gaps in CASES}


@pytest.fixture(scope="module")
def beds(speech):
    """Music in every mood at 0 dB, as long as whoever speaks longest."""
    found, longest = {}, max(len(said.samples) for said in speech.values())
    for mood in MOODS:
        played = play(f"music:{mood}", (longest + RATE) * 48_000 // RATE, ends=False)
        bed = _down(np.concatenate(list(played)).mean(axis=1))
        found[mood] = bed / np.sqrt(np.mean(bed**2))
    return found


def _noise(count, *, pink):
    """Noise at 0 dB; pink noise falls by 3 dB an octave."""
    spectrum = np.fft.rfft(np.random.default_rng(1).normal(size=count))
    if pink:
        spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), 20))
    noise = np.fft.irfft(spectrum, count)
    return noise / np.sqrt(np.mean(noise**2))


def _f1(found, known):
    a, b = (np.zeros(120_000, bool) for _ in range(2))
    for mask, ranges in ((a, found), (b, known)):
        for start, end in ranges:
            mask[start:end] = True
    return 2 * (a & b).sum() / (a.sum() + b.sum())


@pytest.mark.parametrize("which", CASES, ids="-".join)
def test_clean(speech, write, which):
    """In clean speech F1 by time is at least 0.95, the number is right, no word loses 20 ms."""
    said = speech[which]
    found = find_pauses(write(said.samples), padding_ms=0)
    assert _f1(found, said.pauses) >= 0.95
    assert len(found) == len(said.pauses)
    assert said.lost(found) <= 20


@pytest.mark.parametrize("which", CASES, ids="-".join)
@pytest.mark.parametrize("mood", MOODS)
def test_over_music(speech, beds, write, which, mood):
    """Over music in any mood F1 by time is at least 0.90; with what is kept beside speech no word is cut."""
    said = speech[which]
    path = write(said.samples + 0.1 * BELOW * beds[mood][: len(said.samples)])
    assert _f1(find_pauses(path, padding_ms=0), said.pauses) >= 0.90
    assert said.lost(find_pauses(path)) == 0


@pytest.mark.parametrize("which", CASES, ids="-".join)
@pytest.mark.parametrize("pink", [False, True])
def test_over_noise(speech, write, which, pink):
    """Over white and pink noise F1 by time is at least 0.95, and no word loses 20 ms."""
    said = speech[which]
    noise = _noise(len(said.samples), pink=pink)
    found = find_pauses(write(said.samples + 0.1 * BELOW * noise), padding_ms=0)
    assert _f1(found, said.pauses) >= 0.95
    assert said.lost(found) <= 20


def test_quick(made):
    """Three minutes are searched in less than a hundredth of their time, decoding included."""
    path = made("interview")
    find_pauses(path)
    begun = time.process_time()
    find_pauses(path)
    assert samples.truth("interview")["duration_ms"] / 1000 / (time.process_time() - begun) >= 100
