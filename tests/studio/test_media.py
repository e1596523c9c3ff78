"""What a file is found to be, by its contents; and its poster."""

from __future__ import annotations

import wave
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
from PIL import Image

from nemo_widgets.studio.media import MAX_BYTES, MediaError, MediaInfo, poster, probe
from nemo_widgets.studio.media.sound import SoundReader

if TYPE_CHECKING:
    from pathlib import Path


def film(
    path: Path, *, frames: int = 30, fps: Fraction | int = 30, sound: str | None = "aac", **form: Any
) -> Path:
    """A clip 64x36 that is dark on its left and bright on its right, its top brighter from frame to frame."""
    with av.open(str(path), "w", format=form.get("format"), options=form.get("options", {})) as file:
        video = file.add_stream(form.get("codec", "libx264"), rate=fps)
        video.width, video.height, video.pix_fmt = 64, 36, "yuv420p"
        if "rotate" in form:
            video.set_display_rotation(form["rotate"])
        if "pixel" in form:
            video.codec_context.sample_aspect_ratio = form["pixel"]
        heard = file.add_stream(sound, rate=48_000, layout="stereo") if sound else None
        for i in range(frames):
            grey = np.full((36, 64), 40, np.uint8)
            grey[:, 32:] = 220
            grey[:12, :32] = i * 4 % 256
            frame = av.VideoFrame.from_ndarray(grey, "gray").reformat(format="yuv420p")
            frame.pts = i
            file.mux(video.encode(frame))
        file.mux(video.encode(None))
        if heard is not None:
            wave = np.zeros((2, int(48_000 * frames / fps)), np.float32)
            frame = av.AudioFrame.from_ndarray(wave, "fltp", "stereo")
            frame.sample_rate, frame.pts = 48_000, 0
            for turned in av.AudioResampler(heard.codec_context.format, "stereo", 48_000).resample(frame):
                file.mux(heard.encode(turned))
            file.mux(heard.encode(None))
    return path


def tone(path: Path, codec: str, seconds: float = 2.0) -> Path:
    with av.open(
        str(path), "w", format={"libmp3lame": "mp3", "aac": "ipod", "pcm_s16le": "wav"}[codec]
    ) as file:
        stream = file.add_stream(codec, rate=48_000, layout="mono")
        wave = 0.3 * np.sin(np.arange(int(48_000 * seconds)) / 10)[None].astype(np.float32)
        frame = av.AudioFrame.from_ndarray(wave, "fltp", "mono")
        frame.sample_rate, frame.pts = 48_000, 0
        for turned in av.AudioResampler(stream.codec_context.format, "mono", 48_000).resample(frame):
            file.mux(stream.encode(turned))
        file.mux(stream.encode(None))
    return path


def test_a_video_is_described(tmp_path: Path) -> None:
    """Size, length, rate and codecs of an ordinary clip are exact."""
    assert probe(film(tmp_path / "a.mp4")) == MediaInfo(
        "video", 1000, 64, 36, Fraction(30), has_audio=True, video_codec="h264", audio_codec="aac", rotation=0
    )


@pytest.mark.parametrize(
    "fps", [Fraction(24_000, 1001), 25, Fraction(30_000, 1001), Fraction(60_000, 1001), 50]
)
@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_rates_are_exact_fractions(tmp_path: Path, fps: Fraction | int, ending: str) -> None:
    """Even where the container counts in milliseconds, 29.97 is 30000/1001."""
    info = probe(film(tmp_path / f"a.{ending}", frames=48, fps=fps, sound=None))
    assert info.fps == fps
    assert info.duration_ms == pytest.approx(48_000 / fps, abs=1)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.webm", {"codec": "libvpx-vp9", "sound": "libopus"}),
        ("a.mov", {}),
        ("a.avi", {"sound": "libmp3lame"}),
    ],
)
def test_every_container_says_its_length(tmp_path: Path, name: str, form: dict[str, Any]) -> None:
    """A second is a second, in all of them."""
    info = probe(film(tmp_path / name, **form))
    assert (info.kind, info.duration_ms, info.has_audio) == ("video", 1000, True)


def test_a_recording_without_a_length_is_measured(tmp_path: Path) -> None:
    """What a browser records doesn't say how long it is: the packets do."""
    with (tmp_path / "live.webm").open("wb") as file:
        out = av.open(file, "w", format="webm", options={"live": "1"})
        video = out.add_stream("libvpx", rate=30)
        video.width, video.height = 64, 36
        for i in range(45):
            frame = av.VideoFrame(64, 36, "yuv420p")
            frame.pts = i
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
        out.close()
    assert probe(tmp_path / "live.webm").duration_ms == pytest.approx(1500, abs=2)


def test_a_turned_clip_has_the_size_it_is_seen_in(tmp_path: Path) -> None:
    """Rotation and pixels that are not square are in the size."""
    info = probe(film(tmp_path / "a.mp4", rotate=-90))
    assert (info.width, info.height, info.rotation) == (36, 64, 90)
    wide = probe(film(tmp_path / "b.mp4", pixel=Fraction(2)))
    assert (wide.width, wide.height) == (128, 36)


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mp3", "libmp3lame"), ("a.m4a", "aac"), ("a.wav", "pcm_s16le")]
)
def test_sound_is_sound(tmp_path: Path, name: str, codec: str) -> None:
    """Music files have a length and no picture."""
    info = probe(tone(tmp_path / name, codec))
    assert (info.kind, info.width, info.fps, info.has_audio) == ("audio", 0, None, True)
    assert info.duration_ms == pytest.approx(2000, abs=60)


def test_the_contents_count_not_the_name(tmp_path: Path) -> None:
    """Sound in a file named .mp4 is sound; a picture named .mp4 is a picture."""
    assert probe(tone(tmp_path / "song.mp4", "aac")).kind == "audio"
    Image.new("RGB", (30, 20)).save(tmp_path / "photo.mp4", format="PNG")
    assert probe(tmp_path / "photo.mp4") == MediaInfo("image", 0, 30, 20, video_codec="png")


def test_pictures_have_their_upright_size(tmp_path: Path) -> None:
    """A photograph taken upright is upright; an animated gif is a video."""
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 30)).save(tmp_path / "a.jpg", exif=exif)
    assert probe(tmp_path / "a.jpg") == MediaInfo("image", 0, 30, 40, video_codec="jpeg")
    frames = [Image.new("RGB", (40, 30), (value, 0, 0)) for value in (0, 90, 180)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:], duration=100)
    assert probe(tmp_path / "a.gif") == MediaInfo("video", 300, 40, 30, Fraction(10), video_codec="gif")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, "The file of “a.mp4” is missing."),
        (b"", "“a.mp4” is empty (0 bytes)."),
        (b"hello\n" * 99, "“a.mp4” is not a video, picture or sound: there is text in it."),
        ("你好，世界\n".encode() * 99, "“a.mp4” is not a video, picture or sound: there is text in it."),
        (
            b"#EXTM3U\n#EXTINF:5,\nfile:///etc/hostname\n",
            "“a.mp4” is not a video, picture or sound: there is text in it.",
        ),
        (bytes(range(256)) * 9, "“a.mp4” is not a video, picture or sound that can be read."),
        (
            b"\0\0\0\x18ftypmp42" + bytes(300),
            "“a.mp4” is damaged or was cut short: it can't be opened as a clip.",
        ),
    ],
)
def test_what_is_no_clip_is_refused_in_a_sentence(tmp_path: Path, data: bytes | None, sentence: str) -> None:
    """The sentence names the file and what is wrong with it; a playlist can't make us open other files."""
    if data is not None:
        (tmp_path / "a.mp4").write_bytes(data)
    with pytest.raises(MediaError) as refused:
        probe(tmp_path / "a.mp4")
    assert str(refused.value) == sentence


def test_a_poster_is_the_picture_of_its_moment(tmp_path: Path) -> None:
    """The frame shown at that moment, in the width asked for, never larger than the clip."""
    path = film(tmp_path / "a.mp4")
    picture = poster(path, at_ms=500, width=32)
    assert picture.size == (32, 18)
    assert picture.getpixel((4, 2))[1] == pytest.approx(60, abs=6)
    assert poster(path, at_ms=10**7).size == (64, 36)
    turned = poster(film(tmp_path / "b.mp4", rotate=-90), width=36)
    assert turned.size == (36, 64)
    assert turned.getpixel((18, 60))[0] > 200
    assert turned.getpixel((4, 4))[0] < 100


def test_sound_is_read_from_the_sample(tmp_path: Path) -> None:
    """Read from the middle, a file gives what it gives when read from its beginning."""
    path = tone(tmp_path / "a.m4a", "aac", 6.0)
    with SoundReader(path) as whole, SoundReader(path) as part:
        everything = whole.read(10 * 48_000)
        part.seek(200_001)
        piece = part.read(48_000)
        part.seek(1000)
        early = part.read(500)
    assert np.abs(piece - everything[200_001:248_001]).max() < 1e-4
    assert np.abs(early - everything[1000:1500]).max() < 1e-4


def test_the_limit_is_the_protocols() -> None:
    """500 MB."""
    assert MAX_BYTES == 524_288_000


def test_sound_of_no_length_is_refused(tmp_path: Path) -> None:
    """A recording that was stopped before it began is told now, not when it shall be played."""
    empty = tmp_path / "empty.wav"
    with wave.open(str(empty), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
    with pytest.raises(MediaError, match=r"“empty\.wav” has a sound track with nothing in it"):
        probe(empty)


@pytest.mark.parametrize("name", ["cut.mp4", "cut.mkv"])
def test_a_download_that_was_cut_short_is_as_long_as_its_pictures(tmp_path: Path, name: str) -> None:
    """What a file's head promises and its body does not hold is not counted, so that it can be exported."""
    whole = film(tmp_path / f"whole{name[3:]}", frames=300, sound=None, options={"movflags": "faststart"})
    cut = tmp_path / name
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size * 3 // 4])
    assert probe(whole).duration_ms == pytest.approx(10_000, abs=2)
    assert 100 < probe(cut).duration_ms < 9000


def test_an_animation_that_breaks_off_ends_there(tmp_path: Path) -> None:
    """A damaged gif shows the pictures that can be read, as in a browser."""
    rng = np.random.default_rng(0)
    frames = [Image.fromarray(rng.integers(0, 255, (60, 80, 3), np.uint8)) for _ in range(10)]
    whole = tmp_path / "whole.gif"
    frames[0].save(whole, save_all=True, append_images=frames[1:], duration=100)
    cut = tmp_path / "cut.gif"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size * 6 // 10])
    found = probe(cut)
    assert found.kind == "video"
    assert 300 <= found.duration_ms <= 700
