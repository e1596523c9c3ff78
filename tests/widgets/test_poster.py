"""Posters and sheets of media files."""

from __future__ import annotations

import base64
import io
import sys
import wave
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from nemo_widgets.widgets import MediaSheet, media_sheet_png, poster_png
from nemo_widgets.widgets.lettering import fitted
from nemo_widgets.widgets.poster import STRIP, film_high
from nemo_widgets.widgets.stills import Look, look

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGBA")


@pytest.fixture
def tone(tmp_path: Path) -> Path:
    path = tmp_path / "tone.wav"
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(bytes(2 * 8000 * 5))
    return path


def test_a_film_shows_the_asked_frame(make_clip: Callable[..., Path]) -> None:
    """The still is the frame at that time, and stands at its own shape with a strip below."""
    for ms, red in ((0, 20), (1000, 50), (2000, 80)):
        image = opened(poster_png(make_clip(), at_ms=ms))
        assert image.size == (640, 360 + STRIP)
        assert abs(image.getpixel((40, 40))[0] - red) < 14
    found = look(make_clip())
    assert found.words("clip.mp4") == "clip.mp4 · 0:03 · 320×180"


def test_a_film_that_is_named_like_a_picture_is_a_film(
    make_clip: Callable[..., Path], tmp_path: Path
) -> None:
    """The contents count, not the name: the studio takes such a file, so its card shows it."""
    named = tmp_path / "film.gif"
    named.write_bytes(make_clip().read_bytes())
    assert (look(named).kind, look(named).width) == ("video", 320)
    assert look(named).picture is not None


@pytest.mark.parametrize(
    ("shape", "high"),
    [((1920, 1080), 360), ((1080, 1920), 480), ((640, 480), 480), ((4000, 500), 160), ((0, 0), 360)],
)
def test_a_film_of_any_shape_has_a_sensible_box(shape: tuple[int, int], high: int) -> None:
    """The height follows the film's shape, but is no tower and no slit; unknown shapes have one, too."""
    assert film_high(Look("video", 0, *shape)) == high


SCENES = {
    "fades in and out": [(0, 1.5, 3), (3, 3, 4), (3, 0, 3)],
    "begins black, with one key frame": [(0, 0, 4), (3, 3, 2)],
    "begins white": [(9, 9, 5), (3, 3, 5)],
    "lights up slowly": [(0.1, 3, 9), (3, 3, 1)],
}


@pytest.mark.parametrize("name", SCENES)
def test_the_still_is_a_good_frame(tmp_path: Path, name: str) -> None:
    """Poster and card are taken where the picture stands: not black or white, not half faded in or out."""
    path = faded(tmp_path / "film.mp4", SCENES[name], g=12 if "fades" in name else 250)
    for best in (True, False):
        still = look(path, best=best).picture
        assert still is not None
        dark, bright = still.convert("L").getextrema()
        assert dark < 30, "of the full contrast of the picture"
        assert bright > 205


def faded(path: Path, scenes: list[tuple[float, float, int]], g: int) -> Path:
    """A film of stripes: (light at the beginning, at the end, seconds) each; 3 is full, 9 is all white."""
    import av
    import numpy as np

    stripes = np.where((np.arange(160) // 8) % 2, 225, 15)[None, :].repeat(90, 0)
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=12)
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        stream.options = {"preset": "ultrafast", "g": str(g), "x264-params": "scenecut=0"}
        for begins, ends, seconds in scenes:
            for n in range(12 * seconds):
                light = begins + (ends - begins) * n / (12 * seconds)
                grey = np.clip(stripes * light / 3 + 255 * (light > 3), 0, 255).astype(np.uint8)
                frame = av.VideoFrame.from_ndarray(grey, format="gray").reformat(format="yuv420p")
                out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def test_pictures_are_turned_upright(tmp_path: Path) -> None:
    """A photograph lying on its side is shown as its camera meant it."""
    path = tmp_path / "photo.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (600, 300), (200, 40, 40)).save(path, exif=exif)
    assert (look(path).width, look(path).height) == (300, 600)
    middle = opened(poster_png(path)).getpixel((320, 240))
    assert middle[0] > 150
    assert middle[1] < 90


@pytest.mark.parametrize("name", ["walk.mts", "walk.ts", "walk.m2ts"])
def test_a_cameras_stream_has_its_picture(tmp_path: Path, name: str) -> None:
    """A transport stream is shown, though no seek leads to its one key frame and its clock begins late."""
    plain = faded(tmp_path / f"made{name[4:]}", [(0, 0, 1), (3, 3, 2)], g=250)
    path = later(plain, tmp_path / name)
    for best in (True, False):
        still = look(path, best=best).picture
        assert still is not None
        assert still.convert("L").getextrema()[1] > 150
    for ms, light in ((500, 40), (2000, 200), (60_000, 200)):
        still = look(path, ms).picture
        assert still is not None
        assert (still.convert("L").getextrema()[1] > 150) == (light > 150)


def later(path: Path, to: Path) -> Path:
    """The same film with a clock that begins an hour later, as cameras write them."""
    import av

    with av.open(str(path)) as film, av.open(str(to), "w", options={"output_ts_offset": "3600"}) as out:
        stream = out.add_stream_from_template(film.streams.video[0])
        for packet in film.demux(film.streams.video[0]):
            if packet.dts is not None:
                packet.stream = stream
                out.mux(packet)
    return to


SUBTITLES = {
    "a.srt": (b"1\n00:00:01,000 --> 00:00:03,000\n<i>Good day</i>\nRome\n", ("Good day", "Rome")),
    "b.vtt": ("WEBVTT\n\n00:01.000 --> 00:02.000\n你好\n".encode("utf-16"), ("你好",)),
    "c.ass": (
        b"[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,{\\b1}Hi, all\\Nyou",
        ("Hi, all", "you"),
    ),
    "d.srt": (b"1\n00:00:01,000 --> 00:00:03,000\nCaf\xe9\n", ()),
    "e.srt": (b"", ()),
}


@pytest.mark.parametrize("name", SUBTITLES)
def test_subtitles_are_a_card_of_their_own(tmp_path: Path, tone: Path, name: str) -> None:
    """Subtitles show their first words, or bars in their place; they are no sound."""
    content, words = SUBTITLES[name]
    (path := tmp_path / name).write_bytes(content)
    assert (look(path).kind, look(path).lines) == ("text", words)
    assert opened(poster_png(path, label="x")).size == (640, 360 + STRIP)
    assert poster_png(path, label="x") != poster_png(tone, label="x")


def test_sound_is_a_card(tone: Path) -> None:
    """Sound has a drawn card and its length in words."""
    assert look(tone).kind == "audio"
    assert look(tone).words("tone.wav") == "tone.wav · 0:05"
    assert opened(poster_png(tone)).width == 640


def test_a_sound_is_seen_as_loud_as_it_is(tmp_path: Path, tone: Path) -> None:
    """The bars are the sound's own: high where it is loud, flat where it is silent, short sounds and long."""
    for seconds in (6, 60):
        path = tmp_path / f"{seconds}.wav"
        with wave.open(str(path), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(8000)
            half = 8000 * seconds // 2
            out.writeframes(b"\x00\x20\x00\xe0" * (half // 2) + bytes(2 * half))
        levels = look(path).levels
        assert min(levels[: len(levels) // 2 - 2]) > 0.9
        assert max(levels[len(levels) // 2 + 2 :]) < 0.1
    assert look(path).sound == "PCM · 8 kHz · mono"
    assert set(look(tone).levels) == {0.0}, "silence is flat"


def test_what_cannot_be_read_is_a_card(tmp_path: Path) -> None:
    """Text with a film's name, nothing at all and a broken picture still have a poster."""
    for name in ("fake.mp4", "empty.mp4", "broken.png", "fake.mp3"):
        path = tmp_path / name
        path.write_bytes(b"" if name == "empty.mp4" else b"no film")
        assert opened(poster_png(path)).width == 640
    assert opened(poster_png(tmp_path / "gone.mp4")).width == 640


def test_without_the_decoder_there_is_a_card(
    make_clip: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without PyAV a film has a drawn card with its name."""
    monkeypatch.setitem(sys.modules, "av", None)
    assert look(make_clip()).picture is None
    assert opened(poster_png(make_clip())).width == 640


def test_the_sheet_has_a_card_for_each(make_clip: Callable[..., Path], tone: Path) -> None:
    """Six files make two rows; each thumbnail is there, and the page between is transparent."""
    items = [(make_clip(), "clip.mp4", "0:03"), (tone, "tone.wav", "0:05"), (None, "加载中.mp4", "")] * 2
    image = opened(media_sheet_png(items))
    assert image.size == (2 * 640, 2 * (2 * 160 + 17))
    for column in range(3):
        assert image.getpixel((2 * (column * 219 + 101), 60))[3] == 255
    for between in ((2 * 210, 60), (2 * 300, 2 * 168)):
        assert image.getpixel(between)[3] == 0
    assert opened(media_sheet_png([])).width == 2 * 202


def test_the_sheet_is_shown_at_its_proper_size(make_clip: Callable[..., Path]) -> None:
    """As a cell's output the sheet says how wide it is shown, and the same in words."""
    data, metadata = MediaSheet([(make_clip(), "clip.mp4", "0:03"), (None, "b.mp4", "")])._repr_mimebundle_()
    assert data["text/plain"] == "clip.mp4 · 0:03\nb.mp4"
    assert metadata["image/png"] == {"width": 421, "height": 160, "alt": "clip.mp4 · 0:03; b.mp4"}
    assert opened(base64.b64decode(data["image/png"])).size == (2 * 421, 2 * 160)


def test_notes_stand_below_the_cards(make_clip: Callable[..., Path]) -> None:
    """What is said of the files is in the picture, on as many lines as it takes, and in its words."""
    notes = ["clip.mp4: its picture ends at 0:04; the last one stands until 0:08", "图像到 0:04 为止。" * 9]
    data, metadata = MediaSheet([(make_clip(), "clip.mp4", "0:03")], notes)._repr_mimebundle_()
    assert data["text/plain"].splitlines() == ["clip.mp4 · 0:03", *notes]
    assert metadata["image/png"]["width"] == 640
    picture = opened(base64.b64decode(data["image/png"]))
    panel = picture.crop((0, 2 * 177, picture.width, picture.height)).convert("L")
    rows = [panel.crop((20, y, panel.width - 20, y + 36)).getextrema()[1] > 200 for y in (16, 52, 88)]
    assert rows == [True, True, True]


def test_posters_are_small(make_clip: Callable[..., Path], tmp_path: Path) -> None:
    """A usual poster stays below 60 kB; one of noise, the worst of pictures, below 250 kB."""
    assert len(poster_png(make_clip())) < 60_000
    noise = tmp_path / "noise.png"
    Image.effect_noise((640, 480), 120).save(noise)
    assert 20_000 < len(poster_png(noise)) < 250_000


def test_words_are_cut_to_their_room() -> None:
    """What fits is kept, what does not ends in an ellipsis, and next to nothing is left out."""
    assert fitted("harbour\nat 🎬 night", 1000, 20) == "harbour at 🎬 night"
    assert fitted("harbour at night", 100, 20).endswith("…")
    assert fitted("harbour", 8, 20) == ""
    assert fitted("", 100, 20) == ""
