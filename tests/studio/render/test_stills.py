"""Still pictures of every depth and colour space, as the export shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image
from profiles import grey_ink_profile, grey_profile, rgb_profile

from nemo_widgets.studio.media import probe

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import SimpleNamespace

SIZE = (64, 36)


def deep(value: float, kind: type) -> Image.Image:
    return Image.fromarray(np.full(SIZE[::-1], value, kind))


def ramp(values: tuple[float, float], kind: type) -> Image.Image:
    """The first value, and in the last row the other one, which nobody looks at: it tells what white is."""
    pixels = np.full(SIZE[::-1], values[0], kind)
    pixels[-1] = values[1]
    return Image.fromarray(pixels)


def flat(mode: str, colour: Any, **options: Any) -> Callable[[Path], None]:
    return lambda path: Image.new(mode, SIZE, colour).save(path, **options)


def palette(path: Path) -> None:
    image = Image.new("P", SIZE, 1)
    image.putpalette([0, 0, 0, 200, 40, 90])
    image.save(path, transparency=0)


def in_tiff(image: Image.Image) -> Callable[[Path], None]:
    return lambda path: image.save(path, "TIFF")


def twelve_bits(path: Path) -> None:
    """A TIFF whose header says that a sample has 12 bits: two of them lie in three bytes."""
    import struct

    width, height = SIZE
    sample = 0x800
    row = bytes((sample >> 4, (sample & 15) << 4 | sample >> 8, sample & 255)) * (width // 2)
    entries = [(256, 3, width), (257, 3, height), (258, 3, 12), (259, 3, 1), (262, 3, 1), (273, 4, 8),
               (277, 3, 1), (278, 3, height), (279, 4, len(row) * height)]  # fmt: skip
    data = row * height
    table = struct.pack("<H", len(entries))
    for tag, kind, value in entries:
        table += struct.pack("<HHII", tag, kind, 1, value)
    path.write_bytes(b"II*\0" + struct.pack("<I", 8 + len(data)) + data + table + bytes(4))


P3, ADOBE = rgb_profile("Display P3"), rgb_profile("Adobe RGB")
PICTURES: dict[str, tuple[Callable[[Path], None], tuple[int, int, int]]] = {
    "grey16.png": (lambda p: deep(20560, np.uint16).save(p), (80, 80, 80)),
    "camera12.png": (lambda p: deep(4095, np.uint16).save(p), (16, 16, 16)),
    "integer.png": (in_tiff(ramp((20560, 60000), np.int32)), (80, 80, 80)),
    "float.png": (in_tiff(ramp((0.5, 1.0), np.float32)), (128, 128, 128)),
    "nan.png": (in_tiff(ramp((100.0, np.nan), np.float32)), (100, 100, 100)),
    "twelve.png": (twelve_bits, (128, 128, 128)),
    "bit.png": (flat("1", 1), (255, 255, 255)),
    "grey-alpha.png": (flat("LA", (200, 128)), (100, 100, 100)),
    "alpha.png": (flat("RGBA", (200, 100, 50, 128)), (100, 50, 25)),
    "palette.png": (palette, (200, 40, 90)),
    "inks.jpg": (flat("CMYK", (0, 255, 255, 0), format="JPEG", quality=100), (255, 0, 0)),
    "p3.png": (flat("RGB", (60, 200, 60), icc_profile=P3), (0, 205, 0)),
    "p3.webp": (flat("RGB", (60, 200, 60), icc_profile=P3, lossless=True), (0, 205, 0)),
    "p3-alpha.png": (flat("RGBA", (60, 200, 60, 255), icc_profile=P3), (0, 205, 0)),
    "adobe.jpg": (flat("RGB", (150, 120, 90), icc_profile=ADOBE, quality=100), (160, 120, 88)),
    "grey-gamma.png": (flat("L", 128, icc_profile=grey_profile(1.0)), (188, 188, 188)),
    "printed.jpg": (flat("CMYK", (255, 0, 0, 0), format="JPEG", icc_profile=grey_ink_profile()), (0, 0, 0)),
    "broken.png": (flat("RGB", (60, 200, 60), icc_profile=P3[:200]), (60, 200, 60)),
    "other.png": (flat("RGB", (60, 200, 60), icc_profile=grey_profile(1.0)), (60, 200, 60)),
}


@pytest.fixture(scope="module")
def shown(kit: SimpleNamespace) -> dict[str, np.ndarray]:
    """The middle of every picture's frame in one export of all of them, two frames each."""
    segments = []
    for at, (name, (write, _)) in enumerate(PICTURES.items()):
        write(kit.folder / name)
        segments.append({**kit.clip(name, at * 80, 0, 80)})
    frames = kit.coloured(kit.make(kit.timeline(segments, size=SIZE, fps=25), crf=1).path)
    return {name: frames[2 * at + 1][8:28, 12:52].mean(axis=(0, 1)) for at, name in enumerate(PICTURES)}


@pytest.mark.parametrize("name", PICTURES)
def test_a_still_picture_has_the_colours_that_were_meant(shown: dict[str, np.ndarray], name: str) -> None:
    """Deep greys keep their brightness, profiles are followed to sRGB, and broken ones are passed over."""
    assert shown[name] == pytest.approx(PICTURES[name][1], abs=3)


def coloured(*colours: tuple[int, int, int]) -> list[Image.Image]:
    return [Image.new("RGB", SIZE, colour) for colour in colours]


RED, GREEN, BLUE, BLACK = (220, 0, 0), (0, 180, 0), (0, 0, 220), (0, 0, 0)


def parts(*boxes: tuple[int, int, tuple[int, int, int]]) -> list[Image.Image]:
    """Pictures that are transparent but for a stretch of columns."""
    out = []
    for left, right, colour in boxes:
        image = Image.new("RGBA", SIZE)
        image.paste((*colour, 255), (left, 0, right, SIZE[1]))
        out.append(image)
    return out


HALVES = parts((0, 32, RED), (32, 64, GREEN))


@pytest.mark.parametrize(
    ("name", "pictures", "options", "wanted"),
    [
        ("default.png", coloured(BLUE, RED, GREEN), {"default_image": True}, [(RED, RED), (GREEN, GREEN)]),
        ("one.png", coloured(BLUE, RED), {"default_image": True}, [(RED, RED), (RED, RED)]),
        ("plain.png", coloured(RED, GREEN), {}, [(RED, RED), (GREEN, GREEN)]),
        ("kept.gif", HALVES, {"disposal": 1}, [(RED, BLACK), (RED, GREEN)]),
        ("cleared.gif", HALVES, {"disposal": 2}, [(RED, BLACK), (BLACK, GREEN)]),
        ("cleared.webp", HALVES, {"lossless": True}, [(RED, BLACK), (BLACK, GREEN)]),
    ],
)  # fmt: skip
def test_an_animation_shows_its_own_pictures(
    kit: SimpleNamespace, name: str, pictures: list, options: dict, wanted: list
) -> None:
    """An image for who can't show the animation is none of it; what a picture leaves behind is as said."""
    first, *others = pictures
    first.save(kit.folder / name, save_all=True, append_images=others, duration=80, loop=0, **options)
    frames = kit.coloured(kit.make(kit.timeline([kit.clip(name, 0, 0, 160)], size=SIZE, fps=25), crf=1).path)
    assert len(frames) == 4
    for frame, (left, right) in zip((frames[0], frames[2]), wanted, strict=True):
        assert frame[8:28, 8:24].mean(axis=(0, 1)) == pytest.approx(left, abs=6)
        assert frame[8:28, 40:56].mean(axis=(0, 1)) == pytest.approx(right, abs=6)


def test_a_quick_animation_is_as_quick_as_it_says(kit: SimpleNamespace) -> None:
    """Frames of 17 ms, as 60 a second are written, last that long; 10 and less are 100, as in browsers."""
    frames = [Image.new("RGB", SIZE, (value, 0, 0)) for value in (40, 90, 140, 190)]
    for ms, lasts in ((17, 17), (10, 100)):
        path = kit.folder / f"quick{ms}.webp"
        frames[0].save(path, save_all=True, append_images=frames[1:], duration=ms, lossless=True)
        assert probe(path).duration_ms == 4 * lasts
