"""Films and sounds in whatever format FFmpeg writes here: none is refused for its name, all can be used."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
from clips import RATE, chirp, found_chirps, heard, number, picture
from PIL import Image

from nemo_widgets.client.file_checks import check
from nemo_widgets.studio.errors import Refused
from nemo_widgets.studio.media import MediaError, probe
from nemo_widgets.studio.media.still import StillReader
from nemo_widgets.studio.media.video import VideoReader
from nemo_widgets.studio.receive import Sink

if TYPE_CHECKING:
    from pathlib import Path

SOUNDS = [
    ("weba", "webm", "libopus"), ("opus", "ogg", "libopus"), ("oga", "ogg", "flac"), ("ogg", "ogg", "vorbis"),
    ("mp2", "mp2", "mp2"), ("ac3", "ac3", "ac3"), ("eac3", "eac3", "eac3"), ("ec3", "eac3", "eac3"),
    ("aif", "aiff", "pcm_s16be"), ("aiff", "aiff", "pcm_s16be"), ("aifc", "aiff", "pcm_s16be"),
    ("caf", "caf", "alac"), ("mka", "matroska", "ac3"), ("m4b", "ipod", "aac"), ("m4r", "ipod", "aac"),
    ("m4a", "ipod", "alac"), ("au", "au", "pcm_s16be"), ("snd", "au", "pcm_s16be"), ("tta", "tta", "tta"),
    ("wv", "wv", "wavpack"), ("w64", "w64", "pcm_s16le"), ("voc", "voc", "pcm_u8"), ("wma", "asf", "wmav2"),
    ("loas", "latm", "aac"), ("3gp", "3gp", "aac"),
]  # fmt: skip
FILMS = [
    ("3gp", "3gp", "mpeg4"), ("3g2", "3g2", "mpeg4"), ("mpg", "mpeg", "mpeg1video"),
    ("vob", "vob", "mpeg2video"), ("m2ts", "mpegts", "libx264"), ("mts", "mpegts", "libx264"),
    ("asf", "asf", "wmv2"), ("wmv", "asf", "wmv2"), ("flv", "flv", "flv"), ("f4v", "f4v", "libx264"),
    ("ogv", "ogg", "libvpx"), ("mxf", "mxf", "mpeg2video"), ("nut", "nut", "mpeg4"), ("ivf", "ivf", "libvpx"),
    ("wtv", "wtv", "mpeg2video"), ("insv", "mp4", "libx264"), ("qt", "mov", "libx264"),
    ("h264", "h264", "libx264"), ("m2v", "mpeg2video", "mpeg2video"), ("mk3d", "matroska", "ffv1"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "form", "codec"), SOUNDS, ids=lambda value: value)
def test_a_sound_of_any_format_is_heard(name: str, form: str, codec: str, tmp_path: Path) -> None:
    """It is taken by its name, is sound, as long as it is, and heard in its time."""
    path = tmp_path / f"talk.{name}"
    layout = "stereo" if codec in ("wmav2", "vorbis") else "mono"
    with av.open(str(path), "w", format=form) as file:
        stream = file.add_stream(codec, rate=RATE, layout=layout, options={"strict": "-2"})
        wave = np.zeros(RATE, np.float32)
        wave[RATE // 2 :][: chirp().size] = chirp()
        frame = av.AudioFrame.from_ndarray(wave[None], "flt", "mono")
        frame.sample_rate, frame.pts, frame.time_base = RATE, 0, Fraction(1, RATE)
        context: Any = stream.codec_context
        if codec == "wmav2":
            context.bit_rate = 128_000
        resampler = av.AudioResampler(context.format, layout, RATE, frame_size=context.frame_size or 1024)
        for turned in [*resampler.resample(frame), *resampler.resample(None)]:
            file.mux(stream.encode(turned))
        file.mux(stream.encode(None))
    assert check(path, 10**9, studio=True)
    info = probe(path)
    assert info.kind == "audio"
    assert info.duration_ms == pytest.approx(1000, abs=60)
    # Not every format tells of the run-up that an encoder puts before the sound.
    assert found_chirps(heard(path)) == pytest.approx([0.5], abs=0.05)


@pytest.mark.parametrize(("name", "form", "codec"), FILMS, ids=lambda value: value)
def test_a_film_of_any_format_is_seen(name: str, form: str, codec: str, tmp_path: Path) -> None:
    """It is taken by its name, is a film, as long as it is, and each picture is seen in its time."""
    path = tmp_path / f"walk.{name}"
    with av.open(str(path), "w", format=form) as file:
        video = file.add_stream(codec, rate=25)
        video.width, video.height, video.pix_fmt, video.bit_rate = 96, 54, "yuv420p", 4_000_000
        for i in range(25):
            frame = av.VideoFrame.from_ndarray(picture(i, 96, 54), "gray").reformat(format="yuv420p")
            frame.pts, frame.time_base = i, Fraction(1, 25)
            file.mux(video.encode(frame))
        file.mux(video.encode(None))
    assert check(path, 10**9, studio=True)
    info = probe(path)
    assert (info.kind, info.duration_ms, info.fps) == ("video", 1000, 25)
    with VideoReader(path) as reader:
        shown = [number(reader.at(Fraction(k, 25)).to_ndarray(format="gray")) for k in (*range(25), 7)]
    assert shown == [*range(25), 7]


@pytest.mark.parametrize("name", ["bmp", "tiff", "jp2", "ppm", "qoi", "avif", "jfif", "apng", "tga", "ico"])
def test_a_picture_of_any_format_is_seen(name: str, tmp_path: Path) -> None:
    """A picture that Pillow reads is taken by its name and shown in its colours."""
    path = tmp_path / f"photo.{name}"
    form = {"jfif": "JPEG", "apng": "PNG"}.get(name)
    Image.new("RGB", (64, 64 if name == "ico" else 48), (200, 60, 30)).save(path, format=form)
    assert check(path, 10**9, studio=True)
    assert (probe(path).kind, probe(path).width) == ("image", 64)
    with StillReader(path) as still:
        assert np.abs(np.subtract(still.at(Fraction(0)).getpixel((30, 20)), (200, 60, 30))).max() <= 3


@pytest.mark.parametrize("name", ["holiday", "holiday.final", "clip.part"])
def test_a_name_that_says_nothing_is_no_reason(name: str, tmp_path: Path) -> None:
    """What is a film by its first bytes is taken, whatever it is called; what is none is not."""
    path, kept = tmp_path / name, tmp_path / "kept"
    with av.open(str(path), "w", format="mp4") as file:
        video = file.add_stream("libx264", rate=25)
        video.width, video.height, video.pix_fmt = 64, 36, "yuv420p"
        file.mux(video.encode(av.VideoFrame(64, 36, "yuv420p")))
        file.mux(video.encode(None))
    assert check(path, 10**9, studio=True).media_type == "video/mp4"
    assert probe(path).kind == "video"
    sink = Sink(kept, name, 10**9)
    sink.write(path.read_bytes())
    assert sink.finish().size == path.stat().st_size
    sink = Sink(tmp_path / "other", name, 10**9)
    with pytest.raises(Refused, match="of no supported type"):
        sink.write(b"PK\3\4" * 100)
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"\xff\x0a\xfa\x1f", "a JPEG XL"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", "a JPEG XL"),
        (b"SDPX\0\0", "a DPX"),
        (b"v/1\x01\x02", "an OpenEXR"),
    ],
)
def test_a_picture_that_is_not_read_is_called_what_it_is(head: bytes, what: str, tmp_path: Path) -> None:
    """A picture that is called .jpg is refused by its right name, and it is said what to do."""
    (path := tmp_path / "photo.jpg").write_bytes(head + bytes(300))
    with pytest.raises(MediaError, match=rf"^“photo\.jpg” is {what} picture, .* save it as PNG or JPEG\.$"):
        probe(path)
