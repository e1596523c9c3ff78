"""Looks measured in the export: colour, light, contrast and sharpness before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image
from studio.render.quadrants import plain, quadrants

if TYPE_CHECKING:
    from types import SimpleNamespace


def looked(kit: SimpleNamespace, src: str, *looks: tuple[str, float], **meta: Any) -> np.ndarray:
    """The first frame of a picture with these looks, in colour."""
    given = {"looks": [{"type": kind, "amount": amount} for kind, amount in looks]} if looks else {}
    draft = kit.timeline([kit.clip(src, 0, 0, 67, **given, **meta)], size=(320, 180))
    return kit.coloured(kit.make(draft, crf=5).path)[0].astype(int)


def colourfulness(frame: np.ndarray) -> float:
    return float((frame.max(axis=-1) - frame.min(axis=-1)).mean())


def luma(frame: np.ndarray) -> np.ndarray:
    return frame @ np.array([0.2126, 0.7152, 0.0722])


def test_black_and_white_takes_the_colour_and_keeps_the_light(kit: SimpleNamespace) -> None:
    """All of it leaves no colour, half of it half; the brightness of each quarter stays."""
    name = quadrants(kit.folder)
    plain_one, half, whole = (looked(kit, name, *looks) for looks in ((), (("bw", 0.5),), (("bw", 1.0),)))
    assert colourfulness(whole) < 3
    assert colourfulness(half) == pytest.approx(colourfulness(plain_one) / 2, rel=0.1)
    assert np.abs(luma(whole) - luma(plain_one)).mean() < 3


@pytest.mark.parametrize(("kind", "sign"), [("sepia", 1), ("warm", 1), ("cool", -1)])
def test_a_tint_goes_to_its_side(kit: SimpleNamespace, kind: str, sign: int) -> None:
    """Grey becomes redder than blue (or the other way), the more the larger the amount; black stays."""
    grey, black = plain(kit.folder, "n"), plain(kit.folder, "k")
    some, much = (looked(kit, grey, (kind, amount))[90, 160] for amount in (0.4, 1.0))
    less, more = (sign * (spot[0] - spot[2]) for spot in (some, much))
    assert 8 < less < more
    assert more > 25
    assert np.abs(luma(much) - 128) < 8
    assert looked(kit, black, (kind, 1.0)).max() < 12


def test_sepia_is_of_one_colour(kit: SimpleNamespace) -> None:
    """Red, green, blue and yellow all become brown."""
    frame = looked(kit, quadrants(kit.folder), ("sepia", 1.0))
    for y, x in ((45, 80), (45, 240), (135, 80), (135, 240)):
        red, green, blue = frame[y, x]
        assert red > green > blue


@pytest.mark.parametrize("amount", [-0.6, -0.2, 0.2, 0.6])
def test_brightness_moves_the_middle_and_neither_end(kit: SimpleNamespace, amount: float) -> None:
    """Grey gets lighter or darker by the amount; black and white stay."""
    grey, white, black = (looked(kit, plain(kit.folder, c), ("brightness", amount)).mean() for c in "nwk")
    assert (grey - 128) / amount > 40
    assert white > 250
    assert black < 5


def test_contrast_parts_light_from_dark(kit: SimpleNamespace) -> None:
    """The distance of two greys from the middle grows by the amount, or shrinks by it."""
    strip = np.full((180, 320, 3), 98, np.uint8)
    strip[:, 160:] = 158
    Image.fromarray(strip).save(kit.folder / "greys.png")

    def distance(*looks: tuple[str, float]) -> float:
        frame = looked(kit, "greys.png", *looks)
        return float(frame[90, 280].mean() - frame[90, 40].mean())

    before, more, less = distance(), distance(("contrast", 0.5)), distance(("contrast", -0.5))
    assert [more / before, less / before] == pytest.approx([1.5, 0.5], abs=0.07)


def test_saturation_goes_both_ways(kit: SimpleNamespace) -> None:
    """Less than nothing takes colour, more adds it; at -1 nothing of it is left."""
    muted = np.full((180, 320, 3), (150, 110, 110), np.uint8)
    Image.fromarray(muted).save(kit.folder / "muted.png")
    before, more, none = (
        colourfulness(looked(kit, "muted.png", *looks))
        for looks in ((), (("saturation", 0.5),), (("saturation", -1.0),))
    )
    assert more == pytest.approx(1.5 * before, rel=0.1)
    assert none < 3


def test_a_vignette_darkens_the_corners(kit: SimpleNamespace) -> None:
    """The middle keeps its light, the corners lose most of it, evenly on all four sides."""
    light = luma(looked(kit, plain(kit.folder, "w"), ("vignette", 1.0)))
    assert light[90, 160] > 245
    assert max(light[0, 0], light[0, -1], light[-1, 0], light[-1, -1]) < 80
    assert light[0, 0] == pytest.approx(light[-1, -1], abs=6)
    assert luma(looked(kit, plain(kit.folder, "w"), ("vignette", 0.3)))[0, 0] > 150


def test_blur_softens_and_sharpen_sharpens_an_edge(kit: SimpleNamespace) -> None:
    """The steepest step over an edge gets smaller, and with sharpening larger; more of it does more."""

    def reach(steep: int, *looks: tuple[str, float]) -> float:
        name = f"edge{steep}.png"
        ramp = np.clip((np.arange(320) - 156) * 16 * steep + 64, 64, 192).astype(np.uint8)
        Image.fromarray(np.tile(ramp, (180, 1))).convert("RGB").save(kit.folder / name)
        return float(np.abs(np.diff(luma(looked(kit, name, *looks))[90])).max())

    before = reach(1)
    assert reach(1, ("sharpen", 1.0)) > reach(1, ("sharpen", 0.3)) > before * 1.1
    assert reach(8, ("blur", 1.0)) < reach(8, ("blur", 0.3)) / 2 < reach(8) / 8


def test_looks_follow_each_other(kit: SimpleNamespace) -> None:
    """A tint over black and white is a tint; black and white over a tint is none."""
    name = quadrants(kit.folder)
    assert colourfulness(looked(kit, name, ("bw", 1.0), ("warm", 1.0))) > 15
    assert colourfulness(looked(kit, name, ("warm", 1.0), ("bw", 1.0))) < 3


def test_a_look_leaves_bars_and_texts_alone(kit: SimpleNamespace) -> None:
    """Made flatter, brighter and tinted, the picture's bars stay black, and a blue text on it blue."""
    still = {"position": "center", "animation": "none"}
    looks = [{"type": "warm"}, {"type": "contrast", "amount": -0.5}, {"type": "brightness", "amount": 0.8}]
    draft = kit.timeline(
        [kit.clip(plain(kit.folder, "n", 180, 180), 0, 0, 67, looks=looks)],
        titles=[{"d": 67, "m": {"start": 0, "text": "WWWW", "size": 300, "color": "#0000ff", **still}}],
        size=(320, 180),
    )
    frame = kit.coloured(kit.make(draft, crf=5).path)[0].astype(int)
    assert frame[:, :60].max() < 30
    assert frame[30, 160, 0] > 170
    assert (frame[..., 2] - frame[..., 0]).max() > 180, "the letters are as blue as they were asked for"


def test_a_moving_clip_is_toned_frame_by_frame(kit: SimpleNamespace) -> None:
    """The clip's own pictures stay as they are: a look on one segment doesn't leak into the next."""
    name = kit.made("plain.mp4", frames=120, chirps=(0.2, 0.8, 1.5, 2.3, 3.1, 3.7))
    segments = [
        kit.clip(name, 0, 0, 500, looks=[{"type": "brightness", "amount": -0.6}]),
        kit.clip(name, 500, 500, 1000),
    ]
    frames = kit.watched(kit.make(kit.timeline(segments)).path)
    assert [kit.number(f) for f in frames] == list(range(30))
    assert frames[14].max() > 180
    assert frames[14].mean() < frames[15].mean()
    assert frames[20].max() > 195
