"""The lesson's spoken sentences, and the exact places where nothing is spoken."""

from __future__ import annotations

import io
import shutil
import subprocess
import wave
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

__all__ = ["LESSON", "RATE", "Lesson", "MissingVoice", "Spoken", "say", "speak"]

RATE = 48_000
_VOICE = ("-v", "en-us+f3", "-s", "155", "-p", "42", "-a", "90")
_LEVEL = 0.1
"""The speech's mean square root: -20 dB, a usual level for talk."""
_INAUDIBLE = 10 ** (-50 / 20)
"""What espeak puts before and after a sentence stays below this part of the sentence's peak."""

LESSON = (
    ("Let's make a short video together.", 1400),
    ("First, choose one clear idea.", 250),
    ("One idea is enough for one minute.", 1900),
    ("Then film three simple shots.", 1200),
    ("Keep the camera still,", 250),
    ("and let the light do the work.", 2400),
    ("Cut every pause that does not help.", 1400),
    ("Add a title, and soft music.", 300),
    ("Then share it with a friend.", 1000),
)
"""Each sentence and how many ms nobody speaks after it."""
_BEFORE_MS = 800


class MissingVoice(Exception):
    """espeak-ng, which speaks the lesson, is not installed."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence and where it is heard, in samples at 48 kHz."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """The whole lesson: mono float32 samples at 48 kHz, and its sentences in order."""

    samples: Samples
    spoken: tuple[Spoken, ...]


def speak() -> Lesson:
    """Speak the lesson: every sentence by itself, so that it is known to the sample where silence is.

    Raises:
        MissingVoice: espeak-ng is not installed.
    """
    parts = [np.zeros(_samples(_BEFORE_MS), np.float32)]
    at, spoken = len(parts[0]), []
    for text, pause_ms in LESSON:
        sentence = say(text)
        spoken.append(Spoken(text, at, at + len(sentence)))
        parts += [sentence, np.zeros(_samples(pause_ms), np.float32)]
        at += len(parts[-1]) + len(sentence)
    return Lesson(np.concatenate(parts), tuple(spoken))


def say(text: str, how: Sequence[str] = _VOICE) -> Samples:
    """One sentence at 48 kHz, without the silence that espeak puts around it, at the lesson's level.

    Raises:
        MissingVoice: espeak-ng is not installed.
    """
    program = shutil.which("espeak-ng")
    if program is None:
        raise MissingVoice(
            "Making the samples needs the program espeak-ng, which speaks the lesson: install it first."
        )
    said = subprocess.run([program, *how, "--stdout", text], capture_output=True, check=True).stdout  # noqa: S603 - a fixed program and our own words
    with wave.open(io.BytesIO(said)) as file:
        rate = file.getframerate()
    counts = np.frombuffer(said[44:], "<i2")  # espeak can't know the length that the header should tell
    raw: Samples = (counts / 32768).astype(np.float32)
    sound = _resampled(raw, rate)
    heard = np.flatnonzero(np.abs(sound) > np.abs(sound).max() * _INAUDIBLE)
    sound = sound[heard[0] : heard[-1] + 1]
    spoken: Samples = (sound * (_LEVEL / np.sqrt(np.mean(sound**2)))).astype(np.float32)
    return spoken


def _resampled(sound: Samples, rate: int) -> Samples:
    import av

    frame = av.AudioFrame.from_ndarray(sound[None], format="fltp", layout="mono")
    frame.sample_rate = rate
    resampler = av.AudioResampler(format="fltp", layout="mono", rate=RATE)
    return np.concatenate(
        [part.to_ndarray()[0] for given in (frame, None) for part in resampler.resample(given)]
    )


def _samples(ms: int) -> int:
    return ms * RATE // 1000
