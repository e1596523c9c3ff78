"""Files that lost something on their way: the rest stays in its time, and what is lost is said."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest
from clips import RATE, code_clip, found_chirps, number

from nemo_widgets.studio.media import probe
from nemo_widgets.studio.media.sound import SoundReader
from nemo_widgets.studio.media.video import VideoReader

if TYPE_CHECKING:
    from pathlib import Path

FRAMES, FPS = 240, 30
CHIRPS = [at + 0.5 for at in range(8)]
KINDS = {"mp4": ("libx264", "aac"), "mkv": ("libx264", "aac"), "ts": ("libx264", "aac"),
         "mpg": ("mpeg2video", "mp2"), "webm": ("libvpx", "libopus")}  # fmt: skip

LISTED = ("mp4", "gone")
"""The list of its pictures stands at its end, and tells of other places then: such a file is refused."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A clip of eight seconds in each format."""
    folder, found = tmp_path_factory.mktemp("damage"), {}
    for ending, (codec, sound) in KINDS.items():
        path = folder / f"whole.{ending}"
        code_clip(path, frames=FRAMES, fps=FPS, codec=codec, audio=sound, chirps=CHIRPS, layout="stereo")
        assert probe(path).notes == ()
        found[ending] = path.read_bytes()
    return found


@pytest.mark.parametrize(
    ("ending", "how"),
    [(ending, how) for ending in KINDS for how in ("zeros", "noise", "gone") if (ending, how) != LISTED],
)  # fmt: skip
def test_what_is_damaged_is_said_and_the_rest_stays_in_time(
    whole: dict[str, bytes], ending: str, how: str, tmp_path: Path
) -> None:
    """A twentieth in the middle that was overwritten or is gone: it is told, and nothing else moves."""
    data = bytearray(whole[ending])
    begin, long = len(data) // 2, len(data) // 20
    if how == "gone":
        del data[begin : begin + long]
    else:
        noise = np.random.default_rng(0).bytes(long)
        data[begin : begin + long] = noise if how == "noise" else bytes(long)
    (path := tmp_path / f"clip.{ending}").write_bytes(data)
    found = probe(path)
    assert found.duration_ms == pytest.approx(8000, abs=40)
    (note,) = found.notes
    assert re.fullmatch(r"missing or damaged in it: [\d.]+ s at [\d:.]+(, [\d.]+ s at [\d:.]+)?", note.en)
    places = [(float(at), float(long)) for long, at in re.findall(r"([\d.]+) s at 0:0([\d.]+)", note.en)]
    assert all(at > 2.5 and at + seconds < 6.5 for at, seconds in places)

    def is_lost(moment: float) -> bool:
        return any(at - 0.1 <= moment <= at + seconds + 0.1 for at, seconds in places)

    with VideoReader(path) as reader:
        seen = [number(reader.at(Fraction(4 * i + 1, 4 * FPS)).to_ndarray(format="gray"))
                for i in range(FRAMES)]  # fmt: skip
    wrong = [i / FPS for i, code in enumerate(seen) if code != i]
    assert all(is_lost(at) for at in wrong)
    with SoundReader(path) as sound:
        heard = found_chirps(sound.read(10 * RATE)[:, 0])
    for at in CHIRPS:
        near = min(abs(at - one) for one in heard)
        assert near < 0.02 or is_lost(at)
