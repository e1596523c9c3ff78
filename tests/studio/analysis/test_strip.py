"""A strip of pictures of a part of a clip."""

from __future__ import annotations

import base64
import io
from fractions import Fraction

import numpy as np
import pytest
from clips import code_clip, number
from PIL import Image

from nemo_widgets.studio.analysis import AnalysisCancelled, Unreadable
from nemo_widgets.studio.analysis.strip import find_strip, strip_png


def _picture(found) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(found["png"])))


def test_the_frames_are_those_of_the_range(tmp_path):
    """Six pictures lie evenly in the range; each shows the frame of its time, over words on a dark line."""
    clip = code_clip(tmp_path / "clip.mp4", frames=90, fps=Fraction(30))
    told: list[float] = []
    found = find_strip(clip, start_ms=600, end_ms=2400, progress=told.append)
    assert found["times"] == [750, 1050, 1350, 1650, 1950, 2250]
    assert told[-1] == 1.0
    with _picture(found) as picture:
        luma = np.asarray(picture.convert("L"))
    assert luma.shape == (110, 6 * 164 - 4)
    tiles = [luma[:, i * 164 : i * 164 + 160] for i in range(6)]
    assert [number(tile[:90]) for tile in tiles] == [round(ms * 0.03 - 0.01) for ms in found["times"]]
    for tile in tiles:
        assert (tile[92:] > 180).any()
        assert np.median(tile[92:]) < 60


def test_a_busy_strip_is_not_too_large():
    """Pictures that nothing can be said about shortly are coarser, then smaller: never above 100 kB."""
    random = np.random.default_rng(2)
    noise = [Image.fromarray(random.integers(0, 255, (90, 160, 3), np.uint8)) for _ in range(6)]
    assert len(strip_png(noise, range(6))) <= 100_000
    upright = [Image.new("RGB", (90, 160), (200, 30, 30))] * 3
    with Image.open(io.BytesIO(strip_png(upright, [0, 1500, 61_000]))) as picture:
        assert picture.size == (3 * 94 - 4, 180)


def test_what_can_not_be_shown_is_said(tmp_path):
    """A file that is no clip, and a stop, are told as every analysis does."""
    (tmp_path / "clip.mp4").write_bytes(b"nothing")
    with pytest.raises(Unreadable, match=r"^holiday has no picture at 0:00\.1 that can be read"):
        find_strip(tmp_path / "clip.mp4", start_ms=40, end_ms=160, frames=1, name="holiday")
    with pytest.raises(AnalysisCancelled):
        find_strip(tmp_path / "clip.mp4", start_ms=0, end_ms=100, cancelled=lambda: True)
