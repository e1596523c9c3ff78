"""Files and pictures that would take far more than their size to be shown, or that are not what they seem."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import warnings
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import pytest
from PIL import Image

from nemo_widgets.errors import ProtocolError
from nemo_widgets.widgets import AnswerPicture
from nemo_widgets.widgets.frame_picture import frame_in
from nemo_widgets.widgets.stills import look

if TYPE_CHECKING:
    from pathlib import Path

SHOWN = """
import resource, sys
from pathlib import Path
from nemo_widgets.errors import NemoError
from nemo_widgets.widgets import AnswerPicture, poster_png
from nemo_widgets.widgets.frame_picture import frame_in
most = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
poster_png(Path(sys.argv[1]))
before = most()
png, webp, mov = map(Path, sys.argv[2:])
poster_png(mov)
poster_png(webp)
AnswerPicture(png.read_bytes(), "").kept
try:
    frame_in(webp.read_bytes())
except NemoError:
    pass
print(most() - before)
"""


def _coded(size: tuple[int, int], mode: str, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **options)
    return out.getvalue()


def _film(path: Path, codec: str, size: tuple[int, int], pixels: str) -> None:
    """A film of one picture, whose pixels are twice as wide as high."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = *size, pixels
        stream.codec_context.sample_aspect_ratio = Fraction(2)
        frame = av.VideoFrame(*size, pixels)
        frame.pts, frame.time_base = 0, Fraction(1, 25)
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            out.mux(packet)


def test_a_small_file_takes_little_memory_to_be_shown(tmp_path: Path) -> None:
    """A file of some kilobytes that says it is huge costs the kernel a picture's memory, whoever sent it."""
    files = {
        "a.png": _coded((7000, 7000), "1", "PNG"),
        "b.webp": _coded((6000, 5000), "RGB", "WEBP", method=0),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    _film(tmp_path / "c.mov", "png", (16_000, 16_000), "monob")
    (tmp_path / "usual.png").write_bytes(_coded((100, 100), "RGB", "PNG"))
    names = [str(tmp_path / name) for name in ("usual.png", *files, "c.mov")]
    told = subprocess.run([sys.executable, "-c", SHOWN, *names], capture_output=True, text=True, check=True)
    assert int(told.stdout) < 300
    assert told.stderr == ""


def test_what_is_too_large_to_be_shown_is_told_of(tmp_path: Path) -> None:
    """Of a picture that is not drawn the size is known all the same, and no warning is shown."""
    (tmp_path / "a.webp").write_bytes(_coded((8000, 4000), "RGB", "WEBP"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = look(tmp_path / "a.webp")
    assert (found.kind, found.width, found.height, found.picture) == ("image", 8000, 4000, None)
    assert found.words("a.webp") == "a.webp · 8000×4000"


def test_a_film_of_absurdly_wide_pixels_is_shown_small(tmp_path: Path) -> None:
    """However wide a file says that its pixels are, what is drawn is no larger than what is seen."""
    _film(tmp_path / "a.mp4", "mpeg4", (1000, 800), "yuv420p")
    usual = (tmp_path / "a.mp4").read_bytes()
    shape = usual.index(b"pasp") + 4
    (tmp_path / "a.mp4").write_bytes(usual[:shape] + struct.pack(">II", 30_000, 1) + usual[shape + 8 :])
    found = look(tmp_path / "a.mp4")
    assert found.width == 30_000_000
    assert found.picture is not None
    assert found.picture.size == (1280, 1)


def test_a_large_picture_is_shown_upright_in_its_colours(tmp_path: Path) -> None:
    """A photo that is made smaller piece by piece is turned as it says, and its size is that of the whole."""
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = Image.new("RGB", (4000, 2000), (200, 30, 30))
    photo.paste((20, 40, 220), (0, 0, 2000, 2000))
    for kind in ("jpg", "png"):
        photo.save(tmp_path / f"a.{kind}", exif=exif)
        found = look(tmp_path / f"a.{kind}")
        assert (found.width, found.height) == (2000, 4000)
        assert found.picture is not None
        assert found.picture.size == (640, 1280)
        above, below = found.picture.getpixel((320, 100)), found.picture.getpixel((320, 1180))
        assert above == pytest.approx((20, 40, 220), abs=12)
        assert below == pytest.approx((200, 30, 30), abs=12)


POSTSCRIPT = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 90 90\n%%EndComments\nshowpage\n%%EOF\n"


def test_no_picture_runs_a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in a picture's place (PostScript) is not carried out, in whichever file it comes."""
    ran = tmp_path / "ran"
    for name in ("gs", "gswin64c"):
        (tmp_path / name).write_text(f"#!/bin/sh\ntouch {ran}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep + os.environ["PATH"])
    (tmp_path / "a.png").write_bytes(POSTSCRIPT)
    assert look(tmp_path / "a.png").picture is None
    assert AnswerPicture(POSTSCRIPT, "x").kept is None
    with pytest.raises(ProtocolError, match="sent no picture"):
        frame_in(POSTSCRIPT)
    assert not ran.exists()


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"II*\0" + b"\xff" * 40, b"P6 9 9 255\n"]
)
def test_bytes_that_are_no_frame_are_told_in_one_sentence(data: bytes) -> None:
    """Whatever stands in a frame's place: there is a sentence, and no traceback of a decoder's."""
    with pytest.raises(ProtocolError, match=r"The studio sent no picture\."):
        frame_in(data)


def test_a_tall_picture_of_an_answer_is_made_smaller() -> None:
    """A strip that is a hundred thousand pixels high is a page's trouble, too: it is kept small."""
    mime, data = AnswerPicture(_coded((900, 30_000), "1", "PNG"), "").kept or ("", b"")
    assert mime == "image/jpeg"
    assert max(Image.open(io.BytesIO(data)).size) <= 3840
