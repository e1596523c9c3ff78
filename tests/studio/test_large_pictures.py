"""Pictures that would take far more than their size, and large ones that are read all the same."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from nemo_widgets.studio.media import MediaError, probe
from nemo_widgets.studio.media.still import StillReader
from nemo_widgets.studio.workers import Limits, Workers

if TYPE_CHECKING:
    from pathlib import Path


def encoded(form: str, mode: str = "RGB", **options) -> bytes:
    data = BytesIO()
    Image.new(mode, (8, 8)).save(data, form, **options)
    return data.getvalue()


def png(mode: str, width: int, height: int) -> bytes:
    """A picture that only claims to be so large."""
    small = encoded("PNG", mode)
    head = b"IHDR" + struct.pack(">II", width, height) + small[24:29]
    return small[:12] + head + struct.pack(">I", zlib.crc32(head)) + small[33:]


def jpeg(width: int, height: int) -> bytes:
    small = encoded("JPEG", progressive=True, subsampling=0)
    at = small.index(b"\xff\xc2") + 5
    return small[:at] + struct.pack(">HH", height, width) + small[at + 4 :]


def webp(width: int, height: int) -> bytes:
    small = encoded("WEBP", lossless=True)
    at = small.index(b"VP8L") + 9
    bits = struct.unpack_from("<I", small, at)[0] >> 28 << 28
    return small[:at] + struct.pack("<I", bits | (height - 1) << 14 | (width - 1)) + small[at + 4 :]


def gif(width: int, height: int, pictures: int) -> bytes:
    one = b"!\xf9\x04\x04\n\0\0\0," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\0"
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6) + one * pictures + b";"


LARGE = {
    "a.png": (png("RGB", 10_900, 10_900), "which is too large a picture"),
    "b.png": (png("1", 40_000, 40_000), "is too large a picture"),
    "c.jpg": (jpeg(10_900, 10_900), "which is too large a picture"),
    "d.webp": (webp(16_000, 7000), "which is too large a picture"),
    "e.gif": (gif(10_000, 10_000, 2), "which is too large a picture"),
    "f.gif": (gif(2000, 2000, 8000), "in each of 8,000 pictures, which is too much: save it as an MP4."),
}


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("name", LARGE)
def test_a_small_file_that_claims_to_be_large_is_refused_unread(tmp_path: Path, name: str) -> None:
    """Nothing of it is decoded: less memory is enough to refuse it than a hundredth of what it claims."""
    content, sentence = LARGE[name]
    (tmp_path / name).write_bytes(content)
    with Workers(Limits(seconds=20, memory=110_000_000)) as workers, pytest.raises(MediaError) as told:
        workers.run(probe, tmp_path / name)
    assert str(told.value).startswith(f"“{name}” ")
    assert sentence in str(told.value)


def test_a_picture_of_a_few_bytes_takes_little_memory(tmp_path: Path) -> None:
    """Ten kilobytes that are 64 million pixels are read with no more memory than their pixels need."""
    Image.new("1", (8000, 8000)).save(tmp_path / "a.png")
    assert (tmp_path / "a.png").stat().st_size < 10_000
    with Workers(Limits(seconds=60, memory=270_000_000)) as workers:
        assert workers.run(probe, tmp_path / "a.png").width == 4096


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L"])
def test_a_large_picture_is_made_smaller_as_a_whole_one_is(tmp_path: Path, mode: str) -> None:
    """Though it is made smaller piece by piece, no edge of a piece is to be seen; it is upright as well."""
    pixels = np.random.default_rng(4).integers(0, 255, (60, 44, 4), np.uint8)
    large = Image.fromarray(pixels).resize((4400, 600)).convert("RGB" if mode == "P" else mode).convert(mode)
    exif = Image.Exif()
    exif[0x0112] = 8
    large.save(tmp_path / "a.png", exif=exif, compress_level=1)
    with StillReader(tmp_path / "a.png") as still:
        found = np.asarray(still.at(0), int)
    black = Image.new("RGBA", large.size, "black")
    black.alpha_composite(large.convert("RGBA"))
    whole = black.convert("RGB").resize((4096, 559), Image.Resampling.LANCZOS)
    wanted = np.asarray(whole.transpose(Image.Transpose.ROTATE_90), int)
    assert found.shape == wanted.shape
    assert abs(found - wanted).max() <= 2
