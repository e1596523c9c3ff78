"""Clips whose pauses are known by construction, written with whatever codec a test asks for."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RATE = 16_000

WORDS = ((0.9, 2.4), (0.25, 1.8), (1.6, 2.1), (0.7, 1.2), (0.3, 2.6), (2.5, 1.5), (0.6, 3.0), (0.28, 1.4))
"""Seconds of silence, then of talk; the last talk is followed by LAST seconds of silence."""
LAST = 1.3


class Talk:
    """Samples (mono, 16 kHz, speech at -20 dB) and the gaps of half a second or more, in ms."""

    def __init__(self, words=WORDS, last=LAST, seed=1) -> None:
        parts, self.gaps, at = [], [], 0
        for i, (gap, length) in enumerate([*words, (last, 0)]):
            if gap >= 0.5:
                self.gaps.append((at, at + round(gap * 1000)))
            parts += [np.zeros(round(gap * RATE)), _babble(length, seed + i)]
            at += round(gap * 1000) + round(length * 1000)
        self.samples = np.concatenate(parts)
        self.duration_ms = at


def _babble(seconds: float, seed: int) -> np.ndarray:
    """Syllables: a buzz of about 120 Hz through three resonances that move, a hissed s now and then."""
    count = round(seconds * RATE)
    if not count:
        return np.zeros(0)
    random = np.random.default_rng(seed)
    time = np.arange(count) / RATE
    pitch = 120 * (1 + 0.12 * np.sin(2 * np.pi * 0.7 * time + seed))
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    centres = [
        500 + 200 * np.sin(2 * np.pi * 1.9 * time),
        1500 + 500 * np.sin(2 * np.pi * 1.3 * time + 1),
        2600,
    ]
    voice = np.zeros(count)
    for n in range(1, 30):
        hz = n * pitch
        gain = sum(w / (1 + ((hz - c) / 130) ** 2) for c, w in zip(centres, (1, 0.5, 0.25), strict=True))
        voice += (gain + 0.02) * np.sin(n * phase)
    syllables = 0.06 + 0.94 * np.abs(np.sin(np.pi * 4.1 * time)) ** 1.2
    hiss = np.diff(random.normal(size=count + 1)) * (np.sin(2 * np.pi * 0.9 * time + seed) > 0.85)
    sound = voice * syllables / voice.std() + 0.25 * hiss
    edge = np.minimum(1, np.minimum(np.arange(count), np.arange(count)[::-1]) / (0.012 * RATE))
    sound *= 0.25 + 0.75 * edge
    return sound * 0.1 / np.sqrt(np.mean(sound**2))


@pytest.fixture(scope="session")
def talk() -> Talk:
    return Talk()


@pytest.fixture(scope="session")
def make_talk() -> Callable[..., Talk]:
    return Talk


@pytest.fixture(scope="session")
def music() -> Callable[[int], np.ndarray]:
    """A soft bed at 0 dB: four chords that fade, a bass drum and a hat."""

    def play(count: int) -> np.ndarray:
        random, bed = np.random.default_rng(3), np.zeros(count)
        chords = ((220, 261.6, 329.6), (174.6, 220, 261.6), (196, 246.9, 293.7), (164.8, 196, 246.9))
        for beat in range(count // (RATE // 2) + 1):
            at = beat * RATE // 2
            time = np.arange(min(2 * RATE, count - at)) / RATE
            if beat % 4 == 0:
                for hz in chords[beat // 4 % 4]:
                    bed[at : at + len(time)] += np.exp(-0.8 * time) * np.sin(2 * np.pi * hz * time)
            bed[at : at + len(time)] += 2 * np.exp(-25 * time) * np.sin(2 * np.pi * 60 * time)
            bed[at : at + len(time)] += 0.15 * np.exp(-60 * time) * random.normal(size=len(time))
        return bed / np.sqrt(np.mean(bed**2))

    return play


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes samples, (n,) or (n, channels), as a clip, with `picture` seconds of film."""

    def save(samples, name="clip.wav", *, picture=0.0, **settings) -> Path:
        path = tmp_path / name
        with av.open(str(path), "w") as container:
            film = (
                container.add_stream("libx264", rate=25, options={"preset": "ultrafast"}) if picture else None
            )
            packets = [] if samples is None else list(_sound(container, samples, **settings))
            if film is not None:
                packets += _picture(film, picture)
            for packet in packets:
                container.mux(packet)
        return path

    return save


def _picture(stream, seconds: float):
    stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
    for i in range(round(seconds * 25)):
        frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), i % 250, np.uint8), format="rgb24")
        frame.pts, frame.time_base = i, Fraction(1, 25)
        yield from stream.encode(frame)
    yield from stream.encode()


def _sound(container, samples, *, codec="pcm_s16le", rate=RATE, starts=0.0, layout=None):
    samples = np.atleast_2d(np.asarray(samples, np.float32).T)
    layout = layout or {1: "mono", 2: "stereo"}[len(samples)]
    stream = container.add_stream(codec, rate=rate, layout=layout)
    size = {"libopus": 960, "libmp3lame": 1152}.get(codec, 1024)
    resampler = av.AudioResampler(format=stream.format, layout=layout, rate=rate, frame_size=size)
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples), format="fltp", layout=layout)
    frame.sample_rate, at = RATE, round(starts * rate)
    for given in (frame, None):
        for part in resampler.resample(given):
            part.pts, part.time_base = at, Fraction(1, rate)
            at += part.samples
            yield from stream.encode(part)
    yield from stream.encode()


@pytest.fixture(scope="session")
def agreement() -> Callable[..., tuple[float, float, float, int]]:
    """Compares found ranges with known ones by time: precision, recall, overlap, longest ms wrongly cut."""

    def compare(found, known, duration_ms: int) -> tuple[float, float, float, int]:
        a, b = np.zeros((2, duration_ms), bool)
        for ranges, mask in ((found, a), (known, b)):
            for start, end in ranges:
                mask[start:end] = True
        both = float((a & b).sum())
        wrong = np.concatenate(([0], (a & ~b).astype(int), [0]))
        edges = np.flatnonzero(np.diff(wrong))
        longest = int(max((edges[1::2] - edges[::2]), default=0))
        return both / max(1, a.sum()), both / max(1, b.sum()), both / max(1, (a | b).sum()), longest

    return compare
