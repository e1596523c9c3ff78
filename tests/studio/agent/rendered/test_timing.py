"""Speed, direction, stills and transitions: every frame by its number, the tone by its pitch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from clips import RATE, picture
from studio.agent.rendered.measuring import TONE_DB, TONE_HZ, level, of, pitch

from nemo_widgets.studio.agent.edits.deinterlacing import Deinterlace
from nemo_widgets.studio.agent.edits.speeding import Freeze, Reverse, Speed
from nemo_widgets.studio.agent.edits.transitions import RemoveTransitions, SetTransitions

if TYPE_CHECKING:
    from collections.abc import Callable

    Films = Callable[..., Any]


@of(Speed)
@pytest.mark.parametrize(
    ("sentence", "frames"),
    [
        ("speed it up 2x", range(1000, 1090, 2)),
        ("slow it down to 50%", [n // 2 for n in range(2000, 2180)]),
        ("speed up 0:01 to 0:02 2x", [*range(1000, 1030), *range(1030, 1060, 2), *range(1060, 1090)]),
    ],
)
def test_speed(film: Films, sentence: str, frames: Any) -> None:
    """Every second frame is seen, or each one twice; the tone is as high and as loud as before."""
    one = film("market.mp4").say(sentence)
    assert one.numbers() == list(frames)
    sound = one.heard()
    seconds = len(list(frames)) / 30
    assert len(sound) == pytest.approx(seconds * RATE, abs=RATE / 30)
    assert pitch(sound, 0.2, seconds - 0.2) == pytest.approx(TONE_HZ, abs=3)
    assert level(sound, 0.2, seconds - 0.2) == pytest.approx(TONE_DB, abs=1)


@of(Deinterlace)
def test_a_picture_for_each_field(film: Films) -> None:
    """The film has twice the pictures in the same time; those of a clip without fields stand twice."""
    one = film("harbour.mp4").say("deinterlace it to 60 fps")
    assert one.numbers() == [n // 2 for n in range(240)]
    assert one.chirps() == pytest.approx([0.5, 1.5, 2.5, 3.5], abs=0.002)


@of(Reverse)
def test_reversed(film: Films) -> None:
    """The last frame comes first, and the chirps run backwards."""
    one = film("harbour.mp4").say("play it backwards")
    assert one.numbers() == list(range(119, -1, -1))
    turned = one.kit.found_chirps(np.ascontiguousarray(one.heard()[::-1]))
    assert turned == pytest.approx([0.5, 1.5, 2.5, 3.5], abs=0.003)


@of(Freeze)
@pytest.mark.parametrize("sentence", ["freeze the first frame for 1 second", "第一帧定格1秒"])
def test_frozen_at_the_start(film: Films, sentence: str) -> None:
    """The clip's first frame stands for a second before all begins."""
    one = film("harbour.mp4").say(sentence)
    assert one.numbers() == [*[0] * 30, *range(120)]
    assert one.chirps() == pytest.approx([1.5, 2.5, 3.5, 4.5], abs=0.002)


@of(Freeze)
@pytest.mark.parametrize(
    ("sentence", "held"), [("freeze at 0:02 for 1 second", 60), ("freeze the last frame for 1 second", 119)]
)
def test_frozen(film: Films, sentence: str, held: int) -> None:
    """The frame stands for a second, silent, and then all goes on."""
    one = film("harbour.mp4").say(sentence)
    numbers = one.numbers()
    assert numbers == [*range(held), *[held] * 30, *range(held, 120)] or numbers == [
        *range(held + 1), *[held] * 30, *range(held + 1, 120)
    ]  # fmt: skip
    later = [at if at < held / 30 else at + 1 for at in (0.5, 1.5, 2.5, 3.5)]
    sound = one.heard()
    assert one.kit.found_chirps(sound) == pytest.approx(later, abs=0.002)
    assert level(sound, held / 30 + 0.1, held / 30 + 0.9) < -60


def composed(kind: str, old: np.ndarray, new: np.ndarray, part: float) -> np.ndarray:
    """The picture in a transition once so much of it is over."""
    high, wide = old.shape
    across, down = round(part * wide), round(part * high)
    vertical, way = kind.split("-")[1] in ("up", "down"), kind.split("-")[1]
    if vertical:
        old, new, across = old.T, new.T, down
    long = old.shape[1]
    forward = way in ("left", "up")
    if kind.startswith("wipe"):
        seen = np.arange(long) >= long - across if forward else np.arange(long) < across
        made = np.where(seen, new, old)
    elif forward:
        made = np.hstack([old[:, across:], new[:, :across]])
    else:
        made = np.hstack([new[:, long - across :], old[:, : long - across]])
    return made.T if vertical else made


@of(SetTransitions)
@pytest.mark.parametrize("way", ["left", "right", "up", "down"])
@pytest.mark.parametrize("kind", ["wipe", "slide"])
def test_wipe_and_slide(film: Films, kind: str, way: str) -> None:
    """Both clips run on while the one takes the other's place, from the side that was said."""
    frames = film("harbour.mp4", "market.mp4").say(f"{kind} {way} between the clips for 1 second").watched()
    assert len(frames) == 180
    for n in (7, 15, 22):
        wanted = composed(
            f"{kind}-{way}", picture(90 + n, 160, 90), picture(1000 + n, 160, 90), (n + 0.5) / 30
        )
        assert np.abs(frames[90 + n] - wanted.astype(int)).mean() < 14, n


@of(SetTransitions, RemoveTransitions)
def test_crossfade(film: Films) -> None:
    """Old and new are mixed, sound and picture, more and more of the new; without it they meet at a cut."""
    one = film("harbour.mp4", "market.mp4").say("add 1 second crossfades")
    frames, sound = one.watched(), one.heard()
    assert len(frames) == 180
    for n in (3, 15, 26):
        part = (n + 0.5) / 30
        wanted = picture(90 + n, 160, 90) * (1 - part) + picture(1000 + n, 160, 90) * part
        assert np.abs(frames[90 + n] - wanted).mean() < 8, n
    assert level(sound, 3.05, 3.15) < level(sound, 3.85, 3.95) - 6
    assert one.say("remove the transitions").numbers() == [*range(120), *range(1000, 1090)]


@of(SetTransitions)
@pytest.mark.parametrize(("colour", "light"), [("black", 16), ("white", 235)])
def test_fade_through(film: Films, colour: str, light: int) -> None:
    """Half way nothing but the colour is seen; well before and after there is none of it."""
    one = film("harbour.mp4", "market.mp4").say(f"add 1 second fade to {colour} transitions")
    frames = one.watched()
    assert frames[104:106].mean() == pytest.approx(light, abs=16)
    assert frames[[95, 115]].std(axis=(1, 2)).min() > 20
    assert one.kit.number(frames[89].astype(np.uint8)) == 89
    assert one.kit.number(frames[120].astype(np.uint8)) == 1030
