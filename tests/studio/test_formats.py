"""Films and sounds in whatever format FFmpeg writes here: none is refused for its name, all can be used."""

from __future__ import annotations

import struct
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
from clips import RATE, chirp, found_chirps, heard, number, picture
from PIL import Image

from nemo_widgets.client.file_checks import check
from nemo_widgets.errors import UnsupportedFile
from nemo_widgets.studio.errors import Refused
from nemo_widgets.studio.media import MediaError, probe
from nemo_widgets.studio.media.still import StillReader
from nemo_widgets.studio.media.video import VideoReader
from nemo_widgets.studio.receive import Sink, check_name

if TYPE_CHECKING:
    from pathlib import Path

TTML = "http://www.w3.org/ns/ttml"
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
    with pytest.raises(MediaError, match=rf"^“photo\.jpg” is {what} picture, .* Save it as PNG or JPEG, and"):
        probe(path)


@pytest.mark.parametrize(
    "text",
    [
        "1\n00:00:00,500 --> 00:00:01,500\nHello\n",
        "00:00.500 --> 00:01.500\nHello\n",
        "WEBVTT\n\n00:00.500 --> 00:01.500\nHello\n",
        "[Script Info]\n\n[Events]\nDialogue: 0,0:00:00.50,0:00:01.50,,,0,0,0,,Hello\n",
        "0:00:00.500,0:00:01.500\nHello\n",
        "[ti:A song]\n[00:00.50]Hello\n[00:01.50]\n",
        f'<?xml version="1.0"?>\n<tt xmlns="{TTML}"><p begin="0.5s" end="1.5s">Hello</p></tt>',
    ],
    ids=["srt", "unnumbered", "vtt", "ass", "sbv", "lrc", "ttml"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["talk.txt", "talk"])
def test_subtitles_are_used_whatever_text_they_are_called(
    text: str, encoding: str, name: str, tmp_path: Path
) -> None:
    """Their times show that they are subtitles, and it is said that they were taken for them."""
    (path := tmp_path / name).write_text(text, encoding=encoding)
    assert check(path, 10**9, studio=True).media_type.startswith(("text/", "application/ttml"))
    check_name(name, path.read_bytes())
    info = probe(path)
    assert (info.kind, info.duration_ms) == ("text", 1500)
    assert info.notes[0].en == "there are times in its text, so it is used as subtitles"


def test_text_without_times_is_refused_as_that(tmp_path: Path) -> None:
    """A shopping list is no subtitles, which is the reason that is said; no film is either."""
    (path := tmp_path / "list.txt").write_text("milk\n2 eggs\n00:15 be home\n")
    with pytest.raises(UnsupportedFile, match="there is text in it, without times of subtitles"):
        check(path, 10**9, studio=True)
    (path := tmp_path / "talk.mp4").write_text("1\n00:00:00,500 --> 00:00:01,500\nHello\n")
    with pytest.raises(UnsupportedFile, match=r"named \.mp4 but holds text.*rename it to \.srt"):
        check(path, 10**9, studio=True)


def _tiff(*tags: tuple[int, int], order: str = "<") -> bytes:
    """A TIFF's beginning with these tags, each of a number."""
    head = b"II*\0" if order == "<" else b"MM\0*"
    rows = b"".join(struct.pack(f"{order}HHII", tag, 4, 1, value) for tag, value in tags)
    return head + struct.pack(f"{order}IH", 8, len(tags)) + rows + bytes(300)


UNREAD = {
    "exr": (b"v/1\x01\x02", "OpenEXR"),
    "dpx": (b"XPDS\0\0", "DPX"),
    "jxl": (b"\xff\x0a\xfa\x1f", "JPEG XL"),
    "hdr": (b"#?RADIANCE\n", "Radiance"),
    "psb": (b"8BPS\0\x02", "Photoshop"),
    "svg": (b'<?xml version="1.0"?>\n<svg width="4">', "SVG"),
    "eps": (b"%!PS-Adobe", "EPS"),
    "pdf": (b"%PDF-1.7", "PDF"),
    "cr2": (b"II*\0\x10\0\0\0CR\2\0", "raw"),
    "cr3": (b"\0\0\0\x18ftypcrx \0\0\0\1", "raw"),
    "raf": (b"FUJIFILMCCD-RAW 0201", "raw"),
    "dng": (_tiff((254, 0), (50706, 0x01040000)), "raw"),
    "nef": (_tiff((254, 1), (330, 900), order=">"), "raw"),
    "mid": (b"MThd\0\0\0\x06", "notes"),
}


@pytest.mark.parametrize("ending", UNREAD)
def test_what_is_not_read_is_called_what_it_is_under_any_name(ending: str, tmp_path: Path) -> None:
    """By its first bytes, by its name, and by a server, too; one way out is named."""
    head, what = UNREAD[ending]
    for name in (f"a.{ending}", "a.png", "a.mp4", "a"):
        (path := tmp_path / name).write_bytes(head + bytes(300))
        with pytest.raises(UnsupportedFile, match=what) as told:
            check(path, 10**9, studio=True)
        assert (told.value.hint or "").endswith("upload that.")
        with pytest.raises(Refused, match=rf"{what}.*upload that\."):
            check_name(name, path.read_bytes())
    (path := tmp_path / f"empty.{ending}").write_bytes(bytes(300))
    with pytest.raises(UnsupportedFile, match=what):
        check(path, 10**9)


def test_an_ordinary_tiff_is_no_cameras_raw_picture(tmp_path: Path) -> None:
    """Its tags are those of any picture."""
    for mode in ("RGB", "L", "I;16", "CMYK"):
        Image.new(mode, (16, 9)).save(path := tmp_path / f"{mode.replace(';', '')}.tif")
        assert check(path, 10**9, studio=True).media_type == "image/tiff"
        assert probe(path).kind == "image"
