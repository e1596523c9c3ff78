"""How loud a sound is to the ear: EBU R 128 (ITU-R BS.1770-4), measured by FFmpeg's own meter."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING

import av
import numpy as np
from av.filter import Graph

from .sound import RATE

if TYPE_CHECKING:
    from .sound import Samples

__all__ = ["LEAST_PEAK", "Loudness", "LoudnessMeter"]

LEAST_PEAK = -66.0
"""dBTP: what peaks lower counts as this, silence too; the meter tells peaks in thousandths of full scale."""

_SILENT = -69.9
"""LUFS: the standard's absolute gate. Nothing above it means that nothing was heard."""
_STEP = RATE // 10
"""The meter tells what it has found every 100 ms."""


@dataclass(frozen=True, slots=True)
class Loudness:
    """What the meter has found.

    `integrated` in LUFS, None where nothing is loud enough to count or less than 400 ms were heard;
    `true_peak` in dBTP (of the curve between the samples, four times oversampled); `range` in LU, 0 below
    three seconds.
    """

    integrated: float | None
    true_peak: float
    range: float


class LoudnessMeter:
    """Takes sound block by block, in constant memory: some 500 times as fast as it is played."""

    def __init__(self) -> None:
        self._graph = Graph()
        self._source = self._graph.add_abuffer(sample_rate=RATE, format="flt", layout="stereo")
        meter = self._graph.add("ebur128", "metadata=1:peak=true")
        sink = self._graph.add("abuffersink")
        self._source.link_to(meter)
        meter.link_to(sink)
        self._graph.configure()
        self._heard = 0
        self._told: dict[str, str] = {}

    def push(self, samples: Samples) -> None:
        """The next samples, (n, 2) at 48 kHz."""
        if not len(samples):
            return
        packed = np.ascontiguousarray(samples, np.float32).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(packed, format="flt", layout="stereo")
        frame.sample_rate, frame.pts = RATE, self._heard
        self._heard += len(samples)
        self._source.push(frame)
        self._pull()

    def finish(self) -> Loudness:
        """What was found in all that was pushed; nothing can be pushed afterwards."""
        # What is left of the last 100 ms counts too: silence fills them up.
        self.push(np.zeros((-self._heard % _STEP, 2), np.float32))
        self._source.push(None)
        self._pull()
        told = {key: float(self._told.get(f"lavfi.r128.{key}", "nan")) for key in ("I", "LRA", "true_peak")}
        long_enough = told["I"] > _SILENT and self._heard >= 4 * _STEP
        peak = told["true_peak"]
        return Loudness(
            round(told["I"], 2) if long_enough else None,
            round(max(LEAST_PEAK, 20 * log10(peak)), 2) if peak > 0 else LEAST_PEAK,
            told["LRA"] if told["LRA"] > 0 else 0.0,
        )

    def _pull(self) -> None:
        while True:
            try:
                frame = self._graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            if frame is not None and frame.metadata:
                self._told = dict(frame.metadata)
