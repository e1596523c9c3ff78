"""Looks, turns, crops, frames and fades of the picture, read off the pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from studio.agent.rendered.measuring import cropped, level, of
from studio.render.quadrants import corners, letter

from nemo_widgets.studio.agent.edits.backdrop import Backdrop
from nemo_widgets.studio.agent.edits.dressing import Crop, Flip, Look, ResetLooks, Rotate
from nemo_widgets.studio.agent.edits.framing import FadeFilm, Frame
from nemo_widgets.studio.agent.edits.zooming import Zoom

if TYPE_CHECKING:
    from collections.abc import Callable

    Films = Callable[..., Any]


def still(film: Films) -> Any:
    """Four seconds of a picture of four colours, in few frames."""
    return film("quadrants320x180.png", size=(320, 180), fps=5)


def luma(frame: np.ndarray) -> np.ndarray:
    return frame @ np.array([0.2126, 0.7152, 0.0722])


def colourfulness(frame: np.ndarray) -> float:
    return float((frame.max(axis=-1) - frame.min(axis=-1)).mean())


def tint(frame: np.ndarray) -> float:
    return float((frame[..., 0] - frame[..., 2]).mean())


def brownness(frame: np.ndarray) -> float:
    """By how much, at least, red is over green and green over blue in the four quarters."""
    spots = frame[[45, 45, 135, 135], [80, 240, 80, 240]]
    return float(min(spots[:, 0] - spots[:, 1], spots[:, 1] - spots[:, 2], key=min).min())


def steepness(frame: np.ndarray) -> float:
    return float(np.abs(np.diff(luma(frame)[45], n=2)).max())


def corner(frame: np.ndarray) -> float:
    """How much darker the corners are than the middle."""
    light = luma(frame)
    return float(light[80:100, 150:170].mean() - light[[2, 2, -3, -3], [2, -3, 2, -3]].mean())


LOOKS = [
    ("make it black and white", colourfulness, lambda old, new: new < 3 < old),
    ("make it sepia", brownness, lambda old, new: new > 8 > old),
    ("make it warmer", tint, lambda old, new: new > old + 5),
    ("make it cooler", tint, lambda old, new: new < old - 5),
    ("make it brighter", np.mean, lambda old, new: new > old + 8),
    ("make it darker", np.mean, lambda old, new: new < old - 8),
    ("more contrast", lambda f: luma(f).std(), lambda old, new: new > 1.15 * old),
    ("less contrast", lambda f: luma(f).std(), lambda old, new: new < 0.85 * old),
    ("more saturation", colourfulness, lambda old, new: new > 1.1 * old),
    ("less saturation", colourfulness, lambda old, new: new < 0.9 * old),
    ("add a vignette", corner, lambda old, new: new > old + 20),
    ("blur it", steepness, lambda old, new: new < 0.5 * old),
    ("sharpen it", steepness, lambda old, new: new > 1.1 * old),
]


@of(Look)
@pytest.mark.parametrize(("sentence", "measure", "right"), LOOKS, ids=[look[0] for look in LOOKS])
def test_look(film: Films, sentence: str, measure: Any, right: Any) -> None:
    """The picture has what was asked for, by what is measured."""
    one = still(film)
    before, after = (measure(one.say(*said).coloured()[5]) for said in ((), (sentence,)))
    assert right(before, after), (before, after)


@of(ResetLooks)
def test_without_looks(film: Films) -> None:
    """It is, to the pixel, as it was filmed."""
    one = still(film)
    before = one.coloured()
    one.say("make it black and white", "add a vignette", "remove the looks")
    assert np.array_equal(one.coloured(), before)


@of(Look)
def test_look_of_a_part(film: Films) -> None:
    """A look from one second to another is seen then and at no other time."""
    frames = still(film).say("make it black and white from 0:01 to 0:02").coloured()
    assert [colourfulness(f) < 3 for f in frames] == [5 <= n < 10 for n in range(20)]


@of(Rotate)
def test_turned(film: Films) -> None:
    """Clockwise by 90 degrees it stands between bars; by 180 it is upside down."""
    frame = still(film).say("rotate it 90 degrees").coloured()[5]
    assert "".join(letter(frame, x, y) for y in (0.2, 0.8) for x in (0.42, 0.58)) == "bryg"
    assert letter(frame, 0.1, 0.5) == letter(frame, 0.9, 0.5) == "k"
    assert corners(still(film).say("turn it upside down").coloured()[5]) == "ybgr"


@of(Flip)
@pytest.mark.parametrize(("sentence", "seen"), [("mirror it", "gryb"), ("flip it vertically", "byrg")])
def test_mirrored(film: Films, sentence: str, seen: str) -> None:
    """Left and right, or top and bottom, have changed places."""
    assert corners(still(film).say(sentence).coloured()[5]) == seen


@of(Crop)
def test_cropped(film: Films) -> None:
    """Without its left half the picture is the right one, undistorted, between bars."""
    frame = still(film).say("crop the left half away").coloured()[5]
    assert "".join(letter(frame, x, y) for y in (0.2, 0.8) for x in (0.3, 0.7)) == "ggyy"
    assert letter(frame, 0.1, 0.5) == letter(frame, 0.9, 0.5) == "k"


@of(Zoom)
def test_zoomed(film: Films) -> None:
    """At 200 % the middle half fills the frame; slowly, it gets nearer frame by frame."""
    frames = film("harbour.mp4").say("zoom in to 200%").watched()
    for n in (0, 119):
        assert np.abs(frames[n] - cropped(n, 40, 22.5, 120, 67.5, size=(160, 90))).mean() < 8
    frames = film("harbour.mp4").say("slowly zoom in").watched()
    for n, scale in ((0, 1), (60, 1.1), (119, 1.2)):
        x, y = 80 / scale, 45 / scale
        wanted = cropped(n, 80 - x, 45 - y, 80 + x, 45 + y, size=(160, 90))
        assert np.abs(frames[n] - wanted).mean() < 8, n


@of(Frame)
@pytest.mark.parametrize(
    ("sentence", "size", "seen", "edge"),
    [
        ("make it square with black bars", (180, 180), "rgby", 0),
        ("make it square with blurred bars", (180, 180), "rgby", None),
        ("make it square, cropped", (180, 180), "rgby", None),
        ("make it 9:16 with black bars", (180, 320), "rgby", 0),
    ],
)
def test_framed(film: Films, sentence: str, size: tuple[int, int], seen: str, edge: int | None) -> None:
    """The file has the shape; the picture is whole between bars, black or of its own colours, or fills it."""
    frame = still(film).say(sentence).coloured()[5]
    high, wide, _ = frame.shape
    assert wide / high == size[0] / size[1]
    shown = wide * 9 / 16 / high if "cropped" not in sentence else 1
    middle = frame[round(high * (1 - shown) / 2) + 2 : round(high * (1 + shown) / 2) - 2]
    assert corners(middle) == seen
    rim = frame[2 : round(high * (1 - shown) / 2) - 2] if shown < 1 else frame[:4]
    assert (rim.max() < 12) if edge == 0 else (rim.max(axis=-1).mean() > 60)
    if "blurred" in sentence:
        assert np.abs(np.diff(luma(rim), axis=1)).max() < np.abs(np.diff(luma(middle), axis=1)).max() / 2


@of(Frame)
def test_framed_upon_faces(film: Films) -> None:
    """The crop lies where the face was found, three quarters across."""
    frames = film("harbour.mp4").say("crop it to 9:16 and follow the face").watched()
    high, wide = frames[0].shape
    assert wide / high == pytest.approx(9 / 16, abs=0.02)
    half = 90 * wide / high / 2
    for n in (3, 100):
        wanted = cropped(n, 120 - half, 0, 120 + half, 90, size=(wide, high))
        assert np.abs(frames[n] - wanted).mean() < 10


@of(FadeFilm)
@pytest.mark.parametrize(("colour", "light"), [("black", 16), ("white", 235)])
def test_faded(film: Films, colour: str, light: int) -> None:
    """The picture comes out of the colour and goes into it, the sound with it; between, nothing changes."""
    one = film("market.mp4")
    before, sound = one.watched(), one.heard()
    one.say(f"fade in from {colour} over 0.5 seconds", f"fade out to {colour} over 1 second")
    after, faded = one.watched(), one.heard()
    far = np.abs(after - light).mean(axis=(1, 2))
    assert max(far[0], far[-1]) < 8
    assert (np.diff(far[:15]) > -1).all()
    assert (np.diff(far[60:]) < 1).all()
    assert np.abs(after[16:59] - before[16:59]).mean() < 2
    assert level(faded, 0.6, 1.9) == pytest.approx(level(sound, 0.6, 1.9), abs=0.1)
    assert np.abs(after[62:] - before[62:]).mean(axis=(1, 2)).min() > 3
    for at in (0, 2.9):
        assert level(faded, at, at + 0.1) < level(sound, at, at + 0.1) - 15


@of(Backdrop)
def test_what_is_behind_a_sound(film: Films) -> None:
    """A picture stands behind a sound from its first to its last frame; then its waveform does."""
    made = film("song.wav", beside=("quadrants320x180.png",), size=(320, 180), fps=5)
    frames = made.say("show quadrants320x180.png behind the sound").coloured()
    assert len(frames) == 15
    assert np.abs(frames[0] - frames[-1]).mean() < 3
    assert colourfulness(frames[7]) > 60
    wave = made.say("show the waveform").coloured()
    assert len(wave) == 15
    assert colourfulness(wave[7]) < 60 < np.abs(wave[0] - wave[7]).max()
