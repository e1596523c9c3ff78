"""Pictures with a few wrong bytes: each is read, or refused in one sentence, whatever Pillow makes of it."""

from __future__ import annotations

import struct
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from nemo_widgets.studio.media import MediaError, probe
from nemo_widgets.studio.media.still import StillReader

if TYPE_CHECKING:
    from pathlib import Path

FORMS = ("AVIF", "GIF", "JPEG", "PNG", "TIFF", "WEBP")
WRONG = (b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", bytes(4), b"\xff\xff\xff\x7f")
TRIES = 60


def moving(form: str) -> bytes:
    """Four pictures, or pages, that say how they are to be turned."""
    exif, data = Image.Exif(), BytesIO()
    exif[0x0112] = 6
    first, *others = (Image.new("RGB", (128, 96), (level, 80, 0)) for level in (0, 80, 160, 240))
    told = {} if form == "AVIF" else {"exif": exif}  # Pillow crashes as it writes that into one
    if form != "JPEG":
        told |= {"save_all": True, "append_images": others, "duration": 50}
    first.save(data, form, **told)
    return data.getvalue()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.filterwarnings("ignore")  # Pillow's, on what is damaged
def test_a_damaged_picture_is_read_or_refused_in_a_sentence(form: str, tmp_path: Path) -> None:
    """Bytes overwritten, left out, said twice, or cut off: in its head, its tables and its pictures."""
    whole, random, path = moving(form), np.random.default_rng(0), tmp_path / "a"
    for _ in range(TRIES):
        data = bytearray(whole)
        for at in random.integers(12, len(data), random.integers(1, 6)).tolist():
            match random.integers(4):
                case 0:
                    data[at : at + 4] = WRONG[random.integers(len(WRONG))]
                case 1:
                    data[at : at + 1] = random.bytes(1)
                case 2:
                    del data[at : at + int(random.integers(1, 64))]
                case 3:
                    data[at:at] = data[at : at + 200]
        path.write_bytes(data if random.integers(4) else data[: random.integers(12, len(data))])
        try:
            probe(path, "a")
            with StillReader(path, "a") as still:
                still.at(Fraction(1, 10))
        except MediaError as error:
            assert len(str(error)) < 300  # noqa: PT017 - either may come


def test_a_file_that_says_that_it_lasts_longer_than_anything_is_refused(tmp_path: Path) -> None:
    """A length that neither a draft nor the database could hold ends in a sentence, too."""
    head = struct.pack("<4sHH4sHHIIII", b"DKIF", 0, 32, b"MJPG", 16, 16, 25, 1, 2, 0)
    picture = BytesIO()
    Image.new("RGB", (16, 16)).save(picture, "JPEG")
    frames = (struct.pack("<IQ", len(picture.getvalue()), at) + picture.getvalue() for at in (0, 1 << 62))
    path = tmp_path / "a.ivf"
    path.write_bytes(head + b"".join(frames))
    with pytest.raises(MediaError, match="longer than anything can be"):
        probe(path)
