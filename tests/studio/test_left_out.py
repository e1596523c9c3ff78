"""What is in a file beside what is seen and heard of it, and is said at its upload."""

from __future__ import annotations

from contextlib import ExitStack
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import pytest
from clips import number, picture, watched
from containers import SIZE, Case, exported, made, timeline_of, write
from PIL import Image
from soundtracks import Track, recording

from nemo_widgets.studio.media import probe

if TYPE_CHECKING:
    from pathlib import Path


def with_subtitles(source: Path, target: Path, *languages: str) -> Path:
    """The file with a track of subtitles in each of these languages besides."""
    (text := source.with_suffix(".srt")).write_text("1\n00:00:00,100 --> 00:00:00,600\nHello\n")
    with av.open(str(target), "w") as out, ExitStack() as opened:
        files = [opened.enter_context(av.open(str(path))) for path in (source, *[text] * len(languages))]
        streams = [{s.index: out.add_stream_from_template(s) for s in file.streams} for file in files]
        for own, language in zip(streams[1:], languages, strict=True):
            own[0].metadata["language"] = language
        for file, own in zip(files, streams, strict=True):
            for packet in file.demux():
                if packet.dts is not None:
                    packet.stream = own[packet.stream.index]
                    out.mux(packet)
    return target


@pytest.mark.parametrize(
    ("pictures", "languages", "words"),
    [(5, [""], "the subtitles in it are"), (5, ["ger", "eng"], "the subtitles in it (German, English) are"),
     (0, ["eng"], "the subtitles in it (English) are")],
)  # fmt: skip
def test_subtitles_inside_a_file_are_named(tmp_path: Path, pictures, languages, words) -> None:
    """Nobody finds out at the end of a film that its subtitles were lost: it is said what to do."""
    plain = recording(tmp_path / "plain.mp4", Track(0.1, seconds=0.5), pictures=pictures)
    assert probe(plain).notes == ()
    path = with_subtitles(plain, tmp_path / "both.mkv", *languages)
    assert [note.en for note in probe(path).notes] == [f"{words} left out: upload them as a file"]


def test_a_second_track_of_pictures_is_named(tmp_path: Path) -> None:
    """Of several tracks of pictures one is seen, and it is said which."""
    made(Case("mp4", "1fps"), tmp_path)
    pictures = tmp_path / "pictures-libx264-1fps.mp4"
    write(tmp_path / "two.mp4", [pictures, pictures], [Fraction(0), Fraction(0)])
    assert [note.en for note in probe(tmp_path / "two.mp4").notes] == [
        "2 tracks of pictures: track 1 is seen"
    ]


def test_what_stands_behind_a_photo_is_named(tmp_path: Path) -> None:
    """The few seconds of film of a phone's photo, and the pages of a scan, are left out with a word."""
    film = recording(tmp_path / "film.mp4", pictures=5).read_bytes()
    page = Image.new("RGB", SIZE, "red")
    page.save(photo := tmp_path / "photo.jpg")
    assert probe(photo).notes == ()
    photo.write_bytes(photo.read_bytes() + film)
    page.save(scan := tmp_path / "scan.tif", save_all=True, append_images=[page, page])
    told = [(probe(path).kind, [note.en for note in probe(path).notes]) for path in (photo, scan)]
    assert told == [("image", ["a film stands behind the picture: it is left out"]),
                    ("image", ["3 pictures are in it: the first is shown"])]  # fmt: skip


def test_photos_one_behind_the_other_are_a_film(tmp_path: Path) -> None:
    """A network camera's film is nothing but JPEGs in a row: each is seen; a camera's photo stays one."""
    pages = [Image.fromarray(picture(i, *SIZE)).convert("RGB") for i in range(10)]
    for i, page in enumerate(pages):
        page.save(tmp_path / f"{i}.jpg", quality=95)
    path = tmp_path / "camera.mjpeg"
    path.write_bytes(b"".join((tmp_path / f"{i}.jpg").read_bytes() for i in range(10)))
    assert [note.en[:36] for note in probe(path).notes] == ["the file does not say how quick it i"]
    film = exported(timeline_of(path), tmp_path / "film.mp4", path)
    assert [number(luma) for luma in watched(film)] == list(range(10))
    pages[0].save(photo := tmp_path / "views.jpg", "MPO", save_all=True, append_images=pages[1:4])
    assert probe(photo).kind == "image"
