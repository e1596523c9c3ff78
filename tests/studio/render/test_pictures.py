"""Pictures of every shape on the canvas: turned, letterboxed, blended, drawn from files of many kinds."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from PIL import Image

if TYPE_CHECKING:
    from types import SimpleNamespace


def test_a_crossfade_is_half_and_half_in_the_middle(kit: SimpleNamespace) -> None:
    """Over an overlap of 20 frames the later clip's share grows evenly from 1/40 to 39/40."""
    for name, value in (("dark.png", 40), ("bright.png", 200)):
        Image.new("L", (160, 90), value).convert("RGB").save(kit.folder / name)
    segments = [
        kit.clip("dark.png", 0, 0, 1000),
        kit.clip("bright.png", 333, 0, 1000, transition={"type": "crossfade", "d": 667}),
    ]
    done = kit.make(kit.timeline(segments), crf=5)
    levels = [frame[20:70, 40:120].mean() for frame in kit.watched(done.path)]
    dark, bright = (16 + value * 219 / 255 for value in (40, 200))
    wanted = [dark + (bright - dark) * min(1, max(0, (2 * (n - 10) + 1) / 40)) for n in range(40)]
    assert levels == pytest.approx(wanted, abs=2.5)
    assert done.result.duration_ms == 1333


def test_both_ends_of_a_crossfade_play_on(kit: SimpleNamespace) -> None:
    """During the overlap both kept ends are shown moving; the timeline is shorter by its length."""
    name = kit.made("plain.mp4", frames=120, chirps=(0.2, 0.8, 1.5, 2.3, 3.1, 3.7))
    fade = {"type": "dissolve", "d": 500}
    done = kit.make(
        kit.timeline([kit.clip(name, 0, 0, 1000), kit.clip(name, 500, 2000, 3000, transition=fade)])
    )
    seen = kit.numbers(done.path)
    assert len(seen) == 45
    assert seen[:15] == list(range(15))
    assert seen[23:] == [60 + n - 15 for n in range(23, 45)]


@pytest.mark.parametrize(("degrees", "turned"), [(-90, 90), (90, 270), (180, 180)])
def test_a_phone_held_upright_is_shown_upright(kit: SimpleNamespace, degrees: int, turned: int) -> None:
    """The rotation that a file asks for is carried out: the code, drawn lying, can be read standing."""
    name = kit.made(f"turned{turned}.mp4", frames=10, rotate=degrees, audio=None, bframes=0)
    size = (160, 90) if turned == 180 else (90, 160)
    done = kit.make(kit.timeline([kit.clip(name, 0, 0, 333)], size=size))
    frames = kit.watched(done.path)
    assert frames[0].shape == (size[1], size[0])
    assert [kit.number(np.rot90(f, turned // 90)) for f in frames] == list(range(10))


def test_another_shape_gets_black_bars(kit: SimpleNamespace) -> None:
    """A square picture on a wide canvas stands in the middle, whole, with black at both sides."""
    name = kit.made("square.mp4", frames=5, size=(90, 90), audio=None)
    frame = kit.watched(kit.make(kit.timeline([kit.clip(name, 0, 0, 167)])).path)[2]
    assert frame[:, :33].max() <= 24
    assert frame[:, -33:].max() <= 24
    assert kit.number(frame[:, 35:125]) == 2


def test_pixels_that_are_not_square_are_stretched(kit: SimpleNamespace) -> None:
    """A 90x90 picture whose pixels are 16:9 fills a canvas of 16:9."""
    name = kit.made("anamorphic.mp4", frames=5, size=(90, 90), pixel=Fraction(16, 9), audio=None)
    assert kit.numbers(kit.make(kit.timeline([kit.clip(name, 0, 0, 167)])).path) == list(range(5))


@pytest.mark.parametrize("pix_fmt", ["yuv420p10le", "yuvj420p", "yuv444p"])
def test_other_pixel_formats_keep_their_brightness(kit: SimpleNamespace, pix_fmt: str) -> None:
    """Ten bits, full range and full colour arrive as they look, in limited range."""
    plain = kit.made("plain-few.mp4", frames=5, audio=None)
    name = kit.made(f"{pix_fmt}.mp4", frames=5, audio=None, pix_fmt=pix_fmt)
    one, other = (kit.watched(kit.make(kit.timeline([kit.clip(n, 0, 0, 167)])).path) for n in (plain, name))
    assert [kit.number(f) for f in other] == list(range(5))
    assert np.abs(one[3].astype(int) - other[3]).mean() < 3


def test_high_dynamic_range_becomes_ordinary(kit: SimpleNamespace) -> None:
    """What is white in a phone's HLG is white in the export, not grey."""
    transfer, white = 18, 721
    path = kit.folder / f"hdr{transfer}.mp4"
    with av.open(str(path), "w") as file:
        video = file.add_stream("libx264", rate=30)
        video.width, video.height, video.pix_fmt = 160, 90, "yuv420p10le"
        video.options = {"preset": "ultrafast"}
        context = video.codec_context
        context.color_range, context.colorspace, context.color_primaries, context.color_trc = (
            1,
            9,
            9,
            transfer,
        )
        for n in range(5):
            frame = av.VideoFrame(160, 90, "yuv420p10le")
            for plane, value in zip(frame.planes, (white, 512, 512), strict=True):
                np.frombuffer(plane, np.uint16)[:] = value
            frame.pts = n
            file.mux(video.encode(frame))
        file.mux(video.encode(None))
    frames = kit.watched(kit.make(kit.timeline([kit.clip(path.name, 0, 0, 167)])).path)
    assert frames[2].mean() == pytest.approx(235, abs=4)


def test_the_file_says_what_it_is(kit: SimpleNamespace) -> None:
    """H.264 High, yuv420p tagged BT.709, with AAC at 48 kHz in stereo, playable before it is whole."""
    name = kit.made("plain-few.mp4", frames=5, audio=None)
    done = kit.make(kit.timeline([kit.clip(name, 0, 0, 167)]), preset="veryfast")
    with av.open(str(done.path)) as file:
        video, sound = file.streams.video[0].codec_context, file.streams.audio[0].codec_context
        assert (video.name, video.profile, video.pix_fmt) == ("h264", "High", "yuv420p")
        assert (video.colorspace, video.color_primaries, video.color_trc, video.color_range) == (1, 1, 1, 1)
        assert (sound.name, sound.rate, sound.channels) == ("aac", 48_000, 2)
    data = done.path.read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")


def test_resolution_keeps_the_shape(kit: SimpleNamespace) -> None:
    """180p means 180 on the short side, the long one as the canvas has it."""
    name = kit.made("plain-few.mp4", frames=5, audio=None)
    done = kit.make(kit.timeline([kit.clip(name, 0, 0, 167)]), resolution="180p")
    assert (done.result.width, done.result.height) == (320, 180)
    assert kit.numbers(done.path) == list(range(5))


def test_a_picture_is_a_clip(kit: SimpleNamespace) -> None:
    """A png with transparent parts lasts as long as it is told to, on black."""
    picture = Image.new("RGBA", (160, 90), (255, 255, 255, 255))
    picture.paste((255, 0, 0, 0), (0, 0, 80, 90))
    picture.save(kit.folder / "half.png")
    frames = kit.watched(kit.make(kit.timeline([kit.clip("half.png", 0, 0, 500)])).path)
    assert len(frames) == 15
    assert frames[7][:, :70].max() <= 26
    assert frames[7][:, 90:].min() >= 225


def test_a_photograph_stands_upright(kit: SimpleNamespace) -> None:
    """The orientation that a camera noted in a jpeg is carried out."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees clockwise
    lying = Image.fromarray(np.rot90(kit.picture(1234, 160, 90)).copy())
    lying.convert("RGB").save(kit.folder / "photo.jpg", exif=exif, quality=95)
    assert kit.numbers(kit.make(kit.timeline([kit.clip("photo.jpg", 0, 0, 100)])).path) == [1234] * 3


@pytest.mark.parametrize("form", ["gif", "webp"])
def test_an_animation_plays_and_goes_round(kit: SimpleNamespace, form: str) -> None:
    """Each picture of an animation is shown for its time, and after the last comes the first."""
    pictures = [Image.fromarray(kit.picture(n, 160, 90)).convert("RGB") for n in (5, 6, 7)]
    path = kit.folder / f"moving.{form}"
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=100, loop=0)
    seen = kit.numbers(kit.make(kit.timeline([kit.clip(path.name, 0, 0, 500)])).path)
    assert seen == [n for n in (5, 6, 7, 5, 6) for _ in range(3)]
