"""Photos as phones save them: HEIC, in tiles or whole, turned, cut to size, with the colours of a profile."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
from containers import uploaded
from profiles import rgb_profile

from nemo_widgets.studio.media import MediaError
from nemo_widgets.studio.media.still import StillReader

if TYPE_CHECKING:
    from pathlib import Path

SIDE = 128
QUARTERS = ((200, 30, 30), (30, 60, 200), (20, 180, 40), (240, 240, 60))
"""Upper left and right, lower left and right."""


def coloured(width: int, height: int) -> np.ndarray:
    """A picture of four colours: (height, width, 3)."""
    picture = np.zeros((height, width, 3), np.uint8)
    for n, colour in enumerate(QUARTERS):
        rows = slice(0, height // 2) if n < 2 else slice(height // 2, height)
        columns = slice(width // 2, width) if n % 2 else slice(0, width // 2)
        picture[rows, columns] = colour
    return picture


def heic(path: Path, picture: np.ndarray, *, side: int = 0, told: tuple[bytes, ...] = ()) -> Path:
    """The picture as HEIC, in tiles of that side or as a whole, with these boxes said of it."""
    height, width = picture.shape[:2]
    across, down = (side, side) if side else (width, height)
    columns, rows = -(-width // across), -(-height // down)
    padded = np.pad(picture, ((0, rows * down - height), (0, columns * across - width), (0, 0)), "edge")
    tiles = [
        hevc(padded[y * down : (y + 1) * down, x * across : (x + 1) * across])
        for y in range(rows)
        for x in range(columns)
    ]
    count, own = len(tiles), [box(b"hvcC", tiles[0][0]), full(b"ispe", across, down)]
    if side:
        own.append(full(b"ispe", width, height))
    first = len(own) + 1
    own += told
    grid = bytes([0, 0, rows - 1, columns - 1]) + width.to_bytes(2, "big") + height.to_bytes(2, "big")
    kinds = [b"hvc1"] * count + [b"grid"] * bool(side)
    links = [[1, 2] for _ in tiles] + [[3]] * bool(side)
    links[-1] = links[-1] + list(range(first, len(own) + 1))

    def meta(begin: int) -> bytes:
        places, at = b"", begin
        for n, data in enumerate([*(data for _, data in tiles), *[grid] * bool(side)], 1):
            places += (
                n.to_bytes(2, "big") + b"\0\0\0\1" + at.to_bytes(4, "big") + len(data).to_bytes(4, "big")
            )
            at += len(data)
        entries = b"".join(
            box(b"infe", b"\2\0\0\0" + n.to_bytes(2, "big") + b"\0\0" + kind + b"\0")
            for n, kind in enumerate(kinds, 1)
        )
        ipma = b"\0\0\0\0" + len(links).to_bytes(4, "big")
        for n, row in enumerate(links, 1):
            ipma += n.to_bytes(2, "big") + bytes([len(row)]) + bytes(row)
        main = len(kinds).to_bytes(2, "big")
        parts = main + count.to_bytes(2, "big") + b"".join(n.to_bytes(2, "big") for n in range(1, count + 1))
        return box(
            b"meta",
            b"\0\0\0\0"
            + box(b"hdlr", b"\0" * 8 + b"pict" + b"\0" * 13)
            + box(b"pitm", b"\0\0\0\0" + main)
            + box(b"iinf", b"\0\0\0\0" + len(kinds).to_bytes(2, "big") + entries)
            + box(b"iloc", b"\0\0\0\0\x44\0" + len(kinds).to_bytes(2, "big") + places)
            + box(b"iprp", box(b"ipco", b"".join(own)) + box(b"ipma", ipma))
            + (box(b"iref", b"\0\0\0\0" + box(b"dimg", parts)) if side else b""),
        )

    ftyp = box(b"ftyp", b"heic\0\0\0\0mif1heic")
    begin = len(ftyp) + len(meta(0)) + 8
    data = b"".join(data for _, data in tiles) + grid
    path.write_bytes(ftyp + meta(begin) + box(b"mdat", data))
    return path


def box(kind: bytes, data: bytes) -> bytes:
    """A box of an MP4."""
    return (len(data) + 8).to_bytes(4, "big") + kind + data


def full(kind: bytes, *numbers: int) -> bytes:
    """A box of a version, of numbers of four bytes."""
    return box(kind, b"\0\0\0\0" + b"".join(n.to_bytes(4, "big", signed=True) for n in numbers))


def hevc(picture: np.ndarray) -> tuple[bytes, bytes]:
    """One picture's hvcC and its data."""
    codec: Any = av.CodecContext.create("libx265", "w")
    codec.width, codec.height, codec.pix_fmt = picture.shape[1], picture.shape[0], "yuvj420p"
    codec.time_base, codec.framerate = Fraction(1, 25), Fraction(25)
    codec.options = {"x265-params": "log-level=none:keyint=1:colormatrix=smpte170m", "crf": "4",
                     "preset": "ultrafast"}  # fmt: skip
    whole = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), "rgb24")
    frame = whole.reformat(format="yuvj420p", dst_colorspace=5)
    stream = b"".join(bytes(packet) for packet in [*codec.encode(frame), *codec.encode(None)])
    units = [unit for unit in stream.replace(b"\0\0\0\1", b"\0\0\1").split(b"\0\0\1") if unit]
    heads = [unit for unit in units if unit[0] >> 1 & 63 in (32, 33, 34)]
    rest = [unit for unit in units if unit[0] >> 1 & 63 < 32]
    arrays = b"".join(
        bytes([0x80 | unit[0] >> 1 & 63]) + b"\0\1" + len(unit).to_bytes(2, "big") + unit for unit in heads
    )
    config = b"\1" + b"\1\x60\0\0\0\x90\0\0\0\0\0\x5a\xf0\0\xfc\xfd\xf8\xf8\0\0\x0f" + bytes([len(heads)])
    return config + arrays, b"".join(len(unit).to_bytes(4, "big") + unit for unit in rest)


def quarters(path: Path) -> tuple[tuple[int, int], list[tuple[int, ...]]]:
    """The size and the four colours of a picture as the studio reads it."""
    with StillReader(path) as still:
        image = still.at(Fraction(0))
    width, height = image.size
    places = [(width // 4, height // 4), (width * 3 // 4, height // 4)]
    places += [(x, height * 3 // 4) for x, _ in places]
    return image.size, [image.getpixel(place) for place in places]


CUT = box(b"clap", b"".join(n.to_bytes(4, "big") for n in (200, 1, 150, 1, 0, 1, 0, 1)))
"""To 200 by 150 in the middle."""


@pytest.mark.parametrize("side", [0, SIDE], ids=["whole", "tiles"])
def test_a_photo_of_a_phone_is_seen(side: int, tmp_path: Path) -> None:
    """A HEIC is a picture in its size and colours, be it stored as a whole or in tiles."""
    path = heic(tmp_path / "IMG_0001.HEIC", coloured(300, 200), side=side)
    media = uploaded(path)
    assert (media.kind, media.width, media.height) == ("image", 300, 200)
    _, seen = quarters(path)
    assert np.abs(np.subtract(seen, QUARTERS)).max() <= 4


@pytest.mark.parametrize(
    ("told", "size", "order"),
    [
        (box(b"irot", b"\1"), (200, 300), (1, 3, 0, 2)),
        (box(b"irot", b"\2"), (300, 200), (3, 2, 1, 0)),
        (box(b"imir", b"\0"), (300, 200), (2, 3, 0, 1)),
        (box(b"imir", b"\1"), (300, 200), (1, 0, 3, 2)),
        (CUT, (200, 150), (0, 1, 2, 3)),
    ],
    ids=["left", "around", "upside down", "mirrored", "cut"],
)  # fmt: skip
def test_it_is_turned_and_cut_as_the_file_says(
    told: bytes, size: tuple[int, int], order: tuple[int, ...], tmp_path: Path
) -> None:
    """A photo that was taken upright is upright, and what the file leaves out is not seen."""
    shown, seen = quarters(heic(tmp_path / "a.heic", coloured(300, 200), side=SIDE, told=(told,)))
    assert shown == size
    assert np.abs(np.subtract(seen, [QUARTERS[n] for n in order])).max() <= 4


def test_its_profile_counts(tmp_path: Path) -> None:
    """A phone's colours are wider than a screen's: the profile says what they look like."""
    profile = rgb_profile("Display P3")
    plain = np.full((64, 64, 3), (60, 200, 60), np.uint8)
    path = heic(tmp_path / "p3.heic", plain, told=(box(b"colr", b"prof" + profile),))
    _, seen = quarters(path)
    assert np.abs(np.subtract(seen[0], (0, 205, 0))).max() <= 5


def test_one_that_is_damaged_is_said_to_be(tmp_path: Path) -> None:
    """Cut short or with numbers that lead nowhere it is refused in a sentence, never in a trace."""
    whole = heic(tmp_path / "a.heic", coloured(300, 200), side=SIDE).read_bytes()
    rng = np.random.default_rng(0)
    path = tmp_path / "b.heic"
    for n in range(60):
        data = bytearray(whole[: int(rng.integers(40, len(whole)))] if n % 2 else whole)
        for at in rng.integers(30, 900, 6):
            data[min(at, len(data) - 1)] = int(rng.integers(256))
        path.write_bytes(data)
        try:
            uploaded(path)
        except MediaError as error:
            assert "“b.heic”" in str(error)  # noqa: PT017 - either is right
