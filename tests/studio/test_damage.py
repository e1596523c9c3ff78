"""Files that lost something on their way: the rest stays in its time, and what is lost is said."""

from __future__ import annotations

import io
import re
from collections import deque
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
from clips import RATE, code_clip, found_chirps, number
from growth import assert_linear, pumped

from nemo_widgets.studio.media import probe
from nemo_widgets.studio.media.sound import SoundReader
from nemo_widgets.studio.media.sound_frames import adts_frames, mpeg_frames
from nemo_widgets.studio.media.video import VideoReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FRAMES, FPS = 240, 30
CHIRPS = [at + 0.5 for at in range(8)]
KINDS = {"mp4": ("libx264", "aac"), "mkv": ("libx264", "aac"), "ts": ("libx264", "aac"),
         "mpg": ("mpeg2video", "mp2"), "webm": ("libvpx", "libopus"), "flv": ("libx264", "aac")}  # fmt: skip
SOUNDS = {"mp3": "mp3", "aac": "aac", "flac": "flac", "opus": "libopus", "m4a": "aac"}
UNSEEN = {("m4a", "noise"), ("m4a", "gone"), ("m4a", "cut"), ("aac", "cut")}
"""AAC has no marks of its own: in an M4A noise looks like it. Where its list is gone, it is refused; AAC
alone says nowhere how long it is."""


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
    [(ending, how) for ending in KINDS for how in ("zeros", "noise", "gone")],
)
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


@pytest.mark.parametrize(("how", "note"), [("zeros", "0.3 s at 0:04"), ("gone", "at 0:04")])
def test_what_is_damaged_in_a_large_avi_is_said(
    how: str, note: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the sounds are not read with the pictures its list tells what is not at its place."""
    monkeypatch.setattr("nemo_widgets.studio.media.extent._SMALL", 1000)
    path = tmp_path / "clip.avi"
    code_clip(path, frames=FRAMES, fps=FPS, codec="mjpeg", audio="pcm_s16le", pix_fmt="yuvj420p",
              size=(480, 270))  # fmt: skip
    assert probe(path).notes == ()
    with av.open(str(path)) as file:
        index = file.streams.video[0].index_entries
        begin, end = index[120].pos + 99, index[129].pos + 2000
    data = path.read_bytes()
    path.write_bytes(data[:begin] + (bytes(end - begin) if how == "zeros" else b"") + data[end:])
    (found,) = probe(path).notes
    assert found.en == f"missing or damaged in it: {note}"


def write_sound(path: Path, codec: str, wave: np.ndarray) -> None:
    """Writes a mono file of sound."""
    with av.open(str(path), "w") as file:
        stream = file.add_stream(codec, rate=RATE, layout="mono")
        samples = (wave * 16000).astype(np.int16)[None]
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate, frame.pts = RATE, 0
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            file.mux(packet)


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Eight seconds of sound alone in each format."""
    folder, found = tmp_path_factory.mktemp("heard"), {}
    for ending, codec in SOUNDS.items():
        path = folder / f"whole.{ending}"
        write_sound(path, codec, np.sin(np.arange(8 * RATE) / 20))
        assert probe(path).notes == ()
        found[ending] = path.read_bytes()
    return found


@pytest.mark.parametrize(
    ("ending", "how"),
    [(e, how) for e in SOUNDS for how in ("zeros", "noise", "gone", "cut") if (e, how) not in UNSEEN],
)
def test_what_is_damaged_is_said_of_sound_alone(
    heard: dict[str, bytes], ending: str, how: str, tmp_path: Path
) -> None:
    """A tenth in the middle that was overwritten or is gone, and an end that never came."""
    data = bytearray(heard[ending])
    begin, long = len(data) // 2, len(data) // 10
    match how:
        case "gone":
            del data[begin : begin + long]
        case "cut":
            del data[begin:]
        case _:
            data[begin : begin + long] = (
                np.random.default_rng(0).bytes(long) if how == "noise" else bytes(long)
            )
    (path := tmp_path / f"voice.{ending}").write_bytes(data)
    (note,) = probe(path).notes
    if how == "cut":
        told = re.fullmatch(r"the file is cut off at 0:0([\d.]+)", note.en)
    else:
        told = re.fullmatch(r"missing or damaged in it: (?:[\d.]+ s )?at 0:0([\d.]+)", note.en)
    assert told
    assert float(told[1]) == pytest.approx(4, abs=0.7)


@pytest.mark.parametrize("between", [b"ID3\4\0\0\0\0\0\x0a" + bytes(10), b"TAG" + b"song".ljust(125)])
def test_tags_between_the_frames_of_a_song_are_no_damage(
    heard: dict[str, bytes], between: bytes, tmp_path: Path
) -> None:
    """Some programs put what is playing into an MP3 while it is sent."""
    data = heard["mp3"]
    place = next(at for at, _ in mpeg_frames(io.BytesIO(data), 0, len(data)) if at > len(data) // 2)
    (path := tmp_path / "radio.mp3").write_bytes(data[:place] + between + data[place:])
    assert probe(path).notes == ()


@pytest.mark.parametrize("frames", [adts_frames, mpeg_frames])
@pytest.mark.parametrize(
    "unit", [b"\xff\xfb\x90\x64", b"\xff\xf1\x50\x80\x01\x1f\xfc", b"\xff", b"\xff\xfb", b"\0"]
)
def test_looking_for_the_frames_of_a_sound_costs_no_more_than_its_size(
    frames: Callable[..., Iterator[Any]], unit: bytes
) -> None:
    """Bytes that look like heads, or might be the beginning of one."""
    assert_linear(lambda data: deque(frames(io.BytesIO(data), 0, len(data)), 0), pumped(unit))
