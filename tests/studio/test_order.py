"""Formats that tell when pictures are decoded, not when they are shown: each is seen in its time."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import av
import pytest
from clips import code_clip, found_chirps, number, watched
from containers import decoded_sound, exported, timeline_of

from nemo_widgets.draft import Draft
from nemo_widgets.studio.media import probe
from nemo_widgets.studio.media.order import Times

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("bframes", [0, 2])
@pytest.mark.parametrize("ending", ["wmv", "vob", "mpg"])
def test_pictures_are_seen_once_each_and_in_order(ending: str, bframes: int, tmp_path: Path) -> None:
    """H.264 in a WMV, or a VOB whose packets hold several pictures: none is lost, and sound keeps up."""
    path = tmp_path / f"clip.{ending}"
    code_clip(path, frames=90, fps=30, size=(96, 54), audio="mp2", chirps=[0.5, 2.5], bframes=bframes,
              layout="stereo")  # fmt: skip
    found = probe(path)
    assert (found.fps, found.duration_ms) == (30, pytest.approx(3000, abs=50))
    draft = timeline_of(path)
    film = exported(draft, tmp_path / "film.mp4", path)
    shown = [number(luma) for luma in watched(film)]
    assert shown[:90] == list(range(90))
    assert found_chirps(decoded_sound(film)) == pytest.approx([0.5, 2.5], abs=0.02)
    data = draft.data
    (segment,) = data["t"][0]["sg"]
    segment["d"], segment["m"] = 1000, {**segment["m"], "in": 2000, "out": 3000}
    data["d"] = 1000
    film = exported(Draft(data), tmp_path / "cut.mp4", path)
    assert [number(luma) for luma in watched(film)] == list(range(60, 90))
    assert found_chirps(decoded_sound(film)) == pytest.approx([0.5], abs=0.02)


def test_a_date_that_stands_twice_loses_no_picture(tmp_path: Path) -> None:
    """FFmpeg dates packets of a VOB, and takes one in some hundred for that of the picture before."""
    path = tmp_path / "clip.mpg"
    code_clip(path, frames=300, fps=30, size=(320, 180), codec="mpeg2video", audio="mp2", layout="stereo")
    film = exported(timeline_of(path), tmp_path / "film.mp4", path)
    assert [number(luma) for luma in watched(film)] == list(range(300))


@pytest.mark.parametrize("run", [1, 6, 15, 30])
def test_dates_that_are_guessed_lose_no_picture(run: int, tmp_path: Path) -> None:
    """A VOB of small pictures dates a few of them: those between may all be guessed a picture too late."""
    path = tmp_path / "clip.mpg"
    code_clip(path, frames=3, fps=30, size=(32, 16), codec="mpeg2video", audio=None)
    dates = [*range(10), *range(11, 11 + run), *range(10 + run, 60)]
    with av.open(str(path)) as file:
        times, tick = Times(file.streams.video[0]), 3000
        found = []
        for date in dates:
            frame = av.VideoFrame(32, 16, "yuv420p")
            frame.pts = date * tick
            found.append(times.of(frame))
    assert found == [n * tick for n in range(len(dates))]


def test_a_coarse_clock_keeps_the_order(tmp_path: Path) -> None:
    """Milliseconds are too coarse for 29.97 pictures a second; order and number are right all the same."""
    path = tmp_path / "clip.wmv"
    code_clip(path, frames=60, fps=Fraction(30_000, 1001), size=(96, 54), audio=None)
    assert probe(path).fps == Fraction(30_000, 1001)
    film = exported(timeline_of(path), tmp_path / "film.mp4", path)
    assert [number(luma) for luma in watched(film)] == list(range(60))
