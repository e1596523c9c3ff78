"""The sentences that the made samples are spoken with: recorded, so that making them needs no voice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np

from .scripts import SCRIPTS, VOICES
from .voice import RATE, Spoken, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Samples = NDArray[np.float32]
    Places = dict[str, list[list[int]]]

__all__ = ["SENTENCES", "Track", "gaps", "lay", "record", "sentences"]

SENTENCES = Path(__file__).parent / "sentences.ogg"
"""All sentences of all scripts, one after the other; where each is heard is in truth.json."""

_MS = RATE // 1000
_BETWEEN_MS = 200
_BIT_RATE = 16_000
_INAUDIBLE = 10 ** (-54 / 20)
"""Mean square root of 5 ms, 34 dB below speech: a quiet room is hardly softer."""
_PAUSE_MS = 500
"""Shorter gaps between sentences are breaths, not pauses."""


@dataclass(frozen=True, slots=True)
class Track:
    """Speech at its places: mono float32 samples at 48 kHz, digital silence between the sentences."""

    samples: Samples
    spoken: tuple[Spoken, ...]


def record(path: Path) -> Places:
    """Speak all sentences into an Ogg file; where each is heard, [start, end] in ms, by script.

    Raises:
        MissingVoice: espeak-ng is not installed.
    """
    parts: list[Samples] = []
    places: Places = {}
    at = 0
    for name, lines in SCRIPTS.items():
        places[name] = []
        for line in lines:
            sentence = _heard(say(line.text, VOICES[name]))
            length = -(-len(sentence) // _MS)
            places[name].append([at, at + length])
            parts.append(np.pad(sentence, (0, (length + _BETWEEN_MS) * _MS - len(sentence))))
            at += length + _BETWEEN_MS
    with av.open(str(path), "w", format="ogg") as out:
        stream = out.add_stream("libopus", rate=RATE, layout="mono", options={"application": "audio"})
        stream.bit_rate = _BIT_RATE
        frame = av.AudioFrame.from_ndarray(np.concatenate(parts)[None], format="fltp", layout="mono")
        frame.sample_rate = RATE
        resampler = av.AudioResampler(format=stream.format, layout="mono", rate=RATE, frame_size=960)
        for given in (frame, None):
            for part in resampler.resample(given):
                out.mux(stream.encode(part))
        out.mux(stream.encode())
    return places


def _heard(sentence: Samples) -> Samples:
    """A sentence without what nobody hears at its ends: an s dies away for a tenth of a second."""
    step = 5 * _MS
    power = np.mean(sentence[: len(sentence) // step * step].reshape(-1, step) ** 2, axis=1)
    loud = np.flatnonzero(power > _INAUDIBLE**2)
    return sentence[loud[0] * step : (loud[-1] + 1) * step]


@cache
def sentences(name: str) -> tuple[Samples, ...]:
    """The sentences of a script as they were recorded, in order."""
    truth = json.loads((SENTENCES.parent / "truth.json").read_text(encoding="utf-8"))
    whole = _everything()
    return tuple(whole[start * _MS : end * _MS] for start, end in truth["sentences"][name])


@cache
def _everything() -> Samples:
    with av.open(str(SENTENCES)) as file:
        return np.concatenate([frame.to_ndarray()[0] for frame in file.decode(audio=0)])


def lay(name: str, starts_ms: Iterable[int], length_ms: int) -> Track:
    """A script's sentences, each at its moment, in a track of a given length."""
    samples = np.zeros(length_ms * _MS, np.float32)
    spoken = []
    for line, sentence, start_ms in zip(SCRIPTS[name], sentences(name), starts_ms, strict=True):
        start = start_ms * _MS
        samples[start : start + len(sentence)] = sentence
        spoken.append(Spoken(line.text, start, start + len(sentence)))
    return Track(samples, tuple(spoken))


def gaps(spoken: Sequence[Spoken], length_ms: int) -> list[list[int]]:
    """Where nobody speaks for half a second or more, before and after the sentences included; in ms."""
    said = [(s.start // _MS, s.end // _MS) for s in spoken]
    edges = [0, *(edge for pair in said for edge in pair), length_ms]
    return [[a, b] for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= _PAUSE_MS]
