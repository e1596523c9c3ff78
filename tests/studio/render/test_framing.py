"""Pictures turned, mirrored, cropped, fitted and enlarged: read off coloured quarters."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image
from studio.render.quadrants import corners, letter, plain, quadrants

if TYPE_CHECKING:
    from types import SimpleNamespace

SIZE = (320, 180)


def shown(
    kit: SimpleNamespace,
    src: str,
    *,
    size: tuple[int, int] = SIZE,
    root: dict[str, Any] | None = None,
    **meta: Any,
) -> list[np.ndarray]:
    """The frames of an export of 20 frames of one picture."""
    draft = kit.timeline([kit.clip(src, 0, 0, 667, **meta)], size=size)
    draft.data["m"].update(root or {})
    return kit.coloured(kit.make(draft, crf=5).path)


@pytest.mark.parametrize(
    ("meta", "seen"),
    [
        ({}, "rgby"),
        ({"rotate": 90}, "bryg"),
        ({"rotate": 180}, "ybgr"),
        ({"rotate": 270}, "gyrb"),
        ({"flip": "horizontal"}, "gryb"),
        ({"flip": "vertical"}, "byrg"),
        ({"rotate": 90, "flip": "horizontal"}, "rbgy"),
    ],
)
@pytest.mark.parametrize("fit", ["pad", "crop"])
def test_a_picture_is_turned_and_mirrored(
    kit: SimpleNamespace, meta: dict[str, Any], seen: str, fit: str
) -> None:
    """Degrees are clockwise; what is mirrored is the turned picture; whichever way it is fitted."""
    name = quadrants(kit.folder, 180, 180)
    assert corners(shown(kit, name, size=(180, 180), fit=fit, **meta)[3]) == seen


def test_a_phones_own_turn_comes_first(kit: SimpleNamespace) -> None:
    """A clip whose file asks for a turn is upright before the draft's own turn is made."""
    name = kit.made("turned90.mp4", frames=10, rotate=-90, audio=None, bframes=0)
    done = kit.make(kit.timeline([kit.clip(name, 0, 0, 333, rotate=270)], size=(160, 90)))
    assert kit.numbers(done.path) == list(range(10)), "turned back, it lies as it was drawn"


def test_a_lying_picture_stands_between_bars_once_it_is_turned(kit: SimpleNamespace) -> None:
    """320x180 turned by 90 degrees is 101 pixels wide on a canvas of 320x180."""
    frame = shown(kit, plain(kit.folder, "y"), rotate=90)[0]
    lit = (frame[90, :, 0] > 110).sum()
    assert lit == pytest.approx(180 * 180 / 320, abs=3)
    assert frame[90, 160].max() > 200
    assert frame[:, :100].max() < 30


@pytest.mark.parametrize("by", ["segment", "root"])
def test_cropping_fills_the_canvas_without_stretching(kit: SimpleNamespace, by: str) -> None:
    """A square picture on a wide canvas: no bars, and its middle line stays in the middle."""
    name = quadrants(kit.folder, 200, 200)
    said = {"fit": "crop"} if by == "segment" else {"root": {"fit": "crop"}}
    frame = shown(kit, name, **said)[0]
    assert corners(frame, 0.03) == "rgby"
    marked = kit.folder / "disc.png"
    y, x = np.mgrid[:200, :200]
    disc = (((x - 100) ** 2 + (y - 100) ** 2) < 40**2).astype(np.uint8) * 255
    Image.fromarray(disc).convert("RGB").save(marked)
    lit = shown(kit, "disc.png", fit="crop")[0][..., 0] > 128
    wide, high = lit.any(axis=0).sum(), lit.any(axis=1).sum()
    assert (wide, high) == (pytest.approx(128, abs=2), pytest.approx(128, abs=2)), "still round, 1.6 times"


def test_a_segments_fit_goes_before_the_drafts(kit: SimpleNamespace) -> None:
    """The draft crops, this one clip stands between bars."""
    frame = shown(kit, plain(kit.folder, "y", 100, 100), root={"fit": "crop"}, fit="pad")[0]
    assert letter(frame, 0.05, 0.5) == "k"
    assert letter(frame, 0.5, 0.5) == "y"


def test_blurred_bars_are_the_picture_itself(kit: SimpleNamespace) -> None:
    """Beside a square picture its own colours stand, soft: red and blue left, green and yellow right."""
    name = quadrants(kit.folder, 200, 200)
    frame = shown(kit, name, fit="blur")[0].astype(int)
    assert corners(frame.astype(np.uint8), 0.03) == "rgby"
    halves = np.zeros((200, 200, 3), np.uint8)
    halves[100:] = 255
    Image.fromarray(halves).save(kit.folder / "halves.png")
    frame = shown(kit, "halves.png", fit="blur")[0].astype(int)
    soft, sharp = (((frame[:, x, 1] > 25) & (frame[:, x, 1] < 230)).sum() for x in (20, 160))
    assert 19 < soft < 60, "in the bar black goes over into white gently"
    assert sharp < 6, "in the picture it does so at once"


@pytest.mark.parametrize(
    ("crop", "seen"),
    [
        ({"x": 0, "y": 0, "w": 0.5, "h": 0.5}, "rrrr"),
        ({"x": 0.5, "y": 0, "w": 0.5, "h": 0.5}, "gggg"),
        ({"x": 0, "y": 0.5, "w": 0.5, "h": 0.5}, "bbbb"),
        ({"x": 0.25, "y": 0.25, "w": 0.5, "h": 0.5}, "rgby"),
    ],
)
def test_a_crop_keeps_its_part(kit: SimpleNamespace, crop: dict[str, float], seen: str) -> None:
    """The part that is kept fills the canvas."""
    assert corners(shown(kit, quadrants(kit.folder), crop=crop)[0]) == seen


def test_a_crop_is_a_part_of_the_turned_picture(kit: SimpleNamespace) -> None:
    """Turned clockwise, the upper left quarter is what was below on the left."""
    crop = {"x": 0, "y": 0, "w": 0.5, "h": 0.5}
    assert corners(shown(kit, quadrants(kit.folder), crop=crop, rotate=90, fit="crop")[0]) == "bbbb"


def test_a_crop_of_another_shape_gets_bars(kit: SimpleNamespace) -> None:
    """The left half of a wide picture is 160 of 320 pixels wide."""
    frame = shown(kit, plain(kit.folder, "w"), crop={"x": 0, "y": 0, "w": 0.5, "h": 1})[0]
    assert (frame[90, :, 0] > 128).sum() == pytest.approx(160, abs=2)


def test_a_zoom_grows_evenly_about_its_point(kit: SimpleNamespace) -> None:
    """A block of 40 pixels in the middle is 40 wide at first and 80 at last, and never shakes."""
    block = np.zeros((180, 320, 3), np.uint8)
    block[70:110, 140:180] = 255
    Image.fromarray(block).save(kit.folder / "block.png")
    frames = shown(kit, "block.png", zoom={"from": 1.0, "to": 2.0, "x": 0.5, "y": 0.5})
    weights = [f[90, :, 0].astype(float) / 255 for f in frames]
    widths = [float(w.sum()) for w in weights]
    assert widths == pytest.approx([40 * (1 + n / 19) for n in range(20)], abs=0.8)
    middles = [float((w * np.arange(320)).sum() / w.sum()) for w in weights]
    assert middles == pytest.approx([159.5] * 20, abs=0.25)


def test_a_zoom_into_a_corner_stays_in_the_picture(kit: SimpleNamespace) -> None:
    """At twice the size about the upper left corner nothing but red is seen; about the middle, all."""
    name = quadrants(kit.folder)
    assert corners(shown(kit, name, zoom={"from": 2, "to": 2, "x": 0, "y": 0})[0], 0.05) == "rrrr"
    assert corners(shown(kit, name, zoom={"from": 2, "to": 2})[0], 0.05) == "rgby"


def test_the_focus_is_followed(kit: SimpleNamespace) -> None:
    """Cut from wide to upright, the picture goes from its left edge to its right, evenly with the focus."""
    name = kit.made("slow.mp4", frames=31, size=(320, 180), audio=None)
    focus = [[0, 0.0, 0.5], [1000, 1.0, 0.5]]
    draft = kit.timeline([kit.clip(name, 0, 0, 1000, fit="crop", focus=focus)], size=(80, 180))
    frames = kit.watched(kit.make(draft, crf=5).path)
    source = kit.watched(kit.source(name))
    for n in (0, 5, 10, 15, 22, 29):
        left = min(240, max(0, n / 30 * 320 - 40))
        wanted = source[n][:, round(left) : round(left) + 80]
        assert np.abs(frames[n].astype(int) - wanted).mean() < 12, n


@pytest.mark.parametrize(("meta", "seen"), [({}, "r"), ({"flip": "horizontal"}, "r"), ({"rotate": 180}, "r")])
def test_the_focus_is_a_point_of_the_clip(kit: SimpleNamespace, meta: dict[str, Any], seen: str) -> None:
    """What was found in the clip is still in the middle when the clip is mirrored or turned."""
    name = quadrants(kit.folder, 320, 40)
    frame = shown(kit, name, size=(40, 40), fit="crop", focus=[[0, 0.25, 0.25]], **meta)[0]
    y = 0.75 if meta.get("rotate") else 0.25
    assert letter(frame, 0.5, y) == seen


def test_pixels_that_are_not_square_are_cropped_as_shown(kit: SimpleNamespace) -> None:
    """A 90x90 picture of 16:9 pixels, cropped into 16:9, is whole."""
    name = kit.made("anamorphic.mp4", frames=5, size=(90, 90), pixel=Fraction(16, 9), audio=None)
    done = kit.make(kit.timeline([kit.clip(name, 0, 0, 167, fit="crop")]))
    assert kit.numbers(done.path) == list(range(5))
