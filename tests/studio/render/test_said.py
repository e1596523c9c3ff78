"""From a sentence to pixels: what the agent writes for it is what the export shows."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import numpy as np
import pytest
from studio.agent.instructions.worlds import SaidWorld
from studio.render.quadrants import corners, letter, plain, quadrants

from nemo_widgets.draft import Draft
from nemo_widgets.studio.agent import Agent, AgentSettings, Done, MediaItem

if TYPE_CHECKING:
    from types import SimpleNamespace

SIDE = 180


def said(kit: SimpleNamespace, words: str, *names: str) -> list[np.ndarray]:
    """The frames of pictures of a second each, one after the other, after a sentence."""
    clips = [kit.clip(name, 1000 * n, 0, 1000) for n, name in enumerate(names)]
    draft = kit.timeline(clips, size=(SIDE, SIDE))
    media = {name: MediaItem(name, name, "image", 0, has_audio=False) for name in names}
    world = SaidWorld(draft, media, [], Draft(copy.deepcopy(draft.data)))
    done = list(Agent(AgentSettings(silent="never")).turn(words, world))[-1]
    assert isinstance(done, Done)
    assert done.draft is not None, done.reply
    return kit.coloured(kit.make(done.draft, crf=5).path)


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("rotate it 90 degrees", "bryg"),
        ("向左旋转90度", "gyrb"),
        ("turn it upside down", "ybgr"),
        ("mirror it", "gryb"),
        ("crop it to the bottom half", "kkkk"),
        ("zoom to 400%", "rgby"),
        ("crop the right half and the bottom half", "rrrr"),
    ],
)
def test_turned_and_cropped(kit: SimpleNamespace, words: str, seen: str) -> None:
    """Which quarter is where after a turn, a mirror, a crop."""
    frames = said(kit, words, quadrants(kit.folder, SIDE, SIDE))
    assert corners(frames[5]) == seen


def test_black_and_white_in_a_range(kit: SimpleNamespace) -> None:
    """Only the second clip is grey."""
    name = quadrants(kit.folder, SIDE, SIDE)
    frames = said(kit, "make the second clip black and white", name, plain(kit.folder, "b", SIDE, SIDE))
    assert corners(frames[10]) == "rgby"
    assert np.ptp(frames[45].reshape(-1, 3).mean(axis=0)) < 4


def test_the_shape(kit: SimpleNamespace) -> None:
    """A vertical frame with black bars is higher than wide, and black above and below."""
    frames = said(kit, "make it vertical with black bars", plain(kit.folder, "r", SIDE, SIDE))
    height, width, _ = frames[0].shape
    assert width * 16 == pytest.approx(height * 9, abs=32)
    assert [letter(frames[0], 0.5, y) for y in (0.03, 0.5, 0.97)] == ["k", "r", "k"]


def test_a_wipe_and_its_way(kit: SimpleNamespace) -> None:
    """'From left to right': in the middle of it the new picture is at the left, the old one at the right."""
    red, blue = (plain(kit.folder, name, SIDE, SIDE) for name in "rb")
    frames = said(kit, "1 second wipe from left to right", red, blue)
    assert [letter(frames[len(frames) // 2], x, 0.5) for x in (0.1, 0.9)] == ["b", "r"]


def test_fades_of_the_film(kit: SimpleNamespace) -> None:
    """It begins in white and ends in white, and shows the picture in between."""
    frames = said(kit, "fade in from white and fade out over 0.3 seconds", plain(kit.folder, "r", SIDE, SIDE))
    assert [letter(frames[n], 0.5, 0.5) for n in (0, 20)] == ["w", "r"]
    assert frames[-1][SIDE // 2, SIDE // 2].min() > 200
