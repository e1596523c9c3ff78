"""Recordings whose clock went on while nothing was recorded, and those in which only nothing moved."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import pytest
from clips import code_clip
from containers import uploaded

from nemo_widgets.studio.media import extent

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = {"mkv": "matroska", "ts": "mpegts", "mp4": "mp4", "flv": "flv"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds of pictures and sound."""
    folder = tmp_path_factory.mktemp("pauses")
    return code_clip(folder / "whole.mp4", frames=120, fps=30, chirps=(0.5, 2.5), layout="stereo")


def _paused(source: Path, target: Path, *pauses: tuple[float, float], kinds: str = "video audio") -> Path:
    """The film with so many seconds more on the clock of these kinds of streams, from these moments on."""
    with av.open(str(source)) as read, av.open(str(target), "w", format=FORMATS[target.suffix[1:]]) as out:
        streams = [out.add_stream_from_template(stream) for stream in read.streams]
        packets = [packet for packet in read.demux() if packet.dts is not None]
        for packet in sorted(packets, key=lambda p: p.dts * p.time_base):
            late = sum(long for at, long in pauses if packet.pts * packet.time_base >= at)
            if packet.stream.type in kinds:
                move = round(Fraction(late) / packet.time_base)
                packet.pts, packet.dts = packet.pts + move, packet.dts + move
            packet.stream = streams[packet.stream.index]
            out.mux(packet)
    return target


def _as(size: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take a file for one of this size: of a large one not all of the sound is read."""
    monkeypatch.setattr(extent, "_SMALL", 0 if size == "large" else 1 << 30)
    monkeypatch.setattr(extent, "_TAIL_S", 1)


@pytest.mark.parametrize("size", ["small", "large"])
@pytest.mark.parametrize("ending", FORMATS)
def test_a_pause_of_the_clock_is_told(
    ending: str, size: str, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When it was and how long, in a file of any size; the last picture stands meanwhile."""
    _as(size, monkeypatch)
    media = uploaded(_paused(whole, tmp_path / f"paused.{ending}", (1, 3), (2, 5)))
    assert media.duration_ms == pytest.approx(12_000, abs=70)
    (note,) = media.notes
    assert note.en.startswith("nothing was recorded for ")
    assert note.en.endswith(": the last picture stands meanwhile")
    told = re.findall(r"for ([\d.]+) s at 0:([\d.]+)", note.en)
    assert [float(number) for row in told for number in row] == pytest.approx([3, 1, 5, 5], abs=0.15)
    assert "没有录制" in note.zh


@pytest.mark.parametrize("size", ["small", "large"])
@pytest.mark.parametrize("ending", FORMATS)
def test_a_recording_in_which_nothing_moves_is_not_called_paused(
    ending: str, size: str, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slides with a talk, and recordings of a screen without sound, have pictures when there are new ones."""
    _as(size, monkeypatch)
    times = [Fraction(0), Fraction(1, 30), Fraction(4), Fraction(4) + Fraction(1, 30), Fraction(9)]
    for audio in ("aac", None):
        path, rate = tmp_path / f"slides-{audio}.mp4", Fraction(1, 2)
        slides = code_clip(path, frames=5, fps=rate, audio=audio, times=times.__getitem__)
        media = uploaded(_paused(slides, tmp_path / f"slides-{audio}.{ending}"))
        assert not [note.en for note in media.notes if "recorded" in note.en]
    still = uploaded(_paused(whole, tmp_path / f"silent.{ending}", (1, 1.5), kinds="audio"))
    assert not [note.en for note in still.notes if "recorded" in note.en]
